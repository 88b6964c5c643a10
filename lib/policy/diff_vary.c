/* Cases beside the boundary cases, for changes of which no boundary case shows anything: one, two or three things are made otherwise
   in the cases of the changed rule, among the values, words, dates and numbers that the two rules speak of. */
#include "diff.h"

#include "diff_twist.h"
#include "facts.h"
#include "probe.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES_MAX = 6000, TRIES_OF_ALL = 60000, SEEDS_MAX = 24, AT_ONCE_MAX = 3 };

struct varying {
	struct looking *looking;
	struct found_change *found;
	const struct svc_policy *policy; /* of the side that is varied */
	struct arena memory;
	struct growing twists; /* struct twist */
	struct growing near; /* size_t: the twists of what the changed rules speak of */
	struct growing seeds; /* const struct kept_case * */
	struct growing
		rules; /* const struct svc_policy_rule *: those that changed, or that speak of the name that did */
	struct anchors anchors;
	uint64_t luck; /* the same in every run */
};

/* ---- which twists there are ---- */

static void rule_about(struct varying *varying, const struct svc_policy_rule *rule)
{
	if (rule)
		*(const struct svc_policy_rule **)growing_add(&varying->rules, sizeof(void *)) = rule;
}

static void rules_about(struct varying *varying)
{
	const struct svc_policy_change *change = &varying->found->change;
	const struct diff *diff = varying->looking->diff;
	const char *name = diff_name_of(varying->found);

	rule_about(varying, change->old_rule); /* before the new one: what that no longer names keeps its place */
	rule_about(varying, change->new_rule);
	for (int side = 0; side < 2 && name; side++)
		for (size_t i = 0; i < diff->rule_counts[side]; i++)
			if (diff_speaks_of(&diff->rules[side][i], name))
				rule_about(varying, &diff->rules[side][i]);
}

static bool spoken_of(const struct varying *varying, const char *name)
{
	const struct svc_policy_rule *const *rules = varying->rules.items;

	for (size_t i = 0; i < varying->rules.count; i++)
		if (diff_speaks_of(rules[i], name))
			return true;
	return false;
}

static void add_near(struct varying *varying, struct twist twist)
{
	*(size_t *)growing_add(&varying->near, sizeof(size_t)) = varying->twists.count;
	*(struct twist *)growing_add(&varying->twists, sizeof twist) = twist;
}

static void add_twist(struct varying *varying, struct twist twist)
{
	if (!twist.name || spoken_of(varying, twist.name))
		add_near(varying, twist);
	else
		*(struct twist *)growing_add(&varying->twists, sizeof twist) = twist;
}

static void add_value(struct varying *varying, const char *name, const char *value)
{
	add_twist(varying, (struct twist){.kind = TWIST_VALUE, .name = name, .value = value});
}

/* Of words those that the changed rules name are tried, whether or not the pack tells them apart, or the rule names the fact: a flow
   says from where, not at which stage. */
static void add_words(struct varying *varying, const struct pack_fact *fact)
{
	const struct pack_head *head = varying->policy->head;

	for (uint32_t i = 0; i < fact->words.count; i++) {
		const char *word = pack_text(head, PACK_ITEM(head, fact->words, struct pack_word, i)->id);

		if (spoken_of(varying, word))
			add_near(varying, (struct twist){.kind = TWIST_VALUE,
							 .name = pack_text(head, fact->name),
							 .value = word});
	}
}

static void add_trials(struct varying *varying, const struct pack_fact *fact)
{
	const struct pack_head *head = varying->policy->head;
	struct strbuf text = {0};

	for (uint32_t i = 0; i < fact->trials.count; i++) {
		int64_t number = *PACK_ITEM(head, fact->trials, int64_t, i);
		struct fact_value value = {.known = true, .given = true, .number = number};

		if (fact->type == FACT_WORD && number == WORD_UNLISTED)
			continue;
		strbuf_reset(&text);
		value_format(varying->policy, fact, &value, &text);
		add_value(varying, pack_text(head, fact->name),
			  arena_strdup(&varying->memory, text.length ? text.text : "[]"));
	}
	strbuf_release(&text);
}

/* The day of the question is never taken away: the answer would hang on the day it is asked. */
static bool is_present(uint16_t place)
{
	return place == F_CLAIM || place == F_AS_OF || place == F_NOW;
}

