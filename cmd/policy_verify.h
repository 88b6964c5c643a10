/* svc policy verify: the decisions of the desk, derived once more. */
#ifndef CMD_POLICY_VERIFY_H
#define CMD_POLICY_VERIFY_H

#include "command.h"

int policy_verify(struct command *command);

#endif
