#include "line.h"

#include "show/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kept_memory {
	struct kept_memory *next;
	_Alignas(16) char bytes[];
};

void *command_memory(const struct command *command, size_t size)
{
	struct kept_memory *kept = memory_new(sizeof(*kept) + size);

	kept->next = command->line->memory;
	command->line->memory = kept;
	return kept->bytes;
}

char *command_print(const struct command *command, const char *format, ...)
{
	struct text text = {0};
	va_list arguments;

	va_start(arguments, format);
	text_vprint(&text, format, arguments);
	va_end(arguments);
	char *kept = command_memory(command, text.length + 1);
	if (text.length)
		memcpy(kept, text.bytes, text.length);
	text_release(&text);
	return kept;
}

void line_release(struct command_line *line)
{
	while (line->memory) {
		struct kept_memory *next = line->memory->next;
		free(line->memory);
		line->memory = next;
	}
	free(line->options);
	free(line->given);
	free(line->words);
	free(line->facts);
}

/* ---- finding what was meant ---- */

static int unknown_noun(struct command *command, const char *word)
{
	struct suggestion near = {.meant = word};

	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if (!(*noun)->hidden)
			suggestion_try(&near, (*noun)->name);
	}
	command_fail(command, SVC_USAGE, _("svc has no command \"%s\""), word);
	return near.best ? command_hint(command, _("did you mean \"svc %s\"?"), near.best)
			 : command_hint(command, _("\"svc help\" lists the commands"));
}

static int unknown_verb(struct command *command, const char *word)
{
	const struct command_noun *noun = command->noun;
	struct suggestion near = {.meant = word};

	for (const struct command_verb *verb = noun->verbs; verb->run; verb++)
		suggestion_try(&near, verb->name);
	command_fail(command, SVC_USAGE, _("svc %s has no command \"%s\""), noun->name, word);
	return near.best ? command_hint(command, _("did you mean \"svc %s %s\"?"), noun->name, near.best)
			 : command_hint(command, _("\"svc help %s\" lists its commands"), noun->name);
}

static int find_noun(struct command *command, const char *word)
{
	command->noun = tree_noun(word);
	return command->noun ? SVC_OK : unknown_noun(command, word);
}

static int find_verb(struct command *command, const char *word)
{
	command->verb = tree_verb(command->noun, word);
	return command->verb ? SVC_OK : unknown_verb(command, word);
}

static int unknown_option(struct command *command, const struct tree_option *options, size_t count, const char *name)
{
	struct suggestion near = {.meant = name};

	for (size_t i = 0; i < count; i++) {
		if (!options[i].option.hidden)
			suggestion_try(&near, options[i].option.name);
	}
	command_fail(command, SVC_USAGE, _("unknown option --%s"), name);
	if (near.best)
		return command_hint(command, _("did you mean --%s?"), near.best);
	return command_hint(command, _("\"%s --help\" lists the options"),
			    command->verb ? command_spoken(command) : "svc");
}

/* ---- options ---- */

static void keep_given(struct command_line *line, const struct tree_option *option, const char *value)
{
	struct given_option *grown = memory_new((line->given_count + 1) * sizeof(*grown));

	if (line->given_count)
		memcpy(grown, line->given, line->given_count * sizeof(*grown));
	free(line->given);
	line->given = grown;
	line->given[line->given_count++] = (struct given_option){option, value};
}

static int take_value(struct command *command, const struct tree_option *option, const char *value)
{
	struct command_line *line = command->line;
	const char *name = command_print(command, "--%s", option->option.name);

	if (value_check(&option->option, option->field, name, value, &command->error) != SVC_OK)
		return SVC_USAGE;
	if (option->origin != OPTION_GLOBAL) {
		keep_given(line, option, value);
		return SVC_OK;
	}
	for (size_t i = 0; i < global_count; i++) {
		if (strcmp(globals[i].option.name, option->option.name) == 0)
			line->globals.value[i] = value;
	}
	line->help = line->help || line->globals.value[GLOBAL_HELP];
	return SVC_OK;
}

struct cursor {
	char **words;
	int count, at;
};

static int missing_value(struct command *command, const struct command_option *option)
{
	command_fail(command, SVC_USAGE, _("--%s needs a value"), option->name);
	return command_hint(command, "--%s %s", option->name, _(option_label(option)));
}

