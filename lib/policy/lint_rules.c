/* The rules of one list against each other: dead, shadowed, overlapping, said twice, in vain, and the cases that none answers. */
#include "lint.h"

#include "base/error.h"

#include <string.h>

#define DEMANDS_MAX 256
#define REJECTED_MAX 24 /* cases that did not show it when they were asked */

/* One search, and what it is about. */
struct inquiry {
	struct lint *lint;
	const struct proved_list *list;
	const struct proved *rule;
	struct demand demands[DEMANDS_MAX];
	size_t count;
	bool (*shows)(const struct inquiry *inquiry, const struct lint_case *one);
	int rejected;
	bool listed, free_ask;
};

static const struct proved *rule_at(const struct proved_list *list, size_t i)
{
	return (const struct proved *)list->rules.items + i;
}

static void demand(struct inquiry *inquiry, pack_ref when, bool holds)
{
	if (inquiry->count < DEMANDS_MAX && (when || !holds))
		inquiry->demands[inquiry->count++] = (struct demand){when, holds};
}

static void demand_rule(struct inquiry *inquiry, const struct proved *rule, bool holds)
{
	demand(inquiry, rule->rule->when, holds);
	if (rule->outer)
		demand(inquiry, rule->outer, holds);
}

static bool meet(const struct proved *a, const struct proved *b)
{
	return (!a->key || !b->key || a->key == b->key) && (!a->stage || !b->stage || a->stage == b->stage);
}

static bool accept(void *context, const struct fact_value *values)
{
	struct inquiry *inquiry = context;
	struct lint_case one;
	bool shown;

	if (inquiry->rejected >= REJECTED_MAX)
		return false;
	case_ask(inquiry->lint, inquiry->list, inquiry->rule, inquiry->list->ask, values, &one);
	shown = inquiry->shows(inquiry, &one);
	inquiry->rejected += !shown;
	case_release(&one);
	return shown;
}

static enum witness_found search(struct inquiry *inquiry)
{
	const struct proved_list *list = inquiry->list;
	struct wanted wanted = {.demands = inquiry->demands,
				.count = inquiry->count,
				.listed = inquiry->listed,
				.accept = inquiry->shows ? accept : NULL,
				.context = inquiry};
	size_t fixed = 0;

	if (!inquiry->free_ask)
		wanted.fixed[fixed++] = (struct fixed){
			F_ASK,
			word_find(inquiry->lint->head, fact_of(inquiry->lint->head, F_ASK), svc_ask_name(list->ask))};
	if (list->group && list->group != F_ITEMS && inquiry->rule->key)
		wanted.fixed[fixed++] = (struct fixed){list->group, inquiry->rule->key - 1};
	if (list->stage && inquiry->rule->stage)
		wanted.fixed[fixed++] = (struct fixed){list->stage, inquiry->rule->stage - 1};
	return witness_search(inquiry->lint->witness, &wanted);
}

static struct inquiry inquire(struct lint *lint, const struct proved_list *list, const struct proved *rule)
{
	return (struct inquiry){.lint = lint, .list = list, .rule = rule};
}

/* The case of the last search that found something. */
static void case_found(struct lint *lint, const struct proved_list *list, const struct proved *rule,
		       struct lint_case *one)
{
	const struct fact_value *values = witness_values(lint->witness);
	enum svc_ask ask = list->ask;

	for (int other = 0; values[F_ASK].known && other < SVC_ASK_COUNT; other++)
		if (word_find(lint->head, fact_of(lint->head, F_ASK), svc_ask_name((enum svc_ask)other)) ==
			    values[F_ASK].number &&
		    svc_policy_answers(lint->policy, (enum svc_ask)other))
			ask = (enum svc_ask)other;
	case_ask(lint, list, rule, ask, values, one);
}

/* ---- one rule alone ---- */

