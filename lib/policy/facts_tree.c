#include "facts_tree.h"

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUANTITY_MAX 1000000

static const struct pack_fact *kind_at(const struct svc_facts *facts, uint16_t place)
{
	return PACK_ITEM(facts->policy->head, facts->policy->head->facts, struct pack_fact, place);
}

bool fact_takes_tree(const struct pack_fact *fact)
{
	return fact->type == FACT_PRICES || fact->type == FACT_ITEMS || fact->type == FACT_TREE;
}

static struct node *scalar(struct arena *memory, const char *text)
{
	struct node *node = arena_alloc(memory, sizeof *node);

	node->kind = NODE_SCALAR;
	node->text = text;
	return node;
}

static struct node *container(struct arena *memory, enum node_kind kind, size_t room)
{
	struct node *node = arena_alloc(memory, sizeof *node);

	node->kind = kind;
	node->items = arena_alloc(memory, room * sizeof *node->items);
	if (kind == NODE_MAP)
		node->keys = arena_alloc(memory, room * sizeof *node->keys);
	return node;
}

static void keep(struct svc_facts *facts, uint16_t place, const struct node *tree)
{
	fact_write(facts, place, (struct fact_value){.known = true, .given = true, .tree = tree});
}

static int bad(const struct pack_head *head, const struct pack_fact *fact, const char *what, const char *text,
	       struct svc_error *err)
{
	error_set(err, SVC_BAD_INPUT, "%s: %s: %s", pack_text(head, fact->name), what, text);
	error_field(err, pack_text(head, fact->name));
	return SVC_BAD_INPUT;
}

/* One fee item, "id" or "id*quantity". */
static int item_check(const struct pack_head *head, const struct pack_fact *fact, const char *text,
		      struct svc_error *err)
{
	const char *star = strchr(text, '*');
	char *end;
	long quantity;

	if (!*text || star == text)
		return bad(head, fact, _("an item has no name"), text, err);
	if (!star)
		return SVC_OK;
	quantity = strtol(star + 1, &end, 10);
	if (star[1] < '0' || star[1] > '9' || *end || quantity < 1 || quantity > QUANTITY_MAX)
		return bad(head, fact, _("not a quantity between 1 and 1000000"), text, err);
	return SVC_OK;
}

/* The next of "a, b", without the blanks around it. */
static const char *next_part(const char **rest, size_t *length)
{
	const char *part = *rest + strspn(*rest, " ");
	size_t end = strcspn(part, ",");

	*rest = part + end + (part[end] == ',');
	while (end && part[end - 1] == ' ')
		end--;
	*length = end;
	return part;
}

static int items_put_text(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *text,
			  struct svc_error *err)
{
	struct node *list;
	size_t room = 1;
	int status = SVC_OK;

	for (const char *c = text; *c; c++)
		room += *c == ',';
	list = container(memory, NODE_LIST, room);
	while (*text && strcmp(text, "[]") != 0 && !status) {
		size_t length;
		const char *item = next_part(&text, &length);
		struct node *node = scalar(memory, arena_strndup(memory, item, length));

		list->items[list->count++] = node;
		status = item_check(facts->policy->head, kind_at(facts, place), node->text, err);
	}
	if (!status)
		keep(facts, place, list);
	return status;
}

/* A tree from plain text: one scalar, or the list "a,b". */
static const struct node *plain_tree(struct arena *memory, const char *text)
{
	struct node *list;
	size_t room = 1;

	for (const char *c = text; *c; c++)
		room += *c == ',';
	if (room == 1)
		return scalar(memory, arena_strdup(memory, text));
	list = container(memory, NODE_LIST, room);
	while (*text) {
		size_t length;
		const char *part = next_part(&text, &length);

		list->items[list->count++] = scalar(memory, arena_strndup(memory, part, length));
	}
	return list;
}

int tree_put_text(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *text,
		  struct svc_error *err)
{
	struct node *node;
	int status;

