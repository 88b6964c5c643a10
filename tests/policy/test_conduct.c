/* conduct: fines, what is made good, and consequences that add up. */
#include "asking.h"

#define PACK                                                                                                                                      \
	HEAD "settings:\n"                                                                                                                        \
	     "  count_ranking: {clause: p.1, type: bool, default: true, inferred: true, title: {en: ranking counts, zh: 甲计入}}\n"            \
	     "  open_fine: {clause: p.1, type: money, title: {en: open fine, zh: 甲未定}}\n"                                                   \
	     "facts:\n"                                                                                                                           \
	     "  role: {one_of: {repairer: {en: repairer, zh: 维修工}, driver: {en: driver, zh: 司机}}}\n"                                    \
	     "  mat: {bool: true, default: true, title: {en: mat, zh: 垫布}}\n"                                                                 \
	     "  serious: {bool: true, title: {en: serious, zh: 严重}}\n"                                                                        \
	     "  loss: {money: true, default: 0.00, title: {en: loss, zh: 损失}}\n"                                                              \
	     "  contacted: {bool: true, default: false, title: {en: contacted, zh: 已联系}}\n"                                                 \
	     "  visit: {text: true, title: {en: visit, zh: 上门编号}}\n"                                                                      \
	     "  crew: {number: true, default: 1, title: {en: crew, zh: 班组人数}}\n"                                                          \
	     "  act: {text: true, title: {en: act, zh: 行为编号}}\n"                                                                          \
	     "  trained: {date: true, default: never, title: {en: trained, zh: 培训日}}\n"                                                     \
	     "words:\n"                                                                                                                           \
	     "  criticism: {en: criticism, zh: 批评}\n"                                                                                         \
	     "  compensation: {en: compensation, zh: 赔偿}\n"                                                                                   \
	     "  suspension_training: {en: suspension, zh: 停工培训}\n"                                                                        \
	     "  dismissal: {en: dismissal, zh: 除名}\n"                                                                                         \
	     "  legal: {en: own liability, zh: 自负责任}\n"                                                                                   \
	     "  warning: {en: warning, zh: 警告}\n"                                                                                             \
	     "  late: {en: late for work, zh: 迟到}\n"                                                                                          \
	     "conduct:\n"                                                                                                                         \
	     "  rules:\n"                                                                                                                         \
	     "    - {clause: p.20, rule: [late], when: {repeat: {at_least: 2}}, fine: 60.00, counts: true}\n"                                     \
	     "    - {clause: p.21, rule: [late, p.21], when: {contacted: false}, fine: 20.00, consequences: [criticism], counts: true}\n"         \
	     "    - {clause: p.22, rule: [late, p.21], verdict: good}\n"                                                                          \
	     "    - {clause: p.23, rule: [p.23], when: {mat: false}, fine: 50.00, consequences: [criticism], compensation: loss, counts: true}\n" \
	     "    - {clause: p.24, rule: [p.24], fine: 50.00, compensation: loss, consequences: [compensation], counts: true}\n"                  \
	     "    - {clause: p.25, rule: [p.25], when: {serious: true}, consequences: [legal, dismissal]}\n"                                      \
	     "    - {clause: p.26, rule: [p.25], consequences: [legal], verdict: refer, counts: true}\n"                                          \
	     "    - {clause: p.27, rule: [p.27], fine: 500.00, consequences: [dismissal]}\n"                                                      \
	     "    - {clause: p.28, rule: [p.28], fine: open_fine}\n"                                                                              \
	     "    - {clause: p.29, rule: [p.29], when: {date: {at_least: 2024-06-01}}, consequences: [warning]}\n"                                \
	     "  exempt: [{clause: p.30, when: {not: {role: repairer}}}]\n"                                                                        \
	     "  totals:\n"                                                                                                                        \
	     "    - {clause: p.31, per: month, counted: 3, until: trained, consequences: [suspension_training]}\n"                                \
	     "    - {clause: p.32, per: year, counted: 5, until: trained, consequences: [suspension_training]}\n"                                 \
	     "    - {clause: p.33, after: trained, counted: 1, verdict: refer}\n"                                                                 \
	     "  ranks:\n"                                                                                                                         \
	     "    - {clause: p.41, rank: 1, fine: 100.00, counts: {setting: count_ranking}}\n"                                                    \
	     "    - {clause: p.42, rank: 1, running: 2, consequences: [dismissal]}\n"                                                             \
	     "  once:\n"                                                                                                                          \
	     "    - {clause: p.51, same: [rule, visit]}\n"                                                                                        \
	     "    - {clause: p.52, same: [act], keep: heaviest}\n"                                                                                \
	     "    - {clause: p.53, when: {crew: {above: 1}}}\n"

