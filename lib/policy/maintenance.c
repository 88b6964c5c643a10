/* maintenance: which tasks are due, by the calendar and by the hour meter; and whether readings pass. */
#include "trace.h"

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
static const char *interval_text(struct pass *pass, struct duration every, int64_t from, int64_t to)
{
	char span[48], low[32], high[32];

	duration_format(every, span);
	if (from == SVC_NUMBER_NONE)
		return arena_strdup(pass->memory, span);
	svc_number_format(from, low);
	svc_number_format(to, high);
	return from == to ? arena_printf(pass->memory, "%s or %s hours", span, low)
			  : arena_printf(pass->memory, "%s or %s to %s hours", span, low, high);
}

static bool stands_for(const struct pass *pass, const struct entry *entry, const char *task)
{
	const struct said *replaced = said_of(pass, entry, SAY_REPLACES);

	for (uint32_t i = 0; replaced && i < replaced->at.count; i++)
		if (!strcmp(pack_text(pass->head, *PACK_ITEM(pass->head, replaced->at, pack_ref, i)), task))
			return true;
	return !strcmp(task_of(pass, entry), task);
}

/* The last time that a task was done, itself or by one that takes its place. False: a fault, or never. */
static bool last_done(struct pass *pass, const char *task, struct svc_moment *out)
{
	const struct node *last = value_of(pass, F_LAST)->tree;
	struct pack_list list = entries_of(pass, ENTRIES_MAINTENANCE);
	bool done = false;

	for (uint32_t i = 0; last && i < list.count; i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);
		const struct node *day = stands_for(pass, entry, task) ? node_get(last, task_of(pass, entry)) : NULL;
		struct svc_moment moment;

		if (!day)
			continue;
		if (!tree_moment(pass, day, "last", &moment))
			return false;
		if (!done || moment_day(pass, moment) > moment_day(pass, *out))
			*out = moment;
		done = true;
	}
	return done;
}

/* The day of the last time, else the day that the rule counts from. */
static enum instant_state anchor_of(struct pass *pass, const struct entry *entry, bool *done, struct svc_moment *out)
{
	*done = last_done(pass, task_of(pass, entry), out);
	if (pass->trace && *done)
		trace_anchor(pass, F_LAST, *out);
	if (pass->fault)
		return INSTANT_BLOCKED;
	return *done ? INSTANT_KNOWN : moment_said(pass, entry, SAY_AFTER, out);
}

static void tell_day(struct pass *pass, const struct rule *rule, struct svc_moment today, struct svc_moment due,
		     struct svc_moment last)
{
	if (today.at < moment_day(pass, due))
		trace_reached(pass, rule, F_AS_OF, today, due, false);
	else
		trace_limit(pass, rule, F_AS_OF, today, last, today.at > moment_day(pass, last));
}

static enum state state_by_day(struct pass *pass, const struct entry *entry, struct svc_row *row)
{
	const struct said *tolerance = said_of(pass, entry, SAY_TOLERANCE);
	svc_date today = (svc_date)value_of(pass, F_AS_OF)->number;
	struct svc_moment last = row->from;

	if (tolerance && moment_after(pass, row->from, tolerance->at.at, 1, &entry->rule, &last) == INSTANT_KNOWN)
		row->tolerance_ends = last;
	if (pass->trace)
		tell_day(pass, &entry->rule, (struct svc_moment){today, SVC_MOMENT_DATE}, row->from, last);
	if (today < moment_day(pass, row->from))
		return STATE_OK;
	return today <= moment_day(pass, last) ? STATE_DUE : STATE_OVERDUE;
}

static int64_t plus(int64_t one, int64_t other)
{
	int64_t sum;

	return __builtin_add_overflow(one, other, &sum) ? INT64_MAX : sum;
}

static const char *figure(struct pass *pass, int64_t value)
{
	char text[32];

	svc_number_format(value, text);
	return arena_strdup(pass->memory, text);
}

