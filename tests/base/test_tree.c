#include "check.h"

#include "base/json.h"
#include "base/tree.h"
#include "base/yaml_words.h"

#include <string.h>

/* A faulty text, the place of its fault, and a part of what is said about it. */
struct faulty {
	const char *text;
	int line, column;
	const char *says;
};

static void check_yaml(const char *text, const char *expected)
{
	struct arena arena = {0};
	struct strbuf out = {0};
	struct node *root = NULL;
	struct svc_error err = {0};
	if (yaml_read(&root, &arena, text, strlen(text), "p.yaml", &err) != SVC_OK)
		fail_msg("%s: %s", text, err.text);
	struct json json = {.out = &out};
	json_node(&json, NULL, root);
	assert_string_equal(out.text, expected);
	strbuf_release(&out);
	arena_release(&arena);
}

static void check_faults(const struct faulty *faults, size_t count, bool yaml)
{
	for (size_t i = 0; i < count; i++) {
		struct arena arena = {0};
		struct node *root = NULL;
		struct svc_error err = {0};
		const char *text = faults[i].text;
		int code = yaml ? yaml_read(&root, &arena, text, strlen(text), "f", &err)
				: json_read(&root, &arena, text, strlen(text), "f", 1, &err);
		assert_int_equal(code, SVC_BAD_INPUT);
		assert_null(root);
		if (err.line != faults[i].line || err.column != faults[i].column || !strstr(err.text, faults[i].says))
			fail_msg("%s\nis at %d:%d: %s", text, err.line, err.column, err.text);
		assert_string_equal(err.file, "f");
		arena_release(&arena);
	}
}

static void test_tree__keeps_the_text_of_scalars(void **state)
{
	(void)state;
	check_yaml("{a: no, b: on, c: 1.10, d: 00123, e: 2024-03-15, f: 0x10}",
		   "{\"a\":\"no\",\"b\":\"on\",\"c\":\"1.10\",\"d\":\"00123\",\"e\":\"2024-03-15\",\"f\":\"0x10\"}");
	check_yaml("a:\nb: ~\nc: null\nd: ''\ne: \"null\"\n",
		   "{\"a\":null,\"b\":null,\"c\":null,\"d\":\"\",\"e\":\"null\"}");
	check_yaml("null: 1\n~: 2\n", "{\"null\":\"1\",\"~\":\"2\"}");
	check_yaml("- |\n  two\n  lines\n- >\n  one\n  line\n", "[\"two\\nlines\\n\",\"one line\\n\"]");
	check_yaml("", "null");
	check_yaml("# only a comment\n", "null");
	check_yaml("\xef\xbb\xbf"
		   "a: 1\r\nb: [x, y]\r\n",
		   "{\"a\":\"1\",\"b\":[\"x\",\"y\"]}");
	check_yaml("--- {}\n...\n", "{}");
	check_yaml("\xe7\x94\xb5: \xe6\x9c\xba\n", "{\"\xe7\x94\xb5\":\"\xe6\x9c\xba\"}");
}

static void test_tree__keeps_places_and_quotes(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct node *root = NULL;
	const char text[] = "policy: golf\nterms:\n  - {clause: g.1, title: \"\xe7\x94\xb5\", lasts: ''}\n";
	assert_int_equal(yaml_read(&root, &arena, text, sizeof text - 1, "f", NULL), SVC_OK);
	const struct node *terms = node_get(root, "terms");
	const struct node *title = node_get(terms->items[0], "title"), *lasts = node_get(terms->items[0], "lasts");
	assert_int_equal(terms->line, 3);
	assert_int_equal(terms->column, 3);
	assert_int_equal(title->line, 3);
	assert_int_equal(title->column, 26);
	assert_true(title->quoted);
	assert_true(lasts->quoted);
	assert_int_equal(lasts->kind, NODE_SCALAR);
	assert_int_equal(lasts->column, 38); /* columns count characters, not bytes */
	assert_false(node_get(root, "policy")->quoted);
	assert_int_equal(root->keys[1]->line, 2);
	assert_null(node_get(root, "absent"));
	assert_null(node_get(terms, "policy"));
	assert_null(node_get(NULL, "policy"));
	arena_release(&arena);
}

