/* The changes between two packs while they are put together. */
#ifndef POLICY_DIFF_H
#define POLICY_DIFF_H

#include "base/arena.h"
#include "svc/diff.h"

/* One change and the best case for it so far. */
struct found_change {
	struct svc_policy_change change;
	size_t place; /* of the new rule, or of the rule before what is gone: what changes are ordered by */
	int rank; /* how well the case belongs to the change; 0: none yet */
	struct svc_change_case shown;
};
struct diff {
	const struct svc_policy *old, *new;
	struct arena *memory;
	struct svc_policy_rule *rules[2]; /* of the old and the new */
	size_t rule_counts[2];
	struct found_change *changes;
	size_t count, room;
	struct svc_diff_counts *counts;
};
struct found_change *diff_add(struct diff *diff, enum svc_change_kind kind, size_t place);

/* diff_names.c: settings and facts */
int diff_names(struct diff *diff, struct svc_error *err);
/* diff_cases.c: looks for a case of each change among the boundary cases of both packs */
int diff_cases(struct diff *diff, unsigned asks, struct svc_error *err);
void diff_release_cases(struct diff *diff);

#endif
