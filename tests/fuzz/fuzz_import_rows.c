/* A legacy file in any encoding and format: the bytes of the rows follow one another, and none is lost between them. */
#include "fuzz.h"

#include "exchange/rows.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static void read_all(struct source *source, struct import_map *map, enum rows_format format)
{
	struct rows *rows;
	struct row row;
	size_t end = 0;
	int line = 0;

	if (rows_open(&rows, source, map, format, NULL) == SVC_OK)
		while (rows_next(rows, &row)) {
			struct span raw = rows_raw(rows);
			if (row.line <= line || raw.from < end || raw.from + raw.length > source->size)
				abort();
			end = raw.from + raw.length;
			line = row.line;
		}
	rows_close(rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const encodings[] = {NULL, "UTF-8", "GB18030", "UTF-16", "UTF-16BE", "Shift_JIS"};
	struct import_map map;
	struct source source;
	char name[64];
	int file = memfd_create("in", 0);

	if (size < 1)
		return 0;
	if (file < 0 || write(file, data + 1, size - 1) != (ssize_t)size - 1)
		abort();
	snprintf(name, sizeof name, "/proc/self/fd/%d", file);
	if (map_load(&map, NULL, SVC_TICKET, NULL) == SVC_OK &&
	    source_open(&source, name, encodings[data[0] % 6], NULL) == SVC_OK)
		read_all(&source, &map, data[0] / 6 % 3);
	source_close(&source);
	map_release(&map);
	close(file);
	return 0;
}
