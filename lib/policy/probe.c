/* Boundary cases of a pack: one for each rule, then one for each of its edges. */
#include "probe.h"

#include "base/error.h"
#include "base/memory.h"

#include "svc/prove.h"

#include <stdlib.h>
#include <string.h>

struct prober {
	struct edges edges; /* first: what `seen` is told of */
	struct maker maker;
	unsigned asks;
	const struct fact_value *blank; /* what every case begins with */
	svc_probe_seen seen;
	void *context;
	int status;
	struct fingerprint *told; /* of the cases that were handed on */
	size_t told_count, told_room;
	struct arena memory;
};

/* ---- each case once ---- */

static bool told_before(struct prober *prober, struct fingerprint print)
{
	for (size_t i = 0; i < prober->told_count; i++)
		if (!memcmp(&prober->told[i], &print, sizeof print))
			return true;
	if (prober->told_count == prober->told_room) {
		prober->told_room = prober->told_room ? 2 * prober->told_room : 64;
		prober->told = memory_grow(prober->told, prober->told_room, sizeof *prober->told);
	}
	prober->told[prober->told_count++] = print;
	return false;
}

static bool is_new(struct prober *prober)
{
	char *facts = svc_facts_json(prober->maker.facts, false), *settings = svc_facts_json(prober->maker.facts, true);
	struct strbuf text = {0};
	struct fingerprint print;

	strbuf_printf(&text, "%d %s %s", prober->maker.ask, facts, settings);
	print = fingerprint_of(text.text, text.length);
	strbuf_release(&text);
	free(facts);
	free(settings);
	return !told_before(prober, print);
}

/* ---- only what matters is said ---- */

/* The answer's JSON; NULL: it can't be asked. `now`: what the present is taken from where it is not given; SVC_TIME_NONE: nothing. */
static char *answer_at(struct prober *prober, svc_time now)
{
	struct svc_facts *facts = prober->maker.facts;
	struct fact_value *kept = memory_get(facts->count * sizeof *kept);
	struct svc_answer answer = {0};
	char *json = NULL;

	memcpy(kept, facts->values, facts->count * sizeof *kept);
	if (now != SVC_TIME_NONE)
		svc_facts_now(facts, now);
	if (svc_ask(prober->maker.policy, prober->maker.ask, facts, false, &answer, NULL) == SVC_OK)
		json = svc_answer_json(&answer);
	svc_answer_release(&answer);
	memcpy(facts->values, kept, facts->count * sizeof *kept);
	free(kept);
	return json;
}

static bool same_at(struct prober *prober, const char *answer, svc_time now)
{
	char *other = answer_at(prober, now);
	bool same = other && !strcmp(answer, other);

	free(other);
	return same;
}

/* Whether the answer is the same without a present, and on days near and far. */
static bool same_on_any_day(struct prober *prober, const char *answer)
{
	static const int days[] = {0, 36525, 1, 100, 200, 400, 720, 1100, -36525};
	svc_time sale = svc_zone_time(prober->maker.policy->zone, prober->maker.sale, 12 * 3600);

	if (!same_at(prober, answer, SVC_TIME_NONE))
		return false;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (!same_at(prober, answer, sale + days[i] * INT64_C(86400)))
			return false;
	return true;
}

/* Takes away claim, as_of and now, one after the other, where the answer is the same on any day; of goods the claim is always
   given. False: it can't be asked. */
static bool drop_present(struct prober *prober)
{
	static const uint16_t present[] = {F_NOW, F_AS_OF, F_CLAIM};
	struct fact_value *values = prober->maker.facts->values;
	char *answer = answer_at(prober, SVC_TIME_NONE);

	for (size_t i = 0; answer && i < sizeof present / sizeof *present; i++) {
		struct fact_value kept = values[present[i]];

		if (!kept.given || (present[i] == F_CLAIM && prober->maker.ask <= SVC_ASK_FREIGHT))
			continue;
		values[present[i]] = (struct fact_value){0};
		if (!same_on_any_day(prober, answer))
			values[present[i]] = kept;
	}
	free(answer);
	return answer != NULL;
}

