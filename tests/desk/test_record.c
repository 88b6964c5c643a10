/* Records: values that are taken and refused, finding, listing, and the proof that the log gives the same. */
#include "scratch.h"

#include "desk/desk.h"
#include "store/kept.h"

static int add(struct scratch *scratch, enum svc_kind kind, const char *field, const char *value)
{
	static const char *const needed[SVC_KIND_COUNT] = {
		[SVC_CUSTOMER] = "name", [SVC_UNIT] = "serial", [SVC_ACTOR] = "name"};
	struct svc_assignment values[2] = {{field, value}, {needed[kind], "needed"}};
	int64_t id;
	size_t count = needed[kind] && strcmp(needed[kind], field) != 0 ? 2 : 1;
	scratch->err = (struct svc_error){0};
	scratch_begin(scratch);
	int status = svc_add(scratch->desk, kind, values, count, &id, &scratch->err);
	svc_desk_rollback(scratch->desk);
	return status;
}

static void test_record__refuses_bad_values_with_their_field(void **state)
{
	static const struct {
		enum svc_kind kind;
		const char *field, *value;
		enum svc_code code;
	} bad[] = {
		{SVC_UNIT, "purchase", "2024-02-30", SVC_BAD_INPUT},
		{SVC_UNIT, "purchase", "1899-12-31", SVC_BAD_INPUT},
		{SVC_UNIT, "purchase", "01.02.2024", SVC_BAD_INPUT},
		{SVC_UNIT, "price", "-1.00", SVC_BAD_INPUT},
		{SVC_UNIT, "price", "1.001", SVC_BAD_INPUT},
		{SVC_UNIT, "price", "1e3", SVC_BAD_INPUT},
		{SVC_UNIT, "price", "1000000000000000.01", SVC_BAD_INPUT},
		{SVC_UNIT, "serial", "", SVC_BAD_INPUT},
		{SVC_UNIT, "serial", "  ", SVC_BAD_INPUT},
		{SVC_UNIT, "serial", "SN\n1", SVC_BAD_INPUT},
		{SVC_UNIT, "serial", "SN\033[31m", SVC_BAD_INPUT},
		{SVC_UNIT, "model", "\xc2\x9b", SVC_BAD_INPUT},
		{SVC_UNIT, "model", "\xff\xfe", SVC_BAD_INPUT},
		{SVC_UNIT, "note", "bell \a", SVC_BAD_INPUT},
		{SVC_UNIT, "customer", "C9", SVC_NOT_FOUND},
		{SVC_UNIT, "policy", "pots", SVC_NOT_FOUND},
		{SVC_UNIT, "legacy", "a:b", SVC_USAGE},
		{SVC_UNIT, "extra", "[1]", SVC_BAD_INPUT},
		{SVC_UNIT, "colour", "red", SVC_USAGE},
		{SVC_CUSTOMER, "distance_km", "far", SVC_BAD_INPUT},
		{SVC_CUSTOMER, "distance_km", "-1", SVC_BAD_INPUT},
		{SVC_TICKET, "kind", "repar", SVC_BAD_INPUT},
		{SVC_TICKET, "opened", "yesterday", SVC_BAD_INPUT},
		{SVC_TICKET, "opened", "2025-06-17", SVC_BAD_INPUT},
		{SVC_TICKET, "state", "closed", SVC_USAGE},
	};
	struct scratch *scratch = *state;
	scratch_desk(scratch, NULL);
	for (size_t i = 0; i < COUNT(bad); i++) {
		EXPECT(scratch, add(scratch, bad[i].kind, bad[i].field, bad[i].value), bad[i].code);
		assert_string_equal(scratch->err.field, bad[i].field);
		assert_null(strchr(scratch->err.text, '\n'));
		assert_null(strchr(scratch->err.text, '\033'));
	}
	EXPECT(scratch, add(scratch, SVC_TICKET, "kind", "repar"), SVC_BAD_INPUT);
	assert_non_null(strstr(scratch->err.hint, "repair"));
	EXPECT(scratch, add(scratch, SVC_UNIT, "serail", "x"), SVC_USAGE);
	assert_non_null(strstr(scratch->err.hint, "serial"));
}

