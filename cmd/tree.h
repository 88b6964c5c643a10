/* The tree of commands, as parser, help, completions and manuals read it. */
#ifndef CMD_TREE_H
#define CMD_TREE_H

#include "command.h"
#include "show/suggestion.h"

enum option_origin { OPTION_OWN, OPTION_SHARED, OPTION_FIELD, OPTION_FILTER, OPTION_GLOBAL };
struct tree_option {
	struct command_option option;
	enum option_origin origin;
	const struct svc_field *field; /* of OPTION_FIELD and OPTION_FILTER */
};

/* Every option that `verb` takes; with NULL the global ones alone. The caller frees the list; names live as long as
   the process. A verb's own option comes before a global one of the same name and hides it. */
struct tree_option *tree_options(const struct command_verb *verb, size_t *count);
const struct tree_option *tree_option_called(const struct tree_option *options, size_t count, const char *name,
					     size_t length);
const struct tree_option *tree_option_of_letter(const struct tree_option *options, size_t count, char letter);
const char *option_label(const struct command_option *option); /* DATE, FILE, ...; NULL for a flag */

const struct command_noun *tree_noun(const char *name); /* NULL: none */
const struct command_verb *tree_verb(const struct command_noun *noun, const char *name);
bool noun_is_one_verb(const struct command_noun *noun);

#endif
