/* What stands beside the log: keys that were used, legacy numbers, settings of packs. */
#ifndef STORE_KEPT_H
#define STORE_KEPT_H

#include "base/arena.h"
#include "store.h"

/* A change that was made under a key, so that it is not made twice. */
struct kept_key {
	const char *arguments, *result; /* result NULL: none */
	int exit;
	int64_t event; /* the first event of the change; 0: none */
};
int kept_key_find(struct store *store, const char *key, struct arena *arena, struct kept_key *out, bool *found,
		  struct svc_error *err);
int kept_key_put(struct store *store, const char *key, const struct kept_key *kept, struct svc_error *err);

/* The record that a legacy row became. `fingerprint`: of the row as it was last taken. */
int kept_legacy_find(struct store *store, enum svc_kind kind, const char *source, const char *legacy_id, int64_t *id,
		     char fingerprint[33], struct svc_error *err); /* *id 0: none */
int kept_legacy_put(struct store *store, enum svc_kind kind, const char *source, const char *legacy_id, int64_t id,
		    const char *fingerprint, struct svc_error *err);

/* Settings. The one that took effect last on or before the day counts; of several of that day, the last set. */
struct kept_setting {
	const char *policy, *name, *value;
	svc_date effective;
	int64_t event;
};
int kept_setting_put(struct store *store, const struct kept_setting *setting, struct svc_error *err);
int kept_setting_drop(struct store *store, int64_t event, struct svc_error *err); /* the one that this event set */
int kept_setting_there(struct store *store, const struct kept_setting *setting, bool *there, struct svc_error *err);
/* Every row. Other than 0 from `seen` stops. */
typedef int (*kept_setting_row_seen)(void *context, const struct kept_setting *setting);
int kept_setting_rows(struct store *store, kept_setting_row_seen seen, void *context, struct svc_error *err);
int kept_setting_count(struct store *store, int64_t *count, struct svc_error *err);
int kept_setting_drop_all(struct store *store, struct svc_error *err);
typedef int (*kept_setting_seen)(void *context, const char *name, const char *value);
/* Each name once. Other than SVC_OK from `seen` ends the reading and is the result. */
int kept_setting_each(struct store *store, const char *policy, svc_date day, kept_setting_seen seen, void *context,
		      struct svc_error *err);

#endif
