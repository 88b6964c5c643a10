/* What a customer is charged: the pack's lines, or what he approved, as records. */
#include "base/error.h"
#include "bill.h"
#include "ruling.h"
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An item that is to be charged: "board*2=120.00". */
struct wanted {
	const char *item, *amount; /* amount NULL: the pack's */
	const char *quantity;
	bool done; /* a line stands for it */
};
struct charging {
	struct bill bill;
	const struct svc_charging *asked;
	svc_time at;
	struct wanted *wanted;
	struct ruling ruling;
	struct svc_answer answer;
	struct svc_answer told; /* the same with the rules that were tried: which clause priced which item */
	struct gathered_facts facts;
	const char *reason; /* of an override that was made use of */
	svc_fee_seen seen;
	void *context;
};

/* One line on its way to a record. */
struct line {
	const char *item, *quantity, *unit_price, *amount, *cost, *payer, *basis, *clause, *note;
};

/* ---- what was asked for ---- */

static int bad_item(struct svc_error *err, const char *text)
{
	error_set(err, SVC_BAD_INPUT, _("not an item, item*quantity or item=amount: %.60s"), text);
	error_field(err, "item");
	return SVC_BAD_INPUT;
}

static int read_wanted(struct charging *charging, const char *text, struct wanted *wanted, struct svc_error *err)
{
	struct arena *arena = &charging->bill.arena;
	int status = bill_check(&charging->bill, "item", text, &text, err);
	if (status != SVC_OK || !text)
		return status != SVC_OK ? status : bad_item(err, "");
	const char *equals = strrchr(text, '=');
	char *item = equals ? arena_strndup(arena, text, (size_t)(equals - text)) : arena_strdup(arena, text);
	char *star = strchr(item, '*');
	wanted->item = item;
	wanted->quantity = "1";
	if (star) {
		*star = '\0';
		wanted->quantity = star + 1;
		if (strspn(star + 1, "0123456789") != strlen(star + 1) || strlen(star + 1) > 6 || atoi(star + 1) < 1)
			return bad_item(err, text);
	}
	if (!*item)
		return bad_item(err, text);
	if (!equals)
		return SVC_OK;
	status = bill_check(&charging->bill, "amount", equals + 1, &wanted->amount, err);
	return status == SVC_OK && !wanted->amount ? bad_item(err, text) : status;
}

static int read_all_wanted(struct charging *charging, struct svc_error *err)
{
	size_t count = charging->asked->item_count;
	int status = SVC_OK;
	charging->wanted = arena_alloc(&charging->bill.arena, (count + 1) * sizeof *charging->wanted);
	for (size_t i = 0; status == SVC_OK && i < count; i++)
		status = read_wanted(charging, charging->asked->items[i], &charging->wanted[i], err);
	return status;
}

static int no_amount(const struct charging *charging, const char *item, struct svc_error *err)
{
	error_set(err, SVC_INCOMPLETE, _("%s: nothing says what %s costs"), charging->bill.values[FIELD_ID], item);
	error_hint(err, _("give it as %s=AMOUNT"), item);
	return SVC_INCOMPLETE;
}

/* ---- what the customer approved ---- */

static int charge_quote(struct charging *charging, struct fee *fee, struct wanted *wanted, struct svc_error *err)
{
	static const struct life_step owed = {SVC_FEE, "charged", {"approved"}, "charged", "charged", {NULL}};
	static const struct life_step free = {SVC_FEE, "charged", {"approved"}, "free", "charged", {NULL}};
	struct change change = {.kind = SVC_FEE};
	const char *amount = fee_value(fee, "amount"), *given = wanted ? wanted->amount : NULL;
	if (amount && given && strcmp(amount, given) != 0)
		return error_set(err, SVC_REFUSED, _("%s was approved at %s, not %s"), fee->values[FIELD_ID], amount,
				 given);
	if (!amount && !given && fee_of_customer(fee))
		return no_amount(charging, fee_value(fee, "item"), err);
	amount = amount ? amount : given;
	bool nothing = !fee_of_customer(fee) || strspn(amount, "0.") == strlen(amount);
	if (!fee_of_customer(fee) && amount && !fee_value(fee, "cost"))
		change_set(&change, "cost", amount);
	change_set(&change, "amount", nothing ? bill_amount(&charging->bill, 0) : amount);
	if (wanted)
		wanted->done = true;
	int status = life_step(charging->bill.desk, nothing ? &free : &owed, fee->id, charging->at, &change,
			       &charging->bill.arena, NULL, NULL, err);
	if (status == SVC_OK && charging->seen)
		charging->seen(charging->context, fee->id);
	return status;
}

