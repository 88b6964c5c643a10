#include "rejects.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const endings[] = {[ROWS_CSV] = ".csv", [ROWS_TSV] = ".tsv", [ROWS_JSONL] = ".jsonl"};

static void name_after(struct strbuf *name, const char *input, enum rows_format format)
{
	const char *base = strrchr(input, '/'), *ending;

	if (!strcmp(input, "-")) {
		strbuf_printf(name, "stdin.rejects%s", endings[format]);
		return;
	}
	base = base ? base + 1 : input;
	ending = strrchr(base, '.');
	if (!ending || ending == base)
		ending = base + strlen(base);
	strbuf_add(name, input, (size_t)(ending - input));
	strbuf_printf(name, ".rejects%s", ending);
}

static int failed(const struct rejects *rejects, struct svc_error *err)
{
	int why = errno;

	error_set(err, SVC_BAD_INPUT, _("can't write the rejects file %s: %s"), rejects->path, svc_system_reason(why));
	error_hint(err, _("say another place with --rejects"));
	return SVC_BAD_INPUT;
}

int rejects_init(struct rejects *rejects, const char *path, const struct source *source, struct rows *rows,
		 enum rows_format format, struct svc_error *err)
{
	struct strbuf name = {0};
	struct stat theirs, ours;
	int code = SVC_OK;

	*rejects = (struct rejects){.source = source, .rows = rows};
	if (path)
		strbuf_puts(&name, path);
	else
		name_after(&name, source->name, format);
	if (name.length >= sizeof rejects->path)
		code = error_set(err, SVC_USAGE, _("the name of the rejects file is too long"));
	else
		memcpy(rejects->path, name.text, name.length + 1);
	bool there = code == SVC_OK && !stat(rejects->path, &ours);
	if (there && !stat(source->name, &theirs) && ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev)
		code = error_set(err, SVC_USAGE, _("the rejects file %s is the input itself"), rejects->path);
	/* A pipe, a device or a link is written to where it is, never replaced. */
	if (lstat(rejects->path, &ours) || S_ISREG(ours.st_mode)) {
		strbuf_puts(&name, ".part-XXXXXX"); /* of its own, as another import of the same file may be running */
		rejects->part = memory_copy(name.text);
	}
	strbuf_release(&name);
	return code;
}

/* As the file's first line ends. */
static const char *line_end(const struct source *source)
{
	size_t next = source_next_line(source, source->body), unit = (size_t)source->unit;

	if (next < source->body + unit || !source_line_end(source, next - unit))
		return "\n";
	if (source_ascii(source, next - unit) == '\r')
		return "\r";
	return next >= source->body + 2 * unit && source_ascii(source, next - 2 * unit) == '\r' ? "\r\n" : "\n";
}

static void encode(struct rejects *rejects, const char *text)
{
	source_encode(rejects->source, &rejects->line, text, strlen(text));
}

/* The bytes as they are; the last line of a file may lack its end. */
static void copy(struct rejects *rejects, struct span raw)
{
	const struct source *source = rejects->source;
	size_t end = raw.from + raw.length, unit = (size_t)source->unit;

	strbuf_add(&rejects->line, source->bytes + raw.from, raw.length);
	if (raw.length < unit || !source_line_end(source, end - unit))
		encode(rejects, line_end(source));
}

static int write_line(struct rejects *rejects, struct svc_error *err)
{
	size_t length = rejects->line.length;
	size_t done = fwrite(rejects->line.text ? rejects->line.text : "", 1, length, rejects->file);

	strbuf_reset(&rejects->line);
	return done == length ? SVC_OK : failed(rejects, err);
}

