/* What a pass tried, kept for whoever asks to be told step by step: each rule, the facts that settled it, the days counted. */
#ifndef POLICY_TRACE_H
#define POLICY_TRACE_H

#include "decide.h"

/* One counting of days or time: from a moment, a length on, to another. */
struct reckoning {
	const char *how; /* "after", "before", "extended", "rolled", "stated" */
	uint16_t fact; /* that gives the start, or the length of what is extended; 0: none */
	struct svc_moment from, to;
	struct duration length; /* count 0 and no lifetime: none */
};

/* Each does nothing in a pass without a trace, and in one that only peeks. */
void trace_rule(struct pass *pass, const struct rule *rule, enum truth holds);
void trace_needs(struct pass *pass, const struct rule *rule, pack_ref needs, enum truth met);
void trace_open(struct pass *pass, const struct rule *rule, bool open); /* whether a window is open on the day */
void trace_fact(struct pass *pass, const struct rule *rule, uint16_t fact); /* used beside the condition */
void trace_count(struct pass *pass, const struct rule *rule, struct reckoning reckoning);

void trace_beside(struct pass *pass, bool beside); /* what follows is tried beside what was asked for */

/* Decides once more and writes down the steps in `answer->tried`. */
struct workroom;
void find_steps(const struct svc_facts *facts, enum svc_ask ask, struct svc_answer *answer, struct workroom *room);

#endif
