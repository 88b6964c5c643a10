/* A pack as a document for people, or as one JSON object. */
#include "policy_show.h"
#include "policy_page.h"
#include "policy_rule.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct document {
	struct page page;
	const struct svc_policy *policy;
	json_t *json; /* the object, or the list that is being filled */
	char section[32];
	bool settings;
	struct reading reading;
	struct svc_error *err;
};

static void show_head(struct document *document)
{
	const struct svc_policy *policy = document->policy;
	char effective[16];
	svc_date_format(svc_policy_effective(policy), effective);
	struct text about = {0};
	text_print(&about, _("in force from %s, amounts in %s"), effective, svc_policy_currency(policy));
	page_add(&document->page, PAGE_TITLE, svc_policy_id(policy), svc_policy_title(policy), NULL);
	page_add(&document->page, PAGE_ABOUT, NULL, about.bytes, NULL);
	if (svc_policy_file(policy) && !document->page.markdown)
		page_add(&document->page, PAGE_SOURCE, NULL, svc_policy_file(policy), NULL);
	text_release(&about);
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
		page_add(&document->page, PAGE_WORD, id, json_string_value(json_object_get(word, "title")), NULL);
	}
}

static const char *type_title(const char *type)
{
	static const struct {
		const char *id, *title;
	} types[] = {{"date", N_("date")},     {"time", N_("time")},         {"bool", N_("yes or no")},
		     {"number", N_("figure")}, {"money", N_("money")},       {"word", N_("word")},
		     {"set", N_("words")},     {"text", N_("text")},         {"duration", N_("duration")},
		     {"map", N_("prices")},    {"list", N_("list of items")}};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(types[i].id, type))
			return _(types[i].title);
	return type;
}

/* A setting says what holds now; a fact is shown when the pack speaks of it. */
static void show_name(struct document *document, const struct svc_policy_name *name, const json_t *words)
{
	struct text line = {0};
	if (name->standard && !name->used)
		return;
	text_print(&line, "%s  (%s)", name->title ? name->title : "", type_title(name->type));
	if (name->value) {
		text_puts(&line, _(": "));
		json_t *value = json_string(name->value);
		rule_value(&line, &document->reading, name->name, value);
		json_decref(value);
	} else if (name->setting) {
		text_puts(&line, _(": not set"));
	}
	page_add(&document->page, PAGE_ITEM, name->name, line.bytes, NULL);
	text_release(&line);
	show_words(document, words);
}

static int take_name(void *context, const struct svc_policy_name *name)
{
	struct document *document = context;
	if (name->setting != document->settings || (name->standard && !name->words))
		return 0;
	json_t *words = json_array();
	int status = name->words ? svc_policy_words(document->policy, name->name, take_word, words, document->err)
				 : SVC_OK;
	show_name(document, name, words);
	json_t *entry = json_pack("{s:s, s:s, s:s, s:b, s:s*}", "name", name->name, "type", name->type, "title",
				  name->title ? name->title : "", "standard", name->standard, "value", name->value);
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
	page_add(&document->page, PAGE_HEADING, NULL, head, NULL);
	int status = svc_policy_names(document->policy, take_name, &part, document->err);
	json_object_set_new(document->json, key, part.json);
	return status;
}

static int take_title(void *context, const struct svc_policy_name *name)
{
	json_object_set_new(context, name->name, json_string(name->title ? name->title : ""));
	return 0;
}

/* ---- rules ---- */

/* The line by which the rule is found again: of the pack, or of the text that it includes. */
static void add_place(struct text *text, const struct svc_policy_rule *rule)
{
	if (*rule->file)
		text_print(text, "(%s:%d)", rule->file, rule->line);
	else
		text_print(text, "(%d)", rule->line);
}

static void add_pair(struct text *text, const struct reading *reading, const char *key, const json_t *value)
{
	rule_key(text, reading, key, false);
	text_puts(text, _(": "));
	rule_value(text, reading, key, value);
}

/* A key to a line; where its value is a list of maps, a line to each of them. */
static void show_key(struct document *document, const char *key, const json_t *value)
{
	bool several = json_is_object(json_array_get(value, 0));
	size_t count = several ? json_array_size(value) : 1;
	for (size_t i = 0; i < count; i++) {
		struct text line = {0};
		add_pair(&line, &document->reading, key, several ? json_array_get(value, i) : value);
		page_add(&document->page, PAGE_DETAIL, NULL, line.bytes, NULL);
		text_release(&line);
	}
}

