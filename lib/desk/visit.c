/* A visit, from the departure to its end. */
#include "visit.h"

#include "base/error.h"
#include "feasible.h"
#include "life.h"
#include "store/record.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

static const char *value_at(const char *const *values, const char *field)
{
	return values[field_find(SVC_VISIT, field)];
}

static const struct life_step steps[SVC_VISIT_EVENT_COUNT] = {
	[SVC_VISIT_DEPART] = {SVC_VISIT, "departed", {"planned"}, "departed", "departed", {NULL}},
	[SVC_VISIT_ARRIVE] = {SVC_VISIT, "arrived", {"planned", "departed"}, "arrived", "arrived", {"departed"}},
	[SVC_VISIT_START] = {SVC_VISIT, "started", {"arrived"}, "started", "started", {"departed", "arrived"}},
	[SVC_VISIT_FINISH] =
		{SVC_VISIT, "finished", {"arrived", "started"}, "finished", "finished", {"arrived", "started"}},
	[SVC_VISIT_NO_ONE_HOME] = {SVC_VISIT,
				   "no_one_home",
				   {"planned", "departed", "arrived"},
				   "no_one_home",
				   "finished",
				   {"departed", "arrived"}},
	[SVC_VISIT_CANCEL] = {SVC_VISIT, "cancelled", {"planned", "departed"}, "cancelled", NULL, {"departed"}},
	[SVC_VISIT_DROP] = {SVC_VISIT, "dropped", {"finished"}, NULL, NULL, {"finished"}},
};

/* ---- one place at a time ---- */

static bool is_under_way(const char *state)
{
	return visit_is_open(state) && strcmp(state, "planned") != 0;
}

struct elsewhere {
	int64_t visit, other; /* other 0: none */
};

static int take_elsewhere(void *context, const struct svc_record *record)
{
	struct elsewhere *elsewhere = context;
	if (record->id != elsewhere->visit && is_under_way(svc_record_value(record, "state")))
		elsewhere->other = record->id;
	return elsewhere->other != 0;
}

/* Who is on the way to one customer, or there, is not at another's. */
static int check_elsewhere(struct svc_desk *desk, const char *const *values, struct svc_error *err)
{
	const char *technician = value_at(values, "technician");
	struct elsewhere elsewhere = {.visit = record_number(SVC_VISIT, values[FIELD_ID])};
	struct svc_match match = {"technician", technician, technician};
	struct svc_query query = {.matches = &match, .match_count = 1, .sort = "-id"};
	int status = technician ? svc_list(desk, SVC_VISIT, &query, take_elsewhere, &elsewhere, err) : SVC_OK;
	if (status != SVC_OK || !elsewhere.other)
		return status;
	error_set(err, SVC_REFUSED, _("%s is still out on V%lld"), technician, (long long)elsewhere.other);
	error_hint(err, _("svc visit finish V%lld ends it"), (long long)elsewhere.other);
	return SVC_REFUSED;
}

/* ---- one step ---- */

/* Whole minutes past the window: within its last one nobody is late. */
static int fill_late(struct svc_desk *desk, const char *const *values, svc_time at, struct change *change,
		     struct arena *arena, int64_t *late, struct svc_error *err)
{
	struct held held;
	int status = held_read(desk, SVC_VISIT, values, &held, arena, err);
	if (status != SVC_OK)
		return status;
	*late = at > held.window.to ? (at - held.window.to) / 60 : 0;
	change_set(change, "late", arena_printf(arena, "%lld", (long long)*late));
	return SVC_OK;
}

static int fill_text(struct svc_desk *desk, const struct svc_visit_telling *telling, struct change *change,
		     struct arena *arena, struct svc_error *err)
{
	size_t count;
	const struct svc_field *fields = svc_fields(SVC_VISIT, &count);
	bool remaining = telling->event == SVC_VISIT_FINISH;
	const char *kept;
	int status = value_check(desk, &fields[field_find(SVC_VISIT, remaining ? "remaining" : "note")], telling->text,
				 arena, &kept, err);
	if (status != SVC_OK || !kept)
		return status;
	if (remaining)
		change_set(change, "remaining", kept);
	else
		change->line = kept;
	return SVC_OK;
}

