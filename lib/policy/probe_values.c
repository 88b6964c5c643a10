/* What a fact is tried with when a boundary case is made. */
#include "probe.h"

#include "facts_tree.h"

#include "base/strbuf.h"

#include <string.h>

#define A_DAY 86400

struct fact_value value_given(const struct pack_fact *fact, int64_t number)
{
	bool unlisted = fact->type == FACT_WORD && number == WORD_UNLISTED;

	return (struct fact_value){
		.known = true, .given = true, .number = number, .text = unlisted ? "unlisted" : NULL};
}

static void choose_value(struct choices *choices, struct fact_value value)
{
	for (size_t i = 0; i < choices->count; i++)
		if (choices->values[i].number == value.number &&
		    !memcmp(&choices->values[i].duration, &value.duration, sizeof value.duration))
			return;
	if (choices->count < CHOICES_MAX)
		choices->values[choices->count++] = value;
}

static void choose(struct choices *choices, const struct pack_fact *fact, int64_t number)
{
	choose_value(choices, value_given(fact, number));
}

/* A Monday that calendars know, on which the pack is in force. */
svc_date probe_sale(const struct svc_policy *policy)
{
	svc_date usual = svc_date_of(2024, 3, 18), from = policy->head->effective;

	return from != SVC_DATE_NONE && from > usual ? from : usual;
}

/* When things happen: days after the sale, of facts that are dates. The claim, and whatever is told of it, is the present. */
static svc_date usual_day(const struct maker *maker, uint16_t fact)
{
	static const struct {
		uint8_t fact;
		int16_t days;
	} usual[] = {{F_MANUFACTURE, -30}, {F_SHIPMENT, -7}, {F_ENDS, 365}, {F_REPAIRED, 5}, {F_REPLACEMENT, 3}};

	if (fact == F_CLAIM || fact == F_AS_OF || fact == F_OCCURRED)
		return (svc_date)maker->facts->values[F_CLAIM].number;
	if (fact == F_UNTIL)
		return (svc_date)maker->facts->values[F_CLAIM].number + 365;
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (usual[i].fact == fact)
			return maker->sale + usual[i].days;
	return maker->sale;
}

static void choose_dates(const struct maker *maker, uint16_t fact, struct choices *out)
{
	const struct pack_list spans = maker->head->spans;
	svc_date day = usual_day(maker, fact), claim = (svc_date)maker->facts->values[F_CLAIM].number;

	choose(out, fact_of(maker->head, fact), day);
	if (maker->usual)
		return;
	choose(out, fact_of(maker->head, fact), claim);
	for (uint32_t i = 0; i < spans.count && i < 12; i++) {
		struct duration span = *PACK_ITEM(maker->head, spans, struct duration, i);
		struct duration back = {.count = -span.count, .unit = span.unit};

		if (span.unit == UNIT_LIFETIME)
			continue;
		choose(out, fact_of(maker->head, fact), date_after(claim, back) - 1);
		choose(out, fact_of(maker->head, fact), (int64_t)date_after(claim, span) + 1);
	}
}

/* Moments of one service, in minutes from the present. */
static void choose_times(const struct maker *maker, uint16_t fact, struct choices *out)
{
	static const struct {
		uint8_t fact;
		int16_t minutes;
	} usual[] = {{F_REPORTED, -60}, {F_RESPONDED, -45}, {F_ARRIVED, -30},  {F_RESOLVED, -5}, {F_APPOINTED, 120},
		     {F_BOOKED, -1440}, {F_ANNOUNCED, -20}, {F_NEW_TIME, 180}, {F_STARTED, -10}, {F_DEPART, 30}};
	static const int32_t steps[] = {0,         1,         -1,    1800,   -1800,     2 * 3600,
					-2 * 3600, 12 * 3600, A_DAY, -A_DAY, 8 * A_DAY, -8 * A_DAY};
	const struct pack_fact *kind = fact_of(maker->head, fact);
	svc_time at = maker->facts->values[F_NOW].number;

	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (usual[i].fact == fact)
			at += usual[i].minutes * 60;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		choose(out, kind, at + steps[i]);
}

/* Of a number that no rule compares with another: some that lie apart, because a setting may bound it. */
static void choose_numbers(const struct pack_fact *kind, struct choices *out)
{
	static const int64_t usual[] = {1, 10, 100};

	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (usual[i] * SVC_NUMBER_ONE >= kind->low && usual[i] * SVC_NUMBER_ONE <= kind->high)
			choose(out, kind, usual[i] * SVC_NUMBER_ONE);
	if (!out->count)
		choose(out, kind, kind->low > SVC_NUMBER_ONE ? kind->low : kind->high);
}

