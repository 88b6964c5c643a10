/* The states that a record goes through: who may follow whom, and when it happened. */
#ifndef DESK_LIFE_H
#define DESK_LIFE_H

#include "writing.h"

struct life_step {
	enum svc_kind kind;
	const char *verb; /* of the event */
	const char *from[6]; /* states, NULL-ended */
	const char *to; /* NULL: the state stays */
	const char *stamp; /* the field that keeps the moment; NULL: none */
	const char *after[3]; /* fields of moments that it can't come before; NULL-ended */
};

/* One step: refused (SVC_REFUSED) from any other state, and at a moment to come, before those it follows or before the last change of its state (SVC_BAD_INPUT). `at`:
   SVC_TIME_NONE: now. `change` (may be NULL) brings further fields. *event (may be NULL): its number. `values` (may be NULL): the record
   as it was. */
int life_step(struct svc_desk *desk, const struct life_step *step, int64_t id, svc_time at, struct change *change,
	      struct arena *arena, const char **values, int64_t *event, struct svc_error *err);
/* Whether the step could be made on a record with these values, as life_step refuses it. */
int life_check(struct svc_desk *desk, const struct life_step *step, svc_time at, const char *const *values,
	       struct svc_error *err);
/* When the record was last said to be in another state (or stage, by `field`): a step that is told to have happened before that would lead
   elsewhere when the events are replayed. SVC_TIME_NONE: never. */
int life_last(struct svc_desk *desk, enum svc_kind kind, int64_t id, const char *field, svc_time *last,
	      struct svc_error *err);

#endif
