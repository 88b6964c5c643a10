/* One change is whole or not there: two writers, a full disk, a process that is killed. */
#include "scratch.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static int64_t units(struct store *store)
{
	int64_t count;
	struct record_query all = {0};
	assert_int_equal(record_count(store, SVC_UNIT, &all, &count, NULL), SVC_OK);
	return count;
}

static void test_transaction__rolls_back_whole(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_true(store_in_transaction(store));
	assert_int_equal(scratch_add_unit(store, 1, "SN1", &scratch->err), SVC_OK);
	store_rollback(store);
	store_rollback(store); /* without one, nothing happens */
	assert_int_equal(units(store), 0);
	store_close(store);
}

static void test_transaction__group_keeps_the_parts_that_were_committed(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch), *other;
	int64_t id;
	assert_int_equal(store_group_begin(store, &scratch->err), SVC_OK);
	assert_false(store_in_transaction(store)); /* a part is what a change stands in */
	for (int i = 1; i <= 3; i++) {
		char serial[8];
		snprintf(serial, sizeof serial, "SN%d", i);
		assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
		assert_true(store_in_transaction(store));
		assert_int_equal(store_next_id(store, SVC_UNIT, &id, &scratch->err), SVC_OK);
		assert_int_equal(id, i == 3 ? 2 : i); /* the number of the part that was rolled back is free again */
		assert_int_equal(scratch_add_unit(store, id, serial, &scratch->err), SVC_OK);
		if (i == 2)
			store_rollback(store);
		else
			assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	}
	assert_int_equal(store_begin_reading(store, &scratch->err), SVC_OK);
	assert_int_equal(units(store), 2);
	store_rollback(store);
	assert_int_equal(store_open(&other, scratch->file, true, 0, &scratch->err), SVC_OK);
	assert_int_equal(units(other), 0);
	assert_int_equal(store_group_commit(store, &scratch->err), SVC_OK);
	assert_int_equal(units(other), 2);
	store_close(other);
	store_close(store);
}