static void test_tree__names_the_place_of_yaml_faults(void **state)
{
	(void)state;
	const struct faulty faults[] = {
		{"a: 1\nb: 2\na: 3\n", 3, 1, "'a' stands twice"},
		{"x:\n  a: 1\n  \"a\": 3\n", 3, 3, "'a' stands twice"},
		{"a: 1\nb: &x 2\n", 2, 4, "anchors"},
		{"a: &x [1]\n", 1, 4, "anchors"},
		{"a: &x {b: 1}\n", 1, 4, "anchors"},
		{"a: *x\n", 1, 4, "aliases"},
		{"a: !!str 1\n", 1, 4, "tags"},
		{"a: ! 1\n", 1, 4, "tags"},
		{"a: !!seq [1]\n", 1, 4, "tags"},
		{"a: !m {b: 1}\n", 1, 4, "tags"},
		{"a: !!map {b: 1}\n", 1, 4, "tags"},
		{"a: 1\n---\nb: 2\n", 2, 1, "second document"},
		{"a: 1\n...\nb: 2\n", 3, 1, "document"},
		{"[a]: 1\n", 1, 1, "key must be plain"},
		{"{a: 1}: 1\n", 1, 1, "key must be plain"},
		{"?\n: 1\n", 1, 2, "key must be plain"},
		{"a: b: c\n", 1, 5, "second colon"},
		{"a: 1\n b: 2\n", 2, 3, "second colon"},
		{"a: 1\n\tb: 2\n", 2, 1, "tab"},
		{"a: \"open\nb: 2\n", 1, 4, "never closed"},
		{"a: 'open\n---\nb: 2\n", 1, 4, "never closed"},
		{"a: [1, 2\nb: 2\n", 2, 2, "']'"},
		{"a: {b: 1\n", 2, 1, "'}'"},
		{"a: @x\n", 1, 4, "cannot begin"},
		{"a: \"\\q\"\n", 1, 5, "escape"},
		{"a: 1\n- b\n", 2, 1, "key was expected"},
		{"- a\nb: 1\n", 2, 1, "list item"},
		{"a: 1\nb: \x01\n", 2, 4, "control character"},
		{"a: 1\n\xe7\x94\xb5: \xff\n", 2, 4, "not UTF-8"},
		{"a: \"x\\0y\"\n", 1, 4, "zero byte"},
	};
	check_faults(faults, sizeof faults / sizeof *faults, true);
}

static void test_tree__limits_the_depth(void **state)
{
	(void)state;
	char text[200];
	memset(text, '[', 64);
	memset(text + 64, ']', 64);
	text[128] = '\0';
	struct arena arena = {0};
	struct node *root = NULL;
	assert_int_equal(yaml_read(&root, &arena, text, 128, "f", NULL), SVC_OK);
	assert_int_equal(json_read(&root, &arena, text, 128, "f", 1, NULL), SVC_OK);
	memset(text, '[', 65);
	memset(text + 65, ']', 65);
	text[130] = '\0';
	const struct faulty yaml = {text, 1, 65, "deeper"}, json = {text, 1, 1, "deeper"};
	check_faults(&yaml, 1, true);
	check_faults(&json, 1, false);
	struct strbuf deep = {0};
	for (int i = 0; i < 100000; i++)
		strbuf_puts(&deep, "[{\"a\":");
	assert_int_equal(yaml_read(&root, &arena, deep.text, deep.length, "f", NULL), SVC_BAD_INPUT);
	assert_int_equal(json_read(&root, &arena, deep.text, deep.length, "f", 1, NULL), SVC_BAD_INPUT);
	strbuf_release(&deep);
	arena_release(&arena);
}

