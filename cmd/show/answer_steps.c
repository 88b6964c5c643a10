/* How an answer came about, rule by rule: what was tried, and by which facts it was settled. */
#include "answer_steps.h"

#include "svc/text.h"
#include "text.h"

#include <string.h>

#define _(message) svc_text(message)
#define N_(message) message

enum { MARGIN = 2, UNDER = 4 };

static void show_at(const struct telling *telling, enum show_mood mood, size_t column, const char *line)
{
	struct text text = {0};
	text_print(&text, "%*s%s", (int)column, "", line ? line : "");
	show_wrapped(telling->show, mood, column + 2, text.bytes);
	text_release(&text);
}

void show_under(const struct telling *telling, size_t deeper, const char *line)
{
	show_at(telling, SHOW_PLAIN, telling->margin + UNDER + deeper, line);
}

/* ---- facts ---- */

/* Which question it is says nothing to who has asked it. */
static bool is_question(const struct svc_step_fact *fact)
{
	return !strcmp(fact->fact, "ask");
}

/* A day that is counted from stands in the counting. */
static bool counted_from(const struct svc_step *step, const char *fact)
{
	for (size_t i = 0; i < step->date_count; i++)
		if (step->dates[i].fact && !strcmp(step->dates[i].fact, fact))
			return true;
	return false;
}

/* What candidates are compared by are no facts of the pack. */
static void add_name_of(struct text *text, const struct telling *telling, const char *name)
{
	static const struct {
		const char *name, *title;
	} others[] = {{"open_jobs", N_("open jobs")}, {"free_at", N_("free from")}};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!strcmp(others[i].name, name)) {
			text_puts(text, _(others[i].title));
			return;
		}
	add_title(text, telling->policy, name);
}

