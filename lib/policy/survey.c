/* survey: what is asked, and what do the answers come to. */
#include "trace.h"

#include <string.h>

struct marks { /* what the answers are worth, in millionths */
	__int128 sum;
	int64_t least;
	size_t count;
	struct svc_step_fact *told; /* each mark by its question, where someone asks */
	size_t told_count;
};

static const struct entry *level_of(struct pass *pass, const char *name)
{
	struct pack_list list = entries_of(pass, ENTRIES_LEVELS);

	for (uint32_t i = 0; i < list.count; i++) {
		const struct entry *level = PACK_ITEM(pass->head, list, struct entry, i);

		if (!strcmp(name, pack_text(pass->head, level->id)) ||
		    !strcmp(name, pack_text(pass->head, level->text_en)) ||
		    !strcmp(name, pack_text(pass->head, level->text_zh)))
			return level;
	}
	return NULL;
}

static struct svc_row *list_question(struct pass *pass, const struct entry *entry)
{
	struct pack_list levels = entries_of(pass, ENTRIES_LEVELS);
	struct svc_row *row = row_add(pass);

	row->id = pack_text(pass->head, entry->id);
	row->clause = pack_text(pass->head, entry->rule.clause);
	row->text = words_text(pass, entry->text_en, entry->text_zh);
	for (uint32_t i = 0; i < levels.count; i++)
		add_text(pass, pack_text(pass->head, PACK_ITEM(pass->head, levels, struct entry, i)->id), &row->words,
			 &row->word_count);
	return row;
}

static void mark(struct marks *marks, int64_t value)
{
	marks->sum += value;
	marks->least = marks->count && marks->least < value ? marks->least : value;
	marks->count++;
}

static const char *figure(struct pass *pass, int64_t value)
{
	char text[32];

	svc_number_format(value, text);
	return arena_strdup(pass->memory, text);
}

static void note_mark(struct pass *pass, struct marks *marks, const char *question, int64_t value)
{
	marks->told = list_add(pass->memory, marks->told, &marks->told_count, sizeof *marks->told);
	marks->told[marks->told_count - 1] = (struct svc_step_fact){question, figure(pass, value)};
}

/* The answer to one question; what is not answered, or by no level of the pack, is missing. */
static void take_answer(struct pass *pass, const char *question, struct marks *marks)
{
	const struct node *answers = value_of(pass, F_ANSWERS)->tree;
	const struct node *answer = answers ? node_get(answers, question) : NULL;
	const struct entry *level = answer && answer->kind == NODE_SCALAR ? level_of(pass, answer->text) : NULL;
	int64_t value;

	if (level && figure_of(pass, level, SAY_VALUE, &value)) {
		mark(marks, value);
		if (pass->trace)
			note_mark(pass, marks, question, value);
		return;
	}
	if (stopped(pass))
		return;
	if (answer && answer->kind == NODE_SCALAR)
		add_text(pass, arena_printf(pass->memory, "unlisted: answers=%s", answer->text), &pass->answer->notes,
			 &pass->answer->note_count);
	add_text(pass, question, &pass->answer->missing, &pass->answer->missing_count);
}

