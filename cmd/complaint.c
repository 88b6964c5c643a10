/* svc complaint: the steps of a complaint, what is owed, escalation, the end. */
#include "svc/complaint.h"
#include "show/answer.h"
#include "show/table.h"
#include "ticket_show.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- show ---- */

static const struct show_column item_column_list[] = {
	{.name = "id", .title = N_("step"), .kind = SHOW_ID},
	{.name = "text", .title = N_("what it says"), .kind = SHOW_TEXT},
	{.name = "owed", .title = N_("owed"), .kind = SHOW_BOOL},
	{.name = "done", .title = N_("done on"), .kind = SHOW_TIME},
	{.name = "skipped", .title = N_("why not"), .kind = SHOW_TEXT},
	{.name = "clause", .title = N_("clause"), .kind = SHOW_TEXT},
};
enum { ITEM_COLUMNS = sizeof item_column_list / sizeof *item_column_list };

struct listing {
	const struct show_column *columns[ITEM_COLUMNS];
	struct table table;
	json_t *items;
};

static int add_item(void *context, const struct svc_complaint_item *item)
{
	struct listing *listing = context;
	const char *cells[ITEM_COLUMNS] = {item->id,
					   item->text,
					   item->owed ? "true" : "false",
					   item->skipped ? NULL : item->done,
					   item->skipped ? item->done : NULL,
					   item->clause};
	json_t *object = json_object();
	for (size_t i = 0; i < ITEM_COLUMNS; i++)
		if (cells[i] && *cells[i])
			json_object_set_new(object, item_column_list[i].name,
					    item_column_list[i].kind == SHOW_BOOL ? json_boolean(item->owed)
										  : json_string(cells[i]));
	json_array_append_new(listing->items, object);
	table_row(&listing->table, cells);
	return 0;
}

static int show_listing(struct command *command, struct listing *listing, int64_t ticket,
			const struct svc_policy *policy, const struct svc_answer *answer)
{
	struct show *show = command->show;
	const char *label = command_print(command, "T%lld", (long long)ticket);
	json_t *object = json_pack("{s:s, s:s, s:O}", "schema", "svc.complaint/1", "id", label, "steps",
				   listing->items);
	int status = SVC_OK;
	show_mood(show, SHOW_BOLD, _("Complaint %s"), label);
	if (policy) {
		struct svc_answer head = *answer; /* its steps and what is owed stand in the table */
		char *json = svc_answer_json(answer);
		head.row_count = head.owed_count = 0;
		json_object_set_new(object, "verdict", json_string(svc_verdict_id(answer->verdict)));
		json_object_set_new(object, "answer", json_loads(json, 0, NULL));
		free(json);
		status = show_people(show) ? show_answer(show, policy, &head) : SVC_OK;
	}
	if (!status && show_people(show) && listing->table.row_count)
		status = show_table(show, &listing->table);
	int shown = show_object(show, object);
	return status ? status : shown;
}

static int find(struct command *command, struct svc_complaint_act *act)
{
	act->facts = command->facts;
	act->fact_count = command->fact_count;
	act->at = SVC_TIME_NONE;
	return records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &act->ticket);
}

static int show_complaint(struct command *command)
{
	struct svc_complaint_act act = {0};
	struct listing listing = {.items = json_array()};
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	for (size_t i = 0; i < ITEM_COLUMNS; i++)
		listing.columns[i] = &item_column_list[i];
	listing.table = (struct table){.columns = listing.columns, .column_count = ITEM_COLUMNS};
	int status = find(command, &act);
	if (!status)
		status = svc_complaint_show(command->desk, &act, add_item, &listing, &answer, &policy, &command->error);
	if (!status)
		status = show_listing(command, &listing, act.ticket, policy, &answer);
	if (!status && policy)
		status = svc_verdict_exit(answer.verdict);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	table_release(&listing.table);
	json_decref(listing.items);
	return status;
}

/* ---- what is done ---- */

typedef int (*complaint_change)(struct svc_desk *, const struct svc_complaint_act *, struct svc_answer *,
				struct svc_policy **, struct svc_error *);

