#include "map_read.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

const struct svc_field map_legacy_id = {.name = "legacy_id", .type = SVC_TEXT};

const char *map_nearest(const char *name, const char *const *names, size_t count)
{
	const char *best = NULL;
	size_t letters = utf8_count(name);
	int nearest = letters < 4 ? 2 : 3; /* of a short name, two letters are too much to change */

	for (size_t i = 0; i < count; i++) {
		int distance = names[i] ? text_distance(name, names[i], 3) : 4;
		if (distance < nearest) {
			nearest = distance;
			best = names[i];
		}
	}
	return best;
}

int map_fault_at(const struct import_map *map, const struct node *node, struct svc_error *err)
{
	error_at(err, map->file, node->line, node->column);
	return SVC_BAD_INPUT;
}

/* What a legacy file can fill: every field that is not worked out by the desk, and a ticket's state. */
bool map_can_be_imported(const struct svc_field *field)
{
	return field->type != SVC_JSON && (!(field->flags & SVC_FIELD_READ_ONLY) || !strcmp(field->name, "state"));
}

const struct svc_field *map_field_named(enum svc_kind kind, const char *name)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);

	if (!strcmp(name, map_legacy_id.name))
		return &map_legacy_id;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(fields[i].name, name) && map_can_be_imported(&fields[i]))
			return &fields[i];
	return NULL;
}

int map_unknown_field(enum svc_kind kind, const char *name, struct svc_error *err)
{
	size_t count, known = 0;
	const struct svc_field *fields = svc_fields(kind, &count);
	const char **names = memory_get((count + 1) * sizeof *names);

	for (size_t i = 0; i < count; i++)
		if (map_can_be_imported(&fields[i]))
			names[known++] = fields[i].name;
	names[known++] = map_legacy_id.name;
	const char *near = map_nearest(name, names, known);
	error_set(err, SVC_BAD_INPUT, _("a %s has no field %s"), svc_text(svc_kind_name(kind)), name);
	error_field(err, name);
	if (near)
		error_hint(err, _("did you mean %s?"), near);
	free(names);
	return SVC_BAD_INPUT;
}

int map_column_slot(struct import_map *map, const struct node *name)
{
	size_t count = map->column_count;

	for (size_t i = 0; i < count; i++)
		if (!strcmp(map->columns[i].name, name->text))
			return (int)i;
	map->columns = memory_grow(map->columns, count + 1, sizeof *map->columns);
	map->columns[count] = (struct map_column){name->text, name->line, name->column};
	map->column_count++;
	return (int)count;
}

/* A column is named by its header or, without one, by its number from 1. */
int map_read_column(struct import_map *map, const struct node *node, int *slot, struct svc_error *err)
{
	if (node->kind != NODE_SCALAR || !*node->text)
		return FAULT(map, node, err, _("a column's name is missing"));
	if (map->headless) {
		size_t digits = strspn(node->text, "0123456789");
		if (node->text[digits] || digits > 4 || atoi(node->text) < 1)
			return FAULT(map, node, err, _("without a header, columns are numbers from 1, not %s"),
				     node->text);
	}
	*slot = map_column_slot(map, node);
	return SVC_OK;
}

/* Fixed values and the words on our side are written as the desk takes them, whatever the file's own marks are. A time needs
   the desk's zone and is checked with the rows. */
static bool holds(const struct map_field *field, const char *value)
{
	static const struct convert_rules rules = {.currency_digits = 3};
	struct arena memory = {0};
	const char *taken;
	enum reason reason = REASON_NONE;

	if (*value && field->field->type != SVC_TIME)
		reason = convert_value(&rules, field->field, NULL, value, &memory, &taken);
	arena_release(&memory);
	return reason == REASON_NONE;
}

static int bad_value(struct import_map *map, const struct map_field *field, const struct node *node,
		     struct svc_error *err)
{
	const char *const *words = field->field->words;
	size_t count = 0;

