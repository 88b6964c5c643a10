/* What a repair will cost, line by line, and the customer's answer to it. */
#include "base/error.h"
#include "bill.h"
#include "ruling.h"
#include "store/record.h"
#include "svc/repair.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

/* ---- a quote ---- */

struct quoting {
	struct svc_desk *desk;
	const struct svc_quote *quote;
	struct arena arena;
	const char *ticket; /* its number */
	struct gathered_facts given; /* of the event: what was asked */
	struct ruling ruling;
	struct svc_facts *facts;
	struct svc_answer answer, one; /* on all lines; on one of them, for its clause */
	struct bill before;
	svc_fee_seen seen;
	void *context;
};

/* One fee as it is to be written. */
struct fee_line {
	const char *item, *quantity, *unit_price, *amount, *payer, *basis, *clause;
};

static int bad_line(const struct svc_quote_line *line, const char *reason, struct svc_error *err)
{
	error_set(err, SVC_BAD_INPUT, "line: %s: %.60s", reason, line->item);
	error_field(err, "line");
	return SVC_BAD_INPUT;
}

/* Commas and stars part the lines in the fact `items`. */
static int check_line(const struct svc_quote_line *line, struct svc_error *err)
{
	enum { MOST_DIGITS = 6 };
	const char *quantity = line->quantity ? line->quantity : "1";
	const char *fault = value_text_fault(line->item, false);
	size_t digits = strspn(quantity, "0123456789");
	if (fault)
		return bad_line(line, fault, err);
	if (!*line->item || strpbrk(line->item, ",*[]{}\""))
		return bad_line(line, _("not the name of an item"), err);
	if (!digits || quantity[digits] || digits > MOST_DIGITS || strtol(quantity, NULL, 10) < 1)
		return bad_line(line, _("the quantity is no whole number from 1 on"), err);
	return SVC_OK;
}

static const char *as_item(struct quoting *quoting, const struct svc_quote_line *line)
{
	return line->quantity ? arena_printf(&quoting->arena, "%s*%s", line->item, line->quantity) : line->item;
}

static int check_amount(struct quoting *quoting, const char *amount, struct svc_error *err)
{
	struct bill money = {.desk = quoting->desk};
	int status = bill_check(&money, "amount", amount, &amount, err);
	bill_release(&money);
	return status;
}

static int gather_items(struct quoting *quoting, struct svc_error *err)
{
	const struct svc_quote *quote = quoting->quote;
	const char *items = "";
	int status = SVC_OK;
	for (size_t i = 0; i < quote->fact_count; i++)
		gather_fact(&quoting->given, &quoting->arena, quote->facts[i].field, quote->facts[i].value);
	for (size_t i = 0; status == SVC_OK && i < quote->line_count; i++) {
		status = check_line(&quote->lines[i], err);
		if (status == SVC_OK)
			status = check_amount(quoting, quote->lines[i].amount, err);
		items = arena_printf(&quoting->arena, "%s%s%s", items, i ? "," : "",
				     as_item(quoting, &quote->lines[i]));
	}
	gather_fact(&quoting->given, &quoting->arena, "items", items);
	return status;
}

/* The pack that answers for the ticket, if one has fees, and all that is known. */
static int open_pack(struct quoting *quoting, const char *const *values, struct svc_error *err)
{
	struct gathered_facts known = {0};
	struct inquiry inquiry;
	int status = ticket_inquiry(quoting->desk, quoting->quote->ticket, values, &known, &quoting->arena, &inquiry,
				    err);
	for (size_t i = 0; i + 1 < quoting->given.count; i++)
		gather_fact(&known, &quoting->arena, quoting->given.items[i].field, quoting->given.items[i].value);
	if (status != SVC_OK)
		return status;
	inquiry.ask = SVC_ASK_FEE;
	inquiry.facts = known.items;
	inquiry.fact_count = known.count;
	status = ruling_open(quoting->desk, &quoting->desk->options, &inquiry, &quoting->ruling.policy, &quoting->facts,
			     err);
	if (status == SVC_OK && quoting->ruling.policy && !svc_policy_answers(quoting->ruling.policy, SVC_ASK_FEE)) {
		svc_facts_free(quoting->facts);
		quoting->facts = NULL;
		ruling_release(&quoting->ruling, true);
	}
	return status;
}

