/* form, record and template: what is filled in, what blocks, and texts with their placeholders. */
#include "asking.h"

static const char papers[] = HEAD
	"facts:\n"
	"  form: {one_of: {intake: {en: intake, zh: 登记表}, other: {en: other, zh: 其他}}}\n"
	"  record: {one_of: {report: {en: report, zh: 报告}, packing: {en: packing, zh: 备货}}}\n"
	"  template: {one_of: {slip: {en: slip, zh: 留言}, half: {en: half, zh: 一半}, twice: {en: twice, zh: 两条}}}\n"
	"  stage: {one_of: {first: {en: first, zh: 初次}, last: {en: last, zh: 末次}}}\n"
	"  replaced: {bool: true, title: {en: part replaced, zh: 已换件}}\n"
	"  user: {text: true, title: {en: user, zh: 用户}}\n"
	"  called: {time: true, title: {en: time of the call, zh: 来访时间}}\n"
	"  kind: {one_of: {repair: {en: repair, zh: 维修}}, title: {en: kind, zh: 类别}}\n"
	"settings:\n  hotline: {type: text, title: {en: hotline, zh: 热线}}\n"
	"forms:\n"
	"  - clause: p.1\n"
	"    form: intake\n"
	"    fields:\n"
	"      - {id: name, clause: p.11, label: {en: name, zh: 姓名}}\n"
	"      - {id: part, clause: p.12, label: {en: part, zh: 零件}, required: {replaced: true}}\n"
	"      - {id: note, label: {en: note, zh: 备注}, required: false}\n"
	"  - {clause: p.2, form: intake, when: {stage: last}, fields: [{id: result, label: {en: result, zh: 结果}}]}\n"
	"records:\n"
	"  - {clause: p.3, record: report, fields: [{id: process, label: {en: process, zh: 过程}}, {id: hours, clause: p.31, label: {en: hours, zh: 工时}}]}\n"
	"  - {clause: p.4, record: packing, fields: [{id: tools, label: {en: tools, zh: 工具}}, {id: mat, clause: p.41, label: {en: mat, zh: 垫布}, blocks: true}]}\n"
	"templates:\n"
	"  - {clause: p.5, template: slip, subject: {en: 'A call for {user}', zh: '{user}：来访'}, text: {en: 'For {user}: {kind} at {called}, {hotline}.', zh: '{user}，{kind}。'}}\n"
	"  - {clause: p.6, template: half, text: {en: in English}}\n"
	"  - {clause: p.7, template: twice, text: {en: a, zh: 甲}}\n"
	"  - {clause: p.8, template: twice, when: {stage: last}, text: {en: b, zh: 乙}}\n";

static void test_form__what_is_required_and_not_filled(void **state)
{
	expect(*state, SVC_ASK_FORM, "{form: intake, stage: first, replaced: false, fields: {name: A}}",
	       "{verdict: complete, fields: [{id: name, label: name, required: true, clause: p.11},"
	       " {id: part, required: false}, {id: note, required: false}], clauses: [p.1], absent: [missing, result]}");
	expect(*state, SVC_ASK_FORM, "{form: intake, stage: first, replaced: true, fields: {note: x}}",
	       "{verdict: incomplete, missing: [name, part], clauses: [p.11, p.12, p.1]}");
	expect(*state, SVC_ASK_FORM, "{form: intake, stage: last, replaced: false, fields: {name: '', result: done}}",
	       "{verdict: incomplete, missing: [name], fields: [{id: result}], clauses: [p.11, p.1, p.2]}");
	expect(*state, SVC_ASK_FORM, "{form: intake, stage: first, replaced: false}",
	       "{verdict: incomplete, missing: [name]}");
	expect(*state, SVC_ASK_FORM, "{form: intake, stage: first, replaced: false, fields: [name, hat]}",
	       "{verdict: complete, notes: ['unlisted: fields=hat']}");
}

static void test_form__a_fact_that_decides_what_is_required(void **state)
{
	expect(*state, SVC_ASK_FORM, "{form: intake, stage: first, fields: {name: A, part: B}}",
	       "{verdict: incomplete, missing: [replaced]}");
	expect(*state, SVC_ASK_FORM, "{form: other, stage: first}", "{verdict: refer, absent: [fields]}");
}

