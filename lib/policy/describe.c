/* What a pack is and says, for people, completion and the documents. */
#include "decide.h"

#include "base/error.h"
#include "svc/text.h"

#include <string.h>

const char *svc_policy_id(const struct svc_policy *policy)
{
	return pack_text(policy->head, policy->head->id);
}

/* A text in the reader's language, else in the other. */
static const char *in_language(const struct pack_head *head, pack_ref en, pack_ref zh)
{
	pack_ref first = svc_language() == SVC_LANG_ZH ? zh : en, second = svc_language() == SVC_LANG_ZH ? en : zh;

	return pack_text(head, first ? first : second);
}

const char *svc_policy_title(const struct svc_policy *policy)
{
	return in_language(policy->head, policy->head->title_en, policy->head->title_zh);
}

svc_date svc_policy_effective(const struct svc_policy *policy)
{
	return policy->head->effective;
}

const char *svc_policy_currency(const struct svc_policy *policy)
{
	return pack_text(policy->head, policy->head->currency);
}

int svc_policy_currency_digits(const struct svc_policy *policy)
{
	return policy->head->currency_digits;
}

const struct svc_zone *svc_policy_zone(const struct svc_policy *policy)
{
	return policy->zone;
}

const char *svc_policy_hash(const struct svc_policy *policy)
{
	return policy->hash;
}

const char *svc_policy_file(const struct svc_policy *policy)
{
	return policy->file ? policy->file : "";
}

/* What a rule is there for: its clause's sentence; what the head says has no clause. */
static const char *sentence_of(const struct pack_head *head, const struct pack_sentence *row)
{
	if (!row->clause && !strcmp(pack_text(head, row->section), "in_force"))
		return _("which day says what version of the pack answers");
	return clause_text(head, pack_text(head, row->clause));
}

int svc_policy_rules(const struct svc_policy *policy, svc_policy_rule_seen seen, void *context, struct svc_error *err)
{
	const struct pack_head *head = policy->head;
	int status = SVC_OK;

	(void)err;
	for (uint32_t i = 0; i < head->sentences.count && !status; i++) {
		const struct pack_sentence *row = PACK_ITEM(head, head->sentences, struct pack_sentence, i);
		struct svc_policy_rule rule = {.section = pack_text(head, row->section),
					       .clause = pack_text(head, row->clause),
					       .text = sentence_of(head, row),
					       .rule = pack_text(head, row->text),
					       .tree = pack_text(head, row->tree),
					       .file = pack_text(head, row->file),
					       .line = (int)row->line};

		status = seen(context, &rule);
	}
	return status;
}

int svc_policy_left_out(const struct svc_policy *policy, svc_policy_rule_seen seen, void *context,
			struct svc_error *err)
{
	const struct pack_head *head = policy->head;
	int status = SVC_OK;

	(void)err;
	for (uint32_t i = 0; i < head->left_out.count && !status; i++) {
		const struct pack_left_out *row = PACK_ITEM(head, head->left_out, struct pack_left_out, i);
		struct svc_policy_rule rule = {.section = "left_out",
					       .clause = pack_text(head, row->id),
					       .text = pack_text(head, row->reason),
					       .rule = "",
					       .tree = "",
					       .file = ""};

		status = seen(context, &rule);
	}
	return status;
}

static const char *const type_names[] = {
	[FACT_DATE] = "date",         [FACT_TIME] = "time",  [FACT_BOOL] = "bool",  [FACT_NUMBER] = "number",
	[FACT_MONEY] = "money",       [FACT_WORD] = "word",  [FACT_SET] = "set",    [FACT_TEXT] = "text",
	[FACT_DURATION] = "duration", [FACT_PRICES] = "map", [FACT_ITEMS] = "list", [FACT_TREE] = "tree",
};

/* What holds for a fact when it is not given. */
static const char *default_text(const struct svc_policy *policy, const struct pack_fact *fact, struct strbuf *out)
{
	const struct pack_value *fallback = pack_at(policy->head, fact->fallback);
	struct fact_value value = {0};

	strbuf_reset(out);
	if (fact->absent != ABSENT_DEFAULT || !fallback)
		return NULL;
	value.number = fallback->number;
	value.duration = fallback->duration;
	value.text = fallback->text ? pack_text(policy->head, fallback->text) : NULL;
	if (fact->type == FACT_TEXT)
		return value.text;
	value_format(policy, fact, &value, out);
	return out->text;
}

int svc_policy_names(const struct svc_policy *policy, svc_policy_name_seen seen, void *context, struct svc_error *err)
{
	const struct pack_head *head = policy->head;
	struct strbuf value = {0};
	int status = SVC_OK;

	(void)err;
	for (uint32_t i = 1; i < head->facts.count && !status; i++) {
		const struct pack_fact *fact = PACK_ITEM(head, head->facts, struct pack_fact, i);
		struct svc_policy_name name = {.name = pack_text(head, fact->name),
					       .title = in_language(head, fact->title_en, fact->title_zh),
					       .type = type_names[fact->type],
					       .setting = fact->setting,
					       .standard = fact->standard,
					       .used = fact->used,
					       .words = fact->words.count,
					       .value = default_text(policy, fact, &value)};

		if (!fact->internal)
			status = seen(context, &name);
	}
	strbuf_release(&value);
	return status;
}

int svc_policy_words(const struct svc_policy *policy, const char *fact, svc_policy_word_seen seen, void *context,
		     struct svc_error *err)
{
	const struct pack_head *head = policy->head;
	char near[128];
	uint16_t place = fact_find(head, fact, near);
	const struct pack_fact *row = PACK_ITEM(head, head->facts, struct pack_fact, place);
	int status = SVC_OK;

	if (!place) {
		error_set(err, SVC_USAGE, _("%s: no such fact in policy %s"), fact, svc_policy_id(policy));
		if (*near)
			error_hint(err, _("did you mean %s?"), near);
		return SVC_USAGE;
	}
	for (uint32_t i = 0; i < row->words.count && !status; i++) {
		const struct pack_word *word = PACK_ITEM(head, row->words, struct pack_word, i);

		status = seen(context, pack_text(head, word->id), in_language(head, word->title_en, word->title_zh));
	}
	return status;
}
