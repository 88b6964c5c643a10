/* lint: silent on the packs that ship; every planted defect is found, and its case, asked again, shows the same. */
#include "asking.h"

#include "base/file.h"
#include "svc/lint.h"

#include <dirent.h>

static const char *root;

struct found {
	struct svc_policy *policy;
	const char *kind; /* looked for; NULL: any */
	size_t count, of_kind;
	char first[1024];
};

/* What the case of a finding is answered with: the fault, or the verdict. */
static void ask_again(struct svc_policy *policy, const struct svc_finding *finding, char out[512])
{
	struct svc_answer answer = {0};
	struct svc_facts *facts = NULL;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&facts, policy, &err), 0);
	if (svc_facts_read_settings(facts, finding->settings, strlen(finding->settings), &err) ||
	    svc_facts_read(facts, finding->given, strlen(finding->given), false, "case", 1, &err))
		fail_msg("%s %s: %s", finding->given, finding->settings, err.text);
	if (svc_ask(policy, finding->ask, facts, false, &answer, &err))
		snprintf(out, 512, "%s", err.text);
	else
		snprintf(out, 512, "%s", svc_verdict_id(answer.verdict));
	svc_answer_release(&answer);
	svc_facts_free(facts);
}

static int seen(void *context, const struct svc_finding *finding)
{
	struct found *found = context;
	char shown[512];

	found->count++;
	found->of_kind += !found->kind || !strcmp(found->kind, finding->kind);
	if (found->count == 1)
		snprintf(found->first, sizeof found->first, "%s %s %d: %s", finding->kind, finding->clause,
			 finding->line, finding->text);
	ask_again(found->policy, finding, shown);
	if (strncmp(finding->shows, shown, strlen(shown)) != 0)
		fail_msg("%s: %s shows \"%s\", not \"%s\"", finding->text, finding->given, shown, finding->shows);
	return 0;
}

static struct found lint_text(const char *text, const char *kind, bool *loaded)
{
	char folder[4096];
	const char *const folders[] = {folder, NULL};
	struct svc_policy_places places = {folders, NULL};
	struct found found = {.kind = kind};
	struct svc_error err = {0};

	snprintf(folder, sizeof folder, "%s/policies", root);
	*loaded = !svc_policy_open_text(&found.policy, text, strlen(text), "p.yaml", &places, &err);
	if (*loaded)
		assert_int_equal(svc_policy_lint(found.policy, NULL, 0, seen, &found, &err), 0);
	else
		snprintf(found.first, sizeof found.first, "%d: %s", err.line, err.text);
	svc_policy_free(found.policy);
	return found;
}

static void read_text(struct strbuf *text, const char *file)
{
	char path[4096];
	struct svc_error err = {0};

	snprintf(path, sizeof path, "%s/%s", root, file);
	if (file_read(text, path, FILE_TEXT_MAX, &err))
		fail_msg("%s", err.text);
}

/* ---- the packs that ship ---- */

static void each_pack(void (*check)(const char *name, const char *text))
{
	char path[4096];
	struct dirent *entry;
	DIR *folder;

	snprintf(path, sizeof path, "%s/policies", root);
	folder = opendir(path);
	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		struct strbuf text = {0};
		char file[512];

		if (!strstr(entry->d_name, ".yaml"))
			continue;
		snprintf(file, sizeof file, "policies/%s", entry->d_name);
		read_text(&text, file);
		check(entry->d_name, text.text);
		strbuf_release(&text);
	}
	closedir(folder);
}

static void expect_silence(const char *name, const char *text)
{
	bool loaded;
	struct found found = lint_text(text, NULL, &loaded);

	if (!loaded || found.count)
		fail_msg("%s: %zu findings: %s", name, found.count, found.first);
}

static void test_silent(void **state)
{
	(void)state;
	each_pack(expect_silence);
}

/* ---- defects that every pack can have ---- */

