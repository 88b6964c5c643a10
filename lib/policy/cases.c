/* Files of cases: asked one by one, each answer held against what the case expects. */
#include "cases.h"
#include "compare.h"
#include "coverage.h"
#include "versions.h"

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#define PACKS_OPEN 8 /* packs kept open from case to case */
#define A_HUNDRED_YEARS (INT64_C(36525) * 86400)

struct runner {
	const struct svc_case_choice *choice;
	const struct svc_policy_places *places;
	svc_time now;
	svc_case_seen seen;
	void *context;
	size_t *passed, *failed;
	const char *file;
	struct {
		char *name;
		struct versions versions;
	} packs[PACKS_OPEN];
	size_t next_pack;
};

static const char *text_of(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);

	return node && node->kind == NODE_SCALAR ? node->text : NULL;
}

static int fault_at(const struct node *node, const char *file, struct svc_error *err)
{
	error_at(err, file, node->line, node->column);
	return SVC_BAD_INPUT;
}

static int check_keys(const struct node *map, const char *file, struct svc_error *err)
{
	static const char *const known[] = {"id", "policy", "ask", "given", "settings", "expect", "why"};

	for (size_t i = 0; i < map->count; i++) {
		size_t k = 0;

		while (k < sizeof known / sizeof *known && strcmp(map->keys[i]->text, known[k]))
			k++;
		if (k == sizeof known / sizeof *known) {
			error_set(err, SVC_BAD_INPUT, _("a case has no key %s"), map->keys[i]->text);
			return fault_at(map->keys[i], file, err);
		}
	}
	return SVC_OK;
}

/* What is to be absent is a name or a list of names. */
static int check_absent(const struct node *absent, const char *file, struct svc_error *err)
{
	for (size_t i = 0; absent && i < absent->count; i++)
		if (absent->kind != NODE_LIST || absent->items[i]->kind != NODE_SCALAR) {
			error_set(err, SVC_BAD_INPUT, "%s", _("absent takes the names of fields or elements"));
			return fault_at(absent, file, err);
		}
	return SVC_OK;
}

int case_read(const struct node *node, struct worked_case *out, const char *file, struct svc_error *err)
{
	static const char *const needed[] = {"id", "policy", "ask"};

	*out = (struct worked_case){text_of(node, "id"),
				    text_of(node, "policy"),
				    text_of(node, "ask"),
				    node_get(node, "given"),
				    node_get(node, "settings"),
				    node_get(node, "expect"),
				    node->line};
	for (size_t i = 0; node->kind == NODE_MAP && i < sizeof needed / sizeof *needed; i++)
		if (!text_of(node, needed[i])) {
			error_set(err, SVC_BAD_INPUT, _("the case has no %s"), needed[i]);
			return fault_at(node, file, err);
		}
	if (node->kind == NODE_MAP && check_keys(node, file, err))
		return SVC_BAD_INPUT;
	if (node->kind == NODE_MAP && out->expect && out->expect->kind == NODE_MAP)
		return check_absent(node_get(out->expect, "absent"), file, err);
	error_set(err, SVC_BAD_INPUT, "%s", _("a case is a map with id, policy, ask, given and expect"));
	return fault_at(node, file, err);
}

static bool chosen_case(const struct svc_case_choice *choice, const struct worked_case *one)
{
	return list_names(choice->policies, one->policy) && list_names(choice->asks, one->ask) &&
	       (!choice->glob || !fnmatch(choice->glob, one->id, 0));
}

static int open_pack(struct runner *runner, const char *name, struct versions **out, struct svc_error *err)
{
	size_t at = runner->next_pack % PACKS_OPEN;
	int status;

	for (size_t i = 0; i < PACKS_OPEN; i++)
		if (runner->packs[i].versions.count && !strcmp(runner->packs[i].name, name)) {
			*out = &runner->packs[i].versions;
			return SVC_OK;
		}
	versions_release(&runner->packs[at].versions);
	free(runner->packs[at].name);
	runner->packs[at].name = memory_copy(name);
	*out = &runner->packs[at].versions;
	status = versions_open(*out, runner->packs[at].name, runner->places, SVC_DATE_NONE, err);
	runner->next_pack += !status;
	return status;
}

int case_give(const struct worked_case *one, struct svc_facts *facts, const char *file, struct svc_error *err)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	int status = SVC_OK;

	for (size_t i = 0; one->settings && i < one->settings->count && !status; i++) {
		const struct node *value = one->settings->items[i];

		strbuf_reset(&text);
		json.comma = false;
		if (value->kind == NODE_SCALAR)
			strbuf_puts(&text, value->text);
		else
			json_node(&json, NULL, value);
		status = svc_facts_setting(facts, one->settings->keys[i]->text, text.text, err);
	}
	strbuf_reset(&text);
	json.comma = false;
	if (one->given && !status) {
		json_node(&json, NULL, one->given);
		status = svc_facts_read(facts, text.text, text.length, false, file, one->line, err);
	}
	strbuf_release(&text);
	return status;
}

void case_compare(const struct worked_case *one, const char *json, const struct svc_policy *policy,
		  struct strbuf *differences)
{
	struct arena memory = {0};
	struct node *tree = NULL;

