/* How answers are shown: one writer behind every output. A verb says what there is (rows, one record, a document, lines for
   people); the options decide whether that becomes a table, a form, JSON, JSON lines or TSV. Text from the data is made
   safe for a terminal here and nowhere else. */
#ifndef SHOW_SHOW_H
#define SHOW_SHOW_H

#include "svc/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct show;
struct json_t;

enum show_kind {
	SHOW_TEXT,
	SHOW_ID,
	SHOW_WORD,
	SHOW_DATE,
	SHOW_TIME, /* UTC in the data, local time for people */
	SHOW_INTEGER,
	SHOW_NUMBER,
	SHOW_MONEY, /* a decimal string, in JSON too */
	SHOW_BOOL, /* "true" or "false" */
	SHOW_JSON /* JSON as it stands */
};
enum {
	SHOW_LONG = 1 /* in tables only when --columns names it */
};
struct show_column {
	const char *name, *title; /* title: an English message, translated when it is shown */
	enum show_kind kind;
	unsigned flags;
	const char *(*title_of)(const char *id); /* how people read a word; NULL: as it is. Borrowed */
};
enum show_mood { SHOW_PLAIN, SHOW_GOOD, SHOW_BAD, SHOW_OPEN, SHOW_FAINT, SHOW_BOLD }; /* a colour on a terminal */

/* A list: columns first, then rows. The first column is the id. cells[i] belongs to columns[i]; NULL or "": no value, the
   field is then absent in JSON. `columns` must live until the command ends. SVC_USAGE when --columns names none of them. */
int show_list(struct show *show, const char *schema, const struct show_column *columns, size_t count);
void show_row(struct show *show, const char *const *cells);

/* One record: a form of "title  value" lines, or one object. */
int show_record(struct show *show, const char *schema, const struct show_column *columns, size_t count,
		const char *const *cells);

/* One JSON object (with its schema) for scripts; nothing for people. With -q only its "id" is printed, if it has one. */
int show_document(struct show *show, const char *json);
int show_object(struct show *show, struct json_t *object); /* takes it over */

/* A line for people; nothing for scripts or with -q. A line break in the text stays one. */
void show_line(struct show *show, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* One line, which a terminal breaks where it ends; what goes on is indented by `hang` columns. */
void show_wrapped(struct show *show, enum show_mood mood, size_t hang, const char *line);
void show_mood(struct show *show, enum show_mood mood, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A table within a report for people, indented as its lines are. SVC_FAULT when libsmartcols can't be loaded. */
struct table;
int show_table(struct show *show, struct table *table);
/* A line for people, whatever else is asked for: the last word of a program like "12 passed, 0 failed". Not with -q. */
void show_always(struct show *show, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool show_people(const struct show *show); /* lines are wanted: neither --json, --jsonl, --tsv nor -q */
bool show_quiet(const struct show *show);
bool show_verbose(const struct show *show);

/* For what writes whole files or streams itself: what is buffered goes out, and the descriptor of the results is given. */
int show_descriptor(struct show *show);

#endif
