/* Things in custody, from the day they are expected or received until they are settled. */
#include "custody.h"

#include "base/error.h"
#include "life.h"
#include "store/record.h"
#include "svc/stage.h"
#include "values.h"

#include <string.h>

static const struct act {
	const char *verb;
	const char *from[4]; /* states, NULL-ended */
	const char *to; /* state */
	const char *holder; /* NULL: as the step says, or unchanged */
	bool names_holder, gives_reason;
} acts[] = {
	[SVC_CUSTODY_EXPECT] = {"expected", {NULL}, "expected", HOLDER_CUSTOMER, false, false},
	[SVC_CUSTODY_RECEIVE] = {"received", {"expected", "away"}, "held", HOLDER_DESK, false, false},
	[SVC_CUSTODY_LEND] = {"lent", {NULL}, "away", HOLDER_CUSTOMER, false, false},
	[SVC_CUSTODY_MOVE] = {"moved", {"held"}, "held", NULL, true, false},
	[SVC_CUSTODY_SHIP] = {"shipped", {"held"}, "away", NULL, true, false},
	[SVC_CUSTODY_HANDOVER] = {"handed_over", {"held", "away"}, "settled", HOLDER_CUSTOMER, false, false},
	[SVC_CUSTODY_KEEP] = {"kept", {"held", "away"}, "settled", NULL, false, true},
	[SVC_CUSTODY_DROP] = {"dropped", {"expected"}, "cancelled", NULL, false, true},
};

const char *goods_value(const char *const *values, const char *field)
{
	return values[field_find(SVC_GOODS, field)];
}

const char *custody_value(const struct custody *custody, const char *field)
{
	int place = field_find(SVC_GOODS, field);
	return custody->change.touched[place] ? custody->change.set[place] : custody->values[place];
}