/* As much of a condition as can hold at once. */
static void nearly(struct lint *lint, const struct proved_list *list, const struct proved *rule, struct lint_case *one)
{
	struct inquiry inquiry = inquire(lint, list, rule);
	const struct cond *cond = pack_at(lint->head, rule->rule->when);
	const pack_ref *kid = cond ? pack_at(lint->head, cond->kids.at) : NULL;

	inquiry.free_ask = true;
	demand(&inquiry, rule->outer, true);
	for (uint32_t i = 0; cond && cond->op == COND_ALL && i < cond->kids.count; i++) {
		demand(&inquiry, kid[i], true);
		if (search(&inquiry) != WITNESS_SOME)
			inquiry.count--;
	}
	search(&inquiry);
	case_found(lint, list, rule, one);
}

static bool dead(struct lint *lint, const struct proved_list *list, const struct proved *rule)
{
	struct inquiry inquiry = inquire(lint, list, rule);
	struct lint_case one;

	inquiry.free_ask = true;
	demand_rule(&inquiry, rule, true);
	if (search(&inquiry) != WITNESS_NONE)
		return false;
	nearly(lint, list, rule, &one);
	find(lint, "dead", rule->rule, &one, "%s", _("the condition of the rule can never hold"));
	case_release(&one);
	return true;
}

/* Clauses that the rule names beside its own, in cases that there are none of. */
static void dead_beside(struct lint *lint, const struct proved_list *list, const struct proved *rule)
{
	for (uint32_t i = 0; i < rule->rule->also.count; i++) {
		const struct also *also = PACK_ITEM(lint->head, rule->rule->also, struct also, i);
		struct inquiry inquiry = inquire(lint, list, rule);
		struct lint_case one;

		inquiry.free_ask = true;
		demand_rule(&inquiry, rule, true);
		demand(&inquiry, also->when, true);
		if (!also->when || search(&inquiry) != WITNESS_NONE)
			continue;
		inquiry.count--;
		search(&inquiry);
		case_found(lint, list, rule, &one);
		find(lint, "dead", rule->rule, &one, _("clause %s is named beside it in a case that there is none of"),
		     pack_text(lint->head, also->clause));
		case_release(&one);
	}
}

/* What a requirement asks can never be, or is always so. */
static void needs(struct lint *lint, const struct proved_list *list, const struct proved *rule)
{
	for (int met = 1; met >= 0; met--) {
		struct inquiry inquiry = inquire(lint, list, rule);
		struct lint_case one;

		inquiry.free_ask = true;
		demand_rule(&inquiry, rule, true);
		demand(&inquiry, rule->needs, met);
		if (search(&inquiry) != WITNESS_NONE)
			continue;
		inquiry.count--;
		search(&inquiry);
		case_found(lint, list, rule, &one);
		find(lint, met ? "never_met" : "always_met", rule->rule, &one, "%s",
		     met ? _("what the rule needs can never be so where it applies")
			 : _("what the rule needs is always so where it applies"));
		case_release(&one);
	}
}

/* ---- a rule and those before it ---- */

static void shadowed(struct lint *lint, const struct proved_list *list, size_t i)
{
	const struct proved *rule = rule_at(list, i), *before = NULL;
	struct inquiry inquiry = inquire(lint, list, rule);
	struct lint_case one;

	inquiry.free_ask = true;
	demand_rule(&inquiry, rule, true);
	for (size_t j = 0; j < i; j++)
		if (rule_at(list, j)->rule != rule->rule && meet(rule_at(list, j), rule) &&
		    (rule_at(list, j)->key == rule->key || !rule_at(list, j)->key) &&
		    (rule_at(list, j)->stage == rule->stage || !rule_at(list, j)->stage)) {
			before = rule_at(list, j);
			demand(&inquiry, before->rule->when, false);
		}
	if (!before || search(&inquiry) != WITNESS_NONE)
		return;
	inquiry.count = 0;
	demand_rule(&inquiry, rule, true);
	search(&inquiry);
	case_found(lint, list, rule, &one);
	find(lint, "shadowed", rule->rule, &one, "%s",
	     _("the rule is never reached: one before it holds in each of its cases"));
	case_release(&one);
}

