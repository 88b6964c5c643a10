/* Listings: a query becomes one SELECT. Values are always bound, never written into it. */
#include "base/error.h"
#include "record.h"
#include "record_row.h"

#include <string.h>

struct selection {
	struct strbuf sql;
	struct strbuf pattern; /* of the text that is looked for */
	int places; /* bound so far */
	bool narrowed; /* by one condition at least: without any, SQLite counts pages instead of rows */
};

static struct strbuf *condition(struct selection *selection)
{
	strbuf_puts(&selection->sql, selection->narrowed ? " AND " : " WHERE ");
	selection->narrowed = true;
	return &selection->sql;
}

/* Full-text search stands behind this one function: every text of the kind is looked through. */
static void match_text(struct selection *selection, enum svc_kind kind, const char *text)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	const char * or = "";
	strbuf_puts(condition(selection), "(");
	for (size_t i = 1; i < count; i++) {
		if (fields[i].type != SVC_TEXT && fields[i].type != SVC_WORD && fields[i].type != SVC_JSON)
			continue;
		strbuf_printf(&selection->sql, "%s%s LIKE ?1 ESCAPE '\\'", or, fields[i].name);
		or = " OR ";
	}
	strbuf_puts(&selection->sql, ")");
	strbuf_puts(&selection->pattern, "%");
	for (const char *c = text; *c; c++) {
		if (*c == '%' || *c == '_' || *c == '\\')
			strbuf_putc(&selection->pattern, '\\');
		strbuf_putc(&selection->pattern, *c);
	}
	strbuf_puts(&selection->pattern, "%");
}

static bool given(const char *text)
{
	return text && *text;
}

static void match_bounds(struct selection *selection, const char *name, const struct record_match *match)
{
	bool equal = given(match->from) && given(match->to) && strcmp(match->from, match->to) == 0;
	if (equal) {
		strbuf_printf(condition(selection), "%s = ?%d", name, ++selection->places);
		return;
	}
	if (given(match->from))
		strbuf_printf(condition(selection), "%s >= ?%d", name, ++selection->places);
	if (given(match->to))
		strbuf_printf(condition(selection), "%s <= ?%d", name, ++selection->places);
}

/* A day alone and a moment lie in one column: the index narrows by the outermost bound, the rest is said row by row. */
static void match_time_end(struct selection *selection, const char *name, const char *compare)
{
	int day = ++selection->places, moment = ++selection->places, outermost = ++selection->places;
	strbuf_printf(condition(selection), "%s %s ?%d AND %s %s CASE WHEN length(%s) = 10 THEN ?%d ELSE ?%d END", name,
		      compare, outermost, name, compare, name, day, moment);
}

static void match_times(struct selection *selection, const char *name, const struct record_match *match)
{
	if (given(match->from))
		match_time_end(selection, name, ">=");
	if (given(match->to))
		match_time_end(selection, name, "<=");
}

static void select_matches(struct selection *selection, enum svc_kind kind, const struct record_query *query)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	strbuf_printf(&selection->sql, " FROM %s", svc_kind_name(kind));
	selection->places = 1; /* the first is the text's */
	for (size_t i = 0; i < query->match_count; i++) {
		const struct record_match *match = &query->matches[i];
		const struct svc_field *field = &fields[match->field];
		if (match->from && match->to && !*match->from && !*match->to)
			strbuf_printf(condition(selection), "%s IS NULL", field->name);
		else if (field->type == SVC_TIME)
			match_times(selection, field->name, match);
		else
			match_bounds(selection, field->name, match);
	}
	if (given(query->text))
		match_text(selection, kind, query->text);
}

static void bind_times(sqlite3_stmt *statement, int *place, const char *day, const char *moment, bool lower)
{
	bool day_first = strcmp(day, moment) < 0;
	bind_text(statement, ++*place, day);
	bind_text(statement, ++*place, moment);
	bind_text(statement, ++*place, day_first == lower ? day : moment);
}

