/* Violations of the people who serve, and what follows from them. The rules, fines and consequences are the pack's (svc/policy.h:
   conduct); each violation is a record of the kind SVC_VIOLATION. */
#ifndef SVC_CONDUCT_H
#define SVC_CONDUCT_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

struct svc_misconduct {
	const char *person; /* by name, or a technician by number */
	const char *rule; /* a clause or word that the pack lists, or its title */
	svc_date on; /* SVC_DATE_NONE: today */
	const struct svc_assignment *facts; /* of this violation */
	size_t fact_count;
	const char *evidence; /* the records that show it: "T5,V3"; NULL: none */
	const char *note; /* NULL: none */
};
/* SVC_BAD_INPUT: a rule that the pack does not know (with the nearest), a day to come; SVC_NOT_FOUND: evidence that is not there. Without
   a pack any rule is written down. */
SVC_PUBLIC int svc_conduct_log(struct svc_desk *desk, const struct svc_misconduct *misconduct, int64_t *violation,
			       struct svc_error *err);

/* What becomes of a violation: it is appealed, and then upheld, or reversed, also without an appeal; a reversed one no longer counts.
   SVC_REFUSED from any other state; SVC_BAD_INPUT without a reason, which only upholding does without. */
enum svc_conduct_step { SVC_CONDUCT_APPEAL, SVC_CONDUCT_UPHOLD, SVC_CONDUCT_REVERSE };
SVC_PUBLIC int svc_conduct_settle(struct svc_desk *desk, int64_t violation, enum svc_conduct_step step,
				  const char *reason, struct svc_error *err);

/* ---- what follows ---- */

struct svc_conduct_case {
	const char *person;
	svc_date as_of; /* SVC_DATE_NONE: today */
	const char *const *ranks; /* "2026-01=1": the place in a month's ranking by complaints */
	size_t rank_count;
	const struct svc_assignment
		*facts; /* of the person; the role comes from the actor of that name where it is not given */
	size_t fact_count;
};
/* One clause that the answer stands on. Valid during the call. */
struct svc_finding {
	const char *clause, *text; /* text: the pack's sentence; NULL: none */
	svc_money fine; /* of all its violations; SVC_MONEY_NONE: none */
	int digits; /* of the currency */
	const char *records; /* "B1,B4"; of a place in the ranking its month */
};
typedef int (*svc_finding_seen)(void *context, const struct svc_finding *finding); /* other than 0 stops */
/* Asks the pack about all violations of the person that stand. The answer is released before its policy is freed, by the caller.
   SVC_USAGE when there is no pack, or none about conduct. */
SVC_PUBLIC int svc_conduct_review(struct svc_desk *desk, const struct svc_conduct_case *one, struct svc_answer *answer,
				  struct svc_policy **policy, svc_finding_seen seen, void *context,
				  struct svc_error *err);

/* One person's month. Valid during the call. */
struct svc_conduct_place {
	const char *person;
	int64_t place; /* from 1; equal ones share it */
	int64_t violations;
	svc_money fines; /* SVC_MONEY_NONE: no pack, or facts are missing */
	int digits;
	const char *records;
};
typedef int (*svc_conduct_place_seen)(void *context, const struct svc_conduct_place *one);
/* By fines, then by violations, the most first. `month`: any day of it. */
SVC_PUBLIC int svc_conduct_rank(struct svc_desk *desk, svc_date month, const struct svc_assignment *facts,
				size_t fact_count, svc_conduct_place_seen seen, void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
