#include "batch_line.h"

#include "fault.h"
#include "show/writer.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- a line of JSON ---- */

static int bad(struct command *command, const char *field, const char *message)
{
	command_fail(command, SVC_BAD_INPUT, "%s: %s", field, message);
	snprintf(command->error.field, sizeof(command->error.field), "%s", field);
	return SVC_BAD_INPUT;
}

/* A scalar as the command line has it; NULL: it is none. */
static const char *scalar(const struct command *command, const json_t *value)
{
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_boolean(value))
		return json_is_true(value) ? "true" : "false";
	if (!json_is_number(value))
		return NULL;
	char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	const char *kept = command_print(command, "%s", text ? text : "");
	free(text);
	return kept;
}

/* {"argv": ["ticket", "open", ...]}: as a shell would hand it over. */
static int take_argv(struct command *command, const json_t *list)
{
	size_t count = json_array_size(list);
	char **words = command_memory(command, (count + 2) * sizeof(*words));

	words[0] = command_print(command, "svc");
	for (size_t i = 0; i < count; i++) {
		const char *word = scalar(command, json_array_get(list, i));
		if (!word)
			return bad(command, "argv", _("expected a list of texts"));
		words[i + 1] = command_print(command, "%s", word);
	}
	return line_parse(command, (int)count + 1, words);
}

static int take_option(struct command *command, const struct tree_option *option, const json_t *value)
{
	const char *name = option->option.name, *text = scalar(command, value);

	if (json_is_null(value) || (option->option.kind == VALUE_FLAG && json_is_false(value)))
		return SVC_OK;
	if (option->option.kind == VALUE_FLAG && !json_is_true(value))
		return bad(command, name, _("expected true or false"));
	if (!text || (json_is_boolean(value) && option->option.kind != VALUE_FLAG))
		return bad(command, name, _("expected a text or a number"));
	return line_take(command, option, command_print(command, "%s", text));
}

/* A field's name is good for its option: sold_as for --sold-as. */
static const struct tree_option *option_named(struct command *command, const char *name)
{
	char *dashed = command_print(command, "%s", name);

	for (char *c = dashed; *c; c++)
		*c = *c == '_' ? '-' : *c;
	return line_option(command, dashed);
}

static int take_options(struct command *command, const json_t *options)
{
	const char *name;
	json_t *value;
	int status = SVC_OK;

	json_object_foreach((json_t *)options, name, value)
	{
		const struct tree_option *option = option_named(command, name);
		if (!option)
			return SVC_USAGE;
		bool list = option->option.repeated && json_is_array(value);
		for (size_t i = 0; list && i < json_array_size(value) && status == SVC_OK; i++)
			status = take_option(command, option, json_array_get(value, i));
		if (!list)
			status = take_option(command, option, value);
		if (status != SVC_OK)
			return status;
	}
	return SVC_OK;
}

/* Lists and maps go the way of name:='JSON'. */
static int take_fact(struct command *command, const char *name, const json_t *value)
{
	struct command_line *line = command->line;
	const char *text = scalar(command, value);
	size_t length = strlen(name);

	if (!length || *name == '@' || strchr(name, '=') || name[length - 1] == ':')
		return bad(command, "facts", _("a fact can't bear this name"));
	if (json_is_null(value))
		return SVC_OK;
	if (text) {
		line->facts[line->fact_count++] = command_print(command, "%s=%s", name, text);
		return SVC_OK;
	}
	char *json = json_dumps(value, JSON_COMPACT);
	line->facts[line->fact_count++] = command_print(command, "%s:=%s", name, json ? json : "null");
	free(json);
	return SVC_OK;
}

static int take_facts(struct command *command, const json_t *facts)
{
	const char *name;
	json_t *value;
	int status = SVC_OK;

	if (json_object_size(facts) && !(command->verb->takes & TAKES_FACTS))
		return bad(command, "facts", _("this command takes none"));
	json_object_foreach((json_t *)facts, name, value)
	{
		status = take_fact(command, name, value);
		if (status != SVC_OK)
			return status;
	}
	return status;
}

