/* Findings and their cases: values that a search found, made into a question that shows what is said. */
#include "lint.h"

#include "base/error.h"
#include "base/json.h"
#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 16 /* facts that are added one by one until the question can be answered */

/* Facts that are only given where the pack asks for them: the search sets them always. */
static bool is_said(const struct lint *lint, enum svc_ask ask, uint16_t fact)
{
	if (fact == F_CLAIM)
		return ask <= SVC_ASK_FREIGHT;
	if (fact == F_NOW || fact == F_AS_OF)
		return ask > SVC_ASK_FREIGHT || fact_of(lint->head, fact)->used;
	return !fact_of(lint->head, fact)->internal && !(fact >= F_EXPECTED && fact <= F_READING);
}

static void copy_values(const struct lint *lint, const struct fact_value *values, struct lint_case *one)
{
	for (uint16_t i = 1; i < one->facts->count; i++)
		if (values[i].given && is_said(lint, one->ask, i))
			one->facts->values[i] = values[i];
}

static const char *word_at(const struct lint *lint, uint16_t fact, uint32_t word)
{
	return pack_text(lint->head,
			 PACK_ITEM(lint->head, fact_of(lint->head, fact)->words, struct pack_word, word)->id);
}

static void give_groups(const struct lint *lint, const struct proved_list *list, const struct proved *rule,
			struct svc_facts *facts)
{
	if (list && rule && list->group && rule->key)
		svc_facts_set(facts, pack_text(lint->head, fact_of(lint->head, list->group)->name),
			      word_at(lint, list->group, rule->key - 1), NULL);
	if (list && rule && list->stage && rule->stage)
		svc_facts_set(facts, pack_text(lint->head, fact_of(lint->head, list->stage)->name),
			      word_at(lint, list->stage, rule->stage - 1), NULL);
}

/* A plain value for a fact that an answer lacks: what the search knows of the present, the first word, the first number. */
static bool give_plain(struct lint *lint, struct svc_facts *facts, const char *name, const struct fact_value *values)
{
	uint16_t place = fact_find(lint->head, name, NULL);
	const struct pack_fact *kind = fact_of(lint->head, place);
	int64_t number = 0;

	if (!place || facts->values[place].given)
		return false;
	switch ((enum fact_type)kind->type) {
	case FACT_DATE:
		number = values[F_CLAIM].number - (place == F_UNTIL || place == F_ENDS ? -30 : 30);
		break;
	case FACT_TIME:
		number = values[F_NOW].number;
		break;
	case FACT_MONEY:
		number = 10000;
		break;
	case FACT_WORD:
	case FACT_NUMBER:
	case FACT_SET:
	case FACT_BOOL:
		number = kind->trials.count ? *PACK_ITEM(lint->head, kind->trials, int64_t, 0) : 0;
		if (kind->type == FACT_WORD && (number < 0 || !kind->words.count))
			return false;
		break;
	case FACT_ITEMS:
		return kind->words.count && !svc_facts_set(facts, name, word_at(lint, place, 0), NULL);
	default:
		return false;
	}
	facts->values[place] = (struct fact_value){.known = true, .given = true, .number = number};
	return true;
}

static void ask_now(struct lint *lint, struct lint_case *one)
{
	svc_answer_release(&one->answer);
	memset(&one->answer, 0, sizeof one->answer);
	one->status = svc_ask(lint->policy, one->ask, one->facts, false, &one->answer, &one->fault);
}

void case_ask(struct lint *lint, const struct proved_list *list, const struct proved *rule, enum svc_ask ask,
	      const struct fact_value *values, struct lint_case *out)
{
	bool more = true;

	memset(out, 0, sizeof *out);
	out->ask = ask;
	svc_facts_new(&out->facts, lint->policy, NULL);
	copy_values(lint, values, out);
	give_groups(lint, list, rule, out->facts);
	ask_now(lint, out);
	for (int round = 0; round < ROUNDS && more && !out->status && out->answer.verdict == SVC_VERDICT_INCOMPLETE;
	     round++) {
		more = false;
		for (size_t i = 0; i < out->answer.missing_count && !more; i++)
			more = give_plain(lint, out->facts, out->answer.missing[i], values);
		ask_now(lint, out);
	}
}

void case_release(struct lint_case *one)
{
	svc_answer_release(&one->answer);
	svc_facts_free(one->facts);
}

bool case_cites(const struct lint *lint, const struct lint_case *one, const struct rule *rule)
{
	for (size_t i = 0; i < one->answer.clause_count; i++)
		if (!strcmp(one->answer.clauses[i], pack_text(lint->head, rule->clause)))
			return true;
	return false;
}

static void write_shows(const struct lint_case *one, struct strbuf *out)
{
	if (one->status) {
		strbuf_puts(out, one->fault.text);
		return;
	}
	strbuf_puts(out, svc_verdict_id(one->answer.verdict));
	for (size_t i = 0; i < one->answer.clause_count; i++)
		strbuf_printf(out, "%s%s", i ? ", " : ": ", one->answer.clauses[i]);
}

/* The text that says a rule: its own pack, or one that is included. */
static const char *file_of(const struct lint *lint, const struct rule *rule)
{
	const struct pack_list sentences = lint->head->sentences;

	for (uint32_t i = 0; rule && i < sentences.count; i++) {
		const struct pack_sentence *row = PACK_ITEM(lint->head, sentences, struct pack_sentence, i);

		if (row->clause == rule->clause && row->line == rule->line && row->file)
			return pack_text(lint->head, row->file);
	}
	return svc_policy_file(lint->policy);
}

/* The facts or settings of a case as one JSON object; the caller frees. */
static char *json_of(const struct lint_case *one, bool settings)
{
	const struct node *node = !one->worked ? NULL : settings ? one->worked->settings : one->worked->given;
	struct strbuf text = {0};
	struct json json = {.out = &text};

	if (!one->worked)
		return svc_facts_json(one->facts, settings);
	if (node)
		json_node(&json, NULL, node);
	else
		strbuf_puts(&text, "{}");
	return text.text;
}

void find(struct lint *lint, const char *kind, const struct rule *rule, const struct lint_case *one, const char *format,
	  ...)
{
	struct strbuf shows = {0}, text = {0};
	char *given = json_of(one, false), *settings = json_of(one, true);
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	write_shows(one, &shows);
	if (!lint->status)
		lint->status = lint->seen(
			lint->context, &(struct svc_finding){.kind = kind,
							     .text = text.text,
							     .clause = rule ? pack_text(lint->head, rule->clause) : "",
							     .file = file_of(lint, rule),
							     .line = rule ? (int)rule->line : 0,
							     .ask = one->ask,
							     .given = given,
							     .settings = settings,
							     .shows = shows.text ? shows.text : ""});
	strbuf_release(&shows);
	strbuf_release(&text);
	free(given);
	free(settings);
}