static struct wanted *wanted_item(const struct charging *charging, const char *item)
{
	for (size_t i = 0; i < charging->asked->item_count; i++)
		if (!charging->wanted[i].done && strcmp(charging->wanted[i].item, item) == 0)
			return &charging->wanted[i];
	return NULL;
}

/* With no item named, all of them. */
static int charge_quotes(struct charging *charging, struct svc_error *err)
{
	struct bill *bill = &charging->bill;
	size_t charged = 0;
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < bill->count; i++) {
		struct wanted *wanted = wanted_item(charging, fee_value(&bill->fees[i], "item"));
		if (!fee_is(&bill->fees[i], "approved") || (charging->asked->item_count && !wanted))
			continue;
		status = charge_quote(charging, &bill->fees[i], wanted, err);
		charged++;
	}
	if (status != SVC_OK || charged || charging->asked->item_count)
		return status;
	error_set(err, SVC_REFUSED, _("%s has no quote that the customer approved"), bill->values[FIELD_ID]);
	error_hint(err, _("name what is to be charged: svc fee charge %s --item ITEM"), bill->values[FIELD_ID]);
	return SVC_REFUSED;
}

/* ---- what the pack says ---- */

/* The items that no quote stands for, as the pack is asked for them; NULL: none. */
static const char *items_left(struct charging *charging)
{
	const char *list = NULL;
	for (size_t i = 0; i < charging->asked->item_count; i++) {
		const struct wanted *wanted = &charging->wanted[i];
		if (!wanted->done)
			list = arena_printf(&charging->bill.arena, "%s%s%s*%s", list ? list : "", list ? "," : "",
					    wanted->item, wanted->quantity);
	}
	return list;
}

static int refuse_incomplete(const struct charging *charging, struct svc_error *err)
{
	const struct svc_answer *answer = &charging->answer;
	char names[256] = "";
	for (size_t i = 0; i < answer->missing_count; i++)
		snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? ", " : "",
			 answer->missing[i]);
	error_set(err, SVC_INCOMPLETE, _("%s: not known for the fee: %s"), charging->bill.values[FIELD_ID], names);
	error_hint(err, _("give them as name=value"));
	return SVC_INCOMPLETE;
}

/* What the parts have cost us that were used for the ticket, where nobody has said it. */
static int put_parts_cost(struct charging *charging, struct svc_facts *facts, struct svc_error *err)
{
	svc_money sum = 0;
	if (gathered_value(&charging->facts, "parts_cost") ||
	    !svc_facts_place(charging->ruling.policy, "parts_cost", NULL))
		return SVC_OK;
	int status = bill_parts_cost(&charging->bill, &sum, err);
	if (status != SVC_OK || !sum)
		return status;
	const char *cost = bill_amount(&charging->bill, sum);
	gather_fact(&charging->facts, &charging->bill.arena, "parts_cost", cost);
	return svc_facts_set(facts, "parts_cost", cost, err);
}

/* Asked twice: once as it is kept, once to be told which rule priced which item. */
static int ask_twice(struct charging *charging, const char *items, struct svc_facts *facts, struct svc_error *err)
{
	struct ruling *ruling = &charging->ruling;
	int status = svc_facts_set(facts, "items", items, err);
	if (status == SVC_OK)
		status = put_parts_cost(charging, facts, err);
	if (status == SVC_OK)
		status = ruling_ask(ruling, SVC_ASK_FEE, facts, false, &charging->answer, err);
	if (status == SVC_OK && charging->answer.verdict == SVC_VERDICT_INCOMPLETE)
		return refuse_incomplete(charging, err);
	return status == SVC_OK ? svc_ask(ruling->policy, SVC_ASK_FEE, facts, true, &charging->told, err) : status;
}

