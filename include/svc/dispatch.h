/* Who goes where, and when: technicians, what they can take on, and their visits. A visit promises a window in which the technician
   arrives. It takes him from the window's begin less the way there, until the window's end, or until work that began with the window is
   done where that is later. No open visit of a technician overlaps another one of his. */
#ifndef SVC_DISPATCH_H
#define SVC_DISPATCH_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- technicians ---- */

/* The technician is away from `from` to `to`: moments or days, the last day with it. `seen` (may be NULL) is told of the open visits
   that fall into it, which somebody has to take over. SVC_BAD_INPUT when it ends before it begins. */
SVC_PUBLIC int svc_technician_absent(struct svc_desk *desk, int64_t technician, const char *from, const char *to,
				     const char *reason, int64_t *absence, svc_record_seen seen, void *context,
				     struct svc_error *err);
/* He leaves, or comes back (`leaves` false). SVC_REFUSED in the wrong state, or while he has open visits. */
SVC_PUBLIC int svc_technician_leave(struct svc_desk *desk, int64_t technician, bool leaves, struct svc_error *err);

struct svc_load {
	int64_t technician;
	const char *name;
	int64_t visits; /* open ones that begin in the range */
	int64_t minutes; /* that they take, within the range */
	int64_t free_minutes; /* of the shift, without absences and visits; -1: no shift is known */
};
typedef int (*svc_load_seen)(void *context, const struct svc_load *load); /* other than 0 stops */
/* Active technicians in the order of their numbers; `technician` 0: all. SVC_BAD_INPUT when the range is empty, or longer than 366
   days. */
SVC_PUBLIC int svc_technician_load(struct svc_desk *desk, int64_t technician, svc_time from, svc_time to,
				   svc_load_seen seen, void *context, struct svc_error *err);

/* ---- what can be promised ---- */

struct svc_trip {
	int64_t ticket;
	svc_time from, to; /* the window */
	int64_t minutes; /* of work; 0: not known */
	int64_t travel; /* minutes of the way there; 0 where it is not known */
	const char *needs; /* skills, joined by commas; NULL: what the ticket says it needs */
	const struct svc_assignment *facts; /* for the pack's rules of dispatch; they win over the desk's own */
	size_t fact_count;
	int64_t visit; /* that is moved, and so not in its own way; 0: none */
};
enum svc_constraint { /* in the order in which they are looked at */
		      SVC_TRIP_FITS,
		      SVC_TRIP_SKILL,
		      SVC_TRIP_ZONE,
		      SVC_TRIP_TRAVEL, /* nobody who leaves now is there in time */
		      SVC_TRIP_ABSENT,
		      SVC_TRIP_SHIFT,
		      SVC_TRIP_VISIT, /* another visit is in the way */
		      SVC_TRIP_RULES /* the pack says no */
};
SVC_PUBLIC const char *svc_constraint_id(enum svc_constraint constraint); /* "skill", ...; NULL when it fits */

struct svc_feasibility {
	int64_t technician;
	const char *name;
	enum svc_constraint constraint; /* the first that fails */
	const char *what; /* skills, zone, absence, visit or clause that fails; NULL: none */
	const char *text; /* one sentence in the reader's language; NULL when it fits */
	int64_t open_visits; /* of the technician, on all days */
	svc_time free_at; /* since when he is free before it; SVC_TIME_NONE when it does not fit */
	int64_t slot_technician; /* of the nearest window that fits: the same one's, else of any where skill or zone fail; 0: none */
	svc_time slot_from, slot_to;
	const struct svc_answer *answer; /* of the pack; NULL: it was not asked */
	const struct svc_policy *policy;
};
/* Valid during the call. */
typedef int (*svc_feasibility_seen)(void *context, const struct svc_feasibility *feasibility);

/* Whether one technician can keep it. SVC_OK whatever the result; SVC_INCOMPLETE when the pack needs facts, which the error names;
   SVC_BAD_INPUT for a window that is over, ends before it begins, or is longer than 31 days. */
SVC_PUBLIC int svc_dispatch_check(struct svc_desk *desk, const struct svc_trip *trip, int64_t technician,
				  svc_feasibility_seen seen, void *context, struct svc_error *err);