static int change(struct command *command, complaint_change write, struct svc_complaint_act *act, const char *done)
{
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	int status = find(command, act);
	command_time(command, "at", &act->at);
	act->text = command_text(command, "text");
	if (!status)
		status = write(command->desk, act, &answer, &policy, &command->error);
	if (!status)
		status = ticket_changed(command, act->ticket, done, policy, &answer);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

static int step(struct command *command)
{
	struct svc_complaint_act act = {.step = command_argument(command, "STEP"),
					.skip = command_text(command, "skip")};
	if (act.skip && !act.step)
		return command_fail(command, SVC_USAGE, _("name the step that is not done"));
	return change(command, svc_complaint_step, &act, _("is noted"));
}

static int escalate(struct command *command)
{
	struct svc_complaint_act act = {.to = command_argument(command, "WHOM")};
	return change(command, svc_complaint_escalate, &act, _("is escalated"));
}

static int close_complaint(struct command *command)
{
	struct svc_complaint_act act = {.outcome = command_text(command, "outcome"),
					.override = command_text(command, "override")};
	return change(command, svc_complaint_close, &act, _("is closed"));
}

/* ---- the verbs ---- */

#define TICKET                                                                                                         \
	{                                                                                                              \
		.name = "TICKET", .help = N_("a ticket: T1024, or source:number of an old system"),                    \
		.complete = COMPLETE_TICKET                                                                            \
	}
#define TEXT                                                                                                           \
	{                                                                                                              \
		.name = "text", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what is to be remembered")        \
	}
#define AT                                                                                                             \
	{                                                                                                              \
		.name = "at", .kind = VALUE_TIME, .help = N_("when it happened; default: now")                         \
	}

static const struct command_argument ticket_argument[] = {TICKET, {.name = NULL}};
static const struct command_argument step_arguments[] = {
	TICKET,
	{.name = "STEP", .help = N_("a step, or what is owed, as complaint show lists it"), .optional = true},
	{.name = NULL},
};
static const struct command_argument escalate_arguments[] = {
	TICKET,
	{.name = "WHOM", .help = N_("to whom: a role or a name")},
	{.name = NULL},
};
static const struct command_option step_options[] = {
	{.name = "skip", .kind = VALUE_TEXT, .label = N_("REASON"), .help = N_("it is not done, and why")},
	TEXT,
	AT,
	{.name = NULL},
};
static const struct command_option escalate_options[] = {TEXT, AT, {.name = NULL}};
static const struct command_option close_options[] = {
	{.name = "outcome",
	 .kind = VALUE_TEXT,
	 .label = N_("WORD"),
	 .help = N_("how it ended: repaired, advised, ...")},
	{.name = "override",
	 .kind = VALUE_TEXT,
	 .label = N_("REASON"),
	 .help = N_("although something is owed, where the pack names who may")},
	TEXT,
	{.name = NULL},
};

static const struct command_example show_examples[] = {
	{"svc complaint show T1024", N_("its steps, what is owed, when it goes higher")},
	{"svc complaint show T1024 cause=staff_damage --json", N_("as if this were known, for a script")},
	{.line = NULL},
};
static const struct command_example step_examples[] = {
	{"svc complaint step T1024 apology --at 2026-03-02T10:15", N_("what is owed was given")},
	{"svc complaint step T1024 cause=staff_damage", N_("the cause is known now")},
	{"svc complaint step T1024 thanks --skip 'the customer hung up'", N_("explained instead of done")},
	{.line = NULL},
};
static const struct command_example escalate_examples[] = {
	{"svc complaint escalate T1024 manager --text 'insists on a refund'", N_("it goes higher")},
	{.line = NULL},
};
static const struct command_example close_examples[] = {
	{"svc complaint close T1024 --outcome settled agreed=true", N_("nothing is owed any more")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "show",
	 .summary = N_("show a complaint: its steps, what is owed, when it goes higher"),
	 .arguments = ticket_argument,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_REPORT | OUTPUT_JSON | OUTPUT_JSONL,
	 .schema = "svc.complaint/1",
	 .examples = show_examples,
	 .run = show_complaint},
	{.name = "step",
	 .summary = N_("tick a step of a complaint, or note what is known"),
	 .arguments = step_arguments,
	 .options = step_options,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = step_examples,
	 .run = step},
	{.name = "escalate",
	 .summary = N_("hand a complaint to somebody higher"),
	 .arguments = escalate_arguments,
	 .options = escalate_options,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = escalate_examples,
	 .run = escalate},
	{.name = "close",
	 .summary = N_("close a complaint for which nothing is owed"),
	 .arguments = ticket_argument,
	 .options = close_options,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = close_examples,
	 .run = close_complaint},
	{.run = NULL},
};

const struct command_noun noun_complaint = {
	.name = "complaint",
	.summary = N_("complaints: steps, what is owed, escalation"),
	.verbs = verbs,
};
