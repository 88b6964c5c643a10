/* The writer as the dispatcher sees it: made, held while a change is not committed, finished. */
#ifndef SHOW_WRITER_H
#define SHOW_WRITER_H

#include "show.h"

struct text;
enum show_format { SHOW_FOR_PEOPLE, SHOW_AS_JSON, SHOW_AS_JSONL, SHOW_AS_TSV };
enum show_colour { SHOW_COLOUR_AUTO, SHOW_COLOUR_ALWAYS, SHOW_COLOUR_NEVER };

struct show_options {
	enum show_format format;
	enum show_colour colour;
	const char *columns; /* "id,name"; NULL: all */
	bool quiet, verbose, pager;
	bool collect; /* nothing goes out: show_collect has it */
};

/* `err` is where show_list and the like say what is wrong; it must outlive the writer. */
struct show *show_new(const struct show_options *options, struct svc_error *err);
/* Nothing leaves before show_finish; with `keep` everything is written down in all forms, for show_kept. */
void show_hold(struct show *show, bool keep);
/* What was said, as JSON that show_replay takes. The caller frees. */
char *show_kept(struct show *show);
int show_replay(struct show *show, const char *kept);
void show_forget(struct show *show); /* drops what is held */
/* Writes what is left. SVC_OK, or SVC_FAULT when standard output can't take it; a closed pipe is no fault. */
int show_finish(struct show *show);
/* Adds what was shown to `out`, as JSON on one line, instead. */
int show_collect(struct show *show, struct text *out);
void show_free(struct show *show);

#endif