static void expect_found(const char *name, const char *text, const char *kind)
{
	bool loaded;
	struct found found = lint_text(text, kind, &loaded);

	if (!loaded || !found.of_kind)
		fail_msg("%s: %s was not found%s%s", name, kind, *found.first ? ": " : "", found.first);
}

/* `old` in `text` becomes `put`; only the first. */
static char *changed(const char *text, size_t at, size_t length, const char *put)
{
	struct strbuf out = {0};

	strbuf_printf(&out, "%.*s%s%s", (int)at, text, put, text + at + length);
	return out.text;
}

/* A setting that no rule uses, beside the others or as the first. */
static void plant_setting(const char *name, const char *text)
{
	const char *settings = strstr(text, "\nsettings:"), *line = settings ? strchr(settings + 1, '\n') : NULL;
	char *defect;

	if (settings && memchr(settings, '{', (size_t)(line - settings)))
		return; /* all on one line */
	defect = changed(text, settings ? (size_t)(line + 1 - text) : strlen(text), 0,
			 settings ? "  planted: {type: number, title: {en: planted, zh: 甲}}\n"
				  : "\nsettings:\n  planted: {type: number, title: {en: planted, zh: 甲}}\n");
	expect_found(name, defect, "unused");
	free(defect);
}

/* The end of a flow map that begins here. */
static const char *end_of_map(const char *map)
{
	int depth = 0;

	do {
		depth += *map == '{';
		depth -= *map == '}';
		map++;
	} while (depth);
	return map;
}

/* The conditions of the first rules become `when: {all: [X, {not: X}]}`. */
static void plant_never(const char *name, const char *text)
{
	int planted = 0;

	for (const char *rule = strstr(text, "- {clause: "); rule && planted < 3;
	     rule = strstr(rule + 1, "- {clause: ")) {
		const char *when = strstr(rule, "when: {"), *line = strchr(rule, '\n');
		struct strbuf never = {0};
		int length;
		char *defect;

		if (!when || when > line)
			continue;
		length = (int)(end_of_map(when + 6) - (when + 6));
		strbuf_printf(&never, "{all: [%.*s, {not: %.*s}]}", length, when + 6, length, when + 6);
		defect = changed(text, (size_t)(when + 6 - text), (size_t)length, never.text);
		expect_found(name, defect, "dead");
		strbuf_release(&never);
		free(defect);
		planted++;
	}
}

static void test_everywhere(void **state)
{
	(void)state;
	each_pack(plant_setting);
	each_pack(plant_never);
}

/* ---- defects.yaml: planted one by one ---- */

static const char *value(const struct node *map, const char *key)
{
	return node_get(map, key)->text ? node_get(map, key)->text : "";
}

static void plant(const struct node *row)
{
	const char *take = value(row, "take"), *kind = value(row, "found"), *at;
	struct strbuf text = {0};
	char file[512], *defect;
	bool loaded;
	struct found found;

	snprintf(file, sizeof file, "policies/%s.yaml", value(row, "pack"));
	read_text(&text, file);
	at = strstr(text.text, take);
	if (!at)
		fail_msg("defects.yaml:%d: %s does not say that", row->line, file);
	defect = changed(text.text, (size_t)(at - text.text), strlen(take), value(row, "put"));
	found = lint_text(defect, kind, &loaded);
	if (loaded == !strcmp(kind, "refused") || (loaded && !found.of_kind))
		fail_msg("defects.yaml:%d: %s was not found (%s)", row->line, kind, found.first);
	free(defect);
	strbuf_release(&text);
}

static void test_planted(void **state)
{
	struct arena memory = {0};
	struct strbuf text = {0};
	struct node *rows = NULL;
	struct svc_error err = {0};

	(void)state;
	read_text(&text, "tests/policy/defects.yaml");
	if (yaml_read(&rows, &memory, text.text, text.length, "defects.yaml", &err))
		fail_msg("%d: %s", err.line, err.text);
	assert_true(rows->count >= 60);
	for (size_t i = 0; i < rows->count; i++)
		plant(rows->items[i]);
	strbuf_release(&text);
	arena_release(&memory);
}

