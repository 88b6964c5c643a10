/* svc conduct: violations of the people who serve, and what follows from them. */
#include "svc/conduct.h"
#include "command.h"
#include "show/answer.h"
#include "show/table.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- one violation ---- */

static int log_violation(struct command *command)
{
	struct svc_misconduct misconduct = {.person = command_argument(command, "PERSON"),
					    .rule = command_argument(command, "RULE"),
					    .on = SVC_DATE_NONE,
					    .facts = command->facts,
					    .fact_count = command->fact_count,
					    .evidence = command_text(command, "evidence"),
					    .note = command_text(command, "note")};
	int64_t violation;
	command_date(command, "on", &misconduct.on);
	int status = svc_conduct_log(command->desk, &misconduct, &violation, &command->error);
	return status ? status : records_display(command, SVC_VIOLATION, violation);
}

static int settle(struct command *command, enum svc_conduct_step step)
{
	int64_t violation;
	int status = records_find(command, SVC_VIOLATION, command_argument(command, "VIOLATION"), &violation);
	if (!status)
		status = svc_conduct_settle(command->desk, violation, step, command_text(command, "reason"),
					    &command->error);
	return status ? status : records_display(command, SVC_VIOLATION, violation);
}

static int appeal(struct command *command)
{
	return settle(command, SVC_CONDUCT_APPEAL);
}

static int uphold(struct command *command)
{
	return settle(command, SVC_CONDUCT_UPHOLD);
}

static int reverse(struct command *command)
{
	return settle(command, SVC_CONDUCT_REVERSE);
}

/* ---- one person ---- */

static int show_one(void *context, const struct svc_record *record)
{
	struct command *command = context;
	show_row(command->show, record->values);
	return 0;
}

/* A technician by number is written down by name. */
static int name_of(struct command *command, const char **person)
{
	struct svc_record record = {0};
	int64_t technician;
	const char *text = command_argument(command, "PERSON");
	*person = text;
	if ((text[0] != 'E' && text[0] != 'e') || text[1] < '1' || text[1] > '9')
		return SVC_OK;
	int status = records_find(command, SVC_TECHNICIAN, text, &technician);
	if (!status)
		status = svc_read(command->desk, SVC_TECHNICIAN, technician, &record, &command->error);
	if (!status)
		*person = command_print(command, "%s", svc_record_value(&record, "name"));
	svc_record_release(&record);
	return status;
}

static int show_person(struct command *command)
{
	struct svc_match match = {.field = "person"};
	struct svc_query query = {.matches = &match, .match_count = 1, .sort = "occurred"};
	size_t count;
	const struct show_column *columns = records_columns(SVC_VIOLATION, &count);
	int status = name_of(command, &match.from);
	match.to = match.from;
	if (!status)
		status = show_list(command->show, "svc.violation/1", columns, count);
	return status ? status : svc_list(command->desk, SVC_VIOLATION, &query, show_one, command, &command->error);
}

static const struct show_column finding_column_list[] = {
	{.name = "clause", .title = N_("clause"), .kind = SHOW_ID},
	{.name = "text", .title = N_("what it says"), .kind = SHOW_TEXT},
	{.name = "fine", .title = N_("fine"), .kind = SHOW_MONEY},
	{.name = "records", .title = N_("records"), .kind = SHOW_TEXT},
};
enum { FINDING_COLUMNS = sizeof finding_column_list / sizeof *finding_column_list };

struct review {
	struct command *command;
	const struct show_column *columns[FINDING_COLUMNS];
	struct table table;
	json_t *findings;
};

static const char *money(const struct command *command, svc_money amount, int digits)
{
	char text[32];
	if (amount == SVC_MONEY_NONE)
		return NULL;
	svc_money_format(amount, digits, text);
	return command_print(command, "%s", text);
}

static int add_finding(void *context, const struct svc_finding *finding)
{
	struct review *review = context;
	const char *cells[FINDING_COLUMNS] = {finding->clause, finding->text,
					      money(review->command, finding->fine, finding->digits), finding->records};
	json_t *object = json_object();
	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		if (cells[i])
			json_object_set_new(object, finding_column_list[i].name, json_string(cells[i]));
	json_array_append_new(review->findings, object);
	table_row(&review->table, cells);
	return 0;
}

