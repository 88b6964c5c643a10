/* Reads JSON (RFC 8259) straight into an arena, so that a line of a batch costs no other memory. */
#include "error.h"
#include "tree.h"
#include "utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64
#define OPEN_FIRST 32

struct reader {
	struct arena *arena;
	const char *file;
	struct svc_error *err;
	const char *at, *end;
	const char *line_start;
	int line;
	int wide; /* bytes of the line so far that only go on with a character */
	struct node **open; /* keys and values of the lists and maps that are not closed yet */
	size_t open_count, open_room;
};

static const char not_json[] = N_("this is not valid JSON");

static bool goes_on(char c)
{
	return (c & 0xc0) == 0x80;
}

/* Always NULL. */
static void *fail(struct reader *reader, const char *at, const char *message)
{
	int column = 1;
	for (const char *before = reader->line_start; before < at; before++)
		column += !goes_on(*before);
	error_set(reader->err, SVC_BAD_INPUT, "%s", svc_text(message));
	error_at(reader->err, reader->file, reader->line, column);
	return NULL;
}

static void *fail_here(struct reader *reader, const char *at)
{
	return fail(reader, at, at == reader->end ? N_("the JSON text ends too early") : not_json);
}

/* The byte that comes next behind white space; 0 at the end. */
static char next_byte(struct reader *reader)
{
	for (; reader->at < reader->end; reader->at++) {
		if (*reader->at == '\n') {
			reader->line++;
			reader->line_start = reader->at + 1;
			reader->wide = 0;
		} else if (*reader->at != ' ' && *reader->at != '\t' && *reader->at != '\r') {
			return *reader->at;
		}
	}
	return 0;
}

static struct node *new_node(const struct reader *reader, enum node_kind kind)
{
	struct node *node = arena_alloc(reader->arena, sizeof *node);
	node->kind = kind;
	node->line = reader->line;
	node->column = (int)(reader->at - reader->line_start) - reader->wide + 1;
	return node;
}

/* ---- strings ---- */

static bool read_hex(const char *at, const char *end, uint32_t *code)
{
	*code = 0;
	if (end - at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = at[i] ? strchr(digits, at[i] >= 'A' && at[i] <= 'F' ? at[i] | 0x20 : at[i]) : NULL;
		if (!digit)
			return false;
		*code = *code << 4 | (uint32_t)(digit - digits);
	}
	return true;
}

/* What \u stands for, two of them for one character beyond U+FFFF. `from` is moved behind. */
static bool read_unicode(const char **from, const char *end, uint32_t *code)
{
	uint32_t low;
	if (!read_hex(*from + 2, end, code) || (*code >= 0xdc00 && *code <= 0xdfff))
		return false;
	*from += 6;
	if (*code < 0xd800 || *code > 0xdfff)
		return true;
	if (end - *from < 6 || memcmp(*from, "\\u", 2) != 0 || !read_hex(*from + 2, end, &low) || low < 0xdc00 ||
	    low > 0xdfff)
		return false;
	*from += 6;
	*code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

/* Writes what the escape at `from` stands for, and moves `from` behind it. */
static char *put_escaped(struct reader *reader, char *out, const char **from, const char *end)
{
	static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *at = *from, *letter = at[1] ? strchr(letters, at[1]) : NULL;
	uint32_t code;
	if (letter) {
		*from += 2;
		*out = meant[letter - letters];
		return out + 1;
	}
	if (at[1] != 'u' || !read_unicode(from, end, &code))
		return fail(reader, at, not_json);
	return code ? out + utf8_put(out, code) : fail(reader, at, N_("a zero byte stands in the text"));
}

static const char *unescaped(struct reader *reader, const char *from, const char *end)
{
	char *text = arena_alloc(reader->arena, (size_t)(end - from) + 1), *out = text;
	while (out && from < end) {
		const char *slash = memchr(from, '\\', (size_t)(end - from));
		size_t plain = (size_t)((slash ? slash : end) - from);
		memcpy(out, from, plain);
		out += plain;
		from += plain;
		if (slash)
			out = put_escaped(reader, out, &from, end);
	}
	return out ? text : NULL;
}

static void *fail_at_broken(struct reader *reader, const char *from)
{
	uint32_t code;
	for (size_t used; (used = utf8_next(from, (size_t)(reader->end - from), &code)) > 1 || !(*from & 0x80);)
		from += used;
	return fail(reader, from, N_("this byte is not UTF-8"));
}

/* The quote that ends the string; NULL: there is none, or a byte that may not stand before it. */
static const char *find_quote(struct reader *reader, bool *escapes)
{
	const char *at = reader->at;
	unsigned char high = 0;
	for (; at < reader->end && *at != '"'; at++) {
		if ((unsigned char)*at < 0x20)
			return fail(reader, at, not_json);
		if (*at == '\\') {
			*escapes = true;
			if (++at == reader->end)
				break;
		}
		high |= (unsigned char)*at;
		reader->wide += goes_on(*at);
	}
	if (at == reader->end)
		return fail_here(reader, at);
	if (high >= 0x80 && !utf8_valid(reader->at, (size_t)(at - reader->at)))
		return fail_at_broken(reader, reader->at);
	return at;
}

static struct node *read_string(struct reader *reader)
{
	struct node *node = new_node(reader, NODE_SCALAR);
	bool escapes = false;
	const char *from = ++reader->at, *quote = find_quote(reader, &escapes);
	if (!quote)
		return NULL;
	node->quoted = true;
	node->text = escapes ? unescaped(reader, from, quote)
			     : arena_strndup(reader->arena, from, (size_t)(quote - from));
	reader->at = quote + 1;
	return node->text ? node : NULL;
}

/* ---- numbers and words ---- */

static struct node *take_scalar(struct reader *reader, const char *end)
{
	struct node *node = new_node(reader, NODE_SCALAR);
	node->text = arena_strndup(reader->arena, reader->at, (size_t)(end - reader->at));
	reader->at = end;
	return node;
}

/* The shortest text that reads back as the same number, without an exponent where it can be written plainly. */
static const char *written_plainly(struct arena *arena, double value)
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
	return arena_strndup(arena, text, (size_t)length);
}