/* ---- what the packs that ship give no occasion for ---- */

#define FREIGHT HEAD "freight:\n"

static void test_small(void **state)
{
	static const struct {
		const char *kind, *text;
	} rows[] = {
		{"gap", FREIGHT "  - {clause: p.1, when: {km: {below: 70}}, freight_in: company}\n"
				"  - {clause: p.2, when: {km: {above: 70}}, freight_in: customer}\n"},
		{"overlap", FREIGHT "  - {clause: p.1, when: {km: {at_most: 70}}, freight_in: company}\n"
				    "  - {clause: p.2, when: {km: {at_least: 70}}, freight_in: customer}\n"},
		{"gap", FREIGHT
		 "  - {clause: p.1, when: {claim: {within: 7 days, of: delivery}}, freight_in: company}\n"
		 "  - {clause: p.2, when: {not: {claim: {within: 8 days, of: delivery}}}, freight_in: customer}\n"},
		{"overlap", FREIGHT
		 "  - {clause: p.1, when: {claim: {within: 8 days, of: delivery}}, freight_in: company}\n"
		 "  - {clause: p.2, when: {not: {claim: {within: 7 days, of: delivery}}}, freight_in: customer}\n"},
		{"gap",
		 FREIGHT "  - {clause: p.1, when: {condition: {all: [complete, packaging]}}, freight_in: company}\n"
			 "  - {clause: p.2, when: {condition: {none: [complete, packaging]}}, freight_in: customer}\n"},
		{"shadowed", FREIGHT "  order: first\n  rules:\n"
				     "    - {clause: p.1, when: {price: {at_least: 100.00}}, freight_in: company}\n"
				     "    - {clause: p.2, when: {price: {above: 200.00}}, freight_in: customer}\n"
				     "    - {clause: p.3, freight_in: customer}\n"},
		{"same", HEAD
		 "warranty:\n  terms:\n"
		 "    - {clause: p.1, when: {cause: [defect, none]}, from: purchase, lasts: 1 year, remedy: repair}\n"
		 "    - {clause: p.1, when: {any: [{cause: none}, {cause: defect}]}, from: delivery, lasts: 1 year, remedy: repair}\n"},
		{"adds_nothing",
		 HEAD "warranty:\n  terms:\n"
		      "    - {clause: p.1, from: purchase, lasts: 2 years, remedy: repair}\n"
		      "    - {clause: p.2, when: {cause: defect}, from: purchase, lasts: 12 months, remedy: repair}\n"},
		{"excluded", HEAD
		 "warranty:\n  terms:\n"
		 "    - {clause: p.1, when: {hours: {above: 10}}, from: purchase, lasts: 2 years, remedy: repair}\n"
		 "  exclusions: [{clause: p.2, when: {hours: {at_least: 5}}}]\n"},
		{"never_met",
		 HEAD "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 2 years, remedy: repair}]\n"
		      "  requires: [{clause: p.2, when: {owner: original}, needs: {owner: later}}]\n"},
		{"always_met",
		 HEAD "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 2 years, remedy: repair}]\n"
		      "  requires: [{clause: p.2, when: {km: {below: 5}}, needs: {km: {below: 6}}}]\n"},
		{"uncited", HEAD "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 2 years, remedy: repair}]\n"
				 "clauses:\n  p.1: {en: One., zh: 一。}\n  p.2: {en: Two., zh: 二。}\n"},
		{"unused",
		 HEAD "facts:\n  colour: {title: {en: colour, zh: 颜色}, one_of: {red: {en: red, zh: 红}}}\n"
		      "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 2 years, remedy: repair}]\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		expect_found(rows[i].text + sizeof HEAD - 1, rows[i].text, rows[i].kind);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_everywhere),
		cmocka_unit_test(test_planted),
		cmocka_unit_test(test_small),
	};

	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
