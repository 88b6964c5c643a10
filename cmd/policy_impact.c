/* svc policy impact: which answers change when one pack takes the place of another, and the money by payer. */
#include "policy_impact.h"
#include "policy_two.h"
#include "question.h"
#include "show/answer_differences.h"
#include "svc/impact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct impact_report {
	struct command *command;
	json_t *changes;
	struct timespec started;
	bool told; /* a word on the progress stands on the terminal */
};

/* ---- progress ---- */

/* One line that is written over again and again; only a person at a terminal sees it, and only when it takes over a second. */
static void progress(void *context, int64_t done, int64_t of)
{
	struct impact_report *report = context;
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if ((now.tv_sec - report->started.tv_sec) * 1000 + (now.tv_nsec - report->started.tv_nsec) / 1000000 < 1000)
		return;
	report->told = true;
	fputc('\r', stderr);
	if (of > 0)
		fprintf(stderr, _("%3d %%, %lld cases"), (int)(done * 100 / of), (long long)done);
	else
		fprintf(stderr, _("%lld cases"), (long long)done);
	fflush(stderr);
}

static void end_progress(struct impact_report *report)
{
	if (report->told)
		fputs("\r\033[K", stderr);
	report->told = false;
}

static void begin_progress(struct impact_report *report, struct svc_impact_options *options)
{
	clock_gettime(CLOCK_MONOTONIC, &report->started);
	if (isatty(STDERR_FILENO) && !show_quiet(report->command->show))
		options->progress = progress;
}

/* ---- one case ---- */

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
	end_progress(report);
	text_print(&line, "%-8s %-10s ", change->id, svc_ask_name(change->ask));
	add_differences(&line, differences);
	if (change->state)
		text_print(&line, _(" (%s)"), ticket_word(change->state));
	show_line(report->command->show, "%s", line.bytes);
	text_release(&line);
	json_t *entry = json_pack("{s:s, s:s*, s:s, s:o}", "id", change->id, "state", change->state, "ask",
				  svc_ask_name(change->ask), "differences", differences);
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
	end_progress(context);
	command_show_error(fault, NULL);
}

/* ---- sums ---- */

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

static void show_sum(struct command *command, const struct svc_impact_result *result, const struct svc_impact_sum *sum)
{
	const struct svc_impact_money *old = &sum->money[SVC_IMPACT_OLD], *new = &sum->money[SVC_IMPACT_NEW];
	show_payer(command, result, _("the company pays"), old->company, new->company);
	show_payer(command, result, _("the customer pays"), old->customer, new->customer);
	show_payer(command, result, _("not decided who pays"), old->open, new->open);
	show_mood(command->show, sum->changed ? SHOW_BAD : SHOW_GOOD, _("asked: %lld, changed: %lld"),
		  (long long)sum->cases, (long long)sum->changed);
}

static json_t *sum_json(const struct svc_impact_sum *sum, int digits)
{
	return json_pack("{s:I, s:I, s:{s:o, s:o}}", "cases", (json_int_t)sum->cases, "changed",
			 (json_int_t)sum->changed, "money", "old", money_json(&sum->money[SVC_IMPACT_OLD], digits),
			 "new", money_json(&sum->money[SVC_IMPACT_NEW], digits));
}

/* First what is still open: that is what can turn on Monday. */
static int report_sums(struct impact_report *report, const struct svc_impact_result *result)
{
	struct command *command = report->command;
	const struct svc_impact_sum *all = &result->all, *open = &result->open;
	if (open->cases) {
		show_mood(command->show, SHOW_BOLD, "%s", _("tickets that are still open"));
		show_sum(command, result, open);
		show_mood(command->show, SHOW_BOLD, "%s", _("all tickets"));
	}
	if (result->others)
		show_line(command->show, _("answered by other packs: %lld"), (long long)result->others);
	show_sum(command, result, all);
	json_t *document = json_pack(
		"{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:s, s:{s:o, s:o}, s:O}", "schema", "svc.policy.impact/1",
		"old", result->ids[SVC_IMPACT_OLD], "new", result->ids[SVC_IMPACT_NEW], "cases", (json_int_t)all->cases,
		"changed", (json_int_t)all->changed, "answers", (json_int_t)result->answers, "faults",
		(json_int_t)result->faults, "others", (json_int_t)result->others, "currency", result->currency, "money",
		"old", money_json(&all->money[SVC_IMPACT_OLD], result->digits), "new",
		money_json(&all->money[SVC_IMPACT_NEW], result->digits), "changes", report->changes);
	if (open->cases)
		json_object_set_new(document, "open", sum_json(open, result->digits));
	return show_object(command->show, document);
}

/* The tickets opened, or the units bought, in the days that were asked for. */
static const struct svc_query *chosen_records(struct command *command)
{
	struct svc_query *query = command_memory(command, sizeof *query);
	struct svc_match *match = command_memory(command, sizeof *match);
	*match = (struct svc_match){.field = command_flag(command, "units") ? "purchase" : "opened",
				    .from = command_text(command, "from"),
				    .to = command_text(command, "to")};
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
		.facts = command->facts,
		.fact_count = command->fact_count,
		.now = command->now,
		.file = file && strcmp(file, "-") != 0 ? file : _("standard input"),
		.format = question_format(command, file ? file : ""),
		.units = command_flag(command, "units"),
		.records = chosen_records(command),
		.every = command_flag(command, "every"),
		.changed = changed,
		.fault = case_fault,
		.context = &report};
	struct svc_impact_result result = {0};
	int status = chosen_asks(command, "warranty", &options.asks);
	if (!status && file && options.units)
		status = command_fail(command, SVC_USAGE,
				      _("--facts and --units name two different things to ask about"));
	if (!status)
		status = open_facts(command, file, &options.input);
	options.desk = command->desk;
	begin_progress(&report, &options);
	if (!status)
		status = svc_impact(&options, &result, &command->error);
	end_progress(&report);
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
	{.name = "units",
	 .kind = VALUE_FLAG,
	 .help = N_("ask about every unit of the desk, as if it failed by a defect of its own today")},
	{.name = "from", .kind = VALUE_DATE, .help = N_("only tickets opened, or units bought, on this day or later")},
	{.name = "to", .kind = VALUE_DATE, .help = N_("only tickets opened, or units bought, on this day or earlier")},
	{.name = "every", .kind = VALUE_FLAG, .help = N_("also the tickets or units that another pack answers")},
	{.name = NULL},
};

const struct command_example impact_examples[] = {
	{"svc policy impact golf-carts ./golf-carts-2027.yaml",
	 N_("which tickets would have come out otherwise, and who would have paid")},
	{"svc policy impact golf-carts ./golf-carts-2027.yaml --units component=main_unit documents=contract,certificate",
	 N_("whose promise changes, of all that was sold")},
	{"svc policy impact golf-carts ./golf-carts-2027.yaml --facts claims.csv --ask warranty,return",
	 N_("the same for a file of facts, without a desk")},
	{.line = NULL},
};