/* The answer stays empty where no pack prices anything. */
static int ask_pack(struct charging *charging, const char *items, struct svc_error *err)
{
	const struct svc_charging *asked = charging->asked;
	struct bill *bill = &charging->bill;
	struct svc_facts *facts = NULL;
	struct inquiry inquiry;
	int status = ticket_inquiry(bill->desk, bill->ticket, bill->values, &charging->facts, &bill->arena, &inquiry,
				    err);
	for (size_t i = 0; i < asked->fact_count; i++)
		gather_fact(&charging->facts, &bill->arena, asked->facts[i].field, asked->facts[i].value);
	inquiry.ask = SVC_ASK_FEE;
	inquiry.facts = charging->facts.items;
	inquiry.fact_count = charging->facts.count;
	if (status == SVC_OK)
		status = ruling_open(bill->desk, &bill->desk->options, &inquiry, &charging->ruling.policy, &facts, err);
	if (status == SVC_OK && facts && svc_policy_answers(charging->ruling.policy, SVC_ASK_FEE))
		status = ask_twice(charging, items, facts, err);
	svc_facts_free(facts);
	return status;
}

/* ---- lines ---- */

static const char *money_text(struct charging *charging, svc_money amount)
{
	char text[32];
	if (amount == SVC_MONEY_NONE)
		return NULL;
	svc_money_format(amount, charging->answer.currency_digits, text);
	return arena_strdup(&charging->bill.arena, text);
}

/* The rule that priced an item. */
static const struct svc_step *rule_of(const struct charging *charging, const char *item)
{
	for (size_t i = 0; i < charging->told.tried_count; i++) {
		const struct svc_step *step = &charging->told.tried[i];
		if (step->holds == SVC_TRUE && step->about && strcmp(step->about, item) == 0)
			return step;
	}
	return NULL;
}

/* "list 20.00, card_price 15.00": between what the pack's price was the least. */
static const char *lists_of(struct charging *charging, const struct svc_step *step)
{
	struct arena *arena = &charging->bill.arena;
	for (size_t i = 0; step && i < step->sum_count; i++) {
		const struct svc_step_sum *sum = &step->sums[i];
		const char *text = NULL;
		if (strcmp(sum->how, "least") != 0 || sum->of_count < 2)
			continue;
		for (size_t k = 0; k < sum->of_count; k++)
			text = arena_printf(arena, "%s%s%s %s", text ? text : "", text ? ", " : "",
					    sum->of[k].fact ? sum->of[k].fact : "list",
					    sum->of[k].value ? sum->of[k].value : "-");
		return text;
	}
	return NULL;
}

static struct wanted *wanted_line(const struct charging *charging, const char *item)
{
	struct wanted *wanted = wanted_item(charging, item);
	if (wanted)
		return wanted;
	const char *title = svc_policy_word_title(charging->ruling.policy, "items", item);
	return wanted_item(charging, title);
}

/* Another amount than the pack's, where it names who may. */
static int go_against(struct charging *charging, const struct line *line, const char *amount, struct svc_error *err)
{
	const char *by;
	if (!charging->asked->override) {
		error_set(err, SVC_REFUSED, _("%s costs %s by %s, not %s"), line->item, line->amount,
			  line->clause ? line->clause : "-", amount);
		error_hint(err, _("svc fee waive lets go of what is owed, with a reason"));
		return SVC_REFUSED;
	}
	int status = bill_permit(&charging->bill, "charge", &by, err);
	if (status == SVC_OK && !by)
		status = error_set(err, SVC_REFUSED, _("%s: the pack lets nobody go against it"),
				   charging->bill.values[FIELD_ID]);
	if (status == SVC_OK)
		status = bill_check(&charging->bill, "reason", charging->asked->override, &charging->reason, err);
	return status;
}

