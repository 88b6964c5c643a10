#include "legacy.h"

#include "svc/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TICKETS                                                                                                        \
	"into: tickets\nsource: old\ncolumns:\n  legacy_id: id\n  opened: {column: date, date: \"%Y-%m-%d\"}\n"        \
	"  product: product\n  symptom: problem\n  fee: fee\n"                                                         \
	"  outcome: {column: status, values: {Fixed: repaired, Scrap: unrepairable}}\n"                                \
	"  customer: {fixed: walk-in}\nkeep: [shop]\n"
#define HEADER "id,date,product,problem,fee,status,shop\n"

static struct svc_desk *desk;
static struct svc_import_result result;
static struct svc_error err;

static int open_desk(void **state)
{
	(void)state;
	const struct svc_desk_options options = {
		.file = "desk.db", .actor = "tester", .now = INT64_C(1767225600), .wait_seconds = 1};

	assert_int_equal(svc_desk_init(&options, "Desk", NULL, &err), SVC_OK);
	assert_int_equal(svc_desk_open(&desk, &options, &err), SVC_OK);
	legacy_text("map.yaml", TICKETS);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	static const char *const files[] = {"desk.db",        "desk.db-wal", "desk.db-shm",      "in.csv",
					    "in.rejects.csv", "in.jsonl",    "in.rejects.jsonl", "map.yaml",
					    "mended.csv",     "mended.jsonl"};

	svc_desk_close(desk);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		unlink(files[i]);
	return 0;
}

/* The balance holds after every import, whatever became of it. */
static int run(struct svc_import_options options)
{
	err = (struct svc_error){0};
	if (!options.file)
		options.file = "in.csv";
	int code = svc_import(desk, &options, &result, &err);
	assert_int_equal(result.read, result.added + result.updated + result.unchanged + result.rejected);
	return code;
}

static int import_tickets(const char *file)
{
	return run((struct svc_import_options){.kind = SVC_TICKET, .file = file, .map = "map.yaml"});
}

static void assert_balance(int added, int updated, int unchanged, int rejected)
{
	assert_int_equal(result.added, added);
	assert_int_equal(result.updated, updated);
	assert_int_equal(result.unchanged, unchanged);
	assert_int_equal(result.rejected, rejected);
}

static void assert_file(const char *name, const char *text)
{
	char *bytes = legacy_read(name, NULL);

	assert_non_null(bytes);
	assert_string_equal(bytes, text);
	free(bytes);
}

static int64_t count(enum svc_kind kind)
{
	const struct svc_query all = {0};
	int64_t records = -1;

	assert_int_equal(svc_count(desk, kind, &all, &records, &err), SVC_OK);
	return records;
}

/* Compares one field of the record that a text finds; NULL: there is no value. */
static void assert_field(enum svc_kind kind, const char *text, const char *field, const char *expected)
{
	struct svc_record record;
	int64_t id;

	assert_int_equal(svc_find(desk, kind, text, &id, &err), SVC_OK);
	assert_int_equal(svc_read(desk, kind, id, &record, &err), SVC_OK);
	const char *value = svc_record_value(&record, field);
	if (expected)
		assert_non_null(value);
	if (expected)
		assert_string_equal(value, expected);
	else
		assert_null(value);
	svc_record_release(&record);
}

static void test_import__takes_rows_once(void **state)
{
	(void)state;
	legacy_text("in.csv", HEADER "1,2024-03-05,Lamp,\"dark,\nvery dark\",20.00,Fixed,North\n"
				     "2,2024-03-06,Kettle,cold,,,\n");
	assert_int_equal(import_tickets("in.csv"), SVC_OK);
	assert_balance(2, 0, 0, 0);
	assert_string_equal(result.rejects_file, "");
	assert_null(legacy_read("in.rejects.csv", NULL));
	assert_field(SVC_TICKET, "old:1", "opened", "2024-03-05");
	assert_field(SVC_TICKET, "old:1", "symptom", "dark,\nvery dark");
	assert_field(SVC_TICKET, "old:1", "fee", "20.00");
	assert_field(SVC_TICKET, "old:1", "outcome", "repaired");
	assert_field(SVC_TICKET, "old:1", "state", "open");
	assert_field(SVC_TICKET, "old:1", "extra", "{\"shop\":\"North\"}");
	assert_field(SVC_TICKET, "old:2", "extra", NULL);
	assert_field(SVC_TICKET, "old:2", "fee", NULL);
	assert_int_equal(import_tickets("in.csv"), SVC_OK);
	assert_balance(0, 0, 2, 0);
	assert_int_equal(count(SVC_TICKET), 2);
	assert_int_equal(count(SVC_CUSTOMER), 1);
}

