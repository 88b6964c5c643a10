#include "table.h"

#include "svc/text.h"
#include "zone.h"

#include <dlfcn.h>
#include <libsmartcols.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define _(message) svc_text(message)

/* libsmartcols is loaded when the first table is drawn: measured, it costs a tenth of a one-shot command, and most
   commands in a script draw none. */
static struct {
	typeof(scols_new_table) *new_table;
	typeof(scols_unref_table) *unref_table;
	typeof(scols_table_enable_noheadings) *no_headings;
	typeof(scols_table_enable_noencoding) *no_encoding;
	typeof(scols_table_enable_colors) *colours;
	typeof(scols_table_set_termforce) *termforce;
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
	const char *title = column->title_of ? column->title_of(cell) : cell;
	text_safe(&safe, shown ? shown : title, true);
	if (!lines)
		text_one_line(safe.bytes);
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

/* ---- what a narrow terminal has room for ---- */

/* Off a terminal, too, one text of a megabyte must not make every row a megabyte long. */
enum { NARROWEST_TEXT = 8, WIDEST_TEXT = 400 };

static bool may_be_cut(const struct show_column *column)
{
	return column->kind == SHOW_TEXT || column->kind == SHOW_WORD || column->kind == SHOW_JSON;
}

/* As wide as the title and the widest cell; 0 for a column that is not drawn. */
static size_t *natural_widths(const struct table *table, const bool *shown)
{
	size_t *widths = memory_new(table->column_count * sizeof(*widths));

	for (size_t i = 0; i < table->column_count; i++) {
		widths[i] = shown[i] ? text_width(_(table->columns[i]->title)) : 0;
		for (size_t row = 0; shown[i] && row < table->row_count; row++) {
			const char *cell = table->cells[row * table->column_count + i];
			size_t width = cell ? text_width(cell) : 0;
			widths[i] = width > widths[i] ? width : widths[i];
		}
	}
	return widths;
}

/* Columns of the terminal that the table takes when no text is wider than `widest`, a blank between each two. */
static size_t total_width(const struct table *table, const size_t *widths, size_t widest)
{
	size_t total = 0;

	for (size_t i = 0; i < table->column_count; i++) {
		if (widths[i])
			total += (may_be_cut(table->columns[i]) && widths[i] > widest ? widest : widths[i]) + 1;
	}
	return total ? total - 1 : 0;
}

/* Long texts are cut alike; where that is not enough, columns are left out from the right, but none that was asked for by
   name. Returns how wide a text may be. */
static size_t choose_width(const struct table *table, size_t *widths, bool *shown, size_t width)
{
	size_t last = table->column_count - 1;

	for (;;) {
		for (size_t widest = width; widest >= NARROWEST_TEXT; widest--) {
			if (total_width(table, widths, widest) <= width)
				return widest;
		}
		while (last > 0 && !shown[last])
			last--;
		if (table->fixed || last == 0)
			return NARROWEST_TEXT;
		shown[last] = false;
		widths[last] = 0;
	}
}

static void cut_texts(struct table *table, const bool *shown, size_t widest)
{
	for (size_t at = 0; at < table->row_count * table->column_count; at++) {
		size_t column = at % table->column_count;
		char *cell = table->cells[at];
		struct text cut = {0};
		if (!cell || !shown[column] || strlen(cell) <= widest || !may_be_cut(table->columns[column]) ||
		    text_width(cell) <= widest)
			continue;
		text_clip(&cut, cell, widest);
		table->cells[at] = cut.bytes;
		free(cell);
	}
}

/* How wide a text may be for the table to fit; the columns that are left out go to `left_out`. */
static size_t choose_fit(const struct table *table, bool *shown, size_t width, struct text *left_out)
{
	bool *before = memory_new(table->column_count * sizeof(*before));
	size_t *widths = natural_widths(table, shown);

	memcpy(before, shown, table->column_count * sizeof(*before));
	size_t widest = choose_width(table, widths, shown, width);
	for (size_t i = 0; i < table->column_count; i++) {
		if (before[i] && !shown[i])
			text_print(left_out, "%s%s", left_out->length ? "," : "", table->columns[i]->name);
	}
	free(before);
	free(widths);
	return widest;
}

/* ---- drawing ---- */

static int column_flags(const struct show_column *column)
{
	bool right = column->kind == SHOW_INTEGER || column->kind == SHOW_NUMBER || column->kind == SHOW_MONEY;

	return right ? SCOLS_FL_RIGHT : 0;
}

/* As wide as what it holds: the width of the terminal is taken care of before. */
static struct libscols_table *new_table(bool colours)
{
	struct libscols_table *drawn = smartcols.new_table();

	smartcols.no_encoding(drawn, 1);
	smartcols.colours(drawn, colours);
	smartcols.termforce(drawn, SCOLS_TERMFORCE_NEVER);
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

static void add_columns(struct libscols_table *drawn, const struct table *table, const bool *shown, size_t widest,
			bool colours)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const struct show_column *column = table->columns[i];
		struct text title = {0};
		if (!shown[i])
			continue;
		text_clip(&title, _(column->title), may_be_cut(column) ? widest : SIZE_MAX);
		struct libscols_column *added = smartcols.new_column(drawn, title.bytes, 0, column_flags(column));
		if (colours)
			smartcols.cell_colour(smartcols.header(added), "bold");
		text_release(&title);
	}
}

static void add_rows(struct libscols_table *drawn, const struct table *table, const bool *shown)
{
	for (size_t row = 0; row < table->row_count; row++) {
		struct libscols_line *line = smartcols.new_line(drawn, NULL);
		for (size_t i = 0, at = 0; i < table->column_count; i++) {
			if (shown[i])
				smartcols.set_data(line, at++, table->cells[row * table->column_count + i]);
		}
	}
}

bool table_draw(struct table *table, int width, bool colours, struct text *out)
{
	struct text left_out = {0};

	if (!table->row_count)
		return true;
	if (!load_smartcols())
		return false;
	bool *shown = memory_new(table->column_count);
	for (size_t i = 0; i < table->column_count; i++)
		shown[i] = has_value(table, i);
	size_t widest = width > 0 ? choose_fit(table, shown, (size_t)width, &left_out) : WIDEST_TEXT;
	cut_texts(table, shown, widest);
	struct libscols_table *drawn = new_table(colours);
	add_columns(drawn, table, shown, widest, colours);
	add_rows(drawn, table, shown);
	print(drawn, out);
	if (left_out.length)
		text_print(out, _("no room for: %s (--columns chooses)\n"), left_out.bytes);
	text_release(&left_out);
	free(shown);
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
	struct libscols_table *drawn = new_table(colours);
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
