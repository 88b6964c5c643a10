#include "suggestion.h"

#include <stdbool.h>
#include <string.h>

/* Edit distance in bytes, with neighbours swapped counting one: the usual slips of a hand. */
static size_t distance(const char *a, const char *b)
{
	enum { LONGEST = 40 };
	size_t rows[3][LONGEST + 1], m = strlen(a), n = strlen(b);

	if (m > LONGEST || n > LONGEST)
		return LONGEST;
	for (size_t j = 0; j <= n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t *now = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
			best = above[j] + 1 < best ? above[j] + 1 : best;
			best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
	}
	return rows[m % 3][n];
}

void suggestion_try(struct suggestion *suggestion, const char *candidate)
{
	size_t length = strlen(suggestion->meant);
	size_t allowed = length < 3 ? 1 : length < 7 ? 2 : 3;
	bool begins = length >= 2 && strncmp(candidate, suggestion->meant, length) == 0;
	size_t found = begins ? 1 : distance(suggestion->meant, candidate);

	if (found <= allowed && (!suggestion->best || found < suggestion->distance)) {
		suggestion->best = candidate;
		suggestion->distance = found;
	}
}
