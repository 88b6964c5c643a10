#include "check.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "test_file.XXXXXX";

static int enter_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
	(void)state;
	unlink("pack");
	unlink("new/deeper/x");
	rmdir("new/deeper");
	rmdir("new");
	return chdir("..") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static int entries(void)
{
	int count = 0;
	DIR *listing = opendir(".");
	while (readdir(listing))
		count++;
	closedir(listing);
	return count - 2;
}

static void test_file__replaces_whole(void **state)
{
	(void)state;
	struct strbuf text = {0};
	assert_false(file_exists("pack"));
	assert_int_equal(file_replace("pack", "first version", 13, NULL), SVC_OK);
	assert_true(file_exists("pack"));
	assert_int_equal(file_replace("pack", "2\0nd", 4, NULL), SVC_OK);
	assert_int_equal(file_read(&text, "pack", FILE_TEXT_MAX, NULL), SVC_OK);
	assert_int_equal(text.length, 4);
	assert_memory_equal(text.text, "2\0nd", 5);
	assert_int_equal(file_replace("pack", "", 0, NULL), SVC_OK);
	strbuf_reset(&text);
	assert_int_equal(file_read(&text, "pack", FILE_TEXT_MAX, NULL), SVC_OK);
	assert_string_equal(text.text, "");
	assert_int_equal(entries(), 1);
	strbuf_release(&text);
}

static void test_file__leaves_nothing_behind_on_failure(void **state)
{
	(void)state;
	struct svc_error err;
	assert_int_equal(file_replace("nowhere/pack", "x", 1, &err), SVC_NOT_FOUND);
	assert_non_null(strstr(err.text, "nowhere/pack"));
	assert_int_equal(mkdir("taken", 0700), 0);
	assert_int_equal(file_replace("taken", "x", 1, &err), SVC_BAD_INPUT);
	rmdir("taken");
	assert_int_equal(entries(), 1);
}

static void test_file__passes_over_names_that_others_left(void **state)
{
	(void)state;
	char left[64];
	snprintf(left, sizeof left, "pack.%ld-0", (long)getpid());
	int fd = open(left, O_CREAT | O_WRONLY, 0600);
	close(fd);
	assert_int_equal(file_replace("pack", "x", 1, NULL), SVC_OK);
	assert_true(file_exists(left));
	unlink(left);
	assert_int_equal(entries(), 1);
}

static void test_file__appends_and_limits(void **state)
{
	(void)state;
	struct strbuf text = {0};
	struct svc_error err;
	assert_int_equal(file_replace("pack", "12345", 5, NULL), SVC_OK);
	strbuf_puts(&text, "0");
	assert_int_equal(file_read(&text, "pack", 5, &err), SVC_OK);
	assert_string_equal(text.text, "012345");
	assert_int_equal(file_read(&text, "pack", 4, &err), SVC_BAD_INPUT);
	assert_int_equal(file_read(&text, "missing", 5, &err), SVC_NOT_FOUND);
	assert_int_equal(file_read(&text, "pack/below", 5, &err), SVC_NOT_FOUND);
	assert_int_equal(file_read(&text, ".", 5, &err), SVC_BAD_INPUT);
	assert_int_equal(file_read(&text, "/dev/zero", 100000, &err), SVC_BAD_INPUT);
	strbuf_release(&text);
}

static void test_file__reads_what_has_no_size(void **state)
{
	(void)state;
	struct strbuf text = {0};
	assert_int_equal(file_read(&text, "/proc/self/status", FILE_TEXT_MAX, NULL), SVC_OK);
	assert_true(text.length > 100);
	strbuf_reset(&text);
	int ends[2], kept = dup(STDIN_FILENO);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "piped", 5), 5);
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	assert_int_equal(file_read(&text, "-", FILE_TEXT_MAX, NULL), SVC_OK);
	assert_string_equal(text.text, "piped");
	if (kept >= 0)
		dup2(kept, STDIN_FILENO);
	close(kept);
	close(ends[0]);
	strbuf_release(&text);
}

static void test_file__makes_the_folders_above(void **state)
{
	(void)state;
	assert_int_equal(file_make_parents("new/deeper/x"), 0);
	assert_int_equal(file_make_parents("new/deeper/x"), 0);
	assert_true(file_exists("new/deeper"));
	assert_false(file_exists("new/deeper/x"));
	assert_int_equal(file_make_parents("plain"), 0);
	struct stat status;
	assert_int_equal(stat("new", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_int_equal(file_make_parents("pack/below/x"), -1);
	assert_int_equal(errno, ENOTDIR);
}

static void test_file__fingerprints_bytes(void **state)
{
	(void)state;
	char text[33];
	fingerprint_format(fingerprint_of("", 0), text);
	assert_string_equal(text, "99aa06d3014798d86001c324468d497f"); /* XXH3's published value for no input */
	struct fingerprint a = fingerprint_of("policy: a", 9), b = fingerprint_of("policy: b", 9);
	assert_true(a.high != b.high && a.low != b.low);
	fingerprint_format((struct fingerprint){.high = 0x0123456789abcdef, .low = 1}, text);
	assert_string_equal(text, "0123456789abcdef0000000000000001");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file__replaces_whole),
		cmocka_unit_test(test_file__leaves_nothing_behind_on_failure),
		cmocka_unit_test(test_file__passes_over_names_that_others_left),
		cmocka_unit_test(test_file__appends_and_limits),
		cmocka_unit_test(test_file__reads_what_has_no_size),
		cmocka_unit_test(test_file__makes_the_folders_above),
		cmocka_unit_test(test_file__fingerprints_bytes),
	};
	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
