/* svc policy cases, and the coverage that svc policy test reports. */
#ifndef CMD_POLICY_CASES_H
#define CMD_POLICY_CASES_H

#include "command.h"
#include "svc/prove.h"

struct json_t;

int policy_cases(struct command *command);
extern const struct command_option cases_options[];
extern const struct command_example cases_examples[];

/* Names each rule that no case of the run exercised, with its line, and says how many there are of how many. *unexercised: the
   same as a JSON list, owned by the caller. Returns the number of rules in all. */
size_t coverage_report(struct command *command, const struct svc_coverage *coverage, struct json_t **unexercised);

#endif
