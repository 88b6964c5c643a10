/* Lines of a file or a pipe, of any length up to a limit, without waiting for more than there is. */
#ifndef CMD_BATCH_INPUT_H
#define CMD_BATCH_INPUT_H

#include "show/text.h"

#define BATCH_LINE_MOST (16u << 20) /* bytes of one line */

struct batch_input {
	int descriptor;
	struct text buffer;
	size_t at; /* the next line in it */
	bool ended;
	int fault; /* errno of the read that failed; 0: none */
};
struct batch_text {
	const char *bytes; /* without its line break; valid until the next line */
	size_t length;
	bool too_long; /* it was passed over */
};

/* Whether a line can be had without waiting for whoever writes them. */
bool batch_input_ready(struct batch_input *input);
bool batch_input_next(struct batch_input *input, struct batch_text *line); /* false: there is no more, or `fault` */
void batch_input_release(struct batch_input *input);

#endif
