/* svc policy cases: a boundary case for every edge of a pack's rules, with the answers of today, as a file of cases. */
#include "policy_cases.h"

#include "policy_two.h"
#include "show/text.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct writing {
	struct command *command;
	const struct svc_policy *policy;
	const char *name; /* of the pack, as a case names it */
	struct svc_answer answer;
	json_t *cases,
		*numbers; /* how many cases have an id of the same beginning: an included text has lines of its own */
	size_t count;
};

/* ---- YAML ---- */

/* A word, number, date or id that reads the same without quotes. */
static bool is_plain(const char *text)
{
	if (!*text || strchr("-?.", *text))
		return false;
	for (const char *at = text; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr("_-./+", *at) && !((unsigned char)*at & 0x80))
			return false;
	return true;
}

static void put_flow(struct text *out, const json_t *value);

static void put_scalar(struct text *out, const json_t *value)
{
	const char *string = json_string_value(value);
	if (string && is_plain(string)) {
		text_puts(out, string);
		return;
	}
	char *quoted = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	text_puts(out, quoted ? quoted : "\"\"");
	free(quoted);
}

static void put_list(struct text *out, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		text_puts(out, i ? ", " : "[");
		put_flow(out, json_array_get(list, i));
	}
	text_puts(out, json_array_size(list) ? "]" : "[]");
}

static void put_map(struct text *out, const json_t *map)
{
	const char *key, *before = "{";
	json_t *value;
	json_object_foreach((json_t *)map, key, value)
	{
		text_print(out, "%s%s: ", before, key);
		put_flow(out, value);
		before = ", ";
	}
	text_puts(out, json_object_size(map) ? "}" : "{}");
}

static void put_flow(struct text *out, const json_t *value)
{
	if (json_is_object(value))
		put_map(out, value);
	else if (json_is_array(value))
		put_list(out, value);
	else
		put_scalar(out, value);
}

static void put_key(struct text *out, const char *key, const json_t *value)
{
	if (!value)
		return;
	text_print(out, "  %s: ", key);
	put_flow(out, value);
	text_puts(out, "\n");
}

/* ---- one case ---- */

/* What a case expects: what the answer says in words, dates, figures and lists of words. */
static bool is_expected(const char *key, const json_t *value)
{
	static const char *const beside[] = {"schema",    "ask",     "policy", "version",
					     "days_left", "subject", "text",   "notes"};
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
		if (strcmp(key, beside[i]) == 0)
			return false;
	if (json_is_array(value))
		return json_array_size(value) > 0 && !json_is_object(json_array_get(value, 0));
	return !json_is_object(value) && !json_is_null(value);
}

static json_t *expectation(const struct svc_answer *answer)
{
	char *text = svc_answer_json(answer);
	json_t *all = json_loads(text, 0, NULL), *expected = json_object(), *value;
	const char *key;
	json_object_foreach(all, key, value) if (is_expected(key, value)) json_object_set(expected, key, value);
	json_decref(all);
	free(text);
	return expected;
}

static json_t *facts_json(const struct svc_facts *facts, bool settings)
{
	char *text = svc_facts_json(facts, settings);
	json_t *map = json_loads(text, 0, NULL);
	free(text);
	return map;
}

static json_t *case_json(struct writing *writing, const struct svc_probe *probe)
{
	json_t *settings = facts_json(probe->facts, true);
	if (!json_object_size(settings)) {
		json_decref(settings);
		settings = NULL;
	}
	char *place = command_print(writing->command, "%s-%d", svc_ask_name(probe->ask), probe->line);
	json_int_t number = json_integer_value(json_object_get(writing->numbers, place)) + 1;
	json_object_set_new(writing->numbers, place, json_integer(number));
	char *id = command_print(writing->command, "%s/%s-%zu", svc_policy_id(writing->policy), place, (size_t)number);
	char *why = command_print(writing->command, "%s%s%s", probe->clause, *probe->clause ? ": " : "", probe->edge);
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o*, s:o, s:s}", "schema", "svc.case/1", "id", id, "policy",
			 writing->name, "ask", svc_ask_name(probe->ask), "given", facts_json(probe->facts, false),
			 "settings", settings, "expect", expectation(&writing->answer), "why", why);
}

static void show_case(struct show *show, const json_t *one)
{
	static const char *const keys[] = {"policy", "ask", "given", "settings", "expect", "why"};
	struct text out = {0};
	text_puts(&out, "- id: ");
	put_flow(&out, json_object_get(one, "id"));
	text_puts(&out, "\n");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		put_key(&out, keys[i], json_object_get(one, keys[i]));
	out.bytes[--out.length] = '\0';
	show_line(show, "%s", out.bytes);
	text_release(&out);
}

static int seen_probe(void *context, const struct svc_probe *probe)
{
	struct writing *writing = context;
	if (!svc_policy_decides(writing->policy, writing->name, probe->ask, probe->facts, writing->command->now,
				&writing->command->places))
		return SVC_OK;
	int status = svc_ask(writing->policy, probe->ask, probe->facts, false, &writing->answer,
			     &writing->command->error);
	if (status)
		return status;
	writing->count++;
	json_t *one = case_json(writing, probe);
	show_case(writing->command->show, one);
	json_array_append_new(writing->cases, one);
	return SVC_OK;
}

/* ---- the verb ---- */

static int write_cases(struct command *command, const struct svc_policy *policy, uint32_t asks)
{
	const char *argument = command_argument(command, "PACK");
	struct writing writing = {.command = command,
				  .policy = policy,
				  .name = strpbrk(argument, "/@") ? argument : svc_policy_id(policy),
				  .cases = json_array(),
				  .numbers = json_object()};
	int status = svc_policy_probes(policy, asks, NULL, seen_probe, &writing, &command->error);
	svc_answer_release(&writing.answer);
	json_decref(writing.numbers);
	if (status) {
		json_decref(writing.cases);
		return status;
	}
	command_say(command, writing.count == 1 ? _("%zu case") : _("%zu cases"), writing.count);
	return show_object(command->show, json_pack("{s:s, s:s, s:o}", "schema", "svc.policy.cases/1", "policy",
						    svc_policy_id(policy), "cases", writing.cases));
}

/* An ask that the pack has no rules for would give an empty file. */
static int check_asks(struct command *command, const struct svc_policy *policy, uint32_t asks)
{
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		if (asks >> ask & 1 && !svc_policy_answers(policy, (enum svc_ask)ask))
			return command_fail(command, SVC_USAGE, _("the policy %s has no rules for the question %s"),
					    svc_policy_id(policy), svc_ask_name((enum svc_ask)ask));
	return SVC_OK;
}

int policy_cases(struct command *command)
{
	struct svc_policy *policy = NULL;
	uint32_t asks;
	int status = chosen_asks(command, "", &asks);
	if (!status)
		status = svc_policy_open(&policy, command_argument(command, "PACK"), SVC_DATE_NONE, &command->places,
					 &command->error);
	if (!status)
		status = check_asks(command, policy, asks);
	if (!status)
		status = write_cases(command, policy, asks);
	svc_policy_free(policy);
	return status;
}

const struct command_option cases_options[] = {
	{.name = "ask",
	 .kind = VALUE_TEXT,
	 .label = N_("ASK,ASK"),
	 .help = N_("only these asks"),
	 .complete = COMPLETE_ASK},
	{.name = NULL},
};
const struct command_example cases_examples[] = {
	{"svc policy cases golf-carts >cases.yaml", N_("a case for each edge of each rule, with the answers of today")},
	{"svc policy cases golf-carts --ask warranty", N_("those of one question")},
	{.line = NULL},
};
