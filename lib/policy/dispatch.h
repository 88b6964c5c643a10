/* What the two halves of dispatch share: whether a visit can be kept, and by whom. */
#ifndef POLICY_DISPATCH_H
#define POLICY_DISPATCH_H

#include "decide.h"

/* A visit of the technician that the facts describe. */
struct visit {
	svc_time opens, closes; /* the appointment, or its window */
	svc_time departs, arrives; /* SVC_TIME_NONE: not known */
};

/* The appointment and the way to it, from the facts of the pass. */
struct visit visit_of(struct pass *pass);
const struct rule *
visit_rule(struct pass *pass); /* that what is told of the visit stands with; NULL: the pack has none */
/* Tells the departure, the way, the arrival, and whether that is in time. */
void tell_arrival(struct pass *pass, const struct visit *visit);
/* When the technician is taken: from his departure until the work is done. Work of unknown length takes its first second. */
struct taken {
	svc_time from, to;
};
struct taken visit_takes(struct pass *pass);
bool too_late(const struct visit *visit); /* false also when the arrival is not known */
/* Whether everything holds without which nobody is sent; what does not is cited and named. False also when the pass stopped. */
bool may_be_sent(struct pass *pass);
/* Picks the best of the candidates who can keep the appointment and lets the pass speak of him: his skills, his departure. */
void choose_candidate(struct pass *pass);

#endif
