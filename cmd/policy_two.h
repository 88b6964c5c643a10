/* What the verbs share that hold two packs against each other. */
#ifndef POLICY_TWO_H
#define POLICY_TWO_H

#include "command.h"

/* The asks of the option --ask as bits 1 << enum svc_ask; `usual` when it was not given. SVC_USAGE for an unknown one. */
int chosen_asks(struct command *command, const char *usual, uint32_t *asks);

#endif
