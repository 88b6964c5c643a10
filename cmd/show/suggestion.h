/* The word that somebody meant who wrote another one. */
#ifndef SHOW_SUGGESTION_H
#define SHOW_SUGGESTION_H

#include <stddef.h>

/* Begin with `meant` and try the candidates one by one; `best` is then the nearest, or NULL when none is near. It is
   the pointer that was tried. */
struct suggestion {
	const char *meant, *best;
	size_t distance;
};
void suggestion_try(struct suggestion *suggestion, const char *candidate);

#endif
