/* What may stand at the end of a command line: asked by the shells at every press of the key, so quick, and silent
   whatever goes wrong. */
#include "command.h"
#include "line.h"
#include "show/text.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = 60 };

struct completing {
	struct command *command;
	const char *const *words; /* the last one is being typed */
	size_t count;
	const struct command_noun *noun;
	const struct command_verb *verb;
	struct tree_option *options;
	size_t option_count;
	const struct tree_option *waiting; /* the word is this option's value */
	bool lost; /* a word that the tree does not know: nothing can follow */
	size_t arguments; /* arguments already there */
	const char *current; /* what the values must begin with */
	const char *lead; /* printed before each value: "--policy=" */
	size_t told;
};

static void offer(struct completing *at, const char *word, const char *says)
{
	if (strncmp(word, at->current, strlen(at->current)) != 0)
		return;
	at->told++;
	show_line(at->command->show, "%s%s\t%s", at->lead, word, says ? says : "");
}

/* ---- where the cursor stands ---- */

static void enter(struct completing *at, const struct command_verb *verb)
{
	at->verb = verb;
	free(at->options);
	at->options = tree_options(verb, &at->option_count);
}

static void pass_option(struct completing *at, const char *word, const char *next)
{
	const char *name = word + 2, *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - name) : strlen(word) > 2 ? strlen(name) : 0;
	const struct tree_option *option = word[1] == '-'
						   ? tree_option_called(at->options, at->option_count, name, length)
						   : tree_option_of_letter(at->options, at->option_count, word[1]);
	if (!option || option->option.kind == VALUE_FLAG)
		return;
	const char *value = equals ? equals + 1 : next;
	if (!equals)
		at->waiting = option;
	for (size_t i = 0; value && i < global_count; i++) {
		if (strcmp(globals[i].option.name, option->option.name) == 0)
			at->command->line->globals.value[i] = value;
	}
}

static void pass_word(struct completing *at, const char *word)
{
	if (!at->noun) {
		at->noun = tree_noun(word);
		at->lost = !at->noun;
		if (at->noun && noun_is_one_verb(at->noun))
			enter(at, at->noun->verbs);
	} else if (!at->verb) {
		const struct command_verb *verb = tree_verb(at->noun, word);
		at->lost = !verb;
		if (verb)
			enter(at, verb);
	} else if (!(at->verb->takes & TAKES_FACTS && strchr(word, '='))) {
		at->arguments++;
	}
}

static void walk(struct completing *at)
{
	for (size_t i = 0; i + 1 < at->count && !at->lost; i++) {
		const char *word = at->words[i];
		at->waiting = NULL;
		if (*word != '-' || !word[1]) {
			pass_word(at, word);
			continue;
		}
		pass_option(at, word, at->words[i + 1]);
		if (at->waiting && i + 2 < at->count) {
			at->waiting = NULL;
			i++;
		}
	}
}

/* ---- live values ---- */

static bool reach_desk(struct completing *at)
{
	struct command *command = at->command;

	return command->desk || command_reach_desk(command) == SVC_OK;
}

struct offering {
	struct completing *at;
	const char *word, *says; /* fields */
};

static int offer_record(void *context, const struct svc_record *record)
{
	struct offering *offering = context;
	const char *word = svc_record_value(record, offering->word);

	if (word)
		offer(offering->at, word, svc_record_value(record, offering->says));
	return 0;
}

static void offer_records(struct completing *at, enum svc_kind kind, const char *word, const char *says,
			  const char *sort)
{
	struct offering offering = {at, word, says};
	struct text last = {0};

	if (!reach_desk(at))
		return;
	text_print(&last, "%s\xf4\x8f\xbf\xbf", at->current);
	struct svc_match match = {word, at->current, last.bytes};
	bool ranged = *at->current && strcmp(word, "id") != 0;
	struct svc_query query = {.matches = &match, .match_count = ranged, .sort = sort, .limit = MOST_VALUES};
	(void)svc_list(at->command->desk, kind, &query, offer_record, &offering, NULL);
	text_release(&last);
}

