/* svc ticket: one request of a customer, from the counter to its end. */
#include "command.h"
#include "ticket_show.h"

#include <string.h>

/* ---- open ---- */

/* What of the facts belongs to the unit itself. A component is the part that failed, not a field of the whole. */
static bool is_of_unit(const char *name)
{
	size_t count;
	const struct svc_field *fields = svc_fields(SVC_UNIT, &count);
	for (size_t i = 0; i < count; i++)
		if (!strcmp(fields[i].name, name))
			return fields[i].flags & SVC_FIELD_FACT && strcmp(name, "component");
	return false;
}

static const char *given_field(const struct command *command, const char *name)
{
	for (size_t i = 0; i < command->field_count; i++)
		if (!strcmp(command->fields[i].field, name))
			return command->fields[i].value;
	return NULL;
}

/* The fields of a unit that is registered on the way: --unit-field, then the facts of its sale, then the ticket's customer. */
static int unit_fields(struct command *command, struct svc_opening *opening)
{
	const char *const *given;
	size_t count = command_texts(command, "unit-field", &given);
	if (!count && !command_flag(command, "register"))
		return SVC_OK;
	if (!opening->serial)
		return command_fail(command, SVC_USAGE,
				    _("a unit is registered by its serial number, and none is given"));
	struct svc_assignment *unit = command_memory(command, (count + command->fact_count + 1) * sizeof *unit);
	opening->unit = unit;
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(given[i], '=');
		if (!equals || equals == given[i])
			return command_fail(command, SVC_USAGE, _("--unit-field takes FIELD=VALUE, not \"%s\""),
					    given[i]);
		unit[opening->unit_count++] = (struct svc_assignment){
			command_print(command, "%.*s", (int)(equals - given[i]), given[i]), equals + 1};
	}
	for (size_t i = 0; i < command->fact_count; i++)
		if (is_of_unit(command->facts[i].field))
			unit[opening->unit_count++] = command->facts[i];
	if (given_field(command, "customer"))
		unit[opening->unit_count++] = (struct svc_assignment){"customer", given_field(command, "customer")};
	return SVC_OK;
}

/* When it is the serial number that is not found, there is a way on. */
static void hint_register(struct command *command, const struct svc_opening *opening)
{
	struct svc_error ignored;
	int64_t unit;
	if (opening->serial && !opening->unit &&
	    svc_find(command->desk, SVC_UNIT, opening->serial, &unit, &ignored) == SVC_NOT_FOUND)
		command_hint(command, _("with --register it is registered in the same step"));
}

