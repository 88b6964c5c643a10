#include "error.h"
#include "memory.h"
#include "tree.h"
#include "utf8.h"
#include "yaml_words.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define DEPTH_MAX 64
#define PAIRWISE_MAX 32 /* maps up to here are searched for a key given twice pair by pair, longer ones by sorting */

struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	const char *text, *file;
	struct svc_error *err;
	/* The children of all maps and lists that are still open; each takes its own off the end when it closes. */
	struct node **open;
	size_t open_count, open_room;
};

static struct node *read_value(struct reader *reader, yaml_event_t *event, int depth);

static void *fault(struct reader *reader, int line, int column, const char *message)
{
	error_set(reader->err, SVC_BAD_INPUT, "%s", svc_text(message));
	error_at(reader->err, reader->file, line, column);
	return NULL;
}

static void *fault_at(struct reader *reader, yaml_mark_t mark, const char *message)
{
	return fault(reader, (int)mark.line + 1, (int)mark.column + 1, message);
}

/* The place of a byte, where only its offset is known. */
static void *fault_at_byte(struct reader *reader, size_t offset, const char *message)
{
	int line = 1, column = 1;
	for (size_t at = 0; at < offset;) {
		uint32_t code;
		at += utf8_next(reader->text + at, offset - at, &code);
		column = code == '\n' ? 1 : column + 1;
		line += code == '\n';
	}
	return fault(reader, line, column, message);
}

/* libyaml notices at the end of the file; the place to look at is where the quotes begin. */
static bool quotes_stay_open(const yaml_parser_t *parser)
{
	return parser->context && strcmp(parser->context, "while scanning a quoted scalar") == 0 &&
	       strncmp(parser->problem, "found unexpected", strlen("found unexpected")) == 0;
}

static bool next_event(struct reader *reader, yaml_event_t *event)
{
	yaml_parser_t *parser = &reader->parser;
	if (yaml_parser_parse(parser, event))
		return true;
	const char *message = yaml_problem_message(parser->problem);
	if (parser->error == YAML_MEMORY_ERROR)
		error_memory(reader->err);
	else if (parser->error == YAML_READER_ERROR)
		fault_at_byte(reader, parser->problem_offset, message);
	else
		fault_at(reader, quotes_stay_open(parser) ? parser->context_mark : parser->problem_mark, message);
	return false;
}

static void push(struct reader *reader, struct node *node)
{
	if (reader->open_count == reader->open_room) {
		reader->open_room = reader->open_room ? reader->open_room * 2 : 256;
		reader->open = memory_grow(reader->open, reader->open_room, sizeof *reader->open);
	}
	reader->open[reader->open_count++] = node;
}

static struct node *new_node(struct reader *reader, enum node_kind kind, const yaml_event_t *event)
{
	struct node *node = arena_alloc(reader->arena, sizeof *node);
	node->kind = kind;
	node->line = (int)event->start_mark.line + 1;
	node->column = (int)event->start_mark.column + 1;
	return node;
}

