/* What a pack says of itself: rules, names and words, and what it leaves out. */
#include "asking.h"

#include "svc/text.h"

#define PACK                                                                                                           \
	HEAD "settings:\n"                                                                                             \
	     "  limit: {type: duration, default: 30 days, inferred: true, title: {en: limit, zh: 期限}}\n"           \
	     "  open: {type: number, title: {en: still open, zh: 待定}}\n"                                           \
	     "facts:\n"                                                                                                \
	     "  remark: {text: true, default: none yet, title: {en: remark, zh: 备注}}\n"                            \
	     "  product: {one_of: {lamp: {en: Lamp, zh: 灯}, torch: {en: Torch, zh: 手电}}, default: torch}\n"      \
	     "warranty:\n"                                                                                             \
	     "  terms: [{clause: p.1, from: purchase, lasts: {setting: limit}, remedy: repair}]\n"                     \
	     "clauses: {p.1: {en: One., zh: 一。}}\n"                                                                \
	     "left_out:\n  p.7: said twice\n  p.8: no rule\n"

static int keep_name(void *context, const struct svc_policy_name *name)
{
	if (name->setting || !strcmp(name->name, "remark") || !strcmp(name->name, "product"))
		strbuf_printf(context, "%s %s %s %s\n", name->name, name->type, name->value ? name->value : "-",
			      name->title ? name->title : "");
	return 0;
}

static int keep_rule(void *context, const struct svc_policy_rule *rule)
{
	strbuf_printf(context, "%s %s %s\n", rule->section, rule->clause, rule->text);
	return 0;
}

static int keep_word(void *context, const char *word, const char *title)
{
	strbuf_printf(context, "%s=%s ", word, title);
	return 0;
}

static void expect_text(struct strbuf *text, const char *expected)
{
	strbuf_puts(text, "");
	assert_string_equal(text->text, expected);
	strbuf_release(text);
}

static void test_describe__names_with_what_holds_when_nobody_says(void **state)
{
	struct strbuf names = {0};

	assert_int_equal(svc_policy_names(*state, keep_name, &names, NULL), 0);
	expect_text(&names, "product word torch product\nremark text none yet remark\nlimit duration 30 days limit\n"
			    "open number - still open\n");
}

static void test_describe__what_is_left_out_bears_its_reason(void **state)
{
	struct strbuf rules = {0};

	assert_int_equal(svc_policy_left_out(*state, keep_rule, &rules, NULL), 0);
	expect_text(&rules, "left_out p.7 said twice\nleft_out p.8 no rule\n");
}

static void test_describe__rules_bear_the_sentence_of_their_clause(void **state)
{
	struct strbuf rules = {0};

	assert_int_equal(svc_policy_rules(*state, keep_rule, &rules, NULL), 0);
	assert_non_null(strstr(rules.text, "warranty.terms p.1 One.\n"));
	strbuf_release(&rules);
}

static void test_describe__words_in_their_order(void **state)
{
	struct strbuf words = {0};

	assert_int_equal(svc_policy_words(*state, "product", keep_word, &words, NULL), 0);
	expect_text(&words, "lamp=Lamp torch=Torch ");
}

static void test_describe__words_of_no_fact_are_refused_with_the_nearest(void **state)
{
	struct strbuf words = {0};
	struct svc_error err = {0};

	assert_int_equal(svc_policy_words(*state, "prodcut", keep_word, &words, &err), SVC_USAGE);
	assert_string_equal(err.hint, "did you mean product?");
	err = (struct svc_error){0};
	assert_int_equal(svc_policy_words(*state, "qqqqqqqqqq", keep_word, &words, &err), SVC_USAGE);
	assert_string_equal(err.hint, "");
	assert_int_equal(words.length, 0);
}

static int stop_name(void *context, const struct svc_policy_name *name)
{
	(void)name;
	++*(int *)context;
	return 77;
}

static int stop_word(void *context, const char *word, const char *title)
{
	(void)word;
	(void)title;
	++*(int *)context;
	return 77;
}

static int stop_rule(void *context, const struct svc_policy_rule *rule)
{
	(void)rule;
	++*(int *)context;
	return 77;
}

static void test_describe__who_is_told_may_stop(void **state)
{
	int told = 0;

	assert_int_equal(svc_policy_names(*state, stop_name, &told, NULL), 77);
	assert_int_equal(svc_policy_words(*state, "product", stop_word, &told, NULL), 77);
	assert_int_equal(svc_policy_rules(*state, stop_rule, &told, NULL), 77);
	assert_int_equal(svc_policy_left_out(*state, stop_rule, &told, NULL), 77);
	assert_int_equal(told, 4);
}

static int open_pack(void **state)
{
	*state = pack_of(PACK);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_describe__names_with_what_holds_when_nobody_says),
		cmocka_unit_test(test_describe__what_is_left_out_bears_its_reason),
		cmocka_unit_test(test_describe__rules_bear_the_sentence_of_their_clause),
		cmocka_unit_test(test_describe__words_in_their_order),
		cmocka_unit_test(test_describe__words_of_no_fact_are_refused_with_the_nearest),
		cmocka_unit_test(test_describe__who_is_told_may_stop),
	};

	return cmocka_run_group_tests_name("describe", tests, open_pack, close_pack);
}
