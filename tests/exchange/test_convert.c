#include "../base/check.h"

#include "exchange/convert.h"

#include <stdlib.h>
#include <string.h>

static struct arena memory;
static struct svc_zone *shanghai;

static const char *const outcomes[] = {"repaired", "advised", NULL};

/* The value, or the code of what is wrong with it. */
static const char *converted(enum svc_field_type type, char decimal, const char *cell)
{
	const struct svc_field field = {.name = "field",
					.type = type,
					.flags = type == SVC_JSON ? SVC_FIELD_LINES : 0,
					.words = type == SVC_WORD ? outcomes : NULL};
	const struct convert_rules rules = {.decimal = decimal, .currency_digits = 2, .zone = shanghai};
	const char *value;
	const char *trimmed = convert_trim(&field, cell, &memory);
	enum reason reason = convert_value(&rules, &field, NULL, trimmed, &memory, &value);

	return reason == REASON_NONE ? value : reason_code(reason);
}

static void test_convert__reads_numbers_as_the_map_says(void **state)
{
	(void)state;
	static const struct {
		char decimal;
		const char *cell, *value;
	} cases[] = {
		{0, "20", "20"},
		{0, " 20.00 ", "20.00"},
		{0, "1,234.50", "bad_money"},
		{'.', "1,234.50", "1234.50"},
		{',', "1.234,50", "1234.50"},
		{',', "1.234.567", "1234567"},
		{',', "12.34", "bad_money"},
		{',', "1.2345", "bad_money"},
		{',', "1234,5", "1234.5"},
		{'.', "1,23,456", "bad_money"},
		{0, "-1", "bad_money"},
		{0, "20 yuan", "bad_money"},
		{0, "1e3", "bad_money"},
		{0, "0.005", "bad_money"},
		{',', ",5", "bad_money"},
		{0, "99999999999999999999", "bad_money"},
		{',', "1,5.000", "bad_money"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(converted(SVC_MONEY, cases[i].decimal, cases[i].cell), cases[i].value);
	assert_string_equal(converted(SVC_NUMBER, ',', "-1,5"), "-1.5");
	assert_string_equal(converted(SVC_NUMBER, 0, "x"), "bad_number");
	assert_string_equal(converted(SVC_INTEGER, 0, "1.5"), "bad_number");
}

static void test_convert__keeps_dates_and_moments_apart(void **state)
{
	(void)state;
	assert_string_equal(converted(SVC_DATE, 0, "2024-02-29"), "2024-02-29");
	assert_string_equal(converted(SVC_DATE, 0, "29.02.2024"), "bad_date");
	assert_string_equal(converted(SVC_DATE, 0, "2024-02-29 10:00"), "bad_date");
	assert_string_equal(converted(SVC_TIME, 0, "2024-02-29"), "2024-02-29");
	assert_string_equal(converted(SVC_TIME, 0, "2024-02-29 08:30:00"), "2024-02-29T00:30:00Z");
	assert_string_equal(converted(SVC_TIME, 0, "2024-02-29T08:30:00Z"), "2024-02-29T08:30:00Z");
	assert_string_equal(converted(SVC_TIME, 0, "soon"), "bad_date");
}

static void test_convert__reads_formats_in_the_desks_zone(void **state)
{
	(void)state;
	static const struct svc_field day = {.name = "purchase", .type = SVC_DATE},
				      at = {.name = "opened", .type = SVC_TIME};
	const struct convert_rules rules = {.zone = shanghai};
	struct date_format format;
	const char *value;

	assert_int_equal(date_format_compile(&format, &memory, "%d.%m.%Y %R", NULL), SVC_OK);
	assert_int_equal(convert_value(&rules, &day, &format, "1.3.2024 06:00", &memory, &value), REASON_NONE);
	assert_string_equal(value, "2024-03-01");
	assert_int_equal(convert_value(&rules, &at, &format, "1.3.2024 06:00", &memory, &value), REASON_NONE);
	assert_string_equal(value, "2024-02-29T22:00:00Z");
}

static void test_convert__guards_texts_and_words(void **state)
{
	(void)state;
	char long_text[1002];

	memset(long_text, 'x', sizeof long_text);
	long_text[1001] = '\0';
	assert_string_equal(converted(SVC_TEXT, 0, long_text), "too_long");
	assert_string_equal(converted(SVC_JSON, 0, long_text), long_text);
	assert_string_equal(converted(SVC_TEXT, 0, " loses its blanks "), "loses its blanks");
	assert_string_equal(converted(SVC_JSON, 0, " keeps its blanks "), " keeps its blanks ");
	assert_string_equal(converted(SVC_TEXT, 0, "a\nb"), "control_character");
	assert_string_equal(converted(SVC_JSON, 0, "a\r\nb"), "a\nb");
	assert_string_equal(converted(SVC_JSON, 0, "a\rb"), "control_character");
	assert_string_equal(converted(SVC_TEXT, 0, "\x1b[31m"), "control_character");
	assert_string_equal(converted(SVC_TEXT, 0,
				      "\xc2\x9b"
				      "31m"),
			    "control_character");
	assert_string_equal(converted(SVC_TEXT, 0, "caf\xc3\xa9"), "caf\xc3\xa9");
	assert_string_equal(converted(SVC_WORD, 0, " repaired "), "repaired");
	assert_string_equal(converted(SVC_WORD, 0, "Repaired"), "unknown_value");
}

static int open_zone(void **state)
{
	(void)state;
	return svc_zone_open(&shanghai, "Asia/Shanghai", NULL) == SVC_OK ? 0 : -1;
}

static int release(void **state)
{
	(void)state;
	svc_zone_free(shanghai);
	arena_release(&memory);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_convert__reads_numbers_as_the_map_says),
		cmocka_unit_test(test_convert__keeps_dates_and_moments_apart),
		cmocka_unit_test(test_convert__reads_formats_in_the_desks_zone),
		cmocka_unit_test(test_convert__guards_texts_and_words),
	};
	return cmocka_run_group_tests(tests, open_zone, release);
}