/* "component: battery"; each fact once. */
static void add_fact(struct text *text, const struct telling *telling, const struct svc_step_fact *fact)
{
	struct text one = {0};
	add_name_of(&one, telling, fact->fact);
	text_puts(&one, _(": "));
	if (fact->value)
		add_fact_value(&one, telling->policy, fact->fact, fact->value);
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
		if (!is_question(&step->facts[i]) && !counted_from(step, step->facts[i].fact))
			add_fact(text, telling, &step->facts[i]);
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

/* What was tried for other remedies beside the one that was asked for counts where it gives one; rules of other questions do not. */
static bool is_told(const struct svc_step *step)
{
	bool other = step->holds == SVC_FALSE && step->fact_count == 1 && is_question(&step->facts[0]);
	return !other && (!step->beside || step->open == SVC_TRUE);
}

static size_t next_told(const struct svc_answer *answer, size_t from)
{
	while (from < answer->tried_count && !is_told(&answer->tried[from]))
		from++;
	return from;
}

static bool about_same(const struct svc_step *a, const struct svc_step *b)
{
	return a->about == b->about || (a->about && b->about && !strcmp(a->about, b->about));
}

/* A rule that applies, and what it asks for right after it. */
static bool is_guard_of(const struct svc_step *a, const struct svc_step *b)
{
	return a->holds == SVC_TRUE && !a->met && !a->date_count && !a->sum_count && b->met && !b->date_count &&
	       !b->sum_count && !strcmp(a->clause, b->clause);
}

/* A rule that applies, and what it lists without a condition of its own. */
static bool is_part_of(const struct svc_step *a, const struct svc_step *b)
{
	return a->holds == SVC_TRUE && b->holds == SVC_TRUE && !a->met && !b->met && !a->date_count && !a->sum_count &&
	       !b->date_count && !b->sum_count && !b->fact_count && !strcmp(a->clause, b->clause);
}

/* Rules in a row that do not apply are told in one line, those that depend on days by themselves; so are those that always apply
   and count nothing. */
static bool told_together(const struct svc_step *a, const struct svc_step *b)
{
	if (about_same(a, b) && (is_guard_of(a, b) || is_part_of(a, b)))
		return true;
	bool silent = !a->fact_count && !b->fact_count && !a->date_count && !b->date_count && a->met == b->met;
	if (!about_same(a, b) || b->beside != a->beside || a->holds != b->holds || a->sum_count || b->sum_count ||
	    (a->holds != SVC_FALSE && !silent))
		return false;
	if (!a->date_count && !b->date_count)
		return true;
	return a->date_count == b->date_count && !strcmp(a->clause, b->clause) &&
	       a->dates[0].to.at == b->dates[0].to.at;
}

/* "golf-carts.49, 37, 42": what stands before the number is said once. */
static void add_clause(struct text *text, const char *clause, const char *before)
{
	const char *dot = strrchr(clause, '.');
	size_t shared = dot ? (size_t)(dot + 1 - clause) : 0;
	if (!before) {
		text_puts(text, clause);
		return;
	}
	if (!strcmp(before, clause))
		return;
	text_puts(text, _(", "));
	text_puts(text, !strncmp(before, clause, shared) ? clause + shared : clause);
}

/* What a rule counts by itself, where that is all there is to say of it. */
static bool add_brief(struct text *text, const struct telling *telling, const struct svc_step *step)
{
	if (text->length || step->date_count + step->sum_count != 1 ||
	    (step->date_count && step->dates[0].stretch_count))
		return false;
	if (step->date_count)
		add_date(text, telling, step, 0);
	else
		add_sum(text, telling, &step->sums[0]);
	return true;
}

static size_t show_steps_from(const struct telling *telling, size_t first)
{
	const struct svc_answer *answer = telling->answer;
	const struct svc_step *step = &answer->tried[first], *last = NULL;
	struct text clauses = {0}, facts = {0}, line = {0};
	size_t next = first;
	bool several = false;
	do {
		add_clause(&clauses, answer->tried[next].clause, last ? last->clause : NULL);
		several = several || (last && strcmp(last->clause, answer->tried[next].clause));
		last = &answer->tried[next];
		add_facts(&facts, telling, last);
		next = next_told(answer, next + 1);
	} while (next < answer->tried_count && told_together(last, &answer->tried[next]));
	const char *outcome = outcome_of(last, several);
	bool brief = add_brief(&facts, telling, step);
	text_print(&line, facts.length ? _("%s %s (%s)") : _("%s %s"), clauses.bytes, outcome, facts.bytes);
	show_at(telling, step->holds == SVC_FALSE ? SHOW_FAINT : SHOW_PLAIN, telling->margin, line.bytes);
	text_release(&clauses);
	text_release(&facts);
	text_release(&line);
	if (!brief)
		show_counts(telling, step);
	return next;
}

/* What the rules that follow are tried for: an item or a candidate by its title, a violation by its day and rule. */
static void show_about(struct telling *telling, const struct svc_step *step, const struct svc_step *before)
{
	struct text line = {0};
	if (before && about_same(step, before) && step->beside == before->beside)
		return;
	telling->margin = step->about || step->beside ? MARGIN + 2 : MARGIN;
	if (step->beside)
		text_puts(&line, _("open besides:"));
	else if (step->about)
		text_print(&line, _("%s:"),
			   svc_policy_word_title(telling->policy, telling->answer->ask == SVC_ASK_FEE ? "items" : NULL,
						 step->about));
	if (line.length)
		show_at(telling, SHOW_PLAIN, MARGIN, line.bytes);
	text_release(&line);
}

void show_answer_steps(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer)
{
	struct telling telling = {show, policy, answer, MARGIN};
	const struct svc_step *before = NULL;
	if (answer->tried_count)
		show_mood(show, SHOW_BOLD, "%s", _("step by step:"));
	for (size_t i = next_told(answer, 0); i < answer->tried_count;) {
		show_about(&telling, &answer->tried[i], before);
		before = &answer->tried[i];
		i = show_steps_from(&telling, i);
	}
}

/* ---- what would turn it ---- */

/* The words of a list that another lacks, by their titles. */
static void add_words_beyond(struct text *text, const struct telling *telling, const char *fact, const char *list,
			     const char *other)
{
	struct text in_other = {0};
	text_print(&in_other, ",%s,", other);
	while (strcmp(list, "[]") != 0 && *list) {
		struct text word = {0};
		text_print(&word, ",%.*s,", (int)strcspn(list, ","), list);
		if (!strstr(in_other.bytes, word.bytes)) {
			word.bytes[word.length - 1] = '\0';
			text_puts(text, text->length ? _(", ") : "");
			text_puts(text, svc_policy_word_title(telling->policy, fact, word.bytes + 1));
		}
		text_release(&word);
		list += strcspn(list, ",");
		list += *list == ',';
	}
	text_release(&in_other);
}

static void add_near_set(struct text *text, const struct telling *telling, const struct svc_near *near,
			 const char *title)
{
	const char *verdict = verdict_title(near->verdict);
	struct text more = {0}, less = {0};
	add_words_beyond(&more, telling, near->fact, near->to, near->from);
	add_words_beyond(&less, telling, near->fact, near->from, near->to);
	if (more.length && less.length)
		text_print(text, _("%s, if %s had %s and lacked %s"), verdict, title, more.bytes, less.bytes);
	else if (more.length)
		text_print(text, _("%s, if %s had %s as well"), verdict, title, more.bytes);
	else
		text_print(text, _("%s, if %s lacked %s"), verdict, title, less.bytes);
	text_release(&more);
	text_release(&less);
}

struct wanted_type {
	const char *name;
	bool set;
};

static int take_type(void *context, const struct svc_policy_name *name)
{
	struct wanted_type *wanted = context;
	if (strcmp(name->name, wanted->name) != 0)
		return 0;
	wanted->set = !strcmp(name->type, "set");
	return 1;
}

static void show_one_near(const struct telling *telling, const struct svc_near *near)
{
	struct wanted_type wanted = {.name = near->fact};
	struct text title = {0}, from = {0}, to = {0}, line = {0};
	struct svc_error err;
	add_title(&title, telling->policy, near->fact);
	svc_policy_names(telling->policy, take_type, &wanted, &err);
	if (wanted.set) {
		add_near_set(&line, telling, near, title.bytes);
	} else {
		add_fact_value(&from, telling->policy, near->fact, near->from);
		add_fact_value(&to, telling->policy, near->fact, near->to);
		text_print(&line, _("%s, if %s were %s and not %s"), verdict_title(near->verdict), title.bytes,
			   to.bytes, from.bytes);
	}
	show_at(telling, SHOW_PLAIN, MARGIN, line.bytes);
	text_release(&title);
	text_release(&from);
	text_release(&to);
	text_release(&line);
}

/* One fact at a time: "expired, if day of the claim were 2026-07-01 and not 2026-06-30". */
void show_answer_near(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer)
{
	const struct telling telling = {show, policy, answer, MARGIN};
	if (answer->near_count)
		show_mood(show, SHOW_BOLD, "%s", _("it would be:"));
	for (size_t i = 0; i < answer->near_count; i++)
		show_one_near(&telling, &answer->near[i]);
}
