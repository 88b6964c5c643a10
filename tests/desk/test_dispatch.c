/* What can be promised: each constraint in its turn, the nearest window, and that nobody is in two places. */
#include "scratch.h"

#include "svc/dispatch.h"

#define HOUR INT64_C(3600)
#define MONDAY (SCRATCH_NOW - 15 * HOUR - 400 + 24 * HOUR) /* 2025-06-16T00:00Z; the desk is in UTC */

struct found {
	enum svc_constraint constraint;
	int64_t slot_technician;
	svc_time slot_from;
	char what[64];
};

static int take(void *context, const struct svc_feasibility *feasibility)
{
	struct found *found = context;
	*found = (struct found){feasibility->constraint, feasibility->slot_technician, feasibility->slot_from, ""};
	snprintf(found->what, sizeof found->what, "%s", feasibility->what ? feasibility->what : "");
	return 0;
}

static struct found check(struct scratch *scratch, const struct svc_trip *trip, int64_t technician)
{
	struct found found = {0};
	OK(scratch, svc_dispatch_check(scratch->desk, trip, technician, take, &found, &scratch->err));
	return found;
}

static int assign(struct scratch *scratch, const struct svc_trip *trip, int64_t technician, int64_t *visit)
{
	struct svc_assigning assigning = {.trip = *trip, .technician = technician};
	scratch_begin(scratch);
	int status = svc_dispatch_assign(scratch->desk, &assigning, visit, NULL, NULL, &scratch->err);
	if (status == SVC_OK)
		scratch_commit(scratch);
	else
		svc_desk_rollback(scratch->desk);
	return status;
}

static void desk_with_crew(struct scratch *scratch)
{
	scratch_desk(scratch, NULL);
	ADD(scratch, SVC_CUSTOMER, {"name", "customer A"}, {"zone", "suburb"});
	ADD(scratch, SVC_TECHNICIAN, {"name", "one"}, {"skills", "electrical, gas"}, {"zones", "city,suburb"},
	    {"shift", "mon-fri 08:00-17:00"});
	ADD(scratch, SVC_TECHNICIAN, {"name", "two"}, {"skills", "gas"}, {"zones", "city"});
	ADD(scratch, SVC_TICKET, {"symptom", "cold"}, {"customer", "C1"});
}

static void test_dispatch__names_the_first_constraint_that_fails(void **state)
{
	struct scratch *scratch = *state;
	struct svc_trip trip = {.ticket = 1, .from = MONDAY + 8 * HOUR, .to = MONDAY + 9 * HOUR, .needs = "gas"};
	int64_t visit, absence;
	desk_with_crew(scratch);
	assert_int_equal(check(scratch, &trip, 1).constraint, SVC_TRIP_FITS);
	/* the way there is on duty too */
	trip.travel = 1;
	struct found found = check(scratch, &trip, 1);
	assert_int_equal(found.constraint, SVC_TRIP_SHIFT);
	assert_int_equal(found.slot_from, trip.from + 60);
	OK(scratch, assign(scratch,
			   &(struct svc_trip){.ticket = 1,
					      .from = MONDAY + 9 * HOUR,
					      .to = MONDAY + 10 * HOUR,
					      .minutes = 90,
					      .travel = 30},
			   1, &visit));
	trip.from = MONDAY + 10 * HOUR;
	trip.to = trip.from + HOUR;
	found = check(scratch, &trip, 1); /* work goes on until half past ten */
	assert_int_equal(found.constraint, SVC_TRIP_VISIT);
	assert_string_equal(found.what, "V1");
	assert_int_equal(found.slot_from, MONDAY + 10 * HOUR + 31 * 60);
	scratch_begin(scratch);
	OK(scratch, svc_technician_absent(scratch->desk, 1, "2025-06-16", "2025-06-17", "training", &absence, NULL,
					  NULL, &scratch->err));
	scratch_commit(scratch);
	found = check(scratch, &trip, 1);
	assert_int_equal(found.constraint, SVC_TRIP_ABSENT);
	assert_string_equal(found.what, "L1");
	assert_int_equal(found.slot_from, MONDAY + 56 * HOUR + 60); /* Wednesday at eight, and the minute of the way */
	found = check(scratch, &trip, 2);
	assert_int_equal(found.constraint, SVC_TRIP_ZONE);
	assert_string_equal(found.what, "suburb");
	assert_int_equal(found.slot_technician, 1);
	trip.needs = "gas, electrical";
	found = check(scratch, &trip, 2);
	assert_int_equal(found.constraint, SVC_TRIP_SKILL);
	assert_string_equal(found.what, "electrical");
	trip.needs = "welding";
	assert_int_equal(check(scratch, &trip, 2).slot_technician, 0);
	trip = (struct svc_trip){.ticket = 1, .from = SCRATCH_NOW - 60, .to = SCRATCH_NOW + 60, .travel = 2};
	found = check(scratch, &trip, 1);
	assert_int_equal(found.constraint, SVC_TRIP_TRAVEL);
	scratch_prove(scratch);
}

