/* Loading packs: the malformed ones by the folder, faults all at once, and what a good one becomes. */
#include "asking.h"

#include "policy/compile.h"
#include "policy/decide.h"
#include "policy/pack.h"

#include <dirent.h>
#include <malloc.h>
#include <unistd.h>

static const char *source_root;

struct heard {
	size_t count;
	struct svc_error first;
	char line[256], all[4096];
};

static void hear(void *context, const struct svc_error *fault, const char *source_line)
{
	struct heard *heard = context;
	size_t used = strlen(heard->all);

	if (!heard->count++) {
		heard->first = *fault;
		snprintf(heard->line, sizeof heard->line, "%s", source_line);
	}
	snprintf(heard->all + used, sizeof heard->all - used, "%d:%d %s\n", fault->line, fault->column, fault->text);
}

static int check(const char *path, struct heard *heard)
{
	static const char *const none[] = {NULL};
	struct svc_policy_places places = {none, NULL};
	struct svc_error err;

	*heard = (struct heard){0};
	return svc_policy_check(path, &places, hear, heard, &err);
}

static void one_bad_pack(const char *path)
{
	int line = 0, column = 0, skip = 0;
	char expected[256] = "";
	struct heard heard;
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_non_null(fgets(expected, sizeof expected, file));
	fclose(file);
	expected[strcspn(expected, "\n")] = '\0';
	if (sscanf(expected, "# fault: %d:%d %n", &line, &column, &skip) != 2)
		fail_msg("%s does not say its fault", path);
	if (check(path, &heard) != SVC_BAD_INPUT)
		fail_msg("%s was taken", path);
	if (heard.first.line != line || heard.first.column != column || !strstr(heard.first.text, expected + skip))
		fail_msg("%s says %d:%d %s", path, heard.first.line, heard.first.column, heard.first.text);
	assert_string_equal(heard.first.file, path);
	assert_null(strchr(heard.first.text, '\n'));
}

static void test_load__every_malformed_pack_names_its_first_fault(void **state)
{
	char folder[512], path[1024];
	struct dirent *entry;
	size_t count = 0;
	DIR *dir;

	(void)state;
	snprintf(folder, sizeof folder, "%s/tests/policy/bad", source_root);
	dir = opendir(folder);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (!strstr(entry->d_name, ".yaml"))
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		one_bad_pack(path);
		count++;
	}
	closedir(dir);
	assert_true(count >= 60);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void test_load__all_faults_are_told_at_once_in_the_order_of_the_file(void **state)
{
	static const char text[] = "policy: p\n"
				   "title: {en: P}\n"
				   "effective: 2020-01-01\n"
				   "currency: XXY\n"
				   "timezone: Asia/Shanghai\n"
				   "warranty:\n"
				   "  terms:\n"
				   "    - {clause: p.1, from: purchas, lasts: 1 yaer, remedy: repair}\n"
				   "facts:\n"
				   "  weight: {number: {min: one}, title: {en: weight, zh: 重量}}\n";
	struct heard heard;

	write_file("faults.yaml", text);
	(void)state;
	assert_int_equal(check("./faults.yaml", &heard), SVC_BAD_INPUT);
	assert_string_equal(heard.all, "2:8 the text lacks its zh\n"
				       "4:11 unknown currency: XXY\n"
				       "8:27 no such fact: purchas\n"
				       "8:43 \"1 yaer\" is no duration\n"
				       "10:26 \"one\" is not a number\n");
	assert_string_equal(heard.line, "title: {en: P}");
	unlink("faults.yaml");
}

