/* Stock and movements of parts, as they are shown. */
#ifndef CMD_PART_SHOW_H
#define CMD_PART_SHOW_H

#include "command.h"

int part_stock(struct command *command);
int part_moves(struct command *command);

#endif
