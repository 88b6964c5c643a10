#include "legacy.h"

#include "exchange/map.h"

#include <string.h>

#define HEAD "into: tickets\nsource: old\n"

static struct import_map map;
static struct svc_error err;

static int load(const char *text)
{
	map_release(&map);
	err = (struct svc_error){0};
	legacy_text("map.yaml", text);
	return map_load(&map, "map.yaml", SVC_TICKET, &err);
}

static void test_import_map__takes_a_whole_map(void **state)
{
	(void)state;
	assert_int_equal(
		load("into: tickets\n"
		     "source: open-repair\n"
		     "delimiter: ';'\n"
		     "decimal: ','\n"
		     "skip: 2\n"
		     "columns:\n"
		     "  legacy_id: id\n"
		     "  opened: {column: event_date, date: \"%Y-%m-%d\"}\n"
		     "  closed: {column: event_date, date: \"%Y-%m-%d\"}\n"
		     "  outcome: {column: repair_status, values: {Fixed: repaired, no: advised, '': unknown}}\n"
		     "  customer: {fixed: walk-in}\n"
		     "keep: [country, id]\n"),
		SVC_OK);
	assert_string_equal(map.source, "open-repair");
	assert_int_equal(map.delimiter, ';');
	assert_int_equal(map.decimal, ',');
	assert_int_equal(map.skip, 2);
	assert_int_equal(map.field_count, 4);
	assert_int_equal(map.column_count, 4);
	assert_int_equal(map.legacy_id, 0);
	assert_int_equal(map.fields[0].slot, map.fields[1].slot);
	assert_non_null(map.fields[0].date);
	assert_string_equal(map.fields[2].values->keys[1]->text, "no");
	assert_string_equal(map.fields[3].fixed, "walk-in");
	assert_int_equal(map.keep_count, 2);
	assert_int_equal(map.keep[1], 0);
}

static void test_import_map__names_the_place_of_each_fault(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line, column;
		const char *hint;
	} cases[] = {
		{HEAD "columns: {opend: d}\n", 3, 11, "opened"},
		{HEAD "columns: {opened: d, prodct: p}\n", 3, 22, "product"},
		{HEAD "columns: {opened: d, id: p}\n", 3, 22, NULL},
		{HEAD "columns: {product: p}\n", 3, 10, NULL},
		{HEAD "colums: {opened: d}\n", 3, 1, "columns"},
		{HEAD "columns: {opened: {colum: d}}\n", 3, 20, "column"},
		{HEAD "columns: {opened: {column: d, date: \"%d.%m.%y\"}}\n", 3, 37, "%Y"},
		{HEAD "columns: {opened: d, product: {column: p, date: \"%F\"}}\n", 3, 49, NULL},
		{HEAD "columns: {opened: d, kind: {fixed: repairs}}\n", 3, 36, "repair"},
		{HEAD "columns: {opened: d, kind: {column: k, values: {R: repar}}}\n", 3, 52, "repair"},
		{HEAD "columns: {opened: d, kind: {column: k, fixed: repair}}\n", 3, 28, NULL},
		{HEAD "columns: {opened: d, kind: {}}\n", 3, 28, NULL},
		{HEAD "columns: {opened: d, kind: [k]}\n", 3, 28, NULL},
		{HEAD "columns: {opened: d, kind: {column: k, values: x}}\n", 3, 48, NULL},
		{HEAD "columns: {opened: d, fee: {fixed: free}}\n", 3, 35, NULL},
		{HEAD "columns: {opened: d, product: {column: p, phone: x}}\n", 3, 50, NULL},
		{HEAD "columns: [opened]\n", 3, 10, NULL},
		{HEAD "columns: {opened: d}\nkeep: x\n", 4, 7, NULL},
		{HEAD "columns: {opened: d}\ndelimiter: ab\n", 4, 12, NULL},
		{HEAD "columns: {opened: d}\ndecimal: ;\n", 4, 10, NULL},
		{HEAD "columns: {opened: d}\nheader: maybe\n", 4, 9, NULL},
		{HEAD "columns: {opened: d}\nheader: none\n", 3, 19, NULL},
		{HEAD "columns: {opened: d}\nskip: -1\n", 4, 7, NULL},
		{HEAD "columns: {opened: d}\ncolumns: {opened: d}\n", 4, 1, NULL},
		{"into: units\nsource: old\ncolumns: {serial: s}\n", 1, 7, NULL},
		{"into: tickets\nsource: Old System\ncolumns: {opened: d}\n", 2, 9, NULL},
		{"into: tickets\ncolumns: {opened: d}\n", 1, 1, NULL},
		{"- into\n", 1, 1, NULL},
		{"into: [\n", 0, 0, NULL},
		{"", 0, 0, NULL},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(load(cases[i].text), SVC_BAD_INPUT);
		assert_string_not_equal(err.text, "");
		assert_string_equal(err.file, "map.yaml");
		if (cases[i].line)
			assert_int_equal(err.line * 100 + err.column, cases[i].line * 100 + cases[i].column);
		if (cases[i].hint)
			assert_non_null(strstr(err.hint, cases[i].hint));
	}
}

static void test_import_map__numbers_columns_without_a_header(void **state)
{
	(void)state;
	assert_int_equal(load(HEAD "columns: {opened: 2, product: 1}\nheader: none\nkeep: [5]\n"), SVC_OK);
	assert_true(map.headless);
	assert_string_equal(map.columns[0].name, "2");
	assert_int_equal(load(HEAD "columns: {opened: 0}\nheader: none\n"), SVC_BAD_INPUT);
}

static void test_import_map__misses_files_by_name(void **state)
{
	(void)state;
	map_release(&map);
	assert_int_equal(map_load(&map, "nowhere.yaml", SVC_TICKET, &err), SVC_NOT_FOUND);
}

static int clean(void **state)
{
	map_release(&map);
	return legacy_clean(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import_map__takes_a_whole_map),
		cmocka_unit_test(test_import_map__names_the_place_of_each_fault),
		cmocka_unit_test(test_import_map__numbers_columns_without_a_header),
		cmocka_unit_test(test_import_map__misses_files_by_name),
	};
	return cmocka_run_group_tests(tests, legacy_folder, clean);
}
