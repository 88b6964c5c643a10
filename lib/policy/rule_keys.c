/* The keys that a rule of each list may have, and what reads them. */
#include "draft_rule.h"
#include "nearest.h"

#include <string.h>

/* ---- words of the answer ---- */

static const struct word_row remedies[] = {
	{"repair", SVC_REPAIR},           {"replace", SVC_REPLACE},  {"exchange", SVC_EXCHANGE},
	{"refund", SVC_REFUND},           {"recall", SVC_RECALL},    {"refurbish", SVC_REFURBISH},
	{"paid_repair", SVC_PAID_REPAIR}, {"none", SVC_REMEDY_NONE}, {0}};
static const struct word_row option_remedies[] = {{"refund", SVC_REFUND},
						  {"exchange", SVC_EXCHANGE},
						  {"repair", SVC_REPAIR},
						  {"paid_repair", SVC_PAID_REPAIR},
						  {0}};
static const struct word_row charges[] = {{"free", SVC_FREE}, {"cost", SVC_COST}, {"charge", SVC_CHARGE}, {0}};
static const struct word_row bases[] = {
	{"free", SVC_FREE}, {"cost", SVC_COST}, {"charge", SVC_CHARGE}, {"list", SVC_LIST},
	{"card", SVC_CARD}, {"cap", SVC_CAP},   {"quote", SVC_QUOTE},   {0}};
static const struct word_row payers[] = {{"company", SVC_COMPANY_PAYS}, {"customer", SVC_CUSTOMER_PAYS}, {0}};
static const struct word_row differences[] = {{"none", SVC_DIFFERENCE_NONE},
					      {"customer_pays", SVC_DIFFERENCE_CUSTOMER_PAYS},
					      {"both_ways", SVC_DIFFERENCE_BOTH_WAYS},
					      {0}};
static const struct word_row shares[] = {{"labor", SHARE_LABOR}, {"parts", SHARE_PARTS}, {"travel", SHARE_TRAVEL}, {0}};
static const struct word_row warranty_verdicts[] = {{"excluded", SVC_EXCLUDED},
						    {"refer", SVC_REFER},
						    {"not_covered", SVC_NOT_COVERED},
						    {"expired", SVC_EXPIRED},
						    {0}};
static const struct word_row return_verdicts[] = {{"refused", SVC_REFUSED_VERDICT}, {"refer", SVC_REFER}, {0}};
static const struct word_row refer_only[] = {{"refer", SVC_REFER}, {0}};

uint8_t word_value(struct loader *load, const struct node *node, const struct word_row *rows)
{
	const char *text = text_of(load, node);
	struct nearest nearest = nearest_to(text ? text : "");
	struct svc_error *error;

	for (const struct word_row *row = rows; text && row->word; row++) {
		if (!strcmp(row->word, text))
			return row->value;
		nearest_try(&nearest, row->word);
	}
	if (!text)
		return 0;
	error = fault(load, node, _("no such word here: %s"), text);
	if (nearest.best)
		hint_near(error, nearest.best);
	else
		error_hint(error, _("one of %s, %s ..."), rows[0].word, rows[1].word ? rows[1].word : rows[0].word);
	return 0;
}

/* A word, or the word that a setting holds: such a setting has exactly these words. */
static struct choice choice_of(struct loader *load, const struct node *node, const struct word_row *rows)
{
	struct choice choice = {0};
	const struct pack_fact *setting;
	size_t count = 0;

	if (!is_setting(node)) {
		choice.value = word_value(load, node, rows);
		return choice;
	}
	choice.setting = setting_of(load, node, TYPE(FACT_WORD));
	if (!choice.setting)
		return choice;
	mention(load, choice.setting);
	setting = fact_at(load, choice.setting);
	for (; rows[count].word; count++)
		if (word_find(head_of(load), setting, rows[count].word) != (int)count)
			break;
	if (rows[count].word || setting->words.count != count)
		error_hint(fault(load, node, _("%s can't give the word for this place"), name_at(load, choice.setting)),
			   _("its words must be %s, %s%s%s"), rows[0].word, rows[1].word, rows[2].word ? ", " : "",
			   rows[2].word ? rows[2].word : "");
	return choice;
}

/* ---- one reader per key ---- */

static void read_clause(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->rule.clause = build_text(&load->build, clause_of(load, value));
}

static void read_when(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->rule.when = load_condition(load, value);
}

