/* libcsv splits and unquotes; a line without a quote needs none of that and is split here. The lines are found here, because libcsv does not tell where a record began and ended, and
   because after a fault it is a line that is set aside. */
#include "base/csv.h"

#include "memory.h"

#include <csv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM ((size_t)256 << 10)
#define RECORD_MAX ((size_t)16 << 20)
#define FIELD_STEP ((size_t)256 << 10) /* libcsv's own 128 bytes make a large field a hundred thousand steps */

/* The next place of a byte, kept until the reading has passed it: a file without any is searched only once. */
struct landmark {
	char byte;
	size_t at; /* in the buffer; not below `seen` when there is none yet */
	size_t seen; /* the search has come this far */
};

struct csv_reader {
	csv_source next;
	void *context;
	struct csv_parser parser;
	char *buffer;
	size_t room, end; /* of the buffer */
	size_t start; /* of the record that is being read */
	size_t fed; /* the lines before here went to libcsv */
	size_t first_line_end; /* after the record's first line */
	struct landmark line_feed, carriage_return;
	bool no_more, broken; /* the source has ended; it failed */
	bool has_nul; /* a zero byte was seen somewhere */
	int line, lines; /* where the record begins; how many of its lines were fed */
	char *texts; /* the record's fields, one after the other, each terminated */
	size_t texts_length, texts_room;
	char **fields;
	size_t *lengths;
	size_t count, fields_room;
	bool complete; /* libcsv has seen the record's end */
};

/* libcsv trims what it takes for blanks; data keeps them. */
static int is_trimmed(unsigned char c)
{
	(void)c;
	return 0;
}

static void *grow_bytes(void *old, size_t size)
{
	return memory_grow(old, size, 1);
}

