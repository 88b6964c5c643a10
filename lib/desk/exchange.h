/* An exchange or a refund while it is being granted. */
#ifndef DESK_EXCHANGE_H
#define DESK_EXCHANGE_H

#include "custody.h"
#include "svc/exchange.h"

#define BASIS_REFUND "refund" /* of fees that are set off against each other when the money goes back */

struct granting {
	struct svc_desk *desk;
	const struct svc_grant *grant;
	struct arena arena;
	const char *ticket[FIELD_LIMIT], *unit[FIELD_LIMIT]; /* the old unit's; all NULL: the ticket names none */
	struct gathered_facts known; /* of the ticket, those of the grant last */
	struct svc_facts *facts;
	struct ruling ruling; /* policy NULL: no pack answers */
	struct svc_answer answer; /* on which it is granted */
	bool decided; /* there is such an answer */
	const char *replacement; /* the new unit's number; NULL: none */
};

/* Whether the pack grants it: exchange_ask.c. */
int grant_decide(struct granting *granting, struct svc_error *err);
/* Refund, deductions and price difference: exchange_money.c. The first before anything is written: SVC_INCOMPLETE. */
int grant_check_money(struct granting *granting, struct svc_error *err);
int grant_write_money(struct granting *granting, struct svc_error *err);

const char *grant_word(const struct granting *granting); /* "exchange", "refund" */
const char *grant_title(enum svc_remedy want); /* for people */
/* A fact that is known of the ticket, else of its unit; NULL. */
const char *granted_fact(const struct granting *granting, const char *name);

#endif
