/* Conditions: the one grammar of `when`, `needs` and `once`. */
#include "load.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define RANGE_TYPES (TYPE(FACT_DATE) | TYPE(FACT_TIME) | TYPE(FACT_NUMBER) | TYPE(FACT_MONEY) | TYPE(FACT_BOOL))
#define BOUND_TYPES (RANGE_TYPES & ~TYPE(FACT_BOOL))

/* A zeroed condition, padding included, so that equal ones are equal bytes. */
static struct cond blank(enum cond_op op, uint16_t fact)
{
	struct cond cond;

	memset(&cond, 0, sizeof cond);
	cond.op = (uint8_t)op;
	cond.fact = fact;
	return cond;
}

static pack_ref keep(struct loader *load, const struct cond *cond)
{
	pack_ref ref = build_piece(&load->build, cond, sizeof *cond);

	*(pack_ref *)growing_add(&load->conds, sizeof ref) = ref;
	return ref;
}

/* Several conditions under one; a single one stands for itself. */
static pack_ref group(struct loader *load, enum cond_op op, struct growing *kids)
{
	struct cond cond = blank(op, 0);
	pack_ref ref = kids->count ? *(pack_ref *)kids->items : 0;

	if (kids->count > 1 || (op == COND_NOT && ref)) {
		cond.kids = build_list(&load->build, kids->items, kids->count, sizeof ref);
		ref = keep(load, &cond);
	}
	growing_release(kids);
	return ref;
}

static void kid(struct growing *kids, pack_ref ref)
{
	if (ref)
		*(pack_ref *)growing_add(kids, sizeof ref) = ref;
}

static pack_ref range(struct loader *load, uint16_t fact, int64_t low, int64_t high)
{
	struct cond cond = blank(COND_RANGE, fact);

	cond.low = low;
	cond.high = high;
	return keep(load, &cond);
}

/* ---- plain values ---- */

/* Words, and groups of them, as bits. */
static bool word_bits(struct loader *load, uint16_t fact, const struct node *const *items, size_t count, uint64_t *bits)
{
	bool good = true;

	for (size_t i = 0; i < count; i++) {
		const struct node *group = group_named(load, fact, items[i]);
		int word = group ? 0 : word_named(load, fact, items[i]);

		if (group)
			good = word_bits(load, fact, (const struct node *const *)group->items, group->count, bits) &&
			       good;
		else if (word >= 0)
			bits[word / 64] |= UINT64_C(1) << (word % 64);
		else
			good = false;
	}
	return good;
}

static pack_ref words_in(struct loader *load, uint16_t fact, const struct node *const *items, size_t count)
{
	struct cond cond = blank(COND_WORD, fact);
	uint32_t cells = fact_at(load, fact)->words.count / 64 + 1;
	uint64_t *bits = memory_get(cells * sizeof *bits);
	bool good = word_bits(load, fact, items, count, bits);

	if (good)
		cond.words = build_list(&load->build, bits, cells, sizeof *bits);
	free(bits);
	return good ? keep(load, &cond) : 0;
}

/* Against a mask of words: any of them, all, none. */
static pack_ref set_of(struct loader *load, uint16_t fact, enum cond_op op, const struct node *const *items,
		       size_t count)
{
	struct cond cond = blank(op, fact);
	uint64_t bits = 0;

	if (!word_bits(load, fact, items, count, &bits))
		return 0;
	cond.low = (int64_t)bits;
	return keep(load, &cond);
}

static pack_ref equal_text(struct loader *load, uint16_t fact, const struct node *item)
{
	struct cond cond = blank(COND_EQUAL_TEXT, fact);
	const char *text = text_of(load, item);

	cond.text = build_text(&load->build, text);
	return text ? keep(load, &cond) : 0;
}

static pack_ref equal(struct loader *load, uint16_t fact, const struct node *item)
{
	struct fact_value value;

	if (fact_at(load, fact)->type == FACT_TEXT)
		return equal_text(load, fact, item);
	if (!literal(load, fact, item, &value))
		return 0;
	threshold(load, fact, value.number);
	return range(load, fact, value.number, value.number);
}