static struct svc_policy *policy;

static void conduct(const char *facts, const char *expected)
{
	struct strbuf given = {0};

	strbuf_printf(&given, "{role: repairer, as_of: 2024-12-31, %s}", facts);
	expect(policy, SVC_ASK_CONDUCT, given.text, expected);
	strbuf_release(&given);
}

static void test_conduct__nothing_recorded_is_good(void **state)
{
	(void)state;
	conduct("violations: []",
		"{verdict: good, total: '0.00', absent: [fines, consequences, compensation, triggered_on]}");
	expect(policy, SVC_ASK_CONDUCT, "{}", "{verdict: good, total: '0.00', absent: [missing]}");
}

static void test_conduct__each_is_judged_with_its_own_facts(void **state)
{
	(void)state;
	conduct("violations: [{rule: late, 'on': 2024-05-02}]",
		"{verdict: fined, total: '20.00', fines: [{rule: late, clause: p.21, 'on': 2024-05-02, amount: '20.00'}],"
		" consequences: [criticism], clauses: [p.21]}");
	conduct("violations: [{rule: late, 'on': 2024-05-02, contacted: true}]",
		"{verdict: good, clauses: [p.22], absent: [criticism]}");
	conduct("violations: [{rule: late, 'on': 2024-05-02, facts: {contacted: true}}, {rule: 迟到, 'on': 2024-06-02}]",
		"{verdict: fined, total: '20.00', fines: [{rule: late, 'on': 2024-06-02}]}");
	conduct("violations: [{rule: p.29, 'on': 2024-05-31}]", "{verdict: good, absent: [warning]}");
	conduct("violations: [{rule: p.29, 'on': 2024-06-01}]", "{verdict: good, consequences: [warning]}");
}

static void test_conduct__what_repeats(void **state)
{
	(void)state;
	conduct("violations: [{rule: late, 'on': 2024-03-01}, {rule: late, 'on': 2024-01-01}, {rule: late, 'on': 2024-02-01}]",
		"{total: '100.00', fines: [{'on': 2024-03-01, amount: '60.00'}, {'on': 2024-01-01, amount: '20.00'}]}");
	/* a clause names its own rule, also where the rule lists other words */
	conduct("violations: [{rule: p.22, on: 2024-03-01}]", "{verdict: good, clauses: [p.22], absent: [notes]}");
}

static void test_conduct__a_loss_is_made_good(void **state)
{
	(void)state;
	conduct("violations: [{rule: p.23, 'on': 2024-05-02, mat: false, loss: '300.00'}]",
		"{verdict: fined, total: '50.00', compensation: '300.00', consequences: [criticism, compensation]}");
	conduct("violations: [{rule: p.23, 'on': 2024-05-02, mat: false}]", "{absent: [compensation]}");
	conduct("violations: [{rule: p.23, 'on': 2024-05-02, mat: false, loss: '300.00'}, {rule: p.24, 'on': 2024-05-03, loss: '0.55'}]",
		"{compensation: '300.55'}");
}

static void test_conduct__gravest_verdict_leads(void **state)
{
	(void)state;
	conduct("violations: [{rule: late, 'on': 2024-05-02}, {rule: p.27, 'on': 2024-05-03}]",
		"{verdict: dismissed, total: '520.00', consequences: [dismissal, criticism], clauses: [p.27, p.21]}");
	conduct("violations: [{rule: p.25, 'on': 2024-05-02, serious: true}]",
		"{verdict: dismissed, total: '0.00', clauses: [p.25]}");
	conduct("violations: [{rule: p.25, 'on': 2024-05-02, serious: false}, {rule: late, 'on': 2024-05-02}]",
		"{verdict: refer, consequences: [legal], clauses: [p.26], absent: [dismissal]}");
}