/* ---- two rules ---- */

static bool shows_both(const struct inquiry *inquiry, const struct lint_case *one)
{
	(void)inquiry;
	return one->status == SVC_BAD_INPUT;
}

static void overlap(struct lint *lint, const struct proved_list *list, const struct proved *a, const struct proved *b)
{
	struct inquiry inquiry = inquire(lint, list, a->key ? a : b);
	struct lint_case one;

	demand_rule(&inquiry, a, true);
	demand_rule(&inquiry, b, true);
	inquiry.shows = shows_both;
	if (search(&inquiry) != WITNESS_SOME)
		return;
	case_found(lint, list, inquiry.rule, &one);
	find(lint, "overlap", b->rule, &one, _("rules %s (line %u) and %s both hold, and the section has no order"),
	     pack_text(lint->head, a->rule->clause), a->rule->line, pack_text(lint->head, b->rule->clause));
	case_release(&one);
}

static bool implies(struct lint *lint, const struct proved_list *list, const struct proved *a, const struct proved *b)
{
	struct inquiry inquiry = inquire(lint, list, a);

	inquiry.free_ask = true;
	if (!b->rule->when)
		return true;
	demand(&inquiry, a->rule->when, true);
	demand(&inquiry, b->rule->when, false);
	return search(&inquiry) == WITNESS_NONE;
}

static void hold_one(struct lint *lint, const struct proved_list *list, const struct proved *rule,
		     struct lint_case *one)
{
	struct inquiry inquiry = inquire(lint, list, rule);

	inquiry.free_ask = true;
	demand_rule(&inquiry, rule, true);
	search(&inquiry);
	case_found(lint, list, rule, one);
}

/* Two rules of one clause that say the same of the same cases. */
static void same(struct lint *lint, const struct proved_list *list, const struct proved *a, const struct proved *b)
{
	struct lint_case one;

	if (a->rule->clause != b->rule->clause || a->means != b->means || a->outer != b->outer ||
	    a->rule->line == b->rule->line || !implies(lint, list, a, b) || !implies(lint, list, b, a))
		return;
	hold_one(lint, list, b, &one);
	find(lint, "same", b->rule, &one, _("line %u has a rule of this clause with the same condition"),
	     a->rule->line);
	case_release(&one);
}

/* ---- windows ---- */

/* Whether one length of time is never longer than another. */
static bool no_longer(struct duration a, struct duration b)
{
	int64_t left = a.unit == UNIT_YEAR ? 12 * (int64_t)a.count : a.count;
	int64_t right = b.unit == UNIT_YEAR ? 12 * (int64_t)b.count : b.count;
	bool months = (a.unit == UNIT_YEAR || a.unit == UNIT_MONTH) && (b.unit == UNIT_YEAR || b.unit == UNIT_MONTH);

	return b.unit == UNIT_LIFETIME || ((months || a.unit == b.unit) && left <= right);
}

/* A window that another one of the same remedy and start always holds. */
static void within_other(struct lint *lint, const struct proved_list *list, const struct proved *a,
			 const struct proved *b)
{
	const struct term *inner = a->term, *outer = b->term;
	struct effects other = outer->effects;
	struct lint_case one;

	if (inner->effects.remedy != outer->effects.remedy || inner->from != outer->from || inner->until ||
	    outer->until || inner->lasts_setting || outer->lasts_setting || inner->usage.count || outer->usage.count ||
	    inner->rolls > outer->rolls || inner->pauses_repair > outer->pauses_repair ||
	    memcmp(&inner->effects, &other, sizeof other) != 0 || inner->rule.verdict != outer->rule.verdict ||
	    !no_longer(inner->lasts, outer->lasts) || no_longer(outer->lasts, inner->lasts) ||
	    !implies(lint, list, a, b))
		return;
	hold_one(lint, list, a, &one);
	find(lint, "adds_nothing", a->rule, &one,
	     _("the window adds nothing: that of %s (line %u) is longer in each of its cases"),
	     pack_text(lint->head, b->rule->clause), b->rule->line);
	case_release(&one);
}

