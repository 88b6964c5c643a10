/* appointment: confirmed, remind, late, cancelled; and a new time that was announced. */
#include "asking.h"

static const char appointments[] = HEAD
	"settings:\n  half_day: {type: duration, default: 12 hours, inferred: true, title: {en: half a day, zh: 半天}}\n"
	"appointments:\n"
	"  - {clause: p.1, remind_from: {before: expected, by: 1 day}, remind_to: {before: expected, by: {setting: half_day}}}\n"
	"  - {clause: p.2, cancel_at: {after: expected, by: 30 minutes}}\n"
	"  - {clause: p.3, progress_from: {after: started, by: {pct: 70, of: work_minutes}}, progress_to: {after: started, by: {pct: 80, of: work_minutes}}}\n"
	"  - {clause: p.4, notify_by: {before: expected, by: 1 hour}}\n";

#define AT_NINE "appointed: '2026-03-05T09:00:00', "

static void now(void **state, const char *facts, const char *verdict)
{
	char all[256], want[64];

	snprintf(all, sizeof all, "{" AT_NINE "%s}", facts);
	snprintf(want, sizeof want, "{verdict: %s}", verdict);
	expect(*state, SVC_ASK_APPOINTMENT, all, want);
}

static void test_appointment__reminds_in_its_window(void **state)
{
	now(state, "booked: '2026-03-01T09:00:00', now: '2026-03-03T23:59:59'", "confirmed");
	now(state, "booked: '2026-03-01T09:00:00', now: '2026-03-04T00:00:00'", "remind");
	now(state, "booked: '2026-03-01T09:00:00', now: '2026-03-04T21:00:00'", "remind");
	now(state, "booked: '2026-03-01T09:00:00', now: '2026-03-04T21:00:01'", "confirmed");
	now(state, "booked: '2026-03-04T00:00:00', now: '2026-03-04T10:00:00'", "confirmed");
	now(state, "booked: '2026-03-03T23:59:59', now: '2026-03-04T10:00:00'", "remind");
	now(state, "now: '2026-03-04T10:00:00'", "incomplete");
	now(state, "booked: '2026-03-01T09:00:00', arrived: '2026-03-04T10:00:00'", "confirmed");
	expect(*state, SVC_ASK_APPOINTMENT, "{" AT_NINE "now: '2026-03-04T10:00:00'}",
	       "{missing: [booked], cancel_at: '2026-03-05T09:30:00+08:00', notify_by: '2026-03-05T08:00:00+08:00', remind_from: "
	       "'2026-03-04T00:00:00+08:00', remind_to: '2026-03-04T21:00:00+08:00', absent: [progress_from]}");
}

static void test_appointment__is_late_and_then_cancelled(void **state)
{
	now(state, "arrived: '2026-03-05T09:00:00'", "confirmed");
	now(state, "arrived: '2026-03-05T09:00:01'", "late");
	now(state, "arrived: '2026-03-05T09:30:00'", "late");
	now(state, "arrived: '2026-03-05T09:30:01'", "cancelled");
	now(state, "now: '2026-03-05T09:00:00'", "confirmed");
	now(state, "now: '2026-03-05T09:30:00'", "late");
	now(state, "now: '2026-03-05T09:30:01'", "cancelled");
	now(state, "arrived: '2026-03-05T09:10:00', now: '2026-03-05T12:00:00'", "late");
}

static void test_appointment__a_new_time_that_was_announced_in_time(void **state)
{
	expect(*state, SVC_ASK_APPOINTMENT,
	       "{" AT_NINE
	       "announced: '2026-03-05T09:30:00', new_time: '2026-03-05T10:00:00', arrived: '2026-03-05T10:30:00'}",
	       "{verdict: late, cancel_at: '2026-03-05T10:30:00+08:00', notify_by: '2026-03-05T09:00:00+08:00', clauses: [p.2]}");
	expect(*state, SVC_ASK_APPOINTMENT,
	       "{" AT_NINE
	       "announced: '2026-03-05T09:30:01', new_time: '2026-03-05T10:00:00', arrived: '2026-03-05T10:00:00'}",
	       "{verdict: cancelled, cancel_at: '2026-03-05T09:30:00+08:00'}");
	expect(*state, SVC_ASK_APPOINTMENT,
	       "{" AT_NINE "new_time: '2026-03-05T10:00:00', arrived: '2026-03-05T10:00:00'}",
	       "{verdict: incomplete, missing: [announced], absent: [cancel_at]}");
	expect(*state, SVC_ASK_APPOINTMENT, "{" AT_NINE "announced: '2026-03-05T08:30:00', now: '2026-03-05T09:31:00'}",
	       "{verdict: incomplete, missing: [new_time]}");
}