/* "20 + 20 = 40", and what the meter says. */
static void tell_hours(struct pass *pass, const struct entry *entry, int64_t start, int64_t from, int64_t due)
{
	const char *hours = pack_text(pass->head, fact_of(pass->head, F_HOURS)->name);
	struct svc_step_fact of[] = {{NULL, figure(pass, start)}, {NULL, figure(pass, from)}};
	struct svc_step_fact meter = {hours, figure(pass, pass->values[F_HOURS].number)};

	if (start)
		trace_sum(pass, &entry->rule, (struct svc_step_sum){"plus", of, 2, figure(pass, due)});
	trace_sum(pass, &entry->rule,
		  (struct svc_step_sum){pass->values[F_HOURS].number < due ? "below" : "at_least", &meter, 1,
					figure(pass, due)});
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
	row->due_hours = plus(start, from);
	if (pass->trace)
		tell_hours(pass, entry, start, from, row->due_hours);
	if (hours->number < row->due_hours)
		return STATE_OK;
	return hours->number <= plus(start, to) ? STATE_DUE : STATE_OVERDUE;
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

/* Twice a month leaves the choice of days: the second time is due by the end of the month that half a month later lies in. */
static svc_date half_month_end(svc_date last)
{
	return last < svc_date_of(9999, 12, 1) ? month_end(last + 15) : svc_date_of(9999, 12, 31);
}

/* The day on which a task is due again. */
static enum instant_state due_of(struct pass *pass, const struct entry *entry, pack_ref span, struct duration every,
				 struct svc_moment anchor, struct svc_moment *due)
{
	if (every.unit != UNIT_TWICE_A_MONTH)
		return moment_after(pass, anchor, span, 1, &entry->rule, due);
	*due = (struct svc_moment){half_month_end(moment_day(pass, anchor)), SVC_MOMENT_DATE};
	if (pass->trace)
		trace_count(pass, &entry->rule,
			    (struct reckoning){.how = "after", .from = anchor, .to = *due, .length = every});
	return INSTANT_KNOWN;
}

static void list_task(struct pass *pass, const struct entry *entry, struct svc_moment due, struct duration every)
{
	int64_t from = SVC_NUMBER_NONE, to = SVC_NUMBER_NONE;
	enum state state = STATE_DUE, by_hours = STATE_OK;
	struct svc_row *row;

	if (figure_of(pass, entry, SAY_HOURS_FROM, &from))
		figure_of(pass, entry, SAY_HOURS_TO, &to);
	if (stopped(pass))
		return;
	row = add_task(pass, entry);
	row->from = due;
	row->interval = interval_text(pass, every, from, to);
	if (due.kind != SVC_MOMENT_NONE)
		state = state_by_day(pass, entry, row);
	if (from != SVC_NUMBER_NONE)
		by_hours = state_by_hours(pass, entry, from, to, row);
	row->state = state_ids[by_hours > state ? by_hours : state];
}

static void judge_task(struct pass *pass, const struct entry *entry)
{
	const struct said *span = said_of(pass, entry, SAY_EVERY);
	struct svc_moment anchor, due;
	struct duration every;
	bool done;

	span = span ? span : said_of(pass, entry, SAY_ONCE);
	if (!span || !span_fixed(pass, span->at.at, &entry->rule, &every))
		return;
	if (every.unit == UNIT_EACH_VISIT) {
		list_task(pass, entry, (struct svc_moment){0}, every);
		return;
	}
	if (anchor_of(pass, entry, &done, &anchor) == INSTANT_KNOWN &&
	    due_of(pass, entry, span->at.at, every, anchor, &due) == INSTANT_KNOWN && !over(pass, entry, done, due) &&
	    !stopped(pass))
		list_task(pass, entry, due, every);
}

/* The reading, held against what it may be at least and at most. */
static void tell_reading(struct pass *pass, const struct entry *entry, int64_t reading, int64_t target,
			 int64_t tolerance)
{
	struct svc_step_fact of = {NULL, figure(pass, reading)};
	bool low = reading < target;
	int64_t bound = plus(target, low ? -tolerance : tolerance);
	const char *how = low ? (reading < bound ? "below" : "at_least") : (reading > bound ? "above" : "at_most");

	trace_sum(pass, &entry->rule, (struct svc_step_sum){how, &of, 1, figure(pass, bound)});
}

/* Inside a tolerance around a target, or as the condition of the rule says. */
static bool passes(struct pass *pass, const struct entry *entry, int64_t reading)
{
	struct fact_value *local = local_of(pass, F_READING);
	const struct said *condition = said_of(pass, entry, SAY_PASS);
	int64_t target, tolerance;
	__int128 off;

	if (condition) {
		*local = (struct fact_value){.known = true, .given = true, .number = reading};
		return condition_holds(pass, condition->at.at, &entry->rule);
	}
	if (!figure_of(pass, entry, SAY_READING_TARGET, &target) ||
	    !figure_of(pass, entry, SAY_READING_TOLERANCE, &tolerance))
		return false;
	off = (__int128)reading - target;
	if (pass->trace)
		tell_reading(pass, entry, reading, target, tolerance);
	return (off < 0 ? -off : off) <= tolerance;
}

static void judge_reading(struct pass *pass, const struct entry *entry)
{
	const struct node *readings = value_of(pass, F_READINGS)->tree;
	const struct node *value = readings ? node_get(readings, task_of(pass, entry)) : NULL;
	int64_t reading;
	bool pass_it;

	if (!value || !tree_number(pass, value, "readings", &reading))
		return;
	pass_it = passes(pass, entry, reading);
	if (pass->trace && !stopped(pass))
		trace_met(pass, &entry->rule, pass_it);
	if (!stopped(pass))
		add_task(pass, entry)->state = state_ids[pass_it ? STATE_PASS : STATE_FAIL];
}

static void list_each(struct pass *pass, enum entry_list which, int task,
		      void (*judge)(struct pass *pass, const struct entry *entry))
{
	struct pack_list list = entries_of(pass, which);

	for (uint32_t i = 0; i < list.count && !pass->fault;) {
		const struct entry *entry = entry_next(pass, list, &i, task);

		if (entry)
			judge(pass, entry);
		if (stopped(pass) && !set_aside(pass))
			return;
	}
}

static struct svc_row *row_of(struct pass *pass, const char *task)
{
	for (size_t i = 0; i < pass->answer->row_count; i++)
		if (!strcmp(pass->answer->rows[i].id, task))
			return &pass->answer->rows[i];
	return NULL;
}

/* A task that takes the place of others is done in their stead where they are due on its day or later. */
static void replace_tasks(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_MAINTENANCE);
	struct svc_answer *answer = pass->answer;

	for (uint32_t i = 0; i < list.count; i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);
		const struct said *replaced = said_of(pass, entry, SAY_REPLACES);
		const struct svc_row *by = replaced ? row_of(pass, task_of(pass, entry)) : NULL;

		for (uint32_t t = 0; by && t < replaced->at.count; t++) {
			const pack_ref *task = PACK_ITEM(pass->head, replaced->at, pack_ref, t);
			struct svc_row *row = row_of(pass, pack_text(pass->head, *task));

			if (!row || moment_day(pass, row->from) < moment_day(pass, by->from))
				continue;
			memmove(row, row + 1, (size_t)(answer->rows + --answer->row_count - row) * sizeof *row);
			by = row_of(pass, task_of(pass, entry));
		}
	}
}

