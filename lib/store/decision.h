/* Decisions that were made for tickets, and the texts of the packs that made them. */
#ifndef STORE_DECISION_H
#define STORE_DECISION_H

#include "base/arena.h"
#include "store.h"

/* The pack's text, once per hash. `includes`: a JSON object from the name of each include to its text. */
int decision_pack_known(struct store *store, const char *hash, bool *known, struct svc_error *err);
int decision_keep_pack(struct store *store, const char *hash, const char *policy, const char *text,
		       const char *includes, struct svc_error *err);
struct kept_text {
	const char *policy, *text, *includes; /* all NULL when no decision was made with it */
};
int decision_pack_text(struct store *store, const char *hash, struct arena *arena, struct kept_text *out,
		       struct svc_error *err);
/* The texts that no decision names: there should be none. Other than 0 from `seen` stops. */
typedef int (*decision_text_seen)(void *context, const char *hash, const char *policy);
int decision_text_unused(struct store *store, decision_text_seen seen, void *context, struct svc_error *err);

struct kept_decision {
	int64_t id, ticket, event; /* id is given by decision_append */
	const char *ask, *policy, *hash, *verdict;
	const char *settings, *facts, *answer; /* JSON */
	svc_date version;
	svc_time now;
	int engine;
	bool taken_back; /* read: its event no longer counts */
	bool altered; /* read: it is not as it was appended. Those of stores before version 3 bear no seal, and are not known to be; none comes after one that does */
};
int decision_append(struct store *store, struct kept_decision *decision, struct svc_error *err);
/* The number that the next one will get: every smaller one from 1 on was given out. */
int decision_next(struct store *store, int64_t *id, struct svc_error *err);
/* Of a ticket, or of all (0). Oldest first; texts live until the next one. Other than 0 from `seen` stops. */
typedef int (*decision_seen)(void *context, const struct kept_decision *decision);
int decision_each(struct store *store, int64_t ticket, decision_seen seen, void *context, struct svc_error *err);

#endif
