/* Finding values that make conditions come out as wanted: the three-valued condition() names the fact that it lacks, each of the
   fact's values is tried, and a condition that has come out wrong cuts the branch. */
#include "witness.h"
#include "build.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define NODES_MAX 20000
#define KNOWN_MAX 12 /* facts of which a rule asks whether they are known */
#define DOMAIN_MAX 400
#define A_DAY INT64_C(86400)

struct bound { /* a number, day or instant that a condition names */
	uint16_t fact;
	int64_t number;
};
struct domain {
	struct fact_value values[DOMAIN_MAX];
	size_t count;
};
struct witness {
	const struct svc_policy *policy;
	struct svc_policy copy; /* with a block of its own, in which every fact that is not decided is unknown */
	struct pack_head *head;
	struct fact_value *values, *found;
	const struct wanted *wanted;
	uint16_t known[KNOWN_MAX];
	size_t known_count;
	struct growing bounds; /* struct bound */
	struct arena memory;
	svc_date day;
	int nodes;
	bool unsure;
};

static struct pack_fact *kind_of(struct witness *witness, uint16_t fact)
{
	return (struct pack_fact *)((char *)witness->head + witness->head->facts.at) + fact;
}

/* A day in March of the last year that the calendar knows: no holiday, and no end of a month near. */
static svc_date base_day(const struct pack_head *head)
{
	const struct calendar *calendar = pack_at(head, head->calendar);
	int year = 2026;

	if (calendar && calendar->years.count)
		year = *PACK_ITEM(head, calendar->years, int32_t, calendar->years.count - 1);
	return svc_date_of(year, 3, 11);
}

struct witness *witness_open(const struct svc_policy *policy)
{
	struct witness *witness = memory_get(sizeof *witness);
	size_t size = policy->head->facts.count * sizeof *witness->values;

	witness->policy = policy;
	witness->copy = *policy;
	witness->head = memory_get(policy->size);
	memcpy(witness->head, policy->head, policy->size);
	witness->copy.head = witness->head;
	witness->values = memory_get(size);
	witness->found = memory_get(size);
	witness->day = base_day(policy->head);
	return witness;
}

void witness_close(struct witness *witness)
{
	free(witness->head);
	free(witness->values);
	free(witness->found);
	growing_release(&witness->bounds);
	arena_release(&witness->memory);
	free(witness);
}

const struct fact_value *witness_values(const struct witness *witness)
{
	return witness->found;
}

/* ---- what the conditions name ---- */

static void note_known(struct witness *witness, uint16_t fact)
{
	for (size_t i = 0; i < witness->known_count; i++)
		if (witness->known[i] == fact)
			return;
	if (witness->known_count < KNOWN_MAX)
		witness->known[witness->known_count++] = fact;
	else
		witness->unsure = true;
}

static void note_bound(struct witness *witness, uint16_t fact, int64_t number)
{
	if (number != INT64_MIN && number != INT64_MAX)
		*(struct bound *)growing_add(&witness->bounds, sizeof(struct bound)) = (struct bound){fact, number};
}

/* What an ask makes up for its own rules, and would be made up here, too, if it were left open. */
static bool is_made(uint16_t fact)
{
	return fact >= F_EXPECTED && fact <= F_READING;
}

static void note(struct witness *witness, const struct cond *cond)
{
	const pack_ref *kid = pack_at(witness->head, cond->kids.at);

	for (uint32_t i = 0; i < cond->kids.count; i++)
		note(witness, pack_at(witness->head, kid[i]));
	if (cond->op == COND_KNOWN || cond->op == COND_UNKNOWN || is_made(cond->fact))
		note_known(witness, cond->fact);
	if (cond->op == COND_RANGE) {
		note_bound(witness, cond->fact, cond->low);
		note_bound(witness, cond->fact, cond->high);
	}
	if (cond->op == COND_EQUAL_TEXT)
		note_bound(witness, cond->fact, cond->text);
}

/* ---- what a fact is tried with ---- */

static void offer(struct domain *domain, int64_t number)
{
	for (size_t i = 0; i < domain->count; i++)
		if (domain->values[i].number == number && !domain->values[i].text)
			return;
	if (domain->count < DOMAIN_MAX)
		domain->values[domain->count++] = (struct fact_value){.known = true, .given = true, .number = number};
}

