/* The nouns; each stands at the end of its own file. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "command.h"

extern const struct command_noun noun_actor, noun_complete, noun_customer, noun_demo, noun_fee, noun_help, noun_import,
	noun_init, noun_log, noun_policy, noun_return, noun_ticket, noun_unit, noun_version, noun_warranty;

#endif
