/* Entries: the rules of the sections that list, date and permit. Where each list stands, what its rules can't do without,
   and how an entry is read; what an entry may say is in entry_keys.c. */
#include "draft_entry.h"
#include "draft_rule.h"
#include "nearest.h"

#include <string.h>

/* Where each list stands: the section, and the key inside it. A section that is a list stands for its `rules`. */
static const struct {
	enum pack_section section;
	const char *key, *name;
} lists[ENTRIES_COUNT] = {
	[ENTRIES_SLA] = {SECTION_SLA, "rules", "sla"},
	[ENTRIES_SLA_FALLBACK] = {SECTION_SLA, "fallback", "sla.fallback"},
	[ENTRIES_DEADLINES] = {SECTION_DEADLINES, "rules", "deadlines"},
	[ENTRIES_FOLLOWUPS] = {SECTION_FOLLOWUPS, "rules", "followups"},
	[ENTRIES_MAINTENANCE] = {SECTION_MAINTENANCE, "rules", "maintenance"},
	[ENTRIES_READINGS] = {SECTION_MAINTENANCE, "readings", "maintenance.readings"},
	[ENTRIES_FLOW] = {SECTION_WORKFLOW, "flow", "workflow.flow"},
	[ENTRIES_ORDER] = {SECTION_WORKFLOW, "order", "workflow.order"},
	[ENTRIES_NEVER] = {SECTION_WORKFLOW, "never", "workflow.never"},
	[ENTRIES_START] = {SECTION_WORKFLOW, "start", "workflow.start"},
	[ENTRIES_ENDS] = {SECTION_WORKFLOW, "ends", "workflow.ends"},
	[ENTRIES_OVERRIDES] = {SECTION_WORKFLOW, "overrides", "workflow.overrides"},
	[ENTRIES_DISPATCH] = {SECTION_DISPATCH, "rules", "dispatch"},
	[ENTRIES_DISPATCH_REQUIRES] = {SECTION_DISPATCH, "requires", "dispatch.requires"},
	[ENTRIES_DISPATCH_THEN] = {SECTION_DISPATCH, "then", "dispatch.then"},
	[ENTRIES_DISPATCH_CHOOSE] = {SECTION_DISPATCH, "choose", "dispatch.choose"},
	[ENTRIES_APPOINTMENTS] = {SECTION_APPOINTMENTS, "rules", "appointments"},
	[ENTRIES_NOTICES] = {SECTION_NOTICES, "rules", "notices"},
	[ENTRIES_EXHAUSTED] = {SECTION_NOTICES, "exhausted", "notices.exhausted"},
	[ENTRIES_CONTRACTS] = {SECTION_CONTRACTS, "rules", "contracts"},
	[ENTRIES_CONDUCT] = {SECTION_CONDUCT, "rules", "conduct"},
	[ENTRIES_EXEMPT] = {SECTION_CONDUCT, "exempt", "conduct.exempt"},
	[ENTRIES_TOTALS] = {SECTION_CONDUCT, "totals", "conduct.totals"},
	[ENTRIES_RANKS] = {SECTION_CONDUCT, "ranks", "conduct.ranks"},
	[ENTRIES_ONCE] = {SECTION_CONDUCT, "once", "conduct.once"},
	[ENTRIES_KPI] = {SECTION_KPI, "rules", "kpi"},
	[ENTRIES_CHECKLISTS] = {SECTION_CHECKLISTS, "rules", "checklists"},
	[ENTRIES_FORMS] = {SECTION_FORMS, "rules", "forms"},
	[ENTRIES_RECORDS] = {SECTION_RECORDS, "rules", "records"},
	[ENTRIES_TEMPLATES] = {SECTION_TEMPLATES, "rules", "templates"},
	[ENTRIES_QUESTIONS] = {SECTION_SURVEY, "questions", "survey.questions"},
	[ENTRIES_LEVELS] = {SECTION_SURVEY, "levels", "survey.levels"},
	[ENTRIES_OUTCOMES] = {SECTION_SURVEY, "outcomes", "survey.outcomes"},
	[ENTRIES_COMPLAINTS] = {SECTION_COMPLAINTS, "rules", "complaints"},
	[ENTRIES_PARTS] = {SECTION_PARTS, "rules", "parts"},
	[ENTRIES_STEPS] = {SECTION_COUNT, "steps", ".steps"},
	[ENTRIES_FIELDS] = {SECTION_COUNT, "fields", ".fields"},
};

