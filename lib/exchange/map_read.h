/* What the readers of a map share: the map's keys are read in map.c, those of its columns in map_columns.c. */
#ifndef EXCHANGE_MAP_READ_H
#define EXCHANGE_MAP_READ_H

#include "map.h"

extern const struct svc_field map_legacy_id; /* the identity of a row; no field of any record */

/* Sets the error and its place in the map; gives SVC_BAD_INPUT. */
#define FAULT(map, node, err, ...) (error_set(err, SVC_BAD_INPUT, __VA_ARGS__), map_fault_at(map, node, err))
int map_fault_at(const struct import_map *map, const struct node *node, struct svc_error *err);
int map_unknown_key(const struct import_map *map, const struct node *key, const char *const *names, size_t count,
		    struct svc_error *err);

/* What a legacy file can fill: every field that is not worked out by the desk, and a ticket's state. */
bool map_can_be_imported(const struct svc_field *field);
const struct svc_field *map_field_named(enum svc_kind kind, const char *name); /* NULL: none */
int map_unknown_field(enum svc_kind kind, const char *name, struct svc_error *err);
const char *map_missing_field(const struct import_map *map); /* a required field that no column fills; NULL: none */

int map_column_slot(struct import_map *map, const struct node *name);
/* A column is named by its header or, without one, by its number from 1. */
int map_read_column(struct import_map *map, const struct node *node, int *slot, struct svc_error *err);
int map_read_fields(struct import_map *map, const struct node *columns, struct svc_error *err);

#endif
