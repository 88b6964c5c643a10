/* Technicians: their hours, their absences, what they have to do. */
#include "technician.h"

#include "base/error.h"
#include "feasible.h"
#include "life.h"
#include "shift.h"
#include "store/record.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

static const char *value_at(enum svc_kind kind, const char *const *values, const char *field)
{
	return values[field_find(kind, field)];
}

/* ---- whole records ---- */

static int bad(struct svc_error *err, const char *field, const char *message)
{
	error_set(err, SVC_BAD_INPUT, "%s", message);
	error_field(err, field);
	return SVC_BAD_INPUT;
}

static int check_shift(const char *text, struct svc_error *err)
{
	struct shift shift;
	if (!text || shift_read(&shift, text))
		return SVC_OK;
	bad(err, "shift", _("not understood as a shift"));
	error_hint(err, "mon-fri 08:00-12:00 13:00-17:30; sat 09:00-12:00");
	return SVC_BAD_INPUT;
}

static int check_number(const char *const *values, const char *field, int64_t most, struct svc_error *err)
{
	const char *text = value_at(SVC_VISIT, values, field);
	int64_t number = text ? strtoll(text, NULL, 10) : 0;
	return number >= 0 && number <= most ? SVC_OK : bad(err, field, _("not a possible number of minutes"));
}

static int check_window(struct svc_desk *desk, enum svc_kind kind, const char *const *values, struct svc_error *err)
{
	struct arena arena = {0};
	struct held held;
	int status = held_read(desk, kind, values, &held, &arena, err);
	arena_release(&arena);
	if (status == SVC_OK && held.window.to <= held.window.from)
		status = bad(err, "ends", _("it ends before it begins"));
	if (status != SVC_OK || kind != SVC_VISIT)
		return status;
	if (held.window.to - held.window.from > WINDOW_LONGEST)
		return bad(err, "ends", _("the window is longer than 31 days"));
	status = check_number(values, "minutes", WINDOW_LONGEST / 60, err);
	return status == SVC_OK ? check_number(values, "travel", TRAVEL_LONGEST, err) : status;
}

int technician_check(struct svc_desk *desk, enum svc_kind kind, const char *const *values, struct svc_error *err)
{
	if (kind == SVC_TECHNICIAN)
		return check_shift(value_at(kind, values, "shift"), err);
	return kind == SVC_VISIT || kind == SVC_ABSENCE ? check_window(desk, kind, values, err) : SVC_OK;
}

/* ---- away ---- */

static int tell_visits(struct svc_desk *desk, int64_t technician, struct stretch away, svc_record_seen seen,
		       void *context, struct svc_error *err)
{
	struct arena arena = {0};
	struct agenda agenda;
	int status = agenda_read(desk, technician, away, 0, false, &arena, &agenda, err);
	for (size_t i = 0; status == SVC_OK && i < agenda.count; i++) {
		struct svc_record record = {.kind = SVC_VISIT, .id = agenda.items[i].id};
		const char *values[FIELD_LIMIT];
		if (agenda.items[i].kind != SVC_VISIT)
			continue;
		status = record_read(desk->store, SVC_VISIT, record.id, &arena, values, err);
		record.values = values;
		if (status == SVC_OK && seen(context, &record))
			break;
	}
	arena_release(&arena);
	return status;
}

int svc_technician_absent(struct svc_desk *desk, int64_t technician, const char *from, const char *to,
			  const char *reason, int64_t *absence, svc_record_seen seen, void *context,
			  struct svc_error *err)
{
	char label[24];
	const char *values[FIELD_LIMIT];
	struct arena arena = {0};
	struct held held;
	record_label(label, SVC_TECHNICIAN, technician);
	const struct svc_assignment fields[] = {
		{"technician", label}, {"starts", from}, {"ends", to}, {"reason", reason ? reason : ""}};
	int status = svc_add(desk, SVC_ABSENCE, fields, sizeof fields / sizeof *fields, absence, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_ABSENCE, *absence, &arena, values, err);
	if (status == SVC_OK)
		status = held_read(desk, SVC_ABSENCE, values, &held, &arena, err);
	if (status == SVC_OK && seen)
		status = tell_visits(desk, technician, held.time, seen, context, err);
	arena_release(&arena);
	return status;
}

static int refuse_leaving(void *context, const struct svc_record *record)
{
	*(int64_t *)context = record->id;
	return 1;
}

int svc_technician_leave(struct svc_desk *desk, int64_t technician, bool leaves, struct svc_error *err)
{
	static const struct life_step steps[] = {
		{.kind = SVC_TECHNICIAN, .verb = "returned", .from = {"left"}, .to = "active"},
		{.kind = SVC_TECHNICIAN, .verb = "left", .from = {"active"}, .to = "left"},
	};
	struct arena arena = {0};
	struct stretch ever = {desk->options.now - 3660 * INT64_C(86400), desk->options.now + 3660 * INT64_C(86400)};
	int64_t visit = 0;
	int status = leaves ? tell_visits(desk, technician, ever, refuse_leaving, &visit, err) : SVC_OK;
	if (status == SVC_OK && visit)
		status = error_set(err, SVC_REFUSED, _("E%lld has open visits, such as V%lld"), (long long)technician,
				   (long long)visit);
	if (visit)
		error_hint(err, _("svc dispatch reassign V%lld gives it to another"), (long long)visit);
	if (status == SVC_OK)
		status = life_step(desk, &steps[leaves], technician, SVC_TIME_NONE, NULL, &arena, NULL, NULL, err);
	arena_release(&arena);
	return status;
}

