/* dispatch: whether a visit can be kept, and by whom. */
#include "asking.h"

static const char dispatch[] = HEAD
	"calendar: {clause: p.0, hours: ['09:00-18:00']}\n"
	"facts:\n  skills: {set_of: {electrical: {en: electrical, zh: 电气}, mechanical: {en: mechanical, zh: 机械}, height: {en: height, zh: 登高}}}\n"
	"  severity: {one_of: {emergency: {en: emergency, zh: 紧急}, normal: {en: normal, zh: 一般}}}\n"
	"  consent: {bool: true, title: {en: consent, zh: 同意}}\n"
	"words:\n  warn_tight: {en: warn, zh: 提醒}\n  reschedule: {en: reschedule, zh: 改期}\n  reassign: {en: reassign, zh: 改派}\n  go: {en: go, zh: 出发}\n"
	"dispatch:\n"
	"  rules:\n"
	"    - {clause: p.1, leave_by: {before: appointed, most: [60 minutes, {sum: [travel_minutes, 10 minutes]}]},\n"
	"       arrive_from: {before: appointed, by: 10 minutes}, arrive_to: {before: appointed, by: 5 minutes}}\n"
	"  requires:\n"
	"    - {clause: p.2, when: {needs: {is: known}}, needs: {skills: {covers: needs}}, also: [p.9]}\n"
	"    - {clause: p.3, when: {severity: normal}, needs: {working_time: true}}\n"
	"  choose: [skills, free_at, open_jobs]\n"
	"  then:\n"
	"    - {clause: p.4, when: {feasible: true, tight: true}, then: [warn_tight]}\n"
	"    - {clause: p.5, when: {on_time: false, consent: true}, then: [reschedule]}\n"
	"    - {clause: p.6, when: {on_time: false, consent: false}, then: [reassign]}\n";

#define VISIT "severity: emergency, appointed: '2026-03-05T14:00:00', travel_minutes: 40, "

static void test_dispatch__in_time_tight_or_late(void **state)
{
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "depart: '2026-03-05T13:15:00'}",
	       "{verdict: feasible, leave_by: '2026-03-05T13:00:00+08:00', arrive_from: '2026-03-05T13:50:00+08:00', arrive_to: "
	       "'2026-03-05T13:55:00+08:00', clauses: [p.1], absent: [then, by, conflicts]}");
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "depart: '2026-03-05T13:15:01'}",
	       "{verdict: feasible, then: [warn_tight], clauses: [p.4]}");
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "depart: '2026-03-05T13:20:00'}",
	       "{verdict: feasible, then: [warn_tight]}");
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "depart: '2026-03-05T13:20:01', consent: true}",
	       "{verdict: infeasible, then: [reschedule], absent: [warn_tight, reassign], clauses: [p.5]}");
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "depart: '2026-03-05T13:20:01', consent: false}",
	       "{then: [reassign]}");
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "depart: '2026-03-05T13:20:01'}",
	       "{verdict: incomplete, missing: [consent], leave_by: '2026-03-05T13:00:00+08:00'}");
}

static void test_dispatch__a_window(void **state)
{
	static const char window[] =
		"severity: emergency, appointed: {from: '2026-03-05T14:00:00', to: '2026-03-05T16:00:00'}, travel_minutes: 60, consent: true, ";
	char facts[256];

	snprintf(facts, sizeof facts, "{%sdepart: '2026-03-05T15:00:00'}", window);
	expect(*state, SVC_ASK_DISPATCH, facts, "{verdict: feasible}");
	snprintf(facts, sizeof facts, "{%sdepart: '2026-03-05T15:00:01'}", window);
	expect(*state, SVC_ASK_DISPATCH, facts, "{verdict: infeasible}");
}

static void test_dispatch__other_visits_in_the_way(void **state)
{
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "depart: '2026-03-05T13:00:00', jobs: [{id: v1, from: '2026-03-05T12:00:00', to: '2026-03-05T13:00:00'}, {id: v2, from: "
	       "'2026-03-05T14:00:01', to: '2026-03-05T15:00:00'}]}",
	       "{verdict: feasible, absent: [conflicts]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "depart: '2026-03-05T13:00:00', jobs: [{id: v1, from: '2026-03-05T12:00:00', to: '2026-03-05T13:00:01'}, {id: v2, from: "
	       "'2026-03-05T14:00:00', to: '2026-03-05T15:00:00'}]}",
	       "{verdict: infeasible, conflicts: [v1, v2], absent: [then]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "depart: '2026-03-05T13:00:00', work_minutes: 90, jobs: [{id: v2, from: '2026-03-05T15:29:59', to: '2026-03-05T16:00:00'}]}",
	       "{verdict: infeasible, conflicts: [v2]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "depart: '2026-03-05T13:00:00', work_minutes: 90, jobs: [{id: v2, from: '2026-03-05T15:30:00', to: '2026-03-05T16:00:00'}]}",
	       "{verdict: feasible}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "depart: '2026-03-05T13:00:00', work_minutes: 0, jobs: [{from: '2026-03-05T14:00:00', to: '2026-03-05T15:00:00'}]}",
	       "{verdict: infeasible}");
	/* Known without the departure: it is at the very time. */
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT "consent: true, jobs: [{id: v2, from: '2026-03-05T13:30:00', to: '2026-03-05T14:30:00'}]}",
	       "{conflicts: [v2]}");
}

