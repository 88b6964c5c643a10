#include "source.h"

#include "base/error.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Encodings with a mark of their own. The longer marks stand first: UTF-32LE begins as UTF-16LE does. */
static const struct mark {
	const char *encoding, *family, *bytes;
	size_t length;
	int unit;
	bool big_endian;
} marks[] = {
	{"UTF-8", "UTF-8", "\xef\xbb\xbf", 3, 1, false},    {"UTF-32LE", "UTF-32", "\xff\xfe\0\0", 4, 4, false},
	{"UTF-32BE", "UTF-32", "\0\0\xfe\xff", 4, 4, true}, {"UTF-16LE", "UTF-16", "\xff\xfe", 2, 2, false},
	{"UTF-16BE", "UTF-16", "\xfe\xff", 2, 2, true},     {"GB18030", "GB18030", "\x84\x31\x95\x33", 4, 1, false},
};
#define MARK_COUNT (sizeof marks / sizeof *marks)

static bool begins_with(const struct source *source, const struct mark *mark)
{
	return source->size >= mark->length && !memcmp(source->bytes, mark->bytes, mark->length);
}

static const struct mark *mark_of(const struct source *source, const char *family)
{
	for (size_t i = 0; i < MARK_COUNT; i++)
		if (begins_with(source, &marks[i]) && (!family || !strcasecmp(marks[i].family, family)))
			return &marks[i];
	return NULL;
}

static int reading_failed(const char *path, struct svc_error *err)
{
	int why = errno;
	enum svc_code code = why == ENOENT ? SVC_NOT_FOUND : SVC_BAD_INPUT;

	return error_set(err, code, _("can't read %s: %s"), path, svc_system_reason(why));
}

/* What can't be mapped or read twice goes through an unnamed file. -1 on a fault. */
static int spool(int input, const char *name, struct svc_error *err)
{
	char buffer[65536];
	FILE *copy = tmpfile();
	bool failed = !copy;
	ssize_t got = 0;

	while (!failed && (got = read(input, buffer, sizeof buffer)) > 0)
		failed = fwrite(buffer, 1, (size_t)got, copy) != (size_t)got;
	int file = -1;
	if (failed || got < 0 || fflush(copy) || (file = fcntl(fileno(copy), F_DUPFD_CLOEXEC, 0)) < 0)
		reading_failed(name, err);
	if (copy)
		fclose(copy);
	return file;
}

static bool is_pipe(int file)
{
	struct stat status;

	return !fstat(file, &status) && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

static int map_file(struct source *source, int file, struct svc_error *err)
{
	struct stat status;

	if (fstat(file, &status))
		return reading_failed(source->name, err);
	if (!S_ISREG(status.st_mode))
		return error_set(err, SVC_BAD_INPUT, _("%s is not a file"), source->name);
	if (status.st_size == 0)
		return SVC_OK;
	void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (bytes == MAP_FAILED)
		return reading_failed(source->name, err);
	source->bytes = bytes;
	source->size = (size_t)status.st_size;
	return SVC_OK;
}

static int load(struct source *source, const char *path, struct svc_error *err)
{
	bool piped = !strcmp(path, "-");
	int named = piped ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), file = named;

	if (named < 0)
		return reading_failed(path, err);
	if (piped || is_pipe(named))
		file = spool(named, piped ? _("standard input") : path, err);
	int code = file < 0 ? SVC_BAD_INPUT : map_file(source, file, err);
	if (file >= 0)
		close(file);
	if (!piped && named != file)
		close(named);
	return code;
}

static void take_encoding(struct source *source, const char *name)
{
	snprintf(source->encoding, sizeof source->encoding, "%s", name);
}

/* The mark of an encoding by name: the one that the file bears when there are several (UTF-16), else the first, which is
   little-endian, as Windows writes it. */
static const struct mark *mark_named(const struct source *source, const char *name)
{
	const struct mark *seen = mark_of(source, name);

	for (size_t i = 0; !seen && i < MARK_COUNT; i++)
		if (!strcasecmp(name, marks[i].encoding) || !strcasecmp(name, marks[i].family))
			seen = &marks[i];
	return seen;
}

static void take_named(struct source *source, const char *name)
{
	const struct mark *mark = mark_named(source, strcasecmp(name, "UTF8") ? name : "UTF-8");

	take_encoding(source, mark ? mark->encoding : name);
	source->unit = mark ? mark->unit : 1;
	source->big_endian = mark && mark->big_endian;
	source->body = mark && begins_with(source, mark) ? mark->length : 0;
}

/* Reads on through bytes that mean nothing, one unit at a time, so that a line end behind them is still seen. */
static size_t decode(struct source *source, char *buffer, size_t room)
{
	char *out = buffer;
	size_t out_room = room;

	while (source->position < source->size && out_room > 8) {
		char *in = (char *)(uintptr_t)(source->bytes + source->position);
		size_t in_room = source->size - source->position;
		size_t done = iconv(source->decoder, &in, &in_room, &out, &out_room);
		source->position = source->size - in_room;
		if (done != (size_t)-1 || errno == E2BIG || !out_room)
			break;
		size_t skip = (size_t)source->unit < in_room ? (size_t)source->unit : in_room;
		source->position += skip;
		*out++ = SOURCE_INVALID;
		out_room--;
	}
	return (size_t)(out - buffer);
}

static size_t copy_marking(struct source *source, char *buffer, size_t room)
{
	size_t length = 0;

	while (source->position < source->size && length + 4 <= room) {
		const char *at = source->bytes + source->position;
		uint32_t code;
		size_t bytes = utf8_next(at, source->size - source->position, &code);
		if (bytes == 1 && (unsigned char)*at >= 0x80)
			buffer[length++] = SOURCE_INVALID;
		else
			memcpy(buffer + length, at, bytes), length += bytes;
		source->position += bytes;
	}
	return length;
}

