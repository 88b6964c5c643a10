/* What has happened to a unit: its tickets, with what was known of each when it was last decided on. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "store.h"

struct past_ticket {
	int64_t id;
	const char *kind, *state, *opened; /* times as they are kept */
	const char *closed, *outcome, *symptom; /* NULL: none */
	const char *facts; /* JSON, kept with the ticket's last decision; NULL: none was made */
	bool own; /* of the unit itself, not of one that it replaces */
};
/* Every ticket of the unit and of those that it replaces, in no order; texts live until the next one. Other than SVC_OK from `seen` ends the reading and is the
   result. */
typedef int (*past_ticket_seen)(void *context, const struct past_ticket *ticket);
int history_each(struct store *store, int64_t unit, past_ticket_seen seen, void *context, struct svc_error *err);

#endif
