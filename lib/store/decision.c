#include "decision.h"

#include "base/file.h"
#include "base/strbuf.h"

#include "sqlite.h"

#include <inttypes.h>
#include <string.h>

int decision_pack_known(struct store *store, const char *hash, bool *known, struct svc_error *err)
{
	sqlite3_stmt *statement;
	int status = store_statement(store, "SELECT 1 FROM pack_text WHERE hash = ?1", &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, hash);
	status = store_step(store, statement, known, err);
	sqlite3_reset(statement);
	return status;
}

int decision_keep_pack(struct store *store, const char *hash, const char *policy, const char *text,
		       const char *includes, struct svc_error *err)
{
	sqlite3_stmt *statement;
	int status = store_statement(
		store, "INSERT INTO pack_text (hash, policy, text, includes) VALUES (?1, ?2, ?3, ?4)", &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, hash);
	bind_text(statement, 2, policy);
	bind_text(statement, 3, text);
	bind_text(statement, 4, includes);
	return store_run(store, statement, err);
}

int decision_pack_text(struct store *store, const char *hash, struct arena *arena, struct kept_text *out,
		       struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	*out = (struct kept_text){0};
	int status = store_statement(store, "SELECT policy, text, includes FROM pack_text WHERE hash = ?1", &statement,
				     err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, hash);
	status = store_step(store, statement, &row, err);
	if (status == SVC_OK && row) {
		out->policy = arena_strdup(arena, column_text(statement, 0));
		out->text = arena_strdup(arena, column_text(statement, 1));
		out->includes = arena_strdup(arena, column_text(statement, 2));
		sqlite3_reset(statement);
	}
	return status;
}

int decision_text_unused(struct store *store, decision_text_seen seen, void *context, struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	int status = store_prepare(store,
				   "SELECT hash, policy FROM pack_text WHERE hash NOT IN (SELECT hash FROM decision)"
				   " ORDER BY policy, hash",
				   &statement, err);
	if (status != SVC_OK)
		return status;
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row)
		if (seen(context, column_text(statement, 0), column_text(statement, 1)))
			break;
	sqlite3_finalize(statement);
	return status;
}

int decision_next(struct store *store, int64_t *id, struct svc_error *err)
{
	int status = store_number(store, "SELECT next FROM next_id WHERE kind = 'decision'", id, err);
	if (status == SVC_OK && *id == 0)
		*id = 1;
	return status;
}

/* The fingerprint of all that a decision says. It finds a slip of the hand; who wants to deceive can make a new one. */
static void seal_of(const struct kept_decision *decision, char out[33])
{
	const char *const texts[] = {decision->ask,      decision->policy, decision->hash,  decision->verdict,
				     decision->settings, decision->facts,  decision->answer};
	struct strbuf all = {0};
	strbuf_printf(&all, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId32 " %" PRId64 " %d", decision->id,
		      decision->ticket, decision->event, decision->version, decision->now, decision->engine);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		strbuf_putc(&all, '\0'); /* no text has it */
		strbuf_puts(&all, texts[i]);
	}
	fingerprint_format(fingerprint_of(all.text, all.length), out);
	strbuf_release(&all);
}

int decision_append(struct store *store, struct kept_decision *decision, struct svc_error *err)
{
	static const char sql[] = "INSERT INTO decision (id, ticket, event, ask, policy, version, hash, settings, "
				  "facts, verdict, answer, now,"
				  " engine, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
	char version[16], seal[33];
	sqlite3_stmt *statement;
	int status = store_next_id(store, SEQUENCE_DECISION, &decision->id, err);
	if (status == SVC_OK)
		status = store_statement(store, sql, &statement, err);
	if (status != SVC_OK)
		return status;
	svc_date_format(decision->version, version);
	sqlite3_bind_int64(statement, 1, decision->id);
	sqlite3_bind_int64(statement, 2, decision->ticket);
	sqlite3_bind_int64(statement, 3, decision->event);
	bind_text(statement, 4, decision->ask);
	bind_text(statement, 5, decision->policy);
	bind_text(statement, 6, version);
	bind_text(statement, 7, decision->hash);
	bind_text(statement, 8, decision->settings);
	bind_text(statement, 9, decision->facts);
	bind_text(statement, 10, decision->verdict);
	bind_text(statement, 11, decision->answer);
	sqlite3_bind_int64(statement, 12, decision->now);
	sqlite3_bind_int(statement, 13, decision->engine);
	seal_of(decision, seal);
	bind_text(statement, 14, seal);
	return store_run(store, statement, err);
}

static void read_decision(sqlite3_stmt *row, struct kept_decision *decision)
{
	const char *version = column_text(row, 5);
	decision->id = sqlite3_column_int64(row, 0);
	decision->ticket = sqlite3_column_int64(row, 1);
	decision->event = sqlite3_column_int64(row, 2);
	decision->ask = column_text(row, 3);
	decision->policy = column_text(row, 4);
	decision->version = SVC_DATE_NONE;
	if (version)
		svc_date_parse(version, &decision->version);
	decision->hash = column_text(row, 6);
	decision->settings = column_text(row, 7);
	decision->facts = column_text(row, 8);
	decision->verdict = column_text(row, 9);
	decision->answer = column_text(row, 10);
	decision->now = sqlite3_column_int64(row, 11);
	decision->engine = sqlite3_column_int(row, 12);
	const char *seal = column_text(row, 13);
	char fits[33];
	seal_of(decision, fits);
	decision->altered = seal ? strcmp(seal, fits) != 0 : sqlite3_column_int(row, 14);
	decision->taken_back = sqlite3_column_int(row, 15);
}

int decision_each(struct store *store, int64_t ticket, decision_seen seen, void *context, struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	int status = store_prepare(
		store,
		"SELECT id, ticket, event, ask, policy, version, hash, settings, facts, verdict, answer,"
		" now, engine, seal, id > (SELECT min(id) FROM decision WHERE seal IS NOT NULL),"
		" NOT (" EVENT_STANDS("decision.event") ")"
							" FROM decision WHERE ticket BETWEEN ?1 AND ?2 ORDER BY id",
		&statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, ticket);
	sqlite3_bind_int64(statement, 2, ticket ? ticket : INT64_MAX);
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		struct kept_decision decision;
		read_decision(statement, &decision);
		if (seen(context, &decision))
			break;
	}
	sqlite3_finalize(statement);
	return status;
}
