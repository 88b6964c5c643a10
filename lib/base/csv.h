/* Reading CSV and TSV with the place of every record, and writing fields. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "strbuf.h"
#include "svc/error.h"

#include <stdbool.h>
#include <stddef.h>

/* One record: fields are terminated strings, borrowed until the next call. `start` and `length` are the record's own
   bytes in the input, without its line end: what a rejects file keeps. */
struct csv_record {
	char **fields;
	size_t *lengths;
	size_t count;
	int line; /* 1-based line on which the record begins */
	const char *start;
	size_t length;
	/* NULL, or a short code: "bare_quote", "open_quote", "nul_byte", "too_long". A record with a fault has no fields, and
	   one with a wrong quote is a single line: the reading goes on with the next. */
	const char *fault;
};

struct csv_reader; /* streams with flat memory; RFC 4180 plus CRLF, CR, LF line ends, embedded newlines */
/* `next` gives the following piece of the input: bytes read, 0 at the end, -1 on error. */
typedef long (*csv_source)(void *context, char *buffer, size_t room);

struct csv_reader *csv_open(csv_source next, void *context, char delimiter);
/* True while there is a record. Blank lines are skipped. A line longer than 16 MiB ends the reading with fault "too_long";
   a failing source ends it too, and the record that was cut is not given. A BOM is the caller's matter. */
bool csv_next(struct csv_reader *reader, struct csv_record *record);
/* Bytes that were read behind the last record, borrowed until the next call. */
const char *csv_rest(const struct csv_reader *reader, size_t *length);
int csv_lines(const struct csv_reader *reader); /* how many lines there were before the one that is next */
/* Forgets what is left and begins anew with what the source gives now, at line 1. */
void csv_begin_again(struct csv_reader *reader);
void csv_close(struct csv_reader *reader);

void csv_write_field(struct strbuf *out, const char *text, char delimiter); /* quoted only where it must be */

#endif
