#include "tree.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

#define PAIRWISE_MAX 32 /* maps up to here are searched for a key given twice pair by pair, longer ones by sorting */

const struct node *node_get(const struct node *map, const char *key)
{
	if (!map || map->kind != NODE_MAP)
		return NULL;
	for (size_t i = 0; i < map->count; i++)
		if (strcmp(map->keys[i]->text, key) == 0)
			return map->items[i];
	return NULL;
}

static int compare_keys(const void *a, const void *b)
{
	const struct node *left = *(struct node *const *)a, *right = *(struct node *const *)b;
	int order = strcmp(left->text, right->text);
	if (order)
		return order;
	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return (left->column > right->column) - (left->column < right->column);
}

static bool is_before(const struct node *a, const struct node *b)
{
	return !b || a->line < b->line || (a->line == b->line && a->column < b->column);
}

const struct node *node_key_twice(const struct node *map)
{
	struct node **keys = map->keys;
	size_t count = map->count;
	const struct node *found = NULL;
	if (count <= PAIRWISE_MAX) {
		for (size_t i = 1; i < count; i++)
			for (size_t j = 0; j < i; j++)
				if (strcmp(keys[i]->text, keys[j]->text) == 0)
					return keys[i];
		return NULL;
	}
	struct node **sorted = memory_grow(NULL, count, sizeof *sorted);
	memcpy(sorted, keys, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, compare_keys);
	for (size_t i = 1; i < count; i++)
		if (strcmp(sorted[i - 1]->text, sorted[i]->text) == 0 && is_before(sorted[i], found))
			found = sorted[i];
	free(sorted);
	return found;
}