static int offer_pack(void *context, const struct svc_policy_entry *entry)
{
	if (!entry->shadowed && !entry->fault)
		offer(context, entry->id, svc_language() == SVC_LANG_ZH ? entry->title_zh : entry->title_en);
	return 0;
}

struct naming {
	struct completing *at;
	bool settings;
};

static int offer_name(void *context, const struct svc_policy_name *name)
{
	const struct naming *naming = context;
	struct text word = {0};

	if (name->setting == naming->settings) {
		text_print(&word, "%s=", name->name);
		offer(naming->at, word.bytes, name->title);
		text_release(&word);
	}
	return 0;
}

struct wording {
	struct completing *at;
	const char *fact;
};

static int offer_word(void *context, const char *word, const char *title)
{
	const struct wording *wording = context;
	struct text whole = {0};

	text_print(&whole, "%s=%s", wording->fact, word);
	offer(wording->at, whole.bytes, title);
	text_release(&whole);
	return 0;
}

static struct svc_policy *pack_of(struct completing *at)
{
	const char *name = at->command->line->globals.value[GLOBAL_POLICY];
	struct svc_policy *policy = NULL;
	struct svc_desk_about about = {0};

	if (!name && reach_desk(at) && svc_desk_about(at->command->desk, &about, NULL) == SVC_OK)
		name = about.policy;
	if (name)
		(void)svc_policy_open(&policy, name, SVC_DATE_NONE, &at->command->places, NULL);
	return policy;
}

static void offer_facts(struct completing *at, bool settings)
{
	struct svc_policy *policy = pack_of(at);
	const char *equals = strchr(at->current, '=');

	if (policy && equals) {
		struct wording wording = {at,
					  command_print(at->command, "%.*s", (int)(equals - at->current), at->current)};
		(void)svc_policy_words(policy, wording.fact, offer_word, &wording, NULL);
	} else if (policy) {
		struct naming naming = {at, settings};
		(void)svc_policy_names(policy, offer_name, &naming, NULL);
	}
	svc_policy_free(policy);
}

static void offer_nouns(struct completing *at)
{
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if (!(*noun)->hidden)
			offer(at, (*noun)->name, _((*noun)->summary));
	}
}

static void offer_verbs(struct completing *at, const struct command_noun *noun)
{
	for (const struct command_verb *verb = noun ? noun->verbs : NULL; verb && verb->run; verb++) {
		if (!verb->hidden && *verb->name)
			offer(at, verb->name, _(verb->summary));
	}
}

static void offer_columns(struct completing *at)
{
	size_t count = 0;
	const struct svc_field *fields = at->verb && at->verb->takes & TAKES_FILTER ? svc_fields(at->verb->kind, &count)
										    : NULL;

	for (size_t i = 0; i < count; i++)
		offer(at, fields[i].name, _(fields[i].title));
}

/* Those that the pack answers, where it is known which one is asked. */
static void offer_asks(struct completing *at)
{
	struct svc_policy *policy = pack_of(at);

	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		if (!policy || svc_policy_answers(policy, (enum svc_ask)ask))
			offer(at, svc_ask_name((enum svc_ask)ask), svc_ask_about((enum svc_ask)ask));
	svc_policy_free(policy);
}

