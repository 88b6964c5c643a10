/* svc policy floor: each way in which a promise gives the customer less than the law. */
#include "policy_floor.h"
#include "show/answer.h"
#include "show/text.h"
#include "svc/floor.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum side { PROMISE, LAW };
struct report {
	struct command *command;
	const struct svc_policy *promise, *law;
	json_t *shortfalls, *open; /* open: of this law */
	char clause[128], law_clause[128]; /* the last ones that were told */
	char example[2][4096]; /* and the last case, as commands */
	size_t count; /* of this law */
};

static const char *const kind_titles[SVC_SHORT_COUNT] = {
	N_("remedy"),       N_("last day"),  N_("labour"), N_("parts"),    N_("freight there"),
	N_("freight back"), N_("deduction"), N_("fee"),    N_("deadline"),
};

/* name=value as the command line takes it. */
static void add_fact(struct text *text, const char *name, const json_t *value)
{
	if (json_is_array(value)) {
		size_t index;
		json_t *item;
		text_print(text, " %s=", name);
		if (!json_array_size(value))
			text_puts(text, "[]");
		json_array_foreach(value, index, item) text_print(text, index ? ",%s" : "%s", json_string_value(item));
		return;
	}
	if (json_is_string(value)) {
		const char *string = json_string_value(value);
		text_print(text, strchr(string, ' ') ? " '%s=%s'" : " %s=%s", name, string);
		return;
	}
	char *plain = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	text_print(text, " %s=%s", name, plain);
	free(plain);
}

/* The case as a command that shows it when it is run; not twice in a row. */
static void show_case(struct report *report, enum side side, enum svc_ask ask, const char *facts, const char *settings)
{
	struct text line = {0};
	const char *name;
	json_t *value, *given = json_loads(facts, 0, NULL), *set = json_loads(settings, 0, NULL);
	text_print(&line, "svc policy ask %s --policy %s", svc_ask_name(ask),
		   svc_policy_id(side ? report->law : report->promise));
	json_object_foreach(given, name, value) add_fact(&line, name, value);
	json_object_foreach(set, name, value)
	{
		text_puts(&line, " --set");
		add_fact(&line, name, value);
	}
	if (strcmp(report->example[side], line.bytes) != 0)
		show_mood(report->command->show, SHOW_FAINT, "      %s", line.bytes);
	snprintf(report->example[side], sizeof report->example[side], "%s", line.bytes);
	text_release(&line);
	json_decref(given);
	json_decref(set);
}

/* A clause and what it says, when another one was told before it. */
static void show_clause(struct show *show, char last[128], const char *clause, const char *text, bool law)
{
	if (strcmp(last, clause) == 0 && *last)
		return;
	snprintf(last, 128, "%s", clause);
	if (!law)
		show_line(show, "%s", "");
	show_mood(show, law ? SHOW_PLAIN : SHOW_BOLD, "%s%s%s%s", law ? "  " : "", *clause ? clause : _("no clause"),
		  *text ? "  " : "", text);
}

static json_t *shortfall_json(const struct report *report, const struct svc_shortfall *one)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:I}",
			 "kind", svc_shortfall_id(one->kind), "about", one->about, "clause", one->clause, "text",
			 one->text, "gives", one->gives, "law", svc_policy_id(report->law), "law_clause",
			 one->law_clause, "law_text", one->law_text, "owes", one->owes, "policy",
			 svc_policy_id(report->promise), "ask", svc_ask_name(one->ask), "law_ask",
			 svc_ask_name(one->law_ask), "given", json_loads(one->facts, 0, NULL), "settings",
			 json_loads(one->settings, 0, NULL), "law_given", json_loads(one->law_facts, 0, NULL),
			 "law_settings", json_loads(one->law_settings, 0, NULL), "cases", (json_int_t)one->cases);
}

/* A value of an answer as people read it. */
static const char *value_title(const struct svc_policy *policy, enum svc_shortfall_kind kind, const char *id)
{
	switch (kind) {
	case SVC_SHORT_REMEDY:
		return verdict_word(remedy_word(id));
	case SVC_SHORT_LABOR:
	case SVC_SHORT_PARTS:
		return svc_policy_word_title(policy, "labor", id);
	case SVC_SHORT_FREIGHT_IN:
	case SVC_SHORT_FREIGHT_OUT:
		return svc_policy_word_title(policy, "carried_by", id);
	case SVC_SHORT_DEDUCTION:
		return svc_policy_word_title(policy, NULL, id);
	case SVC_SHORT_FEE:
		return svc_policy_word_title(policy, "labor", id);
	default:
		return id;
	}
}

static const char *limit_title(const char *key)
{
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++)
		if (strcmp(field->key, key) == 0 && field->title)
			return _(field->title);
	return key;
}

/* "fee (home visit)", "deadline (repair finished)"; limits of an sla bear the titles of the answer. */
static const char *kind_words(const struct report *report, const struct svc_shortfall *one)
{
	const char *kind = _(kind_titles[one->kind]), *about = one->about;
	if (!*about)
		return kind;
	if (one->ask == SVC_ASK_SLA)
		about = limit_title(about);
	else
		about = svc_policy_word_title(report->promise, one->ask == SVC_ASK_FEE ? "items" : "task", about);
	return command_print(report->command, _("%s (%s)"), kind, about);
}

