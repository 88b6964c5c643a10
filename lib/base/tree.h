/* A tree of scalars, lists and maps with the place each came from: what YAML and JSON readers give. */
#ifndef BASE_TREE_H
#define BASE_TREE_H

#include "arena.h"
#include "svc/error.h"

#include <stdbool.h>
#include <stddef.h>

enum node_kind { NODE_NULL, NODE_SCALAR, NODE_LIST, NODE_MAP };

/* A scalar keeps its text; its type is that of the field it fills, not of its look. `quoted` tells "" from nothing. */
struct node {
	enum node_kind kind;
	bool quoted;
	int line, column; /* 1-based place of the value */
	const char *text; /* NODE_SCALAR: UTF-8 */
	struct node **items; /* NODE_LIST: the items; NODE_MAP: the values, in the order of the file */
	struct node **keys; /* NODE_MAP: scalars */
	size_t count;
};

const struct node *node_get(const struct node *map, const char *key); /* NULL when absent or not a map */

/* Reads one YAML document into `arena`. Duplicate keys, anchors, aliases, tags and a second document are faults.
   A BOM is dropped; text that is not UTF-8 is a fault. The depth is limited to 64. Errors: SVC_BAD_INPUT with file,
   line and column. `file` is only named in errors. */
int yaml_read(struct node **out, struct arena *arena, const char *text, size_t length, const char *file,
	      struct svc_error *err);

/* Reads one JSON value into `arena` (numbers keep their text). `line` is the line of the text in its file. */
int json_read(struct node **out, struct arena *arena, const char *text, size_t length, const char *file, int line,
	      struct svc_error *err);

#endif
