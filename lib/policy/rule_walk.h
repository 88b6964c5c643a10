/* Every rule of a pack, one after the other, whatever section it stands in. */
#ifndef POLICY_RULE_WALK_H
#define POLICY_RULE_WALK_H

#include "pack.h"

enum rule_kind {
	RULE_EFFECT, /* an exclusion, an after-rule, a freight rule, a note, a deduction */
	RULE_TERM, /* struct term */
	RULE_REQUIREMENT, /* struct requirement, or a guard */
	RULE_FEE, /* struct fee_rule */
	RULE_ENTRY, /* struct entry */
	RULE_INNER /* a step or field: struct entry inside another */
};
struct walked_rule {
	const struct rule *rule; /* the first member of the struct that `kind` names */
	enum rule_kind kind;
	enum svc_ask ask;
	const struct entry *entry; /* the entry that the rule is, or stands in; NULL: none */
	enum entry_list list; /* of `entry` */
	const struct svc_policy *policy;
};
/* False stops. */
typedef bool (*rule_walked)(void *context, const struct walked_rule *rule);
/* Section by section, in the order of the asks; each section in the order of its lists. */
void rules_walk(const struct svc_policy *policy, rule_walked walked, void *context);

/* The fact whose words an entry of this list is grouped by: stage, task, event, ...; 0: none. */
uint16_t group_fact_of(enum entry_list list);

#endif