/* Behind one digit or more; NULL: there is none. */
static const char *skip_digits(struct reader *reader, const char *at)
{
	const char *first = at;
	while (at < reader->end && *at >= '0' && *at <= '9')
		at++;
	return at > first ? at : fail_here(reader, at);
}

/* It keeps its text, but for one with an exponent. */
static struct node *read_number(struct reader *reader)
{
	const char *from = reader->at, *first = from + (*from == '-'), *at = skip_digits(reader, first);
	if (at && *first == '0' && at > first + 1)
		return fail(reader, first, not_json);
	if (at && at < reader->end && *at == '.')
		at = skip_digits(reader, at + 1);
	bool exponent = at && at < reader->end && (*at | 0x20) == 'e';
	if (exponent) {
		at++;
		at = skip_digits(reader, at + (at < reader->end && (*at == '+' || *at == '-')));
	}
	struct node *node = at ? take_scalar(reader, at) : NULL;
	double value = node && exponent ? strtod(node->text, NULL) : 0;
	if (!isfinite(value))
		return fail(reader, from, N_("the number is too large"));
	if (node && exponent)
		node->text = written_plainly(reader->arena, value);
	return node;
}

static struct node *read_word(struct reader *reader)
{
	static const char *const words[] = {"null", "true", "false"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t length = strlen(words[i]);
		if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, words[i], length) != 0)
			continue;
		struct node *node = take_scalar(reader, reader->at + length);
		if (!i)
			*node = (struct node){.kind = NODE_NULL, .line = node->line, .column = node->column};
		return node;
	}
	return fail_here(reader, reader->at);
}

/* ---- lists and maps ---- */

static void push(struct reader *reader, struct node *node)
{
	if (reader->open_count == reader->open_room) {
		struct node **wider = arena_alloc(reader->arena, reader->open_room * 2 * sizeof *wider);
		memcpy(wider, reader->open, reader->open_count * sizeof *wider);
		reader->open = wider;
		reader->open_room *= 2;
	}
	reader->open[reader->open_count++] = node;
}

/* Takes off the open ones what stands from `first` on: values, or keys and values in turn. */
static struct node *close_node(struct reader *reader, struct node *node, size_t first)
{
	bool map = node->kind == NODE_MAP;
	node->count = (reader->open_count - first) >> map;
	node->items = arena_alloc(reader->arena, node->count * sizeof *node->items);
	node->keys = map ? arena_alloc(reader->arena, node->count * sizeof *node->keys) : NULL;
	for (size_t i = 0; i < node->count; i++) {
		if (map)
			node->keys[i] = reader->open[first + 2 * i];
		node->items[i] = reader->open[first + (i << map) + map];
	}
	reader->open_count = first;
	reader->at++;
	const struct node *twice = map ? node_key_twice(node) : NULL;
	if (!twice)
		return node;
	error_set(reader->err, SVC_BAD_INPUT, "%s", _("a key stands twice in one object"));
	error_at(reader->err, reader->file, twice->line, twice->column);
	return NULL;
}

static bool read_key(struct reader *reader)
{
	struct node *key = next_byte(reader) == '"' ? read_string(reader) : fail_here(reader, reader->at);
	if (!key)
		return false;
	push(reader, key);
	if (next_byte(reader) != ':')
		return fail_here(reader, reader->at);
	reader->at++;
	return true;
}

static struct node *read_value(struct reader *reader, int depth);

static struct node *read_container(struct reader *reader, enum node_kind kind, char close, int depth)
{
	struct node *node = new_node(reader, kind);
	size_t first = reader->open_count;
	if (depth == DEPTH_MAX)
		return fail(reader, reader->at, N_("maps and lists are nested deeper than 64"));
	reader->at++;
	for (bool more = next_byte(reader) != close; more; reader->at += more) {
		struct node *value = kind == NODE_MAP && !read_key(reader) ? NULL : read_value(reader, depth + 1);
		if (!value)
			return NULL;
		push(reader, value);
		more = next_byte(reader) == ',';
		if (!more && (reader->at == reader->end || *reader->at != close))
			return fail_here(reader, reader->at);
	}
	return close_node(reader, node, first);
}

static struct node *read_value(struct reader *reader, int depth)
{
	char c = next_byte(reader);
	if (c == '{')
		return read_container(reader, NODE_MAP, '}', depth);
	if (c == '[')
		return read_container(reader, NODE_LIST, ']', depth);
	if (c == '"')
		return read_string(reader);
	return c == '-' || (c >= '0' && c <= '9') ? read_number(reader) : read_word(reader);
}

int json_read(struct node **out, struct arena *arena, const char *text, size_t length, const char *file, int line,
	      struct svc_error *err)
{
	struct node *open[OPEN_FIRST];
	struct reader reader = {.arena = arena,
				.file = file,
				.err = err,
				.at = text,
				.end = text + length,
				.line_start = text,
				.line = line,
				.open = open,
				.open_room = OPEN_FIRST};
	struct node *root = read_value(&reader, 0);
	next_byte(&reader);
	if (root && reader.at < reader.end)
		root = fail(&reader, reader.at, N_("text follows after the end of the JSON value"));
	if (!root)
		return SVC_BAD_INPUT;
	*out = root;
	return SVC_OK;
}
