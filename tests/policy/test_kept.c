/* What a decision is kept with is enough to come to it again: every worked case, asked twice. argv[1]: the project's root. */
#include "asking.h"

#include "base/file.h"
#include "base/json.h"
#include "base/tree.h"
#include "policy/pack.h"

#include <dirent.h>

static const char *root;

/* ---- packs from memory ---- */

static const char pots[] = "policy: pots\ntitle: {en: Pots, zh: 锅}\neffective: 2019-01-01\ncurrency: CNY\n"
			   "timezone: Asia/Shanghai\ninclude: [%s]\nwarranty:\n  terms:\n"
			   "    - {clause: pots.1, from: purchase, lasts: 1 year, remedy: repair}\n"
			   "settings:\n  grace: {clause: pots.1, type: duration, title: {en: grace, zh: 宽限}}\n";
static const char sentences[] = "clauses:\n  pots.1: {en: A year, zh: 一年}\n";

static int open_pots(struct svc_policy **policy, const char *include, const struct svc_policy_include *kept,
		     size_t count, struct svc_error *err)
{
	char text[1024];
	snprintf(text, sizeof text, pots, include);
	return svc_policy_open_kept(policy, text, strlen(text), "pots", kept, count, err);
}

static void test_kept__includes_come_from_memory(void **state)
{
	const struct svc_policy_include kept[] = {{"other", "", 0}, {"sentences", sentences, strlen(sentences)}};
	struct svc_policy *policy;
	struct svc_error err = {0};
	char *text;
	size_t length;
	(void)state;
	assert_int_equal(open_pots(&policy, "sentences, sentences.yaml", kept, 2, &err), SVC_OK);
	assert_int_equal(policy->head->includes.count, 1); /* one text, whichever way it is written */
	assert_int_equal(svc_policy_text(policy, &text, &length, &err), SVC_OK);
	assert_non_null(strstr(text, "include: [sentences, sentences.yaml]"));
	free(text);
	svc_policy_free(policy);
}

static void test_kept__no_file_stands_in_for_a_text_that_was_not_kept(void **state)
{
	const struct svc_policy_include kept[] = {{"round", "include: [round]\n", 17}};
	struct svc_policy *policy;
	struct svc_error err = {0};
	(void)state;
	assert_int_equal(open_pots(&policy, "calendars/cn", NULL, 0, &err), SVC_BAD_INPUT);
	assert_string_equal(err.text, "this include was not kept with the pack");
	assert_int_equal(open_pots(&policy, "../cn", kept, 1, &err), SVC_BAD_INPUT);
	assert_int_equal(open_pots(&policy, "round", kept, 1, &err), SVC_BAD_INPUT);
	assert_string_equal(err.text, "this include comes back to itself");
}

static void test_kept__includes_go_only_so_deep(void **state)
{
	char names[100][8], texts[100][40];
	struct svc_policy_include kept[100];
	struct svc_policy *policy;
	struct svc_error err = {0};
	(void)state;
	for (int i = 0; i < 100; i++) {
		snprintf(names[i], sizeof names[i], "n%d", i);
		int length = snprintf(texts[i], sizeof texts[i], "include: [n%d]\n", i + 1);
		kept[i] = (struct svc_policy_include){names[i], texts[i], (size_t)length};
	}
	assert_int_equal(open_pots(&policy, "n0", kept, 100, &err), SVC_BAD_INPUT);
	assert_string_equal(err.text, "too many includes");
}