static void test_dispatch__a_long_way_is_counted_to_the_second(void **state)
{
	static const char trip[] = "severity: emergency, appointed: '2026-03-05T18:00:00', travel_minutes: 600, ";
	char facts[256];

	snprintf(facts, sizeof facts, "{%sdepart: '2026-03-05T08:00:00'}", trip);
	expect(*state, SVC_ASK_DISPATCH, facts, "{verdict: feasible}");
	snprintf(facts, sizeof facts, "{%sdepart: '2026-03-05T08:00:01', consent: true}", trip);
	expect(*state, SVC_ASK_DISPATCH, facts, "{verdict: infeasible, then: [reschedule]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{severity: emergency, appointed: '2026-03-05T08:00:00', travel_minutes: 0, depart: '2026-03-05T08:00:00', work_minutes: 600,"
	       " jobs: [{id: v2, from: '2026-03-05T18:00:00', to: '2026-03-05T19:00:00'}]}",
	       "{verdict: feasible, absent: [conflicts]}");
}

static void test_dispatch__what_nobody_is_sent_without(void **state)
{
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT "depart: '2026-03-05T13:00:00', skills: [mechanical], needs: [electrical, mechanical]}",
	       "{verdict: infeasible, requires: [electrical], clauses: [p.2, p.9]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{appointed: '2026-03-05T14:00:00', travel_minutes: 40, depart: '2026-03-05T13:00:00', skills: [], needs: [electrical]}",
	       "{verdict: infeasible, requires: [electrical], absent: [missing]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT "depart: '2026-03-05T13:00:00', skills: [mechanical, electrical], needs: [electrical]}",
	       "{verdict: feasible}");
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "depart: '2026-03-05T13:00:00', needs: [electrical]}",
	       "{verdict: incomplete, missing: [skills]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{severity: normal, appointed: '2026-03-07T14:00:00', travel_minutes: 10, depart: '2026-03-07T13:00:00'}",
	       "{verdict: infeasible, requires: [working_time], clauses: [p.3]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{severity: normal, appointed: '2026-03-05T18:00:00', travel_minutes: 10, depart: '2026-03-05T17:00:00'}",
	       "{verdict: infeasible}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{severity: normal, appointed: '2026-03-05T09:00:00', travel_minutes: 10, depart: '2026-03-05T08:00:00'}",
	       "{verdict: feasible}");
}

static void test_dispatch__what_is_missing_leaves_the_rest(void **state)
{
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "jobs: []}",
	       "{verdict: incomplete, missing: [depart], leave_by: '2026-03-05T13:00:00+08:00', arrive_to: '2026-03-05T13:55:00+08:00'}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{severity: emergency, appointed: '2026-03-05T14:00:00', depart: '2026-03-05T13:00:00', consent: true}",
	       "{verdict: incomplete, missing: [travel_minutes], arrive_to: '2026-03-05T13:55:00+08:00', absent: [leave_by]}");
	expect(*state, SVC_ASK_DISPATCH, "{severity: emergency}", "{verdict: incomplete, missing: [appointed]}");
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "skills: [], needs: [height], consent: true}",
	       "{verdict: incomplete, missing: [depart], requires: [height], absent: [on_time]}");
}

