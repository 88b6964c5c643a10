/* svc policy: the packs themselves: which there are, what they say, whether they are sound. */
#include "command.h"
#include "policy_cases.h"
#include "policy_diff.h"
#include "policy_floor.h"
#include "policy_impact.h"
#include "policy_lint.h"
#include "policy_new.h"
#include "policy_show.h"
#include "policy_verify.h"
#include "question.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- list ---- */

static const struct show_column list_columns[] = {
	{"id", N_("policy"), SHOW_ID, 0},
	{"title", N_("title"), SHOW_TEXT, 0},
	{"effective", N_("effective"), SHOW_DATE, 0},
	{"state", N_("state"), SHOW_WORD, 0},
	{"file", N_("file"), SHOW_TEXT, 0},
	{"source", N_("source"), SHOW_TEXT, SHOW_LONG},
	{"title_en", N_("English title"), SHOW_TEXT, SHOW_LONG},
	{"title_zh", N_("Chinese title"), SHOW_TEXT, SHOW_LONG},
	{"fault", N_("fault"), SHOW_TEXT, SHOW_LONG},
};
#define LIST_COLUMNS (sizeof list_columns / sizeof *list_columns)

static int list_entry(void *context, const struct svc_policy_entry *entry)
{
	struct command *command = context;
	char effective[16] = "";
	const char *titles[] = {entry->title_en, entry->title_zh};
	const char *title = titles[svc_language() == SVC_LANG_ZH];
	if (!title || !*title)
		title = titles[svc_language() != SVC_LANG_ZH];
	if (entry->effective != SVC_DATE_NONE)
		svc_date_format(entry->effective, effective);
	const char *state = entry->fault ? "faulty" : entry->shadowed ? "shadowed" : "used";
	const char *cells[LIST_COLUMNS] = {entry->id,     title,     effective, state,       entry->file,
					   entry->source, titles[0], titles[1], entry->fault};
	show_row(command->show, cells);
	return 0;
}

static int list(struct command *command)
{
	int status = show_list(command->show, "svc.policy/1", list_columns, LIST_COLUMNS);
	return status ? status : svc_policy_list(&command->places, list_entry, command, &command->error);
}

/* ---- show ---- */

static int show(struct command *command)
{
	struct svc_policy *policy = NULL;
	const char *name = command_argument(command, "PACK");
	svc_date sold = SVC_DATE_NONE;
	command_date(command, "sold", &sold);
	int status = svc_policy_open(&policy, name, sold, &command->places, &command->error);
	if (!status)
		status = policy_show(command, policy);
	svc_policy_free(policy);
	return status;
}

/* ---- check ---- */

struct check {
	struct command *command;
	json_t *faults;
	size_t count;
};

static void check_fault(void *context, const struct svc_error *fault, const char *source_line)
{
	struct check *check = context;
	check->count++;
	if (show_people(check->command->show) || show_quiet(check->command->show)) {
		command_show_error(fault, source_line);
		return;
	}
	json_array_append_new(check->faults,
			      json_pack("{s:s, s:i, s:i, s:s, s:s, s:s}", "file", fault->file, "line", fault->line,
					"column", fault->column, "text", fault->text, "hint", fault->hint,
					"source_line", source_line ? source_line : ""));
}

static int check_report(struct check *check, size_t files)
{
	struct command *command = check->command;
	if (show_people(command->show) && !check->count)
		show_mood(command->show, SHOW_GOOD, files == 1 ? _("%zu pack, no faults") : _("%zu packs, no faults"),
			  files);
	json_t *document = json_pack("{s:s, s:I, s:O}", "schema", "svc.policy.check/1", "files", (json_int_t)files,
				     "faults", check->faults);
	int status = show_object(command->show, document);
	if (!status && check->count)
		status = command_fail(command, SVC_BAD_INPUT, check->count == 1 ? _("%zu fault") : _("%zu faults"),
				      check->count);
	return status;
}

static int check_packs(struct command *command)
{
	const char *const *files;
	size_t count = command_arguments(command, "FILE", &files);
	struct check check = {.command = command, .faults = json_array()};
	int status = SVC_OK;
	for (size_t i = 0; i < count && !status; i++) {
		size_t before = check.count;
		status = svc_policy_check(files[i], &command->places, check_fault, &check, &command->error);
		if (status == SVC_BAD_INPUT && check.count > before)
			status = SVC_OK; /* told already, one by one */
	}
	if (!status)
		status = check_report(&check, count);
	json_decref(check.faults);
	return status;
}

