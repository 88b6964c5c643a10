/* What happens between a command line that was taken apart and settled, and its answer. */
#ifndef CMD_RUN_H
#define CMD_RUN_H

#include "line.h"

/* Places, pack, desk's file, actor and present of the command. */
void run_furnish(struct command *command);
/* The present that --now says, else the clock's. */
svc_time run_present(const struct command *command);
int run_show(struct command *command); /* makes command->show */
/* Facts and fields, the desk unless it is open, then the verb; a change is kept whole or not at all. */
int run_command(struct command *command);
bool run_is_done(int status); /* a change that ends so is kept */

#endif
