/* Conditions in three values: yes, no, and unknown when a fact that matters is not known. */
#include "trace.h"

#include <string.h>

bool block(struct pass *pass, uint16_t fact, const struct rule *asking)
{
	pass->blocked = fact;
	pass->uncovered = NULL;
	pass->anchors = (struct pack_list){0};
	pass->asking = asking;
	return false;
}

struct halt halt_of(const struct pass *pass)
{
	return (struct halt){pass->blocked, pass->beside, pass->anchors, pass->asking, pass->uncovered};
}

void halt_at(struct pass *pass, struct halt halt)
{
	pass->blocked = halt.blocked;
	pass->beside = halt.beside;
	pass->anchors = halt.anchors;
	pass->asking = halt.asking;
	pass->uncovered = halt.uncovered;
}

/* Of the warranty. */
static bool is_derived(uint16_t fact)
{
	return fact >= F_VERDICT && fact <= F_IN_TERM && fact != F_ASK;
}

/* Of the ask itself, unless the pack has another use for the name. */
static bool is_local(const struct pass *pass, uint16_t fact)
{
	return fact >= F_EXPECTED && fact <= F_READING && fact_of(pass->head, fact)->type == standard_facts[fact].type;
}

/* The moment that working_day and working_time speak of; NONE: blocked on the appointment. */
static struct svc_moment moment_worked(struct pass *pass, uint16_t fact)
{
	bool dispatch = pass->values[F_ASK].number == SVC_ASK_DISPATCH;
	struct svc_moment at = dispatch                 ? moment_of_fact(pass, F_APPOINTED)
			       : fact == F_WORKING_TIME ? moment_of_fact(pass, F_REPORTED)
							: moment_now(pass);

	if (at.kind == SVC_MOMENT_NONE && dispatch)
		block(pass, F_APPOINTED, NULL);
	else if (at.kind == SVC_MOMENT_NONE)
		at = moment_of_fact(pass, F_NOW);
	return at;
}

static void derive_working(struct pass *pass, uint16_t fact)
{
	struct svc_moment at = moment_worked(pass, fact);
	int works;

	if (at.kind == SVC_MOMENT_NONE)
		return;
	works = fact == F_WORKING_DAY ? working_day(pass, moment_day(pass, at), NULL)
				      : working_time(pass, moment_first(pass, at), NULL);
	if (works >= 0)
		*local_of(pass, fact) = (struct fact_value){.known = true, .given = true, .number = works};
}

/* The days between two moments; NULL: one of them is not known, and the pass stops for it. */
static const struct fact_value *days_counted(struct pass *pass, const struct counted *counted)
{
	struct fact_value *value = arena_alloc(pass->memory, sizeof *value);
	struct svc_moment from, to;
	int64_t days;

	if (instant_of(pass, counted->from, NULL, &from) != INSTANT_KNOWN ||
	    instant_of(pass, counted->to, NULL, &to) != INSTANT_KNOWN)
		return NULL;
	days = (int64_t)(moment_day(pass, to) - moment_day(pass, from)) * SVC_NUMBER_ONE;
	if (counted->less && !value_of(pass, counted->less)->known) {
		if (!pass->peek)
			block(pass, counted->less, NULL);
		return NULL;
	}
	if (counted->less)
		days -= value_of(pass, counted->less)->number;
	*value = (struct fact_value){.known = true, .number = days > 0 ? days : 0};
	return value;
}

const struct fact_value *value_of(struct pass *pass, uint16_t fact)
{
	const struct fact_value *value = &pass->values[fact], *days;
	pack_ref counted;

	if (value->known)
		return value;
	counted = fact_of(pass->head, fact)->counted;
	days = counted && !stopped(pass) ? days_counted(pass, pack_at(pass->head, counted)) : NULL;
	if (days)
		return days;
	if (is_derived(fact) && !value->settled) {
		if (!pass->derived[fact - F_VERDICT].known && !pass->deriving)
			derive(pass, fact);
		return &pass->derived[fact - F_VERDICT];
	}
	if (!is_local(pass, fact))
		return value;
	if ((fact == F_WORKING_DAY || fact == F_WORKING_TIME) && !local_of(pass, fact)->known)
		derive_working(pass, fact);
	return local_of(pass, fact);
}

/* An unknown fact: the condition is unknown too, unless the fact stands for something that did not happen. */
static enum truth unknown(struct pass *pass, uint16_t fact)
{
	if (fact_of(pass->head, fact)->absent == ABSENT_NEVER)
		return NO;
	if (!pass->blocked)
		block(pass, fact, NULL);
	return UNKNOWN;
}

