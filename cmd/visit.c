/* svc visit: one trip of a technician, from the departure to its end. */
#include "trip.h"

static int find(struct command *command, int64_t *visit)
{
	return records_find(command, SVC_VISIT, command_argument(command, "VISIT"), visit);
}

static int step(struct command *command, enum svc_visit_event event, const char *text)
{
	struct trip_said said = {.command = command};
	struct svc_visit_telling telling = {.event = event,
					    .at = SVC_TIME_NONE,
					    .text = text,
					    .facts = command->facts,
					    .fact_count = command->fact_count};
	int64_t visit;
	command_time(command, "at", &telling.at);
	int status = find(command, &visit);
	if (status == SVC_OK)
		status = svc_visit_step(command->desk, visit, &telling, trip_listen, &said, &command->error);
	return status == SVC_OK ? trip_show_visit(&said, visit) : status;
}

static int depart(struct command *command)
{
	return step(command, SVC_VISIT_DEPART, command_argument(command, "TEXT"));
}

static int arrive(struct command *command)
{
	return step(command, SVC_VISIT_ARRIVE, command_argument(command, "TEXT"));
}

static int start(struct command *command)
{
	return step(command, SVC_VISIT_START, command_argument(command, "TEXT"));
}

static int finish(struct command *command)
{
	return step(command, SVC_VISIT_FINISH, command_text(command, "remaining"));
}

static int no_one_home(struct command *command)
{
	return step(command, SVC_VISIT_NO_ONE_HOME, command_argument(command, "TEXT"));
}

static int cancel(struct command *command)
{
	return step(command, SVC_VISIT_CANCEL, command_argument(command, "TEXT"));
}

static int drop(struct command *command)
{
	return step(command, SVC_VISIT_DROP, command_argument(command, "TEXT"));
}

static int next(struct command *command)
{
	struct trip_said said = {.command = command};
	struct svc_trip trip;
	int64_t visit, technician, planned;
	int status = trip_read(command, &trip);
	if (status == SVC_OK)
		status = find(command, &visit);
	if (status == SVC_OK)
		status = trip_technician(command, false, &technician);
	if (status == SVC_OK)
		status = svc_visit_next(command->desk, visit, &trip, technician, &planned, trip_listen, &said,
					&command->error);
	return status == SVC_OK ? trip_show_visit(&said, planned) : status;
}

static const struct command_argument visit_argument[] = {
	{.name = "VISIT", .help = N_("a visit like V12"), .complete = COMPLETE_VISIT},
	{.name = NULL},
};
static const struct command_argument text_arguments[] = {
	{.name = "VISIT", .help = N_("a visit like V12"), .complete = COMPLETE_VISIT},
	{.name = "TEXT", .help = N_("what is to be remembered"), .optional = true},
	{.name = NULL},
};
#define AT                                                                                                             \
	{                                                                                                              \
		.name = "at", .kind = VALUE_TIME, .help = N_("when it happened; else now")                             \
	}
static const struct command_option step_options[] = {AT, {.name = NULL}};
static const struct command_option finish_options[] = {
	AT,
	{.name = "remaining", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what is left to do")},
	{.name = NULL},
};

#define STEP(verb, says, more, function, example, shows)                                                               \
	{                                                                                                              \
		.name = verb, .summary = says, .arguments = text_arguments, .options = step_options,                   \
		.takes = TAKES_DRY_RUN | (more), .needs = NEEDS_WRITE, .outputs = OUTPUT_RECORD,                       \
		.schema = "svc.visit/1", .examples = (const struct command_example[]){{example, shows}, {0}},          \
		.run = function                                                                                        \
	}

static const struct command_verb visit_verbs[] = {
	STEP("depart", N_("the technician is on the way"), 0, depart, "svc visit depart V1 --at 2026-03-02T08:40",
	     N_("it was written down later")),
	STEP("arrive", N_("the technician is there"), TAKES_FACTS, arrive, "svc visit arrive V1",
	     N_("minutes after the window are kept as late")),
	STEP("start", N_("the work begins"), 0, start, "svc visit start V1", N_("now")),
	{
		.name = "finish",
		.summary = N_("the technician is done, with all or a part of it"),
		.arguments = visit_argument,
		.options = finish_options,
		.takes = TAKES_DRY_RUN,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.visit/1",
		.examples = (const struct command_example[]){{"svc visit finish V1 --remaining 'fit the second panel'",
							      N_("the rest is for the next visit")},
							     {0}},
		.run = finish,
	},
	STEP("no-one-home", N_("nobody was there"), 0, no_one_home, "svc visit no-one-home V2 'rang twice'",
	     N_("the visit is over; svc visit next plans another")),
	STEP("cancel", N_("the visit does not take place"), 0, cancel, "svc visit cancel V3 'the customer called'",
	     N_("the technician is free again")),
	STEP("drop", N_("what a visit left to do is not wanted any more"), 0, drop,
	     "svc visit drop V1 'the customer does it himself'", N_("the ticket can be closed without it")),
	{
		.name = "next",
		.summary = N_("plan the visit that takes up one that is over"),
		.arguments = visit_argument,
		.options = trip_options,
		.takes = TAKES_FACTS | TAKES_DRY_RUN,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.visit/1",
		.examples =
			(const struct command_example[]){
				{"svc visit next V1 --from 2026-03-03T09:00 --to 2026-03-03T11:00",
				 N_("by the same technician, with what was left to do")},
				{0},
			},
		.run = next,
	},
	{
		.name = "list",
		.summary = N_("list visits"),
		.takes = TAKES_FILTER,
		.kind = SVC_VISIT,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.visit/1",
		.examples =
			(const struct command_example[]){
				{"svc visit list --state planned --technician E1", N_("what a technician still has")},
				{0},
			},
		.run = records_list,
	},
	{
		.name = "show",
		.summary = N_("show one visit"),
		.arguments = visit_argument,
		.kind = SVC_VISIT,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.visit/1",
		.examples = (const struct command_example[]){{"svc visit show V1", N_("with what is left to do")}, {0}},
		.run = records_show,
	},
	{0},
};

const struct command_noun noun_visit = {"visit", N_("trips of technicians, from the departure to the end"),
					visit_verbs};
