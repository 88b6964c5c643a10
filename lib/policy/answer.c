/* The answer: its words, its lists, and what rules write into it. */
#include "decide.h"

#include "svc/text.h"

#include <string.h>

static const char *const verdicts[SVC_VERDICT_COUNT] = {
	[SVC_VERDICT_NONE_YET] = "",
	[SVC_COVERED] = "covered",
	[SVC_EXCLUDED] = "excluded",
	[SVC_EXPIRED] = "expired",
	[SVC_NOT_COVERED] = "not_covered",
	[SVC_ACCEPTED] = "accepted",
	[SVC_REFUSED_VERDICT] = "refused",
	[SVC_PRICED] = "priced",
	[SVC_DECIDED] = "decided",
	[SVC_VERDICT_INCOMPLETE] = "incomplete",
	[SVC_REFER] = "refer",
	[SVC_ALLOWED] = "allowed",
	[SVC_FEASIBLE] = "feasible",
	[SVC_INFEASIBLE] = "infeasible",
	[SVC_MET] = "met",
	[SVC_MISSED] = "missed",
	[SVC_RUNNING] = "running",
	[SVC_BREACHED] = "breached",
	[SVC_PLANNED] = "planned",
	[SVC_DUE] = "due",
	[SVC_OVERDUE] = "overdue",
	[SVC_WAITING] = "waiting",
	[SVC_EXHAUSTED] = "exhausted",
	[SVC_NOTHING] = "none",
	[SVC_CONFIRMED] = "confirmed",
	[SVC_REMIND] = "remind",
	[SVC_LATE] = "late",
	[SVC_CANCELLED] = "cancelled",
	[SVC_IN_FORCE] = "in_force",
	[SVC_EXPIRING] = "expiring",
	[SVC_GOOD] = "good",
	[SVC_FINED] = "fined",
	[SVC_SUSPENDED] = "suspended",
	[SVC_DISMISSED] = "dismissed",
	[SVC_LISTED] = "listed",
	[SVC_COMPLETE] = "complete",
	[SVC_BLOCKED] = "blocked",
	[SVC_READY] = "ready",
	[SVC_OPEN] = "open",
	[SVC_DONE] = "done",
	[SVC_SATISFIED] = "satisfied",
	[SVC_UNSATISFIED] = "unsatisfied",
	[SVC_ESCALATE] = "escalate",
	[SVC_CLOSED] = "closed",
};
static const char *const remedies[] = {"",       "refund",    "replace",     "exchange", "recall",
				       "repair", "refurbish", "paid_repair", "none"};
static const char *const bases[] = {"", "free", "cost", "charge", "list", "card", "cap", "quote"};
static const char *const payers[] = {"", "company", "customer"};
static const char *const differences[] = {"", "none", "customer_pays", "both_ways"};

const char *svc_verdict_id(enum svc_verdict verdict)
{
	return verdicts[verdict];
}

const char *svc_remedy_id(enum svc_remedy remedy)
{
	return remedies[remedy];
}

const char *svc_basis_id(enum svc_basis basis)
{
	return bases[basis];
}

const char *svc_payer_id(enum svc_payer payer)
{
	return payers[payer];
}

const char *svc_difference_id(enum svc_difference difference)
{
	return differences[difference];
}

int svc_verdict_exit(enum svc_verdict verdict)
{
	switch (verdict) {
	case SVC_VERDICT_INCOMPLETE:
	case SVC_REFER:
	case SVC_VERDICT_NONE_YET:
		return SVC_INCOMPLETE;
	case SVC_EXCLUDED:
	case SVC_EXPIRED:
	case SVC_NOT_COVERED:
	case SVC_REFUSED_VERDICT:
	case SVC_INFEASIBLE:
	case SVC_MISSED:
	case SVC_BREACHED:
	case SVC_OVERDUE:
	case SVC_LATE:
	case SVC_CANCELLED:
	case SVC_FINED:
	case SVC_SUSPENDED:
	case SVC_DISMISSED:
	case SVC_BLOCKED:
	case SVC_UNSATISFIED:
	case SVC_ESCALATE:
		return SVC_NO;
	default:
		return SVC_OK;
	}
}

void *list_add(struct arena *memory, void *items, size_t *count, size_t size)
{
	size_t have = *count;
	void *grown = items;

	if ((have & (have - 1)) == 0) { /* full at 0, 1, 2, 4, 8, ... */
		grown = arena_alloc(memory, (have ? 2 * have : 1) * size);
		if (have)
			memcpy(grown, items, have * size);
	}
	*count = have + 1;
	return grown;
}

static void put_text(struct pass *pass, const char *text, const char ***list, size_t *count)
{
	size_t at = *count;

	*list = list_add(pass->memory, *list, count, sizeof **list);
	(*list)[at] = text;
}

