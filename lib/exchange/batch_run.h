/* What the two forms of a batch share: the packs that answer, the output, faults. */
#ifndef EXCHANGE_BATCH_RUN_H
#define EXCHANGE_BATCH_RUN_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "policy/versions.h"
#include "svc/batch.h"

/* A pack that answers some of the lines. */
struct batch_pack {
	char *name;
	struct versions versions;
	bool set_by_desk; /* the desk has settings for it, whose values depend on each line's day */
};
struct batch {
	const struct svc_batch_options *options;
	struct svc_batch_result *result;
	struct svc_answer answer;
	struct strbuf out;
	int input_fault, output_fault; /* errno of a reading or writing that failed */

	const char *given; /* is read before the descriptor */
	size_t given_length;
	bool no_more; /* the descriptor has ended */
	bool begun; /* something before what will be read was answered already */
	int lines_before; /* and had so many lines */
	struct strbuf rest; /* what several threads left to one */
	const struct batch
		*whole; /* in a thread that answers a part: the run; it reads `given` alone and writes nothing */

	struct batch_pack **packs;
	size_t pack_count;
	struct batch_pack *common; /* for lines without a serial: named in the options, else the desk's; NULL: none */

	/* One line that goes through the desk: its facts, and the text that they point into. */
	struct svc_assignment *facts;
	size_t fact_count, fact_room;
	const char *serial; /* NULL: the line names none */
	struct svc_policy *asked; /* the pack that the desk chose for the last such line */
	struct arena line_memory;
};

/* ---- batch_pack.c ---- */

const char *batch_pack_name(const struct batch *batch); /* of the common one */
int batch_choose_pack(struct batch *batch, struct svc_error *err); /* the common one */
void batch_close_packs(struct batch *batch);

/* The version that answers such a line is asked. `fill` puts the line's facts into a version. */
typedef int (*batch_fill)(struct batch *batch, struct version *version, void *line, struct svc_error *err);
int batch_ask(struct batch *batch, struct batch_pack *pack, batch_fill fill, void *line, struct svc_error *err);

/* Lines that need the desk (a serial, or settings of the desk) are gathered as names and values first. */
bool batch_through_desk(const struct batch *batch);
void batch_fact(struct batch *batch, const char *name, const char *value);
int batch_ask_desk(struct batch *batch, struct svc_error *err);

/* ---- batch.c ---- */

/* Counts a line that can't be asked and tells of it. False when the whole run must end. */
int batch_not_utf8(struct svc_error *err);
bool batch_fault(struct batch *batch, struct svc_error *err, int line);
/* Writes and empties. */
void batch_write(struct batch *batch, struct strbuf *out);
void batch_close(struct batch *batch);
/* A csv_source. What was answered so far is written before more is read, so that a partner at the other end of a pipe
   gets its answers, and the output is written in pieces of about the input's size. */
long batch_read(void *batch, char *buffer, size_t room);

/* ---- batch_jobs.c ---- */

/* How a form of lines is answered part by part. */
struct batch_form {
	bool quotes; /* a line end between quotes does not end a record */
	void *(*open)(struct batch *batch, const void *like); /* a reader of its own for a thread */
	void (*close)(void *reader);
	/* Answers what the batch was given and counts its lines. Anything but SVC_OK: it is left to one who sees the whole. */
	int (*answer)(void *reader, int *lines, struct svc_error *err);
};
/* Answers with as many threads as the options say what they can be sure of; the rest is left to be read as usual. */
void batch_jobs(struct batch *batch, const struct batch_form *form, const void *like);

/* ---- batch_csv.c, batch_jsonl.c ---- */

int batch_csv(struct batch *batch, char delimiter, struct svc_error *err);
int batch_jsonl(struct batch *batch, struct svc_error *err);

#endif