static void test_kept__settings_are_read_as_they_were_written(void **state)
{
	struct svc_policy *policy;
	struct svc_facts *facts;
	struct svc_error err = {0};
	(void)state;
	const struct svc_policy_include kept[] = {{"sentences", sentences, strlen(sentences)}};
	assert_int_equal(open_pots(&policy, "sentences", kept, 1, &err), SVC_OK);
	assert_int_equal(svc_facts_new(&facts, policy, &err), SVC_OK);
	static const char right[] = "{\"grace\":\"7 days\"}";
	assert_int_equal(svc_facts_read_settings(facts, right, strlen(right), &err), SVC_OK);
	char *written = svc_facts_json(facts, true);
	assert_string_equal(written, right);
	free(written);
	assert_int_equal(svc_facts_read_settings(facts, "{\"grace\":\"soon\"}", 16, &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_read_settings(facts, "{\"purchase\":\"2025-01-01\"}", 25, &err), SVC_USAGE);
	assert_int_equal(svc_facts_read_settings(facts, "{\"nothing\":\"1\"}", 15, &err), SVC_USAGE);
	assert_int_equal(svc_facts_read_settings(facts, "[]", 2, &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_read_settings(facts, "{", 1, &err), SVC_BAD_INPUT);
	svc_facts_free(facts);
	svc_policy_free(policy);
}

/* ---- the worked cases ---- */

#define NOW 1785000000

struct shelf { /* one pack as it was opened, and as it is opened again from its texts */
	char id[64];
	struct svc_policy *first, *again;
};

static struct svc_policy *open_again(const struct svc_policy *policy)
{
	const struct pack_head *head = policy->head;
	struct svc_policy_include kept[8];
	struct strbuf texts[8] = {0};
	struct svc_policy *again;
	struct svc_error err = {0};
	char *text;
	size_t length;
	assert_true(head->includes.count <= 8);
	for (uint32_t i = 0; i < head->includes.count; i++) {
		const struct pack_include *include = PACK_ITEM(head, head->includes, struct pack_include, i);
		assert_int_equal(file_read(&texts[i], pack_text(head, include->file), FILE_TEXT_MAX, &err), SVC_OK);
		kept[i] = (struct svc_policy_include){pack_text(head, include->name), texts[i].text, texts[i].length};
	}
	assert_int_equal(svc_policy_text(policy, &text, &length, &err), SVC_OK);
	assert_int_equal(svc_policy_open_kept(&again, text, length, "kept", kept, head->includes.count, &err), SVC_OK);
	assert_string_equal(svc_policy_hash(again), svc_policy_hash(policy));
	for (uint32_t i = 0; i < head->includes.count; i++)
		strbuf_release(&texts[i]);
	free(text);
	return again;
}

static void take_pack(struct shelf *shelf, const char *id)
{
	char folder[512];
	const char *const folders[] = {folder, NULL};
	const struct svc_policy_places places = {.folders = folders};
	struct svc_error err = {0};
	if (strcmp(shelf->id, id) == 0)
		return;
	svc_policy_free(shelf->first);
	svc_policy_free(shelf->again);
	snprintf(folder, sizeof folder, "%s/policies", root);
	snprintf(shelf->id, sizeof shelf->id, "%s", id);
	assert_int_equal(svc_policy_open(&shelf->first, id, SVC_DATE_NONE, &places, &err), SVC_OK);
	shelf->again = open_again(shelf->first);
}

static char *map_json(const struct node *map)
{
	struct strbuf out = {0};
	struct json json = {.out = &out};
	if (map)
		json_node(&json, NULL, map);
	else
		strbuf_puts(&out, "{}");
	return out.text;
}

/* The answer as JSON, or why there is none; *facts_kept and *settings_kept, when wanted, are what a desk would keep. */
static char *decide(const struct svc_policy *policy, enum svc_ask ask, const char *given, const char *settings,
		    char **facts_kept, char **settings_kept)
{
	struct svc_facts *facts;
	struct svc_answer answer = {0};
	struct svc_error err = {0};
	assert_int_equal(svc_facts_new(&facts, policy, &err), SVC_OK);
	int status = svc_facts_read(facts, given, strlen(given), false, "", 1, &err);
	if (!status)
		status = svc_facts_read_settings(facts, settings, strlen(settings), &err);
	svc_facts_now(facts, NOW);
	if (!status)
		status = svc_ask(policy, ask, facts, false, &answer, &err);
	char *out = status ? strdup(err.text) : svc_answer_json(&answer);
	if (facts_kept) {
		*facts_kept = svc_facts_json(facts, false);
		*settings_kept = svc_facts_json(facts, true);
	}
	svc_answer_release(&answer);
	svc_facts_free(facts);
	return out;
}

static void ask_twice(struct shelf *shelf, const struct node *worked)
{
	enum svc_ask ask;
	take_pack(shelf, node_get(worked, "policy")->text);
	assert_int_equal(svc_ask_find(node_get(worked, "ask")->text, &ask, NULL), SVC_OK);
	char *given = map_json(node_get(worked, "given")), *settings = map_json(node_get(worked, "settings"));
	char *facts_kept, *settings_kept;
	char *first = decide(shelf->first, ask, given, settings, &facts_kept, &settings_kept);
	char *again = decide(shelf->again, ask, facts_kept, settings_kept, NULL, NULL);
	if (strcmp(first, again) != 0)
		print_error("%s\n", node_get(worked, "id")->text);
	assert_string_equal(first, again);
	free(first);
	free(again);
	free(facts_kept);
	free(settings_kept);
	free(given);
	free(settings);
}

static size_t ask_file(struct shelf *shelf, const char *path)
{
	struct strbuf text = {0};
	struct arena arena = {0};
	struct svc_error err = {0};
	struct node *list;
	size_t count = 0;
	assert_int_equal(file_read(&text, path, FILE_TEXT_MAX, &err), SVC_OK);
	assert_int_equal(yaml_read(&list, &arena, text.text, text.length, path, &err), SVC_OK);
	for (; count < list->count; count++)
		ask_twice(shelf, list->items[count]);
	arena_release(&arena);
	strbuf_release(&text);
	return count;
}

static void test_kept__every_worked_case_comes_out_the_same_again(void **state)
{
	char path[512];
	struct shelf shelf = {0};
	size_t count = 0;
	(void)state;
	snprintf(path, sizeof path, "%s/tests/cases", root);
	DIR *folder = opendir(path);
	assert_non_null(folder);
	for (const struct dirent *entry; (entry = readdir(folder));) {
		if (!strstr(entry->d_name, ".yaml"))
			continue;
		snprintf(path, sizeof path, "%s/tests/cases/%s", root, entry->d_name);
		count += ask_file(&shelf, path);
	}
	closedir(folder);
	assert_true(count > 1000);
	svc_policy_free(shelf.first);
	svc_policy_free(shelf.again);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kept__includes_come_from_memory),
		cmocka_unit_test(test_kept__no_file_stands_in_for_a_text_that_was_not_kept),
		cmocka_unit_test(test_kept__includes_go_only_so_deep),
		cmocka_unit_test(test_kept__settings_are_read_as_they_were_written),
		cmocka_unit_test(test_kept__every_worked_case_comes_out_the_same_again),
	};
	assert_int_equal(argc, 2);
	root = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
