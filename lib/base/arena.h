/* An arena: memory that is given back all at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *head;
	char *next, *end;
};

/* A zeroed struct is a valid empty arena. */
void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned to 16; never NULL: see memory.h */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_reset(struct arena *arena); /* forget everything, keep one block for the next round */
void arena_release(struct arena *arena); /* free everything */

#endif
