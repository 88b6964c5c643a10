/* Witnesses: values of facts and settings for which conditions hold, or do not; or the proof that there are none. */
#ifndef POLICY_WITNESS_H
#define POLICY_WITNESS_H

#include "decide.h"

/* A condition and how it must come out; when 0 always holds. */
struct demand {
	pack_ref when;
	bool holds;
};
/* A fact that has this value whatever the search tries: the question, the stage, the event. */
struct fixed {
	uint16_t fact;
	int64_t number;
};
struct wanted {
	const struct demand *demands;
	size_t count;
	struct fixed fixed[4]; /* ended by fact 0 */
	bool listed; /* only words that the pack lists are tried */
	/* Whether these values will do (NULL: they do); the search goes on when not. Valid during the call. */
	bool (*accept)(void *context, const struct fact_value *values);
	void *context;
};
/* None: proved over the values that the pack can tell apart. Unsure: the search ended before it had tried them all. */
enum witness_found { WITNESS_NONE, WITNESS_SOME, WITNESS_UNSURE };

struct witness;
struct witness *witness_open(const struct svc_policy *policy); /* a search may be asked any number of times */
void witness_close(struct witness *witness);
/* Dates are days around a working day in March, which is the day of the claim. Values that were tried are `given`; they stay valid
   until the next search. */
enum witness_found witness_search(struct witness *witness, const struct wanted *wanted);
const struct fact_value *witness_values(const struct witness *witness); /* of the last search that found some */

/* Some value that the fact can have; not known: of lists and maps. */
struct fact_value witness_plain(struct witness *witness, uint16_t fact);

#endif
