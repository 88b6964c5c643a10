/* return: may the customer return or exchange it, by when, on what conditions. */
#include "trace.h"

static const struct returns_section *section_of(const struct pass *pass)
{
	return pack_at(pass->head, pass->head->sections[SECTION_RETURNS]);
}

static bool bars(uint16_t mask, uint16_t otherwise, enum svc_remedy remedy)
{
	return (mask ? mask : otherwise) >> remedy & 1;
}

#define RETURN_OR_EXCHANGE (1u << SVC_REFUND | 1u << SVC_EXCHANGE)

/* What the rules say of one remedy. */
struct offer {
	bool accepted, refer, offered; /* offered: the pack has an option for it at all */
	svc_date deadline; /* the latest end among the options whose condition holds */
	const struct term *term, *last; /* the option that opens it, and the one of the deadline */
};

/* Rules that close a remedy whatever its window: the first decides what goes with it (freight), all that hold are named
 * when `say`. */
static bool barred(struct pass *pass, enum svc_remedy remedy, struct offer *offer, bool say)
{
	struct pack_list rules = section_of(pass)->exclusions;
	bool found = false, peeking = pass->peek;

	for (uint32_t i = 0; i < rules.count && !stopped(pass); i++) {
		const struct effect_rule *rule = PACK_ITEM(pass->head, rules, struct effect_rule, i);

		if (!bars(rule->bars, RETURN_OR_EXCHANGE, remedy) || !matches(pass, &rule->rule))
			continue;
		if (!found)
			offer->refer = rule->rule.verdict == SVC_REFER;
		if (!found && say)
			apply_effects(pass, &rule->effects, &rule->rule);
		found = pass->peek = true;
		if (say)
			cite_rule(pass, &rule->rule);
	}
	pass->peek = peeking;
	return found;
}

/* The options for a remedy: the open one that ends last opens it. */
static void find_option(struct pass *pass, enum svc_remedy remedy, struct offer *offer)
{
	struct pack_list options = section_of(pass)->options;
	svc_date open_until = SVC_DATE_NONE;

	for (uint32_t i = 0; i < options.count && !stopped(pass); i++) {
		const struct term *term = PACK_ITEM(pass->head, options, struct term, i);
		struct svc_window window;

		if (term->effects.remedy != remedy)
			continue;
		offer->offered = true;
		if (!matches(pass, &term->rule) || !window_of(pass, term, &window))
			continue;
		if (!offer->last || window.ends > offer->deadline) {
			offer->deadline = window.ends;
			offer->last = term;
		}
		if (window.inside && (!offer->term || window.ends > open_until)) {
			offer->term = term;
			open_until = window.ends;
		}
	}
}

/* False when something that was given does not satisfy; named in the answer when `say`. */
static bool satisfied(struct pass *pass, enum svc_remedy remedy, bool say)
{
	struct pack_list rules = section_of(pass)->requires;
	bool good = true;

	for (uint32_t i = 0; i < rules.count && !stopped(pass); i++) {
		const struct requirement *rule = PACK_ITEM(pass->head, rules, struct requirement, i);
		enum truth held;

		if (!bars(rule->bars, RETURN_OR_EXCHANGE, remedy) || !matches(pass, &rule->rule))
			continue;
		held = condition(pass, rule->needs);
		if (pass->trace)
			trace_needs(pass, &rule->rule, rule->needs, held);
		if (held == UNKNOWN)
			pass->asking = &rule->rule;
		if (held != NO)
			continue;
		good = false;
		if (say) {
			cite_rule(pass, &rule->rule);
			lacking(pass, rule->needs);
		}
	}
	return good;
}

/* Names the options that were looked at, where none is open: those that decided the deadline, else all. */
static void cite_closed(struct pass *pass, enum svc_remedy remedy, svc_date deadline)
{
	struct pack_list options = section_of(pass)->options;

	pass->peek = true;
	for (uint32_t i = 0; i < options.count; i++) {
		const struct term *term = PACK_ITEM(pass->head, options, struct term, i);
		bool decided = deadline == SVC_DATE_NONE || matches(pass, &term->rule);

		if (term->effects.remedy == remedy && decided)
			cite_rule(pass, &term->rule);
	}
	pass->peek = false;
}

