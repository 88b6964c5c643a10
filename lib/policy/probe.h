/* Boundary cases, inside the floor: how facts are found that bring a rule to bear, and values on either side of it. */
#ifndef POLICY_PROBE_H
#define POLICY_PROBE_H

#include "decide.h"
#include "rule_walk.h"

#define CHOICES_MAX 96

/* What is tried in the place of a fact: numbers, or durations of a setting. */
struct choices {
	struct fact_value values[CHOICES_MAX];
	size_t count;
};

/* One search for facts. */
struct maker {
	const struct svc_policy *policy;
	const struct pack_head *head;
	struct svc_facts *facts;
	enum svc_ask ask;
	svc_date sale; /* the day that events of the sale are tried with */
	bool usual; /* dates are tried with their usual day alone */
	struct arena tries;
	int budget; /* looks at the rules that are left */
};

/* ---- probe_values.c ---- */
/* The plausible value first. None for trees. */
void choices_for(const struct maker *maker, uint16_t fact, struct choices *out);
struct fact_value value_given(const struct pack_fact *fact, int64_t number);
void set_present(struct maker *maker, svc_date day); /* claim, as_of and now */
svc_date probe_sale(const struct svc_policy *policy);

/* ---- probe.c ---- */
/* make_case of one rule alone, in fresh facts. */
bool probe_case(const struct walked_rule *rule, struct svc_facts *facts);

/* ---- probe_make.c ---- */
/* Leaves in maker->facts the facts of a complete case in which `rule` holds and, where it can be brought about, decides. False:
   nothing was found in which it holds. */
bool make_case(struct maker *maker, const struct walked_rule *rule);
/* Adds what the ask still needs with the facts as they are. */
void complete_case(struct maker *maker);
enum truth truth_with(struct maker *maker, pack_ref when);

/* ---- probe_seed.c ---- */
/* The lists and maps that an ask can't do without, and the words that the rule's entry is grouped by. */
void seed_case(struct maker *maker, const struct walked_rule *rule);
void give_tree(struct maker *maker, uint16_t fact, const char *json); /* a list or map from its JSON */

/* ---- probe_edge.c ---- */
struct edges;
typedef bool (*edge_seen)(struct edges *edges, const char *words); /* the case stands in maker->facts; false stops */
struct edges {
	struct maker *maker;
	const struct walked_rule *rule;
	struct fact_value *base; /* the case that the edges are around */
	edge_seen seen;
	struct arena *memory; /* of the words */
};
bool edges_of_condition(struct edges *edges, pack_ref when);
bool edges_of_moments(struct edges *edges);
bool edges_of_trees(struct edges *edges); /* probe_tree.c: of readings, other visits and candidates */
bool edges_of_fields(struct edges *edges); /* of a form or record: filled, or lacking one */

#endif