static void test_import__updates_what_changed(void **state)
{
	(void)state;
	legacy_text("in.csv", HEADER "1,2024-03-05,Lamp,dark,,,North\n2,2024-03-06,Kettle,cold,5,,\n");
	assert_int_equal(import_tickets("in.csv"), SVC_OK);
	legacy_text("in.csv", HEADER "1,2024-02-01,Lamp,dark,,Fixed,South\n2,2024-03-06,Kettle,cold,,,\n");
	assert_int_equal(import_tickets("in.csv"), SVC_OK);
	assert_balance(0, 2, 0, 0);
	assert_field(SVC_TICKET, "old:1", "opened", "2024-02-01");
	assert_field(SVC_TICKET, "old:1", "outcome", "repaired");
	assert_field(SVC_TICKET, "old:1", "extra", "{\"shop\":\"South\"}");
	assert_field(SVC_TICKET, "old:2", "fee", NULL);
	assert_int_equal(import_tickets("in.csv"), SVC_OK);
	assert_balance(0, 0, 2, 0);
	int64_t differences = -1;
	assert_int_equal(svc_desk_compare(desk, &differences, &err), SVC_OK);
	assert_int_equal(differences, 0);
}

#define GOOD_1 "1,2024-03-05,Lamp,dark,20,Fixed,North\n"
#define GOOD_2 "2,2024-03-06,Lamp,dark,20,Fixed,North\n"
#define BROKEN                                                                                                         \
	HEADER GOOD_1 "10,05.03.2024,Lamp,dark,20,Fixed,North\n"                                                       \
		      "11,,Lamp,dark,20,Fixed,North\n"                                                                 \
		      "12,2024-03-05,Lamp,dark,twenty,Fixed,North\n"                                                   \
		      "13,2024-03-05,Lamp,dark,20,Lost,North\n"                                                        \
		      "1,2024-03-05,Lamp,dark,20,Fixed,North\n"                                                        \
		      "14,2024-03-05,Lamp,dark,20,Fixed,North,more\n"                                                  \
		      "15,2024-03-05,Lamp\n"                                                                           \
		      "16,2024-03-05,La\xffmp,dark,20,Fixed,North\n"                                                   \
		      "17,2024-03-05,\"Lamp,dark,20,Fixed,North\n"                                                     \
		      "18,2024-03-05,La\x1b[1mmp,dark,20,Fixed,North\n"                                                \
		      "\n" GOOD_2

static void test_import__names_line_field_and_reason(void **state)
{
	(void)state;
	legacy_text("in.csv", BROKEN);
	const struct svc_import_options options = {.kind = SVC_TICKET, .map = "map.yaml", .encoding = "UTF-8"};
	assert_int_equal(run(options), SVC_PARTIAL);
	assert_balance(2, 0, 0, 10);
	assert_string_equal(result.rejects_file, "in.rejects.csv");
	assert_file("in.rejects.csv",
		    "svc_line,svc_field,svc_reason," HEADER "3,opened,bad_date,10,05.03.2024,Lamp,dark,20,Fixed,North\n"
		    "4,opened,missing,11,,Lamp,dark,20,Fixed,North\n"
		    "5,fee,bad_money,12,2024-03-05,Lamp,dark,twenty,Fixed,North\n"
		    "6,outcome,unknown_value,13,2024-03-05,Lamp,dark,20,Lost,North\n"
		    "7,legacy_id,duplicate_in_file,1,2024-03-05,Lamp,dark,20,Fixed,North\n"
		    "8,,too_many_fields,14,2024-03-05,Lamp,dark,20,Fixed,North,more\n"
		    "9,,too_few_fields,15,2024-03-05,Lamp\n"
		    "10,product,bad_encoding,16,2024-03-05,La\xffmp,dark,20,Fixed,North\n"
		    "11,,bad_quotes,17,2024-03-05,\"Lamp,dark,20,Fixed,North\n"
		    "12,product,control_character,18,2024-03-05,La\x1b[1mmp,dark,20,Fixed,North\n");
	assert_int_equal(count(SVC_TICKET), 2);
}

