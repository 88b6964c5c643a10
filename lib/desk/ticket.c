/* Tickets: opened with the decision that was made, noted, closed, reopened. */
#include "base/error.h"
#include "closing.h"
#include "history.h"
#include "ruling.h"
#include "store/event.h"
#include "store/record.h"
#include "urgency.h"
#include "values.h"
#include "writing.h"

#include <string.h>

static const char *ticket_value(const char *const *values, const char *field)
{
	return values[field_find(SVC_TICKET, field)];
}

static const char *unit_value(const char *const *values, const char *field)
{
	return values[field_find(SVC_UNIT, field)];
}

/* ---- the unit at the counter ---- */

static const char *assigned(const struct svc_assignment *values, size_t count, const char *field)
{
	for (size_t i = values ? count : 0; i-- > 0;)
		if (strcmp(values[i].field, field) == 0)
			return *values[i].value ? values[i].value : NULL;
	return NULL;
}

/* What was said of the maker or the model must not be otherwise. */
static bool agrees(const struct svc_opening *opening, const char *const *unit, const char *field)
{
	const char *said = assigned(opening->unit, opening->unit_count, field), *known = unit_value(unit, field);
	return !said || strcmp(said, known ? known : "") == 0;
}

static int find_agreeing(struct svc_desk *desk, const struct svc_opening *opening, struct arena *arena, int64_t *unit,
			 size_t *found, struct svc_error *err)
{
	enum { LOOKED_AT = 64 };
	int64_t ids[LOOKED_AT];
	size_t count;
	*found = 0;
	int status = record_find(desk->store, SVC_UNIT, field_find(SVC_UNIT, "serial"), opening->serial, FIELD_NONE,
				 NULL, ids, LOOKED_AT, &count, err);
	for (size_t i = 0; status == SVC_OK && i < count; i++) {
		const char *values[FIELD_LIMIT];
		status = record_read(desk->store, SVC_UNIT, ids[i], arena, values, err);
		if (status == SVC_OK && agrees(opening, values, "brand") && agrees(opening, values, "model")) {
			*unit = ids[i];
			++*found;
		}
	}
	return status;
}

static int register_unit(struct svc_desk *desk, const struct svc_opening *opening, struct arena *arena, int64_t *unit,
			 struct svc_error *err)
{
	struct svc_assignment *values = arena_alloc(arena, (opening->unit_count + 1) * sizeof *values);
	values[0] = (struct svc_assignment){"serial", opening->serial};
	if (opening->unit_count)
		memcpy(values + 1, opening->unit, opening->unit_count * sizeof *values);
	return svc_add(desk, SVC_UNIT, values, opening->unit_count + 1, unit, err);
}

/* By "U17", else by serial with what was said of maker and model, else a new one where that was wished for. */
static int unit_of_serial(struct svc_desk *desk, const struct svc_opening *opening, struct arena *arena, int64_t *unit,
			  struct svc_error *err)
{
	size_t found = 0;
	int status = SVC_OK;
	if (!record_number(SVC_UNIT, opening->serial))
		status = find_agreeing(desk, opening, arena, unit, &found, err);
	if (status != SVC_OK || found == 1)
		return status;
	if (found == 0 && opening->unit && !record_number(SVC_UNIT, opening->serial))
		return register_unit(desk, opening, arena, unit, err);
	return svc_find(desk, SVC_UNIT, opening->serial, unit, err);
}

static void set_default(struct change *change, const char *field, const char *value)
{
	if (!change->set[field_find(change->kind, field)])
		change_set(change, field, value);
}

/* What the unit says goes for the ticket where nothing else was said. */
static int take_unit(struct svc_desk *desk, struct change *change, struct arena *arena, int64_t *unit,
		     struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0}, *label = change->set[field_find(SVC_TICKET, "unit")];
	*unit = label ? record_number(SVC_UNIT, label) : 0;
	if (!*unit)
		return SVC_OK;
	int status = record_read(desk->store, SVC_UNIT, *unit, arena, values, err);
	if (status != SVC_OK)
		return status;
	static const char *const taken[] = {"customer", "product", "brand"};
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (unit_value(values, taken[i]))
			set_default(change, taken[i], unit_value(values, taken[i]));
	return SVC_OK;
}

/* ---- opening ---- */

static int occurred_at(struct svc_desk *desk, const char *opened, svc_time *occurred, struct svc_error *err)
{
	const struct svc_zone *zone;
	int status = desk_zone(desk, &zone, err);
	if (status == SVC_OK)
		svc_time_parse(opened, zone, occurred); /* of a day: its first second */
	return status;
}

