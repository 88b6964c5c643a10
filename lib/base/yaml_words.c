#include "yaml_words.h"

#include "error.h"

#include <stddef.h>
#include <string.h>

/* Each problem by how libyaml's text begins (version 0.2.5). Those that cannot occur here, since tags, anchors and
   encodings are refused before, fall to the last line. */
static const struct {
	const char *problem, *message;
} messages[] = {
	{"mapping values are not allowed",
	 N_("a second colon, or a key where none can stand: check the indentation, and quote text that holds ': '")},
	{"block sequence entries are not allowed", N_("a list item cannot stand here: check the indentation")},
	{"mapping keys are not allowed", N_("a key cannot stand here: check the indentation")},
	{"could not find expected ':'", N_("a colon is missing after a key")},
	{"did not find expected key", N_("a key was expected here: check the indentation, quotes and brackets")},
	{"did not find expected '-' indicator", N_("a list item ('- ') was expected here: check the indentation")},
	{"did not find expected ',' or ']'", N_("a comma or ']' is missing")},
	{"did not find expected ',' or '}'", N_("a comma or '}' is missing")},
	{"did not find expected node content", N_("a value is missing here")},
	{"did not find expected <document start>", N_("text after the end of the document: check the indentation")},
	{"did not find expected comment or line break", N_("text cannot follow here on the same line")},
	{"found character that cannot start any token",
	 N_("a value cannot begin with this character: quote it, and indent with blanks, not tabs")},
	{"found a tab character", N_("a tab stands where the indentation is: use blanks")},
	{"found unexpected end of stream", N_("the quotes are never closed")},
	{"found unexpected document indicator", N_("the quotes are never closed")},
	{"found unexpected ':'", N_("quote text that holds a colon")},
	{"found unknown escape character", N_("an unknown escape follows '\\' inside double quotes")},
	{"did not find expected hexdecimal number", N_("hex digits are missing after '\\' inside double quotes")},
	{"found invalid Unicode character escape code", N_("this escape is no character")},
	{"did not find expected whitespace or line break", N_("a blank is missing here")},
	{"did not find expected alphabetic or numeric",
	 N_("a name is missing after '&' or '*': quote text that begins so")},
	{"control characters are not allowed", N_("a control character stands in the text")},
};

const char *yaml_problem_message(const char *problem)
{
	for (size_t i = 0; problem && i < sizeof messages / sizeof *messages; i++)
		if (strncmp(problem, messages[i].problem, strlen(messages[i].problem)) == 0)
			return messages[i].message;
	return N_("this is not valid YAML");
}
