/* Rows by their field tables, and listings. */
#include "scratch.h"

static void test_record__every_field_is_a_column_and_comes_back(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	for (int kind = 0; kind < SVC_KIND_COUNT; kind++) {
		static const char *const samples[] = {[SVC_TEXT] = "文字",       [SVC_WORD] = "word",
						      [SVC_DATE] = "2024-02-29", [SVC_TIME] = "2024-02-29T10:00:00Z",
						      [SVC_INTEGER] = "42",      [SVC_NUMBER] = "12.5",
						      [SVC_MONEY] = "1999.99",   [SVC_JSON] = "{\"a\":1}"};
		const char *values[FIELD_LIMIT] = {0}, *read[FIELD_LIMIT];
		char label[24];
		struct arena arena = {0};
		size_t count;
		const struct svc_field *fields = svc_fields((enum svc_kind)kind, &count);
		for (size_t i = 1; i < count; i++) {
			record_label(label, fields[i].refers, 1);
			values[i] = fields[i].type == SVC_REFERENCE ? arena_strdup(&arena, label)
								    : samples[fields[i].type];
		}
		assert_int_equal(record_write(store, (enum svc_kind)kind, 1, values, true, &scratch->err), SVC_OK);
		assert_int_equal(record_read(store, (enum svc_kind)kind, 1, &arena, read, &scratch->err), SVC_OK);
		for (size_t i = 1; i < count; i++)
			assert_string_equal(read[i], values[i]);
		record_label(label, (enum svc_kind)kind, 1);
		assert_string_equal(read[FIELD_ID], label);
		arena_release(&arena);
	}
	assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	store_close(store);
}

static void test_record__ids_have_letters(void **state)
{
	(void)state;
	assert_int_equal(record_number(SVC_UNIT, "U17"), 17);
	assert_int_equal(record_number(SVC_UNIT, "u17"), 17);
	assert_int_equal(record_number(SVC_UNIT, "T17"), 0);
	assert_int_equal(record_number(SVC_UNIT, "U017"), 0);
	assert_int_equal(record_number(SVC_UNIT, "U17a"), 0);
	assert_int_equal(record_number(SVC_UNIT, "U"), 0);
	assert_int_equal(record_number(SVC_UNIT, "U99999999999999999999"), 0);
}

static void test_record__same_serial_maker_and_model_once(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(scratch_add_unit(store, 1, "SN1", &scratch->err), SVC_OK);
	assert_int_equal(scratch_add_unit(store, 2, "SN1", &scratch->err), SVC_REFUSED);
	store_rollback(store);
	store_close(store);
}

static void test_record__one_megabyte_text_comes_back(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	const char *values[FIELD_LIMIT] = {0};
	struct arena arena = {0};
	int note = field_find(SVC_CUSTOMER, "note");
	char *text = malloc((1 << 20) + 1);
	memset(text, 'x', 1 << 20);
	text[1 << 20] = '\0';
	values[field_find(SVC_CUSTOMER, "name")] = "customer A";
	values[note] = text;
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(record_write(store, SVC_CUSTOMER, 1, values, true, &scratch->err), SVC_OK);
	assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	assert_int_equal(record_read(store, SVC_CUSTOMER, 1, &arena, values, &scratch->err), SVC_OK);
	assert_string_equal(values[note], text);
	arena_release(&arena);
	free(text);
	store_close(store);
}

/* ---- listings ---- */

struct seen {
	int64_t ids[16];
	size_t count, stop_after;
};

static int take_id(void *context, int64_t id, const char **values)
{
	struct seen *seen = context;
	assert_non_null(values[FIELD_ID]);
	seen->ids[seen->count++] = id;
	return seen->stop_after && seen->count == seen->stop_after;
}

static void add_ticket(struct store *store, int64_t id, const char *opened, const char *product, const char *symptom,
		       const char *fee)
{
	const char *values[FIELD_LIMIT] = {0};
	values[field_find(SVC_TICKET, "kind")] = "repair";
	values[field_find(SVC_TICKET, "state")] = id % 2 ? "open" : "closed";
	values[field_find(SVC_TICKET, "opened")] = opened;
	values[field_find(SVC_TICKET, "product")] = product;
	values[field_find(SVC_TICKET, "symptom")] = symptom;
	values[field_find(SVC_TICKET, "fee")] = fee;
	assert_int_equal(record_write(store, SVC_TICKET, id, values, true, NULL), SVC_OK);
}

static struct store *with_tickets(struct scratch *scratch)
{
	struct store *store = scratch_store(scratch);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	add_ticket(store, 1, "2024-01-30", "Lamp", "Doesn't LIGHT", "9.00");
	add_ticket(store, 2, "2024-01-31T15:59:59Z", "Lamp", "100% dark", "20.00"); /* 31 January in Shanghai */
	add_ticket(store, 3, "2024-01-31T16:00:00Z", "Kettle", "不加热", "100.00"); /* 1 February in Shanghai */
	add_ticket(store, 4, "2024-02-01", NULL, "a_b", NULL);
	assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	return store;
}

