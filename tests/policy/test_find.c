/* Finding packs: ids, versions, paths, which folder wins, and the list. */
#include "asking.h"

#include "policy/find.h"

#include <unistd.h>

static const char *const folders[] = {"mine", "shipped", NULL};
static const struct svc_policy_places places = {folders, NULL};

static void write_pack(const char *path, const char *id, const char *effective)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fprintf(file,
		"policy: %s\ntitle: {en: Pack of %s, zh: 某}\nsource: a document\neffective: %s\ncurrency: CNY\n"
		"timezone: Asia/Shanghai\nwarranty: {terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]}\n",
		id, id, effective);
	assert_int_equal(fclose(file), 0);
}

static int lay_out(void **state)
{
	(void)state;
	if (system("mkdir -p mine shipped/carts shipped/calendars shipped/empty"))
		return 1;
	write_pack("mine/tools.yaml", "tools", "2021-01-01");
	write_pack("shipped/tools.yaml", "tools", "2020-01-01");
	write_pack("shipped/lamps.yaml", "lamps", "2019-05-01");
	write_pack("shipped/wrong.yaml", "right", "2019-05-01");
	write_pack("shipped/carts/2019-03-19.yaml", "carts", "2019-03-19");
	write_pack("shipped/carts/2022-01-01.yaml", "carts", "2022-01-01");
	write_pack("shipped/carts/2025-01-01.yaml", "carts", "2024-01-01");
	write_pack("shipped/calendars/cn.yaml", "cn", "2019-01-01");
	return 0;
}

static void leads_to(const char *name, svc_date sale, const char *path)
{
	struct found_pack found;
	struct svc_error err;

	if (pack_find(&found, name, sale, &places, &err))
		fail_msg("%s: %s", name, err.text);
	assert_string_equal(found.path, path);
	free(found.path);
}

static void leads_nowhere(const char *name, int code, const char *hint)
{
	struct found_pack found;
	struct svc_error err = {0};

	assert_int_equal(pack_find(&found, name, SVC_DATE_NONE, &places, &err), code);
	assert_null(found.path);
	if (!strstr(err.hint, hint))
		fail_msg("%s: %s (%s)", name, err.text, err.hint);
}

static void test_find__the_first_folder_wins(void **state)
{
	(void)state;
	leads_to("tools", SVC_DATE_NONE, "mine/tools.yaml");
	leads_to("lamps", SVC_DATE_NONE, "shipped/lamps.yaml");
}

static void test_find__the_version_in_force_on_the_day_of_the_sale(void **state)
{
	(void)state;
	leads_to("carts", SVC_DATE_NONE, "shipped/carts/2025-01-01.yaml");
	leads_to("carts", svc_date_of(2021, 12, 31), "shipped/carts/2019-03-19.yaml");
	leads_to("carts", svc_date_of(2022, 1, 1), "shipped/carts/2022-01-01.yaml");
	leads_to("carts", svc_date_of(2030, 1, 1), "shipped/carts/2025-01-01.yaml");
	leads_to("carts", svc_date_of(2000, 1, 1), "shipped/carts/2019-03-19.yaml");
	leads_to("carts@2023-06-30", SVC_DATE_NONE, "shipped/carts/2022-01-01.yaml");
	leads_to("carts@2023-06-30", svc_date_of(2019, 6, 1), "shipped/carts/2022-01-01.yaml");
	leads_to("lamps@1999-01-01", SVC_DATE_NONE, "shipped/lamps.yaml");
}

static void test_find__paths_are_taken_as_they_are(void **state)
{
	(void)state;
	leads_to("shipped/tools.yaml", SVC_DATE_NONE, "shipped/tools.yaml");
	leads_to("shipped/carts", svc_date_of(2022, 5, 5), "shipped/carts/2022-01-01.yaml");
	leads_to("shipped/carts/", svc_date_of(2022, 5, 5), "shipped/carts/2022-01-01.yaml");
	leads_nowhere("none.yaml", SVC_NOT_FOUND, "");
	leads_nowhere("./tools", SVC_NOT_FOUND, "");
	leads_nowhere("shipped/empty", SVC_NOT_FOUND, "");
}

