/* svc technician: who works where, when and with which skills. */
#include "command.h"
#include "svc/dispatch.h"

static int find(struct command *command, int64_t *technician)
{
	return records_find(command, SVC_TECHNICIAN, command_argument(command, "TECHNICIAN"), technician);
}

/* ---- away ---- */

static int tell_visit(void *context, const struct svc_record *record)
{
	struct command *command = context;
	command_say(command, _("%s of %s has to be reassigned"), record->values[0], svc_record_value(record, "ticket"));
	return 0;
}

/* A day stays a day; a moment as a person types it is local. */
static const char *end_of(const struct command *command, const char *option)
{
	const char *text = command_text(command, option);
	char utc[32];
	svc_time at;
	svc_date day;
	if (!text || svc_date_parse(text, &day) || !command_time(command, option, &at))
		return text;
	svc_time_format(at, NULL, utc);
	return command_print(command, "%s", utc);
}

static int absence(struct command *command)
{
	const char *from = end_of(command, "from"), *to = end_of(command, "to");
	int64_t technician, id;
	if (!from || !to)
		return command_fail(command, SVC_USAGE, _("an absence needs --from TIME and --to TIME"));
	int status = find(command, &technician);
	if (status == SVC_OK)
		status = svc_technician_absent(command->desk, technician, from, to, command_text(command, "reason"),
					       &id, tell_visit, command, &command->error);
	return status == SVC_OK ? records_display(command, SVC_ABSENCE, id) : status;
}

static int move(struct command *command, bool leaves)
{
	int64_t technician;
	int status = find(command, &technician);
	if (status == SVC_OK)
		status = svc_technician_leave(command->desk, technician, leaves, &command->error);
	return status == SVC_OK ? records_display(command, SVC_TECHNICIAN, technician) : status;
}

static int leave(struct command *command)
{
	return move(command, true);
}

static int come_back(struct command *command)
{
	return move(command, false);
}

/* ---- load ---- */

static const struct show_column load_columns[] = {
	{.name = "technician", .title = N_("technician"), .kind = SHOW_ID},
	{.name = "name", .title = N_("name"), .kind = SHOW_TEXT},
	{.name = "visits", .title = N_("open visits"), .kind = SHOW_INTEGER},
	{.name = "minutes", .title = N_("minutes taken"), .kind = SHOW_INTEGER},
	{.name = "free_minutes", .title = N_("minutes free"), .kind = SHOW_INTEGER},
};

static int show_load(void *context, const struct svc_load *load)
{
	struct command *command = context;
	const char *cells[] = {command_print(command, "E%lld", (long long)load->technician), load->name,
			       command_print(command, "%lld", (long long)load->visits),
			       command_print(command, "%lld", (long long)load->minutes),
			       load->free_minutes < 0 ? NULL
						      : command_print(command, "%lld", (long long)load->free_minutes)};
	show_row(command->show, cells);
	return 0;
}

static int load(struct command *command)
{
	enum { WEEK = 7 * 86400 };
	svc_time from = command->now, to;
	int64_t technician = 0;
	command_time(command, "from", &from);
	if (!command_time(command, "to", &to))
		to = from + WEEK;
	int status = command_argument(command, "TECHNICIAN") ? find(command, &technician) : SVC_OK;
	if (status == SVC_OK)
		status = show_list(command->show, "svc.load/1", load_columns,
				   sizeof load_columns / sizeof *load_columns);
	return status == SVC_OK
		       ? svc_technician_load(command->desk, technician, from, to, show_load, command, &command->error)
		       : status;
}

/* ---- the verbs ---- */

#define TECHNICIAN(may)                                                                                                \
	{                                                                                                              \
		.name = "TECHNICIAN", .help = N_("a name or a number like E3"), .complete = COMPLETE_TECHNICIAN,       \
		.optional = (may)                                                                                      \
	}