/* Rules that close a remedy must not hold: those of a list of struct effect_rule that speak of it. */
static void demand_open(struct inquiry *inquiry, struct pack_list rules, uint8_t remedy, bool all)
{
	for (uint32_t i = 0; i < rules.count; i++) {
		const struct effect_rule *rule = PACK_ITEM(inquiry->lint->head, rules, struct effect_rule, i);
		uint16_t bars = rule->bars ? rule->bars : 1u << SVC_REFUND | 1u << SVC_EXCHANGE;

		if (all || bars >> remedy & 1)
			demand(inquiry, rule->rule.when, false);
	}
}

/* A window that is closed in each of its cases, by the exclusions of its section. */
static void excluded(struct lint *lint, const struct proved_list *list, const struct proved *rule)
{
	const struct warranty_section *warranty = pack_at(lint->head, lint->head->sections[SECTION_WARRANTY]);
	const struct returns_section *returns = pack_at(lint->head, lint->head->sections[SECTION_RETURNS]);
	uint8_t remedy = rule->term->effects.remedy;
	struct inquiry inquiry = inquire(lint, list, rule);
	struct lint_case one;

	demand_rule(&inquiry, rule, true);
	if (list->ask == SVC_ASK_WARRANTY) {
		demand_open(&inquiry, warranty->exclusions, remedy, true);
		demand_open(&inquiry, warranty->without, remedy, true);
	} else {
		demand_open(&inquiry, returns->exclusions, remedy, false);
	}
	if (search(&inquiry) != WITNESS_NONE)
		return;
	hold_one(lint, list, rule, &one);
	find(lint, "excluded", rule->rule, &one, "%s", _("the window is excluded in each of its cases"));
	case_release(&one);
}

/* ---- gaps ---- */

static bool verdict_is(const struct inquiry *inquiry, const struct lint_case *one, const char *verdict)
{
	return one->facts->values[F_VERDICT].number ==
	       word_find(inquiry->lint->head, fact_of(inquiry->lint->head, F_VERDICT), verdict);
}

/* Whether the warranty of the pack can come to what the case says of it; what a person decides is no gap. */
static bool can_come(const struct inquiry *inquiry, const struct lint_case *one)
{
	const struct pack_head *head = inquiry->lint->head;
	const struct warranty_section *section = pack_at(head, head->sections[SECTION_WARRANTY]);
	const struct fact_value *values = one->facts->values;
	bool excludes = section && (section->exclusions.count || section->requires.count || section->without.count);

	if (!values[F_VERDICT].given)
		return true;
	if (verdict_is(inquiry, one, "refer") || verdict_is(inquiry, one, "not_covered") ||
	    (verdict_is(inquiry, one, "excluded") && !excludes))
		return false;
	for (uint16_t fact = F_LABOR; fact <= F_PARTS; fact++)
		if (values[fact].given && !verdict_is(inquiry, one, "covered") &&
		    values[fact].number == word_find(head, fact_of(head, fact), "free"))
			return false;
	return true;
}

static bool shows_gap(const struct inquiry *inquiry, const struct lint_case *one)
{
	if (one->status || !can_come(inquiry, one))
		return false;
	if (inquiry->list->ask == SVC_ASK_FEE)
		return one->answer.verdict == SVC_REFER && !one->answer.line_count;
	return (one->answer.verdict == SVC_REFER || one->answer.verdict == SVC_NOTHING) && !one->answer.clause_count;
}

/* What a list says of one fact: the only thing, by a condition that all of a rule needs, or several things. */
struct spoken {
	uint16_t fact;
	pack_ref only; /* 0: several */
};
struct speech {
	struct spoken of[64];
	size_t count;
};

