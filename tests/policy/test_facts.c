/* The facts of a question: names, words, values, maps, and what is read back. */
#include "asking.h"

#include "policy/facts.h"
#include "policy/facts_tree.h"

static const char pack[] = HEAD
	"settings:\n"
	"  grace: {type: duration, default: 7 days, inferred: true, title: {en: grace, zh: 宽限期}}\n"
	"  rate: {type: rate, title: {en: rate, zh: 费率}}\n"
	"  unit: {one_of: {visit: {en: per visit, zh: 按次}, operation: {en: per operation, zh: 按项}}, default: visit, title: {en: unit, zh: 单位}}\n"
	"  tariff: {type: prices, default: {visit: '12.50'}, title: {en: tariff, zh: 价目表}}\n"
	"facts:\n"
	"  component: {one_of: {motor: {en: motor, zh: 电机}, main_unit: {en: main unit, zh: 主机}}}\n"
	"  items: {one_of: {visit: {en: home visit, zh: 上门费}, adjustment: {en: adjustment, zh: 调整费}}}\n"
	"  to_factory: {bool: true, default: false, title: {en: to the factory, zh: 返厂}}\n"
	"  note: {text: true, title: {en: note, zh: 备注}}\n"
	"  weight: {number: {max: 5}, title: {en: weight, zh: 重量}}\n"
	"  task: {one_of: {check_30: {en: check of day 30, zh: 三十天检查}}}\n"
	"  jobs: {number: true}\n"
	"  tight: {bool: true, default: false}\n"
	"warranty:\n  terms:\n    - {clause: p.1, from: purchase, lasts: 1 year, remedy: repair}\n";

static int open_facts(void **state)
{
	struct svc_facts *facts;

	assert_int_equal(svc_facts_new(&facts, pack_of(pack), NULL), SVC_OK);
	*state = facts;
	return 0;
}

static int close_facts(void **state)
{
	struct svc_facts *facts = *state;
	struct svc_policy *policy = (struct svc_policy *)(uintptr_t)facts->policy;

	svc_facts_free(facts);
	svc_policy_free(policy);
	return 0;
}

static const struct fact_value *value_at(const struct svc_facts *facts, const char *name)
{
	return &facts->values[fact_find(facts->policy->head, name, NULL)];
}

static void set(struct svc_facts *facts, const char *name, const char *value)
{
	struct svc_error err;

	if (svc_facts_set(facts, name, value, &err))
		fail_msg("%s=%s: %s", name, value, err.text);
}

static void refuses(struct svc_facts *facts, const char *name, const char *value, int code, const char *text,
		    const char *hint)
{
	struct svc_error err = {0};

	if (svc_facts_set(facts, name, value, &err) != code)
		fail_msg("%s=%s gives %d: %s", name, value, err.code, err.text);
	if (!strstr(err.text, text) || !strstr(err.hint, hint))
		fail_msg("%s=%s says: %s (%s)", name, value, err.text, err.hint);
}

static void json_is(const struct svc_facts *facts, bool settings, const char *expected)
{
	char *json = svc_facts_json(facts, settings);

	assert_string_equal(json, expected);
	free(json);
}

static void test_facts__every_type_is_read_and_written_back(void **state)
{
	struct svc_facts *facts = *state;

	set(facts, "purchase", "2024-02-29");
	set(facts, "component", "motor");
	set(facts, "price", "1280.5");
	set(facts, "documents", "invoice,contract");
	set(facts, "confirmed", "true");
	set(facts, "capacity_pct", "69.5");
	set(facts, "reported", "2025-03-08T10:00:00+08:00");
	set(facts, "items", "visit*2,adjustment");
	set(facts, "card_price.visit", "15");
	set(facts, "note", "two wheels, \"bent\"");
	json_is(facts, false,
		"{\"purchase\":\"2024-02-29\",\"component\":\"motor\",\"price\":\"1280.50\",\"documents\":[\"invoice\",\"contract\"],"
		"\"confirmed\":true,\"capacity_pct\":69.5,\"reported\":\"2025-03-08T10:00:00+08:00\",\"items\":[\"visit*2\",\"adjustment\"],"
		"\"card_price\":{\"visit\":\"15\"},\"note\":\"two wheels, \\\"bent\\\"\"}");
}

