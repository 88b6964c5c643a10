/* The rows of a legacy file, whatever its format: the cells that the map speaks of, and the bytes that a rejects file keeps. */
#ifndef EXCHANGE_ROWS_H
#define EXCHANGE_ROWS_H

#include "map.h"
#include "source.h"

enum rows_format { ROWS_CSV, ROWS_TSV, ROWS_JSONL };

struct row {
	int line; /* on which it begins */
	enum reason fault; /* REASON_NONE: the cells can be read */
	const char *fault_field; /* "" when the whole line is at fault */
	const char **cells; /* by slot of the map; NULL or "" where there is nothing. Borrowed until the next row */
};

struct rows;

/* Finds the columns of the map in the header. SVC_BAD_INPUT when one is missing or stands there twice, with its place in the
   map. `source` and `map` are borrowed. The caller closes *out. */
int rows_open(struct rows **out, struct source *source, struct import_map *map, enum rows_format format,
	      struct svc_error *err);
void rows_close(struct rows *rows);
bool rows_next(struct rows *rows, struct row *row); /* false at the end */

/* A part of the input file. */
struct span {
	size_t from, length;
};
/* The bytes of the row that was read last, with its line end and without the columns of an earlier rejects file. */
struct span rows_raw(struct rows *rows);
struct span rows_raw_header(struct rows *rows); /* empty when the file has none */
char rows_delimiter(const struct rows *rows); /* 0 for JSON lines */

#endif