/* What was given where the line is the customer's is its amount, else what it costs us. */
static int settle(struct charging *charging, struct line *line, const char *given, struct svc_error *err)
{
	bool customer = strcmp(line->payer, "customer") == 0;
	if (!customer) {
		bool nothing = line->amount && strspn(line->amount, "0.") == strlen(line->amount);
		line->cost = given ? given : nothing ? NULL : line->amount;
		line->amount = line->unit_price = bill_amount(&charging->bill, 0);
		return SVC_OK;
	}
	if (!line->amount && !given)
		return no_amount(charging, line->item, err);
	if (line->amount && given && strcmp(line->amount, given) != 0) {
		int status = go_against(charging, line, given, err);
		if (status != SVC_OK)
			return status;
	}
	line->amount = given ? given : line->amount;
	return SVC_OK;
}

static int write_line(struct charging *charging, const struct line *line, struct svc_error *err)
{
	struct bill *bill = &charging->bill;
	bool nothing = strspn(line->amount, "0.") == strlen(line->amount);
	struct svc_assignment values[] = {
		{"ticket", bill->values[FIELD_ID]},
		{"item", line->item},
		{"state", nothing ? "free" : "charged"},
		{"quantity", line->quantity},
		{"unit_price", line->unit_price ? line->unit_price : ""},
		{"amount", line->amount},
		{"payer", line->payer},
		{"basis", line->basis ? line->basis : ""},
		{"clause", line->clause ? line->clause : ""},
		{"cost", line->cost ? line->cost : ""},
		{"reason", charging->reason ? charging->reason : ""},
		{"note", line->note ? line->note : ""},
	};
	static const char *const may_set[] = {"state", NULL};
	struct change change = {.kind = SVC_FEE};
	struct record_adding adding = {.change = &change, .verb = "charged", .occurred = charging->at};
	char moment[32];
	int status = values_fill(bill->desk, values, sizeof values / sizeof *values, may_set, &bill->arena, &change,
				 err);
	svc_time_format(charging->at, NULL, moment);
	change_set(&change, "charged", moment);
	if (status == SVC_OK)
		status = record_add(bill->desk, &adding, &bill->arena, err);
	if (status == SVC_OK && charging->seen)
		charging->seen(charging->context, adding.id);
	return status;
}

static const char *known_fact(const struct charging *charging, const char *name)
{
	return gathered_value(&charging->facts, name);
}

static int charge_line(struct charging *charging, const struct svc_line *answered, struct svc_error *err)
{
	const struct svc_step *step = rule_of(charging, answered->item);
	struct wanted *wanted = wanted_line(charging, answered->item);
	struct line line = {
		.item = answered->item,
		.quantity = arena_printf(&charging->bill.arena, "%lld", (long long)answered->quantity),
		.unit_price = money_text(charging, answered->unit_price),
		.amount = money_text(charging, answered->amount),
		.payer = svc_payer_id(answered->payer),
		.basis = svc_basis_id(answered->basis),
		.clause = step                            ? step->clause
			  : charging->answer.clause_count ? charging->answer.clauses[0]
							  : NULL,
		.note = lists_of(charging, step),
	};
	if (wanted)
		wanted->done = true;
	int status = settle(charging, &line, wanted ? wanted->amount : NULL, err);
	if (status == SVC_OK && !line.cost && strcmp(line.item, "parts") == 0)
		line.cost = known_fact(charging, "parts_cost");
	return status == SVC_OK ? write_line(charging, &line, err) : status;
}

/* The parts whose cost is known come along without being named, once. */
static int charge_parts(struct charging *charging, struct svc_error *err)
{
	const struct svc_answer *answer = &charging->answer;
	const struct svc_share *share = &answer->parts_share;
	if (!known_fact(charging, "parts_cost") || !share->payer || bill_has_parts(&charging->bill))
		return SVC_OK;
	for (size_t i = 0; i < answer->line_count; i++)
		if (strcmp(answer->lines[i].item, "parts") == 0)
			return SVC_OK;
	struct svc_line line = {"parts", 1, share->amount, share->amount, share->payer, share->basis};
	return charge_line(charging, &line, err);
}

