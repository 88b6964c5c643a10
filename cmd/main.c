/* svc: global options, then the verb. */
#include "fault.h"
#include "run.h"
#include "show/text.h"
#include "show/writer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the global options, settled: command line over environment over file ---- */

static const char *language_on_line(int count, char **words)
{
	static const char option[] = "--lang";
	const size_t length = sizeof(option) - 1;
	const char *found = NULL;

	for (int i = 1; i < count && strcmp(words[i], "--") != 0; i++) {
		if (strncmp(words[i], option, length) != 0)
			continue;
		if (words[i][length] == '=')
			found = words[i] + length + 1;
		else if (!words[i][length] && i + 1 < count)
			found = words[i + 1];
	}
	return found;
}

/* The language comes first, so that everything after it, wrong usage included, speaks it. */
static int settle_before(struct global_values *outside, int count, char **words, struct svc_error *err)
{
	const char *asked = language_on_line(count, words);

	globals_from_environment(outside);
	language_choose(asked ? asked : outside->value[GLOBAL_LANG]);
	int status = globals_from_file(outside, err);
	if (!asked && outside->value[GLOBAL_LANG])
		language_choose(outside->value[GLOBAL_LANG]);
	return status;
}

static int settle(struct command *command, const struct global_values *outside)
{
	struct global_values *values = &command->line->globals;

	for (size_t i = 0; i < global_count; i++) {
		const char *name = globals[i].environment && getenv(globals[i].environment) ? globals[i].environment
											    : globals[i].option.name;
		if (values->value[i] || !outside->value[i])
			continue;
		if (i != GLOBAL_LANG && value_check(&globals[i].option, NULL, name, outside->value[i], &command->error))
			return SVC_USAGE;
		values->value[i] = outside->value[i];
	}
	return SVC_OK;
}

/* --help and --version are the commands of these names. */
static void redirect(struct command *command)
{
	struct command_line *line = command->line;

	if (!line->help && !line->version)
		return;
	free(line->words);
	free(line->options);
	line->words = memory_new(3 * sizeof(char *));
	line->word_count = 0;
	if (line->help && command->noun)
		line->words[line->word_count++] = command->noun->name;
	if (line->help && command->verb && *command->verb->name)
		line->words[line->word_count++] = command->verb->name;
	command->noun = tree_noun(line->help ? "help" : "version");
	command->verb = command->noun->verbs;
	line->given_count = 0;
	line->options = tree_options(command->verb, &line->option_count);
}

static int dispatch(struct command *command, int count, char **words)
{
	struct global_values outside = {{NULL}};
	int status = settle_before(&outside, count, words, &command->error);

	if (status == SVC_OK)
		status = line_parse(command, count, words);
	if (status == SVC_OK)
		status = settle(command, &outside);
	if (status != SVC_OK)
		return status;
	redirect(command);
	run_furnish(command);
	status = run_show(command);
	return status == SVC_OK ? run_command(command) : status;
}

/* A file that is opened must never take the place of standard output: what is closed is filled the wrong way round, so
   that to use it is still an error. */
static void fill_closed_descriptors(void)
{
	for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
		if (fcntl(descriptor, F_GETFD) < 0)
			(void)!open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
	}
}

int main(int count, char **words)
{
	struct command_line line = {0};
	struct command command = {.line = &line};

	fill_closed_descriptors();
	int status = dispatch(&command, count, words);
	int told = SVC_OK;

	if (*command.error.text && status != SVC_OK) {
		line_place_fault(&command);
		command_show_error(&command.error, NULL);
	}
	command.error = (struct svc_error){0};
	svc_desk_close(command.desk);
	if (command.show) {
		told = show_finish(command.show);
		if (told != SVC_OK)
			command_show_error(&command.error, NULL);
		show_free(command.show);
	}
	line_release(&line);
	return exit_code_of(told != SVC_OK ? told : status);
}
