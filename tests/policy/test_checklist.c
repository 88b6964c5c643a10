/* checklist and complaint: what has to be done or said at this stage, and what is owed. */
#include "asking.h"

static const char lists[] = HEAD
	"words:\n  apology: {en: apology, zh: 道歉}\n  gift: {en: gift, zh: 礼品}\n"
	"facts:\n"
	"  stage: {one_of: {arrival: {en: arrival, zh: 到场}, agree: {en: agree, zh: 协商}, idle: {en: idle, zh: 空闲}, leave: {en: leave, zh: 离场}}}\n"
	"  component: {one_of: {motor: {en: motor, zh: 电机}, brake: {en: brake, zh: 刹车}}}\n"
	"  product: {one_of: {cart: {en: cart, zh: 球车}, bus: {en: bus, zh: 客车}}}\n"
	"  doorbell: {bool: true, title: {en: doorbell, zh: 门铃}}\n"
	"  alone: {bool: true, title: {en: alone, zh: 独自在家}}\n"
	"settings:\n  rings: {type: number, title: {en: rings, zh: 响铃次数}}\n  tip: {type: money, title: {en: tip, zh: 小费}}\n"
	"clauses:\n  p.12: {en: Greet the customer., zh: 问候客户。}\n"
	"checklists:\n"
	"  - clause: p.1\n"
	"    stage: arrival\n"
	"    steps:\n"
	"      - {clause: p.11, id: knock, text: {en: knock, zh: 敲门}, when: {doorbell: false}}\n"
	"      - {clause: p.10, id: ring, text: {en: ring, zh: 按铃}, when: {doorbell: true}, value: {setting: rings}}\n"
	"      - {clause: p.12, id: greet, value: 3}\n"
	"      - {id: wait, text: {en: wait, zh: 等候}, when: {all: [{alone: true}, {any: [{batch: true}, {owner: later}]}]}}\n"
	"  - {clause: p.2, stage: [arrival, leave], component: brake, steps: [{clause: p.13, id: brakes, text: {en: test the brakes, zh: 试刹车}},"
	" {id: bus, product: [bus], text: {en: bus brakes, zh: 客车刹车}}]}\n"
	"  - {clause: p.3, stage: leave, when: {zone: city}, steps: [{id: pay, text: {en: pay, zh: 付款}, value: {setting: tip}}]}\n"
	"complaints:\n"
	"  - {clause: p.20, stage: agree, when: {agreed: false}, verdict: escalate, owed: [apology], escalate_by: {after: claim, by: 2 days}}\n"
	"  - {clause: p.21, stage: agree, when: {agreed: true}, verdict: closed}\n"
	"  - {clause: p.22, stage: agree, owed: [gift], escalate_by: {after: repaired, by: 1 day}, steps: [{id: listen, text: {en: listen, zh: 倾听}}]}\n"
	"  - {clause: p.23, when: {cause: accident}, verdict: refer}\n"
	"  - {clause: p.24, stage: leave, escalate_by: {after: claim, by: 1 day}}\n"
	"  - {clause: p.25, stage: leave, escalate_by: {after: delivery, by: 1 day}}\n";

static void test_checklist__the_steps_in_their_order(void **state)
{
	expect_set(*state, SVC_ASK_CHECKLIST, "{stage: arrival, doorbell: true, alone: false}", "rings", "2",
		   "{verdict: listed, steps: [{id: ring, text: ring, clause: p.10, value: 2},"
		   " {id: greet, text: Greet the customer., clause: p.12, value: 3}, {id: brakes, clause: p.13},"
		   " {id: bus, clause: p.2}], clauses: [p.10, p.12, p.1, p.13, p.2], absent: [knock, wait, missing]}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: arrival, doorbell: true, alone: false}",
	       "{verdict: listed, steps: [{id: ring}], absent: [missing]}");
	expect_set(*state, SVC_ASK_CHECKLIST, "{stage: leave, zone: city}", "tip", "5.00",
		   "{verdict: listed, steps: [{id: pay, value: '5.00', clause: p.3}]}");
}

