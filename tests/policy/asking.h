/* Asking small packs, in the words of a case. */
#ifndef TESTS_ASKING_H
#define TESTS_ASKING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/tree.h"
#include "policy/compare.h"
#include "svc/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "policy: p\ntitle: {en: P, zh: 甲}\neffective: 2020-01-01\ncurrency: CNY\ntimezone: Asia/Shanghai\n"

static inline struct svc_policy *pack_of(const char *text)
{
	static const char *const none[] = {NULL};
	struct svc_policy_places places = {none, NULL};
	struct svc_policy *policy = NULL;
	struct svc_error err = {0};

	if (svc_policy_open_text(&policy, text, strlen(text), "p.yaml", &places, &err))
		fail_msg("%s:%d:%d: %s", err.file, err.line, err.column, err.text);
	return policy;
}

/* The teardown of a group that asks one pack. */
static inline int close_pack(void **state)
{
	svc_policy_free(*state);
	return 0;
}

/* The answer as JSON; `facts` and `settings` are YAML maps. */
static inline char *answer_to(struct svc_policy *policy, enum svc_ask ask, const char *facts, const char *set,
			      const char *to)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector = NULL;
	struct svc_error err = {0};
	char *json;
	int status = svc_facts_new(&vector, policy, &err);

	if (!status && set)
		status = svc_facts_setting(vector, set, to, &err);
	if (!status)
		status = svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err);
	svc_facts_now(vector, 1772366400); /* 2026-03-01 */
	if (!status)
		status = svc_ask(policy, ask, vector, true, &answer, &err);
	if (status)
		fail_msg("%s: %s (%s)", facts, err.text, err.field);
	json = svc_answer_json(&answer);
	svc_answer_release(&answer);
	svc_facts_free(vector);
	return json;
}

/* That two rules are at odds over facts; `clauses` as the fault names them. */
static inline void expect_both(struct svc_policy *policy, enum svc_ask ask, const char *facts, const char *clauses)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector = NULL;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&vector, policy, &err), 0);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err), 0);
	assert_int_equal(svc_ask(policy, ask, vector, false, &answer, &err), SVC_BAD_INPUT);
	if (!strstr(err.text, clauses))
		fail_msg("%s", err.text);
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

static inline void expect_set(struct svc_policy *policy, enum svc_ask ask, const char *facts, const char *set,
			      const char *to, const char *expected)
{
	struct arena memory = {0};
	struct strbuf differences = {0};
	struct node *want = NULL, *got = NULL;
	char *json = answer_to(policy, ask, facts, set, to);

	assert_int_equal(yaml_read(&want, &memory, expected, strlen(expected), "expected", NULL), 0);
	assert_int_equal(json_read(&got, &memory, json, strlen(json), "answer", 1, NULL), 0);
	compare_answer(want, got, svc_policy_zone(policy), &differences);
	if (differences.length)
		fail_msg("%s\n%s%s", facts, differences.text, json);
	strbuf_release(&differences);
	arena_release(&memory);
	free(json);
}

static inline void expect(struct svc_policy *policy, enum svc_ask ask, const char *facts, const char *expected)
{
	expect_set(policy, ask, facts, NULL, NULL, expected);
}

#endif
