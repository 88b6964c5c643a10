/* What the readers of rows share: rows.c has what is common, rows_csv.c and rows_json.c know one format each. */
#ifndef EXCHANGE_ROWS_READ_H
#define EXCHANGE_ROWS_READ_H

#include "base/csv.h"
#include "rows.h"

#define REJECT_COLUMNS 3 /* svc_line, svc_field, svc_reason */

struct rows {
	struct source *source;
	struct import_map *map;
	char delimiter; /* 0: JSON lines */
	bool mended; /* a rejects file on its way back: three columns of ours in front */
	const char **cells;

	/* the row at hand, and how far its bytes were looked for */
	int line, line_count;
	size_t raw_offset;
	int raw_line;
	struct span header;

	/* CSV and TSV */
	struct csv_reader *csv;
	int line_base; /* lines in front of those that the reader counts */
	int *places; /* by slot: the field's place in a record */
	size_t width; /* fields of a record; 0: not known yet */

	/* JSON lines */
	struct strbuf text; /* decoded and not yet used up */
	size_t used;
	int lines_read;
	struct arena memory; /* of one row */
};

int rows_start_csv(struct rows *rows, struct svc_error *err);
bool rows_next_csv(struct rows *rows, struct row *row);
bool rows_next_json(struct rows *rows, struct row *row);

/* The span of the lines `line` to `line + count`, looking on from where the last one was. */
struct span rows_lines(struct rows *rows, int line, int count);
/* The field of ours that the slot fills; "" when it is only kept. */
const char *rows_field_of(const struct rows *rows, int slot);

#endif