static void test_transaction__group_rolls_back_whole(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	assert_int_equal(store_group_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(scratch_add_unit(store, 1, "SN1", &scratch->err), SVC_OK);
	assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	store_group_rollback(store);
	store_group_rollback(store);
	assert_int_equal(units(store), 0);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	store_rollback(store);
	store_close(store);
}

static void test_transaction__numbers_go_on_and_are_given_back(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	int64_t id;
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(store_next_id(store, SVC_TICKET, &id, &scratch->err), SVC_OK);
	assert_int_equal(id, 1);
	assert_int_equal(store_next_id(store, SVC_TICKET, &id, &scratch->err), SVC_OK);
	assert_int_equal(id, 2);
	assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(store_next_id(store, SVC_TICKET, &id, &scratch->err), SVC_OK);
	assert_int_equal(id, 3);
	store_rollback(store);
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	assert_int_equal(store_next_id(store, SVC_TICKET, &id, &scratch->err), SVC_OK);
	assert_int_equal(id, 3);
	store_rollback(store);
	store_close(store);
}

static void test_transaction__second_writer_is_told_the_store_is_busy(void **state)
{
	struct scratch *scratch = *state;
	struct store *first = scratch_store(scratch), *second = scratch_open(scratch, false, 0);
	struct store *reader = scratch_open(scratch, true, 0);
	assert_int_equal(store_begin(first, &scratch->err), SVC_OK);
	assert_int_equal(scratch_add_unit(first, 1, "SN1", &scratch->err), SVC_OK);
	assert_int_equal(store_begin(second, &scratch->err), SVC_BUSY);
	assert_string_not_equal(scratch->err.hint, "");
	assert_int_equal(units(reader), 0); /* a reader neither waits nor sees half */
	assert_int_equal(store_commit(first, &scratch->err), SVC_OK);
	assert_int_equal(units(reader), 1);
	assert_int_equal(store_begin(second, &scratch->err), SVC_OK);
	store_rollback(second);
	store_close(first);
	store_close(second);
	store_close(reader);
}

static int write_units(struct scratch *scratch, int64_t from, int count)
{
	struct store *store;
	int status = store_open(&store, scratch->file, false, 20, &scratch->err);
	for (int i = 0; status == SVC_OK && i < count; i++) {
		char serial[32];
		snprintf(serial, sizeof serial, "SN%lld", (long long)from + i);
		status = store_begin(store, &scratch->err);
		if (status == SVC_OK)
			status = scratch_add_unit(store, from + i, serial, &scratch->err);
		if (status == SVC_OK)
			status = store_commit(store, &scratch->err);
	}
	store_close(store);
	return status;
}

static void test_transaction__two_writers_wait_for_their_turn(void **state)
{
	struct scratch *scratch = *state;
	int ended;
	scratch_create(scratch);
	pid_t child = fork();
	if (child == 0)
		_exit(write_units(scratch, 1000, 60));
	assert_int_equal(write_units(scratch, 1, 60), SVC_OK);
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_true(WIFEXITED(ended) && WEXITSTATUS(ended) == SVC_OK);
	struct store *store = scratch_open(scratch, true, 0);
	assert_int_equal(units(store), 120);
	store_close(store);
}

static void check_whole(struct store *store)
{
	int64_t broken;
	assert_int_equal(store_number(store,
				      "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
				      &broken, NULL),
			 SVC_OK);
	assert_int_equal(broken, 0);
}

/* Ten rows a transaction; the child is killed somewhere within, so a multiple of ten is there. */
static void write_tens_for_ever(struct scratch *scratch, int ready)
{
	struct store *store;
	if (store_open(&store, scratch->file, false, 0, &scratch->err) != SVC_OK)
		_exit(1);
	for (int64_t id = 1;; id += 10) {
		if (store_begin(store, NULL) != SVC_OK)
			_exit(1);
		for (int i = 0; i < 10; i++) {
			char serial[32];
			snprintf(serial, sizeof serial, "SN%lld", (long long)id + i);
			if (scratch_add_unit(store, id + i, serial, NULL) != SVC_OK)
				_exit(1);
		}
		if (store_commit(store, NULL) != SVC_OK || write(ready, "x", 1) != 1)
			_exit(1);
	}
}

static void test_transaction__survives_a_kill(void **state)
{
	struct scratch *scratch = *state;
	scratch_create(scratch);
	for (int round = 0; round < 3; round++) {
		int ready[2], ended;
		char byte;
		assert_int_equal(pipe(ready), 0);
		pid_t child = fork();
		if (child == 0) {
			signal(SIGPIPE, SIG_DFL);
			write_tens_for_ever(scratch, ready[1]);
		}
		for (int i = 0; i <= round * 7; i++)
			assert_int_equal(read(ready[0], &byte, 1), 1);
		kill(child, SIGKILL);
		waitpid(child, &ended, 0);
		close(ready[0]);
		close(ready[1]);
		struct store *store = scratch_open(scratch, false, 0);
		assert_int_equal(units(store) % 10, 0);
		assert_true(units(store) > 0);
		check_whole(store);
		assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
		assert_int_equal(record_drop_all(store, &scratch->err), SVC_OK);
		assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
		store_close(store);
	}
}

static int fill_until_full(struct store *store, int64_t *written, struct svc_error *err)
{
	static char note[200000];
	const char *values[FIELD_LIMIT] = {0};
	memset(note, 'n', sizeof note - 1);
	values[field_find(SVC_CUSTOMER, "name")] = "customer A";
	values[field_find(SVC_CUSTOMER, "note")] = note;
	for (int64_t id = 1; id < 1000; id++) {
		int status = store_begin(store, err);
		if (status == SVC_OK)
			status = record_write(store, SVC_CUSTOMER, id, values, true, err);
		if (status == SVC_OK)
			status = store_commit(store, err);
		if (status != SVC_OK) {
			store_rollback(store);
			return status;
		}
		*written = id;
	}
	return SVC_OK;
}

/* A limit on the size of files stands for the full disk: the system refuses to write in the same place. */
static void test_transaction__full_disk_changes_nothing(void **state)
{
	struct scratch *scratch = *state;
	struct rlimit limit, small = {.rlim_cur = 2000000};
	struct record_query all = {0};
	int64_t written = 0, count;
	struct store *store = scratch_store(scratch);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small.rlim_max = limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int status = fill_until_full(store, &written, &scratch->err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(status, SVC_BUSY);
	assert_non_null(strstr(scratch->err.text, "full"));
	assert_int_equal(record_count(store, SVC_CUSTOMER, &all, &count, &scratch->err), SVC_OK);
	assert_int_equal(count, written);
	store_close(store);
	store = scratch_open(scratch, false, 0);
	check_whole(store);
	assert_int_equal(record_count(store, SVC_CUSTOMER, &all, &count, &scratch->err), SVC_OK);
	assert_int_equal(count, written);
	store_close(store);
}

/* A log that has grown is written back, so that the next one-shot has little to read. */
static void test_transaction__long_log_is_cut(void **state)
{
	struct scratch *scratch = *state;
	struct store *store = scratch_store(scratch);
	int64_t written;
	char name[128];
	assert_int_equal(store_begin(store, &scratch->err), SVC_OK);
	for (int i = 1; i <= 12000; i++) {
		char serial[32];
		snprintf(serial, sizeof serial, "SN%d", i);
		assert_int_equal(scratch_add_unit(store, i, serial, &scratch->err), SVC_OK);
	}
	assert_int_equal(store_commit(store, &scratch->err), SVC_OK);
	snprintf(name, sizeof name, "%s-wal", scratch->file);
	FILE *log = fopen(name, "r");
	assert_non_null(log);
	assert_int_equal(fseek(log, 0, SEEK_END), 0);
	written = ftell(log);
	fclose(log);
	assert_int_equal(written, 0);
	store_close(store);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_transaction__rolls_back_whole),
		CASE(test_transaction__group_keeps_the_parts_that_were_committed),
		CASE(test_transaction__group_rolls_back_whole),
		CASE(test_transaction__numbers_go_on_and_are_given_back),
		CASE(test_transaction__second_writer_is_told_the_store_is_busy),
		CASE(test_transaction__two_writers_wait_for_their_turn),
		CASE(test_transaction__survives_a_kill),
		CASE(test_transaction__full_disk_changes_nothing),
		CASE(test_transaction__long_log_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
