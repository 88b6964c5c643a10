/* What people read in the place of the ids in answers. */
#include "facts.h"

#include "svc/text.h"

#include <string.h>

static const char *in_language(const struct pack_head *head, pack_ref en, pack_ref zh)
{
	pack_ref first = svc_language() == SVC_LANG_ZH ? zh : en, second = svc_language() == SVC_LANG_ZH ? en : zh;

	return pack_text(head, first ? first : second);
}

static const char *title_among(const struct pack_head *head, struct pack_list words, const char *id)
{
	for (uint32_t i = 0; i < words.count; i++) {
		const struct pack_word *word = PACK_ITEM(head, words, struct pack_word, i);

		if (!strcmp(id, pack_text(head, word->id)))
			return in_language(head, word->title_en, word->title_zh);
	}
	return "";
}

/* Levels of a survey, and fields of forms and records, are named where they stand. */
static const char *title_of_entry(const struct pack_head *head, struct pack_list entries, const char *id)
{
	for (uint32_t i = 0; i < entries.count; i++) {
		const struct entry *entry = PACK_ITEM(head, entries, struct entry, i);
		const char *inner = title_of_entry(head, entry->entries, id);

		if (*inner)
			return inner;
		if (entry->id && !strcmp(id, pack_text(head, entry->id)))
			return in_language(head, entry->text_en, entry->text_zh);
	}
	return "";
}

const char *svc_policy_word_title(const struct svc_policy *policy, const char *fact, const char *word)
{
	static const enum entry_list named[] = {ENTRIES_LEVELS, ENTRIES_FORMS, ENTRIES_RECORDS};
	const struct pack_head *head = policy->head;
	uint16_t place = fact ? fact_find(head, fact, NULL) : 0;
	const char *title = "";

	if (place)
		title = title_among(head, PACK_ITEM(head, head->facts, struct pack_fact, place)->words, word);
	if (!*title)
		title = title_among(head, head->words, word);
	for (size_t i = 0; i < sizeof named / sizeof *named && !*title; i++)
		title = title_of_entry(head, head->entries[named[i]], word);
	return *title ? title : word;
}
