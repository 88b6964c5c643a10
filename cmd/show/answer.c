/* An answer as a short report: the verdict in one line, then who pays, the windows, what is missing. */
#include "answer.h"
#include "suggestion.h"
#include "svc/text.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#define _(message) svc_text(message)

struct report {
	struct show *show;
	const struct svc_policy *policy;
	const struct svc_answer *answer;
};

/* ---- titles ---- */

struct wanted_name {
	const char *name;
	struct text title;
};

static int take_name(void *context, const struct svc_policy_name *name)
{
	struct wanted_name *wanted = context;
	if (strcmp(name->name, wanted->name))
		return 0;
	text_puts(&wanted->title, name->title);
	return 1;
}

void add_title(struct text *text, const struct svc_policy *policy, const char *name)
{
	struct wanted_name wanted = {.name = name};
	struct svc_error err;
	if (!svc_policy_names(policy, take_name, &wanted, &err))
		text_puts(&wanted.title, svc_policy_word_title(policy, NULL, name));
	text_puts(text, wanted.title.length ? wanted.title.bytes : name);
	text_release(&wanted.title);
}

/* With its name where they differ: that is what has to be typed. */
static void add_name(struct text *text, const struct svc_policy *policy, const char *name)
{
	struct text title = {0};
	add_title(&title, policy, name);
	text_puts(text, title.bytes);
	if (strcmp(title.bytes, name) != 0)
		text_print(text, " (%s)", name);
	text_release(&title);
}

static void add_names(struct text *text, const struct svc_policy *policy, const char *before, const char *const *names,
		      size_t count)
{
	for (size_t i = 0; i < count; i++) {
		text_puts(text, i ? _(", ") : before);
		add_name(text, policy, names[i]);
	}
}

/* ---- the first line ---- */

static enum show_mood mood_of(enum svc_verdict verdict)
{
	switch (svc_verdict_exit(verdict)) {
	case SVC_OK:
		return SHOW_GOOD;
	case SVC_NO:
		return SHOW_BAD;
	default:
		return SHOW_OPEN;
	}
}

static void add_days(struct text *text, const struct svc_answer *answer)
{
	if (!answer->has_days_left)
		return;
	if (answer->days_left > 0)
		text_print(text, answer->days_left == 1 ? _(" (%d day left)") : _(" (%d days left)"),
			   answer->days_left);
	else if (answer->days_left == 0)
		text_puts(text, _(" (the last day)"));
	else
		text_print(text, answer->days_left == -1 ? _(" (%d day ago)") : _(" (%d days ago)"),
			   -answer->days_left);
}

static void add_until(struct text *text, const struct svc_answer *answer, enum svc_verdict verdict)
{
	svc_date end = answer->ask == SVC_ASK_WARRANTY ? answer->ends
		       : answer->ask == SVC_ASK_RETURN ? answer->deadline
						       : SVC_DATE_NONE;
	char day[16];
	if (end == SVC_DATE_NONE)
		return;
	if (end == SVC_DATE_LIFETIME) {
		text_puts(text, _(" for life"));
		return;
	}
	svc_date_format(end, day);
	if (verdict == SVC_COVERED || verdict == SVC_ACCEPTED)
		text_print(text, _(" until %s"), day);
	else if (verdict == SVC_EXPIRED)
		text_print(text, _(" on %s"), day);
	else if (answer->has_days_left && answer->days_left < 0)
		text_print(text, _(", the term ended on %s"), day);
	else
		text_print(text, _(", the term runs until %s"), day);
	add_days(text, answer);
}

static void add_remedy(struct text *text, const struct svc_answer *answer, enum svc_remedy remedy)
{
	if (remedy == SVC_REMEDY_UNSET)
		return;
	text_print(text, "%s%s", _(": "), remedy_title(remedy));
	if (answer->labor == SVC_FREE && answer->parts == SVC_FREE)
		text_puts(text, _(", free of charge"));
}

static void add_total(struct text *text, const struct svc_answer *answer, const struct svc_policy *policy)
{
	if (answer->total == SVC_MONEY_NONE)
		return;
	char digits[32];
	svc_money_format(answer->total, answer->currency_digits, digits);
	text_print(text, "%s%s %s", _(": "), digits, svc_policy_currency(policy));
	if (answer->payer)
		text_print(text, _("; %s"), payer_title(answer->payer));
}

static void show_verdict(struct report *report)
{
	const struct svc_answer *answer = report->answer;
	struct text text = {0};
	text_puts(&text, verdict_title(answer->verdict));
	if (answer->verdict == SVC_VERDICT_INCOMPLETE) {
		add_names(&text, report->policy, _(": "), answer->missing, answer->missing_count);
	} else {
		add_until(&text, answer, answer->verdict);
		add_remedy(&text, answer, answer->remedy);
	}
	if (answer->ask == SVC_ASK_FEE)
		add_total(&text, answer, report->policy);
	show_mood(report->show, mood_of(answer->verdict), "%s", text.bytes);
	text_release(&text);
}

