/* What the asks share while they decide: facts that block, conditions, clauses. */
#ifndef POLICY_DECIDE_H
#define POLICY_DECIDE_H

#include "base/arena.h"
#include "facts.h"
#include "pack.h"

enum truth { NO, YES, UNKNOWN };

/* One pass over the rules with one vector of facts. A rule that needs an unknown fact names it in `blocked` and the pass
   ends; the driver (needed.c) then tries the fact's values, so an ask is written as if every fact were known. */
struct pass {
	const struct svc_policy *policy;
	const struct pack_head *head;
	const struct fact_value *values;
	enum svc_ask ask;
	struct svc_answer *answer;
	struct arena *memory; /* of the answer */
	uint16_t blocked; /* the fact that the pass stopped at; 0: none */
	bool peek; /* unknown counts as no, nothing blocks */
	struct svc_error *err;
	int fault; /* a status when rules contradict */
};

enum truth condition(struct pass *pass, pack_ref when);
/* condition() for a rule: true when it matches; false when not, or when blocked (look at pass->blocked or peek). */
bool matches(struct pass *pass, const struct rule *rule);
svc_date date_after(svc_date start, struct duration span);

#endif
