/* Making, opening and upgrading the file. argv[1]: the project's root, where the samples of older schemas are. */
#include "scratch.h"

#include "store/decision.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const char *root;

static void execute(struct scratch *scratch, const char *sql)
{
	struct store store = {.file = scratch->file};
	assert_int_equal(
		store_connect(&store, scratch->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &scratch->err),
		SVC_OK);
	sqlite3_db_config(store.db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	assert_int_equal(store_execute(&store, sql, &scratch->err), SVC_OK);
	sqlite3_close(store.db);
}

static int64_t ask(struct store *store, const char *sql)
{
	int64_t number;
	assert_int_equal(store_number(store, sql, &number, NULL), SVC_OK);
	return number;
}

static void test_open__makes_one_private_file(void **state)
{
	struct scratch *scratch = *state;
	struct stat status;
	char name[128];
	scratch_create(scratch);
	assert_int_equal(stat(scratch->file, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	snprintf(name, sizeof name, "%s-wal", scratch->file);
	assert_int_not_equal(access(name, F_OK), 0);
	struct store *store = scratch_open(scratch, false, 0);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(scratch_add_unit(store, 1, "SN1", &scratch->err), SVC_OK);
	assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	assert_int_equal(stat(name, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	store_close(store);
	assert_int_equal(access(name, F_OK), 0); /* the log stays */
}

static void test_open__reads_what_the_desk_says_of_itself(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	const struct store_about *about;
	assert_int_equal(store_about(store, &about, &scratch->err), SVC_OK);
	assert_string_equal(about->name, "service");
	assert_null(about->policy);
	assert_string_equal(about->zone, "Asia/Shanghai");
	assert_int_equal(about->currency_digits, 2);
	store_close(store);
}

static void test_open__refuses_to_make_it_twice(void **state)
{
	struct scratch *scratch = *state;
	struct store_about about = {.name = "other", .currency = "", .zone = "UTC"};
	scratch_create(scratch);
	assert_int_equal(store_create(scratch->file, &about, NULL, NULL, &scratch->err), SVC_REFUSED);
	struct store *store = scratch_open(scratch, true, 0);
	assert_int_equal(ask(store, "SELECT count(*) FROM desk WHERE name = 'service'"), 1);
	store_close(store);
}

static int count_entries(const char *folder)
{
	DIR *open = opendir(folder);
	int count = 0;
	assert_non_null(open);
	for (const struct dirent *entry; (entry = readdir(open));)
		count += *entry->d_name != '.';
	closedir(open);
	return count;
}

static int refuse_first(void *context, struct store *store, struct svc_error *err)
{
	(void)context;
	(void)err;
	assert_int_equal(store_begin(store, NULL), SVC_OK);
	return SVC_BUSY;
}

static void test_open__leaves_nothing_of_a_store_that_was_not_finished(void **state)
{
	struct scratch *scratch = *state;
	struct store_about about = {.name = "other", .currency = "", .zone = "UTC"};
	assert_int_equal(store_create(scratch->file, &about, refuse_first, NULL, &scratch->err), SVC_BUSY);
	assert_int_equal(count_entries(scratch->folder), 0);
}

static void test_open__makes_the_folders_above(void **state)
{
	struct scratch *scratch = *state;
	snprintf(scratch->file, sizeof scratch->file, "%s/a/b/desk.db", scratch->folder);
	scratch_create(scratch);
	store_close(scratch_open(scratch, true, 0));
}

static void test_open__names_what_is_not_there(void **state)
{
	struct scratch *scratch = *state;
	struct store *store;
	assert_int_equal(store_open(&store, scratch->file, true, 0, &scratch->err), SVC_NOT_FOUND);
	assert_null(store);
	assert_non_null(strstr(scratch->err.text, scratch->file));
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void test_open__knows_what_is_not_a_desk(void **state)
{
	static const char *const texts[] = {
		"", "short",
		"SQLite format 3 in name only, yet as long as a header: a hundred bytes or so, more or less"};
	struct scratch *scratch = *state;
	struct store *store;
	for (size_t i = 0; i < 3; i++) {
		write_file(scratch->file, texts[i]);
		assert_int_equal(store_open(&store, scratch->file, false, 0, &scratch->err), SVC_BAD_INPUT);
	}
	unlink(scratch->file);
	execute(scratch, "CREATE TABLE other (id INTEGER); PRAGMA user_version = 2");
	assert_int_equal(store_open(&store, scratch->file, false, 0, &scratch->err), SVC_BAD_INPUT);
}

static void test_open__refuses_a_newer_store_untouched(void **state)
{
	struct scratch *scratch = *state;
	struct store *store;
	struct stat before, after;
	scratch_create(scratch);
	execute(scratch, "PRAGMA user_version = 99; CREATE TABLE of_later (id INTEGER)");
	assert_int_equal(stat(scratch->file, &before), 0);
	assert_int_equal(store_open(&store, scratch->file, false, 0, &scratch->err), SVC_REFUSED);
	assert_int_equal(store_open(&store, scratch->file, true, 0, &scratch->err), SVC_REFUSED);
	assert_non_null(strstr(scratch->err.text, "99"));
	assert_int_equal(stat(scratch->file, &after), 0);
	assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof before.st_mtim);
}

/* ---- upgrades ---- */

static char *read_sample(const char *name)
{
	char path[512];
	snprintf(path, sizeof path, "%s/tests/store/%s", root, name);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	char *text = calloc(1, 1 << 16);
	assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
	fclose(file);
	return text;
}

static void make_sample(struct scratch *scratch, const char *name)
{
	char *sql = read_sample(name);
	execute(scratch, sql);
	free(sql);
}

static void test_open__builds_every_step_from_nothing(void **state)
{
	struct scratch *scratch = *state;
	struct store store = {.file = scratch->file};
	assert_int_equal(
		store_connect(&store, scratch->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &scratch->err),
		SVC_OK);
	assert_int_equal(schema_upgrade(&store, 0, &scratch->err), SVC_OK);
	assert_int_equal(ask(&store, "PRAGMA user_version"), STORE_VERSION);
	assert_int_equal(schema_upgrade(&store, 0, &scratch->err), SVC_OK); /* each step sees that it was taken */
	sqlite3_close(store.db);
}

static void test_open__upgrades_a_store_of_version_1(void **state)
{
	struct scratch *scratch = *state;
	const char *values[FIELD_LIMIT];
	struct arena arena = {0};
	char copy[128];
	struct stat status;
	make_sample(scratch, "version-1.sql");
	struct store *store = scratch_open(scratch, true, 0);
	assert_int_equal(ask(store, "PRAGMA user_version"), STORE_VERSION);
	assert_int_equal(record_read(store, SVC_TICKET, 1, &arena, values, &scratch->err), SVC_OK);
	assert_string_equal(values[field_find(SVC_TICKET, "unit")], "U1");
	assert_string_equal(values[field_find(SVC_TICKET, "fee")], "20.00");
	arena_release(&arena);
	store_close(store);
	snprintf(copy, sizeof copy, "%s.version-1", scratch->file);
	assert_int_equal(stat(copy, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static int take_decision(void *context, const struct kept_decision *decision)
{
	assert_string_equal(decision->verdict, "covered");
	assert_false(decision->altered); /* it bears no seal */
	++*(int *)context;
	return 0;
}

static void test_open__upgrades_a_store_of_version_2(void **state)
{
	struct scratch *scratch = *state;
	int decisions = 0;
	make_sample(scratch, "version-2.sql");
	struct store *store = scratch_open(scratch, false, 0);
	assert_int_equal(ask(store, "PRAGMA user_version"), STORE_VERSION);
	assert_int_equal(decision_each(store, 1, take_decision, &decisions, &scratch->err), SVC_OK);
	assert_int_equal(decisions, 1);
	store_close(store);
}

static void test_open__keeps_a_copy_of_the_old_store(void **state)
{
	struct scratch *scratch = *state;
	char copy[128];
	make_sample(scratch, "version-1.sql");
	store_close(scratch_open(scratch, false, 0));
	snprintf(copy, sizeof copy, "%s.version-1", scratch->file);
	struct store old = {.file = copy};
	assert_int_equal(store_connect(&old, copy, SQLITE_OPEN_READONLY, &scratch->err), SVC_OK);
	assert_int_equal(ask(&old, "PRAGMA user_version"), 1);
	assert_int_equal(ask(&old, "SELECT count(*) FROM ticket"), 1);
	sqlite3_close(old.db);
}

/* The same tables and indexes, whether made new or brought up from an old sample. */
static void test_open__upgraded_equals_new(void **state)
{
	struct scratch *scratch = *state;
	static const char sum[] = "SELECT sum(length(sql)) * 1000 + count(*) FROM sqlite_schema";
	make_sample(scratch, "version-1.sql");
	struct store *store = scratch_open(scratch, true, 0);
	int64_t upgraded = ask(store, sum);
	store_close(store);
	snprintf(scratch->file, sizeof scratch->file, "%s/new.db", scratch->folder);
	store = scratch_store(scratch);
	assert_int_equal(ask(store, sum), upgraded);
	store_close(store);
}

/* Root may write everywhere, so the reading is done as nobody. */
static int read_as_nobody(struct scratch *scratch)
{
	struct store *store;
	int64_t desks = 0;
	if (geteuid() == 0 && setuid(65534) != 0)
		return 100;
	int status = store_open(&store, scratch->file, true, 0, &scratch->err);
	if (status == SVC_OK)
		status = store_number(store, "SELECT count(*) FROM desk", &desks, &scratch->err);
	return status == SVC_OK && desks == 1 ? 0 : 1 + status;
}

static void test_open__reads_a_file_in_a_folder_that_cant_be_written(void **state)
{
	struct scratch *scratch = *state;
	int ended;
	scratch_create(scratch);
	assert_int_equal(chmod(scratch->file, 0444) | chmod(scratch->folder, 0555), 0);
	pid_t child = fork();
	if (child == 0)
		_exit(read_as_nobody(scratch));
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_int_equal(chmod(scratch->folder, 0700), 0);
	assert_true(WIFEXITED(ended));
	assert_int_equal(WEXITSTATUS(ended), 0);
}

static void test_open__writes_nothing_when_read_only(void **state)
{
	struct scratch *scratch = *state;
	scratch_create(scratch);
	struct store *store = scratch_open(scratch, true, 0);
	assert_int_equal(store_begin(store, &scratch->err), SVC_FAULT);
	assert_int_equal(store_execute(store, "DELETE FROM desk", &scratch->err), SVC_BUSY);
	store_close(store);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_open__makes_one_private_file),
		CASE(test_open__reads_what_the_desk_says_of_itself),
		CASE(test_open__refuses_to_make_it_twice),
		CASE(test_open__leaves_nothing_of_a_store_that_was_not_finished),
		CASE(test_open__makes_the_folders_above),
		CASE(test_open__names_what_is_not_there),
		CASE(test_open__knows_what_is_not_a_desk),
		CASE(test_open__refuses_a_newer_store_untouched),
		CASE(test_open__builds_every_step_from_nothing),
		CASE(test_open__upgrades_a_store_of_version_1),
		CASE(test_open__upgrades_a_store_of_version_2),
		CASE(test_open__keeps_a_copy_of_the_old_store),
		CASE(test_open__upgraded_equals_new),
		CASE(test_open__reads_a_file_in_a_folder_that_cant_be_written),
		CASE(test_open__writes_nothing_when_read_only),
	};
	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
