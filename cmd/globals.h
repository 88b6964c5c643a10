/* Global options: taken by every command, also from the environment and the config file. */
#ifndef CMD_GLOBALS_H
#define CMD_GLOBALS_H

#include "command.h"

enum global_id {
	GLOBAL_DB,
	GLOBAL_POLICY,
	GLOBAL_POLICY_PATH,
	GLOBAL_NOW,
	GLOBAL_AS,
	GLOBAL_JSON,
	GLOBAL_JSONL,
	GLOBAL_TSV,
	GLOBAL_COLUMNS,
	GLOBAL_QUIET,
	GLOBAL_VERBOSE,
	GLOBAL_NO_PAGER,
	GLOBAL_COLOR,
	GLOBAL_LANG,
	GLOBAL_WAIT,
	GLOBAL_HELP,
	GLOBAL_COUNT
};
struct global {
	struct command_option option;
	const char *environment; /* NULL: none */
	bool in_file; /* may stand in config.yaml under its own name */
};
extern const struct global globals[];
extern const size_t global_count;

/* What the environment and the config file say; the command line comes on top. Strings live as long as the process. */
struct global_values {
	const char *value[GLOBAL_COUNT]; /* NULL: not given; a flag that is set is "true" */
};
void globals_from_environment(struct global_values *values);
int globals_from_file(struct global_values *values, struct svc_error *err); /* only what is not there yet */

/* Where things are. NULL when neither the variable nor HOME is set. Live as long as the process. */
const char *place_in(const char *variable, const char *below_home, const char *rest);

/* The language by --lang, SVC_LANG, then the locale's variables by name; set in libsvc. */
void language_choose(const char *asked);

struct installation {
	const char *program; /* the running svc */
	const char *policies; /* folder of the packs that ship */
	const char *catalogue; /* Chinese messages */
};
const struct installation *installation(void); /* of the build tree, or relative to the program */

#endif
