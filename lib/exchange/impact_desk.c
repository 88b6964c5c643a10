/* The tickets of a desk, each asked as on the day it was opened, or its units, as of today. */
#include "impact_run.h"

#include "base/error.h"
#include "base/memory.h"
#include "store/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether a name by which units and desks know a pack leads to the old one. */
struct known_name {
	char *name;
	bool old;
};
struct replay {
	struct impact *impact;
	const char *usual; /* the desk's own pack; NULL: none */
	struct known_name *names;
	size_t name_count;
	struct svc_error *err;
	int status;
};

static bool leads_to_old(struct replay *replay, const char *name)
{
	const struct svc_impact_options *options = replay->impact->options;
	const char *old = replay->impact->result->ids[SVC_IMPACT_OLD];
	struct svc_policy *policy = NULL;
	for (size_t i = 0; i < replay->name_count; i++)
		if (!strcmp(replay->names[i].name, name))
			return replay->names[i].old;
	bool same = !strcmp(name, old);
	if (!same && svc_policy_open(&policy, name, SVC_DATE_NONE, &options->places, NULL) == SVC_OK)
		same = !strcmp(svc_policy_id(policy), old);
	svc_policy_free(policy);
	replay->names = memory_grow(replay->names, replay->name_count + 1, sizeof *replay->names);
	replay->names[replay->name_count++] = (struct known_name){memory_copy(name), same};
	return same;
}

static const char *value_of(const struct svc_record *record, const char *field)
{
	const char *value = svc_record_value(record, field);
	return value && *value ? value : NULL;
}

/* The pack of a ticket: the one that decided before, else the unit's, else the desk's; of a unit the same but for the first. Without
   any, the old one is meant. */
static int belongs(struct replay *replay, const struct svc_record *of, int64_t unit, bool *out)
{
	struct svc_record record = {0};
	const char *name = value_of(of, "policy");
	int status = SVC_OK;
	if (!name && unit)
		status = svc_read(replay->impact->options->desk, SVC_UNIT, unit, &record, replay->err);
	if (!name && unit && !status)
		name = value_of(&record, "policy");
	if (!name)
		name = replay->usual;
	*out = !name || leads_to_old(replay, name);
	svc_record_release(&record);
	return status;
}

/* Counts what another pack answers. */
static int is_asked(struct replay *replay, const struct svc_record *of, int64_t unit, bool *out)
{
	*out = true;
	int status = replay->impact->options->every ? SVC_OK : belongs(replay, of, unit, out);
	replay->impact->result->others += !status && !*out;
	return status;
}

/* What the customer wants is what the ticket is for, unless somebody has said it. */
static void take_want(struct gathered_facts *facts, struct arena *memory, const struct svc_record *ticket)
{
	const char *kind = value_of(ticket, "kind");
	const char *want = !kind ? NULL : !strcmp(kind, "return") ? "refund" : !strcmp(kind, "exchange") ? kind : NULL;
	for (size_t i = 0; i < facts->count; i++)
		if (!strcmp(facts->items[i].field, "want"))
			return;
	if (want)
		gather_fact(facts, memory, "want", want);
}

static int ask_ticket(struct replay *replay, const struct svc_record *ticket)
{
	struct impact *impact = replay->impact;
	struct gathered_facts facts = {0};
	struct impact_subject subject = {
		.id = value_of(ticket, "id"), .fee = value_of(ticket, "fee"), .state = value_of(ticket, "state")};
	bool asked = false;
	arena_reset(&impact->memory);
	int status = ticket_inquiry(impact->options->desk, ticket->id, ticket->values, &facts, &impact->memory,
				    &subject.inquiry, replay->err);
	if (!status)
		status = is_asked(replay, ticket, subject.inquiry.unit, &asked);
	if (status || !asked)
		return status;
	if (impact->options->asks >> SVC_ASK_RETURN & 1)
		take_want(&facts, &impact->memory, ticket);
	subject.inquiry.facts = facts.items;
	subject.inquiry.fact_count = facts.count;
	return impact_ask(impact, &subject, replay->err);
}

/* A unit without a fault has nothing to ask for; what its owner has been promised shows in a defect of its own today. */
static int ask_unit(struct replay *replay, const struct svc_record *unit)
{
	static const struct svc_assignment defect[] = {{"cause", "defect"}};
	struct impact *impact = replay->impact;
	struct impact_subject subject = {.id = value_of(unit, "id"),
					 .inquiry = {.ask = SVC_ASK_WARRANTY,
						     .unit = unit->id,
						     .facts = defect,
						     .fact_count = 1,
						     .claim = SVC_DATE_NONE,
						     .may_lack = true}};
	bool asked = false;
	arena_reset(&impact->memory);
	int status = is_asked(replay, unit, 0, &asked);
	return status || !asked ? status : impact_ask(impact, &subject, replay->err);
}

static int see_record(void *context, const struct svc_record *record)
{
	struct replay *replay = context;
	struct svc_error *err = replay->err;
	int status = replay->impact->options->units ? ask_unit(replay, record) : ask_ticket(replay, record);
	if (status) {
		snprintf(err->file, sizeof err->file, "%s", svc_record_value(record, "id"));
		err->line = err->column = 0;
	}
	replay->status = status && !impact_fault(replay->impact, err) ? status : SVC_OK;
	return replay->status;
}

int impact_of_desk(struct impact *impact, struct svc_error *err)
{
	const struct svc_impact_options *options = impact->options;
	enum svc_kind kind = options->units ? SVC_UNIT : SVC_TICKET;
	struct replay replay = {.impact = impact, .err = err};
	struct svc_desk_about about = {0};
	if (!options->desk) {
		error_set(err, SVC_USAGE, _("there is neither a desk nor a file of facts"));
		error_hint(err, _("name a file with --facts, or a desk with --db"));
		return SVC_USAGE;
	}
	int status = svc_desk_about(options->desk, &about, err);
	replay.usual = about.policy;
	if (!status && options->progress)
		status = svc_count(options->desk, kind, options->records, &impact->of, err);
	if (!status)
		status = svc_list(options->desk, kind, options->records, see_record, &replay, err);
	for (size_t i = 0; i < replay.name_count; i++)
		free(replay.names[i].name);
	free(replay.names);
	return status ? status : replay.status;
}
