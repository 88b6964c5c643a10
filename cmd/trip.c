#include "trip.h"

#include "show/answer.h"
#include "show/text.h"
#include "show/zone.h"

/* ---- options ---- */

#define WINDOW                                                                                                         \
	{.name = "from", .kind = VALUE_TIME, .help = N_("when the window begins in which the technician arrives")},    \
	{                                                                                                              \
		.name = "to", .kind = VALUE_TIME, .help = N_("when the window ends")                                   \
	}
#define TRIP                                                                                                           \
	WINDOW, {.name = "minutes", .kind = VALUE_INTEGER, .help = N_("minutes of work")},                             \
		{.name = "travel", .kind = VALUE_INTEGER, .help = N_("minutes of the way there")},                     \
	{                                                                                                              \
		.name = "needs", .kind = VALUE_TEXT, .label = N_("SKILLS"),                                            \
		.help = N_("skills that are needed, joined by commas; else those that the ticket says")                \
	}
#define TECHNICIAN                                                                                                     \
	{                                                                                                              \
		.name = "technician", .kind = VALUE_TEXT, .label = N_("TECHNICIAN"),                                   \
		.help = N_("a name or a number like E3"), .complete = COMPLETE_TECHNICIAN                              \
	}
const struct command_option trip_candidates_options[] = {TRIP, {.name = NULL}};
const struct command_option trip_options[] = {TECHNICIAN, TRIP, {.name = NULL}};
const struct command_option trip_assign_options[] = {
	TECHNICIAN,
	TRIP,
	{.name = "note", .kind = VALUE_TEXT, .help = N_("what the technician should know")},
	{.name = NULL},
};
const struct command_option trip_reassign_options[] = {TECHNICIAN, WINDOW, {.name = NULL}};
const struct command_option trip_board_options[] = {
	{.name = "day", .kind = VALUE_DATE, .help = N_("which day; else today")},
	TECHNICIAN,
	{.name = NULL},
};

/* ---- reading ---- */

int trip_read(struct command *command, struct svc_trip *trip)
{
	*trip = (struct svc_trip){.minutes = command_integer(command, "minutes"),
				  .travel = command_integer(command, "travel"),
				  .needs = command_text(command, "needs"),
				  .facts = command->facts,
				  .fact_count = command->fact_count};
	if (!command_time(command, "from", &trip->from) || !command_time(command, "to", &trip->to))
		return command_fail(command, SVC_USAGE, _("a visit needs a window: --from TIME --to TIME"));
	if (!command_text(command, "travel"))
		command_say(command, _("the way there is not known and counts as 0 minutes; give it with --travel"));
	return SVC_OK;
}

int trip_technician(struct command *command, bool needed, int64_t *technician)
{
	const char *text = command_text(command, "technician");
	*technician = 0;
	if (text)
		return records_find(command, SVC_TECHNICIAN, text, technician);
	return needed ? command_fail(command, SVC_USAGE, _("say who with --technician TECHNICIAN")) : SVC_OK;
}

/* ---- showing ---- */

const struct show_column trip_columns[] = {
	{.name = "technician", .title = N_("technician"), .kind = SHOW_ID},
	{.name = "name", .title = N_("name"), .kind = SHOW_TEXT},
	{.name = "verdict", .title = N_("verdict"), .kind = SHOW_WORD, .title_of = verdict_word},
	{.name = "constraint", .title = N_("what fails"), .kind = SHOW_WORD, .title_of = ticket_word},
	{.name = "what", .title = N_("in the way"), .kind = SHOW_TEXT, .flags = SHOW_LONG},
	{.name = "reason", .title = N_("reason"), .kind = SHOW_TEXT},
	{.name = "slot_from", .title = N_("next from"), .kind = SHOW_TIME},
	{.name = "slot_to", .title = N_("next to"), .kind = SHOW_TIME},
	{.name = "slot_technician", .title = N_("next with"), .kind = SHOW_TEXT, .flags = SHOW_LONG},
	{.name = "open_visits", .title = N_("open visits"), .kind = SHOW_INTEGER},
	{.name = "free_at", .title = N_("free from"), .kind = SHOW_TIME},
	{.name = "leave_by", .title = N_("leave by"), .kind = SHOW_TIME},
	{.name = "then", .title = N_("then"), .kind = SHOW_TEXT},
	{.name = "clauses", .title = N_("clauses"), .kind = SHOW_TEXT},
};
const size_t trip_column_count = sizeof trip_columns / sizeof *trip_columns;

