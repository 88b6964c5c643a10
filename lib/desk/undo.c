/* The last command of an actor, taken back. */
#include "svc/undo.h"

#include "base/error.h"
#include "closing.h"
#include "custody.h"
#include "replay.h"
#include "store/event.h"
#include "store/kept.h"
#include "store/record.h"
#include "values.h"
#include "visit.h"

#include <stdio.h>
#include <string.h>

struct undo {
	struct svc_desk *desk;
	struct arena arena;
	struct event *events; /* of the command; texts in `arena` */
	size_t count, room;
	struct touched { /* each record once */
		int kind;
		int64_t id;
		bool gone;
	} * records;
	size_t record_count;
};

/* ---- the command ---- */

static struct event copy_of(const struct event *event, struct arena *arena)
{
	struct event own = *event;
	own.verb = arena_strdup(arena, event->verb);
	own.payload = arena_strdup(arena, event->payload);
	own.actor = arena_strdup(arena, event->actor);
	own.key = event->key ? arena_strdup(arena, event->key) : NULL;
	return own;
}

static int take_event(void *context, const struct event *event)
{
	struct undo *undo = context;
	if (undo->count == undo->room) {
		undo->room = undo->room ? undo->room * 2 : 16;
		struct event *grown = arena_alloc(&undo->arena, undo->room * sizeof *grown);
		if (undo->count)
			memcpy(grown, undo->events, undo->count * sizeof *grown);
		undo->events = grown;
	}
	undo->events[undo->count++] = copy_of(event, &undo->arena);
	return 0;
}

struct sought {
	struct undo *undo;
	struct event *event;
};

static int take_sought(void *context, const struct event *event)
{
	const struct sought *sought = context;
	*sought->event = copy_of(event, &sought->undo->arena);
	return 1;
}

static int event_at(struct undo *undo, int64_t id, struct event *event, struct svc_error *err)
{
	struct sought sought = {undo, event};
	struct event_query query = {
		.subject = SUBJECT_ANY, .from = SVC_TIME_NONE, .to = SVC_TIME_NONE, .after = id - 1, .limit = 1};
	return event_each(undo->desk->store, &query, take_sought, &sought, err);
}

static int read_events(struct undo *undo, int64_t command, struct svc_error *err)
{
	struct event_query query = {
		.subject = SUBJECT_ANY, .from = SVC_TIME_NONE, .to = SVC_TIME_NONE, .command = command};
	int status = event_each(undo->desk->store, &query, take_event, undo, err);
	if (status == SVC_OK && !undo->count) { /* of before events knew their command */
		undo->events = arena_alloc(&undo->arena, sizeof *undo->events);
		undo->count = 1;
		status = event_at(undo, command, undo->events, err);
	}
	undo->records = arena_alloc(&undo->arena, (undo->count + 1) * sizeof *undo->records);
	return status;
}

static void note_record(struct undo *undo, const struct event *event)
{
	for (size_t i = 0; i < undo->record_count; i++)
		if (undo->records[i].kind == event->subject && undo->records[i].id == event->subject_id)
			return;
	undo->records[undo->record_count++] = (struct touched){event->subject, event->subject_id, false};
}

/* ---- what stands in its way ---- */

static int check_kind(const struct event *event, struct svc_error *err)
{
	if (strcmp(event->verb, "imported") == 0)
		return error_set(err, SVC_REFUSED, _("an import can't be taken back; import the mended file"));
	if (event->subject == SUBJECT_DESK && strcmp(event->verb, "created") == 0)
		return error_set(err, SVC_REFUSED, _("there is nothing to take back"));
	return SVC_OK;
}

struct later {
	int64_t command, id; /* id: of the first other event; 0: none */
	char verb[48];
};

/* What took others back, or let them count again, has built nothing. */
static int see_later(void *context, const struct event *event)
{
	struct later *later = context;
	if (event->corrects || event->command == later->command)
		return 0;
	later->id = event->id;
	snprintf(later->verb, sizeof later->verb, "%s", event->verb);
	return 1;
}

static int check_later(struct undo *undo, const struct event *event, struct svc_error *err)
{
	struct later later = {.command = event->command};
	char label[24];
	struct event_query query = {.subject = event->subject,
				    .subject_id = event->subject_id,
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE,
				    .after = event->id,
				    .standing = true};
	if (event->subject == SUBJECT_DESK) /* settings stand side by side */
		return SVC_OK;
	int status = event_each(undo->desk->store, &query, see_later, &later, err);
	if (status != SVC_OK || !later.id)
		return status;
	record_label(label, (enum svc_kind)event->subject, event->subject_id);
	error_set(err, SVC_REFUSED, _("%s was %s since, so it can't be taken back"), label, later.verb);
	error_hint(err, _("svc log %s shows what happened"), label);
	return SVC_REFUSED;
}

