/* The lines under a rule that was tried: how its days and times were counted, how its figures were worked out. */
#include "answer_steps.h"

#include "svc/text.h"
#include "text.h"

#include <string.h>

#define _(message) svc_text(message)
#define N_(message) message

enum { RESTS_TOLD = 3 /* more days of rest in a row of weeks are only counted */ };

/* ---- days ---- */

static void add_at(struct text *text, const struct telling *telling, struct svc_moment moment)
{
	char written[64];
	if (moment.kind == SVC_MOMENT_DATE && moment.at == SVC_DATE_LIFETIME) {
		text_puts(text, _("for life"));
		return;
	}
	if (moment.kind == SVC_MOMENT_DATE)
		svc_date_format((svc_date)moment.at, written);
	else
		svc_time_format(moment.at, telling->answer->zone, written);
	add_moment(text, written);
}

static void add_start(struct text *text, const struct telling *telling, const struct svc_step_date *date)
{
	if (date->fact) {
		add_title(text, telling->policy, date->fact);
		text_puts(text, " ");
	}
	if (date->from.kind != SVC_MOMENT_NONE)
		add_at(text, telling, date->from);
}

/* "purchase 2024-03-15 + 2 years = 2026-03-15" */
static void add_counted(struct text *text, const struct telling *telling, const struct svc_step_date *date)
{
	add_start(text, telling, date);
	if (date->to.at == SVC_DATE_LIFETIME && date->to.kind == SVC_MOMENT_DATE) {
		text_puts(text, _(", "));
		add_at(text, telling, date->to);
		return;
	}
	if (!date->length && date->from.kind == date->to.kind && date->from.at == date->to.at)
		return;
	if (date->length) {
		text_puts(text, !strcmp(date->how, "before") ? " - " : " + ");
		add_interval(text, date->length);
	}
	text_puts(text, date->length ? " = " : _(", counted to "));
	add_at(text, telling, date->to);
}

/* "2026-02-28 + 3 days in repair = 2026-03-03" */
static void add_extended(struct text *text, const struct telling *telling, const struct svc_step_date *date)
{
	add_at(text, telling, date->from);
	text_puts(text, " + ");
	add_interval(text, date->length);
	text_puts(text, " ");
	add_title(text, telling->policy, date->fact);
	text_puts(text, " = ");
	add_at(text, telling, date->to);
}

void add_date(struct text *text, const struct telling *telling, const struct svc_step *step, size_t i)
{
	static const struct {
		const char *how, *before, *between;
	} sentences[] = {
		{"rolled", "", N_(" is a day off work, so the last day is ")},
		{"stated", N_("the last day is "), ""},
		{"kept", "", N_(" is not later than ")},
		{"missed", "", N_(" is later than ")},
		{"early", "", N_(" is before ")},
		{"reached", "", N_(" is not before ")},
		{"taken", N_("on the way and at work from "), N_(" to ")},
		{"overlaps", N_("that overlaps "), N_(" to ")},
	};
	const struct svc_step_date *date = &step->dates[i];
	bool said = false;
	for (size_t s = 0; s < sizeof sentences / sizeof *sentences; s++) {
		if (strcmp(sentences[s].how, date->how) != 0)
			continue;
		text_puts(text, *sentences[s].before ? _(sentences[s].before) : "");
		add_start(text, telling, date);
		text_puts(text, *sentences[s].between ? _(sentences[s].between) : "");
		add_at(text, telling, date->to);
		said = true;
	}
	if (!said && !strcmp(date->how, "extended"))
		add_extended(text, telling, date);
	else if (!said)
		add_counted(text, telling, date);
	if (step->open && i + 1 == step->date_count)
		text_puts(text, step->open == SVC_TRUE ? _(", open") : _(", not open"));
}

/* ---- working time ---- */

static bool is(const struct svc_step_stretch *stretch, const char *kind)
{
	return !strcmp(stretch->kind, kind);
}

static size_t stretches_of(const struct svc_step_date *date, const char *kind)
{
	size_t count = 0;
	for (size_t i = 0; i < date->stretch_count; i++)
		count += is(&date->stretches[i], kind);
	return count;
}

/* Without its day where that is the one of the stretch before. */
static void add_stretch(struct text *text, const struct telling *telling, const struct svc_step_stretch *stretch,
			const struct svc_step_stretch *before)
{
	struct text from = {0}, to = {0}, last = {0};
	bool hours = stretch->from.kind == SVC_MOMENT_TIME;
	size_t day = strlen("YYYY-MM-DD ");
	add_at(&from, telling, stretch->from);
	add_at(&to, telling, stretch->to);
	if (before)
		add_at(&last, telling, before->to);
	bool same = hours && last.length > day && !strncmp(from.bytes, last.bytes, day);
	text_puts(text, from.bytes + (same ? day : 0));
	if (stretch->from.at != stretch->to.at) {
		text_puts(text, _(" to "));
		text_puts(text, to.bytes + (hours ? day : 0));
	}
	if (stretch->length) {
		text_puts(text, _(": "));
		add_interval(text, stretch->length);
	}
	text_release(&from);
	text_release(&to);
	text_release(&last);
}