static void test_record__limits_the_length_of_texts(void **state)
{
	struct scratch *scratch = *state;
	char *text = malloc((1 << 20) + 2);
	scratch_desk(scratch, NULL);
	memset(text, 'x', (1 << 20) + 1);
	text[(1 << 20) + 1] = '\0';
	EXPECT(scratch, add(scratch, SVC_UNIT, "note", text), SVC_BAD_INPUT);
	text[1 << 20] = '\0';
	OK(scratch, add(scratch, SVC_UNIT, "note", text));
	text[1001] = '\0';
	EXPECT(scratch, add(scratch, SVC_UNIT, "model", text), SVC_BAD_INPUT);
	text[1000] = '\0';
	OK(scratch, add(scratch, SVC_UNIT, "model", text));
	free(text);
}

static void test_record__brings_values_into_one_form(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, "kettles");
	ADD(scratch, SVC_UNIT, {"serial", "  SN 1 "}, {"price", "1999"}, {"note", "first\r\nsecond\tx"});
	EXPECT_VALUE(scratch, SVC_UNIT, 1, "serial", "SN 1");
	EXPECT_VALUE(scratch, SVC_UNIT, 1, "price", "1999.00");
	EXPECT_VALUE(scratch, SVC_UNIT, 1, "note", "first\nsecond\tx");
	ADD(scratch, SVC_TICKET, {"opened", "2025-06-01 09:30"});
	EXPECT_VALUE(scratch, SVC_TICKET, 1, "opened", "2025-06-01T01:30:00Z"); /* Shanghai */
	ADD(scratch, SVC_TICKET, {"opened", "2025-06-01"});
	EXPECT_VALUE(scratch, SVC_TICKET, 2, "opened", "2025-06-01");
}

static void test_record__edits_take_values_away_too(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment values[] = {{"model", ""}, {"brand", "B"}};
	scratch_desk(scratch, NULL);
	int64_t id = ADD(scratch, SVC_UNIT, {"serial", "SN1"}, {"model", "M"});
	scratch_begin(scratch);
	OK(scratch, svc_edit(scratch->desk, SVC_UNIT, id, values, 2, &scratch->err));
	OK(scratch, svc_edit(scratch->desk, SVC_UNIT, id, values, 2, &scratch->err)); /* the same again is no event */
	scratch_commit(scratch);
	EXPECT_VALUE(scratch, SVC_UNIT, id, "model", "");
	EXPECT_VALUE(scratch, SVC_UNIT, id, "brand", "B");
	assert_int_equal(scratch_events(scratch, "U1"), 2);
	values[0] = (struct svc_assignment){"serial", ""};
	scratch_begin(scratch);
	EXPECT(scratch, svc_edit(scratch->desk, SVC_UNIT, id, values, 1, &scratch->err), SVC_BAD_INPUT);
	EXPECT(scratch, svc_edit(scratch->desk, SVC_UNIT, 99, values + 1, 1, &scratch->err), SVC_NOT_FOUND);
	svc_desk_rollback(scratch->desk);
}

static void test_record__one_identity_once(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment same[] = {{"serial", "SN1"}, {"brand", "B"}}, other = {"model", "N"};
	int64_t id;
	scratch_desk(scratch, NULL);
	ADD(scratch, SVC_UNIT, {"serial", "SN1"}, {"brand", "B"}, {"model", "M"});
	int64_t second = ADD(scratch, SVC_UNIT, {"serial", "SN1"}, {"brand", "B"});
	ADD(scratch, SVC_ACTOR, {"name", "front"});
	scratch_begin(scratch);
	EXPECT(scratch, svc_add(scratch->desk, SVC_UNIT, same, 2, &id, &scratch->err), SVC_REFUSED);
	assert_non_null(strstr(scratch->err.text, "U2"));
	OK(scratch, svc_edit(scratch->desk, SVC_UNIT, second, &other, 1, &scratch->err));
	other.value = "M";
	EXPECT(scratch, svc_edit(scratch->desk, SVC_UNIT, second, &other, 1, &scratch->err), SVC_REFUSED);
	EXPECT(scratch,
	       svc_add(scratch->desk, SVC_ACTOR, &(struct svc_assignment){"name", "front"}, 1, &id, &scratch->err),
	       SVC_REFUSED);
	scratch_commit(scratch);
	scratch_prove(scratch);
}

