/* fee: what does this cost the customer. */
#include "trace.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* One item that is asked about: "visit*2". */
struct item {
	const char *name;
	int64_t quantity;
	int word; /* WORD_UNLISTED: the pack does not know it */
	const struct fee_rule *rule; /* NULL: none fits */
	bool shown; /* its line is written already */
	bool implied; /* not asked for, but its cost was given: the parts */
};

struct bill {
	struct item *items;
	size_t count;
	bool refer;
	bool customer_unknown, company_unknown; /* a line of theirs has no amount */
	svc_money customer, company;
	enum svc_basis implied[SVC_CUSTOMER_PAYS + 1]; /* by payer: what a line that is not shown stands on */
};

static const struct fees_section *section_of(const struct pass *pass)
{
	return pack_at(pass->head, pass->head->sections[SECTION_FEES]);
}

static bool rule_has(const struct pass *pass, const struct fee_rule *rule, int word)
{
	const uint16_t *words = pack_at(pass->head, rule->items.at);

	for (uint32_t i = 0; i < rule->items.count; i++)
		if (words[i] == word)
			return true;
	return false;
}

/* The rule for an item. Without an order two rules may not match at once. */
static const struct fee_rule *fee_rule_for(struct pass *pass, int word)
{
	const struct fees_section *section = section_of(pass);
	const struct fee_rule *found = NULL;

	for (uint32_t i = 0; i < section->rules.count; i++) {
		const struct fee_rule *rule = PACK_ITEM(pass->head, section->rules, struct fee_rule, i);

		if (!rule_has(pass, rule, word))
			continue;
		if (!matches(pass, &rule->rule)) {
			if (stopped(pass))
				return NULL;
			continue;
		}
		if (found) {
			pass->fault = error_set(pass->err, SVC_BAD_INPUT,
						_("rules %s and %s of fees both match, and the section has no order"),
						pack_text(pass->head, found->rule.clause),
						pack_text(pass->head, rule->rule.clause));
			return NULL;
		}
		found = rule;
		if (section->first)
			break;
	}
	return found;
}

static void add_item(struct pass *pass, struct bill *bill, const char *text, bool implied)
{
	const char *star = strchr(text, '*');
	struct item item = {.quantity = star ? strtoll(star + 1, NULL, 10) : 1, .implied = implied};
	size_t count = bill->count;

	item.name = star ? arena_strndup(pass->memory, text, (size_t)(star - text)) : text;
	item.word = word_find(pass->head, fact_of(pass->head, F_ITEMS), item.name);
	if (item.word != WORD_UNLISTED)
		item.name = pack_text(
			pass->head,
			PACK_ITEM(pass->head, fact_of(pass->head, F_ITEMS)->words, struct pack_word, item.word)->id);
	bill->items = list_add(pass->memory, bill->items, &bill->count, sizeof *bill->items);
	bill->items[count] = item;
}

static bool asks_for(const struct bill *bill, int word)
{
	for (size_t i = 0; i < bill->count; i++)
		if (bill->items[i].word == word)
			return true;
	return false;
}

static void imply_item(struct pass *pass, struct bill *bill, int word)
{
	const struct pack_list words = fact_of(pass->head, F_ITEMS)->words;

	if (word != WORD_UNLISTED && !asks_for(bill, word))
		add_item(pass, bill, pack_text(pass->head, PACK_ITEM(pass->head, words, struct pack_word, word)->id),
			 true);
}

/* The items asked for, those that come along with them, and the parts whose cost is given although they were not named. */
static bool collect(struct pass *pass, struct bill *bill)
{
	const struct fact_value *items = &pass->values[F_ITEMS];

	if (!items->known || !items->tree || !items->tree->count)
		return block(pass, F_ITEMS, NULL);
	for (size_t i = 0; i < items->tree->count; i++)
		add_item(pass, bill, items->tree->items[i]->text, false);
	if (pass->values[F_PARTS_COST].known)
		imply_item(pass, bill, word_find(pass->head, fact_of(pass->head, F_ITEMS), "parts"));
	for (size_t i = 0; i < bill->count; i++) {
		int word = bill->items[i].word;
		const struct fee_rule *rule;

		trace_about(pass, bill->items[i].name);
		rule = word == WORD_UNLISTED ? NULL : fee_rule_for(pass, word);
		if (stopped(pass))
			return false;
		bill->items[i].rule = rule;
		for (uint32_t w = 0; rule && w < rule->with.count; w++)
			imply_item(pass, bill, *PACK_ITEM(pass->head, rule->with, uint16_t, w));
	}
	return true;
}

/* How many units the line of an item has: where a rule charges its items together, those of one line. */
static int64_t line_quantity(struct pass *pass, struct bill *bill, struct item *item)
{
	const struct fee_rule *rule = item->rule;
	int64_t named = 0, all = 0;
	enum truth once;

	if (!rule->as)
		return item->quantity;
	for (size_t i = 0; i < bill->count; i++) {
		struct item *other = &bill->items[i];

		if (other->rule != rule)
			continue;
		other->shown = true;
		all += other->quantity;
		if (other->word == rule->as - 1)
			named += other->quantity;
	}
	once = rule->once ? condition(pass, rule->once) : NO;
	return once == YES ? (named ? named : 1) : all;
}

