/* svc policy lint: what a pack leaves open, says twice, says in vain, or says otherwise than its cases, each with a case. */
#include "policy_lint.h"

#include "svc/lint.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct report {
	struct command *command;
	json_t *findings;
	const char *policy;
	size_t count;
};

static json_t *object_of(const char *text)
{
	json_t *object = json_loads(text, 0, NULL);
	return object ? object : json_object();
}

/* A JSON object as people write it in a case: without the quotes, where nothing needs them. */
static char *as_written(const char *json)
{
	char *out = malloc(2 * strlen(json) + 1), *end = out;
	bool plain = !strpbrk(json, "\\#&*!|>'%@`?");
	for (const char *at = json; out && *at; at++) {
		if (*at == '"' && plain)
			continue;
		*end++ = *at;
		if (*at == ',' || (*at == ':' && at > json && (at[-1] == '"' || !plain)))
			*end++ = ' ';
	}
	if (out)
		*end = '\0';
	return out;
}

static void show_finding(struct report *report, const struct svc_finding *finding)
{
	struct show *show = report->command->show;
	char *given = as_written(finding->given), *settings = as_written(finding->settings);
	const char *clause = *finding->clause ? finding->clause : report->policy;
	if (finding->line)
		show_mood(show, SHOW_BAD, "%s:%d: %s: %s", finding->file, finding->line, clause, finding->text);
	else
		show_mood(show, SHOW_BAD, "%s: %s", *finding->file ? finding->file : clause, finding->text);
	if (settings && strcmp(settings, "{}") != 0)
		show_line(show, "  {ask: %s, given: %s, settings: %s}", svc_ask_name(finding->ask), given, settings);
	else
		show_line(show, "  {ask: %s, given: %s}", svc_ask_name(finding->ask), given ? given : "{}");
	show_line(show, _("  answer: %s"), finding->shows);
	free(given);
	free(settings);
}

static int seen(void *context, const struct svc_finding *finding)
{
	struct report *report = context;
	report->count++;
	show_finding(report, finding);
	json_array_append_new(report->findings,
			      json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:o, s:o, s:s}", "kind", finding->kind,
					"text", finding->text, "policy", report->policy, "clause", finding->clause,
					"file", finding->file, "line", finding->line, "ask", svc_ask_name(finding->ask),
					"given", object_of(finding->given), "settings", object_of(finding->settings),
					"shows", finding->shows));
	return 0;
}

static int lint_one(struct report *report, const char *name)
{
	struct command *command = report->command;
	struct svc_policy *policy = NULL;
	struct svc_pack_cases cases = {0};
	int status = svc_policy_open(&policy, name, SVC_DATE_NONE, &command->places, &command->error);
	if (!status)
		status = svc_pack_cases_read(&cases, policy, &command->places, &command->error);
	if (!status) {
		report->policy = svc_policy_id(policy);
		if (!cases.file && show_verbose(command->show))
			command_say(command, _("%s: no file of cases stands with it"), report->policy);
		status = svc_policy_lint(policy, &cases, command->now, seen, report, &command->error);
	}
	svc_pack_cases_release(&cases);
	svc_policy_free(policy);
	return status;
}

int policy_lint(struct command *command)
{
	const char *const *packs;
	size_t count = command_arguments(command, "PACK", &packs);
	struct report report = {.command = command, .findings = json_array()};
	int status = SVC_OK;
	for (size_t i = 0; i < count && !status; i++)
		status = lint_one(&report, packs[i]);
	if (!status)
		status = show_object(command->show, json_pack("{s:s, s:I, s:O}", "schema", "svc.policy.lint/1", "packs",
							      (json_int_t)count, "findings", report.findings));
	json_decref(report.findings);
	return status ? status : report.count ? SVC_NO : SVC_OK;
}

const struct command_argument lint_arguments[] = {
	{.name = "PACK", .help = N_("a pack by id, id@DATE or path"), .complete = COMPLETE_POLICY, .repeated = true},
	{.name = NULL},
};
const struct command_example lint_examples[] = {
	{"svc policy lint ./golf-carts.yaml", N_("after an edit: gaps, overlaps and dead rules, each with a case")},
	{.line = NULL},
};
