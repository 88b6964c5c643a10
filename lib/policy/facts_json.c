/* Facts as JSON and YAML: read from it, and written to be stored and read again. */
#include "facts_tree.h"

#include "base/error.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

int svc_facts_set_json(struct svc_facts *facts, const char *name, const char *json, struct svc_error *err)
{
	uint16_t place = svc_facts_place(facts->policy, name, err);
	struct node *node;
	int status;

	if (!place)
		return fact_taken(facts, SVC_USAGE);
	status = json_read(&node, &facts->memory, json, strlen(json), "", 1, err);
	if (status) {
		error_field(err, name);
		return status;
	}
	if (place & PLACE_OF_PRICE)
		return svc_facts_put(facts, place, node->text ? node->text : "", err);
	return fact_taken(facts, node_put(facts, &facts->memory, place, node, err));
}

static int set_node(struct svc_facts *facts, const char *name, const struct node *node, struct svc_error *err)
{
	uint16_t place;

	if (node->kind == NODE_SCALAR || node->kind == NODE_NULL)
		return svc_facts_set(facts, name, node->text ? node->text : "", err);
	place = svc_facts_place(facts->policy, name, err);
	if (!place)
		return fact_taken(facts, SVC_USAGE);
	if (place & PLACE_OF_PRICE)
		return error_set(err, SVC_BAD_INPUT, _("%s: a price is one value"), name);
	return fact_taken(facts, node_put(facts, &facts->memory, place, node, err));
}

int svc_facts_read(struct svc_facts *facts, const char *text, size_t length, bool yaml, const char *file, int line,
		   struct svc_error *err)
{
	struct node *map;
	int status = yaml ? yaml_read(&map, &facts->memory, text, length, file, err)
			  : json_read(&map, &facts->memory, text, length, file, line, err);

	if (status)
		return status;
	if (map->kind != NODE_MAP) {
		error_set(err, SVC_BAD_INPUT, "%s", _("facts are a map of names and values"));
		error_at(err, file, line, 1);
		return SVC_BAD_INPUT;
	}
	for (size_t i = 0; i < map->count && !status; i++) {
		status = set_node(facts, map->keys[i]->text, map->items[i], err);
		if (status)
			error_at(err, file, yaml ? line + map->items[i]->line - 1 : line, map->items[i]->column);
	}
	return status;
}

int svc_facts_read_settings(struct svc_facts *facts, const char *text, size_t length, struct svc_error *err)
{
	const struct pack_head *head = facts->policy->head;
	struct node *map;
	int status = json_read(&map, &facts->settings, text, length, "", 1, err);

	if (status)
		return status;
	if (map->kind != NODE_MAP)
		return error_set(err, SVC_BAD_INPUT, "%s", _("settings are a map of names and values"));
	for (size_t i = 0; i < map->count && !status; i++) {
		uint16_t place = fact_find(head, map->keys[i]->text, NULL);

		if (place && PACK_ITEM(head, head->facts, struct pack_fact, place)->setting)
			status = node_put(facts, &facts->settings, place, map->items[i], err);
		else
			status = svc_facts_setting(facts, map->keys[i]->text, "", err);
	}
	return status;
}

static void write_set(struct json *json, const struct pack_head *head, const struct pack_fact *fact, const char *name,
		      const struct fact_value *value)
{
	json_open(json, name, '[');
	for (uint32_t i = 0; i < fact->words.count; i++)
		if (value->number >> i & 1)
			json_string(json, NULL, pack_text(head, PACK_ITEM(head, fact->words, struct pack_word, i)->id));
	for (const char *word = value->text; word && *word;) {
		size_t length = strcspn(word, ",");
		char *copy = strndup(word, length);

		if (copy && *copy)
			json_string(json, NULL, copy);
		free(copy);
		word += length + (word[length] == ',');
	}
	json_close(json, ']');
}

static const char *word_id(const struct pack_head *head, const struct pack_fact *fact, uint32_t word)
{
	return pack_text(head, PACK_ITEM(head, fact->words, struct pack_word, word)->id);
}

/* The ids of a set's words, "a,b"; the empty set is "[]". */
static void format_set(const struct pack_head *head, const struct pack_fact *fact, int64_t mask, struct strbuf *out)
{
	size_t before = out->length;

	for (uint32_t i = 0; i < fact->words.count; i++)
		if (mask >> i & 1)
			strbuf_printf(out, "%s%s", out->length > before ? "," : "", word_id(head, fact, i));
	if (out->length == before)
		strbuf_puts(out, "[]");
}

void value_format(const struct svc_policy *policy, const struct pack_fact *fact, const struct fact_value *value,
		  struct strbuf *out)
{
	char text[48];

	switch ((enum fact_type)fact->type) {
	case FACT_DATE:
		svc_date_format((svc_date)value->number, text);
		break;
	case FACT_TIME:
		svc_time_format(value->number, policy->zone, text);
		break;
	case FACT_MONEY:
		svc_money_format(value->number, policy->head->currency_digits, text);
		break;
	case FACT_DURATION:
		duration_format(value->duration, text);
		break;
	case FACT_BOOL:
		strbuf_puts(out, value->number ? "true" : "false");
		return;
	case FACT_WORD:
		strbuf_puts(out, value->number == WORD_UNLISTED ? value->text
								: word_id(policy->head, fact, (uint32_t)value->number));
		return;
	case FACT_SET:
		format_set(policy->head, fact, value->number, out);
		return;
	default:
		svc_number_format(value->number, text);
	}
	strbuf_puts(out, text);
}

static void write_plain(struct json *json, const struct svc_policy *policy, const struct pack_fact *fact,
			const char *name, const struct fact_value *value)
{
	struct strbuf text = {0};

	value_format(policy, fact, value, &text);
	if (fact->type == FACT_NUMBER || fact->type == FACT_BOOL)
		json_literal(json, name, text.text);
	else
		json_string(json, name, text.text);
	strbuf_release(&text);
}

static void write_value(struct json *json, const struct svc_policy *policy, const struct pack_fact *fact,
			const struct fact_value *value)
{
	const char *name = pack_text(policy->head, fact->name);

	if (fact->type == FACT_SET)
		write_set(json, policy->head, fact, name, value);
	else if (fact->type == FACT_TEXT)
		json_string(json, name, value->text);
	else if (value->tree)
		json_node(json, name, value->tree);
	else
		write_plain(json, policy, fact, name, value);
}

char *svc_facts_json(const struct svc_facts *facts, bool settings)
{
	const struct pack_head *head = facts->policy->head;
	struct strbuf out = {0};
	struct json json = {.out = &out};

	json_open(&json, NULL, '{');
	for (size_t i = settings ? facts->first_setting : 1; i < (settings ? facts->count : facts->first_setting); i++)
		if (facts->values[i].given)
			write_value(&json, facts->policy, PACK_ITEM(head, head->facts, struct pack_fact, i),
				    &facts->values[i]);
	json_close(&json, '}');
	return out.text;
}
