/* The sections `facts` and `settings`: names, types, words and defaults. */
#include "draft_fact.h"
#include "nearest.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define FACTS_MAX 4096

struct draft_fact *draft_named(const struct loader *load, const char *name)
{
	struct draft_fact *drafts = load->facts.items;

	for (size_t i = 1; i < load->facts.count; i++)
		if (!strcmp(drafts[i].name, name))
			return &drafts[i];
	return NULL;
}

void standard_facts_add(struct loader *load)
{
	for (size_t i = 0; i < F_STANDARD_COUNT; i++) {
		const struct standard_fact_row *row = &standard_facts[i];
		struct draft_fact *draft = growing_add(&load->facts, sizeof *draft);
		bool counted = (row->type == FACT_NUMBER || row->type == FACT_MONEY) && i != F_READING;

		draft->name = row->name ? row->name : "";
		draft->titles = (struct titles){row->en, row->zh, NULL};
		draft->type = row->type;
		draft->absent = row->absent;
		draft->standard = true;
		draft->internal = row->internal;
		draft->whole = row->whole;
		draft->low = counted ? 0 : INT64_MIN;
		draft->high = row->top ? row->top * SVC_NUMBER_ONE : INT64_MAX;
		draft->standard_fallback = row->fallback;
		for (const struct standard_word *word = row->words; word && word->id; word++) {
			struct draft_word *copy = growing_add(&draft->words, sizeof *copy);

			copy->id = word->id;
			copy->titles = (struct titles){word->en, word->zh, NULL};
		}
	}
}

static bool name_valid(const char *name)
{
	return id_valid(name, false) && !strchr(name, '-') && strcmp(name, "any") != 0 && strcmp(name, "all") != 0 &&
	       strcmp(name, "not") != 0;
}

struct draft_fact *draft_add(struct loader *load, const struct node *name, bool setting)
{
	struct draft_fact *draft;

	if (!name_valid(name->text))
		error_hint(fault(load, name, _("\"%s\" is no name for a fact or setting"), name->text), "%s",
			   _("a name has small letters, digits and _; any, all and not are taken"));
	else if (load->facts.count == FACTS_MAX)
		fault(load, name, "%s", _("too many facts and settings"));
	draft = growing_add(&load->facts, sizeof *draft);
	draft->name = name->text;
	draft->node = name;
	draft->source = load->source;
	draft->setting = setting;
	draft->low = INT64_MIN;
	draft->high = INT64_MAX;
	return draft;
}

/* A standard fact that one ask alone reads or works out; a pack without such rules may use its name otherwise. */
static bool may_be_another(const struct loader *load, const struct draft_fact *draft)
{
	ptrdiff_t place = draft - (const struct draft_fact *)load->facts.items;

	return draft->type == FACT_TREE || (place >= F_EXPECTED && place < F_READING);
}

void draft_type(struct loader *load, const struct node *node, struct draft_fact *draft, enum fact_type type)
{
	bool listed = (draft->type == FACT_ITEMS || draft->type == FACT_SET) && type == FACT_WORD;

	if (draft->typed)
		fault(load, node, _("%s has two types"), draft->name);
	else if (draft->standard && draft->type != type && !listed && !may_be_another(load, draft))
		fault(load, node, _("%s is a standard fact of another type"), draft->name);
	else if (draft->type != type && !listed) {
		draft->type = type;
		draft->absent = ABSENT_UNKNOWN;
	}
	draft->typed = true;
}

static struct draft_word *word_of(struct draft_fact *draft, const char *id)
{
	struct draft_word *words = draft->words.items;

	for (size_t i = 0; i < draft->words.count; i++)
		if (!strcmp(words[i].id, id))
			return &words[i];
	return growing_add(&draft->words, sizeof *words);
}

