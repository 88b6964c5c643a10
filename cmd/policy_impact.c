/* svc policy impact: which answers change when one pack takes the place of another, and the money by payer. */
#include "policy_impact.h"
#include "policy_two.h"
#include "question.h"
#include "show/answer_differences.h"
#include "svc/impact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct impact_report {
	struct command *command;
	json_t *changes;
	int digits;
};

static json_t *money_json(const struct svc_impact_money *money, int digits)
{
	const struct {
		const char *key;
		svc_money amount;
	} rows[] = {{"company", money->company}, {"customer", money->customer}, {"open", money->open}};
	json_t *object = json_object();
	char text[32];
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		svc_money_format(rows[i].amount, digits, text);
		json_object_set_new(object, rows[i].key, json_string(text));
	}
	return object;
}

static bool same_money(const struct svc_impact_money *old, const struct svc_impact_money *new)
{
	return old->company == new->company && old->customer == new->customer && old->open == new->open;
}

static int changed(void *context, const struct svc_impact_case *change)
{
	struct impact_report *report = context;
	const struct svc_impact_side *old = &change->sides[SVC_IMPACT_OLD], *new = &change->sides[SVC_IMPACT_NEW];
	json_t *differences = answer_differences(old->answer, new->answer);
	struct text line = {0};
	text_print(&line, "%-8s %-10s ", change->id, svc_ask_name(change->ask));
	add_differences(&line, differences);
	show_line(report->command->show, "%s", line.bytes);
	text_release(&line);
	json_t *entry = json_pack("{s:s, s:s, s:o}", "id", change->id, "ask", svc_ask_name(change->ask), "differences",
				  differences);
	if (!same_money(&old->money, &new->money)) {
		int digits = svc_policy_currency_digits(old->policy);
		json_object_set_new(entry, "money",
				    json_pack("{s:o, s:o}", "old", money_json(&old->money, digits), "new",
					      money_json(&new->money, digits)));
	}
	if (show_people(report->command->show) || show_quiet(report->command->show))
		json_decref(entry);
	else
		json_array_append_new(report->changes, entry);
	return SVC_OK;
}

static void case_fault(void *context, const struct svc_error *fault)
{
	(void)context;
	command_show_error(fault, NULL);
}

static void show_payer(struct command *command, const struct svc_impact_result *result, const char *payer,
		       svc_money old, svc_money new)
{
	char before[32], after[32], difference[32];
	svc_money_format(old, result->digits, before);
	svc_money_format(new, result->digits, after);
	svc_money_format(new - old, result->digits, difference);
	if (old || new)
		show_line(command->show, "%s: %s → %s %s (%s%s)", payer, before, after, result->currency,
			  new > old ? "+" : "", difference);
}

static int report_sums(struct impact_report *report, const struct svc_impact_result *result)
{
	struct command *command = report->command;
	const struct svc_impact_money *old = &result->money[SVC_IMPACT_OLD], *new = &result->money[SVC_IMPACT_NEW];
	show_payer(command, result, _("the company pays"), old->company, new->company);
	show_payer(command, result, _("the customer pays"), old->customer, new->customer);
	show_payer(command, result, _("not decided who pays"), old->open, new->open);
	if (result->others)
		show_line(command->show, _("answered by other packs: %lld"), (long long)result->others);
	show_mood(command->show, result->changed ? SHOW_BAD : SHOW_GOOD, _("asked: %lld, changed: %lld"),
		  (long long)result->cases, (long long)result->changed);
	return show_object(command->show,
			   json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:s, s:{s:o, s:o}, s:O}", "schema",
				     "svc.policy.impact/1", "old", result->ids[SVC_IMPACT_OLD], "new",
				     result->ids[SVC_IMPACT_NEW], "cases", (json_int_t)result->cases, "changed",
				     (json_int_t)result->changed, "answers", (json_int_t)result->answers, "faults",
				     (json_int_t)result->faults, "others", (json_int_t)result->others, "currency",
				     result->currency, "money", "old", money_json(old, result->digits), "new",
				     money_json(new, result->digits), "changes", report->changes));
}

