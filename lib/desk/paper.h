/* What the desk knows of a repair, under the names that papers ask for it by. */
#ifndef DESK_PAPER_H
#define DESK_PAPER_H

#include "change.h"
#include "store/record.h"

struct account {
	struct arena *arena;
	const char *const *ticket; /* values of the ticket; its unit and customer, NULLs where there is none */
	const char *unit[FIELD_LIMIT], *customer[FIELD_LIMIT];
	struct gathered_facts told; /* facts, then marks, of the ticket */
	const char *process, *hours, *done, *technicians; /* of the work; NULL: none */
	int64_t total_hours; /* millionths */
	const char *materials; /* parts that were used */
};
/* What is read lives in `arena`, but for `values`, the ticket's, which are borrowed. */
int account_read(struct svc_desk *desk, int64_t ticket, const char *const *values, struct account *account,
		 struct arena *arena, struct svc_error *err);
/* NULL: not known, or no such name. */
const char *account_value(const struct account *account, const char *name);

/* The desk's own report, where no pack has one. */
struct account_field {
	const char *id, *title;
};
const struct account_field *account_fields(size_t *count);

#endif