static int check_rest(const char *const *values, struct change *change, struct svc_error *err)
{
	if (!value_at(values, "remaining"))
		return error_set(err, SVC_REFUSED, _("%s left nothing to do"), values[FIELD_ID]);
	change_set(change, "remaining", NULL);
	return SVC_OK;
}

static int fill(struct svc_desk *desk, const char *const *values, const struct svc_visit_telling *telling,
		struct change *change, struct arena *arena, int64_t *late, struct svc_error *err)
{
	svc_time at = telling->at == SVC_TIME_NONE ? desk->options.now : telling->at;
	int status = fill_text(desk, telling, change, arena, err);
	if (status == SVC_OK && telling->event == SVC_VISIT_ARRIVE)
		status = fill_late(desk, values, at, change, arena, late, err);
	if (status == SVC_OK && telling->event == SVC_VISIT_DROP)
		status = check_rest(values, change, err);
	if (status == SVC_OK && (telling->event == SVC_VISIT_DEPART || telling->event == SVC_VISIT_ARRIVE))
		status = check_elsewhere(desk, values, err);
	return status;
}

/* The trip as it was, for the pack's rules of those that were not kept. */
static int put_late(struct question *question, const char *const *values, svc_time arrived, struct svc_error *err)
{
	struct arena *arena = &question->arena;
	const char *depart = value_at(values, "departed");
	svc_time departed = arrived;
	if (depart)
		svc_time_parse(depart, NULL, &departed);
	const struct svc_assignment facts[] = {
		{"appointed", arena_printf(arena, "{\"from\":\"%s\",\"to\":\"%s\"}", value_at(values, "starts"),
					   value_at(values, "ends"))},
		{"depart", value_moment(departed, arena)},
		{"travel_minutes", arena_printf(arena, "%lld", (long long)(arrived - departed) / 60)},
		{"jobs", "[]"}};
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < sizeof facts / sizeof *facts; i++)
		status = question_put(question, facts[i].field, facts[i].value, err);
	return status;
}

/* What the pack says to do about one who came late. */
static int tell_late(struct svc_desk *desk, const char *const *values, const struct svc_visit_telling *telling,
		     svc_feasibility_seen seen, void *context, struct svc_error *err)
{
	struct question question;
	struct svc_trip trip = {.ticket = record_number(SVC_TICKET, value_at(values, "ticket")),
				.from = desk->options.now,
				.to = desk->options.now + 1,
				.facts = telling->facts,
				.fact_count = telling->fact_count};
	int status = question_open(&question, desk, &trip, false, err);
	if (status == SVC_OK && question.facts)
		status = put_late(&question, values, telling->at == SVC_TIME_NONE ? desk->options.now : telling->at,
				  err);
	if (status == SVC_OK && question.facts)
		status = question_ask(&question, err);
	if (status == SVC_OK && question.facts)
		seen(context, &(struct svc_feasibility){.answer = &question.answer, .policy = question.ruling.policy});
	question_close(&question);
	return status;
}

int svc_visit_step(struct svc_desk *desk, int64_t visit, const struct svc_visit_telling *telling,
		   svc_feasibility_seen seen, void *context, struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_VISIT};
	const char *values[FIELD_LIMIT];
	int64_t late = 0;
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_VISIT, visit, &arena, values, err);
	if (status == SVC_OK)
		status = fill(desk, values, telling, &change, &arena, &late, err);
	if (status == SVC_OK)
		status = life_step(desk, &steps[telling->event], visit, telling->at, &change, &arena, values, NULL,
				   err);
	if (status == SVC_OK && late && seen)
		status = tell_late(desk, values, telling, seen, context, err);
	arena_release(&arena);
	return status;
}

/* ---- what is left ---- */

struct followers {
	const char *label; /* of the visit that is followed */
	bool taken_up; /* by one that is open or done */
};