static void test_import__takes_mended_rejects(void **state)
{
	(void)state;
	legacy_text("in.csv", HEADER GOOD_1 "10,05.03.2024,Lamp,dark,20,Fixed,North\n"
					    "11,never,\"Lamp\nshade\",dark,20,Fixed,North\n");
	assert_int_equal(import_tickets("in.csv"), SVC_PARTIAL);
	assert_balance(1, 0, 0, 2);
	legacy_text("mended.csv", "\"svc_line\",svc_field,svc_reason," HEADER
				  "3,opened,bad_date,10,2024-03-05,Lamp,dark,20,Fixed,North\n"
				  "4,\"opened\",bad_date,11,never,\"Lamp\nshade\",dark,20,Fixed,North");
	assert_int_equal(import_tickets("mended.csv"), SVC_PARTIAL);
	assert_balance(1, 0, 0, 1);
	assert_file("mended.rejects.csv", "svc_line,svc_field,svc_reason," HEADER
					  "3,opened,bad_date,11,never,\"Lamp\nshade\",dark,20,Fixed,North\n");
	unlink("mended.rejects.csv");
	assert_field(SVC_TICKET, "old:10", "extra", "{\"shop\":\"North\"}");
}

static void test_import__rehearses(void **state)
{
	(void)state;
	legacy_text("in.csv", BROKEN);
	struct svc_import_options options = {
		.kind = SVC_TICKET, .map = "map.yaml", .encoding = "UTF-8", .dry_run = true};
	assert_int_equal(run(options), SVC_PARTIAL);
	assert_balance(2, 0, 0, 10);
	char *rehearsed = legacy_read("in.rejects.csv", NULL);
	assert_int_equal(count(SVC_TICKET), 0);
	assert_int_equal(count(SVC_CUSTOMER), 0);
	options.dry_run = false;
	assert_int_equal(run(options), SVC_PARTIAL);
	assert_balance(2, 0, 0, 10);
	assert_file("in.rejects.csv", rehearsed);
	free(rehearsed);
}

static void test_import__changes_all_or_nothing(void **state)
{
	(void)state;
	legacy_text("in.csv", HEADER GOOD_1 "10,05.03.2024,Lamp,dark,20,Fixed,North\n");
	struct svc_import_options options = {.kind = SVC_TICKET, .map = "map.yaml", .all_or_nothing = true};
	assert_int_equal(run(options), SVC_BAD_INPUT);
	assert_non_null(strstr(err.hint, "in.rejects.csv"));
	assert_int_equal(count(SVC_TICKET), 0);
	legacy_text("in.csv", HEADER GOOD_1 GOOD_2);
	assert_int_equal(run(options), SVC_OK);
	assert_int_equal(count(SVC_TICKET), 2);
}

#define CHINESE                                                                                                        \
	"id,date,product,problem,fee,status,shop\r\n"                                                                  \
	"1,2024-03-05,电动车,\"充不进电,\r\n续航短\",20,Fixed,北店\r\n"                                    \
	"2,五月五日,电动车,打滑,20,Fixed,北店\r\n"
#define CHINESE_REJECTS                                                                                                \
	"svc_line,svc_field,svc_reason,id,date,product,problem,fee,status,shop\r\n"                                    \
	"4,opened,bad_date,2,五月五日,电动车,打滑,20,Fixed,北店\r\n"

