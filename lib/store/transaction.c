/* Transactions, alone or in groups, and the numbers that records get in them. */
#include "base/error.h"
#include "sqlite.h"

#include <string.h>

static bool is_open(const struct store *store)
{
	return !sqlite3_get_autocommit(store->db);
}

bool store_in_transaction(const struct store *store)
{
	return store->grouped ? store->part_open && is_open(store) : is_open(store);
}

static int check_version(struct store *store, struct svc_error *err)
{
	int64_t version;
	int status = store_number(store, "PRAGMA user_version", &version, err);
	if (status != SVC_OK)
		return status;
	if (version != STORE_VERSION)
		return error_set(err, SVC_REFUSED, _("the store was made by another version of svc: %s"), store->file);
	store->version_checked = true;
	return SVC_OK;
}

static int begin_writing(struct store *store, struct svc_error *err)
{
	if (store->read_only)
		return error_set(err, SVC_FAULT, _("the store is open for reading only: %s"), store->file);
	int status = store->version_checked ? SVC_OK : schema_prepare_writer(store, err);
	if (status == SVC_OK)
		status = store_execute(store, "BEGIN IMMEDIATE", err);
	if (status != SVC_OK)
		return status;
	memset(store->next, 0, sizeof store->next);
	if (!store->version_checked)
		status = check_version(store, err);
	if (status != SVC_OK)
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return status;
}

/* Within a group a transaction is a savepoint; numbers that it took up are given back when it is rolled back. */
static int begin_part(struct store *store, struct svc_error *err)
{
	if (!is_open(store))
		return error_set(err, SVC_BUSY, _("the store has given up what was not kept yet: %s"), store->file);
	int status = store_execute(store, "SAVEPOINT part", err);
	store->part_open = status == SVC_OK;
	memcpy(store->next_before, store->next, sizeof store->next);
	return status;
}

static void end_part(struct store *store, bool keep)
{
	store->part_open = false;
	if (!keep) {
		memcpy(store->next, store->next_before, sizeof store->next);
		sqlite3_exec(store->db, "ROLLBACK TO part", NULL, NULL, NULL);
	}
	sqlite3_exec(store->db, "RELEASE part", NULL, NULL, NULL);
}

int store_begin(struct store *store, struct svc_error *err)
{
	return store->grouped ? begin_part(store, err) : begin_writing(store, err);
}

int store_begin_reading(struct store *store, struct svc_error *err)
{
	return store->grouped ? begin_part(store, err) : store_execute(store, "BEGIN", err);
}

void store_rollback(struct store *store)
{
	if (!store_in_transaction(store)) /* a full disk has rolled back by itself */
		return;
	if (store->grouped)
		end_part(store, false);
	else
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- numbers ---- */

static const char *sequence_name(int sequence)
{
	if (sequence < SVC_KIND_COUNT)
		return svc_kind_name((enum svc_kind)sequence);
	return sequence == SEQUENCE_EVENT ? "event" : "decision";
}

int store_next_id(struct store *store, int sequence, int64_t *id, struct svc_error *err)
{
	if (!store->next[sequence]) {
		sqlite3_stmt *statement;
		bool row;
		int status = store_statement(store, "SELECT next FROM next_id WHERE kind = ?1", &statement, err);
		if (status != SVC_OK)
			return status;
		bind_text(statement, 1, sequence_name(sequence));
		status = store_step(store, statement, &row, err);
		if (status != SVC_OK)
			return status;
		store->next[sequence] = row ? sqlite3_column_int64(statement, 0) : 1;
		sqlite3_reset(statement);
		sqlite3_clear_bindings(statement);
	}
	*id = store->next[sequence]++;
	return SVC_OK;
}

static int keep_sequences(struct store *store, struct svc_error *err)
{
	static const char sql[] = "INSERT INTO next_id (kind, next) VALUES (?1, ?2) "
				  "ON CONFLICT (kind) DO UPDATE SET next = excluded.next";
	for (int i = 0; i < SEQUENCE_COUNT; i++) {
		sqlite3_stmt *statement;
		if (!store->next[i])
			continue;
		int status = store_statement(store, sql, &statement, err);
		if (status != SVC_OK)
			return status;
		bind_text(statement, 1, sequence_name(i));
		sqlite3_bind_int64(statement, 2, store->next[i]);
		status = store_run(store, statement, err);
		if (status != SVC_OK)
			return status;
	}
	return SVC_OK;
}

/* Whoever opens the store next reads the whole log, so a long one is written back and cut; what readers hold back waits. */
static void settle_log(struct store *store)
{
	enum { LOG_PAGES_KEPT = 128 };
	if (store->log_pages < LOG_PAGES_KEPT)
		return;
	store_wait_for_others(store, false);
	if (sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK)
		store->log_pages = 0;
	store_wait_for_others(store, true);
}

static int commit_writing(struct store *store, struct svc_error *err)
{
	int status = keep_sequences(store, err);
	if (status == SVC_OK)
		status = store_execute(store, "COMMIT", err);
	if (status != SVC_OK) {
		if (is_open(store))
			sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
		return status;
	}
	settle_log(store);
	return SVC_OK;
}

int store_commit(struct store *store, struct svc_error *err)
{
	if (!store->grouped)
		return commit_writing(store, err);
	end_part(store, true);
	return SVC_OK;
}

/* ---- groups ---- */

int store_group_begin(struct store *store, struct svc_error *err)
{
	int status = begin_writing(store, err);
	store->grouped = status == SVC_OK;
	return status;
}

int store_group_commit(struct store *store, struct svc_error *err)
{
	store->grouped = store->part_open = false;
	if (!is_open(store))
		return error_set(err, SVC_BUSY, _("the store has given up what was not kept yet: %s"), store->file);
	return commit_writing(store, err);
}

void store_group_rollback(struct store *store)
{
	store->grouped = store->part_open = false;
	if (is_open(store))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}
