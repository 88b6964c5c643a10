/* svc repair: from the diagnosis to the report. */
#include "svc/repair.h"

#include "fee.h"
#include "repair_report.h"
#include "show/answer.h"
#include "show/text.h"
#include "ticket_show.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static int find(struct command *command, int64_t *ticket)
{
	return records_find(command, SVC_TICKET, command_argument(command, "TICKET"), ticket);
}

static svc_time moment(const struct command *command)
{
	svc_time at = SVC_TIME_NONE;
	(void)command_time(command, "at", &at);
	return at;
}

static int diagnose(struct command *command)
{
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	int64_t ticket;
	int status = find(command, &ticket);
	if (!status)
		status = svc_repair_diagnose(command->desk, ticket, command_text(command, "text"), command->facts,
					     command->fact_count, &answer, &policy, &command->error);
	if (!status)
		status = ticket_changed(command, ticket, _("is diagnosed"), policy, &answer);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

/* ---- money ---- */

/* ITEM[*QUANTITY][=AMOUNT] */
static struct svc_quote_line read_line(struct command *command, const char *text)
{
	struct svc_quote_line line = {0};
	char *item = command_print(command, "%s", text), *equals = strrchr(item, '='), *star;
	if (equals) {
		*equals = '\0';
		line.amount = equals + 1;
	}
	star = strrchr(item, '*');
	if (star) {
		*star = '\0';
		line.quantity = star + 1;
	}
	line.item = item;
	return line;
}

static int quote(struct command *command)
{
	const char *const *given;
	size_t count = command_texts(command, "line", &given);
	struct svc_quote_line *lines = command_memory(command, (count + 1) * sizeof *lines);
	struct svc_quote quote = {.lines = lines,
				  .line_count = count,
				  .payer = command_text(command, "payer"),
				  .facts = command->facts,
				  .fact_count = command->fact_count};
	for (size_t i = 0; i < count; i++)
		lines[i] = read_line(command, given[i]);
	struct fees_touched fees = {.command = command};
	int status = find(command, &quote.ticket);
	if (!status)
		status = svc_repair_quote(command->desk, &quote, fees_touch, &fees, &command->error);
	return status ? status : fees_show(&fees);
}

static int reply(struct command *command, bool approved)
{
	struct svc_reply reply = {.approved = approved,
				  .by = command_text(command, "by"),
				  .text = command_text(command, "text"),
				  .at = moment(command),
				  .facts = command->facts,
				  .fact_count = command->fact_count};
	struct fees_touched fees = {.command = command};
	int status = find(command, &reply.ticket);
	if (!status)
		status = svc_repair_reply(command->desk, &reply, fees_touch, &fees, &command->error);
	return status ? status : fees_show(&fees);
}

static int approve(struct command *command)
{
	return reply(command, true);
}

static int decline(struct command *command)
{
	return reply(command, false);
}

/* ---- the work ---- */

static int log_work(struct command *command)
{
	static const char *const names[] = {"process", "hours", "technician", "visit", "cost", "note"};
	enum { NAMES = sizeof names / sizeof *names };
	struct svc_assignment fields[NAMES];
	size_t count = 0;
	int64_t ticket, work;
	for (size_t i = 0; i < NAMES; i++)
		if (command_text(command, names[i]))
			fields[count++] = (struct svc_assignment){names[i], command_text(command, names[i])};
	int status = find(command, &ticket);
	if (!status)
		status = svc_repair_log(command->desk, ticket, fields, count, moment(command), &work, &command->error);
	return status ? status : records_display(command, SVC_WORK, work);
}

static int check(struct command *command)
{
	struct svc_quality_check check = {.pass = !strcmp(command_argument(command, "RESULT"), "pass"),
					  .text = command_text(command, "text"),
					  .facts = command->facts,
					  .fact_count = command->fact_count};
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	int status = find(command, &check.ticket);
	if (!status)
		status = svc_repair_check(command->desk, &check, &answer, &policy, &command->error);
	if (!status)
		status = ticket_changed(command, check.ticket,
					check.pass ? _("has passed the check") : _("has failed the check"), policy,
					&answer);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

/* ---- the result ---- */

struct telling {
	struct command *command;
	json_t *answer, *offers; /* answer NULL: none */
};

static int take_answer(void *context, const struct svc_policy *policy, const struct svc_answer *answer,
		       const char *want)
{
	struct telling *telling = context;
	struct show *show = telling->command->show;
	char *text = svc_answer_json(answer);
	json_t *json = json_loads(text, 0, NULL);
	free(text);
	if (want && show_people(show))
		show_mood(show, SHOW_BOLD, "%s", !strcmp(want, "refund") ? _("a refund:") : _("an exchange:"));
	if (show_people(show))
		show_answer(show, policy, answer);
	if (!want) {
		telling->answer = json;
		return 0;
	}
	json_array_append_new(telling->offers, json_pack("{s:s, s:o}", "want", want, "answer", json));
	return 0;
}

static int result(struct command *command)
{
	struct svc_repair_result result = {.word = command_argument(command, "RESULT"),
					   .text = command_text(command, "text"),
					   .at = moment(command),
					   .facts = command->facts,
					   .fact_count = command->fact_count};
	struct telling telling = {command, NULL, json_array()};
	json_t *object = NULL;
	int status = find(command, &result.ticket);
	if (!status)
		status = svc_repair_conclude(command->desk, &result, take_answer, &telling, &command->error);
	if (!status)
		object = ticket_json(command, result.ticket);
	if (!status && !object)
		status = command->error.code;
	if (object) {
		show_mood(command->show, SHOW_BOLD, _("T%lld: %s"), (long long)result.ticket, ticket_word(result.word));
		if (telling.answer)
			json_object_set(object, "answer", telling.answer);
		if (json_array_size(telling.offers))
			json_object_set(object, "offers", telling.offers);
		status = show_object(command->show, object);
	}
	json_decref(telling.answer);
	json_decref(telling.offers);
	return status;
}

/* ---- the verbs ---- */

#define TICKET                                                                                                         \
	{                                                                                                              \
		.name = "TICKET", .help = N_("a ticket: T1024, or source:number of an old system"),                    \
		.complete = COMPLETE_TICKET                                                                            \
	}
#define TEXT_OPTION                                                                                                    \
	{                                                                                                              \
		.name = "text", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what is to be remembered")        \
	}
#define AT_OPTION                                                                                                      \
	{                                                                                                              \
		.name = "at", .kind = VALUE_TIME, .help = N_("when it happened, if not now")                           \
	}

static const char *const payers[] = {"customer", "company", NULL};
static const char *const checks[] = {"pass", "fail", NULL};
static const char *const results[] = {"repaired", "no_fault", "unrepairable", "advised", "declined", NULL};

static const struct command_argument ticket_argument[] = {TICKET, {0}};
static const struct command_argument check_arguments[] = {
	TICKET,
	{.name = "RESULT", .help = N_("whether the work passed the check"), .choices = checks},
	{0},
};
static const struct command_argument result_arguments[] = {
	TICKET,
	{.name = "RESULT", .help = N_("what came of it"), .choices = results},
	{0},
};

static const struct command_option text_options[] = {TEXT_OPTION, {0}};
static const struct command_option result_options[] = {AT_OPTION, TEXT_OPTION, {0}};
static const struct command_option quote_options[] = {
	{.name = "line",
	 .letter = 'l',
	 .kind = VALUE_TEXT,
	 .label = N_("ITEM[*N][=AMOUNT]"),
	 .help = N_("a fee item of the pack, how many, and the amount where the pack states none; may be given again"),
	 .repeated = true},
	{.name = "payer",
	 .kind = VALUE_WORD,
	 .help = N_("who pays what the pack has no rule for"),
	 .fallback = "customer",
	 .choices = payers},
	{0},
};
static const struct command_option reply_options[] = {
	{.name = "by", .kind = VALUE_TEXT, .label = N_("NAME"), .help = N_("who said so")},
	AT_OPTION,
	TEXT_OPTION,
	{0},
};
static const struct command_option log_options[] = {
	{.name = "process", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what was done")},
	{.name = "hours", .kind = VALUE_NUMBER, .help = N_("how long it took")},
	{.name = "technician", .kind = VALUE_TEXT, .label = N_("TECHNICIAN"), .help = N_("who did it: E3, or a name")},
	{.name = "visit", .kind = VALUE_TEXT, .label = N_("VISIT"), .help = N_("at which visit: V12")},
	{.name = "cost", .kind = VALUE_MONEY, .help = N_("what it cost us")},
	{.name = "note", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what else is to be remembered")},
	AT_OPTION,
	{0},
};
static const struct command_option report_options[] = {
	{.name = "record",
	 .kind = VALUE_TEXT,
	 .label = N_("RECORD"),
	 .help = N_("this record of the pack, instead of that of the repair")},
	{.name = "form", .kind = VALUE_TEXT, .label = N_("FORM"), .help = N_("this form of the pack")},
	{.name = "field",
	 .kind = VALUE_ASSIGNMENT,
	 .label = N_("NAME=VALUE"),
	 .help = N_("what is filled in by hand; may be given again"),
	 .repeated = true},
	{.name = "markdown", .kind = VALUE_FLAG, .help = N_("write it as Markdown")},
	{0},
};

static const struct command_example diagnose_examples[] = {
	{"svc repair diagnose T1024 component=charger cause=defect --text 'relay K2 is worn'",
	 N_("the coverage is decided again")},
	{0},
};
static const struct command_example quote_examples[] = {
	{"svc repair quote T1024 --line visit --line 'adjustment*2'", N_("the pack says amounts and payers")},
	{"svc repair quote T1024 --line board=380.00", N_("with an amount that the pack leaves open")},
	{0},
};
static const struct command_example approve_examples[] = {
	{"svc repair approve T1024 --by 'the club secretary' --at 2026-03-02T10:15", N_("work may begin")},
	{0},
};
static const struct command_example decline_examples[] = {
	{"svc repair decline T1024 --text 'too dear'", N_("the customer does not want it")},
	{0},
};
static const struct command_example log_examples[] = {
	{"svc repair log T1024 --process 'relay K2 replaced' --hours 1.5 --technician E3", N_("what was done")},
	{0},
};
static const struct command_example check_examples[] = {
	{"svc repair check T1024 pass", N_("the ticket goes on where the pack lets it")},
	{0},
};
static const struct command_example result_examples[] = {
	{"svc repair result T1024 repaired", N_("the unit remembers its last repair")},
	{"svc repair result T1024 unrepairable --json", N_("what the customer may have instead")},
	{0},
};
static const struct command_example report_examples[] = {
	{"svc repair report T1024 --field materials='relay K2'", N_("complete, or what is missing")},
	{"svc repair report T1024 --markdown", N_("for printing or mail")},
	{0},
};

static const struct command_verb verbs[] = {
	{.name = "diagnose",
	 .summary = N_("say what was found; the coverage is decided again"),
	 .arguments = ticket_argument,
	 .options = text_options,
	 .takes = TAKES_FACTS,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = diagnose_examples,
	 .run = diagnose},
	{.name = "quote",
	 .summary = N_("say what the repair will cost, line by line"),
	 .arguments = ticket_argument,
	 .options = quote_options,
	 .takes = TAKES_FACTS,
	 .kind = SVC_FEE,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.fee/1",
	 .examples = quote_examples,
	 .run = quote},
	{.name = "approve",
	 .summary = N_("write down that the customer approves the quote"),
	 .arguments = ticket_argument,
	 .options = reply_options,
	 .takes = TAKES_FACTS,
	 .kind = SVC_FEE,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.fee/1",
	 .examples = approve_examples,
	 .run = approve},
	{.name = "decline",
	 .summary = N_("write down that the customer declines the quote"),
	 .arguments = ticket_argument,
	 .options = reply_options,
	 .takes = TAKES_FACTS,
	 .kind = SVC_FEE,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.fee/1",
	 .examples = decline_examples,
	 .run = decline},
	{.name = "log",
	 .summary = N_("write down work on a ticket"),
	 .arguments = ticket_argument,
	 .options = log_options,
	 .kind = SVC_WORK,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.work/1",
	 .examples = log_examples,
	 .run = log_work},
	{.name = "check",
	 .summary = N_("write down the quality check, and go on or back by it"),
	 .arguments = check_arguments,
	 .options = text_options,
	 .takes = TAKES_FACTS,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = check_examples,
	 .run = check},
	{.name = "result",
	 .summary = N_("say what came of the repair, and what follows"),
	 .arguments = result_arguments,
	 .options = result_options,
	 .takes = TAKES_FACTS,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = result_examples,
	 .run = result},
	{.name = "report",
	 .summary = N_("fill in the repair report as the pack requires it"),
	 .arguments = ticket_argument,
	 .options = report_options,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.report/1",
	 .examples = report_examples,
	 .run = repair_report},
	{0},
};

const struct command_noun noun_repair = {
	.name = "repair",
	.summary = N_("repairs: diagnosis, quote, work, check, result, report"),
	.verbs = verbs,
};
