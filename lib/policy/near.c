/* near: for each fact that was given, the nearest value that would turn the verdict. */
#include "decide.h"

#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

#define REST_LOOKED_AT 10 /* days off in a row, where the calendar does not say how many there may be */

/* A value that might turn it, and how far it is from what was given: days, numbers, or words of a set. */
struct candidate {
	int64_t value, distance;
};

struct search {
	const struct svc_facts *facts;
	const struct pack_head *head;
	enum svc_ask ask;
	const struct svc_answer *answer;
	struct arena *memory;
	struct workroom tries; /* of the answers that are only looked at */
	struct fact_value *values; /* room for the values of one try */
	uint16_t place;
	struct candidate *candidates;
	size_t count;
};

static void propose_at(struct search *search, int64_t value, int64_t distance)
{
	size_t at = search->count;

	if (!distance)
		return;
	search->candidates = list_add(search->memory, search->candidates, &search->count, sizeof *search->candidates);
	search->candidates[at] = (struct candidate){value, distance};
}

static void propose(struct search *search, int64_t value)
{
	propose_at(search, value, llabs(value - search->facts->values[search->place].number));
}

static void propose_day(struct search *search, int64_t day)
{
	if (day >= svc_date_of(1900, 1, 1) && day <= svc_date_of(9999, 12, 31))
		propose(search, day);
}

/* How far a last day may move past days off, as far as is looked; 0: the pack counts none. */
static int rest_of(const struct search *search)
{
	const struct calendar *calendar = pack_at(search->head, search->head->calendar);

	return !calendar ? 0 : calendar->longest_rest > REST_LOOKED_AT ? calendar->longest_rest : REST_LOOKED_AT;
}

/* The days around which a length of time, counted from or to another day, begins or ends. Month ends clamp, so that a
   length counted backwards can be met by up to four days. Days in repair, and days off at its end, may make it longer. */
static void propose_span(struct search *search, svc_date other, struct duration span)
{
	const struct fact_value *repair = &search->facts->values[F_REPAIR_DAYS];
	int64_t pause = repair->known ? repair->number / SVC_NUMBER_ONE : 0;
	int64_t begins = date_after(other, (struct duration){.count = -span.count, .unit = span.unit});
	int64_t ends = date_after(other, span);
	int rest = rest_of(search);

	if (span.unit == UNIT_LIFETIME)
		return;
	for (int day = 0; day <= 1 + rest; day++) {
		propose_day(search, ends + day);
		propose_day(search, ends + day + pause);
	}
	for (int day = -1 - rest; day <= 4; day++) {
		propose_day(search, begins + day);
		propose_day(search, begins + day - pause);
	}
}

static void propose_days(struct search *search, svc_date other)
{
	for (int day = -1; day <= 1; day++)
		propose_day(search, (int64_t)other + day);
	for (uint32_t i = 0; i < search->head->spans.count; i++)
		propose_span(search, other, *PACK_ITEM(search->head, search->head->spans, struct duration, i));
	for (size_t i = search->facts->first_setting; i < search->facts->count; i++)
		if (fact_of(search->head, (uint16_t)i)->type == FACT_DURATION && search->facts->values[i].known)
			propose_span(search, other, search->facts->values[i].duration);
}

static void propose_dates(struct search *search)
{
	for (uint16_t i = 1; i < search->facts->first_setting; i++)
		if (i != search->place && search->facts->values[i].known && fact_of(search->head, i)->type == FACT_DATE)
			propose_days(search, (svc_date)search->facts->values[i].number);
}

#define ROWS_LOOKED_AT 8 /* at either end of a list: what is planned for years does not turn in its middle */

/* A day or an instant that the answer names, and the steps before and after it; and the fact moved so far that what stands in the
   answer falls where another fact lies. */
static void propose_moment(struct search *search, uint8_t type, struct svc_moment moment)
{
	const struct svc_zone *zone = search->facts->policy->zone;
	int64_t at = moment.at, now = search->facts->values[search->place].number;
	void (*propose_value)(struct search * search, int64_t value) = type == FACT_DATE ? propose_day : propose;

	if (moment.kind == SVC_MOMENT_NONE)
		return;
	if (type == FACT_DATE && moment.kind == SVC_MOMENT_TIME)
		at = svc_zone_date(zone, at);
	else if (type == FACT_TIME && moment.kind == SVC_MOMENT_DATE)
		at = svc_zone_time(zone, (svc_date)at + 1, 0) - 1;
	for (int step = -1; step <= 1; step++) {
		propose_value(search, at + step);
		for (uint16_t i = 1; i < search->facts->first_setting; i++)
			if (search->facts->values[i].known && fact_of(search->head, i)->type == type)
				propose_value(search, now + search->facts->values[i].number - at + step);
	}
}

