/* Which lists of rules are proved, and how the rules of each go together. */
#include "lint.h"

#include "base/file.h"

#include <string.h>

/* ---- lists of goods: warranty, returns, fees, freight ---- */

enum shape { SHAPE_EFFECT, SHAPE_TERM, SHAPE_REQUIREMENT, SHAPE_DEDUCTION, SHAPE_FEE };
static const size_t sizes[] = {[SHAPE_EFFECT] = sizeof(struct effect_rule),
			       [SHAPE_TERM] = sizeof(struct term),
			       [SHAPE_REQUIREMENT] = sizeof(struct requirement),
			       [SHAPE_DEDUCTION] = sizeof(struct deduction),
			       [SHAPE_FEE] = sizeof(struct fee_rule)};

static const struct goods_row {
	const char *name;
	enum svc_ask ask;
	enum pack_section section;
	size_t at; /* of the struct pack_list in the section */
	enum shape shape;
	enum together together;
	bool gapless;
} goods[] = {
	{"warranty.without", SVC_ASK_WARRANTY, SECTION_WARRANTY, offsetof(struct warranty_section, without),
	 SHAPE_EFFECT, TOGETHER_FIRST, false},
	{"warranty.terms", SVC_ASK_WARRANTY, SECTION_WARRANTY, offsetof(struct warranty_section, terms), SHAPE_TERM,
	 TOGETHER_ALL, false},
	{"warranty.exclusions", SVC_ASK_WARRANTY, SECTION_WARRANTY, offsetof(struct warranty_section, exclusions),
	 SHAPE_EFFECT, TOGETHER_ALL, false},
	{"warranty.requires", SVC_ASK_WARRANTY, SECTION_WARRANTY, offsetof(struct warranty_section, requires),
	 SHAPE_REQUIREMENT, TOGETHER_ALL, false},
	{"warranty.after", SVC_ASK_WARRANTY, SECTION_WARRANTY, offsetof(struct warranty_section, after), SHAPE_EFFECT,
	 TOGETHER_FIRST, false},
	{"warranty.notes", SVC_ASK_WARRANTY, SECTION_WARRANTY, offsetof(struct warranty_section, notes), SHAPE_EFFECT,
	 TOGETHER_ALL, false},
	{"returns.options", SVC_ASK_RETURN, SECTION_RETURNS, offsetof(struct returns_section, options), SHAPE_TERM,
	 TOGETHER_ALL, false},
	{"returns.exclusions", SVC_ASK_RETURN, SECTION_RETURNS, offsetof(struct returns_section, exclusions),
	 SHAPE_EFFECT, TOGETHER_ALL, false},
	{"returns.requires", SVC_ASK_RETURN, SECTION_RETURNS, offsetof(struct returns_section, requires),
	 SHAPE_REQUIREMENT, TOGETHER_ALL, false},
	{"returns.deductions", SVC_ASK_RETURN, SECTION_RETURNS, offsetof(struct returns_section, deductions),
	 SHAPE_DEDUCTION, TOGETHER_ALL, false},
	{"returns.notes", SVC_ASK_RETURN, SECTION_RETURNS, offsetof(struct returns_section, notes), SHAPE_EFFECT,
	 TOGETHER_ALL, false},
	{"fees", SVC_ASK_FEE, SECTION_FEES, offsetof(struct fees_section, rules), SHAPE_FEE, TOGETHER_ONE, true},
	{"fees.notes", SVC_ASK_FEE, SECTION_FEES, offsetof(struct fees_section, notes), SHAPE_EFFECT, TOGETHER_ALL,
	 false},
	{"freight", SVC_ASK_FREIGHT, SECTION_FREIGHT, offsetof(struct freight_section, rules), SHAPE_EFFECT,
	 TOGETHER_ONE, true},
};

static struct proved *add(struct proved_list *list, const struct rule *rule)
{
	struct proved *proved = growing_add(&list->rules, sizeof *proved);

	proved->rule = rule;
	return proved;
}

static uint64_t meaning(const void *bytes, size_t size)
{
	return fingerprint_of(bytes, size).low;
}

static void add_fee(const struct lint *lint, struct proved_list *list, const struct fee_rule *fee)
{
	for (uint32_t i = 0; i < fee->items.count; i++) {
		struct proved *proved = add(list, &fee->rule);

		proved->key = 1u + *PACK_ITEM(lint->head, fee->items, uint16_t, i);
		proved->means = 1;
	}
}

static void add_goods(const struct lint *lint, struct proved_list *list, enum shape shape, const void *item)
{
	const struct rule *rule = item; /* every rule begins with one */
	struct proved *proved;

	if (shape == SHAPE_FEE) {
		add_fee(lint, list, item);
		return;
	}
	proved = add(list, rule);
	proved->means = meaning((const char *)item + sizeof *rule, sizes[shape] - sizeof *rule);
	if (shape == SHAPE_TERM) {
		proved->term = item;
		proved->means = proved->term->effects.remedy;
	}
	if (shape == SHAPE_REQUIREMENT)
		proved->needs = ((const struct requirement *)item)->needs;
}

