/* The tickets of a desk, each asked as on the day it was opened. */
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

/* The pack of a ticket: the one that decided before, else the unit's, else the desk's. Without any, the old one is meant. */
static int belongs(struct replay *replay, const struct svc_record *ticket, int64_t unit, bool *out)
{
	struct svc_record record = {0};
	const char *name = value_of(ticket, "policy");
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
	struct impact_subject subject = {.id = value_of(ticket, "id"), .fee = value_of(ticket, "fee")};
	bool asked = true;
	arena_reset(&impact->memory);
	int status = ticket_inquiry(impact->options->desk, ticket->id, ticket->values, &facts, &impact->memory,
				    &subject.inquiry, replay->err);
	if (!status && !impact->options->every)
		status = belongs(replay, ticket, subject.inquiry.unit, &asked);
	impact->result->others += !asked;
	if (status || !asked)
		return status;
	if (impact->options->asks >> SVC_ASK_RETURN & 1)
		take_want(&facts, &impact->memory, ticket);
	subject.inquiry.facts = facts.items;
	subject.inquiry.fact_count = facts.count;
	return impact_ask(impact, &subject, replay->err);
}

static int see_ticket(void *context, const struct svc_record *ticket)
{
	struct replay *replay = context;
	struct svc_error *err = replay->err;
	int status = ask_ticket(replay, ticket);
	if (status) {
		snprintf(err->file, sizeof err->file, "%s", svc_record_value(ticket, "id"));
		err->line = err->column = 0;
	}
	replay->status = status && !impact_fault(replay->impact, err) ? status : SVC_OK;
	return replay->status;
}

int impact_of_tickets(struct impact *impact, struct svc_error *err)
{
	struct svc_desk *desk = impact->options->desk;
	struct replay replay = {.impact = impact, .err = err};
	struct svc_desk_about about = {0};
	if (!desk) {
		error_set(err, SVC_USAGE, _("there is neither a desk nor a file of facts"));
		error_hint(err, _("name a file with --facts, or a desk with --db"));
		return SVC_USAGE;
	}
	int status = svc_desk_about(desk, &about, err);
	replay.usual = about.policy;
	if (!status)
		status = svc_list(desk, SVC_TICKET, impact->options->tickets, see_ticket, &replay, err);
	for (size_t i = 0; i < replay.name_count; i++)
		free(replay.names[i].name);
	free(replay.names);
	return status ? status : replay.status;
}