static void also_clause(struct loader *load, const struct node *value, void *into)
{
	((struct also *)into)->clause = build_text(&load->build, clause_of(load, value));
}

static void also_when(struct loader *load, const struct node *value, void *into)
{
	((struct also *)into)->when = load_condition(load, value);
}

static void read_one_also(struct loader *load, const struct node *value, struct growing *into)
{
	static const struct key keys[] = {{"clause", 1, also_clause}, {"when", 1, also_when}, {0}};
	struct also also = {0};

	if (value->kind == NODE_SCALAR)
		also_clause(load, value, &also);
	else if (read_map(load, value, keys, 1, &also) && !node_get(value, "clause"))
		fault(load, value, "%s", _("the clause is missing"));
	if (also.clause)
		*(struct also *)growing_add(into, sizeof also) = also;
}

void load_also(struct loader *load, const struct node *value, struct growing *into)
{
	if (value->kind != NODE_LIST) {
		read_one_also(load, value, into);
		return;
	}
	for (size_t i = 0; i < value->count; i++)
		read_one_also(load, value->items[i], into);
}

static void read_also(struct loader *load, const struct node *value, void *into)
{
	load_also(load, value, &((struct draft_rule *)into)->also);
}

static void read_verdict(struct loader *load, const struct node *value, void *into)
{
	struct draft_rule *draft = into;
	const struct word_row *rows = draft->list <= LIST_NOTES          ? warranty_verdicts
				      : draft->list <= LIST_RETURN_NOTES ? return_verdicts
									 : refer_only;

	draft->rule.verdict = word_value(load, value, rows);
}

static void read_remedy(struct loader *load, const struct node *value, void *into)
{
	struct draft_rule *draft = into;

	draft->effects.remedy = word_value(load, value, draft->list == LIST_OPTIONS ? option_remedies : remedies);
}

static void read_labor(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->effects.labor = choice_of(load, value, charges);
}

static void read_parts(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->effects.parts = choice_of(load, value, charges);
}

static void read_travel(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->effects.travel = choice_of(load, value, charges);
}

static void read_freight_in(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->effects.freight_in = choice_of(load, value, payers);
}

static void read_freight_out(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->effects.freight_out = choice_of(load, value, payers);
}

static void read_difference(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->effects.price_difference = word_value(load, value, differences);
}

static void read_service_class(struct loader *load, const struct node *value, void *into)
{
	if (word_named(load, F_SERVICE_CLASS, value) >= 0)
		((struct draft_rule *)into)->effects.service_class = build_text(&load->build, value->text);
}

static void read_from(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->from = load_instant(load, value);
}

static void read_until(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->until = load_instant(load, value);
}

static void read_rolls(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->rolls = flag_of(load, value) && need_calendar(load, value);
}

static void read_span(struct loader *load, const struct node *value, struct draft_rule *draft)
{
	struct duration span;

	draft->lasting = true;
	if (is_setting(value) || (value->kind == NODE_SCALAR && fact_find(head_of(load), value->text, NULL))) {
		draft->lasts_setting = setting_of(load, value, TYPE(FACT_DURATION));
	} else if (duration_of(load, value, &span)) {
		draft->lasts.count = span.count;
		draft->lasts.unit = span.unit;
	}
}

/* {time: 3 years, km: 60000}: whichever is reached first. */
static void read_lasts(struct loader *load, const struct node *value, void *into)
{
	struct draft_rule *draft = into;
	struct growing usage = {0};

	if (value->kind != NODE_MAP || is_setting(value)) {
		read_span(load, value, draft);
		return;
	}
	for (size_t i = 0; i < value->count; i++) {
		struct fact_value limit;
		uint16_t fact;

		if (!strcmp(value->keys[i]->text, "time")) {
			read_span(load, value->items[i], draft);
			continue;
		}
		fact = plain_fact(load, value->keys[i], TYPE(FACT_NUMBER));
		if (!fact || !literal(load, fact, value->items[i], &limit))
			continue;
		threshold(load, fact, limit.number);
		mention(load, fact);
		((struct usage *)growing_add(&usage, sizeof(struct usage)))->fact = fact;
		((struct usage *)usage.items)[usage.count - 1].limit = limit.number;
	}
	if (!draft->lasting)
		fault(load, value, "%s", _("a term needs a time, however long"));
	draft->lasting = true;
	draft->usage = build_list(&load->build, usage.items, usage.count, sizeof(struct usage));
	growing_release(&usage);
}

