/* Facts that nobody typed because the desk knows them: what a unit's own tickets say of it. */
#ifndef DESK_HISTORY_H
#define DESK_HISTORY_H

#include "desk.h"
#include "policy/facts.h"

struct history_question {
	int64_t unit, ticket; /* the ticket that is asked about, which is no past of its own; 0: none */
	const char *symptom; /* of that ticket; NULL: none */
	const struct svc_assignment *typed; /* facts that win over the records, by any of their names */
	size_t typed_count;
};
/* Sets replacement, repaired, repair_days, same_fault_repairs and exchanged_without_fault, as of the day of the claim, which must
   be known: svc_facts_now. Nothing is read when the pack has no rule about any of them. What the records leave open
   stays unknown. */
int history_put(struct svc_desk *desk, const struct history_question *question, struct svc_facts *facts,
		struct svc_error *err);
/* The last repair of the unit that ended well and was of the fault that is asked about, since the unit was last replaced; 0: none, or the
   records can't tell. */
int history_repeated(struct svc_desk *desk, const struct history_question *question, struct svc_facts *facts,
		     int64_t *ticket, struct svc_error *err);

#endif
