/* The floor: both packs are asked at the boundaries of both, and what the promise gives less is told once for each pair of clauses. */
#include "floor.h"
#include "decide.h"

#include "base/memory.h"

#include "svc/text.h"

#include <stdlib.h>
#include <string.h>

#define DAYS_UNDER_WAY 30 /* between sale and delivery, where they are not one day */

static const char *const kind_ids[SVC_SHORT_COUNT] = {"remedy",      "ends",      "labor", "parts",   "freight_in",
						      "freight_out", "deduction", "fee",   "deadline"};

const char *svc_shortfall_id(enum svc_shortfall_kind kind)
{
	return kind_ids[kind];
}

/* ---- what was found ---- */

/* The case as it was asked: with what is wanted, where the question says it. */
static char *case_json(struct floor *floor, enum side side, enum svc_ask ask, enum strength strength, bool settings)
{
	static const char *const wants[STRENGTHS] = {NULL, "repair", "exchange", "refund"};
	struct svc_facts *facts = floor->shared.facts[side];
	struct fact_value before = facts->values[F_WANT];
	const struct pack_head *head = facts->policy->head;
	char *json;

	if (ask == SVC_ASK_RETURN && wants[strength])
		facts->values[F_WANT] = (struct fact_value){
			.known = true,
			.given = true,
			.number = word_find(head, fact_of(head, F_WANT), wants[strength])};
	json = svc_facts_json(facts, settings);
	facts->values[F_WANT] = before;
	return json;
}

static struct lack *find_lack(struct floor *floor, const struct svc_shortfall *one)
{
	for (size_t i = 0; i < floor->count; i++) {
		const struct svc_shortfall *known = &floor->lacks[i].shortfall;

		if (known->kind == one->kind && !strcmp(known->clause, one->clause) &&
		    !strcmp(known->law_clause, one->law_clause) && !strcmp(known->about, one->about))
			return &floor->lacks[i];
	}
	return NULL;
}

/* The words of a finding and its case; nothing else of `lack` is touched. */
static void write_case(struct floor *floor, struct lack *lack, struct svc_shortfall one, enum strength here,
		       enum strength there)
{
	one.gives = memory_copy(one.gives);
	one.owes = memory_copy(one.owes);
	for (int i = 0; i < 2; i++) {
		lack->texts[i] = case_json(floor, SIDE_PROMISE, one.ask, here, i == 1);
		lack->texts[2 + i] = case_json(floor, SIDE_LAW, one.law_ask, there, i == 1);
	}
	one.facts = lack->texts[0];
	one.settings = lack->texts[1];
	one.law_facts = lack->texts[2];
	one.law_settings = lack->texts[3];
	lack->shortfall = one;
}

static void forget_case(struct lack *lack)
{
	free((char *)lack->shortfall.gives);
	free((char *)lack->shortfall.owes);
	for (int t = 0; t < 4; t++)
		free(lack->texts[t]);
}

/* Whether the promise stands in this case as it is, without a setting that was tried. */
static bool as_it_stands(const struct floor *floor)
{
	const struct svc_facts *facts = floor->shared.facts[SIDE_PROMISE];

	for (size_t i = facts->first_setting; i < facts->count; i++)
		if (facts->values[i].known && !facts->values[facts->count + i].known)
			return false;
	return true;
}

/* A case that needs no tried setting takes the place of one that does. */
void lack_keep(struct floor *floor, struct svc_shortfall one, enum strength here, enum strength there)
{
	struct lack *lack = find_lack(floor, &one);

	one.cases = 1;
	one.stands = as_it_stands(floor);
	if (lack) {
		one.cases = ++lack->shortfall.cases;
		if (lack->shortfall.stands || !one.stands)
			return;
		forget_case(lack);
	} else {
		floor->lacks = memory_grow(floor->lacks, floor->count + 1, sizeof *floor->lacks);
		lack = &floor->lacks[floor->count++];
	}
	write_case(floor, lack, one, here, there);
}

void lack_open(struct floor *floor, enum side side, uint16_t place)
{
	const struct pack_head *head = floor->shared.facts[side]->policy->head;
	const struct pack_fact *fact = fact_of(head, place);
	const char *name = place ? pack_text(head, fact->name) : "";
	pack_ref title = !place ? 0 : svc_language() == SVC_LANG_ZH ? fact->title_zh : fact->title_en;
	struct svc_floor_open *open;

	floor->counts.undecided++;
	for (size_t i = 0; i < floor->open_count; i++)
		if (floor->open[i].of_law == (side == SIDE_LAW) && !strcmp(floor->open[i].name, name)) {
			floor->open[i].cases++;
			return;
		}
	floor->open = memory_grow(floor->open, floor->open_count + 1, sizeof *floor->open);
	open = &floor->open[floor->open_count++];
	*open = (struct svc_floor_open){
		.of_law = side == SIDE_LAW, .name = name, .title = pack_text(head, title), .cases = 1};
}

/* ---- the boundaries of both ---- */

static int take_probe(void *context, const struct svc_probe *probe)
{
	floor_case(context, probe);
	return SVC_OK;
}

/* Keeps what the settings of a pack were tried with, for the boundary cases of the other. */
static int take_settings(void *context, const struct svc_probe *probe)
{
	struct floor *floor = context;
	struct svc_facts *tried = floor->tried[floor->side];

	for (size_t i = tried->first_setting; i < tried->count; i++)
		if (!tried->values[i].known && !probe->facts->values[i].text)
			tried->values[i] = probe->facts->values[i];
	return SVC_OK;
}

