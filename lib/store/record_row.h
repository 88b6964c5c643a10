/* Private to the store floor: one row of a records' table, by its field table. */
#ifndef STORE_RECORD_ROW_H
#define STORE_RECORD_ROW_H

#include "base/arena.h"
#include "fields.h"
#include "sqlite.h"

/* The digits of the desk's currency, read only when the kind has money in it. */
int row_digits(struct store *store, enum svc_kind kind, int *digits, struct svc_error *err);
void row_columns(struct strbuf *sql, enum svc_kind kind); /* "id, name, phone, ..." */
void row_read(sqlite3_stmt *row, enum svc_kind kind, int digits, struct arena *arena, const char **values);
/* Binds one value by its field's type; NULL or "" is null. */
void row_bind(sqlite3_stmt *statement, int place, const struct svc_field *field, int digits, const char *value);

#endif