static void test_load__faults_in_an_include_name_its_file(void **state)
{
	static const char *const folders[] = {"parts", NULL};
	struct svc_policy_places places = {folders, NULL};
	struct svc_policy *policy;
	struct svc_error err;
	static const char text[] = HEAD
		"include: [calendars/cn]\n"
		"warranty: {terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]}\n";

	(void)state;
	assert_int_equal(system("mkdir -p parts/calendars"), 0);
	write_file("parts/calendars/cn.yaml", "facts:\n  weight: {nmber: true}\n");
	assert_int_equal(svc_policy_open_text(&policy, text, strlen(text), "p.yaml", &places, &err), SVC_BAD_INPUT);
	assert_string_equal(err.file, "parts/calendars/cn.yaml");
	assert_int_equal(err.line, 2);
	assert_int_equal(err.column, 12);
	write_file("parts/calendars/cn.yaml", "include: [calendars/cn]\n");
	assert_int_equal(svc_policy_open_text(&policy, text, strlen(text), "p.yaml", &places, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "comes back to itself"));
	write_file("parts/calendars/cn.yaml", "policy: other\n");
	assert_int_equal(svc_policy_open_text(&policy, text, strlen(text), "p.yaml", &places, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "unknown key: policy"));
	assert_int_equal(system("rm -r parts"), 0);
}

static void test_load__an_include_adds_facts_settings_clauses_and_rules(void **state)
{
	static const char *const folders[] = {"more", NULL};
	struct svc_policy_places places = {folders, NULL};
	struct svc_policy *policy;
	struct svc_error err;
	static const char text[] = HEAD
		"include: [shared]\n"
		"warranty: {terms: [{clause: p.1, when: {weight: {below: 9}}, from: purchase, lasts: {setting: term}, remedy: repair}]}\n";

	(void)state;
	assert_int_equal(system("mkdir -p more"), 0);
	write_file("more/shared.yaml",
		   "facts: {weight: {number: true, title: {en: weight, zh: 重量}}}\n"
		   "settings: {term: {type: duration, default: 1 year, title: {en: term, zh: 期限}}}\n"
		   "clauses: {p.2: {en: A text., zh: 文字。}}\n"
		   "warranty: {exclusions: [{clause: p.2, when: {cause: misuse}}]}\n");
	if (svc_policy_open_text(&policy, text, strlen(text), "p.yaml", &places, &err))
		fail_msg("%s:%d:%d %s", err.file, err.line, err.column, err.text);
	assert_int_equal(policy->head->includes.count, 1);
	assert_string_not_equal(svc_policy_hash(policy), "");
	expect(policy, SVC_ASK_WARRANTY, "{purchase: 2025-06-01, weight: 3, cause: misuse, claim: 2025-07-01}",
	       "{verdict: excluded, clauses: [p.2]}");
	svc_policy_free(policy);
	assert_int_equal(system("rm -r more"), 0);
}

static struct svc_policy *open_path(const char *path)
{
	static const char *const none[] = {NULL};
	struct svc_policy_places places = {none, NULL};
	struct svc_policy *policy = NULL;
	struct svc_error err;

	if (svc_policy_open(&policy, path, SVC_DATE_NONE, &places, &err))
		fail_msg("%s:%d:%d: %s", err.file, err.line, err.column, err.text);
	return policy;
}