/* All active technicians, the best first: those who can keep it in the order of the pack's rules where it has some, else by open visits and
   by who is free first; then the others. Errors as before. */
SVC_PUBLIC int svc_dispatch_candidates(struct svc_desk *desk, const struct svc_trip *trip, svc_feasibility_seen seen,
				       void *context, struct svc_error *err);

/* Plans a visit and keeps the pack's decision with the ticket. SVC_REFUSED when the ticket is closed or it can't be kept: the error says why,
   its hint the nearest window. `follows`: the visit that left something to do; 0: none. */
struct svc_assigning {
	struct svc_trip trip;
	int64_t technician, follows;
	const char *note; /* NULL: none */
};
SVC_PUBLIC int svc_dispatch_assign(struct svc_desk *desk, const struct svc_assigning *assigning, int64_t *visit,
				   svc_feasibility_seen seen, void *context, struct svc_error *err);
/* Gives a planned visit to another technician (0: the same), at another time (SVC_TIME_NONE: the same), or both. Facts as those of a trip. */
struct svc_moving {
	int64_t visit, technician;
	svc_time from, to;
	const struct svc_assignment *facts;
	size_t fact_count;
};
SVC_PUBLIC int svc_dispatch_reassign(struct svc_desk *desk, const struct svc_moving *moving, svc_feasibility_seen seen,
				     void *context, struct svc_error *err);

/* What a day holds for a technician, in the order of time. */
struct svc_entry {
	int64_t technician;
	const char *name;
	const char *what; /* visit, absence, free */
	svc_time from, to; /* of a visit: its window */
	const char *label, *state, *ticket; /* of the visit or absence; NULL: does not apply */
};
typedef int (*svc_entry_seen)(void *context, const struct svc_entry *entry);
/* `technician` 0: all that are active. The day is the desk's. Cancelled visits are left out. */
SVC_PUBLIC int svc_dispatch_board(struct svc_desk *desk, svc_date day, int64_t technician, svc_entry_seen seen,
				  void *context, struct svc_error *err);

/* ---- visits ---- */

enum svc_visit_event {
	SVC_VISIT_DEPART,
	SVC_VISIT_ARRIVE, /* how many minutes after the window is kept as `late` */
	SVC_VISIT_START,
	SVC_VISIT_FINISH, /* text: what is left to do */
	SVC_VISIT_NO_ONE_HOME,
	SVC_VISIT_CANCEL,
	SVC_VISIT_DROP, /* what was left is not wanted any more */
	SVC_VISIT_EVENT_COUNT
};
struct svc_visit_telling {
	enum svc_visit_event event;
	svc_time at; /* SVC_TIME_NONE: now */
	const char *text; /* for the notes, but of SVC_VISIT_FINISH; NULL: none */
	const struct svc_assignment *facts; /* of SVC_VISIT_ARRIVE: for what the pack says of one who came late */
	size_t fact_count;
};
/* SVC_REFUSED in the wrong state; SVC_BAD_INPUT at a moment to come or before what has to come first. `seen` (may be NULL) is told
   what the pack says to do about one who came late: a feasibility with an answer alone, which may lack facts. */
SVC_PUBLIC int svc_visit_step(struct svc_desk *desk, int64_t visit, const struct svc_visit_telling *telling,
			      svc_feasibility_seen seen, void *context, struct svc_error *err);
/* Plans the visit that takes up one that is over, with what it left to do in its notes: of `trip` the window, minutes and facts count,
   travel and needs where they are given, else they are those of before. `technician` 0: the same one. Errors as of svc_dispatch_assign; also SVC_REFUSED when the visit is
   not over, or taken up already. */
SVC_PUBLIC int svc_visit_next(struct svc_desk *desk, int64_t visit, const struct svc_trip *trip, int64_t technician,
			      int64_t *next, svc_feasibility_seen seen, void *context, struct svc_error *err);
/* Each two open visits of one technician that overlap. */
typedef void (*svc_overlap_seen)(void *context, int64_t technician, int64_t visit, int64_t other);
SVC_PUBLIC int svc_visits_overlaps(struct svc_desk *desk, svc_overlap_seen seen, void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
