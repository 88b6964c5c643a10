/* The desk as a whole: making it, changing it, keys, actors. */
#include "scratch.h"

static void test_change__a_new_desk_takes_currency_and_zone_from_its_pack(void **state)
{
	struct scratch *scratch = *state;
	struct svc_desk_about about;
	struct svc_desk *desk = scratch_desk(scratch, "kettles");
	OK(scratch, svc_desk_about(desk, &about, &scratch->err));
	assert_string_equal(about.policy, "kettles");
	assert_string_equal(about.currency, "CNY");
	assert_string_equal(about.zone, "Asia/Shanghai");
	assert_int_equal(scratch_events(scratch, "desk"), 1);
}

static void test_change__a_pack_that_is_not_there_makes_no_desk(void **state)
{
	struct scratch *scratch = *state;
	EXPECT(scratch, svc_desk_init(&scratch->options, "service", "pots", &scratch->err), SVC_NOT_FOUND);
	assert_int_not_equal(access(scratch->file, F_OK), 0);
}

static void test_change__is_never_made_twice_under_one_key(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment value = {"name", "customer A"};
	struct svc_desk *desk = scratch_desk(scratch, NULL);
	bool replayed;
	char *result = NULL;
	int exit = -1;
	int64_t id;
	OK(scratch, svc_desk_begin(desk, "k1", "add A", &replayed, &result, &exit, &scratch->err));
	assert_false(replayed);
	OK(scratch, svc_add(desk, SVC_CUSTOMER, &value, 1, &id, &scratch->err));
	OK(scratch, svc_desk_commit(desk, "{\"id\":\"C1\"}", 3, &scratch->err));

	OK(scratch, svc_desk_begin(desk, "k1", "add A", &replayed, &result, &exit, &scratch->err));
	assert_true(replayed);
	assert_string_equal(result, "{\"id\":\"C1\"}");
	assert_int_equal(exit, 3);
	free(result);
	EXPECT(scratch, svc_desk_begin(desk, "k1", "add B", &replayed, &result, &exit, &scratch->err), SVC_REFUSED);
	assert_int_equal(scratch_events(scratch, "C1"), 1);
}

static void test_change__that_failed_uses_up_no_key(void **state)
{
	struct scratch *scratch = *state;
	struct svc_desk *desk = scratch_desk(scratch, NULL);
	bool replayed;
	char *result = NULL;
	int exit;
	OK(scratch, svc_desk_begin(desk, "k1", "a", &replayed, &result, &exit, &scratch->err));
	svc_desk_rollback(desk);
	OK(scratch, svc_desk_begin(desk, "k1", "b", &replayed, &result, &exit, &scratch->err));
	assert_false(replayed);
	OK(scratch, svc_desk_commit(desk, NULL, 0, &scratch->err));
	OK(scratch, svc_desk_begin(desk, "k1", "b", &replayed, &result, &exit, &scratch->err));
	assert_true(replayed);
	assert_null(result);
	EXPECT(scratch, svc_desk_begin(desk, "", "b", &replayed, &result, &exit, &scratch->err), SVC_USAGE);
}

static void test_change__needs_a_transaction(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment value = {"name", "customer A"};
	int64_t id;
	struct svc_desk *desk = scratch_desk(scratch, NULL);
	EXPECT(scratch, svc_add(desk, SVC_CUSTOMER, &value, 1, &id, &scratch->err), SVC_FAULT);
	scratch_begin(scratch);
	EXPECT(scratch, svc_desk_begin(desk, NULL, NULL, NULL, NULL, NULL, &scratch->err), SVC_FAULT);
	svc_desk_rollback(desk);
}

static void test_change__by_a_stranger_is_denied_once_there_are_actors(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, NULL);
	ADD(scratch, SVC_ACTOR, {"name", "back"}, {"role", "advisor"});
	EXPECT(scratch, svc_desk_begin(scratch->desk, NULL, NULL, NULL, NULL, NULL, &scratch->err), SVC_DENIED);
	scratch->options.actor = "back";
	scratch_open(scratch);
	scratch_begin(scratch);
	svc_desk_rollback(scratch->desk);
}

static void test_change__that_is_rolled_back_leaves_no_event(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment value = {"name", "customer A"};
	int64_t id;
	struct svc_desk *desk = scratch_desk(scratch, NULL);
	scratch_begin(scratch);
	OK(scratch, svc_add(desk, SVC_CUSTOMER, &value, 1, &id, &scratch->err));
	svc_desk_rollback(desk);
	assert_int_equal(scratch_events(scratch, "C1"), 0);
	EXPECT(scratch, svc_find(desk, SVC_CUSTOMER, "C1", &id, &scratch->err), SVC_NOT_FOUND);
}

static void test_change__on_a_busy_desk_is_put_off(void **state)
{
	struct scratch *scratch = *state;
	struct svc_desk *other;
	scratch_desk(scratch, NULL);
	OK(scratch, svc_desk_open(&other, &scratch->options, &scratch->err));
	scratch_begin(scratch);
	EXPECT(scratch, svc_desk_begin(other, NULL, NULL, NULL, NULL, NULL, &scratch->err), SVC_BUSY);
	svc_desk_rollback(scratch->desk);
	svc_desk_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_change__a_new_desk_takes_currency_and_zone_from_its_pack),
		CASE(test_change__a_pack_that_is_not_there_makes_no_desk),
		CASE(test_change__is_never_made_twice_under_one_key),
		CASE(test_change__that_failed_uses_up_no_key),
		CASE(test_change__needs_a_transaction),
		CASE(test_change__by_a_stranger_is_denied_once_there_are_actors),
		CASE(test_change__that_is_rolled_back_leaves_no_event),
		CASE(test_change__on_a_busy_desk_is_put_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
