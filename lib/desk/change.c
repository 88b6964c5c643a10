#include "change.h"

#include "base/error.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "base/tree.h"
#include "svc/money.h"

#include <string.h>

void change_set(struct change *change, const char *field, const char *value)
{
	int place = field_find(change->kind, field);
	if (place == FIELD_NONE)
		return;
	change->touched[place] = true;
	change->set[place] = value && *value ? value : NULL;
}

void change_add(struct change *change, const char *field, const char *amount)
{
	int place = field_find(change->kind, field);
	if (place != FIELD_NONE && amount && *amount)
		change->add[place] = amount;
}

bool change_is_empty(const struct change *change)
{
	for (int i = 0; i < FIELD_LIMIT; i++)
		if (change->touched[i] || change->add[i])
			return false;
	return !change->line && !change->mark_count;
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

static int decimals(const char *number)
{
	const char *point = strchr(number, '.');
	return point ? (int)strlen(point + 1) : 0;
}

/* An amount of money keeps the places of its currency, which both texts show or one of them. */
static const char *sum(enum svc_field_type type, const char *value, const char *added, struct arena *arena)
{
	int64_t a = 0, b = 0;
	char text[32];
	int places = decimals(added);
	if (value && decimals(value) > places)
		places = decimals(value);
	if (type == SVC_MONEY) {
		if ((value && !svc_money_parse(value, places, &a)) || !svc_money_parse(added, places, &b))
			return value;
		svc_money_format(a + b, places, text);
	} else {
		if ((value && !svc_number_parse(value, &a)) || !svc_number_parse(added, &b))
			return value;
		svc_number_format(a + b, text);
	}
	return arena_strdup(arena, text);
}

void change_apply(const struct change *change, struct arena *arena, const char **values)
{
	size_t count;
	const struct svc_field *fields = svc_fields(change->kind, &count);
	int note = field_find(change->kind, "note");
	for (int i = 1; i < FIELD_LIMIT; i++)
		if (change->touched[i])
			values[i] = change->set[i];
	for (size_t i = 1; i < count; i++)
		if (change->add[i])
			values[i] = sum(fields[i].type, values[i], change->add[i], arena);
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

static void write_added(struct json *json, const struct change *change)
{
	size_t count;
	const struct svc_field *fields = svc_fields(change->kind, &count);
	bool open = false;
	for (size_t i = 1; i < count; i++) {
		if (!change->add[i])
			continue;
		if (!open)
			json_open(json, "add", '{');
		open = true;
		json_string(json, fields[i].name, change->add[i]);
	}
	if (open)
		json_close(json, '}');
}

static void write_assignments(struct json *json, const char *name, const struct svc_assignment *items, size_t count)
{
	if (!count)
		return;
	json_open(json, name, '{');
	for (size_t i = 0; i < count; i++)
		json_string(json, items[i].field, items[i].value);
	json_close(json, '}');
}

const char *change_payload(const struct change *change, const char *named, const struct svc_assignment *facts,
			   size_t fact_count, struct arena *arena)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	json_open(&json, NULL, '{');
	json_integer(&json, "v", CHANGE_VERSION);
	write_set(&json, change);
	write_added(&json, change);
	if (change->decides)
		json_string(&json, "decides", change->decides);
	if (change->line)
		json_string(&json, "line", change->line);
	write_assignments(&json, "marks", change->marks, change->mark_count);
	write_assignments(&json, named, facts, fact_count);
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
	const struct node *set = node_get(root, "set"), *line = node_get(root, "line"), *added = node_get(root, "add");
	const struct node *decides = node_get(root, "decides");
	for (size_t i = 0; set && i < set->count; i++)
		change_set(change, set->keys[i]->text, set->items[i]->text);
	for (size_t i = 0; added && i < added->count; i++)
		change_add(change, added->keys[i]->text, added->items[i]->text);
	change->line = line ? line->text : NULL;
	change->decides = decides ? decides->text : NULL;
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

int gather_payload(struct gathered_facts *facts, const char *which, const char *payload, struct arena *arena,
		   struct svc_error *err)
{
	struct node *root;
	if (!strstr(payload, which)) /* most events have none and need no reading */
		return SVC_OK;
	int status = read_payload(&root, payload, arena, err);
	const struct node *given = status == SVC_OK ? node_get(root, which) : NULL;
	for (size_t i = 0; given && i < given->count; i++)
		gather_fact(facts, arena, given->keys[i]->text, given->items[i]->text ? given->items[i]->text : "");
	return status;
}

const char *gathered_value(const struct gathered_facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->count; i++)
		if (strcmp(facts->items[i].field, name) == 0)
			return facts->items[i].value;
	return NULL;
}
