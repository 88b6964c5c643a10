/* Values as people and files give them, checked and brought into the form in which they are kept. */
#ifndef DESK_VALUES_H
#define DESK_VALUES_H

#include "change.h"
#include "desk.h"

#define VALUE_LINE_MAX 1000 /* bytes of a one-line text */
#define VALUE_LINES_MAX (1u << 20)

/* Why a text can't be kept, in the reader's language; NULL: it can. `lines`: it may have several. */
const char *value_text_fault(const char *text, bool lines);

/* Checks one value. *out: its kept form in `arena`, NULL when `text` is empty. Errors: SVC_BAD_INPUT, and of a reference also
   SVC_NOT_FOUND and SVC_REFUSED; err->field is set. */
int value_check(struct svc_desk *desk, const struct svc_field *field, const char *text, struct arena *arena,
		const char **out, struct svc_error *err);

/* SVC_USAGE with the nearest field as a hint; `to_write`: of those that may be written. */
int value_unknown_field(enum svc_kind kind, const char *name, bool to_write, struct svc_error *err);

/* Puts the values into `change`. `may_set`: read-only fields that this writer sets all the same, NULL-ended, or NULL. */
int values_fill(struct svc_desk *desk, const struct svc_assignment *values, size_t count, const char *const *may_set,
		struct arena *arena, struct change *change, struct svc_error *err);

/* Rules over a whole record: what is required is there, a ticket is not closed before it was opened. */
int values_check_record(struct svc_desk *desk, enum svc_kind kind, const char *const *values, struct svc_error *err);
/* SVC_REFUSED when another record than `id` has the same identity. */
int values_check_identity(struct svc_desk *desk, enum svc_kind kind, int64_t id, const char *const *values,
			  struct svc_error *err);

/* A moment as it is kept. */
const char *value_moment(svc_time at, struct arena *arena);
/* The day of a kept time, in the desk's zone; SVC_DATE_NONE without one. */
int value_day(struct svc_desk *desk, const char *time, svc_date *day, struct svc_error *err);

#endif
