#include "events.h"

#include "show/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct show_column event_columns[] = {
	{"id", N_("event"), SHOW_ID, 0},
	{"occurred", N_("happened"), SHOW_TIME, 0},
	{"recorded", N_("written down"), SHOW_TIME, SHOW_LONG},
	{"actor", N_("by"), SHOW_TEXT, 0},
	{"subject", N_("subject"), SHOW_ID, 0},
	{"verb", N_("what"), SHOW_WORD, 0},
	{"details", N_("details"), SHOW_TEXT, 0},
	{"payload", N_("payload"), SHOW_JSON, SHOW_LONG},
	{"key", N_("key"), SHOW_TEXT, SHOW_LONG},
	{"corrects", N_("corrects"), SHOW_ID, SHOW_LONG},
};
enum { EVENT_COLUMNS = sizeof(event_columns) / sizeof(event_columns[0]) };

static void add_value(struct text *out, const char *name, const json_t *value)
{
	char *dumped = NULL;

	if (!json_is_string(value))
		dumped = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	text_print(out, "%s%s=%s", out->length ? " " : "", name, dumped ? dumped : json_string_value(value));
	free(dumped);
}

/* A payload for people: its innermost names and values, without what only replay needs. */
static void add_details(struct text *out, const json_t *object)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)object, name, value)
	{
		if (json_is_object(value))
			add_details(out, value);
		else if (!json_is_null(value) && strcmp(name, "version") != 0 && strcmp(name, "v") != 0)
			add_value(out, name, value);
	}
}

int events_head(struct command *command)
{
	return show_list(command->show, "svc.event/1", event_columns, EVENT_COLUMNS);
}

int events_row(void *context, const struct svc_event *event)
{
	struct command *command = context;
	char id[24], occurred[32], recorded[32], corrects[24] = "";
	struct text details = {0};

	snprintf(id, sizeof(id), "%" PRId64, event->id);
	svc_time_format(event->occurred_at, NULL, occurred);
	svc_time_format(event->recorded_at, NULL, recorded);
	if (event->corrects)
		snprintf(corrects, sizeof(corrects), "%" PRId64, event->corrects);
	/* Details are the payload in a person's words; a script reads the payload itself. */
	bool told = event->payload && show_people(command->show);
	json_t *payload = told ? json_loads(event->payload, 0, NULL) : NULL;
	add_details(&details, payload);
	json_decref(payload);
	const char *cells[EVENT_COLUMNS] = {id,          occurred,      recorded,       event->actor, event->subject,
					    event->verb, details.bytes, event->payload, event->key,   corrects};
	show_row(command->show, cells);
	text_release(&details);
	return 0;
}

/* ---- the events of several subjects, in order ---- */

struct kept_event {
	struct kept_event *next;
	struct svc_event event;
};
struct keeping {
	struct command *command;
	struct kept_event *first;
	size_t count;
};

static const char *kept(const struct command *command, const char *text)
{
	return text ? command_print(command, "%s", text) : NULL;
}

static int keep_event(void *context, const struct svc_event *event)
{
	struct keeping *keeping = context;
	struct kept_event *copy = command_memory(keeping->command, sizeof(*copy));

	copy->event = *event;
	copy->event.actor = kept(keeping->command, event->actor);
	copy->event.key = kept(keeping->command, event->key);
	copy->event.subject = kept(keeping->command, event->subject);
	copy->event.verb = kept(keeping->command, event->verb);
	copy->event.payload = kept(keeping->command, event->payload);
	copy->next = keeping->first;
	keeping->first = copy;
	keeping->count++;
	return 0;
}

static int by_time(const void *a, const void *b)
{
	const struct svc_event *x = *(const struct svc_event *const *)a, *y = *(const struct svc_event *const *)b;

	if (x->occurred_at != y->occurred_at)
		return x->occurred_at < y->occurred_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

int records_history(struct command *command, const char *const *subjects, size_t count)
{
	struct keeping keeping = {.command = command};
	int status = events_head(command);

	for (size_t i = 0; i < count && status == SVC_OK; i++) {
		struct svc_event_query query = {.subject = subjects[i], .from = SVC_TIME_NONE, .to = SVC_TIME_NONE};
		status = svc_log(command->desk, &query, keep_event, &keeping, &command->error);
	}
	if (status != SVC_OK)
		return status;
	const struct svc_event **events = command_memory(command,
							 (keeping.count + 1) * sizeof(const struct svc_event *));
	size_t at = 0;
	for (const struct kept_event *event = keeping.first; event; event = event->next)
		events[at++] = &event->event;
	qsort(events, keeping.count, sizeof(const struct svc_event *), by_time);
	for (size_t i = 0; i < keeping.count; i++)
		events_row(command, events[i]);
	return SVC_OK;
}
