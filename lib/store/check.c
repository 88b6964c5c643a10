/* Whether the file itself is sound, as far as SQLite can tell. */
#include "base/strbuf.h"
#include "sqlite.h"

#include <string.h>

/* One line for each page or index that is damaged; "ok" when none is. */
static int check_pages(struct store *store, svc_damage_seen seen, void *context, struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row = true;
	int status = store_prepare(store, "PRAGMA integrity_check", &statement, err);
	if (status != SVC_OK)
		return status;
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		const char *text = column_text(statement, 0);
		if (text && strcmp(text, "ok") != 0)
			seen(context, text);
	}
	sqlite3_finalize(statement);
	return status;
}

/* Rows that name another row which is not there. */
static int check_references(struct store *store, svc_damage_seen seen, void *context, struct svc_error *err)
{
	struct strbuf text = {0};
	sqlite3_stmt *statement;
	bool row = true;
	int status = store_prepare(store, "PRAGMA foreign_key_check", &statement, err);
	if (status != SVC_OK)
		return status;
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		strbuf_reset(&text);
		const char *number = column_text(statement, 1); /* a table by key has none */
		strbuf_printf(&text, "%s %s -> %s", column_text(statement, 0), number ? number : "?",
			      column_text(statement, 2));
		seen(context, text.text);
	}
	sqlite3_finalize(statement);
	strbuf_release(&text);
	return status;
}

int store_check(struct store *store, svc_damage_seen seen, void *context, struct svc_error *err)
{
	int status = check_pages(store, seen, context, err);
	return status == SVC_OK ? check_references(store, seen, context, err) : status;
}