static void consider(struct pass *pass, enum svc_remedy remedy, struct offer *offer, bool say)
{
	*offer = (struct offer){.deadline = SVC_DATE_NONE};
	if (barred(pass, remedy, offer, say)) { /* the deadline is said all the same, as far as it is known */
		pass->peek = true;
		find_option(pass, remedy, offer);
		pass->peek = false;
		return;
	}
	if (stopped(pass))
		return;
	find_option(pass, remedy, offer);
	if (stopped(pass))
		return;
	if (!offer->term) {
		if (say && offer->offered)
			cite_closed(pass, remedy, offer->deadline);
		offer->refer = !offer->offered;
		return;
	}
	offer->refer = offer->term->rule.verdict == SVC_REFER;
	if (!satisfied(pass, remedy, say) || stopped(pass))
		return;
	offer->accepted = !offer->refer;
	if (say) {
		cite_rule(pass, &offer->term->rule);
		apply_effects(pass, &offer->term->effects, &offer->term->rule);
	}
}

static bool has_option(const struct pass *pass, enum svc_remedy remedy)
{
	struct pack_list options = section_of(pass)->options;

	for (uint32_t i = 0; i < options.count; i++)
		if (PACK_ITEM(pass->head, options, struct term, i)->effects.remedy == remedy)
			return true;
	return false;
}

/* Repair by the warranty, for packs whose return section does not speak of it. */
static enum svc_remedy repair_by_warranty(struct pass *pass, struct svc_answer *warranty)
{
	if (!warranty_of(pass, warranty))
		return SVC_REMEDY_UNSET;
	if (warranty->verdict == SVC_COVERED)
		return SVC_REPAIR;
	return (warranty->verdict == SVC_EXPIRED || warranty->verdict == SVC_EXCLUDED) &&
			       warranty->remedy != SVC_REMEDY_NONE
		       ? SVC_PAID_REPAIR
		       : SVC_REMEDY_UNSET;
}

static void entitle(struct pass *pass, enum svc_remedy remedy)
{
	struct svc_answer *answer = pass->answer;
	size_t count = answer->entitled_count;

	answer->entitled = list_add(pass->memory, answer->entitled, &answer->entitled_count, sizeof *answer->entitled);
	answer->entitled[count] = remedy;
}

/* A remedy beside the one that is wanted does not make the answer wait for a date: it is left out. */
static void forgive_dates(struct pass *pass)
{
	if (pass->blocked && pass->anchors.count)
		pass->blocked = 0;
}

/* Whether a remedy beside the one that is wanted is open; the rule that opens it is named. */
static bool also_open(struct pass *pass, enum svc_remedy remedy)
{
	struct offer offer;

	if (!has_option(pass, remedy))
		return false;
	consider(pass, remedy, &offer, false);
	forgive_dates(pass);
	if (offer.accepted && !stopped(pass))
		cite_rule(pass, &offer.term->rule);
	return offer.accepted && !stopped(pass);
}

static void list_entitled(struct pass *pass, enum svc_remedy want, bool accepted)
{
	static const enum svc_remedy by_strength[] = {SVC_REFUND, SVC_EXCHANGE, SVC_REPAIR, SVC_PAID_REPAIR};
	struct svc_answer warranty = {0};
	enum svc_remedy repair = SVC_REMEDY_UNSET;

	if (!has_option(pass, SVC_REPAIR) && !has_option(pass, SVC_PAID_REPAIR)) {
		repair = repair_by_warranty(pass, &warranty);
		forgive_dates(pass);
	}
	for (size_t i = 0; i < sizeof by_strength / sizeof *by_strength && !stopped(pass); i++) {
		enum svc_remedy remedy = by_strength[i];
		bool open = remedy == want ? accepted : remedy == repair || also_open(pass, remedy);

		if (open && remedy == repair && warranty.clause_count)
			cite(pass, (pack_ref)(warranty.clauses[0] - (const char *)pass->head));
		if (open)
			entitle(pass, remedy);
	}
}

