#include "table.h"

#include "svc/text.h"
#include "zone.h"

#include <dlfcn.h>
#include <libsmartcols.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libsmartcols is loaded when the first table is drawn: measured, it costs a tenth of a one-shot command, and most
   commands in a script draw none. */
static struct {
	typeof(scols_new_table) *new_table;
	typeof(scols_unref_table) *unref_table;
	typeof(scols_table_enable_noheadings) *no_headings;
	typeof(scols_table_enable_noencoding) *no_encoding;
	typeof(scols_table_enable_colors) *colours;
	typeof(scols_table_set_termforce) *termforce;
	typeof(scols_table_set_termwidth) *termwidth;
	typeof(scols_table_new_column) *new_column;
	typeof(scols_column_get_header) *header;
	typeof(scols_cell_set_color) *cell_colour;
	typeof(scols_table_new_line) *new_line;
	typeof(scols_line_set_data) *set_data;
	typeof(scols_print_table_to_string) *print;
} smartcols;

static bool load_smartcols(void)
{
	static const struct {
		const char *name;
		void *place;
	} symbols[] = {
		{"scols_new_table", &smartcols.new_table},
		{"scols_unref_table", &smartcols.unref_table},
		{"scols_table_enable_noheadings", &smartcols.no_headings},
		{"scols_table_enable_noencoding", &smartcols.no_encoding},
		{"scols_table_enable_colors", &smartcols.colours},
		{"scols_table_set_termforce", &smartcols.termforce},
		{"scols_table_set_termwidth", &smartcols.termwidth},
		{"scols_table_new_column", &smartcols.new_column},
		{"scols_column_get_header", &smartcols.header},
		{"scols_cell_set_color", &smartcols.cell_colour},
		{"scols_table_new_line", &smartcols.new_line},
		{"scols_line_set_data", &smartcols.set_data},
		{"scols_print_table_to_string", &smartcols.print},
	};

	if (smartcols.print)
		return true;
	void *library = dlopen("libsmartcols.so.1", RTLD_NOW | RTLD_LOCAL);
	for (size_t i = 0; library && i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		void *found = dlsym(library, symbols[i].name);
		if (!found)
			return false;
		memcpy(symbols[i].place, &found, sizeof(found));
	}
	/* Widths need a UTF-8 locale; nothing else in the program depends on one. */
	return library && setlocale(LC_CTYPE, "C.UTF-8");
}

/* "2025-03-08T02:30:00Z" as "2025-03-08 10:30" in the machine's zone. */
static char *local_time(const char *utc)
{
	char shown[32];
	svc_time at;

	if (strlen(utc) <= 10 || !svc_time_parse(utc, local_zone(), &at))
		return NULL;
	svc_time_format(at, local_zone(), shown);
	shown[10] = ' ';
	shown[16] = '\0';
	return strdup(shown);
}

static char *fit_for_people(const char *cell, const struct show_column *column, bool lines)
{
	struct text safe = {0};

	if (!cell || !*cell)
		return NULL;
	char *shown = column->kind == SHOW_TIME ? local_time(cell) : NULL;
	text_safe(&safe, shown ? shown : cell, lines);
	free(shown);
	return safe.bytes;
}

void table_row(struct table *table, const char *const *cells)
{
	size_t base = table->row_count * table->column_count;

	if (table->row_count == table->room) {
		table->room = table->room ? table->room * 2 : 64;
		char **grown = memory_new(table->room * table->column_count * sizeof(*grown));
		if (base)
			memcpy(grown, table->cells, base * sizeof(*grown));
		free(table->cells);
		table->cells = grown;
	}
	for (size_t i = 0; i < table->column_count; i++)
		table->cells[base + i] = fit_for_people(cells[i], table->columns[i], false);
	table->row_count++;
}

static bool has_value(const struct table *table, size_t column)
{
	if (table->fixed)
		return true;
	for (size_t row = 0; row < table->row_count; row++) {
		if (table->cells[row * table->column_count + column])
			return true;
	}
	return false;
}

static int column_flags(const struct show_column *column, bool narrow)
{
	if (column->kind == SHOW_INTEGER || column->kind == SHOW_NUMBER || column->kind == SHOW_MONEY)
		return SCOLS_FL_RIGHT;
	return narrow && (column->kind == SHOW_TEXT || column->kind == SHOW_JSON) ? SCOLS_FL_TRUNC : 0;
}

static struct libscols_table *new_table(int width, bool colours)
{
	struct libscols_table *drawn = smartcols.new_table();

	smartcols.no_encoding(drawn, 1);
	smartcols.colours(drawn, colours);
	smartcols.termforce(drawn, width ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
	if (width)
		smartcols.termwidth(drawn, (size_t)width);
	return drawn;
}

/* The lines without the blanks that fill up a last column. */
static void add_trimmed(struct text *out, const char *lines)
{
	while (*lines) {
		size_t length = strcspn(lines, "\n"), kept = length;
		while (kept && lines[kept - 1] == ' ')
			kept--;
		text_add(out, lines, kept);
		text_putc(out, '\n');
		lines += length + (lines[length] == '\n');
	}
}

static void print(struct libscols_table *drawn, struct text *out)
{
	char *lines = NULL;

	if (smartcols.print(drawn, &lines) == 0 && lines)
		add_trimmed(out, lines);
	free(lines);
	smartcols.unref_table(drawn);
}

bool table_draw(const struct table *table, int width, bool colours, struct text *out)
{
	if (!table->row_count)
		return true;
	if (!load_smartcols())
		return false;
	struct libscols_table *drawn = new_table(width, colours);
	bool *shown = memory_new(table->column_count);
	for (size_t i = 0; i < table->column_count; i++) {
		shown[i] = has_value(table, i);
		if (!shown[i])
			continue;
		struct libscols_column *column = smartcols.new_column(drawn, svc_text(table->columns[i]->title), 0,
								      column_flags(table->columns[i], width > 0));
		if (colours)
			smartcols.cell_colour(smartcols.header(column), "bold");
	}
	for (size_t row = 0; row < table->row_count; row++) {
		struct libscols_line *line = smartcols.new_line(drawn, NULL);
		for (size_t i = 0, at = 0; i < table->column_count; i++) {
			if (shown[i])
				smartcols.set_data(line, at++, table->cells[row * table->column_count + i]);
		}
	}
	free(shown);
	print(drawn, out);
	return true;
}

void table_release(struct table *table)
{
	for (size_t i = 0; i < table->row_count * table->column_count; i++)
		free(table->cells[i]);
	free(table->cells);
	*table = (struct table){0};
}

static void add_form_lines(struct libscols_table *drawn, const char *title, char *value)
{
	for (char *line = strsep(&value, "\n"); line; line = strsep(&value, "\n")) {
		struct libscols_line *row = smartcols.new_line(drawn, NULL);
		smartcols.set_data(row, 0, title);
		smartcols.set_data(row, 1, line);
		title = "";
	}
}

bool form_draw(const struct show_column *const *columns, const char *const *cells, size_t count, bool colours,
	       struct text *out)
{
	if (!load_smartcols())
		return false;
	struct libscols_table *drawn = new_table(0, colours);
	smartcols.no_headings(drawn, 1);
	smartcols.new_column(drawn, NULL, 0, 0);
	smartcols.new_column(drawn, NULL, 0, 0);
	for (size_t i = 0; i < count; i++) {
		char *value = fit_for_people(cells[i], columns[i], true);
		if (value)
			add_form_lines(drawn, svc_text(columns[i]->title), value);
		free(value);
	}
	print(drawn, out);
	return true;
}
