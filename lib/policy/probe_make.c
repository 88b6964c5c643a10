/* Finds facts with which a rule holds and the ask can be answered: a search over the values that the pack can tell apart, which asks
   the rules themselves what they lack next. */
#include "probe.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define LOOKS_A_DAY 400 /* looks at the rules for one choice of the present */
#define QUIET_MAX 8
#define DEPTH_MAX 64

/* One search. `quiet`: the facts of the rule that would never block, because something is taken for granted of them. */
struct making {
	struct maker *maker;
	const struct walked_rule *rule; /* NULL: any complete case will do */
	uint16_t quiet[QUIET_MAX];
	size_t quiet_count;
	bool of_cause; /* the rule asks for the cause */
	struct fact_value *second; /* a complete case in which the rule holds but does not decide */
	bool some;
	bool holds; /* at the last look the rule held, whatever the ask wants beside it */
	struct fact_value
		*third; /* a case in which the rule holds and which nothing completes: what it wants ends the rule */
	bool partial;
};

/* A pass over the facts where they stand, with what fault and cause say of each other; end_look takes that back. */
struct look {
	struct pass pass;
	struct svc_answer answer;
	struct fact_value fault, cause;
};

static void begin_look(struct maker *maker, struct look *look)
{
	struct fact_value *values = maker->facts->values;

	look->fault = values[F_FAULT];
	look->cause = values[F_CAUSE];
	values[F_ASK] = (struct fact_value){.known = true, .number = maker->ask};
	imply(values);
	answer_empty(&look->answer, maker->ask);
	look->pass = (struct pass){.policy = maker->policy,
				   .head = maker->head,
				   .values = values,
				   .answer = &look->answer,
				   .memory = &maker->tries};
}

static void end_look(struct maker *maker, const struct look *look)
{
	maker->facts->values[F_FAULT] = look->fault;
	maker->facts->values[F_CAUSE] = look->cause;
}

/* The fact that a pass stopped at, or that its answer names; 0: none that could be given. */
static uint16_t lacks(const struct pass *pass)
{
	const uint16_t *anchor = pack_at(pass->head, pass->anchors.at);

	for (uint32_t i = 0; pass->blocked && i < pass->anchors.count; i++)
		if (fact_of(pass->head, anchor[i])->absent != ABSENT_NEVER)
			return anchor[i];
	if (pass->blocked)
		return pass->uncovered ? 0 : pass->blocked;
	for (size_t i = 0; i < pass->answer->missing_count; i++) {
		uint16_t fact = fact_find(pass->head, pass->answer->missing[i], NULL);

		if (fact && !pass->values[fact].known)
			return fact;
	}
	return 0;
}

enum truth truth_with(struct maker *maker, pack_ref when)
{
	struct look look;
	enum truth result;

	begin_look(maker, &look);
	result = condition(&look.pass, when);
	end_look(maker, &look);
	return look.pass.fault ? UNKNOWN : result;
}

/* What a requirement, guard or exclusion asks beside its `when`. */
static pack_ref needs_of(const struct walked_rule *rule)
{
	return rule->kind == RULE_REQUIREMENT ? ((const struct requirement *)rule->rule)->needs : 0;
}

static bool cites(const struct svc_answer *answer, const char *clause)
{
	for (size_t i = 0; i < answer->clause_count; i++)
		if (!strcmp(answer->clauses[i], clause))
			return true;
	return false;
}

/* Where the search stands: a condition that comes out wrong, a fact to be given next, or a whole case. */
enum standing { WRONG, WANTING, WHOLE, DECIDING };

/* What has to hold before the rule can decide: its condition and that of the entry it stands in; what it requires is missing. */
static enum standing look_at_rule(struct pass *pass, const struct walked_rule *rule, uint16_t *fact)
{
	pack_ref whens[3] = {rule->rule->when, needs_of(rule),
			     rule->entry && rule->rule != &rule->entry->rule ? rule->entry->rule.when : 0};

	for (size_t i = 0; i < 3; i++) {
		enum truth holds = condition(pass, whens[i]);

		*fact = lacks(pass);
		if (pass->fault || (holds == UNKNOWN && !*fact))
			return WRONG;
		if (holds == UNKNOWN)
			return WANTING;
		if (whens[i] && holds != (i == 1 ? NO : YES))
			return WRONG;
		pass->blocked = 0;
	}
	return WHOLE;
}

static enum standing look_at_ask(struct pass *pass, enum svc_ask ask, const struct walked_rule *rule, uint16_t *fact)
{
	decider_of(ask)(pass);
	*fact = lacks(pass);
	if (pass->fault)
		return WRONG;
	if (*fact)
		return WANTING;
	return !rule || cites(pass->answer, pack_text(pass->head, rule->rule->clause)) ? DECIDING : WHOLE;
}

