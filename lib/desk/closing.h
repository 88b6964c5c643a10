/* What stands in the way of closing a ticket: things, money and visits that are still owed. */
#ifndef DESK_CLOSING_H
#define DESK_CLOSING_H

#include "desk.h"

/* SVC_REFUSED with the first that is owed. */
int closing_check(struct svc_desk *desk, int64_t ticket, struct svc_error *err);
/* SVC_REFUSED while a complaint's pack wants something done, or it escalated. */
int complaint_check(struct svc_desk *desk, int64_t ticket, struct svc_error *err);
/* Closes a ticket by the one event of its pack's workflow that ends it. *done false: it is in no workflow, and nothing was done. */
int stage_close(struct svc_desk *desk, int64_t ticket, const char *outcome, const char *text, bool *done,
		struct svc_error *err);

#endif
