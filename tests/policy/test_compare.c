/* How a case is compared with its answer. */
#include "asking.h"

static size_t differences_of(const char *expected, const char *answer)
{
	struct arena memory = {0};
	struct strbuf text = {0};
	struct node *want, *got;
	struct svc_zone *zone;
	size_t lines = 0;

	assert_int_equal(svc_zone_open(&zone, "Asia/Shanghai", NULL), 0);
	assert_int_equal(yaml_read(&want, &memory, expected, strlen(expected), "", NULL), 0);
	assert_int_equal(json_read(&got, &memory, answer, strlen(answer), "", 1, NULL), 0);
	compare_answer(want, got, zone, &text);
	for (size_t i = 0; i < text.length; i++)
		lines += text.text[i] == '\n';
	strbuf_release(&text);
	arena_release(&memory);
	svc_zone_free(zone);
	return lines;
}

static void test_compare__numbers_as_numbers(void **state)
{
	(void)state;
	assert_int_equal(differences_of("{a: 5.0, b: 5, c: 99.52}", "{\"a\": 5, \"b\": 5.00, \"c\": 99.5161}"), 0);
	assert_int_equal(differences_of("{a: 5.1, c: 99.51}", "{\"a\": 5, \"c\": 99.5161}"), 2);
	assert_int_equal(differences_of("{a: -12.35, b: -12.34, c: -5}", "{\"a\": -12.346, \"b\": -12.345, \"c\": -5}"),
			 0);
	assert_int_equal(differences_of("{a: -12.34}", "{\"a\": -12.346}"), 1);
}

static void test_compare__times_as_instants(void **state)
{
	(void)state;
	assert_int_equal(differences_of("{a: '2024-06-09T01:00:00+08:00', b: 2024-06-09}",
					"{\"a\": \"2024-06-08T17:00:00Z\", \"b\": \"2024-06-09T23:59:59+08:00\"}"),
			 0);
	assert_int_equal(differences_of("{b: 2024-06-09}", "{\"b\": \"2024-06-09T23:59:58+08:00\"}"), 1);
}

static void test_compare__each_element_matches_another(void **state)
{
	(void)state;
	assert_int_equal(differences_of("{a: [{x: 1}, {x: 1, y: 2}]}", "{\"a\": [{\"x\": 1, \"y\": 2}, {\"x\": 1}]}"),
			 0);
	assert_int_equal(differences_of("{a: [{x: 1}, {x: 1}]}", "{\"a\": [{\"x\": 1}]}"), 1);
	assert_int_equal(differences_of("{a: [], b: [], c: one}", "{\"b\": [], \"c\": [\"two\", \"one\"]}"), 0);
	assert_int_equal(differences_of("{a: []}", "{\"a\": [1]}"), 1);
	assert_int_equal(differences_of("{a: [], b: [one]}", "{\"a\": \"one\", \"b\": \"one\"}"), 2);
	assert_int_equal(differences_of("{a: [], b: [one]}", "{\"a\": null}"), 1);
}

static void test_compare__absent(void **state)
{
	(void)state;
	assert_int_equal(differences_of("{absent: [total, repair]}", "{\"total\": \"\", \"entitled\": [\"refund\"]}"),
			 0);
	assert_int_equal(
		differences_of("{absent: [total, repair, visit]}",
			       "{\"total\": \"1\", \"entitled\": [\"repair\"], \"lines\": [{\"item\": \"visit\"}]}"),
		3);
	assert_int_equal(differences_of("{absent: total}", "{\"total\": \"1\"}"), 1);
	assert_int_equal(
		differences_of("{absent: [list, map, nothing, task-1]}",
			       "{\"list\": [], \"map\": {}, \"nothing\": null, \"tasks\": [null, {\"task\": 1}]}"),
		0);
}

static void test_compare__what_is_of_another_form_differs(void **state)
{
	(void)state;
	assert_int_equal(differences_of("{a: {x: 1}, b: one, c: {x: 1}, d: one}",
					"{\"a\": \"one\", \"b\": {\"x\": 1}, \"c\": {}, \"d\": null}"),
			 4);
	assert_int_equal(differences_of("{a: {x: 1, y: [2]}, b: 2024-06-09}",
					"{\"a\": {\"x\": 1, \"y\": [2], \"z\": 3}, \"b\": [\"2024-06-09\"]}"),
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compare__numbers_as_numbers),
		cmocka_unit_test(test_compare__times_as_instants),
		cmocka_unit_test(test_compare__each_element_matches_another),
		cmocka_unit_test(test_compare__absent),
		cmocka_unit_test(test_compare__what_is_of_another_form_differs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