static void price(struct pass *pass, const struct item *item, struct svc_line *line)
{
	const struct fee_rule *rule = item->rule;
	enum amount_state state;

	line->payer = rule->payer ? (enum svc_payer)rule->payer : SVC_CUSTOMER_PAYS;
	line->basis = (enum svc_basis)rule->basis;
	line->unit_price = line->amount = SVC_MONEY_NONE;
	if (!rule->amount && (line->payer == SVC_COMPANY_PAYS || line->basis == SVC_FREE)) {
		line->unit_price = line->amount = 0;
		line->basis = SVC_FREE;
		return;
	}
	trace_amounts(pass, &rule->rule);
	state = amount_of(pass, rule->amount, line->item, line->quantity, &line->amount, &line->basis);
	trace_amounts(pass, NULL);
	if (state == AMOUNT_STATED)
		amount_of(pass, rule->amount, line->item, 1, &line->unit_price, &line->basis);
	else if (!stopped(pass) && !line->basis)
		line->basis = SVC_QUOTE;
}

/* SVC_MONEY_NONE when one of them is not stated, or both are more than money can be. */
static svc_money plus(svc_money a, svc_money b)
{
	if (a == SVC_MONEY_NONE || b == SVC_MONEY_NONE || a + b > SVC_MONEY_MAX || a + b < -SVC_MONEY_MAX)
		return SVC_MONEY_NONE;
	return a + b;
}

static void add_up(struct bill *bill, const struct svc_line *line)
{
	bool company = line->payer == SVC_COMPANY_PAYS;
	svc_money *sum = company ? &bill->company : &bill->customer, total = plus(*sum, line->amount);

	if (total == SVC_MONEY_NONE)
		*(company ? &bill->company_unknown : &bill->customer_unknown) = true;
	else
		*sum = total;
}

/* A share is the customer's as soon as he pays any line of it. */
static void add_share(struct svc_answer *answer, uint8_t kind, const struct svc_line *line)
{
	struct svc_share *shares[] = {NULL, &answer->labor_share, &answer->parts_share, &answer->travel_share};
	struct svc_share *share = shares[kind];

	if (!share)
		return;
	if (share->payer < line->payer)
		*share = (struct svc_share){.payer = line->payer, .basis = line->basis, .amount = line->amount};
	else if (share->payer == line->payer)
		share->amount = plus(share->amount, line->amount);
}

static void write_line(struct pass *pass, struct bill *bill, struct item *item)
{
	struct svc_answer *answer = pass->answer;
	const struct fee_rule *rule = item->rule;
	struct svc_line line = {.item = item->name};
	size_t count = answer->line_count;

	line.quantity = line_quantity(pass, bill, item);
	if (rule->as)
		line.item = pack_text(
			pass->head,
			PACK_ITEM(pass->head, fact_of(pass->head, F_ITEMS)->words, struct pack_word, rule->as - 1)->id);
	price(pass, item, &line);
	if (stopped(pass)) { /* what does not hang on the amount is said all the same */
		pass->asking = &rule->rule;
		add_share(answer, rule->share, &line);
		add_up(bill, &line);
		bill->implied[line.payer] = line.basis;
		return;
	}
	cite_rule(pass, &rule->rule);
	if (rule->rule.verdict == SVC_REFER && line.amount == SVC_MONEY_NONE) { /* without a price a person decides */
		bill->refer = true;
		return;
	}
	add_up(bill, &line);
	add_share(answer, rule->share, &line);
	if (item->implied) {
		bill->implied[line.payer] = line.basis;
		return;
	}
	answer->lines = list_add(pass->memory, answer->lines, &answer->line_count, sizeof line);
	answer->lines[count] = line;
}

/* Who pays: the customer if any line is his. The basis is that of his lines, where they have one. */
static void head_of_bill(struct svc_answer *answer, const struct bill *bill)
{
	for (size_t i = 0; i < answer->line_count; i++)
		if (answer->lines[i].payer == SVC_CUSTOMER_PAYS)
			answer->payer = SVC_CUSTOMER_PAYS;
	if (bill->customer > 0 || bill->customer_unknown)
		answer->payer = SVC_CUSTOMER_PAYS;
	if (!answer->payer && answer->line_count)
		answer->payer = SVC_COMPANY_PAYS;
	for (size_t i = 0; i < answer->line_count && !answer->basis; i++)
		if (answer->lines[i].payer == answer->payer)
			answer->basis = answer->lines[i].basis;
	if (!answer->basis)
		answer->basis = bill->implied[answer->payer];
	if (answer->payer == SVC_CUSTOMER_PAYS && !bill->customer_unknown)
		answer->total = bill->customer;
	if (answer->payer == SVC_COMPANY_PAYS && !bill->company_unknown)
		answer->total = bill->company;
}

void decide_fee(struct pass *pass)
{
	struct svc_answer *answer = pass->answer;
	struct bill bill = {0};

	if (!collect(pass, &bill))
		return;
	for (size_t i = 0; i < bill.count; i++) {
		struct item *item = &bill.items[i];

		trace_about(pass, item->name);
		if (!item->rule && item->implied)
			continue;
		if (!item->rule)
			bill.refer = true;
		else if (!item->shown)
			write_line(pass, &bill, item);
		if (stopped(pass))
			break;
	}
	trace_about(pass, NULL);
	head_of_bill(answer, &bill);
	if (stopped(pass))
		return;
	answer->verdict = bill.refer ? SVC_REFER : SVC_PRICED;
	if (bill.refer)
		answer->total = SVC_MONEY_NONE;
	note_rules(pass, section_of(pass)->notes);
}
