#include "check.h"

#include "base/file.h"
#include "base/zone.h"
#include "base/zone_rule.h"

#include <stdlib.h>
#include <string.h>

#define HOUR 3600

static struct svc_zone *zone_of(const char *name)
{
	struct svc_zone *zone = NULL;
	struct svc_error err;
	if (svc_zone_open(&zone, name, &err) != SVC_OK)
		fail_msg("%s", err.text);
	return zone;
}

static svc_time utc(const char *text)
{
	svc_time at = 0;
	assert_true(svc_time_parse(text, NULL, &at));
	return at;
}

/* A local wall-clock text, and the instant that it is. */
struct wall {
	const char *local, *instant;
};

static void check_walls(const char *name, const struct wall *walls, size_t count)
{
	struct svc_zone *zone = zone_of(name);
	for (size_t i = 0; i < count; i++) {
		svc_time at = 0;
		assert_true(svc_time_parse(walls[i].local, zone, &at));
		if (at != utc(walls[i].instant))
			fail_msg("%s: %s is %lld", name, walls[i].local, (long long)at);
	}
	svc_zone_free(zone);
}

#define CHECK_WALLS(name, walls) check_walls(name, walls, sizeof walls / sizeof *walls)

static void test_zone__shanghai_has_no_summer_now_but_had(void **state)
{
	(void)state;
	const struct wall walls[] = {
		{"2025-07-01T12:00", "2025-07-01T04:00Z"}, {"2026-01-01", "2025-12-31T16:00Z"},
		{"1991-04-14T01:59", "1991-04-13T17:59Z"}, {"1991-04-14T02:30", "1991-04-13T18:30Z"},
		{"1991-04-14T03:00", "1991-04-13T18:00Z"}, {"1991-07-01T12:00", "1991-07-01T03:00Z"},
		{"1991-09-15T01:30", "1991-09-14T16:30Z"}, {"1991-09-15T02:00", "1991-09-14T18:00Z"},
		{"2100-07-01T12:00", "2100-07-01T04:00Z"},
	};
	CHECK_WALLS("Asia/Shanghai", walls);
}

static void test_zone__berlin_has_gaps_and_overlaps(void **state)
{
	(void)state;
	const struct wall walls[] = {
		{"2025-03-30T01:59:59", "2025-03-30T00:59:59Z"}, {"2025-03-30T02:00", "2025-03-30T01:00Z"},
		{"2025-03-30T02:30", "2025-03-30T01:30Z"},       {"2025-03-30T03:00", "2025-03-30T01:00Z"},
		{"2025-10-26T01:59", "2025-10-25T23:59Z"},       {"2025-10-26T02:30", "2025-10-26T00:30Z"},
		{"2025-10-26T03:00", "2025-10-26T02:00Z"},       {"2050-07-01T00:00", "2050-06-30T22:00Z"},
		{"2050-03-27T02:30", "2050-03-27T01:30Z"},       {"2050-10-30T02:30", "2050-10-30T00:30Z"},
		{"2050-12-31T23:59", "2050-12-31T22:59Z"},       {"9998-07-01", "9998-06-30T22:00Z"},
	};
	CHECK_WALLS("Europe/Berlin", walls);
}

static void test_zone__new_york_and_the_south(void **state)
{
	(void)state;
	const struct wall new_york[] = {
		{"2025-03-09T02:30", "2025-03-09T07:30Z"}, {"2025-03-09T03:00", "2025-03-09T07:00Z"},
		{"2025-11-02T01:30", "2025-11-02T05:30Z"}, {"2025-11-02T02:00", "2025-11-02T07:00Z"},
		{"2060-11-07T01:30", "2060-11-07T05:30Z"},
	};
	const struct wall sydney[] = {{"2060-01-01", "2059-12-31T13:00Z"},
				      {"2060-06-30", "2060-06-29T14:00Z"},
				      {"2060-12-31", "2060-12-30T13:00Z"}};
	const struct wall dublin[] = {{"2060-01-01", "2060-01-01T00:00Z"}, {"2060-07-01", "2060-06-30T23:00Z"}};
	CHECK_WALLS("America/New_York", new_york);
	CHECK_WALLS("Australia/Sydney", sydney);
	CHECK_WALLS("Europe/Dublin", dublin);
}

static void test_zone__gives_the_second_of_two_hours_its_own_instant(void **state)
{
	(void)state;
	struct svc_zone *zone = zone_of("Europe/Berlin");
	assert_int_equal(svc_zone_offset(zone, utc("2025-10-26T00:59:59Z")), 2 * HOUR);
	assert_int_equal(svc_zone_offset(zone, utc("2025-10-26T01:00:00Z")), HOUR);
	assert_int_equal(svc_zone_offset(zone, utc("2060-06-01T00:00Z")), 2 * HOUR);
	char text[32];
	svc_time_format(utc("2025-10-26T01:30Z"), zone, text);
	assert_string_equal(text, "2025-10-26T02:30:00+01:00");
	svc_zone_free(zone);
}

static void test_zone__dates_are_local(void **state)
{
	(void)state;
	struct svc_zone *zone = zone_of("Asia/Shanghai");
	assert_int_equal(svc_zone_date(zone, utc("2025-03-07T15:59:59Z")), svc_date_of(2025, 3, 7));
	assert_int_equal(svc_zone_date(zone, utc("2025-03-07T16:00:00Z")), svc_date_of(2025, 3, 8));
	assert_int_equal(svc_zone_date(zone, SVC_TIME_NONE), SVC_DATE_NONE);
	assert_true(svc_zone_time(zone, SVC_DATE_NONE, 0) == SVC_TIME_NONE);
	svc_zone_free(zone);
	zone = zone_of("America/New_York");
	assert_int_equal(svc_zone_date(zone, -1), svc_date_of(1969, 12, 31));
	svc_zone_free(zone);
}

