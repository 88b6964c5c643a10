/* Rows of a legacy system. */
#include "scratch.h"

#include "desk/bulk.h"

static int put(struct scratch *scratch, enum svc_kind kind, struct bulk_row row, enum bulk_outcome *outcome)
{
	int64_t id;
	row.source = "old";
	return bulk_put(scratch->desk, kind, &row, &id, outcome, &scratch->err);
}

#define ROW(legacy, ...)                                                                                               \
	(struct bulk_row)                                                                                              \
	{                                                                                                              \
		.legacy_id = legacy, .values = (const struct svc_assignment[]){__VA_ARGS__},                           \
		.count = COUNT(((const struct svc_assignment[]){__VA_ARGS__})), .occurred = SVC_TIME_NONE              \
	}

static void begin(struct scratch *scratch)
{
	OK(scratch, bulk_begin(scratch->desk, &scratch->err));
}

static void commit(struct scratch *scratch)
{
	OK(scratch, bulk_commit(scratch->desk, &scratch->err));
}

static void test_bulk__adds_then_finds_unchanged_then_updates(void **state)
{
	struct scratch *scratch = *state;
	enum bulk_outcome outcome;
	int64_t id;
	scratch_desk(scratch, NULL);
	begin(scratch);
	struct bulk_row row = ROW("7", {"opened", "2016-11-19"}, {"closed", "2016-11-19"}, {"product", "Lamp"});
	row.extra = "{\"country\":\"ARG\"}";
	row.occurred = INT64_C(1479513600);
	OK(scratch, put(scratch, SVC_TICKET, row, &outcome));
	assert_int_equal(outcome, BULK_ADDED);
	OK(scratch, put(scratch, SVC_TICKET, row, &outcome));
	assert_int_equal(outcome, BULK_UNCHANGED);
	row.extra = "{\"country\":\"CHL\"}";
	OK(scratch, put(scratch, SVC_TICKET, row, &outcome));
	assert_int_equal(outcome, BULK_UPDATED);
	OK(scratch, put(scratch, SVC_TICKET, row, &outcome));
	assert_int_equal(outcome, BULK_UNCHANGED);
	commit(scratch);
	OK(scratch, svc_find(scratch->desk, SVC_TICKET, "old:7", &id, &scratch->err));
	EXPECT_VALUE(scratch, SVC_TICKET, id, "legacy", "old:7");
	EXPECT_VALUE(scratch, SVC_TICKET, id, "state", "closed");
	EXPECT_VALUE(scratch, SVC_TICKET, id, "kind", "repair");
	EXPECT_VALUE(scratch, SVC_TICKET, id, "opened", "2016-11-19");
	EXPECT_VALUE(scratch, SVC_TICKET, id, "extra", "{\"country\":\"CHL\"}");
	assert_int_equal(scratch_events(scratch, "T1"), 2);
	scratch_prove(scratch);
}

static void test_bulk__a_refused_row_leaves_nothing(void **state)
{
	struct scratch *scratch = *state;
	enum bulk_outcome outcome;
	scratch_desk(scratch, NULL);
	begin(scratch);
	EXPECT(scratch, put(scratch, SVC_TICKET, ROW("1", {"product", "Lamp"}), &outcome), SVC_BAD_INPUT);
	assert_string_equal(scratch->err.field, "opened");
	EXPECT(scratch,
	       put(scratch, SVC_TICKET,
		   ROW("1", {"customer", "customer A"}, {"opened", "2020-02-02"}, {"closed", "2020-02-01"}), &outcome),
	       SVC_BAD_INPUT);
	EXPECT(scratch, put(scratch, SVC_TICKET, ROW("1", {"opened", "2020-02-02"}, {"state", "lost"}), &outcome),
	       SVC_BAD_INPUT);
	EXPECT(scratch, put(scratch, SVC_TICKET, ROW("1", {"opened", "2020-02-02"}, {"unit", "SN404"}), &outcome),
	       SVC_NOT_FOUND);
	assert_string_equal(scratch->err.field, "unit");
	EXPECT(scratch, put(scratch, SVC_TICKET, ROW("1", {"opend", "2020-02-02"}), &outcome), SVC_USAGE);
	OK(scratch, put(scratch, SVC_TICKET, ROW("1", {"opened", "2020-02-02"}), &outcome));
	assert_int_equal(outcome, BULK_ADDED);
	commit(scratch);
	struct svc_query all = {0};
	int64_t count;
	OK(scratch, svc_count(scratch->desk, SVC_CUSTOMER, &all, &count, &scratch->err));
	assert_int_equal(count, 0);
	OK(scratch, svc_count(scratch->desk, SVC_TICKET, &all, &count, &scratch->err));
	assert_int_equal(count, 1);
}

