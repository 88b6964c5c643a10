/* An exchange or a refund is carried out: the ticket, the units and the goods. */
#include "exchange.h"

#include "base/error.h"
#include "store/record.h"
#include "values.h"

#include <string.h>

static bool is(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

static const char *ticket_value(const struct granting *granting, const char *field)
{
	return granting->ticket[field_find(SVC_TICKET, field)];
}

static const char *unit_value(const char *const *values, const char *field)
{
	return values[field_find(SVC_UNIT, field)];
}

static bool is_exchange(const struct granting *granting)
{
	return granting->grant->want == SVC_EXCHANGE;
}

/* ---- before ---- */

static int check_ticket(struct granting *granting, struct svc_error *err)
{
	struct gathered_facts marks = {0};
	if (!is(ticket_value(granting, "state"), "open"))
		return error_set(err, SVC_REFUSED, _("%s is closed already"), granting->ticket[FIELD_ID]);
	int status = ticket_said(granting->desk, granting->grant->ticket, "marks", &marks, &granting->arena, err);
	const char *granted = gathered_value(&marks, "granted");
	if (status != SVC_OK || !granted)
		return status;
	return error_set(err, SVC_REFUSED, _("%s: the %s is granted already"), granting->ticket[FIELD_ID],
			 grant_title(is(granted, "exchange") ? SVC_EXCHANGE : SVC_REFUND));
}

static int read_all(struct granting *granting, struct svc_error *err)
{
	struct svc_desk *desk = granting->desk;
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, granting->grant->ticket, &granting->arena,
				     granting->ticket, err);
	if (status == SVC_OK)
		status = check_ticket(granting, err);
	const char *unit = status == SVC_OK ? ticket_value(granting, "unit") : NULL;
	return unit ? record_read(desk->store, SVC_UNIT, record_number(SVC_UNIT, unit), &granting->arena,
				  granting->unit, err)
		    : status;
}

/* ---- the replacement ---- */

/* What nothing was wrong with is exchanged as a favour, and no time begins anew. */
static bool without_fault(const struct granting *granting)
{
	return is(granted_fact(granting, "fault"), "none") || is(granted_fact(granting, "cause"), "none");
}

static void inherit(const struct granting *granting, const char *const *own, struct change *change)
{
	static const char *const fields[] = {"product",      "model",      "brand",    "customer", "policy",
					     "shipment",     "purchase",   "invoice",  "payment",  "delivery",
					     "installation", "acceptance", "handover", "sold_as",  "sold_via",
					     "bought_from",  "owner",      "price"};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		int place = field_find(SVC_UNIT, fields[i]);
		if (!change->touched[place] && !own[place] && granting->unit[place])
			change_set(change, fields[i], granting->unit[place]);
	}
	if (!change->set[field_find(SVC_UNIT, "customer")] && !unit_value(own, "customer"))
		change_set(change, "customer", ticket_value(granting, "customer"));
}

static int set_line(struct granting *granting, const char *const *own, struct change *change, struct svc_error *err)
{
	svc_date today;
	char text[16];
	int status = value_day(granting->desk, value_moment(granting->desk->options.now, &granting->arena), &today,
			       err);
	inherit(granting, own, change);
	change_set(change, "replaces", granting->unit[FIELD_ID]);
	svc_date_format(today, text);
	if (!without_fault(granting))
		change_set(change, "replacement", arena_strdup(&granting->arena, text));
	return status;
}

/* One from stock may be registered already, but not to somebody else. */
static int check_free(const struct granting *granting, const char *const *own, struct svc_error *err)
{
	const char *customer = unit_value(own, "customer"), *ours = unit_value(granting->unit, "customer");
	if (is(own[FIELD_ID], granting->unit[FIELD_ID] ? granting->unit[FIELD_ID] : "") ||
	    (customer && !is(customer, ours ? ours : "")))
		return error_set(err, SVC_REFUSED, _("%s can't replace it: it is in use"), own[FIELD_ID]);
	return SVC_OK;
}

static int find_stock(struct granting *granting, const char *serial, int64_t *id, struct svc_error *err)
{
	size_t found = 0;
	*id = record_number(SVC_UNIT, serial);
	if (*id)
		return svc_find(granting->desk, SVC_UNIT, serial, id, err);
	int64_t ids[2];
	int status = record_find(granting->desk->store, SVC_UNIT, field_find(SVC_UNIT, "serial"), serial, FIELD_NONE,
				 NULL, ids, 2, &found, err);
	if (status == SVC_OK && found == 1)
		*id = ids[0];
	return status == SVC_OK && found > 1 ? svc_find(granting->desk, SVC_UNIT, serial, id, err) : status;
}

