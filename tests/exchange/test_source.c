#include "legacy.h"

#include "exchange/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHINESE "产品,症状\r\n电动球车,\"电池\n没电\"\r\n"

/* All of the file as UTF-8, read in small pieces; the caller frees. */
static char *decoded(const char *encoding, struct source *source)
{
	struct svc_error err = {0};
	char *text = calloc(1, 4096), piece[16];
	size_t length = 0;

	assert_int_equal(source_open(source, "in", encoding, &err), SVC_OK);
	for (long got; (got = source_read(source, piece, sizeof piece)) > 0; length += (size_t)got)
		memcpy(text + length, piece, (size_t)got);
	return text;
}

static void assert_decodes(const char *encoding, const char *name, const char *text)
{
	struct source source;
	char *got = decoded(encoding, &source);

	assert_string_equal(got, text);
	assert_string_equal(source.encoding, name);
	source_close(&source);
	free(got);
}

static void test_source__finds_utf8_and_gb18030(void **state)
{
	(void)state;
	legacy_text("in", CHINESE);
	assert_decodes("auto", "UTF-8", CHINESE);
	legacy_text("in", "\xef\xbb\xbf" CHINESE);
	assert_decodes(NULL, "UTF-8", CHINESE);
	legacy_encoded("in", "GB18030", CHINESE);
	assert_decodes("auto", "GB18030", CHINESE);
	legacy_text("in", "");
	assert_decodes("auto", "UTF-8", "");
}

static void test_source__reads_named_encodings(void **state)
{
	(void)state;
	static const char *const names[] = {"GBK", "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		legacy_encoded("in", names[i], CHINESE);
		assert_decodes(names[i], names[i], CHINESE);
	}
	legacy_encoded("in", "UTF-16BE", "\xef\xbb\xbf" CHINESE);
	assert_decodes("UTF-16", "UTF-16BE", CHINESE);
	legacy_encoded("in", "UTF-16LE", "\xef\xbb\xbf" CHINESE);
	assert_decodes("utf-16", "UTF-16LE", CHINESE);
	legacy_encoded("in", "Big5", "產品,症狀\n");
	assert_decodes("Big5", "Big5", "產品,症狀\n");
	legacy_encoded("in", "Shift_JIS", "製品,症状\n");
	assert_decodes("Shift_JIS", "Shift_JIS", "製品,症状\n");
}

/* What a shell writes for <(command). */
static void test_source__reads_pipes(void **state)
{
	struct source source;
	struct svc_error err;
	int ends[2];
	char name[32];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "name\n", 5), 5);
	close(ends[1]);
	snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
	assert_int_equal(source_open(&source, name, NULL, &err), SVC_OK);
	assert_int_equal(source.size, 5);
	source_close(&source);
	close(ends[0]);
	assert_int_equal(source_open(&source, "/dev/null", NULL, &err), SVC_BAD_INPUT);
	source_close(&source);
}

static void test_source__marks_bytes_that_mean_nothing(void **state)
{
	(void)state;
	legacy_text("in", "a\x80z\nb\xe4\xb8\nc\n");
	assert_decodes("UTF-8", "UTF-8", "a\xffz\nb\xff\xff\nc\n");
	legacy_text("in", "a\xff\nb\x81\n\xd6\xd0\n\x81");
	assert_decodes("GB18030", "GB18030", "a\xff\nb\xff\n中\n\xff");
}

/* The buffer may be full just where such a byte comes. */
static void test_source__keeps_to_its_room(void **state)
{
	(void)state;
	struct source source;
	char piece[32];

	legacy_text("in", "123456789\xff\n");
	for (size_t room = 9; room < 12; room++) {
		assert_int_equal(source_open(&source, "in", "GB18030", NULL), SVC_OK);
		memset(piece, '-', sizeof piece);
		long first = source_read(&source, piece, room);
		assert_in_range(first, 1, room);
		assert_int_equal(piece[room], '-');
		assert_in_range(source_read(&source, piece + first, sizeof piece - (size_t)first), 0, 11 - first);
		assert_memory_equal(piece, "123456789\xff\n", 11);
		source_close(&source);
	}
}

static void assert_refused(const char *encoding, const char *word)
{
	struct source source;
	struct svc_error err = {0};

	assert_int_equal(source_open(&source, "in", encoding, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.hint[0] ? err.hint : err.text, word));
	source_close(&source);
}

static void test_source__asks_for_the_encoding(void **state)
{
	(void)state;
	legacy_text("in", "caf\xe9,\xff\n");
	assert_refused("auto", "--encoding");
	legacy_encoded("in", "UTF-16LE", "\xef\xbb\xbf" CHINESE);
	assert_refused("auto", "--encoding UTF-16");
	assert_refused("klingon", "iconv -l");
	assert_refused("EBCDIC-US", "convert");
}

static void test_source__misses_files_by_name(void **state)
{
	(void)state;
	struct source source;
	struct svc_error err = {0};

	assert_int_equal(source_open(&source, "nowhere.csv", NULL, &err), SVC_NOT_FOUND);
	source_close(&source);
	assert_int_equal(source_open(&source, ".", NULL, &err), SVC_BAD_INPUT);
	source_close(&source);
}

static void test_source__knows_line_ends_of_every_width(void **state)
{
	(void)state;
	static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"};
	struct source source;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		legacy_encoded("in", names[i], "ab\r\nc\rd\n\ne");
		free(decoded(names[i], &source));
		size_t unit = (size_t)source.unit, at = 0;
		static const size_t ends[] = {4, 6, 8, 9, 10};
		for (size_t line = 0; line < 5; line++) {
			at = source_next_line(&source, at);
			assert_int_equal(at, ends[line] * unit);
		}
		assert_int_equal(source_line_end(&source, 2 * unit), 2 * unit);
		assert_int_equal(source_line_end(&source, 5 * unit), unit);
		source_close(&source);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_source__finds_utf8_and_gb18030),
		cmocka_unit_test(test_source__reads_named_encodings),
		cmocka_unit_test(test_source__reads_pipes),
		cmocka_unit_test(test_source__marks_bytes_that_mean_nothing),
		cmocka_unit_test(test_source__keeps_to_its_room),
		cmocka_unit_test(test_source__asks_for_the_encoding),
		cmocka_unit_test(test_source__misses_files_by_name),
		cmocka_unit_test(test_source__knows_line_ends_of_every_width),
	};
	return cmocka_run_group_tests(tests, legacy_folder, legacy_clean);
}
