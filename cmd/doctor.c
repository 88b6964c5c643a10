#include "command.h"
#include "svc/custody.h"
#include "svc/dispatch.h"
#include "svc/stock.h"

static const struct show_column finding_columns[] = {
	{"finding", N_("finding"), SHOW_WORD, 0},
	{"text", N_("what was found"), SHOW_TEXT, 0},
	{"mend", N_("what to do"), SHOW_TEXT, 0},
};

static const struct command_option doctor_options[] = {
	{.name = "rebuild",
	 .kind = VALUE_FLAG,
	 .help = N_("work all records out again from the log of events, then look")},
	{0},
};

/* What is found so far: a fault makes the answer no, a remark does not. */
struct examination {
	struct command *command;
	bool faulty;
};

static void report(struct examination *examination, const char *finding, const char *text, const char *mend)
{
	const char *cells[] = {finding, text, mend};

	show_row(examination->command->show, cells);
}

static void see_damage(void *context, const char *text)
{
	struct examination *examination = context;

	examination->faulty = true;
	report(examination, "damage", text, _("take the last backup, or copy the file away and dump what can be read"));
}

static void see_custody(void *context, const char *text)
{
	struct examination *examination = context;

	examination->faulty = true;
	report(examination, "custody", text, _("look with svc custody history, and settle what is not there"));
}

static void see_debt(void *context, const char *text)
{
	struct examination *examination = context;

	examination->faulty = true;
	report(examination, "debts", text, _("open the ticket again and settle it"));
}

/* Records are what replay of the log gives. */
static int compare_records(struct examination *examination)
{
	struct command *command = examination->command;
	int64_t differences = 0;
	int status = svc_desk_compare(command->desk, &differences, &command->error);

	if (status != SVC_OK || !differences)
		return status;
	examination->faulty = true;
	report(examination, "records",
	       command_print(command, _("%lld records differ from the log of events"), (long long)differences),
	       _("run svc doctor --rebuild"));
	return SVC_OK;
}

static void see_stock(void *context, const char *text)
{
	struct examination *examination = context;

	examination->faulty = true;
	report(examination, "stock", text,
	       _("look at svc part moves and svc part issues; svc part count sets it right"));
}

static void see_overlap(void *context, int64_t technician, int64_t visit, int64_t other)
{
	struct examination *examination = context;
	struct command *command = examination->command;

	examination->faulty = true;
	report(examination, "visits",
	       command_print(command, _("E%lld is promised to V%lld and V%lld at the same time"), (long long)technician,
			     (long long)visit, (long long)other),
	       command_print(command, _("move one with svc dispatch reassign V%lld"), (long long)other));
}

static int look_for_actors(struct examination *examination)
{
	struct command *command = examination->command;
	const struct svc_query all = {0};
	int64_t count = 0;
	int status = svc_count(command->desk, SVC_ACTOR, &all, &count, &command->error);

	if (status == SVC_OK && !count)
		report(examination, "actors", _("nobody is named, so everybody may do everything"),
		       _("name them with svc actor add"));
	return status;
}

/* The pack that answers where no other is named has to be there and whole. */
static int open_default_pack(struct examination *examination)
{
	struct command *command = examination->command;
	struct svc_desk_about about;
	struct svc_policy *policy = NULL;
	struct svc_error fault = {0};
	int status = svc_desk_about(command->desk, &about, &command->error);

	if (status != SVC_OK || !about.policy)
		return status;
	if (svc_policy_open(&policy, about.policy, SVC_DATE_NONE, &command->places, &fault)) {
		examination->faulty = true;
		report(examination, "policy", fault.text,
		       command_print(command, _("look with svc policy check %s"), about.policy));
	}
	svc_policy_free(policy);
	return SVC_OK;
}

static int doctor_run(struct command *command)
{
	struct examination examination = {command, false};
	int status = SVC_OK;

	if (command_flag(command, "rebuild"))
		status = svc_desk_rebuild(command->desk, &command->error);
	if (status == SVC_OK)
		status = show_list(command->show, "svc.finding/1", finding_columns, 3);
	if (status == SVC_OK)
		status = svc_desk_check(command->desk, see_damage, &examination, &command->error);
	if (status == SVC_OK)
		status = compare_records(&examination);
	if (status == SVC_OK)
		status = svc_custody_check(command->desk, see_custody, &examination, &command->error);
	if (status == SVC_OK)
		status = svc_debts_check(command->desk, see_debt, &examination, &command->error);
	if (status == SVC_OK)
		status = svc_stock_check(command->desk, see_stock, &examination, &command->error);
	if (status == SVC_OK)
		status = svc_visits_overlaps(command->desk, see_overlap, &examination, &command->error);
	if (status == SVC_OK)
		status = look_for_actors(&examination);
	if (status == SVC_OK)
		status = open_default_pack(&examination);
	return status == SVC_OK && examination.faulty ? SVC_NO : status;
}

static const struct command_verb doctor_verbs[] = {
	{
		.name = "",
		.summary = N_("look through the desk for faults"),
		.options = doctor_options,
		.needs = NEEDS_WRITE,
		.own_transaction = true,
		.outputs = OUTPUT_LIST,
		.schema = "svc.finding/1",
		.examples =
			(const struct command_example[]){
				{"svc doctor",
				 N_("what is wrong with the desk, if anything; exit 1 when something is")},
				{"svc doctor --rebuild", N_("work all records out again from the log, then look")},
				{0},
			},
		.run = doctor_run,
	},
	{0},
};

const struct command_noun noun_doctor = {"doctor", N_("look through the desk for faults"), doctor_verbs};
