/* One boundary case told to both packs, and completed until both can answer: every value of what is missing is a case of its own. */
#include "floor.h"

#include "decide.h"

#define DEPTH_MAX 8 /* facts that one case has to be completed by */
#define LEAVES_MAX 64 /* cases that one boundary is completed to */

/* ---- completing ---- */

static bool of_the_sale(uint16_t place)
{
	return place >= F_MANUFACTURE && place <= F_HANDOVER;
}

static void explore_with(struct floor *floor, enum side side, uint16_t place, struct fact_value value, unsigned depth)
{
	struct shared_saved saved = shared_save(&floor->shared, side, place);

	if (shared_put(&floor->shared, side, place, value))
		floor_explore(floor, depth + 1);
	else
		floor->counts.unlike++;
	shared_restore(&floor->shared, &saved);
}

static void explore_number(struct floor *floor, enum side side, uint16_t place, int64_t number, unsigned depth)
{
	explore_with(floor, side, place, (struct fact_value){.known = true, .given = true, .number = number}, depth);
}

/* Takes a setting as boundary cases of its own pack were tried with; but how long a promise lasts that leaves it open, nobody knows. */
static void explore_setting(struct floor *floor, enum side side, uint16_t place, unsigned depth)
{
	const struct fact_value *tried = &floor->tried[side]->values[place];
	const struct pack_head *head = floor->shared.facts[side]->policy->head;

	if (!tried->known || (side == SIDE_PROMISE && fact_of(head, place)->type == FACT_DURATION))
		lack_open(floor, side, place);
	else
		explore_with(floor, side, place, *tried, depth);
}

static void explore_trials(struct floor *floor, enum side side, uint16_t place, unsigned depth)
{
	const struct pack_head *head = floor->shared.facts[side]->policy->head;
	const struct pack_fact *fact = fact_of(head, place);

	if (!fact->trials.count)
		lack_open(floor, side, place);
	for (uint32_t i = 0; i < fact->trials.count && floor->left; i++) {
		int64_t number = *PACK_ITEM(head, fact->trials, int64_t, i);

		if (fact->type != FACT_WORD || number != WORD_UNLISTED)
			explore_number(floor, side, place, number, depth);
	}
}

static void complete(struct floor *floor, enum side side, uint16_t place, unsigned depth)
{
	const struct svc_facts *facts = floor->shared.facts[side];
	enum fact_type type = (enum fact_type)fact_of(facts->policy->head, place)->type;

	if (!place || depth >= DEPTH_MAX || facts->values[place].known)
		lack_open(floor, side, place);
	else if (place >= facts->first_setting)
		explore_setting(floor, side, place, depth);
	else if (floor->subject == &subject_times && type == FACT_DATE)
		explore_number(floor, side, place, svc_zone_date(facts->policy->zone, floor->start), depth);
	else if (floor->subject == &subject_times && type == FACT_TIME)
		explore_number(floor, side, place, floor->start, depth);
	else if (of_the_sale(place) && floor->base != SVC_DATE_NONE)
		explore_number(floor, side, place, floor->base, depth);
	else
		explore_trials(floor, side, place, depth);
}

/* A fault of quality has no other cause than a defect; what somebody did to the goods is another fault. */
static bool contradicts_itself(const struct svc_facts *facts)
{
	const struct fact_value *fault = &facts->values[F_FAULT], *cause = &facts->values[F_CAUSE];

	return fault->known && cause->known &&
	       (fault->number == WORD_FAULT_QUALITY) != (cause->number == WORD_CAUSE_DEFECT);
}

static bool is_word(const struct svc_facts *facts, uint16_t fact, const char *word)
{
	const struct pack_head *head = facts->policy->head;

	return facts->values[fact].known && facts->values[fact].number == word_find(head, fact_of(head, fact), word);
}

/* The law binds whoever sold the goods: of what the customer has from somebody else it asks nothing of this company. */
static bool sold_by_another(const struct svc_facts *facts)
{
	const struct fact_value *from = &facts->values[F_BOUGHT_FROM];

	return is_word(facts, F_SUPPLIED_BY, "customer") || is_word(facts, F_BOUGHT_FROM, "other") ||
	       (from->known && from->number == WORD_UNLISTED);
}

void floor_explore(struct floor *floor, unsigned depth)
{
	enum side first = floor->subject->first, order[SIDES] = {first, !first};

	for (size_t i = 0; i < SIDES; i++) {
		const struct svc_facts *facts = floor->shared.facts[order[i]];
		uint16_t missing = 0;
		enum asked asked;

		if (contradicts_itself(facts) || sold_by_another(facts))
			return;
		asked = floor->subject->ask(floor, order[i], &missing);
		if (asked == ASKED_OPEN)
			complete(floor, order[i], missing, depth);
		if (asked != ASKED)
			return;
	}
	if (floor->left)
		floor->left--;
	floor->subject->compare(floor, depth);
}

