#include "command.h"
#include "events.h"
#include "show/zone.h"

#include <string.h>

static const struct command_argument log_arguments[] = {
	{"SUBJECT", N_("a record like T1024, U17, C12 or A3; default: all"), COMPLETE_TICKET, .optional = true},
	{0},
};
static const struct command_option log_options[] = {
	{.name = "verb",
	 .kind = VALUE_TEXT,
	 .label = N_("WHAT"),
	 .help = N_("events of one kind: opened, edited, imported, ...")},
	{.name = "actor",
	 .kind = VALUE_TEXT,
	 .label = N_("ACTOR"),
	 .help = N_("what one actor did"),
	 .complete = COMPLETE_ACTOR},
	{.name = "from", .kind = VALUE_TIME, .help = N_("what happened at this time or later")},
	{.name = "to", .kind = VALUE_TIME, .help = N_("what happened up to this time; a date includes its whole day")},
	{.name = "newest", .kind = VALUE_FLAG, .help = N_("the newest first")},
	{.name = "limit", .kind = VALUE_INTEGER, .least = 1, .most = INT64_MAX, .help = N_("show at most so many")},
	{0},
};

static svc_time instant(const struct command *command, const char *option, bool end_of_day)
{
	const char *given = command_text(command, option);
	svc_time at = SVC_TIME_NONE;
	svc_date date;

	if (given && svc_date_parse(given, &date))
		return svc_zone_time(local_zone(), end_of_day ? date + 1 : date, 0) - (end_of_day ? 1 : 0);
	if (given)
		(void)svc_time_parse(given, local_zone(), &at);
	return at;
}

/* A record has an event at least: a number without one is a slip, and not an empty list. */
static int check_subject(struct command *command)
{
	const char *subject = command_argument(command, "SUBJECT");
	int64_t id;

	for (int kind = 0; subject && kind < SVC_KIND_COUNT; kind++) {
		if (*subject == svc_kind_letter(kind) && subject[1] && !subject[1 + strspn(subject + 1, "0123456789")])
			return records_find(command, kind, subject, &id);
	}
	return SVC_OK;
}

static int log_show(struct command *command)
{
	struct svc_event_query query = {
		.subject = command_argument(command, "SUBJECT"),
		.verb = command_text(command, "verb"),
		.actor = command_text(command, "actor"),
		.from = instant(command, "from", false),
		.to = instant(command, "to", true),
		.limit = command_integer(command, "limit"),
		.newest_first = command_flag(command, "newest"),
	};
	int status = check_subject(command);

	if (status == SVC_OK)
		status = events_head(command);
	return status == SVC_OK ? svc_log(command->desk, &query, events_row, command, &command->error) : status;
}

static const struct command_verb log_verbs[] = {
	{
		.name = "",
		.summary = N_("show what was done, by whom and when"),
		.arguments = log_arguments,
		.options = log_options,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.event/1",
		.examples =
			(const struct command_example[]){
				{"svc log --newest --limit 20", N_("the last twenty events of the desk")},
				{"svc log T1 --json", N_("the story of one ticket, for a script")},
				{0},
			},
		.run = log_show,
	},
	{0},
};

const struct command_noun noun_log = {"log", N_("show what was done, by whom and when"), log_verbs};