/* The fact is one of these values; a set holds one of them. */
static pack_ref any_of(struct loader *load, uint16_t fact, const struct node *at, const struct node *const *items,
		       size_t count)
{
	unsigned type = TYPE(fact_at(load, fact)->type);
	struct growing kids = {0};

	if (!count) {
		fault(load, at, "%s", _("an empty list matches nothing"));
		return 0;
	}
	if (type == TYPE(FACT_WORD))
		return words_in(load, fact, items, count);
	if (type == TYPE(FACT_SET))
		return set_of(load, fact, COND_SET_ANY, items, count);
	if (!(type & (RANGE_TYPES | TYPE(FACT_TEXT)))) {
		error_hint(fault(load, at, _("%s can't be compared with a value"), name_at(load, fact)), "%s",
			   _("only {is: known} and {is: unknown} can be said of it"));
		return 0;
	}
	for (size_t i = 0; i < count; i++)
		kid(&kids, equal(load, fact, items[i]));
	return group(load, COND_ANY, &kids);
}

/* ---- operators ---- */

struct operation {
	uint16_t fact;
	struct cond range; /* the bounds so far */
	bool low_said, high_said;
	const struct node *within, *of;
	struct growing kids;
};

/* {at_least: {pct: 50, of: order_total}}, {below: {before: expected, by: 1 day}} */
static void bound_amount(struct loader *load, const struct node *value, struct operation *op, bool high, bool open)
{
	unsigned type = TYPE(fact_at(load, op->fact)->type);

	*(high ? &op->range.high_amount : &op->range.low_amount) = type & (TYPE(FACT_DATE) | TYPE(FACT_TIME))
									   ? load_instant(load, value)
									   : load_amount_of(load, value, type);
	*(high ? &op->range.high_open : &op->range.low_open) = open;
	mention(load, op->fact);
}

/* A number that counts minutes, hours or days may be held against a duration. */
static void bound_setting(struct loader *load, const struct node *value, struct operation *op, bool high, bool open)
{
	unsigned type = TYPE(fact_at(load, op->fact)->type);
	int unit = type == TYPE(FACT_NUMBER) ? unit_counted(load, op->fact) : -1;
	uint16_t setting = setting_of(load, value, unit < 0 ? type : type | TYPE(FACT_DURATION));

	op->range.unit = unit < 0 ? 0 : (uint8_t)unit;
	*(high ? &op->range.high_setting : &op->range.low_setting) = setting;
	*(high ? &op->range.high_open : &op->range.low_open) = open;
	mention(load, op->fact);
	if (setting)
		mention(load, setting);
}

static void bound(struct loader *load, const struct node *value, struct operation *op, bool high, bool open)
{
	unsigned type = TYPE(fact_at(load, op->fact)->type);
	bool moment = type & (TYPE(FACT_DATE) | TYPE(FACT_TIME));
	struct fact_value parsed;

	if (!(type & BOUND_TYPES)) {
		fault(load, value, _("%s has no more and less"), name_at(load, op->fact));
		return;
	}
	if (high ? op->high_said : op->low_said) {
		fault(load, value, "%s", _("this side has a bound already"));
		return;
	}
	*(high ? &op->high_said : &op->low_said) = true;
	if (is_setting(value)) {
		bound_setting(load, value, op, high, open);
		return;
	}
	if (value->kind == NODE_MAP || (moment && is_instant(load, value))) {
		bound_amount(load, value, op, high, open);
		return;
	}
	if (!literal(load, op->fact, value, &parsed))
		return;
	threshold(load, op->fact, parsed.number);
	if (high)
		op->range.high = parsed.number - open;
	else
		op->range.low = parsed.number + open;
}

static void op_below(struct loader *load, const struct node *value, void *into)
{
	bound(load, value, into, true, true);
}

static void op_above(struct loader *load, const struct node *value, void *into)
{
	bound(load, value, into, false, true);
}

static void op_at_least(struct loader *load, const struct node *value, void *into)
{
	bound(load, value, into, false, false);
}

static void op_at_most(struct loader *load, const struct node *value, void *into)
{
	bound(load, value, into, true, false);
}