long source_read(void *context, char *buffer, size_t room)
{
	struct source *source = context;
	size_t left = source->size - source->position;

	if (source->decoder != (iconv_t)-1)
		return (long)decode(source, buffer, room);
	if (!source->clean)
		return (long)copy_marking(source, buffer, room);
	size_t length = left < room ? left : room;
	if (length)
		memcpy(buffer, source->bytes + source->position, length);
	source->position += length;
	return (long)length;
}

/* True when the whole body is valid in the encoding that was taken. */
static bool wholly_valid(struct source *source)
{
	char buffer[65536];
	long got;
	bool valid = true;

	source->position = source->body;
	while (valid && (got = source_read(source, buffer, sizeof buffer)) > 0)
		valid = !memchr(buffer, SOURCE_INVALID, (size_t)got);
	source->position = source->body;
	if (source->decoder != (iconv_t)-1)
		iconv(source->decoder, NULL, NULL, NULL, NULL);
	return valid;
}

/* Lines, quotes and delimiters are looked for in the raw bytes too, so the encoding must write them as ASCII does. */
static bool keeps_ascii(const struct source *source)
{
	static const char marks_of_csv[] = "\r\n,\"{";
	iconv_t encoder = iconv_open(source->encoding, "UTF-8");
	char written[64], *in = (char *)(uintptr_t)marks_of_csv, *out = written;
	size_t in_room = sizeof marks_of_csv - 1, out_room = sizeof written;

	if (encoder == (iconv_t)-1)
		return false;
	size_t done = iconv(encoder, &in, &in_room, &out, &out_room);
	iconv_close(encoder);
	return done == 0 && out - written == (long)sizeof marks_of_csv - 1 &&
	       !memcmp(written, marks_of_csv, sizeof marks_of_csv - 1);
}

static int start_decoder(struct source *source, struct svc_error *err)
{
	source->position = source->body;
	if (!strcmp(source->encoding, "UTF-8")) {
		source->clean = utf8_valid(source->bytes + source->body, source->size - source->body);
		return SVC_OK;
	}
	source->decoder = iconv_open("UTF-8", source->encoding);
	if (source->decoder == (iconv_t)-1) {
		error_set(err, SVC_BAD_INPUT, _("no such encoding: %s"), source->encoding);
		error_hint(
			err,
			_("`iconv -l` lists the names; common ones are UTF-8, GB18030, GBK, Big5, Shift_JIS, UTF-16"));
		return SVC_BAD_INPUT;
	}
	if (source->unit == 1 && !keeps_ascii(source))
		return error_set(err, SVC_BAD_INPUT,
				 _("files in %s can't be read by line; convert this one with iconv first"),
				 source->encoding);
	return SVC_OK;
}

static int take_auto(struct source *source, struct svc_error *err)
{
	const struct mark *mark = mark_of(source, NULL);

	take_named(source, "UTF-8");
	int code = start_decoder(source, err);
	if (source->clean)
		return code;
	take_named(source, "GB18030");
	if (start_decoder(source, err) == SVC_OK && wholly_valid(source))
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, _("%s is neither UTF-8 nor GB18030 throughout"), source->name);
	error_field(err, "encoding");
	if (mark && mark->unit > 1)
		error_hint(err, _("it begins like %s: say --encoding %s"), mark->family, mark->family);
	else
		error_hint(err, _("say which encoding it has with --encoding, for example GB18030, Big5 or Shift_JIS"));
	return SVC_BAD_INPUT;
}

int source_open(struct source *source, const char *path, const char *encoding, struct svc_error *err)
{
	*source = (struct source){.name = path, .bytes = "", .unit = 1, .decoder = (iconv_t)-1};
	int code = load(source, path, err);

	if (code != SVC_OK)
		return code;
	if (!encoding || !*encoding || !strcasecmp(encoding, "auto"))
		return take_auto(source, err);
	take_named(source, encoding);
	return start_decoder(source, err);
}

void source_close(struct source *source)
{
	if (source->decoder != (iconv_t)-1)
		iconv_close(source->decoder);
	if (source->size)
		munmap((void *)(uintptr_t)source->bytes, source->size);
	source->size = 0;
	source->decoder = (iconv_t)-1;
}

char source_ascii(const struct source *source, size_t offset)
{
	const char *at = source->bytes + offset;
	size_t unit = (size_t)source->unit, low = source->big_endian ? unit - 1 : 0;

	if (offset + unit > source->size)
		return 0;
	for (size_t i = 0; i < unit; i++)
		if (i != low && at[i])
			return 0;
	return at[low];
}

size_t source_line_end(const struct source *source, size_t offset)
{
	size_t unit = (size_t)source->unit;
	char character = source_ascii(source, offset);

	if (character == '\n')
		return unit;
	if (character != '\r')
		return 0;
	return source_ascii(source, offset + unit) == '\n' ? 2 * unit : unit;
}

size_t source_next_line(const struct source *source, size_t offset)
{
	size_t unit = (size_t)source->unit;

	for (; offset < source->size; offset += unit) {
		size_t end = source_line_end(source, offset);
		if (end)
			return offset + end;
	}
	return source->size;
}

void source_encode(const struct source *source, struct strbuf *out, const char *text, size_t length)
{
	size_t unit = (size_t)source->unit;
	char wide[4] = "";

	for (size_t i = 0; i < length; i++) {
		wide[source->big_endian ? unit - 1 : 0] = text[i];
		strbuf_add(out, wide, unit);
	}
}
