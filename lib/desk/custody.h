/* One step of a thing in custody, while it is being made. */
#ifndef DESK_CUSTODY_H
#define DESK_CUSTODY_H

#include "ruling.h"
#include "svc/custody.h"
#include "writing.h"

#define HOLDER_DESK "desk"
#define HOLDER_CUSTOMER "customer"

struct custody {
	struct svc_desk *desk;
	enum svc_custody_act act;
	const struct svc_custody_step *step;
	struct arena arena;
	int64_t goods, ticket;
	const char *ticket_values[FIELD_LIMIT], *values[FIELD_LIMIT]; /* as they were; of a new thing: all NULL */
	struct change change; /* of the thing */
	struct { /* what the pack says of the freight */
		struct ruling ruling; /* policy NULL: it was not asked, or says nothing */
		struct svc_answer answer;
		const char *paid_by; /* who pays the carrier; NULL: nothing travels */
	} freight;
};

const char *goods_value(const char *const *values, const char *field);
/* The value that the step sets, else the one that was there. */
const char *custody_value(const struct custody *custody, const char *field);

/* SVC_REFUSED when a thing that is in custody is so under another number as well. */
int custody_check_alone(struct svc_desk *desk, const char *const *values, struct svc_error *err);

/* Who pays the way, put into the change: before it is written. */
int custody_freight_decide(struct custody *custody, struct svc_error *err);
/* The decision and what is owed for it: afterwards. */
int custody_freight_write(struct custody *custody, struct svc_error *err);
void custody_freight_release(struct custody *custody);

/* What a ticket of this kind wants, in the word of the packs; NULL: nothing of the kind. */
const char *custody_want(const char *ticket_kind);
/* "a, b" */
const char *name_list(const char *const *names, size_t count, struct arena *arena);

/* A line of money of a ticket. `amount` NULL: not known, and then it is only quoted. */
struct fee_line {
	const char *item, *amount, *payer, *basis, *clause, *reason;
};
int fee_line_add(struct svc_desk *desk, const char *ticket, const struct fee_line *line, struct arena *arena,
		 struct svc_error *err);

#endif