/* "N/A" is the serial of thousands in many an old system. */
static void test_record__one_identity_once_among_many(void **state)
{
	enum { UNITS = 80 };
	struct scratch *scratch = *state;
	char model[16];
	struct svc_assignment values[] = {{"serial", "N/A"}, {"model", model}};
	int64_t id;
	scratch_desk(scratch, NULL);
	scratch_begin(scratch);
	for (int i = 1; i <= UNITS; i++) {
		snprintf(model, sizeof model, "M%d", i);
		OK(scratch, svc_add(scratch->desk, SVC_UNIT, values, 2, &id, &scratch->err));
	}
	EXPECT(scratch, svc_add(scratch->desk, SVC_UNIT, values, 2, &id, &scratch->err), SVC_REFUSED);
	assert_string_equal(scratch->err.field, "serial");
	assert_non_null(strstr(scratch->err.text, "U80"));
	scratch_commit(scratch);
	scratch_prove(scratch);
}

/* Who acts, and under which key, stands in the log for ever. */
static void test_record__names_in_the_log_are_clean(void **state)
{
	static const char *const bad[] = {"\xff", "\x1b[31m", "a\nb", "\xc2\x9b"};
	struct scratch *scratch = *state;
	scratch_desk(scratch, NULL);
	for (size_t i = 0; i < COUNT(bad); i++) {
		scratch->options.actor = "front";
		scratch_open(scratch);
		EXPECT(scratch, svc_desk_begin(scratch->desk, bad[i], "", NULL, NULL, NULL, &scratch->err), SVC_USAGE);
		assert_string_equal(scratch->err.field, "key");
		EXPECT(scratch,
		       svc_list(scratch->desk, SVC_TICKET, &(struct svc_query){.text = bad[i]}, NULL, NULL,
				&scratch->err),
		       SVC_USAGE);
		scratch->options.actor = bad[i];
		scratch_open(scratch);
		EXPECT(scratch, svc_desk_begin(scratch->desk, NULL, NULL, NULL, NULL, NULL, &scratch->err), SVC_USAGE);
		assert_string_equal(scratch->err.field, "actor");
		scratch->options.file = "none.db";
		EXPECT(scratch, svc_desk_init(&scratch->options, "service", NULL, &scratch->err), SVC_USAGE);
		EXPECT(scratch, svc_desk_init(&scratch->options, bad[i], NULL, &scratch->err), SVC_USAGE);
		scratch->options.file = scratch->file;
	}
}

/* ---- finding ---- */

static void expect_found(struct scratch *scratch, enum svc_kind kind, const char *text, int64_t expected)
{
	int64_t id;
	OK(scratch, svc_find(scratch->desk, kind, text, &id, &scratch->err));
	assert_int_equal(id, expected);
}