static int write_stock(struct granting *granting, int64_t id, struct change *change, struct svc_error *err)
{
	struct happening happening = {.verb = "given_for", .occurred = SVC_TIME_NONE};
	const char *own[FIELD_LIMIT] = {0};
	int status = record_read(granting->desk->store, SVC_UNIT, id, &granting->arena, own, err);
	if (status == SVC_OK)
		status = check_free(granting, own, err);
	change->touched[field_find(SVC_UNIT, "serial")] = false; /* it may have been named by its number */
	if (status == SVC_OK)
		status = set_line(granting, own, change, err);
	granting->replacement = own[FIELD_ID];
	return status == SVC_OK ? record_change(granting->desk, id, &happening, change, &granting->arena, NULL, err)
				: status;
}

static int write_replacement(struct granting *granting, struct svc_error *err)
{
	static const char *const none[FIELD_LIMIT];
	const struct svc_grant *grant = granting->grant;
	struct change change = {.kind = SVC_UNIT};
	struct record_adding adding = {.change = &change, .occurred = SVC_TIME_NONE};
	int64_t id = 0;
	char label[24];
	int status = values_fill(granting->desk, grant->unit, grant->unit_count, NULL, &granting->arena, &change, err);
	const char *serial = change.set[field_find(SVC_UNIT, "serial")];
	if (status == SVC_OK && !serial)
		return error_set(err, SVC_USAGE, _("an exchange needs the serial number of the replacement"));
	if (status == SVC_OK)
		status = find_stock(granting, serial, &id, err);
	if (status == SVC_OK && id)
		return write_stock(granting, id, &change, err);
	if (status == SVC_OK)
		status = set_line(granting, none, &change, err);
	if (status == SVC_OK)
		status = record_add(granting->desk, &adding, &granting->arena, err);
	record_label(label, SVC_UNIT, adding.id);
	granting->replacement = arena_strdup(&granting->arena, label);
	return status;
}

/* ---- the ticket and the old unit ---- */

/* Those that have a value. */
static size_t said(const struct svc_assignment *all, size_t count, struct svc_assignment *out)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (all[i].value && *all[i].value)
			out[kept++] = all[i];
	return kept;
}

/* What is to be read in the ticket's notes, each on a line. */
static const char *reasons(struct granting *granting)
{
	const struct svc_grant *grant = granting->grant;
	const char *const all[] = {grant->text, grant->override, grant->without_return};
	const char *text = "";
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i] && *all[i])
			text = arena_printf(&granting->arena, "%s%s%s", text, *text ? "\n" : "", all[i]);
	return text;
}

static int write_ticket(struct granting *granting, struct svc_error *err)
{
	const struct svc_grant *grant = granting->grant;
	const struct svc_assignment all[] = {{"granted", grant_word(granting)},
					     {"replacement", granting->replacement},
					     {"without_return", grant->without_return},
					     {"override", grant->override}};
	struct svc_assignment marks[4];
	struct change change = {.kind = SVC_TICKET, .marks = marks, .mark_count = said(all, 4, marks)};
	struct gathered_facts facts = {0};
	struct happening happening = {.verb = is_exchange(granting) ? "exchange_granted" : "refund_granted",
				      .occurred = SVC_TIME_NONE};
	int64_t event = 0;
	for (size_t i = 0; i < grant->fact_count; i++)
		gather_fact(&facts, &granting->arena, grant->facts[i].field, grant->facts[i].value);
	if (granting->decided)
		gather_fact(&facts, &granting->arena, "want", grant_word(granting));
	happening.facts = facts.items;
	happening.fact_count = facts.count;
	change_set(&change, "outcome", is_exchange(granting) ? "exchanged" : "refunded");
	if (granting->decided) {
		change.decides = svc_ask_name(granting->answer.ask);
		change_set(&change, "policy", svc_policy_id(granting->ruling.policy));
	}
	int status = ticket_line(granting->desk, reasons(granting), ticket_value(granting, "note"), &granting->arena,
				 &change.line, err);
	if (status == SVC_OK)
		status = record_change(granting->desk, grant->ticket, &happening, &change, &granting->arena, &event,
				       err);
	if (status == SVC_OK && granting->decided)
		status = ruling_keep(granting->desk, grant->ticket, event, &granting->ruling, &granting->answer, err);
	return status;
}