static bool is(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

/* ---- the holder ---- */

/* A technician goes by number, whether by that or by name; any other word is a place or a company. */
static int technician_of(struct custody *custody, const char **holder, struct svc_error *err)
{
	int64_t id = record_number(SVC_TECHNICIAN, *holder);
	size_t found = 0;
	char label[24];
	int status = SVC_OK;
	if (id)
		status = svc_find(custody->desk, SVC_TECHNICIAN, *holder, &id, err);
	else
		status = record_find(custody->desk->store, SVC_TECHNICIAN, field_find(SVC_TECHNICIAN, "name"), *holder,
				     FIELD_NONE, NULL, &id, 1, &found, err);
	if (status != SVC_OK || !id)
		return status;
	record_label(label, SVC_TECHNICIAN, id);
	*holder = arena_strdup(&custody->arena, label);
	return SVC_OK;
}

static int set_holder(struct custody *custody, struct svc_error *err)
{
	const struct act *act = &acts[custody->act];
	size_t count;
	const struct svc_field *field = &svc_fields(SVC_GOODS, &count)[field_find(SVC_GOODS, "holder")];
	const char *holder = custody->step->to ? custody->step->to : act->holder;
	int status = value_check(custody->desk, field, holder, &custody->arena, &holder, err);
	if (status == SVC_OK && act->names_holder && !holder)
		status = error_set(err, SVC_USAGE, _("who holds it then?"));
	if (status == SVC_OK && custody->act == SVC_CUSTODY_MOVE && is(holder, HOLDER_CUSTOMER)) {
		error_set(err, SVC_USAGE, _("what goes back to the customer is handed over or shipped"));
		status = SVC_USAGE;
	}
	if (status == SVC_OK && holder)
		status = technician_of(custody, &holder, err);
	if (holder)
		change_set(&custody->change, "holder", holder);
	return status;
}

/* ---- the change ---- */

static int check_text(struct custody *custody, struct svc_error *err)
{
	const char *text = custody->step->text;
	if (!acts[custody->act].gives_reason || (text && *text))
		return ticket_line(custody->desk, text, goods_value(custody->values, "note"), &custody->arena,
				   &custody->change.line, err);
	error_set(err, SVC_USAGE, _("say why it stays or is not coming"));
	error_field(err, "text");
	return SVC_USAGE;
}

static int check_kind(const struct custody *custody, struct svc_error *err)
{
	if (is(goods_value(custody->values, "kind"), "loaner") && custody->act == SVC_CUSTODY_HANDOVER) {
		error_set(err, SVC_REFUSED, _("%s is a loaner: it is not handed over for good"),
			  custody->values[FIELD_ID]);
		error_hint(err, _("svc custody receive takes it back; svc custody keep says why it stays"));
		return SVC_REFUSED;
	}
	return SVC_OK;
}

static int take_fields(struct custody *custody, struct svc_error *err)
{
	return values_fill(custody->desk, custody->step->fields, custody->step->field_count, NULL, &custody->arena,
			   &custody->change, err);
}

static int fill(struct custody *custody, struct svc_error *err)
{
	int status = check_kind(custody, err);
	if (status == SVC_OK)
		status = check_text(custody, err);
	if (status == SVC_OK)
		status = set_holder(custody, err);
	return status == SVC_OK ? custody_freight_decide(custody, err) : status;
}

/* The workflow's step, or the facts that came with it where nothing else has kept them. */
static int go_on(struct custody *custody, struct svc_error *err)
{
	const struct svc_custody_step *step = custody->step;
	struct svc_advance advance = {
		.ticket = custody->ticket,
		.event = step->event,
		.facts = step->facts,
		.fact_count = step->fact_count,
		.told.at = SVC_TIME_NONE,
	};
	if (step->event)
		return svc_ticket_advance(custody->desk, &advance, NULL, NULL, err);
	if (!step->fact_count || custody->freight.ruling.policy)
		return SVC_OK;
	return svc_ticket_note(custody->desk, custody->ticket, NULL, step->facts, step->fact_count, NULL, NULL, err);
}

static int finish(struct custody *custody, int status, struct svc_error *err)
{
	if (status == SVC_OK)
		status = custody_freight_write(custody, err);
	if (status == SVC_OK)
		status = go_on(custody, err);
	custody_freight_release(custody);
	arena_release(&custody->arena);
	return status;
}

/* ---- steps ---- */

/* A replacement under warranty begins its time on the day the customer has it. */
static int begin_replacement(struct custody *custody, struct svc_error *err)
{
	const char *unit = goods_value(custody->values, "unit"), *values[FIELD_LIMIT] = {0};
	struct change change = {.kind = SVC_UNIT};
	struct happening happening = {.verb = "handed_over", .occurred = custody->step->at};
	svc_date day;
	char text[16];
	if (custody->act != SVC_CUSTODY_HANDOVER || !is(goods_value(custody->values, "kind"), "exchange") || !unit)
		return SVC_OK;
	int64_t id = record_number(SVC_UNIT, unit);
	int status = record_read(custody->desk->store, SVC_UNIT, id, &custody->arena, values, err);
	if (status != SVC_OK || !values[field_find(SVC_UNIT, "replacement")])
		return status;
	status = value_day(custody->desk, custody_value(custody, "since"), &day, err);
	svc_date_format(day, text);
	change_set(&change, "replacement", arena_strdup(&custody->arena, text));
	return status == SVC_OK ? record_change(custody->desk, id, &happening, &change, &custody->arena, NULL, err)
				: status;
}

static int act_on(struct custody *custody, struct svc_error *err)
{
	const struct act *act = &acts[custody->act];
	struct life_step step = {
		.kind = SVC_GOODS, .verb = act->verb, .to = act->to, .stamp = "since", .after = {"since"}};
	const char *before[FIELD_LIMIT];
	memcpy(step.from, act->from, sizeof act->from);
	int status = record_read(custody->desk->store, SVC_GOODS, custody->goods, &custody->arena, custody->values,
				 err);
	if (status == SVC_OK) {
		custody->ticket = record_number(SVC_TICKET, goods_value(custody->values, "ticket"));
		status = record_read(custody->desk->store, SVC_TICKET, custody->ticket, &custody->arena,
				     custody->ticket_values, err);
	}
	if (status == SVC_OK)
		status = life_check(custody->desk, &step, custody->step->at, custody->values, err);
	if (status == SVC_OK)
		status = take_fields(custody, err);
	if (status == SVC_OK)
		status = fill(custody, err);
	if (custody->act == SVC_CUSTODY_RECEIVE && is(goods_value(custody->values, "kind"), "loaner"))
		step.to = "settled"; /* it is ours, and owed no longer */
	if (status == SVC_OK)
		status = life_step(custody->desk, &step, custody->goods, custody->step->at, &custody->change,
				   &custody->arena, before, NULL, err);
	return status == SVC_OK ? begin_replacement(custody, err) : status;
}

int svc_custody_act(struct svc_desk *desk, enum svc_custody_act act, int64_t goods, const struct svc_custody_step *step,
		    struct svc_error *err)
{
	struct custody custody = {.desk = desk, .act = act, .step = step, .goods = goods, .change.kind = SVC_GOODS};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = act_on(&custody, err);
	return finish(&custody, status, err);
}

/* ---- into custody ---- */

static int check_ticket_open(const struct custody *custody, struct svc_error *err)
{
	const char *state = custody->ticket_values[field_find(SVC_TICKET, "state")];
	if (is(state, "open"))
		return SVC_OK;
	return error_set(err, SVC_REFUSED, _("%s is closed already"), custody->ticket_values[FIELD_ID]);
}

/* The unit that bears the serial number: of several the ticket's own. *unit 0: it is no unit that is registered. */
static int find_unit(struct custody *custody, const char *serial, int64_t *unit, struct svc_error *err)
{
	enum { LOOKED_AT = 16 };
	const char *own = custody->ticket_values[field_find(SVC_TICKET, "unit")];
	int64_t ids[LOOKED_AT], own_id = own ? record_number(SVC_UNIT, own) : 0;
	size_t count;
	*unit = record_number(SVC_UNIT, serial);
	if (*unit)
		return svc_find(custody->desk, SVC_UNIT, serial, unit, err);
	int status = record_find(custody->desk->store, SVC_UNIT, field_find(SVC_UNIT, "serial"), serial, FIELD_NONE,
				 NULL, ids, LOOKED_AT, &count, err);
	for (size_t i = 0; status == SVC_OK && i < count; i++)
		if (count == 1 || ids[i] == own_id) {
			*unit = ids[i];
			return SVC_OK;
		}
	return status == SVC_OK && count ? svc_find(custody->desk, SVC_UNIT, serial, unit, err) : status;
}

static int set_unit(struct custody *custody, int64_t unit, struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	int status = record_read(custody->desk->store, SVC_UNIT, unit, &custody->arena, values, err);
	if (status != SVC_OK)
		return status;
	change_set(&custody->change, "unit", values[FIELD_ID]);
	change_set(&custody->change, "serial", values[field_find(SVC_UNIT, "serial")]);
	return SVC_OK;
}

/* What it is: a unit that is known, a serial number, or a description. */
static int identify(struct custody *custody, const char *serial, struct svc_error *err)
{
	const char *own = custody->ticket_values[field_find(SVC_TICKET, "unit")];
	const struct svc_assignment given = {"serial", serial};
	int64_t unit = 0;
	int status = SVC_OK;
	if (!custody_value(custody, "kind"))
		change_set(&custody->change, "kind", custody->act == SVC_CUSTODY_LEND ? "loaner" : "unit");
	if (serial) {
		status = values_fill(custody->desk, &given, 1, NULL, &custody->arena, &custody->change, err);
		if (status == SVC_OK)
			status = find_unit(custody, serial, &unit, err);
	} else if (own && is(custody_value(custody, "kind"), "unit")) {
		unit = record_number(SVC_UNIT, own);
	}
	if (status == SVC_OK && unit)
		status = set_unit(custody, unit, err);
	if (status != SVC_OK || custody_value(custody, "serial") || custody_value(custody, "description"))
		return status;
	error_set(err, SVC_BAD_INPUT, _("a thing in custody has a serial number or a description"));
	error_field(err, "description");
	return SVC_BAD_INPUT;
}

struct twin {
	struct arena *arena;
	const char *self; /* the number of the thing that is looked for; NULL: it has none yet */
	bool unit_known; /* of that thing, while it is looked for by its serial number */
	int64_t id; /* 0: there is none */
	const char *values[FIELD_LIMIT];
};

static bool in_custody(const char *state)
{
	return is(state, "expected") || is(state, "held") || is(state, "away");
}

static int take_twin(void *context, int64_t id, const char **values)
{
	struct twin *twin = context;
	size_t count;
	if (!in_custody(goods_value(values, "state")) || (twin->unit_known && goods_value(values, "unit")) ||
	    is(twin->self, values[FIELD_ID]))
		return 0;
	twin->id = id;
	svc_fields(SVC_GOODS, &count);
	for (size_t i = 0; i < count; i++)
		twin->values[i] = values[i] ? arena_strdup(twin->arena, values[i]) : NULL;
	return 1;
}

/* The same thing where it is in custody: the same unit, or the same serial number where one of both is no known unit. */
static int find_twin(struct svc_desk *desk, const char *unit, const char *serial, struct twin *twin,
		     struct svc_error *err)
{
	const struct record_match matches[] = {
		{.field = field_find(SVC_GOODS, "unit"), .from = unit, .to = unit},
		{.field = field_find(SVC_GOODS, "serial"), .from = serial, .to = serial}};
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && !twin->id && i < 2; i++) {
		struct record_query query = {.matches = &matches[i], .match_count = 1};
		twin->unit_known = i == 1 && unit;
		if (matches[i].from)
			status = record_list(desk->store, SVC_GOODS, &query, take_twin, twin, err);
	}
	return status;
}