static void test_facts__titles_stand_for_ids_in_both_languages(void **state)
{
	struct svc_facts *facts = *state;

	set(facts, "部件", "主机");
	set(facts, "原因", "liquid");
	set(facts, "凭证", "发票,保修卡");
	set(facts, "返厂", "是");
	set(facts, "terms of the sale", "made to order");
	json_is(facts, false,
		"{\"component\":\"main_unit\",\"sold_as\":\"custom\",\"documents\":[\"invoice\",\"warranty_card\"],\"cause\":\"liquid\","
		"\"to_factory\":true}");
}

static void test_facts__a_word_that_is_not_listed_is_kept(void **state)
{
	struct svc_facts *facts = *state;

	set(facts, "component", "chair");
	assert_int_equal(value_at(facts, "component")->number, WORD_UNLISTED);
	assert_string_equal(value_at(facts, "component")->text, "chair");
	set(facts, "documents", "photo, invoice , film");
	assert_string_equal(value_at(facts, "documents")->text, "photo,film");
	assert_int_equal(value_at(facts, "documents")->number, 1);
	json_is(facts, false, "{\"component\":\"chair\",\"documents\":[\"invoice\",\"photo\",\"film\"]}");
}

static void test_facts__an_empty_value_is_nothing_known(void **state)
{
	struct svc_facts *facts = *state;

	set(facts, "documents", "[]");
	assert_true(value_at(facts, "documents")->known);
	set(facts, "documents", "");
	assert_false(value_at(facts, "documents")->known);
	set(facts, "owner", "later");
	set(facts, "owner", "");
	assert_int_equal(value_at(facts, "owner")->number, 0);
	assert_false(value_at(facts, "owner")->given);
	set(facts, "card_price", "{}");
	assert_true(value_at(facts, "card_price")->known);
	json_is(facts, false, "{\"card_price\":{}}");
}

static void test_facts__defaults_are_known_and_not_given(void **state)
{
	struct svc_facts *facts = *state;

	assert_true(value_at(facts, "owner")->known && value_at(facts, "batch")->known &&
		    value_at(facts, "to_factory")->known);
	assert_true(value_at(facts, "grace")->known && !value_at(facts, "grace")->given);
	assert_int_equal(value_at(facts, "grace")->duration.count, 7);
	assert_string_equal(node_get(value_at(facts, "tariff")->tree, "visit")->text, "12.50");
	assert_false(value_at(facts, "rate")->known || value_at(facts, "replacement")->known);
	json_is(facts, false, "{}");
	json_is(facts, true, "{}");
}

static void test_facts__wrong_names_are_wrong_usage(void **state)
{
	struct svc_facts *facts = *state;

	refuses(facts, "componnet", "motor", SVC_USAGE, "no such fact in policy p", "component");
	refuses(facts, "zzzzzzzz", "1", SVC_USAGE, "no such fact", "");
	refuses(facts, "grace", "3 days", SVC_USAGE, "is a setting", "--set grace=VALUE");
	refuses(facts, "ask", "warranty", SVC_USAGE, "no such fact", "");
	refuses(facts, "purchase.day", "3", SVC_USAGE, "no such fact", "");
	refuses(facts, "", "3", SVC_USAGE, "no such fact", "");
}

