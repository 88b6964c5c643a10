/* How an answer came about, rule by rule: what was tried, by which facts it was settled, which days were counted. */
#include "answer.h"
#include "svc/text.h"
#include "text.h"

#include <string.h>

#define _(message) svc_text(message)
#define N_(message) message

struct telling {
	struct show *show;
	const struct svc_policy *policy;
	const struct svc_answer *answer;
};

/* ---- facts ---- */

/* Words by their titles, spans by their words, yes and no; everything else as it is. */
static void add_value(struct text *text, const struct telling *telling, const struct svc_step_fact *fact)
{
	const char *rest = fact->value + strspn(fact->value, "0123456789");
	if (!strcmp(fact->value, "true") || !strcmp(fact->value, "false")) {
		text_puts(text, *fact->value == 't' ? _("yes") : _("no"));
		return;
	}
	if (rest > fact->value && *rest == ' ') {
		add_interval(text, fact->value);
		return;
	}
	if (!strcmp(fact->value, "[]")) {
		text_puts(text, _("none"));
		return;
	}
	for (const char *word = fact->value; *word;) {
		size_t length = strcspn(word, ",");
		struct text one = {0};
		text_add(&one, word, length);
		text_puts(text, svc_policy_word_title(telling->policy, fact->fact, one.bytes ? one.bytes : ""));
		text_release(&one);
		word += length;
		if (*word++ != ',')
			break;
		text_puts(text, _(", "));
	}
}

/* "component: battery"; each fact once. */
static void add_fact(struct text *text, const struct telling *telling, const struct svc_step_fact *fact)
{
	struct text one = {0};
	add_title(&one, telling->policy, fact->fact);
	text_puts(&one, _(": "));
	if (fact->value)
		add_value(&one, telling, fact);
	else
		text_puts(&one, _("not known"));
	if (!text->length || !strstr(text->bytes, one.bytes)) {
		text_puts(text, text->length ? _("; ") : "");
		text_puts(text, one.bytes);
	}
	text_release(&one);
}

static void add_facts(struct text *text, const struct telling *telling, const struct svc_step *step)
{
	for (size_t i = 0; i < step->fact_count; i++)
		add_fact(text, telling, &step->facts[i]);
}

/* ---- days ---- */

static void add_moment(struct text *text, const struct telling *telling, struct svc_moment moment)
{
	char day[64];
	if (moment.kind == SVC_MOMENT_DATE && moment.at == SVC_DATE_LIFETIME) {
		text_puts(text, _("for life"));
		return;
	}
	if (moment.kind == SVC_MOMENT_DATE)
		svc_date_format((svc_date)moment.at, day);
	else
		svc_time_format(moment.at, telling->answer->zone, day);
	text_puts(text, day);
}

/* "purchase 2024-03-15 + 2 years = 2026-03-15" */
static void add_count(struct text *text, const struct telling *telling, const struct svc_step_date *date)
{
	bool extended = !strcmp(date->how, "extended");
	if (date->fact && !extended) {
		add_title(text, telling->policy, date->fact);
		text_puts(text, " ");
	}
	if (date->from.kind != SVC_MOMENT_NONE)
		add_moment(text, telling, date->from);
	if (date->length) {
		text_puts(text, !strcmp(date->how, "before") ? " - " : " + ");
		add_interval(text, date->length);
	}
	if (date->fact && extended) {
		text_puts(text, " ");
		add_title(text, telling->policy, date->fact);
	}
	if (!strcmp(date->how, "rolled"))
		text_puts(text, _(" is a day off work, so the last day is "));
	else
		text_puts(text, !strcmp(date->how, "stated") ? _("the last day is ") : " = ");
	add_moment(text, telling, date->to);
}

static void add_date(struct text *text, const struct telling *telling, const struct svc_step *step, size_t i)
{
	add_count(text, telling, &step->dates[i]);
	if (step->open && i + 1 == step->date_count)
		text_puts(text, step->open == SVC_TRUE ? _(", open") : _(", not open"));
}

static void show_dates(const struct telling *telling, const struct svc_step *step)
{
	for (size_t i = 0; i < step->date_count; i++) {
		struct text text = {0};
		add_date(&text, telling, step, i);
		show_line(telling->show, "      %s", text.bytes);
		text_release(&text);
	}
}

/* ---- rules ---- */

static const char *outcome_of(const struct svc_step *step, bool several)
{
	if (step->holds == SVC_FALSE)
		return several ? _("do not apply") : _("does not apply");
	if (step->holds == SVC_TRUTH_UNSET)
		return _("may apply");
	if (step->met)
		return step->met == SVC_FALSE ? _("is not met") : _("is met");
	return several ? _("apply") : _("applies");
}

/* Rules in a row that do not apply are told in one line, those that depend on days by themselves; so are those that always apply
   and count nothing. */
static bool told_together(const struct svc_step *a, const struct svc_step *b)
{
	bool silent = !a->fact_count && !b->fact_count && !a->date_count && !b->date_count && a->met == b->met;
	if (b->beside || a->holds != b->holds || (a->holds != SVC_FALSE && !silent))
		return false;
	if (!a->date_count && !b->date_count)
		return true;
	return a->date_count == b->date_count && !strcmp(a->clause, b->clause) &&
	       a->dates[0].to.at == b->dates[0].to.at;
}

static void add_clause(struct text *text, const char *clause)
{
	if (text->length && strstr(text->bytes, clause))
		return;
	text_puts(text, text->length ? _(", ") : "");
	text_puts(text, clause);
}

static size_t show_steps_from(const struct telling *telling, size_t first)
{
	const struct svc_step *steps = telling->answer->tried, *step = &steps[first];
	struct text clauses = {0}, facts = {0};
	size_t next = first;
	do {
		add_clause(&clauses, steps[next].clause);
		add_facts(&facts, telling, &steps[next++]);
	} while (next < telling->answer->tried_count && told_together(step, &steps[next]));
	const char *outcome = outcome_of(step, strlen(step->clause) < clauses.length);
	enum show_mood mood = step->holds == SVC_FALSE ? SHOW_FAINT : SHOW_PLAIN;
	bool brief = !facts.length && step->date_count == 1; /* it says by itself what it counts */
	if (brief)
		add_date(&facts, telling, step, 0);
	if (facts.length)
		show_mood(telling->show, mood, _("  %s %s (%s)"), clauses.bytes, outcome, facts.bytes);
	else
		show_mood(telling->show, mood, _("  %s %s"), clauses.bytes, outcome);
	text_release(&clauses);
	text_release(&facts);
	if (!brief)
		show_dates(telling, step);
	return next;
}

/* What was tried for other remedies beside the one that was asked for is left to JSON. */
void show_answer_steps(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer)
{
	struct telling telling = {show, policy, answer};
	if (answer->tried_count)
		show_mood(show, SHOW_BOLD, "%s", _("step by step:"));
	for (size_t i = 0; i < answer->tried_count;)
		i = answer->tried[i].beside ? i + 1 : show_steps_from(&telling, i);
}