/* ---- ask ---- */

static int ask(struct command *command)
{
	enum svc_ask ask;
	int status = svc_ask_find(command_argument(command, "ASK"), &ask, &command->error);
	return status ? status : question_ask(command, ask, NULL, 0);
}

/* ---- test ---- */

struct run {
	struct command *command;
	json_t *failures;
	struct svc_coverage *coverage; /* NULL: not asked for */
	json_t *unexercised;
};

static void seen_case(void *context, const struct svc_case_result *result)
{
	struct run *run = context;
	struct command *command = run->command;
	if (result->depends_on_today)
		command_say(command, _("%s:%d: %s depends on today's date"), result->file, result->line, result->id);
	if (!result->difference)
		return;
	show_mood(command->show, SHOW_BAD, _("%s failed (%s:%d)"), result->id, result->file, result->line);
	for (const char *line = result->difference; *line;) {
		size_t length = strcspn(line, "\n");
		show_line(command->show, "  %.*s", (int)length, line);
		line += length + (line[length] != 0);
	}
	json_array_append_new(run->failures, json_pack("{s:s, s:s, s:s, s:s, s:i, s:s}", "id", result->id, "policy",
						       result->policy, "ask", result->ask, "file", result->file, "line",
						       result->line, "difference", result->difference));
}

static int test_report(struct run *run, size_t passed, size_t failed)
{
	struct command *command = run->command;
	size_t rules = run->coverage ? coverage_report(command, run->coverage, &run->unexercised) : 0;
	json_t *document = json_pack("{s:s, s:I, s:I, s:O}", "schema", "svc.policy.test/1", "passed",
				     (json_int_t)passed, "failed", (json_int_t)failed, "failures", run->failures);
	if (run->coverage)
		json_object_update_new(
			document, json_pack("{s:I, s:O}", "rules", (json_int_t)rules, "unexercised", run->unexercised));
	int status = show_object(command->show, document);
	show_line(command->show, _("%zu passed, %zu failed"), passed, failed);
	return status ? status : failed ? SVC_NO : SVC_OK;
}

static int test(struct command *command)
{
	const char *const *files;
	size_t count = command_arguments(command, "FILE", &files), all_passed = 0, all_failed = 0;
	struct svc_case_choice choice = {.policies = command_text(command, "only-policy"),
					 .asks = command_text(command, "ask"),
					 .glob = command_text(command, "id")};
	struct run run = {.command = command, .failures = json_array()};
	int status = SVC_OK;
	if (command_flag(command, "coverage"))
		choice.coverage = run.coverage = svc_coverage_new();
	for (size_t i = 0; i < count && !status; i++) {
		size_t passed = 0, failed = 0;
		status = svc_cases_run(files[i], &choice, &command->places, command->now, seen_case, &run, &passed,
				       &failed, &command->error);
		all_passed += passed;
		all_failed += failed;
		if (status == SVC_NO)
			status = SVC_OK;
	}
	if (!status)
		status = test_report(&run, all_passed, all_failed);
	json_decref(run.failures);
	json_decref(run.unexercised);
	svc_coverage_free(run.coverage);
	return status;
}

/* ---- set ---- */

static int set(struct command *command)
{
	const char *policy = command_argument(command, "PACK"), *name = command_argument(command, "NAME");
	const char *value = command_argument(command, "VALUE");
	svc_date from = command_today(command);
	command_date(command, "from", &from);
	int status = svc_policy_set(command->desk, policy, name, value, from, &command->error);
	if (status)
		return status;
	char day[16];
	svc_date_format(from, day);
	show_line(command->show, _("%s: %s is %s from %s on"), policy, name, value, day);
	return show_object(command->show, json_pack("{s:s, s:s, s:s, s:s, s:s}", "schema", "svc.setting/1", "policy",
						    policy, "name", name, "value", value, "effective", day));
}

/* ---- the verbs ---- */