static void test_facts__wrong_values_are_bad_input(void **state)
{
	struct svc_facts *facts = *state;

	refuses(facts, "purchase", "2023-02-29", SVC_BAD_INPUT, "is not a date", "");
	refuses(facts, "purchase", "1899-12-31", SVC_BAD_INPUT, "is not a date", "");
	refuses(facts, "price", "12.345", SVC_BAD_INPUT, "at most 2 decimals", "");
	refuses(facts, "price", "-1", SVC_BAD_INPUT, "may not be negative", "");
	refuses(facts, "capacity_pct", "101", SVC_BAD_INPUT, "out of range", "between 0 and 100");
	refuses(facts, "hours", "-1", SVC_BAD_INPUT, "out of range", "at least 0");
	refuses(facts, "same_fault_repairs", "1.5", SVC_BAD_INPUT, "is not a whole number", "");
	refuses(facts, "confirmed", "yes", SVC_BAD_INPUT, "is not true or false", "");
	refuses(facts, "reported", "yesterday", SVC_BAD_INPUT, "is not a time", "");
	refuses(facts, "items", "visit*0", SVC_BAD_INPUT, "not a quantity", "");
	refuses(facts, "items", "visit*two", SVC_BAD_INPUT, "not a quantity", "");
	refuses(facts, "items", "*2", SVC_BAD_INPUT, "no name", "");
	refuses(facts, "card_price", "{\"visit\":\"dear\"}", SVC_BAD_INPUT, "not an amount", "");
	refuses(facts, "card_price.visit", "dear", SVC_BAD_INPUT, "not an amount", "");
	refuses(facts, "card_price", "dear", SVC_BAD_INPUT, "", "");
	refuses(facts, "card_price", "[1]", SVC_BAD_INPUT, "not a map of prices", "");
	refuses(facts, "card_price", "{\"visit\":[1]}", SVC_BAD_INPUT, "not an amount", "");
	refuses(facts, "card_price", "{\"visit\":\"-1\"}", SVC_BAD_INPUT, "not an amount", "");
	refuses(facts, "items", "visit*1000001", SVC_BAD_INPUT, "not a quantity", "");
	refuses(facts, "items", "visit*2x", SVC_BAD_INPUT, "not a quantity", "");
	refuses(facts, "items", "visit,,adjustment", SVC_BAD_INPUT, "no name", "");
	refuses(facts, "weight", "6", SVC_BAD_INPUT, "out of range", "at most 5");
	refuses(facts, "weight", "much", SVC_BAD_INPUT, "is not a number", "");
	refuses(facts, "price", "1000000000000000.01", SVC_BAD_INPUT, "price", "");
	refuses(facts, "component", "\xc3(", SVC_BAD_INPUT, "is not UTF-8", "");
	json_is(facts, false, "{}");
}

static void test_facts__json_of_another_form_is_bad_input(void **state)
{
	static const struct {
		const char *json, *text;
	} wrong[] = {
		{"{\"component\":{\"a\":1}}", "takes no map"},
		{"{\"price\":[1,2]}", "takes one value, not a list"},
		{"{\"card_price\":3}", "not a map of prices"},
		{"{\"documents\":[[1]]}", "not a word"},
		{"{\"items\":[[1]]}", "no name"},
		{"{\"items\":[\"visit*0\"]}", "not a quantity"},
		{"{\"card_price.visit\":[1]}", ""},
		{"{\"nothing\":[1]}", "no such fact"},
		{"{\"nothing\":1}", "no such fact"},
	};
	struct svc_facts *facts = *state;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct svc_error err = {0};
		int status = svc_facts_read(facts, wrong[i].json, strlen(wrong[i].json), false, "f.json", 3, &err);

		if (!status || !strstr(err.text, wrong[i].text) || err.line != 3)
			fail_msg("%s gives %d: %s", wrong[i].json, status, err.text);
	}
	assert_int_equal(svc_facts_set_json(facts, "price", "{", NULL), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_set_json(facts, "nothing", "1", NULL), SVC_USAGE);
	assert_int_equal(svc_facts_set_json(facts, "card_price.visit", "2.5", NULL), SVC_OK);
	assert_int_equal(svc_facts_set_json(facts, "items", "null", NULL), SVC_OK);
	json_is(facts, false, "{\"card_price\":{\"visit\":\"2.5\"}}");
}