static int take_long(struct command *command, struct cursor *cursor, const struct tree_option *options, size_t count)
{
	const char *word = cursor->words[cursor->at++] + 2, *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);
	const struct tree_option *option = tree_option_called(options, count, word, length);

	if (!option)
		return unknown_option(command, options, count, command_print(command, "%.*s", (int)length, word));
	if (option->option.kind == VALUE_FLAG) {
		if (equals)
			return command_fail(command, SVC_USAGE, _("--%s takes no value"), option->option.name);
		return take_value(command, option, "true");
	}
	if (equals)
		return take_value(command, option, equals + 1);
	if (cursor->at == cursor->count)
		return missing_value(command, &option->option);
	return take_value(command, option, cursor->words[cursor->at++]);
}

static int take_short(struct command *command, struct cursor *cursor, const struct tree_option *options, size_t count)
{
	int status = SVC_OK;

	for (const char *p = cursor->words[cursor->at++] + 1; *p && status == SVC_OK; p++) {
		const struct tree_option *option = tree_option_of_letter(options, count, *p);
		if (!option) {
			command_fail(command, SVC_USAGE, _("unknown option -%c"), *p);
			return command_hint(command, _("\"%s --help\" lists the options"), "svc");
		}
		if (option->option.kind == VALUE_FLAG) {
			status = take_value(command, option, "true");
			continue;
		}
		if (p[1])
			return take_value(command, option, p + 1);
		if (cursor->at == cursor->count)
			return missing_value(command, &option->option);
		return take_value(command, option, cursor->words[cursor->at++]);
	}
	return status;
}

static int take_option(struct command *command, struct cursor *cursor, const struct tree_option *options, size_t count)
{
	if (cursor->words[cursor->at][1] == '-')
		return take_long(command, cursor, options, count);
	return take_short(command, cursor, options, count);
}

/* "-" is an argument, and so are a serial like -5 and what follows "--". */
static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] && !(word[1] >= '0' && word[1] <= '9');
}

/* ---- arguments ---- */

static bool is_fact(const char *word)
{
	const char *equals = strchr(word, '=');

	return (equals && equals != word) || *word == '@' || strcmp(word, "-") == 0;
}

static void take_word(struct command *command, const char *word, bool plain)
{
	struct command_line *line = command->line;

	if (!plain && command->verb->takes & TAKES_FACTS && is_fact(word))
		line->facts[line->fact_count++] = word;
	else
		line->words[line->word_count++] = word;
}

static int check_choice(struct command *command, const struct command_argument *argument, const char *word)
{
	struct suggestion near = {.meant = word};

	for (const char *const *choice = argument->choices; choice && *choice; choice++) {
		if (strcmp(*choice, word) == 0)
			return SVC_OK;
		suggestion_try(&near, *choice);
	}
	if (!argument->choices)
		return SVC_OK;
	command_fail(command, SVC_USAGE, _("%s can't be \"%s\""), argument->name, word);
	if (near.best)
		return command_hint(command, _("did you mean \"%s\"?"), near.best);
	struct text all = {0};
	for (const char *const *choice = argument->choices; *choice; choice++)
		text_print(&all, " %s", *choice);
	command_hint(command, _("one of:%s"), all.bytes);
	text_release(&all);
	return SVC_USAGE;
}

const char *command_spoken(const struct command *command)
{
	const char *verb = command->verb->name;

	return command_print(command, "svc %s%s%s", command->noun->name, *verb ? " " : "", verb);
}

static int check_words(struct command *command)
{
	const struct command_line *line = command->line;
	const struct command_argument *argument = command->verb->arguments;
	size_t place = 0;

	for (; argument && argument->name; argument++) {
		if (place == line->word_count && !argument->optional) {
			command_fail(command, SVC_USAGE, _("%s: %s is missing"), command_spoken(command),
				     argument->name);
			return command_hint(command, "%s: %s", argument->name, _(argument->help));
		}
		size_t last = argument->repeated ? line->word_count : place + 1;
		for (; place < last && place < line->word_count; place++) {
			if (check_choice(command, argument, line->words[place]) != SVC_OK)
				return SVC_USAGE;
		}
	}
	if (place == line->word_count)
		return SVC_OK;
	command_fail(command, SVC_USAGE, _("%s: one argument too many: \"%s\""), command_spoken(command),
		     line->words[place]);
	return command_hint(command, _("\"%s --help\" shows how it is called"), command_spoken(command));
}