/* The old unit's own story tells what became of it. */
static int write_old(struct granting *granting, struct svc_error *err)
{
	const char *unit = granting->unit[FIELD_ID];
	struct svc_assignment marks[] = {{"ticket", granting->ticket[FIELD_ID]}, {"by", granting->replacement}};
	struct change change = {.kind = SVC_UNIT, .marks = marks, .mark_count = is_exchange(granting) ? 2 : 1};
	struct happening happening = {.verb = is_exchange(granting) ? "replaced" : "refunded",
				      .occurred = SVC_TIME_NONE};
	if (!unit)
		return SVC_OK;
	return record_change(granting->desk, record_number(SVC_UNIT, unit), &happening, &change, &granting->arena, NULL,
			     err);
}

/* ---- the goods ---- */

static const char *payer_of(const struct granting *granting, enum svc_payer payer)
{
	return granting->decided && payer != SVC_PAYER_UNSET ? svc_payer_id(payer) : NULL;
}

static int give_replacement(struct granting *granting, struct svc_error *err)
{
	const struct svc_assignment all[] = {{"kind", "exchange"},
					     {"freight_payer", payer_of(granting, granting->answer.freight_out)}};
	struct svc_assignment fields[2];
	struct svc_custody_step step = {.fields = fields, .field_count = said(all, 2, fields), .at = SVC_TIME_NONE};
	int64_t goods;
	return svc_custody_take(granting->desk, SVC_CUSTODY_RECEIVE, granting->grant->ticket, granting->replacement,
				&step, &goods, err);
}

static int see_held(void *context, int64_t id, const char **values)
{
	const char *state = goods_value(values, "state");
	(void)id;
	*(bool *)context = is(state, "held") || is(state, "away") || is(state, "expected");
	return *(bool *)context;
}

/* It comes back unless it is here, or stays with the customer. */
static int expect_old(struct granting *granting, struct svc_error *err)
{
	const struct svc_grant *grant = granting->grant;
	const char *unit = granting->unit[FIELD_ID];
	bool held = false;
	struct record_match matches[] = {{.field = field_find(SVC_GOODS, "unit"), .from = unit, .to = unit},
					 {.field = field_find(SVC_GOODS, "ticket"),
					  .from = granting->ticket[FIELD_ID],
					  .to = granting->ticket[FIELD_ID]}};
	struct record_query query = {.matches = matches, .match_count = 2};
	const struct svc_assignment all[] = {{"freight_payer", payer_of(granting, granting->answer.freight_in)},
					     {"due", grant->due}};
	struct svc_assignment fields[2];
	struct svc_custody_step step = {.fields = fields, .field_count = said(all, 2, fields), .at = SVC_TIME_NONE};
	int64_t goods;
	if (!unit || grant->without_return)
		return SVC_OK;
	int status = record_list(granting->desk->store, SVC_GOODS, &query, see_held, &held, err);
	if (status != SVC_OK || held)
		return status;
	return svc_custody_take(granting->desk, SVC_CUSTODY_EXPECT, grant->ticket, unit, &step, &goods, err);
}

/* ---- all of it ---- */

static int grant_all(struct granting *granting, struct svc_error *err)
{
	int status = read_all(granting, err);
	if (status == SVC_OK)
		status = grant_decide(granting, err);
	if (status == SVC_OK)
		status = grant_check_money(granting, err);
	if (status == SVC_OK && is_exchange(granting))
		status = write_replacement(granting, err);
	if (status == SVC_OK)
		status = write_ticket(granting, err);
	if (status == SVC_OK)
		status = write_old(granting, err);
	if (status == SVC_OK && is_exchange(granting))
		status = give_replacement(granting, err);
	if (status == SVC_OK)
		status = expect_old(granting, err);
	return status == SVC_OK ? grant_write_money(granting, err) : status;
}

int svc_exchange_grant(struct svc_desk *desk, const struct svc_grant *grant, struct svc_answer *answer,
		       struct svc_policy **policy, struct svc_error *err)
{
	struct granting granting = {.desk = desk, .grant = grant};
	int status = grant_all(&granting, err);
	bool hand = status == SVC_OK && granting.decided && answer && policy;
	if (answer)
		*answer = hand ? granting.answer : (struct svc_answer){.verdict = SVC_VERDICT_NONE_YET};
	if (policy)
		*policy = hand ? granting.ruling.policy : NULL;
	if (!hand)
		svc_answer_release(&granting.answer);
	svc_facts_free(granting.facts);
	ruling_release(&granting.ruling, !hand);
	arena_release(&granting.arena);
	return status;
}
