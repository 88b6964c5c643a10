/* Compiled packs on disk: found by the fingerprint of their text, checked on load, written by rename. */
#ifndef POLICY_CACHE_H
#define POLICY_CACHE_H

#include "parse.h"

/* The block compiled from a text of this fingerprint, mapped read-only; NULL when there is none that is good: of this
   engine, whole, and with the includes as they are now. */
const struct pack_head *cache_read(const char *folder, struct fingerprint source, const struct origin *origin,
				   size_t *size);
/* Keeps a block. A folder that can't be written only costs time, so nothing is reported. Not synced: a torn file fails
   its check and is written again. */
void cache_write(const char *folder, const struct pack_head *head);

#endif
