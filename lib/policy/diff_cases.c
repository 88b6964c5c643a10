/* A case for each change: of all boundary cases on which the two packs differ, the one that lies nearest to the changed rule. */
#include "diff.h"

#include "base/error.h"
#include "decide.h"
#include "facts.h"
#include "facts_tree.h"
#include "svc/prove.h"

#include <stdlib.h>
#include <string.h>

#define VARIATIONS_MAX 6000

/* How well a case belongs to a change; 0: not at all. One that both packs decide is better than any other, and best is one in which
   the verdict turns. */
enum { CITED = 1, AT_CLAUSE, AT_LINE, TURNED = 3, DECIDED = 6, BEST = AT_LINE + TURNED + DECIDED };

struct looking {
	struct diff *diff;
	int side; /* whose boundary cases they are */
	struct svc_answer answers[2];
	long variations; /* of boundary cases that may still be tried */
	struct svc_error *err;
};

/* ---- the same case in the other pack ---- */

/* What the other pack has no name for is not told to it, nor a value that it refuses. */
static void tell_other(struct svc_facts *facts, const char *json)
{
	struct node *map = NULL;

	if (json_read(&map, &facts->memory, json, strlen(json), "", 1, NULL) || map->kind != NODE_MAP)
		return;
	for (size_t i = 0; i < map->count; i++) {
		uint16_t place = fact_find(facts->policy->head, map->keys[i]->text, NULL);

		if (place)
			node_put(facts, &facts->memory, place, map->items[i], NULL);
	}
}

static int facts_of(const struct svc_policy *policy, const char *facts, const char *settings, struct svc_facts **out,
		    struct svc_error *err)
{
	int status = svc_facts_new(out, policy, err);

	if (!status)
		tell_other(*out, settings);
	if (!status)
		tell_other(*out, facts);
	return status;
}

/* Both answers of a case. False: one of them is none, as where two rules match at once. */
static bool ask_both(struct looking *looking, const struct svc_probe *probe, const struct svc_facts *other)
{
	const struct diff *diff = looking->diff;
	const struct svc_facts *facts[2] = {looking->side ? other : probe->facts, looking->side ? probe->facts : other};

	return !svc_ask(diff->old, probe->ask, facts[0], false, &looking->answers[0], NULL) &&
	       !svc_ask(diff->new, probe->ask, facts[1], false, &looking->answers[1], NULL);
}

/* ---- which changes a case shows ---- */

static bool cites(const struct svc_answer *answer, const char *clause)
{
	for (size_t i = 0; i < answer->clause_count; i++)
		if (!strcmp(answer->clauses[i], clause))
			return true;
	return false;
}

static int rank_of_rule(const struct looking *looking, const struct svc_probe *probe,
			const struct svc_policy_rule *const rules[2])
{
	const struct svc_policy_rule *own = rules[looking->side];
	int rank = 0;

	for (int side = 0; side < 2; side++)
		if (rules[side] && *rules[side]->clause && cites(&looking->answers[side], rules[side]->clause))
			rank = CITED;
	if (own && rank && !strcmp(own->clause, probe->clause))
		rank = own->line == probe->line ? AT_LINE : AT_CLAUSE;
	return rank;
}

/* A name shows in the answers of the rules that speak of it. */
static bool speaks_of(const struct svc_policy_rule *rule, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = strstr(rule->tree, name); at; at = strstr(at + 1, name))
		if (at > rule->tree && at[-1] == '"' && at[length] == '"')
			return true;
	return false;
}

static int rank_of_name(const struct looking *looking, const struct svc_policy_change *change)
{
	const char *name = change->new_name ? change->new_name->name : change->old_name->name;
	const struct diff *diff = looking->diff;

	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < diff->rule_counts[side]; i++)
			if (cites(&looking->answers[side], diff->rules[side][i].clause) &&
			    speaks_of(&diff->rules[side][i], name))
				return CITED;
	return 0;
}

static bool decided(const struct svc_answer *answer)
{
	return answer->verdict != SVC_VERDICT_INCOMPLETE;
}