static void test_dispatch__the_best_of_the_candidates(void **state)
{
	static const char facts[] =
		"{" VISIT "needs: [electrical], consent: true, candidates: ["
		"{id: t1, skills: [mechanical], open_jobs: 0},"
		" {id: t2, skills: [electrical], open_jobs: 3, free_at: '2026-03-05T12:00:00'},"
		" {id: t3, skills: [electrical, height], open_jobs: 1, free_at: '2026-03-05T12:00:00'},"
		" {id: t4, skills: [electrical], open_jobs: 0, free_at: '2026-03-05T13:30:00'}]}";

	expect(*state, SVC_ASK_DISPATCH, facts, "{verdict: feasible, by: t3, leave_by: '2026-03-05T13:00:00+08:00'}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "depart: '2026-03-05T13:00:00', needs: [electrical], candidates: [{id: t1, skills: [mechanical]}, {id: t2, skills: []}]}",
	       "{verdict: infeasible, requires: [electrical], absent: [by]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "needs: [electrical], consent: true, candidates: [{id: t4, skills: [electrical, strange], free_at: '2026-03-05T13:30:00'}]}",
	       "{verdict: infeasible, then: [reschedule], absent: [by]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "depart: '2026-03-05T13:00:00', candidates: [{id: t1, skills: [], open_jobs: 2}, {id: t2, open_jobs: 1}]}",
	       "{by: t2}");
	/* Whose skills are known to lack is out, whatever else is unknown; whose are not known can't be chosen. */
	expect(*state, SVC_ASK_DISPATCH,
	       "{appointed: '2026-03-07T14:00:00', travel_minutes: 40, depart: '2026-03-07T13:00:00', candidates: [{id: t1, skills: [height]}]}",
	       "{verdict: incomplete, missing: [severity], absent: [by]}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT
	       "depart: '2026-03-05T13:00:00', candidates: [{skills: [height], free_at: '2026-03-05T10:00:00'}]}",
	       "{verdict: feasible}");
	expect(*state, SVC_ASK_DISPATCH,
	       "{" VISIT "depart: '2026-03-05T13:00:00', candidates: [{id: t1, free_at: '2026-03-05T13:10:00'}]}",
	       "{verdict: feasible, by: t1, then: [], absent: [warn_tight]}");
	expect(*state, SVC_ASK_DISPATCH, "{" VISIT "depart: '2026-03-05T13:00:00', candidates: []}",
	       "{verdict: feasible, absent: [by]}");
}

static void test_dispatch__in_the_order_given_without_a_preference(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "dispatch:\n  rules: [{clause: p.1, leave_by: {before: appointed, by: 1 hour}}]\n");

	(void)state;
	expect(p, SVC_ASK_DISPATCH,
	       "{"
	       "appointed: '2026-03-05T14:00:00', travel_minutes: 40, depart: '2026-03-05T13:00:00', candidates: [{id: t1, open_jobs: 2}, {id: t2, open_jobs: 1}]}",
	       "{verdict: feasible, by: t1}");
	expect(p, SVC_ASK_DISPATCH, "{appointed: '2026-03-05T14:00:00', depart: '2026-03-05T13:00:00', jobs: {id: v1}}",
	       "{verdict: incomplete, missing: [travel_minutes], leave_by: '2026-03-05T13:00:00+08:00'}");
	svc_policy_free(p);
}

static void test_dispatch__the_id_decides_between_equals(void **state)
{
	struct svc_policy *p = pack_of(HEAD "dispatch:\n  rules: [{clause: p.1, arrive_to: appointed}]\n"
					    "  choose: [open_jobs, id]\n");

	(void)state;
	expect(p, SVC_ASK_DISPATCH,
	       "{appointed: '2026-03-05T14:00:00', travel_minutes: 40, depart: '2026-03-05T13:00:00',"
	       " candidates: [{id: t3, open_jobs: 1}, {id: t2, open_jobs: 1}, {id: t1, open_jobs: 2}]}",
	       "{verdict: feasible, by: t2}");
	svc_policy_free(p);
}

static void test_dispatch__bad_lists_are_said(void **state)
{
	static const char *const bad[] = {
		"jobs: [{id: v1, from: '2026-03-05T14:00:00'}]",
		"jobs: [{id: v1, from: '2026-03-05T14:00:00', to: late}]",
		"jobs: [{id: v1}]",
		"jobs: [{id: v1, from: soon, to: '2026-03-05T14:00:00'}]",
		"candidates: [{id: t1, free_at: soon}]",
		"candidates: [{id: t1, open_jobs: many}]",
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct svc_answer answer = {0};
		struct svc_facts *vector;
		struct svc_error err = {0};
		char facts[256];

		snprintf(facts, sizeof facts, "{" VISIT "depart: '2026-03-05T13:00:00', %s}", bad[i]);
		assert_int_equal(svc_facts_new(&vector, *state, &err), 0);
		assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err), 0);
		assert_int_equal(svc_ask(*state, SVC_ASK_DISPATCH, vector, false, &answer, &err), SVC_BAD_INPUT);
		svc_answer_release(&answer);
		svc_facts_free(vector);
	}
}

static int open_dispatch(void **state)
{
	*state = pack_of(dispatch);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dispatch__in_time_tight_or_late),
		cmocka_unit_test(test_dispatch__a_window),
		cmocka_unit_test(test_dispatch__other_visits_in_the_way),
		cmocka_unit_test(test_dispatch__a_long_way_is_counted_to_the_second),
		cmocka_unit_test(test_dispatch__what_nobody_is_sent_without),
		cmocka_unit_test(test_dispatch__what_is_missing_leaves_the_rest),
		cmocka_unit_test(test_dispatch__the_best_of_the_candidates),
		cmocka_unit_test(test_dispatch__in_the_order_given_without_a_preference),
		cmocka_unit_test(test_dispatch__the_id_decides_between_equals),
		cmocka_unit_test(test_dispatch__bad_lists_are_said),
	};

	return cmocka_run_group_tests(tests, open_dispatch, close_pack);
}