	while (words && words[count])
		count++;
	const char *near = map_nearest(node->text, words, count);
	error_set(err, SVC_BAD_INPUT, _("%s can't be %s"), field->field->name, node->text);
	error_field(err, field->field->name);
	if (near)
		error_hint(err, _("did you mean %s?"), near);
	return map_fault_at(map, node, err);
}

static int read_fixed(struct import_map *map, struct map_field *field, const struct node *node, struct svc_error *err)
{
	if (node->kind != NODE_SCALAR)
		return FAULT(map, node, err, _("a fixed value is one text"));
	if (!holds(field, node->text))
		return bad_value(map, field, node, err);
	field->fixed = node->text;
	return SVC_OK;
}

static int read_values(struct import_map *map, struct map_field *field, const struct node *node, struct svc_error *err)
{
	if (node->kind != NODE_MAP || !node->count)
		return FAULT(map, node, err, _("values are a map from their words to ours"));
	for (size_t i = 0; i < node->count; i++) {
		const struct node *ours = node->items[i];
		if (ours->kind != NODE_SCALAR)
			return FAULT(map, ours, err, _("the value for %s is one text"), node->keys[i]->text);
		if (!holds(field, ours->text))
			return bad_value(map, field, ours, err);
	}
	field->values = node;
	return SVC_OK;
}

static int read_date(struct import_map *map, struct map_field *field, const struct node *node, struct svc_error *err)
{
	if (field->field->type != SVC_DATE && field->field->type != SVC_TIME)
		return FAULT(map, node, err, _("%s is not a date"), field->field->name);
	if (node->kind != NODE_SCALAR)
		return FAULT(map, node, err, _("a date format is one text, such as \"%%Y-%%m-%%d\""));
	struct date_format *format = arena_alloc(&map->memory, sizeof *format);
	if (date_format_compile(format, &map->memory, node->text, err) != SVC_OK)
		return map_fault_at(map, node, err);
	field->date = format;
	return SVC_OK;
}

static int read_main_column(struct import_map *map, struct map_field *field, const struct node *node,
			    struct svc_error *err)
{
	return map_read_column(map, node, &field->slot, err);
}

static bool tells_customers(const struct map_field *field)
{
	return field->field->type == SVC_REFERENCE && field->field->refers == SVC_CUSTOMER;
}

static int read_customer_id(struct import_map *map, struct map_field *field, const struct node *node,
			    struct svc_error *err)
{
	if (!tells_customers(field))
		return FAULT(map, node, err, _("legacy_id stands here only for a customer"));
	return map_read_column(map, node, &field->customer_id, err);
}

static int read_phone(struct import_map *map, struct map_field *field, const struct node *node, struct svc_error *err)
{
	if (!tells_customers(field))
		return FAULT(map, node, err, _("phone stands here only for a customer"));
	return map_read_column(map, node, &field->customer_phone, err);
}

/* The keys of one field's description. */
static const struct field_key {
	const char *name;
	int (*read)(struct import_map *map, struct map_field *field, const struct node *node, struct svc_error *err);
} field_keys[] = {
	{"column", read_main_column}, {"fixed", read_fixed},           {"date", read_date},
	{"values", read_values},      {"legacy_id", read_customer_id}, {"phone", read_phone},
};
#define FIELD_KEY_COUNT (sizeof field_keys / sizeof *field_keys)

int map_unknown_key(const struct import_map *map, const struct node *key, const char *const *names, size_t count,
		    struct svc_error *err)
{
	const char *near = map_nearest(key->text, names, count);

	error_set(err, SVC_BAD_INPUT, _("unknown key: %s"), key->text);
	if (near)
		error_hint(err, _("did you mean %s?"), near);
	return map_fault_at(map, key, err);
}

