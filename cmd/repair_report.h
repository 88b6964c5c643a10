/* svc repair report. */
#ifndef CMD_REPAIR_REPORT_H
#define CMD_REPAIR_REPORT_H

#include "command.h"

int repair_report(struct command *command);

#endif