static void bind_ends(sqlite3_stmt *statement, int *place, const struct svc_field *field, int digits,
		      const struct record_match *match)
{
	bool one = given(match->from) && given(match->to) && strcmp(match->from, match->to) == 0;
	if (field->type == SVC_TIME) {
		if (given(match->from))
			bind_times(statement, place, match->from, match->from_moment, true);
		if (given(match->to))
			bind_times(statement, place, match->to, match->to_moment, false);
		return;
	}
	if (given(match->from))
		row_bind(statement, ++*place, field, digits, match->from);
	if (given(match->to) && !one)
		row_bind(statement, ++*place, field, digits, match->to);
}

static void bind_matches(struct selection *selection, sqlite3_stmt *statement, enum svc_kind kind,
			 const struct record_query *query, int digits)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	int place = 1;
	bind_text(statement, 1, selection->pattern.text);
	for (size_t i = 0; i < query->match_count; i++)
		bind_ends(statement, &place, &fields[query->matches[i].field], digits, &query->matches[i]);
}

static int select_open(struct store *store, struct selection *selection, enum svc_kind kind,
		       const struct record_query *query, int *digits, sqlite3_stmt **statement, struct svc_error *err)
{
	int status = row_digits(store, kind, digits, err);
	if (status == SVC_OK)
		status = store_prepare(store, selection->sql.text, statement, err);
	if (status == SVC_OK)
		bind_matches(selection, *statement, kind, query, *digits);
	return status;
}

static void select_close(struct selection *selection, sqlite3_stmt *statement)
{
	sqlite3_finalize(statement);
	strbuf_release(&selection->sql);
	strbuf_release(&selection->pattern);
}

static int each_row(struct store *store, sqlite3_stmt *statement, enum svc_kind kind, int digits, record_seen seen,
		    void *context, struct svc_error *err)
{
	struct arena arena = {0};
	const char *values[FIELD_LIMIT];
	bool row;
	int status;
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		row_read(statement, kind, digits, &arena, values);
		if (seen(context, sqlite3_column_int64(statement, 0), values))
			break;
		arena_reset(&arena);
	}
	arena_release(&arena);
	return status;
}

int record_list(struct store *store, enum svc_kind kind, const struct record_query *query, record_seen seen,
		void *context, struct svc_error *err)
{
	struct selection selection = {0};
	sqlite3_stmt *statement = NULL;
	size_t count;
	int digits;
	const struct svc_field *fields = svc_fields(kind, &count);
	const char *direction = query->descending ? " DESC" : "";
	strbuf_puts(&selection.sql, "SELECT ");
	row_columns(&selection.sql, kind);
	select_matches(&selection, kind, query);
	strbuf_printf(&selection.sql, " ORDER BY %s%s", fields[query->sort].name, direction);
	if (query->sort != FIELD_ID)
		strbuf_printf(&selection.sql, ", id%s", direction);
	if (query->limit)
		strbuf_printf(&selection.sql, " LIMIT %lld", (long long)query->limit);
	int status = select_open(store, &selection, kind, query, &digits, &statement, err);
	if (status == SVC_OK)
		status = each_row(store, statement, kind, digits, seen, context, err);
	select_close(&selection, statement);
	return status;
}

int record_count(struct store *store, enum svc_kind kind, const struct record_query *query, int64_t *count,
		 struct svc_error *err)
{
	struct selection selection = {0};
	sqlite3_stmt *statement = NULL;
	int digits;
	bool row = false;
	strbuf_puts(&selection.sql, "SELECT count(*)");
	select_matches(&selection, kind, query);
	int status = select_open(store, &selection, kind, query, &digits, &statement, err);
	if (status == SVC_OK)
		status = store_step(store, statement, &row, err);
	if (status == SVC_OK)
		*count = sqlite3_column_int64(statement, 0);
	select_close(&selection, statement);
	return status;
}
