/* The repair itself: what was found, the work, its quality check, what came of it. */
#include "svc/repair.h"

#include "base/error.h"
#include "bill.h"
#include "ruling.h"
#include "store/record.h"
#include "svc/stage.h"
#include "values.h"
#include "writing.h"

#include <string.h>

#define QUALITY "quality_pass" /* the fact on which the way out of a quality check hangs */
#define CHECKED "quality" /* the mark of the last check: pass or fail */

static const char *value_at(const char *const *values, const char *field)
{
	return values[field_find(SVC_TICKET, field)];
}

int svc_repair_diagnose(struct svc_desk *desk, int64_t ticket, const char *text, const struct svc_assignment *facts,
			size_t fact_count, struct svc_answer *answer, struct svc_policy **policy, struct svc_error *err)
{
	struct arena arena = {0};
	const char *values[FIELD_LIMIT] = {0};
	struct telling telling = {.ticket = ticket,
				  .verb = "diagnosed",
				  .text = text,
				  .at = SVC_TIME_NONE,
				  .facts = facts,
				  .fact_count = fact_count};
	if (answer)
		*answer = (struct svc_answer){.verdict = SVC_VERDICT_NONE_YET};
	if (policy)
		*policy = NULL;
	int status = ticket_open_at(desk, ticket, SVC_TIME_NONE, &arena, values, err);
	if (status == SVC_OK && (!text || !*text) && !fact_count)
		status = error_set(err, SVC_USAGE, _("a diagnosis needs a text or facts"));
	if (status == SVC_OK)
		status = ticket_tell(desk, &telling, answer, policy, err);
	arena_release(&arena);
	return status;
}

/* The pack that answers for the ticket; NULL: none does. */
static int open_pack(struct svc_desk *desk, int64_t ticket, const char *const *values, struct svc_policy **policy,
		     struct arena *arena, struct svc_error *err)
{
	struct gathered_facts known = {0};
	struct svc_facts *facts = NULL;
	struct inquiry inquiry;
	int status = ticket_inquiry(desk, ticket, values, &known, arena, &inquiry, err);
	inquiry.ask = SVC_ASK_TRANSITION;
	inquiry.fact_count = 0;
	if (status == SVC_OK)
		status = ruling_open(desk, &desk->options, &inquiry, policy, &facts, err);
	svc_facts_free(facts);
	return status;
}

/* ---- the work ---- */

/* The customer is asked before he pays: what waits for his answer stands in the way, and what he has declined while he wants nothing else. */
static int check_agreed(struct svc_desk *desk, int64_t ticket, struct svc_error *err)
{
	struct bill bill;
	const struct fee *declined = NULL, *waits = NULL;
	bool agreed = false;
	int status = bill_open(&bill, desk, ticket, err);
	for (size_t i = 0; i < bill.count; i++) {
		const struct fee *fee = &bill.fees[i];
		if (fee_is(fee, "declined"))
			declined = fee;
		else if (fee_is(fee, "quoted") && fee_of_customer(fee))
			waits = waits ? waits : fee;
		else
			agreed = agreed || !fee_is(fee, "void");
	}
	const char *label = bill.values[FIELD_ID];
	if (status == SVC_OK && waits) {
		const char *clause = fee_value(waits, "clause");
		status = error_set(err, SVC_REFUSED, _("%s: the customer has not approved %s (%s)"), label,
				   waits->values[FIELD_ID], clause ? clause : fee_value(waits, "item"));
		error_hint(err, _("svc repair approve %s, or svc repair decline %s"), label, label);
	} else if (status == SVC_OK && declined && !agreed) {
		status = error_set(err, SVC_REFUSED, _("%s: the customer has declined %s"), label,
				   declined->values[FIELD_ID]);
	}
	bill_release(&bill);
	return status;
}

static int check_visit(struct svc_desk *desk, const struct change *change, const char *ticket, struct arena *arena,
		       struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0}, *visit = change->set[field_find(SVC_WORK, "visit")];
	if (!visit)
		return SVC_OK;
	int status = record_read(desk->store, SVC_VISIT, record_number(SVC_VISIT, visit), arena, values, err);
	const char *of = values[field_find(SVC_VISIT, "ticket")];
	if (status != SVC_OK || (of && strcmp(of, ticket) == 0))
		return status;
	error_set(err, SVC_REFUSED, _("%s is a visit of %s, not of %s"), visit, of ? of : "-", ticket);
	error_field(err, "visit");
	return SVC_REFUSED;
}

