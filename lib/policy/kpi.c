/* kpi: are the targets met. */
#include "trace.h"

#include <string.h>

/* A measure: a number or money, or a share of two amounts in per cent. Kept as a fraction, so that a target is held against
   what it is and not against what it is rounded to. */
struct measure {
	int64_t over, under; /* the value is over / under */
	bool money, none; /* none: a share of nothing */
};

/* Numbers in millionths, money in minor units. False: not known, or the pass stopped. */
static bool figure_said(struct pass *pass, const struct entry *entry, enum saying saying, int64_t *out, bool *money)
{
	const struct said *said = said_of(pass, entry, saying);
	enum svc_basis basis = SVC_BASIS_UNSET;

	enum amount_state state;

	*money = !counts_things(pass->head, said->at.at);
	trace_amounts(pass, &entry->rule);
	state = amount_of(pass, said->at.at, NULL, *money ? 1 : SVC_NUMBER_ONE, out, &basis);
	trace_amounts(pass, NULL);
	if (state == AMOUNT_STATED)
		return true;
	if (pass->blocked)
		pass->asking = &entry->rule;
	return false;
}

static bool measure_of(struct pass *pass, const struct entry *entry, struct measure *out)
{
	bool money_under;

	*out = (struct measure){.under = 1};
	if (!figure_said(pass, entry, SAY_AMOUNT, &out->over, &out->money))
		return false;
	if (!said_of(pass, entry, SAY_OF_AMOUNT))
		return true;
	if (!figure_said(pass, entry, SAY_OF_AMOUNT, &out->under, &money_under))
		return false;
	out->none = out->under == 0;
	out->money = false;
	return true;
}

/* In millionths (of a share: per cent) or minor units, rounded half up. */
static int64_t value_of_measure(const struct measure *measure, bool share)
{
	__int128 over = (__int128)measure->over * (share ? 100 * SVC_NUMBER_ONE : 1);
	__int128 half = measure->under < 0 ? -(__int128)measure->under / 2 : measure->under / 2;

	over = (over + (over < 0 ? -half : half)) / measure->under;
	return (int64_t)(over > INT64_MAX ? INT64_MAX : over < -INT64_MAX ? -INT64_MAX : over);
}

/* The target in the unit of the measure. False: none is set. */
static bool target_of(struct pass *pass, const struct entry *entry, bool money, int64_t *out)
{
	const struct said *said = said_of(pass, entry, SAY_TARGET);
	__int128 target;

	if (!said || (said->setting && !value_of(pass, said->setting)->known))
		return false;
	target = said->setting ? value_of(pass, said->setting)->number : said->number;
	if (money && !(said->setting && fact_of(pass->head, said->setting)->type == FACT_MONEY)) {
		for (int i = 0; i < pass->head->currency_digits; i++)
			target *= 10;
		target /= SVC_NUMBER_ONE;
	}
	*out = (int64_t)target;
	return true;
}

/* Better or the same: over / under against the target, without rounding. */
static bool reaches(const struct measure *measure, bool share, int64_t target, bool lower)
{
	__int128 over = (__int128)measure->over * (share ? 100 * SVC_NUMBER_ONE : 1);
	__int128 wanted = (__int128)target * measure->under;

	if (measure->under < 0)
		lower = !lower;
	return lower ? over <= wanted : over >= wanted;
}

/* A share of nothing leaves its target open: what is lacking are the facts that count its base. */
static void miss_facts(struct pass *pass, const struct entry *entry, pack_ref at)
{
	const struct amount *amount = pack_at(pass->head, at);
	const pack_ref *kid = pack_at(pass->head, amount->kids.at);

	if (amount->op == AMOUNT_FACT)
		miss(pass, amount->fact, &entry->rule);
	for (uint32_t i = 0; i < amount->kids.count; i++)
		miss_facts(pass, entry, kid[i]);
}

