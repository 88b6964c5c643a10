/* What visits leave behind. */
#ifndef DESK_VISIT_H
#define DESK_VISIT_H

#include "desk.h"

/* The first visit of a ticket that left something to do which no later one took up; 0: none. */
int visit_remains(struct svc_desk *desk, int64_t ticket, int64_t *visit, struct svc_error *err);

/* SVC_REFUSED when a visit, as it now is, is open although its ticket is closed or its technician has another one at that time. */
int visit_check_place(struct svc_desk *desk, const char *const *values, struct svc_error *err);

#endif
