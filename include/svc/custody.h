/* Things in custody: what a customer left with the desk, loaners, old parts and replacements. Each has exactly one holder at a time,
   and is owed until it is settled: with its owner, back from a loan, or kept for a reason. */
#ifndef SVC_CUSTODY_H
#define SVC_CUSTODY_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

enum svc_custody_act {
	SVC_CUSTODY_EXPECT, /* it is to come; still with the customer */
	SVC_CUSTODY_RECEIVE, /* into the house: new, one that was expected, or one that comes back from elsewhere */
	SVC_CUSTODY_LEND, /* a thing of ours goes out to the customer */
	SVC_CUSTODY_MOVE, /* to another holder in the house: a technician, a bench */
	SVC_CUSTODY_SHIP, /* out of the house: the factory, a supplier, the customer */
	SVC_CUSTODY_HANDOVER, /* to the customer, for good */
	SVC_CUSTODY_KEEP, /* it stays where it is, for good */
	SVC_CUSTODY_DROP /* what was expected is not coming */
};

struct svc_custody_step {
	const char *to; /* of move and ship: a technician, or any word; of receive: who takes it, NULL: "desk" */
	const struct svc_assignment *fields; /* of goods; a note is added to the notes */
	size_t field_count;
	const struct svc_assignment *facts; /* for the pack's freight, or for `event` */
	size_t fact_count;
	const char *event; /* carries out this step of the ticket's workflow with it, or neither is done; NULL: none */
	const char *text; /* why, of keep and drop; else what is to be remembered */
	bool collect; /* who gets it pays the carrier, not who sends it */
	svc_time at; /* SVC_TIME_NONE: now */
};

/* Takes a thing into custody (expect, receive, lend) for a ticket. `serial`: of a unit that is registered, or of a thing that is none;
   NULL: the ticket's unit where the thing is of kind "unit", else a thing without one. One that the ticket expects, or that comes back to it,
   is that same one. Its receipt number is its own number unless one is given.
   SVC_REFUSED when it is in custody already or the ticket is closed; SVC_BAD_INPUT for a moment to come. */
SVC_PUBLIC int svc_custody_take(struct svc_desk *desk, enum svc_custody_act act, int64_t ticket, const char *serial,
				const struct svc_custody_step *step, int64_t *goods, struct svc_error *err);
/* The next step of a thing. Who pays the freight is what the pack of the ticket answers (contract asks.md, freight): SVC_REFUSED names
   the clause when another payer was given, SVC_INCOMPLETE what is not known when there is an amount to be paid. What one side has paid to
   the carrier for the other becomes a fee of the ticket. SVC_REFUSED from a state that does not allow it. */
SVC_PUBLIC int svc_custody_act(struct svc_desk *desk, enum svc_custody_act act, int64_t goods,
			       const struct svc_custody_step *step, struct svc_error *err);

/* Things that are in custody more than once at the same time, and those without a holder, which no command makes. */
typedef void (*svc_custody_fault)(void *context, const char *text);
SVC_PUBLIC int svc_custody_check(struct svc_desk *desk, svc_custody_fault seen, void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
