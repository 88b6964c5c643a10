/* template: the text to send, with its placeholders filled. */
#include "decide.h"

#include "base/strbuf.h"

#include <string.h>

/* One text that is being filled: in which language, and for whom placeholders ask. */
struct letter {
	const struct entry *entry;
	bool zh;
	bool gaps; /* a placeholder of this text is not known */
	struct strbuf out;
};

static void put_value(struct pass *pass, struct letter *letter, uint16_t fact, const struct fact_value *value)
{
	const struct pack_fact *kind = fact_of(pass->head, fact);

	if (value->text) {
		strbuf_puts(&letter->out, value->text);
	} else if (kind->type == FACT_WORD) {
		const struct pack_word *word = PACK_ITEM(pass->head, kind->words, struct pack_word, value->number);

		strbuf_puts(&letter->out, pack_text(pass->head, letter->zh ? word->title_zh : word->title_en));
	} else {
		value_format(pass->policy, kind, value, &letter->out);
	}
}

/* Whether people can be told it: of a word that is none of those listed there is no text while it is only tried. */
static bool is_told(const struct pack_fact *kind, const struct fact_value *value)
{
	return value->known && (kind->type != FACT_WORD || value->text || value->number != WORD_UNLISTED);
}

/* A placeholder is a fact or a setting; what is not known is missing. Other braces stay as they are written. */
static void put_placeholder(struct pass *pass, struct letter *letter, const char *name, size_t length)
{
	const char *text = arena_strndup(pass->memory, name, length);
	uint16_t fact = fact_find(pass->head, text, NULL);

	if (!fact) {
		strbuf_printf(&letter->out, "{%s}", text);
	} else if (is_told(fact_of(pass->head, fact), value_of(pass, fact))) {
		put_value(pass, letter, fact, value_of(pass, fact));
	} else {
		miss(pass, fact, &letter->entry->rule);
		letter->gaps = true;
	}
}

/* NULL: a text with a gap in it is none, lest it be sent. */
static const char *fill(struct pass *pass, struct letter *letter, const char *text)
{
	const char *filled = NULL;

	letter->gaps = false;
	while (*text) {
		size_t plain = strcspn(text, "{");
		const char *end = text[plain] ? strchr(text + plain, '}') : NULL;

		strbuf_printf(&letter->out, "%.*s", (int)(end ? plain : strlen(text)), text);
		if (!end)
			break;
		put_placeholder(pass, letter, text + plain + 1, (size_t)(end - text) - plain - 1);
		text = end + 1;
	}
	if (letter->out.length && !letter->gaps)
		filled = arena_strndup(pass->memory, letter->out.text, letter->out.length);
	strbuf_release(&letter->out);
	return filled;
}

void decide_template(struct pass *pass)
{
	struct svc_answer *answer = pass->answer;
	const struct fact_value *lang = value_of(pass, F_LANG);
	struct letter letter = {0};
	pack_ref text = 0, subject = 0;
	int group;

	if (!listed_group(pass, F_TEMPLATE, &group))
		return;
	letter.entry = entry_one(pass, ENTRIES_TEMPLATES, SECTION_TEMPLATES, group);
	if (stopped(pass))
		return;
	answer->verdict = letter.entry ? SVC_READY : SVC_REFER;
	if (!letter.entry)
		return;
	if (!lang->known) {
		block(pass, F_LANG, &letter.entry->rule);
		return;
	}
	letter.zh = lang->number == word_find(pass->head, fact_of(pass->head, F_LANG), "zh");
	if (lang->number != WORD_UNLISTED) {
		text = letter.zh ? letter.entry->text_zh : letter.entry->text_en;
		subject = letter.zh ? letter.entry->subject_zh : letter.entry->subject_en;
	}
	if (text)
		answer->text = fill(pass, &letter, pack_text(pass->head, text));
	else
		miss(pass, F_LANG, &letter.entry->rule); /* there is no such text */
	if (subject)
		answer->subject = fill(pass, &letter, pack_text(pass->head, subject));
	cite_rule(pass, &letter.entry->rule);
	if (answer->missing_count)
		answer->verdict = SVC_VERDICT_INCOMPLETE;
}