void draft_words(struct loader *load, const struct node *node, struct draft_fact *draft)
{
	if (node->kind != NODE_MAP || !node->count) {
		error_hint(fault(load, node, _("the words of %s are a map"), draft->name), "%s",
			   _("write each word with its titles: {motor: {en: motor, zh: 电机}}"));
		return;
	}
	for (size_t i = 0; i < node->count; i++) {
		const struct node *key = node->keys[i];
		struct draft_word *word;

		if (!text_is_word(key->text)) {
			error_hint(fault(load, key, _("\"%s\" is no id for a word"), key->text), "%s",
				   _("an id has small letters, digits, _ and -; titles go beside it"));
			continue;
		}
		word = word_of(draft, key->text);
		*word = (struct draft_word){key->text, titles_of(load, node->items[i], true), key, load->source};
	}
}

/* ---- the keys of one entry ---- */

static void read_one_of(struct loader *load, const struct node *value, void *into)
{
	draft_type(load, value, into, FACT_WORD);
	draft_words(load, value, into);
}

static void read_groups(struct loader *load, const struct node *value, void *into)
{
	groups_read(load, value, into);
}

static void read_set_of(struct loader *load, const struct node *value, void *into)
{
	draft_type(load, value, into, FACT_SET);
	draft_words(load, value, into);
}

static void read_plain(struct loader *load, const struct node *value, void *into, enum fact_type type)
{
	draft_type(load, value, into, type);
	if (!flag_of(load, value) && value->kind == NODE_SCALAR && !strcmp(value->text, "false"))
		fault(load, value, "%s", _("a type is true, or not there"));
}

static void read_bool(struct loader *load, const struct node *value, void *into)
{
	read_plain(load, value, into, FACT_BOOL);
}

static void read_money(struct loader *load, const struct node *value, void *into)
{
	((struct draft_fact *)into)->low = 0;
	read_plain(load, value, into, FACT_MONEY);
}

static void read_date(struct loader *load, const struct node *value, void *into)
{
	read_plain(load, value, into, FACT_DATE);
}

static void read_time(struct loader *load, const struct node *value, void *into)
{
	read_plain(load, value, into, FACT_TIME);
}

static void read_free_text(struct loader *load, const struct node *value, void *into)
{
	read_plain(load, value, into, FACT_TEXT);
}

static void read_bound(struct loader *load, const struct node *value, int64_t *bound)
{
	const char *text = text_of(load, value);

	if (text && !svc_number_parse(text, bound))
		fault(load, value, _("\"%s\" is not a number"), text);
}

static void read_min(struct loader *load, const struct node *value, void *into)
{
	read_bound(load, value, &((struct draft_fact *)into)->low);
}

static void read_max(struct loader *load, const struct node *value, void *into)
{
	read_bound(load, value, &((struct draft_fact *)into)->high);
}

static void read_number(struct loader *load, const struct node *value, void *into)
{
	static const struct key keys[] = {{"min", 1, read_min}, {"max", 1, read_max}, {0}};
	struct draft_fact *draft = into;

	draft_type(load, value, draft, FACT_NUMBER);
	if (value->kind == NODE_SCALAR && !strcmp(value->text, "true"))
		return;
	if (read_map(load, value, keys, 1, draft) && draft->low > draft->high)
		fault(load, value, _("%s: the least is more than the most"), draft->name);
}

/* Read once every fact has its name: facts_finish.c. */
static void read_days(struct loader *load, const struct node *value, void *into)
{
	draft_type(load, value, into, FACT_NUMBER);
	((struct draft_fact *)into)->counted = value;
}

static void read_default(struct loader *load, const struct node *value, void *into)
{
	(void)load;
	((struct draft_fact *)into)->fallback = value;
}

static void read_inferred(struct loader *load, const struct node *value, void *into)
{
	((struct draft_fact *)into)->inferred = flag_of(load, value);
}

static void read_clause(struct loader *load, const struct node *value, void *into)
{
	((struct draft_fact *)into)->titles.clause = clause_of(load, value);
}

static void read_title(struct loader *load, const struct node *value, void *into)
{
	struct draft_fact *draft = into;
	const char *clause = draft->titles.clause;

	draft->titles = titles_of(load, value, false);
	draft->titles.clause = clause;
}

static void read_unit(struct loader *load, const struct node *value, void *into)
{
	((struct draft_fact *)into)->unit = text_of(load, value);
}

