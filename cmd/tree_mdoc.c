/* The parts of a manual page that the tree knows: synopsis, options, examples, the list of commands. man/generate puts them in. */
#include "help.h"
#include "tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Text in a macro line or body: a leading dot or quote and every backslash would be read as mdoc. */
static void add_escaped(struct text *out, const char *string)
{
	if (*string == '.' || *string == '\'')
		text_puts(out, "\\&");
	for (; *string; string++) {
		if (*string == '\\')
			text_puts(out, "\\e");
		else if (*string == '"')
			text_puts(out, "\\(dq");
		else if (*string == '-')
			text_puts(out, "\\-");
		else
			text_putc(out, *string);
	}
}

/* A sentence: first letter large, a full stop at the end. */
static void add_sentence(struct text *out, const char *message)
{
	char first = (char)toupper((unsigned char)*message);
	struct text plain = {0};

	text_putc(&plain, first);
	text_puts(&plain, message + 1);
	if (plain.bytes[plain.length - 1] != '.')
		text_putc(&plain, '.');
	for (const char *p = plain.bytes; *p; p++) {
		if (*p == '\\')
			text_puts(out, "\\e");
		else
			text_putc(out, *p);
	}
	text_putc(out, '\n');
	text_release(&plain);
}

static void synopsis(struct text *out, const struct command_noun *noun, const struct command_verb *verb)
{
	text_print(out, ".Nm svc\n.Cm %s%s%s\n.Op Ar options\n", noun->name, *verb->name ? " " : "", verb->name);
	for (const struct command_argument *argument = verb->arguments; argument && argument->name; argument++)
		text_print(out, argument->optional ? ".Op Ar %s%s\n" : ".Ar %s%s\n", argument->name,
			   argument->repeated ? " ..." : "");
	if (verb->takes & TAKES_FACTS)
		text_puts(out, ".Op Ar fact Ns = Ns Ar value ...\n");
}

static void option_item(struct text *out, const struct command_option *option)
{
	const char *label = option_label(option);

	text_puts(out, ".It ");
	if (option->letter)
		text_print(out, "Fl %c , ", option->letter);
	text_puts(out, "Fl \\-");
	add_escaped(out, option->name);
	if (label) {
		text_puts(out, " Ar ");
		add_escaped(out, label);
	}
	text_putc(out, '\n');
	add_sentence(out, option->help);
	if (option->choices) {
		text_puts(out, "One of");
		for (const char *const *choice = option->choices; *choice; choice++)
			text_print(out, "%s\n.Cm %s", choice == option->choices ? "" : " ,", *choice);
		text_puts(out, " .\n");
	}
	if (option->fallback)
		text_print(out, "The default is\n.Cm %s .\n", option->fallback);
}

static void options(struct text *out, const struct command_noun *noun, const struct command_verb *verb)
{
	size_t count;
	struct tree_option *list = tree_options(verb, &count);
	bool any = false;

	(void)noun;
	for (size_t i = 0; i < count; i++) {
		if (list[i].origin == OPTION_GLOBAL || list[i].option.hidden)
			continue;
		text_puts(out, any ? "" : ".Bl -tag -width Ds\n");
		any = true;
		option_item(out, &list[i].option);
	}
	text_puts(out, any ? ".El\n" : "");
	free(list);
}

static void examples(struct text *out, const struct command_noun *noun, const struct command_verb *verb)
{
	(void)noun;
	for (const struct command_example *example = verb->examples; example && example->line; example++) {
		text_puts(out, out->length ? ".Pp\n" : "");
		add_sentence(out, example->says);
		text_puts(out, ".Pp\n.Dl ");
		add_escaped(out, example->line);
		text_putc(out, '\n');
	}
}

/* The options that every command takes; exit codes stand in the overview page by hand. */
static void globals_part(struct text *out)
{
	size_t count;
	struct tree_option *list = tree_options(NULL, &count);

	text_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < count; i++)
		option_item(out, &list[i].option);
	text_puts(out, ".El\n");
	free(list);
}

/* The list of commands of the overview page. */
static void commands_part(struct text *out)
{
	text_puts(out, ".Bl -tag -width \"svc-warranty(1)\" -compact\n");
	for (size_t i = 0; command_nouns[i]; i++)
		if (!command_nouns[i]->hidden)
			text_print(out, ".It Xr svc-%s 1\n%s\n", command_nouns[i]->name, command_nouns[i]->summary);
	text_puts(out, ".El\n");
}

int tree_as_mdoc(struct text *out, const struct command_noun *noun, const struct command_verb *verb, const char *part)
{
	static const struct {
		const char *part;
		void (*write)(struct text *out, const struct command_noun *noun, const struct command_verb *verb);
	} writers[] = {{"synopsis", synopsis}, {"options", options}, {"examples", examples}};

	if (!noun) {
		(strcmp(part, "commands") ? globals_part : commands_part)(out);
		return SVC_OK;
	}
	for (size_t i = 0; i < sizeof(writers) / sizeof(writers[0]); i++) {
		for (const struct command_verb *each = noun->verbs; each->run; each++) {
			if (strcmp(writers[i].part, part) == 0 && !each->hidden && (!verb || each == verb))
				writers[i].write(out, noun, each);
		}
	}
	return SVC_OK;
}