#define ASKS_OF_GOODS (1u << SVC_ASK_WARRANTY | 1u << SVC_ASK_RETURN | 1u << SVC_ASK_FREIGHT)

static int each_side(struct floor *floor, unsigned asks, svc_probe_seen seen, struct svc_error *err)
{
	int status = SVC_OK;

	for (int side = 0; side < SIDES && !status; side++) {
		floor->side = (enum side)side;
		status = svc_policy_probes(floor->shared.facts[side]->policy, asks, NULL, seen, floor, err);
	}
	return status;
}

/* Deadlines and prices that both packs set. */
static unsigned asks_of_both(const struct floor *floor)
{
	static const enum svc_ask shared[] = {SVC_ASK_DEADLINE, SVC_ASK_SLA, SVC_ASK_FEE};
	unsigned asks = 0;

	for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
		if (svc_policy_answers(floor->shared.facts[SIDE_PROMISE]->policy, shared[i]) &&
		    svc_policy_answers(floor->shared.facts[SIDE_LAW]->policy, shared[i]))
			asks |= 1u << shared[i];
	return asks;
}

/* A pack that speaks of nothing of the kind takes nothing away. */
static unsigned asks_of_goods(const struct floor *floor)
{
	const struct svc_policy *promise = floor->shared.facts[SIDE_PROMISE]->policy;
	bool faults = svc_policy_answers(floor->shared.facts[SIDE_LAW]->policy, SVC_ASK_WARRANTY);

	return svc_policy_answers(promise, SVC_ASK_RETURN) || (faults && svc_policy_answers(promise, SVC_ASK_WARRANTY))
		       ? ASKS_OF_GOODS
		       : 0;
}

static int look(struct floor *floor, struct svc_error *err)
{
	static const int32_t worlds[] = {0, DAYS_UNDER_WAY};
	unsigned goods = asks_of_goods(floor), both = asks_of_both(floor);
	int status = SVC_OK;

	if (goods | both)
		status = each_side(floor, goods | both, take_settings, err);
	if (both && !status)
		status = each_side(floor, both, take_probe, err);
	for (size_t i = 0; i < sizeof worlds / sizeof *worlds && goods && !status; i++) {
		floor->before = worlds[i];
		status = each_side(floor, goods, take_probe, err);
	}
	return status;
}

/* ---- telling ---- */

static int by_clauses(const void *left, const void *right)
{
	const struct svc_shortfall *a = &((const struct lack *)left)->shortfall;
	const struct svc_shortfall *b = &((const struct lack *)right)->shortfall;
	int order = strcmp(a->clause, b->clause);

	if (!order)
		order = strcmp(a->law_clause, b->law_clause);
	if (!order)
		order = (int)a->kind - (int)b->kind;
	return order ? order : strcmp(a->about, b->about);
}

/* An end that is too early is said already by the remedy that is gone the day after. */
static bool said_already(struct floor *floor, const struct svc_shortfall *one)
{
	struct svc_shortfall remedy = *one;

	remedy.kind = SVC_SHORT_REMEDY;
	return one->kind == SVC_SHORT_END && find_lack(floor, &remedy);
}

/* What was missing in most cases comes first. */
static int by_cases(const void *left, const void *right)
{
	const struct svc_floor_open *a = left, *b = right;

	return a->cases != b->cases ? (a->cases < b->cases) - (a->cases > b->cases) : strcmp(a->name, b->name);
}

static int tell(struct floor *floor, const struct svc_floor_listener *listener)
{
	int status = SVC_OK;

	if (floor->count)
		qsort(floor->lacks, floor->count, sizeof *floor->lacks, by_clauses);
	for (size_t i = 0; i < floor->count && !status; i++)
		if (!said_already(floor, &floor->lacks[i].shortfall))
			status = listener->shortfall(listener->context, &floor->lacks[i].shortfall);
	if (floor->open_count)
		qsort(floor->open, floor->open_count, sizeof *floor->open, by_cases);
	for (size_t i = 0; i < floor->open_count && !status && listener->open; i++)
		status = listener->open(listener->context, &floor->open[i]);
	return status;
}

static void release(struct floor *floor)
{
	for (size_t i = 0; i < floor->count; i++)
		forget_case(&floor->lacks[i]);
	free(floor->lacks);
	free(floor->open);
	for (int side = 0; side < SIDES; side++) {
		gifts_release(&floor->gifts[side]);
		svc_answer_release(&floor->answers[side]);
		svc_facts_free(floor->tried[side]);
	}
	shared_close(&floor->shared);
}

int svc_policy_floor(const struct svc_policy *promise, const struct svc_policy *law, const struct svc_floor_fact *given,
		     size_t count, const struct svc_floor_listener *listener, struct svc_floor_counts *counts,
		     struct svc_error *err)
{
	struct floor floor = {.given = given, .given_count = count};
	int status = shared_open(&floor.shared, promise, law, err);

	if (!status)
		status = svc_facts_new(&floor.tried[SIDE_PROMISE], promise, err);
	if (!status)
		status = svc_facts_new(&floor.tried[SIDE_LAW], law, err);
	if (!status)
		status = floor_give(&floor, err);
	if (!status)
		status = look(&floor, err);
	if (!status)
		status = tell(&floor, listener);
	*counts = floor.counts;
	release(&floor);
	return status;
}
