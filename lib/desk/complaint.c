/* Complaints: steps ticked, what is owed, escalation, and the end. */
#include "svc/complaint.h"

#include "base/error.h"
#include "bill.h"
#include "closing.h"
#include "policy/nearest.h"
#include "ruling.h"
#include "store/record.h"
#include "values.h"

#include <stdio.h>
#include <string.h>

#define MARK "complaint." /* of a step that is done, or why not */
#define MARK_STAGE "complaint:stage" /* what was said of the stage; the workflow's own is another */
#define MARK_OVERRIDE "complaint:override"
#define MARK_CONCLUDED "complaint:concluded"
#define NOT_DONE "-" /* in front of the reason */

struct complaint {
	struct svc_desk *desk;
	const struct svc_complaint_act *act;
	struct arena arena;
	const char *values[FIELD_LIMIT]; /* of the ticket */
	struct gathered_facts marks;
	struct gathered_facts facts; /* for the pack: those of the act, and the stage */
	struct svc_assignment *kept; /* of them what is kept as facts of the ticket */
	size_t kept_count;
	struct ruling ruling;
	struct svc_answer answer;
	svc_time at;
};

static const char *value_at(const struct complaint *complaint, const char *field)
{
	return complaint->values[field_find(SVC_TICKET, field)];
}

static const char *mark_of(const struct complaint *complaint, const char *id)
{
	char name[160];
	snprintf(name, sizeof name, "%s%s", MARK, id);
	return gathered_value(&complaint->marks, name);
}

/* ---- the question ---- */

/* Where the complaint stands: what is said now, else what was said of it, else the stage of the ticket. */
static void gather_stage(struct complaint *complaint)
{
	const char *stage = gathered_value(&complaint->facts, "stage");
	if (!stage)
		stage = gathered_value(&complaint->marks, MARK_STAGE);
	if (!stage)
		stage = value_at(complaint, "stage");
	if (stage)
		gather_fact(&complaint->facts, &complaint->arena, "stage", stage);
}

static void take_facts(struct complaint *complaint)
{
	const struct svc_complaint_act *act = complaint->act;
	complaint->kept = arena_alloc(&complaint->arena, (act->fact_count + 1) * sizeof *complaint->kept);
	for (size_t i = 0; i < act->fact_count; i++) {
		gather_fact(&complaint->facts, &complaint->arena, act->facts[i].field, act->facts[i].value);
		if (strcmp(act->facts[i].field, "stage") != 0)
			complaint->kept[complaint->kept_count++] = act->facts[i];
	}
}

/* It was reported when the ticket was opened, where nobody has said otherwise and the moment is known. */
static int gather_report(struct complaint *complaint, struct svc_error *err)
{
	struct gathered_facts noted = {0};
	const char *opened = value_at(complaint, "opened");
	int status = ticket_said(complaint->desk, complaint->act->ticket, "facts", &noted, &complaint->arena, err);
	if (opened && strchr(opened, 'T') && !gathered_value(&noted, "reported") &&
	    !gathered_value(&complaint->facts, "reported"))
		gather_fact(&complaint->facts, &complaint->arena, "reported", opened);
	return status;
}

/* Without a pack there is nothing that a fact could be of. */
static bool has_pack(struct complaint *complaint, struct svc_error *err, int *status)
{
	struct gathered_facts none = {0};
	struct inquiry inquiry;
	struct svc_policy *policy = NULL;
	struct svc_facts *facts = NULL;
	*status = ticket_inquiry(complaint->desk, complaint->act->ticket, complaint->values, &none, &complaint->arena,
				 &inquiry, err);
	inquiry.ask = SVC_ASK_COMPLAINT;
	inquiry.fact_count = 0;
	if (*status == SVC_OK)
		*status = ruling_open(complaint->desk, &complaint->desk->options, &inquiry, &policy, &facts, err);
	bool has = policy && svc_policy_answers(policy, SVC_ASK_COMPLAINT);
	svc_facts_free(facts);
	svc_policy_free(policy);
	return has;
}

static int ask(struct complaint *complaint, struct svc_error *err)
{
	const struct svc_complaint_act *act = complaint->act;
	int status = ticket_said(complaint->desk, act->ticket, "marks", &complaint->marks, &complaint->arena, err);
	take_facts(complaint);
	gather_stage(complaint);
	if (status == SVC_OK)
		status = gather_report(complaint, err);
	if (status != SVC_OK || (!has_pack(complaint, err, &status) && !complaint->kept_count))
		return status;
	return ticket_ask(complaint->desk, act->ticket, SVC_ASK_COMPLAINT, complaint->facts.items,
			  complaint->facts.count, &complaint->ruling, &complaint->answer, &complaint->arena, err);
}

