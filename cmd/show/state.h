/* The writer's inside, shared by the back ends. */
#ifndef SHOW_STATE_H
#define SHOW_STATE_H

#include "output.h"
#include "table.h"
#include "writer.h"

struct show {
	struct show_options options;
	struct svc_error *err;
	struct output output;
	struct text people; /* held lines and forms */
	struct text document; /* the one JSON value that is told when the command ends */
	struct text names; /* fields of a record, comma-separated: its TSV columns */
	struct text scratch;
	bool hold, keep;
	bool colours;

	/* a list that is being shown */
	const char *schema;
	const struct show_column **columns; /* chosen */
	size_t *places; /* of the chosen columns among the cells */
	size_t column_count;
	const char **chosen; /* cells of a row in the order of columns */
	const struct show_column **whole; /* of the list of a change: every column */
	size_t whole_count;
	bool listing;
	size_t rows;
	struct table table;
};

/* objects.c: rows and documents for scripts */
void object_add(struct text *out, const char *schema, const struct show_column *const *columns,
		const char *const *cells, size_t count);
void tsv_head(struct text *out, const struct show_column *const *columns, size_t count);
void tsv_row(struct text *out, const char *const *cells, size_t count);
int document_print(struct show *show, struct text *out); /* document in the asked format */

#endif