static enum standing look(struct making *making, uint16_t *fact)
{
	struct maker *maker = making->maker;
	enum standing standing = WHOLE;
	struct look look;

	arena_reset(&maker->tries);
	begin_look(maker, &look);
	if (making->rule)
		standing = look_at_rule(&look.pass, making->rule, fact);
	making->holds = standing == WHOLE;
	if (standing == WHOLE)
		standing = look_at_ask(&look.pass, maker->ask, making->rule, fact);
	end_look(maker, &look);
	return standing;
}

/* The first of its kind. */
static void keep(struct making *making, struct fact_value *room, bool *kept)
{
	if (!*kept)
		memcpy(room, making->maker->facts->values, making->maker->facts->count * sizeof *room);
	*kept = true;
}

static bool fill(struct making *making, int depth)
{
	struct fact_value *values = making->maker->facts->values, before;
	struct choices choices;
	enum standing standing;
	uint16_t fact;
	bool holds;

	if (--making->maker->budget < 0)
		return false;
	standing = look(making, &fact);
	holds = making->holds && making->third;
	if (standing == WRONG || standing == DECIDING)
		return standing == DECIDING;
	choices.count = 0;
	if (standing == WANTING && depth < DEPTH_MAX)
		choices_for(making->maker, fact, &choices);
	if (!choices.count)
		keep(making, making->second, &making->some); /* what it lacks is no value that could be tried */
	before = values[fact];
	for (size_t i = 0; i < choices.count && making->maker->budget >= 0; i++) {
		values[fact] = choices.values[i];
		if (fill(making, depth + 1))
			return true;
	}
	if (choices.count)
		values[fact] = before;
	if (choices.count && holds)
		keep(making, making->third, &making->partial);
	return false;
}

/* First those facts that would not block: as they are, then with each of their values. */
static bool fill_quiet(struct making *making, size_t i)
{
	struct fact_value *values = making->maker->facts->values, before;
	struct choices choices;

	if (i == making->quiet_count)
		return fill(making, 0);
	before = values[making->quiet[i]];
	if (fill_quiet(making, i + 1))
		return true;
	choices_for(making->maker, making->quiet[i], &choices);
	for (size_t c = 0; c < choices.count && making->maker->budget >= 0; c++) {
		values[making->quiet[i]] = choices.values[c];
		if (fill_quiet(making, i + 1))
			return true;
	}
	values[making->quiet[i]] = before;
	return false;
}

static void add_quiet(struct making *making, uint16_t fact)
{
	if (making->maker->facts->values[fact].given || making->quiet_count == QUIET_MAX)
		return;
	for (size_t i = 0; i < making->quiet_count; i++)
		if (making->quiet[i] == fact)
			return;
	making->quiet[making->quiet_count++] = fact;
}

/* The events that a moment is counted from, of those that are taken not to have happened. */
static void quiet_of_instant(struct making *making, pack_ref ref)
{
	const struct pack_head *head = making->maker->head;
	const struct instant *instant = pack_at(head, ref);

	for (uint32_t i = 0; instant && i < instant->facts.count; i++) {
		uint16_t fact = *PACK_ITEM(head, instant->facts, uint16_t, i);

		if (fact_of(head, fact)->absent == ABSENT_NEVER)
			add_quiet(making, fact);
	}
	for (uint32_t i = 0; instant && i < instant->kids.count; i++)
		quiet_of_instant(making, *PACK_ITEM(head, instant->kids, pack_ref, i));
}

static void quiet_of_atom(struct making *making, const struct cond *cond)
{
	const struct pack_head *head = making->maker->head;
	const struct pack_fact *fact = fact_of(head, cond->fact);
	const struct counted *counted = pack_at(head, fact->counted);

	if (counted) {
		quiet_of_instant(making, counted->from);
		quiet_of_instant(making, counted->to);
	}
	if (fact->type == FACT_DATE || fact->type == FACT_TIME) {
		quiet_of_instant(making, cond->low_amount);
		quiet_of_instant(making, cond->high_amount);
	}
	making->of_cause = making->of_cause || cond->fact == F_CAUSE;
	if (!cond->fact || fact->internal)
		return;
	if (cond->op == COND_KNOWN || cond->op == COND_UNKNOWN || fact->absent == ABSENT_NEVER ||
	    making->maker->facts->values[cond->fact].known ||
	    (cond->fact >= F_VERDICT && cond->fact <= F_IN_TERM && cond->fact != F_ASK))
		add_quiet(making, cond->fact);
}

