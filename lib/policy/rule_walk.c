/* Every rule of a pack, one after the other. */
#include "rule_walk.h"

#include "facts.h"

#include <stddef.h>

/* The lists of the sections about goods. */
static const struct {
	uint8_t section, kind, ask;
	uint16_t at, size; /* of the list in its section, of one rule */
} goods[] = {
#define LIST(section, type, member, kind, rule_type, ask)                                                              \
	{                                                                                                              \
		SECTION_##section, RULE_##kind, SVC_ASK_##ask, offsetof(struct type##_section, member),                \
			sizeof(struct rule_type)                                                                       \
	}
	LIST(WARRANTY, warranty, without, EFFECT, effect_rule, WARRANTY),
	LIST(WARRANTY, warranty, terms, TERM, term, WARRANTY),
	LIST(WARRANTY, warranty, exclusions, EFFECT, effect_rule, WARRANTY),
	LIST(WARRANTY, warranty, requires, REQUIREMENT, requirement, WARRANTY),
	LIST(WARRANTY, warranty, after, EFFECT, effect_rule, WARRANTY),
	LIST(WARRANTY, warranty, notes, EFFECT, effect_rule, WARRANTY),
	LIST(RETURNS, returns, options, TERM, term, RETURN),
	LIST(RETURNS, returns, exclusions, EFFECT, effect_rule, RETURN),
	LIST(RETURNS, returns, requires, REQUIREMENT, requirement, RETURN),
	LIST(RETURNS, returns, deductions, EFFECT, deduction, RETURN),
	LIST(RETURNS, returns, notes, EFFECT, effect_rule, RETURN),
	LIST(FEES, fees, rules, FEE, fee_rule, FEE),
	LIST(FEES, fees, notes, EFFECT, effect_rule, FEE),
	LIST(FREIGHT, freight, rules, EFFECT, effect_rule, FREIGHT),
#undef LIST
};

/* Which ask reads each list of entries, and which fact's words group it. */
static const struct {
	uint8_t ask, group;
} lists[ENTRIES_IN_HEAD] = {
	[ENTRIES_SLA] = {SVC_ASK_SLA, 0},
	[ENTRIES_SLA_FALLBACK] = {SVC_ASK_SLA, 0},
	[ENTRIES_DEADLINES] = {SVC_ASK_DEADLINE, F_TASK},
	[ENTRIES_FOLLOWUPS] = {SVC_ASK_FOLLOWUP, 0},
	[ENTRIES_MAINTENANCE] = {SVC_ASK_MAINTENANCE, F_TASK},
	[ENTRIES_READINGS] = {SVC_ASK_MAINTENANCE, F_TASK},
	[ENTRIES_FLOW] = {SVC_ASK_TRANSITION, F_EVENT},
	[ENTRIES_ORDER] = {SVC_ASK_TRANSITION, 0},
	[ENTRIES_NEVER] = {SVC_ASK_TRANSITION, F_EVENT},
	[ENTRIES_START] = {SVC_ASK_COUNT, 0},
	[ENTRIES_ENDS] = {SVC_ASK_COUNT, F_STAGE},
	[ENTRIES_OVERRIDES] = {SVC_ASK_COUNT, 0},
	[ENTRIES_DISPATCH] = {SVC_ASK_DISPATCH, 0},
	[ENTRIES_DISPATCH_REQUIRES] = {SVC_ASK_DISPATCH, 0},
	[ENTRIES_DISPATCH_THEN] = {SVC_ASK_DISPATCH, 0},
	[ENTRIES_DISPATCH_CHOOSE] = {SVC_ASK_DISPATCH, 0},
	[ENTRIES_APPOINTMENTS] = {SVC_ASK_APPOINTMENT, 0},
	[ENTRIES_NOTICES] = {SVC_ASK_NOTICE, F_EVENT},
	[ENTRIES_EXHAUSTED] = {SVC_ASK_NOTICE, F_EVENT},
	[ENTRIES_CONTRACTS] = {SVC_ASK_CONTRACT, 0},
	[ENTRIES_CONDUCT] = {SVC_ASK_CONDUCT, 0},
	[ENTRIES_EXEMPT] = {SVC_ASK_CONDUCT, 0},
	[ENTRIES_TOTALS] = {SVC_ASK_CONDUCT, 0},
	[ENTRIES_RANKS] = {SVC_ASK_CONDUCT, 0},
	[ENTRIES_ONCE] = {SVC_ASK_CONDUCT, 0},
	[ENTRIES_KPI] = {SVC_ASK_KPI, 0},
	[ENTRIES_CHECKLISTS] = {SVC_ASK_CHECKLIST, F_STAGE},
	[ENTRIES_FORMS] = {SVC_ASK_FORM, F_FORM},
	[ENTRIES_RECORDS] = {SVC_ASK_RECORD, F_RECORD},
	[ENTRIES_TEMPLATES] = {SVC_ASK_TEMPLATE, F_TEMPLATE},
	[ENTRIES_QUESTIONS] = {SVC_ASK_SURVEY, 0},
	[ENTRIES_LEVELS] = {SVC_ASK_SURVEY, 0},
	[ENTRIES_OUTCOMES] = {SVC_ASK_SURVEY, 0},
	[ENTRIES_COMPLAINTS] = {SVC_ASK_COMPLAINT, F_STAGE},
	[ENTRIES_PARTS] = {SVC_ASK_PARTS, 0},
};