static bool ask_questions(struct pass *pass, struct marks *marks)
{
	struct pack_list list = entries_of(pass, ENTRIES_QUESTIONS);

	for (uint32_t i = 0; i < list.count;) {
		const struct entry *entry = entry_next(pass, list, &i, -1);

		if (entry)
			take_answer(pass, list_question(pass, entry)->id, marks);
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return true;
}

static int64_t mean_of(const struct marks *marks)
{
	return (int64_t)((2 * marks->sum + (int64_t)marks->count) / (int64_t)(2 * marks->count));
}

/* What is held against a bound, and how: the least of the marks, or their mean. */
static void tell_bound(struct pass *pass, const struct entry *outcome, const struct marks *marks, enum saying saying,
		       int64_t bound, bool kept)
{
	bool mean = saying == SAY_MEAN_BELOW, most = saying == SAY_ANY_AT_MOST;
	const char *value = figure(pass, mean ? mean_of(marks) : marks->least);
	struct svc_step_fact of = {NULL, value};

	trace_sum(pass, &outcome->rule,
		  (struct svc_step_sum){mean ? "mean" : "least", marks->told, marks->told_count, value});
	trace_sum(pass, &outcome->rule,
		  (struct svc_step_sum){most           ? (kept ? "at_most" : "above")
					: mean == kept ? "below"
						       : "at_least",
					&of, 1, figure(pass, bound)});
}

static bool keeps(const struct marks *marks, enum saying saying, int64_t bound)
{
	if (saying == SAY_MEAN_BELOW)
		return marks->sum < (__int128)bound * (__int128)marks->count;
	return saying == SAY_ANY_AT_MOST ? marks->least <= bound : marks->least >= bound;
}

/* Every bound that an outcome names has to hold. */
static bool holds(struct pass *pass, const struct entry *outcome, const struct marks *marks)
{
	static const enum saying bounds[] = {SAY_ANY_AT_MOST, SAY_ALL_AT_LEAST, SAY_MEAN_BELOW};
	bool holding = true;
	int64_t bound;

	for (size_t i = 0; i < sizeof bounds / sizeof *bounds && holding; i++) {
		if (!figure_of(pass, outcome, bounds[i], &bound))
			continue;
		holding = keeps(marks, bounds[i], bound);
		if (pass->trace)
			tell_bound(pass, outcome, marks, bounds[i], bound, holding);
	}
	if (pass->trace && !stopped(pass))
		trace_met(pass, &outcome->rule, holding);
	return holding && !stopped(pass);
}

/* The first that holds; NULL: none, or the pass stopped. */
static const struct entry *outcome_of(struct pass *pass, const struct marks *marks)
{
	struct pack_list list = entries_of(pass, ENTRIES_OUTCOMES);

	for (uint32_t i = 0; i < list.count;) {
		const struct entry *outcome = entry_next(pass, list, &i, -1);

		if (outcome && holds(pass, outcome, marks))
			return outcome;
		if (stopped(pass))
			return NULL;
	}
	return NULL;
}

/* Where no outcome holds, it is the contrary of the last one that did not. */
static enum svc_verdict contrary(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_OUTCOMES);
	const struct entry *last = list.count ? PACK_ITEM(pass->head, list, struct entry, list.count - 1) : NULL;

	return last && last->rule.verdict == SVC_SATISFIED ? SVC_UNSATISFIED : SVC_SATISFIED;
}

static void cite_questions(struct pass *pass)
{
	for (size_t i = 0; i < pass->answer->row_count; i++)
		cite(pass, (pack_ref)(pass->answer->rows[i].clause - (const char *)pass->head));
}

static void conclude(struct pass *pass, const struct marks *marks)
{
	struct svc_answer *answer = pass->answer;
	const struct entry *outcome = outcome_of(pass, marks);

	if (stopped(pass) && !set_aside(pass))
		return;
	answer->score = mean_of(marks);
	if (pass->trace)
		trace_sum(pass, &PACK_ITEM(pass->head, entries_of(pass, ENTRIES_QUESTIONS), struct entry, 0)->rule,
			  (struct svc_step_sum){"mean", marks->told, marks->told_count, figure(pass, answer->score)});
	answer->verdict = answer->missing_count ? SVC_VERDICT_INCOMPLETE
			  : outcome             ? (enum svc_verdict)outcome->rule.verdict
						: contrary(pass);
	if (!outcome)
		return;
	cite_rule(pass, &outcome->rule);
	add_said(pass, outcome, SAY_ACTIONS, &answer->actions, &answer->action_count);
}

void decide_survey(struct pass *pass)
{
	struct svc_answer *answer = pass->answer;
	struct marks marks = {0};

	if (!ask_questions(pass, &marks))
		return;
	answer->verdict = SVC_VERDICT_INCOMPLETE;
	if (!answer->missing_count && marks.count)
		conclude(pass, &marks);
	else if (!answer->missing_count)
		answer->verdict = SVC_SATISFIED;
	if (!stopped(pass))
		cite_questions(pass);
}