static void test_import__keeps_the_encoding_in_rejects(void **state)
{
	(void)state;
	static const struct {
		const char *encoding, *mark;
	} cases[] = {{"GB18030", ""}, {"UTF-8", "\xef\xbb\xbf"}, {"UTF-16LE", "\xef\xbb\xbf"}, {"UTF-16BE", ""}};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[1024];
		size_t length, wanted;
		snprintf(text, sizeof text, "%s%s", cases[i].mark, CHINESE);
		legacy_encoded("in.csv", cases[i].encoding, text);
		snprintf(text, sizeof text, "%s%s", cases[i].mark, CHINESE_REJECTS);
		legacy_encoded("mended.csv", cases[i].encoding, text);
		const struct svc_import_options options = {
			.kind = SVC_TICKET, .map = "map.yaml", .encoding = i < 2 ? "auto" : cases[i].encoding};
		assert_int_equal(run(options), SVC_PARTIAL);
		assert_balance(i == 0, 0, i > 0, 1);
		char *got = legacy_read("in.rejects.csv", &length), *expected = legacy_read("mended.csv", &wanted);
		assert_int_equal(length, wanted);
		assert_memory_equal(got, expected, wanted);
		free(got);
		free(expected);
	}
	assert_field(SVC_TICKET, "old:1", "symptom", "充不进电,\n续航短");
}

static void test_import__sets_bad_bytes_aside(void **state)
{
	(void)state;
	legacy_text("in.csv", HEADER "1,2024-03-05,\xb5\xe7\xb3\xb5,x,,,\n2,2024-03-05,\xb5\xe7\x80\xff,x,,,\n");
	const struct svc_import_options options = {.kind = SVC_TICKET, .map = "map.yaml", .encoding = "gb18030"};
	assert_int_equal(run(options), SVC_PARTIAL);
	assert_balance(1, 0, 0, 1);
	assert_field(SVC_TICKET, "old:1", "product", "电车");
	assert_file("in.rejects.csv", "svc_line,svc_field,svc_reason," HEADER
				      "3,product,bad_encoding,2,2024-03-05,\xb5\xe7\x80\xff,x,,,\n");
}

static void test_import__counts_lines_of_every_kind(void **state)
{
	(void)state;
	legacy_text("in.csv", "id,date,product,problem,fee,status,shop\r"
			      "1,2024-03-05,Lamp,\"two\rlines\n\nand four\",,,\r\r"
			      "2,then,Lamp,dark,,,\r");
	assert_int_equal(import_tickets("in.csv"), SVC_PARTIAL);
	assert_file("in.rejects.csv", "svc_line,svc_field,svc_reason,id,date,product,problem,fee,status,shop\r"
				      "2,symptom,control_character,1,2024-03-05,Lamp,\"two\rlines\n\nand four\",,,\r"
				      "7,opened,bad_date,2,then,Lamp,dark,,,\r");
}

static void test_import__reads_files_without_a_header(void **state)
{
	(void)state;
	legacy_text("map.yaml", "into: units\nsource: dealer\nheader: none\nskip: 2\ndelimiter: ';'\ndecimal: ','\n"
				"columns:\n  serial: 1\n  purchase: {column: 2, date: \"%d.%m.%Y\"}\n  price: 3\n"
				"keep: [4]\n");
	legacy_text("in.csv", "Sales 2009;;;\n;;;\nA1;1.2.2009;1.234,50;red\nA2;31.2.2009;10;\n");
	struct svc_import_options options = {.kind = SVC_UNIT, .map = "map.yaml"};
	assert_int_equal(run(options), SVC_PARTIAL);
	assert_balance(1, 0, 0, 1);
	assert_field(SVC_UNIT, "A1", "price", "1234.50");
	assert_field(SVC_UNIT, "A1", "purchase", "2009-02-01");
	assert_field(SVC_UNIT, "A1", "extra", "{\"4\":\"red\"}");
	assert_file("in.rejects.csv", "svc_line;svc_field;svc_reason\n4;purchase;bad_date;A2;31.2.2009;10;\n");
	legacy_text("mended.csv", "svc_line;svc_field;svc_reason\n4;purchase;bad_date;A2;3.2.2009;10;\n");
	options.file = "mended.csv";
	assert_int_equal(run(options), SVC_OK);
	assert_balance(1, 0, 0, 0);
	assert_field(SVC_UNIT, "A2", "price", "10.00");
}

