#include "memory.h"

#include "error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Says so with a bare write: anything that formats may itself want memory. */
static _Noreturn void memory_is_gone(void)
{
	const char *message = _("svc: out of memory\n");
	ssize_t written = write(STDERR_FILENO, message, strlen(message));
	(void)written;
	_exit(SVC_FAULT);
}

void *memory_get(size_t size)
{
	void *memory = calloc(1, size ? size : 1);
	if (!memory)
		memory_is_gone();
	return memory;
}

void *memory_grow(void *old, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX)
		memory_is_gone();
	void *memory = realloc(old, bytes ? bytes : 1);
	if (!memory)
		memory_is_gone();
	return memory;
}

char *memory_copy(const char *text)
{
	char *copy = strdup(text);
	if (!copy)
		memory_is_gone();
	return copy;
}
