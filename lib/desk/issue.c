/* Parts for tickets: reserved, taken out, and what became of them. */
#include "issue.h"

#include "base/error.h"
#include "part_ask.h"
#include "store/event.h"
#include "store/record.h"
#include "values.h"

#include <string.h>

int64_t issue_pieces(const char *const *values, const char *field)
{
	return stock_pieces(SVC_ISSUE, values, field);
}

const char *issue_count(int64_t pieces, struct arena *arena)
{
	return arena_printf(arena, "%lld", (long long)pieces);
}

static const char *label_of(enum svc_kind kind, int64_t id, struct arena *arena)
{
	char label[24];
	record_label(label, kind, id);
	return arena_strdup(arena, label);
}

void issue_tell(struct stock_move *move, const char *issue, const char *ticket, const char *reason, struct arena *arena)
{
	gather_fact(&move->told, arena, "issue", issue);
	gather_fact(&move->told, arena, "ticket", ticket);
	if (reason)
		gather_fact(&move->told, arena, "reason", reason);
}

int issue_step(struct svc_desk *desk, const struct life_step *step, int64_t issue, svc_time at, struct change *change,
	       struct arena *arena, struct svc_error *err)
{
	svc_time last = SVC_TIME_NONE;
	int status = event_last(desk->store, SVC_ISSUE, issue, &last, err);
	if (status != SVC_OK || last <= (at == SVC_TIME_NONE ? desk->options.now : at))
		return status == SVC_OK ? life_step(desk, step, issue, at, change, arena, NULL, NULL, err) : status;
	error_set(err, SVC_BAD_INPUT, _("%s: %s before what was done with it last"), label_of(SVC_ISSUE, issue, arena),
		  step->verb);
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

/* ---- for which ticket ---- */

static int check_ticket(struct svc_desk *desk, int64_t ticket, svc_time at, struct arena *arena, struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	svc_date opened = SVC_DATE_NONE, day = SVC_DATE_NONE;
	int status = record_read(desk->store, SVC_TICKET, ticket, arena, values, err);
	if (status != SVC_OK)
		return status;
	const char *state = values[field_find(SVC_TICKET, "state")];
	if (state && strcmp(state, "closed") == 0)
		return error_set(err, SVC_REFUSED, _("%s is closed already"), values[FIELD_ID]);
	status = value_day(desk, values[field_find(SVC_TICKET, "opened")], &opened, err);
	if (status == SVC_OK && at != SVC_TIME_NONE)
		status = value_day(desk, value_moment(at, arena), &day, err);
	if (status != SVC_OK || day == SVC_DATE_NONE || opened == SVC_DATE_NONE || day >= opened)
		return status;
	error_set(err, SVC_BAD_INPUT, _("parts can't go out before %s was opened"), values[FIELD_ID]);
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

struct search {
	int64_t issue, pieces; /* 0: none */
};

static int take_issue(void *context, int64_t id, const char **values)
{
	struct search *search = context;
	search->issue = id;
	search->pieces = issue_pieces(values, "quantity");
	return 1;
}

/* What the ticket has reserved of the part: one issue at most. */
static int find_reserved(struct svc_desk *desk, const char *part, const char *ticket, struct search *found,
			 struct svc_error *err)
{
	struct record_match matches[] = {
		{.field = field_find(SVC_ISSUE, "ticket"), .from = ticket, .to = ticket},
		{.field = field_find(SVC_ISSUE, "part"), .from = part, .to = part},
		{.field = field_find(SVC_ISSUE, "state"), .from = "reserved", .to = "reserved"},
	};
	struct record_query query = {.matches = matches, .match_count = 3, .limit = 1};
	*found = (struct search){0};
	return record_list(desk->store, SVC_ISSUE, &query, take_issue, found, err);
}

static int add_issue(struct svc_desk *desk, struct change *change, const char *part, const char *ticket,
		     const char *state, int64_t quantity, svc_time at, struct arena *arena, int64_t *issue,
		     struct svc_error *err)
{
	struct record_adding adding = {.change = change, .verb = state, .occurred = at};
	change_set(change, "part", part);
	change_set(change, "ticket", ticket);
	change_set(change, "state", state);
	change_set(change, "quantity", issue_count(quantity, arena));
	int status = record_add(desk, &adding, arena, err);
	*issue = adding.id;
	return status;
}

/* ---- reserve ---- */

static int reserve(struct svc_desk *desk, int64_t part, int64_t ticket, int64_t quantity, svc_time at, int64_t *issue,
		   struct arena *arena, struct svc_error *err)
{
	static const struct life_step more = {SVC_ISSUE, "reserved", {"reserved"}, NULL, NULL, {NULL}};
	const char *part_label = label_of(SVC_PART, part, arena), *ticket_label = label_of(SVC_TICKET, ticket, arena);
	struct stock_move move = {.verb = "reserved", .reserved = quantity, .at = at};
	struct change change = {.kind = SVC_ISSUE};
	struct search found;
	int status = stock_quantity(quantity, 1, err);
	if (status == SVC_OK)
		status = check_ticket(desk, ticket, at, arena, err);
	if (status == SVC_OK)
		status = stock_check_move(desk, part, &move, arena, err);
	if (status == SVC_OK)
		status = find_reserved(desk, part_label, ticket_label, &found, err);
	if (status != SVC_OK)
		return status;
	*issue = found.issue;
	if (found.issue) {
		change_add(&change, "quantity", issue_count(quantity, arena));
		status = issue_step(desk, &more, found.issue, at, &change, arena, err);
	} else
		status = add_issue(desk, &change, part_label, ticket_label, "reserved", quantity, at, arena, issue,
				   err);
	issue_tell(&move, label_of(SVC_ISSUE, *issue, arena), ticket_label, NULL, arena);
	return status == SVC_OK ? stock_move(desk, part, &move, arena, err) : status;
}

int svc_part_reserve(struct svc_desk *desk, int64_t part, int64_t ticket, int64_t quantity, svc_time at, int64_t *issue,
		     struct svc_error *err)
{
	struct arena arena = {0};
	*issue = 0;
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = reserve(desk, part, ticket, quantity, at, issue, &arena, err);
	arena_release(&arena);
	return status;
}

/* ---- issue ---- */

/* One part that goes out, decided. */
struct outgoing {
	const struct svc_issuing *asked;
	const char *part, *ticket; /* labels */
	const char *values[FIELD_LIMIT]; /* of the part */
	const char *approved_by;
	struct part_question question;
	struct part_decision decision;
	struct search reserved;
	int64_t issue;
};

static const char *typed(const struct svc_issuing *asked, const char *name)
{
	const char *value = NULL;
	for (size_t i = 0; i < asked->fact_count; i++)
		if (strcmp(asked->facts[i].field, name) == 0)
			value = asked->facts[i].value;
	return value;
}

static bool is_true(const char *value)
{
	return value && strcmp(value, "true") == 0;
}

/* On a desk that has actors one of them approves; where it is only said that it is approved, the one who says so does. */
static int take_approval(struct svc_desk *desk, struct outgoing *out, struct arena *arena, struct svc_error *err)
{
	const struct svc_issuing *asked = out->asked;
	const struct record_query all = {0};
	int64_t actors = 0, actor;
	if (!asked->approved_by) {
		out->approved_by = is_true(typed(asked, "approved")) ? desk->options.actor : NULL;
		return SVC_OK;
	}
	int status = stock_line(desk, "approved_by", asked->approved_by, arena, &out->approved_by, err);
	if (status == SVC_OK)
		status = record_count(desk->store, SVC_ACTOR, &all, &actors, err);
	if (status == SVC_OK && actors && out->approved_by)
		status = svc_find(desk, SVC_ACTOR, out->approved_by, &actor, err);
	return status;
}

static int ask_outgoing(struct svc_desk *desk, struct outgoing *out, struct arena *arena, struct svc_error *err)
{
	const struct svc_issuing *asked = out->asked;
	out->part = label_of(SVC_PART, asked->part, arena);
	out->ticket = label_of(SVC_TICKET, asked->ticket, arena);
	int status = record_read(desk->store, SVC_PART, asked->part, arena, out->values, err);
	if (status == SVC_OK)
		status = take_approval(desk, out, arena, err);
	out->question = (struct part_question){.ticket = asked->ticket,
					       .part = out->values,
					       .quantity = asked->quantity,
					       .stage = "issue",
					       .always = true,
					       .approved = out->approved_by != NULL,
					       .override = asked->override,
					       .facts = asked->facts,
					       .fact_count = asked->fact_count};
	return status == SVC_OK ? part_ask(desk, &out->question, &out->decision, arena, err) : status;
}

static const char *due_text(const struct svc_moment *due, struct arena *arena)
{
	char day[16];
	if (due->kind == SVC_MOMENT_NONE)
		return NULL;
	if (due->kind == SVC_MOMENT_TIME)
		return value_moment(due->at, arena);
	svc_date_format((svc_date)due->at, day);
	return arena_strdup(arena, day);
}

static void fill_outgoing(struct svc_desk *desk, const struct outgoing *out, struct change *change, struct arena *arena)
{
	const struct svc_issuing *asked = out->asked;
	const struct svc_moment *due = &out->decision.answer.due;
	bool owed = asked->old_part || out->decision.owes_old || due->kind != SVC_MOMENT_NONE;
	bool back = is_true(typed(asked, "old_part_returned"));
	change->marks = asked->facts; /* they are kept also where no pack wanted them */
	change->mark_count = asked->fact_count;
	change_set(change, "technician", asked->technician ? label_of(SVC_TECHNICIAN, asked->technician, arena) : NULL);
	change_set(change, "old_part", back ? "returned" : owed ? "owed" : "none");
	change_set(change, "due", back ? NULL : due_text(due, arena));
	change_set(change, "approved_by", out->approved_by);
	change_set(change, "cost", out->values[field_find(SVC_PART, "cost")]);
	change_set(change, "issued", value_moment(asked->at == SVC_TIME_NONE ? desk->options.now : asked->at, arena));
}

/* The reservation goes out itself where all of it does; of a larger one the rest stays reserved. */
static int write_outgoing(struct svc_desk *desk, struct outgoing *out, int64_t taken, struct arena *arena,
			  struct svc_error *err)
{
	static const struct life_step whole = {SVC_ISSUE, "issued", {"reserved"}, "issued", NULL, {NULL}};
	static const struct life_step part = {SVC_ISSUE, "released", {"reserved"}, NULL, NULL, {NULL}};
	const struct svc_issuing *asked = out->asked;
	struct change change = {.kind = SVC_ISSUE}, rest = {.kind = SVC_ISSUE};
	int status = SVC_OK;
	fill_outgoing(desk, out, &change, arena);
	if (taken && taken == out->reserved.pieces) {
		out->issue = out->reserved.issue;
		change_set(&change, "quantity", issue_count(asked->quantity, arena));
		return issue_step(desk, &whole, out->issue, asked->at, &change, arena, err);
	}
	if (taken) {
		change_add(&rest, "quantity", issue_count(-taken, arena));
		status = issue_step(desk, &part, out->reserved.issue, asked->at, &rest, arena, err);
	}
	return status == SVC_OK ? add_issue(desk, &change, out->part, out->ticket, "issued", asked->quantity, asked->at,
					    arena, &out->issue, err)
				: status;
}

static int move_out(struct svc_desk *desk, struct outgoing *out, struct arena *arena, struct svc_error *err)
{
	const struct svc_issuing *asked = out->asked;
	struct stock_move move = {.verb = "issued", .on_hand = -asked->quantity, .at = asked->at};
	int status = find_reserved(desk, out->part, out->ticket, &out->reserved, err);
	if (status != SVC_OK)
		return status;
	int64_t taken = out->reserved.pieces < asked->quantity ? out->reserved.pieces : asked->quantity;
	move.reserved = -taken;
	status = stock_check_move(desk, asked->part, &move, arena, err);
	if (status == SVC_OK)
		status = write_outgoing(desk, out, taken, arena, err);
	const char *issue = label_of(SVC_ISSUE, out->issue, arena);
	issue_tell(&move, issue, out->ticket, NULL, arena);
	if (status == SVC_OK)
		status = stock_move(desk, asked->part, &move, arena, err);
	return status == SVC_OK
		       ? part_decided(desk, &out->question, &out->decision, "part_issued", issue, asked->at, arena, err)
		       : status;
}

int svc_part_issue(struct svc_desk *desk, const struct svc_issuing *issuing, int64_t *issue, struct svc_error *err)
{
	struct arena arena = {0};
	struct outgoing out = {.asked = issuing};
	*issue = 0;
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = stock_quantity(issuing->quantity, 1, err);
	if (status == SVC_OK)
		status = check_ticket(desk, issuing->ticket, issuing->at, &arena, err);
	if (status == SVC_OK)
		status = ask_outgoing(desk, &out, &arena, err);
	if (status == SVC_OK)
		status = move_out(desk, &out, &arena, err);
	if (status == SVC_OK)
		*issue = out.issue;
	part_decision_release(&out.decision);
	arena_release(&arena);
	return status;
}
