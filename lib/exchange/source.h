/* The input file of an import: its bytes, its encoding, and its text as UTF-8. */
#ifndef EXCHANGE_SOURCE_H
#define EXCHANGE_SOURCE_H

#include "svc/error.h"

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

/* Stands in the decoded text for each byte (or unit of a wide encoding) that means nothing in the encoding. It never
   occurs in UTF-8. */
#define SOURCE_INVALID '\xff'

struct source {
	const char *name; /* borrowed, for errors */
	const char *bytes; /* mapped, unless it is empty */
	size_t size;
	size_t body; /* where the text begins, behind a byte order mark */
	size_t position; /* how far the decoding is */
	char encoding[64];
	int unit; /* bytes of a line end's character: 1, 2 or 4 */
	bool big_endian; /* of a wide unit */
	bool clean; /* UTF-8 throughout */
	iconv_t decoder; /* (iconv_t)-1: the text is UTF-8 already */
};

/* `path` "-" is standard input. `encoding` is an iconv name, or NULL or "auto": UTF-8 when all of the file is, else GB18030 when
   all of it is, else SVC_BAD_INPUT. SVC_NOT_FOUND when the file is not there. Release with source_close, also after an error. */
int source_open(struct source *source, const char *path, const char *encoding, struct svc_error *err);
void source_close(struct source *source);

/* Decodes the next piece into `buffer` (a csv_source); 0 at the end. */
long source_read(void *source, char *buffer, size_t room);

/* The character at `offset` when it is ASCII, else a byte above it or 0. */
char source_ascii(const struct source *source, size_t offset);
/* Bytes of the line end at `offset`, 0 when there is none. CR LF counts as one. */
size_t source_line_end(const struct source *source, size_t offset);
/* The offset behind the line that begins at `offset`. */
size_t source_next_line(const struct source *source, size_t offset);

/* `text` (ASCII) as the file's encoding writes it, added to `out`. */
struct strbuf;
void source_encode(const struct source *source, struct strbuf *out, const char *text, size_t length);

#endif
