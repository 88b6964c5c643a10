/* Which rules the cases of a run exercise. A rule is exercised when an answer cites it, or when its condition comes out true. */
#include "coverage.h"
#include "decide.h"
#include "rule_walk.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct covered {
	struct svc_covered_rule rule; /* its texts live in the coverage's arena */
	bool chosen;
};
/* One pack of the run; another version of it is another pack. */
struct covered_pack {
	char hash[33];
	struct covered *rules; /* in the order of rules_walk */
	size_t count, room;
};
struct svc_coverage {
	struct covered_pack *packs;
	size_t count;
	struct arena memory;
};

struct svc_coverage *svc_coverage_new(void)
{
	return memory_get(sizeof(struct svc_coverage));
}

void svc_coverage_free(struct svc_coverage *coverage)
{
	if (!coverage)
		return;
	for (size_t i = 0; i < coverage->count; i++)
		free(coverage->packs[i].rules);
	free(coverage->packs);
	arena_release(&coverage->memory);
	free(coverage);
}

bool list_names(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
		if (!strncmp(at, word, length) && (at[length] == ',' || !at[length]))
			return true;
	return !list;
}

/* ---- the rules of a pack ---- */

struct listing {
	struct svc_coverage *coverage;
	struct covered_pack *pack;
	const char *asks;
};

/* What a rule says, among the sentences of the pack: the one of its clause on its line. */
static const struct pack_sentence *sentence_of(const struct pack_head *head, const struct rule *rule)
{
	const char *clause = pack_text(head, rule->clause);

	for (uint32_t i = 0; i < head->sentences.count; i++) {
		const struct pack_sentence *sentence = PACK_ITEM(head, head->sentences, struct pack_sentence, i);

		if (sentence->line == rule->line && !strcmp(pack_text(head, sentence->clause), clause))
			return sentence;
	}
	return NULL;
}

static bool list_rule(void *context, const struct walked_rule *walked)
{
	struct listing *listing = context;
	struct covered_pack *pack = listing->pack;
	struct arena *memory = &listing->coverage->memory;
	const struct pack_head *head = walked->policy->head;
	const struct pack_sentence *sentence = sentence_of(head, walked->rule);
	const char *file = svc_policy_file(walked->policy);
	bool silent = !walked->rule->clause && !walked->rule->when; /* nothing could show that it was used */
	struct covered one = {.chosen = !silent && list_names(listing->asks, svc_ask_name(walked->ask))};

	if (sentence && sentence->file)
		file = pack_text(head, sentence->file);
	one.rule = (struct svc_covered_rule){
		.policy = arena_strdup(memory, svc_policy_id(walked->policy)),
		.file = arena_strdup(memory, file ? file : ""),
		.clause = arena_strdup(memory, pack_text(head, walked->rule->clause)),
		.section = arena_strdup(memory, sentence ? pack_text(head, sentence->section) : ""),
		.rule = arena_strdup(memory, sentence ? pack_text(head, sentence->text) : ""),
		.ask = walked->ask,
		.line = (int)walked->rule->line};
	if (pack->count == pack->room) {
		pack->room = pack->room ? 2 * pack->room : 64;
		pack->rules = memory_grow(pack->rules, pack->room, sizeof *pack->rules);
	}
	pack->rules[pack->count++] = one;
	return true;
}

static struct covered_pack *pack_of(struct svc_coverage *coverage, const struct svc_policy *policy, const char *asks)
{
	struct listing listing = {.coverage = coverage, .asks = asks};

	for (size_t i = 0; i < coverage->count; i++)
		if (!strcmp(coverage->packs[i].hash, policy->hash))
			return &coverage->packs[i];
	coverage->packs = memory_grow(coverage->packs, coverage->count + 1, sizeof *coverage->packs);
	listing.pack = &coverage->packs[coverage->count++];
	*listing.pack = (struct covered_pack){0};
	memcpy(listing.pack->hash, policy->hash, sizeof listing.pack->hash);
	rules_walk(policy, list_rule, &listing);
	return listing.pack;
}

