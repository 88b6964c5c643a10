/* The store: one file that holds a desk. This floor alone knows that it is SQLite, and none of its headers says so. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "svc/desk.h"

#include <stdbool.h>
#include <stdint.h>

#define STORE_VERSION 4 /* of the schema that this program writes */

struct store;

/* What a desk says of itself. Strings are the caller's when creating, the store's when read. */
struct store_about {
	const char *name, *policy; /* policy NULL: none */
	const char *currency, *zone;
	int currency_digits;
	svc_time created;
};

/* Builds a whole store beside `file` and then moves it there, so that there is never half of one. Mode 0600; the folders
   above are made. `first` (may be NULL) writes what belongs to it from the beginning; what it returns other than SVC_OK is the
   result. SVC_REFUSED when something is there already. */
typedef int (*store_first)(void *context, struct store *store, struct svc_error *err);
int store_create(const char *file, const struct store_about *about, store_first first, void *context,
		 struct svc_error *err);
/* Opens; an older store is upgraded step by step after a copy of the file. Errors: as svc_desk_open. */
int store_open(struct store **out, const char *file, bool read_only, int wait_seconds, struct svc_error *err);
void store_close(struct store *store);
int store_about(struct store *store, const struct store_about **out, struct svc_error *err); /* read once */

/* Looks through the whole file and tells each damage that it finds. */
int store_check(struct store *store, svc_damage_seen seen, void *context, struct svc_error *err);

/* Everything read until the rollback is of one moment; others go on writing. */
int store_begin_reading(struct store *store, struct svc_error *err);
/* One write transaction at a time. A rollback without one does nothing. */
int store_begin(struct store *store, struct svc_error *err);
int store_commit(struct store *store, struct svc_error *err);
void store_rollback(struct store *store);
bool store_in_transaction(const struct store *store);

/* A group is one transaction on the disk; what is begun, committed and rolled back in it is a part of it, and a reading too.
   The commit of the group keeps the parts that were committed. SVC_BUSY when the store had to give it up (a full disk). */
int store_group_begin(struct store *store, struct svc_error *err);
int store_group_commit(struct store *store, struct svc_error *err);
void store_group_rollback(struct store *store);

/* Numbers are given out from a table, so that they stay short, never come twice and need nothing of one database maker. */
enum store_sequence { /* after one of each enum svc_kind */
		      SEQUENCE_EVENT = SVC_KIND_COUNT,
		      SEQUENCE_DECISION,
		      SEQUENCE_COUNT
};
/* `sequence`: of enum svc_kind or enum store_sequence. */
int store_next_id(struct store *store, int sequence, int64_t *id, struct svc_error *err);

#endif
