/* svc undo: the last command of who acts, taken back. */
#include "svc/undo.h"
#include "command.h"

#include <jansson.h>

struct telling {
	struct command *command;
	json_t *events;
};

static int tell(void *context, const struct svc_undoing *undoing)
{
	const struct telling *telling = context;
	const struct svc_event *event = undoing->event;
	json_t *entry = json_pack("{s:s, s:s, s:s}", "id",
				  command_print(telling->command, "%lld", (long long)event->id), "subject",
				  event->subject, "verb", event->verb);

	if (undoing->again)
		show_line(telling->command->show, _("counts again: %s %s"), event->subject, event->verb);
	else if (undoing->gone)
		show_line(telling->command->show, _("taken back: %s %s, and it is gone"), event->subject, event->verb);
	else
		show_line(telling->command->show, _("taken back: %s %s"), event->subject, event->verb);
	json_object_set_new(entry, "again", json_boolean(undoing->again));
	json_object_set_new(entry, "gone", json_boolean(undoing->gone));
	json_array_append_new(telling->events, entry);
	return 0;
}

static int run(struct command *command)
{
	struct telling telling = {command, json_array()};
	int status = svc_undo(command->desk, tell, &telling, &command->error);

	if (status == SVC_OK)
		status = show_object(command->show,
				     json_pack("{s:s, s:O}", "schema", "svc.undo/1", "events", telling.events));
	json_decref(telling.events);
	return status;
}

static const struct command_example examples[] = {
	{"svc undo --dry-run", N_("what would be taken back")},
	{"svc undo", N_("take back the last command; once more, and it counts again")},
	{.line = NULL},
};
static const struct command_verb verbs[] = {
	{.name = "",
	 .summary = N_("take back your last command"),
	 .takes = TAKES_DRY_RUN,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_REPORT | OUTPUT_JSON | OUTPUT_JSONL,
	 .schema = "svc.undo/1",
	 .examples = examples,
	 .run = run},
	{.run = NULL},
};

const struct command_noun noun_undo = {
	.name = "undo",
	.summary = N_("take back your last command, where nothing has been built on it"),
	.verbs = verbs,
};