static int complaint_open(struct complaint *complaint, struct svc_desk *desk, const struct svc_complaint_act *act,
			  bool to_write, struct svc_error *err)
{
	*complaint = (struct complaint){.desk = desk, .act = act, .at = act->at, .ruling.keep = to_write};
	int status = to_write ? desk_writing(desk, err) : SVC_OK;
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, act->ticket, &complaint->arena, complaint->values, err);
	if (status == SVC_OK && strcmp(value_at(complaint, "kind"), "complaint") != 0)
		status = error_set(err, SVC_REFUSED, _("%s is no complaint"), complaint->values[FIELD_ID]);
	if (status == SVC_OK && to_write && strcmp(value_at(complaint, "state"), "closed") == 0)
		status = error_set(err, SVC_REFUSED, _("%s is closed already"), complaint->values[FIELD_ID]);
	if (status == SVC_OK)
		status = bill_moment(desk, &complaint->at, err);
	return status == SVC_OK ? ask(complaint, err) : status;
}

/* Hands the answer over where it was asked for and all went well. */
static int complaint_end(struct complaint *complaint, int status, struct svc_answer *answer, struct svc_policy **policy)
{
	bool hand = status == SVC_OK && answer && policy;
	if (answer)
		*answer = (struct svc_answer){.verdict = SVC_VERDICT_NONE_YET};
	if (policy)
		*policy = NULL;
	if (hand && complaint->ruling.policy) {
		*answer = complaint->answer;
		*policy = complaint->ruling.policy;
	} else {
		svc_answer_release(&complaint->answer);
	}
	ruling_release(&complaint->ruling, !(hand && complaint->ruling.policy));
	arena_release(&complaint->arena);
	return status;
}

/* ---- the list ---- */

static struct svc_complaint_item item_of(const struct complaint *complaint, const char *id)
{
	const char *done = mark_of(complaint, id);
	bool skipped = done && strncmp(done, NOT_DONE, strlen(NOT_DONE)) == 0;
	return (struct svc_complaint_item){
		.id = id, .done = skipped ? done + strlen(NOT_DONE) : done, .skipped = skipped};
}

static int each_item(const struct complaint *complaint, svc_complaint_seen seen, void *context)
{
	const struct svc_answer *answer = &complaint->answer;
	int stop = 0;
	for (size_t i = 0; i < answer->owed_count && !stop; i++) {
		struct svc_complaint_item item = item_of(complaint, answer->owed[i]);
		item.owed = true;
		item.text = svc_policy_word_title(complaint->ruling.policy, NULL, item.id);
		stop = seen(context, &item);
	}
	for (size_t i = 0; i < answer->row_count && !stop; i++) {
		struct svc_complaint_item item = item_of(complaint, answer->rows[i].id);
		item.text = answer->rows[i].text;
		item.clause = answer->rows[i].clause;
		stop = seen(context, &item);
	}
	return stop;
}

static bool is_listed(const struct complaint *complaint, const char *id)
{
	const struct svc_answer *answer = &complaint->answer;
	for (size_t i = 0; i < answer->owed_count; i++)
		if (strcmp(answer->owed[i], id) == 0)
			return true;
	for (size_t i = 0; i < answer->row_count; i++)
		if (strcmp(answer->rows[i].id, id) == 0)
			return true;
	return false;
}

/* What was done although it is not, or no longer, on the list. */
static void each_other(const struct complaint *complaint, svc_complaint_seen seen, void *context)
{
	for (size_t i = 0; i < complaint->marks.count; i++) {
		const char *name = complaint->marks.items[i].field;
		if (strncmp(name, MARK, strlen(MARK)) != 0 || is_listed(complaint, name + strlen(MARK)))
			continue;
		struct svc_complaint_item item = item_of(complaint, name + strlen(MARK));
		if (seen(context, &item))
			return;
	}
}

int svc_complaint_show(struct svc_desk *desk, const struct svc_complaint_act *act, svc_complaint_seen seen,
		       void *context, struct svc_answer *answer, struct svc_policy **policy, struct svc_error *err)
{
	struct complaint complaint;
	int status = complaint_open(&complaint, desk, act, false, err);
	if (status == SVC_OK && !each_item(&complaint, seen, context))
		each_other(&complaint, seen, context);
	return complaint_end(&complaint, status, answer, policy);
}