/* ---- what they have to do ---- */

static int load_of(struct svc_desk *desk, int64_t technician, struct stretch range, struct svc_load *load,
		   struct arena *arena, struct svc_error *err)
{
	const char *values[FIELD_LIMIT];
	struct agenda agenda;
	struct stretches free, visits = {0};
	int status = record_read(desk->store, SVC_TECHNICIAN, technician, arena, values, err);
	if (status == SVC_OK)
		status = agenda_read(desk, technician, range, 0, false, arena, &agenda, err);
	if (status != SVC_OK)
		return status;
	const char *shift = value_at(SVC_TECHNICIAN, values, "shift");
	*load = (struct svc_load){
		.technician = technician, .name = value_at(SVC_TECHNICIAN, values, "name"), .free_minutes = -1};
	for (size_t i = 0; i < agenda.count; i++) {
		const struct held *held = &agenda.items[i];
		if (held->kind != SVC_VISIT)
			continue;
		load->visits += held->window.from >= range.from && held->window.from < range.to;
		stretches_add(&visits, arena, held->time);
	}
	stretches_join(&visits);
	load->minutes = stretches_seconds(&visits, range) / 60;
	status = agenda_free(desk, &agenda, shift, range, arena, &free, err);
	if (status == SVC_OK && shift)
		load->free_minutes = stretches_seconds(&free, range) / 60;
	return status;
}

int svc_technician_load(struct svc_desk *desk, int64_t technician, svc_time from, svc_time to, svc_load_seen seen,
			void *context, struct svc_error *err)
{
	struct arena arena = {0};
	struct crew crew = {.ids = &technician, .count = 1};
	int status = SVC_OK;
	if (to <= from || to - from > 366 * INT64_C(86400))
		status = bad(err, "to", _("the range is empty or longer than 366 days"));
	if (status == SVC_OK && !technician)
		status = crew_read(desk, &arena, &crew, err);
	for (size_t i = 0; status == SVC_OK && i < crew.count; i++) {
		struct svc_load load;
		status = load_of(desk, crew.ids[i], (struct stretch){from, to}, &load, &arena, err);
		if (status == SVC_OK && seen(context, &load))
			break;
	}
	arena_release(&arena);
	return status;
}

/* ---- the board ---- */

static struct svc_entry entry_of(const struct held *held, int64_t technician, const char *name, struct arena *arena)
{
	char label[24];
	record_label(label, held->kind, held->id);
	return (struct svc_entry){.technician = technician,
				  .name = name,
				  .what = svc_kind_name(held->kind),
				  .from = held->window.from,
				  .to = held->window.to,
				  .label = arena_strdup(arena, label),
				  .state = held->state,
				  .ticket = held->ticket};
}

/* Both lists are in order: the earlier of their next ones comes next. */
static int tell_day(const struct agenda *agenda, const struct stretches *free, int64_t technician, const char *name,
		    struct arena *arena, svc_entry_seen seen, void *context)
{
	size_t next = 0, gap = 0;
	while (next < agenda->count || gap < free->count) {
		bool held = gap == free->count ||
			    (next < agenda->count && agenda->items[next].time.from < free->items[gap].from);
		struct svc_entry entry = {.technician = technician, .name = name, .what = "free"};
		if (held) {
			entry = entry_of(&agenda->items[next++], technician, name, arena);
		} else {
			entry.from = free->items[gap].from;
			entry.to = free->items[gap++].to;
		}
		if (seen(context, &entry))
			return 1;
	}
	return 0;
}

static int board_of(struct svc_desk *desk, int64_t technician, struct stretch day, struct arena *arena,
		    svc_entry_seen seen, void *context, bool *stopped, struct svc_error *err)
{
	const char *values[FIELD_LIMIT];
	struct agenda agenda;
	struct stretches free = {0};
	int status = record_read(desk->store, SVC_TECHNICIAN, technician, arena, values, err);
	if (status == SVC_OK)
		status = agenda_read(desk, technician, day, 0, true, arena, &agenda, err);
	if (status != SVC_OK)
		return status;
	const char *shift = value_at(SVC_TECHNICIAN, values, "shift");
	if (shift)
		status = agenda_free(desk, &agenda, shift, day, arena, &free, err);
	if (status == SVC_OK)
		*stopped = tell_day(&agenda, &free, technician, value_at(SVC_TECHNICIAN, values, "name"), arena, seen,
				    context);
	return status;
}

int svc_dispatch_board(struct svc_desk *desk, svc_date day, int64_t technician, svc_entry_seen seen, void *context,
		       struct svc_error *err)
{
	const struct svc_zone *zone;
	struct arena arena = {0};
	struct crew crew = {.ids = &technician, .count = 1};
	bool stopped = false;
	int status = desk_zone(desk, &zone, err);
	if (status == SVC_OK && !technician)
		status = crew_read(desk, &arena, &crew, err);
	for (size_t i = 0; status == SVC_OK && i < crew.count && !stopped; i++) {
		struct stretch whole = {svc_zone_time(zone, day, 0), svc_zone_time(zone, day + 1, 0)};
		status = board_of(desk, crew.ids[i], whole, &arena, seen, context, &stopped, err);
	}
	arena_release(&arena);
	return status;
}