static int read_field_key(struct import_map *map, struct map_field *field, const struct node *key,
			  const struct node *value, struct svc_error *err)
{
	const char *names[FIELD_KEY_COUNT];

	for (size_t i = 0; i < FIELD_KEY_COUNT; i++) {
		if (!strcmp(field_keys[i].name, key->text))
			return field_keys[i].read(map, field, value, err);
		names[i] = field_keys[i].name;
	}
	return map_unknown_key(map, key, names, FIELD_KEY_COUNT, err);
}

static int read_description(struct import_map *map, struct map_field *field, const struct node *node,
			    struct svc_error *err)
{
	int code = SVC_OK;

	if (node->kind == NODE_SCALAR)
		return map_read_column(map, node, &field->slot, err);
	if (node->kind != NODE_MAP)
		return FAULT(map, node, err, _("%s wants a column, or {column: ...} or {fixed: ...}"),
			     field->field->name);
	for (size_t i = 0; i < node->count && code == SVC_OK; i++)
		code = read_field_key(map, field, node->keys[i], node->items[i], err);
	if (code != SVC_OK)
		return code;
	if ((field->slot == MAP_NONE) == (field->fixed == NULL))
		return FAULT(map, node, err, _("%s wants either a column or a fixed value"), field->field->name);
	if (field->fixed && (field->values || field->date))
		return FAULT(map, node, err, _("a fixed value takes neither values nor a date format"));
	return SVC_OK;
}

static int read_legacy_id(struct import_map *map, const struct node *node, struct svc_error *err)
{
	const struct node *column = node->kind == NODE_MAP ? node_get(node, "column") : node;

	if (!column || (node->kind == NODE_MAP && node->count != 1))
		return FAULT(map, node, err, _("legacy_id wants one column"));
	return map_read_column(map, column, &map->legacy_id, err);
}

static int read_field(struct import_map *map, const struct node *key, const struct node *node, struct svc_error *err)
{
	const struct svc_field *ours = map_field_named(map->kind, key->text);
	struct map_field field = {.field = ours,
				  .slot = MAP_NONE,
				  .customer_id = MAP_NONE,
				  .customer_phone = MAP_NONE,
				  .line = key->line,
				  .at = key->column};

	if (!ours) {
		map_unknown_field(map->kind, key->text, err);
		return map_fault_at(map, key, err);
	}
	if (ours == &map_legacy_id)
		return read_legacy_id(map, node, err);
	int code = read_description(map, &field, node, err);
	map->fields[map->field_count++] = field;
	return code;
}

static bool has_field(const struct import_map *map, const char *name)
{
	for (size_t i = 0; i < map->field_count; i++)
		if (!strcmp(map->fields[i].field->name, name))
			return true;
	return false;
}

const char *map_missing_field(const struct import_map *map)
{
	size_t count;
	const struct svc_field *fields = svc_fields(map->kind, &count);

	for (size_t i = 0; i < count; i++)
		if ((fields[i].flags & SVC_FIELD_REQUIRED) && map_can_be_imported(&fields[i]) &&
		    !has_field(map, fields[i].name))
			return fields[i].name;
	if (map->kind == SVC_TICKET && !has_field(map, "opened"))
		return "opened";
	return NULL;
}

int map_read_fields(struct import_map *map, const struct node *columns, struct svc_error *err)
{
	int code = SVC_OK;

	if (columns->kind != NODE_MAP)
		return FAULT(map, columns, err, _("columns are a map from our fields to their columns"));
	map->fields = arena_alloc(&map->memory, (columns->count + 1) * sizeof *map->fields);
	for (size_t i = 0; i < columns->count && code == SVC_OK; i++)
		code = read_field(map, columns->keys[i], columns->items[i], err);
	const char *missing = code == SVC_OK ? map_missing_field(map) : NULL;
	if (missing)
		code = FAULT(map, columns, err, _("columns lack %s, which a %s must have"), missing,
			     svc_text(svc_kind_name(map->kind)));
	return code;
}
