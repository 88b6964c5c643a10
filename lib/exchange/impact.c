/* One case after another asked of two packs. */
#include "impact_run.h"

#include "base/error.h"
#include "base/memory.h"
#include "policy/decide.h"
#include "policy/facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- packs and their versions ---- */

static int check_asks(const struct impact *impact, const struct svc_policy *policy, struct svc_error *err)
{
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		if (impact->options->asks >> ask & 1 && !svc_policy_answers(policy, (enum svc_ask)ask))
			return error_set(err, SVC_USAGE, _("the policy %s has no rules for the question %s"),
					 svc_policy_id(policy), svc_ask_name((enum svc_ask)ask));
	return SVC_OK;
}

static struct svc_policy *newest(const struct impact *impact, int side)
{
	return impact->packs[side].items[0]->policy;
}

static int pack_open(struct impact *impact, int side, struct svc_error *err)
{
	const struct svc_impact_options *options = impact->options;
	int status = versions_open(&impact->packs[side], options->packs[side], &options->places, SVC_DATE_NONE, err);
	if (status)
		return status;
	snprintf(impact->result->ids[side], sizeof impact->result->ids[side], "%s",
		 svc_policy_id(newest(impact, side)));
	return check_asks(impact, newest(impact, side), err);
}

static int packs_open(struct impact *impact, struct svc_error *err)
{
	int status = pack_open(impact, SVC_IMPACT_OLD, err);
	if (!status)
		status = pack_open(impact, SVC_IMPACT_NEW, err);
	if (status)
		return status;
	const struct svc_policy *old = newest(impact, SVC_IMPACT_OLD), *new = newest(impact, SVC_IMPACT_NEW);
	if (strcmp(svc_policy_currency(old), svc_policy_currency(new)) != 0)
		return error_set(err, SVC_USAGE, _("the packs have two currencies: %s and %s"),
				 svc_policy_currency(old), svc_policy_currency(new));
	impact->result->digits = svc_policy_currency_digits(old);
	snprintf(impact->result->currency, sizeof impact->result->currency, "%s", svc_policy_currency(old));
	return SVC_OK;
}

/* ---- facts ---- */

bool impact_knows(const struct impact *impact, const char *name, struct svc_error *err)
{
	return svc_facts_place(newest(impact, SVC_IMPACT_NEW), name, NULL) ||
	       svc_facts_place(newest(impact, SVC_IMPACT_OLD), name, err);
}

/* What a pack has no name for is not told to it. */
static const struct svc_assignment *known_to(const struct svc_policy *policy, const struct svc_assignment *all,
					     size_t *count, struct arena *memory)
{
	struct svc_assignment *known = arena_alloc(memory, (*count + 1) * sizeof *known);
	size_t kept = 0;
	for (size_t i = 0; i < *count; i++)
		if (svc_facts_place(policy, all[i].field, NULL))
			known[kept++] = all[i];
	*count = kept;
	return known;
}

/* What is supposed of every case stands behind what is known of it, and wins. */
static const struct svc_assignment *with_supposed(struct impact *impact, const struct svc_assignment *facts,
						  size_t *count)
{
	const struct svc_impact_options *options = impact->options;
	struct svc_assignment *all = arena_alloc(&impact->memory, (*count + options->fact_count + 1) * sizeof *all);
	if (*count)
		memcpy(all, facts, *count * sizeof *all);
	if (options->fact_count)
		memcpy(all + *count, options->facts, options->fact_count * sizeof *all);
	*count += options->fact_count;
	return all;
}

struct filling {
	struct impact *impact;
	const struct impact_subject *subject;
};

