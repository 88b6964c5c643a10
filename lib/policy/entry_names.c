/* Lists of names that entries say: words of the pack, of a fact, clauses, facts, and names that the engine knows. */
#include "draft_entry.h"
#include "draft_rule.h"

#include <string.h>

/* Each item of a list, or the one value. */
size_t entry_items(const struct node *const *value, const struct node *const **items)
{
	*items = (*value)->kind == NODE_LIST ? (const struct node *const *)(*value)->items : value;
	return (*value)->kind == NODE_LIST ? (*value)->count : 1;
}

static void add_ref(struct growing *refs, pack_ref ref)
{
	if (ref)
		*(pack_ref *)growing_add(refs, sizeof ref) = ref;
}

static void say_refs(struct loader *load, struct draft_entry *draft, const struct entry_key *key, struct growing *refs)
{
	struct pack_list list = build_list(&load->build, refs->items, refs->count, sizeof(pack_ref));

	say(draft, key->saying)->at = list;
	growing_release(refs);
}

PUBLIC_READER(entry_words)
{
	const struct node *const *items;
	size_t count = entry_items(&value, &items);
	struct growing refs = {0};

	for (size_t i = 0; i < count; i++)
		add_ref(&refs, word_listed(load, items[i]));
	say_refs(load, draft, key, &refs);
}

/* Words of a fact. */
PUBLIC_READER(entry_fact_words)
{
	const struct node *const *items;
	size_t count = entry_items(&value, &items);
	struct growing refs = {0};

	for (size_t i = 0; i < count; i++)
		if (word_named(load, (uint16_t)key->about, items[i]) >= 0)
			add_ref(&refs, build_text(&load->build, items[i]->text));
	say_refs(load, draft, key, &refs);
}

/* Clauses, or words for them. */
PUBLIC_READER(entry_rules)
{
	const struct node *const *items;
	size_t count = entry_items(&value, &items);
	struct growing refs = {0};

	for (size_t i = 0; i < count; i++) {
		bool clause = items[i]->kind == NODE_SCALAR && strchr(items[i]->text, '.');

		add_ref(&refs,
			clause ? build_text(&load->build, clause_of(load, items[i])) : word_listed(load, items[i]));
	}
	say_refs(load, draft, key, &refs);
}

/* What two violations have in common: `rule`, or facts. */
PUBLIC_READER(entry_same)
{
	const struct node *const *items;
	size_t count = entry_items(&value, &items);
	struct growing refs = {0};

	for (size_t i = 0; i < count; i++) {
		bool rule = items[i]->kind == NODE_SCALAR && !strcmp(items[i]->text, "rule");

		if (rule || fact_named(load, items[i]))
			add_ref(&refs, build_text(&load->build, items[i]->text));
	}
	say_refs(load, draft, key, &refs);
}

/* Names that the engine knows. */
PUBLIC_READER(entry_fixed)
{
	static const struct {
		enum saying saying;
		uint64_t lists; /* 0: all that have the key */
		struct word_row words[6];
	} rows[] = {
		{SAY_MISSED, 0, {{"respond", 1}, {"arrive", 1}, {"diagnose", 1}, {"resolve", 1}, {"report", 1}}},
		{SAY_PER, 0, {{"month", 1}, {"year", 1}}},
		{SAY_KEEP, 0, {{"heaviest", 1}}},
		{SAY_BETTER, AMONG(ENTRIES_KPI), {{"higher", 1}, {"lower", 1}}},
		{SAY_BETTER, AMONG(ENTRIES_DEADLINES), {{"later", 1}}},
		{SAY_CHOOSE, 0, {{"skills", 1}, {"free_at", 1}, {"open_jobs", 1}, {"id", 1}}},
	};
	const struct node *const *items;
	size_t count = entry_items(&value, &items);
	struct growing refs = {0};

	for (size_t row = 0; row < sizeof rows / sizeof *rows; row++)
		for (size_t i = 0; rows[row].saying == key->saying &&
				   (!rows[row].lists || rows[row].lists & AMONG(draft->list)) && i < count;
		     i++)
			if (word_value(load, items[i], rows[row].words))
				add_ref(&refs, build_text(&load->build, items[i]->text));
	say_refs(load, draft, key, &refs);
}

PUBLIC_READER(entry_known)
{
	struct pack_list facts = facts_of(load, value, 0);

	say(draft, key->saying)->at = facts;
}
