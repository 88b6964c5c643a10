/* The fees of one ticket, read whole: what charging, paying and adding up share. */
#ifndef DESK_BILL_H
#define DESK_BILL_H

#include "life.h"
#include "svc/charge.h"

struct fee {
	int64_t id;
	const char *values[FIELD_LIMIT];
};
struct bill {
	struct svc_desk *desk;
	struct arena arena;
	int64_t ticket;
	const char *values[FIELD_LIMIT]; /* of the ticket */
	struct fee *fees; /* in the order of their numbers */
	size_t count;
	int digits; /* of the desk's currency */
};
/* SVC_NOT_FOUND without such a ticket. Released whatever comes back. */
int bill_open(struct bill *bill, struct svc_desk *desk, int64_t ticket, struct svc_error *err);
void bill_release(struct bill *bill);

const char *fee_value(const struct fee *fee, const char *field);
bool fee_is(const struct fee *fee, const char *state);
svc_money fee_money(const struct bill *bill, const struct fee *fee, const char *field); /* 0 without one */
bool fee_of_customer(const struct fee *fee); /* whoever is not named otherwise */
const char *bill_amount(struct bill *bill, svc_money amount); /* as it is kept */
/* Brings an amount that was typed into the form in which it is kept. */
int bill_check(struct bill *bill, const char *field, const char *text, const char **out, struct svc_error *err);
/* SVC_BAD_INPUT for a moment to come; SVC_TIME_NONE becomes the present. */
int bill_moment(struct svc_desk *desk, svc_time *at, struct svc_error *err);
/* What the parts that were used have cost us; 0: none was used, or the cost of one is not known. */
int bill_parts_cost(const struct bill *bill, svc_money *cost, struct svc_error *err);
bool bill_has_parts(const struct bill *bill); /* a line for them was charged, or free, before */
/* Whether the one who acts may go against the pack in this ("waive", "charge"): *by is the role that it names, NULL when it names none.
   SVC_DENIED when he is of another. */
int bill_permit(struct bill *bill, const char *event, const char **by, struct svc_error *err);

#endif
