/* Amounts: fact, setting, fixed, per cent of, per, sum, least, most. */
#include "load.h"

#include <ctype.h>
#include <string.h>

#define PERCENT_MAX (1000 * INT64_C(1000000)) /* ten times the whole: more is a slip of the pen */

static pack_ref keep(struct loader *load, const struct amount *amount)
{
	return build_piece(&load->build, amount, sizeof *amount);
}

static struct amount blank(enum amount_op op)
{
	struct amount amount;

	memset(&amount, 0, sizeof amount);
	amount.op = (uint8_t)op;
	return amount;
}

static pack_ref counted(struct loader *load, const struct node *node, const char *text, struct amount *amount)
{
	int64_t number;

	if (!svc_number_parse(text, &number) || number < 0 || number % SVC_NUMBER_ONE) {
		fault(load, node, _("\"%s\" is no whole number"), text);
		return 0;
	}
	amount->number = number / SVC_NUMBER_ONE;
	return keep(load, amount);
}

static pack_ref fixed(struct loader *load, const struct node *node, const char *text, bool minus)
{
	struct amount amount = blank(AMOUNT_FIXED);

	amount.minus = minus;
	if (load->operands == TYPE(FACT_NUMBER)) /* a plain number beside numbers */
		return counted(load, node, text, &amount);
	if (svc_money_parse(text, head_of(load)->currency_digits, &amount.number) && amount.number >= 0 &&
	    amount.number <= SVC_MONEY_MAX)
		return keep(load, &amount);
	fault(load, node, _("\"%s\" is no amount of %s"), text, pack_text(head_of(load), head_of(load)->currency));
	return 0;
}

/* The name of a fact or setting that holds money, or a map of prices. */
static pack_ref named(struct loader *load, const struct node *node, bool minus)
{
	unsigned types = load->operands ? load->operands : TYPE(FACT_MONEY) | TYPE(FACT_PRICES);
	struct amount amount = blank(AMOUNT_FACT);
	struct node plain = *node;

	plain.text += minus;
	amount.minus = minus;
	amount.fact = fact_named(load, &plain);
	if (!amount.fact)
		return 0;
	if (!(TYPE(fact_at(load, amount.fact)->type) & types)) {
		fault(load, node, types & TYPE(FACT_MONEY) ? _("%s is no amount of money") : _("%s is no number"),
		      name_at(load, amount.fact));
		return 0;
	}
	mention(load, amount.fact);
	return keep(load, &amount);
}

static pack_ref scalar(struct loader *load, const struct node *node)
{
	const char *text = text_of(load, node);
	bool minus = text && *text == '-';

	if (!text)
		return 0;
	if (isdigit((unsigned char)text[minus]))
		return fixed(load, node, text + minus, minus);
	return named(load, node, minus);
}

/* The operand of pct and per, or the operands of sum, least and most. */
static bool operands(struct loader *load, struct amount *amount, const struct node *const *items, size_t count)
{
	struct growing kids = {0};

	for (size_t i = 0; i < count; i++) {
		pack_ref kid = load_amount(load, items[i]);

		if (kid)
			*(pack_ref *)growing_add(&kids, sizeof kid) = kid;
	}
	amount->kids = build_list(&load->build, kids.items, kids.count, sizeof(pack_ref));
	growing_release(&kids);
	return amount->kids.count == count;
}

static pack_ref several(struct loader *load, enum amount_op op, const struct node *list)
{
	struct amount amount = blank(op);

	if (list->kind != NODE_LIST || !list->count) {
		fault(load, list, "%s", _("a list of amounts is wanted here"));
		return 0;
	}
	return operands(load, &amount, (const struct node *const *)list->items, list->count) ? keep(load, &amount) : 0;
}