static int check_not_ahead(struct svc_desk *desk, svc_date opened, struct svc_error *err)
{
	const struct svc_zone *zone;
	int status = desk_zone(desk, &zone, err);
	if (status != SVC_OK || opened <= svc_zone_date(zone, desk->options.now))
		return status;
	error_set(err, SVC_BAD_INPUT, _("a ticket can't be opened on a day to come"));
	error_field(err, "opened");
	return SVC_BAD_INPUT;
}

static int fill_opening(struct svc_desk *desk, const struct svc_opening *opening, struct change *change,
			struct arena *arena, int64_t *unit, struct svc_error *err)
{
	char label[24];
	int status = values_fill(desk, opening->fields, opening->field_count, NULL, arena, change, err);
	if (status == SVC_OK && opening->serial) {
		status = unit_of_serial(desk, opening, arena, unit, err);
		record_label(label, SVC_UNIT, *unit);
		change_set(change, "unit", arena_strdup(arena, label));
	}
	if (status == SVC_OK)
		status = take_unit(desk, change, arena, unit, err);
	set_default(change, "kind", "repair");
	set_default(change, "opened", value_moment(desk->options.now, arena));
	change_set(change, "state", change->set[field_find(SVC_TICKET, "closed")] ? "closed" : "open");
	return status;
}

static void set_decision(struct change *change, const struct ruling *ruling, const struct svc_answer *answer,
			 struct arena *arena)
{
	change->decides = svc_ask_name(answer->ask);
	change_set(change, "verdict", svc_verdict_id(answer->verdict));
	change_set(change, "policy", arena_strdup(arena, svc_policy_id(ruling->policy)));
}

/* An answer nobody asked to see is released here, with its pack. */
static void hand_over(struct svc_answer *answer, struct svc_answer *wanted, struct ruling *ruling,
		      struct svc_policy **policy)
{
	bool hand = wanted && policy;
	ruling_release(ruling, !hand && !answer->memory);
	if (hand) {
		*wanted = *answer;
		*policy = ruling->policy;
		return;
	}
	svc_answer_release(answer);
	svc_policy_free(ruling->policy);
}

struct opened { /* a ticket on its way into the store */
	struct change change;
	int64_t unit; /* 0: none */
	struct ruling ruling;
	struct svc_answer answer;
	bool urgent; /* the pack says how urgent tickets are */
};

/* A stage that was said has to be one in which the pack lets a ticket begin. */
static int check_start(const struct inquiry *inquiry, const struct svc_policy *policy, const char *stage,
		       struct svc_error *err)
{
	struct gathered_facts said = {(struct svc_assignment *)inquiry->facts, inquiry->fact_count, 0};
	const char *wanted = gathered_value(&said, "stage");
	if (stage || !wanted || !svc_policy_has_start(policy))
		return SVC_OK;
	error_set(err, SVC_REFUSED, _("%s lets no ticket begin at %s"), svc_policy_id(policy), wanted);
	error_field(err, "stage");
	return SVC_REFUSED;
}

/* The stage in which the pack lets it begin, and what the pack says of the warranty. */
static int ask_opening(const struct inquiry *inquiry, const struct svc_facts *facts, bool asked, struct opened *opened,
		       struct arena *arena, struct svc_error *err)
{
	struct change *change = &opened->change;
	struct ruling *ruling = &opened->ruling;
	struct svc_answer *answer = &opened->answer;
	const char *stage = svc_policy_first_stage(facts);
	int status = check_start(inquiry, ruling->policy, stage, err);
	if (status != SVC_OK)
		return status;
	if (stage) {
		change_set(change, "stage", arena_strdup(arena, stage));
		change_set(change, "policy", arena_strdup(arena, svc_policy_id(ruling->policy)));
	}
	if (asked && svc_policy_answers(ruling->policy, inquiry->ask))
		return ruling_ask(ruling, inquiry->ask, facts, false, answer, err);
	ruling_release(ruling, true);
	return SVC_OK;
}

/* Which repair of the same unit it comes back from. */
static int find_repeated(struct svc_desk *desk, const struct inquiry *inquiry, struct svc_facts *facts,
			 struct change *change, struct arena *arena, struct svc_error *err)
{
	struct history_question question = {.unit = inquiry->unit,
					    .symptom = ticket_value(change->set, "symptom"),
					    .typed = inquiry->facts,
					    .typed_count = inquiry->fact_count};
	char label[24];
	int64_t repeated;
	if (!inquiry->unit || strcmp(ticket_value(change->set, "kind"), "repair") != 0)
		return SVC_OK;
	int status = history_repeated(desk, &question, facts, &repeated, err);
	record_label(label, SVC_TICKET, repeated);
	if (status == SVC_OK && repeated)
		change_set(change, "repeats", arena_strdup(arena, label));
	return status;
}

