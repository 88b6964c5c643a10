/* Tables and forms for people, drawn by libsmartcols with the right widths for wide characters. */
#ifndef SHOW_TABLE_H
#define SHOW_TABLE_H

#include "show.h"
#include "text.h"

/* Rows of cells, kept until all are there: a column without any value is not drawn. */
struct table {
	const struct show_column *const *columns;
	size_t column_count;
	char **cells; /* row after row; NULL: no value */
	size_t row_count, room;
	bool fixed; /* columns were chosen by name: all are drawn */
};

void table_row(struct table *table, const char *const *cells); /* copies them, made fit for people */
/* Cuts texts so that a row fits into `width` columns of the terminal; 0: no terminal, only the longest are cut. False when libsmartcols can't be loaded. */
bool table_draw(struct table *table, int width, bool colours, struct text *out);
void table_release(struct table *table);

/* One record as lines "title  value"; lines of a longer text stand below each other. */
bool form_draw(const struct show_column *const *columns, const char *const *cells, size_t count, bool colours,
	       struct text *out);

#endif
