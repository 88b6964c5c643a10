/* What is made from the tree beside the program itself: help for people, and text for generators. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "command.h"
#include "show/text.h"

/* "svc unit list [--customer TEXT] ... [SERIAL]" in one line; options only as "[options]". */
void synopsis_add(struct text *out, const struct command_noun *noun, const struct command_verb *verb);

void tree_as_json(struct text *out); /* tree_dump.c: the whole tree, untranslated */
/* tree_mdoc.c: "synopsis", "options" or "examples" of a verb (NULL: of all), or the global options without a noun */
int tree_as_mdoc(struct text *out, const struct command_noun *noun, const struct command_verb *verb, const char *part);
int tree_as_completion(struct text *out, const char *shell); /* tree_completion.c; SVC_USAGE for an unknown shell */

#endif
