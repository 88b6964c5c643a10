/* A case for each change: of all that the two packs answer differently, the one that lies nearest to the changed rule. */
#include "diff.h"

#include "base/error.h"
#include "facts.h"
#include "facts_tree.h"
#include "rule_walk.h"
#include "svc/prove.h"

#include <stdlib.h>
#include <string.h>

/* How well a case belongs to a change; 0: not at all. Before all else something that weighs comes out otherwise; then a case is better
   that both packs decide, in which the verdict turns, and which stands at the rule's own edge. */
enum { ALONE = 1, CITED, AT_CLAUSE, AT_LINE, TURNED = 4, DECIDED = 8, WEIGHS = 16 };
enum { BEST = AT_LINE + TURNED + DECIDED + WEIGHS };

/* ---- the same case in both packs ---- */

/* What a pack has no name for is not told to it, nor a value that it refuses. */
static void tell_pack(struct svc_facts *facts, const struct node *map)
{
	for (size_t i = 0; map && i < map->count; i++) {
		uint16_t place = fact_find(facts->policy->head, map->keys[i]->text, NULL);

		if (place)
			node_put(facts, &facts->memory, place, map->items[i], NULL);
	}
}

static int facts_of(const struct svc_policy *policy, const struct node *facts, const struct node *settings,
		    struct svc_facts **out, struct svc_error *err)
{
	int status = svc_facts_new(out, policy, err);

	if (!status)
		tell_pack(*out, settings);
	if (!status)
		tell_pack(*out, facts);
	return status;
}

static const struct node *map_of(const char *json, struct arena *memory)
{
	struct node *map = NULL;

	return json_read(&map, memory, json, strlen(json), "", 1, NULL) ? NULL : map;
}

static const struct svc_policy *pack_at_side(const struct diff *diff, int side)
{
	return side ? diff->new : diff->old;
}

/* ---- which changes a case shows ---- */

static bool cites(const struct svc_answer *answer, const char *clause)
{
	for (size_t i = 0; i < answer->clause_count; i++)
		if (!strcmp(answer->clauses[i], clause))
			return true;
	return false;
}

/* Whether the case belongs to the rule, or to what it stands in. */
static bool own_edge(const struct diff *diff, const struct tried_case *tried, const struct svc_policy_rule *own)
{
	size_t outer = diff_outer(diff, tried->side, (size_t)(own - diff->rules[tried->side]));

	return own->line == tried->line || diff->rules[tried->side][outer].line == tried->line;
}

static int rank_of_rule(const struct looking *looking, const struct tried_case *tried,
			const struct svc_policy_rule *const rules[2])
{
	const struct svc_policy_rule *own = rules[tried->side];
	int rank = 0;

	for (int side = 0; side < 2; side++)
		if (rules[side] && *rules[side]->clause && cites(&looking->answers[side], rules[side]->clause))
			rank = CITED;
	if (own && rank && !strcmp(own->clause, tried->clause))
		rank = own->line == tried->line ? AT_LINE : AT_CLAUSE;
	if (own && !rank && own_edge(looking->diff, tried, own))
		rank = ALONE;
	return rank;
}

bool diff_speaks_of(const struct svc_policy_rule *rule, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = rule ? strstr(rule->tree, name) : NULL; at; at = strstr(at + 1, name))
		if (at > rule->tree && at[-1] == '"' && at[length] == '"')
			return true;
	return false;
}

const char *diff_name_of(const struct found_change *found)
{
	const struct svc_change_name *name = found->change.new_name ? found->change.new_name : found->change.old_name;

	return name ? name->name : NULL;
}

/* A name shows in the answers of the rules that speak of it. */
static int rank_of_name(const struct looking *looking, const char *name)
{
	const struct diff *diff = looking->diff;

	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < diff->rule_counts[side]; i++)
			if (cites(&looking->answers[side], diff->rules[side][i].clause) &&
			    diff_speaks_of(&diff->rules[side][i], name))
				return CITED;
	return 0;
}

static bool both_decided(const struct looking *looking)
{
	return looking->answers[0].verdict != SVC_VERDICT_INCOMPLETE &&
	       looking->answers[1].verdict != SVC_VERDICT_INCOMPLETE;
}

/* Whatever comes out otherwise comes of the only change there is. */
static int rank_of(const struct looking *looking, const struct tried_case *tried, const struct found_change *found,
		   bool weighs)
{
	const struct svc_policy_rule *const rules[2] = {found->change.old_rule, found->change.new_rule};
	const char *name = diff_name_of(found);
	int rank;

	if (found->change.kind == SVC_CHANGE_WORDING)
		return 0;
	rank = name ? rank_of_name(looking, name) : rank_of_rule(looking, tried, rules);
	if (!rank && looking->real == 1)
		rank = ALONE;
	if (!rank)
		return 0;
	if (both_decided(looking))
		rank += DECIDED;
	if (looking->answers[0].verdict != looking->answers[1].verdict)
		rank += TURNED;
	return weighs ? rank + WEIGHS : rank;
}

static const char *keep_json(struct arena *memory, const struct svc_facts *facts, bool settings)
{
	char *json = svc_facts_json(facts, settings);
	const char *kept = arena_strdup(memory, json);

	free(json);
	return kept;
}