static void test_facts__trees_are_taken_as_they_come(void **state)
{
	struct svc_facts *facts = *state;

	set(facts, "done", "first");
	json_is(facts, false, "{\"done\":\"first\"}");
	set(facts, "done", "first, second");
	json_is(facts, false, "{\"done\":[\"first\",\"second\"]}");
	set(facts, "done", "[]");
	json_is(facts, false, "{\"done\":[]}");
	set(facts, "done", "[{\"name\":\"first\"}]");
	json_is(facts, false, "{\"done\":[{\"name\":\"first\"}]}");
	set(facts, "done", "");
	set(facts, "last.check_30", "2024-02-09");
	set(facts, "last.三十天检查", "2024-02-10");
	set(facts, "last.other", "2024-02-11");
	json_is(facts, false, "{\"last\":{\"check_30\":\"2024-02-10\",\"other\":\"2024-02-11\"}}");
	set(facts, "last.other", "");
	json_is(facts, false, "{\"last\":{\"check_30\":\"2024-02-10\"}}");
	set(facts, "last", "{\"check of day 30\":\"2024-02-12\"}");
	json_is(facts, false, "{\"last\":{\"check_30\":\"2024-02-12\"}}");
	set(facts, "last", "");
	set(facts, "sent", "2026-03-10");
	refuses(facts, "sent.one", "x", SVC_BAD_INPUT, "no map, so it has no key", "");
	refuses(facts, "done", "[1,", SVC_BAD_INPUT, "", "");
}

static void test_facts__a_pack_may_use_the_name_of_a_tree_for_a_count(void **state)
{
	struct svc_facts *facts = *state;

	set(facts, "jobs", "20");
	set(facts, "tight", "true");
	json_is(facts, false, "{\"jobs\":20,\"tight\":true}");
	refuses(facts, "jobs", "[]", SVC_BAD_INPUT, "is not a number", "");
	set(facts, "jobs", "");
	set(facts, "tight", "");
	assert_true(value_at(facts, "tight")->known);
	json_is(facts, false, "{}");
}

static void put_yaml(struct svc_facts *facts, const char *yaml, int code)
{
	struct svc_error err = {0};

	if (svc_facts_read(facts, yaml, strlen(yaml), true, "facts.yaml", 1, &err) != code)
		fail_msg("%s: %d %s", yaml, err.code, err.text);
}

static void test_facts__an_appointment_may_be_a_window(void **state)
{
	struct svc_facts *facts = *state;

	put_yaml(facts, "appointed: {from: '2026-03-05T14:00', to: '2026-03-05T16:00'}", SVC_OK);
	assert_int_equal(value_at(facts, "appointed")->number, 1772690400);
	json_is(facts, false, "{\"appointed\":{\"from\":\"2026-03-05T14:00\",\"to\":\"2026-03-05T16:00\"}}");
	put_yaml(facts, "appointed: {from: '2026-03-05T14:00', to: '2026-03-05T13:00'}", SVC_BAD_INPUT);
	put_yaml(facts, "appointed: {from: '2026-03-05T14:00'}", SVC_BAD_INPUT);
	put_yaml(facts, "appointed: {from: '2026-03-05T14:00', to: soon}", SVC_BAD_INPUT);
	put_yaml(facts, "appointed: {from: early, to: '2026-03-05T13:00'}", SVC_BAD_INPUT);
	put_yaml(facts, "arrived: {from: '2026-03-05T14:00', to: '2026-03-05T16:00'}", SVC_BAD_INPUT);
	set(facts, "appointed", "2026-03-05T15:00");
	json_is(facts, false, "{\"appointed\":\"2026-03-05T15:00:00+08:00\"}");
}

static void test_facts__a_date_takes_the_local_day_of_a_time(void **state)
{
	struct svc_facts *facts = *state;

	set(facts, "purchase", "2024-12-31T20:00:00Z");
	json_is(facts, false, "{\"purchase\":\"2025-01-01\"}");
}

