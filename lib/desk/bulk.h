/* Rows by the thousand: what an import writes with. Statements stay prepared, and nothing is checked against a pack. */
#ifndef DESK_BULK_H
#define DESK_BULK_H

#include "svc/desk.h"

enum bulk_outcome { BULK_ADDED, BULK_UPDATED, BULK_UNCHANGED };

/* One row of a legacy system. Values are as in svc_assignment, by the names of svc_fields(kind); unlike svc_add they may
   set a ticket's `state`. References speak the old system's language: a `customer` is a legacy id of the same source, or a
   name, in this order, and is added when there is none; a `unit` is a legacy id of the same source, or a serial. */
struct bulk_row {
	const char *source; /* never NULL */
	const char *legacy_id; /* NULL: the row has no identity and is always added */
	const struct svc_assignment *values;
	size_t count;
	const char *extra; /* a JSON object of the columns that are carried along; NULL: none */
	const char *customer_id,
		*customer_phone; /* what else tells the customer: legacy id (kept when it is added), phone; NULL: nothing */
	svc_time occurred; /* the legacy date; SVC_TIME_NONE: now. A moment after now counts as now */
};

/* A chunk of rows is one transaction. bulk_begin goes on with the transaction that svc_desk_begin opened, if it did; a key
   given there is used up by svc_desk_commit alone, never by bulk_commit. */
int bulk_begin(struct svc_desk *desk, struct svc_error *err);
int bulk_commit(struct svc_desk *desk, struct svc_error *err);
void bulk_rollback(struct svc_desk *desk);

/* Adds the row, or updates the record of the same source and legacy id when the row differs from the last time, as an event
   `imported`. All of a row is checked before any of it is written, so after SVC_BAD_INPUT (err->field says which),
   SVC_USAGE (unknown field), SVC_NOT_FOUND (unknown unit) or SVC_REFUSED (the same unit under another id, a name of several
   customers) the transaction goes on; any other error ends it. */
int bulk_put(struct svc_desk *desk, enum svc_kind kind, const struct bulk_row *row, int64_t *id,
	     enum bulk_outcome *outcome, struct svc_error *err);

#endif
