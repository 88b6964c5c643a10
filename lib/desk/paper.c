/* The report of a repair: the paper that the pack requires, filled from what the desk knows. */
#include "paper.h"
#include "base/error.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "ruling.h"
#include "svc/repair.h"
#include "values.h"
#include "writing.h"

#include <string.h>

struct report {
	struct svc_desk *desk;
	const struct svc_report_query *query;
	struct arena arena;
	const char *ticket; /* its number */
	struct account account;
	struct gathered_facts given; /* fields that were filled in by hand, before and now */
	struct gathered_facts marks; /* of the ticket */
	bool news; /* some of them now */
	struct ruling ruling;
	struct svc_facts *facts;
	struct svc_answer answer;
	enum svc_ask ask;
	const char *paper, *title; /* paper NULL: the desk's own account */
	struct svc_report_field *fields;
	size_t field_count;
};

/* ---- which paper ---- */

/* What packs call the report of a repair; the first that a pack has. */
static const struct paper_name {
	enum svc_ask ask;
	const char *fact, *name;
} paper_names[] = {
	{SVC_ASK_RECORD, "record", "repair_report"},  {SVC_ASK_RECORD, "record", "repair_record"},
	{SVC_ASK_RECORD, "record", "service_record"}, {SVC_ASK_FORM, "form", "service_report"},
	{SVC_ASK_FORM, "form", "repair_card"},
};

static int take_paper(void *context, const char *word, const char *title)
{
	const char **name = context;
	(void)title;
	if (strcmp(word, name[0]) != 0)
		return 0;
	name[1] = word;
	return 1;
}

static bool has_paper(const struct svc_policy *policy, const struct paper_name *paper)
{
	const char *found[2] = {paper->name, NULL};
	if (svc_policy_answers(policy, paper->ask))
		svc_policy_words(policy, paper->fact, take_paper, found, NULL);
	return found[1] != NULL;
}

static const char *ask_fact(enum svc_ask ask)
{
	return ask == SVC_ASK_FORM ? "form" : "record";
}

static void choose_paper(struct report *report)
{
	const struct svc_report_query *query = report->query;
	report->ask = query->form ? SVC_ASK_FORM : SVC_ASK_RECORD;
	report->paper = query->form ? query->form : query->record;
	for (size_t i = 0; !report->paper && i < sizeof paper_names / sizeof *paper_names; i++)
		if (has_paper(report->ruling.policy, &paper_names[i])) {
			report->paper = paper_names[i].name;
			report->ask = paper_names[i].ask;
		}
	if (report->paper)
		report->title = svc_policy_word_title(report->ruling.policy, ask_fact(report->ask), report->paper);
}

/* ---- what is filled in ---- */

static const char *mark_of(struct report *report, const char *field)
{
	return arena_printf(&report->arena, "report.%s", field);
}

static int gather_given(struct report *report, struct svc_error *err)
{
	static const size_t prefix = sizeof "report." - 1;
	const struct svc_report_query *query = report->query;
	for (size_t i = 0; i < report->marks.count; i++)
		if (strncmp(report->marks.items[i].field, "report.", prefix) == 0)
			gather_fact(&report->given, &report->arena, report->marks.items[i].field + prefix,
				    report->marks.items[i].value);
	for (size_t i = 0; i < query->field_count; i++) {
		const char *value = query->fields[i].value, *fault = value_text_fault(value, true);
		const char *before = gathered_value(&report->given, query->fields[i].field);
		if (!fault)
			fault = value_text_fault(query->fields[i].field, false);
		if (fault) {
			error_set(err, SVC_BAD_INPUT, "%.60s: %s", query->fields[i].field, fault);
			error_field(err, "field");
			return SVC_BAD_INPUT;
		}
		report->news = report->news || !before || strcmp(before, value) != 0;
		gather_fact(&report->given, &report->arena, query->fields[i].field, value);
	}
	return SVC_OK;
}

static const char *field_value(struct report *report, const char *id)
{
	const char *value = gathered_value(&report->given, id);
	if (!value)
		value = account_value(&report->account, id);
	return value && *value ? value : NULL;
}

static const char *fields_json(struct report *report)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	json_open(&json, NULL, '{');
	for (size_t i = 0; i < report->field_count; i++)
		if (report->fields[i].value)
			json_string(&json, report->fields[i].id, report->fields[i].value);
	json_close(&json, '}');
	const char *kept = arena_strndup(&report->arena, text.text, text.length);
	strbuf_release(&text);
	return kept;
}

static void take_fields(struct report *report)
{
	const struct svc_answer *answer = &report->answer;
	report->field_count = answer->row_count;
	report->fields = arena_alloc(&report->arena, (answer->row_count + 1) * sizeof *report->fields);
	for (size_t i = 0; i < answer->row_count; i++) {
		const struct svc_row *row = &answer->rows[i];
		const char *id = arena_strdup(&report->arena, row->id);
		report->fields[i] = (struct svc_report_field){.id = id,
							      .label = arena_strdup(&report->arena, row->text),
							      .clause = arena_strdup(&report->arena, row->clause),
							      .value = field_value(report, id),
							      .required = row->required == SVC_TRUE};
	}
}

/* ---- what the pack says of it ---- */

static int open_pack(struct report *report, const char *const *values, struct svc_error *err)
{
	struct gathered_facts known = {0};
	struct inquiry inquiry;
	const char *stage = values[field_find(SVC_TICKET, "stage")];
	int status = ticket_inquiry(report->desk, report->query->ticket, values, &known, &report->arena, &inquiry, err);
	if (status != SVC_OK)
		return status;
	if (stage)
		gather_fact(&known, &report->arena, "stage", stage);
	inquiry.ask = report->query->form ? SVC_ASK_FORM : SVC_ASK_RECORD;
	inquiry.facts = known.items;
	inquiry.fact_count = known.count;
	return ruling_open(report->desk, &report->desk->options, &inquiry, &report->ruling.policy, &report->facts, err);
}

