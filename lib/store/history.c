#include "history.h"

#include "sqlite.h"

int history_each(struct store *store, int64_t unit, past_ticket_seen seen, void *context, struct svc_error *err)
{
	static const char sql[] =
		"WITH RECURSIVE line(unit) AS (VALUES (?1) UNION"
		" SELECT u.replaces FROM line JOIN unit u ON u.id = line.unit WHERE u.replaces IS NOT NULL)"
		"SELECT t.id, t.kind, t.state, t.opened, t.closed, t.outcome, t.symptom,"
		" (SELECT d.facts FROM decision d WHERE d.ticket = t.id AND " EVENT_STANDS(
			"d.event") " ORDER BY d.id DESC LIMIT 1), t.unit = ?1"
				   " FROM line JOIN ticket t ON t.unit = line.unit";
	sqlite3_stmt *statement;
	bool row;
	int status = store_statement(store, sql, &statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, unit);
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		struct past_ticket ticket = {.id = sqlite3_column_int64(statement, 0),
					     .kind = column_text(statement, 1),
					     .state = column_text(statement, 2),
					     .opened = column_text(statement, 3),
					     .closed = column_text(statement, 4),
					     .outcome = column_text(statement, 5),
					     .symptom = column_text(statement, 6),
					     .facts = column_text(statement, 7),
					     .own = sqlite3_column_int(statement, 8)};
		status = seen(context, &ticket);
		if (status != SVC_OK) {
			sqlite3_reset(statement);
			return status;
		}
	}
	return status;
}