static void test_load__every_key_of_the_grammar_is_taken(void **state)
{
	static const char common[] =
		"purchase: 2025-01-10, weight: 9, pressure: 2, km: 5, repair_days: 3, cause: defect, manufacture: 2020-01-01";
	struct svc_policy *policy;
	char path[512], facts[512];

	(void)state;
	snprintf(path, sizeof path, "%s/tests/policy/good/whole.yaml", source_root);
	policy = open_path(path);
	snprintf(
		facts, sizeof facts,
		"{%s, component: motor, claim: 2025-02-12, inspected: true, remark: none, handover: 2024-01-01, called: 2024-05-05T10:00}",
		common);
	expect(policy, SVC_ASK_WARRANTY, facts,
	       "{verdict: covered, remedy: repair, ends: 2025-02-12, labor: free, parts: cost, freight_in: company, freight_out: customer, "
	       "service_class: free, clauses: [whole.5, whole.6, whole.7]}");
	snprintf(
		facts, sizeof facts,
		"{%s, component: motor, claim: 2025-02-13, inspected: true, remark: none, handover: 2024-01-01, called: 2024-05-05T10:00}",
		common);
	expect(policy, SVC_ASK_WARRANTY, facts, "{verdict: expired, remedy: refurbish, clauses: [whole.5, whole.12]}");
	expect(policy, SVC_ASK_RETURN,
	       "{want: refund, purchase: 2025-01-10, claim: 2025-01-17, sold_as: standard, price: 1000.00, condition: [], remark: none, called: 2025-01-17T10:00, weight: 9, pressure: 2, km: 5, repair_days: 0, cause: defect}",
	       "{verdict: accepted, deadline: 2025-01-17, deductions: [{item: card_fee, amount: '6.00'}]}");
	expect(policy, SVC_ASK_FEE, "{items: [visit], parts_cost: 0}", "{verdict: refer}");
	expect(policy, SVC_ASK_FEE,
	       "{items: [visit, adjustment, 'late*2'], new_price: 120.00, price: 100.00, count: 2}",
	       "{verdict: priced, lines: [{item: visit, amount: '20.00'}, {item: visit, amount: '39.00'}, {item: late, amount: '40.00'}]}");
	expect(policy, SVC_ASK_FREIGHT, "{}", "{verdict: decided, freight_in: company, freight_out: company}");
	svc_policy_free(policy);
}

static void test_load__a_long_pack_is_loaded_whole(void **state)
{
	struct strbuf text = {0};
	struct svc_policy *policy;

	(void)state;
	strbuf_puts(&text, HEAD "warranty:\n  terms:\n");
	for (int i = 1; i <= 3000; i++)
		strbuf_printf(
			&text,
			"    - {clause: p.%d, when: {hours: {below: %d}}, from: purchase, lasts: %d days, remedy: repair}\n",
			i, i * 3, i);
	policy = pack_of(text.text);
	assert_int_equal(policy->head->sentences.count, 3000);
	assert_int_equal(fact_of(policy->head, F_HOURS)->trials.count, 9000);
	expect(policy, SVC_ASK_WARRANTY, "{purchase: 2020-01-01, hours: 8998, claim: 2021-01-01, cause: defect}",
	       "{verdict: covered, ends: 2028-03-19}");
	svc_policy_free(policy);
	strbuf_release(&text);
}

static void test_load__a_text_that_changed_since_is_not_handed_out(void **state)
{
	struct svc_policy *policy;
	struct svc_error err;
	size_t length;
	char *text;

	(void)state;
	write_file("changing.yaml", HEAD "freight: [{clause: p.1, freight_in: company}]\n");
	policy = open_path("./changing.yaml");
	assert_int_equal(svc_policy_text(policy, &text, &length, &err), SVC_OK);
	assert_int_equal(length, strlen(text));
	free(text);
	write_file("changing.yaml", "policy: other\n");
	assert_int_equal(svc_policy_text(policy, &text, &length, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "has been changed"));
	svc_policy_free(policy);
	unlink("changing.yaml");
}

/* ---- trials ---- */

static const char trial_pack[] = HEAD
	"facts:\n"
	"  component: {one_of: {a: {en: a, zh: 甲一}, b: {en: b, zh: 乙二}, c: {en: c, zh: 丙三}, d: {en: d, zh: 丁四}, e: {en: e, zh: 戊五}}}\n"
	"  tested: {bool: true, title: {en: tested, zh: 已测}}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: p.1, when: {component: [a, b]}, from: purchase, lasts: 1 year, remedy: repair}\n"
	"    - {clause: p.2, when: {component: [b, a, c], tested: true}, from: purchase, lasts: {time: 1 year, km: 60000}, remedy: replace}\n"
	"  exclusions:\n"
	"    - {clause: p.3, when: {capacity_pct: {below: 70}}}\n"
	"    - {clause: p.4, when: {same_fault_repairs: {at_least: 2}}}\n"
	"    - {clause: p.5, when: {share_pct: {above: 0.5}}}\n"
	"    - {clause: p.6, when: {price: {below: 10.00}}}\n"
	"    - {clause: p.7, when: {documents: {all: [invoice, contract]}}}\n"
	"    - {clause: p.8, when: {cause: [misuse, wear]}}\n"
	"    - {clause: p.9, when: {fault: operation}}\n";

