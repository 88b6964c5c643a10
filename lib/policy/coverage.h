/* Coverage, inside the floor. */
#ifndef POLICY_COVERAGE_H
#define POLICY_COVERAGE_H

#include "facts.h"

#include "svc/prove.h"

/* A case that was asked and answered. `asks`: the comma list that the run was limited to; NULL: all. */
void coverage_note(struct svc_coverage *coverage, const struct svc_facts *facts, const struct svc_answer *answer,
		   const char *asks);
/* How many cases exercised the rule at this place of rules_walk. False: none could show that it is used. */
bool coverage_of(struct svc_coverage *coverage, const struct svc_policy *policy, size_t place, size_t *cases);
bool list_names(const char *list, const char *word); /* whether "a,b" holds the word; NULL: every word */

#endif
