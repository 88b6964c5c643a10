/* maintenance: which tasks are due, by the calendar and by the hour meter; and whether readings pass. */
#include "decide.h"

#include <stdlib.h>
#include <string.h>

/* From the best to the worst: the worst one is the answer. */
enum state { STATE_OK, STATE_PASS, STATE_DUE, STATE_FAIL, STATE_OVERDUE };
static const char *const state_ids[] = {"ok", "pass", "due", "fail", "overdue"};

static const char *task_of(const struct pass *pass, const struct entry *entry)
{
	const uint16_t *word = pack_at(pass->head, entry->groups.at);

	return pack_text(pass->head,
			 PACK_ITEM(pass->head, fact_of(pass->head, F_TASK)->words, struct pack_word, *word)->id);
}

static struct svc_row *add_task(struct pass *pass, const struct entry *entry)
{
	struct svc_row *row = row_add(pass);

	row->id = task_of(pass, entry);
	row->clause = pack_text(pass->head, entry->rule.clause);
	row->component = said_text(pass, entry, SAY_COMPONENT);
	return row;
}

/* "1 month or 20 hours", as the pack says it. */
static const char *interval_text(struct pass *pass, const struct entry *entry, struct duration every, int64_t from,
				 int64_t to)
{
	char span[48], low[32], high[32];

	(void)entry;
	duration_format(every, span);
	if (from == SVC_NUMBER_NONE)
		return arena_strdup(pass->memory, span);
	svc_number_format(from, low);
	svc_number_format(to, high);
	return from == to ? arena_printf(pass->memory, "%s or %s hours", span, low)
			  : arena_printf(pass->memory, "%s or %s to %s hours", span, low, high);
}

/* The day of the last time, else the day that the rule counts from. */
static enum instant_state anchor_of(struct pass *pass, const struct entry *entry, bool *done, struct svc_moment *out)
{
	const struct node *last = value_of(pass, F_LAST)->tree;
	const struct node *day = last ? node_get(last, task_of(pass, entry)) : NULL;

	*done = day != NULL;
	if (day)
		return tree_moment(pass, day, "last", out) ? INSTANT_KNOWN : INSTANT_BLOCKED;
	return moment_said(pass, entry, SAY_AFTER, out);
}

static enum state state_by_day(struct pass *pass, const struct entry *entry, struct svc_row *row)
{
	const struct said *tolerance = said_of(pass, entry, SAY_TOLERANCE);
	svc_date today = (svc_date)value_of(pass, F_AS_OF)->number;
	struct svc_moment last = row->from;

	if (tolerance && moment_after(pass, row->from, tolerance->at.at, 1, &entry->rule, &last) == INSTANT_KNOWN)
		row->tolerance_ends = last;
	if (today < moment_day(pass, row->from))
		return STATE_OK;
	return today <= moment_day(pass, last) ? STATE_DUE : STATE_OVERDUE;
}

/* An hour meter that was not read leaves the calendar alone to decide. */
static enum state state_by_hours(struct pass *pass, const struct entry *entry, int64_t from, int64_t to,
				 struct svc_row *row)
{
	const struct node *last = value_of(pass, F_LAST_HOURS)->tree;
	const struct node *meter = last ? node_get(last, task_of(pass, entry)) : NULL;
	const struct fact_value *hours = &pass->values[F_HOURS];
	int64_t start = 0;

	if (!hours->known || (meter && !tree_number(pass, meter, "last_hours", &start)))
		return STATE_OK;
	row->due_hours = start + from;
	if (hours->number < start + from)
		return STATE_OK;
	return hours->number <= start + to ? STATE_DUE : STATE_OVERDUE;
}

/* A task of which nothing more is due: done once, or beyond the end of its rule. */
static bool over(struct pass *pass, const struct entry *entry, bool done, struct svc_moment due)
{
	struct svc_moment end;

	if (done && said_of(pass, entry, SAY_ONCE))
		return true;
	return moment_said(pass, entry, SAY_UNTIL, &end) == INSTANT_KNOWN &&
	       moment_day(pass, due) > moment_day(pass, end);
}

static enum state task_state(struct pass *pass, const struct entry *entry)
{
	const struct said *span = said_of(pass, entry, SAY_EVERY);
	int64_t from = SVC_NUMBER_NONE, to = SVC_NUMBER_NONE;
	struct svc_moment anchor, due;
	struct duration every;
	enum state by_day, by_hours = STATE_OK;
	struct svc_row *row;
	bool done;