static void test_dispatch__refuses_a_second_place(void **state)
{
	struct scratch *scratch = *state;
	struct svc_trip trip = {.ticket = 1, .from = MONDAY + 8 * HOUR, .to = MONDAY + 9 * HOUR};
	struct svc_moving moving = {.visit = 2, .technician = 1, .from = SVC_TIME_NONE, .to = SVC_TIME_NONE};
	int64_t visit;
	desk_with_crew(scratch);
	scratch_begin(scratch);
	OK(scratch,
	   svc_edit(scratch->desk, SVC_TECHNICIAN, 2, &(struct svc_assignment){"zones", ""}, 1, &scratch->err));
	scratch_commit(scratch);
	OK(scratch, assign(scratch, &trip, 1, &visit));
	EXPECT(scratch, assign(scratch, &trip, 1, &visit), SVC_REFUSED);
	assert_non_null(strstr(scratch->err.hint, "2025-06-16T09:00"));
	OK(scratch, assign(scratch, &trip, 2, &visit));
	scratch_begin(scratch);
	EXPECT(scratch, svc_dispatch_reassign(scratch->desk, &moving, NULL, NULL, &scratch->err), SVC_REFUSED);
	moving.from = MONDAY + 9 * HOUR;
	moving.to = MONDAY + 10 * HOUR;
	OK(scratch, svc_dispatch_reassign(scratch->desk, &moving, NULL, NULL, &scratch->err));
	moving.to = MONDAY + 11 * HOUR; /* it is not in its own way */
	OK(scratch, svc_dispatch_reassign(scratch->desk, &moving, NULL, NULL, &scratch->err));
	scratch_commit(scratch);
	EXPECT_VALUE(scratch, SVC_VISIT, 2, "technician", "E1");
	scratch_prove(scratch);
}

static void count_overlap(void *context, int64_t technician, int64_t visit, int64_t other)
{
	int *count = context;
	assert_int_equal(technician, 1);
	assert_true(visit != other);
	++*count;
}

static void test_dispatch__finds_who_is_in_two_places(void **state)
{
	struct scratch *scratch = *state;
	static const char *const windows[][3] = {{"E1", "2025-06-16T08:00Z", "2025-06-16T12:00Z"},
						 {"E1", "2025-06-16T12:00Z", "2025-06-16T13:00Z"},
						 {"E2", "2025-06-16T08:00Z", "2025-06-16T12:00Z"},
						 {"E1", "2025-06-16T11:59Z", "2025-06-16T12:01Z"}};
	static const int expected[] = {0, 0, 0, 2};
	desk_with_crew(scratch);
	for (size_t i = 0; i < COUNT(windows); i++) {
		int count = 0;
		ADD(scratch, SVC_VISIT, {"ticket", "T1"}, {"technician", windows[i][0]}, {"starts", windows[i][1]},
		    {"ends", windows[i][2]});
		OK(scratch, svc_visits_overlaps(scratch->desk, count_overlap, &count, &scratch->err));
		assert_int_equal(count, expected[i]);
	}
}