static bool in_order(const struct lint *lint, enum pack_section section)
{
	const void *at = pack_at(lint->head, lint->head->sections[section]);

	if (section == SECTION_FEES)
		return ((const struct fees_section *)at)->first;
	if (section == SECTION_FREIGHT)
		return ((const struct freight_section *)at)->first;
	return lint->head->first >> section & 1;
}

static void one_of_goods(struct lint *lint, const struct goods_row *row,
			 void (*prove)(struct lint *lint, const struct proved_list *list))
{
	const char *section = pack_at(lint->head, lint->head->sections[row->section]);
	struct proved_list list = {
		.ask = row->ask, .together = row->together, .gapless = row->gapless, .name = row->name};
	struct pack_list rules;

	if (!section)
		return;
	memcpy(&rules, section + row->at, sizeof rules);
	if (list.together == TOGETHER_ONE && in_order(lint, row->section))
		list.together = TOGETHER_FIRST;
	if (row->shape == SHAPE_FEE)
		list.group = F_ITEMS;
	for (uint32_t i = 0; i < rules.count; i++)
		add_goods(lint, &list, row->shape, (const char *)pack_at(lint->head, rules.at) + i * sizes[row->shape]);
	prove(lint, &list);
	growing_release(&list.rules);
}

/* ---- entries ---- */

static const struct entry_row {
	const char *name;
	enum entry_list list;
	enum svc_ask ask;
	enum pack_section section;
	uint16_t group, stage;
	enum together together;
	bool gapless;
} entries[] = {
	{"sla", ENTRIES_SLA, SVC_ASK_SLA, SECTION_SLA, 0, 0, TOGETHER_LIMITS, false},
	{"sla.fallback", ENTRIES_SLA_FALLBACK, SVC_ASK_SLA, SECTION_SLA, 0, 0, TOGETHER_ALL, false},
	{"deadlines", ENTRIES_DEADLINES, SVC_ASK_DEADLINE, SECTION_DEADLINES, F_TASK, 0, TOGETHER_ONE, false},
	{"followups", ENTRIES_FOLLOWUPS, SVC_ASK_FOLLOWUP, SECTION_FOLLOWUPS, 0, 0, TOGETHER_ALL, false},
	{"maintenance", ENTRIES_MAINTENANCE, SVC_ASK_MAINTENANCE, SECTION_MAINTENANCE, F_TASK, 0, TOGETHER_ALL, false},
	{"maintenance.readings", ENTRIES_READINGS, SVC_ASK_MAINTENANCE, SECTION_MAINTENANCE, F_TASK, 0, TOGETHER_ALL,
	 false},
	{"workflow.flow", ENTRIES_FLOW, SVC_ASK_TRANSITION, SECTION_WORKFLOW, F_EVENT, F_STAGE, TOGETHER_ONE, true},
	{"workflow.order", ENTRIES_ORDER, SVC_ASK_TRANSITION, SECTION_WORKFLOW, F_EVENT, 0, TOGETHER_ONE, false},
	{"workflow.never", ENTRIES_NEVER, SVC_ASK_TRANSITION, SECTION_WORKFLOW, F_EVENT, 0, TOGETHER_ONE, false},
	{"workflow.start", ENTRIES_START, SVC_ASK_TRANSITION, SECTION_WORKFLOW, 0, 0, TOGETHER_ONE, false},
	{"workflow.ends", ENTRIES_ENDS, SVC_ASK_TRANSITION, SECTION_WORKFLOW, F_STAGE, 0, TOGETHER_ALL, false},
	{"dispatch", ENTRIES_DISPATCH, SVC_ASK_DISPATCH, SECTION_DISPATCH, 0, 0, TOGETHER_LIMITS, false},
	{"dispatch.requires", ENTRIES_DISPATCH_REQUIRES, SVC_ASK_DISPATCH, SECTION_DISPATCH, 0, 0, TOGETHER_ALL, false},
	{"dispatch.then", ENTRIES_DISPATCH_THEN, SVC_ASK_DISPATCH, SECTION_DISPATCH, 0, 0, TOGETHER_ALL, false},
	{"appointments", ENTRIES_APPOINTMENTS, SVC_ASK_APPOINTMENT, SECTION_APPOINTMENTS, 0, 0, TOGETHER_LIMITS, false},
	{"notices", ENTRIES_NOTICES, SVC_ASK_NOTICE, SECTION_NOTICES, F_EVENT, 0, TOGETHER_ALL, false},
	{"notices.exhausted", ENTRIES_EXHAUSTED, SVC_ASK_NOTICE, SECTION_NOTICES, F_EVENT, 0, TOGETHER_ALL, false},
	{"contracts", ENTRIES_CONTRACTS, SVC_ASK_CONTRACT, SECTION_CONTRACTS, 0, 0, TOGETHER_LIMITS, false},
	{"kpi", ENTRIES_KPI, SVC_ASK_KPI, SECTION_KPI, 0, 0, TOGETHER_ALL, false},
	{"checklists", ENTRIES_CHECKLISTS, SVC_ASK_CHECKLIST, SECTION_CHECKLISTS, F_STAGE, 0, TOGETHER_ALL, false},
	{"forms", ENTRIES_FORMS, SVC_ASK_FORM, SECTION_FORMS, F_FORM, 0, TOGETHER_ALL, false},
	{"records", ENTRIES_RECORDS, SVC_ASK_RECORD, SECTION_RECORDS, F_RECORD, 0, TOGETHER_ALL, false},
	{"templates", ENTRIES_TEMPLATES, SVC_ASK_TEMPLATE, SECTION_TEMPLATES, F_TEMPLATE, 0, TOGETHER_ONE, true},
	{"complaints", ENTRIES_COMPLAINTS, SVC_ASK_COMPLAINT, SECTION_COMPLAINTS, F_STAGE, 0, TOGETHER_ALL, false},
	{"parts", ENTRIES_PARTS, SVC_ASK_PARTS, SECTION_PARTS, 0, 0, TOGETHER_ALL, false},
};