static int take_arguments(struct command *command, const json_t *list)
{
	struct command_line *line = command->line;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *word = scalar(command, json_array_get(list, i));
		if (!word)
			return bad(command, "arguments", _("expected a list of texts"));
		line->words[line->word_count++] = command_print(command, "%s", word);
	}
	return SVC_OK;
}

/* {"command": "ticket open", "arguments": [...], "options": {...}, "facts": {...}, "key": "..."} */
static int take_named(struct command *command, const json_t *object)
{
	const json_t *arguments = json_object_get(object, "arguments"), *facts = json_object_get(object, "facts");
	const json_t *key = json_object_get(object, "key");
	int status = line_start(command, json_string_value(json_object_get(object, "command")),
				json_array_size(arguments) + json_object_size(facts));

	if (status == SVC_OK)
		status = take_options(command, json_object_get(object, "options"));
	if (status == SVC_OK && key) {
		const struct tree_option *option = line_option(command, "key");
		status = option ? take_option(command, option, key) : SVC_USAGE;
	}
	if (status == SVC_OK)
		status = take_facts(command, facts);
	if (status == SVC_OK)
		status = take_arguments(command, arguments);
	return status == SVC_OK ? line_end(command) : status;
}

static const struct {
	const char *name;
	json_type type;
	bool with_argv; /* may stand beside it */
} members[] = {
	{"argv", JSON_ARRAY, true},      {"command", JSON_STRING, false}, {"arguments", JSON_ARRAY, false},
	{"options", JSON_OBJECT, false}, {"facts", JSON_OBJECT, false},   {"key", JSON_STRING, false},
};

/* The object has what it may have, each of its type. */
static int check_members(struct command *command, const json_t *object)
{
	bool argv = json_object_get(object, "argv") != NULL;
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)object, name, value)
	{
		size_t i = 0;
		while (i < sizeof(members) / sizeof(members[0]) && strcmp(members[i].name, name) != 0)
			i++;
		if (i == sizeof(members) / sizeof(members[0]))
			return bad(command, name, _("a line has argv, or command, arguments, options, facts and key"));
		if (json_typeof(value) != members[i].type)
			return bad(command, name, _("the value is of another type"));
		if (argv && !members[i].with_argv)
			return bad(command, name, _("beside argv nothing else is said"));
	}
	if (argv || json_object_get(object, "command"))
		return SVC_OK;
	return bad(command, "command", _("which command?"));
}

static int take_apart(struct command *command, const struct batch_text *text)
{
	json_error_t fault;

	if (text->too_long)
		return command_fail(command, SVC_BAD_INPUT, _("the line is longer than %u MiB"), BATCH_LINE_MOST >> 20);
	json_t *object = json_loadb(text->bytes, text->length, JSON_REJECT_DUPLICATES, &fault);
	if (!object) {
		command_fail(command, SVC_BAD_INPUT, _("not a JSON object: %s"), fault.text);
		command->error.column = fault.column;
		return SVC_BAD_INPUT;
	}
	int status = json_is_object(object) ? check_members(command, object)
					    : command_fail(command, SVC_BAD_INPUT, _("not a JSON object"));
	if (status == SVC_OK)
		status = json_object_get(object, "argv") ? take_argv(command, json_object_get(object, "argv"))
							 : take_named(command, object);
	json_decref(object);
	return status;
}

/* ---- what a line may do ---- */

static int check_verb(struct command *command)
{
	const struct command_verb *verb = command->verb;
	bool asks = command_flag(command, "batch");

	if (!verb || command->line->help || command->line->version || verb->own_transaction || asks ||
	    verb->needs == NEEDS_NOTHING || verb->needs == NEEDS_CHANGES || !(verb->outputs & OUTPUT_JSON))
		return command_fail(command, SVC_USAGE, _("%s can't be run in a batch"),
				    verb ? command_spoken(command) : "svc help");
	for (size_t i = 0; i < command->line->fact_count; i++)
		if (strcmp(command->line->facts[i], "-") == 0)
			return command_fail(command, SVC_USAGE, _("a line of a batch reads no standard input"));
	return SVC_OK;
}

