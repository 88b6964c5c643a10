/* What a pass tried, kept for whoever asks to be told step by step: each rule, the facts that settled it, the days counted. */
#ifndef POLICY_TRACE_H
#define POLICY_TRACE_H

#include "decide.h"

/* One counting of days or time: from a moment, a length on, to another. */
struct reckoning {
	const char *how; /* as struct svc_step_date has it */
	uint16_t fact; /* that gives the start, or the length of what is extended; 0: none */
	struct svc_moment from, to;
	struct duration length; /* count 0 and no lifetime: none */
};

/* Each does nothing in a pass without a trace, and in one that only peeks. */
void trace_rule(struct pass *pass, const struct rule *rule, enum truth holds);
void trace_needs(struct pass *pass, const struct rule *rule, pack_ref needs, enum truth met);
void trace_met(struct pass *pass, const struct rule *rule,
	       bool met); /* of what a rule asks for besides its condition */
void trace_open(struct pass *pass, const struct rule *rule, bool open); /* whether a window is open on the day */
void trace_fact(struct pass *pass, const struct rule *rule, uint16_t fact); /* used beside the condition */
/* What one of several is compared by, under a name that is no fact's. */
void trace_value(struct pass *pass, const struct rule *rule, const char *name, const char *value);
void trace_grouped(struct pass *pass, uint16_t fact); /* the fact whose word rules are grouped by from here on */
void trace_group(struct pass *pass, const struct rule *rule); /* that it holds for a rule */
void trace_count(struct pass *pass, const struct rule *rule, struct reckoning reckoning);

/* What happened, by which fact, held against a limit of the rule. */
void trace_limit(struct pass *pass, const struct rule *rule, uint16_t fact, struct svc_moment done,
		 struct svc_moment limit, bool missed);
/* Whether a moment has come by then. */
void trace_reached(struct pass *pass, const struct rule *rule, uint16_t fact, struct svc_moment now,
		   struct svc_moment at, bool reached);
/* One working out, for `rule` (NULL: the one that amounts are worked out for). The operands and the result are copied, their texts borrowed from the answer. */
void trace_sum(struct pass *pass, const struct rule *rule, struct svc_step_sum sum);
void trace_amounts(struct pass *pass,
		   const struct rule *rule); /* whose amounts are worked out from here on; NULL: no matter whose */
bool trace_wants_amounts(const struct pass *pass);
void trace_anchor(struct pass *pass, uint16_t fact, struct svc_moment moment); /* what may be counted from next */
void trace_lack(struct pass *pass); /* the fact that the pass stopped at */

/* What is tried from here on is tried for this item, violation or candidate (NULL: the case); gives what it was before. */
const char *trace_about(struct pass *pass, const char *about);
void trace_beside(struct pass *pass, bool beside); /* what follows is tried beside what was asked for */

/* Decides once more and writes down the steps in `answer->tried`. */
struct workroom;
void find_steps(const struct svc_facts *facts, enum svc_ask ask, struct svc_answer *answer, struct workroom *room);

#endif
