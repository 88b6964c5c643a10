/* Where a ticket begins and ends in a workflow, which way is rework, and who may go against a refusal. */
#include "asking.h"

static const char workflow[] = HEAD
	"words:\n  manager: {en: manager, zh: 经理}\n"
	"facts:\n"
	"  variant: {one_of: {a: {en: a, zh: 甲}, b: {en: b, zh: 乙}}}\n"
	"  stage: {one_of: {new: {en: new, zh: 新单}, shelf: {en: shelf, zh: 货架}, check: {en: check, zh: 检验}, closed: {en: closed, zh: 结束}}}\n"
	"  event: {one_of: {go: {en: go, zh: 走}, fail: {en: fail, zh: 不合格}}}\n"
	"workflow:\n"
	"  start:\n"
	"    - {clause: p.1, from: [new, shelf], when: {variant: a}}\n"
	"    - {clause: p.2, from: check, when: {variant: b}}\n"
	"  ends:\n"
	"    - {clause: p.3, stage: [closed], when: {variant: a}}\n"
	"    - {clause: p.4, stage: check, when: {variant: b}}\n"
	"  overrides: [{clause: p.5, event: go, by: manager}]\n"
	"  flow:\n"
	"    - {clause: p.6, from: [new, shelf], event: go, to: check}\n"
	"    - {clause: p.7, from: check, event: fail, to: new, rework: true}\n"
	"    - {clause: p.8, from: check, event: go, to: closed}\n";

static struct svc_facts *facts_of(const struct svc_policy *policy, const char *variant, const char *stage)
{
	struct svc_facts *facts = NULL;
	struct svc_error err;

	assert_int_equal(svc_facts_new(&facts, policy, &err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "variant", variant, &err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "stage", stage, &err), SVC_OK);
	return facts;
}

static const char *begins(const struct svc_policy *policy, const char *variant, const char *stage)
{
	struct svc_facts *facts = facts_of(policy, variant, stage);
	const char *first = svc_policy_first_stage(facts);

	svc_facts_free(facts);
	return first ? first : "nowhere";
}

static void test_flow__where_it_begins(void **state)
{
	assert_true(svc_policy_has_start(*state));
	assert_string_equal(begins(*state, "a", ""), "new");
	assert_string_equal(begins(*state, "a", "shelf"), "shelf");
	assert_string_equal(begins(*state, "a", "check"), "nowhere");
	assert_string_equal(begins(*state, "b", ""), "check");
	assert_string_equal(begins(*state, "b", "new"), "nowhere");
	assert_string_equal(begins(*state, "", ""), "nowhere");
	assert_string_equal(begins(*state, "", "new"), "nowhere");
}

static bool ends(const struct svc_policy *policy, const char *variant, const char *stage)
{
	struct svc_facts *facts = facts_of(policy, variant, stage);
	bool over = svc_policy_ends(facts, stage);

	svc_facts_free(facts);
	return over;
}

static void test_flow__where_it_ends(void **state)
{
	assert_true(ends(*state, "a", "closed"));
	assert_false(ends(*state, "b", "closed"));
	assert_true(ends(*state, "b", "check"));
	assert_false(ends(*state, "a", "new"));
	assert_false(ends(*state, "", "closed"));
}

static int take_rework(void *context, const struct svc_exit *exit)
{
	int *seen = context;

	seen[exit->rework] += 1;
	return 0;
}

static void test_flow__which_way_is_rework(void **state)
{
	struct svc_facts *facts = facts_of(*state, "a", "");
	int seen[2] = {0};

	svc_policy_exits(facts, "check", take_rework, seen);
	assert_int_equal(seen[true], 1);
	assert_int_equal(seen[false], 1);
	svc_facts_free(facts);
}

static void test_flow__who_may_go_against_it(void **state)
{
	struct svc_facts *facts = facts_of(*state, "a", "");
	const char *by, *clause;

	assert_true(svc_policy_overrides(facts, "go", "manager", &by, &clause));
	assert_string_equal(clause, "p.5");
	assert_true(svc_policy_overrides(facts, "go", NULL, &by, &clause));
	assert_false(svc_policy_overrides(facts, "go", "clerk", &by, &clause));
	assert_string_equal(by, "manager");
	assert_false(svc_policy_overrides(facts, "fail", "manager", &by, &clause));
	assert_null(by);
	svc_facts_free(facts);
}

static int open_workflow(void **state)
{
	*state = pack_of(workflow);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flow__where_it_begins),
		cmocka_unit_test(test_flow__where_it_ends),
		cmocka_unit_test(test_flow__which_way_is_rework),
		cmocka_unit_test(test_flow__who_may_go_against_it),
	};

	return cmocka_run_group_tests(tests, open_workflow, close_pack);
}
