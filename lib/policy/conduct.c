/* conduct: what follows from violations: fines, what is to be made good, and consequences that add up. */
#include "conduct.h"

#include "trace.h"

#include "facts_tree.h"

#include "base/error.h"

#include <string.h>

/* ---- reading the violations ---- */

static int bad_violation(struct pass *pass, const char *message, const char *what)
{
	pass->fault = error_set(pass->err, SVC_BAD_INPUT, "%s: %s", message, what);
	error_field(pass->err, "violations");
	return pass->fault;
}

/* The id of a rule, which may be named by its title; kept with the answer, which outlives the facts. */
static const char *rule_id(const struct pass *pass, const char *name)
{
	for (uint32_t i = 0; i < pass->head->words.count; i++) {
		const struct pack_word *word = PACK_ITEM(pass->head, pass->head->words, struct pack_word, i);

		if (!strcmp(name, pack_text(pass->head, word->title_en)) ||
		    !strcmp(name, pack_text(pass->head, word->title_zh)))
			return pack_text(pass->head, word->id);
	}
	return arena_strdup(pass->memory, name);
}

static int put_fact(struct pass *pass, struct svc_facts *facts, const char *key, const struct node *value)
{
	uint16_t place;

	if (!strcmp(key, "rule") || !strcmp(key, "on") || !strcmp(key, "facts"))
		return SVC_OK;
	place = svc_facts_place(pass->policy, key, pass->err);
	if (place && !(place & PLACE_OF_PRICE))
		return node_put(facts, pass->memory, place, value, pass->err);
	if (pass->err)
		pass->err->code = SVC_BAD_INPUT; /* the name came with the data */
	return SVC_BAD_INPUT;
}

static int put_facts(struct pass *pass, struct svc_facts *facts, const struct node *map)
{
	int status = SVC_OK;

	for (size_t i = 0; map && i < map->count && !status; i++)
		status = put_fact(pass, facts, map->keys[i]->text, map->items[i]);
	return status;
}

/* The facts of one violation, beside it or under `facts`, in the place of those of the question; its day is `date`. */
static bool facts_of(struct pass *pass, struct violation *violation)
{
	size_t count = pass->head->facts.count;
	const struct node *inner = node_get(violation->node, "facts");
	struct svc_facts facts = {.policy = pass->policy, .count = count, .first_setting = pass->head->first_setting};

	if (inner && inner->kind != NODE_MAP && inner->kind != NODE_NULL)
		return !bad_violation(pass, _("facts is no map"), violation->rule);
	facts.values = arena_alloc(pass->memory, 2 * count * sizeof *facts.values);
	memcpy(facts.values, pass->values, count * sizeof *facts.values);
	memcpy(facts.values + count, pass->values, count * sizeof *facts.values);
	facts.touched = arena_alloc(pass->memory, (count / 64 + 1) * sizeof *facts.touched);
	fact_write(&facts, F_DATE, (struct fact_value){.known = true, .given = true, .number = violation->on});
	pass->fault = put_facts(pass, &facts, violation->node);
	if (!pass->fault)
		pass->fault = put_facts(pass, &facts, inner);
	violation->values = facts.values;
	return !pass->fault;
}

static bool read_violation(struct pass *pass, const struct node *node, struct violation *out)
{
	const struct node *rule = node_get(node, "rule"), *on = node_get(node, "on");

	if (!rule || rule->kind != NODE_SCALAR)
		return !bad_violation(pass, _("a violation names no rule"), "rule");
	if (!on || on->kind != NODE_SCALAR || !svc_date_parse(on->text, &out->on))
		return !bad_violation(pass, _("a violation has no day"), rule->text);
	out->node = node;
	out->rule = rule_id(pass, rule->text);
	out->fine = SVC_MONEY_NONE;
	return facts_of(pass, out);
}

/* What comes after the day that was asked for has not happened. */
static bool to_come(const struct pass *pass, svc_date day)
{
	return pass->values[F_AS_OF].given && day > pass->values[F_AS_OF].number;
}

static struct violation *add_violation(struct pass *pass, struct violations *all, struct violation violation)
{
	size_t at = all->count;

	all->items = list_add(pass->memory, all->items, &all->count, sizeof *all->items);
	for (; at && all->items[at - 1].on > violation.on; at--)
		all->items[at] = all->items[at - 1];
	all->items[at] = violation;
	return &all->items[at];
}

static bool read_violations(struct pass *pass, struct violations *all)
{
	const struct node *list = value_of(pass, F_VIOLATIONS)->tree;

	if (list && list->kind != NODE_LIST)
		return !bad_violation(pass, _("violations are a list of maps"), "violations");
	for (size_t i = 0; list && i < list->count; i++) {
		struct violation violation = {0};

		if (!read_violation(pass, list->items[i], &violation))
			return false;
		if (!to_come(pass, violation.on))
			add_violation(pass, all, violation);
	}
	return true;
}

/* "2024-05-02 furniture-store.141" */
static const char *name_of(struct pass *pass, const struct violation *violation)
{
	char day[16];

	svc_date_format(violation->on, day);
	return arena_printf(pass->memory, "%s %s", day, violation->rule);
}

