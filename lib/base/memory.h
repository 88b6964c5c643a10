/* Allocation that does not fail: a process without memory has nothing left to report with, so it ends with code 70.
   This is the one place where the library ends a process; everything else returns an error. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

void *memory_get(size_t size); /* zeroed */
void *memory_grow(void *old, size_t count, size_t size); /* realloc of count * size, overflow-checked */
char *memory_copy(const char *text);

#endif