static int open_ticket(struct command *command)
{
	struct svc_opening opening = {.fields = command->fields,
				      .field_count = command->field_count,
				      .facts = command->facts,
				      .fact_count = command->fact_count,
				      .serial = command_argument(command, "SERIAL")};
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	int64_t ticket = 0;
	if (!opening.serial && !command->field_count && !command->fact_count) {
		command_fail(command, SVC_USAGE, _("there is nothing to open a ticket for"));
		return command_hint(command, _("say which unit, or what it is about with --symptom TEXT"));
	}
	int status = unit_fields(command, &opening);
	if (!status)
		status = svc_ticket_open(command->desk, &opening, &ticket, &answer, &policy, &command->error);
	if (status == SVC_NOT_FOUND)
		hint_register(command, &opening);
	if (!status)
		status = ticket_changed(command, ticket, _("is open"), policy, &answer);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

/* ---- the others ---- */

static int find(struct command *command, int64_t *ticket)
{
	return records_find(command, SVC_TICKET, command_argument(command, "TICKET"), ticket);
}

static int show(struct command *command)
{
	int64_t ticket;
	int status = find(command, &ticket);
	return status ? status : ticket_show(command, ticket);
}

static int note(struct command *command)
{
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	const char *text = command_argument(command, "TEXT");
	int64_t ticket;
	int status = find(command, &ticket);
	if (!status)
		status = svc_ticket_note(command->desk, ticket, text, command->facts, command->fact_count, &answer,
					 &policy, &command->error);
	if (status == SVC_USAGE && strchr(command->error.field, ' '))
		command_hint(command, _("a text with an equals sign stands behind --"));
	if (!status)
		status = ticket_changed(command, ticket, _("is noted"), policy, &answer);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

static int close_ticket(struct command *command)
{
	int64_t ticket;
	int status = find(command, &ticket);
	if (!status)
		status = svc_ticket_close(command->desk, ticket, command_text(command, "outcome"),
					  command_argument(command, "TEXT"), &command->error);
	return status ? status : ticket_changed(command, ticket, _("is closed"), NULL, NULL);
}

static int reopen(struct command *command)
{
	int64_t ticket;
	int status = find(command, &ticket);
	if (!status)
		status = svc_ticket_reopen(command->desk, ticket, command_argument(command, "TEXT"), &command->error);
	return status ? status : ticket_changed(command, ticket, _("is open again"), NULL, NULL);
}

/* ---- the verbs ---- */

static const struct command_argument open_arguments[] = {
	{.name = "SERIAL",
	 .help = N_("the unit, by serial number or U17"),
	 .complete = COMPLETE_UNIT,
	 .optional = true},
	{.name = NULL},
};
static const struct command_argument ticket_argument[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = NULL},
};
static const struct command_argument text_arguments[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = "TEXT", .help = N_("what is to be remembered"), .optional = true},
	{.name = NULL},
};
static const struct command_option open_options[] = {
	{.name = "register", .kind = VALUE_FLAG, .help = N_("register the unit if its serial number is unknown")},
	{.name = "unit-field",
	 .kind = VALUE_ASSIGNMENT,
	 .label = N_("FIELD=VALUE"),
	 .help = N_("a field of the unit that is registered; may be given again"),
	 .repeated = true},
	{.name = NULL},
};
static const struct command_option close_options[] = {
	{.name = "outcome",
	 .kind = VALUE_TEXT,
	 .label = N_("WORD"),
	 .help = N_("how it ended: repaired, advised, ...")},
	{.name = NULL},
};

static const struct command_example open_examples[] = {
	{"svc ticket open SN-20871 --symptom 'does not charge'", N_("a fault is reported for a known unit")},
	{"svc ticket open SN-20999 --register --unit-field model=GX2 purchase=2026-03-01 --symptom 'no power' "
	 "cause=defect",
	 N_("an unknown unit is registered in the same step")},
	{"svc ticket open --kind consult --customer 'Riverside Golf Club' --symptom 'asks for a quotation' --key "
	 "call-5512",
	 N_("without a unit; safe to run twice")},
	{.line = NULL},
};
static const struct command_example show_examples[] = {
	{"svc ticket show T1024", N_("its fields, what was decided and why, and its story")},
	{"svc ticket show open-repair:restart_3781 --json", N_("by the number of the old system")},
	{.line = NULL},
};
static const struct command_example list_examples[] = {
	{"svc ticket list --state open --sort -opened --limit 20", N_("the newest open tickets")},
	{"svc ticket list --product Lamp --opened 2020-01-01..2020-12-31 --count", N_("how many in a year")},
	{"svc ticket list --text charger --json", N_("search the texts")},
	{.line = NULL},
};
static const struct command_example note_examples[] = {
	{"svc ticket note T1024 'controller burnt' cause=liquid", N_("the cause is known now: decided again")},
	{.line = NULL},
};
static const struct command_example close_examples[] = {
	{"svc ticket close T1024 --outcome repaired 'charger replaced'", N_("done")},
	{.line = NULL},
};
static const struct command_example reopen_examples[] = {
	{"svc ticket reopen T1024 'the same fault again'", N_("it was not the end")},
	{.line = NULL},
};