static void test_checklist__what_belongs_to_a_part_is_listed_when_it_is_asked_for_or_nothing_is(void **state)
{
	expect(*state, SVC_ASK_CHECKLIST, "{stage: leave, zone: suburb, component: motor}",
	       "{verdict: none, absent: [steps, missing]}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: leave, zone: suburb, component: brake, product: cart}",
	       "{verdict: listed, steps: [{id: brakes}], absent: [bus]}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: leave, zone: suburb, product: bus}",
	       "{verdict: listed, steps: [{id: brakes}, {id: bus}]}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: leave, zone: suburb, component: hat}", "{verdict: none}");
}

static void test_checklist__an_open_condition_is_named_and_the_rest_stands(void **state)
{
	expect(*state, SVC_ASK_CHECKLIST, "{stage: arrival, alone: false}",
	       "{verdict: incomplete, missing: [doorbell], steps: [{id: greet}, {id: brakes}], absent: [ring, alone]}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: arrival}",
	       "{verdict: incomplete, missing: [doorbell], absent: [alone]}"); /* nobody waits for the first owner */
	expect(*state, SVC_ASK_CHECKLIST, "{stage: arrival, doorbell: true, owner: later}",
	       "{verdict: incomplete, missing: [alone], absent: [wait]}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: arrival, doorbell: true, owner: later, alone: true}",
	       "{verdict: listed, steps: [{id: wait, clause: p.1}]}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: leave}",
	       "{verdict: incomplete, missing: [zone], steps: [{id: brakes}]}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: idle}", "{verdict: none}");
	expect(*state, SVC_ASK_CHECKLIST, "{stage: attic}", "{verdict: none}");
	expect(*state, SVC_ASK_CHECKLIST, "{}", "{verdict: incomplete, missing: [stage]}");
}

static void test_complaint__the_strongest_verdict(void **state)
{
	expect(*state, SVC_ASK_COMPLAINT, "{stage: agree, agreed: false, cause: defect, claim: 2026-03-02}",
	       "{verdict: escalate, owed: [apology, gift], escalate_by: 2026-03-04, steps: [{id: listen}],"
	       " clauses: [p.20, p.22]}");
	expect(*state, SVC_ASK_COMPLAINT,
	       "{stage: agree, agreed: false, cause: defect, claim: 2026-03-02, repaired: 2026-03-01}",
	       "{escalate_by: 2026-03-02}");
	expect(*state, SVC_ASK_COMPLAINT, "{stage: agree, agreed: true, cause: defect}",
	       "{verdict: closed, owed: [gift], clauses: [p.21, p.22], absent: [escalate_by, apology]}");
	expect(*state, SVC_ASK_COMPLAINT, "{stage: agree, agreed: true, cause: accident}",
	       "{verdict: refer, clauses: [p.23, p.21]}");
	expect(*state, SVC_ASK_COMPLAINT, "{stage: idle, cause: defect}", "{verdict: open, absent: [clauses]}");
	expect(*state, SVC_ASK_COMPLAINT, "{stage: attic, cause: accident}", "{verdict: refer}");
}

static void test_complaint__what_is_missing(void **state)
{
	expect(*state, SVC_ASK_COMPLAINT, "{stage: agree, cause: defect}",
	       "{verdict: incomplete, missing: [agreed], owed: [gift], absent: [apology]}");
	expect(*state, SVC_ASK_COMPLAINT, "{stage: leave, cause: defect, claim: 2026-03-02}",
	       "{verdict: incomplete, missing: [delivery], escalate_by: 2026-03-03}");
	expect(*state, SVC_ASK_COMPLAINT, "{stage: idle}", "{verdict: incomplete, missing: [cause]}");
	expect(*state, SVC_ASK_COMPLAINT, "{cause: defect}", "{verdict: incomplete, missing: [stage]}");
}

static int open_lists(void **state)
{
	*state = pack_of(lists);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_checklist__the_steps_in_their_order),
		cmocka_unit_test(test_checklist__what_belongs_to_a_part_is_listed_when_it_is_asked_for_or_nothing_is),
		cmocka_unit_test(test_checklist__an_open_condition_is_named_and_the_rest_stands),
		cmocka_unit_test(test_complaint__the_strongest_verdict),
		cmocka_unit_test(test_complaint__what_is_missing),
	};

	return cmocka_run_group_tests(tests, open_lists, close_pack);
}