static void test_bulk__customers_and_units_are_found_or_added_once(void **state)
{
	struct scratch *scratch = *state;
	enum bulk_outcome outcome;
	int64_t count;
	struct svc_query all = {0};
	scratch_desk(scratch, NULL);
	begin(scratch);
	OK(scratch, put(scratch, SVC_CUSTOMER, ROW("c7", {"name", "甲公司"}, {"phone", "1"}), &outcome));
	OK(scratch, put(scratch, SVC_CUSTOMER, ROW("c8", {"name", "甲公司"}, {"phone", "2"}), &outcome));
	OK(scratch, put(scratch, SVC_UNIT, ROW("u7", {"serial", "SN1"}, {"customer", "c7"}), &outcome));
	OK(scratch, put(scratch, SVC_UNIT, ROW("u8", {"serial", "SN2"}, {"customer", "walk-in"}), &outcome));
	OK(scratch, put(scratch, SVC_UNIT, ROW("u9", {"serial", "SN3"}, {"customer", "walk-in"}), &outcome));
	OK(scratch, put(scratch, SVC_TICKET, ROW("t1", {"opened", "2020-01-01"}, {"unit", "u8"}), &outcome));
	OK(scratch, put(scratch, SVC_TICKET, ROW("t2", {"opened", "2020-01-01"}, {"unit", "SN3"}), &outcome));
	EXPECT(scratch, put(scratch, SVC_UNIT, ROW("u1", {"serial", "SN4"}, {"customer", "甲公司"}), &outcome),
	       SVC_REFUSED);
	EXPECT(scratch, put(scratch, SVC_UNIT, ROW("u1", {"serial", "SN3"}), &outcome), SVC_REFUSED);
	commit(scratch);
	EXPECT_VALUE(scratch, SVC_UNIT, 1, "customer", "C1");
	EXPECT_VALUE(scratch, SVC_UNIT, 3, "customer", "C3");
	EXPECT_VALUE(scratch, SVC_TICKET, 1, "unit", "U2");
	EXPECT_VALUE(scratch, SVC_TICKET, 2, "unit", "U3");
	OK(scratch, svc_count(scratch->desk, SVC_CUSTOMER, &all, &count, &scratch->err));
	assert_int_equal(count, 3);
	scratch_prove(scratch);
}

static void test_bulk__what_the_desk_changed_is_not_changed_back(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment product = {"product", "Kettle"};
	enum bulk_outcome outcome;
	scratch_desk(scratch, NULL);
	begin(scratch);
	OK(scratch, put(scratch, SVC_TICKET,
			ROW("7", {"opened", "2020-01-01"}, {"product", "Lamp"}, {"symptom", "dark"}), &outcome));
	OK(scratch, svc_edit(scratch->desk, SVC_TICKET, 1, &product, 1, &scratch->err));
	OK(scratch, put(scratch, SVC_TICKET,
			ROW("7", {"opened", "2020-01-01"}, {"product", "Lamp"}, {"symptom", "dim"}), &outcome));
	assert_int_equal(outcome, BULK_UPDATED);
	commit(scratch);
	EXPECT_VALUE(scratch, SVC_TICKET, 1, "product", "Kettle");
	EXPECT_VALUE(scratch, SVC_TICKET, 1, "symptom", "dim");
	scratch_prove(scratch);
}

static void test_bulk__kept_columns_are_not_changed_back(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment extra = {"extra", "{\"country\":\"FR\"}"};
	struct bulk_row row = ROW("7", {"opened", "2020-01-01"}, {"symptom", "dark"});
	enum bulk_outcome outcome;
	scratch_desk(scratch, NULL);
	begin(scratch);
	row.extra = "{\"country\":\"DE\"}";
	OK(scratch, put(scratch, SVC_TICKET, row, &outcome));
	OK(scratch, svc_edit(scratch->desk, SVC_TICKET, 1, &extra, 1, &scratch->err));
	row.customer_phone = "1";
	OK(scratch, put(scratch, SVC_TICKET, row, &outcome));
	assert_int_equal(outcome, BULK_UPDATED);
	commit(scratch);
	EXPECT_VALUE(scratch, SVC_TICKET, 1, "extra", extra.value);
	scratch_prove(scratch);
}

static void test_bulk__a_key_outlives_the_chunks(void **state)
{
	struct scratch *scratch = *state;
	enum bulk_outcome outcome;
	bool replayed;
	char *result = NULL;
	int exit;
	scratch_desk(scratch, NULL);
	OK(scratch, svc_desk_begin(scratch->desk, "k", "a", &replayed, &result, &exit, &scratch->err));
	begin(scratch);
	OK(scratch, put(scratch, SVC_UNIT, ROW("1", {"serial", "SN1"}), &outcome));
	commit(scratch);
	begin(scratch);
	OK(scratch, put(scratch, SVC_UNIT, ROW("2", {"serial", "SN2"}), &outcome));
	commit(scratch);
	OK(scratch, svc_desk_commit(scratch->desk, "done", 0, &scratch->err));
	OK(scratch, svc_desk_begin(scratch->desk, "k", "a", &replayed, &result, &exit, &scratch->err));
	assert_true(replayed);
	assert_string_equal(result, "done");
	free(result);
}

static void test_bulk__rehearsal_leaves_the_store_as_it_was(void **state)
{
	struct scratch *scratch = *state;
	enum bulk_outcome outcome;
	scratch_desk(scratch, NULL);
	begin(scratch);
	OK(scratch, put(scratch, SVC_UNIT, ROW("1", {"serial", "SN1"}, {"customer", "walk-in"}), &outcome));
	bulk_rollback(scratch->desk);
	begin(scratch);
	OK(scratch, put(scratch, SVC_UNIT, ROW("1", {"serial", "SN1"}), &outcome));
	assert_int_equal(outcome, BULK_ADDED);
	bulk_rollback(scratch->desk);
	assert_int_equal(scratch_events(scratch, NULL), 1); /* the desk's own first */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_bulk__adds_then_finds_unchanged_then_updates),
		CASE(test_bulk__a_refused_row_leaves_nothing),
		CASE(test_bulk__customers_and_units_are_found_or_added_once),
		CASE(test_bulk__what_the_desk_changed_is_not_changed_back),
		CASE(test_bulk__kept_columns_are_not_changed_back),
		CASE(test_bulk__a_key_outlives_the_chunks),
		CASE(test_bulk__rehearsal_leaves_the_store_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
