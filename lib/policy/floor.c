/* The floor: both packs are asked at the boundaries of both, and what the promise gives less is told once for each pair of clauses. */
#include "floor.h"
#include "decide.h"

#include "svc/prove.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define DAYS_UNDER_WAY 30 /* between sale and delivery, where they are not one day */
#define DEPTH_MAX 8 /* facts that one case has to be completed by */
#define LEAVES_MAX 64 /* cases that one boundary is completed to */

/* One pair of clauses, with the first case that showed it. */
struct lack {
	struct svc_shortfall shortfall;
	char *texts[4]; /* facts, settings, law_facts, law_settings */
};
struct floor {
	struct shared_case shared;
	struct gifts gifts[SIDES];
	struct svc_facts *tried[SIDES]; /* settings that boundary cases were tried with */
	const struct svc_floor_fact *given;
	size_t given_count;
	enum side side; /* whose boundaries are looked at */
	int32_t before; /* days between sale and delivery */
	svc_date base; /* the day of the sale, or of the delivery */
	size_t left; /* of LEAVES_MAX */
	struct lack *lacks;
	size_t count;
	struct svc_floor_counts counts;
};

static const char *const kind_ids[SVC_SHORT_COUNT] = {"remedy",     "ends",        "labor",    "parts",
						      "freight_in", "freight_out", "deduction"};

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
		    !strcmp(known->law_clause, one->law_clause))
			return &floor->lacks[i];
	}
	return NULL;
}

