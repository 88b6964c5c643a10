/* What technicians, absences and visits have to be as whole records. */
#ifndef DESK_TECHNICIAN_H
#define DESK_TECHNICIAN_H

#include "desk.h"

/* SVC_BAD_INPUT for a shift that can't be read, what ends before it begins, and minutes out of range; other kinds pass. */
int technician_check(struct svc_desk *desk, enum svc_kind kind, const char *const *values, struct svc_error *err);

#endif
