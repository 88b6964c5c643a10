/* Instants, spans and the calendar, seen through deadlines: each task is due at one way of saying until when. */
#include "asking.h"

static const char clocks[] = HEAD
	"calendar: {clause: p.0, week: [mon, tue, wed, thu, fri], hours: ['09:00-12:00', '13:00-18:00'], holidays: true,\n"
	"  years: [2025, 2026], off: [{from: 2026-05-01, to: 2026-05-05}, 2026-12-31], on: [2026-05-09]}\n"
	"settings:\n"
	"  limit: {type: duration, title: {en: limit, zh: 时限}}\n"
	"  grace: {type: duration, default: 2 hours, inferred: true, title: {en: grace, zh: 宽限}}\n"
	"facts:\n"
	"  wait_days: {number: {min: 0}, unit: days, title: {en: days to wait, zh: 等待天数}}\n"
	"  wait_hours: {number: {min: 0}, unit: hours, title: {en: hours to wait, zh: 等待小时}}\n"
	"  cancelled: {date: true, default: never, title: {en: cancelled, zh: 取消}}\n"
	"  called: {time: true, default: never, title: {en: called, zh: 来电}}\n"
	"  task: {one_of: {days: {en: days, zh: 天}, weeks: {en: weeks, zh: 周}, months: {en: months, zh: 月}, same_day: {en: same day, zh: 当日},\n"
	"    hours: {en: hours, zh: 小时}, working_days: {en: working days, zh: 工作日}, working_hours: {en: working hours, zh: 工时},\n"
	"    working_minutes: {en: working minutes, zh: 工作分钟}, rolls: {en: rolls, zh: 顺延}, rolls_time: {en: rolls a time, zh: 时刻顺延}, setting: {en: by a setting, zh: 设定},\n"
	"    share: {en: share, zh: 比例}, sum: {en: sum, zh: 合计}, longest: {en: longest, zh: 最长}, shortest: {en: shortest, zh: 最短},\n"
	"    by_days: {en: by days, zh: 按天}, by_hours: {en: by hours, zh: 按小时}, first: {en: first, zh: 首个}, latest: {en: latest, zh: 最晚},\n"
	"    earliest: {en: earliest, zh: 最早}, back: {en: back, zh: 倒数}, back_hours: {en: back by working hours, zh: 倒数工时}, back_days: {en: back by working days, zh: 倒数工作日},\n"
	"    back_months: {en: back by months, zh: 倒数月}, never: {en: never, zh: 从不}, ever: {en: for ever, zh: 永远}, nested: {en: nested, zh: 嵌套}, date_hours: {en: hours of a day, zh: 日内}}}\n"
	"deadlines:\n"
	"  - {clause: p.1, task: days, due: {after: [delivery, reported], by: 7 days}}\n"
	"  - {clause: p.2, task: weeks, due: {after: [delivery, reported], by: 2 weeks}}\n"
	"  - {clause: p.3, task: months, due: {after: [delivery, reported], by: 1 month}}\n"
	"  - {clause: p.4, task: same_day, due: {after: reported, by: 0 days}}\n"
	"  - {clause: p.5, task: hours, due: {after: reported, by: 24 hours}}\n"
	"  - {clause: p.6, task: working_days, due: {after: [delivery, reported], by: 3 working days}}\n"
	"  - {clause: p.7, task: working_hours, due: {after: [delivery, reported], by: 6 working hours}}\n"
	"  - {clause: p.8, task: working_minutes, due: {after: reported, by: 30 working minutes}}\n"
	"  - {clause: p.9, task: rolls, due: {after: delivery, by: 1 day}, rolls: true}\n"
	"  - {clause: p.10, task: rolls_time, due: {after: reported, by: 24 hours}, rolls: true}\n"
	"  - {clause: p.11, task: setting, due: {after: [delivery, reported], by: {setting: limit}}}\n"
	"  - {clause: p.12, task: share, due: {after: reported, by: {pct: 70, of: work_minutes}}}\n"
	"  - {clause: p.13, task: sum, due: {after: reported, by: {sum: [travel_minutes, 1 day, grace]}}}\n"
	"  - {clause: p.14, task: longest, due: {before: appointed, most: [60 minutes, {sum: [travel_minutes, 10 minutes]}]}}\n"
	"  - {clause: p.15, task: shortest, due: {before: appointed, least: [60 minutes, {sum: [travel_minutes, 10 minutes]}]}}\n"
	"  - {clause: p.16, task: by_days, due: {after: [delivery, reported], by: wait_days}}\n"
	"  - {clause: p.17, task: by_hours, due: {after: reported, by: wait_hours}}\n"
	"  - {clause: p.18, task: first, due: [cancelled, delivery, purchase]}\n"
	"  - {clause: p.19, task: latest, due: {most: [{after: delivery, by: 7 days}, cancelled, called]}}\n"
	"  - {clause: p.20, task: earliest, due: {least: [{after: delivery, by: 7 days}, cancelled, called]}}\n"
	"  - {clause: p.21, task: back, due: {before: [delivery, appointed], by: 1 day}}\n"
	"  - {clause: p.22, task: back_hours, due: {before: appointed, by: 6 working hours}}\n"
	"  - {clause: p.23, task: back_days, due: {before: delivery, by: 2 working days}}\n"
	"  - {clause: p.24, task: back_months, due: {before: delivery, by: 1 month}}\n"
	"  - {clause: p.25, task: never, due: {after: [cancelled, called], by: 1 day}}\n"
	"  - {clause: p.26, task: ever, due: {after: delivery, by: 90 years}}\n"
	"  - {clause: p.27, task: nested, due: {after: {after: reported, by: 2 days}, by: 3 hours}}\n"
	"  - {clause: p.28, task: date_hours, due: {after: delivery, by: 36 hours}}\n";

