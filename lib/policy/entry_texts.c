/* The texts of entries: labels, questions, and templates with places that facts fill. */
#include "draft_entry.h"
#include "facts_tree.h"

#include <string.h>

PUBLIC_READER(entry_text)
{
	struct titles text = titles_of(load, value, false);

	(void)key;
	draft->entry.text_en = build_text(&load->build, text.en);
	draft->entry.text_zh = build_text(&load->build, text.zh);
}

/* Every {name} in a text is a fact. */
static void check_placeholders(struct loader *load, const struct node *node, const char *text)
{
	for (const char *open = text ? strchr(text, '{') : NULL; open; open = strchr(open + 1, '{')) {
		size_t length = strcspn(open + 1, "{}");
		char *name = arena_strndup(&load->memory, open + 1, length);
		uint16_t fact = fact_find(head_of(load), name, NULL);

		if (open[1 + length] != '}')
			fault(load, node, "%s", _("a placeholder is not closed"));
		else if (fact && fact_takes_tree(fact_at(load, fact)))
			fault(load, node, _("%s can't be put in a text"), name);
		else if (!fact || strcmp(name_at(load, fact), name) != 0)
			error_hint(
				fault(load, node, _("no such fact: %s"), name), "%s",
				_("what stands in { } is filled in from a fact; declare it: {text: true, title: ...}"));
	}
}

/* A text of a template may exist in one language only. */
static struct titles text_to_fill(struct loader *load, const struct node *value)
{
	struct titles text = {0};
	size_t languages = 0;

	for (size_t i = 0; value->kind == NODE_MAP && i < value->count; i++) {
		const char *language = value->keys[i]->text, *words = text_of(load, value->items[i]);
		bool english = !strcmp(language, "en");

		if (!english && strcmp(language, "zh") != 0)
			unknown_key(load, value->keys[i], value->items[i], NULL);
		*(english ? &text.en : &text.zh) = words;
		check_placeholders(load, value->items[i], words);
		languages++;
	}
	if (!languages)
		error_hint(fault(load, value, "%s", _("a text in a language is wanted here")), "%s",
			   _("write {en: ..., zh: ...}, or one of them"));
	return text;
}

PUBLIC_READER(entry_subject)
{
	struct titles text = text_to_fill(load, value);

	(void)key;
	draft->entry.subject_en = build_text(&load->build, text.en);
	draft->entry.subject_zh = build_text(&load->build, text.zh);
}

PUBLIC_READER(entry_body)
{
	struct titles text = text_to_fill(load, value);

	(void)key;
	draft->entry.text_en = build_text(&load->build, text.en);
	draft->entry.text_zh = build_text(&load->build, text.zh);
}
