/* The vector of facts that a question is asked with: made, filled, cleared. */
#include "facts.h"
#include "facts_tree.h"
#include "nearest.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct pack_fact *kind_at(const struct svc_facts *facts, uint16_t place)
{
	return PACK_ITEM(facts->policy->head, facts->policy->head->facts, struct pack_fact, place);
}

/* What every question begins with: defaults are known, and nothing is given. */
static void fill_blank(struct svc_facts *facts, struct fact_value *blank)
{
	const struct pack_head *head = facts->policy->head;

	for (uint16_t i = 1; i < facts->count; i++) {
		const struct pack_fact *fact = kind_at(facts, i);
		const struct pack_value *fallback = pack_at(head, fact->fallback);

		blank[i] = (struct fact_value){0};
		if (fact->absent != ABSENT_DEFAULT || !fallback)
			continue;
		blank[i].known = true;
		blank[i].number = fallback->number;
		blank[i].duration = fallback->duration;
		blank[i].text = fallback->text ? pack_text(head, fallback->text) : NULL;
		if (fact->type == FACT_PRICES)
			json_read((struct node **)&blank[i].tree, &facts->settings, blank[i].text,
				  strlen(blank[i].text), "", 1, NULL);
	}
}

int svc_facts_new(struct svc_facts **out, const struct svc_policy *policy, struct svc_error *err)
{
	struct svc_facts *facts = memory_get(sizeof *facts);

	(void)err;
	facts->policy = policy;
	facts->count = policy->head->facts.count;
	facts->first_setting = policy->head->first_setting;
	facts->values = memory_get(2 * facts->count * sizeof *facts->values);
	facts->touched = memory_get((facts->count / 64 + 1) * sizeof *facts->touched);
	fill_blank(facts, facts->values + facts->count);
	memcpy(facts->values, facts->values + facts->count, facts->count * sizeof *facts->values);
	*out = facts;
	return SVC_OK;
}

void svc_facts_free(struct svc_facts *facts)
{
	if (!facts)
		return;
	arena_release(&facts->memory);
	arena_release(&facts->settings);
	free(facts->values);
	free(facts->touched);
	free(facts);
}

void svc_facts_clear(struct svc_facts *facts)
{
	for (size_t word = 0; word <= facts->count / 64; word++) {
		for (uint64_t bits = facts->touched[word]; bits; bits &= bits - 1) {
			size_t place = word * 64 + (size_t)__builtin_ctzll(bits);

			if (place < facts->first_setting)
				facts->values[place] = facts->values[facts->count + place];
		}
		facts->touched[word] = 0;
	}
	arena_reset(&facts->memory);
	facts->used_today = facts->texts = false;
}

static int unknown_name(const struct pack_head *head, const char *name, const char *near, struct svc_error *err)
{
	uint16_t place = near && *near ? fact_find(head, near, NULL) : 0;
	const struct pack_fact *fact = PACK_ITEM(head, head->facts, struct pack_fact, place);

	error_set(err, SVC_USAGE, _("%s: no such fact in policy %s"), name, pack_text(head, head->id));
	error_field(err, name);
	if (place && !fact->internal)
		error_hint(err, _("did you mean %s?"), near);
	else
		error_hint(err, _("svc policy show %s lists its facts and settings"), pack_text(head, head->id));
	return SVC_USAGE;
}

/* "card_price.visit" and the like: a place of its own for each listed item. */
static uint16_t place_of_key(const struct pack_head *head, const char *name, const char *key)
{
	char map[64];
	int word;

	if (!key || (size_t)(key - name) >= sizeof map)
		return 0;
	memcpy(map, name, (size_t)(key - name));
	map[key - name] = '\0';
	if (fact_find(head, map, NULL) != F_CARD_PRICE)
		return 0;
	word = word_find(head, PACK_ITEM(head, head->facts, struct pack_fact, F_ITEMS), key + 1);
	return word == WORD_UNLISTED ? 0 : (uint16_t)(PLACE_OF_PRICE | word);
}

uint16_t svc_facts_place(const struct svc_policy *policy, const char *name, struct svc_error *err)
{
	char near[128];
	uint16_t place = fact_find(policy->head, name, NULL);
	const struct pack_fact *fact = PACK_ITEM(policy->head, policy->head->facts, struct pack_fact, place);

	if (!place) {
		place = place_of_key(policy->head, name, strchr(name, '.'));
		if (!place) {
			fact_find(policy->head, name, near);
			unknown_name(policy->head, name, near, err);
		}
		return place;
	}
	if (fact->setting) {
		error_set(err, SVC_USAGE, _("%s is a setting of policy %s, not a fact"), name, svc_policy_id(policy));
		error_field(err, name);
		error_hint(err, _("say --set %s=VALUE"), name);
		return 0;
	}
	if (fact->internal) {
		unknown_name(policy->head, name, NULL, err);
		return 0;
	}
	return place;
}

int fact_put(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *text, struct svc_error *err)
{
	struct fact_value value;
	int status;

	if (!*text) {
		facts->values[place] = facts->values[facts->count + place];
		return SVC_OK;
	}
	if (fact_takes_tree(kind_at(facts, place)))
		return tree_put_text(facts, memory, place, text, err);
	if (kind_at(facts, place)->type == FACT_SET) {
		set_put_text(facts, memory, place, text);
		return SVC_OK;
	}
	status = value_parse(facts->policy->head, kind_at(facts, place), facts->policy->zone, text, &value, err);
	if (status)
		return status;
	if (value.text) {
		value.text = arena_strdup(memory, value.text);
		facts->texts = true;
	}
	value.given = true;
	fact_write(facts, place, value);
	return SVC_OK;
}

