/* What takes a ticket out of its course or above it: it is a duplicate, it is withdrawn, it is passed up. */
#include "base/error.h"
#include "closing.h"
#include "life.h"
#include "ruling.h"
#include "store/record.h"
#include "svc/stage.h"
#include "values.h"

#include <string.h>

static const struct life_step merging = {SVC_TICKET, "merged", {"open"}, "closed", "closed", {"opened"}};
static const struct life_step cancelling = {SVC_TICKET, "cancelled", {"open"}, "closed", "closed", {"opened"}};
static const struct life_step escalating = {SVC_TICKET, "escalated", {"open"}, NULL, NULL, {"opened"}};

/* One step of a ticket with a text for its notes. */
static int step_with_text(struct svc_desk *desk, const struct life_step *step, int64_t ticket,
			  const struct svc_telling *told, struct change *change, struct arena *arena,
			  struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	int status = record_read(desk->store, SVC_TICKET, ticket, arena, values, err);
	if (status == SVC_OK)
		status = ticket_line(desk, told->text, values[field_find(SVC_TICKET, "note")], arena, &change->line,
				     err);
	return status == SVC_OK ? life_step(desk, step, ticket, told->at, change, arena, NULL, NULL, err) : status;
}

static int refuse_merge(const char *const *values, const char *const *into, const char *field, struct svc_error *err)
{
	int place = field_find(SVC_TICKET, field);
	if (!values[place] || !into[place] || strcmp(values[place], into[place]) == 0)
		return SVC_OK;
	error_set(err, SVC_REFUSED, _("%s is no duplicate of %s: they are about %s and %s"), values[FIELD_ID],
		  into[FIELD_ID], values[place], into[place]);
	error_field(err, field);
	return SVC_REFUSED;
}

/* The other has to go on, and to be about the same. */
static int check_merge(struct svc_desk *desk, int64_t ticket, int64_t into, struct arena *arena, struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0}, *others[FIELD_LIMIT] = {0};
	int status = record_read(desk->store, SVC_TICKET, ticket, arena, values, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, into, arena, others, err);
	if (status == SVC_OK && ticket == into)
		status = error_set(err, SVC_REFUSED, _("%s can't be merged into itself"), values[FIELD_ID]);
	if (status == SVC_OK && strcmp(others[field_find(SVC_TICKET, "state")], "open") != 0)
		status = error_set(err, SVC_REFUSED, _("%s is closed already"), others[FIELD_ID]);
	if (status == SVC_OK)
		status = refuse_merge(values, others, "unit", err);
	return status == SVC_OK ? refuse_merge(values, others, "customer", err) : status;
}

int svc_ticket_merge(struct svc_desk *desk, int64_t ticket, int64_t into, const struct svc_telling *told,
		     struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_TICKET};
	char label[24];
	record_label(label, SVC_TICKET, into);
	change_set(&change, "outcome", "merged");
	change_set(&change, "merged", label);
	change_set(&change, "due", NULL);
	int status = check_merge(desk, ticket, into, &arena, err);
	if (status == SVC_OK)
		status = closing_check(desk, ticket, err);
	if (status == SVC_OK)
		status = step_with_text(desk, &merging, ticket, told, &change, &arena, err);
	arena_release(&arena);
	return status;
}

int svc_ticket_cancel(struct svc_desk *desk, int64_t ticket, const struct svc_telling *told, struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_TICKET};
	bool done = false;
	change_set(&change, "outcome", "cancelled");
	change_set(&change, "due", NULL);
	int status = stage_cancel(desk, ticket, told, &done, err);
	if (status == SVC_OK && !done)
		status = closing_check(desk, ticket, err);
	if (status == SVC_OK && !done)
		status = step_with_text(desk, &cancelling, ticket, told, &change, &arena, err);
	arena_release(&arena);
	return status;
}

int svc_ticket_escalate(struct svc_desk *desk, int64_t ticket, const char *to, const struct svc_telling *told,
			struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_TICKET};
	size_t count;
	const struct svc_field *field = &svc_fields(SVC_TICKET, &count)[field_find(SVC_TICKET, "escalated")];
	const char *checked = NULL;
	int status = value_check(desk, field, to, &arena, &checked, err);
	if (status == SVC_OK && !checked)
		status = error_set(err, SVC_USAGE, _("it is not said to whom it is passed up"));
	change_set(&change, "escalated", checked);
	if (status == SVC_OK)
		status = step_with_text(desk, &escalating, ticket, told, &change, &arena, err);
	arena_release(&arena);
	return status;
}

/* ---- what a stage has made somebody owe ---- */

static const struct life_step settling[] = {
	{SVC_TASK, "done", {"open"}, "done", "done", {NULL}},
	{SVC_TASK, "dropped", {"open"}, "dropped", "done", {NULL}},
};

int svc_task_settle(struct svc_desk *desk, int64_t task, bool dropped, const struct svc_telling *told,
		    struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_TASK};
	int status = SVC_OK;
	if (told->text)
		status = ticket_line(desk, told->text, NULL, &arena, &change.line, err);
	if (status == SVC_OK && dropped && !change.line)
		status = error_set(err, SVC_USAGE, _("a task is dropped for a reason, and none is given"));
	if (status == SVC_OK)
		status = life_step(desk, &settling[dropped], task, told->at, &change, &arena, NULL, NULL, err);
	arena_release(&arena);
	return status;
}
