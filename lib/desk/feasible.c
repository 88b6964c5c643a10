#include "feasible.h"

#include "base/error.h"
#include "base/json.h"
#include "store/record.h"
#include "values.h"

#include <stdio.h>
#include <string.h>

enum { LOOK_AROUND = 60 * 86400, STEP = 1800, STEPS = 30 * 48 }; /* seconds */

static const char *technician_value(const struct able *able, const char *field)
{
	return able->values[field_find(SVC_TECHNICIAN, field)];
}

/* ---- the question ---- */

static int check_trip(const struct svc_desk *desk, const struct svc_trip *trip, struct svc_error *err)
{
	const char *fault = NULL, *field = "to";
	if (trip->to <= trip->from)
		fault = _("the window ends before it begins");
	else if (trip->to - trip->from > WINDOW_LONGEST)
		fault = _("the window is longer than 31 days");
	else if (trip->to <= desk->options.now)
		fault = _("the window is over already");
	else if (trip->minutes < 0 || trip->minutes > WINDOW_LONGEST / 60) {
		fault = _("the minutes of work are not between 0 and 31 days");
		field = "minutes";
	} else if (trip->travel < 0 || trip->travel > TRAVEL_LONGEST) {
		fault = _("the minutes of travel are not between 0 and a day");
		field = "travel";
	}
	if (!fault)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, "%s", fault);
	error_field(err, field);
	return SVC_BAD_INPUT;
}

/* What was told of the ticket, else the customer's. */
static int read_zone(struct question *question, struct svc_error *err)
{
	const char *values[FIELD_LIMIT];
	const char *customer = question->ticket[field_find(SVC_TICKET, "customer")];
	question->zone = gathered_value(&question->known, "zone");
	if (question->zone || !customer)
		return SVC_OK;
	int status = record_read(question->desk->store, SVC_CUSTOMER, record_number(SVC_CUSTOMER, customer),
				 &question->arena, values, err);
	if (status == SVC_OK)
		question->zone = values[field_find(SVC_CUSTOMER, "zone")];
	return status;
}

static int open_pack(struct question *question, struct inquiry *inquiry, struct svc_error *err)
{
	const struct svc_trip *trip = &question->trip;
	for (size_t i = 0; i < trip->fact_count; i++)
		gather_fact(&question->known, &question->arena, trip->facts[i].field, trip->facts[i].value);
	inquiry->ask = SVC_ASK_DISPATCH;
	inquiry->facts = question->known.items;
	inquiry->fact_count = question->known.count;
	int status = ruling_open(question->desk, &question->desk->options, inquiry, &question->ruling.policy,
				 &question->facts, err);
	if (status == SVC_OK && question->facts && !svc_policy_answers(question->ruling.policy, SVC_ASK_DISPATCH)) {
		svc_facts_free(question->facts);
		question->facts = NULL;
	}
	return status;
}

int question_open(struct question *question, struct svc_desk *desk, const struct svc_trip *trip, bool keep,
		  struct svc_error *err)
{
	struct inquiry inquiry;
	*question = (struct question){.desk = desk, .trip = *trip, .ruling.keep = keep};
	int status = check_trip(desk, trip, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, trip->ticket, &question->arena, question->ticket, err);
	if (status == SVC_OK)
		status = ticket_inquiry(desk, trip->ticket, question->ticket, &question->known, &question->arena,
					&inquiry, err);
	if (status == SVC_OK)
		status = open_pack(question, &inquiry, err);
	if (status == SVC_OK)
		status = read_zone(question, err);
	if (status != SVC_OK)
		return status;
	question->needs = trip->needs && *trip->needs ? trip->needs : gathered_value(&question->known, "needs");
	question->takes = window_takes((struct stretch){trip->from, trip->to}, trip->minutes, trip->travel);
	return SVC_OK;
}

void question_close(struct question *question)
{
	svc_facts_free(question->facts);
	svc_answer_release(&question->answer);
	ruling_release(&question->ruling, true);
	arena_release(&question->arena);
}

