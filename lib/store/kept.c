#include "kept.h"

#include "base/error.h"
#include "sqlite.h"

#include <stdio.h>
#include <string.h>

int kept_key_find(struct store *store, const char *key, struct arena *arena, struct kept_key *out, bool *found,
		  struct svc_error *err)
{
	sqlite3_stmt *statement;
	int status = store_statement(store, "SELECT arguments, result, exit, event FROM idempotency WHERE key = ?1",
				     &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, key);
	status = store_step(store, statement, found, err);
	if (status != SVC_OK || !*found)
		return status;
	const char *result = column_text(statement, 1);
	out->arguments = arena_strdup(arena, column_text(statement, 0));
	out->result = result ? arena_strdup(arena, result) : NULL;
	out->exit = sqlite3_column_int(statement, 2);
	out->event = sqlite3_column_int64(statement, 3);
	sqlite3_reset(statement);
	return SVC_OK;
}

int kept_key_put(struct store *store, const char *key, const struct kept_key *kept, struct svc_error *err)
{
	sqlite3_stmt *statement;
	int status = store_statement(
		store, "INSERT INTO idempotency (key, arguments, result, exit, event) VALUES (?1, ?2, ?3, ?4, ?5)",
		&statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, key);
	bind_text(statement, 2, kept->arguments);
	bind_text(statement, 3, kept->result);
	sqlite3_bind_int(statement, 4, kept->exit);
	if (kept->event)
		sqlite3_bind_int64(statement, 5, kept->event);
	return store_run(store, statement, err);
}

int kept_legacy_find(struct store *store, enum svc_kind kind, const char *source, const char *legacy_id, int64_t *id,
		     char fingerprint[33], struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	*id = 0;
	int status = store_statement(
		store, "SELECT id, fingerprint FROM legacy WHERE kind = ?1 AND source = ?2 AND legacy_id = ?3",
		&statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, svc_kind_name(kind));
	bind_text(statement, 2, source);
	bind_text(statement, 3, legacy_id);
	status = store_step(store, statement, &row, err);
	if (status != SVC_OK || !row)
		return status;
	*id = sqlite3_column_int64(statement, 0);
	if (fingerprint)
		snprintf(fingerprint, 33, "%s", column_text(statement, 1));
	sqlite3_reset(statement);
	return SVC_OK;
}

int kept_legacy_put(struct store *store, enum svc_kind kind, const char *source, const char *legacy_id, int64_t id,
		    const char *fingerprint, struct svc_error *err)
{
	static const char sql[] =
		"INSERT INTO legacy (kind, source, legacy_id, id, fingerprint) VALUES (?1, ?2, ?3, ?4, ?5)"
		" ON CONFLICT (kind, source, legacy_id) DO UPDATE SET fingerprint = excluded.fingerprint";
	sqlite3_stmt *statement;
	int status = store_statement(store, sql, &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, svc_kind_name(kind));
	bind_text(statement, 2, source);
	bind_text(statement, 3, legacy_id);
	sqlite3_bind_int64(statement, 4, id);
	bind_text(statement, 5, fingerprint);
	return store_run(store, statement, err);
}

int kept_setting_put(struct store *store, const struct kept_setting *setting, struct svc_error *err)
{
	char effective[16];
	sqlite3_stmt *statement;
	int status = store_statement(
		store, "INSERT INTO setting (policy, name, effective, event, value) VALUES (?1, ?2, ?3, ?4, ?5)",
		&statement, err);
	if (status != SVC_OK)
		return status;
	svc_date_format(setting->effective, effective);
	bind_text(statement, 1, setting->policy);
	bind_text(statement, 2, setting->name);
	bind_text(statement, 3, effective);
	sqlite3_bind_int64(statement, 4, setting->event);
	bind_text(statement, 5, setting->value);
	return store_run(store, statement, err);
}

int kept_setting_there(struct store *store, const struct kept_setting *setting, bool *there, struct svc_error *err)
{
	char effective[16];
	sqlite3_stmt *statement;
	int status = store_statement(
		store,
		"SELECT 1 FROM setting WHERE policy = ?1 AND name = ?2 AND effective = ?3 AND event = ?4 AND value = ?5",
		&statement, err);
	if (status != SVC_OK)
		return status;
	svc_date_format(setting->effective, effective);
	bind_text(statement, 1, setting->policy);
	bind_text(statement, 2, setting->name);
	bind_text(statement, 3, effective);
	sqlite3_bind_int64(statement, 4, setting->event);
	bind_text(statement, 5, setting->value);
	status = store_step(store, statement, there, err);
	sqlite3_reset(statement);
	return status;
}

int kept_setting_rows(struct store *store, kept_setting_row_seen seen, void *context, struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	int status = store_prepare(store,
				   "SELECT policy, name, value, effective, event FROM setting"
				   " ORDER BY policy, name, effective, event",
				   &statement, err);
	if (status != SVC_OK)
		return status;
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		struct kept_setting setting = {.policy = column_text(statement, 0),
					       .name = column_text(statement, 1),
					       .value = column_text(statement, 2),
					       .effective = SVC_DATE_NONE,
					       .event = sqlite3_column_int64(statement, 4)};
		svc_date_parse(column_text(statement, 3), &setting.effective);
		if (seen(context, &setting))
			break;
	}
	sqlite3_finalize(statement);
	return status;
}

int kept_setting_count(struct store *store, int64_t *count, struct svc_error *err)
{
	return store_number(store, "SELECT count(*) FROM setting", count, err);
}

int kept_setting_drop(struct store *store, int64_t event, struct svc_error *err)
{
	char sql[64];
	snprintf(sql, sizeof sql, "DELETE FROM setting WHERE event = %lld", (long long)event);
	return store_execute(store, sql, err);
}

int kept_setting_drop_all(struct store *store, struct svc_error *err)
{
	return store_execute(store, "DELETE FROM setting", err);
}

/* Rows come in the order of the key, name by name and the oldest first: the last row of a name is the one in force. */
static int each_in_force(struct store *store, sqlite3_stmt *statement, kept_setting_seen seen, void *context,
			 struct svc_error *err)
{
	struct strbuf name = {0}, value = {0};
	bool row;
	int status;
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		const char *next = column_text(statement, 0);
		if (name.length && strcmp(name.text, next) != 0 &&
		    (status = seen(context, name.text, value.text)) != SVC_OK)
			break;
		strbuf_reset(&name);
		strbuf_puts(&name, next);
		strbuf_reset(&value);
		strbuf_puts(&value, column_text(statement, 1));
	}
	if (status == SVC_OK && name.length)
		status = seen(context, name.text, value.text);
	strbuf_release(&name);
	strbuf_release(&value);
	return status;
}

int kept_setting_each(struct store *store, const char *policy, svc_date day, kept_setting_seen seen, void *context,
		      struct svc_error *err)
{
	char text[16];
	sqlite3_stmt *statement;
	int status = store_prepare(store,
				   "SELECT name, value FROM setting WHERE policy = ?1 AND effective <= ?2"
				   " ORDER BY name, effective, event",
				   &statement, err);
	if (status != SVC_OK)
		return status;
	svc_date_format(day, text);
	bind_text(statement, 1, policy);
	bind_text(statement, 2, text);
	status = each_in_force(store, statement, seen, context, err);
	sqlite3_finalize(statement);
	return status;
}