/* The tickets opened in the days that were asked for. */
static const struct svc_query *chosen_tickets(struct command *command)
{
	struct svc_query *query = command_memory(command, sizeof *query);
	struct svc_match *match = command_memory(command, sizeof *match);
	*match = (struct svc_match){
		.field = "opened", .from = command_text(command, "from"), .to = command_text(command, "to")};
	*query = (struct svc_query){.matches = match, .match_count = match->from || match->to};
	return query;
}

static int open_facts(struct command *command, const char *file, int *input)
{
	*input = -1;
	if (!file)
		return SVC_OK;
	*input = strcmp(file, "-") != 0 ? open(file, O_RDONLY | O_CLOEXEC) : dup(STDIN_FILENO);
	if (*input >= 0)
		return SVC_OK;
	return command_fail(command, errno == ENOENT ? SVC_NOT_FOUND : SVC_BAD_INPUT, _("can't read %s: %s"), file,
			    svc_system_reason(errno));
}

int policy_impact(struct command *command)
{
	const char *file = command_text(command, "facts");
	struct impact_report report = {.command = command, .changes = json_array()};
	struct svc_impact_options options = {
		.packs = {command_argument(command, "OLD"), command_argument(command, "NEW")},
		.places = command->places,
		.settings = command->settings,
		.setting_count = command->setting_count,
		.now = command->now,
		.file = file && strcmp(file, "-") != 0 ? file : _("standard input"),
		.format = question_format(command, file ? file : ""),
		.tickets = chosen_tickets(command),
		.every = command_flag(command, "every"),
		.changed = changed,
		.fault = case_fault,
		.context = &report};
	struct svc_impact_result result;
	int status = chosen_asks(command, "warranty", &options.asks);
	if (!status)
		status = open_facts(command, file, &options.input);
	options.desk = command->desk;
	if (!status)
		status = svc_impact(&options, &result, &command->error);
	if (options.input >= 0)
		close(options.input);
	if (!status || status == SVC_PARTIAL) {
		int shown = report_sums(&report, &result);
		status = shown ? shown : status;
	}
	if (status == SVC_PARTIAL)
		command_fail(command, SVC_PARTIAL, _("could not be asked: %lld"), (long long)result.faults);
	json_decref(report.changes);
	return status;
}

const struct command_argument impact_arguments[] = {
	{.name = "OLD", .help = N_("the pack that answers now, by id, id@DATE or path"), .complete = COMPLETE_POLICY},
	{.name = "NEW", .help = N_("the pack that is to take its place"), .complete = COMPLETE_POLICY},
	{.name = NULL},
};

static const char *const formats[] = {"csv", "tsv", "jsonl", NULL};
const struct command_option impact_options[] = {
	{.name = "facts",
	 .kind = VALUE_FILE,
	 .help = N_("ask about the lines of a file of facts, not the tickets of the desk; -: standard input"),
	 .complete = COMPLETE_FILE},
	{.name = "format",
	 .kind = VALUE_WORD,
	 .choices = formats,
	 .help = N_("the form of the file; default: by its name")},
	{.name = "ask",
	 .kind = VALUE_TEXT,
	 .label = N_("ASK,ASK"),
	 .help = N_("these asks; default: warranty"),
	 .complete = COMPLETE_ASK},
	{.name = "from", .kind = VALUE_DATE, .help = N_("only tickets opened on this day or later")},
	{.name = "to", .kind = VALUE_DATE, .help = N_("only tickets opened on this day or earlier")},
	{.name = "every", .kind = VALUE_FLAG, .help = N_("also the tickets that another pack answers")},
	{.name = NULL},
};

const struct command_example impact_examples[] = {
	{"svc policy impact golf-carts ./golf-carts-2027.yaml",
	 N_("which tickets would have come out otherwise, and who would have paid")},
	{"svc policy impact golf-carts ./golf-carts-2027.yaml --facts claims.csv --ask warranty,return",
	 N_("the same for a file of facts, without a desk")},
	{.line = NULL},
};
