/* One question to a pack, or a stream of them. */
#include "question.h"

#include "show/answer.h"
#include "svc/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const struct command_argument question_arguments[] = {
	{.name = "SERIAL",
	 .help = N_("the unit, by serial number or U17"),
	 .complete = COMPLETE_UNIT,
	 .optional = true},
	{.name = NULL},
};
/* Only read when there is no desk to ask through. */
static struct svc_desk_options without_desk(const struct command *command)
{
	return (struct svc_desk_options){.file = command->database,
					 .actor = command->actor,
					 .now = command->now,
					 .places = command->places,
					 .policy = command->policy,
					 .read_only = true};
}

static int need_desk(struct command *command)
{
	if (command->desk)
		return SVC_OK;
	command_fail(command, SVC_NOT_FOUND, _("there is no desk to find the unit in: %s"), command->database);
	command_hint(command, _("make one with `svc init`, or give the facts and --policy without a serial"));
	return SVC_NOT_FOUND;
}

static int find_unit(struct command *command, int64_t *unit)
{
	const char *serial = command_argument(command, "SERIAL");
	if (!serial)
		return SVC_OK;
	int status = need_desk(command);
	return status ? status : records_find(command, SVC_UNIT, serial, unit);
}

static const struct svc_assignment *facts_with(const struct command *command, const struct svc_assignment *more,
					       size_t count)
{
	struct svc_assignment *facts = command_memory(command, (command->fact_count + count + 1) * sizeof *facts);
	if (command->fact_count)
		memcpy(facts, command->facts, command->fact_count * sizeof *facts);
	if (count)
		memcpy(facts + command->fact_count, more, count * sizeof *facts);
	return facts;
}

int question_ask(struct command *command, enum svc_ask ask, const struct svc_assignment *more, size_t count)
{
	struct svc_desk_options options = without_desk(command);
	struct svc_question question = {.ask = ask,
					.facts = facts_with(command, more, count),
					.fact_count = command->fact_count + count,
					.settings = command->settings,
					.setting_count = command->setting_count,
					.explain = command_flag(command, "explain"),
					.options = &options};
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	int status = find_unit(command, &question.unit);
	if (status)
		return status;
	status = svc_entitlement(command->desk, &question, &answer, &policy, &command->error);
	if (!status)
		status = show_answer(command->show, policy, &answer);
	if (!status)
		status = svc_verdict_exit(answer.verdict);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

/* ---- batches ---- */

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);
	return length >= tail && !strcmp(text + length - tail, end);
}

enum svc_batch_format question_format(const struct command *command, const char *file)
{
	const char *format = command_text(command, "format");
	if (format)
		return !strcmp(format, "jsonl") ? SVC_BATCH_JSONL
		       : !strcmp(format, "tsv") ? SVC_BATCH_TSV
						: SVC_BATCH_CSV;
	if (ends_with(file, ".jsonl") || ends_with(file, ".ndjson"))
		return SVC_BATCH_JSONL;
	return ends_with(file, ".tsv") ? SVC_BATCH_TSV : SVC_BATCH_CSV;
}

static void line_fault(void *context, const struct svc_error *fault)
{
	(void)context;
	command_show_error(fault, NULL);
}

static int open_input(struct command *command, const char *file)
{
	if (!file)
		return STDIN_FILENO;
	int input = open(file, O_RDONLY | O_CLOEXEC);
	if (input < 0)
		command_fail(command, errno == ENOENT ? SVC_NOT_FOUND : SVC_BAD_INPUT, _("can't read %s: %s"), file,
			     svc_system_reason(errno));
	return input;
}

static int check_batch(struct command *command)
{
	if (command->fact_count)
		return command_fail(command, SVC_USAGE,
				    _("a batch takes its facts from its lines, not from the command line"));
	if (!show_people(command->show) && !show_quiet(command->show)) {
		command_fail(command, SVC_USAGE, _("a batch answers in the form of its lines"));
		return command_hint(command, _("--format csv, tsv or jsonl says which form that is"));
	}
	if (!command->policy && !command->desk) {
		command_fail(command, SVC_USAGE, _("no pack is named"));
		return command_hint(command, _("name one with --policy PACK; `svc policy list` shows them"));
	}
	return SVC_OK;
}

int question_batch(struct command *command, enum svc_ask ask)
{
	const char *file = command_argument(command, "SERIAL");
	int status = check_batch(command);
	int input = status ? -1 : open_input(command, file);
	if (input < 0)
		return command->error.code;
	struct svc_batch_options options = {.ask = ask,
					    .policy = command->policy,
					    .places = command->places,
					    .desk = command->desk,
					    .settings = command->settings,
					    .setting_count = command->setting_count,
					    .input = input,
					    .output = show_descriptor(command->show),
					    .file = file ? file : _("standard input"),
					    .format = question_format(command, file ? file : ""),
					    .now = command->now,
					    .jobs = (int)command_integer(command, "jobs"),
					    .fault = line_fault,
					    .context = command};
	options.printable = isatty(options.output);
	struct svc_batch_result result;
	status = svc_batch(&options, &result, &command->error);
	if (file)
		close(input);
	if (status == SVC_PARTIAL)
		command_fail(command, SVC_PARTIAL, _("%lld of %lld lines could not be asked"), (long long)result.faults,
			     (long long)result.lines);
	return status;
}
