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

static void take_grant(struct gifts *gifts, struct gift grant, enum strength strength)
{
	struct gift *gift = &gifts->by_strength[strength];

	if (!gift->granted)
		*gift = grant;
	if (strength > gifts->best)
		gifts->best = strength;
}

/* Whoever may have the strongest remedy of several open windows may have the weaker ones. */
static void take_windows(struct gifts *gifts, const struct svc_answer *answer)
{
	for (size_t i = 0; i < answer->window_count; i++) {
		const struct svc_window *window = &answer->windows[i];
		struct gift grant = gift_from(answer, true);

		if (!window->inside || strength_of(window->remedy) == GIVES_NOTHING)
			continue;
		grant.remedy = window->remedy;
		grant.ends = window->ends;
		grant.clause = window->clause;
		take_grant(gifts, grant, strength_of(window->remedy));
	}
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
	else if (answer->verdict != SVC_COVERED && answer->verdict != SVC_ACCEPTED)
		take_refusal(gifts, answer, asked->strength);
	else
		take_grant(gifts, gift_from(answer, true), strength);
	if (answer->verdict == SVC_COVERED)
		take_windows(gifts, answer);
}

/* An open question names what it lacks; a year that the calendar does not cover is no fact. */
uint16_t missing_of(const struct svc_policy *policy, const struct svc_answer *answer)
{
	uint16_t missing = 0;

	for (size_t i = 0; i < answer->missing_count && !missing; i++)
		missing = fact_find(policy->head, answer->missing[i], NULL);
	return missing;
}

/* Rules that contradict each other in a case leave it open: that is not the floor's to say. */
static void ask_one(struct gifts *gifts, struct svc_facts *facts, size_t i)
{
	const struct svc_policy *policy = facts->policy;
	const struct pack_fact *want = fact_of(policy->head, F_WANT);
	struct fact_value before = facts->values[F_WANT];
	struct svc_answer *answer = &gifts->answers[i];
	int status;

	if (gift_asks[i].want)
		facts->values[F_WANT] = (struct fact_value){
			.known = true, .given = true, .number = word_find(policy->head, want, gift_asks[i].want)};
	status = svc_ask(policy, gift_asks[i].ask, facts, false, answer, NULL);
	facts->values[F_WANT] = before;
	gifts->open = status || answer->verdict == SVC_VERDICT_INCOMPLETE;
	if (gifts->open)
		gifts->missing = status ? 0 : missing_of(policy, answer);
	else
		take_answer(gifts, &gift_asks[i], answer);
}

/* A warranty answers faults: it says nothing of goods that go back without reasons. */
void gifts_of(const struct shared_case *shared, enum side side, bool faults, struct gifts *out)
{
	struct svc_facts *facts = shared->facts[side];

	memset(out->by_strength, 0, sizeof out->by_strength);
	out->best = GIVES_NOTHING;
	out->missing = 0;
	out->open = false;
	for (size_t i = 0; i < GIFT_ASKS && !out->open; i++)
		if (svc_policy_answers(facts->policy, gift_asks[i].ask) &&
		    (faults || gift_asks[i].ask != SVC_ASK_WARRANTY))
			ask_one(out, facts, i);
	out->repair = NULL;
	for (size_t i = GIVES_REPAIR; i < STRENGTHS && !out->repair; i++)
		if (out->by_strength[i].granted && out->by_strength[i].labor)
			out->repair = &out->by_strength[i];
}

bool gifts_promised(const struct svc_policy *policy)
{
	const struct warranty_section *warranty = pack_at(policy->head, policy->head->sections[SECTION_WARRANTY]);
	const struct returns_section *returns = pack_at(policy->head, policy->head->sections[SECTION_RETURNS]);

	return (warranty && warranty->terms.count) || (returns && returns->options.count);
}

void gifts_release(struct gifts *gifts)
{
	for (size_t i = 0; i < GIFT_ASKS; i++)
		svc_answer_release(&gifts->answers[i]);
}
