#include "show.h"

#include "state.h"
#include "suggestion.h"

#include "svc/text.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define _(message) svc_text(message)

struct show *show_new(const struct show_options *options, struct svc_error *err)
{
	struct show *show = memory_new(sizeof(*show));

	show->options = *options;
	show->err = err;
	if (options->collect) {
		show->output.held = true;
		return show;
	}
	output_open(&show->output, options->pager && options->format == SHOW_FOR_PEOPLE);
	show->colours = options->colour == SHOW_COLOUR_ALWAYS ||
			(options->colour == SHOW_COLOUR_AUTO && terminal_colours(STDOUT_FILENO));
	return show;
}

void show_hold(struct show *show, bool keep)
{
	show->hold = true;
	show->keep = keep;
	if (keep)
		show->colours = false;
}

bool show_people(const struct show *show)
{
	return show->keep || (show->options.format == SHOW_FOR_PEOPLE && !show->options.quiet);
}

bool show_quiet(const struct show *show)
{
	return show->options.quiet;
}

bool show_verbose(const struct show *show)
{
	return show->options.verbose;
}

/* Text for people is held back with the rest of a change that is not committed yet. */
static void put_people(struct show *show, const struct text *text)
{
	if (!text->length)
		return;
	if (show->hold)
		text_add(&show->people, text->bytes, text->length);
	else
		output_add(&show->output, text->bytes, text->length);
}

static void without_smartcols(struct show *show)
{
	*show->err = (struct svc_error){.code = SVC_FAULT};
	snprintf(show->err->text, sizeof(show->err->text), "%s",
		 _("libsmartcols can't be loaded, so no table is drawn"));
	snprintf(show->err->hint, sizeof(show->err->hint), "%s",
		 _("install libsmartcols1, or ask for --tsv or --json"));
}

int show_table(struct show *show, struct table *table)
{
	struct text drawn = {0}, lines = {0};
	bool drew = table_draw(table, show->output.terminal ? terminal_width() - 2 : 0, show->colours, &drawn);

	for (const char *line = drawn.bytes; line && *line;) {
		size_t length = strcspn(line, "\n");

		text_puts(&lines, "  ");
		text_add(&lines, line, length);
		text_putc(&lines, '\n');
		line += length + (line[length] != 0);
	}
	put_people(show, &lines);
	text_release(&drawn);
	text_release(&lines);
	if (!drew)
		without_smartcols(show);
	return drew ? SVC_OK : SVC_FAULT;
}

/* The list of a change becomes its document, which is kept and forgotten with it, and for people a table among its lines. */
static int end_held_list(struct show *show)
{
	struct text drawn = {0};
	int width = show->output.terminal && !show->keep ? terminal_width() : 0;
	bool drew = !show_people(show) || table_draw(&show->table, width, show->colours, &drawn);

	text_putc(&show->document, ']');
	put_people(show, &drawn);
	if (!drew)
		without_smartcols(show);
	text_release(&drawn);
	table_release(&show->table);
	return drew ? SVC_OK : SVC_FAULT;
}

static int end_list(struct show *show)
{
	struct text drawn = {0};
	int status = SVC_OK;

	if (!show->listing)
		return SVC_OK;
	show->listing = false;
	if (show->hold)
		return end_held_list(show);
	if (show->options.format == SHOW_AS_JSON)
		text_puts(&drawn, show->rows ? "]\n" : "[]\n");
	if (show->options.format == SHOW_FOR_PEOPLE && !show->options.quiet &&
	    !table_draw(&show->table, show->output.terminal ? terminal_width() : 0, show->colours, &drawn)) {
		without_smartcols(show);
		status = SVC_FAULT;
	}
	if (drawn.length)
		output_add(&show->output, drawn.bytes, drawn.length);
	text_release(&drawn);
	table_release(&show->table);
	return status;
}