static void deduct(struct pass *pass, enum svc_remedy want)
{
	struct pack_list rules = section_of(pass)->deductions;
	struct svc_answer *answer = pass->answer;

	for (uint32_t i = 0; i < rules.count && !stopped(pass); i++) {
		const struct deduction *rule = PACK_ITEM(pass->head, rules, struct deduction, i);
		struct svc_deduction line = {.item = pack_text(pass->head, rule->item), .amount = SVC_MONEY_NONE};
		enum svc_basis basis = SVC_BASIS_UNSET;
		size_t count = answer->deduction_count;

		if (!bars(rule->bars, 1u << SVC_REFUND, want) || !matches(pass, &rule->rule))
			continue;
		trace_amounts(pass, &rule->rule);
		if (amount_of(pass, rule->amount, NULL, 1, &line.amount, &basis) != AMOUNT_STATED)
			line.amount = SVC_MONEY_NONE;
		trace_amounts(pass, NULL);
		pass->blocked = 0; /* an amount that is not stated stays absent */
		line.rate = rate_of(pass, rule->amount);
		if (line.amount == 0)
			continue;
		answer->deductions = list_add(pass->memory, answer->deductions, &answer->deduction_count, sizeof line);
		answer->deductions[count] = line;
		cite_rule(pass, &rule->rule);
	}
}

/* What the customer asks for, as a remedy. */
static enum svc_remedy wanted(struct pass *pass)
{
	static const struct {
		const char *word;
		enum svc_remedy remedy;
	} wants[] = {{"refund", SVC_REFUND}, {"exchange", SVC_EXCHANGE}, {"repair", SVC_REPAIR}};
	const struct fact_value *want = &pass->values[F_WANT];

	for (size_t i = 0; want->known && i < sizeof wants / sizeof *wants; i++)
		if (want->number == word_find(pass->head, fact_of(pass->head, F_WANT), wants[i].word))
			return wants[i].remedy;
	if (!want->known)
		block(pass, F_WANT, NULL);
	return SVC_REMEDY_UNSET;
}

/* A repair that is wanted, where only the warranty speaks of repairs. */
static void repair_wanted(struct pass *pass, struct offer *offer)
{
	struct svc_answer warranty;
	enum svc_remedy repair = repair_by_warranty(pass, &warranty);

	if (stopped(pass))
		return;
	*offer = (struct offer){.accepted = repair == SVC_REPAIR,
				.refer = !warranty.verdict || warranty.verdict == SVC_REFER,
				.deadline = warranty.has_days_left ? warranty.ends : SVC_DATE_NONE};
	pass->answer->clauses = warranty.clauses;
	pass->answer->clause_count = warranty.clause_count;
}

void decide_return(struct pass *pass)
{
	enum svc_remedy want = wanted(pass);
	struct svc_answer *answer = pass->answer;
	struct offer offer = {.deadline = SVC_DATE_NONE};

	if (stopped(pass))
		return;
	if (want == SVC_REPAIR && !has_option(pass, SVC_REPAIR))
		repair_wanted(pass, &offer);
	else
		consider(pass, want, &offer, true);
	if (stopped(pass))
		return;
	answer->verdict = offer.refer ? SVC_REFER : offer.accepted ? SVC_ACCEPTED : SVC_REFUSED_VERDICT;
	answer->remedy = offer.accepted ? want : SVC_REMEDY_UNSET;
	answer->deadline = offer.deadline;
	trace_beside(pass, true);
	list_entitled(pass, want, offer.accepted);
	trace_beside(pass, false);
	if (offer.accepted) {
		deduct(pass, want);
		fill_freight(pass);
	}
	if (stopped(pass))
		return;
	if (offer.last)
		note_rest(pass, offer.last, offer.deadline);
	note_rules(pass, section_of(pass)->notes);
}
