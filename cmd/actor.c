#include "command.h"

static const struct command_argument name_argument[] = {
	{"NAME", N_("the name under which the actor works"), COMPLETE_NOTHING},
	{0},
};
static const struct command_argument role_arguments[] = {
	{"ACTOR", N_("a name or a number like A3"), COMPLETE_ACTOR},
	{"ROLE", N_("a role as the packs call it"), COMPLETE_NOTHING},
	{0},
};

static int actor_role(struct command *command)
{
	struct svc_assignment role = {"role", command_argument(command, "ROLE")};
	int64_t id;
	int status = records_find(command, SVC_ACTOR, command_argument(command, "ACTOR"), &id);

	if (status == SVC_OK)
		status = svc_edit(command->desk, SVC_ACTOR, id, &role, 1, &command->error);
	return status == SVC_OK ? records_display(command, SVC_ACTOR, id) : status;
}

/* The first actor shuts out everybody else, often the one who types. */
static int actor_add(struct command *command)
{
	struct svc_error ignored;
	int64_t self;
	int status = records_add(command);

	if (status == SVC_OK && svc_find(command->desk, SVC_ACTOR, command->actor, &self, &ignored) == SVC_NOT_FOUND)
		command_say(command, _("only actors may change the desk from now on, and %s is none: say --as %s"),
			    command->actor, command_argument(command, "NAME"));
	return status;
}

static const struct command_verb actor_verbs[] = {
	{
		.name = "add",
		.summary = N_("add someone who may change the desk"),
		.arguments = name_argument,
		.takes = TAKES_FIELDS | TAKES_DRY_RUN,
		.kind = SVC_ACTOR,
		.field = "name",
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.actor/1",
		.examples =
			(const struct command_example[]){
				{"svc actor add counter --role advisor",
				 N_("from the first actor on, only actors may write")},
				{0},
			},
		.run = actor_add,
	},
	{
		.name = "role",
		.summary = N_("give an actor a role"),
		.arguments = role_arguments,
		.takes = TAKES_DRY_RUN,
		.kind = SVC_ACTOR,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.actor/1",
		.examples = (const struct command_example[]){{"svc --as counter actor role counter manager",
							      N_("change a role")},
							     {0}},
		.run = actor_role,
	},
	{
		.name = "list",
		.summary = N_("list actors and their roles"),
		.takes = TAKES_FILTER,
		.kind = SVC_ACTOR,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.actor/1",
		.examples = (const struct command_example[]){{"svc actor list", N_("who may change the desk")}, {0}},
		.run = records_list,
	},
	{0},
};

const struct command_noun noun_actor = {"actor", N_("who acts, and in which role"), actor_verbs};