/* ---- writing ---- */

/* By when the pack wants it escalated, as long as it is not; a day or a moment. */
static void set_due(struct complaint *complaint, bool escalated, struct change *change)
{
	const struct svc_moment by = complaint->answer.escalate_by;
	char day[16];
	const char *due = NULL;
	if (by.kind == SVC_MOMENT_DATE)
		svc_date_format((svc_date)by.at, day);
	if (by.kind == SVC_MOMENT_DATE)
		due = arena_strdup(&complaint->arena, day);
	else if (by.kind == SVC_MOMENT_TIME)
		due = value_moment((svc_time)by.at, &complaint->arena);
	const char *now = value_at(complaint, "due");
	if (due && !escalated)
		change_set(change, "due", due);
	else if (due && now && strcmp(due, now) == 0)
		change_set(change, "due", NULL);
}

struct marking {
	const char *verb;
	struct svc_assignment marks[3];
	size_t count;
	struct change change;
};

static void add_mark(struct marking *marking, const char *name, const char *value)
{
	marking->marks[marking->count++] = (struct svc_assignment){name, value};
}

static int write_event(struct complaint *complaint, struct marking *marking, struct svc_error *err)
{
	struct change *change = &marking->change;
	struct happening happening = {.verb = marking->verb,
				      .occurred = complaint->at,
				      .facts = complaint->kept,
				      .fact_count = complaint->kept_count};
	const char *stage = NULL;
	int64_t event = 0;
	for (size_t i = 0; i < complaint->act->fact_count; i++)
		if (strcmp(complaint->act->facts[i].field, "stage") == 0)
			stage = complaint->act->facts[i].value;
	if (stage)
		add_mark(marking, MARK_STAGE, stage);
	change->kind = SVC_TICKET;
	change->marks = marking->marks;
	change->mark_count = marking->count;
	int status = ticket_line(complaint->desk, complaint->act->text, value_at(complaint, "note"), &complaint->arena,
				 &change->line, err);
	if (complaint->ruling.policy)
		change->decides = svc_ask_name(SVC_ASK_COMPLAINT);
	if (status == SVC_OK)
		status = record_change(complaint->desk, complaint->act->ticket, &happening, change, &complaint->arena,
				       &event, err);
	if (status == SVC_OK && event && complaint->ruling.policy)
		status = ruling_keep(complaint->desk, complaint->act->ticket, event, &complaint->ruling,
				     &complaint->answer, err);
	return status;
}

/* "cause, severity" */
static int missing(const struct complaint *complaint, struct svc_error *err)
{
	char names[256] = "";
	for (size_t i = 0; i < complaint->answer.missing_count; i++)
		snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? ", " : "",
			 complaint->answer.missing[i]);
	error_set(err, SVC_INCOMPLETE, _("%s: not known for the complaint: %s"), complaint->values[FIELD_ID], names);
	error_hint(err, _("give them as name=value"));
	return SVC_INCOMPLETE;
}

/* ---- a step ---- */

struct step_search {
	const char *wanted;
	char id[128]; /* "": not on the list */
	struct nearest nearest;
	struct arena *arena;
};

static int look_at(void *context, const struct svc_complaint_item *item)
{
	struct step_search *search = context;
	bool same = strcmp(item->id, search->wanted) == 0 || (item->text && strcmp(item->text, search->wanted) == 0);
	if (same)
		snprintf(search->id, sizeof search->id, "%s", item->id);
	nearest_try(&search->nearest, item->id);
	return same;
}

