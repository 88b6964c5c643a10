/* What an exchange and a refund share on the command line. */
#ifndef CMD_EXCHANGE_H
#define CMD_EXCHANGE_H

#include "command.h"
#include "svc/exchange.h"

/* Reads the grant, has it done, and shows the ticket: "T7 `done`". */
int exchange_grant(struct command *command, enum svc_remedy want, const char *done);

extern const struct command_option exchange_options[];

#endif
