/* notice: the messages of an event, one after the other, and what follows when all were sent. */
#include "asking.h"

static const char messages[] = HEAD
	"words:\n  first: {en: first, zh: 第一次}\n  second: {en: second, zh: 第二次}\n  ahead: {en: ahead, zh: 预告}\n"
	"  letter: {en: letter, zh: 信函}\n  customer: {en: customer, zh: 顾客}\n  store: {en: store, zh: 门店}\n"
	"  mail_back: {en: mail back, zh: 寄回}\n"
	"facts:\n  event: {one_of: {ready: {en: ready, zh: 可取件}, campaign: {en: campaign, zh: 活动}, idle: {en: idle, zh: 无}}}\n"
	"  template: {one_of: {pickup: {en: pickup, zh: 取件}}}\n"
	"  reason: {bool: true, title: {en: good reason, zh: 正当理由}}\n"
	"  letter_needed: {bool: true, title: {en: letter needed, zh: 需寄信}}\n"
	"settings:\n  wait: {type: duration, title: {en: wait, zh: 等待}}\n"
	"templates:\n  - {clause: p.9, template: pickup, text: {en: ready, zh: 可取}}\n"
	"notices:\n"
	"  rules:\n"
	"    - {clause: p.1, event: ready, name: first, to: [customer, store], template: pickup, on: 0 days}\n"
	"    - {clause: p.2, event: ready, name: second, to: [customer], on: {after: last_sent, by: 3 days}}\n"
	"    - {clause: p.3, event: campaign, name: ahead, to: [customer], on: {before: date, by: 14 days}}\n"
	"    - {clause: p.4, event: campaign, name: letter, to: [customer], when: {last_sent: {is: known}, letter_needed: true},\n"
	"       on: {after: last_sent, by: {setting: wait}}}\n"
	"  exhausted:\n"
	"    - {clause: p.5, event: ready, after: {after: last_sent, by: 3 days}, when: {reason: false}, then: [mail_back]}\n";

static void test_notice__each_in_its_turn(void **state)
{
	expect(*state, SVC_ASK_NOTICE, "{event: ready, date: 2026-03-10, as_of: 2026-03-09}",
	       "{verdict: waiting, notices: [{name: first, 'on': 2026-03-10, to: [customer, store], template: pickup, clause: p.1},"
	       " {name: second, 'on': 2026-03-13, to: [customer]}], clauses: [p.1, p.2]}");
	expect(*state, SVC_ASK_NOTICE, "{event: ready, date: 2026-03-10, as_of: 2026-03-10, sent: []}",
	       "{verdict: due, notices: [{name: first}, {name: second}]}");
	expect(*state, SVC_ASK_NOTICE, "{event: ready, date: 2026-03-10, as_of: 2026-03-13, sent: [2026-03-11]}",
	       "{verdict: waiting, notices: [{name: second, 'on': 2026-03-14}], absent: [first]}");
	expect(*state, SVC_ASK_NOTICE, "{event: ready, date: 2026-03-10, as_of: 2026-03-14, sent: 2026-03-11}",
	       "{verdict: due, notices: [{name: second}]}");
}

static void test_notice__what_follows_when_all_were_sent(void **state)
{
#define ON(rest) "{event: ready, date: 2026-03-10, sent: [2026-03-10, 2026-03-13], as_of: 2026-03-" rest "}"
	expect(*state, SVC_ASK_NOTICE, ON("15"), "{verdict: waiting, absent: [notices, then, missing]}");
	expect(*state, SVC_ASK_NOTICE, ON("16, reason: false"),
	       "{verdict: exhausted, then: [mail_back], clauses: [p.5]}");
	expect(*state, SVC_ASK_NOTICE, ON("16, reason: true"), "{verdict: waiting, absent: [then]}");
	expect(*state, SVC_ASK_NOTICE, ON("16"), "{verdict: incomplete, missing: [reason]}");
	expect(*state, SVC_ASK_NOTICE,
	       "{event: campaign, date: 2026-03-10, sent: [2026-02-20], letter_needed: false, as_of: 2026-02-28}",
	       "{verdict: none, absent: [notices]}");
}

static void test_notice__ahead_of_the_day_and_after_the_call(void **state)
{
	expect(*state, SVC_ASK_NOTICE, "{event: campaign, date: 2024-03-14, letter_needed: true, as_of: 2024-02-28}",
	       "{verdict: waiting, notices: [{name: ahead, 'on': 2024-02-29}], absent: [letter, missing]}");
	expect(*state, SVC_ASK_NOTICE,
	       "{event: campaign, date: 2024-03-14, sent: [2024-02-29], letter_needed: true, as_of: 2024-02-29}",
	       "{verdict: incomplete, missing: [wait], clauses: [p.4]}");
	expect_set(*state, SVC_ASK_NOTICE,
		   "{event: campaign, date: 2024-03-14, sent: [2024-02-29], letter_needed: true, as_of: 2024-03-02}",
		   "wait", "2 days", "{verdict: due, notices: [{name: letter, 'on': 2024-03-02}]}");
	expect(*state, SVC_ASK_NOTICE, "{event: campaign, date: 2024-03-14, sent: [2024-02-29], as_of: 2024-03-02}",
	       "{verdict: incomplete, missing: [letter_needed]}");
}

static void test_notice__events_without_messages(void **state)
{
	expect(*state, SVC_ASK_NOTICE, "{event: idle, date: 2024-03-14, as_of: 2024-03-14}",
	       "{verdict: none, absent: [notices]}");
	expect(*state, SVC_ASK_NOTICE, "{date: 2024-03-14, as_of: 2024-03-14}",
	       "{verdict: incomplete, missing: [event]}");
	expect(*state, SVC_ASK_NOTICE, "{event: ready, as_of: 2024-03-14}", "{verdict: incomplete, missing: [date]}");
}

static int setup(void **state)
{
	*state = pack_of(messages);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notice__each_in_its_turn),
		cmocka_unit_test(test_notice__what_follows_when_all_were_sent),
		cmocka_unit_test(test_notice__ahead_of_the_day_and_after_the_call),
		cmocka_unit_test(test_notice__events_without_messages),
	};

	return cmocka_run_group_tests_name("notice", tests, setup, close_pack);
}
