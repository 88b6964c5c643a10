/* Writing JSON, straight into a string buffer. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "strbuf.h"
#include "tree.h"

#include <stdbool.h>
#include <stdint.h>

/* A writer that puts the commas. Strings must be UTF-8; they are escaped per RFC 8259, control characters as \u00XX. */
struct json {
	struct strbuf *out;
	bool comma;
};

void json_open(struct json *json, const char *key, char bracket); /* key NULL inside a list; bracket '{' or '[' */
void json_close(struct json *json, char bracket); /* '}' or ']' */
void json_string(struct json *json, const char *key, const char *text);
void json_integer(struct json *json, const char *key, int64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_literal(struct json *json, const char *key, const char *text); /* a number or null, as it stands */
void json_node(struct json *json, const char *key, const struct node *node); /* scalars as strings */

#endif
