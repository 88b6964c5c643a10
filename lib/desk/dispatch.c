/* Visits are promised here: who can, who shall, and who does. */
#include "base/error.h"
#include "base/json.h"
#include "feasible.h"
#include "store/record.h"
#include "values.h"
#include "writing.h"

#include <stdlib.h>
#include <string.h>

static int check_active(struct svc_desk *desk, int64_t technician, struct arena *arena, struct svc_error *err)
{
	const char *values[FIELD_LIMIT];
	int status = record_read(desk->store, SVC_TECHNICIAN, technician, arena, values, err);
	if (status != SVC_OK || strcmp(values[field_find(SVC_TECHNICIAN, "state")], "active") == 0)
		return status;
	return error_set(err, SVC_REFUSED, _("%s has left"), values[field_find(SVC_TECHNICIAN, "name")]);
}

static int judge_one(struct question *question, int64_t technician, struct svc_feasibility *out, struct svc_error *err)
{
	struct able able;
	int status = check_active(question->desk, technician, &question->arena, err);
	if (status == SVC_OK)
		status = able_read(question, technician, &able, err);
	return status == SVC_OK ? question_judge(question, &able, true, out, err) : status;
}

int svc_dispatch_check(struct svc_desk *desk, const struct svc_trip *trip, int64_t technician,
		       svc_feasibility_seen seen, void *context, struct svc_error *err)
{
	struct question question;
	struct svc_feasibility feasibility;
	int status = question_open(&question, desk, trip, false, err);
	if (status == SVC_OK)
		status = judge_one(&question, technician, &feasibility, err);
	if (status == SVC_OK)
		seen(context, &feasibility);
	question_close(&question);
	return status;
}

/* ---- candidates ---- */

struct candidate {
	struct svc_feasibility feasibility;
	const char *skills;
	size_t place; /* given by the pack; the more the later */
};

/* Who can before who can't; the pack's order; who has the least to do; who is free first. */
static int by_preference(const void *one, const void *other)
{
	const struct candidate *a = one, *b = other;
	const int64_t keys[][2] = {
		{a->feasibility.constraint != SVC_TRIP_FITS, b->feasibility.constraint != SVC_TRIP_FITS},
		{(int64_t)a->place, (int64_t)b->place},
		{a->feasibility.open_visits, b->feasibility.open_visits},
		{a->feasibility.free_at, b->feasibility.free_at},
		{a->feasibility.technician, b->feasibility.technician}};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	return 0;
}

/* Those who can and that the pack has not chosen yet. */
static const char *candidates_json(struct question *question, const struct candidate *list, size_t count)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	json_open(&json, NULL, '[');
	for (size_t i = 0; i < count; i++) {
		const struct svc_feasibility *one = &list[i].feasibility;
		char label[24], free_at[32];
		if (one->constraint != SVC_TRIP_FITS || list[i].place != SIZE_MAX)
			continue;
		record_label(label, SVC_TECHNICIAN, one->technician);
		svc_time_format(one->free_at, NULL, free_at);
		json_open(&json, NULL, '{');
		json_string(&json, "id", label);
		json_open(&json, "skills", '[');
		for (const char *at = list[i].skills; at && *at;) {
			size_t length = strcspn(at += strspn(at, ", "), ",");
			json_string(&json, NULL, arena_strndup(&question->arena, at, length));
			at += length;
		}
		json_close(&json, ']');
		json_integer(&json, "open_jobs", one->open_visits);
		json_string(&json, "free_at", free_at);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	const char *kept = arena_strdup(&question->arena, text.text);
	strbuf_release(&text);
	return kept;
}

/* The pack names the best of them, again and again. */
static int order_by_pack(struct question *question, struct candidate *list, size_t count, struct svc_error *err)
{
	int status = question_put(question, "jobs", "[]", err);
	for (size_t place = 0; status == SVC_OK && place < count; place++) {
		const char *left = candidates_json(question, list, count);
		if (strcmp(left, "[]") == 0)
			return SVC_OK;
		status = question_put(question, "candidates", left, err);
		if (status == SVC_OK)
			status = question_ask(question, err);
		if (status != SVC_OK || !question->answer.by)
			return status;
		for (size_t i = 0; i < count; i++)
			if (list[i].feasibility.technician == record_number(SVC_TECHNICIAN, question->answer.by))
				list[i].place = place;
	}
	return status;
}

static int judge_all(struct question *question, const struct crew *crew, struct candidate *list, struct svc_error *err)
{
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < crew->count; i++) {
		struct able able;
		list[i].place = SIZE_MAX;
		status = able_read(question, crew->ids[i], &able, err);
		if (status == SVC_OK)
			status = question_judge(question, &able, false, &list[i].feasibility, err);
		list[i].feasibility.answer = NULL; /* it is the next one's by now */
		list[i].skills = able.values[field_find(SVC_TECHNICIAN, "skills")];
	}
	if (crew->count)
		qsort(list, crew->count, sizeof *list, by_preference);
	return status;
}

