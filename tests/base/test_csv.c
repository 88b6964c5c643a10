#include "check.h"

#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

/* A text given in pieces of `step` bytes; `fails` makes the source break at its end. */
struct text_source {
	const char *text;
	size_t length, at, step;
	bool fails;
};

static long give(void *context, char *buffer, size_t room)
{
	struct text_source *source = context;
	size_t size = source->length - source->at;
	if (size > source->step)
		size = source->step;
	if (size > room)
		size = room;
	if (size == 0)
		return source->fails ? -1 : 0;
	memcpy(buffer, source->text + source->at, size);
	source->at += size;
	return (long)size;
}

/* All records as one text: "LINE:field|field;" or "LINE!fault=raw;". */
static void read_all(struct strbuf *out, struct text_source source, char delimiter)
{
	struct csv_reader *reader = csv_open(give, &source, delimiter);
	struct csv_record record;
	strbuf_reset(out);
	while (csv_next(reader, &record)) {
		strbuf_printf(out, "%d", record.line);
		if (record.fault)
			strbuf_printf(out, "!%s=%.*s", record.fault, (int)record.length, record.start);
		for (size_t i = 0; i < record.count; i++) {
			assert_int_equal(record.lengths[i], strlen(record.fields[i]));
			strbuf_printf(out, "%c%s", i ? '|' : ':', record.fields[i]);
		}
		strbuf_putc(out, ';');
	}
	csv_close(reader);
}

static void check(const char *text, size_t length, const char *expected)
{
	const size_t steps[] = {1, 2, 3, 7, 100000};
	struct strbuf out = {0};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		read_all(&out, (struct text_source){.text = text, .length = length, .step = steps[i]}, ',');
		assert_string_equal(out.text ? out.text : "", expected);
	}
	strbuf_release(&out);
}

#define CHECK(text, expected) check(text, sizeof text - 1, expected)

static void test_csv__splits_fields(void **state)
{
	(void)state;
	CHECK("", "");
	CHECK("a", "1:a;");
	CHECK("a,b\nc,d\n", "1:a|b;2:c|d;");
	CHECK("a,,b,\n,\n", "1:a||b|;2:|;");
	CHECK(" a , b \n", "1: a | b ;");
	CHECK("\"a,b\",\"c\"\"d\",\"\"\n", "1:a,b|c\"d|;");
	CHECK("\"\"\n", "1:;");
	CHECK("a,b", "1:a|b;");
	CHECK("a,\"b\"", "1:a|b;");
	CHECK("\xe7\x94\xb5,\xff\n", "1:\xe7\x94\xb5|\xff;");
}

static void test_csv__knows_all_line_ends(void **state)
{
	(void)state;
	CHECK("a,b\r\nc\r\n", "1:a|b;2:c;");
	CHECK("a,b\rc\rd", "1:a|b;2:c;3:d;");
	CHECK("a\nb\r\nc\rd\n", "1:a;2:b;3:c;4:d;");
	CHECK("\n\na\n\r\n\r\rb\n\n", "3:a;7:b;");
	CHECK("a\r", "1:a;");
	CHECK("\r\n", "");
}

static void test_csv__keeps_line_ends_inside_quotes(void **state)
{
	(void)state;
	CHECK("\"a\nb\",c\nd\n", "1:a\nb|c;3:d;");
	CHECK("\"a\r\nb\r\",c\r\nd\r\n", "1:a\r\nb\r|c;4:d;");
	CHECK("\"\n\n\"\nx", "1:\n\n;4:x;");
	CHECK("a,\"b\n\"\"\n,\"\ne\n", "1:a|b\n\"\n,;4:e;");
}

static void test_csv__sets_a_wrong_quote_aside_alone(void **state)
{
	(void)state;
	CHECK("a,b\"c\nd,e\n", "1!bare_quote=a,b\"c;2:d|e;");
	CHECK("a,\"b\"c\r\nd,e\r\n", "1!bare_quote=a,\"b\"c;2:d|e;");
	CHECK("a,\"b\nc,d\n", "1!open_quote=a,\"b;2:c|d;");
	CHECK("a,\"b", "1!open_quote=a,\"b;");
	CHECK("a,\"b\nc,\"d\",e\nf\n", "1!bare_quote=a,\"b;2:c|d|e;3:f;");
	CHECK("x\n\"a\nb\nc\"d\ne\n", "1:x;2!bare_quote=\"a;3:b;4!bare_quote=c\"d;5:e;");
	CHECK("\"a\rb\rc", "1!open_quote=\"a;2:b;3:c;");
}

static void test_csv__names_zero_bytes(void **state)
{
	(void)state;
	CHECK("a\n\0b,c\nd\n", "1:a;2!nul_byte=;3:d;");
	CHECK("a\n\"b\0\",c\nd\n", "1:a;2!nul_byte=\"b;3:d;");
}

