/* What libyaml complains about, in words for people who do not write parsers. */
#ifndef BASE_YAML_WORDS_H
#define BASE_YAML_WORDS_H

/* `problem` is libyaml's text; the answer is an English message, not yet translated. Never NULL. */
const char *yaml_problem_message(const char *problem);

#endif