static void add_fact(struct varying *varying, uint16_t place)
{
	const struct pack_head *head = varying->policy->head;
	const struct pack_fact *fact = PACK_ITEM(head, head->facts, struct pack_fact, place);
	bool date = fact->type == FACT_DATE || fact->type == FACT_TIME;

	if (fact->setting && fact->type == FACT_BOOL && spoken_of(varying, pack_text(head, fact->name))) {
		add_value(varying, pack_text(head, fact->name), "true");
		add_value(varying, pack_text(head, fact->name), "false");
	}
	if (fact->setting || fact->internal || is_present(place))
		return;
	if (fact->type == FACT_WORD || fact->type == FACT_SET || fact->type == FACT_ITEMS)
		add_words(varying, fact);
	if (!fact->used && !date)
		return;
	add_value(varying, pack_text(head, fact->name), NULL);
	add_trials(varying, fact);
	for (uint32_t i = 0; date && i < head->spans.count; i++)
		for (int days = 0; days < 3; days++)
			add_twist(varying, (struct twist){.kind = TWIST_PRESENT,
							  .name = pack_text(head, fact->name),
							  .count = days,
							  .span = *PACK_ITEM(head, head->spans, struct duration, i)});
}

static void add_number(struct varying *varying, const char *number)
{
	const struct pack_head *head = varying->policy->head;

	add_twist(varying, (struct twist){.kind = TWIST_NUMBER, .value = number});
	for (uint16_t i = 1; i < head->first_setting; i++) {
		const struct pack_fact *fact = PACK_ITEM(head, head->facts, struct pack_fact, i);

		if (!fact->internal && fact->type == FACT_NUMBER && spoken_of(varying, pack_text(head, fact->name)))
			add_value(varying, pack_text(head, fact->name), number);
	}
}

/* Numbers of the changed rules, and what lies beside them: also for readings, counts and hours inside lists and maps. */
static void add_numbers(struct varying *varying, const char *tree)
{
	static const char *const tails[] = {"", ".5"};

	for (const char *at = tree; at && *at;) {
		size_t digits = strspn(at, "0123456789");
		long number = digits && digits < 7 && !isalnum((unsigned char)at[digits]) ? strtol(at, NULL, 10) : -1;

		for (long n = number ? number - 1 : 0; number >= 0 && n <= number + 1; n++)
			for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
				add_number(varying, arena_printf(&varying->memory, "%ld%s", n, tails[i]));
		at += digits + !digits;
	}
}

static void note_anchor(struct varying *varying, const char *name)
{
	const struct pack_head *head = varying->policy->head;
	uint16_t place = fact_find(head, name, NULL);
	enum fact_type type = place ? PACK_ITEM(head, head->facts, struct pack_fact, place)->type : FACT_TEXT;

	for (size_t i = 0; i < varying->anchors.count; i++)
		if (!strcmp(varying->anchors.names[i], name))
			return;
	if (!is_present(place) && (type == FACT_DATE || type == FACT_TIME) && varying->anchors.count < ANCHORS_MAX)
		varying->anchors.names[varying->anchors.count++] = name;
}

/* Anchors, and days that the rule names itself: the sale is then tried on them. */
static void note_dates(struct varying *varying, const struct svc_policy_rule *rule)
{
	svc_date day;

	for (const char *at = strchr(rule->tree, '"'); at; at = strchr(at, '"')) {
		size_t length = strcspn(++at, "\"");
		const char *text = arena_strndup(&varying->memory, at, length);

		note_anchor(varying, text);
		if (svc_date_parse(text, &day))
			add_twist(varying,
				  (struct twist){.kind = TWIST_SHIFT, .count = day - probe_sale(varying->policy)});
		at += length;
		at += *at == '"';
	}
}

static void add_anchors(struct varying *varying)
{
	static const int apart[] = {0, 9, -9};

	for (size_t gone = 0; gone < varying->anchors.count; gone++)
		for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
			add_twist(varying,
				  (struct twist){.kind = TWIST_ANCHORS, .count = (int)gone, .apart = apart[i]});
}

static void add_twists(struct varying *varying)
{
	static const int shifts[] = {1, 2, 3, 4, 5, 6, 11, 47, 195, 200};
	const struct svc_policy_change *change = &varying->found->change;
	const struct pack_head *head = varying->policy->head;
	const struct svc_policy_rule *const *rules;

	rules_about(varying);
	rules = varying->rules.items;
	for (uint16_t i = 1; i < head->facts.count; i++)
		add_fact(varying, i);
	for (size_t i = 0; i < varying->rules.count; i++)
		note_dates(varying, rules[i]);
	add_anchors(varying);
	for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++)
		add_twist(varying, (struct twist){.kind = TWIST_SHIFT, .count = shifts[i]});
	for (size_t i = 0; i < varying->rules.count; i++)
		add_numbers(varying, rules[i]->tree);
	add_numbers(varying, change->old_name ? change->old_name->value : NULL);
	add_numbers(varying, change->new_name ? change->new_name->value : NULL);
}