/* A clause of a sentence as a line of its own, in the comma of the reader's language. */
static const char *without_comma(const char *text)
{
	const char *comma = _(", ");
	size_t length = strlen(comma);
	return strncmp(text, comma, length) == 0 ? text + length : text + strspn(text, " ");
}

/* What is known although something is missing. */
static void show_term(struct report *report)
{
	struct text text = {0};
	if (report->answer->verdict != SVC_VERDICT_INCOMPLETE || report->answer->outcome_count)
		return;
	add_until(&text, report->answer, SVC_VERDICT_INCOMPLETE);
	if (text.length)
		show_line(report->show, "  %s", without_comma(text.bytes));
	text_release(&text);
}

/* ---- clauses ---- */

struct wanted_clause {
	const char *clause;
	struct text text;
};

static int take_rule(void *context, const struct svc_policy_rule *rule)
{
	struct wanted_clause *wanted = context;
	if (strcmp(rule->clause, wanted->clause))
		return 0;
	text_puts(&wanted->text, rule->text);
	return 1;
}

static void add_sentence(struct text *text, const struct report *report, const char *clause)
{
	struct wanted_clause wanted = {.clause = clause};
	struct svc_error err;
	svc_policy_rules(report->policy, take_rule, &wanted, &err);
	text_puts(text, wanted.text.length ? wanted.text.bytes : "");
	text_release(&wanted.text);
}

static void show_clauses(struct report *report)
{
	const struct svc_answer *answer = report->answer;
	struct text rest = {0};
	if (!answer->clause_count || answer->why_count) /* told below, each with its sentence */
		return;
	struct text text = {0};
	/* What asks for a missing fact are all clauses alike: none of them decides. */
	bool decided = answer->verdict != SVC_VERDICT_INCOMPLETE;
	if (decided)
		add_sentence(&text, report, answer->clauses[0]);
	if (decided)
		show_line(report->show, text.length ? "  %s  %s" : "  %s", answer->clauses[0], text.bytes);
	text_release(&text);
	for (size_t i = decided; i < answer->clause_count; i++)
		text_print(&rest, i > decided ? ", %s" : "%s", answer->clauses[i]);
	if (rest.length)
		show_mood(report->show, SHOW_FAINT, decided ? _("  with %s") : _("  asked by %s"), rest.bytes);
	text_release(&rest);
}

static void show_why(struct report *report)
{
	const struct svc_answer *answer = report->answer;
	if (answer->why_count)
		show_mood(report->show, SHOW_BOLD, "%s", _("why:"));
	for (size_t i = 0; i < answer->why_count; i++) {
		struct text line = {0};
		text_print(&line, *answer->why[i].text ? "  %s  %s" : "  %s", answer->why[i].clause,
			   answer->why[i].text);
		show_wrapped(report->show, SHOW_PLAIN, 4, line.bytes);
		text_release(&line);
	}
}

/* ---- windows ---- */

static void show_windows(struct report *report)
{
	const struct svc_answer *answer = report->answer;
	if (answer->window_count < 2)
		return;
	show_mood(report->show, SHOW_BOLD, "%s", _("windows:"));
	for (size_t i = 0; i < answer->window_count; i++) {
		const struct svc_window *window = &answer->windows[i];
		char starts[16] = "?", ends[16] = "?";
		if (window->starts != SVC_DATE_NONE)
			svc_date_format(window->starts, starts);
		if (window->ends != SVC_DATE_NONE)
			svc_date_format(window->ends, ends);
		show_mood(report->show, window->inside ? SHOW_PLAIN : SHOW_FAINT, _("  %s .. %s  %s, %s  (%s)"), starts,
			  ends, remedy_title(window->remedy), window->inside ? _("open") : _("closed"), window->clause);
	}
}

/* ---- what is missing ---- */

static bool same_outcome(const struct svc_outcome *a, const struct svc_outcome *b)
{
	return a->verdict == b->verdict && a->remedy == b->remedy;
}

static size_t outcomes_like(const struct svc_answer *answer, size_t index)
{
	size_t count = 0;
	for (size_t i = 0; i < answer->outcome_count; i++)
		count += same_outcome(&answer->outcomes[i], &answer->outcomes[index]);
	return count;
}