static enum state worst_listed(const struct pass *pass)
{
	enum state worst = STATE_OK;

	for (size_t i = 0; i < pass->answer->row_count; i++)
		for (int state = STATE_OK; state <= STATE_OVERDUE; state++)
			if ((enum state)state > worst && !strcmp(pass->answer->rows[i].state, state_ids[state]))
				worst = (enum state)state;
	return worst;
}

static void cite_in(struct pass *pass, enum entry_list which, const struct svc_row *row)
{
	struct pack_list list = entries_of(pass, which);

	for (uint32_t i = 0; i < list.count; i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);

		if (pack_text(pass->head, entry->rule.clause) == row->clause && task_of(pass, entry) == row->id)
			cite_rule(pass, &entry->rule);
	}
}

/* The clauses of the worst first. */
static void cite_tasks(struct pass *pass)
{
	for (int state = STATE_OVERDUE; state >= 0; state--)
		for (size_t i = 0; i < pass->answer->row_count; i++) {
			if (strcmp(pass->answer->rows[i].state, state_ids[state]) != 0)
				continue;
			cite_in(pass, ENTRIES_MAINTENANCE, &pass->answer->rows[i]);
			cite_in(pass, ENTRIES_READINGS, &pass->answer->rows[i]);
		}
}

void decide_maintenance(struct pass *pass)
{
	const struct fact_value *task = &pass->values[F_TASK];
	int wanted = GROUP_ANY;
	enum state worst;

	if (task->known && !listed_group(pass, F_TASK, &wanted))
		return;
	list_each(pass, ENTRIES_MAINTENANCE, wanted, judge_task);
	if (!stopped(pass))
		list_each(pass, ENTRIES_READINGS, wanted, judge_reading);
	if (stopped(pass))
		return;
	replace_tasks(pass);
	cite_tasks(pass);
	worst = worst_listed(pass);
	pass->answer->verdict = pass->answer->missing_count ? SVC_VERDICT_INCOMPLETE
				: worst == STATE_OVERDUE    ? SVC_OVERDUE
				: worst >= STATE_DUE        ? SVC_DUE
							    : SVC_NOTHING;
}
