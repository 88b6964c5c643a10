/* Building the block of a compiled pack. Equal pieces are kept once, so equal conditions have equal references. */
#ifndef POLICY_BUILD_H
#define POLICY_BUILD_H

#include "pack.h"

#include <stddef.h>

struct build_slot {
	uint32_t hash;
	pack_ref at;
	uint32_t size;
};
struct builder {
	char *bytes; /* moves while the block grows: keep references, not pointers */
	size_t length, room;
	struct build_slot *slots; /* an open hash table of the pieces */
	size_t slot_count, slot_used;
};

void build_open(struct builder *build, size_t head); /* the first `head` bytes stay the caller's */
void build_release(struct builder *build);
pack_ref build_piece(struct builder *build, const void *bytes, size_t size); /* aligned to 8; 0 when size is 0 */
pack_ref build_text(struct builder *build, const char *text); /* 0 for NULL */
struct pack_list build_list(struct builder *build, const void *items, size_t count, size_t size);
/* A piece that will be changed later, so it is not shared. */
pack_ref build_own(struct builder *build, const void *bytes, size_t size);
void *build_at(const struct builder *build, pack_ref ref); /* until the next piece is added */

/* Items of one size, collected before they go into the block. */
struct growing {
	void *items;
	size_t count, room;
};
void *growing_add(struct growing *list, size_t size); /* a zeroed item, valid until the next one */
void growing_release(struct growing *list);

#endif
