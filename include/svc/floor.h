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
	SVC_SHORT_COUNT
};
SVC_PUBLIC const char *svc_shortfall_id(enum svc_shortfall_kind kind); /* "remedy", "ends", "freight_in", ... */

/* One way of giving less, with one case that shows it. `clause` is what the promise answers with, `law_clause` what the law does; ""
   where a pack says nothing. `gives` and `owes`: the two values as answers spell them; "" where the promise says nothing. `ask` and
   `law_ask` are the questions that were answered so. The facts of the case are JSON objects, in the words of either pack, and
   settings those that had to be tried. Strings are valid during the call. */
struct svc_shortfall {
	enum svc_shortfall_kind kind;
	enum svc_ask ask, law_ask;
	const char *clause, *law_clause, *gives, *owes;
	const char *text, *law_text; /* of the clauses, in the reader's language; "" when the pack has none */
	const char *facts, *settings, *law_facts, *law_settings;
	size_t cases; /* that showed it */
};
typedef int (*svc_shortfall_seen)(void *context, const struct svc_shortfall *shortfall); /* non-zero stops */

struct svc_floor_counts {
	size_t cases; /* in which the law owes something and both packs answer */
	size_t undecided; /* in which one of them does not: facts or settings are missing */
	size_t unlike; /* boundary cases of one pack in words that the other does not have */
};

/* Every way in which `promise` gives less than `law`, by its clause and then the law's. Both are asked at the boundaries of both, once
   with all events of the sale on one day and once with the goods bought and made 30 days before they came. Facts are shared by name,
   words by id or title; what only one of them knows is tried. `given` (of `count`, may be NULL): facts that every case has, for the
   packs that know them; neither: SVC_USAGE. */
struct svc_floor_fact {
	const char *name, *value;
};
SVC_PUBLIC int svc_policy_floor(const struct svc_policy *promise, const struct svc_policy *law,
				const struct svc_floor_fact *given, size_t count, svc_shortfall_seen seen,
				void *context, struct svc_floor_counts *counts, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