/* What one line may say for itself; everything else is said once for all. */
static int settle(struct command *command, const struct command *batch)
{
	static const enum global_id whole[] = {GLOBAL_DB, GLOBAL_POLICY_PATH, GLOBAL_JSONL, GLOBAL_TSV, GLOBAL_LANG};
	const char **value = command->line->globals.value;

	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (value[whole[i]])
			return command_fail(command, SVC_USAGE, _("--%s is said for the whole batch, not for a line"),
					    globals[whole[i]].option.name);
	command->policy = value[GLOBAL_POLICY] ? value[GLOBAL_POLICY] : batch->policy;
	command->actor = value[GLOBAL_AS] ? value[GLOBAL_AS] : batch->actor;
	if (!value[GLOBAL_NOW] && batch->line->globals.value[GLOBAL_NOW])
		command->now = batch->now;
	else
		command->now = run_present(command);
	if (!value[GLOBAL_POLICY]) /* part of what a key stands for */
		value[GLOBAL_POLICY] = batch->line->globals.value[GLOBAL_POLICY];
	return SVC_OK;
}

void batch_line_prepare(struct batch_line *line, const struct command *batch, int64_t number,
			const struct batch_text *text)
{
	struct command *command = &line->command;

	line->number = number;
	line->words = (struct command_line){0};
	*command = (struct command){
		.line = &line->words,
		.places = batch->places,
		.database = batch->database,
		.wait_seconds = batch->wait_seconds,
		.program = batch->program,
	};
	line->status = take_apart(command, text);
	if (line->status == SVC_OK)
		line->status = check_verb(command);
	if (line->status == SVC_OK)
		line->status = settle(command, batch);
	if (line->status != SVC_OK)
		return;
	if (command->verb->needs != NEEDS_POLICY)
		command->desk = batch->desk;
	svc_desk_present(batch->desk, command->actor, command->now, command->policy);
}

bool batch_line_writes(const struct batch_line *line)
{
	return line->status == SVC_OK && line->command.verb->needs == NEEDS_WRITE;
}

bool batch_line_failed(const struct batch_line *line)
{
	int status = line->status;

	if (status == SVC_OK) /* a word that is left over from what was tried on the way is no fault */
		return false;
	if (status == SVC_NO || status == SVC_INCOMPLETE || status == SVC_PARTIAL)
		return *line->command.error.text != '\0';
	return true;
}

/* ---- the answer ---- */

static void add_head(int64_t number, int status, struct text *out)
{
	text_print(out, "{\"schema\":\"svc.batch/1\",\"line\":%lld,\"exit\":%d", (long long)number,
		   exit_code_of(status));
}

static void add_text(struct text *out, const char *name, const char *value)
{
	if (!*value)
		return;
	text_print(out, ",\"%s\":", name);
	text_json(out, value);
}

void batch_line_lost(int64_t number, int status, const struct svc_error *error, struct text *out)
{
	add_head(number, status, out);
	text_puts(out, ",\"error\":{\"text\":");
	text_json(out, error->text);
	add_text(out, "file", error->file);
	if (*error->file && error->line > 0)
		text_print(out, ",\"line\":%d", error->line);
	if (error->column > 0)
		text_print(out, ",\"column\":%d", error->column);
	add_text(out, "field", error->field);
	add_text(out, "hint", error->hint);
	text_puts(out, "}}\n");
}

static void run(struct batch_line *line, struct text *result)
{
	struct command *command = &line->command;
	struct show_options options = {.format = SHOW_AS_JSON,
				       .colour = SHOW_COLOUR_NEVER,
				       .columns = command->line->globals.value[GLOBAL_COLUMNS],
				       .quiet = true,
				       .collect = true};

	command->show = show_new(&options, &command->error);
	line->status = run_command(command);
	int told = show_collect(command->show, result);
	if (line->status == SVC_OK)
		line->status = told;
	show_free(command->show);
}

void batch_line_answer(struct batch_line *line, struct text *out)
{
	struct text result = {0};

	if (line->status == SVC_OK)
		run(line, &result);
	if (batch_line_failed(line)) {
		line_place_fault(&line->command);
		batch_line_lost(line->number, line->status, &line->command.error, out);
	} else {
		add_head(line->number, line->status, out);
		if (result.length)
			text_print(out, ",\"result\":%s", result.bytes);
		text_puts(out, "}\n");
	}
	text_release(&result);
}

void batch_line_release(struct batch_line *line)
{
	line_release(&line->words);
}
