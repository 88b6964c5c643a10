#include "record.h"

#include "base/error.h"
#include "record_row.h"
#include "search.h"
#include "svc/money.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int row_digits(struct store *store, enum svc_kind kind, int *digits, struct svc_error *err)
{
	const struct store_about *about;
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	*digits = 2;
	for (size_t i = 0; i < count; i++)
		if (fields[i].type == SVC_MONEY) {
			int status = store_about(store, &about, err);
			if (status == SVC_OK)
				*digits = about->currency_digits;
			return status;
		}
	return SVC_OK;
}

void row_columns(struct strbuf *sql, enum svc_kind kind)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	for (size_t i = 0; i < count; i++) {
		strbuf_puts(sql, i ? ", " : "");
		strbuf_puts(sql, fields[i].name);
	}
}

void row_bind(sqlite3_stmt *statement, int place, const struct svc_field *field, int digits, const char *value)
{
	int64_t number;
	if (!value || !*value)
		return;
	switch (field->type) {
	case SVC_INTEGER:
		sqlite3_bind_int64(statement, place, strtoll(value, NULL, 10));
		break;
	case SVC_NUMBER:
		if (svc_number_parse(value, &number))
			sqlite3_bind_int64(statement, place, number);
		break;
	case SVC_MONEY:
		if (svc_money_parse(value, digits, &number))
			sqlite3_bind_int64(statement, place, number);
		break;
	case SVC_REFERENCE:
		sqlite3_bind_int64(statement, place, record_number(field->refers, value));
		break;
	default:
		bind_text(statement, place, value);
	}
}

static const char *number_text(const struct svc_field *field, int64_t number, int digits, struct arena *arena)
{
	char text[32];
	if (field->type == SVC_MONEY)
		svc_money_format(number, digits, text);
	else if (field->type == SVC_NUMBER)
		svc_number_format(number, text);
	else if (field->type == SVC_REFERENCE)
		record_label(text, field->refers, number);
	else
		return arena_printf(arena, "%lld", (long long)number);
	return arena_strdup(arena, text);
}

void row_read(sqlite3_stmt *row, enum svc_kind kind, int digits, struct arena *arena, const char **values)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	for (size_t i = 0; i < count; i++) {
		int type = sqlite3_column_type(row, (int)i);
		values[i] = NULL;
		if (type == SQLITE_INTEGER)
			values[i] = number_text(&fields[i], sqlite3_column_int64(row, (int)i), digits, arena);
		else if (type == SQLITE_TEXT)
			values[i] = arena_strndup(arena, column_text(row, (int)i),
						  (size_t)sqlite3_column_bytes(row, (int)i));
	}
}

/* ---- statements, built once from the field table ---- */

static void build_read(struct strbuf *sql, enum svc_kind kind)
{
	strbuf_puts(sql, "SELECT ");
	row_columns(sql, kind);
	strbuf_printf(sql, " FROM %s WHERE id = ?1", svc_kind_name(kind));
}

static void build_insert(struct strbuf *sql, enum svc_kind kind)
{
	size_t count;
	svc_fields(kind, &count);
	strbuf_printf(sql, "INSERT INTO %s (", svc_kind_name(kind));
	row_columns(sql, kind);
	strbuf_puts(sql, ") VALUES (");
	for (size_t i = 0; i < count; i++)
		strbuf_printf(sql, "%s?%zu", i ? ", " : "", i + 1);
	strbuf_puts(sql, ")");
}

static void build_update(struct strbuf *sql, enum svc_kind kind)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	strbuf_printf(sql, "UPDATE %s SET ", svc_kind_name(kind));
	for (size_t i = 1; i < count; i++)
		strbuf_printf(sql, "%s%s = ?%zu", i > 1 ? ", " : "", fields[i].name, i + 1);
	strbuf_puts(sql, " WHERE id = ?1");
}

static void build_exists(struct strbuf *sql, enum svc_kind kind)
{
	strbuf_printf(sql, "SELECT 1 FROM %s WHERE id = ?1", svc_kind_name(kind));
}

static int record_prepared(struct store *store, enum svc_kind kind, enum record_statement which, sqlite3_stmt **out,
			   struct svc_error *err)
{
	static void (*const build[RECORD_STATEMENTS])(struct strbuf *, enum svc_kind) = {build_read, build_insert,
											 build_update, build_exists};
	if (!store->record_sql[kind][which]) {
		struct strbuf sql = {0};
		build[which](&sql, kind);
		store->record_sql[kind][which] = sql.text;
	}
	return store_statement(store, store->record_sql[kind][which], out, err);
}

int record_read(struct store *store, enum svc_kind kind, int64_t id, struct arena *arena, const char **values,
		struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	int digits;
	int status = row_digits(store, kind, &digits, err);
	if (status == SVC_OK)
		status = record_prepared(store, kind, RECORD_READ, &statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, id);
	status = store_step(store, statement, &row, err);
	if (status != SVC_OK)
		return status;
	if (!row)
		return error_set(err, SVC_NOT_FOUND, _("there is no %s %c%lld"), svc_text(svc_kind_name(kind)),
				 svc_kind_letter(kind), (long long)id);
	row_read(statement, kind, digits, arena, values);
	sqlite3_reset(statement);
	return SVC_OK;
}

int record_write(struct store *store, enum svc_kind kind, int64_t id, const char *const *values, bool fresh,
		 struct svc_error *err)
{
	sqlite3_stmt *statement;
	size_t count;
	int digits;
	const struct svc_field *fields = svc_fields(kind, &count);
	int status = row_digits(store, kind, &digits, err);
	if (status == SVC_OK)
		status = record_prepared(store, kind, fresh ? RECORD_INSERT : RECORD_UPDATE, &statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, id);
	for (size_t i = 1; i < count; i++)
		row_bind(statement, (int)i + 1, &fields[i], digits, values[i]);
	status = store_run(store, statement, err);
	return status == SVC_OK ? search_write(store, kind, id, values, err) : status;
}

int record_exists(struct store *store, enum svc_kind kind, int64_t id, bool *exists, struct svc_error *err)
{
	sqlite3_stmt *statement;
	int status = record_prepared(store, kind, RECORD_EXISTS, &statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, id);
	status = store_step(store, statement, exists, err);
	sqlite3_reset(statement);
	return status;
}

int record_drop(struct store *store, enum svc_kind kind, int64_t id, struct svc_error *err)
{
	char sql[64];
	snprintf(sql, sizeof sql, "DELETE FROM %s WHERE id = %lld", svc_kind_name(kind), (long long)id);
	int status = store_execute(store, sql, err);
	return status == SVC_OK ? search_drop(store, kind, id, err) : status;
}

int record_drop_all(struct store *store, struct svc_error *err)
{
	char sql[64];
	int status = search_drop_all(store, err);
	for (int kind = 0; status == SVC_OK && kind < SVC_KIND_COUNT; kind++) {
		snprintf(sql, sizeof sql, "DELETE FROM %s", svc_kind_name((enum svc_kind)kind));
		status = store_execute(store, sql, err);
	}
	return status;
}
