#include "cache.h"
#include "compile.h"

#include "base/strbuf.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ROOM 4096

/* False when the path would be too long to be one. */
static bool cache_path(char out[PATH_ROOM], const char *folder, struct fingerprint source)
{
	char hex[33];

	fingerprint_format(source, hex);
	return snprintf(out, PATH_ROOM, "%s/%s-%08x.pack", folder, hex, (unsigned)pack_engine()) < PATH_ROOM;
}

static const struct pack_head *map_file(const char *path, size_t *size)
{
	const struct pack_head *head = NULL;
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *map;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > (off_t)sizeof *head &&
	    status.st_size < (off_t)FILE_TEXT_MAX) {
		map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
		head = map == MAP_FAILED ? NULL : map;
		*size = (size_t)status.st_size;
	}
	close(fd);
	return head;
}

static bool same_print(struct fingerprint a, struct fingerprint b)
{
	return a.high == b.high && a.low == b.low;
}

/* What an include means may have changed although the pack has not. */
static bool includes_fresh(const struct pack_head *head, const struct origin *origin)
{
	bool fresh = true;

	for (uint32_t i = 0; fresh && i < head->includes.count; i++) {
		const struct pack_include *include = PACK_ITEM(head, head->includes, struct pack_include, i);
		char *file = include_find(pack_text(head, include->name), origin);
		struct strbuf text = {0};

		fresh = file && !file_read(&text, file, FILE_TEXT_MAX, NULL) &&
			same_print(fingerprint_of(text.text ? text.text : "", text.length), include->print);
		strbuf_release(&text);
		free(file);
	}
	return fresh;
}

static bool good(const struct pack_head *head, size_t size, struct fingerprint source, const struct origin *origin)
{
	return !memcmp(head->magic, PACK_MAGIC, sizeof head->magic) && head->engine == pack_engine() &&
	       head->size == size && same_print(head->source, source) && same_print(head->check, pack_check(head)) &&
	       includes_fresh(head, origin);
}

const struct pack_head *cache_read(const char *folder, struct fingerprint source, const struct origin *origin,
				   size_t *size)
{
	const struct pack_head *head;
	char path[PATH_ROOM];

	if (!cache_path(path, folder, source))
		return NULL;
	head = map_file(path, size);
	if (head && !good(head, *size, source, origin)) {
		munmap((void *)(uintptr_t)head, *size);
		return NULL;
	}
	return head;
}

static bool write_whole(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t written = write(fd, bytes, length);

		if (written <= 0)
			return false;
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

void cache_write(const char *folder, const struct pack_head *head)
{
	char path[PATH_ROOM], beside[PATH_ROOM + 32];
	bool written;
	int fd;

	if (!cache_path(path, folder, head->source) || file_make_parents(path))
		return;
	snprintf(beside, sizeof beside, "%s.%ld", path, (long)gettid());
	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	written = write_whole(fd, (const char *)head, head->size);
	if (close(fd) || !written || rename(beside, path))
		unlink(beside);
}
