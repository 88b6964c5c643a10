/* How errors are told, and the exit codes. */
#ifndef CMD_FAULT_H
#define CMD_FAULT_H

#include "command.h"

struct exit_code {
	enum svc_code code;
	const char *meaning;
};
extern const struct exit_code exit_codes[];
extern const size_t exit_code_count;

int exit_code_of(int status); /* of a run: its own code, or 70 for one that is not in the table */

#endif