static void due(void **state, const char *facts, const char *expected)
{
	char want[256];

	snprintf(want, sizeof want, "{due: '%s'}", expected);
	expect(*state, SVC_ASK_DEADLINE, facts, want);
}

static void test_clocks__days_of_a_date_are_a_date(void **state)
{
	due(state, "{task: days, delivery: 2024-02-23}", "2024-03-01");
	due(state, "{task: weeks, delivery: 2025-12-25}", "2026-01-08");
	due(state, "{task: months, delivery: 2024-01-31}", "2024-02-29");
	due(state, "{task: by_days, delivery: 2026-03-01, wait_days: 10}", "2026-03-11");
	due(state, "{task: back, delivery: 2026-03-01}", "2026-02-28");
	due(state, "{task: back_months, delivery: 2026-03-31}", "2026-02-28");
	due(state, "{task: date_hours, delivery: 2026-03-01}", "2026-03-02");
}

static void test_clocks__days_of_a_time_end_with_the_day(void **state)
{
	due(state, "{task: days, reported: '2026-03-01T10:00:00'}", "2026-03-08T23:59:59+08:00");
	due(state, "{task: weeks, reported: '2026-03-01T10:00:00'}", "2026-03-15T23:59:59+08:00");
	due(state, "{task: months, reported: '2026-01-31T10:00:00'}", "2026-02-28T23:59:59+08:00");
	due(state, "{task: same_day, reported: '2026-03-01T00:00:00'}", "2026-03-01T23:59:59+08:00");
	due(state, "{task: by_days, reported: '2026-03-01T10:00:00', wait_days: 1}", "2026-03-02T23:59:59+08:00");
	due(state, "{task: nested, reported: '2026-03-01T10:00:00'}", "2026-03-04T02:59:59+08:00");
}

static void test_clocks__days_back_from_a_time_begin_with_the_day(void **state)
{
	due(state, "{task: back, appointed: '2026-03-01T10:00:00'}", "2026-02-28T00:00:00+08:00");
}

static void test_clocks__hours_and_minutes_are_exact(void **state)
{
	due(state, "{task: hours, reported: '2026-03-01T10:00:01'}", "2026-03-02T10:00:01+08:00");
	due(state, "{task: by_hours, reported: '2026-03-01T10:00:00', wait_hours: 1.5}", "2026-03-01T11:30:00+08:00");
	due(state, "{task: by_days, reported: '2026-03-01T10:00:00', wait_days: 0.5}", "2026-03-01T22:00:00+08:00");
}