/* ---- judging each ---- */

/* A violation names a rule by its clause or by a word that the pack lists for it. */
static bool speaks_of(struct pass *pass, const struct entry *entry, const char *rule)
{
	const struct said *rules = said_of(pass, entry, SAY_RULES);

	if (!strcmp(rule, pack_text(pass->head, entry->rule.clause)))
		return true;
	for (uint32_t i = 0; i < rules->at.count; i++)
		if (!strcmp(rule, pack_text(pass->head, *PACK_ITEM(pass->head, rules->at, pack_ref, i))))
			return true;
	return false;
}

bool has_consequence(struct pass *pass, const struct entry *entry, const char *name)
{
	const struct said *said = said_of(pass, entry, SAY_CONSEQUENCES);

	for (uint32_t i = 0; said && i < said->at.count; i++)
		if (!strcmp(name, pack_text(pass->head, *PACK_ITEM(pass->head, said->at, pack_ref, i))))
			return true;
	return false;
}

/* An amount that a rule says; SVC_MONEY_NONE when it says none or it is not known. */
static svc_money money_said(struct pass *pass, const struct entry *entry, enum saying saying)
{
	const struct said *said = said_of(pass, entry, saying);
	enum svc_basis basis = SVC_BASIS_UNSET;
	svc_money amount = SVC_MONEY_NONE;
	enum amount_state state;

	if (!said)
		return amount;
	trace_amounts(pass, &entry->rule);
	state = amount_of(pass, said->at.at, NULL, 1, &amount, &basis);
	trace_amounts(pass, NULL);
	if (state == AMOUNT_STATED)
		return amount;
	if (pass->blocked)
		pass->asking = &entry->rule;
	return SVC_MONEY_NONE;
}

void charge(struct pass *pass, struct violation *violation, const struct entry *entry)
{
	violation->entry = entry;
	violation->fine = money_said(pass, entry, SAY_FINE);
	if (!stopped(pass))
		violation->compensation = money_said(pass, entry, SAY_COMPENSATION);
	if (!stopped(pass))
		violation->counts = flag_said(pass, entry, SAY_COUNTS, false);
}

static int64_t same_before(const struct violations *all, const struct violation *violation)
{
	int64_t same = 0;

	for (const struct violation *other = all->items; other < violation; other++)
		same += !strcmp(other->rule, violation->rule);
	return same;
}

/* The first rule that matches decides. False: the pass stopped. */
static bool judge(struct pass *pass, const struct violations *all, struct violation *violation)
{
	struct pack_list list = entries_of(pass, ENTRIES_CONDUCT);
	bool listed = false;

	*local_of(pass, F_REPEAT) = (struct fact_value){
		.known = true, .given = true, .number = same_before(all, violation) * SVC_NUMBER_ONE};
	for (uint32_t i = 0; i < list.count && !violation->entry; i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);

		if (!speaks_of(pass, entry, violation->rule))
			continue;
		listed = true;
		if (matches(pass, &entry->rule))
			charge(pass, violation, entry);
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	if (!listed)
		add_text(pass, arena_printf(pass->memory, "unlisted: violations=%s", violation->rule),
			 &pass->answer->notes, &pass->answer->note_count);
	return true;
}

static bool judge_all(struct pass *pass, struct violations *all)
{
	const struct fact_value *values = pass->values;
	bool going = true;

	for (size_t i = 0; i < all->count && going; i++) {
		pass->values = all->items[i].values;
		if (pass->trace)
			trace_about(pass, name_of(pass, &all->items[i]));
		going = judge(pass, all, &all->items[i]);
	}
	trace_about(pass, NULL);
	pass->values = values;
	return going;
}

/* ---- one act under several rules ---- */

static const char *detail(const struct violation *violation, const char *key)
{
	const struct node *value = node_get(violation->node, key);

	if (!strcmp(key, "rule"))
		return violation->rule;
	if (!value)
		value = node_get(node_get(violation->node, "facts"), key);
	return value && value->kind == NODE_SCALAR ? value->text : NULL;
}

static bool same_act(struct pass *pass, const struct said *keys, const struct violation *a, const struct violation *b)
{
	for (uint32_t i = 0; i < keys->at.count; i++) {
		const char *key = pack_text(pass->head, *PACK_ITEM(pass->head, keys->at, pack_ref, i));
		const char *one = detail(a, key), *other = detail(b, key);

		if (!one || !other || strcmp(one, other) != 0)
			return false;
	}
	return true;
}

static uint32_t consequences_of(struct pass *pass, const struct violation *violation)
{
	const struct said *said = said_of(pass, violation->entry, SAY_CONSEQUENCES);

	return (said ? said->at.count : 0) +
	       (violation->compensation > 0 && !has_consequence(pass, violation->entry, "compensation"));
}

static bool heavier(struct pass *pass, const struct violation *a, const struct violation *b)
{
	enum gravity one = gravity_of(pass, a), other = gravity_of(pass, b);

	if (one != other)
		return one > other;
	if (a->fine != b->fine)
		return a->fine > b->fine;
	return consequences_of(pass, a) > consequences_of(pass, b);
}

