/* svc ticket tasks, done, drop, checklist and tick: what a stage has made people owe, and the steps of its checklists. */
#include "show/answer.h"
#include "show/text.h"
#include "show/zone.h"
#include "svc/stage.h"
#include "ticket_show.h"

#include <string.h>

/* ---- tasks ---- */

int ticket_tasks(struct command *command)
{
	const char *text = command_argument(command, "TICKET");
	int64_t ticket = 0;
	int status = text ? records_find(command, SVC_TICKET, text, &ticket) : SVC_OK;
	if (status || !ticket)
		return status ? status : records_list(command);
	const char *label = command_print(command, "T%lld", (long long)ticket);
	struct svc_match match = {"ticket", label, label};
	return records_list_of(command, &match);
}

static int settle(struct command *command, bool dropped)
{
	const char *at = command_text(command, "at");
	struct svc_telling told = {SVC_TIME_NONE, command_argument(command, "TEXT")};
	int64_t task;
	if (at)
		svc_time_parse(at, local_zone(), &told.at);
	int status = records_find(command, SVC_TASK, command_argument(command, "TASK"), &task);
	if (!status)
		status = svc_task_settle(command->desk, task, dropped, &told, &command->error);
	return status ? status : records_display(command, SVC_TASK, task);
}

int ticket_done(struct command *command)
{
	return settle(command, false);
}

int ticket_drop(struct command *command)
{
	return settle(command, true);
}

/* ---- checklists ---- */

static const char *step_state(const char *id)
{
	static const char *const words[] = {C_("step", "open"), C_("step", "ticked"), C_("step", "explained")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(strchr(words[i], '\004') + 1, id)) {
			const char *title = svc_text(words[i]);
			return title == words[i] ? id : title;
		}
	return id;
}

static const struct show_column step_columns[] = {
	{.name = "step", .title = N_("step"), .kind = SHOW_ID},
	{.name = "state", .title = N_("state"), .kind = SHOW_WORD, .title_of = step_state},
	{.name = "text", .title = N_("what has to be done"), .kind = SHOW_TEXT},
	{.name = "explanation", .title = N_("explanation"), .kind = SHOW_TEXT},
	{.name = "clause", .title = N_("clause"), .kind = SHOW_TEXT},
	{.name = "stage", .title = N_("stage"), .kind = SHOW_TEXT, .flags = SHOW_LONG},
};

static int take_step(void *context, const struct svc_checklist_step *step)
{
	struct command *command = context;
	const char *cells[] = {step->row->id,     step->state,       step->row->text,
			       step->explanation, step->row->clause, step->stage};
	show_row(command->show, cells);
	return 0;
}

static int list_steps(struct command *command, int64_t ticket, const char *stage)
{
	int status = show_list(command->show, "svc.step/1", step_columns, sizeof step_columns / sizeof *step_columns);
	return status ? status
		      : svc_ticket_checklist(command->desk, ticket, stage, take_step, command, &command->error);
}

int ticket_checklist(struct command *command)
{
	int64_t ticket;
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &ticket);
	return status ? status : list_steps(command, ticket, command_argument(command, "STAGE"));
}

int ticket_tick(struct command *command)
{
	struct svc_tick tick = {.stage = command_text(command, "stage"),
				.step = command_argument(command, "STEP"),
				.explanation = command_text(command, "explain"),
				.at = SVC_TIME_NONE};
	const char *at = command_text(command, "at");
	if (at)
		svc_time_parse(at, local_zone(), &tick.at);
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &tick.ticket);
	if (!status)
		status = svc_ticket_tick(command->desk, &tick, &command->error);
	return status ? status : ticket_changed(command, tick.ticket, _("is ticked"), NULL, NULL);
}
