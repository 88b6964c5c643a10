/* Events as rows: the columns of `svc log` and of every history. */
#ifndef CMD_EVENTS_H
#define CMD_EVENTS_H

#include "command.h"

int events_head(struct command *command);
int events_row(void *command, const struct svc_event *event); /* a svc_event_seen */

#endif
