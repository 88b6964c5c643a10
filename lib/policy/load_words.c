/* `words`: the ids that lists of rules name, with the titles that people are shown. */
#include "draft_fact.h"
#include "nearest.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct draft_word *word_called(const struct loader *load, const char *id)
{
	const struct draft_word *words = load->words.items;

	for (size_t i = 0; i < load->words.count; i++)
		if (!strcmp(words[i].id, id))
			return &words[i];
	return NULL;
}

void load_words(struct loader *load, const struct node *node)
{
	if (node->kind != NODE_MAP) {
		error_hint(fault(load, node, "%s", _("words are a map of ids and titles")), "%s",
			   _("write each word with its titles: {motor: {en: motor, zh: 电机}}"));
		return;
	}
	for (size_t i = 0; i < node->count; i++) {
		const struct node *key = node->keys[i];
		struct draft_word word = {key->text, titles_of(load, node->items[i], true), key, load->source};

		if (!text_is_word(key->text))
			fault(load, key, _("\"%s\" is no id for a word"), key->text);
		else if (word_called(load, key->text))
			fault(load, key, _("%s is declared already"), key->text);
		else
			*(struct draft_word *)growing_add(&load->words, sizeof word) = word;
	}
}

pack_ref word_listed(struct loader *load, const struct node *node)
{
	const char *text = text_of(load, node);
	struct nearest nearest = nearest_to(text ? text : "");
	const struct draft_word *words = load->words.items;
	struct svc_error *error;

	if (!text)
		return 0;
	if (word_called(load, text))
		return build_text(&load->build, text);
	for (size_t i = 0; i < load->words.count; i++)
		nearest_try(&nearest, words[i].id);
	error = fault(load, node, _("no such word: %s"), text);
	if (nearest.best)
		hint_near(error, nearest.best);
	else
		error_hint(error, _("declare it: words: {%s: {en: ..., zh: ...}}"), text);
	return 0;
}

static int by_id(const void *left, const void *right)
{
	return strcmp(((const struct draft_word *)left)->id, ((const struct draft_word *)right)->id);
}

struct pack_list listed_words_done(struct loader *load)
{
	struct draft_word *words = load->words.items;
	struct growing rows = {0};
	struct pack_list list;

	if (load->words.count)
		qsort(words, load->words.count, sizeof *words, by_id);
	for (size_t i = 0; i < load->words.count; i++) {
		struct pack_word *row = growing_add(&rows, sizeof *row);

		row->id = build_text(&load->build, words[i].id);
		row->title_en = build_text(&load->build, words[i].titles.en);
		row->title_zh = build_text(&load->build, words[i].titles.zh);
		row->clause = build_text(&load->build, words[i].titles.clause);
	}
	list = build_list(&load->build, rows.items, rows.count, sizeof(struct pack_word));
	growing_release(&rows);
	return list;
}
