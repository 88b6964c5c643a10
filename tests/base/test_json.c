#include "check.h"

#include "base/json.h"

#include <string.h>

static void test_json__puts_the_commas(void **state)
{
	(void)state;
	struct strbuf out = {0};
	struct json json = {.out = &out};
	json_open(&json, NULL, '{');
	json_string(&json, "schema", "svc.ticket/1");
	json_open(&json, "clauses", '[');
	json_close(&json, ']');
	json_open(&json, "notes", '[');
	json_string(&json, NULL, "a");
	json_integer(&json, NULL, 7);
	json_open(&json, NULL, '{');
	json_close(&json, '}');
	json_close(&json, ']');
	json_bool(&json, "open", true);
	json_bool(&json, "late", false);
	json_literal(&json, "ends", "null");
	json_close(&json, '}');
	assert_string_equal(out.text,
			    "{\"schema\":\"svc.ticket/1\",\"clauses\":[],\"notes\":[\"a\",7,{}],\"open\":true,"
			    "\"late\":false,\"ends\":null}");
	strbuf_release(&out);
}

static void check_string(const char *text, const char *expected)
{
	struct strbuf out = {0};
	struct json json = {.out = &out};
	json_string(&json, NULL, text);
	assert_string_equal(out.text, expected);
	strbuf_release(&out);
}

static void test_json__escapes(void **state)
{
	(void)state;
	check_string("", "\"\"");
	check_string("a\"b\\c/d", "\"a\\\"b\\\\c/d\"");
	check_string("\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"");
	check_string("\x01\x1b[31m\x1f\x7f", "\"\\u0001\\u001b[31m\\u001f\\u007f\"");
	check_string("\xe7\x94\xb5\xf0\x9f\x94\xa7", "\"\xe7\x94\xb5\xf0\x9f\x94\xa7\"");
	check_string("\xc2\x9b"
		     "1m\xc2\xa0",
		     "\"\\u009b1m\xc2\xa0\"");
	check_string("\xc2", "\"\xc2\"");
	struct strbuf out = {0};
	struct json json = {.out = &out};
	json_string(&json, "a\"b", "c");
	assert_string_equal(out.text, "\"a\\\"b\":\"c\"");
	strbuf_release(&out);
}

static void test_json__writes_integers(void **state)
{
	(void)state;
	const struct {
		int64_t value;
		const char *text;
	} cases[] = {{0, "0"}, {-1, "-1"}, {INT64_MAX, "9223372036854775807"}, {INT64_MIN, "-9223372036854775808"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strbuf out = {0};
		struct json json = {.out = &out};
		json_integer(&json, NULL, cases[i].value);
		assert_string_equal(out.text, cases[i].text);
		strbuf_release(&out);
	}
}

static void test_json__writes_trees(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct strbuf out = {0};
	struct node *tree = NULL;
	const char text[] = "{\"a\": [1, \"x\\ny\", null, true], \"b\": {}, \"c\": []}";
	assert_int_equal(json_read(&tree, &arena, text, sizeof text - 1, "f", 1, NULL), SVC_OK);
	struct json json = {.out = &out};
	json_open(&json, NULL, '{');
	json_node(&json, "tree", tree);
	json_node(&json, "none", NULL);
	json_close(&json, '}');
	assert_string_equal(out.text,
			    "{\"tree\":{\"a\":[\"1\",\"x\\ny\",null,\"true\"],\"b\":{},\"c\":[]},\"none\":null}");
	strbuf_release(&out);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json__puts_the_commas),
		cmocka_unit_test(test_json__escapes),
		cmocka_unit_test(test_json__writes_integers),
		cmocka_unit_test(test_json__writes_trees),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
