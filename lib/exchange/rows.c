#include "rows_read.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

const char *rows_field_of(const struct rows *rows, int slot)
{
	const struct import_map *map = rows->map;

	for (size_t i = 0; i < map->field_count; i++) {
		const struct map_field *field = &map->fields[i];
		if (field->slot == slot || field->customer_id == slot || field->customer_phone == slot)
			return field->field->name;
	}
	return map->legacy_id == slot ? "legacy_id" : "";
}

struct span rows_lines(struct rows *rows, int line, int count)
{
	const struct source *source = rows->source;

	if (line < rows->raw_line) {
		rows->raw_offset = source->body;
		rows->raw_line = 1;
	}
	for (; rows->raw_line < line; rows->raw_line++)
		rows->raw_offset = source_next_line(source, rows->raw_offset);
	size_t end = rows->raw_offset;
	for (int i = 0; i < count; i++)
		end = source_next_line(source, end);
	return (struct span){rows->raw_offset, end - rows->raw_offset};
}

/* Behind the three columns of ours; they hold no line ends, but a spreadsheet may have put quotes around them. */
static size_t behind_columns(const struct rows *rows, struct span raw)
{
	size_t unit = (size_t)rows->source->unit, at = raw.from, end = raw.from + raw.length;
	bool quoted = false;

	for (int left = REJECT_COLUMNS; left && at + unit <= end; at += unit) {
		char c = source_ascii(rows->source, at);
		if (c == '"')
			quoted = !quoted;
		else if (c == rows->delimiter && !quoted)
			left--;
	}
	return at;
}

/* Behind {"svc_line":..,"svc_field":..,"svc_reason":"..." and the comma or bracket that follows, whose place the columns of
   the next rejects file take. */
static size_t behind_members(const struct source *source, struct span raw)
{
	static const char member[] = "\"svc_reason\"";
	size_t unit = (size_t)source->unit, at = raw.from, end = raw.from + raw.length;
	size_t matched = 0;
	int quotes = 0;

	for (; at + unit <= end && matched < sizeof member - 1; at += unit)
		matched = source_ascii(source, at) == member[matched] ? matched + 1 : source_ascii(source, at) == '"';
	for (; at + unit <= end && quotes < 2; at += unit)
		quotes += source_ascii(source, at) == '"';
	return at;
}

static bool begins_with(const struct source *source, size_t at, const char *text)
{
	size_t unit = (size_t)source->unit;

	for (; *text; text++, at += unit)
		if (source_ascii(source, at) != *text)
			return false;
	return true;
}

struct span rows_raw(struct rows *rows)
{
	struct span raw = rows_lines(rows, rows->line, rows->line_count);
	size_t from = raw.from;

	if (rows->delimiter && rows->mended)
		from = behind_columns(rows, raw);
	else if (!rows->delimiter && begins_with(rows->source, raw.from, "{\"svc_line\":"))
		from = behind_members(rows->source, raw);
	raw.length -= from - raw.from;
	raw.from = from;
	return raw;
}

struct span rows_raw_header(struct rows *rows)
{
	struct span raw = rows->header;

	if (rows->mended && raw.length) {
		raw.from = behind_columns(rows, rows->header);
		raw.length -= raw.from - rows->header.from;
	}
	return raw;
}

char rows_delimiter(const struct rows *rows)
{
	return rows->delimiter;
}

int rows_open(struct rows **out, struct source *source, struct import_map *map, enum rows_format format,
	      struct svc_error *err)
{
	struct rows *rows = *out = memory_get(sizeof *rows);
	int code = SVC_OK;

	rows->source = source;
	rows->map = map;
	rows->raw_offset = source->body;
	rows->raw_line = 1;
	strbuf_add(&rows->text, "", 0);
	rows->delimiter = map->delimiter ? map->delimiter : format == ROWS_TSV ? '\t' : ',';
	if (format == ROWS_JSONL) {
		rows->delimiter = 0;
		if (!map->file)
			map_take_all(map);
	} else {
		rows->mended = begins_with(source, source->body, "svc_line") ||
			       begins_with(source, source->body, "\"svc_line\"");
		code = rows_start_csv(rows, err);
	}
	rows->cells = memory_get((map->column_count + 1) * sizeof *rows->cells);
	return code;
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	if (rows->csv)
		csv_close(rows->csv);
	strbuf_release(&rows->text);
	arena_release(&rows->memory);
	free(rows->places);
	free(rows->cells);
	free(rows);
}

bool rows_next(struct rows *rows, struct row *row)
{
	memset(rows->cells, 0, rows->map->column_count * sizeof *rows->cells);
	*row = (struct row){.fault_field = "", .cells = rows->cells};
	return rows->delimiter ? rows_next_csv(rows, row) : rows_next_json(rows, row);
}