static void test_csv__gives_the_bytes_of_each_record(void **state)
{
	(void)state;
	const char text[] = "id,note\r\n1,\"two\r\nlines\"\r\n\r\n2,last";
	const char *raw[] = {"id,note", "1,\"two\r\nlines\"", "2,last"};
	struct text_source source = {.text = text, .length = sizeof text - 1, .step = 5};
	struct csv_reader *reader = csv_open(give, &source, ',');
	struct csv_record record;
	for (size_t i = 0; i < 3; i++) {
		assert_true(csv_next(reader, &record));
		assert_int_equal(record.length, strlen(raw[i]));
		assert_memory_equal(record.start, raw[i], record.length);
	}
	assert_false(csv_next(reader, &record));
	assert_false(csv_next(reader, &record));
	csv_close(reader);
	csv_close(NULL);
}

static void test_csv__splits_at_tabs(void **state)
{
	(void)state;
	const char text[] = "a\tb,c\n\"d\te\"\t\n";
	struct strbuf out = {0};
	read_all(&out, (struct text_source){.text = text, .length = sizeof text - 1, .step = 3}, '\t');
	assert_string_equal(out.text, "1:a|b,c;2:d\te|;");
	strbuf_release(&out);
}

static void test_csv__ends_with_a_failing_source(void **state)
{
	(void)state;
	struct strbuf out = {0};
	const char *texts[] = {"a\nb", "a\n\"b\n", "a\n"};
	for (size_t i = 0; i < 3; i++) {
		struct text_source source = {.text = texts[i], .length = strlen(texts[i]), .step = 9, .fails = true};
		read_all(&out, source, ',');
		assert_string_equal(out.text, "1:a;");
	}
	strbuf_release(&out);
}

static char *large_text(struct strbuf *text, size_t size)
{
	while (text->length < size)
		strbuf_puts(text, "0123456789abcde\n");
	return text->text;
}

static void test_csv__takes_large_fields_and_many(void **state)
{
	(void)state;
	struct strbuf text = {0};
	strbuf_puts(&text, "x,\"");
	large_text(&text, 1u << 20);
	strbuf_puts(&text, "\",y\n");
	size_t large = text.length - strlen("x,\"\",y\n");
	for (int i = 0; i < 5000; i++)
		strbuf_puts(&text, "f,");
	struct text_source source = {.text = text.text, .length = text.length, .step = 60000};
	struct csv_reader *reader = csv_open(give, &source, ',');
	struct csv_record record;
	assert_true(csv_next(reader, &record));
	assert_int_equal(record.count, 3);
	assert_int_equal(record.lengths[1], large);
	assert_memory_equal(record.fields[1], text.text + 3, large);
	assert_true(csv_next(reader, &record));
	assert_int_equal(record.count, 5001);
	assert_string_equal(record.fields[4999], "f");
	assert_string_equal(record.fields[5000], "");
	assert_int_equal(record.line, 1 + (int)((large + 3) / 16) + 1);
	csv_close(reader);
	strbuf_release(&text);
}

static void test_csv__limits_records_but_not_the_rest(void **state)
{
	(void)state;
	struct strbuf text = {0};
	strbuf_puts(&text, "x,\"open\n");
	large_text(&text, (size_t)17 << 20);
	struct text_source source = {.text = text.text, .length = text.length, .step = 1 << 20};
	struct csv_reader *reader = csv_open(give, &source, ',');
	struct csv_record record;
	assert_true(csv_next(reader, &record));
	assert_string_equal(record.fault, "open_quote");
	assert_int_equal(record.length, strlen("x,\"open"));
	int rows = 0;
	while (csv_next(reader, &record))
		rows += record.count == 1;
	assert_int_equal(rows, (text.length - 8) / 16);
	csv_close(reader);
	memset(text.text, 'x', text.length);
	source = (struct text_source){.text = text.text, .length = text.length, .step = 1 << 20};
	reader = csv_open(give, &source, ',');
	assert_true(csv_next(reader, &record));
	assert_string_equal(record.fault, "too_long");
	assert_int_equal(record.count, 0);
	assert_false(csv_next(reader, &record));
	csv_close(reader);
	strbuf_release(&text);
}

static void test_csv__quotes_only_where_it_must(void **state)
{
	(void)state;
	const char *fields[][2] = {
		{"plain", "plain"},     {"", ""},           {"a,b", "\"a,b\""},   {"a\tb", "a\tb"},
		{"a\"b", "\"a\"\"b\""}, {"\"", "\"\"\"\""}, {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""},
		{" a ", " a "},
	};
	struct strbuf out = {0};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		strbuf_reset(&out);
		csv_write_field(&out, fields[i][0], ',');
		assert_string_equal(out.text, fields[i][1]);
	}
	strbuf_reset(&out);
	csv_write_field(&out, "a\tb,c", '\t');
	assert_string_equal(out.text, "\"a\tb,c\"");
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv__splits_fields),
		cmocka_unit_test(test_csv__knows_all_line_ends),
		cmocka_unit_test(test_csv__keeps_line_ends_inside_quotes),
		cmocka_unit_test(test_csv__sets_a_wrong_quote_aside_alone),
		cmocka_unit_test(test_csv__names_zero_bytes),
		cmocka_unit_test(test_csv__gives_the_bytes_of_each_record),
		cmocka_unit_test(test_csv__splits_at_tabs),
		cmocka_unit_test(test_csv__ends_with_a_failing_source),
		cmocka_unit_test(test_csv__takes_large_fields_and_many),
		cmocka_unit_test(test_csv__limits_records_but_not_the_rest),
		cmocka_unit_test(test_csv__quotes_only_where_it_must),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
