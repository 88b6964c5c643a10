#include "base/error.h"
#include "base/memory.h"
#include "sqlite.h"

#include <errno.h>
#include <string.h>

static bool disk_full(const struct store *store, int code)
{
	int system = sqlite3_system_errno(store->db);
	return code == SQLITE_FULL ||
	       (code == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG));
}

static int fault_of_access(struct store *store, int code, struct svc_error *err)
{
	switch (code) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		error_set(err, SVC_BUSY, _("the store is busy: %s"), store->file);
		error_hint(err, _("try again, or wait longer with --wait SECONDS"));
		return SVC_BUSY;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return error_set(err, SVC_BUSY, _("the store can't be written: %s"), store->file);
	case SQLITE_CANTOPEN:
		return error_set(err, SVC_BUSY, _("the store can't be opened: %s"), store->file);
	default:
		return error_set(err, SVC_BUSY, _("the store can't be read or written: %s (%s)"), store->file,
				 svc_system_reason(sqlite3_system_errno(store->db)));
	}
}

int store_fault(struct store *store, int extended, struct svc_error *err)
{
	int code = extended & 0xff;
	if (disk_full(store, code)) {
		error_set(err, SVC_BUSY, _("the disk is full, nothing was changed: %s"), store->file);
		error_hint(err, _("make room and try again"));
		return SVC_BUSY;
	}
	switch (code) {
	case SQLITE_NOTADB:
		return error_set(err, SVC_BAD_INPUT, _("not a desk: %s"), store->file);
	case SQLITE_CORRUPT:
		error_set(err, SVC_BAD_INPUT, _("the store is damaged: %s"), store->file);
		error_hint(err, _("restore the last copy of the file"));
		return SVC_BAD_INPUT;
	case SQLITE_CONSTRAINT:
		return error_set(err, SVC_REFUSED, _("the store refuses a record that breaks its rules: %s"),
				 sqlite3_errmsg(store->db));
	case SQLITE_TOOBIG:
		return error_set(err, SVC_BAD_INPUT, _("a value is too long for the store"));
	case SQLITE_NOMEM:
		return error_memory(err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
	case SQLITE_CANTOPEN:
	case SQLITE_IOERR:
		return fault_of_access(store, code, err);
	default:
		return error_set(err, SVC_FAULT, _("fault in the store: %s"), sqlite3_errmsg(store->db));
	}
}

static int log_grew(void *context, sqlite3 *db, const char *schema, int pages)
{
	(void)db;
	(void)schema;
	((struct store *)context)->log_pages = pages;
	return SQLITE_OK;
}

/* In milliseconds. A reader never waits for a writer, only for the moment in which somebody takes up or cuts the log: that is
   worth a second to one who would not wait at all. */
static int patience(const struct store *store)
{
	enum { READER_LEAST = 1000 };
	int wait = store->wait_seconds * 1000;
	return store->read_only && wait < READER_LEAST ? READER_LEAST : wait;
}

/* Nobody is told that it is his turn, so everybody looks often, each at moments of his own: who looked ever more seldom would be
   overtaken by all who came later. */
static int wait_for_turn(void *context, int looked)
{
	enum { LONGEST = 8 };
	struct store *store = context;
	unsigned char chance;
	store->waited = looked ? store->waited : 0;
	if (store->waited >= patience(store))
		return 0;
	sqlite3_randomness(1, &chance);
	int pause = 1 + (looked < LONGEST ? looked : LONGEST) + chance % 4;
	sqlite3_sleep(pause);
	store->waited += pause;
	return 1;
}

void store_wait_for_others(struct store *store, bool wait)
{
	sqlite3_busy_handler(store->db, wait ? wait_for_turn : NULL, store);
}

int store_connect(struct store *store, const char *file, int flags, struct svc_error *err)
{
	int code = sqlite3_open_v2(file, &store->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (code)
		return store_fault(store, code, err);
	/* A one-shot that wrote the log back at every exit would pay twice; store_commit does it when it is long. */
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	store_wait_for_others(store, true);
	sqlite3_wal_hook(store->db, log_grew, store);
	return SVC_OK;
}

/* ---- statements ---- */

int store_prepare(struct store *store, const char *sql, sqlite3_stmt **out, struct svc_error *err)
{
	int code = sqlite3_prepare_v3(store->db, sql, -1, 0, out, NULL);
	return code ? store_fault(store, code, err) : SVC_OK;
}

int store_statement(struct store *store, const char *sql, sqlite3_stmt **out, struct svc_error *err)
{
	for (size_t i = 0; i < store->statement_count; i++)
		if (store->statements[i].sql == sql) {
			*out = store->statements[i].prepared;
			return SVC_OK;
		}
	if (store->statement_count == STATEMENT_LIMIT)
		return error_set(err, SVC_FAULT, _("fault in the store: %s"), sql);
	int status = store_prepare(store, sql, out, err);
	if (status == SVC_OK)
		store->statements[store->statement_count++] = (struct statement){sql, *out};
	return status;
}

static void rest(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

int store_step(struct store *store, sqlite3_stmt *statement, bool *row, struct svc_error *err)
{
	int code = sqlite3_step(statement);
	*row = code == SQLITE_ROW;
	if (*row)
		return SVC_OK;
	int status = code == SQLITE_DONE ? SVC_OK : store_fault(store, code, err);
	rest(statement);
	return status;
}

int store_run(struct store *store, sqlite3_stmt *statement, struct svc_error *err)
{
	bool row = true;
	int status = SVC_OK;
	while (status == SVC_OK && row)
		status = store_step(store, statement, &row, err);
	return status;
}

int store_execute(struct store *store, const char *sql, struct svc_error *err)
{
	int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
	return code ? store_fault(store, code, err) : SVC_OK;
}

int store_number(struct store *store, const char *sql, int64_t *out, struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	int status = store_prepare(store, sql, &statement, err);
	if (status != SVC_OK)
		return status;
	status = store_step(store, statement, &row, err);
	*out = status == SVC_OK && row ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_finalize(statement);
	return status;
}

void bind_text(sqlite3_stmt *statement, int place, const char *text)
{
	if (text)
		sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
}

const char *column_text(sqlite3_stmt *statement, int column)
{
	return (const char *)sqlite3_column_text(statement, column);
}

/* ---- the desk's own row ---- */

int store_about(struct store *store, const struct store_about **out, struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	*out = store->about;
	if (store->about)
		return SVC_OK;
	int status = store_prepare(
		store, "SELECT name, policy, currency, zone, currency_digits, created FROM desk WHERE id = 1",
		&statement, err);
	if (status != SVC_OK)
		return status;
	status = store_step(store, statement, &row, err);
	if (status == SVC_OK && !row)
		status = error_set(err, SVC_BAD_INPUT, _("not a desk: %s"), store->file);
	if (status == SVC_OK) {
		const char *policy = column_text(statement, 1);
		struct store_about *about = memory_get(sizeof *about);
		about->name = memory_copy(column_text(statement, 0));
		about->policy = policy ? memory_copy(policy) : NULL;
		about->currency = memory_copy(column_text(statement, 2));
		about->zone = memory_copy(column_text(statement, 3));
		about->currency_digits = sqlite3_column_int(statement, 4);
		about->created = sqlite3_column_int64(statement, 5);
		*out = store->about = about;
	}
	sqlite3_finalize(statement);
	return status;
}