static int fill_version(void *context, struct version *version, struct svc_error *err)
{
	const struct filling *filling = context;
	struct impact *impact = filling->impact;
	const struct svc_impact_options *options = impact->options;
	struct inquiry inquiry = filling->subject->inquiry;
	inquiry.settings = options->settings;
	inquiry.setting_count = options->setting_count;
	inquiry.facts = with_supposed(impact, inquiry.facts, &inquiry.fact_count);
	inquiry.facts = known_to(version->policy, inquiry.facts, &inquiry.fact_count, &impact->memory);
	inquiry.settings = known_to(version->policy, inquiry.settings, &inquiry.setting_count, &impact->memory);
	return ruling_fill(options->desk, &impact->present, &inquiry, version->facts, err);
}

/* The facts of both sides, each in the version that answers. Where a pack has one version they serve every ask. */
static int fill_sides(struct impact *impact, const struct impact_subject *subject, enum svc_ask ask,
		      struct version *sides[SVC_IMPACT_SIDES], struct svc_error *err)
{
	struct filling filling = {impact, subject};
	struct version_question question = {.ask = ask,
					    .now = impact->present.now,
					    .fill = fill_version,
					    .context = &filling,
					    .own_settings = true};
	int status = SVC_OK;
	for (int side = 0; side < SVC_IMPACT_SIDES && !status; side++)
		if (!sides[side] || impact->packs[side].several)
			status = versions_fill(&impact->packs[side], &question, &sides[side], err);
	return status;
}

/* ---- money ---- */

static svc_money amount_known(const struct svc_facts *facts, enum standard_fact fact)
{
	return facts->values[fact].known ? facts->values[fact].number : 0;
}

static bool undecided(const struct svc_answer *answer)
{
	return answer->verdict == SVC_VERDICT_INCOMPLETE || answer->verdict == SVC_REFER;
}

/* Free for the customer, or, where the answer does not say, covered. */
static bool company_bears(const struct svc_answer *answer, enum svc_basis basis)
{
	return basis == SVC_BASIS_UNSET ? answer->verdict == SVC_COVERED : basis == SVC_FREE;
}

static void bear(struct svc_impact_money *money, bool open, bool company, svc_money amount)
{
	*(open ? &money->open : company ? &money->company : &money->customer) += amount;
}

static void money_of_return(struct svc_impact_money *money, const struct svc_answer *answer, svc_money price)
{
	bool refunds = answer->verdict == SVC_ACCEPTED && answer->remedy == SVC_REFUND;
	svc_money deducted = 0;
	for (size_t i = 0; refunds && i < answer->deduction_count; i++)
		if (answer->deductions[i].amount != SVC_MONEY_NONE)
			deducted += answer->deductions[i].amount;
	if (deducted > price)
		deducted = price;
	bear(money, undecided(answer), refunds, price - deducted);
	money->customer += deducted;
}

static struct svc_impact_money money_of(const struct impact_subject *subject, const struct svc_facts *facts,
					const struct svc_answer *answer)
{
	struct svc_impact_money money = {0};
	svc_money fee = 0;
	if (answer->ask == SVC_ASK_WARRANTY) {
		if (subject->fee && !svc_money_parse(subject->fee, answer->currency_digits, &fee))
			fee = 0;
		bear(&money, undecided(answer), company_bears(answer, answer->labor), fee);
		bear(&money, undecided(answer), company_bears(answer, answer->parts),
		     amount_known(facts, F_PARTS_COST));
	} else if (answer->ask == SVC_ASK_RETURN) {
		money_of_return(&money, answer, amount_known(facts, F_PRICE));
	} else if (answer->ask == SVC_ASK_FEE && answer->total != SVC_MONEY_NONE) {
		bear(&money, undecided(answer), answer->payer == SVC_COMPANY_PAYS, answer->total);
	}
	return money;
}

static void money_add(struct svc_impact_money *sum, const struct svc_impact_money *money)
{
	sum->company += money->company;
	sum->customer += money->customer;
	sum->open += money->open;
}

/* ---- asking ---- */

#define TOLD_EVERY 250 /* cases between two words on the progress */

static bool is_open(const struct impact_subject *subject)
{
	return subject->state && !strcmp(subject->state, "open");
}