static int name_missing(const struct quoting *quoting, struct svc_error *err)
{
	const struct svc_answer *answer = &quoting->answer;
	const char *list = "";
	for (size_t i = 0; i < answer->missing_count; i++)
		list = arena_printf((struct arena *)&quoting->arena, "%s%s%s", list, i ? ", " : "", answer->missing[i]);
	error_set(err, SVC_INCOMPLETE, _("%s: not known for the quote: %s"), quoting->ticket, list);
	error_hint(err, _("give them as name=value"));
	return SVC_INCOMPLETE;
}

static int ask_all(struct quoting *quoting, struct svc_error *err)
{
	const char *items = gathered_value(&quoting->given, "items");
	quoting->ruling.keep = true;
	int status = svc_facts_set(quoting->facts, "items", items, err);
	if (status == SVC_OK)
		status = ruling_ask(&quoting->ruling, SVC_ASK_FEE, quoting->facts, false, &quoting->answer, err);
	if (status == SVC_OK && quoting->answer.verdict == SVC_VERDICT_INCOMPLETE)
		status = name_missing(quoting, err);
	return status;
}

static const char *money_text(struct quoting *quoting, svc_money amount)
{
	char text[32];
	if (amount == SVC_MONEY_NONE)
		return NULL;
	svc_money_format(amount, quoting->answer.currency_digits, text);
	return arena_strdup(&quoting->arena, text);
}

/* An amount that was typed stands only where the pack states none. */
static int agree_amount(struct quoting *quoting, const struct svc_quote_line *line, struct fee_line *fee,
			struct svc_error *err)
{
	svc_money given, stated;
	int digits = quoting->answer.currency_digits;
	if (!line->amount || !fee->amount) {
		fee->amount = line->amount ? line->amount : fee->amount;
		return SVC_OK;
	}
	if (svc_money_parse(line->amount, digits, &given) && svc_money_parse(fee->amount, digits, &stated) &&
	    given == stated)
		return SVC_OK;
	error_set(err, SVC_REFUSED, _("%s: %s costs %s by %s, not %.40s"), quoting->ticket, fee->item, fee->amount,
		  fee->clause ? fee->clause : "-", line->amount);
	error_field(err, "line");
	return SVC_REFUSED;
}

static const struct svc_line *line_called(const struct svc_answer *answer, const char *item)
{
	for (size_t i = 0; i < answer->line_count; i++)
		if (strcmp(answer->lines[i].item, item) == 0)
			return &answer->lines[i];
	return NULL;
}

static void take_stated(struct quoting *quoting, const struct svc_line *line, struct fee_line *fee)
{
	fee->item = line->item;
	fee->quantity = arena_printf(&quoting->arena, "%lld", (long long)line->quantity);
	fee->unit_price = money_text(quoting, line->unit_price);
	fee->amount = money_text(quoting, line->amount);
	fee->payer = svc_payer_id(line->payer);
	fee->basis = svc_basis_id(line->basis);
}

/* What the pack says of one line: alone, it names the clause; among all, the amount. A line for which it has no rule is the desk's own. */
static int decide_line(struct quoting *quoting, const struct svc_quote_line *line, struct fee_line *fee,
		       struct svc_error *err)
{
	const char *payer = quoting->quote->payer;
	*fee = (struct fee_line){.item = line->item,
				 .quantity = line->quantity ? line->quantity : "1",
				 .payer = payer ? payer : "customer",
				 .basis = "quote"};
	if (quoting->facts) {
		struct ruling aside = {.policy = quoting->ruling.policy};
		int status = svc_facts_set(quoting->facts, "items", as_item(quoting, line), err);
		if (status == SVC_OK)
			status = ruling_ask(&aside, SVC_ASK_FEE, quoting->facts, false, &quoting->one, err);
		if (status != SVC_OK)
			return status;
		if (quoting->one.clause_count)
			fee->clause = arena_strdup(&quoting->arena, quoting->one.clauses[0]);
		const struct svc_line *stated = quoting->one.line_count
							? line_called(&quoting->answer, quoting->one.lines[0].item)
							: NULL;
		if (stated)
			take_stated(quoting, stated, fee);
	}
	return agree_amount(quoting, line, fee, err);
}

/* ---- writing a quote ---- */

