/* Trials: for every fact that a rule uses, one value of each kind that the rules can tell apart. What a missing fact is
   tried with. */
#include "load.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define PROBE (1000000 * INT64_C(1000000)) /* "much": a million units */

/* The conditions on one fact: a stretch of loader->conds, once load_trials has sorted them. */
struct stretch {
	const pack_ref *refs;
	size_t count;
};

static const struct cond *cond_at(const struct loader *load, pack_ref ref)
{
	return build_at(&load->build, ref);
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

static void mark_words(const struct loader *load, struct stretch conds, uint64_t *marks, uint32_t count)
{
	for (size_t i = 0; i < conds.count; i++) {
		const struct cond *cond = cond_at(load, conds.refs[i]);

		for (uint32_t w = 0; cond->op == COND_WORD && w < count; w++)
			if (word_in(load, cond, w))
				marks[w] = mixed(marks[w], i + 1);
	}
}

static void try_words(const struct loader *load, uint16_t fact, struct stretch conds, bool apart,
		      struct growing *values)
{
	uint32_t count = fact_at(load, fact)->words.count;
	uint64_t *marks = memory_get((count + 1) * sizeof *marks);

	mark_words(load, conds, marks, count);
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

/* `whole`: the set is weighed against another one. */
static void try_sets(const struct loader *load, uint16_t fact, struct stretch conds, bool whole, struct growing *values)
{
	uint32_t count = fact_at(load, fact)->words.count;
	uint64_t mentioned = 0, all = count ? UINT64_MAX >> (64 - count) : 0;

	for (size_t i = 0; i < conds.count; i++) {
		const struct cond *cond = cond_at(load, conds.refs[i]);

		if (cond->op == COND_SET_ANY || cond->op == COND_SET_ALL || cond->op == COND_SET_NONE)
			mentioned |= (uint64_t)cond->low;
		whole = whole || cond->op == COND_COVERS;
	}
	try_value(values, (int64_t)mentioned);
	if (whole && all != mentioned)
		try_value(values, (int64_t)all);
	for (unsigned bit = 0; bit < 64; bit++) {
		uint64_t one = UINT64_C(1) << bit;

		if (!(mentioned & one) || mentioned == one)
			continue;
		try_value(values, (int64_t)(mentioned & ~one));
		if (__builtin_popcountll(mentioned) > 2) /* of two words, all but one is the other */
			try_value(values, (int64_t)one);
	}
	if (mentioned)
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

/* Each number once, the smallest first. */
static void sort_numbers(struct growing *values)
{
	int64_t *numbers = values->items;
	size_t kept = 0;

	if (!values->count)
		return;
	qsort(numbers, values->count, sizeof *numbers, by_value);
	for (size_t i = 0; i < values->count; i++)
		if (!kept || numbers[kept - 1] != numbers[i])
			numbers[kept++] = numbers[i];
	values->count = kept;
}

static void trials_of(struct loader *load, uint16_t fact, struct stretch conds, bool otherwise)
{
	struct growing values = {0};
	struct pack_list trials;
	struct pack_fact *row;

	switch ((enum fact_type)fact_at(load, fact)->type) {
	case FACT_WORD:
		try_words(load, fact, conds, otherwise, &values);
		break;
	case FACT_SET:
		try_sets(load, fact, conds, otherwise, &values);
		break;
	case FACT_BOOL:
		try_value(&values, 0);
		try_value(&values, 1);
		break;
	case FACT_NUMBER:
	case FACT_MONEY:
		try_numbers(load, fact, otherwise, &values);
		sort_numbers(&values);
		break;
	default:
		return;
	}
	trials = build_list(&load->build, values.items, values.count, sizeof(int64_t));
	row = build_at(&load->build, head_of(load)->facts.at + fact * sizeof *row);
	row->trials = trials;
	growing_release(&values);
}

static int by_fact(const void *left, const void *right, void *load)
{
	pack_ref a = *(const pack_ref *)left, b = *(const pack_ref *)right;
	uint16_t of_a = cond_at(load, a)->fact, of_b = cond_at(load, b)->fact;

	return of_a != of_b ? (of_a > of_b) - (of_a < of_b) : (a > b) - (a < b);
}

/* Sorts the conditions by their facts, each once. */
static void sort_conditions(struct loader *load)
{
	pack_ref *refs = load->conds.items;
	size_t kept = 0;

	if (load->conds.count)
		qsort_r(refs, load->conds.count, sizeof *refs, by_fact, load);
	for (size_t i = 0; i < load->conds.count; i++)
		if (!kept || refs[kept - 1] != refs[i])
			refs[kept++] = refs[i];
	load->conds.count = kept;
}

static struct stretch next_stretch(const struct loader *load, uint16_t fact, size_t *next)
{
	const pack_ref *refs = load->conds.items;
	size_t start;

	while (*next < load->conds.count && cond_at(load, refs[*next])->fact < fact)
		++*next;
	start = *next;
	while (*next < load->conds.count && cond_at(load, refs[*next])->fact == fact)
		++*next;
	return (struct stretch){refs ? refs + start : NULL, *next - start};
}

void load_trials(struct loader *load)
{
	uint32_t count = head_of(load)->facts.count;
	bool *otherwise = memory_get(count);
	size_t next = 0;

	sort_conditions(load);
	for (size_t i = 0; i < load->mentions.count; i++)
		otherwise[((const uint16_t *)load->mentions.items)[i]] = true;
	if (load->present[SECTION_RETURNS])
		otherwise[F_WANT] = true; /* the section tells its words apart by itself */
	for (uint16_t i = 1; i < count; i++) {
		struct stretch conds = next_stretch(load, i, &next);

		if (conds.count || otherwise[i])
			trials_of(load, i, conds, otherwise[i]);
	}
	free(otherwise);
}
