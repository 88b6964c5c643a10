#include "svc/config.h"

#include "arena.h"
#include "error.h"
#include "file.h"
#include "json.h"
#include "strbuf.h"
#include "tree.h"

#include <string.h>

enum { CONFIG_MAX = 4 << 20 }; /* bytes; nobody writes a larger one by hand */

struct reading {
	const char *file;
	svc_config_seen seen;
	void *context;
	struct arena arena;
	struct svc_error *err;
};

static int fault(struct reading *reading, const struct node *node, const char *text)
{
	error_set(reading->err, SVC_BAD_INPUT, "%s", text);
	error_at(reading->err, reading->file, node->line, node->column);
	return SVC_BAD_INPUT;
}

static int tell(struct reading *reading, const char *key, const struct node *node, const char *value, bool json)
{
	struct svc_config_entry entry = {reading->file, key, value, node->line, node->column, json};

	return reading->seen(reading->context, &entry, reading->err);
}

/* Whether "a,b" says it all: no map or list inside, and no comma. */
static bool is_plain(const struct node *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->kind != NODE_SCALAR || strchr(list->items[i]->text, ','))
			return false;
	return true;
}

static int tell_list(struct reading *reading, const char *key, const struct node *list)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	int status;

	if (!is_plain(list))
		json_node(&json, NULL, list);
	else
		strbuf_puts(&text, list->count ? "" : "[]");
	for (size_t i = 0; is_plain(list) && i < list->count; i++)
		strbuf_printf(&text, "%s%s", i ? "," : "", list->items[i]->text);
	status = tell(reading, key, list, text.text, !is_plain(list));
	strbuf_release(&text);
	return status;
}

static int tell_map(struct reading *reading, const char *above, const struct node *map)
{
	int status = SVC_OK;

	for (size_t i = 0; i < map->count && status == SVC_OK; i++) {
		const struct node *value = map->items[i];
		const char *key = map->keys[i]->text;
		if (above)
			key = arena_printf(&reading->arena, "%s.%s", above, key);
		if (value->kind == NODE_MAP)
			status = tell_map(reading, key, value);
		else if (value->kind == NODE_LIST)
			status = tell_list(reading, key, value);
		else
			status = tell(reading, key, value, value->kind == NODE_SCALAR ? value->text : "", false);
	}
	return status;
}

int svc_config_read_text(const char *text, size_t length, const char *file, svc_config_seen seen, void *context,
			 struct svc_error *err)
{
	struct reading reading = {.file = file, .seen = seen, .context = context, .err = err};
	struct node *map = NULL;
	int status = yaml_read(&map, &reading.arena, text, length, file, err);

	if (status == SVC_OK && map && map->kind == NODE_MAP)
		status = tell_map(&reading, NULL, map);
	else if (status == SVC_OK && map && map->kind != NODE_NULL)
		status = fault(&reading, map, _("expected a map of names and values"));
	arena_release(&reading.arena);
	return status;
}

int svc_config_read(const char *path, svc_config_seen seen, void *context, struct svc_error *err)
{
	struct strbuf text = {0};
	int status = file_read(&text, path, CONFIG_MAX, err);

	if (status == SVC_OK)
		status = svc_config_read_text(text.text ? text.text : "", text.length, path, seen, context, err);
	strbuf_release(&text);
	return status;
}
