#include "change.h"

#include "base/error.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "base/tree.h"

#include <string.h>

void change_set(struct change *change, const char *field, const char *value)
{
	int place = field_find(change->kind, field);
	if (place == FIELD_NONE)
		return;
	change->touched[place] = true;
	change->set[place] = value && *value ? value : NULL;
}

bool change_is_empty(const struct change *change)
{
	for (int i = 0; i < FIELD_LIMIT; i++)
		if (change->touched[i])
			return false;
	return !change->line;
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

void change_drop_same(struct change *change, const char *const *values)
{
	for (int i = 1; i < FIELD_LIMIT; i++)
		if (change->touched[i] && same(change->set[i], values[i]))
			change->touched[i] = false;
}

void change_apply(const struct change *change, struct arena *arena, const char **values)
{
	int note = field_find(change->kind, "note");
	for (int i = 1; i < FIELD_LIMIT; i++)
		if (change->touched[i])
			values[i] = change->set[i];
	if (change->line && note != FIELD_NONE)
		values[note] = values[note] ? arena_printf(arena, "%s\n%s", values[note], change->line) : change->line;
}

/* ---- the payload ---- */

static void write_set(struct json *json, const struct change *change)
{
	size_t count;
	const struct svc_field *fields = svc_fields(change->kind, &count);
	json_open(json, "set", '{');
	for (size_t i = 1; i < count; i++) {
		if (!change->touched[i])
			continue;
		if (change->set[i])
			json_string(json, fields[i].name, change->set[i]);
		else
			json_literal(json, fields[i].name, "null");
	}
	json_close(json, '}');
}

const char *change_payload(const struct change *change, const struct svc_assignment *facts, size_t fact_count,
			   struct arena *arena)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	json_open(&json, NULL, '{');
	json_integer(&json, "v", CHANGE_VERSION);
	write_set(&json, change);
	if (change->line)
		json_string(&json, "line", change->line);
	if (fact_count) {
		json_open(&json, "facts", '{');
		for (size_t i = 0; i < fact_count; i++)
			json_string(&json, facts[i].field, facts[i].value);
		json_close(&json, '}');
	}
	json_close(&json, '}');
	const char *payload = arena_strndup(arena, text.text, text.length);
	strbuf_release(&text);
	return payload;
}

static int read_payload(struct node **root, const char *payload, struct arena *arena, struct svc_error *err)
{
	return json_read(root, arena, payload, strlen(payload), "", 0, err);
}

int change_read(struct change *change, enum svc_kind kind, const char *payload, struct arena *arena,
		struct svc_error *err)
{
	struct node *root;
	*change = (struct change){.kind = kind};
	int status = read_payload(&root, payload, arena, err);
	if (status != SVC_OK)
		return status;
	const struct node *set = node_get(root, "set"), *line = node_get(root, "line");
	for (size_t i = 0; set && i < set->count; i++)
		change_set(change, set->keys[i]->text, set->items[i]->text);
	change->line = line ? line->text : NULL;
	return SVC_OK;
}

/* ---- facts ---- */

void gather_fact(struct gathered_facts *facts, struct arena *arena, const char *name, const char *value)
{
	for (size_t i = 0; i < facts->count; i++)
		if (strcmp(facts->items[i].field, name) == 0) {
			facts->items[i].value = value;
			return;
		}
	if (facts->count == facts->room) {
		size_t room = facts->room ? facts->room * 2 : 16;
		struct svc_assignment *items = arena_alloc(arena, room * sizeof *items);
		if (facts->count)
			memcpy(items, facts->items, facts->count * sizeof *items);
		facts->items = items;
		facts->room = room;
	}
	facts->items[facts->count++] = (struct svc_assignment){name, value};
}

int gather_payload(struct gathered_facts *facts, const char *payload, struct arena *arena, struct svc_error *err)
{
	struct node *root;
	if (!strstr(payload, "\"facts\"")) /* most events have none and need no reading */
		return SVC_OK;
	int status = read_payload(&root, payload, arena, err);
	const struct node *given = status == SVC_OK ? node_get(root, "facts") : NULL;
	for (size_t i = 0; given && i < given->count; i++)
		gather_fact(facts, arena, given->keys[i]->text, given->items[i]->text ? given->items[i]->text : "");
	return status;
}