static void offer_values(struct completing *at, enum completion complete)
{
	switch (complete) {
	case COMPLETE_NOTHING:
		break;
	case COMPLETE_FILE:
	case COMPLETE_FOLDER:
		show_line(at->command->show, "@file");
		break;
	case COMPLETE_POLICY:
		(void)svc_policy_list(&at->command->places, offer_pack, at, NULL);
		break;
	case COMPLETE_FACT:
	case COMPLETE_SETTING:
		offer_facts(at, complete == COMPLETE_SETTING);
		break;
	case COMPLETE_UNIT:
		offer_records(at, SVC_UNIT, "serial", "product", NULL);
		break;
	case COMPLETE_CUSTOMER:
		offer_records(at, SVC_CUSTOMER, "name", "id", NULL);
		if (!at->told)
			offer_records(at, SVC_CUSTOMER, "id", "name", NULL);
		break;
	case COMPLETE_TICKET:
		offer_records(at, SVC_TICKET, "id", "symptom", "-id");
		break;
	case COMPLETE_ACTOR:
		offer_records(at, SVC_ACTOR, "name", "role", NULL);
		break;
	case COMPLETE_TECHNICIAN:
		offer_records(at, SVC_TECHNICIAN, "name", "skills", NULL);
		break;
	case COMPLETE_VISIT:
		offer_records(at, SVC_VISIT, "id", "state", "-id");
		break;
	case COMPLETE_ASK:
		offer_asks(at);
		break;
	case COMPLETE_COLUMN:
		offer_columns(at);
		break;
	case COMPLETE_NOUN:
		offer_nouns(at);
		break;
	case COMPLETE_VERB:
		offer_verbs(at, at->arguments ? tree_noun(at->words[at->count - 2]) : NULL);
		break;
	}
}

static void offer_option_value(struct completing *at, const struct command_option *option)
{
	for (const char *const *choice = option->choices; choice && *choice; choice++)
		offer(at, *choice, NULL);
	if (!option->choices)
		offer_values(at, option->kind == VALUE_FILE ? COMPLETE_FILE : option->complete);
}

static void offer_options(struct completing *at)
{
	for (size_t i = 0; i < at->option_count; i++) {
		const struct command_option *option = &at->options[i].option;
		if (!option->hidden)
			offer(at, command_print(at->command, "--%s", option->name), _(option->help));
	}
}

static void offer_argument(struct completing *at)
{
	const struct command_argument *argument = at->verb->arguments;
	size_t place = 0;

	for (; argument && argument->name; argument++, place++) {
		if (place != at->arguments && !(argument->repeated && place < at->arguments))
			continue;
		for (const char *const *choice = argument->choices; choice && *choice; choice++)
			offer(at, *choice, NULL);
		if (!argument->choices)
			offer_values(at, argument->complete);
	}
	if (at->verb->takes & TAKES_FACTS)
		offer_facts(at, false);
}

static void complete(struct completing *at)
{
	const char *equals = strchr(at->current, '=');

	if (at->waiting) {
		offer_option_value(at, &at->waiting->option);
	} else if (strncmp(at->current, "--", 2) == 0 && equals) {
		const struct tree_option *option = tree_option_called(at->options, at->option_count, at->current + 2,
								      (size_t)(equals - at->current) - 2);
		at->lead = command_print(at->command, "%.*s", (int)(equals + 1 - at->current), at->current);
		at->current = equals + 1;
		if (option)
			offer_option_value(at, &option->option);
	} else if (*at->current == '-') {
		offer_options(at);
	} else if (!at->noun) {
		offer_nouns(at);
	} else if (!at->verb) {
		offer_verbs(at, at->noun);
	} else {
		offer_argument(at);
	}
}

static int complete_run(struct command *command)
{
	struct completing at = {.command = command, .lead = ""};

	at.count = command_arguments(command, "WORD", &at.words);
	at.options = tree_options(NULL, &at.option_count);
	at.current = at.count ? at.words[at.count - 1] : "";
	walk(&at);
	if (!at.lost)
		complete(&at);
	free(at.options);
	return SVC_OK;
}

static const struct command_argument complete_arguments[] = {
	{"WORD", N_("the words typed so far, the last one perhaps empty"), COMPLETE_NOTHING, .optional = true,
	 .repeated = true},
	{0},
};
static const struct command_verb complete_verbs[] = {
	{
		.name = "",
		.summary = N_("what may come next on a command line, for the shells"),
		.arguments = complete_arguments,
		.needs = NEEDS_NOTHING,
		.outputs = OUTPUT_REPORT,
		.examples = (const struct command_example[]){{"svc complete -- unit show GC",
							      N_("serials that begin so")},
							     {0}},
		.hidden = true,
		.run = complete_run,
	},
	{0},
};

const struct command_noun noun_complete = {"complete", N_("what may come next on a command line, for the shells"),
					   complete_verbs, .hidden = true};
