#include "urgency.h"

#include "ruling.h"
#include "store/record.h"
#include "values.h"
#include "writing.h"

#include <string.h>

/* Facts of the question, with the moment of the report where it is known only from the ticket. */
static void add_report(struct inquiry *inquiry, struct arena *arena)
{
	const char *opened = inquiry->ticket ? inquiry->ticket[field_find(SVC_TICKET, "opened")] : NULL;
	struct svc_assignment *facts = arena_alloc(arena, (inquiry->fact_count + 1) * sizeof *facts);
	size_t count = 0;
	if (opened && strchr(opened, 'T'))
		facts[count++] = (struct svc_assignment){"reported", opened};
	for (size_t i = 0; i < inquiry->fact_count; i++)
		facts[count++] = inquiry->facts[i]; /* later ones win */
	inquiry->facts = facts;
	inquiry->fact_count = count;
}

/* As a kept time; NULL: there is no such limit. */
static const char *limit_text(const struct svc_moment *limit, struct arena *arena)
{
	char day[16];
	if (limit->kind == SVC_MOMENT_TIME)
		return value_moment(limit->at, arena);
	if (limit->kind != SVC_MOMENT_DATE)
		return NULL;
	svc_date_format((svc_date)limit->at, day);
	return arena_strdup(arena, day);
}

/* The first limit of those that nothing has met yet. */
static const char *next_due(const struct svc_answer *answer, struct arena *arena)
{
	const struct {
		const struct svc_moment *limit;
		enum svc_truth met;
	} limits[] = {
		{&answer->respond_by, answer->responded_in_time},
		{&answer->arrive_by, answer->arrived_in_time},
		{&answer->diagnose_by, answer->resolved_in_time},
		{&answer->resolve_by, answer->resolved_in_time},
		{&answer->report_by, SVC_TRUTH_UNSET},
	};
	const char *due = NULL;
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		const char *text = limits[i].met == SVC_TRUTH_UNSET ? limit_text(limits[i].limit, arena) : NULL;
		if (text && (!due || strcmp(text, due) < 0))
			due = text;
	}
	return due;
}

struct urgency {
	const char *values[FIELD_LIMIT]; /* of the ticket */
	struct ruling ruling;
	struct svc_answer answer;
};

static int ask(struct svc_desk *desk, int64_t ticket, struct urgency *urgency, struct arena *arena,
	       struct svc_error *err)
{
	struct gathered_facts facts = {0};
	struct inquiry inquiry;
	int status = ticket_inquiry(desk, ticket, urgency->values, &facts, arena, &inquiry, err);
	if (status != SVC_OK)
		return status;
	inquiry.ask = SVC_ASK_SLA;
	add_report(&inquiry, arena);
	return ruling_make(desk, &desk->options, &inquiry, &urgency->ruling, &urgency->answer, err);
}

/* An answer that says neither priority nor limit changes nothing. */
static int write(struct svc_desk *desk, int64_t ticket, struct urgency *urgency, struct arena *arena,
		 struct svc_error *err)
{
	struct change change = {.kind = SVC_TICKET, .decides = svc_ask_name(SVC_ASK_SLA)};
	struct happening happening = {.verb = "timed", .occurred = SVC_TIME_NONE};
	int64_t event = 0;
	if (urgency->answer.priority)
		change_set(&change, "priority", urgency->answer.priority);
	change_set(&change, "due", next_due(&urgency->answer, arena));
	int status = record_change(desk, ticket, &happening, &change, arena, &event, err);
	if (status == SVC_OK && event)
		status = ruling_keep(desk, ticket, event, &urgency->ruling, &urgency->answer, err);
	return status;
}

int urgency_settle(struct svc_desk *desk, int64_t ticket, struct arena *arena, struct svc_error *err)
{
	struct urgency urgency = {.ruling.keep = true};
	int status = record_read(desk->store, SVC_TICKET, ticket, arena, urgency.values, err);
	bool open = status == SVC_OK && strcmp(urgency.values[field_find(SVC_TICKET, "state")], "open") == 0;
	if (open)
		status = ask(desk, ticket, &urgency, arena, err);
	if (status == SVC_OK && urgency.ruling.policy)
		status = write(desk, ticket, &urgency, arena, err);
	svc_answer_release(&urgency.answer);
	ruling_release(&urgency.ruling, true);
	return status;
}