static void offer_text(struct domain *domain, int64_t number, const char *text)
{
	if (domain->count < DOMAIN_MAX)
		domain->values[domain->count++] = (struct fact_value){
			.known = true, .given = true, .number = number, .text = text};
}

static void offer_within(const struct pack_fact *kind, struct domain *domain, int64_t number)
{
	bool fits = number >= kind->low && number <= kind->high && !(kind->whole && number % SVC_NUMBER_ONE);

	if (fits && (kind->type != FACT_MONEY || number >= 0))
		offer(domain, number);
}

/* The pack's own values, and those around what is known already and may be weighed against it. */
static void offer_numbers(struct witness *witness, const struct pack_fact *kind, struct domain *domain)
{
	int64_t step = kind->type == FACT_NUMBER ? SVC_NUMBER_ONE : 1;

	for (uint32_t i = 0; i < kind->trials.count; i++)
		offer(domain, *PACK_ITEM(witness->head, kind->trials, int64_t, i));
	for (uint16_t i = 1; i < witness->head->facts.count; i++) {
		const struct fact_value *value = &witness->values[i];

		if (!value->known || kind_of(witness, i)->type != kind->type)
			continue;
		for (int side = -1; side <= 1; side++)
			offer_within(kind, domain, value->number + side * step);
	}
	offer_within(kind, domain, kind->type == FACT_MONEY ? 10000 : SVC_NUMBER_ONE);
	offer_within(kind, domain, 0);
	if (kind->low != INT64_MIN)
		offer_within(kind, domain, kind->low);
}

static void offer_words(struct witness *witness, const struct pack_fact *kind, struct domain *domain)
{
	for (uint32_t i = 0; i < kind->trials.count; i++)
		if (*PACK_ITEM(witness->head, kind->trials, int64_t, i) >= 0)
			offer(domain, *PACK_ITEM(witness->head, kind->trials, int64_t, i));
	for (uint32_t i = 0; !kind->trials.count && i < kind->words.count; i++)
		offer(domain, i);
	if (!witness->wanted->listed && !kind->setting)
		offer_text(domain, WORD_UNLISTED, "not-listed");
}

/* The days at which a length of time, counted from or to a known day, begins and ends. */
static void offer_span(struct domain *domain, svc_date known, struct duration span, bool times)
{
	struct duration back = {.count = -span.count, .unit = span.unit};
	int64_t unit = times ? A_DAY : 1, ends, begins;

	if (span.unit >= UNIT_LIFETIME)
		return;
	ends = ((int64_t)date_after(known, span) - known) * unit;
	begins = ((int64_t)date_after(known, back) - known) * unit;
	for (int side = -1; side <= 1; side++) {
		offer(domain, begins + side * unit);
		offer(domain, ends + side * unit);
	}
}

/* Moments as far from a known one as the pack's lengths of time; they are offered as distances and moved to it. */
static void offer_around(struct witness *witness, int64_t known, bool times, struct domain *domain)
{
	svc_date day = times ? svc_zone_date(witness->policy->zone, known) : (svc_date)known;
	struct domain *around = arena_alloc(&witness->memory, sizeof *around);

	around->count = 0;
	for (int side = -1; side <= 1; side++)
		offer(around, side);
	for (uint32_t i = 0; i < witness->head->spans.count; i++) {
		struct duration span = *PACK_ITEM(witness->head, witness->head->spans, struct duration, i);
		int64_t seconds;

		offer_span(around, day, span, times);
		for (int side = -1; times && duration_seconds(span, &seconds) && side <= 1; side++) {
			offer(around, seconds + side);
			offer(around, side - seconds);
		}
	}
	for (size_t i = 0; i < around->count; i++)
		offer(domain, known + around->values[i].number);
}

