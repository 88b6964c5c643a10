/* What scripts read: JSON objects and TSV rows. */
#include "state.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static bool is_number(const char *cell)
{
	size_t at = *cell == '-', digits = strspn(cell + at, "0123456789");

	if (!digits || (digits > 1 && cell[at] == '0'))
		return false;
	at += digits;
	if (cell[at] == '.') {
		digits = strspn(cell + ++at, "0123456789");
		at += digits;
	}
	return digits && !cell[at];
}

static bool stands_as_it_is(const struct show_column *column, const char *cell)
{
	switch (column->kind) {
	case SHOW_JSON:
		return true;
	case SHOW_BOOL:
		return strcmp(cell, "true") == 0 || strcmp(cell, "false") == 0;
	case SHOW_INTEGER:
	case SHOW_NUMBER:
		return is_number(cell);
	default:
		return false;
	}
}

void object_add(struct text *out, const char *schema, const struct show_column *const *columns,
		const char *const *cells, size_t count)
{
	text_puts(out, "{\"schema\":");
	text_json(out, schema);
	for (size_t i = 0; i < count; i++) {
		if (!cells[i] || !*cells[i])
			continue;
		text_putc(out, ',');
		text_json(out, columns[i]->name);
		text_putc(out, ':');
		if (stands_as_it_is(columns[i], cells[i]))
			text_json_safe(out, cells[i]);
		else
			text_json(out, cells[i]);
	}
	text_putc(out, '}');
}

void tsv_head(struct text *out, const struct show_column *const *columns, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			text_putc(out, '\t');
		text_tsv(out, columns[i]->name);
	}
	text_putc(out, '\n');
}

void tsv_row(struct text *out, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			text_putc(out, '\t');
		if (cells[i])
			text_tsv(out, cells[i]);
	}
	text_putc(out, '\n');
}

static void add_json(struct text *out, const json_t *value)
{
	char *dumped = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

	text_json_safe(out, dumped ? dumped : "null");
	free(dumped);
}

/* A value as a field: lists of scalars joined by ";", anything deeper as JSON. */
static void add_plain(struct text *out, const json_t *value)
{
	if (json_is_string(value)) {
		text_puts(out, json_string_value(value));
		return;
	}
	if (!json_is_array(value)) {
		add_json(out, value);
		return;
	}
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);
		if (i)
			text_putc(out, ';');
		if (json_is_string(item))
			text_puts(out, json_string_value(item));
		else
			add_json(out, item);
	}
}

static void add_tsv_object(struct text *out, const json_t *object, const json_t *names)
{
	for (size_t i = 0; i < json_array_size(names); i++) {
		const json_t *value = json_object_get(object, json_string_value(json_array_get(names, i)));
		struct text plain = {0};
		if (i)
			text_putc(out, '\t');
		if (value)
			add_plain(&plain, value);
		if (plain.length)
			text_tsv(out, plain.bytes);
		text_release(&plain);
	}
	text_putc(out, '\n');
}

/* The fields to show: those named, else all of the first object but its schema. */
static json_t *names_of(const char *columns, const json_t *object)
{
	json_t *names = json_array();
	const char *name;
	json_t *value;

	for (const char *rest = columns; rest && *rest;) {
		size_t length = strcspn(rest, ",");
		json_array_append_new(names, json_stringn(rest, length));
		rest += length + (rest[length] == ',');
	}
	if (json_array_size(names))
		return names;
	json_object_foreach((json_t *)object, name, value)
	{
		if (strcmp(name, "schema") != 0)
			json_array_append_new(names, json_string(name));
	}
	return names;
}

static void print_tsv(const struct show *show, const json_t *document, struct text *out)
{
	const json_t *first = json_is_array(document) ? json_array_get(document, 0) : document;
	const char *columns = show->options.columns ? show->options.columns : show->names.bytes;
	json_t *names = names_of(columns, first);

	for (size_t i = 0; i < json_array_size(names); i++) {
		if (i)
			text_putc(out, '\t');
		text_tsv(out, json_string_value(json_array_get(names, i)));
	}
	text_putc(out, '\n');
	if (!json_is_array(document))
		add_tsv_object(out, document, names);
	for (size_t i = 0; json_is_array(document) && i < json_array_size(document); i++)
		add_tsv_object(out, json_array_get(document, i), names);
	json_decref(names);
}

static json_t *only_columns(const struct show *show, const json_t *object)
{
	json_t *names = names_of(show->options.columns, object), *chosen = json_object();

	json_object_set(chosen, "schema", json_object_get(object, "schema"));
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));
		json_object_set(chosen, name, json_object_get(object, name));
	}
	json_decref(names);
	return chosen;
}

/* One object a line, or for JSON all of them in one list. */
static void print_list(const struct show *show, const json_t *document, struct text *out)
{
	bool lines = show->options.format == SHOW_AS_JSONL;
	text_puts(out, lines ? "" : "[");
	for (size_t i = 0; i < json_array_size(document); i++) {
		json_t *chosen = only_columns(show, json_array_get(document, i));
		text_puts(out, i && !lines ? "," : "");
		add_json(out, chosen);
		text_puts(out, lines ? "\n" : "");
		json_decref(chosen);
	}
	text_puts(out, lines ? "" : "]\n");
}

static int print_parsed(struct show *show, const json_t *document, struct text *out)
{
	if (show->options.format == SHOW_AS_TSV) {
		print_tsv(show, document, out);
	} else if (json_is_array(document)) {
		print_list(show, document, out);
	} else {
		json_t *chosen = only_columns(show, document);
		add_json(out, chosen);
		text_putc(out, '\n');
		json_decref(chosen);
	}
	return SVC_OK;
}

/* With -q, as in id=$(svc ... -q), there is the id or the count and nothing else. */
static void print_id(const json_t *document, struct text *out)
{
	const json_t *id = json_object_get(document, "id"), *count = json_object_get(document, "count");

	for (size_t i = 0; i < json_array_size(document); i++)
		print_id(json_array_get(document, i), out);
	if (json_is_string(id))
		text_safe(out, json_string_value(id), false);
	else if (json_is_integer(count))
		text_print(out, "%" JSON_INTEGER_FORMAT, json_integer_value(count));
	else
		return;
	text_putc(out, '\n');
}

int document_print(struct show *show, struct text *out)
{
	bool people = show->options.format == SHOW_FOR_PEOPLE;

	if (!show->document.length || (people && !show->options.quiet))
		return SVC_OK;
	if (show->options.format == SHOW_AS_JSON && !show->options.columns) {
		text_json_safe(out, show->document.bytes);
		text_putc(out, '\n');
		return SVC_OK;
	}
	json_t *document = json_loads(show->document.bytes, JSON_DECODE_ANY, NULL);
	if (!document)
		return SVC_FAULT;
	int status = SVC_OK;
	if (people)
		print_id(document, out);
	else
		status = print_parsed(show, document, out);
	json_decref(document);
	return status;
}
