#include "map_read.h"

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SKIP_MAX 100000

static int read_keep(struct import_map *map, const struct node *keep, struct svc_error *err)
{
	if (keep->kind != NODE_LIST)
		return FAULT(map, keep, err, _("keep is a list of columns"));
	map->keep = arena_alloc(&map->memory, (keep->count + 1) * sizeof *map->keep);
	for (size_t i = 0; i < keep->count; i++) {
		int code = map_read_column(map, keep->items[i], &map->keep[i], err);
		if (code != SVC_OK)
			return code;
		map->keep_count++;
	}
	return SVC_OK;
}

static int read_kind(struct import_map *map, const struct node *node, struct svc_error *err)
{
	const char *wanted = svc_kind_name(map->kind);
	size_t length = strlen(wanted);

	if (node->kind != NODE_SCALAR || strncmp(node->text, wanted, length) != 0 ||
	    (strcmp(node->text + length, "s") != 0 && node->text[length]))
		return FAULT(map, node, err, _("this map is not for %ss"), svc_text(wanted));
	return SVC_OK;
}

static int read_source(struct import_map *map, const struct node *node, struct svc_error *err)
{
	if (node->kind != NODE_SCALAR || !text_is_word(node->text) || strlen(node->text) > 64)
		return FAULT(map, node, err, _("a source is a word of a-z, 0-9, '-', '_' and '.'"));
	map->source = node->text;
	return SVC_OK;
}

static int read_delimiter(struct import_map *map, const struct node *node, struct svc_error *err)
{
	const char *text = node->kind == NODE_SCALAR ? node->text : "";

	if (!strcmp(text, "\\t") || !strcmp(text, "tab"))
		text = "\t";
	if (strlen(text) != 1 || !strchr(",;:|\t^~!", *text))
		return FAULT(map, node, err, _("a delimiter is one of , ; : | ^ ~ ! or \"\\t\""));
	map->delimiter = *text;
	return SVC_OK;
}

static int read_decimal(struct import_map *map, const struct node *node, struct svc_error *err)
{
	if (node->kind != NODE_SCALAR || (strcmp(node->text, ".") != 0 && strcmp(node->text, ",") != 0))
		return FAULT(map, node, err, _("decimal is \".\" or \",\""));
	map->decimal = *node->text;
	return SVC_OK;
}

static int read_header(struct import_map *map, const struct node *node, struct svc_error *err)
{
	if (node->kind != NODE_SCALAR || (strcmp(node->text, "none") != 0 && strcmp(node->text, "first") != 0))
		return FAULT(map, node, err, _("header is none or first"));
	map->headless = !strcmp(node->text, "none");
	return SVC_OK;
}

static int read_skip(struct import_map *map, const struct node *node, struct svc_error *err)
{
	const char *text = node->kind == NODE_SCALAR ? node->text : "";

	if (!*text || text[strspn(text, "0123456789")] || strlen(text) > 6 || atoi(text) > SKIP_MAX)
		return FAULT(map, node, err, _("skip is a number of lines"));
	map->skip = atoi(text);
	return SVC_OK;
}

/* In the order in which they are read: what a column is depends on the header. */
static const struct map_key {
	const char *name;
	bool required;
	int (*read)(struct import_map *map, const struct node *node, struct svc_error *err);
} map_keys[] = {
	{"into", true, read_kind},          {"source", true, read_source},
	{"header", false, read_header},     {"delimiter", false, read_delimiter},
	{"skip", false, read_skip},         {"decimal", false, read_decimal},
	{"columns", true, map_read_fields}, {"keep", false, read_keep},
};
#define MAP_KEY_COUNT (sizeof map_keys / sizeof *map_keys)

static int check_keys(const struct import_map *map, const struct node *root, struct svc_error *err)
{
	const char *names[MAP_KEY_COUNT];

	for (size_t i = 0; i < MAP_KEY_COUNT; i++)
		names[i] = map_keys[i].name;
	for (size_t i = 0; i < root->count; i++) {
		bool known = false;
		for (size_t j = 0; j < MAP_KEY_COUNT; j++)
			known |= !strcmp(root->keys[i]->text, names[j]);
		if (!known)
			return map_unknown_key(map, root->keys[i], names, MAP_KEY_COUNT, err);
	}
	return SVC_OK;
}

static int read_map(struct import_map *map, const struct node *root, struct svc_error *err)
{
	if (root->kind != NODE_MAP)
		return FAULT(map, root, err, _("an import map begins with into, source and columns"));
	int code = check_keys(map, root, err);
	for (size_t i = 0; i < MAP_KEY_COUNT && code == SVC_OK; i++) {
		const struct node *value = node_get(root, map_keys[i].name);
		if (value)
			code = map_keys[i].read(map, value, err);
		else if (map_keys[i].required)
			code = FAULT(map, root, err, _("the map lacks %s"), map_keys[i].name);
	}
	return code;
}

int map_load(struct import_map *map, const char *file, enum svc_kind kind, struct svc_error *err)
{
	struct strbuf text = {0};
	struct node *root;

	*map = (struct import_map){.file = file, .kind = kind, .source = "import", .legacy_id = MAP_NONE};
	if (!file)
		return SVC_OK;
	int code = file_read(&text, file, FILE_TEXT_MAX, err);
	if (code == SVC_OK)
		code = yaml_read(&root, &map->memory, text.length ? text.text : "", text.length, file, err);
	if (code == SVC_OK)
		code = read_map(map, root, err);
	strbuf_release(&text);
	return code;
}

static void take_field(struct import_map *map, const struct svc_field *field)
{
	const struct node name = {.kind = NODE_SCALAR, .text = arena_strdup(&map->memory, field->name)};
	int slot = map_column_slot(map, &name);

	if (field == &map_legacy_id)
		map->legacy_id = slot;
	else
		map->fields[map->field_count++] = (struct map_field){
			.field = field, .slot = slot, .customer_id = MAP_NONE, .customer_phone = MAP_NONE};
}

int map_take_header(struct import_map *map, char *const *names, size_t count, struct svc_error *err)
{
	map->fields = arena_alloc(&map->memory, (count + 1) * sizeof *map->fields);
	for (size_t i = 0; i < count; i++) {
		const struct svc_field *field = map_field_named(map->kind, names[i]);
		if (!field) {
			map_unknown_field(map->kind, names[i], err);
			if (!err || !*err->hint)
				error_hint(err, _("a map says what foreign columns mean: --map FILE"));
			return SVC_BAD_INPUT;
		}
		take_field(map, field);
	}
	const char *missing = map_missing_field(map);
	if (!missing)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, _("the file has no column %s, which a %s must have"), missing,
		  svc_text(svc_kind_name(map->kind)));
	error_hint(err, _("a map says what foreign columns mean: --map FILE"));
	return SVC_BAD_INPUT;
}

void map_take_all(struct import_map *map)
{
	size_t count;
	const struct svc_field *fields = svc_fields(map->kind, &count);

	map->fields = arena_alloc(&map->memory, (count + 1) * sizeof *map->fields);
	for (size_t i = 0; i < count; i++)
		if (map_can_be_imported(&fields[i]))
			take_field(map, &fields[i]);
	take_field(map, &map_legacy_id);
}

void map_release(struct import_map *map)
{
	free(map->columns);
	map->columns = NULL;
	arena_release(&map->memory);
}