/* What the pack says that is open: where it begins, whether it has come back, and the warranty. */
static int ask_pack(struct svc_desk *desk, const struct inquiry *inquiry, struct svc_facts *facts, bool asked,
		    struct opened *opened, struct arena *arena, struct svc_error *err)
{
	int status = find_repeated(desk, inquiry, facts, &opened->change, arena, err);
	opened->urgent = svc_policy_answers(opened->ruling.policy, SVC_ASK_SLA);
	return status == SVC_OK ? ask_opening(inquiry, facts, asked, opened, arena, err) : status;
}

static int decide_opening(struct svc_desk *desk, const struct svc_opening *opening, struct opened *opened,
			  struct arena *arena, struct svc_error *err)
{
	struct change *change = &opened->change;
	struct ruling *ruling = &opened->ruling;
	int64_t unit = opened->unit;
	struct svc_facts *facts = NULL;
	struct inquiry inquiry = {.ask = SVC_ASK_WARRANTY,
				  .unit = unit,
				  .ticket = change->set,
				  .facts = opening->facts,
				  .fact_count = opening->fact_count,
				  .may_lack = true};
	/* With neither a unit nor a fact nor a pack on the command line there is nothing to ask about. */
	bool asked = unit || opening->fact_count || desk->options.policy;
	int status = value_day(desk, ticket_value(change->set, "opened"), &inquiry.claim, err);
	if (status == SVC_OK)
		status = check_not_ahead(desk, inquiry.claim, err);
	if (status == SVC_OK)
		status = ruling_open(desk, &desk->options, &inquiry, &ruling->policy, &facts, err);
	if (status == SVC_OK && ruling->policy)
		status = ask_pack(desk, &inquiry, facts, asked, opened, arena, err);
	svc_facts_free(facts);
	if (status != SVC_OK)
		ruling_release(ruling, true);
	return status;
}

static int write_opening(struct svc_desk *desk, const struct svc_opening *opening, struct opened *opened,
			 struct arena *arena, int64_t *ticket, struct svc_error *err)
{
	struct change *change = &opened->change;
	const struct ruling *ruling = &opened->ruling;
	const struct svc_answer *answer = &opened->answer;
	struct record_adding adding = {.change = change,
				       .occurred = SVC_TIME_NONE,
				       .facts = opening->facts,
				       .fact_count = opening->fact_count};
	if (ruling->policy)
		set_decision(change, ruling, answer, arena);
	int status = occurred_at(desk, ticket_value(change->set, "opened"), &adding.occurred, err);
	if (status == SVC_OK)
		status = record_add(desk, &adding, arena, err);
	if (status == SVC_OK && ruling->policy)
		status = ruling_keep(desk, adding.id, adding.event, ruling, answer, err);
	if (status == SVC_OK && opened->urgent)
		status = urgency_settle(desk, adding.id, arena, err);
	*ticket = adding.id;
	return status;
}

static void nothing_decided(struct svc_answer *answer, struct svc_policy **policy)
{
	if (answer)
		*answer = (struct svc_answer){.verdict = SVC_VERDICT_NONE_YET};
	if (policy)
		*policy = NULL;
}

int svc_ticket_open(struct svc_desk *desk, const struct svc_opening *opening, int64_t *ticket,
		    struct svc_answer *answer, struct svc_policy **policy, struct svc_error *err)
{
	struct arena arena = {0};
	struct opened opened = {.change.kind = SVC_TICKET, .ruling.keep = true};
	*ticket = 0;
	nothing_decided(answer, policy);
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = fill_opening(desk, opening, &opened.change, &arena, &opened.unit, err);
	if (status == SVC_OK)
		status = decide_opening(desk, opening, &opened, &arena, err);
	if (status == SVC_OK)
		status = write_opening(desk, opening, &opened, &arena, ticket, err);
	hand_over(&opened.answer, status == SVC_OK ? answer : NULL, &opened.ruling, policy);
	arena_release(&arena);
	return status;
}

/* ---- afterwards ---- */