/* The last second of the day before and the first of the day after: what counts in days turns there. */
static void propose_midnights(struct search *search)
{
	const struct svc_zone *zone = search->facts->policy->zone;
	svc_date day = svc_zone_date(zone, search->facts->values[search->place].number);

	propose(search, svc_zone_time(zone, day, 0) - 1);
	propose(search, svc_zone_time(zone, day + 1, 0));
}

static void propose_moments(struct search *search, uint8_t type)
{
	const struct svc_answer *answer = search->answer;

	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++)
		if (field->kind == SVC_ANSWER_MOMENT && field->asks >> search->ask & 1)
			propose_moment(search, type, *(const struct svc_moment *)((const char *)answer + field->at));
	for (size_t i = 0; i < answer->row_count; i++) {
		if (i >= ROWS_LOOKED_AT && i + ROWS_LOOKED_AT < answer->row_count)
			continue;
		propose_moment(search, type, answer->rows[i].from);
		propose_moment(search, type, answer->rows[i].to);
	}
	if (type == FACT_TIME)
		propose_midnights(search);
}

static void propose_sets(struct search *search, struct pack_list trials)
{
	int64_t held = search->facts->values[search->place].number, mentioned = 0;

	for (uint32_t i = 0; i < trials.count; i++)
		mentioned |= *PACK_ITEM(search->head, trials, int64_t, i);
	for (int bit = 0; bit < 63; bit++)
		if (mentioned >> bit & 1)
			propose_at(search, held ^ (INT64_C(1) << bit), 1);
	for (uint32_t i = 0; i < trials.count; i++) { /* several words at once: added, or taken away */
		int64_t trial = *PACK_ITEM(search->head, trials, int64_t, i);

		propose_at(search, held | trial, __builtin_popcountll((uint64_t)(trial & ~held)));
		propose_at(search, held & ~trial, __builtin_popcountll((uint64_t)(trial & held)));
	}
}

static int64_t unit_of(const struct pack_fact *fact)
{
	return fact->type == FACT_NUMBER ? SVC_NUMBER_ONE : 1;
}

/* What the pack can tell apart, and the bounds that settings give. */
static void propose_numbers(struct search *search, const struct pack_fact *fact)
{
	for (uint32_t i = 0; i < fact->trials.count; i++)
		propose(search, *PACK_ITEM(search->head, fact->trials, int64_t, i));
	for (size_t i = search->facts->first_setting; fact->trials.count && i < search->facts->count; i++) {
		const struct fact_value *bound = &search->facts->values[i];

		if (fact_of(search->head, (uint16_t)i)->type != fact->type || !bound->known)
			continue;
		for (int step = -1; step <= 1; step++) {
			int64_t value = bound->number + step * unit_of(fact);

			if (value >= fact->low && value <= fact->high)
				propose(search, value);
		}
	}
}

static void propose_values(struct search *search, const struct pack_fact *fact)
{
	search->count = 0;
	if (fact->type == FACT_DATE || fact->type == FACT_TIME)
		propose_moments(search, fact->type);
	if (fact->type == FACT_DATE)
		propose_dates(search);
	else if (fact->type == FACT_SET)
		propose_sets(search, fact->trials);
	else if (fact->type == FACT_WORD)
		for (uint32_t i = 0; fact->trials.count && i < fact->words.count; i++)
			propose_at(search, i, i != search->facts->values[search->place].number);
	else
		propose_numbers(search, fact);
}

static int by_distance(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->distance != y->distance)
		return x->distance < y->distance ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

static enum svc_verdict verdict_with(struct search *search, int64_t value)
{
	struct svc_answer then;

	memcpy(search->values, search->facts->values, search->facts->count * sizeof *search->values);
	search->values[search->place].number = value;
	arena_reset(&search->tries.kept);
	if (decide_needed(search->facts->policy, search->ask, search->values, &then, &search->tries, NULL))
		return search->answer->verdict;
	return then.verdict;
}

static bool turns(struct search *search, int64_t value, enum svc_verdict *verdict)
{
	enum svc_verdict then = verdict_with(search, value);

	if (then == search->answer->verdict || then == SVC_VERDICT_INCOMPLETE)
		return false;
	*verdict = then;
	return true;
}

/* Halves the way back from a number or day that turns it. */
static int64_t nearer(struct search *search, int64_t turning, enum svc_verdict *verdict)
{
	int64_t unit = unit_of(fact_of(search->head, search->place)), now = search->facts->values[search->place].number;
	int64_t least = 0, most = (turning - now) / unit, found = turning;

	while (llabs(most - least) > 1) {
		int64_t middle = least + (most - least) / 2;

		if (turns(search, now + middle * unit, verdict)) {
			most = middle;
			found = now + middle * unit;
		} else {
			least = middle;
		}
	}
	return found;
}

