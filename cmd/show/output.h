/* Standard output: buffered, checked, through a pager when a person reads it. */
#ifndef SHOW_OUTPUT_H
#define SHOW_OUTPUT_H

#include "text.h"

#include <sys/types.h>

struct output {
	struct text pending;
	int fault; /* errno of the first write that failed; 0: none */
	pid_t pager; /* 0: none */
	bool terminal;
	bool wants_pager;
	bool held; /* nothing leaves; it all stays pending */
};

void output_open(struct output *output, bool pager); /* the pager starts with the first byte, on a terminal only */
void output_add(struct output *output, const char *bytes, size_t length);
void output_flush(struct output *output);
void output_close(struct output *output); /* flushes and waits for the pager */
bool terminal_colours(int descriptor); /* a terminal, and neither NO_COLOR nor TERM=dumb */
int terminal_width(void); /* columns of the terminal on stdout; 0: none */

#endif