/* ---- technicians ---- */

static int count_open(struct svc_desk *desk, int64_t technician, int64_t *count, struct svc_error *err)
{
	static const char *const open[] = {"planned", "departed", "arrived", "started"};
	char label[24];
	int status = SVC_OK;
	*count = 0;
	record_label(label, SVC_TECHNICIAN, technician);
	for (size_t i = 0; status == SVC_OK && i < sizeof open / sizeof *open; i++) {
		struct svc_match matches[] = {{"technician", label, label}, {"state", open[i], open[i]}};
		struct svc_query query = {.matches = matches, .match_count = 2};
		int64_t found = 0;
		status = svc_count(desk, SVC_VISIT, &query, &found, err);
		*count += found;
	}
	return status;
}

int able_read(struct question *question, int64_t technician, struct able *able, struct svc_error *err)
{
	struct svc_desk *desk = question->desk;
	struct arena *arena = &question->arena;
	struct stretch takes = question->takes, within = {takes.from - LOOK_AROUND, takes.to + LOOK_AROUND};
	if (within.from < desk->options.now)
		within.from = takes.from < desk->options.now ? takes.from : desk->options.now;
	*able = (struct able){.id = technician};
	int status = record_read(desk->store, SVC_TECHNICIAN, technician, arena, able->values, err);
	if (status == SVC_OK)
		status = count_open(desk, technician, &able->open_visits, err);
	if (status == SVC_OK)
		status = agenda_read(desk, technician, within, question->trip.visit, false, arena, &able->agenda, err);
	if (status == SVC_OK)
		status = agenda_hours(desk, technician_value(able, "shift"), within, arena, &able->hours, err);
	if (status == SVC_OK)
		status = agenda_free(desk, &able->agenda, technician_value(able, "shift"), within, arena, &able->free,
				     err);
	return status;
}

static int take_technician(void *context, const struct svc_record *record)
{
	struct crew *crew = context;
	if (crew->count == crew->room) {
		size_t room = crew->room ? 2 * crew->room : 32;
		int64_t *ids = arena_alloc(crew->arena, room * sizeof *ids);
		if (crew->count)
			memcpy(ids, crew->ids, crew->count * sizeof *ids);
		crew->ids = ids;
		crew->room = room;
	}
	crew->ids[crew->count++] = record->id;
	return 0;
}

int crew_read(struct svc_desk *desk, struct arena *arena, struct crew *crew, struct svc_error *err)
{
	struct svc_match active = {"state", "active", "active"};
	struct svc_query query = {.matches = &active, .match_count = 1};
	*crew = (struct crew){.arena = arena};
	return svc_list(desk, SVC_TECHNICIAN, &query, take_technician, crew, err);
}

/* ---- the desk's own constraints ---- */

/* The first word of a comma list that another lacks, or holds; NULL: none. */
static const char *word_of(const char *words, const char *list, bool held, struct arena *arena)
{
	for (const char *at = words; *at;) {
		size_t length = strcspn(at += strspn(at, ", "), ",");
		while (length && at[length - 1] == ' ')
			length--;
		bool found = false;
		for (const char *in = list; length && *in && !found;) {
			size_t size = strcspn(in += strspn(in, ", "), ",");
			size_t bare = size;
			while (bare && in[bare - 1] == ' ')
				bare--;
			found = bare == length && memcmp(in, at, length) == 0;
			in += size;
		}
		if (length && found == held)
			return arena_strndup(arena, at, length);
		at += strcspn(at, ",");
	}
	return NULL;
}

static const char *fails_skill(struct question *question, const struct able *able)
{
	const char *skills = technician_value(able, "skills");
	return question->needs ? word_of(question->needs, skills ? skills : "", false, &question->arena) : NULL;
}

static const char *fails_zone(struct question *question, const struct able *able)
{
	const char *zones = technician_value(able, "zones");
	if (!zones || !question->zone || word_of(question->zone, zones, true, &question->arena))
		return NULL;
	return question->zone;
}

