#include "replay.h"

#include "base/error.h"
#include "base/json.h"
#include "base/tree.h"
#include "store/event.h"
#include "store/kept.h"
#include "store/record.h"

#include <string.h>

static int append(struct svc_desk *desk, struct event *event, struct svc_error *err)
{
	svc_time now = desk->options.now;
	event->recorded_at = now;
	if (event->occurred_at == SVC_TIME_NONE || event->occurred_at > now)
		event->occurred_at = now;
	event->actor = desk->options.actor;
	event->key = desk->key;
	event->command = desk->first_event;
	int status = event_append(desk->store, event, err);
	if (status == SVC_OK && !desk->first_event)
		desk->first_event = event->id;
	return status;
}

/* ---- one record ---- */

struct replaying {
	enum svc_kind kind;
	struct arena *arena;
	const char **values;
	int status;
	struct svc_error *err;
};

static int apply_event(void *context, const struct event *event)
{
	struct replaying *replaying = context;
	struct change change;
	replaying->status = change_read(&change, replaying->kind, event->payload, replaying->arena, replaying->err);
	if (replaying->status == SVC_OK)
		change_apply(&change, replaying->arena, replaying->values);
	return replaying->status;
}

static int replay_record(struct svc_desk *desk, enum svc_kind kind, int64_t id, const char **values,
			 struct arena *arena, struct svc_error *err)
{
	struct replaying replaying = {kind, arena, values, SVC_OK, err};
	struct event_query query = {.subject = (int)kind,
				    .subject_id = id,
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE,
				    .order = EVENTS_AS_OCCURRED,
				    .standing = true};
	memset(values, 0, FIELD_LIMIT * sizeof *values);
	int status = event_each(desk->store, &query, apply_event, &replaying, err);
	return status == SVC_OK ? replaying.status : status;
}

int replay_happening(struct svc_desk *desk, int64_t id, const struct happening *happening, const char **current,
		     struct arena *arena, int64_t *number, struct svc_error *err)
{
	enum svc_kind kind = happening->change->kind;
	svc_time last = SVC_TIME_NONE;
	struct event event = {.occurred_at = happening->occurred,
			      .subject = (int)kind,
			      .subject_id = id,
			      .verb = happening->verb,
			      .payload = change_payload(happening->change, happening->passing ? "given" : "facts",
							happening->facts, happening->fact_count, arena)};
	int status = happening->fresh ? SVC_OK : event_last(desk->store, (int)kind, id, &last, err);
	if (status == SVC_OK)
		status = append(desk, &event, err);
	if (status != SVC_OK)
		return status;
	if (number)
		*number = event.id;
	if (event.occurred_at < last)
		status = replay_record(desk, kind, id, current, arena, err);
	else
		change_apply(happening->change, arena, current);
	return status == SVC_OK ? record_write(desk->store, kind, id, current, happening->fresh, err) : status;
}

/* ---- taken back ---- */

int replay_correction(struct svc_desk *desk, const struct event *event, const char *verb, int64_t corrects,
		      struct svc_error *err)
{
	struct event correction = {.occurred_at = SVC_TIME_NONE,
				   .subject = event->subject,
				   .subject_id = event->subject_id,
				   .verb = verb,
				   .payload = "{\"v\":1}",
				   .corrects = corrects};
	return append(desk, &correction, err);
}

/* Of a record whose every event was taken back nothing is left. */
bool replay_is_gone(const char *const *values)
{
	for (size_t i = 0; i < FIELD_LIMIT; i++)
		if (values[i])
			return false;
	return true;
}

int replay_again(struct svc_desk *desk, enum svc_kind kind, int64_t id, const char **values, struct arena *arena,
		 bool *gone, struct svc_error *err)
{
	bool there = false;
	int status = replay_record(desk, kind, id, values, arena, err);
	*gone = status == SVC_OK && replay_is_gone(values);
	if (*gone)
		return record_drop(desk->store, kind, id, err);
	if (status == SVC_OK)
		status = record_exists(desk->store, kind, id, &there, err);
	return status == SVC_OK ? record_write(desk->store, kind, id, values, !there, err) : status;
}

/* ---- the desk ---- */

static int append_desk_event(struct svc_desk *desk, const char *verb, struct strbuf *payload, int64_t *number,
			     struct svc_error *err)
{
	struct event event = {.occurred_at = SVC_TIME_NONE,
			      .subject = SUBJECT_DESK,
			      .subject_id = 1,
			      .verb = verb,
			      .payload = payload->text};
	int status = append(desk, &event, err);
	*number = event.id;
	strbuf_release(payload);
	return status;
}

int replay_creation(struct svc_desk *desk, const struct store_about *about, struct svc_error *err)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	int64_t number;
	json_open(&json, NULL, '{');
	json_integer(&json, "v", CHANGE_VERSION);
	json_open(&json, "set", '{');
	json_string(&json, "name", about->name);
	if (about->policy)
		json_string(&json, "policy", about->policy);
	json_close(&json, '}');
	json_close(&json, '}');
	return append_desk_event(desk, "created", &text, &number, err);
}

int replay_setting(struct svc_desk *desk, const char *policy, const char *name, const char *value, svc_date effective,
		   struct svc_error *err)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	char day[16];
	svc_date_format(effective, day);
	json_open(&json, NULL, '{');
	json_integer(&json, "v", CHANGE_VERSION);
	json_open(&json, "setting", '{');
	json_string(&json, "policy", policy);
	json_string(&json, "name", name);
	json_string(&json, "value", value);
	json_string(&json, "effective", day);
	json_close(&json, '}');
	json_close(&json, '}');
	struct kept_setting setting = {.policy = policy, .name = name, .value = value, .effective = effective};
	int status = append_desk_event(desk, "set", &text, &setting.event, err);
	return status == SVC_OK ? kept_setting_put(desk->store, &setting, err) : status;
}

static const char *text_at(const struct node *map, const char *key)
{
	const struct node *node = node_get(map, key);
	return node && node->text ? node->text : "";
}

int setting_read(const struct event *event, struct kept_setting *setting, struct arena *arena, struct svc_error *err)
{
	struct node *root;
	*setting = (struct kept_setting){.effective = SVC_DATE_NONE, .event = event->id};
	if (strcmp(event->verb, "set") != 0)
		return SVC_OK;
	int status = json_read(&root, arena, event->payload, strlen(event->payload), "", 0, err);
	const struct node *node = status == SVC_OK ? node_get(root, "setting") : NULL;
	if (!node)
		return status;
	setting->policy = text_at(node, "policy");
	setting->name = text_at(node, "name");
	setting->value = text_at(node, "value");
	svc_date_parse(text_at(node, "effective"), &setting->effective);
	return SVC_OK;
}
