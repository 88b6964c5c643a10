/* The movements of a part read from its events, and whether all adds up. */
#include "base/error.h"
#include "stock.h"
#include "store/event.h"
#include "store/record.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	svc_movement_seen seen;
	void *context;
	struct arena arena; /* of one event */
	int64_t on_hand, reserved;
	int status;
	struct svc_error *err;
};

static int64_t added(const struct change *change, const char *field)
{
	const char *text = change->add[field_find(SVC_PART, field)];
	return text ? strtoll(text, NULL, 10) : 0;
}

static int tell_movement(struct reading *reading, const struct event *event, const struct change *change)
{
	struct gathered_facts told = {0};
	reading->status = gather_payload(&told, "marks", event->payload, &reading->arena, reading->err);
	if (reading->status != SVC_OK)
		return 1;
	reading->on_hand += added(change, "on_hand");
	reading->reserved += added(change, "reserved");
	struct svc_movement movement = {.event = event->id,
					.at = event->occurred_at,
					.actor = event->actor,
					.verb = event->verb,
					.quantity = added(change, "on_hand"),
					.reserving = added(change, "reserved"),
					.on_hand = reading->on_hand,
					.reserved = reading->reserved,
					.issue = gathered_value(&told, "issue"),
					.ticket = gathered_value(&told, "ticket"),
					.supplier = gathered_value(&told, "supplier"),
					.reference = gathered_value(&told, "reference"),
					.cost = gathered_value(&told, "cost"),
					.reason = gathered_value(&told, "reason")};
	return reading->seen(reading->context, &movement);
}

static int take_event(void *context, const struct event *event)
{
	struct reading *reading = context;
	struct change change;
	reading->status = change_read(&change, SVC_PART, event->payload, &reading->arena, reading->err);
	int stop = reading->status != SVC_OK;
	bool moves = change.add[field_find(SVC_PART, "on_hand")] || change.add[field_find(SVC_PART, "reserved")];
	if (!stop && (moves || strcmp(event->verb, "counted") == 0)) /* a count that found no difference, too */
		stop = tell_movement(reading, event, &change);
	arena_reset(&reading->arena);
	return stop;
}

int svc_part_moves(struct svc_desk *desk, int64_t part, svc_movement_seen seen, void *context, struct svc_error *err)
{
	struct reading reading = {.seen = seen, .context = context, .err = err};
	struct event_query query = {.subject = SVC_PART,
				    .subject_id = part,
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE,
				    .order = EVENTS_AS_OCCURRED,
				    .standing = true};
	int status = event_each(desk->store, &query, take_event, &reading, err);
	arena_release(&reading.arena);
	return status == SVC_OK ? reading.status : status;
}

/* ---- whether it adds up ---- */

struct check {
	struct svc_desk *desk;
	svc_damage_seen seen;
	void *context;
	struct arena arena; /* of one part */
	int64_t on_hand, reserved, out; /* as the movements say; out: issued and not back */
	int64_t promised, issued; /* as the issues say */
	bool negative;
	int status;
	struct svc_error *err;
};

static void tell(const struct check *check, const char *text)
{
	check->seen(check->context, text);
}

static int add_movement(void *context, const struct svc_movement *movement)
{
	struct check *check = context;
	check->on_hand = movement->on_hand;
	check->reserved = movement->reserved;
	check->negative = check->negative || movement->reserved < 0 || movement->on_hand < movement->reserved;
	if (movement->issue)
		check->out -= movement->quantity;
	return 0;
}

static bool is_state(const char **values, const char *state)
{
	const char *value = values[field_find(SVC_ISSUE, "state")];
	return value && strcmp(value, state) == 0;
}

static int add_issue(void *context, int64_t id, const char **values)
{
	struct check *check = context;
	int64_t quantity = stock_pieces(SVC_ISSUE, values, "quantity");
	int64_t returned = stock_pieces(SVC_ISSUE, values, "returned");
	int64_t out = quantity - returned - stock_pieces(SVC_ISSUE, values, "used") -
		      stock_pieces(SVC_ISSUE, values, "written_off");
	bool open = is_state(values, "issued"), settled = is_state(values, "settled");
	if (is_state(values, "reserved"))
		check->promised += quantity;
	if (open || settled)
		check->issued += quantity - returned;
	if ((open && out <= 0) || (settled && out != 0))
		tell(check,
		     arena_printf(&check->arena, _("issue I%lld: %lld of %lld pieces are still out, and it is %s"),
				  (long long)id, (long long)out, (long long)quantity, open ? "issued" : "settled"));
	return 0;
}

static void compare(const struct check *check, const char **values)
{
	struct arena *arena = (struct arena *)&check->arena;
	const char *label = values[FIELD_ID];
	int64_t on_hand = stock_pieces(SVC_PART, values, "on_hand"),
		reserved = stock_pieces(SVC_PART, values, "reserved");
	if (check->on_hand != on_hand || check->reserved != reserved)
		tell(check,
		     arena_printf(arena,
				  _("part %s: its movements give %lld on hand and %lld reserved, not %lld and %lld"),
				  label, (long long)check->on_hand, (long long)check->reserved, (long long)on_hand,
				  (long long)reserved));
	if (check->negative)
		tell(check, arena_printf(arena, _("part %s: fewer than none were free at some moment"), label));
	if (check->promised != reserved)
		tell(check, arena_printf(arena, _("part %s: %lld are reserved, and its issues say %lld"), label,
					 (long long)reserved, (long long)check->promised));
	if (check->issued != check->out)
		tell(check, arena_printf(arena, _("part %s: %lld went out for tickets, and its issues say %lld"), label,
					 (long long)check->out, (long long)check->issued));
}

static int check_part(void *context, int64_t id, const char **values)
{
	struct check *check = context;
	struct record_match match = {
		.field = field_find(SVC_ISSUE, "part"), .from = values[FIELD_ID], .to = values[FIELD_ID]};
	struct record_query issues = {.matches = &match, .match_count = 1};
	check->on_hand = check->reserved = check->out = check->promised = check->issued = 0;
	check->negative = false;
	check->status = svc_part_moves(check->desk, id, add_movement, check, check->err);
	if (check->status == SVC_OK)
		check->status = record_list(check->desk->store, SVC_ISSUE, &issues, add_issue, check, check->err);
	if (check->status == SVC_OK)
		compare(check, values);
	arena_reset(&check->arena);
	return check->status;
}

int svc_stock_check(struct svc_desk *desk, svc_damage_seen seen, void *context, struct svc_error *err)
{
	const struct record_query all = {0};
	struct check check = {.desk = desk, .seen = seen, .context = context, .err = err};
	int status = record_list(desk->store, SVC_PART, &all, check_part, &check, err);
	arena_release(&check.arena);
	return status == SVC_OK ? check.status : status;
}