/* A rate of its own, or a setting: one of type rate is a share of 1, one of type percent is in per cent already. */
static bool rate_of(struct loader *load, const struct node *node, struct amount *amount)
{
	const char *text;

	if (node->kind == NODE_MAP) {
		amount->rate_setting = setting_of(load, node, TYPE(FACT_NUMBER));
		if (!amount->rate_setting)
			return false;
		mention(load, amount->rate_setting);
		amount->number = fact_at(load, amount->rate_setting)->percent ? SVC_NUMBER_ONE : 100 * SVC_NUMBER_ONE;
		return true;
	}
	text = text_of(load, node);
	if (!text)
		return false;
	if (svc_number_parse(text, &amount->number) && amount->number > 0 && amount->number <= PERCENT_MAX)
		return true;
	error_hint(fault(load, node, _("\"%s\" is no rate in per cent"), text), "%s", _("write 20 for 20 %"));
	return false;
}

static pack_ref per_cent(struct loader *load, const struct node *node)
{
	struct amount amount = blank(AMOUNT_PCT);
	const struct node *of = node_get(node, "of");

	if (!of || node->count != 2) {
		error_hint(fault(load, node, "%s", _("a share needs pct and of")), "%s",
			   _("write {pct: 20, of: price}"));
		return 0;
	}
	if (!rate_of(load, node_get(node, "pct"), &amount) || !operands(load, &amount, &of, 1))
		return 0;
	return keep(load, &amount);
}

static pack_ref per(struct loader *load, const struct node *node)
{
	struct amount amount = blank(AMOUNT_PER);
	const struct node *each = node_get(node, "amount");

	if (!each || node->count != 2) {
		error_hint(fault(load, node, "%s", _("an amount by count needs per and amount")), "%s",
			   _("write {per: count, amount: 5.00}"));
		return 0;
	}
	amount.fact = plain_fact(load, node_get(node, "per"), TYPE(FACT_NUMBER));
	if (!amount.fact || !operands(load, &amount, &each, 1))
		return 0;
	mention(load, amount.fact);
	return keep(load, &amount);
}

static pack_ref named_fact(struct loader *load, const struct node *node)
{
	return text_of(load, node) ? named(load, node, false) : 0;
}

static pack_ref named_setting(struct loader *load, const struct node *node)
{
	unsigned types = load->operands ? load->operands : TYPE(FACT_MONEY) | TYPE(FACT_PRICES);

	return setting_of(load, node, types) ? named(load, node, false) : 0;
}

static pack_ref fixed_amount(struct loader *load, const struct node *node)
{
	const char *text = text_of(load, node);

	return text ? fixed(load, node, text, false) : 0;
}

static pack_ref sum(struct loader *load, const struct node *node)
{
	return several(load, AMOUNT_SUM, node);
}

static pack_ref least(struct loader *load, const struct node *node)
{
	return several(load, AMOUNT_LEAST, node);
}

static pack_ref most(struct loader *load, const struct node *node)
{
	return several(load, AMOUNT_MOST, node);
}

pack_ref load_amount(struct loader *load, const struct node *node)
{
	static const struct {
		const char *key;
		pack_ref (*load)(struct loader *load, const struct node *value);
	} forms[] = {{"fixed", fixed_amount}, {"fact", named_fact}, {"setting", named_setting}, {"sum", sum},
		     {"least", least},        {"most", most}};

	if (node->kind == NODE_SCALAR)
		return scalar(load, node);
	if (node_get(node, "pct"))
		return per_cent(load, node);
	if (node_get(node, "per"))
		return per(load, node);
	for (size_t i = 0; node->count == 1 && i < sizeof forms / sizeof *forms; i++) {
		const struct node *value = node_get(node, forms[i].key);

		if (value)
			return forms[i].load(load, value);
	}
	error_hint(fault(load, node, "%s", _("this is no amount")), "%s",
		   _("an amount is a number, a fact, or one of fixed, fact, setting, pct, per, sum, least, most"));
	return 0;
}

pack_ref load_amount_of(struct loader *load, const struct node *node, unsigned types)
{
	pack_ref amount;

	load->operands = types == TYPE(FACT_MONEY) ? 0 : types;
	amount = load_amount(load, node);
	load->operands = 0;
	return amount;
}
