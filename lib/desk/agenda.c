#include "agenda.h"

#include "base/error.h"
#include "shift.h"

#include <stdlib.h>
#include <string.h>

struct stretch window_takes(struct stretch window, int64_t minutes, int64_t travel)
{
	svc_time done = window.from + minutes * 60;
	return (struct stretch){window.from - travel * 60, done > window.to ? done : window.to};
}

bool visit_is_open(const char *state)
{
	static const char *const open[] = {"planned", "departed", "arrived", "started"};
	for (size_t i = 0; state && i < sizeof open / sizeof *open; i++)
		if (strcmp(open[i], state) == 0)
			return true;
	return false;
}

static const char *value_at(enum svc_kind kind, const char *const *values, const char *field)
{
	return values[field_find(kind, field)];
}

static int64_t number_at(const char *const *values, const char *field)
{
	const char *value = value_at(SVC_VISIT, values, field);
	return value ? strtoll(value, NULL, 10) : 0;
}

/* A moment, or the first second of a day or of the one after it. */
static int read_moment(struct svc_desk *desk, const char *text, bool end, svc_time *at, struct svc_error *err)
{
	const struct svc_zone *zone;
	svc_date day;
	int status = desk_zone(desk, &zone, err);
	if (status != SVC_OK)
		return status;
	if (svc_date_parse(text, &day))
		*at = svc_zone_time(zone, day + end, 0);
	else
		svc_time_parse(text, NULL, at);
	return SVC_OK;
}

int held_read(struct svc_desk *desk, enum svc_kind kind, const char *const *values, struct held *held,
	      struct arena *arena, struct svc_error *err)
{
	const char *label = values[FIELD_ID]; /* a new record has none yet */
	*held = (struct held){.kind = kind, .id = label ? record_number(kind, label) : 0};
	int status = read_moment(desk, value_at(kind, values, "starts"), false, &held->window.from, err);
	if (status == SVC_OK)
		status = read_moment(desk, value_at(kind, values, "ends"), true, &held->window.to, err);
	held->time = held->window;
	if (status != SVC_OK || kind != SVC_VISIT)
		return status;
	held->time = window_takes(held->window, number_at(values, "minutes"), number_at(values, "travel"));
	held->state = arena_strdup(arena, value_at(kind, values, "state"));
	held->ticket = arena_strdup(arena, value_at(kind, values, "ticket"));
	return SVC_OK;
}

/* ---- reading ---- */

struct reading {
	struct svc_desk *desk;
	struct agenda *agenda;
	struct arena *arena;
	struct stretch within;
	int64_t except;
	bool all;
	int status;
	struct svc_error *err;
};

static void keep(struct reading *reading, const struct held *held)
{
	struct agenda *agenda = reading->agenda;
	if (agenda->count == agenda->room) {
		size_t room = agenda->room ? 2 * agenda->room : 16;
		struct held *items = arena_alloc(reading->arena, room * sizeof *items);
		if (agenda->count)
			memcpy(items, agenda->items, agenda->count * sizeof *items);
		agenda->items = items;
		agenda->room = room;
	}
	agenda->items[agenda->count++] = *held;
}

static int take(void *context, const struct svc_record *record)
{
	struct reading *reading = context;
	struct held held;
	const char *state = record->kind == SVC_VISIT ? svc_record_value(record, "state") : NULL;
	if (state && !visit_is_open(state) && !(reading->all && strcmp(state, "cancelled") != 0))
		return 0;
	if (record->kind == SVC_VISIT && record->id == reading->except)
		return 0;
	reading->status = held_read(reading->desk, record->kind, record->values, &held, reading->arena, reading->err);
	if (reading->status == SVC_OK && stretch_overlaps(held.time, reading->within))
		keep(reading, &held);
	return reading->status;
}

static int by_begin(const void *one, const void *other)
{
	svc_time a = ((const struct held *)one)->time.from, b = ((const struct held *)other)->time.from;
	return (a > b) - (a < b);
}

/* The index is on when it starts: how long before `within` that may be is bounded for visits, and not for absences. */
static int read_kind(struct reading *reading, enum svc_kind kind, int64_t technician, struct svc_error *err)
{
	char label[24], from[32], to[32];
	int64_t before = WINDOW_LONGEST, way = TRAVEL_LONGEST * 60;
	record_label(label, SVC_TECHNICIAN, technician);
	svc_time_format(reading->within.from - before, NULL, from);
	svc_time_format(reading->within.to + way, NULL, to);
	struct svc_match matches[] = {{"technician", label, label},
				      {"starts", kind == SVC_VISIT ? from : NULL, to},
				      {"ends", kind == SVC_VISIT ? NULL : from, NULL}};
	struct svc_query query = {.matches = matches, .match_count = kind == SVC_VISIT ? 2 : 3};
	int status = svc_list(reading->desk, kind, &query, take, reading, err);
	return status == SVC_OK ? reading->status : status;
}

int agenda_read(struct svc_desk *desk, int64_t technician, struct stretch within, int64_t except, bool all,
		struct arena *arena, struct agenda *agenda, struct svc_error *err)
{
	struct reading reading = {.desk = desk,
				  .agenda = agenda,
				  .arena = arena,
				  .within = within,
				  .except = except,
				  .all = all,
				  .err = err};
	*agenda = (struct agenda){0};
	int status = read_kind(&reading, SVC_VISIT, technician, err);
	if (status == SVC_OK)
		status = read_kind(&reading, SVC_ABSENCE, technician, err);
	if (agenda->count)
		qsort(agenda->items, agenda->count, sizeof *agenda->items, by_begin);
	return status;
}

const struct held *agenda_meets(const struct agenda *agenda, enum svc_kind kind, struct stretch stretch)
{
	for (size_t i = 0; i < agenda->count; i++)
		if (agenda->items[i].kind == kind && stretch_overlaps(agenda->items[i].time, stretch))
			return &agenda->items[i];
	return NULL;
}

int agenda_hours(struct svc_desk *desk, const char *shift, struct stretch within, struct arena *arena,
		 struct stretches *out, struct svc_error *err)
{
	const struct svc_zone *zone;
	struct shift parts;
	*out = (struct stretches){0};
	int status = desk_zone(desk, &zone, err);
	if (status != SVC_OK)
		return status;
	if (shift && shift_read(&parts, shift))
		shift_stretches(&parts, zone, within, arena, out);
	else
		stretches_add(out, arena, within);
	return SVC_OK;
}

int agenda_free(struct svc_desk *desk, const struct agenda *agenda, const char *shift, struct stretch within,
		struct arena *arena, struct stretches *out, struct svc_error *err)
{
	struct stretches hours, taken = {0};
	int status = agenda_hours(desk, shift, within, arena, &hours, err);
	for (size_t i = 0; i < agenda->count; i++)
		stretches_add(&taken, arena, agenda->items[i].time);
	stretches_join(&taken);
	if (status == SVC_OK)
		stretches_without(&hours, &taken, arena, out);
	return status;
}