/* The steps by which it was found are for `policy ask --explain`; here the records are named instead. */
static int show_review(struct review *review, const char *person, struct svc_answer *answer,
		       const struct svc_policy *policy)
{
	struct show *show = review->command->show;
	bool people = show_people(show);
	answer->explained = false;
	answer->why_count = answer->tried_count = answer->near_count = 0;
	char *json = svc_answer_json(answer);
	json_t *object = json_pack("{s:s, s:s, s:s, s:O, s:o}", "schema", "svc.review/1", "id", person, "verdict",
				   svc_verdict_id(answer->verdict), "findings", review->findings, "answer",
				   json_loads(json, 0, NULL));
	free(json);
	int status = people ? show_answer(show, policy, answer) : SVC_OK;
	if (!status && people && review->table.row_count)
		status = show_table(show, &review->table);
	int shown = show_object(show, object);
	return status ? status : shown;
}

static int review(struct command *command)
{
	struct review review = {.command = command, .findings = json_array()};
	struct svc_conduct_case one = {.person = command_argument(command, "PERSON"),
				       .as_of = SVC_DATE_NONE,
				       .facts = command->facts,
				       .fact_count = command->fact_count};
	struct svc_answer answer;
	struct svc_policy *policy = NULL;
	one.rank_count = command_texts(command, "rank", &one.ranks);
	command_date(command, "as-of", &one.as_of);
	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		review.columns[i] = &finding_column_list[i];
	review.table = (struct table){.columns = review.columns, .column_count = FINDING_COLUMNS};
	int status = svc_conduct_review(command->desk, &one, &answer, &policy, add_finding, &review, &command->error);
	if (!status)
		status = show_review(&review, one.person, &answer, policy);
	if (!status)
		status = svc_verdict_exit(answer.verdict);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	table_release(&review.table);
	json_decref(review.findings);
	return status;
}

/* ---- a month of all ---- */

static const struct show_column place_columns[] = {
	{.name = "person", .title = N_("person"), .kind = SHOW_ID},
	{.name = "place", .title = N_("place"), .kind = SHOW_INTEGER},
	{.name = "violations", .title = N_("violations"), .kind = SHOW_INTEGER},
	{.name = "fines", .title = N_("fines"), .kind = SHOW_MONEY},
	{.name = "records", .title = N_("records"), .kind = SHOW_TEXT},
};
enum { PLACE_COLUMNS = sizeof place_columns / sizeof *place_columns };

static int show_place(void *context, const struct svc_conduct_place *place)
{
	struct command *command = context;
	const char *cells[PLACE_COLUMNS] = {place->person, command_print(command, "%lld", (long long)place->place),
					    command_print(command, "%lld", (long long)place->violations),
					    money(command, place->fines, place->digits), place->records};
	show_row(command->show, cells);
	return 0;
}

/* "2026-01", or any day of it. */
static int month_of(struct command *command, svc_date *month)
{
	const char *text = command_text(command, "month");
	*month = SVC_DATE_NONE;
	if (!text || svc_date_parse(text, month) || svc_date_parse(command_print(command, "%s-01", text), month))
		return SVC_OK;
	return command_fail(command, SVC_BAD_INPUT, _("not a month (YYYY-MM): %.40s"), text);
}

static int rank(struct command *command)
{
	svc_date month;
	int status = month_of(command, &month);
	if (!status)
		status = show_list(command->show, "svc.conduct.place/1", place_columns, PLACE_COLUMNS);
	return status ? status
		      : svc_conduct_rank(command->desk, month, command->facts, command->fact_count, show_place, command,
					 &command->error);
}

/* ---- the verbs ---- */

