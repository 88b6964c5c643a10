#include "check.h"

#include "svc/date.h"

#include <string.h>

static svc_date day(const char *text)
{
	svc_date date = SVC_DATE_NONE;
	assert_true(svc_date_parse(text, &date));
	return date;
}

static const char *text_of(svc_date date)
{
	static char text[16];
	svc_date_format(date, text);
	return text;
}

static void test_date__counts_every_day_once(void **state)
{
	(void)state;
	svc_date date = svc_date_of(1900, 1, 1);
	assert_int_equal(date, -25567);
	int last_day = 0, weekday = 1; /* a Monday */
	for (; date <= svc_date_of(9999, 12, 31); date++) {
		int year, month, day_of_month;
		svc_date_split(date, &year, &month, &day_of_month);
		if (svc_date_of(year, month, day_of_month) != date || svc_date_weekday(date) != weekday ||
		    (day_of_month != last_day + 1 && day_of_month != 1))
			fail_msg("day %d is %d-%d-%d", date, year, month, day_of_month);
		last_day = day_of_month;
		weekday = weekday % 7 + 1;
	}
	assert_int_equal(date, 2932897);
	assert_int_equal(svc_date_of(1970, 1, 1), 0);
}

static void test_date__refuses_days_that_are_not(void **state)
{
	(void)state;
	assert_int_equal(svc_date_of(2023, 2, 29), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(1900, 2, 29), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(2100, 2, 29), SVC_DATE_NONE);
	assert_int_not_equal(svc_date_of(2000, 2, 29), SVC_DATE_NONE);
	assert_int_not_equal(svc_date_of(2024, 2, 29), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(2024, 4, 31), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(2024, 0, 1), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(2024, 13, 1), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(2024, 1, 0), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(2024, 1, 32), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(1899, 12, 31), SVC_DATE_NONE);
	assert_int_equal(svc_date_of(10000, 1, 1), SVC_DATE_NONE);
	int year = 1, month = 1, day_of_month = 1;
	svc_date_split(SVC_DATE_NONE, &year, &month, &day_of_month);
	assert_int_equal(year + month + day_of_month, 0);
	svc_date_split(SVC_DATE_LIFETIME, &year, &month, &day_of_month);
	assert_int_equal(year + month + day_of_month, 0);
}