static int begin(struct rejects *rejects, struct svc_error *err)
{
	const struct source *source = rejects->source;
	struct span header = rows_raw_header(rejects->rows);
	char delimiter = rows_delimiter(rejects->rows), names[64];
	int file = rejects->part ? mkostemp(rejects->part, O_CLOEXEC)
				 : open(rejects->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	rejects->file = file < 0 ? NULL : fdopen(file, "w");
	if (!rejects->file)
		return failed(rejects, err);
	strbuf_add(&rejects->line, source->bytes, source->body);
	if (delimiter) {
		snprintf(names, sizeof names, "svc_line%csvc_field%csvc_reason%c", delimiter, delimiter, delimiter);
		if (!header.length)
			names[strlen(names) - 1] = '\0';
		encode(rejects, names);
		copy(rejects, header);
	}
	return write_line(rejects, err);
}

static void put_columns(struct rejects *rejects, char delimiter, int line, const char *field, enum reason reason)
{
	char prefix[160];

	snprintf(prefix, sizeof prefix, "%d%c%s%c%s%c", line, delimiter, field, delimiter, reason_code(reason),
		 delimiter);
	encode(rejects, prefix);
	copy(rejects, rows_raw(rejects->rows));
}

/* A field's name may be any text; as escapes it is the same in every encoding. */
static void encode_ascii(struct rejects *rejects, const struct strbuf *text)
{
	struct strbuf plain = {0};
	uint32_t code;

	for (size_t at = 0; at < text->length;) {
		at += utf8_next(text->text + at, text->length - at, &code);
		if (code < 0x80)
			strbuf_putc(&plain, (char)code);
		else if (code < 0x10000)
			strbuf_printf(&plain, "\\u%04x", code);
		else
			strbuf_printf(&plain, "\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
	}
	source_encode(rejects->source, &rejects->line, plain.text, plain.length);
	strbuf_release(&plain);
}

/* Members of ours become the first of the object; a line that is no object follows one of its own. */
static void put_members(struct rejects *rejects, int line, const char *field, enum reason reason)
{
	struct span raw = rows_raw(rejects->rows);
	size_t unit = (size_t)rejects->source->unit;
	struct strbuf prefix = {0};
	struct json json = {.out = &prefix};

	json_open(&json, NULL, '{');
	json_integer(&json, "svc_line", line);
	json_string(&json, "svc_field", field);
	json_string(&json, "svc_reason", reason_code(reason));
	encode_ascii(rejects, &prefix);
	strbuf_release(&prefix);
	char first = source_ascii(rejects->source, raw.from);
	if (first == '{') {
		raw.from += unit;
		raw.length -= unit;
		first = source_ascii(rejects->source, raw.from) == '}' ? '}' : 0;
		if (!first)
			encode(rejects, ",");
	} else if (first != ',' && first != '}') {
		encode(rejects, "} ");
	}
	copy(rejects, raw);
}

int rejects_add(struct rejects *rejects, int line, const char *field, enum reason reason, struct svc_error *err)
{
	char delimiter = rows_delimiter(rejects->rows);
	int code = rejects->file ? SVC_OK : begin(rejects, err);

	if (code != SVC_OK)
		return code;
	if (delimiter)
		put_columns(rejects, delimiter, line, field, reason);
	else
		put_members(rejects, line, field, reason);
	return write_line(rejects, err);
}

int rejects_flush(struct rejects *rejects, struct svc_error *err)
{
	return rejects->file && fflush(rejects->file) ? failed(rejects, err) : SVC_OK;
}

int rejects_finish(struct rejects *rejects, struct svc_error *err)
{
	if (!rejects->file)
		return SVC_OK;
	bool written = !fflush(rejects->file);
	written = !fclose(rejects->file) && written;
	rejects->file = NULL;
	if (!written || (rejects->part && rename(rejects->part, rejects->path))) {
		int code = failed(rejects, err);
		if (rejects->part)
			unlink(rejects->part);
		return code;
	}
	return SVC_OK;
}

void rejects_release(struct rejects *rejects)
{
	if (rejects->file) {
		fclose(rejects->file);
		if (rejects->part)
			unlink(rejects->part);
	}
	free(rejects->part);
	strbuf_release(&rejects->line);
}
