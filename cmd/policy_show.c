/* A pack as a document for people, or as one JSON object. */
#include "policy_show.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct document {
	struct show *show;
	const struct svc_policy *policy;
	json_t *json; /* the object, or the list that is being filled */
	char section[32];
	bool settings;
	struct svc_error *err;
};

static void show_head(struct document *document)
{
	const struct svc_policy *policy = document->policy;
	char effective[16];
	svc_date_format(svc_policy_effective(policy), effective);
	show_mood(document->show, SHOW_BOLD, "%s  %s", svc_policy_id(policy), svc_policy_title(policy));
	show_line(document->show, _("in force from %s, amounts in %s"), effective, svc_policy_currency(policy));
	if (svc_policy_file(policy))
		show_mood(document->show, SHOW_FAINT, "%s", svc_policy_file(policy));
	json_t *asks = json_array();
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		if (svc_policy_answers(policy, (enum svc_ask)ask))
			json_array_append_new(asks, json_string(svc_ask_name((enum svc_ask)ask)));
	document->json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "schema", "svc.policy.document/1", "policy",
				   svc_policy_id(policy), "title", svc_policy_title(policy), "effective", effective,
				   "currency", svc_policy_currency(policy), "hash", svc_policy_hash(policy), "asks",
				   asks);
	if (svc_policy_file(policy))
		json_object_set_new(document->json, "file", json_string(svc_policy_file(policy)));
}

/* ---- names ---- */

static int take_word(void *context, const char *word, const char *title)
{
	json_array_append_new(context, json_pack("{s:s, s:s}", "word", word, "title", title ? title : word));
	return 0;
}

static void show_words(struct document *document, const json_t *words)
{
	size_t index;
	json_t *word;
	json_array_foreach(words, index, word)
	{
		const char *id = json_string_value(json_object_get(word, "word"));
		show_line(document->show, "      %-24s %s", id, json_string_value(json_object_get(word, "title")));
	}
}

static int take_name(void *context, const struct svc_policy_name *name)
{
	struct document *document = context;
	if (name->setting != document->settings || (name->standard && !name->words))
		return 0;
	json_t *words = json_array();
	int status = name->words ? svc_policy_words(document->policy, name->name, take_word, words, document->err)
				 : SVC_OK;
	show_line(document->show, "  %-24s %-8s %s", name->name, name->type, name->title ? name->title : "");
	show_words(document, words);
	json_t *entry = json_pack("{s:s, s:s, s:s, s:b}", "name", name->name, "type", name->type, "title",
				  name->title ? name->title : "", "standard", name->standard);
	if (json_array_size(words))
		json_object_set(entry, "words", words);
	json_decref(words);
	json_array_append_new(document->json, entry);
	return status;
}

static int show_names(struct document *document, const char *key, const char *head, bool settings)
{
	struct document part = *document;
	part.settings = settings;
	part.json = json_array();
	show_line(document->show, "%s", "");
	show_mood(document->show, SHOW_BOLD, "%s", head);
	int status = svc_policy_names(document->policy, take_name, &part, document->err);
	json_object_set_new(document->json, key, part.json);
	return status;
}

/* ---- rules ---- */

static int take_rule(void *context, const struct svc_policy_rule *rule)
{
	struct document *document = context;
	if (strcmp(document->section, rule->section)) {
		snprintf(document->section, sizeof document->section, "%s", rule->section);
		show_line(document->show, "%s", "");
		show_mood(document->show, SHOW_BOLD, "%s", rule->section);
	}
	show_line(document->show, *rule->text ? "  %-24s %s" : "  %s", rule->clause, rule->text);
	if (rule->rule && *rule->rule)
		show_mood(document->show, SHOW_FAINT, "    %s", rule->rule);
	json_array_append_new(document->json,
			      json_pack("{s:s, s:s, s:s, s:s, s:i}", "section", rule->section, "clause", rule->clause,
					"text", rule->text, "rule", rule->rule ? rule->rule : "", "line", rule->line));
	return 0;
}

static int show_rules(struct document *document)
{
	struct document part = *document;
	part.json = json_array();
	int status = svc_policy_rules(document->policy, take_rule, &part, document->err);
	json_object_set_new(document->json, "rules", part.json);
	return status;
}

int policy_show(struct command *command, const struct svc_policy *policy)
{
	struct document document = {.show = command->show, .policy = policy, .err = &command->error};
	show_head(&document);
	int status = show_names(&document, "facts", _("facts"), false);
	if (!status)
		status = show_names(&document, "settings", _("settings"), true);
	if (!status)
		status = show_rules(&document);
	if (!status)
		return show_object(command->show, document.json);
	json_decref(document.json);
	return status;
}