static void find_quiet(struct making *making, pack_ref when)
{
	const struct cond *cond = pack_at(making->maker->head, when);
	const pack_ref *kid = when ? pack_at(making->maker->head, cond->kids.at) : NULL;

	for (uint32_t i = 0; when && i < cond->kids.count; i++)
		find_quiet(making, kid[i]);
	if (when && cond->op > COND_NOT)
		quiet_of_atom(making, cond);
}

/* What the rule counts from: the start of a term, the moments that an entry says. */
static void quiet_of_rule(struct making *making)
{
	const struct walked_rule *rule = making->rule;
	const struct term *term = (const struct term *)rule->rule;

	find_quiet(making, rule->rule->when);
	find_quiet(making, needs_of(rule));
	for (size_t i = 0; i < making->quiet_count && making->of_cause; i++)
		if (making->quiet[i] == F_FAULT) { /* each would stand for the other */
			add_quiet(making, F_CAUSE);
			break;
		}
	if (rule->kind == RULE_TERM) {
		quiet_of_instant(making, term->from);
		quiet_of_instant(making, term->until);
	}
	for (uint32_t i = 0; rule->kind == RULE_ENTRY && i < rule->entry->said.count; i++) {
		const struct said *said = PACK_ITEM(making->maker->head, rule->entry->said, struct said, i);

		if (said->saying <= SAY_ON_DAY)
			quiet_of_instant(making, said->at.at);
	}
}

/* With the present on one day. */
static bool make_on(struct making *making, const struct fact_value *blank, svc_date day)
{
	struct maker *maker = making->maker;

	memcpy(maker->facts->values, blank, maker->facts->count * sizeof *blank);
	set_present(maker, day);
	seed_case(maker, making->rule);
	maker->budget = LOOKS_A_DAY;
	making->quiet_count = 0;
	quiet_of_rule(making);
	return fill_quiet(making, 0);
}

static bool make_about(struct making *making, const struct fact_value *blank, struct duration span)
{
	svc_date end = date_after(making->maker->sale, span);

	return end != SVC_DATE_LIFETIME && (make_on(making, blank, end) || make_on(making, blank, end + 1));
}

/* Ten days after the sale, on its day, then past each length of time that the pack names, or its settings. */
static bool make_some_day(struct making *making, const struct fact_value *blank)
{
	struct maker *maker = making->maker;
	const struct pack_list spans = maker->head->spans;

	if (make_on(making, blank, maker->sale + 10) || make_on(making, blank, maker->sale))
		return true;
	for (uint32_t i = 0; i < spans.count && i < 12; i++)
		if (make_about(making, blank, *PACK_ITEM(maker->head, spans, struct duration, i)))
			return true;
	for (size_t i = maker->facts->first_setting; i < maker->facts->count; i++)
		if (blank[i].known && fact_of(maker->head, (uint16_t)i)->type == FACT_DURATION &&
		    make_about(making, blank, blank[i].duration))
			return true;
	return false;
}

/* The day that a condition asks of an event of the sale, if it is a later one. */
static svc_date sale_of(const struct pack_head *head, pack_ref when, svc_date sale)
{
	const struct cond *cond = pack_at(head, when);
	const pack_ref *kid = when ? pack_at(head, cond->kids.at) : NULL;

	for (uint32_t i = 0; when && i < cond->kids.count; i++)
		sale = sale_of(head, kid[i], sale);
	if (when && cond->op == COND_RANGE && cond->fact >= F_MANUFACTURE && cond->fact <= F_HANDOVER &&
	    cond->low > sale && cond->low < svc_date_of(9000, 1, 1))
		sale = (svc_date)cond->low;
	return sale;
}

bool make_case(struct maker *maker, const struct walked_rule *rule)
{
	size_t size = maker->facts->count * sizeof *maker->facts->values;
	struct fact_value *room = memory_get(3 * size);
	struct making making = {.maker = maker,
				.rule = rule,
				.second = room + maker->facts->count,
				.third = room + 2 * maker->facts->count};
	svc_date sale = maker->sale;
	bool made;

	memcpy(room, maker->facts->values, size);
	maker->sale = sale_of(maker->head, rule->rule->when, sale);
	maker->usual = true;
	made = make_some_day(&making, room);
	maker->usual = false;
	made = made || make_some_day(&making, room);
	if (!made)
		memcpy(maker->facts->values, making.some ? making.second : making.partial ? making.third : room, size);
	free(room);
	maker->sale = sale;
	return made || making.some || making.partial;
}

void complete_case(struct maker *maker)
{
	size_t size = maker->facts->count * sizeof *maker->facts->values;
	struct fact_value *second = memory_get(size);
	struct making making = {.maker = maker, .second = second};

	maker->budget = LOOKS_A_DAY;
	if (!fill(&making, 0) && making.some)
		memcpy(maker->facts->values, second, size);
	free(second);
}