static void keep_case(struct looking *looking, struct found_change *found, const struct tried_case *tried,
		      const struct svc_facts *own)
{
	struct arena *memory = looking->diff->memory;

	found->shown.ask = tried->ask;
	found->shown.facts = keep_json(memory, own, false);
	found->shown.settings = keep_json(memory, own, true);
	found->shown.edge = arena_strdup(memory, tried->edge ? tried->edge : "");
}

static void offer(struct looking *looking, const struct tried_case *tried, const struct svc_facts *own, bool weighs)
{
	for (size_t i = 0; i < looking->diff->count; i++) {
		struct found_change *found = &looking->diff->changes[i];
		int rank = found->rank < BEST ? rank_of(looking, tried, found, weighs) : 0;

		if (rank <= found->rank)
			continue;
		found->rank = rank;
		keep_case(looking, found, tried, own);
	}
}

bool diff_wants(const struct found_change *found)
{
	return found->rank < WEIGHS && found->change.kind != SVC_CHANGE_WORDING;
}

/* Both packs must give an answer: where two rules match at once there is none. */
bool diff_try(struct looking *looking, const struct tried_case *tried)
{
	const struct diff *diff = looking->diff;
	struct svc_facts *facts[2] = {NULL, NULL};
	bool asked = true, weighs = false, differs = false;

	for (int side = 0; side < 2 && asked; side++)
		asked = !facts_of(pack_at_side(diff, side), tried->facts, tried->settings, &facts[side], NULL) &&
			!svc_ask(pack_at_side(diff, side), tried->ask, facts[side], false, &looking->answers[side],
				 NULL);
	if (asked) {
		weighs = !answer_same(&looking->answers[0], &looking->answers[1]);
		differs = weighs ||
			  (both_decided(looking) && !answer_same_beside(&looking->answers[0], &looking->answers[1]));
	}
	if (differs)
		offer(looking, tried, facts[tried->side], weighs);
	svc_facts_free(facts[0]);
	svc_facts_free(facts[1]);
	return weighs;
}

/* ---- the boundary cases ---- */

struct side_of {
	struct looking *looking;
	int side;
};

static int see_probe(void *context, const struct svc_probe *probe)
{
	struct side_of *of = context;
	struct looking *looking = of->looking;
	struct arena *memory = looking->diff->memory;
	struct kept_case *kept = growing_add(&looking->kept, sizeof *kept);
	struct tried_case tried = {
		.ask = probe->ask, .side = of->side, .clause = probe->clause, .edge = probe->edge, .line = probe->line};

	kept->tried = tried;
	kept->facts = keep_json(memory, probe->facts, false);
	kept->settings = keep_json(memory, probe->facts, true);
	kept->tried.edge = NULL;
	arena_reset(&looking->scratch);
	tried.facts = map_of(kept->facts, &looking->scratch);
	tried.settings = map_of(kept->settings, &looking->scratch);
	looking->diff->counts->cases++;
	looking->diff->counts->differ += diff_try(looking, &tried);
	return SVC_OK;
}

/* ---- the answers of the cases that were kept ---- */

static int answer_again(const struct svc_policy *policy, const struct svc_change_case *shown, struct svc_answer *answer,
			struct arena *memory, struct svc_error *err)
{
	struct svc_facts *facts = NULL;
	int status = facts_of(policy, map_of(shown->facts, memory), map_of(shown->settings, memory), &facts, err);

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
		status = answer_again(diff->old, shown, &shown->old, diff->memory, err);
		if (!status)
			status = answer_again(diff->new, shown, &shown->new, diff->memory, err);
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

/* ---- the whole ---- */

static bool note_ask(void *context, const struct walked_rule *walked)
{
	const struct side_of *of = context;
	struct diff *diff = of->looking->diff;
	const char *clause = pack_text(walked->policy->head, walked->rule->clause);

	for (size_t i = 0; i < diff->count; i++) {
		const struct svc_policy_change *change = &diff->changes[i].change;
		const struct svc_policy_rule *rule = of->side ? change->new_rule : change->old_rule;

		if (rule && rule->line == (int)walked->rule->line && !strcmp(rule->clause, clause))
			diff->changes[i].asks |= 1U << walked->ask;
	}
	return true;
}

static unsigned asks_of_both(const struct diff *diff, unsigned asks)
{
	unsigned both = 0;

	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		if ((!asks || asks >> ask & 1) && svc_policy_answers(diff->old, (enum svc_ask)ask) &&
		    svc_policy_answers(diff->new, (enum svc_ask)ask))
			both |= 1U << ask;
	return both;
}

int diff_cases(struct diff *diff, unsigned asks, struct svc_error *err)
{
	struct looking looking = {.diff = diff, .err = err};
	struct side_of of = {&looking, 1};
	unsigned both = asks_of_both(diff, asks);
	int status = SVC_OK;

	for (size_t i = 0; i < diff->count; i++)
		looking.real += diff->changes[i].change.kind != SVC_CHANGE_WORDING;
	for (; of.side >= 0 && both && !status; of.side--) {
		rules_walk(pack_at_side(diff, of.side), note_ask, &of);
		status = svc_policy_probes(pack_at_side(diff, of.side), both, NULL, see_probe, &of, err);
	}
	if (!status)
		diff_vary(&looking);
	svc_answer_release(&looking.answers[0]);
	svc_answer_release(&looking.answers[1]);
	growing_release(&looking.kept);
	arena_release(&looking.scratch);
	return status ? status : answer_kept(diff, err);
}