static void test_clocks__working_days_know_holidays_and_make_up_days(void **state)
{
	due(state, "{task: working_days, delivery: 2026-03-06}", "2026-03-11"); /* Friday to Wednesday */
	due(state, "{task: working_days, delivery: 2026-04-30}", "2026-05-08"); /* over the first of May */
	due(state, "{task: working_days, delivery: 2026-05-07}",
	    "2026-05-11"); /* Friday, the Saturday made up, Monday */
	due(state, "{task: working_days, reported: '2026-03-06T20:00:00'}", "2026-03-11T23:59:59+08:00");
	due(state, "{task: back_days, delivery: 2026-03-10}", "2026-03-06");
	due(state, "{task: back_days, delivery: 2026-05-06}", "2026-04-29");
}

static void test_clocks__working_hours_run_while_we_are_open(void **state)
{
	due(state, "{task: working_hours, reported: '2026-03-04T09:30:00'}", "2026-03-04T16:30:00+08:00");
	due(state, "{task: working_hours, reported: '2026-03-04T12:30:00'}", "2026-03-05T10:00:00+08:00");
	due(state, "{task: working_hours, reported: '2026-03-07T10:00:00'}", "2026-03-09T16:00:00+08:00");
	due(state, "{task: working_hours, reported: '2026-03-04T11:00:00'}",
	    "2026-03-04T18:00:00+08:00"); /* at closing */
	due(state, "{task: working_hours, delivery: 2026-03-04}", "2026-03-04T16:00:00+08:00");
	due(state, "{task: working_minutes, reported: '2026-03-04T11:45:00'}", "2026-03-04T13:15:00+08:00");
	due(state, "{task: working_minutes, reported: '2026-05-08T18:00:00'}", "2026-05-09T09:30:00+08:00");
	due(state, "{task: back_hours, appointed: '2026-03-05T10:00:00'}",
	    "2026-03-04T13:00:00+08:00"); /* at opening */
	due(state, "{task: back_hours, appointed: '2026-03-09T08:00:00'}", "2026-03-06T11:00:00+08:00");
}

static void test_clocks__a_year_without_holidays_is_named(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: working_days, delivery: 2026-12-30}",
	       "{verdict: incomplete, missing: [calendar_2027], absent: [due], clauses: [p.6]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: working_hours, reported: '2026-12-30T17:00:00'}",
	       "{verdict: incomplete, missing: [calendar_2027], absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: rolls, delivery: 2026-12-31}",
	       "{verdict: incomplete, missing: [calendar_2027], absent: [due]}");
	due(state, "{task: working_days, delivery: 2026-12-25}", "2026-12-30");
	due(state, "{task: days, delivery: 2026-12-30}", "2027-01-06");
}

static void test_clocks__a_last_day_off_moves(void **state)
{
	due(state, "{task: rolls, delivery: 2026-03-05}", "2026-03-06");
	due(state, "{task: rolls, delivery: 2026-03-06}", "2026-03-09");
	due(state, "{task: rolls, delivery: 2026-04-30}", "2026-05-06");
	due(state, "{task: rolls, delivery: 2026-05-08}", "2026-05-09");
	due(state, "{task: rolls_time, reported: '2026-03-05T10:00:00'}", "2026-03-06T10:00:00+08:00");
	due(state, "{task: rolls_time, reported: '2026-03-06T10:00:00'}", "2026-03-09T23:59:59+08:00");
}

static void test_clocks__settings_are_spans(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: setting, delivery: 2026-03-01}",
	       "{verdict: incomplete, missing: [limit], absent: [due]}");
	expect_set(*state, SVC_ASK_DEADLINE, "{task: setting, delivery: 2026-03-01}", "limit", "3 days",
		   "{due: 2026-03-04}");
	expect_set(*state, SVC_ASK_DEADLINE, "{task: setting, reported: '2026-03-01T10:00:00'}", "limit", "30 minutes",
		   "{due: '2026-03-01T10:30:00+08:00'}");
	expect_set(*state, SVC_ASK_DEADLINE, "{task: setting, reported: '2026-03-06T17:30:00'}", "limit",
		   "1 working hour", "{due: '2026-03-09T09:30:00+08:00'}");
	expect_set(*state, SVC_ASK_DEADLINE, "{task: setting, delivery: 2026-03-01}", "limit", "lifetime",
		   "{verdict: none, absent: [due]}");
}