static int take_open(void *context, const struct svc_floor_open *open)
{
	struct report *report = context;
	json_array_append_new(report->open,
			      json_pack("{s:s, s:s, s:s, s:I}", "policy",
					svc_policy_id(open->of_law ? report->law : report->promise), "name", open->name,
					"title", open->title, "cases", (json_int_t)open->cases));
	return SVC_OK;
}

static int take_shortfall(void *context, const struct svc_shortfall *one)
{
	struct report *report = context;
	struct show *show = report->command->show;
	if (!report->count++ || strcmp(report->clause, one->clause) != 0)
		*report->clause = *report->law_clause = '\0';
	show_clause(show, report->clause, one->clause, one->text, false);
	show_clause(show, report->law_clause, one->law_clause, one->law_text, true);
	show_mood(show, SHOW_BAD, _("    %s: %s, where the law gives %s"), kind_words(report, one),
		  *one->gives ? value_title(report->promise, one->kind, one->gives) : _("nothing said"),
		  *one->owes ? value_title(report->law, one->kind, one->owes) : _("nothing"));
	show_case(report, PROMISE, one->ask, one->facts, one->settings);
	show_case(report, LAW, one->law_ask, one->law_facts, one->law_settings);
	json_array_append_new(report->shortfalls, shortfall_json(report, one));
	return SVC_OK;
}

static json_t *law_json(const struct report *report, const struct svc_floor_counts *counts)
{
	return json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:o}", "law", svc_policy_id(report->law), "title",
			 svc_policy_title(report->law), "shortfalls", (json_int_t)report->count, "cases",
			 (json_int_t)counts->cases, "undecided", (json_int_t)counts->undecided, "unlike",
			 (json_int_t)counts->unlike, "open", report->open);
}

/* "undecided for want of: end of the contract (coach-service, 72 cases)". */
static void show_open(struct report *report)
{
	struct text line = {0};
	size_t index;
	json_t *open;
	json_array_foreach(report->open, index, open)
	{
		const char *title = json_string_value(json_object_get(open, "title"));
		const char *name = json_string_value(json_object_get(open, "name"));
		text_puts(&line, index ? _(", ") : "");
		text_print(&line, _("%s (%s, in %zu cases)"),
			   *title  ? title
			   : *name ? name
				   : _("what no fact gives"),
			   json_string_value(json_object_get(open, "policy")),
			   (size_t)json_integer_value(json_object_get(open, "cases")));
	}
	if (line.length)
		show_line(report->command->show, _("  undecided for want of: %s"), line.bytes);
	text_release(&line);
}

static void show_counts(struct report *report, const struct svc_floor_counts *counts)
{
	struct show *show = report->command->show;
	const char *promise = svc_policy_id(report->promise), *law = svc_policy_id(report->law);
	show_line(show, "%s", "");
	if (!counts->cases)
		show_mood(show, SHOW_OPEN, _("%s, %s: no case that both speak of"), promise, law);
	else
		show_mood(show, report->count ? SHOW_BAD : SHOW_GOOD,
			  _("%s, %s: less than the law in %zu points; %zu cases compared, %zu undecided"), promise, law,
			  report->count, counts->cases, counts->undecided);
	show_open(report);
}

/* Facts that every case has, as the command line gives them. */
static const struct svc_floor_fact *given_facts(const struct command *command)
{
	struct svc_floor_fact *given = command_memory(command, (command->fact_count + 1) * sizeof *given);
	for (size_t i = 0; i < command->fact_count; i++)
		given[i] = (struct svc_floor_fact){command->facts[i].field, command->facts[i].value};
	return given;
}

static int compare_law(struct report *report, const char *name, json_t *laws)
{
	struct command *command = report->command;
	struct svc_policy *law = NULL;
	struct svc_floor_counts counts = {0};
	int status = svc_policy_open(&law, name, SVC_DATE_NONE, &command->places, &command->error);
	report->law = law;
	report->count = 0;
	report->open = json_array();
	if (!status)
		status = svc_policy_floor(report->promise, law, given_facts(command), command->fact_count,
					  &(struct svc_floor_listener){take_shortfall, take_open, report}, &counts,
					  &command->error);
	if (!status) {
		show_counts(report, &counts);
		json_array_append_new(laws, law_json(report, &counts));
	} else {
		json_decref(report->open);
	}
	svc_policy_free(law);
	return status;
}

int policy_floor(struct command *command)
{
	const char *const *laws;
	size_t count = command_arguments(command, "LAW", &laws);
	struct svc_policy *promise = NULL;
	struct report report = {.command = command, .shortfalls = json_array()};
	json_t *compared = json_array();
	int status = svc_policy_open(&promise, command_argument(command, "PACK"), SVC_DATE_NONE, &command->places,
				     &command->error);
	report.promise = promise;
	for (size_t i = 0; i < count && !status; i++)
		status = compare_law(&report, laws[i], compared);
	bool less = json_array_size(report.shortfalls) > 0;
	if (!status)
		status = show_object(command->show, json_pack("{s:s, s:s, s:O, s:O}", "schema", "svc.policy.floor/1",
							      "policy", svc_policy_id(promise), "laws", compared,
							      "shortfalls", report.shortfalls));
	json_decref(compared);
	json_decref(report.shortfalls);
	svc_policy_free(promise);
	return status ? status : less ? SVC_NO : SVC_OK;
}
