#include "nearest.h"

#include "base/utf8.h"

#include <stddef.h>
#include <string.h>

struct nearest nearest_to(const char *wanted)
{
	/* A third of the letters may be wrong: more, and a suggestion is a guess. */
	size_t letters = utf8_count(wanted);

	return (struct nearest){wanted, NULL, letters < 3 ? 1 : letters < 9 ? (int)(letters + 2) / 3 : 3};
}

void nearest_try(struct nearest *nearest, const char *candidate)
{
	int limit = nearest->best ? nearest->distance - 1 : nearest->distance;
	int distance;

	if (!candidate || !*candidate || limit < 0)
		return;
	distance = text_distance(nearest->wanted, candidate, limit);
	if (distance <= limit) {
		nearest->best = candidate;
		nearest->distance = distance;
	}
}