	span = span ? span : said_of(pass, entry, SAY_ONCE);
	if (anchor_of(pass, entry, &done, &anchor) != INSTANT_KNOWN || !span ||
	    moment_after(pass, anchor, span->at.at, 1, &entry->rule, &due) != INSTANT_KNOWN ||
	    over(pass, entry, done, due) || stopped(pass) || !span_fixed(pass, span->at.at, &entry->rule, &every))
		return STATE_OK;
	if (figure_of(pass, entry, SAY_HOURS_FROM, &from))
		figure_of(pass, entry, SAY_HOURS_TO, &to);
	if (stopped(pass))
		return STATE_OK;
	row = add_task(pass, entry);
	row->from = due;
	row->interval = interval_text(pass, entry, every, from, to);
	by_day = state_by_day(pass, entry, row);
	if (from != SVC_NUMBER_NONE)
		by_hours = state_by_hours(pass, entry, from, to, row);
	by_day = by_hours > by_day ? by_hours : by_day;
	row->state = state_ids[by_day];
	return by_day;
}

/* Inside a tolerance around a target, or as the condition of the rule says. */
static bool passes(struct pass *pass, const struct entry *entry, int64_t reading)
{
	struct fact_value *local = &pass->local[F_READING - F_EXPECTED];
	const struct said *condition = said_of(pass, entry, SAY_PASS);
	int64_t target, tolerance;

	if (condition) {
		*local = (struct fact_value){.known = true, .given = true, .number = reading};
		return condition_holds(pass, condition->at.at, &entry->rule);
	}
	return figure_of(pass, entry, SAY_READING_TARGET, &target) &&
	       figure_of(pass, entry, SAY_READING_TOLERANCE, &tolerance) && llabs(reading - target) <= tolerance;
}

static enum state reading_state(struct pass *pass, const struct entry *entry)
{
	const struct node *readings = value_of(pass, F_READINGS)->tree;
	const struct node *value = readings ? node_get(readings, task_of(pass, entry)) : NULL;
	enum state state;
	int64_t reading;

	if (!value || !tree_number(pass, value, "readings", &reading))
		return STATE_OK;
	state = passes(pass, entry, reading) ? STATE_PASS : STATE_FAIL;
	if (stopped(pass))
		return STATE_OK;
	add_task(pass, entry)->state = state_ids[state];
	return state;
}

static enum state worst_of(struct pass *pass, enum entry_list which, int task,
			   enum state (*judge)(struct pass *pass, const struct entry *entry))
{
	struct pack_list list = entries_of(pass, which);
	enum state worst = STATE_OK;

	for (uint32_t i = 0; i < list.count && !pass->fault;) {
		const struct entry *entry = entry_next(pass, list, &i, task);
		enum state state = entry ? judge(pass, entry) : STATE_OK;

		worst = state > worst ? state : worst;
		if (stopped(pass) && !set_aside(pass))
			break;
	}
	return worst;
}

/* The clauses of the worst first. */
static void cite_tasks(struct pass *pass)
{
	for (int state = STATE_OVERDUE; state >= 0; state--)
		for (size_t i = 0; i < pass->answer->row_count; i++)
			if (!strcmp(pass->answer->rows[i].state, state_ids[state]))
				cite(pass, (pack_ref)(pass->answer->rows[i].clause - (const char *)pass->head));
}

void decide_maintenance(struct pass *pass)
{
	const struct fact_value *task = &pass->values[F_TASK];
	int wanted = task->known ? (int)task->number : -1;
	enum state tasks, readings;

	tasks = worst_of(pass, ENTRIES_MAINTENANCE, wanted, task_state);
	readings = stopped(pass) ? STATE_OK : worst_of(pass, ENTRIES_READINGS, wanted, reading_state);
	if (stopped(pass))
		return;
	cite_tasks(pass);
	pass->answer->verdict = pass->answer->missing_count                    ? SVC_VERDICT_INCOMPLETE
				: tasks == STATE_OVERDUE                       ? SVC_OVERDUE
				: tasks == STATE_DUE || readings == STATE_FAIL ? SVC_DUE
									       : SVC_NOTHING;
}