static void test_record__complete_incomplete_blocked(void **state)
{
	expect(*state, SVC_ASK_RECORD, "{record: report, fields: [process, hours]}",
	       "{verdict: complete, clauses: [p.3], absent: [missing]}");
	expect(*state, SVC_ASK_RECORD, "{record: report, fields: [process]}",
	       "{verdict: incomplete, missing: [hours], clauses: [p.31, p.3]}");
	expect(*state, SVC_ASK_RECORD, "{record: packing, fields: [mat]}", "{verdict: incomplete, missing: [tools]}");
	expect(*state, SVC_ASK_RECORD, "{record: packing, fields: tools}",
	       "{verdict: blocked, missing: [mat], clauses: [p.41, p.4]}");
	expect(*state, SVC_ASK_RECORD, "{record: packing}", "{verdict: blocked, missing: [tools, mat]}");
}

static void test_template__placeholders(void **state)
{
#define IN(lang) "{template: slip, lang: " lang ", user: A & B, kind: repair, called: '2024-05-06T13:57:00+08:00'}"
	expect_set(*state, SVC_ASK_TEMPLATE, IN("en"), "hotline", "400",
		   "{verdict: ready, subject: A call for A & B, clauses: [p.5], absent: [missing],"
		   " text: 'For A & B: repair at 2024-05-06T13:57:00+08:00, 400.'}");
	expect(*state, SVC_ASK_TEMPLATE, IN("en"),
	       "{verdict: incomplete, missing: [hotline], subject: A call for A & B, absent: [text]}");
	expect(*state, SVC_ASK_TEMPLATE, IN("zh"), "{verdict: ready, subject: 'A & B：来访', text: 'A & B，维修。'}");
	expect(*state, SVC_ASK_TEMPLATE, "{template: slip, lang: zh}", "{verdict: incomplete, missing: [user, kind]}");
}

static void test_template__the_language_that_is_there(void **state)
{
	expect(*state, SVC_ASK_TEMPLATE, "{template: half, lang: en}",
	       "{verdict: ready, text: in English, absent: [subject]}");
	expect(*state, SVC_ASK_TEMPLATE, "{template: half, lang: zh}",
	       "{verdict: incomplete, missing: [lang], clauses: [p.6], absent: [text]}");
	expect(*state, SVC_ASK_TEMPLATE, "{template: slip, user: A}",
	       "{verdict: incomplete, missing: [lang], clauses: [p.5], absent: [text]}");
	expect(*state, SVC_ASK_TEMPLATE, "{template: half, lang: fr}",
	       "{verdict: incomplete, missing: [lang], notes: ['unlisted: lang=fr']}");
	expect(*state, SVC_ASK_TEMPLATE, "{template: twice, stage: first, lang: zh}", "{verdict: ready, text: 甲}");
}

static int status_of(struct svc_policy *policy, enum svc_ask ask, const char *facts)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector = NULL;
	struct svc_error err = {0};
	int status;

	assert_int_equal(svc_facts_new(&vector, policy, &err), SVC_OK);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err), SVC_OK);
	status = svc_ask(policy, ask, vector, false, &answer, &err);
	svc_answer_release(&answer);
	svc_facts_free(vector);
	return status;
}

static void test_form__what_the_pack_does_not_have_is_bad_input(void **state)
{
	assert_int_equal(status_of(*state, SVC_ASK_FORM, "{form: intakes}"), SVC_BAD_INPUT);
	assert_int_equal(status_of(*state, SVC_ASK_RECORD, "{record: hat}"), SVC_BAD_INPUT);
	assert_int_equal(status_of(*state, SVC_ASK_TEMPLATE, "{template: hat}"), SVC_BAD_INPUT);
	assert_int_equal(status_of(*state, SVC_ASK_TEMPLATE, "{template: twice, stage: last}"),
			 SVC_BAD_INPUT); /* two match */
	assert_int_equal(status_of(*state, SVC_ASK_FORM, "{}"), SVC_OK);
}

static int setup(void **state)
{
	*state = pack_of(papers);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form__what_is_required_and_not_filled),
		cmocka_unit_test(test_form__a_fact_that_decides_what_is_required),
		cmocka_unit_test(test_form__what_the_pack_does_not_have_is_bad_input),
		cmocka_unit_test(test_record__complete_incomplete_blocked),
		cmocka_unit_test(test_template__placeholders),
		cmocka_unit_test(test_template__the_language_that_is_there),
	};

	return cmocka_run_group_tests_name("form", tests, setup, close_pack);
}