static void expect_ids(struct store *store, const struct record_query *query, const int64_t *ids, size_t count)
{
	struct seen seen = {0};
	int64_t counted;
	assert_int_equal(record_list(store, SVC_TICKET, query, take_id, &seen, NULL), SVC_OK);
	assert_int_equal(seen.count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(seen.ids[i], ids[i]);
	if (query->limit)
		return;
	assert_int_equal(record_count(store, SVC_TICKET, query, &counted, NULL), SVC_OK);
	assert_int_equal(counted, count);
}

#define EXPECT(store, query, ...)                                                                                      \
	do {                                                                                                           \
		const int64_t expected[] = {__VA_ARGS__};                                                              \
		expect_ids(store, query, expected, sizeof expected / sizeof *expected);                                \
	} while (0)

static void test_record__lists_by_value_range_and_absence(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = with_tickets(scratch);
	struct record_match match = {.field = field_find(SVC_TICKET, "product"), .from = "Lamp", .to = "Lamp"};
	struct record_query query = {.matches = &match, .match_count = 1};
	EXPECT(store, &query, 1, 2);
	match = (struct record_match){.field = field_find(SVC_TICKET, "fee"), .from = "10.00", .to = "100.00"};
	EXPECT(store, &query, 2, 3);
	match.to = NULL;
	match.from = "20.01";
	EXPECT(store, &query, 3);
	match.from = match.to = "";
	EXPECT(store, &query, 4);
	query.match_count = 0;
	EXPECT(store, &query, 1, 2, 3, 4);
	store_close(store);
}

static void test_record__days_and_moments_lie_in_one_range(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = with_tickets(scratch);
	struct record_match match = {.field = field_find(SVC_TICKET, "opened"),
				     .from = "2024-02-01",
				     .to = "2024-02-01",
				     .from_moment = "2024-01-31T16:00:00Z",
				     .to_moment = "2024-02-01T15:59:59Z"};
	struct record_query query = {.matches = &match, .match_count = 1};
	EXPECT(store, &query, 3, 4);
	match.from = NULL;
	match.to = "2024-01-31";
	match.to_moment = "2024-01-31T15:59:59Z";
	EXPECT(store, &query, 1, 2);
	store_close(store);
}

static void test_record__finds_texts_in_either_case_and_literally(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = with_tickets(scratch);
	struct record_query query = {.text = "light"};
	EXPECT(store, &query, 1);
	query.text = "100%";
	EXPECT(store, &query, 2);
	query.text = "a_b";
	EXPECT(store, &query, 4);
	query.text = "加热";
	EXPECT(store, &query, 3);
	store_close(store);
}

static void test_record__sorts_limits_and_stops(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = with_tickets(scratch);
	struct seen seen = {.stop_after = 2};
	struct record_query query = {.sort = field_find(SVC_TICKET, "fee"), .descending = true};
	EXPECT(store, &query, 3, 2, 1, 4);
	query.limit = 1;
	EXPECT(store, &query, 3);
	query = (struct record_query){0};
	assert_int_equal(record_list(store, SVC_TICKET, &query, take_id, &seen, NULL), SVC_OK);
	assert_int_equal(seen.count, 2);
	store_close(store);
}

static void test_record__finds_by_serial_and_its_beginning(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	struct arena arena = {0};
	int serial = field_find(SVC_UNIT, "serial");
	const char *value;
	int64_t ids[4];
	size_t count;
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(scratch_add_unit(store, 1, "SN100", &scratch->err), SVC_OK);
	assert_int_equal(scratch_add_unit(store, 2, "SN200", &scratch->err), SVC_OK);
	assert_int_equal(record_find(store, SVC_UNIT, serial, "SN200", FIELD_NONE, NULL, ids, 4, &count, &scratch->err),
			 SVC_OK);
	assert_int_equal(count, 1);
	assert_int_equal(ids[0], 2);
	assert_int_equal(record_beginning(store, SVC_UNIT, serial, "SN2xx", 3, &arena, &value, &scratch->err), SVC_OK);
	assert_string_equal(value, "SN200");
	assert_int_equal(record_beginning(store, SVC_UNIT, serial, "XX", 2, &arena, &value, &scratch->err), SVC_OK);
	assert_null(value);
	arena_release(&arena);
	store_rollback(store);
	store_close(store);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_record__every_field_is_a_column_and_comes_back),
		CASE(test_record__ids_have_letters),
		CASE(test_record__same_serial_maker_and_model_once),
		CASE(test_record__one_megabyte_text_comes_back),
		CASE(test_record__lists_by_value_range_and_absence),
		CASE(test_record__days_and_moments_lie_in_one_range),
		CASE(test_record__finds_texts_in_either_case_and_literally),
		CASE(test_record__sorts_limits_and_stops),
		CASE(test_record__finds_by_serial_and_its_beginning),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