static const struct command_argument pack_argument[] = {
	{.name = "PACK", .help = N_("a pack by id, id@DATE or path"), .complete = COMPLETE_POLICY},
	{.name = NULL},
};
static const struct command_argument new_arguments[] = {
	{.name = "ID", .help = N_("the id of the new pack: small letters, digits and hyphens")},
	{.name = NULL},
};
static const struct command_argument check_arguments[] = {
	{.name = "FILE", .help = N_("a pack's file"), .complete = COMPLETE_FILE, .repeated = true},
	{.name = NULL},
};
static const struct command_argument test_arguments[] = {
	{.name = "FILE", .help = N_("a file of cases"), .complete = COMPLETE_FILE, .repeated = true},
	{.name = NULL},
};
static const struct command_argument ask_arguments[] = {
	{.name = "ASK",
	 .help = N_("the question, such as warranty, fee or sla; the manual lists them all"),
	 .complete = COMPLETE_ASK},
	{.name = NULL},
};
static const struct command_argument set_arguments[] = {
	{.name = "PACK", .help = N_("a pack by its id"), .complete = COMPLETE_POLICY},
	{.name = "NAME", .help = N_("a setting of the pack"), .complete = COMPLETE_SETTING},
	{.name = "VALUE", .help = N_("its value; empty takes it back")},
	{.name = NULL},
};

static const struct command_argument verify_arguments[] = {
	{.name = "TICKET",
	 .help = N_("only the decisions of this ticket"),
	 .complete = COMPLETE_TICKET,
	 .optional = true},
	{.name = NULL},
};

static const struct command_argument floor_arguments[] = {
	{.name = "PACK", .help = N_("a pack by id, id@DATE or path"), .complete = COMPLETE_POLICY},
	{.name = "LAW",
	 .help = N_("a statutory pack to hold it against"),
	 .complete = COMPLETE_POLICY,
	 .repeated = true},
	{.name = NULL},
};

static const struct command_option show_options[] = {
	{.name = "sold", .kind = VALUE_DATE, .help = N_("the version under which goods of that day were sold")},
	{.name = "markdown", .kind = VALUE_FLAG, .help = N_("as Markdown, to be printed or published")},
	{.name = NULL},
};
static const struct command_option new_options[] = {
	{.name = "title", .kind = VALUE_TEXT, .help = N_("what people call it; default: its id")},
	{.name = "to",
	 .kind = VALUE_FILE,
	 .help = N_("the file to write; default: the id in this folder"),
	 .complete = COMPLETE_FILE},
	{.name = NULL},
};
static const struct command_option test_options[] = {
	{.name = "only-policy",
	 .kind = VALUE_TEXT,
	 .label = N_("PACK,PACK"),
	 .help = N_("only the cases of these packs"),
	 .complete = COMPLETE_POLICY},
	{.name = "ask",
	 .kind = VALUE_TEXT,
	 .label = N_("ASK,ASK"),
	 .help = N_("only these asks"),
	 .complete = COMPLETE_ASK},
	{.name = "id", .kind = VALUE_TEXT, .label = N_("GLOB"), .help = N_("only the cases whose id fits the pattern")},
	{.name = "coverage", .kind = VALUE_FLAG, .help = N_("name the rules that no case of the run exercises")},
	{.name = NULL},
};
static const struct command_option set_options[] = {
	{.name = "from", .kind = VALUE_DATE, .help = N_("the first day on which it holds; default: today")},
	{.name = NULL},
};

static const struct command_example list_examples[] = {
	{"svc policy list", N_("which packs there are, and which file each comes from")},
	{.line = NULL},
};
static const struct command_example show_examples[] = {
	{"svc policy show golf-carts", N_("read a pack: its facts, then its rules section by section")},
	{"svc policy show golf-carts --markdown", N_("the same to be printed or published")},
	{"svc policy show golf-carts --json", N_("the same for a program")},
	{.line = NULL},
};
static const struct command_example new_examples[] = {
	{"svc policy new garden-tools --title 'Garden tools'", N_("write garden-tools.yaml, a small pack to change")},
	{.line = NULL},
};
static const struct command_example check_examples[] = {
	{"svc policy check ./golf-carts.yaml", N_("after an edit: every fault by line and column")},
	{.line = NULL},
};
static const struct command_example ask_examples[] = {
	{"svc policy ask freight --policy trade-terms fault=quality confirmed=true want=repair delivery=2026-10-02",
	 N_("one question to one pack, without a desk")},
	{.line = NULL},
};
static const struct command_example test_examples[] = {
	{"svc policy test tests/cases/golf-carts.yaml", N_("run all cases of a file")},
	{"svc policy test tests/cases/*.yaml --ask warranty,fee --id 'golf-carts/battery-*'", N_("run some of them")},
	{"svc policy test tests/cases/golf-carts.yaml --coverage",
	 N_("and which rules no case exercises, line by line")},
	{.line = NULL},
};
static const struct command_example set_examples[] = {
	{"svc policy set furniture-store card_fee_rate 0.006", N_("fill what the source document leaves open")},
	{.line = NULL},
};

