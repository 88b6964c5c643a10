/* The log, keys, legacy numbers, settings and decisions. */
#include "scratch.h"

#include "store/decision.h"
#include "store/event.h"
#include "store/kept.h"

static struct store *writing(struct scratch *scratch)
{
	struct store *store = scratch_store(scratch);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	return store;
}

static void append(struct store *store, int subject, int64_t id, svc_time occurred, const char *verb)
{
	struct event event = {.recorded_at = SCRATCH_NOW,
			      .occurred_at = occurred,
			      .actor = "desk",
			      .subject = subject,
			      .subject_id = id,
			      .verb = verb,
			      .payload = "{}"};
	assert_int_equal(event_append(store, &event, NULL), SVC_OK);
}

struct verbs {
	char text[200];
};

static int join_verb(void *context, const struct event *event)
{
	struct verbs *verbs = context;
	size_t length = strlen(verbs->text);
	snprintf(verbs->text + length, sizeof verbs->text - length, "%s ", event->verb);
	return 0;
}

static void expect_verbs(struct store *store, struct event_query query, const char *expected)
{
	struct verbs verbs = {0};
	assert_int_equal(event_each(store, &query, join_verb, &verbs, NULL), SVC_OK);
	assert_string_equal(verbs.text, expected);
}

static void test_kept__events_in_every_order(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = writing(scratch);
	struct event_query query = {.subject = SUBJECT_ANY, .from = SVC_TIME_NONE, .to = SVC_TIME_NONE};
	svc_time last;
	append(store, SVC_TICKET, 1, 300, "late");
	append(store, SVC_TICKET, 1, 100, "early");
	append(store, SUBJECT_DESK, 1, 200, "desk");
	expect_verbs(store, query, "late early desk ");
	query.order = EVENTS_NEWEST_FIRST;
	query.limit = 2;
	expect_verbs(store, query, "desk early ");
	query = (struct event_query){.subject = SVC_TICKET,
				     .subject_id = 1,
				     .from = SVC_TIME_NONE,
				     .to = SVC_TIME_NONE,
				     .order = EVENTS_AS_OCCURRED};
	expect_verbs(store, query, "early late ");
	query.from = 101;
	expect_verbs(store, query, "late ");
	query.verb = "early";
	expect_verbs(store, query, "");
	assert_int_equal(event_last(store, SVC_TICKET, 1, &last, &scratch->err), SVC_OK);
	assert_int_equal(last, 300);
	assert_int_equal(event_last(store, SVC_TICKET, 2, &last, &scratch->err), SVC_OK);
	assert_true(last == SVC_TIME_NONE);
	store_rollback(store);
	store_close(store);
}

static void test_kept__keys(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = writing(scratch);
	struct kept_key kept = {.arguments = "a", .result = NULL, .exit = 1}, read;
	struct arena arena = {0};
	bool found;
	assert_int_equal(kept_key_find(store, "k", &arena, &read, &found, &scratch->err), SVC_OK);
	assert_false(found);
	assert_int_equal(kept_key_put(store, "k", &kept, &scratch->err), SVC_OK);
	assert_int_equal(kept_key_find(store, "k", &arena, &read, &found, &scratch->err), SVC_OK);
	assert_true(found);
	assert_string_equal(read.arguments, "a");
	assert_null(read.result);
	assert_int_equal(read.exit, 1);
	assert_int_equal(kept_key_put(store, "k", &kept, &scratch->err), SVC_REFUSED);
	arena_release(&arena);
	store_rollback(store);
	store_close(store);
}

static void test_kept__legacy_numbers(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = writing(scratch);
	char print[33];
	int64_t id;
	assert_int_equal(kept_legacy_put(store, SVC_UNIT, "old", "7", 70, "f1", &scratch->err), SVC_OK);
	assert_int_equal(kept_legacy_put(store, SVC_TICKET, "old", "7", 71, "f2", &scratch->err), SVC_OK);
	assert_int_equal(kept_legacy_put(store, SVC_UNIT, "old", "7", 70, "f3", &scratch->err), SVC_OK);
	assert_int_equal(kept_legacy_find(store, SVC_UNIT, "old", "7", &id, print, &scratch->err), SVC_OK);
	assert_int_equal(id, 70);
	assert_string_equal(print, "f3");
	assert_int_equal(kept_legacy_find(store, SVC_UNIT, "older", "7", &id, print, &scratch->err), SVC_OK);
	assert_int_equal(id, 0);
	store_rollback(store);
	store_close(store);
}

