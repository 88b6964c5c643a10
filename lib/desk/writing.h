/* Writing a record with its event: what additions, edits, tickets and imports share. */
#ifndef DESK_WRITING_H
#define DESK_WRITING_H

#include "replay.h"

/* A new record. The change holds values that were checked one by one; together they are checked here. */
struct record_adding {
	const struct change *change;
	const char *verb; /* NULL: the kind's own */
	svc_time occurred; /* SVC_TIME_NONE: now */
	const struct svc_assignment *facts;
	size_t fact_count;
	int64_t id; /* 0: one is given to it */
	int64_t event; /* given */
};
int record_add(struct svc_desk *desk, struct record_adding *adding, struct arena *arena, struct svc_error *err);

/* Changes a record. Values that are there already are taken out of `change`; when nothing is left, nothing is written and
   *event stays as it was. */
int record_change(struct svc_desk *desk, int64_t id, struct happening *happening, struct change *change,
		  struct arena *arena, int64_t *event, struct svc_error *err);

#endif
