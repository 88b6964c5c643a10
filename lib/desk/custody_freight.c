/* Freight of what travels: who pays it by the pack, and what one side owes the other for it. */
#include "custody.h"

#include "base/error.h"
#include "store/record.h"
#include "values.h"

#include <string.h>

static bool is(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

const char *name_list(const char *const *names, size_t count, struct arena *arena)
{
	const char *list = "";
	for (size_t i = 0; i < count; i++)
		list = arena_printf(arena, "%s%s%s", list, i ? ", " : "", names[i]);
	return list;
}

const char *custody_want(const char *ticket_kind)
{
	return is(ticket_kind, "exchange") ? "exchange"
	       : is(ticket_kind, "return") ? "refund"
	       : is(ticket_kind, "repair") ? "repair"
					   : NULL;
}

/* ---- the way it goes ---- */

enum way { WAY_OURS, WAY_IN, WAY_OUT }; /* ours: between us and others than the customer */

static enum way way_of(const struct custody *custody)
{
	if (is(custody_value(custody, "kind"), "loaner"))
		return WAY_OURS;
	if (custody->act == SVC_CUSTODY_SHIP && is(custody_value(custody, "holder"), HOLDER_CUSTOMER))
		return WAY_OUT;
	const char *holder = goods_value(custody->values, "holder");
	bool came = !holder || is(holder, HOLDER_CUSTOMER);
	return custody->act == SVC_CUSTODY_RECEIVE && came ? WAY_IN : WAY_OURS;
}

static const char *step_sets(const struct custody *custody, const char *field)
{
	return custody->change.set[field_find(SVC_GOODS, field)];
}

static bool travels(const struct custody *custody)
{
	return step_sets(custody, "freight") || step_sets(custody, "carrier") || step_sets(custody, "tracking");
}

/* An exchange or a refund has settled both ways when it was granted. */
static bool is_settled(const struct custody *custody, enum way way)
{
	const char *state = goods_value(custody->values, "state");
	bool replacement = is(goods_value(custody->values, "kind"), "exchange");
	if (!goods_value(custody->values, "freight_payer"))
		return false;
	return (way == WAY_IN && is(state, "expected")) || (way == WAY_OUT && replacement);
}

/* ---- what the pack says ---- */

static int ask(struct custody *custody, struct svc_error *err)
{
	const struct svc_custody_step *step = custody->step;
	struct gathered_facts facts = {0};
	const char *want = custody_want(custody->ticket_values[field_find(SVC_TICKET, "kind")]);
	int status = ticket_said(custody->desk, custody->ticket, "facts", &facts, &custody->arena, err);
	if (want && !gathered_value(&facts, "want"))
		gather_fact(&facts, &custody->arena, "want", want);
	for (size_t i = 0; i < step->fact_count; i++)
		gather_fact(&facts, &custody->arena, step->facts[i].field, step->facts[i].value);
	custody->freight.ruling.keep = true;
	return status == SVC_OK ? ticket_ask(custody->desk, custody->ticket, SVC_ASK_FREIGHT, facts.items, facts.count,
					     &custody->freight.ruling, &custody->freight.answer, &custody->arena, err)
				: status;
}

static int refuse_unknown(struct custody *custody, struct svc_error *err)
{
	const struct svc_answer *answer = &custody->freight.answer;
	error_set(err, SVC_INCOMPLETE, _("%s: not known who pays the freight: %s"), custody->ticket_values[FIELD_ID],
		  name_list(answer->missing, answer->missing_count, &custody->arena));
	error_hint(err, _("give them as name=value"));
	return SVC_INCOMPLETE;
}

static int refuse_payer(const struct custody *custody, enum svc_payer payer, struct svc_error *err)
{
	const struct svc_answer *answer = &custody->freight.answer;
	error_set(err, SVC_REFUSED, _("%s: the freight is for the %s to pay by %s"), custody->ticket_values[FIELD_ID],
		  payer == SVC_COMPANY_PAYS ? _("company") : _("customer"),
		  answer->clause_count ? answer->clauses[0] : "-");
	error_field(err, "freight_payer");
	return SVC_REFUSED;
}

/* What the pack leaves open is as it was said. */
static int take_answer(struct custody *custody, enum way way, struct svc_error *err)
{
	const struct svc_answer *answer = &custody->freight.answer;
	enum svc_payer pays = way == WAY_IN ? answer->freight_in : answer->freight_out;
	const char *payer = svc_payer_id(pays), *given = step_sets(custody, "freight_payer");
	if (pays == SVC_PAYER_UNSET) {
		bool needed = step_sets(custody, "freight") && !given && answer->verdict == SVC_VERDICT_INCOMPLETE;
		int status = needed ? refuse_unknown(custody, err) : SVC_OK;
		custody_freight_release(custody);
		return status;
	}
	if (given && !is(payer, given))
		return refuse_payer(custody, pays, err);
	change_set(&custody->change, "freight_payer", payer);
	return SVC_OK;
}

/* What was said of the way before does not hold for the next one. */
static void forget_way(struct custody *custody, bool settled)
{
	static const char *const fields[] = {"carrier", "tracking", "freight", "due", "freight_payer"};
	bool goes = custody->act == SVC_CUSTODY_SHIP || custody->act == SVC_CUSTODY_RECEIVE;
	for (size_t i = 0; goes && i < sizeof fields / sizeof *fields - settled; i++)
		if (goods_value(custody->values, fields[i]) && !step_sets(custody, fields[i]))
			change_set(&custody->change, fields[i], NULL);
}

int custody_freight_decide(struct custody *custody, struct svc_error *err)
{
	enum way way = way_of(custody);
	bool customer_sends = way == WAY_IN;
	forget_way(custody, is_settled(custody, way));
	if (!travels(custody))
		return SVC_OK;
	custody->freight.paid_by = customer_sends != custody->step->collect ? "customer" : "company";
	if (way == WAY_OURS || is_settled(custody, way))
		return SVC_OK;
	int status = ask(custody, err);
	return status == SVC_OK && custody->freight.ruling.policy ? take_answer(custody, way, err) : status;
}

/* ---- what is owed for it ---- */

int fee_line_add(struct svc_desk *desk, const char *ticket, const struct fee_line *line, struct arena *arena,
		 struct svc_error *err)
{
	struct change change = {.kind = SVC_FEE};
	struct record_adding adding = {
		.change = &change, .verb = line->amount ? "charged" : "quoted", .occurred = SVC_TIME_NONE};
	const struct svc_assignment values[] = {
		{"ticket", ticket},           {"item", line->item},     {"state", adding.verb}, {"quantity", "1"},
		{"unit_price", line->amount}, {"amount", line->amount}, {"payer", line->payer}, {"basis", line->basis},
		{"clause", line->clause},     {"reason", line->reason}};
	static const char *const may_set[] = {"state", NULL};
	size_t count = 0;
	struct svc_assignment said[sizeof values / sizeof *values];
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (values[i].value)
			said[count++] = values[i];
	int status = values_fill(desk, said, count, may_set, arena, &change, err);
	return status == SVC_OK ? record_add(desk, &adding, arena, err) : status;
}

/* Who has paid the carrier is not always who bears it. */
static int charge(struct custody *custody, struct svc_error *err)
{
	const char *amount = step_sets(custody, "freight"), *payer = custody_value(custody, "freight_payer");
	const struct svc_answer *answer = &custody->freight.answer;
	bool decided = custody->freight.ruling.policy && answer->clause_count;
	if (!custody->freight.paid_by || !amount || !payer || is(payer, custody->freight.paid_by) ||
	    strspn(amount, "0.") == strlen(amount))
		return SVC_OK;
	struct fee_line line = {.item = "freight",
				.amount = amount,
				.payer = payer,
				.basis = is(payer, "company") ? "refund" : "cost",
				.clause = decided ? answer->clauses[0] : NULL,
				.reason = custody->values[FIELD_ID]};
	return fee_line_add(custody->desk, custody->ticket_values[FIELD_ID], &line, &custody->arena, err);
}

int custody_freight_write(struct custody *custody, struct svc_error *err)
{
	const struct svc_custody_step *step = custody->step;
	struct svc_assignment mark = {arena_printf(&custody->arena, "freight.%s", custody->values[FIELD_ID]),
				      custody_value(custody, "freight_payer")};
	struct change change = {
		.kind = SVC_TICKET, .decides = svc_ask_name(SVC_ASK_FREIGHT), .marks = &mark, .mark_count = 1};
	struct happening happening = {.verb = "freight_decided",
				      .occurred = SVC_TIME_NONE,
				      .facts = step->facts,
				      .fact_count = step->event ? 0 : step->fact_count};
	int64_t event = 0;
	int status = SVC_OK;
	if (custody->freight.ruling.policy) {
		status = record_change(custody->desk, custody->ticket, &happening, &change, &custody->arena, &event,
				       err);
		if (status == SVC_OK)
			status = ruling_keep(custody->desk, custody->ticket, event, &custody->freight.ruling,
					     &custody->freight.answer, err);
	}
	return status == SVC_OK ? charge(custody, err) : status;
}

void custody_freight_release(struct custody *custody)
{
	svc_answer_release(&custody->freight.answer);
	custody->freight.answer = (struct svc_answer){0};
	ruling_release(&custody->freight.ruling, true);
}