/* Leaves as they are the words of a set that need no change. */
static int64_t fewer(struct search *search, int64_t turning, enum svc_verdict *verdict)
{
	int64_t changed = turning ^ search->facts->values[search->place].number;

	for (int bit = 0; bit < 63; bit++)
		if (changed >> bit & 1 && (changed & (changed - 1)) &&
		    turns(search, turning ^ (INT64_C(1) << bit), verdict)) {
			turning ^= INT64_C(1) << bit;
			changed ^= INT64_C(1) << bit;
		}
	return turning;
}

static int64_t tightened(struct search *search, int64_t turning, enum svc_verdict *verdict)
{
	switch (fact_of(search->head, search->place)->type) {
	case FACT_NUMBER:
	case FACT_MONEY:
	case FACT_DATE:
	case FACT_TIME:
		return nearer(search, turning, verdict);
	case FACT_SET:
		return fewer(search, turning, verdict);
	default:
		return turning;
	}
}

static const char *value_text(struct search *search, int64_t number)
{
	struct fact_value value = search->facts->values[search->place];
	struct strbuf text = {0};
	const char *kept;

	value.number = number;
	value_format(search->facts->policy, fact_of(search->head, search->place), &value, &text);
	kept = arena_strdup(search->memory, text.text);
	strbuf_release(&text);
	return kept;
}

static void add_near(struct search *search, struct svc_answer *answer, int64_t value, enum svc_verdict verdict)
{
	size_t at = answer->near_count;

	answer->near = list_add(search->memory, answer->near, &answer->near_count, sizeof *answer->near);
	answer->near[at] = (struct svc_near){pack_text(search->head, fact_of(search->head, search->place)->name),
					     value_text(search, search->facts->values[search->place].number),
					     value_text(search, value), verdict};
}

/* The nearest candidate that turns it, moved as near as it can be. `side`: only below (-1) or above (1) what was given, and no
   farther than `most`; 0: on either. False: none does. */
static bool nearest_of(struct search *search, int side, int64_t most, struct candidate *out, enum svc_verdict *verdict)
{
	int64_t now = search->facts->values[search->place].number;

	for (size_t i = 0; i < search->count && search->candidates[i].distance <= most; i++) {
		int64_t value = search->candidates[i].value;

		if ((i && value == search->candidates[i - 1].value) || (side && (value > now) != (side > 0)) ||
		    !turns(search, value, verdict))
			continue;
		*out = (struct candidate){tightened(search, value, verdict), search->candidates[i].distance};
		return true;
	}
	return false;
}

/* How far away a candidate on the other side may lie to come nearer than one found: of a day or time however far, for what is counted
   from it in two steps is met only roughly. */
static int64_t reach(const struct search *search, int64_t distance)
{
	switch (fact_of(search->head, search->place)->type) {
	case FACT_DATE:
	case FACT_TIME:
		return INT64_MAX;
	case FACT_SET:
	case FACT_WORD:
		return 0;
	default:
		return 2 * distance;
	}
}

static void look_around(struct search *search, struct svc_answer *answer)
{
	int64_t now = search->facts->values[search->place].number;
	struct candidate found, other;
	enum svc_verdict verdict, then;

	propose_values(search, fact_of(search->head, search->place));
	if (search->count)
		qsort(search->candidates, search->count, sizeof *search->candidates, by_distance);
	if (!nearest_of(search, 0, INT64_MAX, &found, &verdict))
		return;
	if (nearest_of(search, found.value > now ? -1 : 1, reach(search, found.distance), &other, &then) &&
	    llabs(other.value - now) < llabs(found.value - now)) {
		found = other;
		verdict = then;
	}
	add_near(search, answer, found.value, verdict);
}

void find_near(const struct svc_facts *facts, enum svc_ask ask, struct svc_answer *answer, struct arena *memory)
{
	struct search search = {
		.facts = facts, .head = facts->policy->head, .ask = ask, .answer = answer, .memory = memory};

	if (answer->verdict == SVC_VERDICT_INCOMPLETE) /* what is missing, and what it would give, is said already */
		return;
	search.values = arena_alloc(memory, facts->count * sizeof *search.values);
	for (uint16_t i = 1; i < facts->first_setting; i++) {
		search.place = i;
		if (facts->values[i].given || (i == F_CLAIM && facts->values[i].known))
			look_around(&search, answer);
	}
	workroom_release(&search.tries);
}