static void count_case(struct impact *impact, const struct impact_subject *subject, bool changed)
{
	const struct svc_impact_options *options = impact->options;
	struct svc_impact_result *result = impact->result;
	result->all.cases++;
	result->all.changed += changed;
	result->open.cases += is_open(subject);
	result->open.changed += is_open(subject) && changed;
	if (options->progress && result->all.cases % TOLD_EVERY == 0)
		options->progress(options->context, result->all.cases + result->others, impact->of);
}

static int ask_both(struct impact *impact, const struct impact_subject *subject, enum svc_ask ask,
		    struct version *const *versions, bool *changed, struct svc_error *err)
{
	struct svc_impact_case asked = {
		.id = subject->id, .state = subject->state, .ask = ask, .facts = versions[SVC_IMPACT_OLD]->facts};
	for (int side = 0; side < SVC_IMPACT_SIDES; side++) {
		const struct svc_policy *policy = versions[side]->policy;
		struct svc_facts *facts = versions[side]->facts;
		int status = svc_ask(policy, ask, facts, false, &impact->answers[side], err);
		if (status)
			return status;
		asked.sides[side] = (struct svc_impact_side){.policy = policy,
							     .answer = &impact->answers[side],
							     .money = money_of(subject, facts, &impact->answers[side])};
	}
	for (int side = 0; side < SVC_IMPACT_SIDES; side++) {
		money_add(&impact->result->all.money[side], &asked.sides[side].money);
		if (is_open(subject))
			money_add(&impact->result->open.money[side], &asked.sides[side].money);
	}
	if (answer_same(&impact->answers[SVC_IMPACT_OLD], &impact->answers[SVC_IMPACT_NEW]))
		return SVC_OK;
	*changed = true;
	impact->result->answers++;
	return impact->options->changed(impact->options->context, &asked);
}

int impact_ask(struct impact *impact, const struct impact_subject *subject, struct svc_error *err)
{
	struct version *sides[SVC_IMPACT_SIDES] = {NULL, NULL};
	bool changed = false;
	int status = SVC_OK;
	for (int ask = 0; ask < SVC_ASK_COUNT && !status; ask++) {
		if (!(impact->options->asks >> ask & 1))
			continue;
		status = fill_sides(impact, subject, (enum svc_ask)ask, sides, err);
		if (!status)
			status = ask_both(impact, subject, (enum svc_ask)ask, sides, &changed, err);
	}
	if (!status)
		count_case(impact, subject, changed);
	return status;
}

bool impact_fault(struct impact *impact, const struct svc_error *err)
{
	if (err->code != SVC_BAD_INPUT && err->code != SVC_USAGE && err->code != SVC_NOT_FOUND &&
	    err->code != SVC_REFUSED)
		return false;
	impact->result->faults++;
	if (impact->options->fault)
		impact->options->fault(impact->options->context, err);
	return true;
}

static bool knows_all(const struct impact *impact, const struct svc_assignment *names, size_t count,
		      struct svc_error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!impact_knows(impact, names[i].field, err))
			return false;
	return true;
}

int svc_impact(const struct svc_impact_options *options, struct svc_impact_result *result, struct svc_error *err)
{
	struct impact impact = {.options = options,
				.result = result,
				.present = {.now = options->now, .places = options->places, .actor = ""}};
	*result = (struct svc_impact_result){0};
	int status = packs_open(&impact, err);
	if (!status && !(knows_all(&impact, options->settings, options->setting_count, err) &&
			 knows_all(&impact, options->facts, options->fact_count, err)))
		status = SVC_USAGE;
	if (!status)
		status = options->input < 0 ? impact_of_desk(&impact, err) : impact_of_file(&impact, err);
	for (int side = 0; side < SVC_IMPACT_SIDES; side++) {
		svc_answer_release(&impact.answers[side]);
		versions_release(&impact.packs[side]);
	}
	arena_release(&impact.memory);
	return status ? status : result->faults ? SVC_PARTIAL : SVC_OK;
}