/* An operand of a share, by the fact that gives it. */
static struct svc_step_fact operand_of(struct pass *pass, const struct entry *entry, enum saying saying, int64_t value)
{
	const struct amount *amount = pack_at(pass->head, said_of(pass, entry, saying)->at.at);
	char text[32];

	if (counts_things(pass->head, said_of(pass, entry, saying)->at.at))
		svc_number_format(value, text);
	else
		svc_money_format(value, pass->head->currency_digits, text);
	return (struct svc_step_fact){
		amount->op == AMOUNT_FACT ? pack_text(pass->head, fact_of(pass->head, amount->fact)->name) : NULL,
		arena_strdup(pass->memory, text)};
}

/* "on time 91 of 100 services = 91 %" */
static void tell_share(struct pass *pass, const struct entry *entry, const struct measure *measure, int64_t value)
{
	struct svc_step_fact of[] = {operand_of(pass, entry, SAY_AMOUNT, measure->over),
				     operand_of(pass, entry, SAY_OF_AMOUNT, measure->under)};
	char share[32];

	svc_number_format(value, share);
	trace_sum(pass, &entry->rule,
		  (struct svc_step_sum){"ratio", of, 2, arena_printf(pass->memory, "%s %%", share)});
}

static void list_measure(struct pass *pass, const struct entry *entry, const struct measure *measure)
{
	const char *better = said_text(pass, entry, SAY_BETTER);
	bool share = said_of(pass, entry, SAY_OF_AMOUNT) != NULL;
	struct svc_row *row = row_add(pass);
	int64_t target;

	row->id = pack_text(pass->head, entry->id);
	row->clause = pack_text(pass->head, entry->rule.clause);
	row->money = measure->money;
	if (!measure->none)
		row->value = value_of_measure(measure, share);
	if (pass->trace && share && !measure->none)
		tell_share(pass, entry, measure, row->value);
	if (!target_of(pass, entry, measure->money, &target))
		return;
	row->target = target;
	if (measure->none)
		miss_facts(pass, entry, said_of(pass, entry, SAY_OF_AMOUNT)->at.at);
	else
		row->met = reaches(measure, share, target, better && !strcmp(better, "lower")) ? SVC_TRUE : SVC_FALSE;
}

static bool list_measures(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_KPI);

	for (uint32_t i = 0; i < list.count;) {
		const struct entry *entry = entry_next(pass, list, &i, -1);
		struct measure measure;

		if (entry && measure_of(pass, entry, &measure))
			list_measure(pass, entry, &measure);
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return true;
}

/* Those that miss their target first, then those that meet it, then those without one. */
static void cite_measures(struct pass *pass)
{
	static const enum svc_truth order[] = {SVC_FALSE, SVC_TRUE, SVC_TRUTH_UNSET};
	struct pack_list list = entries_of(pass, ENTRIES_KPI);

	for (size_t o = 0; o < sizeof order / sizeof *order; o++)
		for (size_t r = 0; r < pass->answer->row_count; r++)
			for (uint32_t i = 0; i < list.count; i++) {
				const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);
				const struct svc_row *row = &pass->answer->rows[r];

				if (row->met == (int64_t)order[o] && row->id == pack_text(pass->head, entry->id) &&
				    row->clause == pack_text(pass->head, entry->rule.clause))
					cite_rule(pass, &entry->rule);
			}
}

void decide_kpi(struct pass *pass)
{
	struct svc_answer *answer = pass->answer;
	bool some = false, all = true;

	if (!list_measures(pass))
		return;
	cite_measures(pass);
	for (size_t i = 0; i < answer->row_count; i++) {
		some = some || answer->rows[i].met;
		all = all && answer->rows[i].met != SVC_FALSE;
	}
	answer->verdict = answer->missing_count ? SVC_VERDICT_INCOMPLETE
			  : !some               ? SVC_NOTHING
			  : all                 ? SVC_MET
						: SVC_MISSED;
}
