/* The checklists of a pack along a ticket's stages: every step ticked, or explained. Ticks are marks of the ticket's events. */
#include "base/error.h"
#include "life.h"
#include "policy/nearest.h"
#include "ruling.h"
#include "store/record.h"
#include "svc/stage.h"
#include "values.h"

#include <string.h>

static const struct life_step ticking = {SVC_TICKET, "ticked", {"open"}, NULL, NULL, {"opened"}};

struct checklist {
	struct arena arena;
	const char *values[FIELD_LIMIT]; /* of the ticket */
	const char *stage;
	struct ruling ruling;
	struct svc_answer answer;
	struct gathered_facts marks;
};

static const char *step_mark(struct checklist *list, const char *what, const char *step)
{
	return arena_printf(&list->arena, "%s.%s.%s", what, list->stage, step);
}

static int no_stage(const struct checklist *list, struct svc_error *err)
{
	error_set(err, SVC_USAGE, _("%s stands in no stage"), list->values[FIELD_ID]);
	error_hint(err, _("name the stage of the checklist"));
	return SVC_USAGE;
}

static int ask_steps(struct svc_desk *desk, int64_t ticket, struct checklist *list, struct svc_error *err)
{
	struct svc_assignment stage = {"stage", list->stage};
	int status = ticket_ask(desk, ticket, SVC_ASK_CHECKLIST, &stage, 1, &list->ruling, &list->answer, &list->arena,
				err);
	if (status == SVC_OK && !list->ruling.policy)
		status = error_set(err, SVC_USAGE, _("no pack with checklists answers for %s"), list->values[FIELD_ID]);
	return status;
}

/* `stage` NULL: the ticket's own. */
static int open_checklist(struct svc_desk *desk, int64_t ticket, const char *stage, struct checklist *list,
			  struct svc_error *err)
{
	int status = record_read(desk->store, SVC_TICKET, ticket, &list->arena, list->values, err);
	if (status != SVC_OK)
		return status;
	list->stage = stage ? stage : list->values[field_find(SVC_TICKET, "stage")];
	if (!list->stage)
		return no_stage(list, err);
	status = ask_steps(desk, ticket, list, err);
	return status == SVC_OK ? ticket_said(desk, ticket, "marks", &list->marks, &list->arena, err) : status;
}

static void close_checklist(struct checklist *list)
{
	svc_answer_release(&list->answer);
	ruling_release(&list->ruling, true);
	arena_release(&list->arena);
}

int svc_ticket_checklist(struct svc_desk *desk, int64_t ticket, const char *stage, svc_step_seen seen, void *context,
			 struct svc_error *err)
{
	struct checklist list = {0};
	int status = open_checklist(desk, ticket, stage, &list, err);
	for (size_t i = 0; status == SVC_OK && i < list.answer.row_count; i++) {
		const char *id = list.answer.rows[i].id;
		const char *state = gathered_value(&list.marks, step_mark(&list, "step", id));
		struct svc_checklist_step step = {.row = &list.answer.rows[i],
						  .stage = list.stage,
						  .state = state ? state : "open",
						  .policy = list.ruling.policy};
		if (state && strcmp(state, "explained") == 0)
			step.explanation = gathered_value(&list.marks, step_mark(&list, "why", id));
		if (seen(context, &step))
			break;
	}
	close_checklist(&list);
	return status;
}

/* ---- ticking ---- */

static int find_step(const struct checklist *list, const char *step, struct svc_error *err)
{
	struct nearest nearest = nearest_to(step);
	for (size_t i = 0; i < list->answer.row_count; i++) {
		if (strcmp(list->answer.rows[i].id, step) == 0)
			return SVC_OK;
		nearest_try(&nearest, list->answer.rows[i].id);
	}
	error_set(err, SVC_NOT_FOUND, _("the checklist of %s has no step %s"), list->stage, step);
	if (nearest.best)
		error_hint(err, _("did you mean %s?"), nearest.best);
	return SVC_NOT_FOUND;
}

static int write_tick(struct svc_desk *desk, const struct svc_tick *tick, struct checklist *list,
		      const char *explanation, struct svc_error *err)
{
	struct change change = {.kind = SVC_TICKET, .decides = svc_ask_name(SVC_ASK_CHECKLIST)};
	struct svc_assignment marks[2] = {
		{step_mark(list, "step", tick->step), explanation ? "explained" : "ticked"},
		{step_mark(list, "why", tick->step), explanation},
	};
	int64_t event = 0;
	change.marks = marks;
	change.mark_count = explanation ? 2 : 1;
	int status = life_step(desk, &ticking, tick->ticket, tick->at, &change, &list->arena, NULL, &event, err);
	return status == SVC_OK ? ruling_keep(desk, tick->ticket, event, &list->ruling, &list->answer, err) : status;
}

int svc_ticket_tick(struct svc_desk *desk, const struct svc_tick *tick, struct svc_error *err)
{
	struct checklist list = {.ruling.keep = true};
	size_t count;
	const struct svc_field *field = &svc_fields(SVC_TICKET, &count)[field_find(SVC_TICKET, "note")];
	const char *explanation = NULL;
	int status = open_checklist(desk, tick->ticket, tick->stage, &list, err);
	if (status == SVC_OK)
		status = find_step(&list, tick->step, err);
	if (status == SVC_OK && tick->explanation)
		status = value_check(desk, field, tick->explanation, &list.arena, &explanation, err);
	if (status == SVC_OK)
		status = write_tick(desk, tick, &list, explanation, err);
	close_checklist(&list);
	return status;
}