uint16_t group_fact_of(enum entry_list list)
{
	return list < ENTRIES_IN_HEAD ? lists[list].group : 0;
}

struct walk {
	const struct svc_policy *policy;
	const struct pack_head *head;
	rule_walked walked;
	void *context;
};

static bool walk_goods(const struct walk *walk, size_t row)
{
	const char *section = pack_at(walk->head, walk->head->sections[goods[row].section]);
	const struct pack_list *list = section ? (const struct pack_list *)(section + goods[row].at) : NULL;

	for (uint32_t i = 0; list && i < list->count; i++) {
		struct walked_rule one = {.kind = goods[row].kind, .ask = goods[row].ask, .policy = walk->policy};

		one.rule = (const void *)(PACK_ITEM(walk->head, *list, char, 0) + (size_t)i * goods[row].size);
		if (!walk->walked(walk->context, &one))
			return false;
	}
	return true;
}

/* An entry, its guards, and what stands in it. */
static bool walk_entry(const struct walk *walk, enum entry_list list, const struct entry *entry)
{
	struct walked_rule one = {.rule = &entry->rule,
				  .kind = RULE_ENTRY,
				  .ask = lists[list].ask,
				  .entry = entry,
				  .list = list,
				  .policy = walk->policy};
	bool going = walk->walked(walk->context, &one);

	one.kind = RULE_REQUIREMENT;
	for (uint32_t i = 0; going && i < entry->guards.count; i++) {
		one.rule = &PACK_ITEM(walk->head, entry->guards, struct requirement, i)->rule;
		going = walk->walked(walk->context, &one);
	}
	one.kind = RULE_INNER;
	for (uint32_t i = 0; going && i < entry->entries.count; i++) {
		one.rule = &PACK_ITEM(walk->head, entry->entries, struct entry, i)->rule;
		going = walk->walked(walk->context, &one);
	}
	return going;
}

static bool walk_entries(const struct walk *walk, enum entry_list which)
{
	const struct pack_list list = walk->head->entries[which];

	for (uint32_t i = 0; i < list.count; i++)
		if (!walk_entry(walk, which, PACK_ITEM(walk->head, list, struct entry, i)))
			return false;
	return true;
}

static bool walk_ask(const struct walk *walk, uint8_t ask)
{
	for (size_t i = 0; i < sizeof goods / sizeof *goods; i++)
		if (goods[i].ask == ask && !walk_goods(walk, i))
			return false;
	for (unsigned list = 0; list < ENTRIES_IN_HEAD; list++)
		if (lists[list].ask == ask && !walk_entries(walk, (enum entry_list)list))
			return false;
	return true;
}

void rules_walk(const struct svc_policy *policy, rule_walked walked, void *context)
{
	struct walk walk = {policy, policy->head, walked, context};

	for (uint8_t ask = 0; ask < SVC_ASK_COUNT; ask++)
		if (!walk_ask(&walk, ask))
			return;
}