static void test_facts__a_place_holds_for_every_question(void **state)
{
	struct svc_facts *facts = *state;
	struct svc_error err;
	uint16_t component = svc_facts_place(facts->policy, "component", &err);
	uint16_t visit = svc_facts_place(facts->policy, "card_price.home visit", &err);

	assert_int_not_equal(component, 0);
	assert_int_not_equal(visit, 0);
	for (int round = 0; round < 3; round++) {
		assert_int_equal(svc_facts_put(facts, component, "motor", &err), SVC_OK);
		assert_int_equal(svc_facts_set(facts, "card_price.adjustment", "1.00", &err), SVC_OK);
		assert_int_equal(svc_facts_put(facts, visit, "9.90", &err), SVC_OK);
		assert_int_equal(svc_facts_set(facts, "card_price.adjustment", "", &err), SVC_OK);
		assert_int_equal(svc_facts_put(facts, visit, round == 1 ? "" : "9.95", &err), SVC_OK);
		json_is(facts, false,
			round == 1 ? "{\"component\":\"motor\",\"card_price\":{}}"
				   : "{\"component\":\"motor\",\"card_price\":{\"visit\":\"9.95\"}}");
		svc_facts_clear(facts);
		json_is(facts, false, "{}");
	}
	assert_int_equal(svc_facts_place(facts->policy, "nothing", &err), 0);
	assert_int_equal(err.code, SVC_USAGE);
	assert_int_equal(svc_facts_place(facts->policy, "card_price.unheard", &err), 0);
}

