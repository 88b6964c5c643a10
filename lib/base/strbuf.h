/* A growing string. */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

struct strbuf {
	char *text; /* always terminated once something was added; NULL before */
	size_t length, room;
};

void strbuf_add(struct strbuf *buf, const char *bytes, size_t length);
void strbuf_puts(struct strbuf *buf, const char *text);
void strbuf_putc(struct strbuf *buf, char c);
void strbuf_printf(struct strbuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vprintf(struct strbuf *buf, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
void strbuf_reset(struct strbuf *buf); /* empty, room kept */
void strbuf_release(struct strbuf *buf);

#endif