static void op_between(struct loader *load, const struct node *value, void *into)
{
	if (value->kind != NODE_LIST || value->count != 2) {
		error_hint(fault(load, value, "%s", _("between takes two bounds")), "%s", _("write [10, 20]"));
		return;
	}
	bound(load, value->items[0], into, false, false);
	bound(load, value->items[1], into, true, false);
}

static void op_is(struct loader *load, const struct node *value, void *into)
{
	struct operation *op = into;
	const char *text = text_of(load, value);
	struct cond cond;

	if (text && strcmp(text, "known") != 0 && strcmp(text, "unknown") != 0) {
		error_hint(fault(load, value, _("is: %s says nothing"), text), "%s", _("write known or unknown"));
	} else if (text) {
		cond = blank(!strcmp(text, "known") ? COND_KNOWN : COND_UNKNOWN, op->fact);
		kid(&op->kids, keep(load, &cond));
	}
}

static void set_op(struct loader *load, const struct node *value, struct operation *op, enum cond_op kind)
{
	if (fact_at(load, op->fact)->type != FACT_SET)
		fault(load, value, _("%s is no set; any, all and none are for sets"), name_at(load, op->fact));
	else if (value->kind != NODE_LIST || !value->count)
		fault(load, value, "%s", _("a list of words is wanted here"));
	else
		kid(&op->kids, set_of(load, op->fact, kind, (const struct node *const *)value->items, value->count));
}

static void op_all(struct loader *load, const struct node *value, void *into)
{
	set_op(load, value, into, COND_SET_ALL);
}

static void op_any(struct loader *load, const struct node *value, void *into)
{
	set_op(load, value, into, COND_SET_ANY);
}

static void op_none(struct loader *load, const struct node *value, void *into)
{
	set_op(load, value, into, COND_SET_NONE);
}

/* {skills: {covers: needs}} */
static void op_covers(struct loader *load, const struct node *value, void *into)
{
	struct operation *op = into;
	struct cond cond = blank(COND_COVERS, op->fact);
	uint16_t other = plain_fact(load, value, TYPE(FACT_SET));

	if (fact_at(load, op->fact)->type != FACT_SET)
		fault(load, value, _("%s is no set; covers is for sets"), name_at(load, op->fact));
	if (!other || fact_at(load, op->fact)->type != FACT_SET)
		return;
	if (fact_at(load, other)->words.at != fact_at(load, op->fact)->words.at)
		fault(load, value, _("%s and %s have other words"), name_at(load, op->fact), name_at(load, other));
	cond.of = build_list(&load->build, &other, 1, sizeof other);
	kid(&op->kids, keep(load, &cond));
	mention(load, other);
}

static void op_within(struct loader *load, const struct node *value, void *into)
{
	(void)load;
	((struct operation *)into)->within = value;
}

static void op_of(struct loader *load, const struct node *value, void *into)
{
	(void)load;
	((struct operation *)into)->of = value;
}

/* {within: 7 days, of: purchase} */
static void within(struct loader *load, const struct node *node, struct operation *op)
{
	struct cond cond = blank(COND_WITHIN, op->fact);
	struct duration span;

	if (!op->within || !op->of) {
		error_hint(fault(load, node, "%s", _("within and of go together")), "%s",
			   _("write {within: 7 days, of: purchase}"));
		return;
	}
	if (fact_at(load, op->fact)->type != FACT_DATE) {
		fault(load, node, _("%s is no date; within is for dates"), name_at(load, op->fact));
		return;
	}
	if (op->within->kind == NODE_MAP) {
		cond.span_setting = setting_of(load, op->within, TYPE(FACT_DURATION));
	} else if (duration_of(load, op->within, &span)) {
		cond.span.count = span.count;
		cond.span.unit = span.unit;
	}
	cond.of = dates_of(load, op->of);
	if (cond.of.count)
		kid(&op->kids, keep(load, &cond));
}

