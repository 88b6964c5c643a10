/* How urgent a ticket is, by the pack's sla: its priority, and what is due next. */
#ifndef DESK_URGENCY_H
#define DESK_URGENCY_H

#include "desk.h"

/* Asks on all that is known of an open ticket; its opening is the report where nobody said otherwise. What has come to be otherwise is an
   event of its own, with its decision. Nothing is done where the pack has no sla. */
int urgency_settle(struct svc_desk *desk, int64_t ticket, struct arena *arena, struct svc_error *err);

#endif