static void put_line(struct show *show, enum show_mood mood, const char *format, va_list arguments)
	__attribute__((format(printf, 3, 0)));
static void put_line(struct show *show, enum show_mood mood, const char *format, va_list arguments)
{
	static const char *const codes[] = {"", "\033[32m", "\033[31m", "\033[33m", "\033[2m", "\033[1m"};
	struct text raw = {0}, line = {0};

	(void)end_list(show);
	bool coloured = show->colours && mood != SHOW_PLAIN;

	text_vprint(&raw, format, arguments);
	text_puts(&line, coloured ? codes[mood] : "");
	text_safe(&line, raw.bytes ? raw.bytes : "", true);
	text_puts(&line, coloured ? "\033[0m\n" : "\n");
	put_people(show, &line);
	text_release(&raw);
	text_release(&line);
}

void show_line(struct show *show, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (show_people(show))
		put_line(show, SHOW_PLAIN, format, arguments);
	va_end(arguments);
}

void show_mood(struct show *show, enum show_mood mood, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (show_people(show))
		put_line(show, mood, format, arguments);
	va_end(arguments);
}

void show_wrapped(struct show *show, enum show_mood mood, size_t hang, const char *line)
{
	struct text safe = {0}, broken = {0};

	text_safe(&safe, line, false);
	text_wrap(&broken, safe.bytes ? safe.bytes : "",
		  show->output.terminal && !show->keep ? (size_t)terminal_width() : 0, hang);
	show_mood(show, mood, "%s", broken.bytes ? broken.bytes : "");
	text_release(&safe);
	text_release(&broken);
}

void show_always(struct show *show, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (!show->options.quiet)
		put_line(show, SHOW_PLAIN, format, arguments);
	va_end(arguments);
}

static const struct show_column *column_called(const struct show_column *columns, size_t count, const char *name,
					       size_t length)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(columns[i].name) == length && memcmp(columns[i].name, name, length) == 0)
			return &columns[i];
	}
	return NULL;
}

static int unknown_column(struct show *show, const struct show_column *columns, size_t count, const char *name,
			  size_t length)
{
	struct svc_error *err = show->err;
	char *meant = strndup(name, length);
	struct suggestion near = {.meant = meant ? meant : ""};
	size_t used = 0;

	*err = (struct svc_error){.code = SVC_USAGE};
	snprintf(err->text, sizeof(err->text), _("no column is called \"%.*s\""), (int)length, name);
	for (size_t i = 0; i < count; i++)
		suggestion_try(&near, columns[i].name);
	free(meant);
	if (length && near.best) {
		snprintf(err->hint, sizeof(err->hint), _("did you mean \"%s\"?"), near.best);
		return SVC_USAGE;
	}
	used = (size_t)snprintf(err->hint, sizeof(err->hint), "%s", _("the columns are:"));
	for (size_t i = 0; i < count && used < sizeof(err->hint) - 64; i++)
		used += (size_t)snprintf(err->hint + used, sizeof(err->hint) - used, " %s", columns[i].name);
	return SVC_USAGE;
}

static void choose(struct show *show, const struct show_column *columns, const struct show_column *column)
{
	show->places[show->column_count] = (size_t)(column - columns);
	show->columns[show->column_count++] = column;
}

/* Objects carry every field; tables and TSV leave the long ones out unless they are asked for. */
static int choose_columns(struct show *show, const struct show_column *columns, size_t count, bool all)
{
	free(show->columns);
	free(show->places);
	free(show->chosen);
	size_t most = count + 1;
	for (const char *p = show->options.columns; p && *p; p++)
		most += *p == ',';
	show->columns = memory_new(most * sizeof(const struct show_column *));
	show->places = memory_new(most * sizeof(*show->places));
	show->chosen = memory_new(most * sizeof(*show->chosen));
	show->column_count = 0;
	if (show->options.columns && !*show->options.columns)
		return unknown_column(show, columns, count, "", 0);
	for (const char *rest = show->options.columns; rest && *rest;) {
		size_t length = strcspn(rest, ",");
		const struct show_column *column = column_called(columns, count, rest, length);
		if (!column)
			return unknown_column(show, columns, count, rest, length);
		choose(show, columns, column);
		rest += length + (rest[length] == ',');
	}
	for (size_t i = 0; !show->options.columns && i < count; i++) {
		if (all || !(columns[i].flags & SHOW_LONG))
			choose(show, columns, &columns[i]);
	}
	return SVC_OK;
}