/* An item that the pack has no line for is charged at what a person said, unless the pack knows it under another. */
static int charge_rest(struct charging *charging, struct svc_error *err)
{
	bool refers = !charging->answer.memory || charging->answer.verdict == SVC_REFER;
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < charging->asked->item_count; i++) {
		struct wanted *wanted = &charging->wanted[i];
		struct line line = {.item = wanted->item,
				    .quantity = wanted->quantity,
				    .amount = wanted->amount,
				    .payer = svc_payer_id(SVC_CUSTOMER_PAYS),
				    .basis = svc_basis_id(SVC_QUOTE)};
		if (wanted->done || (!refers && !wanted->amount))
			continue;
		if (!refers)
			return error_set(err, SVC_BAD_INPUT, _("%s has no line of its own"), wanted->item);
		status = wanted->amount ? write_line(charging, &line, err) : no_amount(charging, wanted->item, err);
	}
	return status;
}

/* ---- all of it ---- */

/* The ticket's own event, which the decision is kept with. */
static int keep_decision(struct charging *charging, const char *items, struct svc_error *err)
{
	struct bill *bill = &charging->bill;
	struct change change = {.kind = SVC_TICKET, .decides = svc_ask_name(SVC_ASK_FEE)};
	struct gathered_facts given = {0};
	struct happening happening = {.verb = "charged", .occurred = charging->at, .passing = true};
	int64_t event = 0;
	for (size_t i = 0; i < charging->asked->fact_count; i++)
		gather_fact(&given, &bill->arena, charging->asked->facts[i].field, charging->asked->facts[i].value);
	gather_fact(&given, &bill->arena, "items", items);
	if (charging->reason)
		gather_fact(&given, &bill->arena, "override", charging->reason);
	happening.facts = given.items;
	happening.fact_count = given.count;
	int status = record_change(bill->desk, bill->ticket, &happening, &change, &bill->arena, &event, err);
	return status == SVC_OK
		       ? ruling_keep(bill->desk, bill->ticket, event, &charging->ruling, &charging->answer, err)
		       : status;
}

static int charge_items(struct charging *charging, struct svc_error *err)
{
	const char *items = items_left(charging);
	if (!items)
		return SVC_OK;
	int status = ask_pack(charging, items, err);
	for (size_t i = 0; status == SVC_OK && i < charging->answer.line_count; i++)
		status = charge_line(charging, &charging->answer.lines[i], err);
	if (status == SVC_OK)
		status = charge_parts(charging, err);
	if (status == SVC_OK)
		status = charge_rest(charging, err);
	return status == SVC_OK && charging->answer.memory ? keep_decision(charging, items, err) : status;
}

static int charge(struct charging *charging, struct svc_error *err)
{
	const char *const *values = charging->bill.values;
	if (strcmp(values[field_find(SVC_TICKET, "state")], "closed") == 0)
		return error_set(err, SVC_REFUSED, _("%s is closed already"), values[FIELD_ID]);
	int status = bill_moment(charging->bill.desk, &charging->at, err);
	if (status == SVC_OK)
		status = read_all_wanted(charging, err);
	if (status == SVC_OK)
		status = charge_quotes(charging, err);
	return status == SVC_OK ? charge_items(charging, err) : status;
}

int svc_fee_charge(struct svc_desk *desk, const struct svc_charging *asked, svc_fee_seen seen, void *context,
		   struct svc_error *err)
{
	struct charging charging = {
		.asked = asked, .at = asked->at, .ruling.keep = true, .seen = seen, .context = context};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = bill_open(&charging.bill, desk, asked->ticket, err);
	if (status == SVC_OK)
		status = charge(&charging, err);
	svc_answer_release(&charging.told);
	svc_answer_release(&charging.answer);
	ruling_release(&charging.ruling, true);
	bill_release(&charging.bill);
	return status;
}