/* ---- boundary cases ---- */

static svc_date first_known(const struct svc_facts *facts, const uint8_t *places, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (facts->values[places[i]].known)
			return (svc_date)facts->values[places[i]].number;
	return SVC_DATE_NONE;
}

static void fill_days(struct floor *floor, const uint8_t *places, size_t count, svc_date day)
{
	struct fact_value value = {.known = true, .given = true, .number = day};

	for (size_t i = 0; i < count; i++)
		for (int side = 0; side < SIDES; side++) {
			const struct svc_facts *facts = floor->shared.facts[side];
			const struct pack_head *head = facts->policy->head;

			if (PACK_ITEM(head, head->facts, struct pack_fact, places[i])->used &&
			    !facts->values[places[i]].known)
				shared_put(&floor->shared, (enum side)side, places[i], value);
		}
}

/* Each pack may count from another event of the one sale. An installation is only given where the seller installs. */
static void fill_sale(struct floor *floor)
{
	static const uint8_t arrival[] = {F_DELIVERY, F_HANDOVER, F_ACCEPTANCE, F_INSTALLATION};
	static const uint8_t deal[] = {F_PURCHASE, F_INVOICE, F_PAYMENT, F_SHIPMENT, F_MANUFACTURE};
	const struct svc_facts *facts = floor->shared.facts[floor->side];
	svc_date arrived = first_known(facts, arrival, sizeof arrival);
	svc_date sold = first_known(facts, deal, sizeof deal);

	floor->base = arrived != SVC_DATE_NONE ? arrived : sold;
	if (floor->base == SVC_DATE_NONE) { /* bought today */
		if (facts->values[F_CLAIM].known)
			floor->base = (svc_date)facts->values[F_CLAIM].number;
		return;
	}
	fill_days(floor, arrival, 3, floor->base);
	fill_days(floor, deal, sizeof deal, arrived != SVC_DATE_NONE ? arrived - floor->before : sold);
}

/* What a deadline counts from: the earliest day or time of the case beside the present. */
static void find_start(struct floor *floor)
{
	const struct svc_facts *facts = floor->shared.facts[floor->side];
	const struct pack_head *head = facts->policy->head;

	floor->start = facts->values[F_NOW].known ? facts->values[F_NOW].number : SVC_TIME_NONE;
	for (uint16_t i = 1; i < facts->first_setting; i++) {
		const struct fact_value *value = &facts->values[i];
		enum fact_type type = (enum fact_type)fact_of(head, i)->type;
		svc_time at = value->number;

		if (!value->known || !value->given || i == F_CLAIM || i == F_AS_OF || i == F_NOW ||
		    (type != FACT_DATE && type != FACT_TIME))
			continue;
		if (type == FACT_DATE)
			at = svc_zone_time(facts->policy->zone, (svc_date)value->number, 10 * 3600);
		if (floor->start == SVC_TIME_NONE || at < floor->start)
			floor->start = at;
	}
}

int floor_give(struct floor *floor, struct svc_error *err)
{
	for (size_t i = 0; i < floor->given_count; i++) {
		int known = 0, status = SVC_OK;

		for (int side = 0; side < SIDES && !status; side++) {
			struct svc_facts *facts = floor->shared.facts[side];

			if (svc_facts_place(facts->policy, floor->given[i].name, known ? NULL : err)) {
				known++;
				status = svc_facts_set(facts, floor->given[i].name, floor->given[i].value, err);
			}
		}
		if (status || !known)
			return status ? status : SVC_USAGE;
	}
	return SVC_OK;
}

void floor_case(struct floor *floor, const struct svc_probe *probe)
{
	bool timed = probe->ask == SVC_ASK_DEADLINE || probe->ask == SVC_ASK_SLA;

	if (!shared_take(&floor->shared, floor->side, probe->facts, !timed)) {
		floor->counts.unlike += !timed;
		return;
	}
	floor->left = LEAVES_MAX;
	floor->subject = timed ? &subject_times : &subject_goods;
	floor->timed = probe->ask;
	floor->base = SVC_DATE_NONE;
	if (timed)
		find_start(floor);
	else
		fill_sale(floor);
	if (floor_give(floor, NULL))
		return;
	if (probe->ask == SVC_ASK_FEE)
		explore_fees(floor, 0, true);
	else
		floor_explore(floor, 0);
}