/* ---- which cases are varied ---- */

/* How near a case is to the change; 0: it has nothing to do with it. */
static int nearness(const struct varying *varying, const struct tried_case *tried, int side)
{
	const struct found_change *found = varying->found;
	const struct svc_policy_rule *rule = side ? found->change.new_rule : found->change.old_rule;
	const struct diff *diff = varying->looking->diff;
	const char *name = diff_name_of(found);

	if (rule && *rule->clause && !strcmp(rule->clause, tried->clause))
		return rule->line == tried->line ? 4 : 3;
	for (size_t i = 0; name && i < diff->rule_counts[side]; i++)
		if (!strcmp(diff->rules[side][i].clause, tried->clause) && diff_speaks_of(&diff->rules[side][i], name))
			return 3;
	if (found->asks)
		return found->asks >> tried->ask & 1 ? 2 : 0;
	return 1;
}

static void choose_seeds(struct varying *varying, int side)
{
	const struct growing *kept = &varying->looking->kept;
	const struct kept_case *cases = kept->items;

	for (int near = 4; near > 0 && varying->seeds.count < SEEDS_MAX; near--)
		for (size_t i = 0; i < kept->count && varying->seeds.count < SEEDS_MAX; i++)
			if (cases[i].tried.side == side && nearness(varying, &cases[i].tried, side) == near)
				*(const struct kept_case **)growing_add(&varying->seeds, sizeof(void *)) = &cases[i];
}

/* ---- trying ---- */

static const struct node *map_of(const char *json, struct arena *memory)
{
	struct node *map = NULL;

	return json_read(&map, memory, json, strlen(json), "", 1, NULL) ? NULL : map;
}

static void try_twists(struct varying *varying, const struct kept_case *seed, const struct twist *const *twists,
		       size_t count)
{
	struct arena *scratch = &varying->looking->scratch;
	struct tried_case tried = seed->tried;

	arena_reset(scratch);
	tried.facts = map_of(seed->facts, scratch);
	tried.settings = map_of(seed->settings, scratch);
	for (size_t i = 0; i < count; i++)
		tried.facts = twisted(scratch, tried.facts, twists[i], &varying->anchors);
	varying->found->change.tried++;
	diff_try(varying->looking, &tried);
}

static size_t pick(struct varying *varying, size_t of)
{
	varying->luck = varying->luck * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (size_t)(varying->luck >> 33) % of;
}

/* Mostly what the changed rules speak of. */
static size_t pick_twist(struct varying *varying)
{
	const size_t *near = varying->near.items;

	if (varying->near.count && pick(varying, 4))
		return near[pick(varying, varying->near.count)];
	return pick(varying, varying->twists.count);
}

static void try_all(struct varying *varying)
{
	const struct twist *twists = varying->twists.items, *chosen[AT_ONCE_MAX];
	const struct kept_case *const *seeds = varying->seeds.items;
	const size_t *near = varying->near.items;

	for (size_t s = 0, left = TRIES_MAX / 2; s < varying->seeds.count; s++)
		for (size_t t = 0; t < varying->near.count && left && diff_wants(varying->found); t++, left--) {
			chosen[0] = &twists[near[t]];
			try_twists(varying, seeds[s], chosen, 1);
		}
	for (size_t left = TRIES_MAX / 2; left && diff_wants(varying->found); left--) {
		size_t count = 1 + pick(varying, AT_ONCE_MAX);

		for (size_t i = 0; i < count; i++)
			chosen[i] = &twists[pick_twist(varying)];
		try_twists(varying, seeds[pick(varying, varying->seeds.count)], chosen, count);
	}
}

static void vary_change(struct looking *looking, struct found_change *found, int side)
{
	struct varying varying = {.looking = looking,
				  .found = found,
				  .policy = side ? looking->diff->new : looking->diff->old,
				  .luck = 4};

	choose_seeds(&varying, side);
	if (varying.seeds.count) {
		add_twists(&varying);
		try_all(&varying);
	}
	growing_release(&varying.twists);
	growing_release(&varying.near);
	growing_release(&varying.rules);
	growing_release(&varying.seeds);
	arena_release(&varying.memory);
}

void diff_vary(struct looking *looking)
{
	size_t tries = 0;

	for (size_t i = 0; i < looking->diff->count && tries < TRIES_OF_ALL; i++)
		for (int side = 1; side >= 0 && diff_wants(&looking->diff->changes[i]); side--) {
			vary_change(looking, &looking->diff->changes[i], side);
			tries += looking->diff->changes[i].change.tried;
		}
}
