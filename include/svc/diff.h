/* What changed between two packs, rule by rule, each with a case that shows it. */
#ifndef SVC_DIFF_H
#define SVC_DIFF_H

#include "svc/ask.h"

#ifdef __cplusplus
extern "C" {
#endif

enum svc_change_kind {
	SVC_CHANGE_ADDED,
	SVC_CHANGE_GONE,
	SVC_CHANGE_RULE, /* the same clause says something else */
	SVC_CHANGE_MOVED, /* the same rule at another place among those of its section */
	SVC_CHANGE_WORDING /* the same rule under another sentence or another clause */
};
/* A setting or a fact: what holds when nobody says otherwise, and its words. */
struct svc_change_name {
	const char *name, *title, *type;
	bool setting;
	const char *value; /* NULL: none */
	const char *words; /* "a, b"; "" when it has none */
};
/* A boundary case in which the two packs answer differently. Facts and settings are JSON objects, to be asked again. */
struct svc_change_case {
	enum svc_ask ask;
	const char *facts, *settings;
	const char *edge; /* in words */
	struct svc_answer old, new; /* of `facts` and `settings` */
};
/* Either of `rules` or of `names` one is NULL where it was added or is gone. */
struct svc_policy_change {
	enum svc_change_kind kind;
	const struct svc_policy_rule *old_rule, *new_rule; /* both NULL: a name */
	const struct svc_change_name *old_name, *new_name; /* both NULL: a rule */
	const struct svc_change_case *shown; /* NULL: no case was found in which the answers differ for it */
	size_t tried; /* cases that were tried for it beside the boundary cases */
};
typedef int (*svc_change_seen)(void *context, const struct svc_policy_change *change); /* non-zero stops */

struct svc_diff_counts {
	size_t added, gone, changed; /* changed: moved rules and names included, wordings not */
	size_t cases, differ; /* boundary cases of both packs, and those with two answers */
};
/* The changes in the order of the new pack's rules, what is gone after its section; then settings and facts. `asks`: bits of the asks
   that cases are looked for in; 0: all that both packs answer. */
SVC_PUBLIC int svc_policy_diff(const struct svc_policy *old, const struct svc_policy *new, unsigned asks,
			       svc_change_seen seen, void *context, struct svc_diff_counts *counts,
			       struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