static int take_follower(void *context, const struct svc_record *record)
{
	struct followers *followers = context;
	const char *follows = svc_record_value(record, "follows"), *state = svc_record_value(record, "state");
	if (follows && strcmp(follows, followers->label) == 0)
		followers->taken_up = visit_is_open(state) || strcmp(state, "finished") == 0;
	return followers->taken_up;
}

static int is_taken_up(struct svc_desk *desk, const char *ticket, const char *label, bool *taken_up,
		       struct svc_error *err)
{
	struct followers followers = {.label = label};
	struct svc_match match = {"ticket", ticket, ticket};
	struct svc_query query = {.matches = &match, .match_count = 1};
	int status = svc_list(desk, SVC_VISIT, &query, take_follower, &followers, err);
	*taken_up = followers.taken_up;
	return status;
}

/* Over, and none that is open or done follows it. */
static int check_may_follow(struct svc_desk *desk, const char *const *values, struct svc_error *err)
{
	bool taken_up;
	if (visit_is_open(value_at(values, "state")))
		return error_set(err, SVC_REFUSED, _("%s is not over yet"), values[FIELD_ID]);
	int status = is_taken_up(desk, value_at(values, "ticket"), values[FIELD_ID], &taken_up, err);
	if (status == SVC_OK && taken_up)
		status = error_set(err, SVC_REFUSED, _("another visit follows %s already"), values[FIELD_ID]);
	return status;
}

static int64_t number_at(const char *const *values, const char *field)
{
	const char *value = value_at(values, field);
	return value ? strtoll(value, NULL, 10) : 0;
}

int svc_visit_next(struct svc_desk *desk, int64_t visit, const struct svc_trip *trip, int64_t technician, int64_t *next,
		   svc_feasibility_seen seen, void *context, struct svc_error *err)
{
	struct arena arena = {0};
	const char *values[FIELD_LIMIT];
	struct svc_assigning assigning = {.trip = *trip, .technician = technician, .follows = visit};
	int status = record_read(desk->store, SVC_VISIT, visit, &arena, values, err);
	if (status == SVC_OK)
		status = check_may_follow(desk, values, err);
	if (status == SVC_OK && !technician && !value_at(values, "technician"))
		status = error_set(err, SVC_USAGE, _("%s has no technician yet"), values[FIELD_ID]);
	if (status == SVC_OK) {
		assigning.trip.ticket = record_number(SVC_TICKET, value_at(values, "ticket"));
		assigning.note = value_at(values, "remaining");
		if (!technician)
			assigning.technician = record_number(SVC_TECHNICIAN, value_at(values, "technician"));
		if (!trip->needs)
			assigning.trip.needs = value_at(values, "needs");
		if (!trip->travel)
			assigning.trip.travel = number_at(values, "travel");
		status = svc_dispatch_assign(desk, &assigning, next, seen, context, err);
	}
	arena_release(&arena);
	return status;
}

struct rests { /* visits of a ticket that left something */
	int64_t ids[64];
	size_t count;
};

static int take_rest(void *context, const struct svc_record *record)
{
	struct rests *rests = context;
	if (svc_record_value(record, "remaining"))
		rests->ids[rests->count++] = record->id;
	return rests->count == sizeof rests->ids / sizeof *rests->ids;
}

int visit_remains(struct svc_desk *desk, int64_t ticket, int64_t *visit, struct svc_error *err)
{
	char label[24], own[24];
	struct rests rests = {.count = 0};
	record_label(label, SVC_TICKET, ticket);
	struct svc_match match = {"ticket", label, label};
	struct svc_query query = {.matches = &match, .match_count = 1, .sort = "-id"};
	*visit = 0;
	int status = svc_list(desk, SVC_VISIT, &query, take_rest, &rests, err);
	for (size_t i = 0; status == SVC_OK && i < rests.count && !*visit; i++) {
		bool taken_up;
		record_label(own, SVC_VISIT, rests.ids[i]);
		status = is_taken_up(desk, label, own, &taken_up, err);
		if (status == SVC_OK && !taken_up)
			*visit = rests.ids[i];
	}
	return status;
}