static int join_setting(void *context, const char *name, const char *value)
{
	struct verbs *verbs = context;
	size_t length = strlen(verbs->text);
	snprintf(verbs->text + length, sizeof verbs->text - length, "%s=%s ", name, value);
	return SVC_OK;
}

static void expect_settings(struct store *store, const char *day, const char *expected)
{
	struct verbs settings = {0};
	svc_date date;
	assert_true(svc_date_parse(day, &date));
	assert_int_equal(kept_setting_each(store, "p", date, join_setting, &settings, NULL), SVC_OK);
	assert_string_equal(settings.text, expected);
}

static void put_setting(struct store *store, const char *policy, const char *name, const char *value, const char *day)
{
	struct kept_setting setting = {.policy = policy, .name = name, .value = value};
	struct event event = {
		.actor = "desk", .subject = SUBJECT_DESK, .subject_id = 1, .verb = "set", .payload = "{}"};
	assert_int_equal(event_append(store, &event, NULL), SVC_OK);
	setting.event = event.id;
	assert_true(svc_date_parse(day, &setting.effective));
	assert_int_equal(kept_setting_put(store, &setting, NULL), SVC_OK);
}

static void test_kept__settings_in_force_on_a_day(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = writing(scratch);
	put_setting(store, "p", "rate", "1", "2024-01-01");
	put_setting(store, "p", "rate", "2", "2024-06-01");
	put_setting(store, "p", "rate", "3", "2024-06-01"); /* said again, of the same day */
	put_setting(store, "p", "unit", "visit", "2024-03-01");
	put_setting(store, "q", "rate", "9", "2024-01-01");
	expect_settings(store, "2023-12-31", "");
	expect_settings(store, "2024-01-01", "rate=1 ");
	expect_settings(store, "2024-05-31", "rate=1 unit=visit ");
	expect_settings(store, "2024-06-01", "rate=3 unit=visit ");
	store_rollback(store);
	store_close(store);
}

static int check_decision(void *context, const struct kept_decision *decision)
{
	++*(int *)context;
	assert_string_equal(decision->policy, "p");
	assert_string_equal(decision->answer, "{\"verdict\":\"covered\"}");
	assert_int_equal(decision->version, svc_date_of(2019, 3, 19));
	assert_int_equal(decision->now, SCRATCH_NOW);
	return 0;
}

static void test_kept__decisions_and_their_packs(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = writing(scratch);
	struct arena arena = {0};
	const char *values[FIELD_LIMIT] = {0};
	struct kept_text kept;
	bool known;
	int seen = 0;
	struct kept_decision decision = {.ticket = 1,
					 .event = 1,
					 .ask = "warranty",
					 .policy = "p",
					 .hash = "h",
					 .verdict = "covered",
					 .settings = "{}",
					 .facts = "{}",
					 .answer = "{\"verdict\":\"covered\"}",
					 .version = svc_date_of(2019, 3, 19),
					 .now = SCRATCH_NOW,
					 .engine = 1};
	values[field_find(SVC_TICKET, "kind")] = "repair";
	values[field_find(SVC_TICKET, "state")] = "open";
	values[field_find(SVC_TICKET, "opened")] = "2024-01-01";
	append(store, SVC_TICKET, 1, 100, "opened");
	assert_int_equal(decision_append(store, &decision, &scratch->err), SVC_REFUSED); /* its pack is not kept */
	assert_int_equal(decision_keep_pack(store, "h", "p", "policy: p", "{}", &scratch->err), SVC_OK);
	assert_int_equal(decision_append(store, &decision, &scratch->err), SVC_OK);
	assert_int_equal(record_write(store, SVC_TICKET, 1, values, true, &scratch->err), SVC_OK);
	assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	assert_int_equal(decision_pack_known(store, "h", &known, &scratch->err), SVC_OK);
	assert_true(known);
	assert_int_equal(decision_pack_text(store, "h", &arena, &kept, &scratch->err), SVC_OK);
	assert_string_equal(kept.policy, "p");
	assert_string_equal(kept.text, "policy: p");
	assert_string_equal(kept.includes, "{}");
	assert_int_equal(decision_each(store, 1, check_decision, &seen, &scratch->err), SVC_OK);
	assert_int_equal(seen, 1);
	arena_release(&arena);
	store_close(store);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_kept__events_in_every_order),
		CASE(test_kept__keys),
		CASE(test_kept__legacy_numbers),
		CASE(test_kept__settings_in_force_on_a_day),
		CASE(test_kept__decisions_and_their_packs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