static const char *time_cell(const struct command *command, svc_time at)
{
	char text[32];
	svc_time_format(at, NULL, text);
	return command_print(command, "%s", text);
}

static const char *label_cell(const struct command *command, int64_t technician)
{
	return technician ? command_print(command, "E%lld", (long long)technician) : NULL;
}

/* Titles for people, ids for scripts. */
static const char *then_cell(const struct command *command, const struct svc_feasibility *feasibility)
{
	const char *list = "";
	bool people = show_people(command->show);
	for (size_t i = 0; feasibility->answer && i < feasibility->answer->then_count; i++) {
		const char *word = feasibility->answer->then[i];
		list = command_print(command, "%s%s%s", list,
				     !i       ? ""
				     : people ? svc_text(", ")
					      : ",",
				     people ? svc_policy_word_title(feasibility->policy, NULL, word) : word);
	}
	return list;
}

static const char *clauses_cell(const struct command *command, const struct svc_feasibility *feasibility)
{
	const char *list = "";
	for (size_t i = 0; feasibility->answer && i < feasibility->answer->clause_count; i++)
		list = command_print(command, "%s%s%s", list, i ? "," : "", feasibility->answer->clauses[i]);
	return list;
}

static const char *leave_cell(const struct command *command, const struct svc_feasibility *feasibility)
{
	const struct svc_answer *answer = feasibility->answer;
	return answer && answer->leave_by.kind == SVC_MOMENT_TIME ? time_cell(command, answer->leave_by.at) : NULL;
}

const char *const *trip_cells(struct command *command, const struct svc_feasibility *feasibility)
{
	bool fits = feasibility->constraint == SVC_TRIP_FITS, slot = feasibility->slot_technician;
	const char *const cells[] = {
		label_cell(command, feasibility->technician),
		command_print(command, "%s", feasibility->name),
		svc_verdict_id(fits ? SVC_FEASIBLE : SVC_INFEASIBLE),
		svc_constraint_id(feasibility->constraint),
		feasibility->what ? command_print(command, "%s", feasibility->what) : NULL,
		feasibility->text ? command_print(command, "%s", feasibility->text) : NULL,
		slot ? time_cell(command, feasibility->slot_from) : NULL,
		slot ? time_cell(command, feasibility->slot_to) : NULL,
		label_cell(command, feasibility->slot_technician),
		command_print(command, "%lld", (long long)feasibility->open_visits),
		feasibility->free_at != SVC_TIME_NONE ? time_cell(command, feasibility->free_at) : NULL,
		leave_cell(command, feasibility),
		then_cell(command, feasibility),
		clauses_cell(command, feasibility),
	};
	const char **kept = command_memory(command, sizeof cells);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		kept[i] = cells[i];
	return kept;
}

static const char *missing_names(const struct command *command, const struct svc_feasibility *feasibility)
{
	const char *list = "";
	for (size_t i = 0; feasibility->answer && i < feasibility->answer->missing_count; i++)
		list = command_print(command, "%s%s%s", list, i ? ", " : "", feasibility->answer->missing[i]);
	return list;
}

int trip_listen(void *context, const struct svc_feasibility *feasibility)
{
	struct trip_said *said = context;
	said->then = then_cell(said->command, feasibility);
	if (feasibility->technician)
		said->leave_by = leave_cell(said->command, feasibility);
	said->missing = missing_names(said->command, feasibility);
	return 0;
}

int trip_show_visit(struct trip_said *said, int64_t visit)
{
	struct show *show = said->command->show;
	int status = records_display(said->command, SVC_VISIT, visit);
	svc_time at;
	char local[32];
	if (status == SVC_OK && said->leave_by && svc_time_parse(said->leave_by, NULL, &at)) {
		svc_time_format(at, local_zone(), local);
		show_line(show, _("leave by %.10s %.5s"), local, local + 11);
	}
	if (status == SVC_OK && said->then && *said->then)
		show_line(show, _("the rules say: %s"), said->then);
	if (status == SVC_OK && said->missing && *said->missing)
		show_line(show, _("to know what the rules say, give: %s"), said->missing);
	return status;
}
