#include "help.h"
#include "command.h"
#include "fault.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void synopsis_add(struct text *out, const struct command_noun *noun, const struct command_verb *verb)
{
	text_print(out, "svc %s", noun->name);
	if (*verb->name)
		text_print(out, " %s", verb->name);
	text_print(out, " [%s]", _("options"));
	for (const struct command_argument *argument = verb->arguments; argument && argument->name; argument++)
		text_print(out, argument->optional ? " [%s%s]" : " %s%s", argument->name,
			   argument->repeated ? "..." : "");
	if (verb->takes & TAKES_FACTS)
		text_print(out, " [%s ...]", _("fact=value"));
}

/* ---- lists of two columns ---- */

static void pair(struct command *command, const char *left, const char *right, size_t column)
{
	size_t width = text_width(left);
	bool fits = width + 2 <= column;

	if (fits) {
		show_line(command->show, "  %s%*s%s", left, (int)(column - width), "", right);
		return;
	}
	show_line(command->show, "  %s", left);
	show_line(command->show, "  %*s%s", (int)column, "", right);
}

static void option_line(struct command *command, const struct command_option *option)
{
	const char *label = option_label(option);
	struct text left = {0}, right = {0};

	if (option->letter)
		text_print(&left, "-%c, ", option->letter);
	text_print(&left, "--%s%s%s", option->name, label ? " " : "", label ? _(label) : "");
	text_puts(&right, option->help ? _(option->help) : "");
	for (const char *const *choice = option->choices; choice && *choice; choice++)
		text_print(&right, "%s%s", choice == option->choices ? _(": ") : ", ", *choice);
	if (option->fallback)
		text_print(&right, _(" (default: %s)"), option->fallback);
	pair(command, left.bytes, right.bytes, 24);
	text_release(&left);
	text_release(&right);
}

static void option_lines(struct command *command, const struct command_verb *verb, bool global)
{
	size_t count;
	struct tree_option *options = tree_options(verb, &count);
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if ((options[i].origin == OPTION_GLOBAL) != global || options[i].option.hidden)
			continue;
		if (!any) {
			show_line(command->show, "%s", "");
			show_mood(command->show, SHOW_BOLD, "%s", global ? _("Global options") : _("Options"));
		}
		any = true;
		option_line(command, &options[i].option);
	}
	free(options);
}

static void argument_lines(struct command *command, const struct command_verb *verb)
{
	const struct command_argument *argument = verb->arguments;

	if ((argument && argument->name) || verb->takes & TAKES_FACTS) {
		show_line(command->show, "%s", "");
		show_mood(command->show, SHOW_BOLD, "%s", _("Arguments"));
	}
	for (; argument && argument->name; argument++)
		pair(command, argument->name, _(argument->help), 24);
	if (verb->takes & TAKES_FACTS)
		pair(command, _("fact=value"),
		     _("what is known; also fact:='JSON', map.key=value, @FILE with a map, - for standard input"), 24);
}

static void example_lines(struct command *command, const struct command_verb *verb)
{
	show_line(command->show, "%s", "");
	show_mood(command->show, SHOW_BOLD, "%s", _("Examples"));
	for (const struct command_example *example = verb->examples; example && example->line; example++) {
		show_line(command->show, "  %s", example->line);
		show_mood(command->show, SHOW_FAINT, "      %s", _(example->says));
	}
}

static void help_verb(struct command *command, const struct command_noun *noun, const struct command_verb *verb)
{
	struct text synopsis = {0};

	synopsis_add(&synopsis, noun, verb);
	show_mood(command->show, SHOW_BOLD, "%s", synopsis.bytes);
	show_line(command->show, "%s", "");
	show_line(command->show, "%s", _(verb->summary));
	argument_lines(command, verb);
	option_lines(command, verb, false);
	example_lines(command, verb);
	show_line(command->show, "%s", "");
	show_line(command->show, _("\"svc help\" lists the global options; see also svc-%s(1)."), noun->name);
	text_release(&synopsis);
}

static void help_noun(struct command *command, const struct command_noun *noun)
{
	if (noun_is_one_verb(noun)) {
		help_verb(command, noun, noun->verbs);
		return;
	}
	show_mood(command->show, SHOW_BOLD, "svc %s %s", noun->name, _("COMMAND [options] [arguments]"));
	show_line(command->show, "%s", "");
	show_line(command->show, "%s", _(noun->summary));
	show_line(command->show, "%s", "");
	for (const struct command_verb *verb = noun->verbs; verb->run; verb++) {
		if (!verb->hidden)
			pair(command, command_print(command, "svc %s %s", noun->name, verb->name), _(verb->summary),
			     28);
	}
	show_line(command->show, "%s", "");
	show_line(command->show, _("\"svc help %s COMMAND\" shows its options; see also svc-%s(1)."), noun->name,
		  noun->name);
}

