/* The table of commands: dispatch, help, completions and the man pages' options all come from it. */
#include "commands.h"

const struct command_noun *const command_nouns[] = {
	&noun_init, &noun_customer, &noun_unit,     &noun_ticket, &noun_warranty, &noun_return,
	&noun_fee,  &noun_policy,   &noun_import,   &noun_actor,  &noun_log,      &noun_demo,
	&noun_help, &noun_version,  &noun_complete, NULL,
};
