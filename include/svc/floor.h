/* The floor under a promise: where a pack gives the customer less than the law. */
#ifndef SVC_FLOOR_H
#define SVC_FLOOR_H

#include "svc/ask.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In what a promise falls short. */
enum svc_shortfall_kind {
	SVC_SHORT_REMEDY, /* a weaker remedy, or none */
	SVC_SHORT_END, /* the same remedy, but for a shorter time */
	SVC_SHORT_LABOR, /* to be paid for */
	SVC_SHORT_PARTS,
	SVC_SHORT_FREIGHT_IN, /* left to the customer, or not spoken of */
	SVC_SHORT_FREIGHT_OUT,
	SVC_SHORT_DEDUCTION, /* more is kept back from a refund */
	SVC_SHORT_FEE, /* charged where the law says free, or a higher one */
	SVC_SHORT_DEADLINE, /* later for the company, or earlier for the customer */
	SVC_SHORT_COUNT
};
SVC_PUBLIC const char *svc_shortfall_id(enum svc_shortfall_kind kind); /* "remedy", "ends", "freight_in", ... */

/* One way of giving less, with one case that shows it. `about`: the fee item, the task, or the limit of an sla ("resolve_by"); else "".
   `stands`: the case needs no setting of the promise that was only tried. `clause` is what the promise answers with, `law_clause` what the law does; ""
   where a pack says nothing. `gives` and `owes`: the two values as answers spell them; "" where the promise says nothing. `ask` and
   `law_ask` are the questions that were answered so. The facts of the case are JSON objects, in the words of either pack, and
   settings those that had to be tried. Strings are valid during the call. */
struct svc_shortfall {
	enum svc_shortfall_kind kind;
	enum svc_ask ask, law_ask;
	const char *about, *clause, *law_clause, *gives, *owes;
	const char *text, *law_text; /* of the clauses, in the reader's language; "" when the pack has none */
	const char *facts, *settings, *law_facts, *law_settings;
	size_t cases; /* that showed it */
	bool stands;
};
/* What kept cases undecided: a fact or setting of the law or of the promise; name and title "" where rules contradict each other or a
   calendar ends. */
struct svc_floor_open {
	const char *name, *title;
	bool of_law;
	size_t cases;
};
struct svc_floor_listener {
	int (*shortfall)(void *context, const struct svc_shortfall *shortfall); /* non-zero stops */
	int (*open)(void *context, const struct svc_floor_open *open); /* the most cases first; NULL: not wanted */
	void *context;
};

struct svc_floor_counts {
	size_t cases; /* in which the law owes something and both packs answer */
	size_t undecided; /* in which one of them does not: facts or settings are missing */
	size_t unlike; /* boundary cases of one pack in words that the other does not have */
};

/* Every way in which `promise` gives less than `law`, by its clause and then the law's. Both are asked at the boundaries of both, once
   with all events of the sale on one day and once with the goods bought and made 30 days before they came. Facts are shared by name,
   words by id or title; what only one of them knows is tried, but not how long a promise lasts that leaves it to a contract or a setting:
   such a case is undecided. Deadlines of the same task or limit are counted from one moment. What the customer has from another seller is
   not compared, and a promise without term or option that says nothing of a case is not less. `given` (of `count`, may be NULL): facts that every case has, for the
   packs that know them; neither: SVC_USAGE. */
struct svc_floor_fact {
	const char *name, *value;
};
SVC_PUBLIC int svc_policy_floor(const struct svc_policy *promise, const struct svc_policy *law,
				const struct svc_floor_fact *given, size_t count,
				const struct svc_floor_listener *listener, struct svc_floor_counts *counts,
				struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