static const struct command_argument name_argument[] = {
	{.name = "NAME", .help = N_("the name under which the technician is known")},
	{.name = NULL},
};
static const struct command_argument technician_argument[] = {TECHNICIAN(false), {.name = NULL}};
static const struct command_argument load_argument[] = {TECHNICIAN(true), {.name = NULL}};
static const struct command_option absence_options[] = {
	{.name = "from", .kind = VALUE_TIME, .help = N_("since when; a day: from its begin")},
	{.name = "to", .kind = VALUE_TIME, .help = N_("until when; a day: to its end")},
	{.name = "reason", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("why")},
	{.name = NULL},
};
static const struct command_option load_options[] = {
	{.name = "from", .kind = VALUE_TIME, .help = N_("from when on; else now")},
	{.name = "to", .kind = VALUE_TIME, .help = N_("until when; else seven days later")},
	{.name = NULL},
};

static const struct command_verb technician_verbs[] = {
	{
		.name = "add",
		.summary = N_("add a technician"),
		.arguments = name_argument,
		.takes = TAKES_FIELDS | TAKES_DRY_RUN,
		.kind = SVC_TECHNICIAN,
		.field = "name",
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.technician/1",
		.examples =
			(const struct command_example[]){
				{"svc technician add crew-1 --skills gas,electrical --zones city,suburb --shift "
				 "'mon-fri 08:00-17:30; sat 09:00-12:00'",
				 N_("skills and zones are words of the packs")},
				{0},
			},
		.run = records_add,
	},
	{
		.name = "edit",
		.summary = N_("change a technician"),
		.arguments = technician_argument,
		.takes = TAKES_FIELDS | TAKES_DRY_RUN,
		.kind = SVC_TECHNICIAN,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.technician/1",
		.examples =
			(const struct command_example[]){
				{"svc technician edit crew-1 --shift 'mon-sat 09:00-18:00'", N_("other hours of duty")},
				{0}},
		.run = records_edit,
	},
	{
		.name = "show",
		.summary = N_("show one technician"),
		.arguments = technician_argument,
		.kind = SVC_TECHNICIAN,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.technician/1",
		.examples = (const struct command_example[]){{"svc technician show E1", N_("skills, zones, hours")},
							     {0}},
		.run = records_show,
	},
	{
		.name = "list",
		.summary = N_("list technicians"),
		.takes = TAKES_FILTER,
		.kind = SVC_TECHNICIAN,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.technician/1",
		.examples = (const struct command_example[]){{"svc technician list --state active",
							      N_("who works here")},
							     {0}},
		.run = records_list,
	},
	{
		.name = "absence",
		.summary = N_("a technician will be away, or was"),
		.arguments = technician_argument,
		.options = absence_options,
		.takes = TAKES_DRY_RUN,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.absence/1",
		.examples =
			(const struct command_example[]){
				{"svc technician absence crew-1 --from 2026-03-04 --to 2026-03-06 --reason training",
				 N_("visits that fall into it are named")},
				{0},
			},
		.run = absence,
	},
	{
		.name = "absences",
		.summary = N_("list absences"),
		.takes = TAKES_FILTER,
		.kind = SVC_ABSENCE,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.absence/1",
		.examples =
			(const struct command_example[]){
				{"svc technician absences --starts 2026-03-01..2026-03-31", N_("those of a month")},
				{0},
			},
		.run = records_list,
	},
	{
		.name = "leave",
		.summary = N_("a technician works here no more"),
		.arguments = technician_argument,
		.takes = TAKES_DRY_RUN,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.technician/1",
		.examples = (const struct command_example[]){{"svc technician leave crew-1",
							      N_("refused while there are open visits")},
							     {0}},
		.run = leave,
	},
	{
		.name = "return",
		.summary = N_("a technician works here again"),
		.arguments = technician_argument,
		.takes = TAKES_DRY_RUN,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.technician/1",
		.examples = (const struct command_example[]){{"svc technician return crew-1",
							      N_("with the same number")},
							     {0}},
		.run = come_back,
	},
	{
		.name = "load",
		.summary = N_("what technicians have to do, and how much time is left"),
		.arguments = load_argument,
		.options = load_options,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.load/1",
		.examples =
			(const struct command_example[]){
				{"svc technician load --from 2026-03-02 --to 2026-03-07",
				 N_("all of them, for a week")},
				{0},
			},
		.run = load,
	},
	{0},
};

const struct command_noun noun_technician = {"technician", N_("who works where, when, and with which skills"),
					     technician_verbs};
