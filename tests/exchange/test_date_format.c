#include "../base/check.h"

#include "exchange/date_format.h"

#include <stdio.h>
#include <string.h>

static struct arena memory;

/* The date (and time, if the format has one) as text; "" when the text does not fit. */
static const char *read_as(const char *format, const char *text)
{
	static char out[64];
	struct date_format compiled;
	struct date_reading reading;
	struct svc_error err = {0};

	assert_int_equal(date_format_compile(&compiled, &memory, format, &err), SVC_OK);
	if (!date_format_read(&compiled, text, &reading))
		return "";
	svc_date_format(reading.date, out);
	if (compiled.has_time)
		snprintf(out + strlen(out), 32, " %02d:%02d:%02d", reading.second / 3600, reading.second / 60 % 60,
			 reading.second % 60);
	if (compiled.has_offset)
		snprintf(out + strlen(out), 16, " %+d", reading.offset);
	return out;
}

static void test_date_format__reads_what_it_says(void **state)
{
	(void)state;
	static const struct {
		const char *format, *text, *date;
	} cases[] = {
		{"%Y-%m-%d", "2024-02-29", "2024-02-29"},
		{"%d.%m.%Y", "1.3.2024", "2024-03-01"},
		{"%m/%d/%Y", "12/31/1999", "1999-12-31"},
		{"%Y年%m月%d日", "2024年3月5日", "2024-03-05"},
		{"%Y%m%d", "20240305", "2024-03-05"},
		{"%d %b %Y", "5 Mar 2024", "2024-03-05"},
		{"%d %B %Y", "5 march 2024", "2024-03-05"},
		{"%a, %d %b %Y", "Tuesday, 05 Mar 2024", "2024-03-05"},
		{"%F %T", "2024-03-05 07:08:09", "2024-03-05 07:08:09"},
		{"%F %T.%f", "2024-03-05 07:08:09.123", "2024-03-05 07:08:09"},
		{"%Y/%m/%d %R", "2024/3/5 7:08", "2024-03-05 07:08:00"},
		{"%m/%d/%Y %I:%M %p", "3/5/2024 12:01 AM", "2024-03-05 00:01:00"},
		{"%m/%d/%Y %I:%M %p", "3/5/2024 12:01 pm", "2024-03-05 12:01:00"},
		{"%FT%T%z", "2024-03-05T07:08:09+08:00", "2024-03-05 07:08:09 +28800"},
		{"%FT%T%z", "2024-03-05T07:08:09-0330", "2024-03-05 07:08:09 -12600"},
		{"%FT%T%z", "2024-03-05T07:08:09Z", "2024-03-05 07:08:09 +0"},
		{"100%% %F", "100% 2024-03-05", "2024-03-05"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(read_as(cases[i].format, cases[i].text), cases[i].date);
}

static void test_date_format__never_guesses(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"%Y-%m-%d", "2023-02-29"},
		{"%Y-%m-%d", "24-02-03"},
		{"%Y-%m-%d", "2024-13-01"},
		{"%Y-%m-%d", "2024-00-10"},
		{"%Y-%m-%d", "2024-1-"},
		{"%Y-%m-%d", "2024-01-02 "},
		{"%Y-%m-%d", " 2024-01-02"},
		{"%Y-%m-%d", ""},
		{"%Y-%m-%d", "2024-01-02 00:00:00"},
		{"%Y%m%d", "2024115"},
		{"%Y%m%d", "202401021"},
		{"%d.%m.%Y", "01.02.24"},
		{"%d.%m.%Y", "02/01/2024"},
		{"%Y-%m-%d", "1899-12-31"},
		{"%F %T", "2024-01-02 24:00:00"},
		{"%F %T", "2024-01-02 23:60:00"},
		{"%F %I %p", "2024-01-02 13 PM"},
		{"%F %I %p", "2024-01-02 0 AM"},
		{"%FT%T%z", "2024-01-02T00:00:00"},
		{"%FT%T%z", "2024-01-02T00:00:00+25:00"},
		{"%d %b %Y", "5 Mai 2024"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(read_as(cases[i][0], cases[i][1]), "");
}

static void test_date_format__refuses_formats_that_leave_something_open(void **state)
{
	(void)state;
	static const char *const formats[] = {"",      "%d.%m.%y", "%Y-%m",    "%Y-%m-%d %Y", "%Q",    "%Y-%m-%d %",
					      "%m-%d", "%F %I",    "%F %H %p", "%F %M",       "%F %b", "%D"};
	struct date_format compiled;
	struct svc_error err;

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		err = (struct svc_error){0};
		assert_int_equal(date_format_compile(&compiled, &memory, formats[i], &err), SVC_BAD_INPUT);
		assert_string_not_equal(err.text, "");
	}
}

static int release(void **state)
{
	(void)state;
	arena_release(&memory);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date_format__reads_what_it_says),
		cmocka_unit_test(test_date_format__never_guesses),
		cmocka_unit_test(test_date_format__refuses_formats_that_leave_something_open),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