_Static_assert(SAY_DEADLINE < 32, "a limit is a bit");

static uint32_t limits_of(const struct lint *lint, const struct entry *entry)
{
	uint32_t limits = 0;

	for (uint32_t i = 0; i < entry->said.count; i++) {
		uint16_t saying = PACK_ITEM(lint->head, entry->said, struct said, i)->saying;

		if (saying <= SAY_DEADLINE)
			limits |= UINT32_C(1) << saying;
	}
	return limits;
}

/* All that an entry says, but for its clause, condition and line. */
static uint64_t entry_means(const struct entry *entry)
{
	struct entry bare = *entry;

	memset(&bare.rule, 0, sizeof bare.rule);
	return meaning(&bare, sizeof bare);
}

static void add_stages(const struct lint *lint, struct proved_list *list, const struct entry *entry, uint32_t key)
{
	for (uint32_t i = 0; i < entry->from.count || i == 0; i++) {
		struct proved *proved = add(list, &entry->rule);

		proved->key = key;
		proved->limits = limits_of(lint, entry);
		proved->means = entry_means(entry);
		if (i < entry->from.count)
			proved->stage = 1u + *PACK_ITEM(lint->head, entry->from, uint16_t, i);
	}
}

/* Guards, and the entries inside one, hold only where the entry does. */
static void add_inner(const struct lint *lint, struct proved_list *list, const struct entry *entry, uint32_t key)
{
	for (uint32_t i = 0; i < entry->guards.count; i++) {
		const struct requirement *guard = PACK_ITEM(lint->head, entry->guards, struct requirement, i);
		struct proved *proved = add(list, &guard->rule);

		proved->key = key;
		proved->outer = entry->rule.when;
		proved->needs = guard->needs;
		proved->means = guard->needs;
	}
	for (uint32_t i = 0; i < entry->entries.count; i++) {
		const struct entry *inner = PACK_ITEM(lint->head, entry->entries, struct entry, i);
		struct proved *proved = add(list, &inner->rule);

		proved->key = key;
		proved->outer = entry->rule.when;
		proved->means = entry_means(inner);
	}
}

static void one_of_entries(struct lint *lint, const struct entry_row *row,
			   void (*prove)(struct lint *lint, const struct proved_list *list))
{
	struct pack_list rules = lint->head->entries[row->list];
	struct proved_list list = {.ask = row->ask,
				   .together = row->together,
				   .gapless = row->gapless,
				   .group = row->group,
				   .stage = row->stage,
				   .name = row->name};

	if (list.together >= TOGETHER_ONE && in_order(lint, row->section))
		list.together = list.together == TOGETHER_ONE ? TOGETHER_FIRST : TOGETHER_ALL;
	for (uint32_t i = 0; i < rules.count; i++) {
		const struct entry *entry = PACK_ITEM(lint->head, rules, struct entry, i);

		for (uint32_t g = 0; g < entry->groups.count || g == 0; g++)
			add_stages(lint, &list, entry,
				   g < entry->groups.count ? 1u + *PACK_ITEM(lint->head, entry->groups, uint16_t, g)
							   : 0);
	}
	prove(lint, &list);
	list.rules.count = 0;
	list.together = TOGETHER_ALL;
	list.group = list.stage = 0;
	list.gapless = false;
	for (uint32_t i = 0; i < rules.count; i++)
		add_inner(lint, &list, PACK_ITEM(lint->head, rules, struct entry, i), i + 1);
	if (!lint->status)
		prove(lint, &list);
	growing_release(&list.rules);
}

void lint_lists(struct lint *lint, void (*prove)(struct lint *lint, const struct proved_list *list))
{
	for (size_t i = 0; i < sizeof goods / sizeof *goods && !lint->status; i++)
		one_of_goods(lint, &goods[i], prove);
	for (size_t i = 0; i < sizeof entries / sizeof *entries && !lint->status; i++)
		one_of_entries(lint, &entries[i], prove);
}