static struct node *read_scalar(struct reader *reader, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	size_t length = event->data.scalar.length;
	bool quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	if (memchr(text, '\0', length))
		return fault_at(reader, event->start_mark, N_("a zero byte stands in the text"));
	bool nothing = !quoted && (length == 0 || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
	struct node *node = new_node(reader, nothing ? NODE_NULL : NODE_SCALAR, event);
	node->quoted = quoted;
	node->text = arena_strndup(reader->arena, text, length);
	return node;
}

static struct node *read_list(struct reader *reader, const yaml_event_t *start, int depth)
{
	struct node *list = new_node(reader, NODE_LIST, start);
	size_t first = reader->open_count;
	yaml_event_t event;
	while (next_event(reader, &event)) {
		bool end = event.type == YAML_SEQUENCE_END_EVENT;
		struct node *item = end ? NULL : read_value(reader, &event, depth);
		yaml_event_delete(&event);
		if (end) {
			list->count = reader->open_count - first;
			list->items = arena_alloc(reader->arena, list->count * sizeof *list->items);
			if (list->count)
				memcpy(list->items, reader->open + first, list->count * sizeof *list->items);
			reader->open_count = first;
			return list;
		}
		if (!item)
			return NULL;
		push(reader, item);
	}
	return NULL;
}

static int compare_keys(const void *a, const void *b)
{
	const struct node *left = *(struct node *const *)a, *right = *(struct node *const *)b;
	int order = strcmp(left->text, right->text);
	if (order)
		return order;
	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return (left->column > right->column) - (left->column < right->column);
}

static bool is_before(const struct node *a, const struct node *b)
{
	return !b || a->line < b->line || (a->line == b->line && a->column < b->column);
}

/* The first key, by place, that stood before; NULL when each stands once. */
static const struct node *find_twice(struct node **keys, size_t count)
{
	const struct node *found = NULL;
	if (count <= PAIRWISE_MAX) {
		for (size_t i = 1; i < count; i++)
			for (size_t j = 0; j < i; j++)
				if (strcmp(keys[i]->text, keys[j]->text) == 0)
					return keys[i];
		return NULL;
	}
	struct node **sorted = memory_grow(NULL, count, sizeof *sorted);
	memcpy(sorted, keys, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, compare_keys);
	for (size_t i = 1; i < count; i++)
		if (strcmp(sorted[i - 1]->text, sorted[i]->text) == 0 && is_before(sorted[i], found))
			found = sorted[i];
	free(sorted);
	return found;
}

/* Takes the keys and values, which stand in turn, off the open ones. */
static struct node *close_map(struct reader *reader, struct node *map, size_t first)
{
	map->count = (reader->open_count - first) / 2;
	map->keys = arena_alloc(reader->arena, map->count * sizeof *map->keys);
	map->items = arena_alloc(reader->arena, map->count * sizeof *map->items);
	for (size_t i = 0; i < map->count; i++) {
		map->keys[i] = reader->open[first + 2 * i];
		map->items[i] = reader->open[first + 2 * i + 1];
	}
	reader->open_count = first;
	const struct node *twice = find_twice(map->keys, map->count);
	if (!twice)
		return map;
	error_set(reader->err, SVC_BAD_INPUT, _("the key '%s' stands twice in one map"), twice->text);
	error_at(reader->err, reader->file, twice->line, twice->column);
	return NULL;
}

static struct node *read_map(struct reader *reader, const yaml_event_t *start, int depth)
{
	struct node *map = new_node(reader, NODE_MAP, start);
	size_t first = reader->open_count;
	yaml_event_t event;
	while (next_event(reader, &event)) {
		bool end = event.type == YAML_MAPPING_END_EVENT;
		bool is_key = (reader->open_count - first) % 2 == 0;
		struct node *node = end ? NULL : read_value(reader, &event, depth);
		if (node && is_key && node->kind != NODE_SCALAR && (node->kind != NODE_NULL || !*node->text))
			node = fault_at(reader, event.start_mark, N_("a key must be plain text"));
		yaml_event_delete(&event);
		if (end)
			return close_map(reader, map, first);
		if (!node)
			return NULL;
		if (is_key)
			node->kind = NODE_SCALAR;
		push(reader, node);
	}
	return NULL;
}

/* libyaml keeps anchor and tag in a place of their own for each kind of event. */
static bool is_plain_event(struct reader *reader, const yaml_event_t *event)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;
	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	} else if (event->type == YAML_ALIAS_EVENT) {
		return fault_at(reader, event->start_mark,
				N_("aliases are not allowed: quote text that begins with '*'"));
	}
	if (anchor)
		return fault_at(reader, event->start_mark,
				N_("anchors are not allowed: quote text that begins with '&'"));
	if (tag)
		return fault_at(reader, event->start_mark, N_("tags are not allowed: quote text that begins with '!'"));
	return true;
}

static struct node *read_value(struct reader *reader, yaml_event_t *event, int depth)
{
	if (!is_plain_event(reader, event))
		return NULL;
	if (event->type == YAML_SCALAR_EVENT)
		return read_scalar(reader, event);
	if (depth == DEPTH_MAX)
		return fault_at(reader, event->start_mark, N_("maps and lists are nested deeper than 64"));
	return event->type == YAML_SEQUENCE_START_EVENT ? read_list(reader, event, depth + 1)
							: read_map(reader, event, depth + 1);
}

/* Reads events up to one of `type`; false on a fault. The next event must be that one, unless it is the end. */
static struct node *read_document(struct reader *reader)
{
	struct node *root = NULL;
	yaml_event_t event;
	for (;;) {
		if (!next_event(reader, &event))
			return NULL;
		yaml_event_type_t type = event.type;
		bool faulty = false;
		if (type == YAML_DOCUMENT_START_EVENT && root)
			faulty = !fault_at(reader, event.start_mark, N_("a second document begins here"));
		else if (type == YAML_STREAM_END_EVENT && !root)
			root = new_node(reader, NODE_NULL, &event);
		else if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
			 type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT)
			faulty = !(root = read_value(reader, &event, 0));
		yaml_event_delete(&event);
		if (faulty)
			return NULL;
		if (type == YAML_STREAM_END_EVENT)
			return root;
	}
}

static size_t first_invalid_byte(const char *text, size_t length)
{
	size_t at = 0;
	uint32_t code;
	for (size_t used; at < length; at += used) {
		used = utf8_next(text + at, length - at, &code);
		if (used == 1 && code == 0xfffd)
			break;
	}
	return at;
}

int yaml_read(struct node **out, struct arena *arena, const char *text, size_t length, const char *file,
	      struct svc_error *err)
{
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		length -= 3;
	}
	struct reader reader = {.arena = arena, .text = text, .file = file, .err = err};
	if (!utf8_valid(text, length)) {
		fault_at_byte(&reader, first_invalid_byte(text, length), N_("this byte is not UTF-8"));
		return SVC_BAD_INPUT;
	}
	if (!yaml_parser_initialize(&reader.parser))
		return error_memory(err);
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, length);
	struct node *root = read_document(&reader);
	yaml_parser_delete(&reader.parser);
	free(reader.open);
	if (!root)
		return SVC_BAD_INPUT;
	*out = root;
	return SVC_OK;
}
