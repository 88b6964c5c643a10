/* svc policy floor: a promise held against the law. */
#ifndef CMD_POLICY_FLOOR_H
#define CMD_POLICY_FLOOR_H

#include "command.h"

int policy_floor(struct command *command);

#endif