static void test_conduct__what_is_not_known_is_missing(void **state)
{
	(void)state;
	conduct("violations: [{rule: p.25, 'on': 2024-05-02}]", "{verdict: incomplete, missing: [serious]}");
	conduct("violations: [{rule: p.28, 'on': 2024-05-02}, {rule: late, 'on': 2024-05-03}]",
		"{verdict: incomplete, missing: [open_fine], fines: [{rule: late}], clauses: [p.28]}");
	expect(policy, SVC_ASK_CONDUCT, "{violations: [{rule: late, 'on': 2024-05-02}]}",
	       "{verdict: incomplete, missing: [role]}");
	conduct("violations: [{rule: slander, 'on': 2024-05-02}]",
		"{verdict: good, notes: ['unlisted: violations=slander']}");
}

static void test_conduct__others_are_exempt(void **state)
{
	(void)state;
	expect(policy, SVC_ASK_CONDUCT,
	       "{role: driver, violations: [{rule: p.27, 'on': 2024-05-02}], complaint_rank: [{month: 2024-05, rank: 1}]}",
	       "{verdict: good, total: '0.00', clauses: [p.30], absent: [fines, dismissal]}");
}

static void test_conduct__three_in_a_month(void **state)
{
	(void)state;
	conduct("violations: [{rule: late, 'on': 2024-05-01}, {rule: p.24, 'on': 2024-05-31}, {rule: p.24, 'on': 2024-05-15}]",
		"{verdict: suspended, triggered_on: 2024-05-31, consequences: [suspension_training, criticism], clauses: [p.31]}");
	conduct("violations: [{rule: late, 'on': 2024-05-01}, {rule: p.24, 'on': 2024-06-01}, {rule: p.24, 'on': 2024-05-15}]",
		"{verdict: fined, absent: [suspension_training, triggered_on]}");
	conduct("violations: [{rule: late, 'on': 2024-05-01}, {rule: p.27, 'on': 2024-05-02}, {rule: p.24, 'on': 2024-05-15}]",
		"{verdict: dismissed, absent: [suspension_training]}");
	conduct("violations: [{rule: p.24, 'on': 2023-12-31}, {rule: p.24, 'on': 2024-01-31}, {rule: p.24, 'on': 2024-03-01},"
		" {rule: p.24, 'on': 2024-05-01}, {rule: p.24, 'on': 2024-07-01}]",
		"{verdict: fined}");
	conduct("violations: [{rule: p.24, 'on': 2024-12-31}, {rule: p.24, 'on': 2024-01-31}, {rule: p.24, 'on': 2024-03-01},"
		" {rule: p.24, 'on': 2024-05-01}, {rule: p.24, 'on': 2024-07-01}]",
		"{verdict: suspended, triggered_on: 2024-12-31, clauses: [p.32]}");
}

static void test_conduct__what_is_to_come_does_not_count(void **state)
{
	(void)state;
	expect(policy, SVC_ASK_CONDUCT,
	       "{role: repairer, as_of: 2024-05-30, violations: [{rule: late, 'on': 2024-05-01}, {rule: p.24, 'on': 2024-05-31}],"
	       " complaint_rank: [{month: 2024-05, rank: 1}]}",
	       "{verdict: fined, total: '20.00'}");
}

static void test_conduct__after_the_training(void **state)
{
	(void)state;
	conduct("trained: 2024-06-10, violations: [{rule: p.24, 'on': 2024-05-01}, {rule: p.24, 'on': 2024-05-02},"
		" {rule: p.24, 'on': 2024-05-03}]",
		"{verdict: suspended, absent: [p.33]}");
	conduct("trained: 2024-06-10, violations: [{rule: p.24, 'on': 2024-06-11}]",
		"{verdict: refer, triggered_on: 2024-06-11, clauses: [p.33]}");
	conduct("trained: 2024-06-10, violations: [{rule: p.24, 'on': 2024-07-01}, {rule: p.24, 'on': 2024-07-02},"
		" {rule: p.24, 'on': 2024-07-03}]",
		"{verdict: refer, absent: [suspension_training]}");
}

