/* svc dispatch: who goes, and when. */
#include "trip.h"

#include <string.h>

static int read_trip(struct command *command, struct svc_trip *trip)
{
	int status = trip_read(command, trip);
	return status == SVC_OK ? records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &trip->ticket)
				: status;
}

/* ---- questions ---- */

static int show_candidate(void *context, const struct svc_feasibility *feasibility)
{
	struct command *command = context;
	show_row(command->show, trip_cells(command, feasibility));
	return 0;
}

static int candidates(struct command *command)
{
	struct svc_trip trip;
	int status = read_trip(command, &trip);
	if (status == SVC_OK)
		status = show_list(command->show, "svc.feasibility/1", trip_columns, trip_column_count);
	return status == SVC_OK
		       ? svc_dispatch_candidates(command->desk, &trip, show_candidate, command, &command->error)
		       : status;
}

struct checking {
	struct command *command;
	enum svc_constraint constraint;
	int status;
};

static int show_check(void *context, const struct svc_feasibility *feasibility)
{
	struct checking *checking = context;
	struct command *command = checking->command;
	checking->constraint = feasibility->constraint;
	checking->status = show_record(command->show, "svc.feasibility/1", trip_columns, trip_column_count,
				       trip_cells(command, feasibility));
	return 0;
}

static int check(struct command *command)
{
	struct svc_trip trip;
	struct checking checking = {.command = command};
	int64_t technician;
	int status = read_trip(command, &trip);
	if (status == SVC_OK)
		status = trip_technician(command, true, &technician);
	if (status == SVC_OK)
		status = svc_dispatch_check(command->desk, &trip, technician, show_check, &checking, &command->error);
	if (status == SVC_OK)
		status = checking.status;
	return status == SVC_OK && checking.constraint != SVC_TRIP_FITS ? SVC_NO : status;
}

/* ---- promises ---- */

static int assign(struct command *command)
{
	struct svc_assigning assigning = {.note = command_text(command, "note")};
	struct trip_said said = {.command = command};
	int64_t visit;
	int status = read_trip(command, &assigning.trip);
	if (status == SVC_OK)
		status = trip_technician(command, true, &assigning.technician);
	if (status == SVC_OK)
		status = svc_dispatch_assign(command->desk, &assigning, &visit, trip_listen, &said, &command->error);
	return status == SVC_OK ? trip_show_visit(&said, visit) : status;
}

static int reassign(struct command *command)
{
	struct svc_moving moving = {
		.from = SVC_TIME_NONE, .to = SVC_TIME_NONE, .facts = command->facts, .fact_count = command->fact_count};
	struct trip_said said = {.command = command};
	bool begins = command_time(command, "from", &moving.from), ends = command_time(command, "to", &moving.to);
	if (begins != ends)
		return command_fail(command, SVC_USAGE, _("a visit needs a window: --from TIME --to TIME"));
	if (!begins && !command_text(command, "technician"))
		return command_fail(command, SVC_USAGE, _("say who with --technician TECHNICIAN"));
	int status = records_find(command, SVC_VISIT, command_argument(command, "VISIT"), &moving.visit);
	if (status == SVC_OK)
		status = trip_technician(command, false, &moving.technician);
	if (status == SVC_OK)
		status = svc_dispatch_reassign(command->desk, &moving, trip_listen, &said, &command->error);
	return status == SVC_OK ? trip_show_visit(&said, moving.visit) : status;
}

/* ---- the board ---- */

/* Time that is free is not what costs nothing. */
static const char *what_word(const char *id)
{
	const char *title = svc_text(C_("board", "free"));
	if (strcmp(id, "free") != 0)
		return ticket_word(id);
	return strchr(title, '\004') ? id : title;
}