static void test_import__reads_json_lines(void **state)
{
	(void)state;
	legacy_text("in.jsonl", "{\"id\":1,\"date\":\"2024-03-05\",\"fee\":20.5,\"problem\":null,\"shop\":[1,2]}\n\n"
				"{\"id\":\"2\",\"date\":\"soon\"}\r\n"
				"{\"id\":3,\n"
				"[]\n"
				"{}");
	assert_int_equal(import_tickets("in.jsonl"), SVC_PARTIAL);
	assert_balance(1, 0, 0, 4);
	assert_field(SVC_TICKET, "old:1", "fee", "20.50");
	assert_file("in.rejects.jsonl", "{\"svc_line\":3,\"svc_field\":\"opened\",\"svc_reason\":\"bad_date\",\"id\":"
					"\"2\",\"date\":\"soon\"}\r\n"
					"{\"svc_line\":4,\"svc_field\":\"\",\"svc_reason\":\"bad_json\",\"id\":3,\n"
					"{\"svc_line\":5,\"svc_field\":\"\",\"svc_reason\":\"bad_json\"} []\n"
					"{\"svc_line\":6,\"svc_field\":\"opened\",\"svc_reason\":\"missing\"}\n");
	legacy_text("mended.jsonl", "{\"svc_line\":3,\"svc_field\":\"opened\",\"svc_reason\":\"bad_date\",\"id\":\"2\","
				    "\"date\":\"2024-03-06\"}\n"
				    "{\"svc_line\":4,\"svc_field\":\"\",\"svc_reason\":\"bad_json\",\"id\":3,\n"
				    "{\"svc_line\":5,\"svc_field\":\"\",\"svc_reason\":\"bad_json\"} []\n");
	assert_int_equal(import_tickets("mended.jsonl"), SVC_PARTIAL);
	assert_balance(1, 0, 0, 2);
	assert_file("mended.rejects.jsonl", "{\"svc_line\":2,\"svc_field\":\"\",\"svc_reason\":\"bad_json\",\"id\":3,\n"
					    "{\"svc_line\":3,\"svc_field\":\"\",\"svc_reason\":\"bad_json\"} []\n");
	unlink("mended.rejects.jsonl");
	legacy_encoded("in.jsonl", "GB18030", "{\"名\":\"甲公司\"}\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_CUSTOMER, .file = "in.jsonl"}), SVC_PARTIAL);
	legacy_encoded(
		"mended.jsonl", "GB18030",
		"{\"svc_line\":1,\"svc_field\":\"\\u540d\",\"svc_reason\":\"unknown_column\",\"名\":\"甲公司\"}\n");
	char *expected = legacy_read("mended.jsonl", NULL);
	assert_file("in.rejects.jsonl", expected);
	free(expected);
}

static void test_import__cleans_and_limits_texts(void **state)
{
	enum { LONG = (1 << 20) + 100 };
	char *text = malloc(LONG + 100), *end = stpcpy(text, "serial,brand,k\n\"\tS1 \", B ,x\nS2,B,");

	(void)state;
	memset(end, 'z', LONG);
	memcpy(end + LONG, "\n", 2);
	legacy_text("in.csv", text);
	free(text);
	legacy_text("map.yaml", "into: units\nsource: old\ncolumns: {serial: serial, brand: brand}\nkeep: [k]\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_UNIT, .map = "map.yaml"}), SVC_PARTIAL);
	assert_balance(1, 0, 0, 1);
	assert_field(SVC_UNIT, "old:S1/B", "serial", "S1");
	legacy_text("in.csv", "serial,brand,k\nS1,B,x\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_UNIT, .map = "map.yaml"}), SVC_OK);
	assert_balance(0, 0, 1, 0);
}

static void test_import__finds_customers_and_units(void **state)
{
	(void)state;
	legacy_text("in.csv", "legacy_id,name,phone\n12,甲公司,1\n13,乙公司,2\n14,乙公司,3\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_CUSTOMER}), SVC_OK);
	assert_balance(3, 0, 0, 0);
	legacy_text("map.yaml", "into: units\nsource: import\ncolumns:\n  legacy_id: id\n  serial: serial\n"
				"  customer: {column: who, phone: phone}\n");
	legacy_text("in.csv",
		    "id,serial,who,phone\n1,S1,12,\n2,S2,乙公司,3\n3,S3,乙公司,\n4,S4,丙公司,\n5,S5,丙公司,\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_UNIT, .map = "map.yaml"}), SVC_PARTIAL);
	assert_balance(4, 0, 0, 1);
	assert_file("in.rejects.csv", "svc_line,svc_field,svc_reason,id,serial,who,phone\n"
				      "4,customer,ambiguous_customer,3,S3,乙公司,\n");
	assert_int_equal(count(SVC_CUSTOMER), 4);
	int64_t first, third;
	assert_int_equal(svc_find(desk, SVC_CUSTOMER, "import:12", &first, &err), SVC_OK);
	assert_int_equal(svc_find(desk, SVC_CUSTOMER, "import:14", &third, &err), SVC_OK);
	char label[32];
	snprintf(label, sizeof label, "C%d", (int)first);
	assert_field(SVC_UNIT, "S1", "customer", label);
	snprintf(label, sizeof label, "C%d", (int)third);
	assert_field(SVC_UNIT, "S2", "customer", label);
}

static void test_import__finds_customers_by_padded_cells(void **state)
{
	(void)state;
	legacy_text("map.yaml", "into: units\nsource: import\ncolumns:\n  serial: serial\n"
				"  customer: {column: who, phone: phone, legacy_id: no}\n");
	legacy_text("in.csv", "serial,who,phone,no\nS1,甲公司, 1 ,\nS2, 甲公司,1,\nS3,甲公司,\t1,\nS4,,, 9 \nS5,,,9\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_UNIT, .map = "map.yaml"}), SVC_OK);
	assert_balance(5, 0, 0, 0);
	assert_int_equal(count(SVC_CUSTOMER), 2);
	assert_field(SVC_CUSTOMER, "import:9", "name", "9");
	legacy_text("in.csv", "serial,who,phone,no\nS6,丙公司,,\x1b[31m\nS7,丙公司,\x1b[31m,\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_UNIT, .map = "map.yaml"}), SVC_PARTIAL);
	assert_balance(0, 0, 0, 2);
	legacy_text("in.csv", "legacy_id,name\n9,乙公司\n"); /* the list of customers comes later */
	assert_int_equal(run((struct svc_import_options){.kind = SVC_CUSTOMER}), SVC_OK);
	assert_balance(0, 1, 0, 0);
	assert_field(SVC_UNIT, "S4", "customer", "C2");
	assert_field(SVC_CUSTOMER, "C2", "name", "乙公司");
	legacy_text("in.csv", "serial,who,phone,no\nS1,甲公司,2,\nS2,甲公司,1,\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_UNIT, .map = "map.yaml"}), SVC_OK);
	assert_balance(0, 1, 1, 0);
	assert_field(SVC_UNIT, "S1", "customer", "C3");
}

static void test_import__ties_tickets_to_units(void **state)
{
	(void)state;
	legacy_text("in.csv", "serial,legacy_id\n2,7\nS2,2\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_UNIT}), SVC_OK);
	legacy_text("in.csv",
		    "legacy_id,opened,unit,closed\n1,2024-03-05,S2,\n2,2024-03-05,S9,\n3,2024-03-05,,2024-03-01\n"
		    "4,2024-03-05,7,2024-03-06\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_TICKET}), SVC_PARTIAL);
	assert_balance(2, 0, 0, 2);
	assert_file("in.rejects.csv", "svc_line,svc_field,svc_reason,legacy_id,opened,unit,closed\n"
				      "3,unit,unknown_unit,2,2024-03-05,S9,\n"
				      "4,closed,before_opened,3,2024-03-05,,2024-03-01\n");
	int64_t unit;
	char label[32];
	assert_int_equal(svc_find(desk, SVC_UNIT, "import:7", &unit, &err), SVC_OK);
	snprintf(label, sizeof label, "U%d", (int)unit);
	assert_field(SVC_TICKET, "import:4", "unit", label);
	assert_field(SVC_TICKET, "import:4", "state", "closed");
}

static void test_import__tells_rows_without_numbers_apart(void **state)
{
	(void)state;
	legacy_text("in.csv", "opened,product\n2024-03-05,Lamp\n2024-03-05,Lamp\n2024-03-06,Lamp\n");
	const struct svc_import_options tickets = {.kind = SVC_TICKET};
	assert_int_equal(run(tickets), SVC_OK);
	assert_balance(3, 0, 0, 0);
	assert_int_equal(run(tickets), SVC_OK);
	assert_balance(0, 0, 3, 0);
	legacy_text("in.csv", "serial,model\nA,1\nA,2\nA,1\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_UNIT}), SVC_PARTIAL);
	assert_balance(2, 0, 0, 1);
}

/* Rows that are all alike must not cost more, the more of them there are. */
static void test_import__takes_many_equal_rows(void **state)
{
	enum { ROWS = 20000 };
	static const char line[] = "2024-03-05,Lamp\n";
	char *text = malloc(sizeof line * (ROWS + 2)), *end = stpcpy(text, "opened,product\n");

	(void)state;
	for (int i = 0; i < ROWS; i++)
		end = stpcpy(end, line);
	legacy_text("in.csv", text);
	free(text);
	assert_int_equal(run((struct svc_import_options){.kind = SVC_TICKET}), SVC_OK);
	assert_balance(ROWS, 0, 0, 0);
	assert_int_equal(run((struct svc_import_options){.kind = SVC_TICKET}), SVC_OK);
	assert_balance(0, 0, ROWS, 0);
}

static void test_import__refuses_what_it_cant_read(void **state)
{
	(void)state;
	const struct svc_import_options tickets = {.kind = SVC_TICKET};
	legacy_text("in.csv", "opened,prodct\n2024-03-05,Lamp\n");
	assert_int_equal(run(tickets), SVC_BAD_INPUT);
	assert_non_null(strstr(err.hint, "product"));
	legacy_text("in.csv", "product\nLamp\n");
	assert_int_equal(run(tickets), SVC_BAD_INPUT);
	legacy_text("in.csv", "");
	assert_int_equal(run(tickets), SVC_BAD_INPUT);
	legacy_text("in.csv", "id,dat,product,problem,fee,status,shop\n");
	assert_int_equal(import_tickets("in.csv"), SVC_BAD_INPUT);
	assert_string_equal(err.file, "map.yaml");
	assert_int_equal(err.line, 5);
	assert_non_null(strstr(err.hint, "dat"));
	legacy_text("in.csv", "id,date,date,product,problem,fee,status,shop\n");
	assert_int_equal(import_tickets("in.csv"), SVC_BAD_INPUT);
	assert_int_equal(import_tickets("nowhere.csv"), SVC_NOT_FOUND);
	legacy_write("in.csv", "PK\3\4\0\0\0\0", 8);
	assert_int_equal(import_tickets("in.csv"), SVC_BAD_INPUT);
	assert_non_null(strstr(err.hint, "libreoffice --headless --convert-to csv"));
	legacy_text("in.csv", HEADER GOOD_1);
	assert_int_equal(run((struct svc_import_options){
				 .kind = SVC_TICKET, .map = "map.yaml", .rejects = "../svc-none/in.csv"}),
			 SVC_OK);
	assert_int_equal(run((struct svc_import_options){.kind = SVC_TICKET, .map = "map.yaml", .rejects = "in.csv"}),
			 SVC_USAGE);
	assert_int_equal(run((struct svc_import_options){.kind = SVC_TICKET, .map = "map.yaml", .format = "xml"}),
			 SVC_USAGE);
}

static void test_import__stops_where_rejects_cant_be_kept(void **state)
{
	(void)state;
	legacy_text("in.csv", HEADER GOOD_1 "10,05.03.2024,Lamp,dark,20,Fixed,North\n");
	assert_int_equal(run((struct svc_import_options){
				 .kind = SVC_TICKET, .map = "map.yaml", .rejects = "nowhere/rejects.csv"}),
			 SVC_BAD_INPUT);
	assert_int_equal(count(SVC_TICKET), 0);
}

static void test_import__writes_through_links(void **state)
{
	(void)state;
	struct stat status;
	legacy_text("in.csv", HEADER "10,05.03.2024,Lamp,dark,20,Fixed,North\n");
	assert_int_equal(symlink("/dev/null", "link.csv"), 0);
	assert_int_equal(run((struct svc_import_options){.kind = SVC_TICKET, .map = "map.yaml", .rejects = "link.csv"}),
			 SVC_PARTIAL);
	assert_int_equal(lstat("link.csv", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(lstat("/dev/null", &status), 0);
	assert_true(S_ISCHR(status.st_mode));
}

/* Another import of the same file is running, and has set rows aside that this one does not know. */
static void import_meanwhile(void *context, int64_t bytes, int64_t of, int64_t rows)
{
	static bool inside;
	struct svc_import_result other;

	(void)context, (void)bytes, (void)of, (void)rows;
	if (inside)
		return;
	inside = true;
	assert_int_equal(
		svc_import(desk, &(struct svc_import_options){.kind = SVC_CUSTOMER, .file = "in.csv"}, &other, &err),
		SVC_PARTIAL);
	inside = false;
}

static void test_import__shares_no_unfinished_rejects(void **state)
{
	char text[16384], *end = stpcpy(text, "name,distance_km\n甲公司,x\n");

	(void)state;
	for (int i = 1; i < 500; i++)
		end = stpcpy(end, "甲公司,y\n");
	legacy_text("in.csv", text);
	struct svc_import_options customers = {.kind = SVC_CUSTOMER, .progress = import_meanwhile};
	assert_int_equal(run(customers), SVC_PARTIAL);
	assert_balance(0, 0, 0, 500);
	legacy_text("in.csv", "name,distance_km\n甲公司,x\n");
	assert_int_equal(run((struct svc_import_options){.kind = SVC_CUSTOMER}), SVC_PARTIAL);
	assert_file("in.rejects.csv",
		    "svc_line,svc_field,svc_reason,name,distance_km\n2,distance_km,bad_number,甲公司,x\n");
}

static void progress(void *context, int64_t bytes, int64_t of, int64_t rows)
{
	int64_t *last = context;

	assert_true(bytes <= of);
	assert_true(rows > *last);
	*last = rows;
}

static void test_import__goes_in_chunks(void **state)
{
	(void)state;
	FILE *file = fopen("in.csv", "w");
	int64_t told = 0;

	assert_non_null(file);
	fputs(HEADER, file);
	for (int i = 0; i < 9000; i++)
		fprintf(file, "%d,%s,Lamp,dark,20,Fixed,North\n", i, i % 1000 ? "2024-03-05" : "then");
	assert_int_equal(fclose(file), 0);
	const struct svc_import_options options = {
		.kind = SVC_TICKET, .map = "map.yaml", .progress = progress, .context = &told};
	assert_int_equal(run(options), SVC_PARTIAL);
	assert_balance(8991, 0, 0, 9);
	assert_int_equal(told, 9000);
	assert_int_equal(count(SVC_TICKET), 8991);
	told = 0;
	assert_int_equal(run(options), SVC_PARTIAL);
	assert_balance(0, 0, 8991, 9);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_import__##name, open_desk, close_desk)
	const struct CMUnitTest tests[] = {
		TEST(takes_rows_once),
		TEST(updates_what_changed),
		TEST(names_line_field_and_reason),
		TEST(takes_mended_rejects),
		TEST(rehearses),
		TEST(changes_all_or_nothing),
		TEST(keeps_the_encoding_in_rejects),
		TEST(sets_bad_bytes_aside),
		TEST(counts_lines_of_every_kind),
		TEST(reads_files_without_a_header),
		TEST(reads_json_lines),
		TEST(cleans_and_limits_texts),
		TEST(finds_customers_and_units),
		TEST(finds_customers_by_padded_cells),
		TEST(ties_tickets_to_units),
		TEST(tells_rows_without_numbers_apart),
		TEST(takes_many_equal_rows),
		TEST(refuses_what_it_cant_read),
		TEST(stops_where_rejects_cant_be_kept),
		TEST(writes_through_links),
		TEST(shares_no_unfinished_rejects),
		TEST(goes_in_chunks),
	};
	return cmocka_run_group_tests(tests, legacy_folder, legacy_clean);
}
