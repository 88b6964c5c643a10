/* Spans and instants: how a pack says until when. */
#include "load.h"

#include <string.h>

#define MOMENTS (TYPE(FACT_DATE) | TYPE(FACT_TIME))

static struct instant blank(enum instant_op op)
{
	struct instant instant;

	memset(&instant, 0, sizeof instant);
	instant.op = (uint8_t)op;
	return instant;
}

static pack_ref keep(struct loader *load, const struct instant *instant)
{
	return build_piece(&load->build, instant, sizeof *instant);
}

static const struct node *operation_of(const struct node *node, enum instant_op *op)
{
	static const struct {
		const char *key;
		enum instant_op op;
	} operations[] = {
		{"after", INSTANT_AFTER}, {"before", INSTANT_BEFORE}, {"most", INSTANT_MOST}, {"least", INSTANT_LEAST}};

	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
		const struct node *operand = node_get(node, operations[i].key);

		*op = operations[i].op;
		if (operand)
			return operand;
	}
	return NULL;
}

bool is_instant(struct loader *load, const struct node *node)
{
	uint16_t fact;

	if (node->kind == NODE_LIST)
		return node->count && is_instant(load, node->items[0]);
	if (node->kind == NODE_MAP) {
		const struct node *several = node_get(node, "most");

		several = several ? several : node_get(node, "least");
		return node_get(node, "after") || node_get(node, "before") ||
		       (several && several->kind == NODE_LIST && is_instant(load, several));
	}
	fact = node->kind == NODE_SCALAR ? fact_find(head_of(load), node->text, NULL) : 0;
	return fact && TYPE(fact_at(load, fact)->type) & MOMENTS;
}

static pack_ref first_known(struct loader *load, const struct node *node)
{
	struct instant instant = blank(INSTANT_FACTS);

	instant.facts = facts_of(load, node, MOMENTS);
	return instant.facts.count ? keep(load, &instant) : 0;
}

static pack_ref several(struct loader *load, enum instant_op op, const struct node *list)
{
	struct instant instant = blank(op);
	struct growing kids = {0};

	for (size_t i = 0; list->kind == NODE_LIST && i < list->count; i++) {
		pack_ref kid = load_instant(load, list->items[i]);

		if (kid)
			*(pack_ref *)growing_add(&kids, sizeof kid) = kid;
	}
	if (list->kind != NODE_LIST || !list->count)
		fault(load, list, "%s", _("a list of dates and times is wanted here"));
	instant.kids = build_list(&load->build, kids.items, kids.count, sizeof(pack_ref));
	growing_release(&kids);
	return instant.kids.count ? keep(load, &instant) : 0;
}

/* The span of {after: X, by: SPAN}, or of {before: X, most: [SPAN, SPAN]}: then what is left of the map is the span. */
static pack_ref span_beside(struct loader *load, const struct node *node, const struct node *operand)
{
	const struct node *by = node_get(node, "by");
	struct node *rest;

	if (by && node->count == 2)
		return load_span(load, by, false);
	if (by || node->count < 2) {
		error_hint(fault(load, node, "%s", _("how long before or after is not said")), "%s",
			   _("write {after: delivery, by: 3 days}"));
		return 0;
	}
	rest = arena_alloc(&load->memory, sizeof *rest);
	*rest = *node;
	rest->count = 0;
	rest->keys = arena_alloc(&load->memory, node->count * sizeof *rest->keys);
	rest->items = arena_alloc(&load->memory, node->count * sizeof *rest->items);
	for (size_t i = 0; i < node->count; i++)
		if (node->items[i] != operand) {
			rest->keys[rest->count] = node->keys[i];
			rest->items[rest->count++] = node->items[i];
		}
	return load_span(load, rest, false);
}

static pack_ref moved(struct loader *load, enum instant_op op, const struct node *node, const struct node *from)
{
	pack_ref start = load_instant(load, from), span = span_beside(load, node, from);

	return start && span ? instant_beside(load, op, start, span) : 0;
}

pack_ref instant_beside(struct loader *load, enum instant_op op, pack_ref start, pack_ref span)
{
	struct instant instant = blank(op);

	instant.span = span;
	instant.kids = build_list(&load->build, &start, 1, sizeof start);
	return keep(load, &instant);
}

pack_ref instant_of_fact(struct loader *load, uint16_t fact)
{
	struct instant instant = blank(INSTANT_FACTS);

	instant.facts = build_list(&load->build, &fact, 1, sizeof fact);
	return keep(load, &instant);
}

pack_ref load_instant(struct loader *load, const struct node *node)
{
	enum instant_op op;
	const struct node *operand;

	if (node->kind == NODE_SCALAR || node->kind == NODE_LIST)
		return first_known(load, node);
	operand = operation_of(node, &op);
	if (operand && (op == INSTANT_AFTER || op == INSTANT_BEFORE))
		return moved(load, op, node, operand);
	if (operand && node->count == 1)
		return several(load, op, operand);
	error_hint(fault(load, node, "%s", _("this is no date and no time")), "%s",
		   _("write a fact, {after: FACT, by: 3 days}, {before: ...}, {most: [...]} or {least: [...]}"));
	return 0;
}
