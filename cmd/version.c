#include "command.h"

static const struct show_column version_columns[] = {{"version", N_("version"), SHOW_TEXT, 0}};

static int version_run(struct command *command)
{
	const char *cells[] = {SVC_VERSION};

	if (!show_people(command->show))
		return show_record(command->show, "svc.version/1", version_columns, 1, cells);
	show_line(command->show, "svc %s", SVC_VERSION);
	return SVC_OK;
}

static const struct command_verb version_verbs[] = {
	{
		.name = "",
		.summary = N_("show the version of svc"),
		.needs = NEEDS_NOTHING,
		.outputs = OUTPUT_REPORT | OUTPUT_RECORD,
		.schema = "svc.version/1",
		.examples = (const struct command_example[]){{"svc version --json", N_("the version, for a script")},
							     {0}},
		.run = version_run,
	},
	{0},
};

const struct command_noun noun_version = {"version", N_("show the version of svc"), version_verbs};