static void test_clocks__spans_are_built_from_spans(void **state)
{
	due(state, "{task: share, reported: '2026-03-01T08:00:00', work_minutes: 300}", "2026-03-01T11:30:00+08:00");
	due(state, "{task: sum, reported: '2026-03-01T08:00:00', travel_minutes: 15}", "2026-03-02T10:15:00+08:00");
	due(state, "{task: longest, appointed: '2026-03-01T14:00:00', travel_minutes: 40}",
	    "2026-03-01T13:00:00+08:00");
	due(state, "{task: longest, appointed: '2026-03-01T14:00:00', travel_minutes: 51}",
	    "2026-03-01T12:59:00+08:00");
	due(state, "{task: shortest, appointed: '2026-03-01T14:00:00', travel_minutes: 51}",
	    "2026-03-01T13:00:00+08:00");
	expect_set(*state, SVC_ASK_DEADLINE, "{task: sum, reported: '2026-03-01T08:00:00', travel_minutes: 0}", "grace",
		   "1 week", "{due: '2026-03-09T08:00:00+08:00'}");
}

static void test_clocks__what_is_unknown_is_named(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: share, reported: '2026-03-01T08:00:00'}",
	       "{verdict: incomplete, missing: [work_minutes], absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: days}", "{verdict: incomplete, missing: [delivery, reported]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: by_days, delivery: 2026-03-01}",
	       "{verdict: incomplete, missing: [wait_days]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: latest}", "{verdict: incomplete, missing: [delivery]}");
}

static void test_clocks__the_first_known_the_latest_the_earliest(void **state)
{
	due(state, "{task: first, purchase: 2026-03-01}", "2026-03-01");
	due(state, "{task: first, purchase: 2026-03-01, delivery: 2026-03-03}", "2026-03-03");
	due(state, "{task: first, purchase: 2026-03-01, cancelled: 2026-03-09}", "2026-03-09");
	due(state, "{task: latest, delivery: 2026-03-01}", "2026-03-08");
	due(state, "{task: latest, delivery: 2026-03-01, cancelled: 2026-03-09}", "2026-03-09");
	due(state, "{task: latest, delivery: 2026-03-01, called: '2026-03-08T12:00:00'}", "2026-03-08");
	due(state, "{task: earliest, delivery: 2026-03-01, called: '2026-03-08T12:00:00'}",
	    "2026-03-08T12:00:00+08:00");
	due(state, "{task: earliest, delivery: 2026-03-01, cancelled: 2026-03-02}", "2026-03-02");
}

static void test_clocks__what_never_comes_is_not_due(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: never}", "{verdict: none, absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: ever, delivery: 9950-03-01}", "{verdict: none, absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: back_months, delivery: 1900-01-15}", "{verdict: none, absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: days, delivery: 9999-12-30}", "{verdict: none, absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: by_days, delivery: 2026-03-01, wait_days: 1000000000000}",
	       "{verdict: none, absent: [due]}");
}

static void test_clocks__what_is_out_of_every_calendar_never_comes(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: by_hours, reported: '2026-03-01T10:00:00', wait_hours: 1000000000000}",
	       "{verdict: none, absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: by_hours, reported: '9999-12-31T10:00:00', wait_hours: 24}",
	       "{verdict: none, absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: longest, appointed: '1900-01-01T08:00:00', travel_minutes: 600}",
	       "{verdict: none, absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: date_hours, delivery: 9999-12-31}", "{verdict: none, absent: [due]}");
	expect_set(*state, SVC_ASK_DEADLINE, "{task: sum, reported: '2026-03-01T08:00:00', travel_minutes: 0}", "grace",
		   "lifetime", "{verdict: none, absent: [due]}");
	expect_set(*state, SVC_ASK_DEADLINE, "{task: sum, reported: '2026-03-01T08:00:00', travel_minutes: 0}", "grace",
		   "1 month", "{due: '2026-04-01T08:00:00+08:00'}");
	expect_set(*state, SVC_ASK_DEADLINE, "{task: sum, reported: '2026-03-01T08:00:00', travel_minutes: 0}", "grace",
		   "1 year", "{due: '2027-03-02T08:00:00+08:00'}");
}

