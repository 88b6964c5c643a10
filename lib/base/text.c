/* The message catalogue is read here and not by the C library's gettext, because that one translates only under a
   locale that was generated on the machine; svc speaks Chinese wherever its catalogue lies. */
#include "svc/text.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MO_MAGIC 0x950412deu /* of this machine's byte order; a catalogue of the other one is not read */

struct mo_header {
	uint32_t magic, revision, count, originals, translations;
};

struct mo_entry {
	uint32_t length, offset;
};

static struct {
	enum svc_lang lang;
	const char *file;
	size_t size;
	const struct mo_entry *originals, *translations; /* in the mapping, by strcmp of the originals */
	uint32_t entries, count; /* count: entries while the language is spoken, else 0 */
	char path[PATH_MAX]; /* of what is mapped */
} catalogue;

static const char *map_file(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	struct stat status;
	void *file = MAP_FAILED;
	if (fstat(fd, &status) == 0 && status.st_size >= (off_t)sizeof(struct mo_header) && status.st_size < UINT32_MAX)
		file = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	*size = file == MAP_FAILED ? 0 : (size_t)status.st_size;
	return file == MAP_FAILED ? NULL : file;
}

static const struct mo_entry *entry_table(const char *file, size_t size, uint32_t offset, uint32_t count)
{
	if (offset % sizeof(uint32_t) || offset > size || count > (size - offset) / sizeof(struct mo_entry))
		return NULL;
	return (const struct mo_entry *)(const void *)(file + offset);
}

static void catalogue_open(const char *path)
{
	size_t size;
	if (strcmp(path, catalogue.path) == 0) {
		catalogue.count = catalogue.entries;
		return;
	}
	const char *file = map_file(path, &size);
	if (!file)
		return;
	const struct mo_header *header = (const struct mo_header *)(const void *)file;
	const struct mo_entry *originals = NULL, *translations = NULL;
	if (header->magic == MO_MAGIC && header->revision >> 16 == 0) {
		originals = entry_table(file, size, header->originals, header->count);
		translations = entry_table(file, size, header->translations, header->count);
	}
	if (!originals || !translations) {
		munmap((void *)(uintptr_t)file, size);
		return;
	}
	catalogue.file = file;
	catalogue.size = size;
	catalogue.originals = originals;
	catalogue.translations = translations;
	catalogue.count = catalogue.entries = header->count;
	snprintf(catalogue.path, sizeof catalogue.path, "%s", path);
}

void svc_language_set(enum svc_lang lang, const char *mo_file)
{
	/* An earlier catalogue stays mapped: its texts are valid for the life of the process. */
	catalogue.lang = lang;
	catalogue.count = 0;
	if (mo_file && *mo_file)
		catalogue_open(mo_file);
}

enum svc_lang svc_language(void)
{
	return catalogue.lang;
}

/* NULL for an entry that does not lie in the file, terminated. */
static const char *entry_text(const struct mo_entry *entry)
{
	if (entry->offset >= catalogue.size || entry->length >= catalogue.size - entry->offset)
		return NULL;
	const char *text = catalogue.file + entry->offset;
	return text[entry->length] == '\0' ? text : NULL;
}

const char *svc_text(const char *message)
{
	if (!*message)
		return message; /* the empty message is the catalogue's own head */
	uint32_t low = 0, high = catalogue.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const char *original = entry_text(&catalogue.originals[middle]);
		if (!original)
			return message;
		int order = strcmp(message, original);
		if (order == 0) {
			const char *translation = entry_text(&catalogue.translations[middle]);
			return translation && *translation ? translation : message;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return message;
}
