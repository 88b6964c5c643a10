/* Groups of words: a list of causes or parts that several rules speak of has a name, and is written once. */
#include "draft_fact.h"

#include "base/utf8.h"

#include <string.h>

struct word_group {
	const char *fact, *name;
	const struct node *key, *words;
	size_t source;
};

void groups_read(struct loader *load, const struct node *node, const struct draft_fact *draft)
{
	if (node->kind != NODE_MAP || !node->count)
		error_hint(fault(load, node, "%s", _("groups are names with lists of words")), "%s",
			   _("write {outside_causes: [disaster, power]}"));
	for (size_t i = 0; node->kind == NODE_MAP && i < node->count; i++)
		*(struct word_group *)growing_add(&load->groups, sizeof(struct word_group)) = (struct word_group){
			draft->name, node->keys[i]->text, node->keys[i], node->items[i], load->source};
}

const struct node *group_named(const struct loader *load, uint16_t fact, const struct node *name)
{
	const struct word_group *groups = load->groups.items;

	for (size_t i = 0; name->kind == NODE_SCALAR && i < load->groups.count; i++)
		if (!strcmp(groups[i].name, name->text) && !strcmp(groups[i].fact, name_at(load, fact)))
			return groups[i].words;
	return NULL;
}

static void check(struct loader *load, const struct word_group *group)
{
	uint16_t fact = fact_find(head_of(load), group->fact, NULL);
	unsigned type = TYPE(fact_at(load, fact)->type);

	if (!(type & (TYPE(FACT_WORD) | TYPE(FACT_SET))))
		fault(load, group->key, _("%s has no words that could be grouped"), group->fact);
	else if (!text_is_word(group->name) || word_find(head_of(load), fact_at(load, fact), group->name) >= 0)
		fault(load, group->key, _("\"%s\" can't be the name of a group"), group->name);
	else if (group_named(load, fact, group->key) != group->words)
		fault(load, group->key, _("the group %s is there already"), group->name);
	else if (group->words->kind != NODE_LIST || !group->words->count)
		fault(load, group->words, "%s", _("a list of words is wanted here"));
	else
		for (size_t i = 0; i < group->words->count; i++)
			word_named(load, fact, group->words->items[i]);
}

void groups_check(struct loader *load)
{
	const struct word_group *groups = load->groups.items;

	for (size_t i = 0; i < load->groups.count; i++) {
		load->source = groups[i].source;
		check(load, &groups[i]);
	}
	load->source = 0;
}