int svc_repair_log(struct svc_desk *desk, int64_t ticket, const struct svc_assignment *fields, size_t field_count,
		   svc_time at, int64_t *work, struct svc_error *err)
{
	struct arena arena = {0};
	const char *values[FIELD_LIMIT] = {0};
	struct change change = {.kind = SVC_WORK};
	struct record_adding adding = {.change = &change, .occurred = at};
	int status = ticket_open_at(desk, ticket, at, &arena, values, err);
	if (status == SVC_OK)
		status = values_fill(desk, fields, field_count, NULL, &arena, &change, err);
	change_set(&change, "ticket", values[FIELD_ID]);
	change_set(&change, "done", value_moment(at == SVC_TIME_NONE ? desk->options.now : at, &arena));
	if (status == SVC_OK)
		status = check_visit(desk, &change, values[FIELD_ID], &arena, err);
	if (status == SVC_OK)
		status = check_agreed(desk, ticket, err);
	if (status == SVC_OK)
		status = record_add(desk, &adding, &arena, err);
	*work = adding.id;
	arena_release(&arena);
	return status;
}

/* ---- the quality check ---- */

/* The ways on from where the ticket stands, as if the check had failed: what is refused for want of it is the way of one that passed. */
struct way_choice {
	struct arena *arena;
	const char *on, *back; /* events; NULL: none */
	bool many_on, many_back;
};

static int stand(void *context, const struct svc_standing *standing)
{
	(void)context;
	(void)standing;
	return 0;
}

static void choose(const char **chosen, bool *many, const char *event, struct arena *arena)
{
	if (!*chosen)
		*chosen = arena_strdup(arena, event);
	else if (strcmp(*chosen, event) != 0)
		*many = true;
}

