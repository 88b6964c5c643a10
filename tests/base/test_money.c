#include "check.h"

#include "svc/money.h"

static void test_money__knows_the_digits_of_currencies(void **state)
{
	(void)state;
	assert_int_equal(svc_currency_digits("CNY"), 2);
	assert_int_equal(svc_currency_digits("USD"), 2);
	assert_int_equal(svc_currency_digits("AED"), 2);
	assert_int_equal(svc_currency_digits("ZWG"), 2);
	assert_int_equal(svc_currency_digits("JPY"), 0);
	assert_int_equal(svc_currency_digits("XPF"), 0);
	assert_int_equal(svc_currency_digits("KWD"), 3);
	const char *unknown[] = {"", "cny", "CN", "CNYX", "NYC", "XXX", "Y C", "   "};
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		assert_int_equal(svc_currency_digits(unknown[i]), -1);
	assert_int_equal(svc_currency_digits(NULL), -1);
}

static void test_money__parses_decimal_strings(void **state)
{
	(void)state;
	const struct {
		const char *text;
		int digits;
		svc_money amount;
	} cases[] = {
		{"20", 2, 2000},
		{"20.5", 2, 2050},
		{"20.50", 2, 2050},
		{"-0.05", 2, -5},
		{"20.500", 2, 2050},
		{"007", 0, 7},
		{"7.000", 0, 7},
		{"1.234", 3, 1234},
		{"0", 2, 0},
		{"-0", 2, 0},
		{"999999999999999.99", 2, INT64_C(99999999999999999)},
		{"1000000000000000", 2, SVC_MONEY_MAX},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		svc_money amount = -1;
		if (!svc_money_parse(cases[i].text, cases[i].digits, &amount) || amount != cases[i].amount)
			fail_msg("%s is %lld", cases[i].text, (long long)amount);
	}
}

static void test_money__refuses_what_is_no_amount(void **state)
{
	(void)state;
	const char *wrong[] = {"",
			       "-",
			       "+1",
			       "1.",
			       ".5",
			       "1,000",
			       " 1",
			       "1 ",
			       "1e3",
			       "20.505",
			       "0x10",
			       "--1",
			       "1.2.3",
			       "1.-2",
			       "abc",
			       "1.00x",
			       "NaN",
			       "1000000000000000.01",
			       "99999999999999999999999999",
			       "-99999999999999999999999999",
			       "20.0001",
			       "-.5"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		svc_money amount = 7;
		if (svc_money_parse(wrong[i], 2, &amount) || amount != 7)
			fail_msg("accepted: %s", wrong[i]);
	}
}

static void test_money__formats_with_all_digits(void **state)
{
	(void)state;
	const struct {
		svc_money amount;
		int digits;
		const char *text;
	} cases[] = {
		{2000, 2, "20.00"},
		{5, 2, "0.05"},
		{-5, 2, "-0.05"},
		{0, 2, "0.00"},
		{7, 0, "7"},
		{0, 0, "0"},
		{-1234, 3, "-1.234"},
		{SVC_MONEY_MAX, 2, "1000000000000000.00"},
		{SVC_MONEY_NONE, 2, ""},
		{INT64_MAX, 0, "9223372036854775807"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[32];
		svc_money_format(cases[i].amount, cases[i].digits, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void test_money__scales_half_away_from_zero(void **state)
{
	(void)state;
	const struct {
		svc_money amount;
		int64_t numerator, denominator;
		svc_money result;
	} cases[] = {
		{1000, 20, 100, 200},
		{5, 1, 2, 3},
		{-5, 1, 2, -3},
		{1, 1, 3, 0},
		{2, 1, 3, 1},
		{-2, 1, 3, -1},
		{-1, 1, 3, 0},
		{7, 1, 1, 7},
		{0, 5, 7, 0},
		{15, 1, 10, 2},
		{14, 1, 10, 1},
		{25, 1, 10, 3},
		{10, -1, 4, -3},
		{SVC_MONEY_MAX, SVC_NUMBER_ONE, SVC_NUMBER_ONE, SVC_MONEY_MAX},
		{SVC_MONEY_MAX, INT64_MAX, INT64_MAX, SVC_MONEY_MAX},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		svc_money result = 77;
		assert_true(svc_money_scale(cases[i].amount, cases[i].numerator, cases[i].denominator, &result));
		assert_int_equal(result, cases[i].result);
	}
}

static void test_money__refuses_to_overflow(void **state)
{
	(void)state;
	svc_money result = 7;
	assert_false(svc_money_scale(SVC_MONEY_MAX, 2, 1, &result));
	assert_false(svc_money_scale(-SVC_MONEY_MAX, 2, 1, &result));
	assert_false(svc_money_scale(INT64_MAX, INT64_MAX, 1, &result));
	assert_false(svc_money_scale(INT64_MAX, INT64_MIN, 1, &result));
	assert_false(svc_money_scale(1, 1, 0, &result));
	assert_false(svc_money_scale(1, 1, -1, &result));
	assert_false(svc_money_scale(SVC_MONEY_NONE, 1, 1, &result));
	assert_int_equal(result, 7);
}

static void test_money__numbers_are_millionths(void **state)
{
	(void)state;
	const struct {
		const char *text;
		int64_t number;
		const char *back;
	} cases[] = {
		{"70", 70000000, "70"},
		{"0.5", 500000, "0.5"},
		{"-1.25", -1250000, "-1.25"},
		{"0", 0, "0"},
		{"100", 100000000, "100"},
		{"0.000001", 1, "0.000001"},
		{"0.0000005", 1, "0.000001"},
		{"0.00000049", 0, "0"},
		{"69.30000000000001", 69300000, "69.3"},
		{"9000000000000", INT64_C(9000000000000000000), "9000000000000"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t number = -1;
		char text[32];
		assert_true(svc_number_parse(cases[i].text, &number));
		assert_int_equal(number, cases[i].number);
		svc_number_format(number, text);
		assert_string_equal(text, cases[i].back);
	}
	int64_t number = 7;
	const char *wrong[] = {"",   "x",  "1e3", "9000000000000.1", "9000000000000.0000005", "9000000000001",
			       "1.", "inf"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(svc_number_parse(wrong[i], &number));
	assert_int_equal(number, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_money__knows_the_digits_of_currencies),
		cmocka_unit_test(test_money__parses_decimal_strings),
		cmocka_unit_test(test_money__refuses_what_is_no_amount),
		cmocka_unit_test(test_money__formats_with_all_digits),
		cmocka_unit_test(test_money__scales_half_away_from_zero),
		cmocka_unit_test(test_money__refuses_to_overflow),
		cmocka_unit_test(test_money__numbers_are_millionths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