static int rank_of(const struct looking *looking, const struct svc_probe *probe, const struct svc_policy_change *change)
{
	const struct svc_policy_rule *const rules[2] = {change->old_rule, change->new_rule};
	int rank;

	if (change->kind == SVC_CHANGE_WORDING)
		return 0;
	rank = rules[0] || rules[1] ? rank_of_rule(looking, probe, rules) : rank_of_name(looking, change);
	if (!rank)
		return 0;
	if (decided(&looking->answers[0]) && decided(&looking->answers[1]))
		rank += DECIDED;
	return looking->answers[0].verdict != looking->answers[1].verdict ? rank + TURNED : rank;
}

static void keep_case(struct looking *looking, struct found_change *found, int rank, const struct svc_probe *probe,
		      const char *facts, const char *settings)
{
	struct arena *memory = looking->diff->memory;

	found->rank = rank;
	found->shown.ask = probe->ask;
	found->shown.facts = arena_strdup(memory, facts);
	found->shown.settings = arena_strdup(memory, settings);
	found->shown.edge = arena_strdup(memory, probe->edge ? probe->edge : "");
}

static void offer(struct looking *looking, const struct svc_probe *probe, const char *facts, const char *settings)
{
	for (size_t i = 0; i < looking->diff->count; i++) {
		struct found_change *found = &looking->diff->changes[i];
		int rank = found->rank < BEST ? rank_of(looking, probe, &found->change) : 0;

		if (rank > found->rank)
			keep_case(looking, found, rank, probe, facts, settings);
	}
}

static const struct svc_policy *own_pack(const struct looking *looking)
{
	return looking->side ? looking->diff->new : looking->diff->old;
}

static const struct svc_policy *other_pack(const struct looking *looking)
{
	return looking->side ? looking->diff->old : looking->diff->new;
}

/* Asks both packs, and offers the case to the changes when the answers differ. */
static int try_case(struct looking *looking, const struct svc_probe *probe, bool *differs)
{
	char *facts = svc_facts_json(probe->facts, false), *settings = svc_facts_json(probe->facts, true);
	struct svc_facts *other = NULL;
	int status = facts_of(other_pack(looking), facts, settings, &other, looking->err);

	*differs = !status && ask_both(looking, probe, other) &&
		   !answer_same(&looking->answers[0], &looking->answers[1]);
	if (*differs)
		offer(looking, probe, facts, settings);
	svc_facts_free(other);
	free(facts);
	free(settings);
	return status;
}

static int see_probe(void *context, const struct svc_probe *probe)
{
	struct looking *looking = context;
	bool differs;
	int status = try_case(looking, probe, &differs);

	looking->diff->counts->cases++;
	looking->diff->counts->differ += differs;
	return status;
}

/* ---- one step beside the boundary ---- */

/* A rule that changed, and no boundary case of it comes out otherwise: another rule may stand before it there. */
static bool still_wanted(const struct looking *looking, const struct svc_probe *probe)
{
	for (size_t i = 0; i < looking->diff->count; i++) {
		const struct found_change *found = &looking->diff->changes[i];
		const struct svc_policy_rule *rule = looking->side ? found->change.new_rule : found->change.old_rule;

		if (!found->rank && found->change.kind != SVC_CHANGE_WORDING && rule &&
		    !strcmp(rule->clause, probe->clause))
			return true;
	}
	return false;
}

/* The case with one fact at another value; `value` is not known: without it. */
static int try_with(struct looking *looking, const struct svc_probe *probe, struct svc_facts *facts, uint16_t place,
		    struct fact_value value)
{
	struct svc_probe beside = {.ask = probe->ask, .clause = probe->clause, .line = probe->line};
	struct fact_value kept = facts->values[place];
	struct svc_facts *changed = NULL;
	bool differs;

	facts->values[place] = value;
	char *text = svc_facts_json(facts, false), *settings = svc_facts_json(facts, true);
	int status = facts_of(own_pack(looking), text, settings, &changed, looking->err);
	beside.facts = changed;
	if (!status)
		status = try_case(looking, &beside, &differs);
	svc_facts_free(changed);
	free(text);
	free(settings);
	facts->values[place] = kept;
	looking->variations--;
	return status;
}