int ticket_line(struct svc_desk *desk, const char *text, const char *note, struct arena *arena, const char **line,
		struct svc_error *err)
{
	size_t count;
	const struct svc_field *field = &svc_fields(SVC_TICKET, &count)[field_find(SVC_TICKET, "note")];
	int status = value_check(desk, field, text, arena, line, err);
	if (status != SVC_OK || !*line || !note || strlen(note) + strlen(*line) < VALUE_LINES_MAX)
		return status;
	error_set(err, SVC_BAD_INPUT, _("the ticket's notes would be longer than 1 MiB"));
	error_field(err, field->name);
	return SVC_BAD_INPUT;
}

struct gathering {
	struct gathered_facts *facts;
	const char *which;
	struct arena *arena;
	struct svc_error *err;
	int status;
};

static int gather_event(void *context, const struct event *event)
{
	struct gathering *gathering = context;
	gathering->status = gather_payload(gathering->facts, gathering->which, event->payload, gathering->arena,
					   gathering->err);
	return gathering->status;
}

int ticket_said(struct svc_desk *desk, int64_t ticket, const char *which, struct gathered_facts *all,
		struct arena *arena, struct svc_error *err)
{
	struct gathering gathering = {all, which, arena, err, SVC_OK};
	struct event_query query = {.subject = SVC_TICKET,
				    .subject_id = ticket,
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE,
				    .order = EVENTS_AS_OCCURRED,
				    .standing = true};
	int status = event_each(desk->store, &query, gather_event, &gathering, err);
	return status == SVC_OK ? gathering.status : status;
}

int ticket_inquiry(struct svc_desk *desk, int64_t ticket, const char *const *values, struct gathered_facts *facts,
		   struct arena *arena, struct inquiry *inquiry, struct svc_error *err)
{
	const char *unit = ticket_value(values, "unit");
	*inquiry = (struct inquiry){.ask = SVC_ASK_WARRANTY,
				    .unit = unit ? record_number(SVC_UNIT, unit) : 0,
				    .policy = ticket_value(values, "policy"),
				    .ticket = values,
				    .claim = SVC_DATE_NONE,
				    .may_lack = true};
	int status = ticket_said(desk, ticket, "facts", facts, arena, err);
	if (status == SVC_OK)
		status = value_day(desk, ticket_value(values, "opened"), &inquiry->claim, err);
	inquiry->facts = facts->items;
	inquiry->fact_count = facts->count;
	return status;
}

int ticket_ask(struct svc_desk *desk, int64_t ticket, enum svc_ask ask, const struct svc_assignment *facts,
	       size_t fact_count, struct ruling *ruling, struct svc_answer *answer, struct arena *arena,
	       struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	struct gathered_facts all = {0};
	struct inquiry inquiry;
	int status = record_read(desk->store, SVC_TICKET, ticket, arena, values, err);
	if (status == SVC_OK)
		status = ticket_inquiry(desk, ticket, values, &all, arena, &inquiry, err);
	if (status != SVC_OK)
		return status;
	for (size_t i = 0; i < fact_count; i++)
		gather_fact(&all, arena, facts[i].field, facts[i].value);
	inquiry.ask = ask;
	inquiry.facts = all.items;
	inquiry.fact_count = all.count;
	return ruling_make(desk, &desk->options, &inquiry, ruling, answer, err);
}

static int check_moment(struct svc_desk *desk, const char *const *values, svc_time at, struct svc_error *err)
{
	const struct svc_zone *zone;
	svc_time opened = SVC_TIME_NONE;
	int status = desk_zone(desk, &zone, err);
	if (status != SVC_OK || at == SVC_TIME_NONE)
		return status;
	svc_time_parse(ticket_value(values, "opened"), zone, &opened);
	if (at > desk->options.now)
		error_set(err, SVC_BAD_INPUT, _("%s: nothing can be told of a moment to come"), values[FIELD_ID]);
	else if (opened != SVC_TIME_NONE && at < opened)
		error_set(err, SVC_BAD_INPUT, _("%s: this was before it was opened"), values[FIELD_ID]);
	else
		return SVC_OK;
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

int ticket_open_at(struct svc_desk *desk, int64_t ticket, svc_time at, struct arena *arena, const char **values,
		   struct svc_error *err)
{
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, ticket, arena, values, err);
	if (status == SVC_OK && strcmp(ticket_value(values, "state"), "open") != 0)
		status = error_set(err, SVC_REFUSED, _("%s is closed already"), values[FIELD_ID]);
	return status == SVC_OK ? check_moment(desk, values, at, err) : status;
}

