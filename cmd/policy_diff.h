/* svc policy diff: what a verb of the noun `policy` is made of. */
#ifndef POLICY_DIFF_CMD_H
#define POLICY_DIFF_CMD_H

#include "command.h"

extern const struct command_argument diff_arguments[];
extern const struct command_option diff_options[];
extern const struct command_example diff_examples[];
int policy_diff(struct command *command);

#endif