static void offer_moments(struct witness *witness, uint16_t fact, struct domain *domain)
{
	const struct bound *bounds = witness->bounds.items;
	uint8_t type = kind_of(witness, fact)->type;
	bool times = type == FACT_TIME;
	int64_t base = times ? svc_zone_time(witness->policy->zone, witness->day, 10 * 3600) : witness->day;

	offer(domain, base);
	offer(domain, base - 30 * (times ? A_DAY : 1));
	for (size_t i = 0; i < witness->bounds.count; i++)
		for (int side = -1; bounds[i].fact == fact && side <= 1; side++)
			offer(domain, bounds[i].number + side);
	offer_around(witness, base, times, domain);
	for (uint16_t i = 1; i < witness->head->first_setting; i++)
		if (witness->values[i].known && kind_of(witness, i)->type == type)
			offer_around(witness, witness->values[i].number, times, domain);
}

static void offer_durations(struct domain *domain)
{
	static const struct duration spans[] = {
		{.count = 7, .unit = UNIT_DAY}, {.count = 1, .unit = UNIT_DAY}, {.count = 10, .unit = UNIT_YEAR}};

	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
		domain->values[domain->count++] = (struct fact_value){
			.known = true, .given = true, .duration = spans[i]};
}

static void offer_texts(struct witness *witness, uint16_t fact, struct domain *domain)
{
	const struct bound *bounds = witness->bounds.items;

	for (size_t i = 0; i < witness->bounds.count; i++)
		if (bounds[i].fact == fact)
			offer_text(domain, 0, pack_text(witness->head, (pack_ref)bounds[i].number));
	offer_text(domain, 0, "another text");
}

/* What holds when nobody says otherwise comes first. */
static void offer_default(struct witness *witness, const struct pack_fact *kind, struct domain *domain)
{
	const struct pack_value *fallback = pack_at(witness->head, kind->fallback);

	if (!fallback || kind->type >= FACT_PRICES)
		return;
	domain->values[domain->count++] = (struct fact_value){
		.known = true,
		.given = true,
		.number = fallback->number,
		.duration = fallback->duration,
		.text = fallback->text ? pack_text(witness->head, fallback->text) : NULL};
}

static void fill_domain(struct witness *witness, uint16_t fact, struct domain *domain)
{
	const struct pack_fact *kind = kind_of(witness, fact);

	domain->count = 0;
	offer_default(witness, kind, domain);
	switch ((enum fact_type)kind->type) {
	case FACT_BOOL:
		offer(domain, 1);
		offer(domain, 0);
		return;
	case FACT_WORD:
		offer_words(witness, kind, domain);
		return;
	case FACT_SET:
		for (uint32_t i = 0; i < kind->trials.count; i++)
			offer(domain, *PACK_ITEM(witness->head, kind->trials, int64_t, i));
		return;
	case FACT_NUMBER:
	case FACT_MONEY:
		offer_numbers(witness, kind, domain);
		return;
	case FACT_DATE:
	case FACT_TIME:
		offer_moments(witness, fact, domain);
		return;
	case FACT_DURATION:
		offer_durations(domain);
		return;
	case FACT_TEXT:
		offer_texts(witness, fact, domain);
		return;
	default: /* lists and maps are not made up */
		return;
	}
}

/* ---- the search ---- */

/* Whether all has come out as wanted; the first fact that leaves one open is in *open. */
static enum truth come_out(struct witness *witness, uint16_t *open)
{
	const struct wanted *wanted = witness->wanted;
	struct svc_answer scratch = {0};
	enum truth all = YES;

	*open = 0;
	for (size_t i = 0; i < wanted->count; i++) {
		struct pass pass = {.policy = &witness->copy,
				    .head = witness->head,
				    .values = witness->values,
				    .answer = &scratch,
				    .memory = &witness->memory,
				    .deriving = true};
		enum truth truth = condition(&pass, wanted->demands[i].when);

		if (truth != UNKNOWN && (truth == YES) != wanted->demands[i].holds)
			return NO;
		if (truth == UNKNOWN && all == YES) {
			all = UNKNOWN;
			*open = pass.uncovered ? 0 : pass.blocked;
		}
	}
	return all;
}

static bool take(struct witness *witness)
{
	const struct wanted *wanted = witness->wanted;

	if (wanted->accept && !wanted->accept(wanted->context, witness->values))
		return false;
	memcpy(witness->found, witness->values, witness->head->facts.count * sizeof *witness->found);
	return true;
}

