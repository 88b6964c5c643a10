/* near: for each fact that was given, the nearest value that would turn the verdict. */
#include "decide.h"

#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

/* A value that might turn it, and how far it is from what was given: days, numbers, or words of a set. */
struct candidate {
	int64_t value, distance;
};

struct search {
	const struct svc_facts *facts;
	const struct pack_head *head;
	decider decide;
	const struct svc_answer *answer;
	struct arena *memory;
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

/* The days around which a length of time, counted from or to another day, begins or ends. Month ends clamp, so that a
   length counted backwards can be met by up to four days. */
static void propose_days(struct search *search, svc_date other)
{
	const struct duration *span = pack_at(search->head, search->head->spans.at);

	for (int day = -1; day <= 1; day++)
		propose(search, (int64_t)other + day);
	for (uint32_t i = 0; i < search->head->spans.count; i++) {
		struct duration back = {-span[i].count, span[i].unit};

		if (span[i].unit == UNIT_LIFETIME)
			continue;
		for (int day = 0; day <= 1; day++)
			propose(search, (int64_t)date_after(other, span[i]) + day);
		for (int day = -1; day <= 4; day++)
			propose(search, (int64_t)date_after(other, back) + day);
	}
}

static void propose_dates(struct search *search)
{
	for (uint16_t i = 1; i < search->facts->first_setting; i++)
		if (i != search->place && search->facts->values[i].known && fact_of(search->head, i)->type == FACT_DATE)
			propose_days(search, (svc_date)search->facts->values[i].number);
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

static void propose_values(struct search *search, const struct pack_fact *fact)
{
	const int64_t *trial = pack_at(search->head, fact->trials.at);

	search->count = 0;
	if (fact->type == FACT_DATE)
		propose_dates(search);
	else if (fact->type == FACT_SET)
		propose_sets(search, fact->trials);
	else if (fact->type == FACT_WORD)
		for (uint32_t i = 0; fact->trials.count && i < fact->words.count; i++)
			propose_at(search, i, i != search->facts->values[search->place].number);
	else
		for (uint32_t i = 0; i < fact->trials.count; i++)
			propose(search, trial[i]);
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
	search->values[F_ASK] = (search->facts->values + 2 * search->facts->count)[F_ASK];
	if (decide_needed(search->facts->policy, search->decide, search->values, &then, search->memory, NULL))
		return search->answer->verdict;
	return then.verdict;
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

static void look_around(struct search *search, struct svc_answer *answer)
{
	propose_values(search, fact_of(search->head, search->place));
	if (search->count)
		qsort(search->candidates, search->count, sizeof *search->candidates, by_distance);
	for (size_t i = 0; i < search->count; i++) {
		enum svc_verdict verdict;

		if (i && search->candidates[i].value == search->candidates[i - 1].value)
			continue;
		verdict = verdict_with(search, search->candidates[i].value);
		if (verdict == answer->verdict || verdict == SVC_VERDICT_INCOMPLETE)
			continue;
		add_near(search, answer, search->candidates[i].value, verdict);
		return;
	}
}

void find_near(const struct svc_facts *facts, decider decide, struct svc_answer *answer, struct arena *memory)
{
	struct search search = {
		.facts = facts, .head = facts->policy->head, .decide = decide, .answer = answer, .memory = memory};

	if (answer->verdict == SVC_VERDICT_INCOMPLETE) /* what is missing, and what it would give, is said already */
		return;
	search.values = arena_alloc(memory, facts->count * sizeof *search.values);
	for (uint16_t i = 1; i < facts->first_setting; i++) {
		search.place = i;
		if (facts->values[i].given || (i == F_CLAIM && facts->values[i].known))
			look_around(&search, answer);
	}
}
