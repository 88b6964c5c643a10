#include "text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void end_without_memory(void)
{
	static const char says[] = "svc: out of memory\n";

	if (write(STDERR_FILENO, says, sizeof(says) - 1) < 0)
		_exit(70);
	_exit(70);
}

void *memory_new(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (!memory)
		end_without_memory();
	return memory;
}

static void make_room(struct text *text, size_t more)
{
	size_t need = text->length + more + 1;

	if (need <= text->room)
		return;
	size_t room = text->room ? text->room * 2 : 256;
	while (room < need)
		room *= 2;
	char *bytes = realloc(text->bytes, room);
	if (!bytes)
		end_without_memory();
	text->bytes = bytes;
	text->room = room;
}

void text_add(struct text *text, const char *bytes, size_t length)
{
	make_room(text, length);
	if (length)
		memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void text_puts(struct text *text, const char *string)
{
	text_add(text, string, strlen(string));
}

void text_putc(struct text *text, char c)
{
	text_add(text, &c, 1);
}

void text_vprint(struct text *text, const char *format, va_list arguments)
{
	va_list again;

	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		return;
	make_room(text, (size_t)length);
	vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
	text->length += (size_t)length;
}

void text_print(struct text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	text_vprint(text, format, arguments);
	va_end(arguments);
}

void text_release(struct text *text)
{
	free(text->bytes);
	*text = (struct text){0};
}

char *text_keep(struct text *text)
{
	static struct kept {
		struct kept *next;
		char *bytes;
	} * first; /* still reachable at the end, so that a leak is told from what is meant to stay */

	if (!text->bytes)
		return NULL;
	struct kept *kept = memory_new(sizeof(*kept));
	*kept = (struct kept){first, text->bytes};
	first = kept;
	*text = (struct text){0};
	return kept->bytes;
}

/* Bytes of the code point at `p` (at least 1); *code is UINT32_MAX for a byte that is not UTF-8. */
static size_t decode(const unsigned char *p, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t size = p[0] < 0x80                   ? 1
		      : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
		      : (p[0] & 0xf0) == 0xe0       ? 3
		      : p[0] < 0xf5                 ? 4
						    : 0;

	*code = UINT32_MAX;
	if (p[0] >= 0x80 && p[0] < 0xc2)
		return 1;
	if (!size)
		return 1;
	uint32_t value = size == 1 ? p[0] : p[0] & (0xffu >> (size + 1));
	for (size_t i = 1; i < size; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 1;
		value = value << 6 | (p[i] & 0x3f);
	}
	if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 1;
	*code = value;
	return size;
}

/* Columns of a terminal that a code point takes, by the blocks of Unicode: no locale is needed for it. */
static size_t columns_of(uint32_t code)
{
	static const struct {
		uint32_t first, last;
		size_t columns;
	} blocks[] = {
		{0x0300, 0x036f, 0},   {0x1100, 0x115f, 2},   {0x200b, 0x200f, 0}, {0x2e80, 0x303e, 2},
		{0x3041, 0xa4cf, 2},   {0xac00, 0xd7a3, 2},   {0xf900, 0xfaff, 2}, {0xfe00, 0xfe0f, 0},
		{0xfe30, 0xfe6f, 2},   {0xff01, 0xff60, 2},   {0xffe0, 0xffe6, 2}, {0x1f300, 0x1f64f, 2},
		{0x1f900, 0x1faff, 2}, {0x20000, 0x3fffd, 2},
	};

	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		if (code >= blocks[i].first && code <= blocks[i].last)
			return blocks[i].columns;
	}
	return 1;
}

/* Bytes of `string` that fit into `room` columns, and how many columns these take. */
static size_t fitting(const char *string, size_t room, size_t *columns)
{
	size_t done = 0;

	for (*columns = 0; string[done];) {
		uint32_t code;
		size_t size = decode((const unsigned char *)string + done, &code), wide = columns_of(code);
		if (*columns + wide > room)
			break;
		*columns += wide;
		done += size;
	}
	return done;
}

size_t text_width(const char *string)
{
	size_t columns;

	fitting(string, SIZE_MAX, &columns);
	return columns;
}

void text_clip(struct text *text, const char *string, size_t room)
{
	size_t columns, whole = fitting(string, room, &columns);

	if (!string[whole]) {
		text_puts(text, string);
		return;
	}
	text_add(text, string, fitting(string, room - 1, &columns));
	text_puts(text, "\xe2\x80\xa6");
}

