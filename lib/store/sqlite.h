/* Private to the store floor: the connection, its statements, and SQLite's codes in our words. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include "base/strbuf.h"
#include "store.h"

#include <sqlite3.h>

/* SQL: the event of this id counts. What took one back may have been taken back itself, and that is never taken back. */
#define EVENT_STANDS(id)                                                                                               \
	"NOT EXISTS (SELECT 1 FROM event back WHERE back.corrects = " id                                               \
	" AND NOT EXISTS (SELECT 1 FROM event again WHERE again.corrects = back.id))"
#define STATEMENT_LIMIT 256
#define STORE_APPLICATION 1937138532 /* "svcd": marks the file as a desk */

enum record_statement { RECORD_READ, RECORD_INSERT, RECORD_UPDATE, RECORD_EXISTS, RECORD_STATEMENTS };

struct store {
	sqlite3 *db;
	char *file;
	bool read_only;
	bool version_checked; /* by the first write; the header that readers look at can be behind the log */
	int wait_seconds;
	int waited; /* milliseconds, for the lock that is wanted now */
	int log_pages; /* in the write-ahead log after the last commit */
	struct store_about *about; /* NULL: not read yet */
	int64_t next[SEQUENCE_COUNT]; /* 0: not taken up in this transaction */
	bool grouped, part_open; /* store_group_begin; a transaction in it */
	int64_t next_before[SEQUENCE_COUNT]; /* the part that is open */
	char *record_sql[SVC_KIND_COUNT][RECORD_STATEMENTS];
	struct statement {
		const char *sql;
		sqlite3_stmt *prepared;
	} statements[STATEMENT_LIMIT];
	size_t statement_count;
};

void store_wait_for_others(struct store *store, bool wait); /* as long as the store is told to, or not at all */
int store_connect(struct store *store, const char *file, int flags, struct svc_error *err);
/* Turns the connection's last fault, `code`, into an error. */
int store_fault(struct store *store, int code, struct svc_error *err);
int store_execute(struct store *store, const char *sql, struct svc_error *err);
/* The value of the first row, else 0. */
int store_number(struct store *store, const char *sql, int64_t *out, struct svc_error *err);

/* A statement that stays prepared; `sql` is known by its address, so it is a literal or belongs to the store.
   It comes reset and without values. */
int store_statement(struct store *store, const char *sql, sqlite3_stmt **out, struct svc_error *err);
/* A statement of its own, for what calls back: the caller finalizes it. */
int store_prepare(struct store *store, const char *sql, sqlite3_stmt **out, struct svc_error *err);
/* Steps once. *row says whether there is one; without a row, or on a fault, the statement is reset. */
int store_step(struct store *store, sqlite3_stmt *statement, bool *row, struct svc_error *err);
int store_run(struct store *store, sqlite3_stmt *statement, struct svc_error *err); /* to its end */

void bind_text(sqlite3_stmt *statement, int place, const char *text); /* NULL: null; borrowed until the reset */
const char *column_text(sqlite3_stmt *statement, int column); /* NULL: null */

/* schema.c: the only place with what is SQLite's own */
int schema_upgrade(struct store *store, int from, struct svc_error *err);
int schema_settle(struct store *store, struct svc_error *err); /* the file's own settings, once, when it is made */
int schema_prepare_writer(struct store *store, struct svc_error *err); /* each connection's */

#endif
