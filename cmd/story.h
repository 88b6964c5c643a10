/* What happened to a ticket and to all that belongs to it, in the order in which it happened. */
#ifndef CMD_STORY_H
#define CMD_STORY_H

#include "command.h"

#include <jansson.h>

/* Adds the events of the ticket to `own` and those of its records, and of tickets that were merged into it, to `related`, each in order.
   Both are arrays. */
int story_read(struct command *command, int64_t ticket, json_t *own, json_t *related);
/* For people: all of them in one order, in the words of the pack (NULL: none) and of the reader's language. */
void story_show(struct command *command, const struct svc_policy *policy, const char *ticket, const json_t *own,
		const json_t *related);

#endif
