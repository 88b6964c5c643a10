#include "check.h"

#include "base/error.h"
#include "base/utf8.h"

#include <string.h>

static void test_error__returns_its_code(void **state)
{
	(void)state;
	struct svc_error err;
	assert_int_equal(error_set(&err, SVC_NOT_FOUND, "no unit %s", "U17"), SVC_NOT_FOUND);
	assert_int_equal(err.code, SVC_NOT_FOUND);
	assert_string_equal(err.text, "no unit U17");
	assert_string_equal(err.file, "");
	assert_string_equal(err.hint, "");
	assert_int_equal(error_memory(&err), SVC_FAULT);
}

static void test_error__carries_place_field_and_hint(void **state)
{
	(void)state;
	struct svc_error err;
	error_set(&err, SVC_BAD_INPUT, "x");
	error_at(&err, "pack.yaml", 3, 7);
	error_field(&err, "purchase");
	error_hint(&err, "did you mean %s", "returns");
	assert_string_equal(err.file, "pack.yaml");
	assert_int_equal(err.line, 3);
	assert_int_equal(err.column, 7);
	assert_string_equal(err.field, "purchase");
	assert_string_equal(err.hint, "did you mean returns");
	error_set(&err, SVC_USAGE, "y");
	assert_string_equal(err.field, "");
	assert_int_equal(err.line, 0);
}

static void test_error__accepts_no_object(void **state)
{
	(void)state;
	assert_int_equal(error_set(NULL, SVC_BUSY, "x"), SVC_BUSY);
	error_at(NULL, "f", 1, 1);
	error_field(NULL, "f");
	error_hint(NULL, "h");
}

static void test_error__is_one_line_of_whole_characters(void **state)
{
	(void)state;
	struct svc_error err;
	error_set(&err, SVC_BAD_INPUT, "bad\nword\x1b[31m\x7f");
	assert_string_equal(err.text, "bad?word?[31m?");
	for (int lead = 0; lead < 3; lead++) {
		char long_text[1000] = "xx";
		size_t at = (size_t)lead;
		for (; at + 3 < sizeof long_text; at += 3)
			memcpy(long_text + at, "\xe9\x93\xb6", 3);
		long_text[at] = '\0';
		error_set(&err, SVC_BAD_INPUT, "%s", long_text);
		assert_true(utf8_valid(err.text, strlen(err.text)));
		assert_in_range(strlen(err.text), sizeof err.text - 4, sizeof err.text - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_error__returns_its_code),
		cmocka_unit_test(test_error__carries_place_field_and_hint),
		cmocka_unit_test(test_error__accepts_no_object),
		cmocka_unit_test(test_error__is_one_line_of_whole_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