static int write_telling(struct svc_desk *desk, const struct telling *telling, struct change *change,
			 const struct ruling *ruling, const struct svc_answer *answer, struct arena *arena,
			 struct svc_error *err)
{
	int64_t event = 0;
	struct happening happening = {.verb = telling->verb,
				      .occurred = telling->at,
				      .facts = telling->facts,
				      .fact_count = telling->fact_count};
	if (ruling->policy)
		set_decision(change, ruling, answer, arena);
	int status = record_change(desk, telling->ticket, &happening, change, arena, &event, err);
	if (status == SVC_OK && ruling->policy)
		status = ruling_keep(desk, telling->ticket, event, ruling, answer, err);
	return status;
}

int ticket_tell(struct svc_desk *desk, const struct telling *telling, struct svc_answer *answer,
		struct svc_policy **policy, struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = telling->change ? *telling->change : (struct change){.kind = SVC_TICKET};
	struct ruling ruling = {.keep = true};
	struct svc_answer decided = {0};
	const char *values[FIELD_LIMIT] = {0};
	nothing_decided(answer, policy);
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, telling->ticket, &arena, values, err);
	if (status == SVC_OK)
		status = ticket_line(desk, telling->text, ticket_value(values, "note"), &arena, &change.line, err);
	if (status == SVC_OK && telling->fact_count)
		status = ticket_ask(desk, telling->ticket, SVC_ASK_WARRANTY, telling->facts, telling->fact_count,
				    &ruling, &decided, &arena, err);
	if (status == SVC_OK)
		status = write_telling(desk, telling, &change, &ruling, &decided, &arena, err);
	if (status == SVC_OK && telling->fact_count)
		status = urgency_settle(desk, telling->ticket, &arena, err);
	hand_over(&decided, status == SVC_OK ? answer : NULL, &ruling, policy);
	arena_release(&arena);
	return status;
}

int svc_ticket_note(struct svc_desk *desk, int64_t ticket, const char *text, const struct svc_assignment *facts,
		    size_t fact_count, struct svc_answer *answer, struct svc_policy **policy, struct svc_error *err)
{
	struct telling telling = {.ticket = ticket,
				  .verb = "noted",
				  .text = text,
				  .at = SVC_TIME_NONE,
				  .facts = facts,
				  .fact_count = fact_count};
	nothing_decided(answer, policy);
	if ((!text || !*text) && !fact_count)
		return error_set(err, SVC_USAGE, _("a note needs a text or facts"));
	return ticket_tell(desk, &telling, answer, policy, err);
}

static int move(struct svc_desk *desk, int64_t ticket, const char *verb, const char *from, struct change *change,
		const char *text, struct arena *arena, struct svc_error *err)
{
	struct happening happening = {.verb = verb, .occurred = SVC_TIME_NONE};
	const char *values[FIELD_LIMIT] = {0};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, ticket, arena, values, err);
	if (status == SVC_OK && strcmp(ticket_value(values, "state"), from) != 0)
		status = error_set(err, SVC_REFUSED,
				   strcmp(from, "open") == 0 ? _("%s is closed already") : _("%s is not closed"),
				   values[FIELD_ID]);
	if (status == SVC_OK)
		status = ticket_line(desk, text, ticket_value(values, "note"), arena, &change->line, err);
	return status == SVC_OK ? record_change(desk, ticket, &happening, change, arena, NULL, err) : status;
}

int svc_ticket_close(struct svc_desk *desk, int64_t ticket, const char *outcome, const char *text,
		     struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_TICKET};
	struct svc_assignment value = {"outcome", outcome};
	bool done = false;
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = stage_close(desk, ticket, outcome, text, &done, err);
	if (status != SVC_OK || done)
		return status;
	status = outcome ? values_fill(desk, &value, 1, NULL, &arena, &change, err) : SVC_OK;
	change_set(&change, "state", "closed");
	change_set(&change, "closed", value_moment(desk->options.now, &arena));
	change_set(&change, "due", NULL);
	if (status == SVC_OK)
		status = closing_check(desk, ticket, err);
	if (status == SVC_OK)
		status = move(desk, ticket, "closed", "open", &change, text, &arena, err);
	arena_release(&arena);
	return status;
}

int svc_ticket_reopen(struct svc_desk *desk, int64_t ticket, const char *text, struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_TICKET};
	change_set(&change, "state", "open");
	change_set(&change, "closed", NULL);
	change_set(&change, "merged", NULL);
	int status = stage_reopen(desk, ticket, &change, &arena, err);
	if (status == SVC_OK)
		status = move(desk, ticket, "reopened", "closed", &change, text, &arena, err);
	arena_release(&arena);
	return status;
}