	if (kind_at(facts, place)->type == FACT_ITEMS)
		return items_put_text(facts, memory, place, text, err);
	if (kind_at(facts, place)->type == FACT_TREE && *text != '[' && *text != '{') {
		keep(facts, place, plain_tree(memory, text));
		return SVC_OK;
	}
	status = json_read(&node, memory, text, strlen(text), "", 1, err);
	if (status) {
		error_field(err, pack_text(facts->policy->head, kind_at(facts, place)->name));
		return status;
	}
	return node_put(facts, memory, place, node, err);
}

/* The id for a key that is the id or title of a word of this fact, else the key itself. */
static const char *key_id(const struct pack_head *head, uint16_t fact, const char *key)
{
	const struct pack_fact *kind = PACK_ITEM(head, head->facts, struct pack_fact, fact);
	int word = word_find(head, kind, key);

	return word == WORD_UNLISTED ? key : pack_text(head, PACK_ITEM(head, kind->words, struct pack_word, word)->id);
}

/* What the keys of a map are words of: fee items, tasks; 0: of nothing. */
static uint16_t keys_of(const struct pack_fact *fact, uint16_t place)
{
	if (fact->type == FACT_PRICES)
		return F_ITEMS;
	return place == F_LAST || place == F_LAST_HOURS || place == F_READINGS ? F_TASK : 0;
}

static int price_check(const struct pack_head *head, const struct pack_fact *fact, const char *text,
		       struct svc_error *err)
{
	svc_money money;

	if (!text || !svc_money_parse(text, head->currency_digits, &money) || money < 0 || money > SVC_MONEY_MAX)
		return bad(head, fact, _("not an amount"), text ? text : "", err);
	return SVC_OK;
}

int prices_check(const struct pack_head *head, const struct pack_fact *fact, struct arena *memory,
		 const struct node *node, const struct node **out, struct svc_error *err)
{
	struct node *map = container(memory, NODE_MAP, node->count);
	int status;

	if (node->kind != NODE_MAP)
		return bad(head, fact, _("not a map of prices"), node->text ? node->text : "[]", err);
	for (size_t i = 0; i < node->count; i++) {
		status = price_check(head, fact, node->items[i]->text, err);
		if (status)
			return status;
		map->keys[i] = scalar(memory, key_id(head, F_ITEMS, node->keys[i]->text));
		map->items[i] = node->items[i];
	}
	map->count = node->count;
	*out = map;
	return SVC_OK;
}

int tree_put_key(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *key, const char *text,
		 struct svc_error *err)
{
	const struct pack_head *head = facts->policy->head;
	const struct node *old = facts->values[place].tree;
	struct node *map = container(memory, NODE_MAP, old ? old->count + 1 : 1);
	uint16_t keys = keys_of(kind_at(facts, place), place);
	const char *id = keys ? key_id(head, keys, key) : key;
	int status = keys == F_ITEMS && *text ? price_check(head, kind_at(facts, place), text, err) : SVC_OK;

	if (status)
		return status;
	if (old && old->kind != NODE_MAP)
		return bad(head, kind_at(facts, place), _("no map, so it has no key"), key, err);
	for (size_t i = 0; old && i < old->count; i++) {
		if (!strcmp(old->keys[i]->text, id))
			continue;
		map->keys[map->count] = old->keys[i];
		map->items[map->count++] = old->items[i];
	}
	if (*text) {
		map->keys[map->count] = scalar(memory, arena_strdup(memory, id));
		map->items[map->count++] = scalar(memory, arena_strdup(memory, text));
	}
	if (map->count || old)
		keep(facts, place, map);
	return SVC_OK;
}

static void set_add(const struct svc_facts *facts, struct arena *memory, uint16_t place, const char *word,
		    size_t length, struct fact_value *value)
{
	int number = word_find_part(facts->policy->head, kind_at(facts, place), word, length);

	if (number != WORD_UNLISTED)
		value->number |= (int64_t)(UINT64_C(1) << number);
	else if (length)
		value->text = value->text ? arena_printf(memory, "%s,%.*s", value->text, (int)length, word)
					  : arena_strndup(memory, word, length);
}

void set_put_text(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *text)
{
	struct fact_value value = {.known = true, .given = true};

	while (*text && strcmp(text, "[]") != 0) {
		size_t length;
		const char *word = next_part(&text, &length);

		set_add(facts, memory, place, word, length, &value);
	}
	facts->texts = facts->texts || value.text;
	fact_write(facts, place, value);
}

