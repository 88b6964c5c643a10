/* kpi: figures against their targets. */
#include "asking.h"

#define PACK                                                                                                                 \
	HEAD "settings:\n"                                                                                                   \
	     "  rate_target: {clause: p.1, type: number, title: {en: target, zh: 甲目标}}\n"                              \
	     "  sales_target: {clause: p.1, type: money, title: {en: sales target, zh: 甲销售目标}}\n"                  \
	     "facts:\n"                                                                                                      \
	     "  services: {number: true, title: {en: services, zh: 服务次数}}\n"                                         \
	     "  punctual: {number: true, title: {en: punctual, zh: 准时次数}}\n"                                         \
	     "  down: {number: true, title: {en: down, zh: 停机天}}\n"                                                    \
	     "  sales: {money: true, title: {en: sales, zh: 销售额}}\n"                                                   \
	     "  refunds: {money: true, title: {en: refunds, zh: 退款额}}\n"                                               \
	     "  team: {one_of: {north: {en: north, zh: 北}, south: {en: south, zh: 南}}, title: {en: team, zh: 班组}}\n" \
	     "words:\n"                                                                                                      \
	     "  timely: {en: timely, zh: 及时率}\n"                                                                       \
	     "  complaint_rate: {en: complaint rate, zh: 投诉率}\n"                                                       \
	     "  up: {en: up, zh: 完好率}\n"                                                                               \
	     "  quarterly: {en: quarterly, zh: 季度额}\n"                                                                 \
	     "  jobs: {en: jobs, zh: 单数}\n"

static void ask(const char *rules, const char *facts, const char *expected)
{
	struct strbuf text = {0};
	struct svc_policy *policy;

	strbuf_printf(&text, "%skpi:\n%s", PACK, rules);
	policy = pack_of(text.text);
	expect(policy, SVC_ASK_KPI, facts, expected);
	svc_policy_free(policy);
	strbuf_release(&text);
}

#define TIMELY "  - {clause: p.2, name: timely, share: [punctual, services], target: 90}\n"
#define OPEN                                                                                                           \
	"  - {clause: p.4, name: up, share: [{sum: [services, -down]}, services], target: {setting: rate_target}}\n"
#define SALES "  - {clause: p.5, name: quarterly, value: sales, target: 50000.00}\n"

static void test_kpi__a_share_is_in_per_cent(void **state)
{
	(void)state;
	ask(TIMELY, "{services: 200, punctual: 180}",
	    "{verdict: met, measures: [{name: timely, value: 90, target: 90, met: true, clause: p.2}], clauses: [p.2]}");
	ask(TIMELY, "{services: 3, punctual: 2}", "{verdict: missed, measures: [{value: 66.67, met: false}]}");
	ask(TIMELY, "{services: 3, punctual: 3}", "{measures: [{value: 100}]}");
	/* 89.9999999... is not 90, however it is rounded */
	ask(TIMELY, "{services: 1000000000, punctual: 899999999}",
	    "{verdict: missed, measures: [{value: 90, met: false}]}");
}

static void test_kpi__lower_is_better_where_it_is_said(void **state)
{
	(void)state;
	ask("  - {clause: p.3, name: complaint_rate, share: [down, services], better: lower, target: 2}\n",
	    "{services: 100, down: 2}", "{verdict: met, measures: [{value: 2, met: true}]}");
	ask("  - {clause: p.3, name: complaint_rate, share: [down, services], better: lower, target: 2}\n",
	    "{services: 100, down: 2.1}", "{verdict: missed}");
}

static void test_kpi__a_target_that_is_not_set(void **state)
{
	(void)state;
	ask(OPEN, "{services: 1240, down: 6}",
	    "{verdict: none, measures: [{value: 99.52}], absent: [missing, target, met]}");
	ask(OPEN TIMELY, "{services: 100, down: 0, punctual: 95}",
	    "{verdict: met, measures: [{name: up, value: 100}, {name: timely, met: true}]}");
}

static void test_kpi__a_target_of_a_setting(void **state)
{
	struct svc_policy *policy = pack_of(PACK "kpi:\n" OPEN);

	(void)state;
	expect_set(policy, SVC_ASK_KPI, "{services: 1240, down: 6}", "rate_target", "99.5",
		   "{verdict: met, measures: [{target: 99.5, met: true}]}");
	expect_set(policy, SVC_ASK_KPI, "{services: 1240, down: 7}", "rate_target", "99.5", "{verdict: missed}");
	svc_policy_free(policy);
}