static void read_pauses(struct loader *load, const struct node *value, void *into)
{
	static const struct word_row pauses[] = {{"repair", 1}, {0}};

	((struct draft_rule *)into)->pauses = word_value(load, value, pauses);
	mention(load, F_REPAIR_DAYS);
}

static void read_bars(struct loader *load, const struct node *value, void *into)
{
	struct draft_rule *draft = into;

	if (value->kind != NODE_LIST) {
		draft->bars |= (uint16_t)(1u << word_value(load, value, option_remedies));
	} else {
		for (size_t i = 0; i < value->count; i++)
			draft->bars |= (uint16_t)(1u << word_value(load, value->items[i], option_remedies));
	}
	draft->bars &= (uint16_t)~1u; /* bit 0: a word that was a fault */
}

static void read_needs(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->needs = load_condition(load, value);
}

static void read_once(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->once = load_condition(load, value);
}

static void read_one_item(struct loader *load, const struct node *value, struct growing *items)
{
	int word = word_named(load, F_ITEMS, value);

	if (word >= 0)
		*(uint16_t *)growing_add(items, sizeof(uint16_t)) = (uint16_t)word;
}

static void read_items(struct loader *load, const struct node *value, struct growing *items)
{
	if (value->kind != NODE_LIST) {
		read_one_item(load, value, items);
		return;
	}
	for (size_t i = 0; i < value->count; i++)
		read_one_item(load, value->items[i], items);
}

static void read_with(struct loader *load, const struct node *value, void *into)
{
	read_items(load, value, &((struct draft_rule *)into)->with);
}

static void read_item(struct loader *load, const struct node *value, void *into)
{
	struct draft_rule *draft = into;

	if (draft->list == LIST_DEDUCTIONS) {
		const char *text = text_of(load, value);

		if (text && !id_valid(text, false))
			fault(load, value, _("\"%s\" is no id"), text);
		draft->item = build_text(&load->build, text);
	} else {
		read_items(load, value, &draft->items);
	}
}

static void read_as(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->as = (uint16_t)(word_named(load, F_ITEMS, value) + 1);
}

static void read_amount(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->amount = load_amount(load, value);
}

static void read_payer(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->payer = word_value(load, value, payers);
}

static void read_basis(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->basis = word_value(load, value, bases);
}

static void read_share(struct loader *load, const struct node *value, void *into)
{
	((struct draft_rule *)into)->share = word_value(load, value, shares);
}

const struct key rule_keys[] = {
	{"clause", EVERY, read_clause},
	{"when", EVERY, read_when},
	{"also", EVERY, read_also},
	{"verdict", TERMS | CLOSING | IN(LIST_RETURN_EXCLUSIONS) | IN(LIST_FEES) | IN(LIST_FREIGHT), read_verdict},
	{"remedy", TERMS | CLOSING, read_remedy},
	{"labor", TERMS | CLOSING, read_labor},
	{"parts", TERMS | CLOSING, read_parts},
	{"travel", TERMS | CLOSING, read_travel},
	{"freight_in", TERMS | CLOSING | IN(LIST_FREIGHT) | IN(LIST_RETURN_EXCLUSIONS), read_freight_in},
	{"freight_out", TERMS | CLOSING | IN(LIST_FREIGHT) | IN(LIST_RETURN_EXCLUSIONS), read_freight_out},
	{"price_difference", IN(LIST_OPTIONS), read_difference},
	{"service_class", TERMS | CLOSING, read_service_class},
	{"from", TERMS, read_from},
	{"until", TERMS, read_until},
	{"lasts", TERMS, read_lasts},
	{"rolls", TERMS, read_rolls},
	{"pauses", TERMS, read_pauses},
	{"bars", IN(LIST_RETURN_EXCLUSIONS) | IN(LIST_RETURN_REQUIRES) | IN(LIST_DEDUCTIONS), read_bars},
	{"needs", REQUIREMENTS, read_needs},
	{"item", IN(LIST_FEES) | IN(LIST_DEDUCTIONS), read_item},
	{"with", IN(LIST_FEES), read_with},
	{"as", IN(LIST_FEES), read_as},
	{"once", IN(LIST_FEES), read_once},
	{"amount", IN(LIST_FEES) | IN(LIST_DEDUCTIONS), read_amount},
	{"payer", IN(LIST_FEES), read_payer},
	{"basis", IN(LIST_FEES), read_basis},
	{"share", IN(LIST_FEES), read_share},
	{0},
};