static int refuse_twin(const struct twin *twin, struct svc_error *err)
{
	error_set(err, SVC_REFUSED, _("%s is in custody already: %s of %s, held by %s"),
		  goods_value(twin->values, "serial"), twin->values[FIELD_ID], goods_value(twin->values, "ticket"),
		  goods_value(twin->values, "holder"));
	error_field(err, "serial");
	return SVC_REFUSED;
}

int custody_check_alone(struct svc_desk *desk, const char *const *values, struct svc_error *err)
{
	struct arena arena = {0};
	struct twin twin = {.arena = &arena, .self = values[FIELD_ID]};
	int status = SVC_OK;
	if (in_custody(goods_value(values, "state")))
		status = find_twin(desk, goods_value(values, "unit"), goods_value(values, "serial"), &twin, err);
	if (status == SVC_OK && twin.id)
		status = refuse_twin(&twin, err);
	arena_release(&arena);
	return status;
}

static int check_moment(struct custody *custody, struct svc_error *err)
{
	svc_time now = custody->desk->options.now, at = custody->step->at;
	if (at == SVC_TIME_NONE || at <= now) {
		change_set(&custody->change, "since", value_moment(at == SVC_TIME_NONE ? now : at, &custody->arena));
		return SVC_OK;
	}
	error_set(err, SVC_BAD_INPUT, _("%s at a moment to come"), acts[custody->act].verb);
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

static int add(struct custody *custody, struct svc_error *err)
{
	struct record_adding adding = {
		.change = &custody->change, .verb = acts[custody->act].verb, .occurred = custody->step->at};
	bool loaner = is(custody_value(custody, "kind"), "loaner");
	char label[24];
	change_set(&custody->change, "ticket", custody->ticket_values[FIELD_ID]);
	change_set(&custody->change, "state", acts[custody->act].to);
	if (!custody_value(custody, "belongs"))
		change_set(&custody->change, "belongs", loaner ? "company" : "customer");
	int status = store_next_id(custody->desk->store, SVC_GOODS, &adding.id, err);
	record_label(label, SVC_GOODS, adding.id);
	if (!custody_value(custody, "receipt"))
		change_set(&custody->change, "receipt", arena_strdup(&custody->arena, label));
	if (status == SVC_OK)
		status = record_add(custody->desk, &adding, &custody->arena, err);
	custody->goods = adding.id;
	custody->values[FIELD_ID] = arena_strdup(&custody->arena, label);
	return status;
}

static int take(struct custody *custody, const char *serial, struct twin *twin, struct svc_error *err)
{
	int status = desk_writing(custody->desk, err);
	if (status == SVC_OK)
		status = record_read(custody->desk->store, SVC_TICKET, custody->ticket, &custody->arena,
				     custody->ticket_values, err);
	if (status == SVC_OK)
		status = check_ticket_open(custody, err);
	if (status == SVC_OK)
		status = take_fields(custody, err);
	if (status == SVC_OK)
		status = identify(custody, serial, err);
	if (status == SVC_OK)
		status = find_twin(custody->desk, custody_value(custody, "unit"), custody_value(custody, "serial"),
				   twin, err);
	if (status != SVC_OK || twin->id)
		return status;
	status = check_moment(custody, err);
	if (status == SVC_OK)
		status = fill(custody, err);
	return status == SVC_OK ? add(custody, err) : status;
}

int svc_custody_take(struct svc_desk *desk, enum svc_custody_act act, int64_t ticket, const char *serial,
		     const struct svc_custody_step *step, int64_t *goods, struct svc_error *err)
{
	struct custody custody = {.desk = desk, .act = act, .step = step, .ticket = ticket, .change.kind = SVC_GOODS};
	struct twin twin = {.arena = &custody.arena};
	int status = take(&custody, serial, &twin, err);
	*goods = custody.goods;
	if (status != SVC_OK || !twin.id)
		return finish(&custody, status, err);
	bool comes = act == SVC_CUSTODY_RECEIVE && !is(goods_value(twin.values, "state"), "held") &&
		     is(goods_value(twin.values, "ticket"), custody.ticket_values[FIELD_ID]);
	*goods = twin.id;
	status = comes ? svc_custody_act(desk, act, twin.id, step, err) : refuse_twin(&twin, err);
	arena_release(&custody.arena);
	return status;
}