/* What stands inside an entry without a line of its own has the entry's. */
static int line_of(const struct walked_rule *rule)
{
	return (int)(rule->rule->line || !rule->entry ? rule->rule->line : rule->entry->rule.line);
}

static bool hand_on(struct edges *edges, const char *words)
{
	struct prober *prober = (struct prober *)edges;
	const struct pack_head *head = prober->maker.head;
	struct svc_probe probe = {.ask = prober->maker.ask,
				  .facts = prober->maker.facts,
				  .clause = pack_text(head, edges->rule->rule->clause),
				  .edge = words,
				  .line = line_of(edges->rule)};

	prober->maker.facts->texts = true;
	if (!drop_present(prober) || !is_new(prober))
		return true;
	prober->status = prober->seen(prober->context, &probe);
	return !prober->status;
}

/* ---- rule by rule ---- */

static pack_ref needs_of(const struct walked_rule *rule)
{
	return rule->kind == RULE_REQUIREMENT ? ((const struct requirement *)rule->rule)->needs : 0;
}

static bool probe_rule(void *context, const struct walked_rule *rule)
{
	struct prober *prober = context;
	struct svc_facts *facts = prober->maker.facts;
	size_t size = facts->count * sizeof *facts->values;

	if (!(prober->asks >> rule->ask & 1) || !svc_policy_answers(prober->maker.policy, rule->ask))
		return true;
	arena_reset(&prober->memory);
	arena_reset(&facts->memory);
	memcpy(facts->values, prober->blank, size);
	prober->maker.ask = rule->ask;
	prober->edges.rule = rule;
	if (!make_case(&prober->maker, rule))
		return true;
	memcpy(prober->edges.base, facts->values, size);
	return hand_on(&prober->edges,
		       rule->kind == RULE_REQUIREMENT ? _("what the rule requires is missing") : _("the rule holds")) &&
	       edges_of_moments(&prober->edges) && edges_of_fields(&prober->edges) && edges_of_trees(&prober->edges) &&
	       edges_of_condition(&prober->edges, rule->rule->when) &&
	       edges_of_condition(&prober->edges, needs_of(rule));
}

bool probe_case(const struct walked_rule *rule, struct svc_facts *facts)
{
	const struct svc_policy *policy = rule->policy;
	struct maker maker = {
		.policy = policy, .head = policy->head, .facts = facts, .ask = rule->ask, .sale = probe_sale(policy)};
	bool made = make_case(&maker, rule);

	arena_release(&maker.tries);
	return made;
}

int svc_policy_probes(const struct svc_policy *policy, unsigned asks, const struct svc_facts *settings,
		      svc_probe_seen seen, void *context, struct svc_error *err)
{
	struct prober prober = {.maker = {.policy = policy, .head = policy->head, .sale = probe_sale(policy)},
				.asks = asks ? asks : ~0U,
				.seen = seen,
				.context = context};
	struct svc_facts *facts;
	struct fact_value *room;
	int status = svc_facts_new(&facts, policy, err);

	if (status)
		return status;
	room = memory_get(2 * facts->count * sizeof *room);
	if (settings)
		memcpy(facts->values + facts->first_setting, settings->values + facts->first_setting,
		       (facts->count - facts->first_setting) * sizeof *room);
	memcpy(room, facts->values, facts->count * sizeof *room);
	prober.blank = room;
	prober.maker.facts = facts;
	prober.edges = (struct edges){&prober.maker, NULL, room + facts->count, hand_on, &prober.memory};
	rules_walk(policy, probe_rule, &prober);
	arena_release(&prober.memory);
	arena_release(&prober.maker.tries);
	free(prober.told);
	free(room);
	svc_facts_free(facts);
	return prober.status;
}