int svc_facts_put(struct svc_facts *facts, uint16_t place, const char *value, struct svc_error *err)
{
	const struct pack_head *head = facts->policy->head;

	if (place & PLACE_OF_PRICE) {
		const struct pack_fact *items = kind_at(facts, F_ITEMS);
		const struct pack_word *word = PACK_ITEM(head, items->words, struct pack_word, place & ~PLACE_OF_PRICE);

		return fact_taken(facts, tree_put_key(facts, &facts->memory, F_CARD_PRICE, pack_text(head, word->id),
						      value, err));
	}
	return fact_taken(facts, fact_put(facts, &facts->memory, place, value, err));
}

/* The map that "map.key" names; 0 when the name is not of that form. */
static uint16_t map_of(const struct pack_head *head, const char *name, const char **key)
{
	const char *dot = strchr(name, '.');
	const struct pack_fact *fact;
	char map[64];
	uint16_t place;

	if (!dot || !dot[1] || (size_t)(dot - name) >= sizeof map)
		return 0;
	memcpy(map, name, (size_t)(dot - name));
	map[dot - name] = '\0';
	place = fact_find(head, map, NULL);
	fact = PACK_ITEM(head, head->facts, struct pack_fact, place);
	*key = dot + 1;
	return place && (fact->type == FACT_PRICES || fact->type == FACT_TREE) ? place : 0;
}

int svc_facts_set(struct svc_facts *facts, const char *name, const char *value, struct svc_error *err)
{
	const char *key;
	uint16_t map = map_of(facts->policy->head, name, &key);
	uint16_t place = map ? map : svc_facts_place(facts->policy, name, err);

	if (!place)
		return fact_taken(facts, SVC_USAGE);
	if (!utf8_valid(value, strlen(value))) {
		error_set(err, SVC_BAD_INPUT, _("the value of %s is not UTF-8"), name);
		error_field(err, name);
		return SVC_BAD_INPUT;
	}
	if (map && !kind_at(facts, map)->setting)
		return fact_taken(facts, tree_put_key(facts, &facts->memory, map, key, value, err));
	return svc_facts_put(facts, place, value, err);
}

int svc_facts_setting(struct svc_facts *facts, const char *name, const char *value, struct svc_error *err)
{
	const struct pack_head *head = facts->policy->head;
	uint16_t place = fact_find(head, name, NULL);
	const struct pack_fact *fact = PACK_ITEM(head, head->facts, struct pack_fact, place);
	struct nearest nearest = nearest_to(name);
	int status;

	if (place && fact->setting) {
		status = fact_put(facts, &facts->settings, place, value, err);
		if (!status && fact->type == FACT_WORD && facts->values[place].number == WORD_UNLISTED) {
			const char *near = word_near(head, fact, value);

			status = error_set(err, SVC_BAD_INPUT, _("%s: no such value of this setting: %s"), name, value);
			error_field(err, name);
			if (near)
				error_hint(err, _("did you mean %s?"), near);
			facts->values[place] = facts->values[facts->count + place];
		}
		return fact_taken(facts, status);
	}
	for (size_t i = facts->first_setting; i < facts->count; i++)
		nearest_try(&nearest, pack_text(head, kind_at(facts, (uint16_t)i)->name));
	if (place)
		error_set(err, SVC_USAGE, _("%s is a fact of policy %s, not a setting"), name,
			  svc_policy_id(facts->policy));
	else
		error_set(err, SVC_USAGE, _("%s: no such setting in policy %s"), name, svc_policy_id(facts->policy));
	error_field(err, name);
	if (place)
		error_hint(err, _("say %s=VALUE"), name);
	else if (nearest.best)
		error_hint(err, _("did you mean %s?"), nearest.best);
	else
		error_hint(err, _("svc policy show %s lists its facts and settings"), svc_policy_id(facts->policy));
	return fact_taken(facts, SVC_USAGE);
}

static void present(struct svc_facts *facts, uint16_t place, int64_t number)
{
	if (!facts->values[place].known)
		fact_write(facts, place, (struct fact_value){.known = true, .number = number});
}

void svc_facts_now(struct svc_facts *facts, svc_time now)
{
	const struct fact_value *values = facts->values;

	facts->used_today = !values[F_CLAIM].given && !values[F_AS_OF].given && !values[F_NOW].given;
	present(facts, F_NOW, now);
	now = values[F_NOW].number;
	present(facts, F_CLAIM, svc_zone_date(facts->policy->zone, now));
	present(facts, F_AS_OF, svc_zone_date(facts->policy->zone, now));
}

svc_date svc_facts_sale(const struct svc_facts *facts)
{
	static const uint8_t events[] = {F_PURCHASE,   F_INVOICE,  F_PAYMENT, F_DELIVERY,
					 F_ACCEPTANCE, F_HANDOVER, F_SHIPMENT};

	for (size_t i = 0; i < sizeof events; i++)
		if (facts->values[events[i]].known)
			return (svc_date)facts->values[events[i]].number;
	return SVC_DATE_NONE;
}

svc_date facts_question(const struct svc_facts *facts, svc_time now)
{
	static const uint8_t days[] = {F_CLAIM, F_AS_OF};

	for (size_t i = 0; i < sizeof days; i++)
		if (facts->values[days[i]].given)
			return (svc_date)facts->values[days[i]].number;
	if (facts->values[F_NOW].known)
		now = facts->values[F_NOW].number;
	return now == SVC_TIME_NONE ? SVC_DATE_NONE : svc_zone_date(facts->policy->zone, now);
}
