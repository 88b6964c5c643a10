#include "error.h"
#include "tree.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64

struct reader {
	struct arena *arena;
	int line;
};

static struct node *copy_value(const struct reader *reader, json_t *value, int depth);

static struct node *new_node(const struct reader *reader, enum node_kind kind)
{
	struct node *node = arena_alloc(reader->arena, sizeof *node);
	node->kind = kind;
	node->line = reader->line;
	node->column = 1; /* jansson keeps no places of values */
	return node;
}

static struct node *new_scalar(const struct reader *reader, const char *text, size_t length, bool quoted)
{
	struct node *node = new_node(reader, NODE_SCALAR);
	node->text = arena_strndup(reader->arena, text, length);
	node->quoted = quoted;
	return node;
}

/* The shortest text that reads back as the same number, without an exponent where it can be written plainly. */
static struct node *copy_real(const struct reader *reader, double value)
{
	char text[400];
	int length = 0;
	for (int digits = 15; digits <= 17; digits++) {
		length = snprintf(text, sizeof text, "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	if (strchr(text, 'e') && value > -1e15 && value < 1e15) {
		length = snprintf(text, sizeof text, "%.12f", value);
		while (length > 1 && text[length - 1] == '0' && text[length - 2] != '.')
			length--;
	}
	return new_scalar(reader, text, (size_t)length, false);
}

static struct node *copy_list(const struct reader *reader, json_t *list, int depth)
{
	struct node *node = new_node(reader, NODE_LIST);
	node->count = json_array_size(list);
	node->items = arena_alloc(reader->arena, node->count * sizeof *node->items);
	for (size_t i = 0; i < node->count; i++)
		if (!(node->items[i] = copy_value(reader, json_array_get(list, i), depth)))
			return NULL;
	return node;
}

static struct node *copy_map(const struct reader *reader, json_t *map, int depth)
{
	struct node *node = new_node(reader, NODE_MAP);
	node->count = json_object_size(map);
	node->keys = arena_alloc(reader->arena, node->count * sizeof *node->keys);
	node->items = arena_alloc(reader->arena, node->count * sizeof *node->items);
	size_t i = 0;
	for (void *at = json_object_iter(map); at; at = json_object_iter_next(map, at), i++) {
		const char *key = json_object_iter_key(at);
		node->keys[i] = new_scalar(reader, key, strlen(key), true);
		if (!(node->items[i] = copy_value(reader, json_object_iter_value(at), depth)))
			return NULL;
	}
	return node;
}

static struct node *copy_integer(const struct reader *reader, json_int_t value)
{
	char text[24];
	int length = snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, value);
	return new_scalar(reader, text, (size_t)length, false);
}

/* NULL when it is nested too deep. */
static struct node *copy_value(const struct reader *reader, json_t *value, int depth)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return depth == DEPTH_MAX ? NULL : copy_map(reader, value, depth + 1);
	case JSON_ARRAY:
		return depth == DEPTH_MAX ? NULL : copy_list(reader, value, depth + 1);
	case JSON_STRING:
		return new_scalar(reader, json_string_value(value), json_string_length(value), true);
	case JSON_INTEGER:
		return copy_integer(reader, json_integer_value(value));
	case JSON_REAL:
		return copy_real(reader, json_real_value(value));
	case JSON_TRUE:
		return new_scalar(reader, "true", 4, false);
	case JSON_FALSE:
		return new_scalar(reader, "false", 5, false);
	case JSON_NULL:
		break;
	}
	return new_node(reader, NODE_NULL);
}

static const char *problem_message(enum json_error_code code)
{
	switch (code) {
	case json_error_premature_end_of_input:
		return N_("the JSON text ends too early");
	case json_error_end_of_input_expected:
		return N_("text follows after the end of the JSON value");
	case json_error_invalid_utf8:
		return N_("this byte is not UTF-8");
	case json_error_null_character:
		return N_("a zero byte stands in the text");
	case json_error_duplicate_key:
		return N_("a key stands twice in one object");
	case json_error_numeric_overflow:
		return N_("the number is too large");
	case json_error_stack_overflow:
		return N_("maps and lists are nested deeper than 64");
	default:
		return N_("this is not valid JSON");
	}
}

int json_read(struct node **out, struct arena *arena, const char *text, size_t length, const char *file, int line,
	      struct svc_error *err)
{
	json_error_t problem;
	json_t *value = json_loadb(text, length, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &problem);
	if (!value) {
		error_set(err, SVC_BAD_INPUT, "%s", svc_text(problem_message(json_error_code(&problem))));
		error_at(err, file, line + (problem.line > 0 ? problem.line - 1 : 0),
			 problem.column > 0 ? problem.column : 1);
		return SVC_BAD_INPUT;
	}
	struct reader reader = {.arena = arena, .line = line};
	struct node *root = copy_value(&reader, value, 0);
	json_decref(value);
	if (!root) {
		error_set(err, SVC_BAD_INPUT, "%s", _("maps and lists are nested deeper than 64"));
		error_at(err, file, line, 1);
		return SVC_BAD_INPUT;
	}
	*out = root;
	return SVC_OK;
}
