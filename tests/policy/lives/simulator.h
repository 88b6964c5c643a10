/* Slow and plain: a unit's life and the promises about it, lived through one day, or one minute, at a time. No line of lib is used. */
#ifndef TESTS_LIVES_SIMULATOR_H
#define TESTS_LIVES_SIMULATOR_H

#include "almanac.h"
#include "shape.h"

enum { NO_DAY = -1, EVER = ALMANAC_DAYS + 1, REPAIRS_MAX = 3 };

struct moment {
	int day, second; /* second of the day; of a whole day: NO_DAY */
};

/* Everything that ever happens to a unit. Days are places in the almanac. */
struct life {
	int at[EVENTS]; /* replacement: NO_DAY where there was none */
	int resold; /* NO_DAY: never */
	int term_ends;
	struct {
		int opened, closed;
	} repairs[REPAIRS_MAX];
	int repairs_made;
	int km_a_day, hours_a_day;
	int claim; /* the day on which somebody asks */
	enum remedy want; /* REFUND or EXCHANGE */
	int task;
	struct moment reported, appointed, now, done; /* done.day NO_DAY: not done */
};

/* What is known of it on the day of the claim. */
struct known {
	bool later_owner;
	int replaced, repair_days, km, hours;
};
struct known life_until_claim(const struct life *life);

struct window {
	int starts, ends; /* EVER */
	bool applies, inside;
	int unknown_year; /* the end needs a day of this year, which the calendar does not know; 0: none */
};
struct window simulate_term(const struct week *week, const struct term *term, const struct life *life,
			    const struct known *known);
/* The day or second on which a task is due; *unknown_year as above. */
struct moment simulate_task(const struct week *week, const struct task *task, const struct life *life,
			    int *unknown_year);
bool later(struct moment one, struct moment other); /* between a day and a time only the days tell */
struct moment moment_stepped(struct moment moment, int seconds); /* by a few */

#endif
