/* Names that no rule uses: settings, facts, and clauses that are explained but carried by no rule. */
#include "lint.h"

#include "base/error.h"

#include <string.h>

/* A case in which only one name is given, perhaps with one of its words: it changes nothing. */
static void with_one(struct lint *lint, uint16_t fact, int64_t word, struct lint_case *one)
{
	struct wanted wanted = {0};
	struct fact_value *values;
	enum svc_ask ask = 0;

	while (ask + 1 < SVC_ASK_COUNT && !svc_policy_answers(lint->policy, ask))
		ask++;
	witness_search(lint->witness, &wanted);
	values = arena_alloc(&lint->memory, lint->head->facts.count * sizeof *values);
	memcpy(values, witness_values(lint->witness), lint->head->facts.count * sizeof *values);
	if (fact)
		values[fact] = word < 0 ? witness_plain(lint->witness, fact)
					: (struct fact_value){.known = true, .given = true, .number = word};
	case_ask(lint, NULL, NULL, ask, values, one);
}

static void unused(struct lint *lint, uint16_t fact)
{
	const struct pack_fact *kind = fact_of(lint->head, fact);
	struct lint_case one;

	with_one(lint, fact, -1, &one);
	find(lint, "unused", NULL, &one,
	     kind->setting ? _("no rule uses the setting %s") : _("no rule uses the fact %s"),
	     pack_text(lint->head, kind->name));
	case_release(&one);
}

static bool text_names(const struct lint *lint, pack_ref text, const char *name)
{
	const char *at = pack_text(lint->head, text);
	size_t length = strlen(name);

	while ((at = strchr(at, '{')))
		if (!strncmp(++at, name, length) && at[length] == '}')
			return true;
	return false;
}

/* Whether a template has a place for it. */
static bool in_template(const struct lint *lint, const char *name)
{
	const struct pack_list templates = lint->head->entries[ENTRIES_TEMPLATES];

	for (uint32_t i = 0; i < templates.count; i++) {
		const struct entry *entry = PACK_ITEM(lint->head, templates, struct entry, i);

		if (text_names(lint, entry->text_en, name) || text_names(lint, entry->text_zh, name) ||
		    text_names(lint, entry->subject_en, name) || text_names(lint, entry->subject_zh, name))
			return true;
	}
	return false;
}

/* Whether a fact, a word or the calendar bears the clause. */
static bool is_borne(const struct lint *lint, pack_ref clause)
{
	const struct calendar *calendar = pack_at(lint->head, lint->head->calendar);
	const struct warranty_section *warranty = pack_at(lint->head, lint->head->sections[SECTION_WARRANTY]);

	for (uint32_t i = 1; i < lint->head->facts.count; i++) {
		const struct pack_fact *kind = fact_of(lint->head, (uint16_t)i);

		if (kind->clause == clause)
			return true;
		for (uint32_t w = 0; w < kind->words.count; w++)
			if (PACK_ITEM(lint->head, kind->words, struct pack_word, w)->clause == clause)
				return true;
	}
	return (calendar && calendar->clause == clause) || (warranty && warranty->late_report == clause);
}

/* Laws that several packs share explain more clauses than each pack carries. */
static bool is_own(const struct lint *lint, pack_ref clause)
{
	const char *policy = pack_text(lint->head, lint->head->id);
	size_t length = strlen(policy);

	return !strncmp(pack_text(lint->head, clause), policy, length) && pack_text(lint->head, clause)[length] == '.';
}

static bool is_left_out(const struct lint *lint, pack_ref clause)
{
	for (uint32_t i = 0; i < lint->head->left_out.count; i++)
		if (PACK_ITEM(lint->head, lint->head->left_out, struct pack_left_out, i)->id == clause)
			return true;
	return false;
}

/* Whether some rule, as the pack writes it, has this word. */
static bool is_written(const struct lint *lint, const char *word)
{
	const struct pack_list sentences = lint->head->sentences;
	static const char part[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
	size_t length = strlen(word);

	for (uint32_t i = 0; i < sentences.count; i++) {
		const char *text = pack_text(lint->head,
					     PACK_ITEM(lint->head, sentences, struct pack_sentence, i)->text);

		for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
			if ((at == text || !strchr(part, at[-1])) && (!at[length] || !strchr(part, at[length])))
				return true;
	}
	return false;
}

static void unused_word(struct lint *lint, const char *of, uint16_t fact, int64_t number, const char *word)
{
	struct lint_case one;

	with_one(lint, fact, number, &one);
	find(lint, "unused", NULL, &one, _("no rule uses the word %s of %s"), word, of);
	case_release(&one);
}

/* Words that rules are sorted by, and those that the pack lists for what rules say. */
static void words(struct lint *lint)
{
	static const uint16_t sorting[] = {F_TASK, F_EVENT, F_FORM, F_RECORD, F_TEMPLATE, F_ITEMS};
	size_t count = sizeof sorting / sizeof *sorting - !lint->head->sections[SECTION_FEES];

	for (size_t i = 0; i < count; i++) {
		const struct pack_fact *kind = fact_of(lint->head, sorting[i]);

		for (uint32_t w = 0; w < kind->words.count && !lint->status; w++) {
			const char *id = pack_text(lint->head,
						   PACK_ITEM(lint->head, kind->words, struct pack_word, w)->id);

			if (strcmp(id, "parts") != 0 && !is_written(lint, id)) /* every pack knows parts */
				unused_word(lint, pack_text(lint->head, kind->name),
					    kind->type == FACT_WORD ? sorting[i] : 0, w, id);
		}
	}
	for (uint32_t w = 0; w < lint->head->words.count && !lint->status; w++) {
		const char *id = pack_text(lint->head,
					   PACK_ITEM(lint->head, lint->head->words, struct pack_word, w)->id);

		if (!is_written(lint, id))
			unused_word(lint, "words", 0, 0, id);
	}
}

static bool is_cited(const struct lint *lint, pack_ref clause)
{
	const struct pack_list sentences = lint->head->sentences;
	const char *id = pack_text(lint->head, clause);
	size_t length = strlen(id);

	for (uint32_t i = 0; i < sentences.count; i++) {
		const struct pack_sentence *row = PACK_ITEM(lint->head, sentences, struct pack_sentence, i);

		if (row->clause == clause)
			return true;
		for (const char *at = strstr(pack_text(lint->head, row->text), id); at; at = strstr(at + 1, id))
			if (at[length] < '0' || at[length] > '9')
				return true;
	}
	return false;
}

static void uncited(struct lint *lint, pack_ref clause)
{
	struct lint_case one;

	with_one(lint, 0, -1, &one);
	find(lint, "uncited", NULL, &one, _("clause %s is explained, and no rule carries it"),
	     pack_text(lint->head, clause));
	case_release(&one);
}

void lint_names(struct lint *lint)
{
	for (uint16_t i = 1; i < lint->head->facts.count && !lint->status; i++) {
		const struct pack_fact *kind = fact_of(lint->head, i);

		/* a fact that bears a clause is kept for it, though nothing is decided by it */
		if (!kind->standard && !kind->used && (kind->setting || !kind->clause) &&
		    !in_template(lint, pack_text(lint->head, kind->name)))
			unused(lint, i);
	}
	words(lint);
	for (uint32_t i = 0; i < lint->head->clauses.count && !lint->status; i++) {
		pack_ref clause = PACK_ITEM(lint->head, lint->head->clauses, struct pack_clause, i)->id;

		if (is_own(lint, clause) && !is_cited(lint, clause) && !is_borne(lint, clause) &&
		    !is_left_out(lint, clause))
			uncited(lint, clause);
	}
}
