/* What the customer is charged for what the law gives free, or for more than the law lets him be charged. */
#include "decide.h"
#include "facts_tree.h"
#include "floor.h"

#include <string.h>

static const struct pack_fact *items_of(const struct floor *floor, enum side side)
{
	const struct pack_head *head = floor->shared.facts[side]->policy->head;

	return fact_of(head, F_ITEMS);
}

static const char *item_of(const struct floor *floor)
{
	const struct pack_head *head = floor->shared.facts[SIDE_PROMISE]->policy->head;
	const struct pack_list words = items_of(floor, SIDE_PROMISE)->words;

	return pack_text(head, PACK_ITEM(head, words, struct pack_word, floor->item)->id);
}

static bool prices(const struct pack_head *head, const struct fee_rule *rule, uint32_t item)
{
	for (uint32_t i = 0; i < rule->items.count; i++)
		if (*PACK_ITEM(head, rule->items, uint16_t, i) == item)
			return true;
	return false;
}

/* Whether the law prices the item itself. */
static bool law_prices(const struct floor *floor)
{
	const struct pack_head *head = floor->shared.facts[SIDE_LAW]->policy->head;
	const struct fees_section *fees = pack_at(head, head->sections[SECTION_FEES]);
	int item = word_find(head, items_of(floor, SIDE_LAW), item_of(floor));

	for (uint32_t i = 0; item != WORD_UNLISTED && fees && i < fees->rules.count; i++)
		if (prices(head, PACK_ITEM(head, fees->rules, struct fee_rule, i), (uint32_t)item))
			return true;
	return false;
}

/* What leaves open how much is paid, but not by whom. */
static bool is_price(const struct svc_facts *facts, uint16_t missing)
{
	return missing >= facts->first_setting ||
	       (missing && fact_of(facts->policy->head, missing)->type == FACT_MONEY);
}

static enum asked ask_fee(struct floor *floor, enum side side, uint16_t *missing)
{
	struct svc_facts *facts = floor->shared.facts[side];
	struct svc_answer *answer = &floor->answers[side];
	struct fact_value before = facts->values[F_ITEMS];
	int status = tree_put_text(facts, &facts->memory, F_ITEMS, item_of(floor), NULL);

	if (!status)
		status = svc_ask(facts->policy, SVC_ASK_FEE, facts, false, answer, NULL);
	facts->values[F_ITEMS] = before;
	if (status)
		return ASKED_OPEN;
	*missing = missing_of(facts->policy, answer);
	if (answer->verdict == SVC_VERDICT_INCOMPLETE && (law_prices(floor) || !is_price(facts, *missing)))
		return ASKED_OPEN;
	return answer->verdict == SVC_REFER ? ASKED_NOTHING : ASKED;
}

/* Of work and parts the law says that they are free by covering the fault. */
static enum asked ask(struct floor *floor, enum side side, uint16_t *missing)
{
	struct gifts *gifts = &floor->gifts[side];

	if (side == SIDE_PROMISE || law_prices(floor))
		return ask_fee(floor, side, missing);
	if (!svc_policy_answers(floor->shared.facts[side]->policy, SVC_ASK_WARRANTY))
		return ASKED_NOTHING;
	gifts_of(&floor->shared, side, true, gifts);
	*missing = gifts->missing;
	return gifts->open ? ASKED_OPEN : gifts->repair ? ASKED : ASKED_NOTHING;
}

/* "20.00", or how it is worked out where no price is said; NULL: nothing. */
static const char *price_words(const struct svc_answer *answer, svc_money amount, enum svc_basis basis, char room[32])
{
	if (amount == 0)
		return NULL;
	if (amount == SVC_MONEY_NONE)
		return svc_basis_id(basis ? basis : SVC_QUOTE);
	svc_money_format(amount, answer->currency_digits, room);
	return room;
}

static void say(struct floor *floor, enum svc_ask law_ask, const char *law_clause, const char *gives, const char *owes)
{
	struct svc_facts *facts = floor->shared.facts[SIDE_PROMISE];
	const struct svc_answer *fee = &floor->answers[SIDE_PROMISE];
	const char *clause = fee->clause_count ? fee->clauses[0] : "";
	struct svc_shortfall one = {.kind = SVC_SHORT_FEE,
				    .ask = SVC_ASK_FEE,
				    .law_ask = law_ask,
				    .about = item_of(floor),
				    .clause = clause,
				    .law_clause = law_clause,
				    .gives = gives,
				    .owes = owes,
				    .text = clause_text(facts->policy->head, clause),
				    .law_text = clause_text(floor->shared.facts[SIDE_LAW]->policy->head, law_clause)};
	struct fact_value before = facts->values[F_ITEMS], law_before = floor->shared.facts[SIDE_LAW]->values[F_ITEMS];

	tree_put_text(facts, &facts->memory, F_ITEMS, one.about, NULL);
	if (law_ask == SVC_ASK_FEE)
		tree_put_text(floor->shared.facts[SIDE_LAW], &floor->shared.facts[SIDE_LAW]->memory, F_ITEMS, one.about,
			      NULL);
	lack_keep(floor, one, GIVES_NOTHING, GIVES_NOTHING);
	facts->values[F_ITEMS] = before;
	floor->shared.facts[SIDE_LAW]->values[F_ITEMS] = law_before;
}

