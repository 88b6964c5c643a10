/* One case in the words of two packs, and what each of them gives in it. */
#ifndef POLICY_FLOOR_H
#define POLICY_FLOOR_H

#include "facts.h"

#include "svc/floor.h"
#include "svc/prove.h"

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
   case is not the same. With `goods`, what a pack works out of the rest is left to both, and so are the days that only a contract
   under the promise names. */
bool shared_take(struct shared_case *shared, enum side side, const struct svc_facts *facts, bool goods);
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
	const struct gift *repair; /* the weakest that says what work and parts cost; NULL: none */
	struct svc_answer answers[GIFT_ASKS]; /* borrowed from by the strings */
	uint16_t missing; /* a fact or setting without which a question stays open; 0: none */
	bool open; /* a question stays open for want of what no fact gives */
};
/* Asks a side all that bears on the goods: return, exchange, freight and, with `faults`, warranty. */
void gifts_of(const struct shared_case *shared, enum side side, bool faults, struct gifts *out);
void gifts_release(struct gifts *gifts);
bool gifts_promised(const struct svc_policy *policy); /* some term or option, whatever it asks for */
uint16_t missing_of(const struct svc_policy *policy, const struct svc_answer *answer); /* 0: no fact or setting */

/* ---- floor.c: what was found ---- */

/* One pair of clauses, with a case that shows it. */
struct lack {
	struct svc_shortfall shortfall;
	char *texts[4]; /* facts, settings, law_facts, law_settings */
};
struct subject;
struct floor {
	struct shared_case shared;
	const struct subject *subject;
	struct gifts gifts[SIDES];
	struct svc_answer answers[SIDES]; /* of a fee, deadline or sla */
	enum svc_ask timed; /* deadline or sla */
	uint32_t item; /* the fee item that is looked at, a word of the promise */
	struct svc_facts *tried[SIDES]; /* settings that boundary cases were tried with */
	const struct svc_floor_fact *given;
	size_t given_count;
	enum side side; /* whose boundaries are looked at */
	int32_t before; /* days between sale and delivery */
	svc_date base; /* the day of the sale, or of the delivery */
	svc_time start; /* what a deadline counts from */
	size_t left; /* of the cases that one boundary may be completed to */
	struct lack *lacks;
	size_t count;
	struct svc_floor_open *open; /* of either side: what was missing */
	size_t open_count;
	struct svc_floor_counts counts;
};
/* `one` as it was found; its clauses, gives and owes are kept. The questions are those of the case as it stands, with `want`
   where it is not 0 (of the promise, of the law). */
void lack_keep(struct floor *floor, struct svc_shortfall one, enum strength here, enum strength there);
void lack_open(struct floor *floor, enum side side, uint16_t place); /* an undecided case; 0: for want of no fact */

/* ---- floor_cases.c: completing a case ---- */

enum asked { ASKED, ASKED_OPEN /* something is missing */, ASKED_NOTHING /* there is nothing to compare */ };
/* What is compared in a case. `ask` leaves its answer in the floor. */
struct subject {
	enum side first; /* the side that is asked first: the one that mostly has nothing to say */
	enum asked (*ask)(struct floor *floor, enum side side, uint16_t *missing);
	void (*compare)(struct floor *floor, unsigned depth);
};
void floor_explore(struct floor *floor, unsigned depth);
/* A boundary case of `floor->side`, in whatever it is about. */
void floor_case(struct floor *floor, const struct svc_probe *probe);
int floor_give(struct floor *floor, struct svc_error *err); /* the facts that every case has */

extern const struct subject subject_goods, subject_fees, subject_times;
/* Every item that the promise prices: those that the law prices as well, or those that belong to a repair that it gives. */
void explore_fees(struct floor *floor, unsigned depth, bool priced);

#endif