/* A desk whose pack has no complaints writes down any step. */
static int find_step(struct complaint *complaint, const char **id, struct svc_error *err)
{
	const char *wanted = complaint->act->step;
	struct step_search search = {.wanted = wanted, .nearest = nearest_to(wanted)};
	static const struct svc_field field = {"step", "step", SVC_WORD, .words = NULL};
	int status = value_check(complaint->desk, &field, wanted, &complaint->arena, id, err);
	if (status != SVC_OK)
		return status;
	if (!*id || strlen(*id) > 100) {
		error_set(err, SVC_BAD_INPUT, _("not the name of a step"));
		error_field(err, "step");
		return SVC_BAD_INPUT;
	}
	if (!complaint->ruling.policy || each_item(complaint, look_at, &search)) {
		if (*search.id)
			*id = arena_strdup(&complaint->arena, search.id);
		return SVC_OK;
	}
	if (complaint->answer.verdict == SVC_VERDICT_INCOMPLETE && !search.nearest.best)
		return missing(complaint, err);
	error_set(err, SVC_BAD_INPUT, _("%s has no such step: %s"), complaint->values[FIELD_ID], wanted);
	error_field(err, "step");
	if (search.nearest.best)
		error_hint(err, _("did you mean %s?"), search.nearest.best);
	else
		error_hint(err, _("svc complaint show %s lists the steps"), complaint->values[FIELD_ID]);
	return SVC_BAD_INPUT;
}

static int tick(struct complaint *complaint, struct marking *marking, struct svc_error *err)
{
	static const struct svc_field field = {"skip", "skip", SVC_TEXT, .words = NULL};
	const char *id, *skip = NULL;
	int status = find_step(complaint, &id, err);
	if (status == SVC_OK)
		status = value_check(complaint->desk, &field, complaint->act->skip, &complaint->arena, &skip, err);
	if (status != SVC_OK)
		return status;
	const struct svc_complaint_item item = item_of(complaint, id);
	if (item.done && !item.skipped)
		return error_set(err, SVC_REFUSED, _("%s: %s is done already"), complaint->values[FIELD_ID], id);
	marking->verb = skip ? "explained" : "ticked";
	add_mark(marking, arena_printf(&complaint->arena, "%s%s", MARK, id),
		 skip ? arena_printf(&complaint->arena, "%s%s", NOT_DONE, skip)
		      : value_moment(complaint->at, &complaint->arena));
	return SVC_OK;
}

int svc_complaint_step(struct svc_desk *desk, const struct svc_complaint_act *act, struct svc_answer *answer,
		       struct svc_policy **policy, struct svc_error *err)
{
	struct complaint complaint;
	struct marking marking = {.verb = "noted", .change.kind = SVC_TICKET};
	int status = complaint_open(&complaint, desk, act, true, err);
	if (status == SVC_OK && !act->step && !act->fact_count && !act->text)
		status = error_set(err, SVC_USAGE, _("name a step, or what is known now"));
	if (status == SVC_OK && act->step)
		status = tick(&complaint, &marking, err);
	if (status == SVC_OK) {
		set_due(&complaint, value_at(&complaint, "escalated") != NULL, &marking.change);
		status = write_event(&complaint, &marking, err);
	}
	return complaint_end(&complaint, status, answer, policy);
}

/* ---- escalating ---- */

static int escalate(struct complaint *complaint, struct svc_error *err)
{
	struct marking marking = {.verb = "escalated", .change.kind = SVC_TICKET};
	size_t count;
	const struct svc_field *fields = svc_fields(SVC_TICKET, &count);
	const char *to, *now = value_at(complaint, "escalated");
	int status = value_check(complaint->desk, &fields[field_find(SVC_TICKET, "escalated")], complaint->act->to,
				 &complaint->arena, &to, err);
	if (status != SVC_OK)
		return status;
	if (!to) {
		error_set(err, SVC_BAD_INPUT, _("nobody is named"));
		error_field(err, "to");
		return SVC_BAD_INPUT;
	}
	if (now && strcmp(now, to) == 0)
		return error_set(err, SVC_REFUSED, _("%s is with %s already"), complaint->values[FIELD_ID], to);
	change_set(&marking.change, "escalated", to);
	set_due(complaint, true, &marking.change);
	return write_event(complaint, &marking, err);
}

int svc_complaint_escalate(struct svc_desk *desk, const struct svc_complaint_act *act, struct svc_answer *answer,
			   struct svc_policy **policy, struct svc_error *err)
{
	struct complaint complaint;
	int status = complaint_open(&complaint, desk, act, true, err);
	if (status == SVC_OK)
		status = escalate(&complaint, err);
	return complaint_end(&complaint, status, answer, policy);
}

/* ---- the end ---- */

struct remaining {
	const struct complaint *complaint;
	struct svc_error *err;
	int status;
};

