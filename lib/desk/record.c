/* Records: read, listed, added, edited. */
#include "store/record.h"
#include "base/error.h"
#include "base/memory.h"
#include "values.h"
#include "writing.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

void svc_record_release(struct svc_record *record)
{
	if (record->memory) {
		arena_release(record->memory);
		free(record->memory);
	}
	*record = (struct svc_record){0};
}

const char *svc_record_value(const struct svc_record *record, const char *field)
{
	int place = field_find(record->kind, field);
	return place == FIELD_NONE ? NULL : record->values[place];
}

int svc_read(struct svc_desk *desk, enum svc_kind kind, int64_t id, struct svc_record *out, struct svc_error *err)
{
	struct arena *arena = memory_get(sizeof *arena);
	const char **values = arena_alloc(arena, FIELD_LIMIT * sizeof *values);
	*out = (struct svc_record){kind, id, values, arena};
	int status = record_read(desk->store, kind, id, arena, values, err);
	if (status != SVC_OK)
		svc_record_release(out);
	return status;
}

/* ---- listing ---- */

static int find_query_field(enum svc_kind kind, const char *name, int *place, struct svc_error *err)
{
	*place = field_find(kind, name);
	return *place != FIELD_NONE ? SVC_OK : value_unknown_field(kind, name, false, err);
}

#define LAST_SECOND INT64_C(253402300799) /* of the year 9999: the texts of later ones do not sort */

/* The first or last second of a day, for rows that know the moment. */
static int day_moment(struct svc_desk *desk, const char *day, bool last, struct arena *arena, const char **moment,
		      struct svc_error *err)
{
	const struct svc_zone *zone;
	svc_date date;
	char text[32];
	*moment = day;
	if (!svc_date_parse(day, &date))
		return SVC_OK;
	int status = desk_zone(desk, &zone, err);
	if (status != SVC_OK)
		return status;
	svc_time at = svc_zone_time(zone, date + last, 0) - last;
	svc_time_format(at > LAST_SECOND ? LAST_SECOND : at, NULL, text);
	*moment = arena_strdup(arena, text);
	return SVC_OK;
}

/* A moment as an end takes in the whole day of rows that know no more. */
static int time_end(struct svc_desk *desk, const char *kept, bool last, struct arena *arena, const char **day,
		    const char **moment, struct svc_error *err)
{
	svc_date date;
	char text[16];
	*day = kept;
	if (!kept || !*kept)
		return SVC_OK;
	int status = day_moment(desk, kept, last, arena, moment, err);
	if (status == SVC_OK && !svc_date_parse(kept, &date)) {
		status = value_day(desk, kept, &date, err);
		svc_date_format(date, text);
		*day = arena_strdup(arena, text);
	}
	return status;
}

static int translate_end(struct svc_desk *desk, const struct svc_field *field, const char *text, struct arena *arena,
			 const char **out, struct svc_error *err)
{
	*out = text;
	return text && *text ? value_check(desk, field, text, arena, out, err) : SVC_OK;
}

static int translate_match(struct svc_desk *desk, enum svc_kind kind, const struct svc_match *match,
			   struct arena *arena, struct record_match *out, struct svc_error *err)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	int status = find_query_field(kind, match->field, &out->field, err);
	if (status != SVC_OK)
		return status;
	const struct svc_field *field = &fields[out->field];
	status = translate_end(desk, field, match->from, arena, &out->from, err);
	if (status == SVC_OK)
		status = translate_end(desk, field, match->to, arena, &out->to, err);
	if (status != SVC_OK || field->type != SVC_TIME)
		return status;
	status = time_end(desk, out->from, false, arena, &out->from, &out->from_moment, err);
	return status == SVC_OK ? time_end(desk, out->to, true, arena, &out->to, &out->to_moment, err) : status;
}

static int translate_query(struct svc_desk *desk, enum svc_kind kind, const struct svc_query *query,
			   struct arena *arena, struct record_query *out, struct svc_error *err)
{
	static const struct svc_query all = {0};
	int status = SVC_OK;
	if (!query)
		query = &all;
	const char *fault = query->text ? value_text_fault(query->text, false) : NULL;
	if (fault)
		return error_set(err, SVC_USAGE, "text: %s", fault);
	struct record_match *matches = arena_alloc(arena, (query->match_count + 1) * sizeof *matches);
	for (size_t i = 0; status == SVC_OK && i < query->match_count; i++)
		status = translate_match(desk, kind, &query->matches[i], arena, &matches[i], err);
	*out = (struct record_query){
		.matches = matches, .match_count = query->match_count, .text = query->text, .limit = query->limit};
	if (status == SVC_OK && query->sort && *query->sort) {
		out->descending = query->sort[0] == '-';
		status = find_query_field(kind, query->sort + out->descending, &out->sort, err);
	}
	return status;
}

struct listing {
	enum svc_kind kind;
	svc_record_seen seen;
	void *context;
};

static int show_row(void *context, int64_t id, const char **values)
{
	const struct listing *listing = context;
	struct svc_record record = {.kind = listing->kind, .id = id, .values = values};
	return listing->seen(listing->context, &record);
}

int svc_list(struct svc_desk *desk, enum svc_kind kind, const struct svc_query *query, svc_record_seen seen,
	     void *context, struct svc_error *err)
{
	struct arena arena = {0};
	struct record_query translated;
	struct listing listing = {kind, seen, context};
	int status = translate_query(desk, kind, query, &arena, &translated, err);
	if (status == SVC_OK)
		status = record_list(desk->store, kind, &translated, show_row, &listing, err);
	arena_release(&arena);
	return status;
}

