#include "command.h"

#include <unistd.h>

static const struct command_argument init_arguments[] = {
	{"NAME", N_("what the desk is called"), COMPLETE_NOTHING, .optional = true},
	{0},
};
static const struct show_column desk_columns[] = {
	{"name", N_("desk"), SHOW_TEXT, 0},
	{"file", N_("file"), SHOW_TEXT, 0},
	{"policy", N_("default pack"), SHOW_WORD, 0},
};

static const char *desk_name(const struct command *command)
{
	const char *name = command_argument(command, "NAME");

	return name ? name : "desk";
}

static bool is_there(const struct command *command)
{
	return command->database && access(command->database, F_OK) == 0;
}

/* With a key, an old desk may be the result of the same command: that is seen when it is opened. */
static int init_prepare(struct command *command)
{
	if (command_text(command, "key") && is_there(command))
		return SVC_OK;
	return command_make_desk(command, desk_name(command));
}

static int init_run(struct command *command)
{
	const char *cells[] = {desk_name(command), command->database, command->policy};

	if (!command->made)
		return command_fail(command, SVC_REFUSED, _("there is a desk already: %s"), command->database);
	return show_record(command->show, "svc.desk/1", desk_columns, 3, cells);
}

static const struct command_verb init_verbs[] = {
	{
		.name = "",
		.summary = N_("make a new desk; --policy names its default pack"),
		.arguments = init_arguments,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.desk/1",
		.examples =
			(const struct command_example[]){
				{"svc init --policy golf-carts", N_("a desk where the golf-carts pack answers")},
				{"svc --db branch.db init 'North branch'", N_("a second desk in a file of its own")},
				{0},
			},
		.prepare = init_prepare,
		.run = init_run,
	},
	{0},
};

const struct command_noun noun_init = {"init", N_("make a new desk"), init_verbs};
