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

/* Levels of a survey are words of their own. */
static const char *title_of_level(const struct pack_head *head, const char *id)
{
	for (uint32_t i = 0; i < head->entries[ENTRIES_LEVELS].count; i++) {
		const struct entry *level = PACK_ITEM(head, head->entries[ENTRIES_LEVELS], struct entry, i);

		if (!strcmp(id, pack_text(head, level->id)))
			return in_language(head, level->text_en, level->text_zh);
	}
	return "";
}

const char *svc_policy_word_title(const struct svc_policy *policy, const char *fact, const char *word)
{
	const struct pack_head *head = policy->head;
	uint16_t place = fact ? fact_find(head, fact, NULL) : 0;
	const char *title = "";

	if (place)
		title = title_among(head, PACK_ITEM(head, head->facts, struct pack_fact, place)->words, word);
	if (!*title)
		title = title_among(head, head->words, word);
	if (!*title)
		title = title_of_level(head, word);
	return *title ? title : word;
}
