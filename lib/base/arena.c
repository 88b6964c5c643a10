#include "arena.h"

#include "memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 16
#define FIRST_BLOCK ((size_t)4096)
#define LARGEST_STEP ((size_t)1 << 20) /* blocks double up to here; a larger request gets a block of its size */

struct arena_block {
	_Alignas(ALIGNMENT) struct arena_block *older;
	size_t size; /* of the whole block */
};

static void arena_open_block(struct arena *arena, size_t needed)
{
	size_t size = arena->head ? arena->head->size * 2 : FIRST_BLOCK;
	if (size > LARGEST_STEP)
		size = LARGEST_STEP;
	if (size - sizeof(struct arena_block) < needed)
		size = needed < SIZE_MAX / 2 ? needed + sizeof(struct arena_block) : SIZE_MAX;
	struct arena_block *block = memory_grow(NULL, size, 1);
	block->older = arena->head;
	block->size = size;
	arena->head = block;
	arena->next = (char *)(block + 1);
	arena->end = (char *)block + size;
}

static char *arena_take_bytes(struct arena *arena, size_t size)
{
	if ((size_t)(arena->end - arena->next) < size || !arena->head)
		arena_open_block(arena, size);
	char *bytes = arena->next;
	arena->next += size;
	return bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	/* Texts leave `next` unaligned; a fresh block is aligned by itself. */
	size_t gap = -(uintptr_t)arena->next & (ALIGNMENT - 1);
	size_t left = (size_t)(arena->end - arena->next);
	if (arena->head && gap <= left && size <= left - gap)
		arena->next += gap;
	else
		arena_open_block(arena, size);
	return memset(arena_take_bytes(arena, size), 0, size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_take_bytes(arena, length + 1);
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	/* The rest of the block is tried first, so that most texts are formatted once. */
	size_t left = (size_t)(arena->end - arena->next);
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(arena->next, left, format, arguments);
	va_end(arguments);
	if (length < 0)
		return arena_strdup(arena, "");
	char *text = arena_take_bytes(arena, (size_t)length + 1);
	if ((size_t)length >= left) {
		va_start(arguments, format);
		vsnprintf(text, (size_t)length + 1, format, arguments);
		va_end(arguments);
	}
	return text;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *kept = arena->head;
	if (!kept)
		return;
	struct arena rest = {.head = kept->older};
	arena_release(&rest);
	kept->older = NULL;
	arena->next = (char *)(kept + 1);
}

void arena_release(struct arena *arena)
{
	for (struct arena_block *block = arena->head, *older; block; block = older) {
		older = block->older;
		free(block);
	}
	*arena = (struct arena){0};
}