static bool explore(struct witness *witness, size_t known);

static bool try_all(struct witness *witness, uint16_t fact, size_t known)
{
	struct domain *domain = memory_get(sizeof *domain);
	bool found = false;

	fill_domain(witness, fact, domain);
	witness->unsure = witness->unsure || !domain->count || domain->count == DOMAIN_MAX;
	for (size_t i = 0; i < domain->count && !found && witness->nodes > 0; i++) {
		witness->values[fact] = domain->values[i];
		found = explore(witness, known);
	}
	witness->values[fact] = (struct fact_value){0};
	free(domain);
	return found;
}

/* A fact of which a rule asks whether it is known: not given, then each of its values. */
static bool try_known(struct witness *witness, uint16_t fact, size_t known)
{
	struct pack_fact *kind = kind_of(witness, fact);
	bool by_default = fact_of(witness->policy->head, fact)->absent == ABSENT_DEFAULT, found;

	if (witness->values[fact].known)
		return explore(witness, known);
	if (is_made(fact))
		return try_all(witness, fact, known);
	kind->absent = ABSENT_NEVER;
	if (by_default && kind->fallback && kind->type < FACT_PRICES) {
		const struct pack_value *fallback = pack_at(witness->head, kind->fallback);

		witness->values[fact] = (struct fact_value){
			.known = true, .number = fallback->number, .duration = fallback->duration};
	}
	found = explore(witness, known);
	if (found)
		return true;
	kind->absent = ABSENT_UNKNOWN;
	witness->values[fact] = (struct fact_value){0};
	return try_all(witness, fact, known);
}

static bool explore(struct witness *witness, size_t known)
{
	uint16_t open;
	enum truth truth;

	if (--witness->nodes < 0)
		return false;
	if (known < witness->known_count)
		return try_known(witness, witness->known[known], known + 1);
	truth = come_out(witness, &open);
	if (truth == YES)
		return take(witness);
	if (truth == NO)
		return false;
	if (open && !witness->values[open].known)
		return try_all(witness, open, known);
	witness->unsure = true;
	return false;
}

static void fix(struct witness *witness, uint16_t fact, int64_t number)
{
	witness->values[fact] = (struct fact_value){.known = true, .given = true, .number = number};
}

static void begin(struct witness *witness, const struct wanted *wanted)
{
	const struct svc_zone *zone = witness->policy->zone;

	arena_reset(&witness->memory);
	memset(witness->values, 0, witness->head->facts.count * sizeof *witness->values);
	for (uint16_t i = 1; i < witness->head->facts.count; i++) {
		kind_of(witness, i)->absent = ABSENT_UNKNOWN;
		kind_of(witness, i)->counted = 0;
	}
	witness->wanted = wanted;
	witness->bounds.count = witness->known_count = 0;
	witness->nodes = NODES_MAX;
	witness->unsure = false;
	fix(witness, F_CLAIM, witness->day);
	fix(witness, F_AS_OF, witness->day);
	fix(witness, F_NOW, svc_zone_time(zone, witness->day, 10 * 3600));
	for (size_t i = 0; i < 4 && wanted->fixed[i].fact; i++)
		fix(witness, wanted->fixed[i].fact, wanted->fixed[i].number);
	for (size_t i = 0; i < wanted->count; i++)
		if (wanted->demands[i].when)
			note(witness, pack_at(witness->head, wanted->demands[i].when));
}

enum witness_found witness_search(struct witness *witness, const struct wanted *wanted)
{
	begin(witness, wanted);
	if (explore(witness, 0))
		return WITNESS_SOME;
	return witness->unsure || witness->nodes < 0 ? WITNESS_UNSURE : WITNESS_NONE;
}

struct fact_value witness_plain(struct witness *witness, uint16_t fact)
{
	static const struct wanted nothing;
	struct domain *domain = memory_get(sizeof *domain);
	struct fact_value value = {0};

	begin(witness, &nothing);
	fill_domain(witness, fact, domain);
	if (domain->count)
		value = domain->values[0];
	free(domain);
	return value;
}
