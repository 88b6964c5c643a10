/* One row of a legacy file as the record that it becomes. */
#ifndef EXCHANGE_RECORD_H
#define EXCHANGE_RECORD_H

#include "base/strbuf.h"
#include "rows.h"
#include "seen.h"

/* What a row says, in `memory`; valid until the next row. */
struct import_record {
	struct svc_assignment *values; /* "": the cell is empty */
	size_t count;
	const char *legacy_id;
	const char *extra; /* JSON; "": nothing was kept; NULL: the map keeps nothing */
	const char *customer_id, *customer_phone; /* what else tells the customer; NULL: nothing */
	svc_time occurred; /* SVC_TIME_NONE: not known */

	struct arena memory;
	struct strbuf text;
};

/* Reads the cells. Anything but REASON_NONE names the field that is at fault in *field. `seen` (what was taken of this file)
   tells rows without a number of their own apart. */
enum reason record_take(struct import_record *record, const struct import_map *map, const struct convert_rules *rules,
			const struct row *row, const struct seen *seen, const char **field);
void record_release(struct import_record *record);

/* The identity of a legacy id within one file. */
struct fingerprint record_identity(const char *legacy_id);

#endif
