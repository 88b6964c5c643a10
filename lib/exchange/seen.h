/* The identities met so far in one file: 16 bytes each, whatever their length. */
#ifndef EXCHANGE_SEEN_H
#define EXCHANGE_SEEN_H

#include "base/file.h"

#include <stdbool.h>
#include <stddef.h>

/* A zeroed struct is a valid empty set. Two different texts have the same fingerprint of 128 bits about never. */
struct seen {
	struct fingerprint *places;
	size_t room, count; /* room is a power of two */
};

bool seen_has(const struct seen *seen, struct fingerprint print);
void seen_add(struct seen *seen, struct fingerprint print);
void seen_release(struct seen *seen);

#endif