/* What an entry can't do without: one of the keys. */
static const struct {
	const char *key, *other;
	uint64_t lists;
} required[] = {
	{"clause", NULL,
	 ~(AMONG(ENTRIES_STEPS) | AMONG(ENTRIES_FIELDS) | AMONG(ENTRIES_DISPATCH_CHOOSE) | AMONG(ENTRIES_ORDER))},
	{"event", NULL, AMONG(ENTRIES_FLOW) | AMONG(ENTRIES_NEVER) | AMONG(ENTRIES_NOTICES) | AMONG(ENTRIES_EXHAUSTED)},
	{"from", NULL, AMONG(ENTRIES_FLOW) | AMONG(ENTRIES_START)},
	{"by", NULL, AMONG(ENTRIES_OVERRIDES)},
	{"task", NULL, AMONG(ENTRIES_DEADLINES) | AMONG(ENTRIES_MAINTENANCE) | AMONG(ENTRIES_READINGS)},
	{"due", "verdict", AMONG(ENTRIES_DEADLINES)},
	{"name", NULL, AMONG(ENTRIES_FOLLOWUPS) | AMONG(ENTRIES_NOTICES) | AMONG(ENTRIES_KPI)},
	{"after", NULL, AMONG(ENTRIES_FOLLOWUPS) | AMONG(ENTRIES_EXHAUSTED)},
	{"every", "once", AMONG(ENTRIES_MAINTENANCE)},
	{"pass", NULL, AMONG(ENTRIES_READINGS)},
	{"on", NULL, AMONG(ENTRIES_NOTICES)},
	{"rule", NULL, AMONG(ENTRIES_CONDUCT)},
	{"per", "after", AMONG(ENTRIES_TOTALS)},
	{"counted", NULL, AMONG(ENTRIES_TOTALS)},
	{"rank", NULL, AMONG(ENTRIES_RANKS)},
	{"same", "when", AMONG(ENTRIES_ONCE)},
	{"share", "value", AMONG(ENTRIES_KPI)},
	{"form", NULL, AMONG(ENTRIES_FORMS)},
	{"record", NULL, AMONG(ENTRIES_RECORDS)},
	{"template", NULL, AMONG(ENTRIES_TEMPLATES)},
	{"stage", NULL, AMONG(ENTRIES_CHECKLISTS) | AMONG(ENTRIES_ENDS)},
	{"fields", NULL, AMONG(ENTRIES_FORMS) | AMONG(ENTRIES_RECORDS)},
	{"steps", NULL, AMONG(ENTRIES_CHECKLISTS)},
	{"id", NULL, AMONG(ENTRIES_STEPS) | AMONG(ENTRIES_FIELDS) | AMONG(ENTRIES_QUESTIONS) | AMONG(ENTRIES_LEVELS)},
	{"label", NULL, AMONG(ENTRIES_FIELDS)},
	{"text", NULL, AMONG(ENTRIES_TEMPLATES) | AMONG(ENTRIES_QUESTIONS)},
	{"title", NULL, AMONG(ENTRIES_LEVELS)},
	{"value", NULL, AMONG(ENTRIES_LEVELS)},
	{"verdict", NULL, AMONG(ENTRIES_OUTCOMES)},
	{"missed", NULL, AMONG(ENTRIES_SLA_FALLBACK)},
	{"then", NULL, AMONG(ENTRIES_SLA_FALLBACK) | AMONG(ENTRIES_DISPATCH_THEN) | AMONG(ENTRIES_EXHAUSTED)},
	{"needs", NULL, AMONG(ENTRIES_DISPATCH_REQUIRES)},
};

struct said *say(struct draft_entry *draft, enum saying saying)
{
	struct said *said = growing_add(&draft->said, sizeof *said);

	said->saying = (uint16_t)saying;
	return said;
}

static const struct entry_key *key_named(enum entry_list list, const char *name)
{
	for (const struct entry_key *key = entry_keys; key->name; key++)
		if (key->lists & AMONG(list) && !strcmp(key->name, name))
			return key;
	return NULL;
}

static const char *key_near(enum entry_list list, const char *name)
{
	struct nearest nearest = nearest_to(name);

	for (const struct entry_key *key = entry_keys; key->name; key++)
		if (key->lists & AMONG(list))
			nearest_try(&nearest, key->name);
	return nearest.best;
}

static void read_keys(struct loader *load, const struct node *node, struct draft_entry *draft)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct entry_key *key = key_named(draft->list, node->keys[i]->text);

		if (key)
			key->read(load, node->items[i], draft, key);
		else
			unknown_key(load, node->keys[i], node->items[i], key_near(draft->list, node->keys[i]->text));
	}
}