static void test_clocks__a_week_without_holidays(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD
		"calendar: {week: [tue]}\n"
		"settings: {limit: {type: duration, title: {en: limit, zh: 时限}}}\n"
		"facts: {task: {one_of: {a: {en: a, zh: 甲}, b: {en: b, zh: 乙}, c: {en: c, zh: 丙}}}}\n"
		"deadlines:\n  - {clause: p.1, task: a, due: {after: [delivery, reported], by: {setting: limit}}}\n"
		"  - {clause: p.2, task: b, due: {before: [delivery, reported], by: {setting: limit}}}\n"
		"  - {clause: p.3, task: c, due: delivery, rolls: true}\n");

	(void)state;
	expect_set(p, SVC_ASK_DEADLINE, "{task: a, delivery: 2027-03-03}", "limit", "2 working days",
		   "{due: 2027-03-16}");
	expect_set(p, SVC_ASK_DEADLINE, "{task: a, delivery: 9999-12-30}", "limit", "1 working day", "{verdict: none}");
	expect_set(p, SVC_ASK_DEADLINE, "{task: b, delivery: 1900-01-03}", "limit", "2 working days",
		   "{verdict: none}");
	expect_set(p, SVC_ASK_DEADLINE, "{task: a, reported: '2027-03-02T22:00:00'}", "limit", "3 working hours",
		   "{due: '2027-03-09T01:00:00+08:00'}"); /* without hours a working day has 24 */
	expect_set(p, SVC_ASK_DEADLINE, "{task: a, reported: '9999-12-31T22:00:00'}", "limit", "3 working hours",
		   "{verdict: none}");
	expect_set(p, SVC_ASK_DEADLINE, "{task: b, reported: '1900-01-01T22:00:00'}", "limit", "3 working hours",
		   "{verdict: none}");
	expect(p, SVC_ASK_DEADLINE, "{task: c, delivery: 9999-12-30}", "{verdict: none}");
	svc_policy_free(p);
}

static void test_clocks__every_day_works_where_the_calendar_says_so(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD
		"calendar: {week: [mon, tue, wed, thu, fri, sat, sun]}\n"
		"facts: {task: {one_of: {a: {en: a, zh: 甲}}}}\n"
		"deadlines:\n  - {clause: p.1, task: a, due: {after: [delivery, reported], by: 3 working days}, rolls: true}\n");

	(void)state;
	expect(p, SVC_ASK_DEADLINE, "{task: a, delivery: 2031-03-07}", "{due: 2031-03-10}");
	expect(p, SVC_ASK_DEADLINE, "{task: a, reported: '2031-03-07T20:00:00'}", "{due: '2031-03-10T23:59:59+08:00'}");
	svc_policy_free(p);
}

static void test_clocks__a_zone_that_changes_its_clocks(void **state)
{
	struct svc_policy *p = pack_of(
		"policy: p\ntitle: {en: P, zh: 甲}\neffective: 2020-01-01\ncurrency: EUR\ntimezone: Europe/Berlin\n"
		"calendar: {week: [mon, tue, wed, thu, fri, sat, sun], hours: ['00:00-24:00']}\n"
		"facts: {task: {one_of: {a: {en: a, zh: 甲}, b: {en: b, zh: 乙}, c: {en: c, zh: 丙}}}}\n"
		"deadlines:\n  - {clause: p.1, task: a, due: {after: reported, by: 24 hours}}\n"
		"  - {clause: p.2, task: b, due: {after: reported, by: 24 working hours}}\n"
		"  - {clause: p.3, task: c, due: {after: reported, by: 1 day}}\n");

	(void)state;
	/* In the night to 29 March 2026 one hour is missing. */
	expect(p, SVC_ASK_DEADLINE, "{task: a, reported: '2026-03-28T12:00:00'}", "{due: '2026-03-29T13:00:00+02:00'}");
	expect(p, SVC_ASK_DEADLINE, "{task: b, reported: '2026-03-28T12:00:00'}", "{due: '2026-03-29T13:00:00+02:00'}");
	expect(p, SVC_ASK_DEADLINE, "{task: c, reported: '2026-03-28T12:00:00'}", "{due: '2026-03-29T23:59:59+02:00'}");
	svc_policy_free(p);
}