static void test_conduct__the_ranking(void **state)
{
	(void)state;
	conduct("complaint_rank: [{month: 2024-02, rank: 1}, {month: 2024-05, rank: 2}]",
		"{verdict: fined, total: '100.00', fines: [{rule: p.41, 'on': 2024-02-29, amount: '100.00'}], clauses: [p.41]}");
	conduct("complaint_rank: [{month: 2024-01, rank: 1}, {month: 2023-12, rank: 1}]",
		"{verdict: dismissed, total: '200.00', triggered_on: 2024-01-31, clauses: [p.42]}");
	conduct("complaint_rank: [{month: 2024-01, rank: 1}, {month: 2024-03, rank: 1}]",
		"{verdict: fined, total: '200.00'}");
	conduct("violations: [{rule: p.24, 'on': 2024-05-10}, {rule: p.24, 'on': 2024-05-20}], complaint_rank: [{month: 2024-05, rank: 1}]",
		"{verdict: suspended, triggered_on: 2024-05-31}");
	expect_set(
		policy, SVC_ASK_CONDUCT,
		"{role: repairer, as_of: 2024-12-31, violations: [{rule: p.24, 'on': 2024-05-10}, {rule: p.24, 'on': 2024-05-20}],"
		" complaint_rank: [{month: 2024-05, rank: 1}]}",
		"count_ranking", "false", "{verdict: fined, total: '200.00'}");
}

static void test_conduct__one_act_one_fine(void **state)
{
	(void)state;
	/* as many as there were */
	conduct("violations: [{rule: p.21, 'on': 2024-03-01, facts: {crew: 3}}]",
		"{total: '20.00', fines: [{amount: '20.00'}], clauses: [p.21, p.53]}");
	conduct("violations: [{rule: p.21, 'on': 2024-03-01}]", "{total: '20.00', absent: [p.53]}");
	conduct("violations: [{rule: p.24, 'on': 2024-05-02, act: A1, loss: '300.00'}, {rule: p.23, 'on': 2024-05-02, act: A1, mat: false, loss: '300.00'}]",
		"{total: '50.00', compensation: '300.00', fines: [{rule: p.23}], consequences: [criticism, compensation], clauses: [p.52], absent: [p.24]}");
	conduct("violations: [{rule: p.24, 'on': 2024-05-02, act: A1}, {rule: p.27, 'on': 2024-05-02, facts: {act: A1}}]",
		"{verdict: dismissed, total: '500.00'}");
	conduct("violations: [{rule: p.24, 'on': 2024-05-02, visit: V1}, {rule: p.24, 'on': 2024-05-03, visit: V1}, {rule: p.24, 'on': 2024-05-02, visit: V2}]",
		"{total: '100.00', verdict: fined, clauses: [p.51]}");
	conduct("violations: [{rule: p.24, 'on': 2024-05-02}, {rule: p.24, 'on': 2024-05-02}]", "{total: '100.00'}");
}

/* One section beside the words that these tests share. */
static void with_section(const char *section, const char *facts, const char *expected)
{
	struct strbuf text = {0};
	struct svc_policy *own;

	strbuf_puts(&text, PACK);
	text.text[text.length = (size_t)(strstr(text.text, "conduct:\n") - text.text)] = '\0';
	strbuf_puts(&text, section);
	own = pack_of(text.text);
	expect(own, SVC_ASK_CONDUCT, facts, expected);
	svc_policy_free(own);
	strbuf_release(&text);
}

static void test_conduct__the_heavier_of_two(void **state)
{
	static const char section[] = "conduct:\n  rules:\n"
				      "    - {clause: p.61, rule: [p.61], fine: 20.00}\n"
				      "    - {clause: p.62, rule: [p.62], fine: 30.00}\n"
				      "    - {clause: p.63, rule: [p.63]}\n"
				      "  once: [{clause: p.64, same: [act, visit], keep: heaviest}]\n";

	(void)state;
	with_section(
		section,
		"{violations: [{rule: p.61, 'on': 2024-05-02, act: A, visit: V}, {rule: p.62, 'on': 2024-05-02, act: A, visit: V},"
		" {rule: p.63, 'on': 2024-05-02, act: A, visit: V}]}",
		"{total: '30.00', fines: [{rule: p.62}], clauses: [p.62, p.64]}");
	with_section(
		section,
		"{violations: [{rule: p.61, 'on': 2024-05-02, act: A}, {rule: p.62, 'on': 2024-05-02, act: A, visit: V},"
		" {rule: p.62, 'on': 2024-05-02, act: A}]}",
		"{total: '80.00', absent: [p.64]}");
}

