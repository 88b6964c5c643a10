/* Where a ticket stands in the workflow of its pack, and how it goes on. The rules are the pack's (svc/policy.h: transition); the stage
   is what replay of the ticket's events gives. */
#ifndef SVC_STAGE_H
#define SVC_STAGE_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Of a step that somebody tells of: when it happened (SVC_TIME_NONE: now; a moment to come is SVC_BAD_INPUT), and what is to be
   remembered (NULL: nothing). */
struct svc_telling {
	svc_time at;
	const char *text;
};

struct svc_advance {
	int64_t ticket;
	const char *event; /* as the pack calls it */
	const struct svc_assignment
		*facts; /* what is true of this step; what holds of the ticket itself is noted (svc_ticket_note) */
	size_t fact_count;
	struct svc_telling told; /* not before the last step: SVC_BAD_INPUT */
	const char *outcome; /* how it ended, of an event that closes the ticket; NULL: nothing is said */
	const char *override; /* why it is done against the pack's refusal; NULL: it is not */
};
/* Asks the pack and, when it allows the event, moves the ticket: its stage, who holds it, rework, what the stage makes others owe, and
   the decision, in one event. A stage in which the pack's workflow ends closes the ticket. SVC_REFUSED when the pack refuses or something is still owed,
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

/* ---- out of the course ---- */

/* The ticket is a duplicate: it is closed with outcome "merged", and what was known of it stays. SVC_REFUSED when either is closed, when
   they are about different units or customers, or when something of it is still owed. */
SVC_PUBLIC int svc_ticket_merge(struct svc_desk *desk, int64_t ticket, int64_t into, const struct svc_telling *told,
				struct svc_error *err);
/* The customer withdraws. A pack that knows an event "cancel" decides whether it may be; else it is closed with outcome "cancelled", unless
   something is still owed. */
SVC_PUBLIC int svc_ticket_cancel(struct svc_desk *desk, int64_t ticket, const struct svc_telling *told,
				 struct svc_error *err);
/* Passed up to a role or person; the stage stays. */
SVC_PUBLIC int svc_ticket_escalate(struct svc_desk *desk, int64_t ticket, const char *to,
				   const struct svc_telling *told, struct svc_error *err);

/* A task that a stage has made somebody owe is done, or dropped for a reason. */
SVC_PUBLIC int svc_task_settle(struct svc_desk *desk, int64_t task, bool dropped, const struct svc_telling *told,
			       struct svc_error *err);

/* ---- checklists ---- */

struct svc_checklist_step { /* valid during the call */
	const struct svc_row *row; /* as the pack says it */
	const char *stage, *state; /* state: open, ticked, explained */
	const char *explanation; /* NULL: none */
	const struct svc_policy *policy;
};
typedef int (*svc_step_seen)(void *context, const struct svc_checklist_step *step); /* other than 0 stops */
/* The steps of the pack's checklist for a stage (NULL: the ticket's own), in their order. SVC_USAGE when no pack has checklists. */
SVC_PUBLIC int svc_ticket_checklist(struct svc_desk *desk, int64_t ticket, const char *stage, svc_step_seen seen,
				    void *context, struct svc_error *err);
struct svc_tick {
	int64_t ticket;
	const char *stage, *step; /* stage NULL: the ticket's own */
	const char *explanation; /* why it was not done; NULL: it was */
	svc_time at; /* SVC_TIME_NONE: now */
};
/* SVC_NOT_FOUND when the checklist has no such step, with a suggestion. */
SVC_PUBLIC int svc_ticket_tick(struct svc_desk *desk, const struct svc_tick *tick, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
