/* Durations: what packs and settings may write, and how it is written back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/facts.h"

#include <string.h>

static void parses(const char *text, int32_t count, enum duration_unit unit)
{
	struct duration duration;
	char back[48];

	assert_true(duration_parse(text, &duration));
	assert_int_equal(duration.count, count);
	assert_int_equal(duration.unit, unit);
	duration_format(duration, back);
	assert_string_equal(back, text);
}

static void test_durations__every_unit_comes_back_as_written(void **state)
{
	(void)state;
	parses("1 day", 1, UNIT_DAY);
	parses("7 days", 7, UNIT_DAY);
	parses("1 month", 1, UNIT_MONTH);
	parses("18 months", 18, UNIT_MONTH);
	parses("2 years", 2, UNIT_YEAR);
	parses("20 hours", 20, UNIT_HOUR);
	parses("90 minutes", 90, UNIT_MINUTE);
	parses("3 weeks", 3, UNIT_WEEK);
	parses("5 working days", 5, UNIT_WORKING_DAY);
	parses("6 working hours", 6, UNIT_WORKING_HOUR);
	parses("1 working minute", 1, UNIT_WORKING_MINUTE);
	parses("30 working minutes", 30, UNIT_WORKING_MINUTE);
	parses("0 days", 0, UNIT_DAY);
	parses("twice a month", 0, UNIT_TWICE_A_MONTH);
	parses("each visit", 0, UNIT_EACH_VISIT);
}

static void test_durations__lifetime_has_no_count(void **state)
{
	struct duration duration;
	char back[48];

	(void)state;
	assert_true(duration_parse("lifetime", &duration));
	assert_int_equal(duration.unit, UNIT_LIFETIME);
	duration_format(duration, back);
	assert_string_equal(back, "lifetime");
}

static void test_durations__anything_else_is_none(void **state)
{
	static const char *const bad[] = {"",
					  "7",
					  "days",
					  "7days",
					  "7  days",
					  "-1 day",
					  "1.5 days",
					  "7 Days",
					  "7 days ",
					  "a year",
					  "1 decade",
					  "+7 days",
					  "7 day s",
					  "lifetimes",
					  "99999999999999999999 days",
					  "1 working month",
					  " 7 days"};
	struct duration duration = {42, UNIT_WEEK};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (duration_parse(bad[i], &duration))
			fail_msg("\"%s\" was taken", bad[i]);
	assert_int_equal(duration.count, 42);
}

static void test_durations__equal_ones_are_equal_bytes(void **state)
{
	struct duration a, b;

	(void)state;
	memset(&a, 0x55, sizeof a);
	memset(&b, 0xaa, sizeof b);
	assert_true(duration_parse("1 month", &a) && duration_parse("1 months", &b));
	assert_memory_equal(&a, &b, sizeof a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_durations__every_unit_comes_back_as_written),
		cmocka_unit_test(test_durations__lifetime_has_no_count),
		cmocka_unit_test(test_durations__anything_else_is_none),
		cmocka_unit_test(test_durations__equal_ones_are_equal_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
