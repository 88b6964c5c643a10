/* parts: may this part go out, and what comes back? */
#include "asking.h"

static const char parts[] = HEAD
	"facts:\n"
	"  stage: {one_of: {issue: {en: issue, zh: 领用}, write_off: {en: write off, zh: 核销}, odd: {en: odd, zh: 其他}}}\n"
	"  part: {one_of: {controller: {en: controller, zh: 控制器}}}\n"
	"  proposal: {bool: true, title: {en: proposal, zh: 方案}}\n"
	"  report: {bool: true, title: {en: report, zh: 报告}}\n"
	"settings:\n  back_within: {type: duration, title: {en: back within, zh: 退回期限}}\n"
	"parts:\n"
	"  - {clause: p.1, when: {stage: issue}, guards: [{fact: approved}, {fact: proposal, clause: p.2}],"
	" deadline: {after: claim, by: {setting: back_within}}}\n"
	"  - {clause: p.3, when: {stage: issue}, deadline: {after: claim, by: 5 days}}\n"
	"  - {clause: p.4, when: {service_class: free}, guards: [{fact: old_part_returned}]}\n"
	"  - {clause: p.5, when: {stage: write_off}, guards: [{fact: report}]}\n"
	"  - {clause: p.6, when: {stage: odd}, verdict: refer}\n";

static void test_parts__every_rule_that_applies_has_to_hold(void **state)
{
	expect_set(*state, SVC_ASK_PARTS,
		   "{part: controller, quantity: 1, stage: issue, service_class: paid, approved: true, proposal: true,"
		   " claim: 2026-03-02}",
		   "back_within", "3 days",
		   "{verdict: allowed, deadline: 2026-03-05, clauses: [p.1, p.3], absent: [requires, missing]}");
	expect_set(*state, SVC_ASK_PARTS,
		   "{part: controller, stage: issue, service_class: paid, approved: true, proposal: true,"
		   " claim: 2026-03-02}",
		   "back_within", "6 days", "{verdict: allowed, deadline: 2026-03-07}");
	expect(*state, SVC_ASK_PARTS, "{stage: write_off, service_class: free, old_part_returned: false, report: true}",
	       "{verdict: refused, requires: [old_part_returned], clauses: [p.4]}");
	expect(*state, SVC_ASK_PARTS, "{stage: write_off, service_class: paid, report: true}",
	       "{verdict: allowed, clauses: [p.5]}");
	expect(*state, SVC_ASK_PARTS, "{stage: attic, service_class: paid}", "{verdict: allowed, absent: [clauses]}");
	expect(*state, SVC_ASK_PARTS, "{stage: odd, service_class: paid}", "{verdict: refer, clauses: [p.6]}");
}

static void test_parts__one_failed_guard_refuses(void **state)
{
	expect(*state, SVC_ASK_PARTS, "{stage: issue, approved: false}",
	       "{verdict: refused, requires: [approved], clauses: [p.1], absent: [missing, deadline]}");
	expect(*state, SVC_ASK_PARTS, "{stage: issue, approved: false, proposal: false, service_class: free}",
	       "{verdict: refused, requires: [approved, proposal], clauses: [p.1, p.2]}");
}

static void test_parts__what_is_missing(void **state)
{
	expect_set(*state, SVC_ASK_PARTS, "{stage: issue, service_class: free, claim: 2026-03-02}", "back_within",
		   "3 days",
		   "{verdict: incomplete, missing: [approved, proposal, old_part_returned], clauses: [p.1, p.2, p.4],"
		   " deadline: 2026-03-05}");
	expect(*state, SVC_ASK_PARTS,
	       "{stage: issue, service_class: paid, approved: true, proposal: true, claim: 2026-03-02}",
	       "{verdict: incomplete, missing: [back_within], deadline: 2026-03-07}");
	expect(*state, SVC_ASK_PARTS, "{stage: write_off, report: true, old_part_returned: false}",
	       "{verdict: incomplete, missing: [service_class]}");
	expect(*state, SVC_ASK_PARTS, "{stage: write_off, report: true, old_part_returned: true}",
	       "{verdict: allowed, absent: [missing]}");
}

static int open_parts(void **state)
{
	*state = pack_of(parts);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts__every_rule_that_applies_has_to_hold),
		cmocka_unit_test(test_parts__one_failed_guard_refuses),
		cmocka_unit_test(test_parts__what_is_missing),
	};

	return cmocka_run_group_tests(tests, open_parts, close_pack);
}
