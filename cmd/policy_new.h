/* A small commented pack to begin with. */
#ifndef CMD_POLICY_NEW_H
#define CMD_POLICY_NEW_H

#include "command.h"

int policy_new(struct command *command);

#endif