static bool word_in(const struct pack_head *head, struct pack_list words, int64_t word)
{
	const uint64_t *bits = pack_at(head, words.at);

	return word >= 0 && (uint64_t)word / 64 < words.count && (bits[word / 64] >> (word % 64) & 1);
}

/* A bound that is an amount over other facts; money, or a number in millionths. */
static enum truth amount_bound(struct pass *pass, uint16_t fact, pack_ref amount, int64_t *bound)
{
	int64_t fine = fact_of(pass->head, fact)->type == FACT_NUMBER ? SVC_NUMBER_ONE : 1;
	enum svc_basis basis = SVC_BASIS_UNSET;
	enum amount_state state = amount_of(pass, amount, NULL, fine, bound, &basis);

	return state == AMOUNT_STATED ? YES : state == AMOUNT_ABSENT ? NO : UNKNOWN;
}

/* A bound that is a moment. Against a day a time counts as its day; `last`: of a day its last second is meant. */
static enum truth moment_bound(struct pass *pass, uint16_t fact, pack_ref instant, bool last, int64_t *bound)
{
	struct svc_moment moment;
	enum instant_state state = instant_of(pass, instant, NULL, &moment);

	if (state != INSTANT_KNOWN)
		return state == INSTANT_NEVER ? NO : UNKNOWN;
	if (fact_of(pass->head, fact)->type == FACT_DATE)
		*bound = moment_day(pass, moment);
	else
		*bound = last ? moment_last(pass, moment) : moment_first(pass, moment);
	return YES;
}

/* A setting that gives a bound; a duration in the unit that the fact counts. */
static enum truth setting_bound(struct pass *pass, const struct cond *cond, uint16_t setting, int64_t *bound)
{
	const struct fact_value *value = value_of(pass, setting);
	const int64_t most = INT64_MAX / 2;
	int64_t seconds = 0;
	__int128 units;

	if (!value->known ||
	    (fact_of(pass->head, setting)->type == FACT_DURATION && !duration_seconds(value->duration, &seconds)))
		return unknown(pass, setting);
	units = seconds ? (__int128)seconds * SVC_NUMBER_ONE / unit_seconds(cond->unit) : value->number;
	*bound = units > most && seconds ? most : (int64_t)units;
	return YES;
}

/* One bound of a range: fixed, of a setting, or worked out. YES: it is in *bound; NO: there is none that could be met. */
static enum truth bound_of(struct pass *pass, const struct cond *cond, bool high, int64_t *bound)
{
	uint16_t setting = high ? cond->high_setting : cond->low_setting;
	pack_ref amount = high ? cond->high_amount : cond->low_amount;
	bool open = high ? cond->high_open : cond->low_open;
	uint8_t type = fact_of(pass->head, cond->fact)->type;
	enum truth known;

	*bound = high ? cond->high : cond->low;
	if (!setting && !amount)
		return YES;
	if (setting)
		known = setting_bound(pass, cond, setting, bound);
	else if (type == FACT_DATE || type == FACT_TIME)
		known = moment_bound(pass, cond->fact, amount, high != open, bound);
	else
		known = amount_bound(pass, cond->fact, amount, bound);
	*bound += high ? -(int64_t)open : (int64_t)open;
	return known;
}

/* Whether a number keeps one of its bounds. */
static enum truth keeps(struct pass *pass, const struct cond *cond, bool high, int64_t number)
{
	int64_t bound;
	enum truth known = bound_of(pass, cond, high, &bound);

	return known != YES ? known : high ? number <= bound : number >= bound;
}

static enum truth in_range(struct pass *pass, const struct cond *cond, int64_t number)
{
	enum truth low = keeps(pass, cond, false, number), high;
	struct halt halt = halt_of(pass);

	if (low == NO)
		return NO;
	pass->blocked = 0;
	high = keeps(pass, cond, true, number);
	if (low == YES || high == NO)
		return high;
	halt_at(pass, halt);
	return UNKNOWN;
}

/* Whether a list "a,b" of words that the pack does not know holds this one. */
static bool text_holds(const char *list, const char *word, size_t length)
{
	while (list && *list) {
		size_t one = strcspn(list, ",");

		if (one == length && !memcmp(list, word, length))
			return true;
		list += one + (list[one] == ',');
	}
	return false;
}

