#include "life.h"

#include "base/error.h"
#include "store/event.h"
#include "store/record.h"
#include "values.h"

#include <stdio.h>
#include <string.h>

static const char *value_at(enum svc_kind kind, const char *const *values, const char *field)
{
	return values[field_find(kind, field)];
}

static int check_state(const struct life_step *step, const char *const *values, struct svc_error *err)
{
	const char *state = value_at(step->kind, values, "state");
	for (const char *const *from = step->from; state && *from; from++)
		if (strcmp(*from, state) == 0)
			return SVC_OK;
	error_set(err, SVC_REFUSED, _("%s is %s: it can't be %s"), values[FIELD_ID], state ? state : "-", step->verb);
	error_field(err, "state");
	return SVC_REFUSED;
}

struct naming {
	const char *name; /* "\"state\":" */
	svc_time last;
};

static int take_naming(void *context, const struct event *event)
{
	struct naming *naming = context;
	if (strstr(event->payload, naming->name))
		naming->last = event->occurred_at;
	return 0;
}

int life_last(struct svc_desk *desk, enum svc_kind kind, int64_t id, const char *field, svc_time *last,
	      struct svc_error *err)
{
	char name[64];
	struct naming naming = {name, SVC_TIME_NONE};
	struct event_query query = {.subject = (int)kind,
				    .subject_id = id,
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE,
				    .order = EVENTS_AS_OCCURRED,
				    .standing = true};
	snprintf(name, sizeof name, "\"%s\":", field);
	int status = event_each(desk->store, &query, take_naming, &naming, err);
	*last = naming.last;
	return status;
}

/* A step of now can't come before anything. */
static int check_last(struct svc_desk *desk, const struct life_step *step, int64_t id, svc_time at,
		      struct svc_error *err)
{
	svc_time last;
	char label[24];
	if (!step->to || at >= desk->options.now)
		return SVC_OK;
	int status = life_last(desk, step->kind, id, "state", &last, err);
	if (status != SVC_OK || at >= last)
		return status;
	record_label(label, step->kind, id);
	error_set(err, SVC_BAD_INPUT, _("%s: %s before the last step"), label, step->verb);
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

static int check_moment(struct svc_desk *desk, const struct life_step *step, svc_time at, const char *const *values,
			struct svc_error *err)
{
	svc_time earlier;
	if (at > desk->options.now) {
		error_set(err, SVC_BAD_INPUT, _("%s: %s at a moment to come"), values[FIELD_ID], step->verb);
		error_field(err, "at");
		return SVC_BAD_INPUT;
	}
	for (const char *const *field = step->after; *field; field++) {
		const char *value = value_at(step->kind, values, *field);
		if (!value || !svc_time_parse(value, NULL, &earlier) || earlier <= at)
			continue;
		error_set(err, SVC_BAD_INPUT, _("%s: %s before it %s"), values[FIELD_ID], step->verb, *field);
		error_field(err, "at");
		return SVC_BAD_INPUT;
	}
	return SVC_OK;
}

int life_check(struct svc_desk *desk, const struct life_step *step, svc_time at, const char *const *values,
	       struct svc_error *err)
{
	int status = check_state(step, values, err);
	if (status == SVC_OK)
		status = check_moment(desk, step, at == SVC_TIME_NONE ? desk->options.now : at, values, err);
	return status;
}

int life_step(struct svc_desk *desk, const struct life_step *step, int64_t id, svc_time at, struct change *change,
	      struct arena *arena, const char **values, int64_t *event, struct svc_error *err)
{
	const char *own[FIELD_LIMIT] = {0};
	struct change bare = {.kind = step->kind};
	struct happening happening = {.verb = step->verb, .occurred = at};
	if (!values)
		values = own;
	if (!change)
		change = &bare;
	if (at == SVC_TIME_NONE)
		at = desk->options.now;
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, step->kind, id, arena, values, err);
	if (status == SVC_OK)
		status = life_check(desk, step, at, values, err);
	if (status == SVC_OK)
		status = check_last(desk, step, id, at, err);
	if (step->to)
		change_set(change, "state", step->to);
	if (step->stamp)
		change_set(change, step->stamp, value_moment(at, arena));
	return status == SVC_OK ? record_change(desk, id, &happening, change, arena, event, err) : status;
}