static const struct show_column board_columns[] = {
	{.name = "technician", .title = N_("technician"), .kind = SHOW_ID},
	{.name = "name", .title = N_("name"), .kind = SHOW_TEXT},
	{.name = "from", .title = N_("from"), .kind = SHOW_TIME},
	{.name = "to", .title = N_("to"), .kind = SHOW_TIME},
	{.name = "what", .title = N_("what"), .kind = SHOW_WORD, .title_of = what_word},
	{.name = "record", .title = N_("record"), .kind = SHOW_TEXT},
	{.name = "state", .title = N_("state"), .kind = SHOW_WORD, .title_of = ticket_word},
	{.name = "ticket", .title = N_("ticket"), .kind = SHOW_TEXT},
};

static int show_entry(void *context, const struct svc_entry *entry)
{
	struct command *command = context;
	char from[32], to[32];
	svc_time_format(entry->from, NULL, from);
	svc_time_format(entry->to, NULL, to);
	const char *cells[] = {command_print(command, "E%lld", (long long)entry->technician),
			       entry->name,
			       from,
			       to,
			       entry->what,
			       entry->label,
			       entry->state,
			       entry->ticket};
	show_row(command->show, cells);
	return 0;
}

static int board(struct command *command)
{
	svc_date day = command_today(command);
	int64_t technician;
	command_date(command, "day", &day);
	int status = trip_technician(command, false, &technician);
	if (status == SVC_OK)
		status = show_list(command->show, "svc.board/1", board_columns,
				   sizeof board_columns / sizeof *board_columns);
	return status == SVC_OK
		       ? svc_dispatch_board(command->desk, day, technician, show_entry, command, &command->error)
		       : status;
}

/* ---- the verbs ---- */

static const struct command_argument ticket_argument[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = NULL},
};
static const struct command_argument visit_argument[] = {
	{.name = "VISIT", .help = N_("a visit like V12"), .complete = COMPLETE_VISIT},
	{.name = NULL},
};

static const struct command_verb dispatch_verbs[] = {
	{
		.name = "candidates",
		.summary = N_("who could make a visit, the best first"),
		.arguments = ticket_argument,
		.options = trip_candidates_options,
		.takes = TAKES_FACTS,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.feasibility/1",
		.examples =
			(const struct command_example[]){
				{"svc dispatch candidates T1 --from 2026-03-02T09:00 --to 2026-03-02T11:00 --needs gas",
				 N_("who could come on Monday morning")},
				{0},
			},
		.run = candidates,
	},
	{
		.name = "check",
		.summary = N_("whether a technician could keep a visit, and when else"),
		.arguments = ticket_argument,
		.options = trip_options,
		.takes = TAKES_FACTS,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.feasibility/1",
		.examples =
			(const struct command_example[]){
				{"svc dispatch check T1 --technician E1 --from 2026-03-02T09:00 --to 2026-03-02T11:00",
				 N_("exit 1 when the window can't be kept")},
				{0},
			},
		.run = check,
	},
	{
		.name = "assign",
		.summary = N_("plan a visit"),
		.arguments = ticket_argument,
		.options = trip_assign_options,
		.takes = TAKES_FACTS | TAKES_DRY_RUN,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.visit/1",
		.examples = (const struct command_example[]){{"svc dispatch assign T1 --technician E1 --from "
							      "2026-03-02T09:00 --to 2026-03-02T11:00 --travel 30",
							      N_("refused when the technician can't keep it")},
							     {0}},
		.run = assign,
	},
	{
		.name = "reassign",
		.summary = N_("give a planned visit to another technician, or another time"),
		.arguments = visit_argument,
		.options = trip_reassign_options,
		.takes = TAKES_FACTS | TAKES_DRY_RUN,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.visit/1",
		.examples = (const struct command_example[]){{"svc dispatch reassign V1 --technician E2",
							      N_("another technician takes it over")},
							     {0}},
		.run = reassign,
	},
	{
		.name = "board",
		.summary = N_("who does what on a day, and who is free when"),
		.options = trip_board_options,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.board/1",
		.examples = (const struct command_example[]){{"svc dispatch board --day 2026-03-02", N_("one day")},
							     {0}},
		.run = board,
	},
	{0},
};

const struct command_noun noun_dispatch = {"dispatch", N_("who goes to a customer, and when"), dispatch_verbs};