static const char *const *chosen_cells(struct show *show, const char *const *cells)
{
	for (size_t i = 0; i < show->column_count; i++)
		show->chosen[i] = cells[show->places[i]];
	return show->chosen;
}

/* A record has the same TSV columns whether its fields have values or not. */
static void name_fields(struct show *show)
{
	show->names.length = 0;
	for (size_t i = 0; i < show->column_count; i++) {
		if (show->columns[i]->flags & SHOW_LONG && !show->options.columns)
			continue;
		text_puts(&show->names, show->names.length ? "," : "");
		text_puts(&show->names, show->columns[i]->name);
	}
}

static void hold_list(struct show *show, const struct show_column *columns, size_t count)
{
	free(show->whole);
	show->whole = memory_new((count + 1) * sizeof(const struct show_column *));
	show->whole_count = count;
	for (size_t i = 0; i < count; i++)
		show->whole[i] = &columns[i];
	show->document.length = 0;
	text_putc(&show->document, '[');
	name_fields(show);
}

int show_list(struct show *show, const char *schema, const struct show_column *columns, size_t count)
{
	enum show_format format = show->options.format;
	bool objects = format == SHOW_AS_JSON || format == SHOW_AS_JSONL;

	if (choose_columns(show, columns, count, objects && !show->hold) != SVC_OK)
		return SVC_USAGE;
	show->schema = schema;
	show->listing = true;
	show->rows = 0;
	show->table = (struct table){
		.columns = show->columns, .column_count = show->column_count, .fixed = show->options.columns != NULL};
	if (show->hold) {
		hold_list(show, columns, count);
	} else if (format == SHOW_AS_TSV) {
		show->scratch.length = 0;
		tsv_head(&show->scratch, show->columns, show->column_count);
		output_add(&show->output, show->scratch.bytes, show->scratch.length);
	}
	return SVC_OK;
}

static void put_row(struct show *show, const char *const *cells)
{
	struct text *out = &show->scratch;

	out->length = 0;
	switch (show->options.format) {
	case SHOW_AS_JSON:
		text_puts(out, show->rows ? ",\n" : "[");
		object_add(out, show->schema, show->columns, cells, show->column_count);
		break;
	case SHOW_AS_JSONL:
		object_add(out, show->schema, show->columns, cells, show->column_count);
		text_putc(out, '\n');
		break;
	case SHOW_AS_TSV:
		tsv_row(out, cells, show->column_count);
		break;
	case SHOW_FOR_PEOPLE: /* with -q: the ids alone */
		text_safe(out, cells[0] ? cells[0] : "", false);
		text_putc(out, '\n');
		break;
	}
	output_add(&show->output, out->bytes, out->length);
}

void show_row(struct show *show, const char *const *cells)
{
	const char *const *chosen = chosen_cells(show, cells);

	if (show_people(show))
		table_row(&show->table, chosen);
	else if (!show->hold)
		put_row(show, chosen);
	if (show->hold) {
		text_puts(&show->document, show->rows ? "," : "");
		object_add(&show->document, show->schema, show->whole, cells, show->whole_count);
	}
	show->rows++;
}