int svc_dispatch_candidates(struct svc_desk *desk, const struct svc_trip *trip, svc_feasibility_seen seen,
			    void *context, struct svc_error *err)
{
	struct question question;
	struct crew crew = {0};
	struct candidate *list = NULL;
	int status = question_open(&question, desk, trip, false, err);
	if (status == SVC_OK)
		status = crew_read(desk, &question.arena, &crew, err);
	if (status == SVC_OK) {
		list = arena_alloc(&question.arena, (crew.count + 1) * sizeof *list);
		status = judge_all(&question, &crew, list, err);
	}
	if (status == SVC_OK && question.facts && crew.count) {
		status = order_by_pack(&question, list, crew.count, err);
		qsort(list, crew.count, sizeof *list, by_preference);
	}
	for (size_t i = 0; status == SVC_OK && i < crew.count; i++)
		if (seen(context, &list[i].feasibility))
			break;
	question_close(&question);
	return status;
}

/* ---- promising ---- */

static int refuse(struct question *question, const struct svc_feasibility *feasibility, struct svc_error *err)
{
	const struct svc_zone *zone;
	char from[32], to[32];
	error_set(err, SVC_REFUSED, "%s", feasibility->text);
	error_field(err, svc_constraint_id(feasibility->constraint));
	int status = desk_zone(question->desk, &zone, err);
	if (status != SVC_OK)
		return status;
	svc_time_format(feasibility->slot_from, zone, from);
	svc_time_format(feasibility->slot_to, zone, to);
	if (feasibility->slot_technician)
		error_hint(err, _("the nearest window that fits: %.16s to %.16s, E%lld"), from, to,
			   (long long)feasibility->slot_technician);
	else
		error_hint(err, _("svc dispatch candidates %s shows who can"), question->ticket[FIELD_ID]);
	return SVC_REFUSED;
}

static int check_open(const struct question *question, struct svc_error *err)
{
	if (strcmp(question->ticket[field_find(SVC_TICKET, "state")], "closed") != 0)
		return SVC_OK;
	return error_set(err, SVC_REFUSED, _("%s is closed already"), question->ticket[FIELD_ID]);
}

static int judge_to_promise(struct question *question, int64_t technician, struct svc_feasibility *out,
			    struct svc_error *err)
{
	int status = check_open(question, err);
	if (status == SVC_OK)
		status = judge_one(question, technician, out, err);
	if (status == SVC_OK && out->constraint != SVC_TRIP_FITS)
		status = refuse(question, out, err);
	return status;
}

/* The pack's decision stands with the ticket. */
static int keep_decision(struct question *question, int64_t visit, struct svc_error *err)
{
	struct change change = {.kind = SVC_TICKET, .decides = svc_ask_name(SVC_ASK_DISPATCH), .mark_count = 1};
	struct svc_assignment mark = {"visit", arena_printf(&question->arena, "V%lld", (long long)visit)};
	struct happening happening = {.verb = "dispatched",
				      .occurred = SVC_TIME_NONE,
				      .facts = question->trip.facts,
				      .fact_count = question->trip.fact_count,
				      .passing = true};
	int64_t event = 0;
	change.marks = &mark;
	if (!question->facts)
		return SVC_OK;
	int status = record_change(question->desk, question->trip.ticket, &happening, &change, &question->arena, &event,
				   err);
	return status == SVC_OK ? ruling_keep(question->desk, question->trip.ticket, event, &question->ruling,
					      &question->answer, err)
				: status;
}

static void set_number(struct change *change, const char *field, int64_t number, struct arena *arena)
{
	if (number)
		change_set(change, field, arena_printf(arena, "%lld", (long long)number));
}

static const char *label_of(enum svc_kind kind, int64_t id, struct arena *arena)
{
	char label[24];
	record_label(label, kind, id);
	return arena_strdup(arena, label);
}