static void check_required(struct loader *load, const struct node *node, enum entry_list list)
{
	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (required[i].lists & AMONG(list) && !node_get(node, required[i].key) &&
		    !(required[i].other && node_get(node, required[i].other)))
			fault(load, node, _("the rule does not say its %s"), required[i].key);
}

/* A step without a text says the sentence of its clause. */
static void check_step(struct loader *load, const struct node *node, const struct draft_entry *draft)
{
	pack_ref clause = draft->entry.rule.clause;

	if (draft->list == ENTRIES_STEPS && !node_get(node, "text") && clause &&
	    !has_sentence(load, pack_text(head_of(load), clause)))
		error_hint(fault(load, node, "%s", _("the step says nothing")), "%s",
			   _("write text: {en: ..., zh: ...}, or a sentence of its clause under clauses"));
}

static void mark_add(struct growing *marks, int64_t what, int64_t value)
{
	*(int64_t *)growing_add(marks, sizeof value) = what;
	*(int64_t *)growing_add(marks, sizeof value) = value;
}

/* What lets two entries share clause and condition: all that they say, but for the moments that it comes to. */
static uint32_t apart(const struct draft_entry *draft)
{
	const struct said *said = draft->said.items;
	const struct entry *entry = &draft->entry;
	struct growing marks = {0};
	uint32_t mark;

	mark_add(&marks, entry->groups.at, entry->from.at);
	mark_add(&marks, entry->id, draft->inside ? draft->inside->rule.line : 0);
	for (size_t i = 0; i < draft->said.count; i++) {
		bool moment = said[i].saying <= SAY_DEADLINE && said[i].saying != SAY_AFTER;

		mark_add(&marks, said[i].saying, moment ? 0 : (int64_t)said[i].at.at ^ said[i].number);
	}
	mark = (uint32_t)fingerprint_of(marks.items, marks.count * sizeof(int64_t)).low;
	growing_release(&marks);
	return mark;
}

/* Guards and inner entries bear the clause of their entry where they say none. */
static void clauses_of_guards(struct draft_entry *draft)
{
	struct requirement *guards = draft->guards.items;

	for (size_t i = 0; i < draft->guards.count; i++)
		if (!guards[i].rule.clause)
			guards[i].rule.clause = draft->entry.rule.clause;
}

static void close_lists(struct loader *load, struct draft_entry *draft)
{
	struct builder *build = &load->build;

	draft->entry.rule.also = build_list(build, draft->also.items, draft->also.count, sizeof(struct also));
	draft->entry.said = build_list(build, draft->said.items, draft->said.count, sizeof(struct said));
	draft->entry.guards = build_list(build, draft->guards.items, draft->guards.count, sizeof(struct requirement));
	draft->entry.entries = build_list(build, draft->entries.items, draft->entries.count, sizeof(struct entry));
	growing_release(&draft->also);
	growing_release(&draft->said);
	growing_release(&draft->guards);
	growing_release(&draft->entries);
}

/* Reads one entry and adds it to `list`; its inner entries are complete before it is. */
static void load_one(struct loader *load, const struct node *node, struct draft_entry *draft, struct growing *into)
{
	struct rule *rule = &draft->entry.rule;

	rule->line = (uint32_t)node->line;
	if (node->kind != NODE_MAP) {
		fault(load, node, "%s", _("a map of keys and values is wanted here"));
		return;
	}
	if (node_get(node, "clause")) /* before its steps and guards, which may bear it */
		key_named(draft->list, "clause")->read(load, node_get(node, "clause"), draft, NULL);
	else if (draft->inside)
		rule->clause = draft->inside->rule.clause;
	keep_sentence(load, node, draft->name, rule->clause);
	read_keys(load, node, draft);
	check_required(load, node, draft->list);
	check_step(load, node, draft);
	clauses_of_guards(draft);
	if (rule->clause)
		said_before(load, node, LIST_COUNT + draft->list, rule, apart(draft));
	close_lists(load, draft);
	*(struct entry *)growing_add(into, sizeof(struct entry)) = draft->entry;
}

static struct draft_entry draft_of(enum entry_list list)
{
	struct draft_entry draft;

	memset(&draft, 0, sizeof draft);
	draft.list = list;
	draft.name = lists[list].name;
	return draft;
}