/* A wide character that no line begins with, or ends with. */
static bool closes(uint32_t code)
{
	return code == 0x3001 || code == 0x3002 || code == 0xff0c || code == 0xff1a || code == 0xff1b || code == 0xff09;
}

static bool opens(uint32_t code)
{
	return code == 0xff08;
}

/* Bytes of what goes on one line: as much as fits, up to where it may be broken. */
static size_t breaking(const char *line, size_t room)
{
	size_t used = 0, at = 0, best = 0;

	while (line[at]) {
		uint32_t code, next;
		size_t size = decode((const unsigned char *)line + at, &code);

		used += columns_of(code);
		if (used > room && best)
			return best;
		at += size;
		decode((const unsigned char *)line + at, &next);
		if (line[at - size] == ' ' || (columns_of(code) == 2 && !opens(code) && !closes(next)))
			best = at;
	}
	return at;
}

void text_wrap(struct text *text, const char *line, size_t width, size_t hang)
{
	size_t room = width;

	while (width > 2 * hang && text_width(line) > room) {
		size_t length = breaking(line, room);

		text_add(text, line, length);
		line += length + strspn(line + length, " ");
		if (!*line)
			return;
		text_print(text, "\n%*s", (int)hang, "");
		room = width - hang;
	}
	text_puts(text, line);
}

void text_one_line(char *string)
{
	for (char *p = string; *p; p++)
		*p = *p == '\n' || *p == '\t' ? ' ' : *p;
}

/* C0, DEL and C1 drive a terminal; the separators and the bidirectional controls make a line lie about itself. */
static bool moves_a_terminal(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069);
}

static void add_safe(struct text *text, const char *string, size_t length, bool lines)
{
	const unsigned char *p = (const unsigned char *)string, *end = p + length;

	while (p < end) {
		uint32_t code;
		size_t size = decode(p, &code);
		if (code == UINT32_MAX || code < 0x20 || code == 0x7f) {
			if (lines && (code == '\n' || code == '\t'))
				text_putc(text, (char)code);
			else
				text_print(text, "\\x%02x", p[0]);
		} else if (moves_a_terminal(code)) {
			text_print(text, "\\u%04x", (unsigned)code);
		} else {
			text_add(text, (const char *)p, size);
		}
		p += size;
	}
}

void text_safe(struct text *text, const char *string, bool lines)
{
	add_safe(text, string, strlen(string), lines);
}

static void add_escaped(struct text *text, const unsigned char *p, uint32_t code, size_t size)
{
	switch (code) {
	case '"':
		text_puts(text, "\\\"");
		break;
	case '\\':
		text_puts(text, "\\\\");
		break;
	case '\n':
		text_puts(text, "\\n");
		break;
	case '\r':
		text_puts(text, "\\r");
		break;
	case '\t':
		text_puts(text, "\\t");
		break;
	case UINT32_MAX: /* JSON is UTF-8 */
		text_puts(text, "\\ufffd");
		break;
	default:
		if (moves_a_terminal(code))
			text_print(text, "\\u%04x", (unsigned)code);
		else
			text_add(text, (const char *)p, size);
	}
}

void text_json(struct text *text, const char *string)
{
	const unsigned char *p = (const unsigned char *)string;

	text_putc(text, '"');
	while (*p) {
		uint32_t code;
		size_t size = decode(p, &code);
		add_escaped(text, p, code, size);
		p += size;
	}
	text_putc(text, '"');
}

void text_json_safe(struct text *text, const char *json)
{
	const unsigned char *p = (const unsigned char *)json;

	while (*p) {
		uint32_t code;
		size_t size = decode(p, &code);
		if (code == '\n' || code == '\t' || code == '"' || code == '\\')
			text_add(text, (const char *)p, size);
		else
			add_escaped(text, p, code, size);
		p += size;
	}
}

void text_tsv(struct text *text, const char *string)
{
	while (*string) {
		size_t plain = strcspn(string, "\t\n\r\\");
		add_safe(text, string, plain, false);
		string += plain;
		if (!*string)
			break;
		text_putc(text, '\\');
		text_putc(text, *string == '\t' ? 't' : *string == '\n' ? 'n' : *string == '\r' ? 'r' : '\\');
		string++;
	}
}
