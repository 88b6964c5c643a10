/* Guards: what has to be true before a ticket moves on or a part goes out. */
#include "draft_entry.h"
#include "draft_rule.h"

struct draft_guard {
	struct requirement guard;
	struct growing also;
};

static void read_clause(struct loader *load, const struct node *value, void *into)
{
	((struct draft_guard *)into)->guard.rule.clause = build_text(&load->build, clause_of(load, value));
}

static void read_when(struct loader *load, const struct node *value, void *into)
{
	((struct draft_guard *)into)->guard.rule.when = load_condition(load, value);
}

static void read_also(struct loader *load, const struct node *value, void *into)
{
	load_also(load, value, &((struct draft_guard *)into)->also);
}

/* A fact that has to be true. */
static void read_fact(struct loader *load, const struct node *value, void *into)
{
	uint16_t fact = plain_fact(load, value, TYPE(FACT_BOOL));

	if (fact)
		((struct draft_guard *)into)->guard.needs = condition_true(load, fact);
}

static void read_needs(struct loader *load, const struct node *value, void *into)
{
	((struct draft_guard *)into)->guard.needs = load_condition(load, value);
}

void load_guard(struct loader *load, const struct node *node, struct draft_entry *draft)
{
	static const struct key keys[] = {{"clause", 1, read_clause}, {"when", 1, read_when},   {"also", 1, read_also},
					  {"fact", 1, read_fact},     {"needs", 1, read_needs}, {0}};
	struct draft_guard guard = {0};

	guard.guard.rule.line = (uint32_t)node->line;
	if (!read_map(load, node, keys, 1, &guard))
		return;
	if (!node_get(node, "fact") == !node_get(node, "needs"))
		error_hint(fault(load, node, "%s", _("a guard says either fact or needs")), "%s",
			   _("write {fact: approved} or {needs: {price: {at_most: 20}}}"));
	guard.guard.rule.also = build_list(&load->build, guard.also.items, guard.also.count, sizeof(struct also));
	growing_release(&guard.also);
	*(struct requirement *)growing_add(&draft->guards, sizeof guard.guard) = guard.guard;
}
