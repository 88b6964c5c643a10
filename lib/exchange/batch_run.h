/* What the two forms of a batch share: the packs that answer, the output, faults. */
#ifndef EXCHANGE_BATCH_RUN_H
#define EXCHANGE_BATCH_RUN_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "svc/batch.h"

#include <stdint.h>

#define BATCH_DAYS 1024 /* places of the table that remembers which version answers a day of sale; a power of two */

/* One version of the pack: what is needed to ask it again and again. */
struct batch_version {
	struct svc_policy *policy;
	struct svc_facts *facts;
	uint16_t *places; /* of the columns, for CSV */
};
struct batch {
	const struct svc_batch_options *options;
	struct svc_batch_result *result;
	struct svc_answer answer;
	struct strbuf out;
	int input_fault, output_fault; /* errno of a reading or writing that failed */

	const char *pack; /* for lines without a serial: named in the options, else the desk's default; NULL: none */
	bool set_by_desk; /* the desk has settings for it, whose values depend on each line's day */
	/* Its newest version first, the others as they are met. */
	struct batch_version *versions;
	size_t version_count;
	bool several;
	struct batch_day {
		svc_date sale;
		uint32_t version;
	} days[BATCH_DAYS];

	/* One line that goes through the desk: its facts, and the text that they point into. */
	struct svc_assignment *facts;
	size_t fact_count, fact_room;
	const char *serial; /* NULL: the line names none */
	struct svc_policy *asked; /* the pack that the desk chose for the last such line */
	struct arena line_memory;
};

/* Lines that need the desk (a serial, or settings of the desk) are asked through it, each for itself. */
bool batch_through_desk(const struct batch *batch);
int batch_ask_desk(struct batch *batch, struct svc_error *err);
void batch_fact(struct batch *batch, const char *name, const char *value);

/* The version that was in force when the goods of these facts were sold. `fill` puts the line's facts into a version. */
typedef int (*batch_fill)(struct batch *batch, struct batch_version *version, void *line, struct svc_error *err);
int batch_ask(struct batch *batch, batch_fill fill, void *line, struct svc_error *err);

/* Counts a line that can't be asked and tells of it. False when the whole run must end. */
bool batch_fault(struct batch *batch, struct svc_error *err, int line);
/* A csv_source. What was answered so far is written before more is read, so that a partner at the other end of a pipe
   gets its answers, and the output is written in pieces of about the input's size. */
long batch_read(void *batch, char *buffer, size_t room);

int batch_csv(struct batch *batch, char delimiter, struct svc_error *err);
int batch_jsonl(struct batch *batch, struct svc_error *err);

#endif
