/* svc policy lint. */
#ifndef CMD_POLICY_LINT_H
#define CMD_POLICY_LINT_H

#include "command.h"

int policy_lint(struct command *command);
extern const struct command_argument lint_arguments[];
extern const struct command_example lint_examples[];

#endif
