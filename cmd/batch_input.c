#include "batch_input.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { READ_AT_ONCE = 64 * 1024 };

static const char *line_end(const struct batch_input *input)
{
	size_t left = input->buffer.length - input->at;

	return left ? memchr(input->buffer.bytes + input->at, '\n', left) : NULL;
}

/* What was taken makes room; then one read. */
static void read_more(struct batch_input *input)
{
	char bytes[READ_AT_ONCE];
	struct text *buffer = &input->buffer;

	if (input->at) {
		memmove(buffer->bytes, buffer->bytes + input->at, buffer->length - input->at);
		buffer->length -= input->at;
		input->at = 0;
	}
	ssize_t count = read(input->descriptor, bytes, sizeof(bytes));
	if (count < 0 && errno == EINTR)
		return;
	if (count < 0)
		input->fault = errno;
	input->ended = count <= 0;
	if (count > 0)
		text_add(buffer, bytes, (size_t)count);
}

bool batch_input_ready(struct batch_input *input)
{
	struct pollfd waiting = {.fd = input->descriptor, .events = POLLIN};

	while (!input->ended && !line_end(input)) {
		if (poll(&waiting, 1, 0) <= 0)
			return false;
		read_more(input);
		if (input->buffer.length - input->at > BATCH_LINE_MOST)
			return true;
	}
	return true;
}

/* The rest of a line that is longer than any may be. */
static bool pass_over(struct batch_input *input, struct batch_text *line)
{
	const char *end;

	while (!(end = line_end(input)) && !input->ended) {
		input->at = input->buffer.length;
		read_more(input);
	}
	input->at = end ? (size_t)(end - input->buffer.bytes) + 1 : input->buffer.length;
	*line = (struct batch_text){.bytes = "", .too_long = true};
	return true;
}

bool batch_input_next(struct batch_input *input, struct batch_text *line)
{
	const char *end;

	while (!(end = line_end(input)) && !input->ended) {
		if (input->buffer.length - input->at > BATCH_LINE_MOST)
			return pass_over(input, line);
		read_more(input);
	}
	if (input->fault || (!end && input->at == input->buffer.length))
		return false;
	const char *start = input->buffer.bytes + input->at;
	size_t length = end ? (size_t)(end - start) : input->buffer.length - input->at;
	input->at += length + (end != NULL);
	*line = (struct batch_text){.bytes = start, .length = length, .too_long = length > BATCH_LINE_MOST};
	return true;
}

void batch_input_release(struct batch_input *input)
{
	text_release(&input->buffer);
}
