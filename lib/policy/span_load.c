/* Spans of time: fixed, of a setting, of a number that counts minutes, hours or days, or built from these. */
#include "load.h"

#include <string.h>

#define PERCENT_MAX (1000 * INT64_C(1000000))

static struct span blank(enum span_op op)
{
	struct span span;

	memset(&span, 0, sizeof span);
	span.op = (uint8_t)op;
	return span;
}

static pack_ref keep(struct loader *load, const struct span *span)
{
	return build_piece(&load->build, span, sizeof *span);
}

static pack_ref fixed(struct loader *load, const struct node *node, bool recurring)
{
	struct span span = blank(SPAN_FIXED);
	struct duration length;

	if (!span_of_time(load, node, recurring, &length))
		return 0;
	span.duration.count = length.count;
	span.duration.unit = length.unit;
	return keep(load, &span);
}

static pack_ref of_setting(struct loader *load, const struct node *node)
{
	struct span span = blank(SPAN_SETTING);

	span.fact = setting_of(load, node, TYPE(FACT_DURATION));
	if (!span.fact)
		return 0;
	mention(load, span.fact);
	return keep(load, &span);
}

/* What a number counts, by its unit; -1: no time. */
int unit_counted(const struct loader *load, uint16_t fact)
{
	static const struct {
		const char *unit;
		enum duration_unit counts;
	} units[] = {{"minutes", UNIT_MINUTE}, {"min", UNIT_MINUTE}, {"hours", UNIT_HOUR},
		     {"h", UNIT_HOUR},         {"days", UNIT_DAY},   {"d", UNIT_DAY}};
	const char *unit = pack_text(head_of(load), fact_at(load, fact)->unit);

	if (fact == F_TRAVEL_MINUTES || fact == F_WORK_MINUTES)
		return UNIT_MINUTE;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (!strcmp(units[i].unit, unit))
			return units[i].counts;
	return -1;
}

static pack_ref of_fact(struct loader *load, const struct node *node)
{
	struct span span = blank(SPAN_FACT);
	int unit;

	span.fact = plain_fact(load, node, TYPE(FACT_NUMBER));
	if (!span.fact)
		return 0;
	unit = unit_counted(load, span.fact);
	if (unit < 0) {
		error_hint(fault(load, node, _("%s counts no time"), name_at(load, span.fact)), "%s",
			   _("say unit: minutes, hours or days where the fact is declared"));
		return 0;
	}
	span.unit = (uint8_t)unit;
	mention(load, span.fact);
	return keep(load, &span);
}

static pack_ref named(struct loader *load, const struct node *node, bool recurring)
{
	const char *text = text_of(load, node);
	uint16_t fact = text ? fact_find(head_of(load), text, NULL) : 0;

	if (!text)
		return 0;
	if (!fact)
		return fixed(load, node, recurring);
	return fact_at(load, fact)->setting ? of_setting(load, node) : of_fact(load, node);
}

/* Inside a share, a sum or a choice of the longest only what has a fixed length in minutes can stand. */
static bool measurable(struct loader *load, const struct node *node, pack_ref ref)
{
	const struct span *span = build_at(&load->build, ref);

	if (span->op != SPAN_FIXED || span->duration.unit == UNIT_DAY || span->duration.unit == UNIT_WEEK ||
	    span->duration.unit == UNIT_HOUR || span->duration.unit == UNIT_MINUTE)
		return true;
	error_hint(fault(load, node, "%s", _("this span has no fixed length")), "%s",
		   _("inside pct, sum, least and most write minutes, hours, days or weeks"));
	return false;
}

static bool operands(struct loader *load, struct span *span, const struct node *const *items, size_t count)
{
	struct growing kids = {0};

	for (size_t i = 0; i < count; i++) {
		pack_ref kid = load_span(load, items[i], false);

		if (kid && measurable(load, items[i], kid))
			*(pack_ref *)growing_add(&kids, sizeof kid) = kid;
	}
	span->kids = build_list(&load->build, kids.items, kids.count, sizeof(pack_ref));
	growing_release(&kids);
	return span->kids.count == count;
}

static pack_ref several(struct loader *load, enum span_op op, const struct node *list)
{
	struct span span = blank(op);

	if (list->kind != NODE_LIST || !list->count) {
		fault(load, list, "%s", _("a list of spans is wanted here"));
		return 0;
	}
	return operands(load, &span, (const struct node *const *)list->items, list->count) ? keep(load, &span) : 0;
}

static pack_ref per_cent(struct loader *load, const struct node *node)
{
	struct span span = blank(SPAN_PCT);
	const struct node *of = node_get(node, "of");
	const char *text = of && node->count == 2 ? text_of(load, node_get(node, "pct")) : NULL;

	if (!text || !svc_number_parse(text, &span.number) || span.number <= 0 || span.number > PERCENT_MAX) {
		error_hint(fault(load, node, "%s", _("a share needs pct and of")), "%s",
			   _("write {pct: 70, of: work_minutes}"));
		return 0;
	}
	return operands(load, &span, &of, 1) ? keep(load, &span) : 0;
}

pack_ref load_span(struct loader *load, const struct node *node, bool recurring)
{
	static const struct {
		const char *key;
		enum span_op op;
	} forms[] = {{"sum", SPAN_SUM}, {"least", SPAN_LEAST}, {"most", SPAN_MOST}};

	if (node->kind == NODE_SCALAR)
		return named(load, node, recurring);
	if (is_setting(node))
		return of_setting(load, node);
	if (node_get(node, "pct"))
		return per_cent(load, node);
	for (size_t i = 0; node->count == 1 && i < sizeof forms / sizeof *forms; i++) {
		const struct node *list = node_get(node, forms[i].key);

		if (list)
			return several(load, forms[i].op, list);
	}
	error_hint(fault(load, node, "%s", _("this is no span of time")), "%s",
		   _("write 3 days, a setting, a number that counts minutes, or one of pct, sum, least, most"));
	return 0;
}
