/* What a pack gives the customer in one case, whichever of its questions says so. */
#include "decide.h"
#include "floor.h"

#include <string.h>

/* All that bears on faulty or unwanted goods. What the freight is, is asked for each thing that may be wanted. */
static const struct gift_ask {
	enum svc_ask ask;
	const char *want; /* NULL: the question does not say what is wanted */
	enum strength strength;
} gift_asks[GIFT_ASKS] = {
	{SVC_ASK_RETURN, "refund", GIVES_REFUND},  {SVC_ASK_RETURN, "exchange", GIVES_EXCHANGE},
	{SVC_ASK_WARRANTY, NULL, GIVES_REPAIR},    {SVC_ASK_RETURN, "repair", GIVES_REPAIR},
	{SVC_ASK_FREIGHT, "refund", GIVES_REFUND}, {SVC_ASK_FREIGHT, "exchange", GIVES_EXCHANGE},
	{SVC_ASK_FREIGHT, "repair", GIVES_REPAIR},
};

static enum strength strength_of(enum svc_remedy remedy)
{
	switch (remedy) {
	case SVC_REFUND:
		return GIVES_REFUND;
	case SVC_REPLACE:
	case SVC_EXCHANGE:
		return GIVES_EXCHANGE;
	case SVC_RECALL:
	case SVC_REPAIR:
	case SVC_REFURBISH:
		return GIVES_REPAIR;
	default:
		return GIVES_NOTHING;
	}
}

static const char *first_clause(const struct svc_answer *answer)
{
	return answer->clause_count ? answer->clauses[0] : "";
}

static svc_money deducted(const struct svc_answer *answer)
{
	svc_money sum = 0;

	for (size_t i = 0; i < answer->deduction_count; i++) {
		if (answer->deductions[i].amount == SVC_MONEY_NONE)
			return SVC_MONEY_NONE;
		sum += answer->deductions[i].amount;
	}
	return sum;
}

static struct gift gift_from(const struct svc_answer *answer, bool granted)
{
	return (struct gift){.granted = granted,
			     .ask = answer->ask,
			     .remedy = answer->remedy,
			     .ends = answer->ask == SVC_ASK_RETURN ? answer->deadline : answer->ends,
			     .freight_in = answer->freight_in,
			     .freight_out = answer->freight_out,
			     .labor = answer->labor,
			     .parts = answer->parts,
			     .deducted = deducted(answer),
			     .deduction = answer->deduction_count ? answer->deductions[0].item : "",
			     .verdict = svc_verdict_id(answer->verdict),
			     .clause = first_clause(answer),
			     .freight_clause = first_clause(answer)};
}

static void take_grant(struct gifts *gifts, const struct svc_answer *answer, enum strength strength)
{
	struct gift *gift = &gifts->by_strength[strength];

	if (!gift->granted)
		*gift = gift_from(answer, true);
	if (strength > gifts->best)
		gifts->best = strength;
}

/* What is not granted is kept as well: a refusal has a clause. */
static void take_refusal(struct gifts *gifts, const struct svc_answer *answer, enum strength strength)
{
	struct gift *gift = &gifts->by_strength[strength];

	if (!gift->verdict)
		*gift = gift_from(answer, false);
}

static void take_freight(struct gifts *gifts, const struct svc_answer *answer, enum strength strength)
{
	struct gift *gift = &gifts->by_strength[strength];

	if (!gift->granted || answer->verdict != SVC_DECIDED || (gift->freight_in && gift->freight_out))
		return;
	if (!gift->freight_in)
		gift->freight_in = answer->freight_in;
	if (!gift->freight_out)
		gift->freight_out = answer->freight_out;
	gift->freight_clause = first_clause(answer);
}

static void take_answer(struct gifts *gifts, const struct gift_ask *asked, const struct svc_answer *answer)
{
	enum strength strength = strength_of(answer->remedy);

	if (asked->ask == SVC_ASK_FREIGHT)
		take_freight(gifts, answer, asked->strength);
	else if (answer->verdict == SVC_COVERED || answer->verdict == SVC_ACCEPTED)
		take_grant(gifts, answer, strength);
	else
		take_refusal(gifts, answer, asked->strength);
}

/* An open question names what it lacks; a year that the calendar does not cover is no fact. */
static void take_missing(struct gifts *gifts, const struct svc_policy *policy, const struct svc_answer *answer)
{
	for (size_t i = 0; i < answer->missing_count && !gifts->missing; i++)
		gifts->missing = fact_find(policy->head, answer->missing[i], NULL);
	gifts->open = true;
}

static int ask_one(struct gifts *gifts, struct svc_facts *facts, size_t i, struct svc_error *err)
{
	const struct svc_policy *policy = facts->policy;
	const struct pack_fact *want = fact_of(policy->head, F_WANT);
	struct fact_value before = facts->values[F_WANT];
	struct svc_answer *answer = &gifts->answers[i];
	int status;

	if (gift_asks[i].want)
		facts->values[F_WANT] = (struct fact_value){
			.known = true, .given = true, .number = word_find(policy->head, want, gift_asks[i].want)};
	status = svc_ask(policy, gift_asks[i].ask, facts, false, answer, err);
	facts->values[F_WANT] = before;
	if (!status && answer->verdict == SVC_VERDICT_INCOMPLETE)
		take_missing(gifts, policy, answer);
	else if (!status)
		take_answer(gifts, &gift_asks[i], answer);
	return status;
}

int gifts_of(const struct shared_case *shared, enum side side, struct gifts *out, struct svc_error *err)
{
	struct svc_facts *facts = shared->facts[side];
	int status = SVC_OK;

	memset(out->by_strength, 0, sizeof out->by_strength);
	out->best = GIVES_NOTHING;
	out->missing = 0;
	out->open = false;
	for (size_t i = 0; i < GIFT_ASKS && !status && !out->open; i++)
		if (svc_policy_answers(facts->policy, gift_asks[i].ask))
			status = ask_one(out, facts, i, err);
	return status;
}

void gifts_release(struct gifts *gifts)
{
	for (size_t i = 0; i < GIFT_ASKS; i++)
		svc_answer_release(&gifts->answers[i]);
}