static void test_appointment__progress_of_work_that_began(void **state)
{
	expect(*state, SVC_ASK_APPOINTMENT,
	       "{" AT_NINE "arrived: '2026-03-05T09:00:00', started: '2026-03-05T08:00:00', work_minutes: 300}",
	       "{verdict: confirmed, progress_from: '2026-03-05T11:30:00+08:00', progress_to: '2026-03-05T12:00:00+08:00', clauses: [p.3]}");
	expect(*state, SVC_ASK_APPOINTMENT,
	       "{" AT_NINE "arrived: '2026-03-05T09:00:00', started: '2026-03-05T08:00:00'}",
	       "{verdict: incomplete, missing: [work_minutes], cancel_at: '2026-03-05T09:30:00+08:00', absent: [progress_from]}");
}

static void test_appointment__what_is_missing(void **state)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	struct svc_error err = {0};

	expect(*state, SVC_ASK_APPOINTMENT, "{booked: '2026-03-04T00:00:00'}",
	       "{verdict: incomplete, missing: [appointed]}");
	assert_int_equal(svc_facts_new(&vector, *state, &err), 0);
	assert_int_equal(svc_facts_set(vector, "appointed", "2026-03-01T09:00:00", &err), 0);
	assert_int_equal(svc_ask(*state, SVC_ASK_APPOINTMENT, vector, false, &answer, &err), 0);
	assert_int_equal(answer.verdict, SVC_VERDICT_INCOMPLETE);
	assert_string_equal(answer.missing[0], "now");
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

static void test_appointment__a_tolerance_and_no_cancelling(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD
		"settings:\n  tolerance: {type: duration, title: {en: tolerance, zh: 容许}}\n"
		"appointments:\n  - {clause: p.1, notify_by: appointed, late_after: {after: expected, by: {setting: tolerance}}}\n");

	(void)state;
	expect(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "arrived: '2026-03-05T09:00:00'}",
	       "{verdict: confirmed, clauses: [p.1]}");
	expect(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "arrived: '2026-03-05T09:00:01'}",
	       "{verdict: incomplete, missing: [tolerance]}");
	expect_set(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "arrived: '2026-03-05T09:10:00'}", "tolerance", "10 minutes",
		   "{verdict: confirmed}");
	expect_set(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "arrived: '2026-03-05T09:10:01'}", "tolerance", "10 minutes",
		   "{verdict: late, clauses: [p.1]}");
	expect(p, SVC_ASK_APPOINTMENT,
	       "{" AT_NINE
	       "announced: '2026-03-05T09:00:00', new_time: '2026-03-05T11:00:00', arrived: '2026-03-05T11:00:00'}",
	       "{verdict: confirmed}");
	svc_policy_free(p);
}

static void test_appointment__two_rules_of_one_limit_need_an_order(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "appointments:\n  - {clause: p.1, cancel_at: {after: expected, by: 1 hour}}\n"
		     "  - {clause: p.2, when: {batch: true}, cancel_at: {after: expected, by: 2 hours}}\n");

	(void)state;
	expect_both(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "batch: true}", "p.1 and p.2");
	expect_both(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "batch: true, new_time: '2026-03-05T10:00:00'}", "p.1 and p.2");
	svc_policy_free(p);
}

static void test_appointment__rules_that_say_little(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "appointments:\n  - {clause: p.1, remind_from: {before: expected, by: 2 hours}}\n");

	(void)state;
	expect(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "booked: '2026-03-01T09:00:00', now: '2026-03-05T09:00:00'}",
	       "{verdict: remind}");
	expect(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "now: '2026-03-05T09:00:01'}", "{verdict: late}");
	expect(p, SVC_ASK_APPOINTMENT,
	       "{" AT_NINE
	       "announced: '2026-03-05T09:00:01', new_time: '2026-03-05T10:00:00', now: '2026-03-05T09:30:00'}",
	       "{verdict: late}");
	expect(p, SVC_ASK_APPOINTMENT, "{" AT_NINE "new_time: '2026-03-05T10:00:00'}",
	       "{verdict: incomplete, missing: [announced]}");
	svc_policy_free(p);
}

static int open_appointments(void **state)
{
	*state = pack_of(appointments);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_appointment__reminds_in_its_window),
		cmocka_unit_test(test_appointment__is_late_and_then_cancelled),
		cmocka_unit_test(test_appointment__a_new_time_that_was_announced_in_time),
		cmocka_unit_test(test_appointment__progress_of_work_that_began),
		cmocka_unit_test(test_appointment__what_is_missing),
		cmocka_unit_test(test_appointment__two_rules_of_one_limit_need_an_order),
		cmocka_unit_test(test_appointment__rules_that_say_little),
		cmocka_unit_test(test_appointment__a_tolerance_and_no_cancelling),
	};

	return cmocka_run_group_tests(tests, open_appointments, close_pack);
}