static bool is_list(struct loader *load, const struct node *node)
{
	if (node->kind == NODE_LIST)
		return true;
	error_hint(fault(load, node, "%s", _("a list of rules is wanted here")), "%s",
		   _("begin each rule with a hyphen: - {clause: ..., ...}"));
	return false;
}

static void load_list(struct loader *load, enum entry_list list, const struct node *node)
{
	for (size_t i = 0; is_list(load, node) && i < node->count; i++) {
		struct draft_entry draft = draft_of(list);

		load_one(load, node->items[i], &draft, &load->entries[list]);
	}
}

void load_inner(struct loader *load, enum entry_list list, const struct node *node, struct draft_entry *into)
{
	for (size_t i = 0; is_list(load, node) && i < node->count; i++) {
		struct draft_entry draft = draft_of(list);

		draft.inside = &into->entry;
		draft.name = arena_printf(&load->memory, "%s%s", into->name, lists[list].name);
		load_one(load, node->items[i], &draft, &into->entries);
	}
}

/* ---- sections ---- */

/* The list that a key of a section names; ENTRIES_COUNT: none. */
static enum entry_list list_at(enum pack_section section, const char *key)
{
	int list = 0;

	while (list < ENTRIES_COUNT && (lists[list].section != section || strcmp(lists[list].key, key) != 0))
		list++;
	return (enum entry_list)list;
}

static const char *section_key_near(enum pack_section section, const char *name)
{
	struct nearest nearest = nearest_to(name);

	for (int list = 0; list < ENTRIES_COUNT; list++)
		if (lists[list].section == section)
			nearest_try(&nearest, lists[list].key);
	nearest_try(&nearest, "order");
	return nearest.best;
}

static void read_order(struct loader *load, enum pack_section section, const struct node *value)
{
	const char *text = text_of(load, value);

	load->first[section] = true;
	if (text && strcmp(text, "first") != 0)
		error_hint(fault(load, value, _("no such order: %s"), text), "%s",
			   _("say first, or leave it out where no two rules match at once"));
}

/* `order: CLAUSE` of a workflow, and `choose: [...]` of a dispatch: an entry without more. */
static void load_plain(struct loader *load, enum entry_list list, const char *key, const struct node *value)
{
	struct draft_entry draft = draft_of(list);

	draft.entry.rule.line = (uint32_t)value->line;
	key_named(list, key)->read(load, value, &draft, list == ENTRIES_ORDER ? NULL : key_named(list, key));
	close_lists(load, &draft);
	keep_sentence(load, value, draft.name, draft.entry.rule.clause);
	*(struct entry *)growing_add(&load->entries[list], sizeof(struct entry)) = draft.entry;
}

static void load_key(struct loader *load, enum pack_section section, const struct node *key, const struct node *value)
{
	enum entry_list list = list_at(section, key->text);

	if (!strcmp(key->text, "order") &&
	    (list == ENTRIES_COUNT || (value->kind == NODE_SCALAR && !strcmp(value->text, "first"))))
		read_order(load, section, value);
	else if (list == ENTRIES_COUNT)
		unknown_key(load, key, value, section_key_near(section, key->text));
	else if (list == ENTRIES_ORDER && value->kind == NODE_SCALAR)
		load_plain(load, list, "clause", value);
	else if (list == ENTRIES_DISPATCH_CHOOSE)
		load_plain(load, list, "choose", value);
	else
		load_list(load, list, value);
}

void load_section(struct loader *load, enum pack_section section, const struct node *node)
{
	enum entry_list rules = list_at(section, "rules");

	load->present[section] = true;
	if (node->kind == NODE_LIST && rules != ENTRIES_COUNT) {
		load_list(load, rules, node);
		return;
	}
	if (node->kind != NODE_MAP) {
		fault(load, node, "%s", _("a map of keys and values is wanted here"));
		return;
	}
	for (size_t i = 0; i < node->count; i++)
		load_key(load, section, node->keys[i], node->items[i]);
}

void entries_done(struct loader *load)
{
	for (size_t i = 0; i < ENTRIES_IN_HEAD; i++) {
		struct pack_list list = build_list(&load->build, load->entries[i].items, load->entries[i].count,
						   sizeof(struct entry));

		head_of(load)->entries[i] = list;
		growing_release(&load->entries[i]);
	}
	for (size_t i = SECTION_SLA; i < SECTION_COUNT; i++)
		head_of(load)->sections[i] = load->present[i];
	for (size_t i = 0; i < SECTION_COUNT; i++)
		head_of(load)->first |= (uint32_t)load->first[i] << i;
}