struct referring {
	const struct undo *undo;
	enum svc_kind kind;
	char label[24]; /* of the first; "": none */
};

static int see_referring(void *context, int64_t id, const char **values)
{
	struct referring *referring = context;
	(void)values;
	record_label(referring->label, referring->kind, id);
	return 1;
}

static int check_field(struct undo *undo, const char *label, enum svc_kind kind, int field, struct svc_error *err)
{
	struct referring referring = {undo, kind, ""};
	struct record_match match = {.field = field, .from = label, .to = label};
	struct record_query query = {.matches = &match, .match_count = 1, .limit = 1};
	int status = record_list(undo->desk->store, kind, &query, see_referring, &referring, err);
	if (status != SVC_OK || !*referring.label)
		return status;
	return error_set(err, SVC_REFUSED, _("%s refers to %s, so it can't be taken back"), referring.label, label);
}

/* Nothing may refer to a record that is gone. */
static int check_unreferred(struct undo *undo, const struct touched *record, struct svc_error *err)
{
	char label[24];
	int status = SVC_OK;
	record_label(label, (enum svc_kind)record->kind, record->id);
	for (int kind = 0; kind < SVC_KIND_COUNT; kind++) {
		size_t count;
		const struct svc_field *fields = svc_fields((enum svc_kind)kind, &count);
		for (size_t i = 1; i < count && status == SVC_OK; i++)
			if (fields[i].type == SVC_REFERENCE && (int)fields[i].refers == record->kind)
				status = check_field(undo, label, (enum svc_kind)kind, (int)i, err);
	}
	return status;
}

/* What the record refers to has to be there, and nobody else may have taken its place. */
static int check_whole(struct undo *undo, enum svc_kind kind, int64_t id, const char *const *values,
		       struct svc_error *err)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	int status = values_check_identity(undo->desk, kind, id, values, err);
	for (size_t i = 1; i < count && status == SVC_OK; i++) {
		bool there = true;
		if (fields[i].type == SVC_REFERENCE && values[i])
			status = record_exists(undo->desk->store, fields[i].refers,
					       record_number(fields[i].refers, values[i]), &there, err);
		if (status == SVC_OK && !there)
			status = error_set(err, SVC_REFUSED, _("%s is gone, so it can't be taken back"), values[i]);
	}
	return status;
}

/* ---- taking back ---- */

static int move_setting(struct undo *undo, const struct event *event, bool again, struct svc_error *err)
{
	struct kept_setting setting;
	int status = setting_read(event, &setting, &undo->arena, err);
	if (status != SVC_OK || setting.effective == SVC_DATE_NONE)
		return status;
	return again ? kept_setting_put(undo->desk->store, &setting, err)
		     : kept_setting_drop(undo->desk->store, event->id, err);
}

/* One event is taken back. One that took another back is answered by letting that count; one that let it count, by taking that back. */
static int correct(struct undo *undo, const struct event *event, bool *again, struct svc_error *err)
{
	const char *verb = EVENT_UNDONE;
	struct event back = {.corrects = event->id};
	int status = SVC_OK;
	*again = event->corrects && strcmp(event->verb, EVENT_UNDONE) == 0;
	if (*again)
		verb = EVENT_REDONE;
	else if (event->corrects)
		status = event_at(undo, event->corrects, &back, err);
	return status == SVC_OK ? replay_correction(undo->desk, event, verb, back.corrects, err) : status;
}

/* The event that said what is taken back or counts again. */
static int find_first(struct undo *undo, struct event *event, struct svc_error *err)
{
	int status = SVC_OK;
	while (status == SVC_OK && event->corrects)
		status = event_at(undo, event->corrects, event, err);
	return status;
}

static int take_back(struct undo *undo, const struct event *event, struct svc_error *err)
{
	struct event first = *event;
	bool again;
	int status = check_kind(event, err);
	if (status == SVC_OK)
		status = check_later(undo, event, err);
	if (status == SVC_OK)
		status = correct(undo, event, &again, err);
	if (status == SVC_OK)
		status = find_first(undo, &first, err);
	if (status == SVC_OK && event->subject == SUBJECT_DESK)
		return move_setting(undo, &first, again, err);
	if (status == SVC_OK)
		note_record(undo, event);
	return status;
}

