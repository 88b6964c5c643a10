#include "fault.h"

#include "show/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct exit_code exit_codes[] = {
	{SVC_OK, N_("done; a check answered yes")},
	{SVC_NO, N_("a check answered no: an answer, not a fault")},
	{SVC_USAGE, N_("wrong usage")},
	{SVC_INCOMPLETE, N_("a check can't be answered: facts are missing, and named")},
	{SVC_BAD_INPUT, N_("bad input data or a bad pack; nothing was changed")},
	{SVC_NOT_FOUND, N_("not found")},
	{SVC_REFUSED, N_("refused by rule or state: not allowed, a conflict, a duplicate")},
	{SVC_BUSY, N_("the desk is busy or out of reach; nothing was changed, try again")},
	{SVC_DENIED, N_("not permitted")},
	{SVC_PARTIAL, N_("done in part; what was set aside is named")},
	{SVC_FAULT, N_("a fault of svc itself, or output that could not be written")},
};
const size_t exit_code_count = sizeof(exit_codes) / sizeof(exit_codes[0]);

int exit_code_of(int status)
{
	for (size_t i = 0; i < exit_code_count; i++) {
		if ((int)exit_codes[i].code == status)
			return status;
	}
	return SVC_FAULT;
}

int command_fail(struct command *command, enum svc_code code, const char *format, ...)
{
	va_list arguments;

	command->error = (struct svc_error){.code = code};
	va_start(arguments, format);
	vsnprintf(command->error.text, sizeof(command->error.text), format, arguments);
	va_end(arguments);
	return (int)code;
}

int command_hint(struct command *command, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(command->error.hint, sizeof(command->error.hint), format, arguments);
	va_end(arguments);
	return (int)command->error.code;
}

static void tell(struct text *text)
{
	size_t done = 0;

	while (done < text->length) {
		ssize_t wrote = write(STDERR_FILENO, text->bytes + done, text->length - done);
		if (wrote <= 0)
			break;
		done += (size_t)wrote;
	}
	text_release(text);
}

void command_say(const struct command *command, const char *format, ...)
{
	struct text raw = {0}, line = {0};
	va_list arguments;

	if (command->show && show_quiet(command->show))
		return;
	va_start(arguments, format);
	text_vprint(&raw, format, arguments);
	va_end(arguments);
	text_puts(&line, "svc: ");
	text_safe(&line, raw.bytes ? raw.bytes : "", false);
	text_putc(&line, '\n');
	text_release(&raw);
	tell(&line);
}

/* The line of a text file that an error stands on, where its column is known. The caller frees; NULL when it can't be read. */
static char *source_line(const struct svc_error *error)
{
	enum { FARTHEST = 1000000 };
	struct stat status;
	char *line = NULL;
	size_t room = 0;

	if (!*error->file || error->column <= 0 || error->line <= 0 || error->line > FARTHEST ||
	    stat(error->file, &status) != 0 || !S_ISREG(status.st_mode))
		return NULL;
	FILE *file = fopen(error->file, "re");
	int at = 0;
	while (file && at < error->line && getline(&line, &room, file) >= 0)
		at++;
	if (file)
		fclose(file);
	if (at == error->line)
		return line;
	free(line);
	return NULL;
}

/* The line, and a caret below the column; wide characters count two. */
static void add_source(struct text *out, const char *source, int column)
{
	enum { LONGEST = 160 };
	size_t length = strcspn(source, "\r\n");

	if (length > LONGEST)
		return;
	char *line = strndup(source, length);
	text_puts(out, "  ");
	text_safe(out, line ? line : "", true);
	text_puts(out, "\n  ");
	const unsigned char *p = (const unsigned char *)line;
	for (int i = 1; p && i < column && *p; i++) {
		text_puts(out, *p == '\t' ? "\t" : *p >= 0xe1 ? "  " : " ");
		for (p++; (*p & 0xc0) == 0x80; p++)
			;
	}
	text_puts(out, "^\n");
	free(line);
}

static void add_place(struct text *out, const struct svc_error *error)
{
	if (*error->file)
		text_safe(out, error->file, false);
	if (*error->file && error->line > 0)
		text_print(out, ":%d", error->line);
	if (*error->file && error->line > 0 && error->column > 0)
		text_print(out, ":%d", error->column);
	text_puts(out, *error->file ? ": " : "");
	if (*error->field && !strstr(error->text, error->field)) {
		text_safe(out, error->field, false);
		text_puts(out, ": ");
	}
}

void command_show_error(const struct svc_error *error, const char *source)
{
	struct text out = {0};
	char *read = source ? NULL : source_line(error);

	text_puts(&out, "svc: ");
	add_place(&out, error);
	text_safe(&out, error->text, false);
	text_putc(&out, '\n');
	if (read || (source && error->column > 0))
		add_source(&out, source ? source : read, error->column);
	if (*error->hint) {
		text_puts(&out, _("hint: "));
		text_safe(&out, error->hint, false);
		text_putc(&out, '\n');
	}
	free(read);
	tell(&out);
}
