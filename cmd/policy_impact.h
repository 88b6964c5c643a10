/* svc policy impact: what a verb of the noun `policy` is made of. */
#ifndef POLICY_IMPACT_H
#define POLICY_IMPACT_H

#include "command.h"

extern const struct command_argument impact_arguments[];
extern const struct command_option impact_options[];
extern const struct command_example impact_examples[];
int policy_impact(struct command *command);

#endif
