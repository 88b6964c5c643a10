/* A growing string of the program, and the ways in which text leaves it safely. */
#ifndef SHOW_TEXT_H
#define SHOW_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
	char *bytes; /* terminated; NULL while nothing was added */
	size_t length, room;
};

void *memory_new(size_t size); /* zeroed; the program ends with 70 when there is none */
void text_add(struct text *text, const char *bytes, size_t length);
void text_puts(struct text *text, const char *string);
void text_putc(struct text *text, char c);
void text_print(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vprint(struct text *text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
void text_release(struct text *text);
char *text_keep(struct text *text); /* its string, which then lives as long as the process; NULL for an empty one */

size_t text_width(const char *string); /* columns of a terminal; wide characters count two */
/* Adds `string`, cut to `room` columns (at least 1) with an ellipsis as the last. */
void text_clip(struct text *text, const char *string, size_t room);
/* Adds `line`, broken to `width` columns at blanks and between wide characters; what goes on is indented by `hang`. */
void text_wrap(struct text *text, const char *line, size_t width, size_t hang);
void text_one_line(char *string); /* line breaks and tabs become blanks */

/* Adds `string` with everything that could move a terminal's cursor, change its state or reverse its writing shown as
   \xNN or \uNNNN. Line breaks and tabs pass when `lines`. */
void text_safe(struct text *text, const char *string, bool lines);
/* Adds a JSON string with its quotes. */
void text_json(struct text *text, const char *string);
/* Adds JSON that is already JSON, with the control characters that JSON allows in strings (DEL, C1) escaped. */
void text_json_safe(struct text *text, const char *json);
/* Adds a TSV field: \t \n \r \\ escaped, other control characters as \xNN. */
void text_tsv(struct text *text, const char *string);

#endif
