/* What the verbs share that ask a pack: one question, or a stream of them. */
#ifndef CMD_QUESTION_H
#define CMD_QUESTION_H

#include "command.h"
#include "svc/batch.h"

/* Asks about the unit that the argument SERIAL names (if any) with command->facts and `more` beside them, shows the answer
   and returns the status that its verdict stands for. */
int question_ask(struct command *command, enum svc_ask ask, const struct svc_assignment *more, size_t count);
/* The same line by line, from the file that is named where SERIAL stands, else from standard input. */
int question_batch(struct command *command, enum svc_ask ask);
/* The form of a file of facts: what --format says, else what its name ends in. */
enum svc_batch_format question_format(const struct command *command, const char *file);

extern const struct command_argument question_arguments[]; /* [SERIAL] */

#endif