static const char *fails_travel(struct question *question, const struct able *able)
{
	const struct svc_trip *trip = &question->trip;
	(void)able;
	return question->desk->options.now + trip->travel * 60 > trip->to ? question->ticket[FIELD_ID] : NULL;
}

static const char *met(struct question *question, const struct able *able, enum svc_kind kind)
{
	const struct held *held = agenda_meets(&able->agenda, kind, question->takes);
	char label[24];
	if (!held)
		return NULL;
	record_label(label, kind, held->id);
	return arena_strdup(&question->arena, label);
}

static const char *fails_absence(struct question *question, const struct able *able)
{
	return met(question, able, SVC_ABSENCE);
}

static const char *fails_shift(struct question *question, const struct able *able)
{
	return stretches_cover(&able->hours, question->takes) ? NULL : technician_value(able, "shift");
}

static const char *fails_visit(struct question *question, const struct able *able)
{
	return met(question, able, SVC_VISIT);
}

/* In the order in which they are looked at. */
static const struct constraint {
	enum svc_constraint id;
	const char *name;
	const char *(*fails)(struct question *question, const struct able *able); /* what; NULL: it holds */
	const char *message; /* of the technician's name and what fails */
} constraints[] = {
	{SVC_TRIP_SKILL, "skill", fails_skill, N_("%s lacks a skill: %s")},
	{SVC_TRIP_ZONE, "zone", fails_zone, N_("%s does not serve this zone: %s")},
	{SVC_TRIP_TRAVEL, "travel", fails_travel, N_("%s can't be there any more before the window of %s ends")},
	{SVC_TRIP_ABSENT, "absence", fails_absence, N_("%s is away: %s")},
	{SVC_TRIP_SHIFT, "shift", fails_shift, N_("%s is not on duty: %s")},
	{SVC_TRIP_VISIT, "visit", fails_visit, N_("%s is taken by another visit: %s")},
	{SVC_TRIP_RULES, "rules", NULL, N_("%s can't be sent by this rule: %s")},
};
#define CONSTRAINTS (sizeof constraints / sizeof *constraints)

const char *svc_constraint_id(enum svc_constraint constraint)
{
	for (size_t i = 0; i < CONSTRAINTS; i++)
		if (constraints[i].id == constraint)
			return constraints[i].name;
	return NULL;
}

static void say(struct question *question, const struct constraint *constraint, const char *what,
		struct svc_feasibility *out)
{
	out->constraint = constraint->id;
	out->what = what;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	out->text = arena_printf(&question->arena, svc_text(constraint->message), out->name, what);
#pragma GCC diagnostic pop
}

static void look(struct question *question, const struct able *able, struct svc_feasibility *out)
{
	for (size_t i = 0; i < CONSTRAINTS && constraints[i].fails; i++) {
		const char *what = constraints[i].fails(question, able);
		if (what) {
			say(question, &constraints[i], what, out);
			return;
		}
	}
}

/* ---- the pack's rules ---- */

int question_put(struct question *question, const char *name, const char *value, struct svc_error *err)
{
	if (gathered_value(&question->known, name))
		return SVC_OK;
	bool json = *value == '{' || (*value == '[' && strcmp(value, "[]") != 0);
	return json ? svc_facts_set_json(question->facts, name, value, err)
		    : svc_facts_set(question->facts, name, value, err);
}

int question_ask(struct question *question, struct svc_error *err)
{
	ruling_release(&question->ruling, false);
	return ruling_ask(&question->ruling, SVC_ASK_DISPATCH, question->facts, false, &question->answer, err);
}

int question_lacks(const struct question *question, struct svc_error *err)
{
	char names[200] = "";
	size_t length = 0;
	const struct svc_answer *answer = &question->answer;
	for (size_t i = 0; i < answer->missing_count && length < sizeof names - 1; i++)
		length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", i ? ", " : "",
					   answer->missing[i]);
	error_set(err, SVC_INCOMPLETE, _("%s: not known for the visit: %s"), question->ticket[FIELD_ID], names);
	error_hint(err, _("give them as name=value"));
	return SVC_INCOMPLETE;
}