static int refuse_open(void *context, const struct svc_complaint_item *item)
{
	struct remaining *remaining = context;
	const struct svc_answer *answer = &remaining->complaint->answer;
	const char *clause = item->clause ? item->clause : answer->clause_count ? answer->clauses[0] : "";
	const char *ticket = remaining->complaint->values[FIELD_ID];
	if (item->done)
		return 0;
	remaining->status = error_set(remaining->err, SVC_REFUSED,
				      item->owed ? _("%s can't be closed: %s is owed by %s")
						 : _("%s can't be closed: %s is to be done by %s"),
				      ticket, item->id, clause);
	error_hint(remaining->err, _("svc complaint step %s %s ticks it, with --skip REASON says why not"), ticket,
		   item->id);
	return 1;
}

/* What the pack still wants before the end. */
static int check_done(const struct complaint *complaint, struct svc_error *err)
{
	const struct svc_answer *answer = &complaint->answer;
	struct remaining remaining = {complaint, err, SVC_OK};
	if (!complaint->ruling.policy || gathered_value(&complaint->marks, MARK_OVERRIDE))
		return SVC_OK;
	if (answer->verdict == SVC_ESCALATE && !value_at(complaint, "escalated")) {
		error_set(err, SVC_REFUSED, _("%s can't be closed: %s wants it escalated"), complaint->values[FIELD_ID],
			  answer->clause_count ? answer->clauses[0] : "");
		error_hint(err, _("svc complaint escalate %s WHOM"), complaint->values[FIELD_ID]);
		return SVC_REFUSED;
	}
	each_item(complaint, refuse_open, &remaining);
	return remaining.status;
}

/* For whoever closes the ticket; what is not known hinders only those who close it as a complaint. */
int complaint_check(struct svc_desk *desk, int64_t ticket, struct svc_error *err)
{
	struct svc_complaint_act act = {.ticket = ticket, .at = SVC_TIME_NONE};
	struct complaint complaint = {0};
	const char *values[FIELD_LIMIT] = {0};
	int status = record_read(desk->store, SVC_TICKET, ticket, &complaint.arena, values, err);
	bool is_one = status == SVC_OK && strcmp(values[field_find(SVC_TICKET, "kind")], "complaint") == 0;
	arena_release(&complaint.arena);
	if (!is_one)
		return status;
	status = complaint_open(&complaint, desk, &act, false, err);
	if (status == SVC_OK)
		status = check_done(&complaint, err);
	return complaint_end(&complaint, status, NULL, NULL);
}

static int permit_override(struct complaint *complaint, struct marking *marking, struct svc_error *err)
{
	size_t count;
	const struct svc_field *fields = svc_fields(SVC_FEE, &count);
	struct bill bill;
	const char *by = NULL, *reason;
	int status = bill_open(&bill, complaint->desk, complaint->act->ticket, err);
	if (status == SVC_OK)
		status = bill_permit(&bill, "close", &by, err);
	if (status == SVC_OK && !by)
		status = error_set(err, SVC_REFUSED, _("%s: the pack lets nobody go against it"),
				   complaint->values[FIELD_ID]);
	bill_release(&bill);
	if (status == SVC_OK)
		status = value_check(complaint->desk, &fields[field_find(SVC_FEE, "reason")], complaint->act->override,
				     &complaint->arena, &reason, err);
	if (status == SVC_OK)
		add_mark(marking, MARK_OVERRIDE, reason ? reason : "-");
	return status;
}

static int close_complaint(struct complaint *complaint, struct svc_error *err)
{
	struct marking marking = {.verb = "concluded", .change.kind = SVC_TICKET};
	bool unknown = complaint->answer.verdict == SVC_VERDICT_INCOMPLETE;
	int status = unknown ? missing(complaint, err) : check_done(complaint, err);
	if ((status == SVC_REFUSED || status == SVC_INCOMPLETE) && complaint->act->override)
		status = permit_override(complaint, &marking, err);
	if (status != SVC_OK)
		return status;
	add_mark(&marking, MARK_CONCLUDED, value_moment(complaint->at, &complaint->arena));
	status = write_event(complaint, &marking, err);
	return status == SVC_OK
		       ? svc_ticket_close(complaint->desk, complaint->act->ticket, complaint->act->outcome, NULL, err)
		       : status;
}

int svc_complaint_close(struct svc_desk *desk, const struct svc_complaint_act *act, struct svc_answer *answer,
			struct svc_policy **policy, struct svc_error *err)
{
	struct complaint complaint;
	int status = complaint_open(&complaint, desk, act, true, err);
	if (status == SVC_OK)
		status = close_complaint(&complaint, err);
	return complaint_end(&complaint, status, answer, policy);
}
