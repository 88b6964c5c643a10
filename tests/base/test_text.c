#include "check.h"

#include "svc/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A catalogue of three messages; `file` is 4-byte units of the head followed by the texts. */
struct small_catalogue {
	uint32_t head[7];
	uint32_t originals[3][2], translations[3][2];
	char texts[64];
};

static struct small_catalogue small(void)
{
	struct small_catalogue mo = {
		.head = {0x950412de, 0, 3, 28, 52, 0, 0},
		.texts = "\0head\0no such unit\0\xe6\x9c\xba\0same\0\0",
	};
	const uint32_t places[3][4] = {{0, 0, 4, 1}, {12, 6, 3, 19}, {4, 23, 0, 28}};
	for (int i = 0; i < 3; i++) {
		mo.originals[i][0] = places[i][0];
		mo.originals[i][1] = (uint32_t)offsetof(struct small_catalogue, texts) + places[i][1];
		mo.translations[i][0] = places[i][2];
		mo.translations[i][1] = (uint32_t)offsetof(struct small_catalogue, texts) + places[i][3];
	}
	return mo;
}

static void use(const void *bytes, size_t length)
{
	char path[] = "test_text.XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	close(fd);
	svc_language_set(SVC_LANG_ZH, path);
	unlink(path);
}

static void test_text__translates(void **state)
{
	(void)state;
	struct small_catalogue mo = small();
	use(&mo, sizeof mo);
	assert_int_equal(svc_language(), SVC_LANG_ZH);
	assert_string_equal(svc_text("no such unit"), "\xe6\x9c\xba");
	assert_string_equal(svc_text("same"), "same");
	assert_string_equal(svc_text("unknown message"), "unknown message");
	assert_string_equal(svc_text("zzz"), "zzz");
	assert_string_equal(svc_text(""), "");
}

static void test_text__speaks_english_without_a_catalogue(void **state)
{
	(void)state;
	svc_language_set(SVC_LANG_EN, NULL);
	assert_string_equal(svc_text("no such unit"), "no such unit");
	svc_language_set(SVC_LANG_ZH, "no/such/file.mo");
	assert_string_equal(svc_text("no such unit"), "no such unit");
	use("short", 5);
	svc_language_set(SVC_LANG_ZH, "");
	assert_string_equal(svc_text("no such unit"), "no such unit");
}

static void test_text__maps_a_catalogue_once(void **state)
{
	(void)state;
	char path[] = "test_text.XXXXXX";
	struct small_catalogue mo = small();
	int fd = mkstemp(path);
	assert_int_equal(write(fd, &mo, sizeof mo), sizeof mo);
	close(fd);
	svc_language_set(SVC_LANG_ZH, path);
	const char *first = svc_text("no such unit");
	unlink(path);
	svc_language_set(SVC_LANG_EN, NULL);
	assert_string_equal(svc_text("no such unit"), "no such unit");
	svc_language_set(SVC_LANG_ZH, path); /* the file is no longer needed */
	assert_ptr_equal(svc_text("no such unit"), first);
}

static void test_text__refuses_the_other_byte_order(void **state)
{
	(void)state;
	struct small_catalogue mo = small();
	mo.head[0] = 0xde120495;
	use(&mo, sizeof mo);
	assert_string_equal(svc_text("no such unit"), "no such unit");
}

/* Each damaged word either hides the catalogue or the one message; nothing outside the file is read. */
static void test_text__survives_damage(void **state)
{
	(void)state;
	const uint32_t odd[] = {0, 1, 27, 1000, UINT32_MAX, UINT32_MAX - 3};
	for (size_t word = 0; word < 19; word++)
		for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
			struct small_catalogue mo = small();
			memcpy((char *)&mo + word * 4, &odd[i], 4);
			use(&mo, sizeof mo);
			assert_non_null(svc_text("no such unit"));
			assert_non_null(svc_text("same"));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text__translates),
		cmocka_unit_test(test_text__speaks_english_without_a_catalogue),
		cmocka_unit_test(test_text__maps_a_catalogue_once),
		cmocka_unit_test(test_text__refuses_the_other_byte_order),
		cmocka_unit_test(test_text__survives_damage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