/* The types that a setting can have. */
static const struct setting_type {
	const char *name;
	enum fact_type type;
	int64_t low, high;
	bool percent;
} setting_types[] = {
	{"duration", FACT_DURATION, INT64_MIN, INT64_MAX, false},
	{"number", FACT_NUMBER, INT64_MIN, INT64_MAX, false},
	{"percent", FACT_NUMBER, 0, 100 * SVC_NUMBER_ONE, true},
	{"rate", FACT_NUMBER, 0, SVC_NUMBER_ONE, false},
	{"money", FACT_MONEY, 0, INT64_MAX, false},
	{"bool", FACT_BOOL, INT64_MIN, INT64_MAX, false},
	{"text", FACT_TEXT, INT64_MIN, INT64_MAX, false},
	{"date", FACT_DATE, INT64_MIN, INT64_MAX, false},
	{"prices", FACT_PRICES, INT64_MIN, INT64_MAX, false},
	{0},
};

static void read_type(struct loader *load, const struct node *value, void *into)
{
	struct draft_fact *draft = into;
	const char *text = text_of(load, value);
	struct nearest nearest = nearest_to(text ? text : "");

	for (const struct setting_type *row = setting_types; text && row->name; row++) {
		if (!strcmp(row->name, text)) {
			draft_type(load, value, draft, row->type);
			draft->low = row->low;
			draft->high = row->high;
			draft->percent = row->percent;
			return;
		}
		nearest_try(&nearest, row->name);
	}
	draft->typed = true;
	if (text)
		hint_near(fault(load, value, _("no such type of setting: %s"), text), nearest.best);
}

void draft_read(struct loader *load, const struct node *node, unsigned kind, struct draft_fact *draft)
{
	static const struct key keys[] = {
		{"one_of", 3, read_one_of},
		{"set_of", 1, read_set_of},
		{"bool", 1, read_bool},
		{"number", 1, read_number},
		{"money", 1, read_money},
		{"date", 1, read_date},
		{"time", 1, read_time},
		{"text", 1, read_free_text},
		{"type", 2, read_type},
		{"default", 3, read_default},
		{"inferred", 2, read_inferred},
		{"clause", 3, read_clause},
		{"title", 3, read_title},
		{"unit", 3, read_unit},
		{"days", 1, read_days},
		{"groups", 1, read_groups},
		{0},
	};
	size_t faults = load->faults->list.count;

	if (!read_map(load, node, keys, kind, draft) || load->faults->list.count > faults)
		return;
	if (!draft->typed && !draft->standard)
		error_hint(fault(load, node, _("%s has no type"), draft->name), "%s",
			   kind == 1 ? _("say one_of, set_of, bool, number, money, date, time or text")
				     : _("say type, or one_of for words"));
	if (!draft->titles.en && !draft->standard)
		error_hint(fault(load, node, _("%s has no title"), draft->name), "%s",
			   _("write title: {en: ..., zh: ...}"));
}

void load_facts(struct loader *load, const struct node *node)
{
	if (node->kind != NODE_MAP) {
		fault(load, node, "%s", _("facts are a map of names"));
		return;
	}
	for (size_t i = 0; i < node->count; i++) {
		struct draft_fact *draft = draft_named(load, node->keys[i]->text);

		if (draft && (!draft->standard || draft->internal)) {
			fault(load, node->keys[i], _("%s is declared already"), draft->name);
			continue;
		}
		if (!draft)
			draft = draft_add(load, node->keys[i], false);
		draft->typed = false;
		draft->node = node->keys[i];
		draft->source = load->source;
		draft_read(load, node->items[i], 1, draft);
	}
}

void load_settings(struct loader *load, const struct node *node)
{
	if (node->kind != NODE_MAP) {
		fault(load, node, "%s", _("settings are a map of names"));
		return;
	}
	for (size_t i = 0; i < node->count; i++) {
		struct draft_fact *draft = draft_named(load, node->keys[i]->text);

		if (draft)
			error_hint(fault(load, node->keys[i], _("%s is declared already"), draft->name), "%s",
				   _("facts and settings share their names"));
		else
			draft_read(load, node->items[i], 2, draft_add(load, node->keys[i], true));
	}
}
