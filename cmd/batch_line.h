/* One command of a batch: a JSON object, taken apart by the tree of commands, run as any other, answered on one line. */
#ifndef CMD_BATCH_LINE_H
#define CMD_BATCH_LINE_H

#include "batch_input.h"
#include "run.h"

/* A line that has been taken apart; whoever prepares it releases it. */
struct batch_line {
	struct command command;
	struct command_line words;
	int64_t number; /* from 1 */
	int status;
};

/* Makes the command ready to run; what is wrong with it is in ->status and its error. The desk, the places and what no line says
   are those of `batch`. */
void batch_line_prepare(struct batch_line *line, const struct command *batch, int64_t number,
			const struct batch_text *text);
bool batch_line_writes(const struct batch_line *line);
/* Runs it, unless it has failed already, and adds its answer to `out`. */
void batch_line_answer(struct batch_line *line, struct text *out);
/* The answer of a line that was not kept. */
void batch_line_lost(int64_t number, int status, const struct svc_error *error, struct text *out);
/* Answers, negative ones too, are done; everything else has failed. */
bool batch_line_failed(const struct batch_line *line);
void batch_line_release(struct batch_line *line);

#endif