static int add_visit(struct question *question, const struct svc_assigning *assigning, int64_t *visit,
		     struct svc_error *err)
{
	const struct svc_trip *trip = &question->trip;
	struct arena *arena = &question->arena;
	struct change change = {.kind = SVC_VISIT};
	struct record_adding adding = {.change = &change, .occurred = SVC_TIME_NONE};
	struct svc_assignment texts[] = {{"needs", question->needs}, {"note", assigning->note}};
	int status = values_fill(question->desk, texts, 2, NULL, arena, &change, err);
	change_set(&change, "ticket", question->ticket[FIELD_ID]);
	change_set(&change, "technician", label_of(SVC_TECHNICIAN, assigning->technician, arena));
	change_set(&change, "state", "planned");
	change_set(&change, "starts", value_moment(trip->from, arena));
	change_set(&change, "ends", value_moment(trip->to, arena));
	set_number(&change, "minutes", trip->minutes, arena);
	set_number(&change, "travel", trip->travel, arena);
	if (assigning->follows)
		change_set(&change, "follows", label_of(SVC_VISIT, assigning->follows, arena));
	if (status == SVC_OK)
		status = record_add(question->desk, &adding, arena, err);
	*visit = adding.id;
	return status;
}

int svc_dispatch_assign(struct svc_desk *desk, const struct svc_assigning *assigning, int64_t *visit,
			svc_feasibility_seen seen, void *context, struct svc_error *err)
{
	struct question question;
	struct svc_feasibility feasibility;
	int status = question_open(&question, desk, &assigning->trip, true, err);
	if (status == SVC_OK)
		status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = judge_to_promise(&question, assigning->technician, &feasibility, err);
	if (status == SVC_OK)
		status = add_visit(&question, assigning, visit, err);
	if (status == SVC_OK)
		status = keep_decision(&question, *visit, err);
	if (status == SVC_OK && seen)
		seen(context, &feasibility);
	question_close(&question);
	return status;
}

/* ---- moving ---- */

static int64_t number_of(const char *const *values, const char *field)
{
	const char *value = values[field_find(SVC_VISIT, field)];
	return value ? strtoll(value, NULL, 10) : 0;
}

/* The trip that the visit will be. */
static int read_moving(struct svc_desk *desk, const struct svc_moving *moving, struct arena *arena,
		       struct svc_trip *trip, int64_t *technician, struct svc_error *err)
{
	const char *values[FIELD_LIMIT];
	struct held held;
	int status = record_read(desk->store, SVC_VISIT, moving->visit, arena, values, err);
	if (status == SVC_OK)
		status = held_read(desk, SVC_VISIT, values, &held, arena, err);
	if (status != SVC_OK)
		return status;
	const char *who = values[field_find(SVC_VISIT, "technician")];
	*trip = (struct svc_trip){.ticket = record_number(SVC_TICKET, held.ticket),
				  .from = moving->from == SVC_TIME_NONE ? held.window.from : moving->from,
				  .to = moving->to == SVC_TIME_NONE ? held.window.to : moving->to,
				  .minutes = number_of(values, "minutes"),
				  .travel = number_of(values, "travel"),
				  .needs = values[field_find(SVC_VISIT, "needs")],
				  .facts = moving->facts,
				  .fact_count = moving->fact_count,
				  .visit = moving->visit};
	*technician = moving->technician ? moving->technician : who ? record_number(SVC_TECHNICIAN, who) : 0;
	if (strcmp(held.state, "planned") != 0)
		return error_set(err, SVC_REFUSED, _("%s is %s: only a planned visit can be moved"), values[FIELD_ID],
				 held.state);
	return *technician ? SVC_OK : error_set(err, SVC_USAGE, _("%s has no technician yet"), values[FIELD_ID]);
}

static int write_moving(struct question *question, int64_t technician, struct svc_error *err)
{
	struct change change = {.kind = SVC_VISIT};
	struct happening happening = {.verb = "reassigned", .occurred = SVC_TIME_NONE};
	struct arena *arena = &question->arena;
	change_set(&change, "technician", label_of(SVC_TECHNICIAN, technician, arena));
	change_set(&change, "starts", value_moment(question->trip.from, arena));
	change_set(&change, "ends", value_moment(question->trip.to, arena));
	int status = record_change(question->desk, question->trip.visit, &happening, &change, arena, NULL, err);
	return status == SVC_OK ? keep_decision(question, question->trip.visit, err) : status;
}

int svc_dispatch_reassign(struct svc_desk *desk, const struct svc_moving *moving, svc_feasibility_seen seen,
			  void *context, struct svc_error *err)
{
	struct arena arena = {0};
	struct question question = {0};
	struct svc_feasibility feasibility;
	struct svc_trip trip;
	int64_t technician;
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = read_moving(desk, moving, &arena, &trip, &technician, err);
	if (status == SVC_OK)
		status = question_open(&question, desk, &trip, true, err);
	if (status == SVC_OK)
		status = judge_to_promise(&question, technician, &feasibility, err);
	if (status == SVC_OK)
		status = write_moving(&question, technician, err);
	if (status == SVC_OK && seen)
		seen(context, &feasibility);
	question_close(&question);
	arena_release(&arena);
	return status;
}
