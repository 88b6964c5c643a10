/* svc batch: commands by the thousand in one process, one a line, each answered on a line once it is on the disk. */
#include "batch_line.h"
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Changes are kept in groups, for each costs a wait for the disk. A group ends soon: others are waiting to write, and whoever
   sends the lines may be waiting for the answer. */
enum { GROUP_LINES = 500, GROUP_MICROSECONDS = 25000, GROUP_BYTES = 1 << 20, TURN_MICROSECONDS = 500 };

struct batch {
	struct command *command;
	struct batch_input input;
	int output;
	int fault; /* errno of the write that failed; 0: none */
	bool atomic;
	bool grouped;
	struct timespec begun; /* of the group */
	int64_t lines[GROUP_LINES]; /* of the group's answers */
	size_t line_count, line_faults;
	struct text held; /* answers whose changes are not on the disk yet */
	FILE *kept; /* of an atomic batch: all of them */
	int64_t read, failed;
};

/* ---- answers ---- */

static void write_out(struct batch *batch, const char *bytes, size_t length)
{
	size_t done = 0;

	while (done < length && !batch->fault) {
		ssize_t wrote = write(batch->output, bytes + done, length - done);
		if (wrote >= 0)
			done += (size_t)wrote;
		else if (errno != EINTR)
			batch->fault = errno;
	}
}

static void tell(struct batch *batch)
{
	if (batch->kept && batch->held.length) {
		if (fwrite(batch->held.bytes, 1, batch->held.length, batch->kept) != batch->held.length)
			batch->fault = errno;
	} else {
		write_out(batch, batch->held.bytes, batch->held.length);
	}
	batch->held.length = 0;
	batch->line_count = batch->line_faults = 0;
}

static void tell_kept(struct batch *batch)
{
	char bytes[64 * 1024];
	size_t count;

	rewind(batch->kept);
	while ((count = fread(bytes, 1, sizeof(bytes), batch->kept)) > 0)
		write_out(batch, bytes, count);
}

/* ---- groups ---- */

static long microseconds_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - then->tv_sec) * 1000000 + (now.tv_nsec - then->tv_nsec) / 1000;
}

static bool keeps_all_together(const struct batch *batch)
{
	return batch->atomic || batch->command->dry_run;
}

/* None of the answers holds any more. */
static void lose_group(struct batch *batch, int status)
{
	batch->held.length = 0;
	for (size_t i = 0; i < batch->line_count; i++)
		batch_line_lost(batch->lines[i], status, &batch->command->error, &batch->held);
	batch->failed += (int64_t)(batch->line_count - batch->line_faults);
}

/* The others get their turn before the next group begins. */
static void end_group(struct batch *batch)
{
	if (batch->grouped) {
		int status = svc_desk_group_commit(batch->command->desk, &batch->command->error);
		if (status != SVC_OK)
			lose_group(batch, status);
		nanosleep(&(struct timespec){.tv_nsec = TURN_MICROSECONDS * 1000L}, NULL);
	}
	batch->grouped = false;
	tell(batch);
}

static int begin_group(struct batch *batch, struct svc_error *err)
{
	if (batch->grouped)
		return SVC_OK;
	tell(batch);
	int status = svc_desk_group_begin(batch->command->desk, err);
	batch->grouped = status == SVC_OK;
	clock_gettime(CLOCK_MONOTONIC, &batch->begun);
	return status;
}

static bool group_is_full(const struct batch *batch)
{
	return batch->line_count == GROUP_LINES || batch->held.length > GROUP_BYTES ||
	       (batch->grouped && microseconds_since(&batch->begun) > GROUP_MICROSECONDS);
}

/* ---- lines ---- */

static bool is_blank(const struct batch_text *text)
{
	for (size_t i = 0; i < text->length; i++)
		if (!strchr(" \t\r", text->bytes[i]))
			return false;
	return !text->too_long;
}

static void skip_mark(struct batch_text *text)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (text->length < 3 || memcmp(text->bytes, mark, 3) != 0)
		return;
	text->bytes += 3;
	text->length -= 3;
}

/* Whether the store had to drop what was written: then the group is at its end. */
static bool may_be_lost(int status)
{
	return status == SVC_BUSY || status == SVC_FAULT;
}

static int run_line(struct batch *batch, struct batch_text *text)
{
	struct batch_line line = {.number = ++batch->read};

	if (batch->read == 1)
		skip_mark(text);
	if (is_blank(text))
		return SVC_OK;
	batch_line_prepare(&line, batch->command, batch->read, text);
	if (batch_line_writes(&line) || (line.status == SVC_OK && keeps_all_together(batch)))
		line.status = begin_group(batch, &line.command.error);
	batch->lines[batch->line_count++] = batch->read;
	size_t before = batch->held.length;
	batch_line_answer(&line, &batch->held);
	bool failed = batch_line_failed(&line), lost = may_be_lost(line.status);
	int status = failed && batch->atomic ? line.status : SVC_OK;
	if (status != SVC_OK) { /* it is the only one to be told */
		write_out(batch, batch->held.bytes + before, batch->held.length - before);
		batch->held.length = 0;
	}
	batch->failed += failed;
	batch->line_faults += failed;
	batch_line_release(&line);
	if (keeps_all_together(batch) && batch->line_count == GROUP_LINES)
		tell(batch);
	else if (lost || (!keeps_all_together(batch) && group_is_full(batch)))
		end_group(batch);
	return status;
}