	if (json_read(&tree, &memory, json, strlen(json), "", 1, NULL) == SVC_OK)
		compare_answer(one->expect, tree, svc_policy_zone(policy), differences);
	if (differences->length && differences->text[differences->length - 1] == '\n')
		differences->text[--differences->length] = '\0';
	arena_release(&memory);
}

struct filling {
	const struct worked_case *one;
	const char *file;
};

static int fill_case(void *context, struct version *version, struct svc_error *err)
{
	const struct filling *filling = context;

	return case_give(filling->one, version->facts, filling->file, err);
}

/* The version that answers the case, with the case's facts in it. */
static int open_case(struct runner *runner, const struct worked_case *one, enum svc_ask ask, svc_time now,
		     struct version **version, struct svc_error *err)
{
	struct filling filling = {one, runner->file};
	struct version_question question = {
		.ask = ask, .now = now, .fill = fill_case, .context = &filling, .own_settings = true};
	struct versions *versions;
	int status = open_pack(runner, one->policy, &versions, err);

	return status ? status : versions_fill(versions, &question, version, err);
}

/* The answer's JSON at a present; NULL: it could not be asked. The caller frees. */
static char *answer_at(struct runner *runner, const struct worked_case *one, svc_time now, struct svc_policy **policy,
		       bool *used_today, struct svc_error *err)
{
	struct version *version;
	struct svc_answer answer = {0};
	enum svc_ask ask;
	char *json = NULL;

	if (svc_ask_find(one->ask, &ask, err) == SVC_OK && open_case(runner, one, ask, now, &version, err) == SVC_OK) {
		*policy = version->policy;
		*used_today = version->facts->used_today;
		if (svc_ask(*policy, ask, version->facts, false, &answer, err) == SVC_OK)
			json = svc_answer_json(&answer);
		if (json && runner->choice->coverage)
			coverage_note(runner->choice->coverage, version->facts, &answer, runner->choice->asks);
	}
	svc_answer_release(&answer);
	return json;
}

/* Whether the answer would be another one in a hundred years. */
static bool depends_on_today(struct runner *runner, const struct worked_case *one, const char *json)
{
	const struct svc_case_choice *choice = runner->choice;
	struct svc_case_choice same_case = *choice;
	struct svc_policy *policy;
	bool used, differs;
	char *later;

	same_case.coverage = NULL;
	runner->choice = &same_case;
	later = answer_at(runner, one, runner->now + A_HUNDRED_YEARS, &policy, &used, NULL);
	runner->choice = choice;
	differs = !later || strcmp(json, later) != 0;
	free(later);
	return differs;
}

static void run_case(struct runner *runner, const struct worked_case *one)
{
	struct strbuf differences = {0};
	struct svc_error fault = {0};
	struct svc_policy *policy;
	bool used_today = false;
	char *json;
	struct svc_case_result result = {
		.id = one->id, .policy = one->policy, .ask = one->ask, .file = runner->file, .line = one->line};

	json = answer_at(runner, one, runner->now, &policy, &used_today, &fault);
	if (json)
		case_compare(one, json, policy, &differences);
	else
		strbuf_printf(&differences, _("can't be asked: %s"), fault.text);
	result.depends_on_today = json && used_today && depends_on_today(runner, one, json);
	free(json);
	result.difference = differences.length ? differences.text : NULL;
	*(result.difference ? runner->failed : runner->passed) += 1;
	runner->seen(runner->context, &result);
	strbuf_release(&differences);
}

int cases_read(struct node **out, struct arena *memory, const char *text, size_t length, const char *file,
	       struct svc_error *err)
{
	struct worked_case one;
	int status = yaml_read(out, memory, text ? text : "", length, file, err);

	if (!status && *out && (*out)->kind != NODE_LIST) {
		error_set(err, SVC_BAD_INPUT, _("a file of cases is a list"));
		return fault_at(*out, file, err);
	}
	for (size_t i = 0; !status && *out && i < (*out)->count; i++)
		status = case_read((*out)->items[i], &one, file, err);
	return status;
}

static void run_tree(struct runner *runner, const struct node *tree)
{
	struct worked_case one;

	for (size_t i = 0; i < tree->count; i++) {
		case_read(tree->items[i], &one, runner->file, NULL);
		if (chosen_case(runner->choice, &one))
			run_case(runner, &one);
	}
}

int svc_cases_run(const char *path, const struct svc_case_choice *choice, const struct svc_policy_places *places,
		  svc_time now, svc_case_seen seen, void *context, size_t *passed, size_t *failed,
		  struct svc_error *err)
{
	struct runner runner = {.choice = choice,
				.places = places,
				.now = now,
				.seen = seen,
				.context = context,
				.passed = passed,
				.failed = failed,
				.file = path};
	struct arena memory = {0};
	struct strbuf text = {0};
	struct node *tree = NULL;
	int status = file_read(&text, path, FILE_TEXT_MAX, err);

	if (!status)
		status = cases_read(&tree, &memory, text.text, text.length, path, err);
	if (!status && tree)
		run_tree(&runner, tree);
	for (size_t i = 0; i < PACKS_OPEN; i++) {
		versions_release(&runner.packs[i].versions);
		free(runner.packs[i].name);
	}
	strbuf_release(&text);
	arena_release(&memory);
	return status;
}
