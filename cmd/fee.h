/* The verbs of svc fee that stand in files of their own. */
#ifndef CMD_FEE_H
#define CMD_FEE_H

#include "command.h"
#include "svc/charge.h"

/* ---- fee_charge.c ---- */
/* The fees that a command has written, shown when it is done. */
struct fees_touched {
	struct command *command;
	int64_t *fees;
	size_t count, room;
};
void fees_touch(void *context, int64_t fee); /* context: struct fees_touched */
int fees_show(const struct fees_touched *touched);
int fee_charge(struct command *command);
int fee_pay(struct command *command);
int fee_waive(struct command *command);

/* ---- fee_balance.c ---- */
int fee_balance(struct command *command);
int fee_receipt(struct command *command);
int fee_free(struct command *command);

#endif
