/* Where a ticket stands in the workflow of its pack, and how it goes on. The rules are the pack's (svc/policy.h: transition); the stage
   is what replay of the ticket's events gives. */
#ifndef SVC_STAGE_H
#define SVC_STAGE_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

struct svc_advance {
	int64_t ticket;
	const char *event; /* as the pack calls it */
	const struct svc_assignment
		*facts; /* what is true of this step; what holds of the ticket itself is noted (svc_ticket_note) */
	size_t fact_count;
	const char *text; /* to be remembered; NULL: nothing */
	const char *outcome; /* how it ended, of an event that closes the ticket; NULL: nothing is said */
	const char *override; /* why it is done against the pack's refusal; NULL: it is not */
};
/* Asks the pack and, when it allows the event, moves the ticket: its stage, who holds it, rework, what the stage makes others owe, and
   the decision, in one event. A stage without a way out closes the ticket. SVC_REFUSED when the pack refuses or something is still owed,
   SVC_INCOMPLETE when facts are missing, SVC_DENIED when the actor's role is not the one that may do it: the error says what, the
   answer (may be NULL, with `policy`) is handed over all the same, and nothing is written. */
SVC_PUBLIC int svc_ticket_advance(struct svc_desk *desk, const struct svc_advance *advance, struct svc_answer *answer,
				  struct svc_policy **policy, struct svc_error *err);

/* One way on: what the pack answers to the event on what is known of the ticket. Valid during the call. */
struct svc_way {
	const struct svc_exit *exit;
	const struct svc_answer *answer;
};
struct svc_standing {
	const char *stage, *stage_title; /* NULL: the ticket is in no workflow yet */
	const char *holder; /* who has to go on; NULL: the pack does not say */
	const struct svc_policy *policy;
	bool closed;
};
struct svc_ways {
	int (*stands)(void *context, const struct svc_standing *standing); /* first, once */
	int (*way)(void *context, const struct svc_way *way); /* in the order of the pack; other than 0 stops */
	void *context;
};
/* `facts`: as if these were given. SVC_USAGE when no pack with a workflow answers for the ticket. */
SVC_PUBLIC int svc_ticket_stages(struct svc_desk *desk, int64_t ticket, const struct svc_assignment *facts,
				 size_t fact_count, const struct svc_ways *ways, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
