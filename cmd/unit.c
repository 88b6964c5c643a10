#include "command.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct command_argument serial_argument[] = {{"SERIAL", N_("the serial number"), COMPLETE_NOTHING}, {0}};
static const struct command_argument which_argument[] = {
	{"UNIT", N_("a serial number, a number like U17, or source:legacy number"), COMPLETE_UNIT},
	{0},
};

struct subjects {
	struct command *command;
	const char **names;
	size_t count, room;
};

static void add_subject(struct subjects *subjects, const char *name)
{
	if (subjects->count == subjects->room) {
		subjects->room = subjects->room ? subjects->room * 2 : 8;
		const char **grown = command_memory(subjects->command, subjects->room * sizeof(*grown));
		if (subjects->count)
			memcpy(grown, subjects->names, subjects->count * sizeof(*grown));
		subjects->names = grown;
	}
	subjects->names[subjects->count++] = command_print(subjects->command, "%s", name);
}

static int add_ticket(void *context, const struct svc_record *record)
{
	add_subject(context, record->values[0]);
	return 0;
}

/* What happened to a unit, and on every ticket that was opened for it. */
static int unit_history(struct command *command)
{
	struct subjects subjects = {.command = command};
	int64_t id;
	int status = records_find(command, SVC_UNIT, command_argument(command, "UNIT"), &id);

	if (status != SVC_OK)
		return status;
	const char *unit = command_print(command, "%c%" PRId64, svc_kind_letter(SVC_UNIT), id);
	struct svc_match match = {"unit", unit, unit};
	struct svc_query query = {.matches = &match, .match_count = 1};
	add_subject(&subjects, unit);
	status = svc_list(command->desk, SVC_TICKET, &query, add_ticket, &subjects, &command->error);
	return status == SVC_OK ? records_history(command, subjects.names, subjects.count) : status;
}

static const struct command_verb unit_verbs[] = {
	{
		.name = "register",
		.summary = N_("register a sold unit by its serial number"),
		.arguments = serial_argument,
		.takes = TAKES_FIELDS | TAKES_DRY_RUN,
		.kind = SVC_UNIT,
		.field = "serial",
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.unit/1",
		.examples =
			(const struct command_example[]){
				{"svc unit register GC-1001 --product golf_cart --purchase 2024-04-01 --policy "
				 "golf-carts",
				 N_("register a unit with the day of its sale")},
				{0},
			},
		.run = records_add,
	},
	{
		.name = "show",
		.summary = N_("show one unit"),
		.arguments = which_argument,
		.kind = SVC_UNIT,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.unit/1",
		.examples = (const struct command_example[]){{"svc unit show GC-1001",
							      N_("all that is known of a unit")},
							     {0}},
		.run = records_show,
	},
	{
		.name = "list",
		.summary = N_("list units"),
		.takes = TAKES_FILTER,
		.kind = SVC_UNIT,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.unit/1",
		.examples =
			(const struct command_example[]){
				{"svc unit list --customer C1 --purchase 2024-01-01..2024-12-31 --tsv",
				 N_("a customer's units sold in a year, for a spreadsheet")},
				{0},
			},
		.run = records_list,
	},
	{
		.name = "edit",
		.summary = N_("change fields of a unit"),
		.arguments = which_argument,
		.takes = TAKES_FIELDS | TAKES_DRY_RUN,
		.kind = SVC_UNIT,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.unit/1",
		.examples =
			(const struct command_example[]){
				{"svc unit edit GC-1001 --replacement 2025-06-30", N_("note the day of a replacement")},
				{0},
			},
		.run = records_edit,
	},
	{
		.name = "history",
		.summary = N_("what happened to a unit and on its tickets"),
		.arguments = which_argument,
		.kind = SVC_UNIT,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.event/1",
		.examples =
			(const struct command_example[]){
				{"svc unit history GC-1001",
				 N_("every event of a unit, in the order in which they happened")},
				{0},
			},
		.run = unit_history,
	},
	{0},
};

const struct command_noun noun_unit = {"unit", N_("sold items, by serial number"), unit_verbs};
