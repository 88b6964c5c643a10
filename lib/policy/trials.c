/* Trials: for every fact that a rule uses, one value of each kind that the rules can tell apart. What a missing fact is
   tried with. */
#include "load.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define PROBE (1000000 * INT64_C(1000000)) /* "much": a million units */

static const struct cond *cond_at(const struct loader *load, size_t i)
{
	return build_at(&load->build, ((const pack_ref *)load->conds.items)[i]);
}

static void try_value(struct growing *values, int64_t value)
{
	*(int64_t *)growing_add(values, sizeof value) = value;
}

/* ---- words: one of each class that no condition tells apart ---- */

static uint64_t mixed(uint64_t mark, uint64_t with)
{
	mark ^= with + UINT64_C(0x9e3779b97f4a7c15) + (mark << 6) + (mark >> 2);
	return mark * UINT64_C(0xff51afd7ed558ccd);
}

static bool word_in(const struct loader *load, const struct cond *cond, uint32_t word)
{
	const uint64_t *bits = pack_at(head_of(load), cond->words.at);

	return word / 64 < cond->words.count && (bits[word / 64] >> (word % 64) & 1);
}

/* Words that imply others, and so are never of a class with them: defect and none of a cause, quality and none of a fault. */
static bool stands_alone(const struct loader *load, uint16_t fact, uint32_t word)
{
	const struct pack_fact *kind = fact_at(load, fact);
	const char *id = pack_text(head_of(load), PACK_ITEM(head_of(load), kind->words, struct pack_word, word)->id);

	if (fact != F_CAUSE && fact != F_FAULT)
		return false;
	return !strcmp(id, "none") || !strcmp(id, fact == F_CAUSE ? "defect" : "quality");
}

static void try_words(const struct loader *load, uint16_t fact, bool apart, struct growing *values)
{
	uint32_t count = fact_at(load, fact)->words.count;
	uint64_t *marks = memory_get((count + 1) * sizeof *marks);

	for (size_t i = 0; i < load->conds.count; i++)
		for (uint32_t w = 0; cond_at(load, i)->op == COND_WORD && cond_at(load, i)->fact == fact && w < count;
		     w++)
			if (word_in(load, cond_at(load, i), w))
				marks[w] = mixed(marks[w], i + 1);
	for (uint32_t w = 0; w < count; w++) {
		bool known = false;

		if (apart || stands_alone(load, fact, w))
			marks[w] = UINT64_MAX - w;
		for (uint32_t other = 0; other < w; other++)
			known = known || marks[other] == marks[w];
		if (!known)
			try_value(values, w);
	}
	if (!fact_at(load, fact)->setting && fact != F_WANT)
		try_value(values, WORD_UNLISTED);
	free(marks);
}

/* ---- sets: all, all but one, one, none ---- */

static void try_sets(const struct loader *load, uint16_t fact, struct growing *values)
{
	uint64_t mentioned = 0;

	for (size_t i = 0; i < load->conds.count; i++) {
		const struct cond *cond = cond_at(load, i);

		if (cond->fact == fact &&
		    (cond->op == COND_SET_ANY || cond->op == COND_SET_ALL || cond->op == COND_SET_NONE))
			mentioned |= (uint64_t)cond->low;
	}
	try_value(values, (int64_t)mentioned);
	for (unsigned bit = 0; bit < 64; bit++)
		if (mentioned >> bit & 1 && mentioned != UINT64_C(1) << bit) {
			try_value(values, (int64_t)(mentioned & ~(UINT64_C(1) << bit)));
			try_value(values, (int64_t)(UINT64_C(1) << bit));
		}
	try_value(values, 0);
}

/* ---- numbers: each bound, and one step to either side ---- */

static int64_t step_of(const struct loader *load, uint16_t fact)
{
	const struct threshold *bounds = load->thresholds.items;
	int64_t step = SVC_NUMBER_ONE;

	if (fact_at(load, fact)->type == FACT_MONEY)
		return 1;
	for (size_t i = 0; i < load->thresholds.count; i++)
		while (bounds[i].fact == fact && step > 1 && bounds[i].number % step)
			step /= 10;
	return step;
}

static void try_number(const struct pack_fact *kind, int64_t value, struct growing *values)
{
	if (value >= kind->low && value <= kind->high && (!kind->whole || value % SVC_NUMBER_ONE == 0))
		try_value(values, value);
}

static void try_numbers(const struct loader *load, uint16_t fact, bool probe, struct growing *values)
{
	const struct threshold *bounds = load->thresholds.items;
	const struct pack_fact *kind = fact_at(load, fact);
	int64_t step = step_of(load, fact), unit = kind->type == FACT_MONEY ? 100 : SVC_NUMBER_ONE;

	for (size_t i = 0; i < load->thresholds.count; i++) {
		if (bounds[i].fact != fact)
			continue;
		try_number(kind, bounds[i].number - step, values);
		try_number(kind, bounds[i].number, values);
		try_number(kind, bounds[i].number + step, values);
	}
	if (!probe && values->count)
		return;
	try_number(kind, 0, values);
	try_number(kind, unit, values);
	try_number(kind, kind->type == FACT_MONEY ? PROBE / 10000 : kind->high < PROBE ? kind->high : PROBE, values);
}

/* ---- all facts ---- */

static int by_value(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

/* Each value once, the first of equal ones where it stood. */
static size_t once_each(int64_t *values, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		bool known = false;

		for (size_t j = 0; j < kept; j++)
			known = known || values[j] == values[i];
		if (!known)
			values[kept++] = values[i];
	}
	return kept;
}

static void trials_of(struct loader *load, uint16_t fact, bool otherwise)
{
	struct growing values = {0};
	struct pack_list trials;
	struct pack_fact *row;

	switch ((enum fact_type)fact_at(load, fact)->type) {
	case FACT_WORD:
		try_words(load, fact, otherwise, &values);
		break;
	case FACT_SET:
		try_sets(load, fact, &values);
		break;
	case FACT_BOOL:
		try_value(&values, 0);
		try_value(&values, 1);
		break;
	case FACT_NUMBER:
	case FACT_MONEY:
		try_numbers(load, fact, otherwise, &values);
		break;
	default:
		return;
	}
	if (values.count && (fact_at(load, fact)->type == FACT_NUMBER || fact_at(load, fact)->type == FACT_MONEY))
		qsort(values.items, values.count, sizeof(int64_t), by_value);
	values.count = once_each(values.items, values.count);
	trials = build_list(&load->build, values.items, values.count, sizeof(int64_t));
	row = build_at(&load->build, head_of(load)->facts.at + fact * sizeof *row);
	row->trials = trials;
	growing_release(&values);
}

void load_trials(struct loader *load)
{
	enum { UNUSED, COMPARED, OTHERWISE };
	uint32_t count = head_of(load)->facts.count;
	uint8_t *use = memory_get(count);

	for (size_t i = 0; i < load->conds.count; i++)
		use[cond_at(load, i)->fact] = COMPARED;
	for (size_t i = 0; i < load->mentions.count; i++)
		use[((const uint16_t *)load->mentions.items)[i]] = OTHERWISE;
	if (load->present[SECTION_RETURNS])
		use[F_WANT] = OTHERWISE; /* the section tells its words apart by itself */
	for (uint16_t i = 1; i < count; i++)
		if (use[i] != UNUSED)
			trials_of(load, i, use[i] == OTHERWISE);
	free(use);
}
