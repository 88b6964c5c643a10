/* Making one case from another, on maps of facts as JSON gives them. */
#include "diff_twist.h"

#include "decide.h"

#include <string.h>

/* ---- cases as maps ---- */

static struct node *scalar(struct arena *memory, const char *text)
{
	struct node *node = arena_alloc(memory, sizeof *node);

	*node = (struct node){.kind = NODE_SCALAR, .text = text};
	return node;
}

/* The map with one key at another value; NULL takes it away. */
static const struct node *with(struct arena *memory, const struct node *map, const char *key, const char *value)
{
	struct node *copy = arena_alloc(memory, sizeof *copy);
	bool there = false;

	*copy = (struct node){.kind = NODE_MAP};
	copy->keys = arena_alloc(memory, (map->count + 1) * sizeof *copy->keys);
	copy->items = arena_alloc(memory, (map->count + 1) * sizeof *copy->items);
	for (size_t i = 0; i < map->count; i++) {
		bool meant = !strcmp(map->keys[i]->text, key);

		there = there || meant;
		if (meant && !value)
			continue;
		copy->keys[copy->count] = map->keys[i];
		copy->items[copy->count++] = meant ? scalar(memory, value) : map->items[i];
	}
	if (!there && value) {
		copy->keys[copy->count] = scalar(memory, key);
		copy->items[copy->count++] = scalar(memory, value);
	}
	return copy;
}

/* Any tree with each of its scalars as `change` gives it. */
typedef const char *(*scalar_change)(struct arena *memory, const char *text, const struct twist *twist);
static struct node *changed(struct arena *memory, const struct node *node, scalar_change change,
			    const struct twist *twist)
{
	struct node *copy = arena_alloc(memory, sizeof *copy);

	*copy = *node;
	if (node->kind == NODE_SCALAR)
		copy->text = change(memory, node->text, twist);
	copy->items = node->count ? arena_alloc(memory, node->count * sizeof *copy->items) : NULL;
	for (size_t i = 0; i < node->count; i++)
		copy->items[i] = changed(memory, node->items[i], change, twist);
	return copy;
}

static bool date_in(const char *text, svc_date *out)
{
	char day[11];

	if (!text || strlen(text) < 10)
		return false;
	memcpy(day, text, 10);
	day[10] = 0;
	return svc_date_parse(day, out);
}

/* The same time of another day. */
static const char *on_day(struct arena *memory, const char *text, svc_date day)
{
	char written[16];

	svc_date_format(day, written);
	return arena_printf(memory, "%s%s", written, text + 10);
}

static const char *later(struct arena *memory, const char *text, const struct twist *twist)
{
	svc_date day;

	return date_in(text, &day) ? on_day(memory, text, day + twist->count) : text;
}

static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789.")];
}

static const char *numbered(struct arena *memory, const char *text, const struct twist *twist)
{
	(void)memory;
	return is_number(text) ? twist->value : text;
}

static const char *text_at(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	return node && node->kind == NODE_SCALAR ? node->text : NULL;
}

/* ---- twists ---- */

static const struct node *twist_anchors(struct arena *memory, const struct node *map, const struct twist *twist,
					const struct anchors *anchors)
{
	const char *first = NULL;
	svc_date day = 0;

	for (size_t i = 0; i < anchors->count && !first; i++)
		if (date_in(text_at(map, anchors->names[i]), &day))
			first = text_at(map, anchors->names[i]);
	for (size_t i = 0; i < anchors->count && first; i++) {
		int after = (int)i - twist->count;

		map = with(memory, map, anchors->names[i],
			   after < 0 ? NULL : on_day(memory, first, day + after * twist->apart));
	}
	return map;
}

static const struct node *twist_present(struct arena *memory, const struct node *map, const struct twist *twist)
{
	static const char *const present[] = {"claim", "as_of", "now"};
	svc_date from;

	if (!date_in(text_at(map, twist->name), &from))
		return map;
	from = date_after(from, twist->span) + twist->count;
	for (size_t i = 0; i < sizeof present / sizeof *present; i++)
		if (text_at(map, present[i]))
			map = with(memory, map, present[i], on_day(memory, text_at(map, present[i]), from));
	return map;
}

/* Numbers that stand for themselves are twisted as values. */
static const struct node *twist_numbers(struct arena *memory, const struct node *map, const struct twist *twist)
{
	struct node *copy = arena_alloc(memory, sizeof *copy);

	*copy = *map;
	copy->items = arena_alloc(memory, (map->count + 1) * sizeof *copy->items);
	for (size_t i = 0; i < map->count; i++)
		copy->items[i] = map->items[i]->kind == NODE_SCALAR ? map->items[i]
								    : changed(memory, map->items[i], numbered, twist);
	return copy;
}

const struct node *twisted(struct arena *memory, const struct node *map, const struct twist *twist,
			   const struct anchors *anchors)
{
	switch (twist->kind) {
	case TWIST_VALUE:
		return with(memory, map, twist->name, twist->value);
	case TWIST_ANCHORS:
		return twist_anchors(memory, map, twist, anchors);
	case TWIST_SHIFT:
		return changed(memory, map, later, twist);
	case TWIST_PRESENT:
		return twist_present(memory, map, twist);
	case TWIST_NUMBER:
	default:
		return twist_numbers(memory, map, twist);
	}
}
