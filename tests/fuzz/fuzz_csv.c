/* Whatever the bytes are, each is in at most one record, and the lines only go on. */
#include "fuzz.h"

#include "base/csv.h"

struct input {
	const char *bytes;
	size_t left, piece;
};

static long next_piece(void *context, char *buffer, size_t room)
{
	struct input *input = context;
	size_t length = input->left < room ? input->left : room;

	if (length > input->piece)
		length = input->piece;
	if (length)
		memcpy(buffer, input->bytes, length);
	input->bytes += length;
	input->left -= length;
	return (long)length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char delimiters[] = ",;\t|";
	if (size < 2)
		return 0;
	struct input input = {(const char *)data + 2, size - 2, (size_t)data[1] + 1};
	struct csv_reader *reader = csv_open(next_piece, &input, delimiters[data[0] & 3]);
	struct csv_record record;
	size_t bytes = 0;
	int line = 0;

	while (csv_next(reader, &record)) {
		bytes += record.length;
		if (record.line <= line || bytes > size)
			abort();
		line = record.line;
		for (size_t i = 0; i < record.count; i++)
			if (strlen(record.fields[i]) != record.lengths[i])
				abort();
	}
	csv_close(reader);
	return 0;
}