/* ---- one case ---- */

struct noting {
	struct covered_pack *pack;
	struct pass *pass;
	const struct svc_answer *answer;
	size_t at;
};

static bool cites(const struct svc_answer *answer, const char *clause)
{
	for (size_t i = 0; i < answer->clause_count; i++)
		if (!strcmp(answer->clauses[i], clause))
			return true;
	for (size_t i = 0; i < answer->window_count; i++)
		if (!strcmp(answer->windows[i].clause, clause))
			return true;
	return false;
}

/* Whether a list of the answer has a row of the rule's own name: a contact, a task, a step, a field. */
static bool has_row(const struct pack_head *head, const struct svc_answer *answer, const struct walked_rule *rule)
{
	const struct entry *entry = (const struct entry *)rule->rule;

	if ((rule->kind != RULE_ENTRY && rule->kind != RULE_INNER) || !entry->id)
		return false;
	for (size_t i = 0; i < answer->row_count; i++)
		if (answer->rows[i].id && !strcmp(answer->rows[i].id, pack_text(head, entry->id)))
			return true;
	return false;
}

static bool holds_word(struct noting *noting, uint16_t fact, struct pack_list words)
{
	const struct fact_value *value = &noting->pass->values[fact];

	for (uint32_t i = 0; i < words.count && value->known; i++)
		if (*PACK_ITEM(noting->pass->head, words, uint16_t, i) == value->number)
			return true;
	return !words.count || !value->known;
}

/* Whether the entry speaks of the stage, task, event or form that the case asks for. */
static bool is_asked_for(struct noting *noting, const struct walked_rule *rule)
{
	uint16_t group = rule->entry ? group_fact_of(rule->list) : 0;

	return !rule->entry || ((!group || holds_word(noting, group, rule->entry->groups)) &&
				holds_word(noting, F_STAGE, rule->entry->from));
}

static enum truth truth_of(struct noting *noting, pack_ref when)
{
	struct pass *pass = noting->pass;
	enum truth holds;

	pass->blocked = 0;
	holds = condition(pass, when);
	return pass->fault ? UNKNOWN : holds;
}

static bool note_rule(void *context, const struct walked_rule *rule)
{
	struct noting *noting = context;
	const struct pack_head *head = noting->pass->head;
	struct covered *covered = &noting->pack->rules[noting->at++];
	enum truth holds;

	if (rule->ask != noting->answer->ask || !is_asked_for(noting, rule))
		return true;
	holds = truth_of(noting, rule->rule->when);
	if (holds == NO)
		return true;
	if ((holds == YES && rule->rule->when) || cites(noting->answer, pack_text(head, rule->rule->clause)) ||
	    has_row(head, noting->answer, rule))
		covered->rule.cases++;
	return true;
}

void coverage_note(struct svc_coverage *coverage, const struct svc_facts *facts, const struct svc_answer *answer,
		   const char *asks)
{
	const struct svc_policy *policy = facts->policy;
	struct arena memory = {0};
	struct svc_answer other;
	struct pass pass = {
		.policy = policy, .head = policy->head, .values = facts->values, .answer = &other, .memory = &memory};
	struct noting noting = {.pack = pack_of(coverage, policy, asks), .pass = &pass, .answer = answer};

	answer_empty(&other, answer->ask);
	rules_walk(policy, note_rule, &noting);
	arena_release(&memory);
}

bool coverage_of(struct svc_coverage *coverage, const struct svc_policy *policy, size_t place, size_t *cases)
{
	const struct covered *one = &pack_of(coverage, policy, NULL)->rules[place];

	*cases = one->rule.cases;
	return one->chosen;
}

int svc_coverage_rules(const struct svc_coverage *coverage, svc_covered_seen seen, void *context)
{
	int status = 0;

	for (size_t i = 0; i < coverage->count && !status; i++)
		for (size_t r = 0; r < coverage->packs[i].count && !status; r++)
			if (coverage->packs[i].rules[r].chosen)
				status = seen(context, &coverage->packs[i].rules[r].rule);
	return status;
}