static int run_lines(struct batch *batch)
{
	struct batch_text text;
	int status = SVC_OK;

	while (status == SVC_OK && !batch->fault) {
		if (!keeps_all_together(batch) && !batch_input_ready(&batch->input))
			end_group(batch);
		if (!batch_input_next(&batch->input, &text))
			break;
		status = run_line(batch, &text);
	}
	return status;
}

/* ---- the whole ---- */

static int fail_whole(struct batch *batch, int status)
{
	struct command *command = batch->command;

	svc_desk_group_rollback(command->desk);
	return command_fail(command, (enum svc_code)status, _("line %lld failed, so nothing was kept"),
			    (long long)batch->read);
}

static int finish_together(struct batch *batch)
{
	struct command *command = batch->command;

	tell(batch);
	if (batch->fault || command->dry_run)
		svc_desk_group_rollback(command->desk);
	else if (batch->grouped) {
		int status = svc_desk_group_commit(command->desk, &command->error);
		if (status != SVC_OK)
			return status;
	}
	if (batch->kept)
		tell_kept(batch);
	return SVC_OK;
}

static int finish(struct batch *batch)
{
	struct command *command = batch->command;
	int status = SVC_OK;

	if (keeps_all_together(batch))
		status = finish_together(batch);
	else
		end_group(batch);
	if (status != SVC_OK)
		return status;
	if (batch->input.fault)
		return command_fail(command, SVC_BAD_INPUT, _("can't read %s: %s"), command_argument(command, "FILE"),
				    svc_system_reason(batch->input.fault));
	if (batch->fault)
		return command_fail(command, SVC_FAULT, _("standard output can't be written: %s"),
				    svc_system_reason(batch->fault));
	if (!batch->failed)
		return SVC_OK;
	return command_fail(command, SVC_PARTIAL, _("%lld of %lld lines were not done"), (long long)batch->failed,
			    (long long)batch->read);
}

static int open_input(struct command *command, int *input)
{
	const char *file = command_argument(command, "FILE");

	*input = STDIN_FILENO;
	if (!file || strcmp(file, "-") == 0)
		return SVC_OK;
	*input = open(file, O_RDONLY | O_CLOEXEC);
	if (*input >= 0)
		return SVC_OK;
	return command_fail(command, errno == ENOENT ? SVC_NOT_FOUND : SVC_BAD_INPUT, _("can't read %s: %s"), file,
			    svc_system_reason(errno));
}

static int run(struct command *command)
{
	struct batch *batch = command_memory(command, sizeof(*batch));
	int status = open_input(command, &batch->input.descriptor);

	if (status != SVC_OK)
		return status;
	batch->command = command;
	batch->output = show_descriptor(command->show);
	batch->atomic = command_flag(command, "atomic");
	command->dry_run = command_flag(command, "dry-run");
	batch->kept = batch->atomic ? tmpfile() : NULL;
	status = run_lines(batch);
	status = status == SVC_OK ? finish(batch) : fail_whole(batch, status);
	if (batch->kept)
		fclose(batch->kept);
	if (batch->input.descriptor != STDIN_FILENO)
		close(batch->input.descriptor);
	batch_input_release(&batch->input);
	text_release(&batch->held);
	return status;
}

static const struct command_argument arguments[] = {
	{.name = "FILE",
	 .help = N_("the commands, a JSON object a line; default: standard input"),
	 .complete = COMPLETE_FILE,
	 .optional = true},
	{.name = NULL},
};
static const struct command_option options[] = {
	{.name = "atomic",
	 .kind = VALUE_FLAG,
	 .help = N_("all or nothing: the first line that fails undoes the others")},
	{.name = NULL},
};
static const struct command_example examples[] = {
	{"svc batch commands.jsonl", N_("run the commands of a file; the answers come in its order")},
	{"svc batch --atomic commands.jsonl", N_("keep all of them or none")},
	{"producer | svc batch | consumer", N_("each answer is there once its change is on the disk")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "",
	 .summary = N_("run commands, one a line, in one process"),
	 .arguments = arguments,
	 .options = options,
	 .takes = TAKES_DRY_RUN,
	 .needs = NEEDS_CHANGES,
	 .outputs = OUTPUT_REPORT | OUTPUT_JSON | OUTPUT_JSONL,
	 .schema = "svc.batch/1",
	 .examples = examples,
	 .run = run},
	{.run = NULL},
};

const struct command_noun noun_batch = {
	.name = "batch",
	.summary = N_("run commands by the thousand in one process"),
	.verbs = verbs,
};