void add_text(struct pass *pass, const char *text, const char ***list, size_t *count)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp((*list)[i], text))
			return;
	put_text(pass, text, list, count);
}

/* A pack holds each text once, so the same clause stands at the same place. */
void cite(struct pass *pass, pack_ref clause)
{
	struct svc_answer *answer = pass->answer;
	const char *text = pack_text(pass->head, clause);

	for (size_t i = 0; i < answer->clause_count; i++)
		if (answer->clauses[i] == text)
			return;
	put_text(pass, text, &answer->clauses, &answer->clause_count);
}

void cite_rule(struct pass *pass, const struct rule *rule)
{
	bool peeking = pass->peek;

	cite(pass, rule->clause);
	pass->peek = true; /* a clause beside the rule's own is named when it is known to speak, and holds nothing up */
	for (uint32_t i = 0; i < rule->also.count; i++) {
		const struct also *also = PACK_ITEM(pass->head, rule->also, struct also, i);
		struct rule beside = {.clause = also->clause, .when = also->when};

		if (matches(pass, &beside))
			cite(pass, also->clause);
	}
	pass->peek = peeking;
}

void require_name(struct pass *pass, const char *name)
{
	add_text(pass, name, &pass->answer->requires, &pass->answer->require_count);
}

const char *clause_text(const struct pack_head *head, const char *clause)
{
	uint32_t low = 0, high = head->clauses.count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct pack_clause *entry = PACK_ITEM(head, head->clauses, struct pack_clause, middle);
		int order = strcmp(clause, pack_text(head, entry->id));

		if (!order && svc_language() == SVC_LANG_ZH && entry->text_zh)
			return pack_text(head, entry->text_zh);
		if (!order)
			return pack_text(head, entry->text_en ? entry->text_en : entry->text_zh);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return "";
}

void note_rules(struct pass *pass, struct pack_list notes)
{
	struct svc_answer *answer = pass->answer;

	pass->peek = true;
	for (uint32_t i = 0; i < notes.count; i++) {
		const struct effect_rule *note = PACK_ITEM(pass->head, notes, struct effect_rule, i);
		const char *clause = pack_text(pass->head, note->rule.clause), *text;

		if (!matches(pass, &note->rule))
			continue;
		cite_rule(pass, &note->rule);
		text = clause_text(pass->head, clause);
		add_text(pass, *text ? text : clause, &answer->notes, &answer->note_count);
	}
	pass->peek = false;
}

bool choice_known(struct pass *pass, struct choice choice)
{
	return !choice.setting || value_of(pass, choice.setting)->known;
}

/* The number that a table of ids gives to what a rule or its setting chose. */
static unsigned chosen(struct pass *pass, struct choice choice, const char *const *ids, unsigned count)
{
	const struct pack_fact *fact;
	int64_t word;

	if (!choice.setting)
		return choice.value;
	fact = fact_of(pass->head, choice.setting);
	word = value_of(pass, choice.setting)->number;
	for (unsigned i = 1; word >= 0 && i < count; i++)
		if (!strcmp(ids[i],
			    pack_text(pass->head, PACK_ITEM(pass->head, fact->words, struct pack_word, word)->id)))
			return i;
	return 0;
}

enum svc_payer chosen_payer(struct pass *pass, struct choice choice)
{
	return chosen(pass, choice, payers, sizeof payers / sizeof *payers);
}

enum svc_basis chosen_basis(struct pass *pass, struct choice choice)
{
	return chosen(pass, choice, bases, sizeof bases / sizeof *bases);
}

void apply_effects(struct pass *pass, const struct effects *effects, const struct rule *rule)
{
	struct svc_answer *answer = pass->answer;
	const struct choice choices[] = {effects->labor, effects->parts, effects->travel, effects->freight_in,
					 effects->freight_out};

	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		if (!choice_known(pass, choices[i]) && !pass->peek) {
			block(pass, choices[i].setting, rule);
			return;
		}
	if (effects->remedy)
		answer->remedy = (enum svc_remedy)effects->remedy;
	answer->labor = chosen_basis(pass, effects->labor);
	answer->travel = chosen_basis(pass, effects->travel);
	answer->parts = chosen_basis(pass, effects->parts);
	answer->freight_in = chosen_payer(pass, effects->freight_in);
	answer->freight_out = chosen_payer(pass, effects->freight_out);
	answer->price_difference = (enum svc_difference)effects->price_difference;
	if (effects->service_class)
		answer->service_class = pack_text(pass->head, effects->service_class);
}

void default_basis(struct svc_answer *answer, enum svc_basis basis)
{
	if (!answer->labor)
		answer->labor = basis;
	if (!answer->parts)
		answer->parts = basis;
}