/* Other visits of these days, as the pack wants them. */
static const char *jobs_json(struct question *question, const struct able *able, struct stretch takes)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	struct stretch days = {takes.from - 86400, takes.to + 86400};
	json_open(&json, NULL, '[');
	for (size_t i = 0; i < able->agenda.count; i++) {
		const struct held *held = &able->agenda.items[i];
		char label[24], from[32], to[32];
		if (held->kind != SVC_VISIT || !stretch_overlaps(held->time, days))
			continue;
		record_label(label, SVC_VISIT, held->id);
		svc_time_format(held->time.from, NULL, from);
		svc_time_format(held->time.to, NULL, to);
		json_open(&json, NULL, '{');
		json_string(&json, "id", label);
		json_string(&json, "from", from);
		json_string(&json, "to", to);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	const char *kept = arena_strdup(&question->arena, text.text);
	strbuf_release(&text);
	return kept;
}

/* The facts of a technician who goes at this time. */
static int put_trip(struct question *question, const struct able *able, svc_time leaves, struct svc_error *err)
{
	const struct svc_trip *trip = &question->trip;
	struct arena *arena = &question->arena;
	char from[32], to[32], depart[32];
	svc_time begins = leaves + trip->travel * 60;
	struct stretch takes = {leaves, leaves + (question->takes.to - question->takes.from)};
	const char *skills = technician_value(able, "skills");
	if (leaves < question->desk->options.now)
		leaves = question->desk->options.now;
	svc_time_format(begins, NULL, from);
	svc_time_format(begins + (trip->to - trip->from), NULL, to);
	svc_time_format(leaves, NULL, depart);
	const struct {
		const char *name, *value;
	} facts[] = {{"appointed", arena_printf(arena, "{\"from\":\"%s\",\"to\":\"%s\"}", from, to)},
		     {"depart", depart},
		     {"travel_minutes", arena_printf(arena, "%lld", (long long)trip->travel)},
		     {"work_minutes", trip->minutes ? arena_printf(arena, "%lld", (long long)trip->minutes) : NULL},
		     {"skills", skills},
		     {"needs", question->needs},
		     {"jobs", jobs_json(question, able, takes)}};
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < sizeof facts / sizeof *facts; i++)
		status = question_put(question, facts[i].name, facts[i].value ? facts[i].value : "", err);
	return status;
}

static int ask_pack(struct question *question, const struct able *able, svc_time leaves, struct svc_error *err)
{
	int status = put_trip(question, able, leaves, err);
	return status == SVC_OK ? question_ask(question, err) : status;
}

static int hear_pack(struct question *question, const struct able *able, struct svc_feasibility *out,
		     struct svc_error *err)
{
	struct svc_answer *answer = &question->answer;
	bool fits = out->constraint == SVC_TRIP_FITS;
	int status = ask_pack(question, able, question->takes.from, err);
	if (status != SVC_OK)
		return status;
	if (answer->verdict == SVC_VERDICT_INCOMPLETE)
		return fits ? question_lacks(question, err) : SVC_OK;
	out->answer = answer;
	out->policy = question->ruling.policy;
	if (fits && answer->verdict != SVC_FEASIBLE)
		say(question, &constraints[CONSTRAINTS - 1],
		    answer->clause_count ? arena_strdup(&question->arena, answer->clauses[0])
					 : svc_policy_id(question->ruling.policy),
		    out);
	return SVC_OK;
}

/* ---- the nearest window that fits ---- */

static int pack_allows(struct question *question, const struct able *able, svc_time leaves, bool *allows,
		       struct svc_error *err)
{
	*allows = true;
	if (!question->facts)
		return SVC_OK;
	int status = ask_pack(question, able, leaves, err);
	*allows = status == SVC_OK && question->answer.verdict == SVC_FEASIBLE;
	return status;
}