static void test_record__is_found_by_what_people_call_it(void **state)
{
	struct scratch *scratch = *state;
	int64_t id;
	scratch_desk(scratch, NULL);
	ADD(scratch, SVC_UNIT, {"serial", "SN100"}, {"model", "M"});
	ADD(scratch, SVC_UNIT, {"serial", "1"});
	ADD(scratch, SVC_UNIT, {"serial", "SN200"}, {"model", "Kettle 2"});
	ADD(scratch, SVC_UNIT, {"serial", "SN200"}, {"model", "Kettle 3"});
	ADD(scratch, SVC_CUSTOMER, {"name", "甲公司"});
	expect_found(scratch, SVC_UNIT, "SN100", 1);
	expect_found(scratch, SVC_UNIT, "u1", 1);
	expect_found(scratch, SVC_UNIT, "1", 2); /* a serial before a number */
	expect_found(scratch, SVC_UNIT, "3", 3);
	expect_found(scratch, SVC_CUSTOMER, "甲公司", 1);
	EXPECT(scratch, svc_find(scratch->desk, SVC_UNIT, "SN200", &id, &scratch->err), SVC_REFUSED);
	assert_non_null(strstr(scratch->err.hint, "U3 (Kettle 2), U4 (Kettle 3)"));
	EXPECT(scratch, svc_find(scratch->desk, SVC_UNIT, "SN10", &id, &scratch->err), SVC_NOT_FOUND);
	assert_non_null(strstr(scratch->err.hint, "SN100"));
	EXPECT(scratch, svc_find(scratch->desk, SVC_UNIT, "SN10x", &id, &scratch->err), SVC_NOT_FOUND);
	assert_non_null(strstr(scratch->err.hint, "SN100"));
	EXPECT(scratch, svc_find(scratch->desk, SVC_CUSTOMER, "甲公所", &id, &scratch->err), SVC_NOT_FOUND);
	assert_non_null(strstr(scratch->err.hint, "甲公司"));
	EXPECT(scratch, svc_find(scratch->desk, SVC_CUSTOMER, "申公司", &id, &scratch->err), SVC_NOT_FOUND);
	assert_null(strstr(scratch->err.hint, "甲公司")); /* they share bytes, not characters */
	EXPECT(scratch, svc_find(scratch->desk, SVC_UNIT, "", &id, &scratch->err), SVC_NOT_FOUND);
	EXPECT(scratch, svc_find(scratch->desk, SVC_UNIT, "old:", &id, &scratch->err), SVC_NOT_FOUND);
}

static int take_label(void *context, const struct svc_record *record)
{
	char *labels = context;
	size_t length = strlen(labels);
	snprintf(labels + length, 100 - length, "%s ", record->values[0]);
	return 0;
}

static void expect_listed(struct scratch *scratch, const struct svc_query *query, const char *expected)
{
	char labels[100] = "";
	OK(scratch, svc_list(scratch->desk, SVC_TICKET, query, take_label, labels, &scratch->err));
	assert_string_equal(labels, expected);
}

static void test_record__lists_speak_of_days_in_the_desks_zone(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, "kettles");
	ADD(scratch, SVC_CUSTOMER, {"name", "customer A"});
	ADD(scratch, SVC_TICKET, {"opened", "2025-06-01"}, {"customer", "customer A"}, {"symptom", "leaks"});
	ADD(scratch, SVC_TICKET, {"opened", "2025-06-01T23:59:59+08:00"});
	ADD(scratch, SVC_TICKET, {"opened", "2025-06-02T00:00:00+08:00"});
	struct svc_match match = {"opened", "2025-06-01", "2025-06-01"};
	struct svc_query query = {.matches = &match, .match_count = 1};
	expect_listed(scratch, &query, "T1 T2 ");
	match.from = "2025-06-02";
	match.to = NULL;
	expect_listed(scratch, &query, "T3 ");
	match = (struct svc_match){"customer", "customer A", "customer A"};
	expect_listed(scratch, &query, "T1 ");
	query = (struct svc_query){.text = "LEAKS", .sort = "-opened"};
	expect_listed(scratch, &query, "T1 ");
	query.text = NULL;
	expect_listed(scratch, &query, "T3 T2 T1 ");
	query.sort = "colour";
	EXPECT(scratch, svc_list(scratch->desk, SVC_TICKET, &query, take_label, NULL, &scratch->err), SVC_USAGE);
	match.field = "colour";
	query = (struct svc_query){.matches = &match, .match_count = 1};
	EXPECT(scratch, svc_list(scratch->desk, SVC_TICKET, &query, take_label, NULL, &scratch->err), SVC_USAGE);
}

/* ---- the proof ---- */

/* The last day there is stands for no end, west of Greenwich too. */
static void test_record__lists_up_to_the_last_day(void **state)
{
	struct scratch *scratch = *state;
	struct svc_match match = {"opened", NULL, "9999-12-31"};
	char path[128], text[2048];
	snprintf(text, sizeof text, scratch_pack, "2019-01-01", "1 year");
	char *zone = strstr(text, "Asia/Shanghai");
	memmove(zone + strlen("America/Chicago"), zone + strlen("Asia/Shanghai"),
		strlen(zone + strlen("Asia/Shanghai")) + 1);
	memcpy(zone, "America/Chicago", strlen("America/Chicago"));
	snprintf(path, sizeof path, "%s/west.yaml", scratch->folder);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	scratch_desk(scratch, path);
	ADD(scratch, SVC_TICKET, {"opened", "2025-06-01T12:00:00Z"});
	expect_listed(scratch, &(struct svc_query){.matches = &match, .match_count = 1}, "T1 ");
}

