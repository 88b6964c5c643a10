/* A command line taken apart by the tree: noun, verb, options with checked values, arguments, facts. */
#ifndef CMD_LINE_H
#define CMD_LINE_H

#include "globals.h"
#include "tree.h"

struct given_option {
	const struct tree_option *option;
	const char *value; /* "true" for a flag */
};
struct kept_memory;
struct command_line {
	struct tree_option *options; /* of the verb */
	size_t option_count;
	struct given_option *given;
	size_t given_count;
	const char **words; /* arguments, facts taken out */
	size_t word_count;
	const char **facts; /* fact=value arguments as typed */
	size_t fact_count;
	struct fact_place { /* where a fact of @FILE stands */
		const char *name, *file;
		int line, column;
	} * places;
	size_t place_count;
	struct global_values globals; /* from the command line alone until line_globals */
	bool help; /* --help: the run is to be replaced by help */
	bool version;
	struct kept_memory *memory;
};

/* Finds noun and verb and takes all options. SVC_USAGE with a suggestion. With `help`, noun and verb may be NULL. */
int line_parse(struct command *command, int count, char **words);
const char *command_spoken(const struct command *command); /* "svc unit list" */
/* A fault of a fact that came from a file gets its place. */
void line_place_fault(struct command *command);
void line_release(struct command_line *line);

/* The same of a command that stands in a file: its name ("ticket open"), then its options one by one, its words and facts in
   command->line, of which there are at most `most`, and the end, which looks whether they are all there. SVC_USAGE as above. */
int line_start(struct command *command, const char *name, size_t most);
const struct tree_option *line_option(struct command *command, const char *name); /* NULL: unknown, which was said */
int line_take(struct command *command, const struct tree_option *option, const char *value);
int line_end(struct command *command);

/* "A value of the option's kind": SVC_OK or SVC_USAGE with the reason. `name` is how to call it in the message. */
int value_check(const struct command_option *option, const struct svc_field *field, const char *name, const char *value,
		struct svc_error *err);

/* Facts and settings as assignments in command->facts and ->settings; reads @FILE and "-". */
int line_facts(struct command *command);
/* The fields given as options in command->fields, the verb's own first argument included. */
void line_fields(struct command *command);
/* What a list was asked for; `matches` belongs to the command. */
void line_query(const struct command *command, struct svc_query *query);
/* The arguments of a change in one canonical string: what --key compares. */
char *line_canonical(const struct command *command);

#endif
