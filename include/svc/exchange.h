/* An exchange or a refund, granted by the pack of a ticket and carried out: the replacement and its life, the old unit, the money. */
#ifndef SVC_EXCHANGE_H
#define SVC_EXCHANGE_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

struct svc_grant {
	int64_t ticket;
	enum svc_remedy want; /* SVC_EXCHANGE or SVC_REFUND */
	const struct svc_assignment *facts, *settings;
	size_t fact_count, setting_count;
	const struct svc_assignment *unit; /* of an exchange: the replacement; its serial number is required */
	size_t unit_count;
	const struct svc_assignment *deductions; /* amounts by item, where the pack states none */
	size_t deduction_count;
	const char *due; /* by when the old unit is to be here; NULL: nothing is said */
	const char *without_return; /* why the customer keeps the old unit; NULL: it comes back */
	const char *
		override; /* why it is granted against the pack, or where the pack leaves it to a person; NULL: it is not */
	const char *text; /* to be remembered; NULL: nothing */
};
/* Asks the pack (contract asks.md: return; else warranty, where a term grants this remedy) on all that is known of the ticket, and does
   what it grants, in one change:
   - the decision, and the facts that were given, stay with the ticket, whose outcome it is;
   - the replacement is registered with the old unit's sale and `replaces`; `replacement` is the day, unless nothing was wrong with the
     old one: what restarts and what goes on is then the pack's to say. It is in custody until it is handed over;
   - the old unit is expected, unless it is in custody already or stays with the customer;
   - refund, deductions and price difference become fees, who pays them as the answer says.
   SVC_REFUSED with the clause when the pack refuses, or has nobody who may go against it; SVC_INCOMPLETE when facts or amounts are not
   known; SVC_DENIED when another role may override. The answer (may be NULL, with `policy`) is handed over when it was granted. A desk
   without a pack keeps record of what it is told. */
SVC_PUBLIC int svc_exchange_grant(struct svc_desk *desk, const struct svc_grant *grant, struct svc_answer *answer,
				  struct svc_policy **policy, struct svc_error *err);

/* What goes back to the customer is paid, less the deductions: all such fees of the ticket at once. *net: in minor units of the desk's
   currency. SVC_REFUSED when nothing is to be paid back, or goods that are expected have not come. */
SVC_PUBLIC int svc_refund_pay(struct svc_desk *desk, int64_t ticket, const char *receipt, svc_money *net,
			      struct svc_error *err);

/* What a supplier or a factory is to pay for a replaced or returned unit, as a fee of the ticket. */
SVC_PUBLIC int svc_exchange_recover(struct svc_desk *desk, int64_t ticket, const char *from, const char *amount,
				    const char *text, int64_t *fee, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
