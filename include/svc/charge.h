/* Money of a ticket: what was charged and by which clause, what was waived, what was paid, what was free. Prices and payers are the
   pack's (svc/policy.h: fee); each line is one record of the kind SVC_FEE. Amounts are decimal strings, or minor units of the desk's
   currency where they are svc_money. */
#ifndef SVC_CHARGE_H
#define SVC_CHARGE_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- charging ---- */

struct svc_charging {
	int64_t ticket;
	const char *const
		*items; /* "visit", "adjustment*2", "board=120.00"; none: all that the customer has approved */
	size_t item_count;
	const struct svc_assignment *facts; /* for the pack, beside what is known of the ticket */
	size_t fact_count;
	const char *override; /* why another amount than the pack's is charged; NULL: it is not */
	svc_time at; /* SVC_TIME_NONE: now */
};
typedef void (*svc_fee_seen)(void *context, int64_t fee);
/* Charges a ticket: an item with an approved quote as it was quoted, the others as the pack prices them, or at the amount that was given
   where the pack states none or no pack answers. What the company pays, and what costs nothing, is kept as free, with the amount that was
   given, or that the pack states, as its cost. `seen` (may be NULL) is told of each fee.
   SVC_REFUSED: the ticket is closed, nothing is approved, or the amount is not the pack's (the clause is named); SVC_INCOMPLETE: facts or an
   amount are missing; SVC_DENIED: the pack names another role that may override; SVC_BAD_INPUT, SVC_NOT_FOUND. */
SVC_PUBLIC int svc_fee_charge(struct svc_desk *desk, const struct svc_charging *charging, svc_fee_seen seen,
			      void *context, struct svc_error *err);

/* ---- waiving and paying ---- */

/* What is still owed of a fee is let go. SVC_DENIED where the pack's workflow.overrides names another role for the event "waive";
   SVC_REFUSED unless it is quoted, approved or charged. */
SVC_PUBLIC int svc_fee_waive(struct svc_desk *desk, int64_t fee, const char *reason, svc_time at,
			     struct svc_error *err);

struct svc_payment {
	int64_t fee; /* 0: whatever the customer of `ticket` owes, the oldest fee first */
	int64_t ticket;
	const char *amount; /* NULL: all that is owed */
	const char *receipt; /* its number; NULL: the next of the ticket, as "T1024-1" */
	svc_time at; /* SVC_TIME_NONE: now */
};
/* Adds to what was paid; a fee is paid when nothing is owed of it. SVC_REFUSED when nothing, or less, is owed. */
SVC_PUBLIC int svc_fee_pay(struct svc_desk *desk, const struct svc_payment *payment, svc_fee_seen seen, void *context,
			   struct svc_error *err);

/* What was paid, in the order of the fees. Valid during the call. */
struct svc_paid {
	int64_t fee;
	svc_time at;
	svc_money amount;
	const char *receipt, *actor;
};
typedef int (*svc_paid_seen)(void *context, const struct svc_paid *paid);
SVC_PUBLIC int svc_fee_payments(struct svc_desk *desk, int64_t ticket, svc_paid_seen seen, void *context,
				struct svc_error *err);

/* ---- what it comes to ---- */

struct svc_balance {
	svc_money quoted; /* not charged yet, approved or not */
	svc_money charged, waived, paid, open; /* the customer's: open = charged - waived - paid */
	svc_money refund; /* what we still owe the customer */
	svc_money cost; /* ours, of what was free, as far as it is known */
	int64_t fees, unknown; /* lines; free ones whose cost is not known */
};
SVC_PUBLIC int svc_fee_balance(struct svc_desk *desk, int64_t ticket, struct svc_balance *out, struct svc_error *err);

/* What was free, or let go, of one item. Valid during the call. */
struct svc_free {
	const char *item, *payer; /* payer: "company", or of what was waived "customer" */
	int64_t fees, unknown; /* lines; those whose cost is not known */
	svc_money cost, waived; /* our cost; the amounts let go */
	const char *records; /* "F1,F7" */
};
typedef int (*svc_free_seen)(void *context, const struct svc_free *row);
/* By item and payer, over the days on which it was charged; SVC_DATE_NONE: open. */
SVC_PUBLIC int svc_fee_free(struct svc_desk *desk, svc_date from, svc_date to, svc_free_seen seen, void *context,
			    struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