static int replay_records(struct undo *undo, struct svc_error *err)
{
	int status = SVC_OK;
	for (size_t i = 0; i < undo->record_count && status == SVC_OK; i++) {
		struct touched *record = &undo->records[i];
		const char *values[FIELD_LIMIT];
		status = replay_again(undo->desk, (enum svc_kind)record->kind, record->id, values, &undo->arena,
				      &record->gone, err);
	}
	return status;
}

/* A closed ticket owes nothing, whatever is taken back of it. */
static int check_closed(struct undo *undo, enum svc_kind kind, const char *const *values, struct svc_error *err)
{
	int place = kind == SVC_TICKET ? FIELD_ID : field_find(kind, "ticket");
	const char *ticket[FIELD_LIMIT] = {0};
	if (place == FIELD_NONE || !values[place])
		return SVC_OK;
	int64_t id = record_number(SVC_TICKET, values[place]);
	int status = record_read(undo->desk->store, SVC_TICKET, id, &undo->arena, ticket, err);
	if (status != SVC_OK || strcmp(ticket[field_find(SVC_TICKET, "state")], "closed") != 0)
		return status;
	status = closing_check(undo->desk, id, err);
	if (status == SVC_REFUSED)
		error_hint(err, _("%s is closed: svc ticket reopen opens it again"), ticket[FIELD_ID]);
	return status;
}

static int check_records(struct undo *undo, struct svc_error *err)
{
	int status = SVC_OK;
	for (size_t i = 0; i < undo->record_count && status == SVC_OK; i++) {
		const struct touched *record = &undo->records[i];
		const char *values[FIELD_LIMIT] = {0};
		enum svc_kind kind = (enum svc_kind)record->kind;
		if (record->gone) {
			status = check_unreferred(undo, record, err);
			continue;
		}
		status = record_read(undo->desk->store, kind, record->id, &undo->arena, values, err);
		if (status == SVC_OK)
			status = check_whole(undo, kind, record->id, values, err);
		if (status == SVC_OK && kind == SVC_VISIT)
			status = visit_check_place(undo->desk, values, err);
		if (status == SVC_OK && kind == SVC_GOODS)
			status = custody_check_alone(undo->desk, values, err);
		if (status == SVC_OK)
			status = check_closed(undo, kind, values, err);
	}
	return status;
}

/* ---- the whole ---- */

static bool is_gone(const struct undo *undo, const struct event *event)
{
	for (size_t i = 0; i < undo->record_count; i++)
		if (undo->records[i].kind == event->subject && undo->records[i].id == event->subject_id)
			return undo->records[i].gone;
	return false;
}

static int tell(struct undo *undo, svc_undoing_seen seen, void *context, struct svc_error *err)
{
	bool more = seen != NULL;
	int status = SVC_OK;
	for (size_t i = undo->count; i-- > 0 && more && status == SVC_OK;) {
		struct event first = undo->events[i];
		bool again = first.corrects && strcmp(first.verb, EVENT_UNDONE) == 0;
		char label[24] = "desk";
		status = find_first(undo, &first, err);
		if (first.subject < SVC_KIND_COUNT)
			record_label(label, (enum svc_kind)first.subject, first.subject_id);
		struct svc_event event = {.id = first.id,
					  .recorded_at = first.recorded_at,
					  .occurred_at = first.occurred_at,
					  .actor = first.actor,
					  .key = first.key,
					  .subject = label,
					  .verb = first.verb,
					  .payload = first.payload};
		struct svc_undoing undoing = {&event, again, is_gone(undo, &first)};
		more = status == SVC_OK && seen(context, &undoing) == 0;
	}
	return status;
}

static int undo_last(struct undo *undo, struct svc_error *err)
{
	int64_t command = 0;
	int status = desk_writing(undo->desk, err);
	if (status == SVC_OK)
		status = event_last_command(undo->desk->store, undo->desk->options.actor, &command, err);
	if (status == SVC_OK && !command)
		status = error_set(err, SVC_REFUSED, _("there is nothing to take back"));
	if (status == SVC_OK)
		status = read_events(undo, command, err);
	for (size_t i = undo->count; i-- > 0 && status == SVC_OK;)
		status = take_back(undo, &undo->events[i], err);
	if (status == SVC_OK)
		status = replay_records(undo, err);
	return status == SVC_OK ? check_records(undo, err) : status;
}

int svc_undo(struct svc_desk *desk, svc_undoing_seen seen, void *context, struct svc_error *err)
{
	struct undo undo = {.desk = desk};
	int status = undo_last(&undo, err);
	if (status == SVC_OK)
		status = tell(&undo, seen, context, err);
	arena_release(&undo.arena);
	return status;
}