static void keep_one(struct pass *pass, const struct entry *entry, struct violation *first, struct violation *second)
{
	const char *keep = said_text(pass, entry, SAY_KEEP);
	bool weigh = keep && !strcmp(keep, "heaviest");
	struct violation *dropped = weigh && heavier(pass, second, first) ? first : second;

	dropped->dropped = entry;
	if (pass->trace) {
		trace_about(pass, name_of(pass, dropped));
		trace_rule(pass, &entry->rule, YES);
		trace_about(pass, NULL);
	}
}

static void drop_same(struct pass *pass, struct violations *all)
{
	struct pack_list list = entries_of(pass, ENTRIES_ONCE);

	for (uint32_t e = 0; e < list.count; e++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, e);
		const struct said *keys = said_of(pass, entry, SAY_SAME);

		for (size_t i = 0; keys && i < all->count; i++)
			for (size_t k = i + 1; k < all->count; k++) {
				struct violation *one = &all->items[i], *other = &all->items[k];

				if (one->entry && other->entry && !one->dropped && !other->dropped &&
				    same_act(pass, keys, one, other))
					keep_one(pass, entry, one, other);
			}
	}
}

/* ---- the answer ---- */

static void add_fine(struct pass *pass, const struct violation *violation)
{
	struct svc_row *row = row_add(pass);

	row->id = violation->rule;
	row->clause = pack_text(pass->head, violation->entry->rule.clause);
	row->from = (struct svc_moment){violation->on, SVC_MOMENT_DATE};
	row->amount = violation->fine;
	pass->answer->total += violation->fine;
}

static void add_consequences(struct pass *pass, const struct violations *all)
{
	struct svc_answer *answer = pass->answer;

	for (size_t i = 0; i < all->count; i++) {
		const struct violation *violation = &all->items[i];

		if (!violation->entry || violation->dropped)
			continue;
		if (violation->fine > 0)
			add_fine(pass, violation);
		add_said(pass, violation->entry, SAY_CONSEQUENCES, &answer->consequences, &answer->consequence_count);
		if (violation->compensation <= 0)
			continue;
		add_text(pass, "compensation", &answer->consequences, &answer->consequence_count);
		answer->compensation = violation->compensation +
				       (answer->compensation == SVC_MONEY_NONE ? 0 : answer->compensation);
	}
}

/* What says that a violation is fined but once, whoever had a part in it. */
static void cite_once(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_ONCE);

	for (uint32_t i = 0; i < list.count; i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);

		if (!said_of(pass, entry, SAY_SAME) && matches(pass, &entry->rule))
			cite_rule(pass, &entry->rule);
	}
}

static void cite_violation(struct pass *pass, const struct violation *violation)
{
	const struct fact_value *values = pass->values;

	if (violation->values)
		pass->values = violation->values;
	cite_rule(pass, &(violation->dropped ? violation->dropped : violation->entry)->rule);
	if (!violation->dropped && violation->fine > 0)
		cite_once(pass);
	pass->values = values;
}

/* The gravest first: what decides the verdict. */
static void conclude(struct pass *pass, const struct violations *all, const struct totals *totals)
{
	static const enum svc_verdict verdicts[] = {SVC_GOOD, SVC_FINED, SVC_REFER, SVC_SUSPENDED, SVC_DISMISSED};
	enum gravity gravest = GRAVITY_NONE;

	for (int gravity = GRAVITY_DISMISSED; gravity >= GRAVITY_NONE; gravity--) {
		for (size_t i = 0; i < totals->count; i++)
			if ((int)totals->items[i].gravity == gravity)
				cite_rule(pass, &totals->items[i].entry->rule);
		for (size_t i = 0; i < all->count; i++)
			if (all->items[i].entry && (int)gravity_of(pass, &all->items[i]) == gravity)
				cite_violation(pass, &all->items[i]);
	}
	for (size_t i = 0; i < totals->count; i++)
		gravest = totals->items[i].gravity > gravest ? totals->items[i].gravity : gravest;
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].entry && !all->items[i].dropped && gravity_of(pass, &all->items[i]) > gravest)
			gravest = gravity_of(pass, &all->items[i]);
	pass->answer->verdict = pass->answer->missing_count ? SVC_VERDICT_INCOMPLETE : verdicts[gravest];
}

/* Whom the rules are not written for. */
static bool exempt(struct pass *pass)
{
	uint32_t i = 0;
	const struct entry *entry = entry_next(pass, entries_of(pass, ENTRIES_EXEMPT), &i, -1);

	if (!entry)
		return false;
	cite_rule(pass, &entry->rule);
	pass->answer->verdict = SVC_GOOD;
	return true;
}

void decide_conduct(struct pass *pass)
{
	struct violations all = {0};
	struct totals totals = {0};

	pass->answer->total = 0;
	if (exempt(pass) || stopped(pass))
		return;
	if (!read_violations(pass, &all) || !judge_all(pass, &all))
		return;
	drop_same(pass, &all);
	if (!add_ranks(pass, &all, &totals) || !add_totals(pass, &all, &totals))
		return;
	add_consequences(pass, &all);
	conclude(pass, &all, &totals);
}
