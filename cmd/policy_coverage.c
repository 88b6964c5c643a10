/* Which rules no case of svc policy test exercises. */
#include "policy_cases.h"

#include <jansson.h>

struct telling {
	struct command *command;
	json_t *rules;
	size_t all;
};

static int take_rule(void *context, const struct svc_covered_rule *rule)
{
	struct telling *telling = context;
	telling->all++;
	if (rule->cases)
		return SVC_OK;
	show_mood(telling->command->show, SHOW_OPEN, _("%s:%d: no case exercises %s: %s"),
		  *rule->file ? rule->file : rule->policy, rule->line, *rule->clause ? rule->clause : rule->policy,
		  *rule->rule ? rule->rule : svc_ask_name(rule->ask));
	json_array_append_new(telling->rules, json_pack("{s:s, s:s, s:i, s:s, s:s, s:s}", "policy", rule->policy,
							"file", rule->file, "line", rule->line, "clause", rule->clause,
							"ask", svc_ask_name(rule->ask), "rule", rule->rule));
	return SVC_OK;
}

size_t coverage_report(struct command *command, const struct svc_coverage *coverage, json_t **unexercised)
{
	struct telling telling = {.command = command, .rules = json_array()};
	svc_coverage_rules(coverage, take_rule, &telling);
	*unexercised = telling.rules;
	show_line(command->show, _("%zu of %zu rules exercised"), telling.all - json_array_size(telling.rules),
		  telling.all);
	return telling.all;
}
