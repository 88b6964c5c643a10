#include "strbuf.h"

#include "memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 256

static void strbuf_make_room(struct strbuf *buf, size_t extra)
{
	size_t needed = buf->length + extra + 1;
	if (needed <= buf->room)
		return;
	size_t room = buf->room > SIZE_MAX / 4 ? needed : buf->room * 2;
	if (room < FIRST_ROOM)
		room = FIRST_ROOM;
	if (room < needed)
		room = needed;
	buf->text = memory_grow(buf->text, room, 1);
	buf->room = room;
}

void strbuf_add(struct strbuf *buf, const char *bytes, size_t length)
{
	strbuf_make_room(buf, length);
	if (length)
		memcpy(buf->text + buf->length, bytes, length);
	buf->length += length;
	buf->text[buf->length] = '\0';
}

void strbuf_puts(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, text, strlen(text));
}

void strbuf_putc(struct strbuf *buf, char c)
{
	strbuf_make_room(buf, 1);
	buf->text[buf->length++] = c;
	buf->text[buf->length] = '\0';
}

void strbuf_vprintf(struct strbuf *buf, const char *format, va_list arguments)
{
	strbuf_make_room(buf, 0);
	size_t left = buf->room - buf->length;
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(buf->text + buf->length, left, format, arguments);
	if (length >= 0 && (size_t)length >= left) {
		strbuf_make_room(buf, (size_t)length);
		vsnprintf(buf->text + buf->length, (size_t)length + 1, format, again);
	}
	va_end(again);
	if (length >= 0)
		buf->length += (size_t)length;
	else
		buf->text[buf->length] = '\0';
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	strbuf_vprintf(buf, format, arguments);
	va_end(arguments);
}

void strbuf_reset(struct strbuf *buf)
{
	buf->length = 0;
	if (buf->text)
		buf->text[0] = '\0';
}

void strbuf_release(struct strbuf *buf)
{
	free(buf->text);
	*buf = (struct strbuf){0};
}