static enum truth covers(struct pass *pass, const struct cond *cond, const struct fact_value *held)
{
	uint16_t other = *(const uint16_t *)pack_at(pass->head, cond->of.at);
	const struct fact_value *wanted = value_of(pass, other);

	if (!wanted->known)
		return unknown(pass, other);
	for (const char *word = wanted->text; word && *word;) {
		size_t length = strcspn(word, ",");

		if (!text_holds(held->text, word, length))
			return NO;
		word += length + (word[length] == ',');
	}
	return (wanted->number & ~held->number) == 0;
}

/* The first known date of a list; SVC_DATE_NONE when none is. */
static svc_date first_known(struct pass *pass, struct pack_list facts)
{
	const uint16_t *fact = pack_at(pass->head, facts.at);

	for (uint32_t i = 0; i < facts.count; i++)
		if (value_of(pass, fact[i])->known)
			return (svc_date)value_of(pass, fact[i])->number;
	return SVC_DATE_NONE;
}

/* None of these dates is known: unknown, as long as one of them may have happened. */
static enum truth no_date(struct pass *pass, struct pack_list facts)
{
	const uint16_t *fact = pack_at(pass->head, facts.at);

	for (uint32_t i = 0; i < facts.count; i++) {
		if (fact_of(pass->head, fact[i])->absent == ABSENT_NEVER)
			continue;
		if (!pass->blocked) {
			block(pass, fact[i], NULL);
			pass->anchors = facts;
		}
		return UNKNOWN;
	}
	return NO;
}

static enum truth within(struct pass *pass, const struct cond *cond, svc_date day)
{
	struct duration span = cond->span;
	svc_date start = first_known(pass, cond->of), last;

	if (start == SVC_DATE_NONE)
		return no_date(pass, cond->of);
	if (cond->span_setting) {
		if (!value_of(pass, cond->span_setting)->known)
			return unknown(pass, cond->span_setting);
		span = value_of(pass, cond->span_setting)->duration;
	}
	last = date_after(start, span);
	return day >= start && day <= last;
}

/* What was given, or worked out by the ask and not only planned; of a setting, what is set. */
static bool is_given(struct pass *pass, uint16_t fact)
{
	if (fact_of(pass->head, fact)->setting)
		return pass->values[fact].known;
	return pass->values[fact].given || (is_local(pass, fact) && value_of(pass, fact)->given);
}

static enum truth atom(struct pass *pass, const struct cond *cond)
{
	const struct fact_value *value;

	if (cond->op == COND_KNOWN || cond->op == COND_UNKNOWN)
		return is_given(pass, cond->fact) == (cond->op == COND_KNOWN);
	value = value_of(pass, cond->fact);
	if (!value->known)
		return pass->blocked && (is_derived(cond->fact) || is_local(pass, cond->fact))
			       ? UNKNOWN
			       : unknown(pass, cond->fact);
	switch (cond->op) {
	case COND_WORD:
		return word_in(pass->head, cond->words, value->number);
	case COND_SET_ANY:
		return (value->number & cond->low) != 0;
	case COND_SET_ALL:
		return (value->number & cond->low) == cond->low;
	case COND_SET_NONE:
		return (value->number & cond->low) == 0;
	case COND_RANGE:
		return in_range(pass, cond, value->number);
	case COND_WITHIN:
		return within(pass, cond, (svc_date)value->number);
	case COND_COVERS:
		return covers(pass, cond, value);
	default:
		return value->text && !strcmp(value->text, pack_text(pass->head, cond->text));
	}
}

static enum truth evaluate(struct pass *pass, const struct cond *cond);

/* All (or any) of the kids: one no (or yes) settles it, whatever is unknown beside it. Each is looked at as if nothing had held
   the pass up before; the first that is unknown is the one that is named. */
static enum truth several(struct pass *pass, const struct cond *cond, enum truth settles)
{
	const pack_ref *kid = pack_at(pass->head, cond->kids.at);
	enum truth result = settles == NO ? YES : NO;
	struct halt before = halt_of(pass), first = before;

	for (uint32_t i = 0; i < cond->kids.count; i++) {
		enum truth one;

		pass->blocked = 0;
		one = evaluate(pass, pack_at(pass->head, kid[i]));
		if (one == settles) {
			halt_at(pass, before);
			return settles;
		}
		if (one == UNKNOWN && result != UNKNOWN) {
			first = halt_of(pass);
			result = UNKNOWN;
		}
	}
	halt_at(pass, first);
	return result;
}

