#include "event.h"

#include "sqlite.h"

#include <string.h>

static const char *subject_name(int subject)
{
	return subject == SUBJECT_DESK ? "desk" : svc_kind_name((enum svc_kind)subject);
}

static int subject_of(const char *name)
{
	for (int kind = 0; kind < SVC_KIND_COUNT; kind++)
		if (strcmp(svc_kind_name((enum svc_kind)kind), name) == 0)
			return kind;
	return SUBJECT_DESK;
}

int event_append(struct store *store, struct event *event, struct svc_error *err)
{
	static const char sql[] =
		"INSERT INTO event (id, recorded_at, occurred_at, actor, key, subject_kind, subject_id, verb, payload,"
		" corrects, command) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
	sqlite3_stmt *statement;
	int status = store_next_id(store, SEQUENCE_EVENT, &event->id, err);
	if (status == SVC_OK)
		status = store_statement(store, sql, &statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, event->id);
	sqlite3_bind_int64(statement, 2, event->recorded_at);
	sqlite3_bind_int64(statement, 3, event->occurred_at);
	bind_text(statement, 4, event->actor);
	bind_text(statement, 5, event->key);
	bind_text(statement, 6, subject_name(event->subject));
	sqlite3_bind_int64(statement, 7, event->subject_id);
	bind_text(statement, 8, event->verb);
	bind_text(statement, 9, event->payload);
	if (event->corrects)
		sqlite3_bind_int64(statement, 10, event->corrects);
	sqlite3_bind_int64(statement, 11, event->command ? event->command : event->id);
	return store_run(store, statement, err);
}

int event_last(struct store *store, int subject, int64_t subject_id, svc_time *occurred, struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	int status = store_statement(store,
				     "SELECT max(occurred_at) FROM event WHERE subject_kind = ?1 AND subject_id = ?2",
				     &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, subject_name(subject));
	sqlite3_bind_int64(statement, 2, subject_id);
	status = store_step(store, statement, &row, err);
	if (status != SVC_OK)
		return status;
	*occurred = sqlite3_column_type(statement, 0) == SQLITE_NULL ? SVC_TIME_NONE
								     : sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return SVC_OK;
}

int event_last_command(struct store *store, const char *actor, int64_t *command, struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row;
	int status = store_statement(
		store, "SELECT coalesce(command, id) FROM event WHERE actor = ?1 ORDER BY id DESC LIMIT 1", &statement,
		err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, actor);
	status = store_step(store, statement, &row, err);
	*command = status == SVC_OK && row ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_reset(statement);
	return status;
}

/* Places of values are the same in every query, whichever conditions it has. */
static void build_query(struct strbuf *sql, const struct event_query *query)
{
	static const char *const orders[] = {
		[EVENTS_AS_WRITTEN] = "id",
		[EVENTS_NEWEST_FIRST] = "id DESC",
		[EVENTS_AS_OCCURRED] = "subject_kind, subject_id, occurred_at, id",
	};
	strbuf_puts(
		sql,
		"SELECT id, recorded_at, occurred_at, actor, key, subject_kind, subject_id, verb, payload, corrects,"
		" command"
		" FROM event WHERE 1");
	if (query->subject != SUBJECT_ANY)
		strbuf_puts(sql, " AND subject_kind = ?1");
	if (query->subject_id)
		strbuf_puts(sql, " AND subject_id = ?2");
	if (query->verb)
		strbuf_puts(sql, " AND verb = ?3");
	if (query->actor)
		strbuf_puts(sql, " AND actor = ?4");
	if (query->from != SVC_TIME_NONE)
		strbuf_puts(sql, " AND occurred_at >= ?5");
	if (query->to != SVC_TIME_NONE)
		strbuf_puts(sql, " AND occurred_at <= ?6");
	if (query->standing)
		strbuf_puts(sql, " AND " EVENT_STANDS("event.id"));
	if (query->command)
		strbuf_puts(sql, " AND id >= ?7 AND command = ?7");
	if (query->after)
		strbuf_puts(sql, " AND id > ?8");
	strbuf_printf(sql, " ORDER BY %s", orders[query->order]);
	if (query->limit)
		strbuf_printf(sql, " LIMIT %lld", (long long)query->limit);
}

static void read_event(sqlite3_stmt *row, struct event *event)
{
	event->id = sqlite3_column_int64(row, 0);
	event->recorded_at = sqlite3_column_int64(row, 1);
	event->occurred_at = sqlite3_column_int64(row, 2);
	event->actor = column_text(row, 3);
	event->key = column_text(row, 4);
	event->subject = subject_of(column_text(row, 5));
	event->subject_id = sqlite3_column_int64(row, 6);
	event->verb = column_text(row, 7);
	event->payload = column_text(row, 8);
	event->corrects = sqlite3_column_int64(row, 9);
	event->command = sqlite3_column_int64(row, 10);
}

int event_each(struct store *store, const struct event_query *query, event_seen seen, void *context,
	       struct svc_error *err)
{
	struct strbuf sql = {0};
	sqlite3_stmt *statement = NULL;
	bool row;
	build_query(&sql, query);
	int status = store_prepare(store, sql.text, &statement, err);
	strbuf_release(&sql);
	if (status != SVC_OK)
		return status;
	if (query->subject != SUBJECT_ANY)
		bind_text(statement, 1, subject_name(query->subject));
	sqlite3_bind_int64(statement, 2, query->subject_id);
	bind_text(statement, 3, query->verb);
	bind_text(statement, 4, query->actor);
	sqlite3_bind_int64(statement, 5, query->from);
	sqlite3_bind_int64(statement, 6, query->to);
	sqlite3_bind_int64(statement, 7, query->command);
	sqlite3_bind_int64(statement, 8, query->after);
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		struct event event;
		read_event(statement, &event);
		if (seen(context, &event))
			break;
	}
	sqlite3_finalize(statement);
	return status;
}
