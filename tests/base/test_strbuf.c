#include "check.h"

#include "base/strbuf.h"

#include <string.h>

static void test_strbuf__grows_and_stays_terminated(void **state)
{
	(void)state;
	struct strbuf buf = {0};
	for (int i = 0; i < 5000; i++)
		strbuf_putc(&buf, 'a');
	assert_int_equal(buf.length, 5000);
	assert_int_equal(strlen(buf.text), 5000);
	strbuf_add(&buf, "b\0c", 3);
	assert_int_equal(buf.length, 5003);
	assert_memory_equal(buf.text + 5000, "b\0c", 4);
	strbuf_release(&buf);
	assert_null(buf.text);
}

static void test_strbuf__keeps_room_on_reset(void **state)
{
	(void)state;
	struct strbuf buf = {0};
	strbuf_reset(&buf);
	assert_null(buf.text);
	strbuf_puts(&buf, "ticket");
	size_t room = buf.room;
	strbuf_reset(&buf);
	assert_int_equal(buf.length, 0);
	assert_string_equal(buf.text, "");
	assert_int_equal(buf.room, room);
	strbuf_release(&buf);
}

static void test_strbuf__adding_nothing_gives_the_empty_text(void **state)
{
	(void)state;
	struct strbuf buf = {0};
	strbuf_add(&buf, NULL, 0);
	assert_string_equal(buf.text, "");
	strbuf_release(&buf);
}

static void test_strbuf__formats_beyond_its_room(void **state)
{
	(void)state;
	struct strbuf buf = {0};
	strbuf_printf(&buf, "%s=%d", "fee", 20);
	strbuf_printf(&buf, "%*d", 1000, 5);
	assert_int_equal(buf.length, 1006);
	assert_int_equal(buf.text[1005], '5');
	assert_memory_equal(buf.text, "fee=20 ", 7);
	strbuf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strbuf__grows_and_stays_terminated),
		cmocka_unit_test(test_strbuf__keeps_room_on_reset),
		cmocka_unit_test(test_strbuf__adding_nothing_gives_the_empty_text),
		cmocka_unit_test(test_strbuf__formats_beyond_its_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
