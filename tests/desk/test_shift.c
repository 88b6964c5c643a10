/* Hours of duty and the slots in them, held against counting minute by minute. */
#include "scratch.h"

#include "desk/shift.h"

enum { MINUTES = 9 * 1440 };

static struct svc_zone *zone_of(const char *name)
{
	struct svc_zone *zone;
	struct svc_error err;
	assert_int_equal(svc_zone_open(&zone, name, &err), SVC_OK);
	return zone;
}

static svc_time at(const char *text)
{
	svc_time time;
	assert_true(svc_time_parse(text, NULL, &time));
	return time;
}

static void test_shift__reads_what_people_write(void **state)
{
	static const struct {
		const char *text;
		size_t parts;
	} good[] = {{"mon 08:00-17:30", 1},
		    {"mon-fri 08:00-17:30; sat 09:00-12:00", 6},
		    {"Mon,wed , fri 08:00-12:00 13:00-17:30;", 6},
		    {" sat-mon 22:00-06:00", 3},
		    {"mon-sun 00:00-24:00", 7}};
	static const char *const bad[] = {"",
					  "mon",
					  "mon-fri",
					  "mon-fri 8:00-17:00",
					  "mon 08:00-25:00",
					  "mon 08:61-09:00",
					  "mon08:00-17",
					  "xyz 08:00-9",
					  "mon 08:00-17:00 x",
					  "mon 24:00-24:00",
					  "; ;",
					  "mon-fri 08:00",
					  "mon 08:00-12:00; x",
					  "08:00-17:00"};
	struct shift shift;
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		assert_true(shift_read(&shift, good[i].text));
		assert_int_equal(shift.count, good[i].parts);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(shift_read(&shift, bad[i]));
	shift_read(&shift, "tue 22:00-06:00");
	assert_int_equal(shift.parts[0].weekday, 2);
	assert_int_equal(shift.parts[0].to, 1800);
}

static void test_shift__is_of_the_desks_zone(void **state)
{
	struct svc_zone *zone = zone_of("Europe/Berlin");
	struct arena arena = {0};
	struct stretches hours;
	struct shift shift;
	(void)state;
	assert_true(shift_read(&shift, "sat-sun 22:00-06:00"));
	/* the clocks go forward in the night to the 30th: its shift is an hour shorter */
	shift_stretches(&shift, zone, (struct stretch){at("2025-03-29T12:00:00Z"), at("2025-03-30T12:00:00Z")}, &arena,
			&hours);
	assert_int_equal(hours.count, 1);
	assert_int_equal(hours.items[0].from, at("2025-03-29T21:00:00Z"));
	assert_int_equal(hours.items[0].to, at("2025-03-30T04:00:00Z"));
	arena_release(&arena);
	svc_zone_free(zone);
}

/* ---- at random ---- */

static uint64_t seed = 20260302;

static int below(int bound)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (uint64_t)bound);
}

static void random_shift(char text[128])
{
	static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	size_t length = 0;
	for (int clauses = 1 + below(2); clauses; clauses--)
		length += (size_t)snprintf(text + length, 128 - length, "%s%s-%s %02d:%02d-%02d:%02d",
					   length ? "; " : "", days[below(7)], days[below(7)], below(24), below(60),
					   below(24), below(60));
}

/* On duty in this minute, as one would look it up. */
static bool on_duty(const struct shift *shift, const struct svc_zone *zone, svc_time minute)
{
	svc_date day = svc_zone_date(zone, minute);
	int now = (int)((minute - svc_zone_time(zone, day, 0)) / 60), weekday = svc_date_weekday(day);
	for (size_t i = 0; i < shift->count; i++) {
		const struct shift_part *part = &shift->parts[i];
		if (part->weekday == weekday && part->from <= now && now < part->to)
			return true;
		if (part->weekday % 7 + 1 == weekday && now + 1440 < part->to)
			return true;
	}
	return false;
}

