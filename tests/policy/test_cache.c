/* The cache of compiled packs: it saves time and nothing else ever depends on it. */
#include "asking.h"

#include "policy/compile.h"
#include "policy/pack.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const folders[] = {"packs", NULL};
static const struct svc_policy_places places = {folders, "cache/svc"};

#define PACK                                                                                                           \
	HEAD "include: [extra]\nwarranty: {terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]}\n"

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int lay_out(void **state)
{
	(void)state;
	if (system("rm -rf cache packs && mkdir packs"))
		return 1;
	write_file("packs/p.yaml", PACK);
	write_file("packs/extra.yaml", "clauses: {p.1: {en: One., zh: 一。}}\n");
	return 0;
}

static struct svc_policy *open_pack(void)
{
	struct svc_policy *policy;
	struct svc_error err;

	if (svc_policy_open(&policy, "p", SVC_DATE_NONE, &places, &err))
		fail_msg("%s:%d: %s", err.file, err.line, err.text);
	expect(policy, SVC_ASK_WARRANTY, "{purchase: 2025-03-02, claim: 2026-03-02}",
	       "{verdict: covered, ends: 2026-03-02, days_left: 0}");
	return policy;
}

/* Opens the pack and tells whether it came from the cache. */
static bool warm(void)
{
	struct svc_policy *policy = open_pack();
	bool mapped = policy->mapped;

	svc_policy_free(policy);
	return mapped;
}

static size_t cached_files(char *path, size_t room)
{
	DIR *dir = opendir("cache/svc");
	const struct dirent *entry;
	size_t count = 0;

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.') {
			count++;
			snprintf(path, room, "cache/svc/%s", entry->d_name);
		}
	if (dir)
		closedir(dir);
	return count;
}

static void test_cache__the_second_opening_is_mapped(void **state)
{
	struct stat status;
	char path[512];

	(void)state;
	assert_false(warm());
	assert_true(warm());
	assert_int_equal(cached_files(path, sizeof path), 1);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_true(warm());
}

static void test_cache__a_cached_pack_is_the_compiled_one_byte_by_byte(void **state)
{
	struct svc_policy *cold = open_pack(), *again = open_pack();

	(void)state;
	assert_false(cold->mapped);
	assert_true(again->mapped);
	assert_int_equal(cold->size, again->size);
	assert_memory_equal(cold->head, again->head, cold->size);
	assert_string_equal(svc_policy_hash(cold), svc_policy_hash(again));
	svc_policy_free(cold);
	svc_policy_free(again);
}

static void test_cache__a_changed_text_is_compiled_anew(void **state)
{
	(void)state;
	warm();
	write_file("packs/p.yaml", PACK "# a remark\n");
	assert_false(warm());
	assert_true(warm());
	write_file("packs/p.yaml", PACK);
	assert_true(warm());
}

static void test_cache__a_changed_include_is_compiled_anew(void **state)
{
	char before[33];
	struct svc_policy *policy = open_pack();

	(void)state;
	snprintf(before, sizeof before, "%s", svc_policy_hash(policy));
	svc_policy_free(policy);
	write_file("packs/extra.yaml", "clauses: {p.1: {en: Two., zh: 二。}}\n");
	assert_false(warm());
	policy = open_pack();
	assert_true(policy->mapped);
	assert_string_not_equal(svc_policy_hash(policy), before);
	svc_policy_free(policy);
	assert_int_equal(unlink("packs/extra.yaml"), 0);
	assert_int_equal(svc_policy_open(&policy, "p", SVC_DATE_NONE, &places, NULL), SVC_BAD_INPUT);
}

/* Damages one byte, or cuts the file, and expects it to be seen through and mended. */
static void damage(long at, long cut)
{
	char path[512];
	FILE *file;
	int byte;

	assert_int_equal(cached_files(path, sizeof path), 1);
	if (cut >= 0) {
		assert_int_equal(truncate(path, cut), 0);
	} else {
		file = fopen(path, "r+");
		assert_non_null(file);
		fseek(file, at, SEEK_SET);
		byte = fgetc(file);
		fseek(file, at, SEEK_SET);
		fputc(byte ^ 1, file);
		fclose(file);
	}
	assert_false(warm());
	assert_true(warm());
}