static void test_zone__utc_needs_no_file(void **state)
{
	(void)state;
	struct svc_zone *zone = zone_of("UTC");
	assert_int_equal(svc_zone_offset(zone, 0), 0);
	assert_int_equal(svc_zone_time(zone, 1, 5), 86405);
	svc_zone_free(zone);
	svc_zone_free(NULL);
}

static void test_zone__refuses_names_that_are_none(void **state)
{
	(void)state;
	const char *names[] = {"",
			       "Mars/Base",
			       "../zoneinfo/UTC",
			       "/etc/localtime",
			       "Asia",
			       "Asia/",
			       "tzdata.zi",
			       "Asia/Shanghai\n",
			       "zone1970tab",
			       "Asia//../Shanghai",
			       "AsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsiaAsia"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct svc_zone *zone = NULL;
		struct svc_error err = {0};
		assert_int_equal(svc_zone_open(&zone, names[i], &err), SVC_BAD_INPUT);
		assert_null(zone);
		assert_true(err.text[0] != '\0');
	}
}

/* No cut and no changed byte may be more than a fault; what still reads must answer. */
static void test_zone__survives_damage(void **state)
{
	(void)state;
	struct strbuf bytes = {0};
	assert_int_equal(file_read(&bytes, "/usr/share/zoneinfo/Europe/Berlin", 1 << 20, NULL), SVC_OK);
	struct svc_zone *zone = NULL;
	for (size_t length = 0; length < bytes.length; length++) {
		char *part = malloc(length + 1);
		memcpy(part, bytes.text, length);
		assert_int_equal(zone_decode(&zone, part, length, "cut", NULL), SVC_BAD_INPUT);
		free(part);
	}
	for (size_t at = 0; at < bytes.length; at++) {
		char kept = bytes.text[at];
		bytes.text[at] = (char)(kept ^ (at % 2 ? 0xff : 0x01));
		if (zone_decode(&zone, bytes.text, bytes.length, "damaged", NULL) == SVC_OK) {
			svc_zone_time(zone, svc_date_of(2025, 3, 30), 9000);
			svc_zone_time(zone, svc_date_of(2125, 3, 30), 9000);
			svc_zone_free(zone);
		}
		bytes.text[at] = kept;
	}
	strbuf_release(&bytes);
}

static void test_zone__reads_rules(void **state)
{
	(void)state;
	const char *good[] = {"UTC0",
			      "<+0330>-3:30",
			      "CET-1CEST,M3.5.0,M10.5.0/3",
			      "EST5EDT,M3.2.0,M11.1.0\n",
			      "A1B,J1/0,J365/23",
			      "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
			      "X-24:59:59",
			      "AAA3BBB4:30,0,365/167"};
	const char *bad[] = {"",
			     "5",
			     "CET",
			     "CET-25",
			     "CET-1CEST",
			     "CET-1CEST,M3.5.0",
			     "CET-1CEST,M13.5.0,M10.5.0",
			     "CET-1CEST,M3.6.0,M10.5.0",
			     "CET-1CEST,M3.5.7,M1.1.0",
			     "<CET-1",
			     "CET-1CEST,J0,J365",
			     "CET-1CEST,M3.5.0,M10.5.0/168",
			     "CET-1CEST,M3.5.0,M10.5.0x",
			     "CET-1:60"};
	struct zone_rule rule;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!zone_rule_parse(good[i], &rule))
			fail_msg("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (zone_rule_parse(bad[i], &rule))
			fail_msg("accepted: %s", bad[i]);
}

static void test_zone__follows_rules_by_day_number(void **state)
{
	(void)state;
	struct zone_rule rule;
	svc_time next;
	assert_true(zone_rule_parse("AAA0BBB,J60/0,J300/0", &rule)); /* 1 March, leap year or not */
	assert_int_equal(zone_rule_offset(&rule, utc("2024-02-29T23:59:59Z"), &next), 0);
	assert_int_equal(next, utc("2024-03-01T00:00Z"));
	assert_int_equal(zone_rule_offset(&rule, utc("2024-03-01T00:00Z"), &next), HOUR);
	assert_int_equal(zone_rule_offset(&rule, utc("2023-03-01T00:00Z"), &next), HOUR);
	assert_true(zone_rule_parse("AAA0BBB,59/0,300/0", &rule)); /* the 60th day: 29 February in a leap year */
	assert_int_equal(zone_rule_offset(&rule, utc("2024-02-29T00:00Z"), &next), HOUR);
	assert_int_equal(zone_rule_offset(&rule, utc("2023-02-28T23:59Z"), &next), 0);
	assert_int_equal(zone_rule_offset(&rule, utc("2023-03-01T00:00Z"), &next), HOUR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zone__shanghai_has_no_summer_now_but_had),
		cmocka_unit_test(test_zone__berlin_has_gaps_and_overlaps),
		cmocka_unit_test(test_zone__new_york_and_the_south),
		cmocka_unit_test(test_zone__gives_the_second_of_two_hours_its_own_instant),
		cmocka_unit_test(test_zone__dates_are_local),
		cmocka_unit_test(test_zone__utc_needs_no_file),
		cmocka_unit_test(test_zone__refuses_names_that_are_none),
		cmocka_unit_test(test_zone__survives_damage),
		cmocka_unit_test(test_zone__reads_rules),
		cmocka_unit_test(test_zone__follows_rules_by_day_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
