/* svc import: legacy records in. */
#include "svc/import.h"
#include "command.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MEBIBYTE (1024.0 * 1024.0)

/* One line that is written over again and again; only a person at a terminal sees it. */
static void progress(void *context, int64_t bytes, int64_t of, int64_t rows)
{
	bool *shown = context;
	*shown = true;
	fputc('\r', stderr);
	if (of > 0)
		fprintf(stderr, _("%3d %%, %lld rows"), (int)(bytes * 100 / of), (long long)rows);
	else
		fprintf(stderr, _("%.1f MiB, %lld rows"), (double)bytes / MEBIBYTE, (long long)rows);
	fflush(stderr);
}

static int show_balance(struct command *command, const struct svc_import_result *result)
{
	const char *rejects = *result->rejects_file ? result->rejects_file : NULL;
	show_line(command->show, _("%lld read = %lld added + %lld updated + %lld unchanged + %lld rejected"),
		  (long long)result->read, (long long)result->added, (long long)result->updated,
		  (long long)result->unchanged, (long long)result->rejected);
	if (rejects)
		show_line(command->show, _("the rejects are in %s, each with its line, field and reason"), rejects);
	json_t *document = json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "schema", "svc.import/1", "read",
				     (json_int_t)result->read, "added", (json_int_t)result->added, "updated",
				     (json_int_t)result->updated, "unchanged", (json_int_t)result->unchanged,
				     "rejected", (json_int_t)result->rejected);
	if (rejects)
		json_object_set_new(document, "rejects_file", json_string(rejects));
	return show_object(command->show, document);
}

/* The kinds of records that can be taken, as the command line names them. */
static const char *const kind_names[] = {"customers", "units", "tickets", NULL};
static const enum svc_kind kinds[] = {SVC_CUSTOMER, SVC_UNIT, SVC_TICKET};

/* The line has been checked: it is one of them. */
static enum svc_kind kind_named(const char *name)
{
	size_t i = 0;
	while (strcmp(kind_names[i], name))
		i++;
	return kinds[i];
}

static int import(struct command *command)
{
	bool shown = false;
	struct svc_import_options options = {.kind = kind_named(command_argument(command, "KIND")),
					     .file = command_argument(command, "FILE"),
					     .map = command_text(command, "map"),
					     .encoding = command_text(command, "encoding"),
					     .format = command_text(command, "format"),
					     .rejects = command_text(command, "rejects"),
					     .dry_run = command->dry_run,
					     .all_or_nothing = command_flag(command, "all-or-nothing"),
					     .context = &shown};
	struct svc_import_result result = {0};
	if (isatty(STDERR_FILENO) && !show_quiet(command->show))
		options.progress = progress;
	int status = svc_import(command->desk, &options, &result, &command->error);
	if (shown)
		fputs("\r\033[K", stderr);
	if (status && status != SVC_PARTIAL)
		return status;
	int shown_status = show_balance(command, &result);
	return shown_status ? shown_status : status;
}

static const char *const formats[] = {"csv", "tsv", "jsonl", NULL};
static const struct command_argument arguments[] = {
	{.name = "KIND", .help = N_("what the rows are: customers, units or tickets"), .choices = kind_names},
	{.name = "FILE", .help = N_("CSV, TSV or JSON lines; - is standard input"), .complete = COMPLETE_FILE},
	{.name = NULL},
};
static const struct command_option options[] = {
	{.name = "map",
	 .letter = 'm',
	 .kind = VALUE_FILE,
	 .help = N_("how a legacy file becomes records: see svc-map(5)")},
	{.name = "encoding",
	 .kind = VALUE_TEXT,
	 .label = N_("NAME"),
	 .help = N_("the file's encoding: UTF-8, GB18030, ...; auto finds the first two"),
	 .fallback = "auto"},
	{.name = "format",
	 .kind = VALUE_WORD,
	 .choices = formats,
	 .help = N_("the file's form; by default by its name, else csv")},
	{.name = "rejects",
	 .kind = VALUE_FILE,
	 .help = N_("where rows go that can't be taken; by default beside FILE")},
	{.name = "all-or-nothing", .kind = VALUE_FLAG, .help = N_("change nothing when one row is bad")},
	{.name = NULL},
};
static const struct command_example examples[] = {
	{"svc import tickets repairs.csv --map repairs.yaml --dry-run",
	 N_("a rehearsal: the balance and the rejects, no change")},
	{"svc import tickets repairs.csv --map repairs.yaml", N_("in earnest; the same again changes nothing")},
	{"svc import customers customers.csv --encoding GB18030 --rejects bad.csv",
	 N_("a file from an old Chinese system")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "",
	 .summary = N_("take in legacy customers, units or tickets"),
	 .arguments = arguments,
	 .options = options,
	 .takes = TAKES_DRY_RUN,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.import/1",
	 .examples = examples,
	 .own_transaction = true,
	 .run = import},
	{.run = NULL},
};

const struct command_noun noun_import = {
	.name = "import",
	.summary = N_("take in the records of an old system"),
	.verbs = verbs,
};
