/* The tickets of one unit, found by an index however large the desk is. */
#include "scratch.h"

#include "store/history.h"

static void test_history__looks_only_at_the_units_own_tickets(void **state)
{
	static const char explain[] =
		"EXPLAIN QUERY PLAN SELECT t.id, (SELECT d.facts FROM decision d WHERE d.ticket = t.id"
		" ORDER BY d.id DESC LIMIT 1) FROM ticket t WHERE t.unit = 1";
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	sqlite3_stmt *statement;
	bool row;
	assert_int_equal(store_prepare(store, explain, &statement, &scratch->err), SVC_OK);
	while (store_step(store, statement, &row, &scratch->err) == SVC_OK && row)
		assert_null(strstr(column_text(statement, 3), "SCAN t"));
	sqlite3_finalize(statement);
	store_close(store);
}

static int keep_number(void *context, const struct past_ticket *ticket)
{
	int64_t *seen = context;
	seen[0]++;
	seen[1] += ticket->id;
	assert_string_equal(ticket->kind, "repair");
	assert_null(ticket->facts);
	assert_null(ticket->symptom);
	return ticket->id == 3 ? SVC_BUSY : SVC_OK;
}

static void test_history__reads_until_it_has_seen_enough(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	int64_t seen[2] = {0};
	assert_int_equal(
		store_execute(store,
			      "INSERT INTO unit (id, serial) VALUES (1, 'A'), (2, 'B');"
			      "INSERT INTO ticket (id, kind, state, opened, unit) VALUES"
			      " (1, 'repair', 'open', '2025-01-01', 1), (2, 'repair', 'open', '2025-01-01', 2),"
			      " (3, 'repair', 'open', '2025-01-01', 1), (4, 'repair', 'open', '2025-01-01', 1)",
			      &scratch->err),
		SVC_OK);
	assert_int_equal(history_each(store, 2, keep_number, seen, &scratch->err), SVC_OK);
	assert_int_equal(seen[0], 1);
	assert_int_equal(seen[1], 2);
	assert_int_equal(history_each(store, 1, keep_number, seen, &scratch->err), SVC_BUSY);
	assert_int_equal(seen[0], 3);
	assert_int_equal(seen[1], 6);
	assert_int_equal(history_each(store, 9, keep_number, seen, &scratch->err), SVC_OK);
	assert_int_equal(seen[0], 3);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_history__looks_only_at_the_units_own_tickets, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(test_history__reads_until_it_has_seen_enough, scratch_setup,
						scratch_teardown),
	};
	return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