static void edit_at(struct scratch *scratch, svc_time now, const char *field, const char *value)
{
	struct svc_assignment assignment = {field, value};
	scratch->options.now = now;
	scratch_open(scratch);
	scratch_begin(scratch);
	OK(scratch, svc_edit(scratch->desk, SVC_UNIT, 1, &assignment, 1, &scratch->err));
	scratch_commit(scratch);
}

static void test_record__is_what_its_events_give_in_their_order(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, NULL);
	ADD(scratch, SVC_UNIT, {"serial", "SN1"}, {"model", "first"});
	edit_at(scratch, SCRATCH_NOW + 200, "model", "third");
	edit_at(scratch, SCRATCH_NOW + 100, "model", "second"); /* written later, happened earlier */
	EXPECT_VALUE(scratch, SVC_UNIT, 1, "model", "third");
	edit_at(scratch, SCRATCH_NOW + 50, "brand", "B"); /* what nobody changed afterwards holds */
	EXPECT_VALUE(scratch, SVC_UNIT, 1, "brand", "B");
	EXPECT_VALUE(scratch, SVC_UNIT, 1, "model", "third");
	assert_int_equal(scratch_events(scratch, "U1"), 4);
	scratch_prove(scratch);
	EXPECT_VALUE(scratch, SVC_UNIT, 1, "model", "third");
}

static void test_record__settings_come_back_with_a_rebuild(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, "kettles");
	scratch_begin(scratch);
	OK(scratch, svc_policy_set(scratch->desk, "kettles", "grace", "3 years", SVC_DATE_NONE, &scratch->err));
	EXPECT(scratch, svc_policy_set(scratch->desk, "kettles", "graze", "3 years", SVC_DATE_NONE, &scratch->err),
	       SVC_USAGE);
	EXPECT(scratch, svc_policy_set(scratch->desk, "kettles", "grace", "long", SVC_DATE_NONE, &scratch->err),
	       SVC_BAD_INPUT);
	OK(scratch, svc_policy_set(scratch->desk, "kettles", "宽限", "4 years", SVC_DATE_NONE, &scratch->err));
	OK(scratch, svc_policy_set(scratch->desk, "kettles", "grace", "3 years", SVC_DATE_NONE, &scratch->err));
	scratch_commit(scratch);
	scratch_prove(scratch);
	struct svc_assignment facts[] = {{"purchase", "2022-06-20"}, {"cause", "defect"}};
	struct svc_question question = {.ask = SVC_ASK_WARRANTY, .facts = facts, .fact_count = 2};
	struct svc_answer answer = {0};
	struct svc_policy *policy;
	OK(scratch, svc_entitlement(scratch->desk, &question, &answer, &policy, &scratch->err));
	assert_int_equal(answer.verdict, SVC_COVERED);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	int64_t differences;
	OK(scratch, store_begin(scratch->desk->store, &scratch->err));
	OK(scratch, kept_setting_drop_all(scratch->desk->store, &scratch->err));
	OK(scratch, store_commit(scratch->desk->store, &scratch->err));
	OK(scratch, svc_desk_compare(scratch->desk, &differences, &scratch->err));
	assert_int_equal(differences, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_record__refuses_bad_values_with_their_field),
		CASE(test_record__limits_the_length_of_texts),
		CASE(test_record__brings_values_into_one_form),
		CASE(test_record__edits_take_values_away_too),
		CASE(test_record__names_in_the_log_are_clean),
		CASE(test_record__one_identity_once),
		CASE(test_record__one_identity_once_among_many),
		CASE(test_record__is_found_by_what_people_call_it),
		CASE(test_record__lists_speak_of_days_in_the_desks_zone),
		CASE(test_record__lists_up_to_the_last_day),
		CASE(test_record__is_what_its_events_give_in_their_order),
		CASE(test_record__settings_come_back_with_a_rebuild),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