static void trials_are(const struct svc_policy *policy, const char *name, const int64_t *expected, size_t count)
{
	uint16_t place = fact_find(policy->head, name, NULL);
	const struct pack_fact *fact = fact_of(policy->head, place);

	if (fact->trials.count != count)
		fail_msg("%s has %u trials", name, (unsigned)fact->trials.count);
	for (uint32_t i = 0; i < count; i++)
		if (*PACK_ITEM(policy->head, fact->trials, int64_t, i) != expected[i])
			fail_msg("%s: trial %u is %lld", name, (unsigned)i,
				 (long long)*PACK_ITEM(policy->head, fact->trials, int64_t, i));
}
#define TRIALS(name, ...)                                                                                              \
	trials_are(policy, name, (const int64_t[]){__VA_ARGS__},                                                       \
		   sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static void test_load__a_missing_fact_is_tried_with_what_the_rules_tell_apart(void **state)
{
	struct svc_policy *policy = pack_of(trial_pack);
	const int64_t one = SVC_NUMBER_ONE;

	(void)state;
	TRIALS("component", 0, 2, 3, WORD_UNLISTED); /* a and b; c; d and e; a word of no list */
	TRIALS("tested", 0, 1);
	TRIALS("capacity_pct", 69 * one, 70 * one, 71 * one);
	TRIALS("same_fault_repairs", 1 * one, 2 * one, 3 * one);
	TRIALS("share_pct", 4 * one / 10, 5 * one / 10, 6 * one / 10);
	TRIALS("price", 999, 1000, 1001);
	TRIALS("documents", 3, 2, 1, 0);
	/* defect, misuse and wear, the others, none */
	TRIALS("cause", 0, 1, 2, 17, WORD_UNLISTED);
	TRIALS("fault", 0, 1, 2, WORD_UNLISTED);
	assert_int_equal(fact_of(policy->head, F_ZONE)->trials.count, 0);
	assert_int_equal(fact_of(policy->head, F_PURCHASE)->trials.count, 0);
	svc_policy_free(policy);
}

/* ---- what is said of a pack ---- */

static int count_rule(void *context, const struct svc_policy_rule *rule)
{
	size_t *count = context;

	if (++*count == 2) {
		assert_string_equal(rule->section, "warranty.terms");
		assert_string_equal(rule->clause, "p.2");
		assert_string_equal(
			rule->rule,
			"{when: {component: [b, a, c], tested: true}, from: purchase, lasts: {time: 1 year, "
			"km: 60000}, remedy: replace}");
		assert_int_equal(rule->line, 12);
	}
	return 0;
}

static int find_name(void *context, const struct svc_policy_name *name)
{
	if (!strcmp(name->name, "component")) {
		assert_string_equal(name->type, "word");
		assert_int_equal(name->words, 5);
		assert_true(name->standard);
		*(bool *)context = true;
	}
	assert_string_not_equal(name->name, "ask");
	return 0;
}

static int count_word(void *context, const char *word, const char *title)
{
	(void)title;
	strbuf_puts(context, word);
	return 0;
}

static void test_load__a_pack_tells_its_rules_names_and_words(void **state)
{
	struct svc_policy *policy = pack_of(trial_pack);
	struct svc_error err;
	struct strbuf words = {0};
	char *text;
	size_t rules = 0, length;
	bool found = false;

	(void)state;
	assert_int_equal(svc_policy_rules(policy, count_rule, &rules, &err), SVC_OK);
	assert_int_equal(rules, 9);
	assert_int_equal(svc_policy_names(policy, find_name, &found, &err), SVC_OK);
	assert_true(found);
	assert_int_equal(svc_policy_words(policy, "component", count_word, &words, &err), SVC_OK);
	assert_string_equal(words.text, "abcde");
	assert_int_equal(svc_policy_words(policy, "componen", count_word, &words, &err), SVC_USAGE);
	assert_string_equal(svc_policy_id(policy), "p");
	assert_string_equal(svc_policy_title(policy), "P");
	assert_int_equal(svc_policy_effective(policy), svc_date_of(2020, 1, 1));
	assert_string_equal(svc_policy_currency(policy), "CNY");
	assert_int_equal(svc_policy_currency_digits(policy), 2);
	assert_string_equal(svc_policy_file(policy), "p.yaml");
	assert_int_equal(svc_policy_text(policy, &text, &length, &err), SVC_OK);
	assert_string_equal(text, trial_pack);
	free(text);
	strbuf_release(&words);
	svc_policy_free(policy);
}

/* ---- limits ---- */

/* Checks a text that is made of a head and `count` repeated entries. */
static void too_many(const char *before, const char *entry, int count, const char *after, const char *fault_text)
{
	struct strbuf text = {0};
	struct heard heard;
	FILE *file = fopen("many.yaml", "w");

	strbuf_puts(&text, HEAD);
	strbuf_puts(&text, before);
	for (int i = 0; i < count; i++)
		for (const char *c = entry; *c; c++)
			if (*c == '#')
				strbuf_printf(&text, "%d", i);
			else
				strbuf_putc(&text, *c);
	strbuf_puts(&text, after);
	assert_non_null(file);
	assert_true(fputs(text.text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	strbuf_release(&text);
	assert_int_equal(check("./many.yaml", &heard), fault_text ? SVC_BAD_INPUT : SVC_OK);
	if (fault_text && !strstr(heard.first.text, fault_text))
		fail_msg("%s instead of %s", heard.all, fault_text);
	assert_int_equal(unlink("many.yaml"), 0);
}

static void test_load__what_is_too_much_is_said(void **state)
{
	static const char after[] = "}}}\nfreight: [{clause: p.1, freight_in: company}]\n";

	(void)state;
	too_many("facts: {s: {title: {en: s, zh: 集}, set_of: {", "w#: {en: w #, zh: 词#}, ", 63, after, NULL);
	too_many("facts: {s: {title: {en: s, zh: 集}, set_of: {", "w#: {en: w #, zh: 词#}, ", 64, after,
		 "s has too many words");
	too_many("facts: {", "f#: {bool: true, title: {en: f #, zh: 事#}},\n", 4100,
		 "}\nfreight: [{clause: p.1, freight_in: company}]\n", "too many facts");
}

static void test_load__an_include_may_come_twice_and_may_fail(void **state)
{
	struct heard heard;
	FILE *file;

	(void)state;
	if (system("mkdir -p folder.yaml"))
		fail();
	file = fopen("twice.yaml", "w");
	assert_non_null(file);
	fputs(HEAD "include: [extra, extra.yaml, folder]\nfreight: [{clause: p.1, freight_in: company}]\nx: 1\n", file);
	assert_int_equal(fclose(file), 0);
	file = fopen("extra.yaml", "w");
	assert_non_null(file);
	fputs("y: 1\n", file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(check("./twice.yaml", &heard), SVC_BAD_INPUT);
	assert_int_equal(heard.count, 3);
	assert_string_equal(heard.first.file, "./twice.yaml");
	assert_non_null(strstr(heard.first.text, "folder"));
	assert_non_null(strstr(heard.all, "8:1 unknown key: x\n1:1 unknown key: y\n"));
	if (system("rm -r folder.yaml twice.yaml extra.yaml"))
		fail();
}

/* ---- the block ---- */

/* Leaves its mark in every byte of the stack below, as whatever ran before may. */
static __attribute__((noinline)) void soil_stack(char mark)
{
	volatile char soil[1 << 16];

	for (size_t i = 0; i < sizeof soil; i++)
		soil[i] = mark;
}

static char *block_of(const struct strbuf *text, const char *path, char mark, size_t *size)
{
	static const char *const none[] = {NULL};
	const struct svc_policy_places places = {none, NULL};
	const struct origin origin = {path, path, &places};
	struct faults faults = {0};
	struct parsed_pack parsed;
	struct svc_zone *zone;
	char *block = NULL;

	mallopt(M_PERTURB, mark);
	soil_stack(mark);
	parse_pack(&parsed, text->text, text->length, &origin, &faults);
	soil_stack(mark);
	assert_true(compile_pack(&parsed, &faults, &block, size, &zone));
	mallopt(M_PERTURB, 0);
	svc_zone_free(zone);
	parsed_release(&parsed);
	faults_release(&faults);
	return block;
}

static void test_load__equal_packs_give_equal_blocks(void **state)
{
	struct strbuf text = {0};
	size_t size, size_again;
	char path[512], *block, *again;

	(void)state;
	snprintf(path, sizeof path, "%s/tests/policy/good/whole.yaml", source_root);
	assert_int_equal(file_read(&text, path, FILE_TEXT_MAX, NULL), SVC_OK);
	block = block_of(&text, path, 0x55, &size);
	again = block_of(&text, path, (char)0xa3, &size_again);
	assert_int_equal(size, size_again);
	assert_memory_equal(block, again, size);
	free(block);
	free(again);
	strbuf_release(&text);
}

/* ---- the example of the manual ---- */

static void test_load__the_example_of_the_manual_is_a_pack(void **state)
{
	char path[512], line[512];
	struct strbuf text = {0};
	struct svc_policy *policy;
	bool inside = false;
	FILE *manual;

	(void)state;
	snprintf(path, sizeof path, "%s/man/svc-pack.5", source_root);
	manual = fopen(path, "r");
	assert_non_null(manual);
	while (fgets(line, sizeof line, manual)) {
		if (!strncmp(line, ".\\\" example ends", 16))
			inside = false;
		if (inside && line[0] != '.')
			strbuf_puts(&text, line);
		if (!strncmp(line, ".\\\" example begins", 18))
			inside = true;
	}
	fclose(manual);
	assert_non_null(text.text);
	policy = pack_of(text.text);
	expect(policy, SVC_ASK_WARRANTY,
	       "{purchase: 2025-05-01, component: battery, capacity_pct: 64, cause: defect, claim: 2026-05-01}",
	       "{verdict: covered, remedy: replace, ends: 2026-05-01, clauses: [garden-tools.4]}");
	expect(policy, SVC_ASK_WARRANTY, "{purchase: 2025-05-01, component: motor, cause: misuse, claim: 2026-05-01}",
	       "{verdict: excluded, remedy: paid_repair, labor: charge, parts: cost, clauses: [garden-tools.7]}");
	svc_policy_free(policy);
	strbuf_release(&text);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_load__every_malformed_pack_names_its_first_fault),
		cmocka_unit_test(test_load__all_faults_are_told_at_once_in_the_order_of_the_file),
		cmocka_unit_test(test_load__faults_in_an_include_name_its_file),
		cmocka_unit_test(test_load__an_include_adds_facts_settings_clauses_and_rules),
		cmocka_unit_test(test_load__every_key_of_the_grammar_is_taken),
		cmocka_unit_test(test_load__a_long_pack_is_loaded_whole),
		cmocka_unit_test(test_load__a_text_that_changed_since_is_not_handed_out),
		cmocka_unit_test(test_load__a_missing_fact_is_tried_with_what_the_rules_tell_apart),
		cmocka_unit_test(test_load__a_pack_tells_its_rules_names_and_words),
		cmocka_unit_test(test_load__what_is_too_much_is_said),
		cmocka_unit_test(test_load__an_include_may_come_twice_and_may_fail),
		cmocka_unit_test(test_load__equal_packs_give_equal_blocks),
		cmocka_unit_test(test_load__the_example_of_the_manual_is_a_pack),
	};
	char scratch[] = "/tmp/svc-load-XXXXXX";
	int failed;

	source_root = count > 1 ? arguments[1] : ".";
	if (!mkdtemp(scratch) || chdir(scratch))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	return chdir("/") || rmdir(scratch) || failed;
}