static const struct command_argument advance_arguments[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = "EVENT", .help = N_("what happens, as the pack calls it")},
	{.name = NULL},
};
static const struct command_option at_options[] = {
	{.name = "at", .kind = VALUE_TIME, .help = N_("when it happened; default: now")},
	{.name = NULL},
};
static const struct command_option advance_options[] = {
	{.name = "at", .kind = VALUE_TIME, .help = N_("when it happened; default: now")},
	{.name = "text", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what is to be remembered")},
	{.name = "outcome",
	 .kind = VALUE_TEXT,
	 .label = N_("WORD"),
	 .help = N_("how it ended, of an event that closes the ticket")},
	{.name = "override",
	 .kind = VALUE_TEXT,
	 .label = N_("REASON"),
	 .help = N_("against the pack's refusal, where it names who may")},
	{.name = NULL},
};
static const struct command_example advance_examples[] = {
	{"svc ticket advance T1024 start_repair customer_signature=true items_explained=true",
	 N_("the facts are those of this step")},
	{"svc ticket advance T1024 deliver quality_pass=true --key deliver-1024", N_("safe to run twice")},
	{.line = NULL},
};
static const struct command_example stages_examples[] = {
	{"svc ticket stages T1024", N_("where it stands, what may come next, what is missing for it")},
	{"svc ticket stages T1024 quality_pass=true --json", N_("as if this were known, for a script")},
	{.line = NULL},
};

static const struct command_argument merge_arguments[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = "INTO", .help = N_("the ticket that goes on"), .complete = COMPLETE_TICKET},
	{.name = "TEXT", .help = N_("what is to be remembered"), .optional = true},
	{.name = NULL},
};
static const struct command_argument escalate_arguments[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = "TO", .help = N_("the role or person it is passed up to")},
	{.name = "TEXT", .help = N_("what is to be remembered"), .optional = true},
	{.name = NULL},
};
static const struct command_argument tasks_arguments[] = {
	{.name = "TICKET", .help = N_("only those of one ticket"), .complete = COMPLETE_TICKET, .optional = true},
	{.name = NULL},
};
static const struct command_argument task_arguments[] = {
	{.name = "TASK", .help = N_("a task: J12")},
	{.name = "TEXT", .help = N_("what is to be remembered"), .optional = true},
	{.name = NULL},
};
static const struct command_argument drop_arguments[] = {
	{.name = "TASK", .help = N_("a task: J12")},
	{.name = "TEXT", .help = N_("why it is not done")},
	{.name = NULL},
};
static const struct command_argument checklist_arguments[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = "STAGE", .help = N_("the stage; default: where the ticket stands"), .optional = true},
	{.name = NULL},
};
static const struct command_argument tick_arguments[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = "STEP", .help = N_("a step of the checklist")},
	{.name = NULL},
};
static const struct command_option tick_options[] = {
	{.name = "at", .kind = VALUE_TIME, .help = N_("when it happened; default: now")},
	{.name = "stage",
	 .kind = VALUE_TEXT,
	 .label = N_("STAGE"),
	 .help = N_("the stage; default: where the ticket stands")},
	{.name = "explain", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("it was not done, and why")},
	{.name = NULL},
};
static const struct command_example merge_examples[] = {
	{"svc ticket merge T1025 T1024 'called twice'", N_("one fault, two calls: the second goes on as the first")},
	{.line = NULL},
};
static const struct command_example cancel_examples[] = {
	{"svc ticket cancel T1024 'the customer helped himself'", N_("withdrawn")},
	{.line = NULL},
};
static const struct command_example escalate_examples[] = {
	{"svc ticket escalate T1024 supervisor 'asks for a refund' --at 2026-03-02T11:00", N_("passed up")},
	{.line = NULL},
};
static const struct command_example tasks_examples[] = {
	{"svc ticket tasks T1024", N_("what one ticket makes people owe")},
	{"svc ticket tasks --state open --sort due --json", N_("all that is open, for a script")},
	{.line = NULL},
};
static const struct command_example done_examples[] = {
	{"svc ticket done J12 'card sent'", N_("done")},
	{.line = NULL},
};
static const struct command_example drop_examples[] = {
	{"svc ticket drop J12 'the customer wants no card'", N_("not done, and why")},
	{.line = NULL},
};
static const struct command_example checklist_examples[] = {
	{"svc ticket checklist T1024", N_("the steps of its stage, ticked or not")},
	{"svc ticket checklist T1024 delivery --json", N_("of another stage, for a script")},
	{.line = NULL},
};
static const struct command_example tick_examples[] = {
	{"svc ticket tick T1024 four_documents --stage delivery", N_("done")},
	{"svc ticket tick T1024 four_documents --stage delivery --explain 'the manual follows by mail'",
	 N_("not done, and why")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "open",
	 .summary = N_("open a ticket and decide its coverage"),
	 .arguments = open_arguments,
	 .options = open_options,
	 .takes = TAKES_FACTS | TAKES_FIELDS,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = open_examples,
	 .run = open_ticket},
	{.name = "show",
	 .summary = N_("show a ticket: its fields, its decisions, its story"),
	 .arguments = ticket_argument,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.ticket/1",
	 .examples = show_examples,
	 .run = show},
	{.name = "list",
	 .summary = N_("list and search tickets"),
	 .takes = TAKES_FILTER,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.ticket/1",
	 .examples = list_examples,
	 .run = records_list},
	{.name = "note",
	 .summary = N_("add a note or facts; with facts the coverage is decided again"),
	 .arguments = text_arguments,
	 .takes = TAKES_FACTS,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = note_examples,
	 .run = note},
	{.name = "advance",
	 .summary = N_("carry out the next step of the workflow"),
	 .arguments = advance_arguments,
	 .options = advance_options,
	 .takes = TAKES_FACTS,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = advance_examples,
	 .run = ticket_advance},
	{.name = "stages",
	 .summary = N_("show where a ticket stands and what may come next"),
	 .arguments = ticket_argument,
	 .takes = TAKES_FACTS,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.way/1",
	 .examples = stages_examples,
	 .run = ticket_stages},
	{.name = "close",
	 .summary = N_("close a ticket"),
	 .arguments = text_arguments,
	 .options = close_options,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.ticket/1",
	 .examples = close_examples,
	 .run = close_ticket},
	{.name = "reopen",
	 .summary = N_("open a closed ticket again"),
	 .arguments = text_arguments,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.ticket/1",
	 .examples = reopen_examples,
	 .run = reopen},
	{.name = "merge",
	 .summary = N_("close a duplicate in favour of another ticket"),
	 .arguments = merge_arguments,
	 .options = at_options,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.ticket/1",
	 .examples = merge_examples,
	 .run = ticket_merge},
	{.name = "cancel",
	 .summary = N_("close a ticket that the customer withdraws"),
	 .arguments = text_arguments,
	 .options = at_options,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.ticket/1",
	 .examples = cancel_examples,
	 .run = ticket_cancel},
	{.name = "escalate",
	 .summary = N_("pass a ticket up"),
	 .arguments = escalate_arguments,
	 .options = at_options,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.ticket/1",
	 .examples = escalate_examples,
	 .run = ticket_escalate},
	{.name = "tasks",
	 .summary = N_("list what the stages have made people owe"),
	 .arguments = tasks_arguments,
	 .takes = TAKES_FILTER,
	 .kind = SVC_TASK,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.task/1",
	 .examples = tasks_examples,
	 .run = ticket_tasks},
	{.name = "done",
	 .summary = N_("say that a task is done"),
	 .arguments = task_arguments,
	 .options = at_options,
	 .kind = SVC_TASK,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.task/1",
	 .examples = done_examples,
	 .run = ticket_done},
	{.name = "drop",
	 .summary = N_("say that a task is not going to be done, and why"),
	 .arguments = drop_arguments,
	 .options = at_options,
	 .kind = SVC_TASK,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.task/1",
	 .examples = drop_examples,
	 .run = ticket_drop},
	{.name = "checklist",
	 .summary = N_("show the steps of a stage's checklist, ticked or explained"),
	 .arguments = checklist_arguments,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.step/1",
	 .examples = checklist_examples,
	 .run = ticket_checklist},
	{.name = "tick",
	 .summary = N_("tick a step of a checklist, or explain why it was not done"),
	 .arguments = tick_arguments,
	 .options = tick_options,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.ticket/1",
	 .examples = tick_examples,
	 .run = ticket_tick},
	{.run = NULL},
};

const struct command_noun noun_ticket = {
	.name = "ticket",
	.summary = N_("tickets: requests of customers, from the counter to the end"),
	.verbs = verbs,
};