/* Outwards from the time that was wished for, in steps. */
static int walk(struct question *question, const struct able *able, svc_time earliest, svc_time *leaves, bool *found,
		struct svc_error *err)
{
	svc_time wanted = question->takes.from;
	int64_t length = question->takes.to - wanted;
	int status = SVC_OK;
	for (int i = 2; status == SVC_OK && !*found && i < 2 * STEPS; i++) {
		*leaves = wanted + (i % 2 ? i / 2 : -(i / 2)) * (int64_t)STEP;
		if (*leaves >= earliest && stretches_cover(&able->free, (struct stretch){*leaves, *leaves + length}))
			status = pack_allows(question, able, *leaves, found, err);
	}
	return status;
}

static int nearest_of(struct question *question, const struct able *able, struct svc_feasibility *out,
		      struct svc_error *err)
{
	const struct svc_trip *trip = &question->trip;
	svc_time earliest = (question->desk->options.now + 59) / 60 * 60, leaves;
	bool found = stretches_nearest(&able->free, question->takes.from, earliest,
				       question->takes.to - question->takes.from, &leaves);
	if (!found)
		return SVC_OK;
	int status = pack_allows(question, able, leaves, &found, err);
	if (status == SVC_OK && !found)
		status = walk(question, able, earliest, &leaves, &found, err);
	if (status != SVC_OK || !found)
		return status;
	svc_time from = leaves + trip->travel * 60;
	int64_t distance = from > trip->from ? from - trip->from : trip->from - from;
	int64_t known = out->slot_from > trip->from ? out->slot_from - trip->from : trip->from - out->slot_from;
	if (out->slot_technician && known <= distance)
		return SVC_OK;
	out->slot_technician = able->id;
	out->slot_from = from;
	out->slot_to = from + (trip->to - trip->from);
	return SVC_OK;
}

static int nearest_elsewhere(struct question *question, struct svc_feasibility *out, struct svc_error *err)
{
	struct crew crew;
	int status = crew_read(question->desk, &question->arena, &crew, err);
	for (size_t i = 0; status == SVC_OK && i < crew.count; i++) {
		struct able able;
		status = able_read(question, crew.ids[i], &able, err);
		if (status == SVC_OK && !fails_skill(question, &able) && !fails_zone(question, &able))
			status = nearest_of(question, &able, out, err);
	}
	return status;
}

/* ---- all together ---- */

static void take_free_at(const struct question *question, const struct able *able, struct svc_feasibility *out)
{
	for (size_t i = 0; i < able->free.count; i++)
		if (able->free.items[i].from <= question->takes.from && question->takes.to <= able->free.items[i].to)
			out->free_at = able->free.items[i].from;
}

int question_judge(struct question *question, struct able *able, bool elsewhere, struct svc_feasibility *out,
		   struct svc_error *err)
{
	*out = (struct svc_feasibility){.technician = able->id,
					.name = technician_value(able, "name"),
					.open_visits = able->open_visits,
					.free_at = SVC_TIME_NONE};
	look(question, able, out);
	bool other = out->constraint == SVC_TRIP_SKILL || out->constraint == SVC_TRIP_ZONE;
	bool fails = out->constraint != SVC_TRIP_FITS;
	int status = SVC_OK;
	if (fails && !other)
		status = nearest_of(question, able, out, err);
	if (other && elsewhere)
		status = nearest_elsewhere(question, out, err);
	if (status == SVC_OK && question->facts)
		status = hear_pack(question, able, out, err);
	if (status == SVC_OK && !fails && out->constraint != SVC_TRIP_FITS) {
		status = nearest_of(question, able, out, err);
		if (status == SVC_OK)
			status = ask_pack(question, able, question->takes.from, err); /* its answer is handed on */
	}
	take_free_at(question, able, out);
	return status;
}