static void test_conduct__totals_of_several_rules(void **state)
{
	static const char section[] =
		"conduct:\n  rules:\n"
		"    - {clause: p.61, rule: [late], counts: true}\n"
		"    - {clause: p.62, rule: [p.62], counts: {setting: open_count}}\n"
		"  totals:\n"
		"    - {clause: p.71, per: year, counted: 3, consequences: [warning]}\n"
		"    - {clause: p.72, per: month, counted: 2, consequences: [suspension_training]}\n"
		"    - {clause: p.73, per: year, counted: {setting: open_limit}, consequences: [dismissal]}\n"
		"settings:\n"
		"  open_count: {clause: p.1, type: bool, title: {en: open count, zh: 甲未定数}}\n"
		"  open_limit: {clause: p.1, type: number, title: {en: open limit, zh: 甲未定限}}\n";
	struct strbuf text = {0};
	struct svc_policy *own;

	(void)state;
	strbuf_puts(&text, PACK);
	text.text[text.length = (size_t)(strstr(text.text, "conduct:\n") - text.text)] = '\0';
	text.text[text.length = (size_t)(strstr(text.text, "settings:\n") - text.text)] = '\0';
	strbuf_puts(&text,
		    "words:\n  late: {en: late, zh: 迟到}\n  warning: {en: warning, zh: 警告}\n"
		    "  suspension_training: {en: suspension, zh: 停工培训}\n  dismissal: {en: dismissal, zh: 除名}\n");
	strbuf_puts(&text, section);
	own = pack_of(text.text);
	expect(own, SVC_ASK_CONDUCT,
	       "{violations: [{rule: late, 'on': 2024-05-02}, {rule: late, 'on': 2024-05-03}, {rule: late, 'on': 2024-07-02}]}",
	       "{verdict: incomplete, missing: [open_limit], triggered_on: 2024-05-03, consequences: [warning]}");
	expect_set(
		own, SVC_ASK_CONDUCT,
		"{violations: [{rule: late, 'on': 2024-05-02}, {rule: late, 'on': 2024-05-03}, {rule: late, 'on': 2024-07-02}]}",
		"open_limit", "4", "{verdict: suspended, clauses: [p.72, p.71]}");
	expect_set(
		own, SVC_ASK_CONDUCT,
		"{violations: [{rule: late, 'on': 2024-05-02}, {rule: late, 'on': 2024-05-03}, {rule: late, 'on': 2024-07-02}]}",
		"open_limit", "3", "{verdict: dismissed, clauses: [p.73], triggered_on: 2024-05-03}");
	expect_set(own, SVC_ASK_CONDUCT, "{violations: [{rule: p.62, 'on': 2024-05-02}]}", "open_limit", "3",
		   "{verdict: incomplete, missing: [open_count]}");
	svc_policy_free(own);
	strbuf_release(&text);
}

static void test_conduct__a_ranking_beside_violations(void **state)
{
	(void)state;
	conduct("violations: [{rule: late, 'on': 2024-06-10}], complaint_rank: [{month: 2024-05, rank: 1}, {month: 2024-04, rank: 1}, {month: 2024-03, rank: 1}]",
		"{verdict: dismissed, total: '320.00', triggered_on: 2024-04-30}");
	with_section("conduct:\n  ranks: [{clause: p.61, rank: 1, fine: open_fine}]\n",
		     "{complaint_rank: [{month: 2024-05, rank: 1}]}",
		     "{verdict: incomplete, missing: [open_fine], clauses: [p.61]}");
	with_section("conduct:\n  ranks: [{clause: p.61, when: {serious: true}, rank: 1, fine: 10.00}]\n",
		     "{complaint_rank: [{month: 2024-05, rank: 1}]}", "{verdict: incomplete, missing: [serious]}");
	with_section(
		"conduct:\n  totals: [{clause: p.61, when: {serious: true}, per: year, counted: 1, verdict: refer}]\n  ranks: [{clause: p.62, rank: 1, counts: true}]\n",
		"{complaint_rank: [{month: 2024-05, rank: 1}]}", "{verdict: incomplete, missing: [serious]}");
	with_section("conduct:\n  ranks: [{clause: p.62, rank: 1, fine: 10.00, consequences: [suspension_training]}]\n",
		     "{complaint_rank: [{month: 2024-05, rank: 1}]}", "{verdict: suspended, total: '10.00'}");
}