static void open_parser(struct csv_parser *parser, char delimiter)
{
	csv_init(parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(parser, (unsigned char)delimiter);
	csv_set_space_func(parser, is_trimmed);
	csv_set_realloc_func(parser, grow_bytes);
	csv_set_blk_size(parser, FIELD_STEP);
}

struct csv_reader *csv_open(csv_source next, void *context, char delimiter)
{
	struct csv_reader *reader = memory_get(sizeof *reader);
	reader->next = next;
	reader->context = context;
	reader->line = 1;
	reader->line_feed.byte = '\n';
	reader->carriage_return.byte = '\r';
	reader->room = FIRST_ROOM;
	reader->buffer = memory_get(reader->room);
	open_parser(&reader->parser, delimiter);
	return reader;
}

void csv_close(struct csv_reader *reader)
{
	if (!reader)
		return;
	csv_free(&reader->parser);
	free(reader->buffer);
	free(reader->texts);
	free(reader->fields);
	free(reader->lengths);
	free(reader);
}

const char *csv_rest(const struct csv_reader *reader, size_t *length)
{
	*length = reader->end - reader->fed;
	return reader->buffer + reader->fed;
}

int csv_lines(const struct csv_reader *reader)
{
	return reader->line + reader->lines - 1;
}

void csv_begin_again(struct csv_reader *reader)
{
	char delimiter = (char)csv_get_delim(&reader->parser);
	csv_free(&reader->parser);
	open_parser(&reader->parser, delimiter);
	reader->start = reader->fed = reader->end = reader->first_line_end = 0;
	reader->line_feed.at = reader->line_feed.seen = 0;
	reader->carriage_return.at = reader->carriage_return.seen = 0;
	reader->no_more = reader->broken = reader->has_nul = false;
	reader->line = 1;
	reader->lines = 0;
}

static void move_landmark(struct landmark *mark, size_t down)
{
	mark->at -= mark->at < down ? mark->at : down;
	mark->seen -= mark->seen < down ? mark->seen : down;
}

/* Drops the records that are done and reads on. */
static void read_more(struct csv_reader *reader)
{
	size_t down = reader->start;
	memmove(reader->buffer, reader->buffer + down, reader->end - down);
	reader->end -= down;
	reader->fed -= down;
	reader->first_line_end -= reader->first_line_end < down ? reader->first_line_end : down;
	reader->start = 0;
	move_landmark(&reader->line_feed, down);
	move_landmark(&reader->carriage_return, down);
	if (reader->room - reader->end < reader->room / 2) {
		reader->room *= 2;
		reader->buffer = memory_grow(reader->buffer, reader->room, 1);
	}
	long got = reader->next(reader->context, reader->buffer + reader->end, reader->room - reader->end);
	if (got <= 0) {
		reader->no_more = true;
		reader->broken = got < 0;
		return;
	}
	reader->has_nul = reader->has_nul || memchr(reader->buffer + reader->end, '\0', (size_t)got);
	reader->end += (size_t)got;
}

/* `end` when there is none. */
static size_t find_landmark(struct landmark *mark, const struct csv_reader *reader)
{
	if (mark->at >= reader->fed && mark->at < mark->seen)
		return mark->at;
	size_t from = reader->fed > mark->seen ? reader->fed : mark->seen;
	const char *hit = memchr(reader->buffer + from, mark->byte, reader->end - from);
	mark->at = hit ? (size_t)(hit - reader->buffer) : reader->end;
	mark->seen = hit ? mark->at + 1 : reader->end;
	return mark->at;
}

/* After the end of the next line, or of the data; not more than the longest record is read for it. */
static size_t find_line_end(struct csv_reader *reader)
{
	for (;;) {
		size_t feed = find_landmark(&reader->line_feed, reader);
		size_t back = find_landmark(&reader->carriage_return, reader);
		if (back < feed && (back + 1 < reader->end || reader->no_more))
			return back + 1 + (back + 1 == feed && feed < reader->end);
		if (feed < back)
			return feed + 1;
		if (reader->no_more || reader->end - reader->start > RECORD_MAX)
			return reader->end;
		read_more(reader);
	}
}

static void take_field(struct csv_reader *reader, const char *bytes, size_t length)
{
	if (reader->count == reader->fields_room) {
		reader->fields_room = reader->fields_room ? reader->fields_room * 2 : 64;
		reader->fields = memory_grow(reader->fields, reader->fields_room, sizeof *reader->fields);
		reader->lengths = memory_grow(reader->lengths, reader->fields_room, sizeof *reader->lengths);
	}
	reader->lengths[reader->count++] = length;
	if (length)
		memcpy(reader->texts + reader->texts_length, bytes, length);
	reader->texts_length += length;
	reader->texts[reader->texts_length++] = '\0';
}

static void field_parsed(void *bytes, size_t length, void *reader)
{
	take_field(reader, bytes, length);
}

static void take_end(int last, void *context)
{
	(void)last;
	struct csv_reader *reader = context;
	reader->complete = true;
}

static size_t length_without_line_end(const char *line, size_t length)
{
	length -= length > 0 && line[length - 1] == '\n';
	return length - (length > 0 && line[length - 1] == '\r');
}

/* A whole record without a quote. */
static void split_line(struct csv_reader *reader, const char *line, size_t length)
{
	char delimiter = (char)csv_get_delim(&reader->parser);
	const char *end = line + length_without_line_end(line, length), *stop;
	while ((stop = memchr(line, delimiter, (size_t)(end - line)))) {
		take_field(reader, line, (size_t)(stop - line));
		line = stop + 1;
	}
	take_field(reader, line, (size_t)(end - line));
	reader->complete = true;
}

/* False where a quote stands wrong. */
static bool feed_line(struct csv_reader *reader, size_t line_end)
{
	if (reader->lines++ == 0)
		reader->first_line_end = line_end;
	/* A field and its terminator are never longer than the field and its delimiter in the file. */
	size_t needed = line_end - reader->start + 2;
	if (needed > reader->texts_room) {
		reader->texts_room = needed < FIRST_ROOM ? FIRST_ROOM : needed * 2;
		reader->texts = memory_grow(reader->texts, reader->texts_room, 1);
	}
	size_t length = line_end - reader->fed;
	const char *line = reader->buffer + reader->fed;
	reader->fed = line_end;
	if (reader->lines == 1 && !memchr(line, '"', length)) {
		split_line(reader, line, length);
		return true;
	}
	return csv_parse(&reader->parser, line, length, field_parsed, take_end, reader) == length;
}

/* A faulty record is its first line only, and the next line begins another: one quote too many must not swallow the good
   rows that follow. Each byte is read at most twice, because the next odd quote ends the search. */
static const char *set_aside(struct csv_reader *reader, const char *fault)
{
	char delimiter = (char)csv_get_delim(&reader->parser);
	csv_free(&reader->parser);
	open_parser(&reader->parser, delimiter);
	reader->fed = reader->first_line_end;
	reader->lines = 1;
	reader->line_feed.seen = reader->line_feed.at = reader->fed;
	reader->carriage_return.seen = reader->carriage_return.at = reader->fed;
	return fault;
}

/* The record's fault, or NULL. */
static const char *read_record(struct csv_reader *reader)
{
	while (!reader->complete) {
		size_t line_end = find_line_end(reader);
		if (line_end == reader->fed) {
			if (csv_fini(&reader->parser, field_parsed, take_end, reader) != 0)
				return set_aside(reader, "open_quote");
			break;
		}
		if (line_end - reader->start > RECORD_MAX && reader->lines)
			return set_aside(reader, "open_quote");
		if (line_end - reader->start > RECORD_MAX) {
			reader->fed = reader->end;
			reader->no_more = true;
			return "too_long";
		}
		if (!feed_line(reader, line_end))
			return set_aside(reader, "bare_quote");
	}
	return NULL;
}

/* False at the end of the data. */
static bool skip_blank_lines(struct csv_reader *reader)
{
	for (;;) {
		size_t line_end = find_line_end(reader);
		if (line_end == reader->fed)
			return false;
		char first = reader->buffer[reader->fed];
		if (first != '\n' && first != '\r')
			return true;
		reader->start = reader->fed = line_end;
		reader->line++;
	}
}

static void fill_record(struct csv_reader *reader, struct csv_record *record, const char *fault)
{
	const char *raw = reader->buffer + reader->start;
	size_t length = length_without_line_end(raw, reader->fed - reader->start);
	if (!fault && reader->has_nul && memchr(raw, '\0', length))
		fault = "nul_byte";
	char *text = reader->texts;
	for (size_t i = 0; i < reader->count; i++) {
		reader->fields[i] = text;
		text += reader->lengths[i] + 1;
	}
	*record = (struct csv_record){
		.fields = reader->fields,
		.lengths = reader->lengths,
		.count = fault ? 0 : reader->count,
		.line = reader->line,
		.start = raw,
		.length = length,
		.fault = fault,
	};
}

bool csv_next(struct csv_reader *reader, struct csv_record *record)
{
	reader->line += reader->lines;
	reader->start = reader->fed;
	reader->lines = 0;
	reader->count = reader->texts_length = 0;
	reader->complete = false;
	if (!skip_blank_lines(reader))
		return false;
	const char *fault = read_record(reader);
	if (reader->broken)
		return false; /* what is left is not the whole record */
	fill_record(reader, record, fault);
	return true;
}

void csv_write_field(struct strbuf *out, const char *text, char delimiter)
{
	const char special[] = {delimiter, '"', '\r', '\n', '\0'};
	if (!text[strcspn(text, special)]) {
		strbuf_puts(out, text);
		return;
	}
	strbuf_putc(out, '"');
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		strbuf_add(out, text, (size_t)(quote - text) + 1);
		strbuf_putc(out, '"');
	}
	strbuf_puts(out, text);
	strbuf_putc(out, '"');
}