static void test_kpi__money(void **state)
{
	struct svc_policy *policy;

	(void)state;
	ask(SALES, "{sales: '50000.00'}",
	    "{verdict: met, measures: [{name: quarterly, value: '50000.00', target: '50000.00', met: true}]}");
	ask(SALES, "{sales: '49999.99'}", "{verdict: missed, measures: [{value: '49999.99', met: false}]}");
	policy = pack_of(PACK
			 "kpi:\n  - {clause: p.5, name: quarterly, value: sales, target: {setting: sales_target}}\n");
	expect_set(policy, SVC_ASK_KPI, "{sales: '9.99'}", "sales_target", "10.00",
		   "{verdict: missed, measures: [{target: '10.00'}]}");
	svc_policy_free(policy);
}

static void test_kpi__a_plain_figure(void **state)
{
	(void)state;
	ask("  - {clause: p.6, name: jobs, value: services, target: 2}\n", "{services: 2}",
	    "{verdict: met, measures: [{name: jobs, value: 2, target: 2}]}");
	ask("  - {clause: p.6, name: jobs, value: services}\n", "{services: 2.5}",
	    "{verdict: none, measures: [{value: 2.5}]}");
}

static void test_kpi__amounts_that_are_built(void **state)
{
	const char *sum = "  - {clause: p.5, name: quarterly, value: {sum: [sales, -refunds]}, target: 10.00}\n";
	const char *below = "  - {clause: p.2, name: up, share: [services, {sum: [services, -down]}], target: -150}\n";

	(void)state;
	ask(sum, "{sales: '20.00', refunds: '9.99'}", "{verdict: met, measures: [{value: '10.01'}]}");
	ask(sum, "{sales: '20.00'}", "{verdict: incomplete, missing: [refunds], absent: [measures]}");
	ask(below, "{services: 4, down: 6}", "{verdict: missed, measures: [{value: -200, met: false}]}");
	ask(below, "{services: 4, down: 7}", "{verdict: met, measures: [{value: -133.33, met: true}]}");
}

static void test_kpi__a_share_of_nothing(void **state)
{
	(void)state;
	ask(TIMELY SALES, "{services: 0, punctual: 0, sales: '60000.00'}",
	    "{verdict: incomplete, missing: [services], measures: [{name: timely, target: 90}, {name: quarterly, met: true}],"
	    " clauses: [p.2, p.5]}");
	ask("  - {clause: p.4, name: up, share: [punctual, {sum: [services, -down]}], target: 5}\n",
	    "{services: 3, down: 3, punctual: 0}", "{verdict: incomplete, missing: [services, down]}");
	ask(OPEN, "{services: 0, down: 0}", "{verdict: none, measures: [{name: up}], absent: [value, missing]}");
}

static void test_kpi__what_is_missing_takes_nothing_else_along(void **state)
{
	(void)state;
	ask(TIMELY SALES, "{sales: '60000.00', services: 10}",
	    "{verdict: incomplete, missing: [punctual], measures: [{name: quarterly, met: true}], clauses: [p.2, p.5]}");
	ask("  - {clause: p.2, when: {team: north}, name: timely, share: [punctual, services], target: 90}\n"
	    "  - {clause: p.3, when: {team: south}, name: timely, share: [punctual, services], target: 80}\n",
	    "{services: 100, punctual: 85}", "{verdict: incomplete, missing: [team]}");
	ask("  - {clause: p.2, when: {team: north}, name: timely, share: [punctual, services], target: 90}\n",
	    "{team: south}", "{verdict: none, absent: [measures, missing]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kpi__a_share_is_in_per_cent),
		cmocka_unit_test(test_kpi__lower_is_better_where_it_is_said),
		cmocka_unit_test(test_kpi__a_target_that_is_not_set),
		cmocka_unit_test(test_kpi__a_target_of_a_setting),
		cmocka_unit_test(test_kpi__money),
		cmocka_unit_test(test_kpi__a_plain_figure),
		cmocka_unit_test(test_kpi__amounts_that_are_built),
		cmocka_unit_test(test_kpi__a_share_of_nothing),
		cmocka_unit_test(test_kpi__what_is_missing_takes_nothing_else_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
