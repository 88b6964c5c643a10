#include "json.h"

#include <string.h>

/* What follows the backslash for each byte that cannot stand as it is; 'u' for \u00XX, 0 for a byte that can. DEL is
   escaped too, and so are the C1 controls (below): data must not drive a terminal. */
static const char escapes[256] = {
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b',         't',           'n',          'u',
	'f', 'r', 'u', 'u', 'u', 'u', 'u', 'u', 'u',         'u',           'u',          'u',
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', ['"'] = '"', ['\\'] = '\\', [0x7f] = 'u',
};

static void put_escape(struct strbuf *out, unsigned char code)
{
	static const char hex[] = "0123456789abcdef";
	char kind = code < 0x80 ? escapes[code] : 'u';
	char text[6] = {'\\', kind, '0', '0', hex[code >> 4], hex[code & 15]};
	strbuf_add(out, text, kind == 'u' ? 6 : 2);
}

static bool is_c1_control(const unsigned char *at)
{
	return at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f;
}

/* Bytes that need no escape are added in runs. */
static void put_quoted(struct strbuf *out, const char *text)
{
	const unsigned char *at = (const unsigned char *)text, *run = at;
	strbuf_putc(out, '"');
	for (; *at; at++) {
		bool control = is_c1_control(at);
		if (!escapes[*at] && !control)
			continue;
		strbuf_add(out, (const char *)run, (size_t)(at - run));
		at += control;
		put_escape(out, *at);
		run = at + 1;
	}
	strbuf_add(out, (const char *)run, (size_t)(at - run));
	strbuf_putc(out, '"');
}

static void put_key(struct json *json, const char *key)
{
	if (json->comma)
		strbuf_putc(json->out, ',');
	json->comma = true;
	if (key) {
		put_quoted(json->out, key);
		strbuf_putc(json->out, ':');
	}
}

void json_open(struct json *json, const char *key, char bracket)
{
	put_key(json, key);
	strbuf_putc(json->out, bracket);
	json->comma = false;
}

void json_close(struct json *json, char bracket)
{
	strbuf_putc(json->out, bracket);
	json->comma = true;
}

void json_string(struct json *json, const char *key, const char *text)
{
	put_key(json, key);
	put_quoted(json->out, text);
}

void json_integer(struct json *json, const char *key, int64_t value)
{
	char text[24], *at = text + sizeof text;
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		*--at = '-';
	put_key(json, key);
	strbuf_add(json->out, at, (size_t)(text + sizeof text - at));
}

void json_bool(struct json *json, const char *key, bool value)
{
	json_literal(json, key, value ? "true" : "false");
}

void json_literal(struct json *json, const char *key, const char *text)
{
	put_key(json, key);
	strbuf_puts(json->out, text);
}

void json_node(struct json *json, const char *key, const struct node *node)
{
	if (!node || node->kind == NODE_NULL) {
		json_literal(json, key, "null");
		return;
	}
	if (node->kind == NODE_SCALAR) {
		json_string(json, key, node->text);
		return;
	}
	bool map = node->kind == NODE_MAP;
	json_open(json, key, map ? '{' : '[');
	for (size_t i = 0; i < node->count; i++)
		json_node(json, map ? node->keys[i]->text : NULL, node->items[i]);
	json_close(json, map ? '}' : ']');
}