/* All stretches of a kind in one line, after `words`. */
static void show_stretches(const struct telling *telling, const struct svc_step_date *date, const char *kind,
			   const char *words)
{
	const struct svc_step_stretch *before = NULL;
	struct text line = {0};
	for (size_t i = 0; i < date->stretch_count; i++) {
		if (!is(&date->stretches[i], kind))
			continue;
		text_puts(&line, before ? _("; ") : words);
		add_stretch(&line, telling, &date->stretches[i], before);
		before = &date->stretches[i];
	}
	if (before)
		show_under(telling, 2, line.bytes);
	text_release(&line);
}

static void count_rests(const struct telling *telling, const struct svc_step_date *date)
{
	struct text line = {0};
	long long days = 0;
	for (size_t i = 0; i < date->stretch_count; i++)
		if (is(&date->stretches[i], "rest"))
			days += date->stretches[i].to.at - date->stretches[i].from.at + 1;
	text_print(&line, _("not counted: %lld days of rest in the weeks between"), days);
	show_under(telling, 2, line.bytes);
	text_release(&line);
}

/* One stretch of hours says no more than the count itself. */
static void show_working(const struct telling *telling, const struct svc_step_date *date)
{
	if (date->stretch_count > 1)
		show_stretches(telling, date, "open", _("counted: "));
	show_stretches(telling, date, "holiday", _("not counted, a holiday: "));
	if (stretches_of(date, "rest") > RESTS_TOLD)
		count_rests(telling, date);
	else
		show_stretches(telling, date, "rest", _("not counted, a day of rest: "));
	show_stretches(telling, date, "make_up", _("counted, a day of rest that is worked: "));
}

/* ---- figures ---- */

static void add_operand(struct text *text, const struct telling *telling, const struct svc_step_fact *of)
{
	if (of->fact) {
		add_title(text, telling->policy, of->fact);
		text_puts(text, " ");
	}
	add_fact_value(text, telling->policy, of->fact, of->value);
}

/* With `between` between them; of a sum what is taken off as such. */
static void add_operands(struct text *text, const struct telling *telling, const struct svc_step_sum *sum,
			 const char *between)
{
	for (size_t i = 0; i < sum->of_count; i++) {
		struct svc_step_fact of = sum->of[i];
		bool less = i && !strcmp(sum->how, "plus") && *of.value == '-';
		of.value += less;
		if (i)
			text_puts(text, less ? " - " : between);
		add_operand(text, telling, &of);
	}
}

/* "(5 + 2) / 2 = 3.5" */
static void add_mean(struct text *text, const struct telling *telling, const struct svc_step_sum *sum)
{
	text_puts(text, "(");
	add_operands(text, telling, sum, " + ");
	text_print(text, ") / %zu", sum->of_count);
}

void add_sum(struct text *text, const struct telling *telling, const struct svc_step_sum *sum)
{
	static const struct {
		const char *how, *before, *between, *after;
	} forms[] = {
		{"share", "", N_(" of "), " = "},
		{"times", "", " * ", " = "},
		{"plus", "", " + ", " = "},
		{"ratio", "", " / ", " = "},
		{"least", N_("the least of "), N_(", "), " = "},
		{"most", N_("the most of "), N_(", "), " = "},
		{"rounded", "", "", N_(", rounded ")},
		{"count", "", N_(", "), N_(", together ")},
		{"needed", "", "", N_("it takes ")},
		{"below", "", "", N_(" is below ")},
		{"at_most", "", "", N_(" is at most ")},
		{"at_least", "", "", N_(" is at least ")},
		{"above", "", "", N_(" is above ")},
	};
	const char *after = sum->of_count ? " = " : "";
	if (!strcmp(sum->how, "count") && !sum->of_count) {
		text_puts(text, _("none that counts"));
		return;
	}
	if (!strcmp(sum->how, "stated") && sum->of_count) { /* the fact has it as it is */
		add_operands(text, telling, sum, "");
		return;
	}
	if (!strcmp(sum->how, "mean"))
		add_mean(text, telling, sum);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (strcmp(forms[i].how, sum->how) != 0)
			continue;
		text_puts(text, *forms[i].before ? _(forms[i].before) : "");
		add_operands(text, telling, sum, *forms[i].between ? _(forms[i].between) : "");
		after = _(forms[i].after);
	}
	text_puts(text, after);
	add_fact_value(text, telling->policy, NULL, sum->result);
}

/* ---- all of a step ---- */

void show_counts(const struct telling *telling, const struct svc_step *step)
{
	for (size_t i = 0; i < step->sum_count; i++) { /* lengths of time among them are counted on below */
		struct text text = {0};
		add_sum(&text, telling, &step->sums[i]);
		show_under(telling, 0, text.bytes);
		text_release(&text);
	}
	for (size_t i = 0; i < step->date_count; i++) {
		struct text text = {0};
		add_date(&text, telling, step, i);
		show_under(telling, 0, text.bytes);
		text_release(&text);
		show_working(telling, &step->dates[i]);
	}
}