/* A part of the fee that the customer pays, where the law has the company pay it. */
static void compare_share(struct floor *floor, struct svc_share share, bool owed)
{
	const struct svc_answer *fee = &floor->answers[SIDE_PROMISE];
	const struct gift *repair = floor->gifts[SIDE_LAW].repair;
	const char *gives;
	char room[32];

	if (!owed || share.payer != SVC_CUSTOMER_PAYS)
		return;
	gives = price_words(fee, share.amount, share.basis, room);
	if (gives)
		say(floor, repair->ask, repair->clause, gives, svc_basis_id(SVC_FREE));
}

/* What the customer pays, less what he is paid; SVC_MONEY_NONE: not said. */
static svc_money charged(const struct svc_answer *fee)
{
	if (fee->total == SVC_MONEY_NONE)
		return SVC_MONEY_NONE;
	return fee->payer == SVC_COMPANY_PAYS ? -fee->total : fee->total;
}

static void compare_totals(struct floor *floor)
{
	const struct svc_answer *fee = &floor->answers[SIDE_PROMISE], *law = &floor->answers[SIDE_LAW];
	svc_money here = charged(fee), there = charged(law);
	char gives[32], owes[32];

	if (here == SVC_MONEY_NONE || there == SVC_MONEY_NONE || here <= there)
		return;
	svc_money_format(here < 0 ? -here : here, fee->currency_digits, gives);
	svc_money_format(there < 0 ? -there : there, law->currency_digits, owes);
	say(floor, SVC_ASK_FEE, law->clause_count ? law->clauses[0] : "", gives, owes);
}

static void compare(struct floor *floor, unsigned depth)
{
	const struct svc_answer *fee = &floor->answers[SIDE_PROMISE];
	const struct gift *repair = floor->gifts[SIDE_LAW].repair;

	(void)depth;
	if (law_prices(floor)) {
		compare_totals(floor);
		return;
	}
	compare_share(floor, fee->labor_share, repair->labor == SVC_FREE);
	compare_share(floor, fee->parts_share, repair->parts == SVC_FREE);
	compare_share(floor, fee->travel_share, repair->freight_in == SVC_COMPANY_PAYS);
}

const struct subject subject_fees = {SIDE_PROMISE, ask, compare};

/* Whether a condition asks that the fault is covered. */
static bool asks_cover(const struct pack_head *head, pack_ref when)
{
	const struct cond *cond = pack_at(head, when);
	const pack_ref *kid = when ? pack_at(head, cond->kids.at) : NULL;
	int covered = word_find(head, fact_of(head, F_VERDICT), "covered");

	if (!when || cond->op == COND_NOT)
		return false;
	for (uint32_t i = 0; i < cond->kids.count; i++)
		if (asks_cover(head, kid[i]))
			return true;
	if (cond->op != COND_WORD)
		return false;
	return cond->fact == F_LABOR || cond->fact == F_PARTS ||
	       (cond->fact == F_VERDICT && *PACK_ITEM(head, cond->words, uint64_t, covered / 64) >> (covered % 64) & 1);
}

/* A part of the repair: free because the fault is covered, or work and travel that the pack never gives free. All else is sold. */
static bool belongs_to_repair(const struct floor *floor)
{
	const struct pack_head *head = floor->shared.facts[SIDE_PROMISE]->policy->head;
	const struct fees_section *fees = pack_at(head, head->sections[SECTION_FEES]);
	bool work = false, given = false;

	for (uint32_t i = 0; i < fees->rules.count; i++) {
		const struct fee_rule *rule = PACK_ITEM(head, fees->rules, struct fee_rule, i);

		if (!prices(head, rule, floor->item))
			continue;
		if (rule->payer == SVC_COMPANY_PAYS && asks_cover(head, rule->rule.when))
			return true;
		given = given || rule->payer == SVC_COMPANY_PAYS;
		work = work || rule->share == SHARE_LABOR || rule->share == SHARE_TRAVEL;
	}
	return work && !given;
}

void explore_fees(struct floor *floor, unsigned depth, bool priced)
{
	const struct subject *before = floor->subject;
	const struct svc_policy *promise = floor->shared.facts[SIDE_PROMISE]->policy;
	uint32_t count = svc_policy_answers(promise, SVC_ASK_FEE) ? items_of(floor, SIDE_PROMISE)->words.count : 0;

	floor->subject = &subject_fees;
	for (floor->item = 0; floor->item < count; floor->item++)
		if (law_prices(floor) == priced && (priced || belongs_to_repair(floor)))
			floor_explore(floor, depth);
	floor->subject = before;
}
