/* Stretches of time, and what fits into them. Pure: no store, no clock. */
#ifndef DESK_STRETCH_H
#define DESK_STRETCH_H

#include "base/arena.h"
#include "svc/date.h"

#include <stddef.h>

struct stretch { /* from its first second to before its last */
	svc_time from, to;
};
/* In order and apart from each other, wherever nothing else is said. */
struct stretches {
	struct stretch *items;
	size_t count, room;
};

static inline bool stretch_overlaps(struct stretch one, struct stretch other)
{
	return one.from < other.to && other.from < one.to;
}

/* Adds one in any order; empty ones are left out. */
void stretches_add(struct stretches *list, struct arena *arena, struct stretch stretch);
/* Puts them in order and joins those that touch. */
void stretches_join(struct stretches *list);
/* What is left of `list` without `taken`; both joined. */
void stretches_without(const struct stretches *list, const struct stretches *taken, struct arena *arena,
		       struct stretches *out);
bool stretches_cover(const struct stretches *list, struct stretch stretch); /* one of them holds all of it */
int64_t stretches_seconds(const struct stretches *list, struct stretch within); /* of them that lie within */
/* The begin nearest to `wanted`, and not before `earliest`, from which `length` seconds fit into one of the list; of two alike the
   earlier. False: none does. */
bool stretches_nearest(const struct stretches *list, svc_time wanted, svc_time earliest, int64_t length,
		       svc_time *begin);

#endif