static int set_put_list(struct svc_facts *facts, struct arena *memory, uint16_t place, const struct node *list,
			struct svc_error *err)
{
	struct fact_value value = {.known = true, .given = true};

	for (size_t i = 0; i < list->count; i++) {
		const char *word = list->items[i]->text;

		if (!word)
			return bad(facts->policy->head, kind_at(facts, place), _("not a word"), "[]", err);
		set_add(facts, memory, place, word, strlen(word), &value);
	}
	facts->texts = facts->texts || value.text;
	fact_write(facts, place, value);
	return SVC_OK;
}

/* The same tree, its keys by their ids. */
static const struct node *tree_by_ids(const struct svc_facts *facts, struct arena *memory, uint16_t place,
				      const struct node *node)
{
	uint16_t keys = keys_of(kind_at(facts, place), place);
	struct node *map;

	if (!keys || node->kind != NODE_MAP)
		return node;
	map = container(memory, NODE_MAP, node->count);
	for (; map->count < node->count; map->count++) {
		map->keys[map->count] = scalar(memory, key_id(facts->policy->head, keys, node->keys[map->count]->text));
		map->items[map->count] = node->items[map->count];
	}
	return map;
}

static int items_put_list(struct svc_facts *facts, uint16_t place, const struct node *list, struct svc_error *err)
{
	for (size_t i = 0; i < list->count; i++) {
		int status = item_check(facts->policy->head, kind_at(facts, place),
					list->items[i]->text ? list->items[i]->text : "", err);
		if (status)
			return status;
	}
	keep(facts, place, list);
	return SVC_OK;
}

/* An appointment for some time between `from` and `to`: it counts from the first, and dispatch reads the rest. */
static int window_put(struct svc_facts *facts, uint16_t place, const struct node *map, struct svc_error *err)
{
	const struct pack_head *head = facts->policy->head;
	const struct node *from = node_get(map, "from"), *to = node_get(map, "to");
	struct fact_value value, last;
	int status;

	if (!from || !to || !from->text || !to->text || map->count != 2)
		return bad(head, kind_at(facts, place), _("takes one time, or from and to"), "{...}", err);
	status = value_parse(head, kind_at(facts, place), facts->policy->zone, from->text, &value, err);
	if (!status)
		status = value_parse(head, kind_at(facts, place), facts->policy->zone, to->text, &last, err);
	if (!status && last.number < value.number)
		return bad(head, kind_at(facts, place), _("ends before it begins"), to->text, err);
	if (status)
		return status;
	value.given = true;
	value.tree = map;
	fact_write(facts, place, value);
	return SVC_OK;
}

int node_put(struct svc_facts *facts, struct arena *memory, uint16_t place, const struct node *node,
	     struct svc_error *err)
{
	const struct pack_head *head = facts->policy->head;
	const struct pack_fact *fact = kind_at(facts, place);
	const struct node *prices;
	int status;

	if (node->kind == NODE_NULL || node->kind == NODE_SCALAR) {
		if (node->text && fact->type == FACT_PRICES)
			return bad(head, fact, _("not a map of prices"), node->text, err);
		return fact_put(facts, memory, place, node->text ? node->text : "", err);
	}
	if (place == F_APPOINTED && node->kind == NODE_MAP)
		return window_put(facts, place, node, err);
	if (fact->type == FACT_TREE) {
		keep(facts, place, tree_by_ids(facts, memory, place, node));
		return SVC_OK;
	}
	if (node->kind == NODE_LIST && fact->type == FACT_SET)
		return set_put_list(facts, memory, place, node, err);
	if (node->kind == NODE_LIST && fact->type == FACT_ITEMS)
		return items_put_list(facts, place, node, err);
	if (fact->type == FACT_PRICES) {
		status = prices_check(head, fact, memory, node, &prices, err);
		if (!status)
			keep(facts, place, prices);
		return status;
	}
	return bad(head, fact, node->kind == NODE_MAP ? _("takes no map") : _("takes one value, not a list"), "...",
		   err);
}
