#include "rows_read.h"

#include "base/json.h"

#include <string.h>

#define LINE_MAX (16u << 20)
#define PIECE 65536

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Where the line at hand ends, reading on until its end is in memory; its line end may be followed by the second half of CR LF,
   so one character more is wanted. */
static size_t line_end(struct rows *rows)
{
	struct strbuf *text = &rows->text;
	char piece[PIECE];
	size_t at = rows->used;
	long got;

	for (;;) {
		while (at < text->length && !is_line_end(text->text[at]))
			at++;
		if (at + 1 < text->length)
			return at;
		if ((got = source_read(rows->source, piece, sizeof piece)) <= 0)
			return at;
		strbuf_add(text, piece, (size_t)got);
	}
}

static void forget_used(struct rows *rows)
{
	struct strbuf *text = &rows->text;

	if (rows->used < PIECE)
		return;
	memmove(text->text, text->text + rows->used, text->length - rows->used);
	text->length -= rows->used;
	rows->used = 0;
}

/* The next line that is not blank; false at the end. */
static bool next_line(struct rows *rows, const char **line, size_t *length)
{
	for (;;) {
		forget_used(rows);
		size_t end = line_end(rows);
		*line = rows->text.text + rows->used;
		*length = end - rows->used;
		if (end >= rows->text.length && !*length)
			return false;
		rows->used = end + (end < rows->text.length);
		if (end + 1 < rows->text.length && rows->text.text[end] == '\r' && rows->text.text[end + 1] == '\n')
			rows->used++;
		rows->line = ++rows->lines_read;
		rows->line_count = 1;
		if (strspn(*line, " \t") < *length)
			return true;
	}
}

static const char *cell_of(struct rows *rows, const struct node *node)
{
	if (node->kind == NODE_NULL)
		return NULL;
	if (node->kind == NODE_SCALAR)
		return node->text;
	struct strbuf text = {0};
	struct json json = {.out = &text};
	json_node(&json, NULL, node);
	const char *cell = arena_strdup(&rows->memory, text.text);
	strbuf_release(&text);
	return cell;
}

static int slot_of(const struct rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->map->column_count; i++)
		if (!strcmp(rows->map->columns[i].name, name))
			return (int)i;
	return MAP_NONE;
}

static void take_members(struct rows *rows, const struct node *object, struct row *row)
{
	for (size_t i = 0; i < object->count; i++) {
		const char *name = object->keys[i]->text;
		int slot = slot_of(rows, name);
		if (slot != MAP_NONE) {
			row->cells[slot] = cell_of(rows, object->items[i]);
		} else if (!rows->map->file && strncmp(name, "svc_", 4) != 0) {
			row->fault = REASON_UNKNOWN_COLUMN;
			row->fault_field = name;
		}
	}
}

bool rows_next_json(struct rows *rows, struct row *row)
{
	const char *line;
	size_t length;
	struct node *object;

	if (!next_line(rows, &line, &length))
		return false;
	row->line = rows->line;
	arena_reset(&rows->memory);
	if (memchr(line, SOURCE_INVALID, length))
		row->fault = REASON_BAD_ENCODING;
	else if (length > LINE_MAX)
		row->fault = REASON_TOO_LONG;
	else if (json_read(&object, &rows->memory, line, length, rows->source->name, rows->line, NULL) != SVC_OK ||
		 object->kind != NODE_MAP)
		row->fault = REASON_BAD_JSON;
	else
		take_members(rows, object, row);
	return true;
}