static void make_room(struct command *command, size_t most)
{
	struct command_line *line = command->line;

	line->options = tree_options(command->verb, &line->option_count);
	line->words = memory_new((most + 1) * sizeof(char *));
	line->facts = memory_new((most + 1) * sizeof(char *));
}

static int take_rest(struct command *command, struct cursor *cursor)
{
	struct command_line *line = command->line;
	int status = SVC_OK;

	make_room(command, (size_t)cursor->count);
	for (bool plain = false; cursor->at < cursor->count && status == SVC_OK;) {
		const char *word = cursor->words[cursor->at];
		if (!plain && strcmp(word, "--") == 0) {
			plain = true;
			cursor->at++;
		} else if (!plain && is_option(word)) {
			status = take_option(command, cursor, line->options, line->option_count);
		} else {
			take_word(command, word, plain);
			cursor->at++;
		}
	}
	return status == SVC_OK && !line->help ? check_words(command) : status;
}

/* ---- noun and verb ---- */

static int take_globals(struct command *command, struct cursor *cursor, const struct tree_option *options, size_t count)
{
	int status = SVC_OK;

	while (status == SVC_OK && cursor->at < cursor->count && is_option(cursor->words[cursor->at])) {
		if (strcmp(cursor->words[cursor->at], "--version") == 0) {
			command->line->version = true;
			cursor->at++;
			continue;
		}
		status = take_option(command, cursor, options, count);
	}
	return status;
}

static int without_verb(struct command *command)
{
	struct text verbs = {0};

	for (const struct command_verb *verb = command->noun->verbs; verb->run; verb++)
		text_print(&verbs, " %s", verb->name);
	command_fail(command, SVC_USAGE, _("svc %s: which command?"), command->noun->name);
	command_hint(command, _("one of:%s"), verbs.bytes);
	text_release(&verbs);
	return SVC_USAGE;
}

static int take_names(struct command *command, struct cursor *cursor, const struct tree_option *options, size_t count)
{
	struct command_line *line = command->line;
	int status = take_globals(command, cursor, options, count);

	if (status != SVC_OK || line->version)
		return status;
	if (cursor->at == cursor->count) {
		if (line->help)
			return SVC_OK;
		command_fail(command, SVC_USAGE, _("which command?"));
		return command_hint(command, _("\"svc help\" lists the commands"));
	}
	if (find_noun(command, cursor->words[cursor->at++]) != SVC_OK)
		return SVC_USAGE;
	if (noun_is_one_verb(command->noun)) {
		command->verb = command->noun->verbs;
		return SVC_OK;
	}
	status = take_globals(command, cursor, options, count);
	if (status != SVC_OK || (line->help && cursor->at == cursor->count))
		return status;
	if (cursor->at == cursor->count)
		return without_verb(command);
	return find_verb(command, cursor->words[cursor->at++]);
}

int line_parse(struct command *command, int count, char **words)
{
	struct cursor cursor = {words, count, 1};
	size_t option_count;
	struct tree_option *options = tree_options(NULL, &option_count);
	int status = take_names(command, &cursor, options, option_count);

	free(options);
	if (status == SVC_OK && command->verb)
		status = take_rest(command, &cursor);
	return status;
}

/* ---- without a shell ---- */

int line_start(struct command *command, const char *name, size_t most)
{
	size_t length = strcspn(name, " ");
	const char *verb = name + length + strspn(name + length, " ");

	if (find_noun(command, command_print(command, "%.*s", (int)length, name)) != SVC_OK)
		return SVC_USAGE;
	if (noun_is_one_verb(command->noun) && !*verb)
		command->verb = command->noun->verbs;
	else if (!*verb)
		return without_verb(command);
	else if (find_verb(command, verb) != SVC_OK)
		return SVC_USAGE;
	make_room(command, most);
	return SVC_OK;
}

const struct tree_option *line_option(struct command *command, const char *name)
{
	const struct command_line *line = command->line;
	const struct tree_option *option = tree_option_called(line->options, line->option_count, name, strlen(name));

	if (!option)
		unknown_option(command, line->options, line->option_count, name);
	return option;
}

int line_take(struct command *command, const struct tree_option *option, const char *value)
{
	return take_value(command, option, value);
}

int line_end(struct command *command)
{
	return check_words(command);
}