static void test_date__adds_months_and_clamps(void **state)
{
	(void)state;
	const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{"2024-03-15", 24, "2026-03-15"}, {"2024-01-31", 1, "2024-02-29"},   {"2023-01-31", 1, "2023-02-28"},
		{"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},  {"2024-08-31", 1, "2024-09-30"},
		{"2024-12-31", 2, "2025-02-28"},  {"2024-03-31", -1, "2024-02-29"},  {"2024-01-15", -1, "2023-12-15"},
		{"2024-01-15", 0, "2024-01-15"},  {"2024-01-15", -24, "2022-01-15"}, {"2024-11-30", 3, "2025-02-28"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(text_of(svc_date_add_months(day(cases[i].from), cases[i].months)), cases[i].to);
	assert_int_equal(svc_date_add_months(day("9999-12-01"), 1), SVC_DATE_NONE);
	assert_int_equal(svc_date_add_months(day("1900-01-31"), -1), SVC_DATE_NONE);
	assert_int_equal(svc_date_add_months(day("2024-01-31"), INT32_MAX), SVC_DATE_NONE);
	assert_int_equal(svc_date_add_months(day("2024-01-31"), INT32_MIN), SVC_DATE_NONE);
	assert_int_equal(svc_date_add_months(SVC_DATE_LIFETIME, 1), SVC_DATE_LIFETIME);
	assert_int_equal(svc_date_add_months(SVC_DATE_NONE, 1), SVC_DATE_NONE);
}

static void test_date__knows_weekdays(void **state)
{
	(void)state;
	assert_int_equal(svc_date_weekday(day("1970-01-01")), 4);
	assert_int_equal(svc_date_weekday(day("1969-12-31")), 3);
	assert_int_equal(svc_date_weekday(day("2026-11-21")), 6);
	assert_int_equal(svc_date_weekday(day("2026-11-22")), 7);
}

static void test_date__parses_one_form_only(void **state)
{
	(void)state;
	const char *wrong[] = {
		"",           "2024",       "2024-1-01",  "2024-01-1",  "2024/01/01",  "2024-01-01 ", " 2024-01-01",
		"2024-01-0x", "20240101",   "2024-02-30", "-024-01-01", "2024-01-011", "+024-01-01",  "lifetime",
		"2024-01-",   "2024-13-01", "\xff"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		svc_date date = 7;
		if (svc_date_parse(wrong[i], &date) || date != 7)
			fail_msg("accepted: %s", wrong[i]);
	}
	assert_string_equal(text_of(day("2024-02-29")), "2024-02-29");
	assert_string_equal(text_of(day("1900-01-01")), "1900-01-01");
	assert_string_equal(text_of(SVC_DATE_LIFETIME), "lifetime");
	assert_string_equal(text_of(SVC_DATE_NONE), "");
}

static void test_date__parses_instants(void **state)
{
	(void)state;
	const struct {
		const char *text;
		svc_time at;
	} cases[] = {
		{"2025-03-08T02:30:00+08:00", 1741372200},
		{"2025-03-07T18:30:00Z", 1741372200},
		{"2025-03-07 18:30Z", 1741372200},
		{"2025-03-07T18:30", 1741372200},
		{"2025-03-08T02:30+0800", 1741372200},
		{"2025-03-08T02:30:00+08", 1741372200},
		{"2025-03-07T13:30:00-05:00", 1741372200},
		{"2025-03-07", 1741305600},
		{"1969-12-31T23:59:59Z", -1},
		{"2025-03-08T02:35:43+08:05:43", 1741372200},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		svc_time at = 0;
		if (!svc_time_parse(cases[i].text, NULL, &at) || at != cases[i].at)
			fail_msg("%s is %lld", cases[i].text, (long long)at);
	}
	const char *wrong[] = {
		"2025-03-08T",       "2025-03-08T24:00",   "2025-03-08T12:60",       "2025-03-08T12:00:60",
		"2025-03-08T1:00",   "2025-03-08T12:00+",  "2025-03-08T12:00+8",     "2025-03-08T12:00+08:0",
		"2025-03-08T12:00z", "2025-03-08T12:00Zx", "2025-03-08T12:00+24:00", "2025-03-08x12:00",
		"2025-03-08+08:00",  "2025-02-30T12:00",   "2025-03-08T12:00:00.5",  "2025-03-08T12"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		svc_time at = 7;
		if (svc_time_parse(wrong[i], NULL, &at) || at != 7)
			fail_msg("accepted: %s", wrong[i]);
	}
}

static void test_date__formats_instants(void **state)
{
	(void)state;
	char text[32];
	svc_time_format(1741372200, NULL, text);
	assert_string_equal(text, "2025-03-07T18:30:00Z");
	svc_time_format(-1, NULL, text);
	assert_string_equal(text, "1969-12-31T23:59:59Z");
	svc_time_format(SVC_TIME_NONE, NULL, text);
	assert_string_equal(text, "");
	svc_time_format(INT64_MAX, NULL, text);
	assert_string_equal(text, "");
	svc_time_format(INT64_C(253402300799), NULL, text);
	assert_string_equal(text, "9999-12-31T23:59:59Z");
	svc_time_format(INT64_C(253402300800), NULL, text);
	assert_string_equal(text, "");
	struct svc_zone *zone = NULL;
	assert_int_equal(svc_zone_open(&zone, "America/New_York", NULL), SVC_OK);
	svc_time_format(1741372200, zone, text);
	assert_string_equal(text, "2025-03-07T13:30:00-05:00");
	svc_zone_free(zone);
	assert_int_equal(svc_zone_open(&zone, "Asia/Shanghai", NULL), SVC_OK);
	svc_time_format(1741372200, zone, text);
	assert_string_equal(text, "2025-03-08T02:30:00+08:00");
	svc_time early = svc_zone_time(zone, day("1900-06-01"), 0), back = 0;
	svc_time_format(early, zone, text);
	assert_string_equal(text, "1900-06-01T00:00:00+08:05:43");
	assert_true(svc_time_parse(text, NULL, &back));
	assert_int_equal(back, early);
	svc_zone_free(zone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date__counts_every_day_once),
		cmocka_unit_test(test_date__refuses_days_that_are_not),
		cmocka_unit_test(test_date__adds_months_and_clamps),
		cmocka_unit_test(test_date__knows_weekdays),
		cmocka_unit_test(test_date__parses_one_form_only),
		cmocka_unit_test(test_date__parses_instants),
		cmocka_unit_test(test_date__formats_instants),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
