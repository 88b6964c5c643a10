#include "error.h"

#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Data may stand in a message: what was cut in the middle of a character loses it, and control characters show as '?',
   so that a fault stays one readable line. */
static void make_one_line(char *text, size_t room)
{
	size_t length = strlen(text);
	if (length + 1 == room)
		while (length > 0 && !utf8_valid(text, length) && length + 4 > room)
			text[--length] = '\0';
	for (char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
}

int error_set(struct svc_error *err, enum svc_code code, const char *format, ...)
{
	if (!err)
		return code;
	err->code = code;
	err->line = err->column = 0;
	err->file[0] = err->field[0] = err->hint[0] = '\0';
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(err->text, sizeof err->text, format, arguments);
	va_end(arguments);
	make_one_line(err->text, sizeof err->text);
	return code;
}

void error_at(struct svc_error *err, const char *file, int line, int column)
{
	if (!err)
		return;
	snprintf(err->file, sizeof err->file, "%s", file ? file : "");
	make_one_line(err->file, sizeof err->file);
	err->line = line;
	err->column = column;
}

void error_field(struct svc_error *err, const char *field)
{
	if (!err)
		return;
	snprintf(err->field, sizeof err->field, "%s", field ? field : "");
	make_one_line(err->field, sizeof err->field);
}

void error_hint(struct svc_error *err, const char *format, ...)
{
	if (!err)
		return;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(err->hint, sizeof err->hint, format, arguments);
	va_end(arguments);
	make_one_line(err->hint, sizeof err->hint);
}

int error_memory(struct svc_error *err)
{
	return error_set(err, SVC_FAULT, "%s", _("out of memory"));
}