int show_record(struct show *show, const char *schema, const struct show_column *columns, size_t count,
		const char *const *cells)
{
	if (choose_columns(show, columns, count, true) != SVC_OK)
		return SVC_USAGE;
	const char *const *chosen = chosen_cells(show, cells);
	show->document.length = 0;
	object_add(&show->document, schema, show->columns, chosen, show->column_count);
	name_fields(show);
	if (!show_people(show))
		return SVC_OK;
	struct text form = {0};
	if (!form_draw(show->columns, chosen, show->column_count, show->colours, &form)) {
		without_smartcols(show);
		return SVC_FAULT;
	}
	put_people(show, &form);
	text_release(&form);
	return SVC_OK;
}

int show_document(struct show *show, const char *json)
{
	show->document.length = 0;
	text_puts(&show->document, json);
	return SVC_OK;
}

int show_object(struct show *show, struct json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT);
	int status = show_document(show, text);

	free(text);
	json_decref(object);
	return status;
}

int show_descriptor(struct show *show)
{
	output_flush(&show->output);
	return STDOUT_FILENO;
}

char *show_kept(struct show *show)
{
	(void)end_list(show);
	json_t *kept = json_object();
	json_t *document = show->document.length ? json_loads(show->document.bytes, JSON_DECODE_ANY, NULL) : NULL;

	json_object_set_new(kept, "text", json_string(show->people.length ? show->people.bytes : ""));
	if (document)
		json_object_set_new(kept, "json", document);
	if (show->names.length)
		json_object_set_new(kept, "columns", json_string(show->names.bytes));
	char *text = json_dumps(kept, JSON_COMPACT | JSON_REAL_PRECISION(15));
	json_decref(kept);
	return text;
}

int show_replay(struct show *show, const char *kept)
{
	json_t *told = json_loads(kept, 0, NULL);
	const char *text = json_string_value(json_object_get(told, "text"));
	const json_t *document = json_object_get(told, "json");

	show_forget(show);
	const char *names = json_string_value(json_object_get(told, "columns"));
	if (text)
		text_puts(&show->people, text);
	if (names)
		text_puts(&show->names, names);
	if (document) {
		char *dumped = json_dumps(document, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		text_puts(&show->document, dumped ? dumped : "{}");
		free(dumped);
	}
	json_decref(told);
	return SVC_OK;
}

void show_forget(struct show *show)
{
	show->listing = false;
	table_release(&show->table);
	show->people.length = 0;
	show->document.length = 0;
	show->names.length = 0;
}

static int write_fault(struct show *show)
{
	int fault = show->output.fault;

	if (!fault || fault == EPIPE)
		return SVC_OK;
	*show->err = (struct svc_error){.code = SVC_FAULT};
	snprintf(show->err->text, sizeof(show->err->text), _("standard output can't be written: %s"),
		 svc_system_reason(fault));
	return SVC_FAULT;
}

int show_finish(struct show *show)
{
	struct text machine = {0};
	int status = end_list(show);

	if (status == SVC_OK)
		status = document_print(show, &machine);
	if (machine.length)
		output_add(&show->output, machine.bytes, machine.length);
	if (show->people.length && show->options.format == SHOW_FOR_PEOPLE && !show->options.quiet)
		output_add(&show->output, show->people.bytes, show->people.length);
	text_release(&machine);
	show_forget(show);
	output_close(&show->output);
	return status != SVC_OK ? status : write_fault(show);
}

int show_collect(struct show *show, struct text *out)
{
	struct text *drawn = &show->output.pending;
	int status = end_list(show);

	if (status == SVC_OK)
		status = document_print(show, drawn);
	for (size_t i = 0; i < drawn->length; i++) { /* between values alone: in a string it is escaped */
		if (drawn->bytes[i] != '\n')
			text_putc(out, drawn->bytes[i]);
	}
	text_release(drawn);
	return status;
}

void show_free(struct show *show)
{
	text_release(&show->people);
	text_release(&show->document);
	text_release(&show->scratch);
	text_release(&show->names);
	table_release(&show->table);
	free(show->columns);
	free(show->places);
	free(show->chosen);
	free(show->whole);
	free(show);
}