static pack_ref operations(struct loader *load, uint16_t fact, const struct node *node)
{
	static const struct key keys[] = {
		{"below", 1, op_below},
		{"above", 1, op_above},
		{"at_least", 1, op_at_least},
		{"at_most", 1, op_at_most},
		{"between", 1, op_between},
		{"is", 1, op_is},
		{"all", 1, op_all},
		{"any", 1, op_any},
		{"none", 1, op_none},
		{"within", 1, op_within},
		{"of", 1, op_of},
		{"covers", 1, op_covers},
		{0},
	};
	struct operation op = {.fact = fact, .range = blank(COND_RANGE, fact)};

	op.range.low = INT64_MIN;
	op.range.high = INT64_MAX;
	if (!node->count)
		fault(load, node, _("nothing is said of %s"), name_at(load, fact));
	read_map(load, node, keys, 1, &op);
	if (op.within || op.of)
		within(load, node, &op);
	if (op.low_said || op.high_said) {
		if (op.range.low > op.range.high)
			fault(load, node, _("no value of %s can be in this range"), name_at(load, fact));
		kid(&op.kids, keep(load, &op.range));
	}
	return group(load, COND_ALL, &op.kids);
}

pack_ref load_comparison(struct loader *load, uint16_t fact, const struct node *node)
{
	return operations(load, fact, node);
}

pack_ref load_narrowed(struct loader *load, pack_ref when, uint16_t fact, const struct node *words)
{
	struct growing either = {0};
	struct cond given = blank(COND_UNKNOWN, fact);
	const struct node *const *items = words->kind == NODE_LIST ? (const struct node *const *)words->items : &words;

	kid(&either, keep(load, &given));
	kid(&either, any_of(load, fact, words, items, words->kind == NODE_LIST ? words->count : 1));
	return load_both(load, when, group(load, COND_ANY, &either));
}

pack_ref load_both(struct loader *load, pack_ref one, pack_ref other)
{
	struct growing kids = {0};

	kid(&kids, one);
	kid(&kids, other);
	return group(load, COND_ALL, &kids);
}

pack_ref condition_true(struct loader *load, uint16_t fact)
{
	return range(load, fact, 1, 1);
}

/* ---- maps of conditions ---- */

static pack_ref alternatives(struct loader *load, enum cond_op op, const struct node *node)
{
	struct growing kids = {0};

	if (node->kind != NODE_LIST || !node->count) {
		fault(load, node, "%s", _("a list of conditions is wanted here"));
		return 0;
	}
	for (size_t i = 0; i < node->count; i++)
		kid(&kids, load_condition(load, node->items[i]));
	return group(load, op, &kids);
}

static pack_ref entry(struct loader *load, const struct node *key, const struct node *value)
{
	const struct node *const *items = (const struct node *const *)value->items;
	struct growing kids = {0};
	uint16_t fact;

	if (!strcmp(key->text, "any"))
		return alternatives(load, COND_ANY, value);
	if (!strcmp(key->text, "all"))
		return alternatives(load, COND_ALL, value);
	if (!strcmp(key->text, "not")) {
		kid(&kids, load_condition(load, value));
		return group(load, COND_NOT, &kids);
	}
	fact = fact_named(load, key);
	if (!fact)
		return 0;
	if (fact == F_WORKING_TIME && !load->opening && fact_at(load, fact)->type == FACT_BOOL)
		error_hint(fault(load, key, "%s", _("working hours need opening hours")), "%s",
			   _("say calendar: {hours: [09:00-12:00, 13:00-18:00], ...}"));
	if (value->kind == NODE_MAP)
		return operations(load, fact, value);
	if (value->kind == NODE_LIST)
		return any_of(load, fact, value, items, value->count);
	return any_of(load, fact, value, &value, 1);
}

pack_ref load_condition(struct loader *load, const struct node *node)
{
	struct growing kids = {0};

	if (node->kind != NODE_MAP || !node->count) {
		error_hint(fault(load, node, "%s", _("a condition is a map of facts and values")), "%s",
			   _("leave it out where it always holds"));
		return 0;
	}
	for (size_t i = 0; i < node->count; i++)
		kid(&kids, entry(load, node->keys[i], node->items[i]));
	return group(load, COND_ALL, &kids);
}
