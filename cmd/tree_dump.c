/* The tree of commands as JSON: for tests and generators. */
#include "help.h"
#include "tree.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const kind_names[] = {
	[VALUE_FLAG] = "flag",
	[VALUE_TEXT] = "text",
	[VALUE_INTEGER] = "integer",
	[VALUE_NUMBER] = "number",
	[VALUE_MONEY] = "money",
	[VALUE_DATE] = "date",
	[VALUE_TIME] = "time",
	[VALUE_RANGE] = "range",
	[VALUE_FILE] = "file",
	[VALUE_WORD] = "word",
	[VALUE_ASSIGNMENT] = "assignment",
};
static const char *const origin_names[] = {
	[OPTION_OWN] = "own",       [OPTION_SHARED] = "shared", [OPTION_FIELD] = "field",
	[OPTION_FILTER] = "filter", [OPTION_GLOBAL] = "global",
};
static const char *const need_names[] = {
	[NEEDS_NOTHING] = "nothing", [NEEDS_POLICY] = "policy", [NEEDS_DESK_IF_THERE] = "desk_if_there",
	[NEEDS_READ] = "read",       [NEEDS_WRITE] = "write",   [NEEDS_CHANGES] = "changes",
};

static void member(struct text *out, const char *name, const char *value)
{
	if (!value)
		return;
	if (out->bytes[out->length - 1] != '{')
		text_putc(out, ',');
	text_json(out, name);
	text_putc(out, ':');
	text_json(out, value);
}

static void flag(struct text *out, const char *name, bool value)
{
	if (value)
		text_print(out, ",\"%s\":true", name);
}

static void begin_list(struct text *out, const char *name)
{
	text_print(out, ",\"%s\":[", name);
}

static void begin_item(struct text *out)
{
	text_puts(out, out->bytes[out->length - 1] == '[' ? "{" : ",{");
}

static void choices(struct text *out, const char *const *words)
{
	if (!words)
		return;
	begin_list(out, "choices");
	for (size_t i = 0; words[i]; i++) {
		text_puts(out, i ? "," : "");
		text_json(out, words[i]);
	}
	text_putc(out, ']');
}

static void option(struct text *out, const struct tree_option *tree)
{
	const struct command_option *option = &tree->option;
	char letter[] = {option->letter, '\0'};

	begin_item(out);
	member(out, "name", option->name);
	member(out, "letter", option->letter ? letter : NULL);
	member(out, "kind", kind_names[option->kind]);
	member(out, "label", option_label(option));
	member(out, "help", option->help);
	member(out, "default", option->fallback);
	member(out, "from", origin_names[tree->origin]);
	choices(out, option->choices);
	flag(out, "repeated", option->repeated);
	flag(out, "hidden", option->hidden);
	text_putc(out, '}');
}

static void verb(struct text *out, const struct command_verb *verb)
{
	size_t count;
	struct tree_option *options = tree_options(verb, &count);

	begin_item(out);
	member(out, "name", verb->name);
	member(out, "summary", verb->summary);
	member(out, "needs", need_names[verb->needs]);
	member(out, "schema", verb->schema);
	flag(out, "json", verb->outputs & OUTPUT_JSON);
	flag(out, "facts", verb->takes & TAKES_FACTS);
	flag(out, "hidden", verb->hidden);
	begin_list(out, "arguments");
	for (const struct command_argument *argument = verb->arguments; argument && argument->name; argument++) {
		begin_item(out);
		member(out, "name", argument->name);
		member(out, "help", argument->help);
		choices(out, argument->choices);
		flag(out, "optional", argument->optional);
		flag(out, "repeated", argument->repeated);
		text_putc(out, '}');
	}
	text_putc(out, ']');
	begin_list(out, "options");
	for (size_t i = 0; i < count; i++) {
		if (options[i].origin != OPTION_GLOBAL)
			option(out, &options[i]);
	}
	text_putc(out, ']');
	begin_list(out, "examples");
	for (const struct command_example *example = verb->examples; example && example->line; example++) {
		begin_item(out);
		member(out, "line", example->line);
		member(out, "says", example->says);
		text_putc(out, '}');
	}
	text_puts(out, "]}");
	free(options);
}

void tree_as_json(struct text *out)
{
	size_t count;
	struct tree_option *options = tree_options(NULL, &count);

	text_puts(out, "{\"schema\":\"svc.tree/1\"");
	begin_list(out, "options");
	for (size_t i = 0; i < count; i++)
		option(out, &options[i]);
	text_putc(out, ']');
	begin_list(out, "nouns");
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		begin_item(out);
		member(out, "name", (*noun)->name);
		member(out, "summary", (*noun)->summary);
		flag(out, "hidden", (*noun)->hidden);
		begin_list(out, "verbs");
		for (const struct command_verb *each = (*noun)->verbs; each->run; each++)
			verb(out, each);
		text_puts(out, "]}");
	}
	text_puts(out, "]}\n");
	free(options);
}
