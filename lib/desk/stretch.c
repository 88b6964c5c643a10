#include "stretch.h"

#include <stdlib.h>
#include <string.h>

void stretches_add(struct stretches *list, struct arena *arena, struct stretch stretch)
{
	if (stretch.to <= stretch.from)
		return;
	if (list->count == list->room) {
		size_t room = list->room ? 2 * list->room : 16;
		struct stretch *items = arena_alloc(arena, room * sizeof *items);
		if (list->count)
			memcpy(items, list->items, list->count * sizeof *items);
		list->items = items;
		list->room = room;
	}
	list->items[list->count++] = stretch;
}

static int by_begin(const void *one, const void *other)
{
	svc_time a = ((const struct stretch *)one)->from, b = ((const struct stretch *)other)->from;
	return (a > b) - (a < b);
}

void stretches_join(struct stretches *list)
{
	size_t kept = 0;
	if (!list->count)
		return;
	qsort(list->items, list->count, sizeof *list->items, by_begin);
	for (size_t i = 1; i < list->count; i++) {
		struct stretch *last = &list->items[kept], *next = &list->items[i];
		if (next->from > last->to)
			list->items[++kept] = *next;
		else if (next->to > last->to)
			last->to = next->to;
	}
	list->count = kept + 1;
}

void stretches_without(const struct stretches *list, const struct stretches *taken, struct arena *arena,
		       struct stretches *out)
{
	size_t next = 0;
	*out = (struct stretches){0};
	for (size_t i = 0; i < list->count; i++) {
		struct stretch left = list->items[i];
		while (next < taken->count && taken->items[next].to <= left.from)
			next++;
		for (size_t t = next; t < taken->count && taken->items[t].from < left.to; t++) {
			stretches_add(out, arena, (struct stretch){left.from, taken->items[t].from});
			left.from = taken->items[t].to;
		}
		stretches_add(out, arena, left);
	}
}

bool stretches_cover(const struct stretches *list, struct stretch stretch)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].from <= stretch.from && stretch.to <= list->items[i].to)
			return true;
	return false;
}

int64_t stretches_seconds(const struct stretches *list, struct stretch within)
{
	int64_t sum = 0;
	for (size_t i = 0; i < list->count; i++) {
		svc_time from = list->items[i].from, to = list->items[i].to;
		from = from > within.from ? from : within.from;
		to = to < within.to ? to : within.to;
		sum += to > from ? to - from : 0;
	}
	return sum;
}

bool stretches_nearest(const struct stretches *list, svc_time wanted, svc_time earliest, int64_t length,
		       svc_time *begin)
{
	int64_t best = INT64_MAX;
	for (size_t i = 0; i < list->count; i++) {
		svc_time first = list->items[i].from > earliest ? list->items[i].from : earliest;
		svc_time last = list->items[i].to - length;
		svc_time at = wanted < first ? first : wanted > last ? last : wanted;
		int64_t distance = at > wanted ? at - wanted : wanted - at;
		if (last < first || distance >= best)
			continue;
		best = distance;
		*begin = at;
	}
	return best != INT64_MAX;
}