static void keep(struct floor *floor, struct svc_shortfall one, enum strength here, enum strength there)
{
	struct lack *lack = find_lack(floor, &one);

	if (lack) {
		lack->shortfall.cases++;
		return;
	}
	floor->lacks = memory_grow(floor->lacks, floor->count + 1, sizeof *floor->lacks);
	lack = &floor->lacks[floor->count++];
	one.gives = memory_copy(one.gives);
	one.owes = memory_copy(one.owes);
	one.cases = 1;
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

/* ---- comparing ---- */

/* Two gifts of one strength, or a stronger one of the promise against a weaker one of the law. */
struct pair {
	struct floor *floor;
	const struct gift *promise, *law;
	enum strength here, there;
};

static void say(const struct pair *pair, enum svc_shortfall_kind kind, const char *clause, const char *law_clause,
		const char *gives, const char *owes)
{
	struct svc_shortfall one = {
		.kind = kind,
		.ask = pair->promise->ask,
		.law_ask = pair->law->ask,
		.clause = clause,
		.law_clause = law_clause,
		.gives = gives,
		.owes = owes,
		.text = clause_text(pair->floor->shared.facts[SIDE_PROMISE]->policy->head, clause),
		.law_text = clause_text(pair->floor->shared.facts[SIDE_LAW]->policy->head, law_clause)};

	keep(pair->floor, one, pair->here, pair->there);
}

static void compare_ends(const struct pair *pair)
{
	char gives[16], owes[16];

	if (pair->here != pair->there || pair->promise->ends == SVC_DATE_NONE || pair->law->ends == SVC_DATE_NONE ||
	    pair->promise->ends >= pair->law->ends)
		return;
	svc_date_format(pair->promise->ends, gives);
	if (pair->law->ends == SVC_DATE_LIFETIME)
		memcpy(owes, "lifetime", sizeof "lifetime");
	else
		svc_date_format(pair->law->ends, owes);
	say(pair, SVC_SHORT_END, pair->promise->clause, pair->law->clause, gives, owes);
}

static void compare_freight(const struct pair *pair, enum svc_shortfall_kind kind, enum svc_payer gives,
			    enum svc_payer owes)
{
	const char *clause = gives ? pair->promise->freight_clause : "";

	if (owes == SVC_COMPANY_PAYS && gives != SVC_COMPANY_PAYS)
		say(pair, kind, *clause ? clause : pair->promise->clause, pair->law->freight_clause,
		    svc_payer_id(gives), svc_payer_id(owes));
}

static void compare_basis(const struct pair *pair, enum svc_shortfall_kind kind, enum svc_basis gives,
			  enum svc_basis owes)
{
	if (owes == SVC_FREE && (gives == SVC_COST || gives == SVC_CHARGE))
		say(pair, kind, pair->promise->clause, pair->law->clause, svc_basis_id(gives), svc_basis_id(owes));
}

/* What is kept back without saying how much is more than nothing. */
static void compare_deductions(const struct pair *pair)
{
	bool nothing = pair->law->deducted == 0, stated = pair->promise->deducted != SVC_MONEY_NONE;

	if (pair->here != GIVES_REFUND || pair->there != GIVES_REFUND || !*pair->promise->deduction)
		return;
	if (stated ? pair->law->deducted != SVC_MONEY_NONE && pair->promise->deducted > pair->law->deducted : nothing)
		say(pair, SVC_SHORT_DEDUCTION, pair->promise->clause, pair->law->clause, pair->promise->deduction,
		    pair->law->deduction);
}

static void compare_granted(const struct pair *pair)
{
	compare_ends(pair);
	compare_basis(pair, SVC_SHORT_LABOR, pair->promise->labor, pair->law->labor);
	compare_basis(pair, SVC_SHORT_PARTS, pair->promise->parts, pair->law->parts);
	compare_freight(pair, SVC_SHORT_FREIGHT_IN, pair->promise->freight_in, pair->law->freight_in);
	if (pair->here != GIVES_REFUND) /* nothing goes back to a customer who has his money */
		compare_freight(pair, SVC_SHORT_FREIGHT_OUT, pair->promise->freight_out, pair->law->freight_out);
	compare_deductions(pair);
}

/* What the promise answers in the place of a remedy that it does not give: the refusal of that remedy, else what it gives instead,
   else the refusal of a repair. */
static const struct gift *instead(const struct gifts *gifts, enum strength owed)
{
	const struct gift *refusal = &gifts->by_strength[owed], *best = &gifts->by_strength[gifts->best];
	const struct gift *repair = &gifts->by_strength[GIVES_REPAIR];

	if (refusal->verdict && *refusal->clause)
		return refusal;
	if (best->granted)
		return best;
	return repair->verdict ? repair : refusal;
}

static void compare(struct floor *floor)
{
	const struct gifts *promise = &floor->gifts[SIDE_PROMISE], *law = &floor->gifts[SIDE_LAW];
	enum strength owed = law->best, given = promise->by_strength[owed].granted ? owed : promise->best;
	struct pair pair = {floor, &promise->by_strength[given], &law->by_strength[owed], given, owed};
	const struct gift *best = &promise->by_strength[promise->best];

	floor->counts.cases++;
	if (promise->best >= owed) {
		compare_granted(&pair);
		return;
	}
	pair.promise = instead(promise, owed);
	pair.here = owed;
	say(&pair, SVC_SHORT_REMEDY, pair.promise->clause ? pair.promise->clause : "", pair.law->clause,
	    best->granted           ? svc_remedy_id(best->remedy)
	    : pair.promise->verdict ? pair.promise->verdict
				    : "",
	    svc_remedy_id(pair.law->remedy));
}

/* ---- completing a case ---- */

static int explore(struct floor *floor, unsigned depth);

static bool of_the_sale(uint16_t place)
{
	return place >= F_MANUFACTURE && place <= F_HANDOVER;
}

static int explore_with(struct floor *floor, enum side side, uint16_t place, int64_t number, unsigned depth)
{
	struct shared_saved saved = shared_save(&floor->shared, side, place);
	struct fact_value value = {.known = true, .given = true, .number = number};
	int status = SVC_OK;

	if (shared_put(&floor->shared, side, place, value))
		status = explore(floor, depth + 1);
	else
		floor->counts.unlike++;
	shared_restore(&floor->shared, &saved);
	return status;
}

/* Takes a setting as boundary cases of its own pack were tried with. */
static int explore_setting(struct floor *floor, enum side side, uint16_t place, unsigned depth)
{
	struct shared_saved saved = shared_save(&floor->shared, side, place);
	int status;

	if (!floor->tried[side]->values[place].known) {
		floor->counts.undecided++;
		return SVC_OK;
	}
	floor->shared.facts[side]->values[place] = floor->tried[side]->values[place];
	status = explore(floor, depth + 1);
	shared_restore(&floor->shared, &saved);
	return status;
}

/* A question stays open: every value of what is missing makes a case of its own. */
static int complete(struct floor *floor, enum side side, unsigned depth)
{
	const struct svc_facts *facts = floor->shared.facts[side];
	uint16_t place = floor->gifts[side].missing;
	const struct pack_fact *fact = PACK_ITEM(facts->policy->head, facts->policy->head->facts, struct pack_fact,
						 place);
	int status = SVC_OK;

	if (!place || depth >= DEPTH_MAX || facts->values[place].known) {
		floor->counts.undecided++;
		return SVC_OK;
	}
	if (place >= facts->first_setting)
		return explore_setting(floor, side, place, depth);
	if (of_the_sale(place) && floor->base != SVC_DATE_NONE)
		return explore_with(floor, side, place, floor->base, depth);
	if (!fact->trials.count)
		floor->counts.undecided++;
	for (uint32_t i = 0; i < fact->trials.count && !status && floor->left; i++) {
		int64_t number = *PACK_ITEM(facts->policy->head, fact->trials, int64_t, i);

		if (fact->type != FACT_WORD || number != WORD_UNLISTED)
			status = explore_with(floor, side, place, number, depth);
	}
	return status;
}

/* A fault of quality has no other cause than a defect; what somebody did to the goods is another fault. */
static bool contradicts_itself(const struct svc_facts *facts)
{
	const struct fact_value *fault = &facts->values[F_FAULT], *cause = &facts->values[F_CAUSE];

	return fault->known && cause->known &&
	       (fault->number == WORD_FAULT_QUALITY) != (cause->number == WORD_CAUSE_DEFECT);
}

/* Rules that contradict each other in a case leave it undecided: that is not the floor's to say. */
static int explore(struct floor *floor, unsigned depth)
{
	static const enum side order[SIDES] = {SIDE_LAW, SIDE_PROMISE};

	for (size_t i = 0; i < SIDES; i++) {
		struct gifts *gifts = &floor->gifts[order[i]];

		if (contradicts_itself(floor->shared.facts[order[i]]))
			return SVC_OK;
		if (gifts_of(&floor->shared, order[i], gifts, NULL)) {
			floor->counts.undecided++;
			return SVC_OK;
		}
		if (gifts->open)
			return complete(floor, order[i], depth);
		if (order[i] == SIDE_LAW && gifts->best == GIVES_NOTHING)
			return SVC_OK;
	}
	if (floor->left)
		floor->left--;
	compare(floor);
	return SVC_OK;
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
	if (floor->base == SVC_DATE_NONE)
		return;
	fill_days(floor, arrival, 3, floor->base);
	fill_days(floor, deal, sizeof deal, arrived != SVC_DATE_NONE ? arrived - floor->before : sold);
}

static int give(struct floor *floor, struct svc_error *err)
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

static int take_probe(void *context, const struct svc_probe *probe)
{
	struct floor *floor = context;

	if (!shared_take(&floor->shared, floor->side, probe->facts)) {
		floor->counts.unlike++;
		return SVC_OK;
	}
	fill_sale(floor);
	floor->left = LEAVES_MAX;
	if (give(floor, NULL))
		return SVC_OK;
	return explore(floor, 0);
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

static int each_side(struct floor *floor, svc_probe_seen seen, struct svc_error *err)
{
	int status = SVC_OK;

	for (int side = 0; side < SIDES && !status; side++) {
		floor->side = (enum side)side;
		status = svc_policy_probes(floor->shared.facts[side]->policy, ASKS_OF_GOODS, NULL, seen, floor, err);
	}
	return status;
}

static int look(struct floor *floor, struct svc_error *err)
{
	static const int32_t worlds[] = {0, DAYS_UNDER_WAY};
	const struct svc_policy *promise = floor->shared.facts[SIDE_PROMISE]->policy;
	int status = SVC_OK;

	if (!svc_policy_answers(promise, SVC_ASK_WARRANTY) && !svc_policy_answers(promise, SVC_ASK_RETURN))
		return SVC_OK; /* a pack that promises nothing of the kind takes nothing away */
	status = each_side(floor, take_settings, err);
	for (size_t i = 0; i < sizeof worlds / sizeof *worlds && !status; i++) {
		floor->before = worlds[i];
		status = each_side(floor, take_probe, err);
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
	return order ? order : (int)a->kind - (int)b->kind;
}

/* An end that is too early is said already by the remedy that is gone the day after. */
static bool said_already(struct floor *floor, const struct svc_shortfall *one)
{
	struct svc_shortfall remedy = *one;

	remedy.kind = SVC_SHORT_REMEDY;
	return one->kind == SVC_SHORT_END && find_lack(floor, &remedy);
}

static int tell(struct floor *floor, svc_shortfall_seen seen, void *context)
{
	int status = SVC_OK;

	if (floor->count)
		qsort(floor->lacks, floor->count, sizeof *floor->lacks, by_clauses);
	for (size_t i = 0; i < floor->count && !status; i++)
		if (!said_already(floor, &floor->lacks[i].shortfall))
			status = seen(context, &floor->lacks[i].shortfall);
	return status;
}

static void release(struct floor *floor)
{
	for (size_t i = 0; i < floor->count; i++) {
		free((char *)floor->lacks[i].shortfall.gives);
		free((char *)floor->lacks[i].shortfall.owes);
		for (int t = 0; t < 4; t++)
			free(floor->lacks[i].texts[t]);
	}
	free(floor->lacks);
	for (int side = 0; side < SIDES; side++) {
		gifts_release(&floor->gifts[side]);
		svc_facts_free(floor->tried[side]);
	}
	shared_close(&floor->shared);
}

int svc_policy_floor(const struct svc_policy *promise, const struct svc_policy *law, const struct svc_floor_fact *given,
		     size_t count, svc_shortfall_seen seen, void *context, struct svc_floor_counts *counts,
		     struct svc_error *err)
{
	struct floor floor = {.given = given, .given_count = count};
	int status = shared_open(&floor.shared, promise, law, err);

	if (!status)
		status = svc_facts_new(&floor.tried[SIDE_PROMISE], promise, err);
	if (!status)
		status = svc_facts_new(&floor.tried[SIDE_LAW], law, err);
	if (!status)
		status = give(&floor, err);
	if (!status)
		status = look(&floor, err);
	if (!status)
		status = tell(&floor, seen, context);
	*counts = floor.counts;
	release(&floor);
	return status;
}