static void test_cache__a_damaged_file_only_costs_time(void **state)
{
	(void)state;
	warm();
	for (size_t at = 0; at < sizeof(struct pack_head); at += 8)
		damage((long)at, -1);
	damage(sizeof(struct pack_head) + 100, -1);
	damage(0, 0);
	damage(0, 10);
	damage(0, sizeof(struct pack_head));
	damage(0, sizeof(struct pack_head) + 1);
}

static void test_cache__a_folder_that_cannot_be_written_only_costs_time(void **state)
{
	(void)state;
	write_file("cache", "a file, where a folder is wanted\n");
	assert_false(warm());
	assert_false(warm());
	assert_int_equal(unlink("cache"), 0);
}

static void test_cache__what_is_in_the_way_of_a_file_only_costs_time(void **state)
{
	char path[512], beside[600], left[512];

	(void)state;
	assert_false(warm());
	assert_int_equal(cached_files(path, sizeof path), 1);
	snprintf(beside, sizeof beside, "%s.%ld", path, (long)getpid());
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_false(warm());
	assert_int_equal(cached_files(left, sizeof left), 1); /* nothing half-written stays beside it */
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(mkdir(beside, 0700), 0);
	assert_false(warm());
	assert_int_equal(rmdir(beside), 0);
	assert_false(warm());
	assert_true(warm());
}

static void test_cache__a_folder_whose_name_is_too_long_only_costs_time(void **state)
{
	char long_name[5000];
	struct svc_policy_places far = {folders, long_name};
	struct svc_policy *policy;

	(void)state;
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	assert_int_equal(svc_policy_open(&policy, "p", SVC_DATE_NONE, &far, NULL), SVC_OK);
	assert_false(policy->mapped);
	svc_policy_free(policy);
}

static void test_cache__a_text_in_memory_shares_it(void **state)
{
	struct svc_policy *policy;
	struct svc_error err;

	(void)state;
	warm();
	assert_int_equal(svc_policy_open_text(&policy, PACK, strlen(PACK), "kept", &places, &err), SVC_OK);
	assert_true(policy->mapped);
	svc_policy_free(policy);
}

static void test_cache__a_bad_pack_is_not_kept(void **state)
{
	struct svc_policy *policy;
	struct svc_error err;
	char path[512];

	(void)state;
	write_file("packs/p.yaml", "policy: p\n");
	assert_int_equal(svc_policy_open(&policy, "p", SVC_DATE_NONE, &places, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.hint, "svc policy check packs/p.yaml"));
	assert_int_equal(cached_files(path, sizeof path), 0);
}

#define CACHE_TEST(name) cmocka_unit_test_setup(name, lay_out)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CACHE_TEST(test_cache__the_second_opening_is_mapped),
		CACHE_TEST(test_cache__a_cached_pack_is_the_compiled_one_byte_by_byte),
		CACHE_TEST(test_cache__a_changed_text_is_compiled_anew),
		CACHE_TEST(test_cache__a_changed_include_is_compiled_anew),
		CACHE_TEST(test_cache__a_damaged_file_only_costs_time),
		CACHE_TEST(test_cache__a_folder_that_cannot_be_written_only_costs_time),
		CACHE_TEST(test_cache__what_is_in_the_way_of_a_file_only_costs_time),
		CACHE_TEST(test_cache__a_folder_whose_name_is_too_long_only_costs_time),
		CACHE_TEST(test_cache__a_text_in_memory_shares_it),
		CACHE_TEST(test_cache__a_bad_pack_is_not_kept),
	};
	char scratch[] = "/tmp/svc-cache-XXXXXX";
	int failed;

	if (!mkdtemp(scratch) || chdir(scratch))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	return system("rm -rf cache packs") || chdir("/") || rmdir(scratch) || failed;
}
