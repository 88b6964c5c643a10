#include "seen.h"

#include "base/memory.h"

#include <stdlib.h>

/* All zeros marks a free place; a text of that fingerprint counts as one of the next. */
static struct fingerprint taken(struct fingerprint print)
{
	if (!print.high && !print.low)
		print.low = 1;
	return print;
}

static struct fingerprint *place_of(const struct seen *seen, struct fingerprint print)
{
	size_t at = (size_t)print.low & (seen->room - 1);

	while ((seen->places[at].high || seen->places[at].low) &&
	       (seen->places[at].high != print.high || seen->places[at].low != print.low))
		at = (at + 1) & (seen->room - 1);
	return &seen->places[at];
}

bool seen_has(const struct seen *seen, struct fingerprint print)
{
	if (!seen->count)
		return false;
	const struct fingerprint *place = place_of(seen, taken(print));
	return place->high || place->low;
}

static void grow(struct seen *seen)
{
	struct seen larger = {.room = seen->room ? seen->room * 2 : 1024};

	larger.places = memory_get(larger.room * sizeof *larger.places);
	for (size_t i = 0; i < seen->room; i++)
		if (seen->places[i].high || seen->places[i].low)
			*place_of(&larger, seen->places[i]) = seen->places[i];
	larger.count = seen->count;
	free(seen->places);
	*seen = larger;
}

void seen_add(struct seen *seen, struct fingerprint print)
{
	if (seen->count * 4 >= seen->room * 3)
		grow(seen);
	struct fingerprint *place = place_of(seen, taken(print));
	seen->count += !place->high && !place->low;
	*place = taken(print);
}

void seen_release(struct seen *seen)
{
	free(seen->places);
	*seen = (struct seen){0};
}
