/* A pack as a document: its head, its names, its rules. */
#ifndef CMD_POLICY_SHOW_H
#define CMD_POLICY_SHOW_H

#include "command.h"

int policy_show(struct command *command, const struct svc_policy *policy);

#endif
