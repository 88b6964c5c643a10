/* Import maps: how the columns of a legacy file become fields of ours. */
#ifndef EXCHANGE_MAP_H
#define EXCHANGE_MAP_H

#include "base/tree.h"
#include "convert.h"

#define MAP_NONE (-1)

/* A column of theirs that the map speaks of. Its place in the list is the slot of its cell in a row. */
struct map_column {
	const char *name; /* the header's name; "3" when there is no header */
	int line, at; /* in the map; 0 without one */
};
/* A field of ours. */
struct map_field {
	const struct svc_field *field;
	int slot; /* MAP_NONE: fixed */
	const char *fixed;
	const struct date_format *date; /* NULL: ISO 8601 */
	const struct node *values; /* theirs to ours; NULL: as they are */
	int customer_id, customer_phone; /* slots of what else tells a customer; MAP_NONE: none */
	int line, at;
};
struct import_map {
	const char *file; /* NULL: columns bear the fields' own names */
	enum svc_kind kind;
	const char *source;
	struct map_field *fields;
	size_t field_count;
	int legacy_id; /* slot; MAP_NONE: the row's own fields are its identity */
	struct map_column *columns;
	size_t column_count;
	int *keep; /* slots */
	size_t keep_count;
	char delimiter; /* 0: that of the format */
	char decimal; /* 0: a point, no marks between thousands */
	bool headless;
	int skip; /* lines in front of the header */
	struct arena memory;
};

/* `file` NULL gives the map of a file whose columns bear the fields' names; what it has is known from the header
   (map_take_header). Faults are SVC_BAD_INPUT with file, line and column; a misspelt name gets a suggestion. Release with map_release, also
   after an error. */
int map_load(struct import_map *map, const char *file, enum svc_kind kind, struct svc_error *err);
void map_release(struct import_map *map);

/* Of a map without a file: takes the header's columns as fields. An unknown name is SVC_BAD_INPUT. */
int map_take_header(struct import_map *map, char *const *names, size_t count, struct svc_error *err);
/* The same for JSON lines, which have no header: every field there is. */
void map_take_all(struct import_map *map);

/* The nearest of `count` names, NULL when none is near. */
const char *map_nearest(const char *name, const char *const *names, size_t count);

#endif