/* One line for all values of the missing fact that come to the same: "excluded (paid repair): misuse, liquid". */
static void show_outcome(struct report *report, size_t first)
{
	const struct svc_answer *answer = report->answer;
	const struct svc_outcome *lead = &answer->outcomes[first];
	struct text text = {0};
	text_print(&text, "  %s", verdict_title(lead->verdict));
	if (lead->remedy)
		text_print(&text, _(" (%s)"), remedy_title(lead->remedy));
	size_t before = text.length;
	for (size_t i = first; i < answer->outcome_count; i++) {
		const struct svc_outcome *outcome = &answer->outcomes[i];
		if (same_outcome(outcome, lead))
			text_print(&text, "%s%s", text.length == before ? _(": ") : _(", "),
				   outcome->title && *outcome->title ? outcome->title : outcome->given);
	}
	show_mood(report->show, mood_of(lead->verdict), "%s", text.bytes);
	text_release(&text);
}

/* The outcome that leads: a positive one, else the one that most values share. */
static size_t leading_outcome(const struct svc_answer *answer)
{
	size_t lead = 0;
	for (size_t i = 1; i < answer->outcome_count; i++) {
		bool yes = svc_verdict_exit(answer->outcomes[i].verdict) == SVC_OK;
		bool lead_yes = svc_verdict_exit(answer->outcomes[lead].verdict) == SVC_OK;
		if (yes != lead_yes ? yes : outcomes_like(answer, i) > outcomes_like(answer, lead))
			lead = i;
	}
	return lead;
}

static bool outcome_seen(const struct svc_answer *answer, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (same_outcome(&answer->outcomes[i], &answer->outcomes[index]))
			return true;
	return false;
}

/* "covered until 2026-03-15, unless it is ...": what the counter is asked first. */
static void show_outcomes(struct report *report)
{
	const struct svc_answer *answer = report->answer;
	struct text text = {0};
	if (!answer->outcome_count)
		return;
	const struct svc_outcome *lead = &answer->outcomes[leading_outcome(answer)];
	bool alone = outcomes_like(answer, leading_outcome(answer)) == answer->outcome_count;
	text_puts(&text, verdict_title(lead->verdict));
	add_until(&text, answer, lead->verdict);
	add_remedy(&text, answer, lead->remedy);
	show_mood(report->show, mood_of(lead->verdict), alone ? "%s" : _("%s, unless it is one of these:"), text.bytes);
	for (size_t i = 0; i < answer->outcome_count; i++)
		if (!outcome_seen(answer, i) && !same_outcome(&answer->outcomes[i], lead))
			show_outcome(report, i);
	text_release(&text);
}

static void show_requires(struct report *report)
{
	struct text text = {0};
	add_names(&text, report->policy, "", report->answer->requires, report->answer->require_count);
	if (text.length)
		show_mood(report->show, SHOW_OPEN, _("not satisfied: %s"), text.bytes);
	text_release(&text);
}

static int try_word(void *context, const char *word, const char *title)
{
	(void)title;
	suggestion_try(context, word);
	return 0;
}

/* A word that the policy does not list is taken as it is; that may be a slip of the hand. */
static void show_unlisted(struct report *report, const char *fact, const char *equals)
{
	struct suggestion near = {.meant = equals + 1};
	struct text name = {0}, best = {0};
	struct svc_error err;
	text_add(&name, fact, (size_t)(equals - fact));
	svc_policy_words(report->policy, name.bytes, try_word, &near, &err);
	if (near.best)
		text_print(&best, _("; did you mean %s?"), near.best);
	show_mood(report->show, SHOW_OPEN, _("note: the policy does not list %s%s"), fact, near.best ? best.bytes : "");
	text_release(&name);
	text_release(&best);
}

static void show_notes(struct report *report)
{
	static const char unlisted[] = "unlisted: ";
	const size_t length = sizeof unlisted - 1;
	for (size_t i = 0; i < report->answer->note_count; i++) {
		const char *note = report->answer->notes[i], *equals = strchr(note, '=');
		if (equals && !strncmp(note, unlisted, length))
			show_unlisted(report, note + length, equals);
		else
			show_line(report->show, _("note: %s"), note);
	}
}

static int show_report(struct report *report)
{
	const struct svc_answer *answer = report->answer;
	char version[16];
	show_verdict(report);
	show_term(report);
	show_clauses(report);
	show_answer_money(report->show, report->policy, answer);
	int status = show_answer_fields(report->show, report->policy, answer);
	show_outcomes(report);
	show_requires(report);
	show_windows(report);
	show_notes(report);
	show_why(report);
	show_answer_steps(report->show, report->policy, answer);
	show_answer_near(report->show, report->policy, answer);
	svc_date_format(answer->version, version);
	show_mood(report->show, SHOW_FAINT, _("policy %s, %s, version of %s"), answer->policy,
		  svc_policy_title(report->policy), version);
	return status;
}

int show_answer(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer)
{
	struct report report = {show, policy, answer};
	int status = show_people(show) ? show_report(&report) : SVC_OK;
	if (status)
		return status;
	char *json = svc_answer_json(answer);
	status = show_document(show, json);
	free(json);
	return status;
}
