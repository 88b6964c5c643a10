#include "rows_read.h"

#include "base/error.h"
#include "base/memory.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static int lines_in(const struct csv_record *record)
{
	int lines = 1;

	for (size_t i = 0; i < record->length; i++) {
		char c = record->start[i];
		if (c == '\n' || (c == '\r' && (i + 1 == record->length || record->start[i + 1] != '\n')))
			lines++;
	}
	return lines;
}

/* Reads on from the beginning of a line. */
static void restart(struct rows *rows, int line)
{
	struct source *source = rows->source;

	if (rows->csv)
		csv_close(rows->csv);
	source->position = rows_lines(rows, line, 0).from;
	if (source->decoder != (iconv_t)-1)
		iconv(source->decoder, NULL, NULL, NULL, NULL);
	rows->line_base = line - 1;
	rows->csv = csv_open(source_read, source, rows->delimiter);
}

static bool next_record(struct rows *rows, struct csv_record *record)
{
	if (!csv_next(rows->csv, record))
		return false;
	rows->line = rows->line_base + record->line;
	rows->line_count = lines_in(record);
	return true;
}

/* A fault costs one line, and the reader goes on behind it; but it gives up at a line that has no end, so the reading begins
   again with the next one. */
static enum reason fault_of(struct rows *rows, const char *fault)
{
	if (!strcmp(fault, "nul_byte"))
		return REASON_CONTROL_CHARACTER;
	if (strcmp(fault, "too_long") != 0)
		return REASON_BAD_QUOTES;
	rows->line_count = 1;
	restart(rows, rows->line + 1);
	return REASON_TOO_LONG;
}

/* ---- the header ---- */

static bool is_ours(const char *name)
{
	return !strcmp(name, "svc_line") || !strcmp(name, "svc_field") || !strcmp(name, "svc_reason");
}

static int bad_column(const struct rows *rows, const struct map_column *column, struct svc_error *err)
{
	if (column->line)
		error_at(err, rows->map->file, column->line, column->at);
	else
		error_at(err, rows->source->name, rows->line, 0);
	return SVC_BAD_INPUT;
}

static int place_column(struct rows *rows, size_t slot, const struct csv_record *header, struct svc_error *err)
{
	const struct map_column *column = &rows->map->columns[slot];
	size_t places = 0;

	for (size_t i = 0; i < header->count; i++)
		if (!strcmp(header->fields[i], column->name)) {
			rows->places[slot] = (int)i;
			places++;
		}
	if (places == 1)
		return SVC_OK;
	if (places) {
		error_set(err, SVC_BAD_INPUT, _("%s has several columns %s"), rows->source->name, column->name);
		return bad_column(rows, column, err);
	}
	const char *near = map_nearest(column->name, (const char *const *)header->fields, header->count);
	error_set(err, SVC_BAD_INPUT, _("%s has no column %s"), rows->source->name, column->name);
	if (near)
		error_hint(err, _("did you mean %s?"), near);
	return bad_column(rows, column, err);
}

static void trim_names(struct csv_record *header)
{
	for (size_t i = 0; i < header->count; i++) {
		char *name = header->fields[i], *end = name + strlen(name);
		while (*name == ' ' || *name == '\t')
			name++;
		while (end > name && (end[-1] == ' ' || end[-1] == '\t'))
			*--end = '\0';
		header->fields[i] = name;
	}
}

static int take_own_names(struct rows *rows, const struct csv_record *header, struct svc_error *err)
{
	char **names = memory_get((header->count + 1) * sizeof *names);
	size_t count = 0;

	for (size_t i = 0; i < header->count; i++)
		if (*header->fields[i] && !(rows->mended && is_ours(header->fields[i])))
			names[count++] = header->fields[i];
	int code = map_take_header(rows->map, names, count, err);
	if (code != SVC_OK)
		error_at(err, rows->source->name, rows->line, 0);
	free(names);
	return code;
}

static int take_header(struct rows *rows, struct csv_record *header, struct svc_error *err)
{
	int code = SVC_OK;

	trim_names(header);
	rows->width = header->count;
	rows->header = rows_lines(rows, rows->line, rows->line_count);
	if (!rows->map->file)
		code = take_own_names(rows, header, err);
	rows->places = memory_get((rows->map->column_count + 1) * sizeof *rows->places);
	for (size_t i = 0; i < rows->map->column_count && code == SVC_OK; i++)
		code = place_column(rows, i, header, err);
	return code;
}

static int read_header(struct rows *rows, struct svc_error *err)
{
	struct csv_record header;

	if (!next_record(rows, &header)) {
		error_set(err, SVC_BAD_INPUT, _("%s is empty"), rows->source->name);
		return SVC_BAD_INPUT;
	}
	if (header.fault || memchr(header.start, SOURCE_INVALID, header.length)) {
		error_set(err, SVC_BAD_INPUT, _("the header can't be read"));
		error_at(err, rows->source->name, rows->line, 0);
		error_hint(err, _("is the encoding right? it was taken for %s"), rows->source->encoding);
		return SVC_BAD_INPUT;
	}
	return take_header(rows, &header, err);
}

/* Columns by number; a rejects file has a line of names for its own three columns, and no other. */
static void number_columns(struct rows *rows)
{
	const struct import_map *map = rows->map;
	struct csv_record names;

	rows->places = memory_get((map->column_count + 1) * sizeof *rows->places);
	for (size_t i = 0; i < map->column_count; i++)
		rows->places[i] = atoi(map->columns[i].name) - 1 + (rows->mended ? REJECT_COLUMNS : 0);
	if (rows->mended)
		next_record(rows, &names);
}

int rows_start_csv(struct rows *rows, struct svc_error *err)
{
	restart(rows, 1 + (rows->mended ? 0 : rows->map->skip));
	if (!rows->map->headless)
		return read_header(rows, err);
	number_columns(rows);
	return SVC_OK;
}

/* ---- the rows ---- */

static enum reason bad_width(struct rows *rows, const struct csv_record *record)
{
	if (!rows->width)
		rows->width = record->count;
	if (record->count == rows->width)
		return REASON_NONE;
	return record->count > rows->width ? REASON_TOO_MANY_FIELDS : REASON_TOO_FEW_FIELDS;
}

static void find_invalid(const struct rows *rows, struct row *row)
{
	for (size_t i = 0; i < rows->map->column_count && !*row->fault_field; i++)
		if (row->cells[i] && strchr(row->cells[i], SOURCE_INVALID))
			row->fault_field = rows_field_of(rows, (int)i);
}

bool rows_next_csv(struct rows *rows, struct row *row)
{
	struct csv_record record;

	if (!next_record(rows, &record))
		return false;
	row->line = rows->line;
	if (record.fault) {
		row->fault = fault_of(rows, record.fault);
		return true;
	}
	for (size_t i = 0; i < rows->map->column_count; i++)
		if ((size_t)rows->places[i] < record.count)
			row->cells[i] = record.fields[rows->places[i]];
	if (memchr(record.start, SOURCE_INVALID, record.length)) {
		row->fault = REASON_BAD_ENCODING;
		find_invalid(rows, row);
		return true;
	}
	row->fault = bad_width(rows, &record);
	return true;
}
