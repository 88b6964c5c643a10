#include "check.h"

#include "base/utf8.h"

#include <string.h>

static void test_utf8__accepts_what_is_valid(void **state)
{
	(void)state;
	const char *valid[] = {
		"",
		"plain",
		"\x7f",
		"\xc2\x80",
		"\xdf\xbf",
		"\xe0\xa0\x80",
		"\xed\x9f\xbf",
		"\xee\x80\x80",
		"\xef\xbf\xbf",
		"\xf0\x90\x80\x80",
		"\xf4\x8f\xbf\xbf",
		"12345678\xe7\x94\xb5\xe6\xb1\xa0 2345678",
	};
	for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
		assert_true(utf8_valid(valid[i], strlen(valid[i])));
	assert_true(utf8_valid("a\0b", 3));
}

static void test_utf8__refuses_what_is_not(void **state)
{
	(void)state;
	const char *invalid[] = {
		"\x80",
		"\xbf",
		"\xc0\xaf",
		"\xc1\xbf",
		"\xc2",
		"\xc2\x41",
		"\xe0\x9f\xbf",
		"\xe0\x80\x80",
		"\xe4\xb8",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x8f\xbf\xbf",
		"\xf0\x9f\x98",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xff",
		"\xfe",
		"12345678\xe7\x94",
		"1234567812345678\xb5",
	};
	for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
		assert_false(utf8_valid(invalid[i], strlen(invalid[i])));
}

static void test_utf8__steps_over_code_points(void **state)
{
	(void)state;
	uint32_t code;
	assert_int_equal(utf8_next("a", 1, &code), 1);
	assert_int_equal(code, 'a');
	assert_int_equal(utf8_next("\xe7\x94\xb5", 3, &code), 3);
	assert_int_equal(code, 0x7535);
	assert_int_equal(utf8_next("\xf0\x9f\x94\xa7", 4, &code), 4);
	assert_int_equal(code, 0x1f527);
	assert_int_equal(utf8_next("\xe7\x94\xb5", 2, &code), 1);
	assert_int_equal(code, 0xfffd);
	assert_int_equal(utf8_next("", 0, &code), 0);
	assert_int_equal(utf8_count("\xe7\x94\xb5\xe6\xb1\xa0"
				    "A\xff"),
			 4);
}

static void test_utf8__measures_mistakes(void **state)
{
	(void)state;
	assert_int_equal(text_distance("ticket", "ticket", 2), 0);
	assert_int_equal(text_distance("tikcet", "ticket", 2), 1);
	assert_int_equal(text_distance("tiket", "ticket", 2), 1);
	assert_int_equal(text_distance("kitten", "sitting", 5), 3);
	assert_int_equal(text_distance("kitten", "sitting", 2), 3);
	assert_int_equal(text_distance("", "abc", 5), 3);
	assert_int_equal(text_distance("", "", 0), 0);
	assert_int_equal(text_distance("abc", "xyzabcdef", 3), 4);
	assert_int_equal(text_distance("\xe7\x94\xb5\xe6\xb1\xa0", "\xe7\x94\xb5\xe6\x9c\xba", 3), 1);
	char long_word[100];
	memset(long_word, 'a', sizeof long_word);
	long_word[99] = '\0';
	assert_int_equal(text_distance(long_word, long_word, 3), 4);
	long_word[64] = '\0';
	assert_int_equal(text_distance(long_word, long_word, 3), 0);
}

static void test_utf8__knows_words(void **state)
{
	(void)state;
	assert_true(text_is_word("golf-carts.22_a"));
	assert_false(text_is_word(""));
	assert_false(text_is_word("Upper"));
	assert_false(text_is_word("a b"));
	assert_false(text_is_word("\xe7\x94\xb5"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8__accepts_what_is_valid),
		cmocka_unit_test(test_utf8__refuses_what_is_not),
		cmocka_unit_test(test_utf8__steps_over_code_points),
		cmocka_unit_test(test_utf8__measures_mistakes),
		cmocka_unit_test(test_utf8__knows_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