static bool is_in(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static int look_at_way(void *context, const struct svc_way *way)
{
	struct way_choice *choice = context;
	const struct svc_answer *answer = way->answer;
	if (is_in(answer->requires, answer->require_count, QUALITY))
		choose(&choice->on, &choice->many_on, way->exit->event, choice->arena);
	else if (answer->verdict == SVC_ALLOWED && way->exit->rework)
		choose(&choice->back, &choice->many_back, way->exit->event, choice->arena);
	return 0;
}

/* What the pack knows of quality checks. */
struct quality {
	bool known; /* it knows the fact */
	const char *event; /* that goes with this result from where the ticket stands; NULL: none, or several */
};

static int look_for_way(struct svc_desk *desk, const struct svc_quality_check *check, struct quality *quality,
			struct arena *arena, struct svc_error *err)
{
	struct gathered_facts facts = {0};
	struct way_choice choice = {.arena = arena};
	struct svc_ways ways = {stand, look_at_way, &choice};
	for (size_t i = 0; i < check->fact_count; i++)
		gather_fact(&facts, arena, check->facts[i].field, check->facts[i].value);
	gather_fact(&facts, arena, QUALITY, "false");
	int status = svc_ticket_stages(desk, check->ticket, facts.items, facts.count, &ways, err);
	if (choice.on && check->pass && !choice.many_on)
		quality->event = choice.on;
	else if (choice.on && !check->pass && !choice.many_back)
		quality->event = choice.back;
	return status;
}

static int look_at_pack(struct svc_desk *desk, const struct svc_quality_check *check, const char *const *values,
			struct quality *quality, struct arena *arena, struct svc_error *err)
{
	struct svc_policy *policy = NULL;
	int status = open_pack(desk, check->ticket, values, &policy, arena, err);
	quality->known = policy && svc_facts_place(policy, QUALITY, NULL);
	bool flows = policy && svc_policy_answers(policy, SVC_ASK_TRANSITION);
	svc_policy_free(policy);
	return status == SVC_OK && quality->known && flows ? look_for_way(desk, check, quality, arena, err) : status;
}

static int write_check(struct svc_desk *desk, const struct svc_quality_check *check, const struct quality *quality,
		       struct arena *arena, struct svc_answer *answer, struct svc_policy **policy,
		       struct svc_error *err)
{
	const char *truth = check->pass ? "true" : "false";
	struct svc_assignment mark = {CHECKED, check->pass ? "pass" : "fail"};
	struct change change = {.kind = SVC_TICKET, .marks = &mark, .mark_count = 1};
	struct gathered_facts facts = {0};
	struct telling telling = {.ticket = check->ticket,
				  .verb = check->pass ? "passed" : "failed",
				  .text = check->text,
				  .at = SVC_TIME_NONE,
				  .change = &change};
	for (size_t i = 0; i < check->fact_count; i++)
		gather_fact(&facts, arena, check->facts[i].field, check->facts[i].value);
	if (quality->known)
		gather_fact(&facts, arena, QUALITY, truth);
	if (!quality->event) {
		telling.facts = facts.items;
		telling.fact_count = facts.count;
		return ticket_tell(desk, &telling, answer, policy, err);
	}
	struct svc_advance advance = {.ticket = check->ticket,
				      .event = quality->event,
				      .facts = facts.items,
				      .fact_count = facts.count,
				      .told.at = SVC_TIME_NONE};
	int status = ticket_tell(desk, &telling, NULL, NULL, err);
	return status == SVC_OK ? svc_ticket_advance(desk, &advance, answer, policy, err) : status;
}

int svc_repair_check(struct svc_desk *desk, const struct svc_quality_check *check, struct svc_answer *answer,
		     struct svc_policy **policy, struct svc_error *err)
{
	struct arena arena = {0};
	struct quality quality = {0};
	const char *values[FIELD_LIMIT] = {0};
	if (answer)
		*answer = (struct svc_answer){.verdict = SVC_VERDICT_NONE_YET};
	if (policy)
		*policy = NULL;
	int status = ticket_open_at(desk, check->ticket, SVC_TIME_NONE, &arena, values, err);
	if (status == SVC_OK)
		status = look_at_pack(desk, check, values, &quality, &arena, err);
	if (status == SVC_OK)
		status = write_check(desk, check, &quality, &arena, answer, policy, err);
	arena_release(&arena);
	return status;
}

/* ---- what came of it ---- */

/* Facts that a result stands for, where the pack's standard facts have one. */
static const struct outcome_row {
	const char *word, *fact, *value;
} outcome_rows[] = {
	{"repaired", NULL, NULL}, {"no_fault", "fault", "none"}, {"unrepairable", "repairable", "false"},
	{"advised", NULL, NULL},  {"declined", NULL, NULL},
};

static const struct outcome_row *outcome_of(const char *word)
{
	for (size_t i = 0; i < sizeof outcome_rows / sizeof *outcome_rows; i++)
		if (strcmp(outcome_rows[i].word, word) == 0)
			return &outcome_rows[i];
	return NULL;
}

struct concluding {
	struct svc_desk *desk;
	const struct svc_repair_result *result;
	const struct outcome_row *row;
	struct arena arena;
	const char *values[FIELD_LIMIT]; /* the ticket's */
	bool asked; /* a pack answers for the ticket */
	svc_result_seen seen;
	void *context;
};

/* What failed its check is not repaired, and neither is what waits for the customer's word. */
static int check_repaired(struct concluding *concluding, struct svc_error *err)
{
	struct gathered_facts marks = {0};
	const char *label = concluding->values[FIELD_ID];
	int status = ticket_said(concluding->desk, concluding->result->ticket, "marks", &marks, &concluding->arena,
				 err);
	const char *checked = gathered_value(&marks, CHECKED);
	if (status == SVC_OK && checked && strcmp(checked, "fail") == 0) {
		error_set(err, SVC_REFUSED, _("%s has failed its quality check"), label);
		error_hint(err, _("svc repair check %s pass, once it has passed"), label);
		return SVC_REFUSED;
	}
	return status == SVC_OK ? check_agreed(concluding->desk, concluding->result->ticket, err) : status;
}

/* The unit's own record says when it was last repaired; an older repair that is told late does not take that back. */
static int write_unit(struct concluding *concluding, struct svc_error *err)
{
	struct svc_desk *desk = concluding->desk;
	const char *unit = value_at(concluding->values, "unit"), *values[FIELD_LIMIT] = {0};
	struct change change = {.kind = SVC_UNIT};
	struct happening happening = {.verb = "repaired", .occurred = concluding->result->at};
	svc_date day, last = SVC_DATE_NONE;
	svc_time at = happening.occurred == SVC_TIME_NONE ? desk->options.now : happening.occurred;
	char text[16];
	if (!unit)
		return SVC_OK;
	int64_t id = record_number(SVC_UNIT, unit);
	int status = record_read(desk->store, SVC_UNIT, id, &concluding->arena, values, err);
	if (status == SVC_OK)
		status = value_day(desk, value_moment(at, &concluding->arena), &day, err);
	const char *before = values[field_find(SVC_UNIT, "repaired")];
	if (status != SVC_OK || (before && svc_date_parse(before, &last) && last >= day))
		return status;
	svc_date_format(day, text);
	change_set(&change, "repaired", text);
	return record_change(desk, id, &happening, &change, &concluding->arena, NULL, err);
}

/* Asks what the customer may have instead, and keeps the answer with an event of its own. */
static int offer(struct concluding *concluding, const char *want, struct svc_error *err)
{
	struct svc_desk *desk = concluding->desk;
	int64_t ticket = concluding->result->ticket, event = 0;
	struct svc_assignment wanted = {"want", want};
	struct change change = {.kind = SVC_TICKET, .decides = svc_ask_name(SVC_ASK_RETURN)};
	struct happening happening = {
		.verb = "asked", .occurred = SVC_TIME_NONE, .facts = &wanted, .fact_count = 1, .passing = true};
	struct ruling ruling = {.keep = true};
	struct svc_answer answer = {0};
	int status = ticket_ask(desk, ticket, SVC_ASK_RETURN, &wanted, 1, &ruling, &answer, &concluding->arena, err);
	if (status == SVC_OK && ruling.policy)
		status = record_change(desk, ticket, &happening, &change, &concluding->arena, &event, err);
	if (status == SVC_OK && ruling.policy)
		status = ruling_keep(desk, ticket, event, &ruling, &answer, err);
	if (status == SVC_OK && ruling.policy && concluding->seen)
		concluding->seen(concluding->context, ruling.policy, &answer, want);
	svc_answer_release(&answer);
	ruling_release(&ruling, true);
	return status;
}

static int tell_result(struct concluding *concluding, struct svc_error *err)
{
	const struct outcome_row *row = concluding->row;
	struct gathered_facts facts = {0};
	struct change change = {.kind = SVC_TICKET};
	struct telling telling = {.ticket = concluding->result->ticket,
				  .verb = row->word,
				  .text = concluding->result->text,
				  .at = concluding->result->at,
				  .change = &change};
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	change_set(&change, "outcome", row->word);
	if (concluding->asked && row->fact)
		gather_fact(&facts, &concluding->arena, row->fact, row->value);
	for (size_t i = 0; i < concluding->result->fact_count; i++)
		gather_fact(&facts, &concluding->arena, concluding->result->facts[i].field,
			    concluding->result->facts[i].value);
	telling.facts = facts.items;
	telling.fact_count = facts.count;
	int status = ticket_tell(concluding->desk, &telling, &answer, &policy, err);
	if (status == SVC_OK && policy && concluding->seen)
		concluding->seen(concluding->context, policy, &answer, NULL);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

static int conclude(struct concluding *concluding, struct svc_error *err)
{
	bool repaired = strcmp(concluding->row->word, "repaired") == 0;
	struct svc_policy *policy = NULL;
	int status = repaired ? check_repaired(concluding, err) : SVC_OK;
	if (status == SVC_OK)
		status = open_pack(concluding->desk, concluding->result->ticket, concluding->values, &policy,
				   &concluding->arena, err);
	concluding->asked = policy != NULL;
	svc_policy_free(policy);
	bool lost = concluding->asked && strcmp(concluding->row->word, "unrepairable") == 0;
	if (status == SVC_OK)
		status = tell_result(concluding, err);
	if (status == SVC_OK && repaired)
		status = write_unit(concluding, err);
	if (status == SVC_OK && lost)
		status = offer(concluding, "exchange", err);
	return status == SVC_OK && lost ? offer(concluding, "refund", err) : status;
}

int svc_repair_conclude(struct svc_desk *desk, const struct svc_repair_result *result, svc_result_seen seen,
			void *context, struct svc_error *err)
{
	struct concluding concluding = {
		.desk = desk, .result = result, .row = outcome_of(result->word), .seen = seen, .context = context};
	int status = ticket_open_at(desk, result->ticket, result->at, &concluding.arena, concluding.values, err);
	if (status == SVC_OK && !concluding.row) {
		status = error_set(err, SVC_USAGE, _("a repair has no result %.60s"), result->word);
		error_hint(err, "%s", "repaired, no_fault, unrepairable, advised, declined");
	}
	if (status == SVC_OK)
		status = conclude(&concluding, err);
	arena_release(&concluding.arena);
	return status;
}