static enum truth evaluate(struct pass *pass, const struct cond *cond)
{
	const pack_ref *kid;
	enum truth one;

	switch (cond->op) {
	case COND_ALL:
		return several(pass, cond, NO);
	case COND_ANY:
		return several(pass, cond, YES);
	case COND_NOT:
		kid = pack_at(pass->head, cond->kids.at);
		one = evaluate(pass, pack_at(pass->head, *kid));
		return one == UNKNOWN ? UNKNOWN : !one;
	default:
		return atom(pass, cond);
	}
}

static enum truth told_at_once(const struct pass *pass, const struct cond *cond);

static enum truth several_at_once(const struct pass *pass, const struct cond *cond, enum truth settles)
{
	const pack_ref *kid = pack_at(pass->head, cond->kids.at);
	enum truth result = settles == NO ? YES : NO;

	for (uint32_t i = 0; i < cond->kids.count; i++) {
		enum truth one = told_at_once(pass, pack_at(pass->head, kid[i]));

		if (one == settles)
			return settles;
		if (one == UNKNOWN)
			result = UNKNOWN;
	}
	return result;
}

/* What facts that were given settle without a look at anything else, as most conditions are; UNKNOWN: more is to be looked at. */
static enum truth told_at_once(const struct pass *pass, const struct cond *cond)
{
	const struct fact_value *value = &pass->values[cond->fact];
	enum truth one;

	switch (cond->op) {
	case COND_ALL:
		return several_at_once(pass, cond, NO);
	case COND_ANY:
		return several_at_once(pass, cond, YES);
	case COND_NOT:
		one = told_at_once(pass, pack_at(pass->head, *(const pack_ref *)pack_at(pass->head, cond->kids.at)));
		return one == UNKNOWN ? UNKNOWN : !one;
	case COND_WORD:
		return !value->known ? UNKNOWN : word_in(pass->head, cond->words, value->number);
	case COND_RANGE:
		if (!value->known || cond->low_setting || cond->high_setting || cond->low_amount || cond->high_amount)
			return UNKNOWN;
		return value->number >= cond->low && value->number <= cond->high;
	default:
		return UNKNOWN;
	}
}

enum truth condition(struct pass *pass, pack_ref when)
{
	const struct cond *cond = pack_at(pass->head, when);
	enum truth one = when ? told_at_once(pass, cond) : YES;

	return one == UNKNOWN ? evaluate(pass, cond) : one;
}

bool matches(struct pass *pass, const struct rule *rule)
{
	enum truth result = condition(pass, rule->when);

	if (pass->trace)
		trace_rule(pass, rule, result);
	if (result != UNKNOWN || pass->peek) {
		pass->blocked = 0;
		return result == YES;
	}
	pass->asking = rule;
	return false;
}

/* The words of a set that lack; the set itself where it is not words that lack. */
static void lacking_words(struct pass *pass, const struct cond *cond, int64_t mask)
{
	const struct pack_fact *fact = fact_of(pass->head, cond->fact);

	if (!mask)
		require_name(pass, pack_text(pass->head, fact->name));
	for (uint32_t i = 0; i < fact->words.count; i++)
		if (mask >> i & 1)
			require_name(pass, pack_text(pass->head,
						     PACK_ITEM(pass->head, fact->words, struct pack_word, i)->id));
}

static void lacking_cond(struct pass *pass, const struct cond *cond)
{
	const pack_ref *kid = pack_at(pass->head, cond->kids.at);
	int64_t held = pass->values[cond->fact].number;

	if (cond->kids.count) {
		for (uint32_t i = 0; i < cond->kids.count; i++)
			if (cond->op == COND_NOT || evaluate(pass, pack_at(pass->head, kid[i])) == NO)
				lacking_cond(pass, pack_at(pass->head, kid[i]));
		pass->blocked = 0;
	} else if (cond->op == COND_SET_ALL || cond->op == COND_SET_ANY) {
		lacking_words(pass, cond, cond->low & ~held);
	} else if (cond->op == COND_COVERS) {
		lacking_words(pass, cond,
			      pass->values[*(const uint16_t *)pack_at(pass->head, cond->of.at)].number & ~held);
	} else {
		require_name(pass, pack_text(pass->head, fact_of(pass->head, cond->fact)->name));
	}
}

void lacking(struct pass *pass, pack_ref needs)
{
	lacking_cond(pass, pack_at(pass->head, needs));
}
