/* The changes between two packs while they are put together. */
#ifndef POLICY_DIFF_H
#define POLICY_DIFF_H

#include "base/arena.h"
#include "base/tree.h"
#include "build.h"
#include "decide.h"
#include "svc/diff.h"

/* One change and the best case for it so far. */
struct found_change {
	struct svc_policy_change change;
	size_t place; /* of the new rule, or of the rule before what is gone: what changes are ordered by */
	unsigned asks; /* a bit for each that the rule is asked in; 0: nobody says */
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
/* The rule that a step or field stands in; any other rule itself. By their places in diff->rules. */
size_t diff_outer(const struct diff *diff, int side, size_t rule);
struct found_change *diff_add(struct diff *diff, enum svc_change_kind kind, size_t place);

/* diff_names.c: settings and facts */
int diff_names(struct diff *diff, struct svc_error *err);

/* ---- diff_cases.c: a case for each change ---- */
int diff_cases(struct diff *diff, unsigned asks, struct svc_error *err);
void diff_release_cases(struct diff *diff);

/* A boundary case of one of the packs, or one made from it. */
struct tried_case {
	enum svc_ask ask;
	int side; /* the pack whose rule it belongs to */
	const char *clause, *edge; /* of that rule; in words */
	int line;
	const struct node *facts, *settings; /* maps */
};
struct kept_case {
	struct tried_case tried; /* without its facts */
	const char *facts, *settings; /* JSON */
};
struct looking {
	struct diff *diff;
	struct svc_answer answers[2];
	struct growing kept; /* struct kept_case: all boundary cases */
	size_t real; /* changes that are no mere wordings */
	struct arena scratch; /* of one case */
	struct svc_error *err;
};
/* Asks both packs, and offers the case to the changes when the answers differ in anything. False: they don't. */
bool diff_try(struct looking *looking, const struct tried_case *tried);
/* Whether a better case would be welcome: none was found in which a field that weighs comes out otherwise. */
bool diff_wants(const struct found_change *found);
/* Whether the rule speaks of a fact, a setting or a word. */
bool diff_speaks_of(const struct svc_policy_rule *rule, const char *name);
const char *diff_name_of(const struct found_change *found); /* NULL: it is a rule */

/* ---- diff_vary.c ---- */
/* Cases beside the boundaries, for the changes that want one: another rule may stand before theirs there. */
void diff_vary(struct looking *looking);

#endif