/* Where a setting bounds the number. */
static void choose_bounds(const struct maker *maker, const struct pack_fact *kind, struct choices *out)
{
	for (size_t i = maker->facts->first_setting; i < maker->facts->count; i++) {
		const struct fact_value *value = &maker->facts->values[i];

		if (value->known && fact_of(maker->head, (uint16_t)i)->type == FACT_NUMBER &&
		    value->number >= kind->low && value->number <= kind->high)
			choose(out, kind, value->number);
	}
}

/* A price for every item. */
static void choose_prices(const struct maker *maker, uint16_t fact, struct choices *out)
{
	const struct pack_list items = fact_of(maker->head, F_ITEMS)->words;
	struct fact_value *value = &maker->facts->values[fact], before = *value;
	struct strbuf json = {0};

	for (uint32_t i = 0; i < items.count; i++)
		strbuf_printf(&json, "%s\"%s\": \"100.00\"", i ? ", " : "{",
			      pack_text(maker->head, PACK_ITEM(maker->head, items, struct pack_word, i)->id));
	strbuf_puts(&json, json.length ? "}" : "{}");
	if (!tree_put_text(maker->facts, &maker->facts->memory, fact, json.text, NULL))
		choose_value(out, *value);
	*value = before;
	strbuf_release(&json);
}

/* Trials, the plausible ones first: of money a round price, of words the listed ones, of yes-or-no a yes. */
static void choose_trials(const struct maker *maker, uint16_t fact, struct choices *out)
{
	const struct pack_fact *kind = fact_of(maker->head, fact);
	const struct fact_value *fault = &maker->facts->values[F_FAULT];

	if (kind->type == FACT_MONEY)
		choose(out, kind, 100000);
	if (kind->type == FACT_BOOL)
		choose(out, kind, 1);
	if (kind->type == FACT_NUMBER && maker->ask == SVC_ASK_KPI && kind->low <= SVC_NUMBER_ONE)
		choose(out, kind, SVC_NUMBER_ONE); /* a share of nothing is no figure */
	if (fact == F_CAUSE && fault->known)
		choose(out, kind,
		       word_find(maker->head, kind,
				 fault->number == word_find(maker->head, fact_of(maker->head, F_FAULT), "none")
					 ? "none"
					 : "defect"));
	for (uint32_t i = 0; i < kind->trials.count; i++)
		choose(out, kind, *PACK_ITEM(maker->head, kind->trials, int64_t, i));
	if (kind->type == FACT_BOOL)
		choose(out, kind, 0);
	if (kind->type == FACT_NUMBER && !kind->setting)
		choose_bounds(maker, kind, out);
	for (uint32_t i = 0; !kind->trials.count && kind->type == FACT_WORD && i < kind->words.count; i++)
		choose(out, kind, i);
	if (!kind->trials.count && kind->type == FACT_NUMBER)
		choose_numbers(kind, out);
	if (!out->count && kind->type == FACT_WORD)
		choose(out, kind, WORD_UNLISTED);
	if (!out->count && kind->type == FACT_SET)
		choose(out, kind, 0);
}

static void choose_durations(struct choices *out)
{
	static const struct duration usual[] = {{.count = 7, .unit = UNIT_DAY}, {.count = 1, .unit = UNIT_YEAR}};

	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		choose_value(out, (struct fact_value){.known = true, .given = true, .duration = usual[i]});
}

void choices_for(const struct maker *maker, uint16_t fact, struct choices *out)
{
	out->count = 0;
	switch ((enum fact_type)fact_of(maker->head, fact)->type) {
	case FACT_DATE:
		choose_dates(maker, fact, out);
		break;
	case FACT_TIME:
		choose_times(maker, fact, out);
		break;
	case FACT_DURATION:
		choose_durations(out);
		break;
	case FACT_TEXT:
		choose_value(out, (struct fact_value){.known = true, .given = true, .text = "A-1"});
		break;
	case FACT_PRICES:
		choose_prices(maker, fact, out);
		break;
	case FACT_ITEMS:
	case FACT_TREE:
		break;
	default:
		choose_trials(maker, fact, out);
	}
}

void set_present(struct maker *maker, svc_date day)
{
	struct fact_value *values = maker->facts->values;

	values[F_CLAIM] = values[F_AS_OF] = (struct fact_value){.known = true, .given = true, .number = day};
	values[F_NOW] = values[F_CLAIM];
	values[F_NOW].number = svc_zone_time(maker->policy->zone, day, 10 * 3600);
}