/* ---- at random ---- */

static uint64_t seed = 20260302;

static int below(int bound)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (uint64_t)bound);
}

static void no_overlap(void *context, int64_t technician, int64_t visit, int64_t other)
{
	(void)context;
	fail_msg("E%d is in two places: V%d and V%d", (int)technician, (int)visit, (int)other);
}

/* One step of a visit that may be in the wrong state for it. */
static void random_step(struct scratch *scratch, int64_t visits)
{
	struct svc_visit_telling telling = {.event = (enum svc_visit_event)below(SVC_VISIT_EVENT_COUNT),
					    .at = SVC_TIME_NONE,
					    .text = below(2) ? "the rest" : NULL};
	scratch_begin(scratch);
	int status = svc_visit_step(scratch->desk, 1 + below((int)visits), &telling, NULL, NULL, &scratch->err);
	assert_true(status == SVC_OK || status == SVC_REFUSED);
	if (status == SVC_OK)
		scratch_commit(scratch);
	else
		svc_desk_rollback(scratch->desk);
}

/* What the check says is what the promise does, and the window that it names can be promised. */
static void random_promise(struct scratch *scratch, int64_t *visits)
{
	struct svc_trip trip = {.ticket = 1, .minutes = below(3) * 45, .travel = below(3) * 20};
	int64_t technician = 1 + below(3), visit;
	trip.from = MONDAY + below(5 * 24 * 4) * (HOUR / 4);
	trip.to = trip.from + (1 + below(8)) * (HOUR / 4);
	struct found found = check(scratch, &trip, technician);
	EXPECT(scratch, assign(scratch, &trip, technician, &visit),
	       found.constraint == SVC_TRIP_FITS ? SVC_OK : SVC_REFUSED);
	if (found.constraint != SVC_TRIP_FITS) {
		assert_true(found.slot_technician);
		trip.to += found.slot_from - trip.from;
		trip.from = found.slot_from;
		OK(scratch, assign(scratch, &trip, found.slot_technician, &visit));
	}
	assert_int_equal(visit, ++*visits);
}

static void random_move(struct scratch *scratch, int64_t visits)
{
	svc_time from = MONDAY + below(5 * 24 * 4) * (HOUR / 4);
	struct svc_moving moving = {
		1 + below((int)visits), below(4), from, from + (1 + below(8)) * (HOUR / 4), NULL, 0};
	scratch_begin(scratch);
	int status = svc_dispatch_reassign(scratch->desk, &moving, NULL, NULL, &scratch->err);
	assert_true(status == SVC_OK || status == SVC_REFUSED);
	if (status == SVC_OK)
		scratch_commit(scratch);
	else
		svc_desk_rollback(scratch->desk);
}

static void test_dispatch__keeps_everybody_in_one_place(void **state)
{
	struct scratch *scratch = *state;
	int64_t visits = 0;
	scratch_desk(scratch, NULL);
	ADD(scratch, SVC_TECHNICIAN, {"name", "one"}, {"shift", "mon-fri 08:00-12:00 13:00-17:00"});
	ADD(scratch, SVC_TECHNICIAN, {"name", "two"}, {"shift", "mon-sun 20:00-08:00"});
	ADD(scratch, SVC_TECHNICIAN, {"name", "three"});
	ADD(scratch, SVC_ABSENCE, {"technician", "E3"}, {"starts", "2025-06-17"}, {"ends", "2025-06-17T15:00Z"});
	ADD(scratch, SVC_TICKET, {"symptom", "cold"});
	for (int round = 0; round < 60; round++) {
		random_promise(scratch, &visits);
		random_step(scratch, visits);
		random_move(scratch, visits);
		OK(scratch, svc_visits_overlaps(scratch->desk, no_overlap, NULL, &scratch->err));
	}
	scratch_prove(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_dispatch__names_the_first_constraint_that_fails),
		CASE(test_dispatch__refuses_a_second_place),
		CASE(test_dispatch__finds_who_is_in_two_places),
		CASE(test_dispatch__keeps_everybody_in_one_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