/* Asked twice: with nothing filled in it says which fields there are, filled in it says what is missing. */
static int ask_paper(struct report *report, struct svc_error *err)
{
	int status = svc_facts_set(report->facts, ask_fact(report->ask), report->paper, err);
	if (status == SVC_OK)
		status = svc_facts_set_json(report->facts, "fields", "{}", err);
	if (status == SVC_OK)
		status = ruling_ask(&report->ruling, report->ask, report->facts, false, &report->answer, err);
	if (status != SVC_OK)
		return status;
	take_fields(report);
	report->ruling.keep = true;
	status = svc_facts_set_json(report->facts, "fields", fields_json(report), err);
	return status == SVC_OK ? ruling_ask(&report->ruling, report->ask, report->facts, false, &report->answer, err)
				: status;
}

static void take_own(struct report *report)
{
	size_t count;
	const struct account_field *own = account_fields(&count);
	report->fields = arena_alloc(&report->arena, count * sizeof *report->fields);
	report->field_count = count;
	for (size_t i = 0; i < count; i++)
		report->fields[i] = (struct svc_report_field){
			.id = own[i].id, .label = svc_text(own[i].title), .value = field_value(report, own[i].id)};
	report->title = _("repair report");
}

/* ---- keeping it ---- */

static int name_missing(struct report *report, struct svc_error *err)
{
	const struct svc_answer *answer = &report->answer;
	const char *list = "";
	for (size_t i = 0; i < answer->missing_count; i++)
		list = arena_printf(&report->arena, "%s%s%s", list, i ? ", " : "", answer->missing[i]);
	if (!answer->missing_count)
		return error_set(err, SVC_INCOMPLETE, _("%s: the pack does not say what %s holds for this ticket"),
				 report->ticket, report->paper);
	error_set(err, SVC_INCOMPLETE, _("%s: not filled in for %s: %s"), report->ticket, report->paper, list);
	error_hint(err, _("give them with --field NAME=VALUE"));
	return SVC_INCOMPLETE;
}

/* A complete report is evidence: with the decision that it is complete, and with what was filled in by hand. */
static int keep_report(struct report *report, struct svc_error *err)
{
	const char *mark = arena_printf(&report->arena, "paper.%s", report->paper);
	size_t count = 0;
	struct svc_assignment *marks = arena_alloc(&report->arena, (report->given.count + 1) * sizeof *marks);
	struct change change = {.kind = SVC_TICKET, .decides = svc_ask_name(report->ask), .marks = marks};
	struct happening happening = {.verb = "reported", .occurred = SVC_TIME_NONE};
	int64_t event = 0;
	if (!report->news && gathered_value(&report->marks, mark))
		return SVC_OK;
	marks[count++] = (struct svc_assignment){mark, "complete"};
	for (size_t i = 0; i < report->given.count; i++)
		marks[count++] = (struct svc_assignment){mark_of(report, report->given.items[i].field),
							 report->given.items[i].value};
	change.mark_count = count;
	int status = record_change(report->desk, report->query->ticket, &happening, &change, &report->arena, &event,
				   err);
	return status == SVC_OK
		       ? ruling_keep(report->desk, report->query->ticket, event, &report->ruling, &report->answer, err)
		       : status;
}

static int tell_report(struct report *report, svc_report_seen seen, void *context, struct svc_error *err)
{
	struct svc_report told = {.paper = report->paper,
				  .title = report->title,
				  .policy = report->paper ? report->ruling.policy : NULL,
				  .answer = report->paper ? &report->answer : NULL,
				  .fields = report->fields,
				  .field_count = report->field_count};
	seen(context, &told);
	if (!report->paper)
		return SVC_OK;
	return svc_verdict_exit(report->answer.verdict) ? name_missing(report, err) : keep_report(report, err);
}

static int make_report(struct report *report, const char *const *values, struct svc_error *err)
{
	const struct svc_report_query *query = report->query;
	int status = ticket_said(report->desk, query->ticket, "marks", &report->marks, &report->arena, err);
	if (status == SVC_OK)
		status = gather_given(report, err);
	if (status == SVC_OK)
		status = account_read(report->desk, query->ticket, values, &report->account, &report->arena, err);
	if (status == SVC_OK)
		status = open_pack(report, values, err);
	if (status != SVC_OK)
		return status;
	if (report->ruling.policy)
		choose_paper(report);
	if (report->paper)
		return ask_paper(report, err);
	if (query->record || query->form)
		return error_set(err, SVC_USAGE, _("no policy pack answers for %s"), report->ticket);
	take_own(report);
	return SVC_OK;
}

int svc_repair_report(struct svc_desk *desk, const struct svc_report_query *query, svc_report_seen seen, void *context,
		      struct svc_error *err)
{
	struct report report = {.desk = desk, .query = query};
	const char *values[FIELD_LIMIT] = {0};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, query->ticket, &report.arena, values, err);
	report.ticket = values[FIELD_ID];
	if (status == SVC_OK)
		status = make_report(&report, values, err);
	if (status == SVC_OK)
		status = tell_report(&report, seen, context, err);
	svc_answer_release(&report.answer);
	svc_facts_free(report.facts);
	ruling_release(&report.ruling, true);
	arena_release(&report.arena);
	return status;
}