static void refused(const char *facts, const char *message)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	struct svc_error err = {0};

	svc_facts_new(&vector, policy, &err);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err), SVC_OK);
	assert_int_equal(svc_ask(policy, SVC_ASK_CONDUCT, vector, false, &answer, &err), SVC_BAD_INPUT);
	assert_string_equal(err.text, message);
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

static void test_conduct__what_can_not_be_read(void **state)
{
	(void)state;
	refused("{role: repairer, violations: late}", "violations are a list of maps: violations");
	refused("{role: repairer, violations: [{'on': 2024-05-02}]}", "a violation names no rule: rule");
	refused("{role: repairer, violations: [{rule: late}]}", "a violation has no day: late");
	refused("{role: repairer, violations: [{rule: late, 'on': soon}]}", "a violation has no day: late");
	refused("{role: repairer, violations: [{rule: late, 'on': 2024-05-02, facts: 3}]}", "facts is no map: late");
	refused("{role: repairer, violations: [{rule: late, 'on': 2024-05-02, matt: false}]}",
		"matt: no such fact in policy p");
	refused("{role: repairer, violations: [late]}", "a violation names no rule: rule");
	refused("{role: repairer, violations: [{rule: [late], 'on': 2024-05-02}]}", "a violation names no rule: rule");
	refused("{role: repairer, violations: [{rule: late, 'on': [1]}]}", "a violation has no day: late");
	refused("{role: repairer, complaint_rank: {month: 2024-12}}",
		"complaint_rank is a list of maps {month: YYYY-MM, rank: N}, not: ...");
	refused("{role: repairer, complaint_rank: [{month: 2024-1, rank: 1}]}",
		"complaint_rank is a list of maps {month: YYYY-MM, rank: N}, not: 2024-1");
	refused("{role: repairer, complaint_rank: [{month: [2024-1], rank: 1}]}",
		"complaint_rank is a list of maps {month: YYYY-MM, rank: N}, not: month");
	refused("{role: repairer, complaint_rank: first}",
		"complaint_rank is a list of maps {month: YYYY-MM, rank: N}, not: first");
	refused("{role: repairer, complaint_rank: [{month: 2024-13, rank: 1}]}",
		"complaint_rank is a list of maps {month: YYYY-MM, rank: N}, not: 2024-13");
	refused("{role: repairer, complaint_rank: [{rank: 1}]}",
		"complaint_rank is a list of maps {month: YYYY-MM, rank: N}, not: month");
	refused("{role: repairer, complaint_rank: [{month: 2024-12}]}",
		"complaint_rank is a list of maps {month: YYYY-MM, rank: N}, not: rank");
	refused("{role: repairer, complaint_rank: [{month: 2024-12, rank: x}]}",
		"\"x\" in complaint_rank is no number");
}

static int open_policy(void **state)
{
	policy = *state = pack_of(PACK);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conduct__nothing_recorded_is_good),
		cmocka_unit_test(test_conduct__each_is_judged_with_its_own_facts),
		cmocka_unit_test(test_conduct__what_repeats),
		cmocka_unit_test(test_conduct__a_loss_is_made_good),
		cmocka_unit_test(test_conduct__gravest_verdict_leads),
		cmocka_unit_test(test_conduct__what_is_not_known_is_missing),
		cmocka_unit_test(test_conduct__others_are_exempt),
		cmocka_unit_test(test_conduct__three_in_a_month),
		cmocka_unit_test(test_conduct__what_is_to_come_does_not_count),
		cmocka_unit_test(test_conduct__after_the_training),
		cmocka_unit_test(test_conduct__the_ranking),
		cmocka_unit_test(test_conduct__one_act_one_fine),
		cmocka_unit_test(test_conduct__the_heavier_of_two),
		cmocka_unit_test(test_conduct__totals_of_several_rules),
		cmocka_unit_test(test_conduct__a_ranking_beside_violations),
		cmocka_unit_test(test_conduct__what_can_not_be_read),
	};

	return cmocka_run_group_tests(tests, open_policy, close_pack);
}
