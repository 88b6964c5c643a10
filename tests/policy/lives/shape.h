/* The shape of a promise: terms of every kind, a calendar, deadlines; as a pack for the engine and as plain numbers for the
   simulator. */
#ifndef TESTS_LIVES_SHAPE_H
#define TESTS_LIVES_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

/* A source of chance that can be replayed. */
struct dice {
	uint64_t state;
};
struct dice dice_of(uint64_t seed, uint64_t turn);
int dice_throw(struct dice *dice, int sides); /* 0 to sides - 1 */
bool dice_chance(struct dice *dice, int per_cent);

enum unit {
	DAYS,
	WEEKS,
	MONTHS,
	YEARS,
	WORKING_DAYS,
	LIFETIME,
	UNITS_OF_TERMS = LIFETIME + 1,
	HOURS = UNITS_OF_TERMS,
	MINUTES,
	WORKING_HOURS,
	WORKING_MINUTES
};
struct length {
	enum unit unit;
	int count;
};

enum event { PURCHASE, DELIVERY, INSTALLATION, REPLACEMENT, EVENTS };
extern const char *const event_names[EVENTS];
/* The strongest first. */
enum remedy { REFUND, REPLACE, EXCHANGE, REPAIR, REMEDIES };
extern const char *const remedy_names[REMEDIES];

struct term {
	enum event from;
	enum remedy remedy;
	struct length lasts;
	bool restarts; /* a replacement begins it anew, else what is left of it is inherited */
	bool for_replaced; /* only for a unit that was replaced, from that day */
	bool first_owner; /* ends for whoever buys it second hand */
	bool pauses, rolls;
	bool stated; /* its last day is the one that the contract says */
	int km, hours; /* use that ends it; 0: any */
};

enum { OPENINGS_MAX = 3, MINUTES_A_DAY = 1440 };
struct week {
	bool there; /* else every day works, around the clock */
	bool works[8]; /* by weekday */
	bool holidays; /* those below count, and only the years from `first` to `last` are known */
	int first, last;
	signed char *exceptions; /* by place in the almanac: 1 off, 2 made up */
	int openings, opens[OPENINGS_MAX], closes[OPENINGS_MAX]; /* minutes of the day; none: around the clock */
};

struct task {
	enum { FROM_DATE, FROM_TIME, BEFORE_DATE, BEFORE_TIME, LATER_OF_TWO, EARLIER_OF_TWO } kind;
	struct length by, other; /* other: of two, counted from the purchase */
	bool rolls;
};

enum { TERMS_MAX = 4, TASKS = 6 };
struct shape {
	struct week week;
	struct term terms[TERMS_MAX], options[TERMS_MAX];
	int term_count, option_count;
	struct task tasks[TASKS];
};

void shape_throw(struct shape *shape, struct dice dice);
char *shape_pack(const struct shape *shape); /* the text of the pack; the caller frees */
void shape_release(struct shape *shape);

#endif
