/* What a promise gives for faulty or unwanted goods, held against what the law gives in the same case. */
#include "decide.h"
#include "floor.h"

#include <string.h>

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
		.about = "",
		.clause = clause,
		.law_clause = law_clause,
		.gives = gives,
		.owes = owes,
		.text = clause_text(pair->floor->shared.facts[SIDE_PROMISE]->policy->head, clause),
		.law_text = clause_text(pair->floor->shared.facts[SIDE_LAW]->policy->head, law_clause)};

	lack_keep(pair->floor, one, pair->here, pair->there);
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

/* A pack of exclusions alone that says nothing of a case has not promised anything that it could take back; nor do options that are about
   something else. */
static void compare_missing(struct pair *pair)
{
	const struct gifts *promise = &pair->floor->gifts[SIDE_PROMISE];
	const struct gift *best = &promise->by_strength[promise->best];
	const char *clause;

	pair->promise = instead(promise, pair->there);
	pair->here = pair->there;
	clause = pair->promise->clause ? pair->promise->clause : "";
	if (!*clause &&
	    (pair->promise->ask == SVC_ASK_RETURN || !gifts_promised(pair->floor->shared.facts[SIDE_PROMISE]->policy)))
		return;
	say(pair, SVC_SHORT_REMEDY, clause, pair->law->clause,
	    best->granted            ? svc_remedy_id(best->remedy)
	    : pair->promise->verdict ? pair->promise->verdict
				     : "",
	    svc_remedy_id(pair->law->remedy));
}

/* What is weaker than the law's best is the customer's choice as well. */
static void compare_strength(struct floor *floor, enum strength owed)
{
	const struct gifts *promise = &floor->gifts[SIDE_PROMISE], *law = &floor->gifts[SIDE_LAW];
	bool alike = promise->by_strength[owed].granted;
	enum strength given = alike ? owed : promise->best;
	struct pair pair = {floor, &promise->by_strength[given], &law->by_strength[owed], given, owed};

	if (promise->best < owed)
		compare_missing(&pair);
	else if (alike || owed == law->best)
		compare_granted(&pair);
}

static void compare(struct floor *floor, unsigned depth)
{
	const struct gifts *law = &floor->gifts[SIDE_LAW];

	floor->counts.cases++;
	for (int owed = (int)law->best; owed > GIVES_NOTHING; owed--)
		if (law->by_strength[owed].granted)
			compare_strength(floor, (enum strength)owed);
	explore_fees(floor, depth, false);
}

static enum asked ask(struct floor *floor, enum side side, uint16_t *missing)
{
	struct gifts *gifts = &floor->gifts[side];
	bool faults = svc_policy_answers(floor->shared.facts[SIDE_LAW]->policy, SVC_ASK_WARRANTY);

	gifts_of(&floor->shared, side, faults, gifts);
	*missing = gifts->missing;
	return gifts->open ? ASKED_OPEN : side == SIDE_LAW && gifts->best == GIVES_NOTHING ? ASKED_NOTHING : ASKED;
}

const struct subject subject_goods = {SIDE_LAW, ask, compare};