/* ---- against a clock that is read minute by minute ---- */

static bool open_at(int64_t minute) /* of the local time, since 1970 */
{
	svc_date day = (svc_date)(minute / 1440);
	int of_day = (int)(minute % 1440);
	bool works = svc_date_weekday(day) <= 5;

	if ((day >= svc_date_of(2026, 5, 1) && day <= svc_date_of(2026, 5, 5)) || day == svc_date_of(2026, 12, 31))
		works = false;
	if (day == svc_date_of(2026, 5, 9))
		works = true;
	return works && ((of_day >= 540 && of_day < 720) || (of_day >= 780 && of_day < 1080));
}

static int64_t ticked(int64_t minute, int left)
{
	while (left)
		left -= open_at(minute++);
	return minute;
}

static void test_clocks__working_minutes_agree_with_a_slow_clock(void **state)
{
	struct svc_answer answer = {0};
	struct svc_facts *facts;
	struct svc_error err = {0};
	uint64_t random = 42;

	assert_int_equal(svc_facts_new(&facts, *state, &err), 0);
	svc_facts_now(facts, 1772366400);
	for (int i = 0; i < 500; i++) {
		int64_t minute = (int64_t)svc_date_of(2025, 12, 1) * 1440, left;
		char text[64];

		random = random * 6364136223846793005u + 1442695040888963407u;
		minute += (int64_t)(random >> 33) % (300 * 1440);
		left = 1 + (int64_t)(random >> 20) % 4000;
		svc_time_format((minute - 480) * 60, svc_policy_zone(*state), text);
		assert_int_equal(svc_facts_set(facts, "task", "setting", &err), 0);
		assert_int_equal(svc_facts_set(facts, "reported", text, &err), 0);
		snprintf(text, sizeof text, "%d working minutes", (int)left);
		assert_int_equal(svc_facts_setting(facts, "limit", text, &err), 0);
		assert_int_equal(svc_ask(*state, SVC_ASK_DEADLINE, facts, false, &answer, &err), 0);
		assert_int_equal(answer.due.at, (ticked(minute, (int)left) - 480) * 60);
	}
	svc_answer_release(&answer);
	svc_facts_free(facts);
}

static int open_clocks(void **state)
{
	*state = pack_of(clocks);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clocks__days_of_a_date_are_a_date),
		cmocka_unit_test(test_clocks__days_of_a_time_end_with_the_day),
		cmocka_unit_test(test_clocks__days_back_from_a_time_begin_with_the_day),
		cmocka_unit_test(test_clocks__hours_and_minutes_are_exact),
		cmocka_unit_test(test_clocks__working_days_know_holidays_and_make_up_days),
		cmocka_unit_test(test_clocks__working_hours_run_while_we_are_open),
		cmocka_unit_test(test_clocks__a_year_without_holidays_is_named),
		cmocka_unit_test(test_clocks__a_last_day_off_moves),
		cmocka_unit_test(test_clocks__settings_are_spans),
		cmocka_unit_test(test_clocks__spans_are_built_from_spans),
		cmocka_unit_test(test_clocks__what_is_unknown_is_named),
		cmocka_unit_test(test_clocks__the_first_known_the_latest_the_earliest),
		cmocka_unit_test(test_clocks__what_never_comes_is_not_due),
		cmocka_unit_test(test_clocks__what_is_out_of_every_calendar_never_comes),
		cmocka_unit_test(test_clocks__a_week_without_holidays),
		cmocka_unit_test(test_clocks__every_day_works_where_the_calendar_says_so),
		cmocka_unit_test(test_clocks__working_minutes_agree_with_a_slow_clock),
		cmocka_unit_test(test_clocks__a_zone_that_changes_its_clocks),
	};

	return cmocka_run_group_tests(tests, open_clocks, close_pack);
}