static const struct command_example verify_examples[] = {
	{"svc policy verify", N_("derive every kept decision once more; exit 1 when one comes out otherwise")},
	{.line = NULL},
};

static const struct command_example floor_examples[] = {
	{"svc policy floor retail-store cn-sanbao-general cn-consumer",
	 N_("where the promise gives the customer less than the law, clause by clause")},
	{"svc policy floor retail-store cn-sanbao-general product=bicycle", N_("the same of bicycles alone")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "list",
	 .summary = N_("list the packs that can be found, and which of them is used"),
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.policy/1",
	 .examples = list_examples,
	 .run = list},
	{.name = "show",
	 .summary = N_("show what a pack says: its facts and its rules, clause by clause"),
	 .arguments = pack_argument,
	 .options = show_options,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.document/1",
	 .examples = show_examples,
	 .run = show},
	{.name = "new",
	 .summary = N_("write a small pack with comments to begin with"),
	 .arguments = new_arguments,
	 .options = new_options,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.new/1",
	 .examples = new_examples,
	 .run = policy_new},
	{.name = "check",
	 .summary = N_("check files as packs and name every fault"),
	 .arguments = check_arguments,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.check/1",
	 .examples = check_examples,
	 .run = check_packs},
	{.name = "ask",
	 .summary = N_("ask a pack one question with given facts"),
	 .arguments = ask_arguments,
	 .takes = TAKES_FACTS | TAKES_SETTINGS | TAKES_EXPLAIN,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ask/1",
	 .examples = ask_examples,
	 .run = ask},
	{.name = "test",
	 .summary = N_("run files of worked cases against their packs"),
	 .arguments = test_arguments,
	 .options = test_options,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.test/1",
	 .examples = test_examples,
	 .run = test},
	{.name = "cases",
	 .summary = N_("write boundary cases: each side of each edge of a pack's rules, with the answers of today"),
	 .arguments = pack_argument,
	 .options = cases_options,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.cases/1",
	 .examples = cases_examples,
	 .run = policy_cases},
	{.name = "lint",
	 .summary = N_("prove packs: gaps, overlaps, dead and needless rules, each with a case that shows it"),
	 .arguments = lint_arguments,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.lint/1",
	 .examples = lint_examples,
	 .run = policy_lint},
	{.name = "set",
	 .summary = N_("set what a pack leaves open to the desk"),
	 .arguments = set_arguments,
	 .options = set_options,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.setting/1",
	 .examples = set_examples,
	 .run = set},
	{.name = "verify",
	 .summary = N_("derive every kept decision once more and name each that comes out otherwise"),
	 .arguments = verify_arguments,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.verify/1",
	 .examples = verify_examples,
	 .run = policy_verify},
	{.name = "diff",
	 .summary = N_("say in words what changed between two packs, with a case for each change"),
	 .arguments = diff_arguments,
	 .options = diff_options,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.diff/1",
	 .examples = diff_examples,
	 .run = policy_diff},
	{.name = "impact",
	 .summary = N_("say which answers change, and the money by payer, when a pack takes the place of another"),
	 .arguments = impact_arguments,
	 .options = impact_options,
	 .takes = TAKES_FACTS | TAKES_SETTINGS,
	 .needs = NEEDS_DESK_IF_THERE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.impact/1",
	 .examples = impact_examples,
	 .run = policy_impact},
	{.name = "floor",
	 .summary = N_("name each way in which a promise gives the customer less than the law"),
	 .arguments = floor_arguments,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_POLICY,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.policy.floor/1",
	 .examples = floor_examples,
	 .run = policy_floor},
	{.run = NULL},
};

const struct command_noun noun_policy = {
	.name = "policy",
	.summary = N_("policy packs: the rules that answer"),
	.verbs = verbs,
};