static int void_line(struct quoting *quoting, int64_t id, struct svc_error *err)
{
	static const struct life_step step = {.kind = SVC_FEE, .verb = "void", .from = {"quoted"}, .to = "void"};
	return life_step(quoting->desk, &step, id, SVC_TIME_NONE, NULL, &quoting->arena, NULL, NULL, err);
}

static int write_fee(struct quoting *quoting, const struct fee_line *fee, struct svc_error *err)
{
	struct change change = {.kind = SVC_FEE};
	struct record_adding adding = {.change = &change, .verb = "quoted", .occurred = SVC_TIME_NONE};
	struct svc_assignment values[] = {{"ticket", quoting->ticket}, {"item", fee->item},
					  {"quantity", fee->quantity}, {"unit_price", fee->unit_price},
					  {"amount", fee->amount},     {"payer", fee->payer},
					  {"basis", fee->basis},       {"clause", fee->clause}};
	int status = values_fill(quoting->desk, values, sizeof values / sizeof *values, NULL, &quoting->arena, &change,
				 err);
	change_set(&change, "state", "quoted");
	for (size_t i = 0; status == SVC_OK && i < quoting->before.count; i++)
		if (fee_is(&quoting->before.fees[i], "quoted") &&
		    strcmp(fee_value(&quoting->before.fees[i], "item"), fee->item) == 0)
			status = void_line(quoting, quoting->before.fees[i].id, err);
	if (status == SVC_OK)
		status = record_add(quoting->desk, &adding, &quoting->arena, err);
	if (status == SVC_OK && quoting->seen)
		quoting->seen(quoting->context, adding.id);
	return status;
}

/* Lines that the pack charges as one are written once. */
static bool written(const struct fee_line *fees, size_t count, const char *item)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(fees[i].item, item) == 0)
			return true;
	return false;
}

static int write_lines(struct quoting *quoting, struct svc_error *err)
{
	const struct svc_quote *quote = quoting->quote;
	struct fee_line *fees = arena_alloc(&quoting->arena, (quote->line_count + 1) * sizeof *fees);
	size_t count = 0;
	int status = bill_open(&quoting->before, quoting->desk, quote->ticket, err);
	for (size_t i = 0; status == SVC_OK && i < quote->line_count; i++) {
		status = decide_line(quoting, &quote->lines[i], &fees[count], err);
		if (status == SVC_OK && !written(fees, count, fees[count].item))
			status = write_fee(quoting, &fees[count++], err);
	}
	return status;
}

/* What was asked and answered stands with the ticket, the lines with themselves. */
static int write_quote(struct quoting *quoting, struct svc_error *err)
{
	struct change change = {.kind = SVC_TICKET, .decides = quoting->facts ? svc_ask_name(SVC_ASK_FEE) : NULL};
	struct happening happening = {.verb = "quoted",
				      .occurred = SVC_TIME_NONE,
				      .facts = quoting->given.items,
				      .fact_count = quoting->given.count,
				      .passing = true};
	int64_t event = 0;
	int status = record_change(quoting->desk, quoting->quote->ticket, &happening, &change, &quoting->arena, &event,
				   err);
	if (status == SVC_OK && quoting->facts)
		status = ruling_keep(quoting->desk, quoting->quote->ticket, event, &quoting->ruling, &quoting->answer,
				     err);
	return status == SVC_OK ? write_lines(quoting, err) : status;
}

int svc_repair_quote(struct svc_desk *desk, const struct svc_quote *quote, svc_fee_seen seen, void *context,
		     struct svc_error *err)
{
	struct quoting quoting = {.desk = desk, .quote = quote, .seen = seen, .context = context};
	const char *values[FIELD_LIMIT] = {0};
	int status = ticket_open_at(desk, quote->ticket, SVC_TIME_NONE, &quoting.arena, values, err);
	quoting.ticket = values[FIELD_ID];
	if (status == SVC_OK && !quote->line_count)
		status = error_set(err, SVC_USAGE, _("a quote needs a line"));
	if (status == SVC_OK)
		status = gather_items(&quoting, err);
	if (status == SVC_OK)
		status = open_pack(&quoting, values, err);
	if (status == SVC_OK && quoting.facts)
		status = ask_all(&quoting, err);
	if (status == SVC_OK)
		status = write_quote(&quoting, err);
	bill_release(&quoting.before);
	svc_answer_release(&quoting.one);
	svc_answer_release(&quoting.answer);
	svc_facts_free(quoting.facts);
	ruling_release(&quoting.ruling, true);
	arena_release(&quoting.arena);
	return status;
}

