/* What the parts of the report step by step share. */
#ifndef SHOW_ANSWER_STEPS_H
#define SHOW_ANSWER_STEPS_H

#include "answer.h"

struct text;

struct telling {
	struct show *show;
	const struct svc_policy *policy;
	const struct svc_answer *answer;
	size_t margin; /* columns before a rule */
};

/* A line under a rule, `deeper` columns more to the right. */
void show_under(const struct telling *telling, size_t deeper, const char *line);

/* ---- answer_counts.c ---- */
void add_date(struct text *text, const struct telling *telling, const struct svc_step *step, size_t i);
void add_sum(struct text *text, const struct telling *telling, const struct svc_step_sum *sum);
void show_counts(const struct telling *telling, const struct svc_step *step); /* all that was counted, a line each */

#endif