int svc_count(struct svc_desk *desk, enum svc_kind kind, const struct svc_query *query, int64_t *count,
	      struct svc_error *err)
{
	struct arena arena = {0};
	struct record_query translated;
	int status = translate_query(desk, kind, query, &arena, &translated, err);
	if (status == SVC_OK)
		status = record_count(desk->store, kind, &translated, count, err);
	arena_release(&arena);
	return status;
}

/* ---- writing ---- */

/* The verb of a record's first event; the others are "added". */
static const char *const first_verbs[SVC_KIND_COUNT] = {
	[SVC_UNIT] = "registered", [SVC_TICKET] = "opened",    [SVC_VISIT] = "planned",
	[SVC_WORK] = "logged",     [SVC_VIOLATION] = "logged", [SVC_TASK] = "created",
};

/* The state in which a record begins, where its own use case says none. */
static const char *const first_states[SVC_KIND_COUNT] = {
	[SVC_TECHNICIAN] = "active",
	[SVC_VISIT] = "planned",
	[SVC_ARTICLE] = "draft",
};

static void begin_state(struct change *change)
{
	const char *state = first_states[change->kind];
	if (state && !change->set[field_find(change->kind, "state")])
		change_set(change, "state", state);
}

int record_add(struct svc_desk *desk, struct record_adding *adding, struct arena *arena, struct svc_error *err)
{
	const char *verb = adding->verb ? adding->verb : first_verbs[adding->change->kind];
	const char *values[FIELD_LIMIT] = {0};
	change_apply(adding->change, arena, values);
	int status = values_check_record(desk, adding->change->kind, values, err);
	if (status == SVC_OK)
		status = values_check_identity(desk, adding->change->kind, 0, values, err);
	if (status == SVC_OK && !adding->id)
		status = store_next_id(desk->store, (int)adding->change->kind, &adding->id, err);
	if (status != SVC_OK)
		return status;
	struct happening happening = {.verb = verb ? verb : "added",
				      .occurred = adding->occurred,
				      .change = adding->change,
				      .facts = adding->facts,
				      .fact_count = adding->fact_count,
				      .fresh = true};
	memset(values, 0, sizeof values);
	return replay_happening(desk, adding->id, &happening, values, arena, &adding->event, err);
}

/* A pack that is named here has to be there, so that the first question about the unit does not fail. */
static int check_pack_name(struct svc_desk *desk, struct change *change, struct arena *arena, struct svc_error *err)
{
	int place = field_find(SVC_UNIT, "policy");
	struct svc_policy *policy = NULL;
	if (change->kind != SVC_UNIT || !change->set[place])
		return SVC_OK;
	int status = svc_policy_open(&policy, change->set[place], SVC_DATE_NONE, &desk->options.places, err);
	svc_policy_free(policy);
	if (status != SVC_OK) {
		error_field(err, "policy");
		return status;
	}
	char *kept = desk_pack_name(change->set[place]);
	change->set[place] = arena_strdup(arena, kept);
	free(kept);
	return SVC_OK;
}

int svc_add(struct svc_desk *desk, enum svc_kind kind, const struct svc_assignment *values, size_t count, int64_t *id,
	    struct svc_error *err)
{
	if (kind == SVC_TICKET) {
		struct svc_opening opening = {.fields = values, .field_count = count};
		return svc_ticket_open(desk, &opening, id, NULL, NULL, err);
	}
	struct arena arena = {0};
	struct change change = {.kind = kind};
	struct record_adding adding = {.change = &change, .occurred = SVC_TIME_NONE};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = values_fill(desk, values, count, NULL, &arena, &change, err);
	if (status == SVC_OK)
		status = check_pack_name(desk, &change, &arena, err);
	begin_state(&change);
	if (status == SVC_OK)
		status = record_add(desk, &adding, &arena, err);
	*id = status == SVC_OK ? adding.id : 0;
	arena_release(&arena);
	return status;
}

int record_change(struct svc_desk *desk, int64_t id, struct happening *happening, struct change *change,
		  struct arena *arena, int64_t *event, struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0}, *after[FIELD_LIMIT];
	int status = record_read(desk->store, change->kind, id, arena, values, err);
	if (status != SVC_OK)
		return status;
	change_drop_same(change, values);
	if (change_is_empty(change) && !happening->fact_count && !happening->always)
		return SVC_OK;
	memcpy(after, values, sizeof after);
	change_apply(change, arena, after);
	status = values_check_record(desk, change->kind, after, err);
	if (status == SVC_OK)
		status = values_check_identity(desk, change->kind, id, after, err);
	happening->change = change;
	return status == SVC_OK ? replay_happening(desk, id, happening, values, arena, event, err) : status;
}

int svc_edit(struct svc_desk *desk, enum svc_kind kind, int64_t id, const struct svc_assignment *values, size_t count,
	     struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = kind};
	struct happening happening = {.verb = "edited", .occurred = SVC_TIME_NONE};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = values_fill(desk, values, count, NULL, &arena, &change, err);
	if (status == SVC_OK)
		status = check_pack_name(desk, &change, &arena, err);
	if (status == SVC_OK)
		status = record_change(desk, id, &happening, &change, &arena, NULL, err);
	arena_release(&arena);
	return status;
}
