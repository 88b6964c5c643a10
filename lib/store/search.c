/* Full-text search by FTS5, whose tokeniser parts words at spaces. Chinese has none, so characters are indexed one by one: an invisible
   space parts each from its neighbours, and characters in a row are looked for as a phrase. Words of one character and of two are found alike. */
#include "search.h"

#include "base/error.h"
#include "base/utf8.h"
#include "fields.h"
#include "sqlite.h"

#include <string.h>

#define PART "\xe2\x80\x8b" /* U+200B, of no width: what was put in is taken out again without a trace */

/* The columns of the index, in the order of schema.c. */
static const char *const columns[] = {"title", "product", "component", "symptom", "cause", "solution"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static bool is_single(uint32_t code)
{
	return (code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x4dbf) ||
	       (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) ||
	       (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x3ffff);
}

static const char *parted(const char *text, struct strbuf *out)
{
	size_t length = text ? strlen(text) : 0;
	bool single = true;
	uint32_t code;
	strbuf_reset(out);
	strbuf_puts(out, "");
	for (size_t at = 0, step; at < length; at += step) {
		step = utf8_next(text + at, length - at, &code);
		if (is_single(code) && !single)
			strbuf_puts(out, PART);
		single = is_single(code);
		strbuf_add(out, text + at, step);
		strbuf_puts(out, single ? PART : "");
	}
	return out->text;
}

static void joined(const char *text, struct strbuf *out)
{
	strbuf_reset(out);
	strbuf_puts(out, "");
	for (const char *part; (part = strstr(text, PART)); text = part + strlen(PART))
		strbuf_add(out, text, (size_t)(part - text));
	strbuf_puts(out, text);
}

/* ---- the index ---- */

static const char *column_value(const char *const *values, int column)
{
	return values[field_find(SVC_ARTICLE, columns[column])];
}

int search_write(struct store *store, enum svc_kind kind, int64_t id, const char *const *values, struct svc_error *err)
{
	sqlite3_stmt *statement;
	struct strbuf texts[COLUMNS] = {0};
	if (kind != SVC_ARTICLE)
		return SVC_OK;
	int status = store_statement(store,
				     "INSERT OR REPLACE INTO article_text (rowid, title, product, component, symptom,"
				     " cause, solution) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
				     &statement, err);
	if (status == SVC_OK) {
		sqlite3_bind_int64(statement, 1, id);
		for (int i = 0; i < COLUMNS; i++)
			bind_text(statement, i + 2, parted(column_value(values, i), &texts[i]));
		status = store_run(store, statement, err);
	}
	for (int i = 0; i < COLUMNS; i++)
		strbuf_release(&texts[i]);
	return status;
}

int search_drop(struct store *store, enum svc_kind kind, int64_t id, struct svc_error *err)
{
	sqlite3_stmt *statement;
	if (kind != SVC_ARTICLE)
		return SVC_OK;
	int status = store_statement(store, "DELETE FROM article_text WHERE rowid = ?1", &statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, id);
	return store_run(store, statement, err);
}

int search_drop_all(struct store *store, struct svc_error *err)
{
	return store_execute(store, "DELETE FROM article_text", err);
}

static bool same_columns(sqlite3_stmt *row, const char *const *values)
{
	struct strbuf text = {0};
	bool same = true;
	for (int i = 0; same && i < COLUMNS; i++) {
		const char *stored = column_text(row, i);
		same = stored && strcmp(stored, parted(column_value(values, i), &text)) == 0;
	}
	strbuf_release(&text);
	return same;
}

int search_same(struct store *store, enum svc_kind kind, int64_t id, const char *const *values, bool *same,
		struct svc_error *err)
{
	sqlite3_stmt *statement;
	bool row = false;
	*same = true;
	if (kind != SVC_ARTICLE)
		return SVC_OK;
	int status = store_statement(store,
				     "SELECT title, product, component, symptom, cause, solution FROM article_text"
				     " WHERE rowid = ?1",
				     &statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, id);
	status = store_step(store, statement, &row, err);
	*same = row && same_columns(statement, values);
	sqlite3_reset(statement);
	return status;
}

int search_strays(struct store *store, int64_t *count, struct svc_error *err)
{
	return store_number(store, "SELECT count(*) FROM article_text WHERE rowid NOT IN (SELECT id FROM article)",
			    count, err);
}

/* ---- what is looked for ---- */

/* "charger" becomes "charger"*: the beginning of a word. A quotation mark is doubled, so nothing of it is read as an operator. */
static void add_term(struct strbuf *out, const char *text, size_t length, bool single, const char *between)
{
	strbuf_puts(out, out->length ? between : "");
	strbuf_putc(out, '"');
	for (size_t at = 0, step; at < length; at += step) {
		uint32_t code;
		step = utf8_next(text + at, length - at, &code);
		if (*(text + at) == '"')
			strbuf_putc(out, '"');
		strbuf_add(out, text + at, step);
		strbuf_puts(out, single ? " " : "");
	}
	strbuf_puts(out, single ? "\"" : "\"*");
}

/* Characters in a row: as one phrase, or every two that stand beside each other. */
static void add_singles(struct strbuf *out, const char *text, size_t length, bool pairs)
{
	uint32_t code;
	size_t first = utf8_next(text, length, &code);
	if (!pairs || first == length) {
		add_term(out, text, length, true, pairs ? " OR " : " AND ");
		return;
	}
	for (size_t at = 0, next = first; next < length; at = next, next += first) {
		first = utf8_next(text + next, length - next, &code);
		add_term(out, text + at, next + first - at, true, " OR ");
	}
}

/* Bytes of the row of characters, or of the word, that `text` begins with. */
static size_t run_length(const char *text, size_t length, bool *single)
{
	uint32_t code;
	size_t at = utf8_next(text, length, &code);
	*single = is_single(code);
	while (at < length && !strchr(" \t\n", text[at])) {
		size_t step = utf8_next(text + at, length - at, &code);
		if (is_single(code) != *single)
			break;
		at += step;
	}
	return at;
}

/* A word of nothing but signs holds no token, and would be met by nothing. */
static bool has_token(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char c = text[i];
		if ((c & 0x80) || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
			return true;
	}
	return false;
}

static void build_match(struct strbuf *out, const char *words, bool some)
{
	size_t length = strlen(words);
	strbuf_reset(out);
	strbuf_puts(out, "");
	for (size_t at = strspn(words, " \t\n"), run; at < length; at += run + strspn(words + at + run, " \t\n")) {
		bool single;
		run = run_length(words + at, length - at, &single);
		if (single)
			add_singles(out, words + at, run, some);
		else if (has_token(words + at, run))
			add_term(out, words + at, run, false, some ? " OR " : " AND ");
	}
}

/* What is in the title weighs most; a smaller rank is better. */
static const char select_found[] =
	"SELECT article.id, snippet(article_text, -1, '[', ']', '...', 24)"
	" FROM article_text JOIN article ON article.id = article_text.rowid"
	" WHERE article_text MATCH ?1 AND (?2 IS NULL OR article.state = ?2)"
	" AND (?3 IS NULL OR article.product = ?3) AND (?4 IS NULL OR article.component = ?4)"
	" ORDER BY bm25(article_text, 8.0, 4.0, 4.0, 4.0, 2.0, 1.0), article.used DESC, article.id LIMIT ?5";

static int each_found(struct store *store, const struct search_query *query, const char *match, search_seen seen,
		      void *context, bool *any, struct svc_error *err)
{
	sqlite3_stmt *statement;
	struct strbuf snippet = {0};
	bool row;
	int status = store_prepare(store, select_found, &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, match);
	bind_text(statement, 2, query->state);
	bind_text(statement, 3, query->product);
	bind_text(statement, 4, query->component);
	sqlite3_bind_int64(statement, 5, query->limit ? query->limit : -1);
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row) {
		*any = true;
		joined(column_text(statement, 1), &snippet);
		if (seen(context, sqlite3_column_int64(statement, 0), snippet.text))
			break;
	}
	sqlite3_finalize(statement);
	strbuf_release(&snippet);
	return status;
}

int search_articles(struct store *store, const struct search_query *query, search_seen seen, void *context,
		    struct svc_error *err)
{
	struct strbuf match = {0};
	bool any = false;
	int status = SVC_OK;
	for (int some = 0; status == SVC_OK && !any && some < 2; some++) {
		build_match(&match, query->words, some);
		if (match.length)
			status = each_found(store, query, match.text, seen, context, &any, err);
	}
	strbuf_release(&match);
	return status;
}
