#include "life.h"

enum { FIRST_SALE = 2013, LAST_SALE = 2120 };

/* One sale in six on the 29th of February, one in six on the last day of a month. */
static int throw_sale(struct dice *dice)
{
	static int first, last;
	int day, edge = dice_throw(dice, 6);
	if (!last) {
		first = almanac_first_of(FIRST_SALE);
		last = almanac_first_of(LAST_SALE);
	}
	day = first + dice_throw(dice, last - first);
	while (edge == 0 && !almanac_leap_day(day))
		day++;
	while (edge == 1 && almanac_day(day + 1).day != 1)
		day++;
	return day;
}

static void throw_repairs(struct dice *dice, struct life *life)
{
	int day = life->at[DELIVERY];
	life->repairs_made = dice_throw(dice, REPAIRS_MAX + 1);
	for (int i = 0; i < life->repairs_made; i++) {
		life->repairs[i].opened = day += dice_throw(dice, 400);
		life->repairs[i].closed = day += dice_throw(dice, 45);
	}
}

static struct moment throw_moment(struct dice *dice, int day)
{
	return (struct moment){day, 60 * (1 + (dice_chance(dice, 30) ? 15 * dice_throw(dice, 95) - 1
								     : dice_throw(dice, MINUTES_A_DAY - 1)))};
}

/* Near the beginning or the end of some term, as they stand for one who asks late. */
static int throw_claim(const struct shape *shape, struct dice *dice, struct life *life)
{
	int which = dice_throw(dice, shape->term_count + shape->option_count);
	const struct term *term = which < shape->term_count ? &shape->terms[which]
							    : &shape->options[which - shape->term_count];
	struct known known;
	struct window window;
	life->claim = life->at[PURCHASE] - 5 + dice_throw(dice, 3000);
	if (dice_chance(dice, 25))
		return life->claim;
	known = life_until_claim(life);
	window = simulate_term(&shape->week, term, life, &known);
	if (!window.applies || window.ends == NO_DAY || window.ends == EVER)
		return life->claim;
	return (dice_chance(dice, 15) ? window.starts : window.ends) + dice_throw(dice, 5) - 2;
}

/* About the moment at which the task is due. */
static struct moment throw_near(struct dice *dice, struct moment due)
{
	struct moment near = {due.day + dice_throw(dice, 5) - 2, dice_throw(dice, 86400)};
	if (dice_chance(dice, 60))
		near = moment_stepped((struct moment){due.day, due.second == NO_DAY ? 86399 : due.second},
				      dice_throw(dice, 3) - 1);
	return near;
}

static void throw_task(const struct shape *shape, struct dice *dice, struct life *life)
{
	int unknown_year = 0;
	struct moment due;
	life->task = dice_throw(dice, TASKS);
	life->reported = throw_moment(dice, life->at[DELIVERY] + dice_throw(dice, 300));
	life->appointed = throw_moment(dice, life->at[DELIVERY] + dice_throw(dice, 300));
	life->done = (struct moment){NO_DAY, NO_DAY};
	due = simulate_task(&shape->week, &shape->tasks[life->task], life, &unknown_year);
	if (due.day == NO_DAY)
		due = life->reported;
	life->now = throw_near(dice, due);
	if (dice_chance(dice, 40))
		life->done = throw_near(dice, due);
	if (dice_chance(dice, 50))
		life->done.second = NO_DAY;
}

struct life life_throw(const struct shape *shape, struct dice dice)
{
	struct life life = {.at[REPLACEMENT] = NO_DAY, .resold = NO_DAY};
	life.at[PURCHASE] = throw_sale(&dice);
	life.at[DELIVERY] = life.at[PURCHASE] + dice_throw(&dice, 40);
	life.at[INSTALLATION] = life.at[DELIVERY] + dice_throw(&dice, 30);
	throw_repairs(&dice, &life);
	if (dice_chance(&dice, 35))
		life.at[REPLACEMENT] = life.at[DELIVERY] + dice_throw(&dice, 900);
	if (dice_chance(&dice, 30))
		life.resold = life.at[DELIVERY] + dice_throw(&dice, 1200);
	life.term_ends = life.at[DELIVERY] + dice_throw(&dice, 2000);
	life.km_a_day = dice_throw(&dice, 150);
	life.hours_a_day = dice_throw(&dice, 9);
	life.want = shape->options[dice_throw(&dice, shape->option_count)].remedy;
	if (dice_chance(&dice, 10))
		life.want = EXCHANGE;
	life.claim = throw_claim(shape, &dice, &life);
	throw_task(shape, &dice, &life);
	return life;
}