/* ---- the customer's answer ---- */

static int check_known(const struct fee *line, const char *ticket, struct svc_error *err)
{
	if (fee_value(line, "amount") || !fee_of_customer(line))
		return SVC_OK;
	error_set(err, SVC_REFUSED, _("%s has no amount yet, so the customer can't approve it"),
		  line->values[FIELD_ID]);
	error_field(err, "amount");
	error_hint(err, _("svc repair quote %s --line %s=AMOUNT"), ticket, fee_value(line, "item"));
	return SVC_REFUSED;
}

/* Nobody answers before he is asked. */
static int check_asked(struct svc_desk *desk, const struct fee *line, svc_time at, struct svc_error *err)
{
	svc_time asked = SVC_TIME_NONE;
	int status = event_last(desk->store, SVC_FEE, line->id, &asked, err);
	if (status != SVC_OK || at == SVC_TIME_NONE || at >= asked)
		return status;
	error_set(err, SVC_BAD_INPUT, _("%s: this was before it was quoted"), line->values[FIELD_ID]);
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

static int answer_line(struct svc_desk *desk, const struct svc_reply *reply, const struct fee *line,
		       struct arena *arena, struct svc_error *err)
{
	static const struct life_step approved = {
		.kind = SVC_FEE, .verb = "approved", .from = {"quoted"}, .to = "approved"};
	static const struct life_step declined = {
		.kind = SVC_FEE, .verb = "declined", .from = {"quoted"}, .to = "declined"};
	struct svc_assignment by = {"by", reply->by};
	struct change change = {.kind = SVC_FEE, .marks = &by, .mark_count = reply->by ? 1 : 0};
	return life_step(desk, reply->approved ? &approved : &declined, line->id, reply->at, &change, arena, NULL, NULL,
			 err);
}

static int answer_lines(struct svc_desk *desk, const struct svc_reply *reply, const char *ticket, svc_fee_seen seen,
			void *context, struct svc_error *err)
{
	struct bill bill;
	size_t answered = 0;
	int status = bill_open(&bill, desk, reply->ticket, err);
	for (size_t i = 0; status == SVC_OK && i < bill.count; i++) {
		const struct fee *line = &bill.fees[i];
		if (!fee_is(line, "quoted"))
			continue;
		status = reply->approved ? check_known(line, ticket, err) : SVC_OK;
		if (status == SVC_OK)
			status = check_asked(desk, line, reply->at, err);
		if (status == SVC_OK)
			status = answer_line(desk, reply, line, &bill.arena, err);
		if (status == SVC_OK && seen)
			seen(context, line->id);
		answered++;
	}
	if (status == SVC_OK && !answered) {
		status = error_set(err, SVC_REFUSED, _("%s has no quote that waits for an answer"), ticket);
		error_hint(err, _("svc repair quote %s --line ITEM makes one"), ticket);
	}
	bill_release(&bill);
	return status;
}

static int check_by(const char *by, struct svc_error *err)
{
	const char *fault = by ? value_text_fault(by, false) : NULL;
	if (!fault)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, "by: %s", fault);
	error_field(err, "by");
	return SVC_BAD_INPUT;
}

int svc_repair_reply(struct svc_desk *desk, const struct svc_reply *reply, svc_fee_seen seen, void *context,
		     struct svc_error *err)
{
	struct arena arena = {0};
	const char *values[FIELD_LIMIT] = {0};
	const char *word = reply->approved ? "approved" : "declined";
	struct svc_assignment marks[] = {{"quote", word}, {"by", reply->by}};
	struct change change = {.kind = SVC_TICKET, .marks = marks, .mark_count = reply->by ? 2 : 1};
	struct telling telling = {.ticket = reply->ticket,
				  .verb = word,
				  .text = reply->text,
				  .at = reply->at,
				  .change = &change,
				  .facts = reply->facts,
				  .fact_count = reply->fact_count};
	int status = ticket_open_at(desk, reply->ticket, reply->at, &arena, values, err);
	if (status == SVC_OK)
		status = check_by(reply->by, err);
	if (status == SVC_OK)
		status = ticket_tell(desk, &telling, NULL, NULL, err);
	if (status == SVC_OK)
		status = answer_lines(desk, reply, values[FIELD_ID], seen, context, err);
	arena_release(&arena);
	return status;
}