static void test_tree__finds_a_key_twice_in_a_long_map(void **state)
{
	(void)state;
	struct strbuf text = {0};
	for (int i = 0; i < 30000; i++)
		strbuf_printf(&text, "key%d: %d\n", i, i);
	struct arena arena = {0};
	struct node *root = NULL;
	assert_int_equal(yaml_read(&root, &arena, text.text, text.length, "f", NULL), SVC_OK);
	assert_int_equal(root->count, 30000);
	assert_string_equal(root->items[29999]->text, "29999");
	strbuf_puts(&text, "key77: again\nkey5: again\nkey77: again\n");
	const struct faulty twice = {text.text, 30001, 1, "'key77' stands twice"};
	check_faults(&twice, 1, true);
	arena_release(&arena);
	strbuf_release(&text);
}

static void test_tree__reads_json(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct strbuf out = {0};
	struct node *root = NULL;
	const char text[] = "{\"n\": -12, \"big\": 9223372036854775807, \"r\": 69.3, \"small\": 0.00001, \"t\": true, "
			    "\"f\": false, \"z\": null, \"s\": \"\\u7535\\n\", \"l\": [1.5, 1e3, 1e20]}";
	assert_int_equal(json_read(&root, &arena, text, sizeof text - 1, "f", 12, NULL), SVC_OK);
	struct json json = {.out = &out};
	json_node(&json, NULL, root);
	assert_string_equal(out.text,
			    "{\"n\":\"-12\",\"big\":\"9223372036854775807\",\"r\":\"69.3\",\"small\":\"0.00001\","
			    "\"t\":\"true\",\"f\":\"false\",\"z\":null,\"s\":\"\xe7\x94\xb5\\n\","
			    "\"l\":[\"1.5\",\"1000\",\"1e+20\"]}");
	assert_true(node_get(root, "s")->quoted);
	assert_false(node_get(root, "n")->quoted);
	assert_int_equal(root->line, 12);
	assert_int_equal(json_read(&root, &arena, "\"x\"", 3, "f", 1, NULL), SVC_OK);
	assert_string_equal(root->text, "x");
	strbuf_release(&out);
	arena_release(&arena);
}

static void test_tree__names_the_place_of_json_faults(void **state)
{
	(void)state;
	const struct faulty faults[] = {
		{"", 1, 1, "too early"},
		{"{\"a\": 1", 1, 7, "too early"},
		{"{\"a\": 1, \"a\": 2}", 1, 12, "twice"},
		{"{\"a\": 1} x", 1, 10, "after the end"},
		{"{\n\"a\": x}", 2, 6, "not valid JSON"},
		{"[1,]", 1, 4, "not valid JSON"},
		{"{'a': 1}", 1, 2, "not valid JSON"},
		{"[99999999999999999999]", 1, 21, "too large"},
		{"[\"\\u0000\"]", 1, 9, "zero byte"},
		{"[\"\xff\"]", 1, 2, "UTF-8"},
	};
	check_faults(faults, sizeof faults / sizeof *faults, false);
	struct arena arena = {0};
	struct node *root = NULL;
	struct svc_error err;
	assert_int_equal(json_read(&root, &arena, "{", 1, "rows.jsonl", 40, &err), SVC_BAD_INPUT);
	assert_int_equal(err.line, 40);
	arena_release(&arena);
}

static void test_tree__has_words_for_every_problem(void **state)
{
	(void)state;
	assert_non_null(strstr(yaml_problem_message("did not find expected ',' or ']'"), "']'"));
	assert_string_equal(yaml_problem_message("something new"), "this is not valid YAML");
	assert_string_equal(yaml_problem_message(NULL), "this is not valid YAML");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree__keeps_the_text_of_scalars),
		cmocka_unit_test(test_tree__keeps_places_and_quotes),
		cmocka_unit_test(test_tree__names_the_place_of_yaml_faults),
		cmocka_unit_test(test_tree__limits_the_depth),
		cmocka_unit_test(test_tree__finds_a_key_twice_in_a_long_map),
		cmocka_unit_test(test_tree__reads_json),
		cmocka_unit_test(test_tree__names_the_place_of_json_faults),
		cmocka_unit_test(test_tree__has_words_for_every_problem),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
