/* What became of the parts that went out for tickets: used, back, written off; and of the old parts that they took the place of. */
#include "base/error.h"
#include "issue.h"
#include "part_ask.h"
#include "store/record.h"

#include <string.h>

static const char *issue_value(const char *const *values, const char *field)
{
	return values[field_find(SVC_ISSUE, field)];
}

static int64_t still_out(const char *const *values)
{
	return issue_pieces(values, "quantity") - issue_pieces(values, "used") - issue_pieces(values, "returned") -
	       issue_pieces(values, "written_off");
}

static const struct settlement {
	struct life_step step;
	const char *field; /* that counts the pieces */
	const char *ticket_verb; /* of the ticket's event where a pack is asked; NULL: none is */
	bool back; /* on the shelf */
	bool needs_reason;
} settlements[] = {
	[SVC_PART_USED] = {{SVC_ISSUE, "used", {"issued"}, NULL, NULL, {NULL}}, "used", "part_used", false, false},
	[SVC_PART_RETURNED] = {{SVC_ISSUE, "returned", {"issued"}, NULL, NULL, {NULL}}, "returned", NULL, true, false},
	[SVC_PART_WRITTEN_OFF] = {{SVC_ISSUE, "written_off", {"issued"}, NULL, NULL, {NULL}},
				  "written_off",
				  "part_written_off",
				  false,
				  true},
};

struct settle {
	const struct svc_settling *asked;
	const char *values[FIELD_LIMIT]; /* of the issue, before */
	int64_t part, ticket, quantity;
	const char *reason;
};

static int refuse_quantity(const struct settle *settle, int64_t most, struct svc_error *err)
{
	error_set(err, SVC_REFUSED, _("%s: given %lld, still out %lld"), settle->values[FIELD_ID],
		  (long long)settle->quantity, (long long)most);
	error_field(err, "quantity");
	return SVC_REFUSED;
}

static int open_settle(struct svc_desk *desk, struct settle *settle, struct arena *arena, struct svc_error *err)
{
	const struct svc_settling *asked = settle->asked;
	int status = record_read(desk->store, SVC_ISSUE, asked->issue, arena, settle->values, err);
	if (status != SVC_OK)
		return status;
	int64_t out = still_out(settle->values);
	settle->part = record_number(SVC_PART, issue_value(settle->values, "part"));
	settle->ticket = record_number(SVC_TICKET, issue_value(settle->values, "ticket"));
	settle->quantity = asked->quantity ? asked->quantity : out;
	if (asked->quantity)
		status = stock_quantity(asked->quantity, 1, err);
	if (status == SVC_OK)
		status = stock_line(desk, "reason", asked->reason, arena, &settle->reason, err);
	if (status == SVC_OK && settlements[asked->as].needs_reason && !settle->reason)
		status = error_set(err, SVC_USAGE, _("what is written off needs a reason"));
	if (status == SVC_OK && out > 0 && settle->quantity > out)
		status = refuse_quantity(settle, out, err);
	return status;
}

/* What was reserved only is free again. */
static int release_reserved(struct svc_desk *desk, const struct settle *settle, struct arena *arena,
			    struct svc_error *err)
{
	static const struct life_step whole = {SVC_ISSUE, "cancelled", {"reserved"}, "cancelled", NULL, {NULL}};
	static const struct life_step some = {SVC_ISSUE, "released", {"reserved"}, NULL, NULL, {NULL}};
	const struct svc_settling *asked = settle->asked;
	struct change change = {.kind = SVC_ISSUE};
	struct stock_move move = {.verb = "released", .reserved = -settle->quantity, .at = asked->at};
	bool all = settle->quantity == still_out(settle->values);
	if (!all)
		change_add(&change, "quantity", issue_count(-settle->quantity, arena));
	if (settle->reason)
		change_set(&change, "reason", settle->reason);
	issue_tell(&move, settle->values[FIELD_ID], issue_value(settle->values, "ticket"), settle->reason, arena);
	int status = issue_step(desk, all ? &whole : &some, asked->issue, asked->at, &change, arena, err);
	return status == SVC_OK ? stock_move(desk, settle->part, &move, arena, err) : status;
}

/* With the last piece it is settled; where all came back unused nobody waits for the old part. */
static void fill_settled(const struct settle *settle, const struct settlement *as, struct change *change,
			 struct arena *arena)
{
	const char *old_part = issue_value(settle->values, "old_part");
	change->marks = settle->asked->facts; /* they are kept also where no pack wanted them */
	change->mark_count = settle->asked->fact_count;
	change_add(change, as->field, issue_count(settle->quantity, arena));
	if (settle->reason)
		change_set(change, "reason", settle->reason);
	if (settle->quantity < still_out(settle->values))
		return;
	change_set(change, "state", "settled");
	bool unused = as->back && !issue_pieces(settle->values, "used") && !issue_pieces(settle->values, "written_off");
	if (unused && old_part && strcmp(old_part, "owed") == 0)
		change_set(change, "old_part", "none");
}