struct plan { /* minute by minute */
	bool free[MINUTES];
	svc_time begin;
	struct stretches hours, taken, left;
};

static void make_plan(struct plan *plan, const struct svc_zone *zone, struct arena *arena)
{
	char text[128];
	struct shift shift;
	struct stretch within = {plan->begin, plan->begin + MINUTES * 60};
	random_shift(text);
	assert_true(shift_read(&shift, text));
	shift_stretches(&shift, zone, within, arena, &plan->hours);
	plan->taken = (struct stretches){0};
	for (int i = 0; i < MINUTES; i++)
		plan->free[i] = on_duty(&shift, zone, plan->begin + i * 60);
	for (int visits = below(12); visits; visits--) {
		int from = below(MINUTES), to = from + below(600);
		stretches_add(&plan->taken, arena, (struct stretch){plan->begin + from * 60, plan->begin + to * 60});
		for (int i = from; i < to && i < MINUTES; i++)
			plan->free[i] = false;
	}
	stretches_join(&plan->taken);
	stretches_without(&plan->hours, &plan->taken, arena, &plan->left);
}

static bool fits(const struct plan *plan, int from, int length)
{
	for (int i = from; i < from + length; i++)
		if (i < 0 || i >= MINUTES || !plan->free[i])
			return false;
	return true;
}

/* The search keeps within the plan, as the counting does. */
static void clip(struct plan *plan)
{
	size_t kept = 0;
	for (size_t i = 0; i < plan->left.count; i++) {
		struct stretch one = plan->left.items[i];
		one.from = one.from > plan->begin ? one.from : plan->begin;
		one.to = one.to < plan->begin + MINUTES * 60 ? one.to : plan->begin + MINUTES * 60;
		if (one.from < one.to)
			plan->left.items[kept++] = one;
	}
	plan->left.count = kept;
}

static void expect_nearest(const struct plan *plan, int wanted, int earliest, int length)
{
	int best = -1;
	svc_time found;
	for (int i = earliest; i < MINUTES; i++)
		if ((best < 0 || abs(i - wanted) < abs(best - wanted)) && fits(plan, i, length))
			best = i;
	bool any = stretches_nearest(&plan->left, plan->begin + wanted * 60, plan->begin + earliest * 60,
				     length * INT64_C(60), &found);
	assert_int_equal(any, best >= 0);
	if (any)
		assert_int_equal((found - plan->begin) / 60, best);
}

static void test_shift__slots_are_those_found_minute_by_minute(void **state)
{
	static const char *const zones[] = {"Asia/Shanghai", "Europe/Berlin", "UTC"};
	static struct plan plan;
	(void)state;
	for (int round = 0; round < 100; round++) {
		struct svc_zone *zone = zone_of(zones[round % 3]);
		struct arena arena = {0};
		/* no change of the clocks within these days */
		plan.begin = svc_zone_time(zone, svc_date_of(2026, 1, 1 + below(20)), 0);
		make_plan(&plan, zone, &arena);
		clip(&plan);
		int64_t counted = 0;
		for (int i = 0; i < MINUTES; i++)
			counted += plan.free[i];
		assert_int_equal(stretches_seconds(&plan.left, (struct stretch){plan.begin, plan.begin + MINUTES * 60}),
				 counted * 60);
		for (int asked = 0; asked < 10; asked++) {
			int from = below(MINUTES - 700), length = 1 + below(600);
			struct stretch one = {plan.begin + from * 60, plan.begin + (from + length) * 60};
			assert_int_equal(stretches_cover(&plan.left, one), fits(&plan, from, length));
			expect_nearest(&plan, from, below(MINUTES / 2), length);
		}
		arena_release(&arena);
		svc_zone_free(zone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shift__reads_what_people_write),
		cmocka_unit_test(test_shift__is_of_the_desks_zone),
		cmocka_unit_test(test_shift__slots_are_those_found_minute_by_minute),
	};
	return cmocka_run_group_tests_name("shift", tests, NULL, NULL);
}
