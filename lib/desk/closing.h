/* What stands in the way of closing a ticket: things, money and visits that are still owed. */
#ifndef DESK_CLOSING_H
#define DESK_CLOSING_H

#include "change.h"
#include "desk.h"
#include "svc/stage.h"

/* SVC_REFUSED with the first that is owed. */
int closing_check(struct svc_desk *desk, int64_t ticket, struct svc_error *err);
/* SVC_REFUSED while a complaint's pack wants something done, or it escalated. */
int complaint_check(struct svc_desk *desk, int64_t ticket, struct svc_error *err);
/* Closes a ticket by the one event of its pack's workflow that ends it. *done false: it is in no workflow, and nothing was done. */
int stage_close(struct svc_desk *desk, int64_t ticket, const char *outcome, const char *text, bool *done,
		struct svc_error *err);
/* The event of its pack's workflow for a customer who withdraws. *done false: it has none, and nothing was done. */
int stage_cancel(struct svc_desk *desk, int64_t ticket, const struct svc_telling *told, bool *done,
		 struct svc_error *err);
/* A ticket that is opened again begins its course anew. */
int stage_reopen(struct svc_desk *desk, int64_t ticket, struct change *change, struct arena *arena,
		 struct svc_error *err);

#endif