static const struct command_argument log_arguments[] = {
	{.name = "PERSON", .help = N_("who: a name, or a technician by number"), .complete = COMPLETE_ACTOR},
	{.name = "RULE", .help = N_("the rule that was broken: a clause, or a word that the pack lists for it")},
	{.name = NULL},
};
static const struct command_argument person_argument[] = {
	{.name = "PERSON", .help = N_("who: a name, or a technician by number"), .complete = COMPLETE_ACTOR},
	{.name = NULL},
};
static const struct command_argument violation_argument[] = {
	{.name = "VIOLATION", .help = N_("a violation: B4")},
	{.name = NULL},
};
static const struct command_option log_options[] = {
	{.name = "on", .kind = VALUE_DATE, .help = N_("the day on which it happened; default: today")},
	{.name = "evidence", .kind = VALUE_TEXT, .label = N_("RECORDS"), .help = N_("the records that show it: T5,V3")},
	{.name = "note", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what is to be remembered")},
	{.name = NULL},
};
static const struct command_option reason_options[] = {
	{.name = "reason", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("why")},
	{.name = NULL},
};
static const struct command_option review_options[] = {
	{.name = "as-of", .kind = VALUE_DATE, .help = N_("as it stood on this day; default: today")},
	{.name = "rank",
	 .kind = VALUE_TEXT,
	 .label = N_("MONTH=N"),
	 .help = N_("the place in a month's ranking by complaints: 2026-01=1; may be given again"),
	 .repeated = true},
	{.name = NULL},
};
static const struct command_option rank_options[] = {
	{.name = "month", .kind = VALUE_TEXT, .label = N_("YYYY-MM"), .help = N_("the month; default: this one")},
	{.name = NULL},
};

static const struct command_example log_examples[] = {
	{"svc conduct log installer-7 furniture-store.132 uniform=false --evidence V3", N_("came without a uniform")},
	{"svc conduct log E3 graft --on 2026-02-11 --evidence T5,V9", N_("a technician, by a word of the pack")},
	{.line = NULL},
};
static const struct command_example show_examples[] = {
	{"svc conduct show installer-7", N_("all that was written down, also what was reversed")},
	{.line = NULL},
};
static const struct command_example list_examples[] = {
	{"svc conduct list --occurred 2026-01-01..2026-01-31 --state appealed", N_("appeals of a month")},
	{.line = NULL},
};
static const struct command_example review_examples[] = {
	{"svc conduct review installer-7 role=installer --as-of 2026-02-28",
	 N_("fines and consequences, with records")},
	{"svc conduct review installer-7 role=installer --rank 2026-01=1 --rank 2026-02=1 --json",
	 N_("with the places in the ranking")},
	{.line = NULL},
};
static const struct command_example rank_examples[] = {
	{"svc conduct rank --month 2026-02 role=installer", N_("everybody's violations and fines of a month")},
	{.line = NULL},
};
static const struct command_example appeal_examples[] = {
	{"svc conduct appeal B4 --reason 'the customer asked for slippers'", N_("it counts until it is reversed")},
	{.line = NULL},
};
static const struct command_example uphold_examples[] = {
	{"svc conduct uphold B4 --reason 'the photograph shows it'", N_("the appeal has failed")},
	{.line = NULL},
};
static const struct command_example reverse_examples[] = {
	{"svc conduct reverse B4 --reason 'somebody else was on that visit'", N_("it no longer counts")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "log",
	 .summary = N_("write down a violation, with the records that show it"),
	 .arguments = log_arguments,
	 .options = log_options,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.violation/1",
	 .examples = log_examples,
	 .run = log_violation},
	{.name = "show",
	 .summary = N_("show the violations of a person"),
	 .arguments = person_argument,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.violation/1",
	 .examples = show_examples,
	 .run = show_person},
	{.name = "list",
	 .summary = N_("list and search violations"),
	 .takes = TAKES_FILTER,
	 .kind = SVC_VIOLATION,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.violation/1",
	 .examples = list_examples,
	 .run = records_list},
	{.name = "review",
	 .summary = N_("say what follows from a person's violations, each finding with its records"),
	 .arguments = person_argument,
	 .options = review_options,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_REPORT | OUTPUT_JSON | OUTPUT_JSONL,
	 .schema = "svc.review/1",
	 .examples = review_examples,
	 .run = review},
	{.name = "rank",
	 .summary = N_("rank the people of a month by fines and violations"),
	 .options = rank_options,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.conduct.place/1",
	 .examples = rank_examples,
	 .run = rank},
	{.name = "appeal",
	 .summary = N_("appeal against a violation"),
	 .arguments = violation_argument,
	 .options = reason_options,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.violation/1",
	 .examples = appeal_examples,
	 .run = appeal},
	{.name = "uphold",
	 .summary = N_("let a violation stand after an appeal"),
	 .arguments = violation_argument,
	 .options = reason_options,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.violation/1",
	 .examples = uphold_examples,
	 .run = uphold},
	{.name = "reverse",
	 .summary = N_("reverse a violation: it no longer counts"),
	 .arguments = violation_argument,
	 .options = reason_options,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.violation/1",
	 .examples = reverse_examples,
	 .run = reverse},
	{.run = NULL},
};

const struct command_noun noun_conduct = {
	.name = "conduct",
	.summary = N_("conduct: violations, what follows from them, appeals"),
	.verbs = verbs,
};
