/* Facts and settings of a command line, and the canonical form of a change. */
#include "line.h"

#include "show/text.h"
#include "svc/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gathering {
	struct command *command;
	struct svc_assignment *list;
	size_t count, room;
};

static void gather(struct gathering *into, const char *name, const char *value)
{
	if (into->count == into->room) {
		into->room = into->room ? into->room * 2 : 16;
		struct svc_assignment *grown = command_memory(into->command, into->room * sizeof(*grown));
		if (into->count)
			memcpy(grown, into->list, into->count * sizeof(*grown));
		into->list = grown;
	}
	into->list[into->count++] = (struct svc_assignment){name, value};
}

static void remember_place(struct command *command, const struct svc_config_entry *entry, const char *name)
{
	struct command_line *line = command->line;
	struct fact_place *places = command_memory(command, (line->place_count + 1) * sizeof(*places));

	if (line->place_count)
		memcpy(places, line->places, line->place_count * sizeof(*places));
	places[line->place_count++] = (struct fact_place){name, command_print(command, "%s", entry->file), entry->line,
							  entry->column};
	line->places = places;
}

void line_place_fault(struct command *command)
{
	struct svc_error *error = &command->error;

	for (size_t i = 0; i < command->line->place_count && !error->line; i++) {
		const struct fact_place *place = &command->line->places[i];

		if (strcmp(place->name, error->field) != 0)
			continue;
		snprintf(error->file, sizeof(error->file), "%s", place->file);
		error->line = place->line;
		error->column = place->column;
	}
}

static int gather_entry(void *context, const struct svc_config_entry *entry, struct svc_error *err)
{
	struct gathering *into = context;
	const char *name = command_print(into->command, "%s", entry->key);

	(void)err;
	if (*entry->file)
		remember_place(into->command, entry, name);
	gather(into, name, command_print(into->command, "%s", entry->value));
	return SVC_OK;
}

/* name:='JSON': lists and maps become the text forms "a,b" and map.key=value. */
static int gather_json(struct gathering *into, const char *word, const char *colon)
{
	struct text object = {0};
	char *name = command_print(into->command, "%.*s", (int)(colon - word), word);

	text_putc(&object, '{');
	text_json(&object, name);
	text_print(&object, ": %s}", colon + 2);
	int status = svc_config_read_text(object.bytes, object.length, "", gather_entry, into, &into->command->error);
	text_release(&object);
	if (status == SVC_OK)
		return SVC_OK;
	into->command->error.line = into->command->error.column = 0;
	snprintf(into->command->error.field, sizeof(into->command->error.field), "%s", name);
	return command_hint(into->command, _("after := comes JSON, as in items:='[\"visit\"]'"));
}

static int gather_fact(struct gathering *into, const char *word)
{
	const char *equals = strchr(word, '=');

	if (*word == '@' || strcmp(word, "-") == 0) {
		int status = svc_config_read(*word == '@' ? word + 1 : word, gather_entry, into, &into->command->error);
		if (status == SVC_NOT_FOUND)
			command_hint(into->command, _("@FILE reads facts from a file; a text stands behind --"));
		return status;
	}
	if (equals > word + 1 && equals[-1] == ':')
		return gather_json(into, word, equals - 1);
	gather(into, command_print(into->command, "%.*s", (int)(equals - word), word), equals + 1);
	return SVC_OK;
}

int line_facts(struct command *command)
{
	const struct command_line *line = command->line;
	struct gathering facts = {.command = command}, settings = {.command = command};
	const char *const *given;
	int status = SVC_OK;

	bool batch = command_flag(command, "batch"); /* then "-" is where the questions come from */
	for (size_t i = 0; i < line->fact_count && status == SVC_OK; i++)
		if (!batch || strcmp(line->facts[i], "-") != 0)
			status = gather_fact(&facts, line->facts[i]);
	size_t count = command->verb->takes & TAKES_SETTINGS ? command_texts(command, "set", &given) : 0;
	for (size_t i = 0; i < count && status == SVC_OK; i++)
		status = gather_fact(&settings, given[i]);
	command->facts = facts.list;
	command->fact_count = facts.count;
	command->settings = settings.list;
	command->setting_count = settings.count;
	return status;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* How the result is shown, who runs it and how long it may wait are no part of what is done. */
char *line_canonical(const struct command *command)
{
	const struct command_line *line = command->line;
	const char **options = command_memory(command, (line->given_count + 1) * sizeof(*options));
	struct text all = {0};
	size_t count = 0;

	for (size_t i = 0; i < line->given_count; i++) {
		const struct given_option *given = &line->given[i];
		if (strcmp(given->option->option.name, "key") != 0 &&
		    strcmp(given->option->option.name, "dry-run") != 0)
			options[count++] = command_print(command, "--%s=%s", given->option->option.name, given->value);
	}
	qsort(options, count, sizeof(*options), by_text);
	text_print(&all, "%s %s\n", command->noun->name, command->verb->name);
	for (size_t i = 0; i < count; i++)
		text_print(&all, "%s\n", options[i]);
	if (line->globals.value[GLOBAL_POLICY])
		text_print(&all, "--policy=%s\n", line->globals.value[GLOBAL_POLICY]);
	for (size_t i = 0; i < line->word_count; i++)
		text_print(&all, "%s\n", line->words[i]);
	for (size_t i = 0; i < command->fact_count; i++)
		text_print(&all, "%s=%s\n", command->facts[i].field, command->facts[i].value);
	char *kept = command_print(command, "%s", all.bytes);
	text_release(&all);
	return kept;
}