static void help_all(struct command *command)
{
	show_mood(command->show, SHOW_BOLD, "%s", _("svc: a service desk for the command line"));
	show_line(command->show, "%s", "");
	show_line(command->show, "%s", _("svc [global options] NOUN VERB [options] [arguments]"));
	show_line(command->show, "%s", "");
	show_mood(command->show, SHOW_BOLD, "%s", _("Commands"));
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if (!(*noun)->hidden)
			pair(command, (*noun)->name, _((*noun)->summary), 12);
	}
	option_lines(command, NULL, true);
	show_line(command->show, "%s", "");
	show_line(command->show, "%s",
		  _("\"svc help NOUN\" and \"svc help NOUN VERB\" say more; so does \"svc help exit-codes\"."));
}

static const struct show_column exit_columns[] = {
	{"code", N_("code"), SHOW_INTEGER, 0},
	{"meaning", N_("meaning"), SHOW_TEXT, 0},
};

static int help_exit_codes(struct command *command)
{
	int status = show_list(command->show, "svc.exit/1", exit_columns, 2);

	for (size_t i = 0; i < exit_code_count && status == SVC_OK; i++) {
		const char *cells[] = {command_print(command, "%d", (int)exit_codes[i].code), _(exit_codes[i].meaning)};
		show_row(command->show, cells);
	}
	return status;
}

static int no_such_help(struct command *command, const char *noun, const char *verb)
{
	struct suggestion near = {.meant = verb ? verb : noun};
	const struct command_noun *known = tree_noun(noun);

	for (const struct command_noun *const *each = command_nouns; !verb && *each; each++)
		suggestion_try(&near, (*each)->name);
	for (const struct command_verb *each = known ? known->verbs : NULL; each && each->run; each++)
		suggestion_try(&near, each->name);
	command_fail(command, SVC_USAGE, _("there is no command \"svc %s%s%s\""), noun, verb ? " " : "",
		     verb ? verb : "");
	if (!near.best)
		return command_hint(command, _("\"svc help\" lists the commands"));
	return command_hint(command, _("did you mean \"%s\"?"), near.best);
}

/* For generators and tests: the tree in other words. False when none was asked for. */
static bool print_tree(struct command *command, const struct command_noun *noun, const struct command_verb *verb)
{
	const char *shell = command_text(command, "completion"), *part = command_text(command, "mdoc");
	struct text text = {0};

	if (shell)
		tree_as_completion(&text, shell);
	else if (part)
		tree_as_mdoc(&text, noun, verb, part);
	else if (command_text(command, "dump"))
		tree_as_json(&text);
	else
		return false;
	if (text.length && text.bytes[text.length - 1] == '\n')
		text.bytes[--text.length] = '\0';
	if (text.length)
		show_always(command->show, "%s", text.bytes);
	text_release(&text);
	return true;
}

static int help_run(struct command *command)
{
	const char *noun_name = command_argument(command, "NOUN"), *verb_name = command_argument(command, "VERB");
	const struct command_noun *noun = noun_name ? tree_noun(noun_name) : NULL;
	const struct command_verb *verb = noun && verb_name ? tree_verb(noun, verb_name) : NULL;

	if (noun_name && strcmp(noun_name, "exit-codes") == 0)
		return help_exit_codes(command);
	if ((noun_name && !noun) || (verb_name && (!verb || noun_is_one_verb(noun))))
		return no_such_help(command, noun_name, verb_name);
	if (print_tree(command, noun, verb))
		return SVC_OK;
	if (verb)
		help_verb(command, noun, verb);
	else if (noun)
		help_noun(command, noun);
	else
		help_all(command);
	return SVC_OK;
}

static const struct command_argument help_arguments[] = {
	{"NOUN", N_("a command, or exit-codes"), COMPLETE_NOUN, .optional = true},
	{"VERB", N_("what it does"), COMPLETE_VERB, .optional = true},
	{0},
};
static const char *const dump_words[] = {"json", NULL};
static const char *const shell_words[] = {"bash", "zsh", "fish", NULL};
static const char *const part_words[] = {"synopsis", "options", "examples", "commands", NULL};
static const struct command_option help_options[] = {
	{.name = "dump",
	 .kind = VALUE_WORD,
	 .choices = dump_words,
	 .help = N_("print the tree of commands"),
	 .hidden = true},
	{.name = "completion",
	 .kind = VALUE_WORD,
	 .choices = shell_words,
	 .help = N_("print the completions of a shell")},
	{.name = "mdoc",
	 .kind = VALUE_WORD,
	 .choices = part_words,
	 .help = N_("print a part of a manual page"),
	 .hidden = true},
	{0},
};
static const struct command_verb help_verbs[] = {
	{
		.name = "",
		.summary = N_("show help for svc, a noun, or one command"),
		.arguments = help_arguments,
		.options = help_options,
		.needs = NEEDS_NOTHING,
		.outputs = OUTPUT_REPORT | OUTPUT_LIST,
		.schema = "svc.exit/1",
		.examples =
			(const struct command_example[]){
				{"svc help ticket open", N_("options and examples of one command")},
				{"svc help exit-codes", N_("what the exit codes mean")},
				{0},
			},
		.run = help_run,
	},
	{0},
};

const struct command_noun noun_help = {"help", N_("show help for svc, a noun, or one command"), help_verbs};