static int write_settled(struct svc_desk *desk, const struct settle *settle, struct arena *arena, struct svc_error *err)
{
	const struct settlement *as = &settlements[settle->asked->as];
	struct change change = {.kind = SVC_ISSUE};
	struct stock_move move = {.verb = as->step.verb, .on_hand = settle->quantity, .at = settle->asked->at};
	fill_settled(settle, as, &change, arena);
	issue_tell(&move, settle->values[FIELD_ID], issue_value(settle->values, "ticket"), settle->reason, arena);
	int status = issue_step(desk, &as->step, settle->asked->issue, settle->asked->at, &change, arena, err);
	return status == SVC_OK && as->back ? stock_move(desk, settle->part, &move, arena, err) : status;
}

static int decide_settled(struct svc_desk *desk, const struct settle *settle, const char *const *part,
			  struct arena *arena, struct svc_error *err)
{
	const struct svc_settling *asked = settle->asked;
	struct part_question question = {.ticket = settle->ticket,
					 .part = part,
					 .quantity = settle->quantity,
					 .stage = "write_off",
					 .old_part = issue_value(settle->values, "old_part"),
					 .override = asked->override,
					 .facts = asked->facts,
					 .fact_count = asked->fact_count};
	struct part_decision decision = {0};
	int status = part_ask(desk, &question, &decision, arena, err);
	if (status == SVC_OK)
		status = write_settled(desk, settle, arena, err);
	if (status == SVC_OK)
		status = part_decided(desk, &question, &decision, settlements[asked->as].ticket_verb,
				      settle->values[FIELD_ID], asked->at, arena, err);
	part_decision_release(&decision);
	return status;
}

static int settle_issue(struct svc_desk *desk, struct settle *settle, struct arena *arena, struct svc_error *err)
{
	const char *part[FIELD_LIMIT] = {0}, *state = issue_value(settle->values, "state");
	bool reserved = strcmp(state, "reserved") == 0, issued = strcmp(state, "issued") == 0;
	if (reserved && settle->asked->as == SVC_PART_RETURNED)
		return release_reserved(desk, settle, arena, err);
	if (!issued || !settlements[settle->asked->as].ticket_verb)
		return write_settled(desk, settle, arena, err); /* which refuses every other state */
	int status = record_read(desk->store, SVC_PART, settle->part, arena, part, err);
	return status == SVC_OK ? decide_settled(desk, settle, part, arena, err) : status;
}

int svc_issue_settle(struct svc_desk *desk, const struct svc_settling *settling, struct svc_error *err)
{
	struct arena arena = {0};
	struct settle settle = {.asked = settling};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = open_settle(desk, &settle, &arena, err);
	if (status == SVC_OK)
		status = settle_issue(desk, &settle, &arena, err);
	arena_release(&arena);
	return status;
}

/* ---- the old part ---- */

static int settle_old_part(struct svc_desk *desk, int64_t issue, const char *explanation, svc_time at,
			   struct arena *arena, struct svc_error *err)
{
	static const struct life_step step = {SVC_ISSUE, "old_part", {"issued", "settled"}, NULL, NULL, {NULL}};
	struct change change = {.kind = SVC_ISSUE};
	const char *values[FIELD_LIMIT] = {0};
	int status = record_read(desk->store, SVC_ISSUE, issue, arena, values, err);
	if (status == SVC_OK)
		status = stock_line(desk, "note", explanation, arena, &change.line, err);
	if (status != SVC_OK)
		return status;
	const char *old_part = issue_value(values, "old_part");
	if (old_part && strcmp(old_part, "returned") == 0)
		return error_set(err, SVC_REFUSED, _("%s: the old part is back already"), values[FIELD_ID]);
	if (explanation && !change.line)
		return error_set(err, SVC_USAGE, _("say why the old part is not back"));
	change_set(&change, "old_part", explanation ? "explained" : "returned");
	change_set(&change, "due", NULL);
	return issue_step(desk, &step, issue, at, &change, arena, err);
}

int svc_issue_old_part(struct svc_desk *desk, int64_t issue, const char *explanation, svc_time at,
		       struct svc_error *err)
{
	struct arena arena = {0};
	int status = settle_old_part(desk, issue, explanation, at, &arena, err);
	arena_release(&arena);
	return status;
}
