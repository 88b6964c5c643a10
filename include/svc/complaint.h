/* Complaints: the steps that a pack sets for them, what is owed to the customer, and when it goes higher (svc/policy.h: complaint). A
   complaint is a ticket of that kind; what was done of it is kept with the ticket's events. */
#ifndef SVC_COMPLAINT_H
#define SVC_COMPLAINT_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is done for a complaint. All but `ticket` may be left out (NULL, 0, SVC_TIME_NONE: now). */
struct svc_complaint_act {
	int64_t ticket;
	const char *step; /* a step, or something that is owed, by id or title */
	const char *skip; /* why it is not done */
	const char *to; /* to whom it is escalated */
	const char *text; /* to be remembered */
	const char *outcome; /* how it ended */
	const char *override; /* why it is closed although something is owed */
	const struct svc_assignment *facts; /* what is known now; kept with the ticket */
	size_t fact_count;
	svc_time at;
};
/* One step of the list, or what is owed. Valid during the call. */
struct svc_complaint_item {
	const char *id, *text, *clause; /* NULL: not said */
	const char *done; /* when ("...Z"), or why it is not done; NULL: it is open */
	bool owed; /* to the customer */
	bool skipped;
};
typedef int (*svc_complaint_seen)(void *context, const struct svc_complaint_item *item);

/* What the pack says on all that is known, and what of it was done. *answer has the verdict SVC_VERDICT_NONE_YET, and *policy is NULL, where
   no pack answers; release the answer, then free the policy. `act`: ticket and facts. SVC_REFUSED for a ticket that is no complaint. */
SVC_PUBLIC int svc_complaint_show(struct svc_desk *desk, const struct svc_complaint_act *act, svc_complaint_seen seen,
				  void *context, struct svc_answer *answer, struct svc_policy **policy,
				  struct svc_error *err);
/* Ticks a step (or what is owed), or notes facts, or both; the day by which the pack wants it escalated becomes the ticket's next due.
   SVC_BAD_INPUT: no such step (with the nearest); SVC_REFUSED: it is done already. */
SVC_PUBLIC int svc_complaint_step(struct svc_desk *desk, const struct svc_complaint_act *act, struct svc_answer *answer,
				  struct svc_policy **policy, struct svc_error *err);
/* SVC_REFUSED when it is with `to` already. */
SVC_PUBLIC int svc_complaint_escalate(struct svc_desk *desk, const struct svc_complaint_act *act,
				      struct svc_answer *answer, struct svc_policy **policy, struct svc_error *err);
/* Closes the ticket. SVC_REFUSED while a step or something owed is neither done nor explained, or the pack wants it escalated and it is not;
   SVC_INCOMPLETE when facts are missing. With `override` all the same, where the pack's workflow.overrides names who may, for "close". */
SVC_PUBLIC int svc_complaint_close(struct svc_desk *desk, const struct svc_complaint_act *act,
				   struct svc_answer *answer, struct svc_policy **policy, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