static void test_facts__json_and_yaml_are_read_whole(void **state)
{
	static const char json[] =
		"{\"component\":\"motor\",\"documents\":[\"invoice\",\"photo\"],\"price\":12.5,\"confirmed\":true,"
		"\"items\":[\"visit*2\"],\"card_price\":{\"上门费\":\"15.00\"},\"fault\":null}";
	static const char yaml[] = "{component: motor, documents: [], claim: 2025-03-15, card_price: {visit: 15.00}}";
	struct svc_facts *facts = *state;
	struct svc_error err;

	assert_int_equal(svc_facts_read(facts, json, strlen(json), false, "f.json", 1, &err), SVC_OK);
	json_is(facts, false,
		"{\"component\":\"motor\",\"price\":\"12.50\",\"documents\":[\"invoice\",\"photo\"],\"confirmed\":true,\"items\":[\"visit*2\"],"
		"\"card_price\":{\"visit\":\"15.00\"}}");
	svc_facts_clear(facts);
	assert_int_equal(svc_facts_read(facts, yaml, strlen(yaml), true, "f.yaml", 1, &err), SVC_OK);
	json_is(facts, false,
		"{\"claim\":\"2025-03-15\",\"component\":\"motor\",\"documents\":[],\"card_price\":{\"visit\":\"15.00\"}}");
	svc_facts_clear(facts);
	assert_int_equal(svc_facts_set_json(facts, "documents", "[\"invoice\"]", &err), SVC_OK);
	assert_int_equal(svc_facts_set_json(facts, "component", "\"motor\"", &err), SVC_OK);
	assert_int_equal(svc_facts_set_json(facts, "card_price.visit", "3.5", &err), SVC_OK);
	assert_int_equal(svc_facts_set_json(facts, "component", "[\"motor\"]", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_set_json(facts, "component", "{\"a\":1}", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_set_json(facts, "component", "[", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_set_json(facts, "nothing", "1", &err), SVC_USAGE);
	assert_int_equal(svc_facts_set_json(facts, "card_price", "[1]", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_set_json(facts, "card_price", "5", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_set_json(facts, "documents", "[[]]", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_set_json(facts, "items", "[\"visit*x\"]", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_read(facts, "{\"card_price.visit\":[1]}", 24, false, "f", 1, &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_read(facts, "{\"nothing\":[1]}", 15, false, "f", 1, &err), SVC_USAGE);
	assert_int_equal(svc_facts_read(facts, "{", 1, false, "f", 1, &err), SVC_BAD_INPUT);
	json_is(facts, false,
		"{\"component\":\"motor\",\"documents\":[\"invoice\"],\"card_price\":{\"visit\":\"3.5\"}}");
}

static void test_facts__what_cannot_be_read_is_named_with_its_place(void **state)
{
	struct svc_facts *facts = *state;
	struct svc_error err;

	assert_int_equal(svc_facts_read(facts, "component: motor\nprice: dear\n", 28, true, "f.yaml", 1, &err),
			 SVC_BAD_INPUT);
	assert_string_equal(err.file, "f.yaml");
	assert_int_equal(err.line, 2);
	assert_int_equal(err.column, 8);
	assert_string_equal(err.field, "price");
	assert_int_equal(svc_facts_read(facts, "[1]", 3, false, "f.json", 7, &err), SVC_BAD_INPUT);
	assert_int_equal(err.line, 7);
}

static void test_facts__settings_outlive_the_question(void **state)
{
	struct svc_facts *facts = *state;
	struct svc_error err;

	assert_int_equal(svc_facts_setting(facts, "grace", "3 days", &err), SVC_OK);
	assert_int_equal(svc_facts_setting(facts, "费率", "0.006", &err), SVC_OK);
	assert_int_equal(svc_facts_setting(facts, "unit", "按项", &err), SVC_OK);
	assert_int_equal(svc_facts_setting(facts, "tariff", "{\"visit\":\"8.00\"}", &err), SVC_OK);
	set(facts, "component", "motor");
	svc_facts_clear(facts);
	json_is(facts, false, "{}");
	json_is(facts, true,
		"{\"grace\":\"3 days\",\"rate\":0.006,\"unit\":\"operation\",\"tariff\":{\"visit\":\"8.00\"}}");
	assert_int_equal(svc_facts_setting(facts, "grace", "", &err), SVC_OK);
	assert_int_equal(value_at(facts, "grace")->duration.count, 7);
}

static void test_facts__wrong_settings_are_refused(void **state)
{
	struct svc_facts *facts = *state;
	struct svc_error err;

	assert_int_equal(svc_facts_setting(facts, "graze", "3 days", &err), SVC_USAGE);
	assert_non_null(strstr(err.hint, "grace"));
	assert_int_equal(svc_facts_setting(facts, "component", "motor", &err), SVC_USAGE);
	assert_non_null(strstr(err.text, "not a setting"));
	assert_int_equal(svc_facts_setting(facts, "rate", "1.5", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_setting(facts, "grace", "soon", &err), SVC_BAD_INPUT);
	assert_int_equal(svc_facts_setting(facts, "unit", "visits", &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.hint, "visit"));
	assert_int_equal(value_at(facts, "unit")->number, 0);
	json_is(facts, true, "{}");
}

static void test_facts__the_present_fills_what_is_not_given(void **state)
{
	struct svc_facts *facts = *state;
	char date[16];

	svc_facts_now(facts, 1741449600 /* 2025-03-08T16:00:00Z, the 9th in Shanghai */);
	svc_date_format((svc_date)value_at(facts, "claim")->number, date);
	assert_string_equal(date, "2025-03-09");
	assert_true(facts->used_today && !value_at(facts, "claim")->given);
	svc_facts_clear(facts);
	set(facts, "claim", "2025-01-01");
	svc_facts_now(facts, 1741449600);
	svc_date_format((svc_date)value_at(facts, "claim")->number, date);
	assert_string_equal(date, "2025-01-01");
	assert_false(facts->used_today);
}

static void test_facts__the_sale_is_the_first_known_event(void **state)
{
	struct svc_facts *facts = *state;
	static const char *const events[] = {"shipment", "handover", "acceptance", "delivery",
					     "payment",  "invoice",  "purchase"};

	assert_int_equal(svc_facts_sale(facts), SVC_DATE_NONE);
	for (int i = 0; i < 7; i++) {
		char date[16];

		svc_date_format(svc_date_of(2024, 1, 1 + i), date);
		set(facts, events[i], date);
		assert_int_equal(svc_facts_sale(facts), svc_date_of(2024, 1, 1 + i));
	}
}

static void test_facts__the_standard_table_has_no_holes(void **state)
{
	const struct svc_facts *facts = *state;

	for (int i = 1; i < F_STANDARD_COUNT; i++) {
		assert_non_null(standard_facts[i].name);
		assert_non_null(standard_facts[i].en);
		assert_non_null(standard_facts[i].zh);
		assert_int_equal(fact_find(facts->policy->head, standard_facts[i].name, NULL), i);
		assert_int_equal(fact_find(facts->policy->head, standard_facts[i].zh, NULL), i);
	}
}

static void test_facts__standard_words_keep_their_numbers(void **state)
{
	static const struct {
		uint16_t fact;
		const char *word;
		int number;
	} rows[] = {{F_FAULT, "quality", WORD_FAULT_QUALITY},
		    {F_FAULT, "none", WORD_FAULT_NONE},
		    {F_CAUSE, "defect", WORD_CAUSE_DEFECT},
		    {F_CAUSE, "none", WORD_CAUSE_NONE}};
	const struct svc_facts *facts = *state;
	const struct pack_head *head = facts->policy->head;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(
			word_find(head, PACK_ITEM(head, head->facts, struct pack_fact, rows[i].fact), rows[i].word),
			rows[i].number);
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		assert_int_equal(word_find(head, PACK_ITEM(head, head->facts, struct pack_fact, F_ASK),
					   svc_ask_name((enum svc_ask)ask)),
				 ask);
}

/* Every way of giving a fact is taken back, and the settings stay. */
static void test_facts__cleared_facts_are_as_new(void **state)
{
	static const char all[] =
		"{\"purchase\": \"2026-01-05\", \"component\": \"motor\", \"documents\": [\"invoice\", \"x\"],"
		" \"items\": [\"visit\"], \"card_price\": {\"visit\": \"12\"}, \"sent\": [\"2026-01-01\"],"
		" \"to_factory\": true, \"note\": \"text\", \"weight\": 3,"
		" \"appointed\": {\"from\": \"2026-01-05T10:00\", \"to\": \"2026-01-05T11:00\"}}";
	struct svc_facts *facts = *state;
	size_t size = facts->first_setting * sizeof *facts->values;
	struct svc_error err;

	if (svc_facts_read(facts, all, strlen(all), false, "", 1, &err))
		fail_msg("%s", err.text);
	set(facts, "condition", "complete,odd");
	svc_facts_now(facts, 1770000000);
	assert_int_equal(svc_facts_setting(facts, "grace", "9 days", &err), SVC_OK);
	assert_memory_not_equal(facts->values, facts->values + facts->count, size);
	svc_facts_clear(facts);
	assert_memory_equal(facts->values, facts->values + facts->count, size);
	json_is(facts, true, "{\"grace\":\"9 days\"}");
}

#define FACTS_TEST(name) cmocka_unit_test_setup_teardown(name, open_facts, close_facts)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACTS_TEST(test_facts__every_type_is_read_and_written_back),
		FACTS_TEST(test_facts__titles_stand_for_ids_in_both_languages),
		FACTS_TEST(test_facts__a_word_that_is_not_listed_is_kept),
		FACTS_TEST(test_facts__an_empty_value_is_nothing_known),
		FACTS_TEST(test_facts__defaults_are_known_and_not_given),
		FACTS_TEST(test_facts__wrong_names_are_wrong_usage),
		FACTS_TEST(test_facts__wrong_values_are_bad_input),
		FACTS_TEST(test_facts__json_of_another_form_is_bad_input),
		FACTS_TEST(test_facts__a_date_takes_the_local_day_of_a_time),
		FACTS_TEST(test_facts__a_place_holds_for_every_question),
		FACTS_TEST(test_facts__json_and_yaml_are_read_whole),
		FACTS_TEST(test_facts__what_cannot_be_read_is_named_with_its_place),
		FACTS_TEST(test_facts__settings_outlive_the_question),
		FACTS_TEST(test_facts__wrong_settings_are_refused),
		FACTS_TEST(test_facts__the_present_fills_what_is_not_given),
		FACTS_TEST(test_facts__the_sale_is_the_first_known_event),
		FACTS_TEST(test_facts__trees_are_taken_as_they_come),
		FACTS_TEST(test_facts__a_pack_may_use_the_name_of_a_tree_for_a_count),
		FACTS_TEST(test_facts__an_appointment_may_be_a_window),
		FACTS_TEST(test_facts__the_standard_table_has_no_holes),
		FACTS_TEST(test_facts__standard_words_keep_their_numbers),
		FACTS_TEST(test_facts__cleared_facts_are_as_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
