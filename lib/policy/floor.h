/* One case in the words of two packs, and what each of them gives in it. */
#ifndef POLICY_FLOOR_H
#define POLICY_FLOOR_H

#include "facts.h"

#include "svc/floor.h"

enum side { SIDE_PROMISE, SIDE_LAW, SIDES };

/* The same case to both packs. */
struct shared_case {
	struct svc_facts *facts[SIDES];
	uint16_t *other[SIDES]; /* for each place of a side the place of the same fact on the other; 0: none */
};
int shared_open(struct shared_case *shared, const struct svc_policy *promise, const struct svc_policy *law,
		struct svc_error *err);
void shared_close(struct shared_case *shared);
/* Takes the facts over from a vector of `side` and tells them to the other side. False: the other side lacks a word without which the
   case is not the same. */
bool shared_take(struct shared_case *shared, enum side side, const struct svc_facts *facts);
/* Sets a fact on a side and, where the other knows it, there; false: the other side lacks the word. */
bool shared_put(struct shared_case *shared, enum side side, uint16_t place, struct fact_value value);
/* What shared_put is about to change, to be put back. */
struct shared_saved {
	uint16_t place[SIDES];
	struct fact_value value[SIDES];
};
struct shared_saved shared_save(const struct shared_case *shared, enum side side, uint16_t place);
void shared_restore(struct shared_case *shared, const struct shared_saved *saved);

/* What a customer can have, the least first: what is stronger takes the place of what is weaker. */
enum strength { GIVES_NOTHING, GIVES_REPAIR, GIVES_EXCHANGE, GIVES_REFUND, STRENGTHS };
struct gift {
	bool granted;
	enum svc_ask ask;
	enum svc_remedy remedy;
	svc_date ends; /* SVC_DATE_NONE: not said */
	enum svc_payer freight_in, freight_out;
	enum svc_basis labor, parts;
	svc_money deducted; /* SVC_MONEY_NONE: something, but it is not said how much */
	const char *verdict, *clause, *freight_clause, *deduction, *deduction_clause;
};
#define GIFT_ASKS 7
struct gifts {
	struct gift by_strength
		[STRENGTHS]; /* that of GIVES_NOTHING: what the pack says of the case without granting anything */
	enum strength best;
	struct svc_answer answers[GIFT_ASKS]; /* borrowed from by the strings */
	uint16_t missing; /* a fact or setting without which a question stays open; 0: none */
	bool open; /* a question stays open for want of what no fact gives */
};
/* Asks a side all that bears on the goods: warranty, return, exchange, freight. */
int gifts_of(const struct shared_case *shared, enum side side, struct gifts *out, struct svc_error *err);
void gifts_release(struct gifts *gifts);

#endif
