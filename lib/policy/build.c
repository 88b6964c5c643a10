#include "build.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM (64u << 10)
#define FIRST_SLOTS 2048u /* a power of two */

void build_open(struct builder *build, size_t head)
{
	*build = (struct builder){0};
	build->room = FIRST_ROOM;
	build->bytes = memory_get(build->room);
	build->length = head;
	build->slot_count = FIRST_SLOTS;
	build->slots = memory_get(FIRST_SLOTS * sizeof *build->slots);
}

void build_release(struct builder *build)
{
	free(build->bytes);
	free(build->slots);
	*build = (struct builder){0};
}

void *build_at(const struct builder *build, pack_ref ref)
{
	return build->bytes + ref;
}

static pack_ref append(struct builder *build, const void *bytes, size_t size)
{
	size_t start = (build->length + 7) & ~(size_t)7;

	if (start + size > build->room) {
		build->room = 2 * (start + size);
		build->bytes = memory_grow(build->bytes, build->room, 1);
	}
	memset(build->bytes + build->length, 0, start - build->length);
	memcpy(build->bytes + start, bytes, size);
	build->length = start + size;
	return (pack_ref)start;
}

pack_ref build_own(struct builder *build, const void *bytes, size_t size)
{
	return size ? append(build, bytes, size) : 0;
}

static struct build_slot *slot_of(const struct builder *build, uint32_t hash, const void *bytes, size_t size)
{
	for (size_t i = hash & (build->slot_count - 1);; i = (i + 1) & (build->slot_count - 1)) {
		struct build_slot *slot = &build->slots[i];

		if (!slot->at ||
		    (slot->hash == hash && slot->size == size && !memcmp(build->bytes + slot->at, bytes, size)))
			return slot;
	}
}

static void more_slots(struct builder *build)
{
	struct build_slot *old = build->slots;
	size_t count = build->slot_count;

	build->slot_count = 4 * count;
	build->slots = memory_get(build->slot_count * sizeof *build->slots);
	for (size_t i = 0; i < count; i++)
		if (old[i].at)
			*slot_of(build, old[i].hash, build->bytes + old[i].at, old[i].size) = old[i];
	free(old);
}

pack_ref build_piece(struct builder *build, const void *bytes, size_t size)
{
	struct build_slot *slot;
	uint32_t hash;

	if (!size)
		return 0;
	if (2 * build->slot_used >= build->slot_count)
		more_slots(build);
	hash = (uint32_t)fingerprint_of(bytes, size).low;
	slot = slot_of(build, hash, bytes, size);
	if (!slot->at) {
		*slot = (struct build_slot){hash, append(build, bytes, size), (uint32_t)size};
		build->slot_used++;
	}
	return slot->at;
}

pack_ref build_text(struct builder *build, const char *text)
{
	return text ? build_piece(build, text, strlen(text) + 1) : 0;
}

struct pack_list build_list(struct builder *build, const void *items, size_t count, size_t size)
{
	return (struct pack_list){build_piece(build, items, count * size), (uint32_t)count};
}

void *growing_add(struct growing *list, size_t size)
{
	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 16;
		list->items = memory_grow(list->items, list->room, size);
	}
	return memset((char *)list->items + size * list->count++, 0, size);
}

void growing_release(struct growing *list)
{
	free(list->items);
	*list = (struct growing){0};
}