static void test_find__a_name_that_is_none_gets_a_suggestion(void **state)
{
	(void)state;
	leads_nowhere("lamp", SVC_NOT_FOUND, "lamps");
	leads_nowhere("cart", SVC_NOT_FOUND, "carts");
	leads_nowhere("refrigerators", SVC_NOT_FOUND, "svc policy list");
	leads_nowhere("", SVC_NOT_FOUND, "");
	leads_nowhere("calendars", SVC_NOT_FOUND, "");
	leads_nowhere("carts@soon", SVC_USAGE, "id@2019-03-19");
}

static void test_find__a_pack_bears_the_name_it_is_found_by(void **state)
{
	struct svc_policy *policy;
	struct svc_error err;

	(void)state;
	assert_int_equal(svc_policy_open(&policy, "wrong", SVC_DATE_NONE, &places, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "calls itself right"));
	assert_int_equal(svc_policy_open(&policy, "carts", SVC_DATE_NONE, &places, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "another effective date"));
	assert_int_equal(svc_policy_open(&policy, "shipped/wrong.yaml", SVC_DATE_NONE, &places, &err), SVC_OK);
	assert_string_equal(svc_policy_id(policy), "right");
	svc_policy_free(policy);
}

struct listed {
	char text[2048];
};

static int list_one(void *context, const struct svc_policy_entry *entry)
{
	struct listed *listed = context;
	size_t used = strlen(listed->text);

	snprintf(listed->text + used, sizeof listed->text - used, "%s %s%s%s\n", entry->id, entry->file,
		 entry->shadowed ? " shadowed" : "", entry->fault ? " fault" : "");
	if (!entry->fault)
		assert_string_equal(entry->source, "a document");
	return 0;
}

static int list_no_more(void *context, const struct svc_policy_entry *entry)
{
	list_one(context, entry);
	return 7;
}

static void test_find__the_list_shows_every_file_and_which_wins(void **state)
{
	struct listed listed = {""}, short_list = {""};
	struct svc_error err;
	FILE *bad = fopen("shipped/broken.yaml", "w");

	(void)state;
	assert_non_null(bad);
	fputs("policy: [\n", bad);
	fclose(bad);
	assert_int_equal(svc_policy_list(&places, list_one, &listed, &err), SVC_OK);
	assert_string_equal(listed.text, "broken shipped/broken.yaml fault\n"
					 "carts shipped/carts/2019-03-19.yaml\n"
					 "carts shipped/carts/2022-01-01.yaml\n"
					 "carts shipped/carts/2025-01-01.yaml\n"
					 "lamps shipped/lamps.yaml\n"
					 "tools mine/tools.yaml\n"
					 "tools shipped/tools.yaml shadowed\n"
					 "wrong shipped/wrong.yaml\n");
	assert_int_equal(svc_policy_list(&places, list_no_more, &short_list, &err), 7);
	assert_string_equal(short_list.text, "broken shipped/broken.yaml fault\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find__the_first_folder_wins),
		cmocka_unit_test(test_find__the_version_in_force_on_the_day_of_the_sale),
		cmocka_unit_test(test_find__paths_are_taken_as_they_are),
		cmocka_unit_test(test_find__a_name_that_is_none_gets_a_suggestion),
		cmocka_unit_test(test_find__a_pack_bears_the_name_it_is_found_by),
		cmocka_unit_test(test_find__the_list_shows_every_file_and_which_wins),
	};
	char scratch[] = "/tmp/svc-find-XXXXXX";
	int failed;

	if (!mkdtemp(scratch) || chdir(scratch))
		return 1;
	failed = cmocka_run_group_tests(tests, lay_out, NULL);
	return system("rm -r mine shipped") || chdir("/") || rmdir(scratch) || failed;
}