/* ---- two places at once ---- */

struct planned {
	int64_t technician, id;
	struct stretch time;
};
struct plan {
	struct svc_desk *desk;
	struct arena arena;
	struct planned *items;
	size_t count, room;
	int status;
	struct svc_error *err;
};

static int take_planned(void *context, const struct svc_record *record)
{
	struct plan *plan = context;
	const char *technician = svc_record_value(record, "technician");
	struct held held;
	if (!technician || !visit_is_open(svc_record_value(record, "state")))
		return 0;
	plan->status = held_read(plan->desk, SVC_VISIT, record->values, &held, &plan->arena, plan->err);
	if (plan->count == plan->room) {
		size_t room = plan->room ? 2 * plan->room : 64;
		struct planned *items = arena_alloc(&plan->arena, room * sizeof *items);
		if (plan->count)
			memcpy(items, plan->items, plan->count * sizeof *items);
		plan->items = items;
		plan->room = room;
	}
	plan->items[plan->count++] = (struct planned){record_number(SVC_TECHNICIAN, technician), held.id, held.time};
	return plan->status;
}

static int by_technician(const void *one, const void *other)
{
	const struct planned *a = one, *b = other;
	if (a->technician != b->technician)
		return a->technician < b->technician ? -1 : 1;
	return (a->time.from > b->time.from) - (a->time.from < b->time.from);
}

int svc_visits_overlaps(struct svc_desk *desk, svc_overlap_seen seen, void *context, struct svc_error *err)
{
	struct plan plan = {.desk = desk, .err = err};
	const struct svc_query all = {0};
	int status = svc_list(desk, SVC_VISIT, &all, take_planned, &plan, err);
	if (status == SVC_OK)
		status = plan.status;
	if (plan.count)
		qsort(plan.items, plan.count, sizeof *plan.items, by_technician);
	for (size_t i = 0; status == SVC_OK && i < plan.count; i++)
		for (size_t j = i + 1; j < plan.count && plan.items[j].technician == plan.items[i].technician &&
				       plan.items[j].time.from < plan.items[i].time.to;
		     j++)
			seen(context, plan.items[i].technician, plan.items[i].id, plan.items[j].id);
	arena_release(&plan.arena);
	return status;
}

static int check_ticket_open(struct svc_desk *desk, const char *ticket, struct arena *arena, struct svc_error *err)
{
	const char *values[FIELD_LIMIT];
	int status = record_read(desk->store, SVC_TICKET, record_number(SVC_TICKET, ticket), arena, values, err);
	if (status != SVC_OK || strcmp(values[field_find(SVC_TICKET, "state")], "closed") != 0)
		return status;
	return error_set(err, SVC_REFUSED, _("%s is closed already"), ticket);
}

int visit_check_place(struct svc_desk *desk, const char *const *values, struct svc_error *err)
{
	struct arena arena = {0};
	struct agenda agenda = {0};
	struct held own = {0};
	const char *technician = value_at(values, "technician");
	if (!visit_is_open(value_at(values, "state")))
		return SVC_OK;
	int status = check_ticket_open(desk, value_at(values, "ticket"), &arena, err);
	if (status == SVC_OK)
		status = held_read(desk, SVC_VISIT, values, &own, &arena, err);
	if (status == SVC_OK && technician)
		status = agenda_read(desk, record_number(SVC_TECHNICIAN, technician), own.time, own.id, false, &arena,
				     &agenda, err);
	if (status == SVC_OK && is_under_way(value_at(values, "state")))
		status = check_elsewhere(desk, values, err);
	const struct held *other = agenda_meets(&agenda, SVC_VISIT, own.time);
	if (status == SVC_OK && other)
		status = error_set(err, SVC_REFUSED, _("%s would be at the same time as V%lld"), values[FIELD_ID],
				   (long long)other->id);
	arena_release(&arena);
	return status;
}
