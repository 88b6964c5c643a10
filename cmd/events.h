/* Events as rows: the columns of `svc log` and of every history. */
#ifndef CMD_EVENTS_H
#define CMD_EVENTS_H

#include "command.h"
#include "show/text.h"

#include <jansson.h>

int events_head(struct command *command);
/* A payload for people: its innermost names and values. */
void events_add_details(struct text *out, const json_t *payload);
int events_row(void *command, const struct svc_event *event); /* a svc_event_seen */

#endif
