/* The rejects file: rows that can't be taken, with the input's own bytes and three columns in front. */
#ifndef EXCHANGE_REJECTS_H
#define EXCHANGE_REJECTS_H

#include "base/strbuf.h"
#include "rows.h"

#include <stdio.h>

struct rejects {
	char path[256];
	char *part; /* what is written until all is there; NULL: `path` itself */
	FILE *file; /* NULL as long as nothing was rejected */
	struct strbuf line;
	const struct source *source;
	struct rows *rows;
};

/* `path` NULL: the input's name with ".rejects" before its ending. SVC_USAGE when that is the input itself. Nothing is
   created before the first row. Release with rejects_release, also after an error. */
int rejects_init(struct rejects *rejects, const char *path, const struct source *source, struct rows *rows,
		 enum rows_format format, struct svc_error *err);
/* Adds the row that was read last. */
int rejects_add(struct rejects *rejects, int line, const char *field, enum reason reason, struct svc_error *err);
int rejects_flush(struct rejects *rejects, struct svc_error *err);
/* Gives the file its name; what bore it before is replaced. */
int rejects_finish(struct rejects *rejects, struct svc_error *err);
void rejects_release(struct rejects *rejects); /* an unfinished file is removed */

#endif