static void show_rule(struct document *document, const struct svc_policy_rule *rule, const json_t *tree)
{
	struct text place = {0};
	const char *key;
	json_t *value;
	add_place(&place, rule);
	page_add(&document->page, PAGE_ITEM, *rule->clause ? rule->clause : NULL, rule->text, place.bytes);
	text_release(&place);
	if (!json_is_object(tree) && strcmp(rule->clause, json_string_value(tree) ? json_string_value(tree) : ""))
		show_key(document, "", tree);
	json_object_foreach((json_t *)tree, key, value) show_key(document, key, value);
}

/* A step or field on one line: what it says, then what else is said of it. */
static void show_inner(struct document *document, const struct svc_policy_rule *rule, const json_t *tree)
{
	const json_t *label = json_object_get(tree, "label"), *said = label ? label : json_object_get(tree, "text");
	struct text line = {0}, place = {0};
	const char *key;
	json_t *value;
	if (said)
		rule_value(&line, &document->reading, NULL, said);
	else
		text_puts(&line, rule->text);
	text_print(&line, "  [%s]  %s", json_string_value(json_object_get(tree, "id")), rule->clause);
	json_object_foreach((json_t *)tree, key, value)
	{
		if (value == said || !strcmp(key, "id"))
			continue;
		text_puts(&line, _("; "));
		add_pair(&line, &document->reading, key, value);
	}
	add_place(&place, rule);
	page_add(&document->page, PAGE_STEP, NULL, line.bytes, place.bytes);
	text_release(&line);
	text_release(&place);
}

static void show_section(struct document *document, const char *section)
{
	if (!strcmp(document->section, section))
		return;
	snprintf(document->section, sizeof document->section, "%s", section);
	document->reading.section = document->section;
	struct text head = {0};
	text_puts(&head, section_title(section));
	if (!document->page.markdown)
		text_print(&head, "  [%s]", section);
	page_add(&document->page, PAGE_HEADING, NULL, head.bytes, NULL);
	text_release(&head);
}

static int take_rule(void *context, const struct svc_policy_rule *rule)
{
	struct document *document = context;
	json_t *tree = json_loads(rule->tree, JSON_DECODE_ANY, NULL);
	if (section_is_inner(rule->section)) {
		show_inner(document, rule, tree);
	} else {
		show_section(document, rule->section);
		show_rule(document, rule, tree);
	}
	json_decref(tree);
	json_t *entry = json_pack("{s:s, s:s, s:s, s:s, s:i}", "section", rule->section, "clause", rule->clause, "text",
				  rule->text, "rule", rule->rule ? rule->rule : "", "line", rule->line);
	if (*rule->file)
		json_object_set_new(entry, "file", json_string(rule->file));
	json_array_append_new(document->json, entry);
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

static int take_left_out(void *context, const struct svc_policy_rule *rule)
{
	struct document *document = context;
	if (!json_array_size(document->json))
		page_add(&document->page, PAGE_HEADING, NULL, _("left out: what no rule carries, and why"), NULL);
	page_add(&document->page, PAGE_ITEM, rule->clause, rule->text, NULL);
	json_array_append_new(document->json, json_pack("{s:s, s:s}", "clause", rule->clause, "reason", rule->text));
	return 0;
}

static int show_left_out(struct document *document)
{
	struct document part = *document;
	part.json = json_array();
	int status = svc_policy_left_out(document->policy, take_left_out, &part, document->err);
	json_object_set_new(document->json, "left_out", part.json);
	return status;
}

/* What a manager looks for first stands first: what is open to be set, the promises, and only then the words they use. */
int policy_show(struct command *command, const struct svc_policy *policy)
{
	struct document document = {.page = {command->show, command_flag(command, "markdown")},
				    .policy = policy,
				    .reading = {policy, json_object(), NULL},
				    .err = &command->error};
	int status = svc_policy_names(policy, take_title, document.reading.names, document.err);
	show_head(&document);
	if (!status)
		status = show_names(&document, "settings", _("settings: what is said once, and what is left open"),
				    true);
	if (!status)
		status = show_rules(&document);
	if (!status)
		status = show_left_out(&document);
	if (!status)
		status = show_names(&document, "facts", _("facts: what the rules ask about a case"), false);
	json_decref(document.reading.names);
	if (!status)
		return show_object(command->show, document.json);
	json_decref(document.json);
	return status;
}