static int try_values(struct looking *looking, const struct svc_probe *probe, struct svc_facts *facts, uint16_t place)
{
	const struct pack_head *head = facts->policy->head;
	const struct pack_fact *fact = PACK_ITEM(head, head->facts, struct pack_fact, place);
	const int64_t *trials = pack_at(head, fact->trials.at);
	int status = SVC_OK;

	if (fact->internal || fact_takes_tree(fact) || fact->type == FACT_TEXT)
		return SVC_OK;
	if (facts->values[place].given)
		status = try_with(looking, probe, facts, place, (struct fact_value){0});
	for (uint32_t i = 0; i < fact->trials.count && !status; i++)
		if (fact->type != FACT_WORD || trials[i] != WORD_UNLISTED)
			status = try_with(looking, probe, facts, place,
					  (struct fact_value){.known = true, .given = true, .number = trials[i]});
	return status;
}

static int vary_probe(void *context, const struct svc_probe *probe)
{
	struct looking *looking = context;
	struct svc_facts *facts = NULL;
	int status = SVC_OK;

	if (looking->variations <= 0 || !still_wanted(looking, probe))
		return SVC_OK;
	char *text = svc_facts_json(probe->facts, false), *settings = svc_facts_json(probe->facts, true);
	status = facts_of(own_pack(looking), text, settings, &facts, looking->err);
	for (uint16_t i = 1; !status && i < facts->first_setting && looking->variations > 0; i++)
		if (PACK_ITEM(facts->policy->head, facts->policy->head->facts, struct pack_fact, i)->used)
			status = try_values(looking, probe, facts, i);
	svc_facts_free(facts);
	free(text);
	free(settings);
	return status;
}

/* ---- the answers of the cases that were kept ---- */

static int answer_again(const struct svc_policy *policy, const struct svc_change_case *shown, struct svc_answer *answer,
			struct svc_error *err)
{
	struct svc_facts *facts = NULL;
	int status = facts_of(policy, shown->facts, shown->settings, &facts, err);

	if (!status)
		status = svc_ask(policy, shown->ask, facts, false, answer, err);
	svc_facts_free(facts);
	return status;
}

static int answer_kept(struct diff *diff, struct svc_error *err)
{
	int status = SVC_OK;

	for (size_t i = 0; i < diff->count && !status; i++) {
		struct svc_change_case *shown = &diff->changes[i].shown;

		if (!diff->changes[i].rank)
			continue;
		status = answer_again(diff->old, shown, &shown->old, err);
		if (!status)
			status = answer_again(diff->new, shown, &shown->new, err);
	}
	return status;
}

void diff_release_cases(struct diff *diff)
{
	for (size_t i = 0; i < diff->count; i++) {
		svc_answer_release(&diff->changes[i].shown.old);
		svc_answer_release(&diff->changes[i].shown.new);
	}
}

int diff_cases(struct diff *diff, unsigned asks, struct svc_error *err)
{
	struct looking looking = {.diff = diff, .variations = VARIATIONS_MAX, .err = err};
	unsigned both = 0;
	int status = SVC_OK;

	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		if ((!asks || asks >> ask & 1) && svc_policy_answers(diff->old, (enum svc_ask)ask) &&
		    svc_policy_answers(diff->new, (enum svc_ask)ask))
			both |= 1u << ask;
	for (looking.side = 1; looking.side >= 0 && both && !status; looking.side--)
		status = svc_policy_probes(own_pack(&looking), both, NULL, see_probe, &looking, err);
	for (looking.side = 1; looking.side >= 0 && both && !status; looking.side--)
		status = svc_policy_probes(own_pack(&looking), both, NULL, vary_probe, &looking, err);
	svc_answer_release(&looking.answers[0]);
	svc_answer_release(&looking.answers[1]);
	return status ? status : answer_kept(diff, err);
}