static void speak(struct speech *speech, uint16_t fact, pack_ref cond)
{
	size_t i = 0;

	while (i < speech->count && speech->of[i].fact != fact)
		i++;
	if (i == speech->count && i < sizeof speech->of / sizeof *speech->of)
		speech->of[speech->count++] = (struct spoken){fact, cond};
	else if (i < speech->count && speech->of[i].only != cond)
		speech->of[i].only = 0;
}

static void listen(const struct lint *lint, struct speech *speech, pack_ref when, bool needed)
{
	const struct cond *cond = pack_at(lint->head, when);
	const pack_ref *kid = cond ? pack_at(lint->head, cond->kids.at) : NULL;

	for (uint32_t i = 0; cond && i < cond->kids.count; i++)
		listen(lint, speech, kid[i], needed && cond->op == COND_ALL);
	if (cond && !cond->kids.count)
		speak(speech, cond->fact, needed ? when : 0);
}

/* What all rules of a list speak of in the same words says where the list holds at all. */
static void demand_scope(struct inquiry *inquiry, const struct proved_list *list, const struct proved *rule)
{
	struct speech speech = {.count = 0};

	for (size_t j = 0; j < list->rules.count; j++)
		if (meet(rule_at(list, j), rule))
			listen(inquiry->lint, &speech, rule_at(list, j)->rule->when, true);
	for (size_t i = 0; i < speech.count; i++)
		if (speech.of[i].only && fact_of(inquiry->lint->head, speech.of[i].fact)->type == FACT_WORD)
			demand(inquiry, speech.of[i].only, true);
}

/* The cases of one key that no rule answers. */
static void gap(struct lint *lint, const struct proved_list *list, size_t i)
{
	const struct proved *rule = rule_at(list, i), *last = rule;
	struct inquiry inquiry = inquire(lint, list, rule);
	struct lint_case one;

	for (size_t j = 0; j < i; j++)
		if (rule_at(list, j)->key == rule->key && rule_at(list, j)->stage == rule->stage)
			return; /* looked at with that one */
	for (size_t j = 0; j < list->rules.count; j++)
		if (meet(rule_at(list, j), rule)) {
			demand_rule(&inquiry, rule_at(list, j), false);
			last = rule_at(list, j);
		}
	demand_scope(&inquiry, list, rule);
	inquiry.listed = true;
	inquiry.shows = shows_gap;
	if (search(&inquiry) != WITNESS_SOME)
		return;
	case_found(lint, list, rule, &one);
	find(lint, "gap", last->rule, &one, _("no rule of %s answers this case"), list->name);
	case_release(&one);
}

/* ---- all of a list ---- */

static bool told_already(const struct proved_list *list, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (rule_at(list, j)->rule == rule_at(list, i)->rule)
			return true;
	return false;
}

static void pairs(struct lint *lint, const struct proved_list *list, size_t i)
{
	const struct proved *rule = rule_at(list, i);

	for (size_t j = 0; j < list->rules.count && !lint->status; j++) {
		const struct proved *other = rule_at(list, j);

		if (j == i || other->rule == rule->rule || !meet(other, rule))
			continue;
		if (rule->term && other->term)
			within_other(lint, list, rule, other);
		if (j > i)
			continue;
		same(lint, list, other, rule);
		if (list->together == TOGETHER_ONE ||
		    (list->together == TOGETHER_LIMITS && rule->limits & other->limits))
			overlap(lint, list, other, rule);
	}
}

void lint_rules(struct lint *lint, const struct proved_list *list)
{
	for (size_t i = 0; i < list->rules.count && !lint->status; i++) {
		const struct proved *rule = rule_at(list, i);
		bool first = !told_already(list, i);

		if (first && dead(lint, list, rule))
			continue;
		if (first)
			dead_beside(lint, list, rule);
		if (first && rule->needs)
			needs(lint, list, rule);
		if (list->together == TOGETHER_FIRST)
			shadowed(lint, list, i);
		if (rule->term)
			excluded(lint, list, rule);
		pairs(lint, list, i);
		if (list->gapless && !lint->status)
			gap(lint, list, i);
	}
}
