/* svc ticket advance and stages: where a ticket stands in the workflow of its pack, and how it goes on. */
#include "show/answer.h"
#include "show/text.h"
#include "show/zone.h"
#include "svc/stage.h"
#include "ticket_show.h"

/* ---- stages ---- */

static const struct show_column way_columns[] = {
	{.name = "event", .title = N_("event"), .kind = SHOW_ID},
	{.name = "title", .title = N_("what happens"), .kind = SHOW_TEXT},
	{.name = "to", .title = N_("leads to"), .kind = SHOW_TEXT},
	{.name = "verdict", .title = N_("verdict"), .kind = SHOW_WORD, .title_of = verdict_word},
	{.name = "lacks", .title = N_("still needed"), .kind = SHOW_TEXT},
	{.name = "by", .title = N_("by"), .kind = SHOW_TEXT},
	{.name = "clause", .title = N_("clause"), .kind = SHOW_TEXT},
	{.name = "stage", .title = N_("stage"), .kind = SHOW_TEXT, .flags = SHOW_LONG},
};

struct stages {
	struct command *command;
	struct svc_standing standing;
	int64_t ticket;
};

static int take_standing(void *context, const struct svc_standing *standing)
{
	struct stages *stages = context;
	struct show *show = stages->command->show;
	stages->standing = *standing;
	if (standing->closed)
		show_mood(show, SHOW_BOLD, _("T%lld is closed"), (long long)stages->ticket);
	else if (!standing->stage)
		show_mood(show, SHOW_BOLD, _("T%lld has not begun; give the stage as stage=WORD"),
			  (long long)stages->ticket);
	else if (standing->holder)
		show_mood(show, SHOW_BOLD, _("T%lld stands at %s, with %s"), (long long)stages->ticket,
			  standing->stage_title, standing->holder);
	else
		show_mood(show, SHOW_BOLD, _("T%lld stands at %s"), (long long)stages->ticket, standing->stage_title);
	return show_list(show, "svc.way/1", way_columns, sizeof way_columns / sizeof *way_columns);
}

static void add_names(const struct stages *stages, struct text *list, const char **names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (list->length)
			text_puts(list, show_people(stages->command->show) ? svc_text(", ") : ",");
		if (show_people(stages->command->show))
			add_title(list, stages->standing.policy, names[i]);
		else
			text_puts(list, names[i]);
	}
}

static int take_way(void *context, const struct svc_way *way)
{
	struct stages *stages = context;
	const struct svc_answer *answer = way->answer;
	struct text lacks = {0};
	bool people = show_people(stages->command->show);
	add_names(stages, &lacks, answer->requires, answer->require_count);
	add_names(stages, &lacks, answer->missing, answer->missing_count);
	const char *cells[] = {way->exit->event,
			       way->exit->title,
			       people ? way->exit->to_title : way->exit->to,
			       svc_verdict_id(answer->verdict),
			       lacks.bytes,
			       way->exit->by,
			       answer->clause_count ? answer->clauses[0] : way->exit->clause,
			       stages->standing.stage};
	show_row(stages->command->show, cells);
	text_release(&lacks);
	return 0;
}

int ticket_stages(struct command *command)
{
	struct stages stages = {.command = command};
	struct svc_ways ways = {take_standing, take_way, &stages};
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &stages.ticket);
	return status ? status
		      : svc_ticket_stages(command->desk, stages.ticket, command->facts, command->fact_count, &ways,
					  &command->error);
}

/* ---- what is told of a ticket ---- */

static struct svc_telling telling(const struct command *command, const char *text)
{
	const char *at = command_text(command, "at");
	struct svc_telling told = {SVC_TIME_NONE, text};
	if (at)
		svc_time_parse(at, local_zone(), &told.at); /* of a day: its first second */
	return told;
}

/* ---- advance ---- */

int ticket_advance(struct command *command)
{
	struct svc_advance advance = {.event = command_argument(command, "EVENT"),
				      .facts = command->facts,
				      .fact_count = command->fact_count,
				      .told = telling(command, command_text(command, "text")),
				      .outcome = command_text(command, "outcome"),
				      .override = command_text(command, "override")};
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &advance.ticket);
	if (!status)
		status = svc_ticket_advance(command->desk, &advance, &answer, &policy, &command->error);
	if (!status)
		status = ticket_changed(command, advance.ticket, _("goes on"), policy, &answer);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

/* ---- out of the course ---- */

static int find_ticket(struct command *command, int64_t *ticket)
{
	return records_find(command, SVC_TICKET, command_argument(command, "TICKET"), ticket);
}

int ticket_merge(struct command *command)
{
	struct svc_telling told = telling(command, command_argument(command, "TEXT"));
	int64_t ticket, into;
	int status = find_ticket(command, &ticket);
	if (!status)
		status = records_find(command, SVC_TICKET, command_argument(command, "INTO"), &into);
	if (!status)
		status = svc_ticket_merge(command->desk, ticket, into, &told, &command->error);
	return status ? status : ticket_changed(command, ticket, _("is merged"), NULL, NULL);
}

int ticket_cancel(struct command *command)
{
	struct svc_telling told = telling(command, command_argument(command, "TEXT"));
	int64_t ticket;
	int status = find_ticket(command, &ticket);
	if (!status)
		status = svc_ticket_cancel(command->desk, ticket, &told, &command->error);
	return status ? status : ticket_changed(command, ticket, _("is cancelled"), NULL, NULL);
}

int ticket_escalate(struct command *command)
{
	struct svc_telling told = telling(command, command_argument(command, "TEXT"));
	int64_t ticket;
	int status = find_ticket(command, &ticket);
	if (!status)
		status = svc_ticket_escalate(command->desk, ticket, command_argument(command, "TO"), &told,
					     &command->error);
	return status ? status : ticket_changed(command, ticket, _("is passed up"), NULL, NULL);
}
