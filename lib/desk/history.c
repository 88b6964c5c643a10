#include "history.h"

#include "base/memory.h"
#include "base/strbuf.h"
#include "store/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum fault_known { FAULT_UNKNOWN, FAULT_FOUND, FAULT_NONE };

/* A ticket as it stood at the end of the day of the claim. */
struct past {
	int64_t id;
	svc_date opened, closed; /* closed: the day of the claim for one that was open then */
	bool repair; /* of this kind and of the unit itself, whatever came of it */
	bool dated; /* both days are known */
	bool repaired, replaced; /* what it ended with */
	enum fault_known fault;
	const char *component, *cause, *symptom; /* NULL: not known */
};

struct history {
	const struct history_question *question;
	struct svc_facts *facts;
	struct arena memory;
	svc_date today, since; /* the day of the claim; of the last replacement */
	struct past *tickets; /* by the day they were opened on */
	size_t count;
	const char *component, *cause; /* of the fault that is asked about; NULL: not known */
};

static bool is(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

static const struct fact_value *value_in(const struct history *history, enum standard_fact fact)
{
	return &history->facts->values[fact];
}

/* ---- what is wanted ---- */

static bool typed(const struct history_question *question, const struct svc_policy *policy, enum standard_fact fact)
{
	for (size_t i = 0; i < question->typed_count; i++)
		if (fact_find(policy->head, question->typed[i].field, NULL) == fact)
			return true;
	return false;
}

/* A rule speaks of it, and nobody has said it. */
static bool wanted(const struct history *history, enum standard_fact fact)
{
	const struct svc_policy *policy = history->facts->policy;
	return PACK_ITEM(policy->head, policy->head->facts, struct pack_fact, fact)->used &&
	       !typed(history->question, policy, fact);
}

static bool any_wanted(const struct history *history)
{
	static const enum standard_fact known[] = {F_REPLACEMENT, F_REPAIRED, F_REPAIR_DAYS, F_SAME_FAULT_REPAIRS,
						   F_EXCHANGED_WITHOUT_FAULT};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (wanted(history, known[i]))
			return true;
	return false;
}

/* ---- reading the tickets ---- */

/* The day of a kept time in the pack's zone; SVC_DATE_NONE without one. */
static svc_date day_of(const struct history *history, const char *time)
{
	svc_date day = SVC_DATE_NONE;
	svc_time at;
	if (time && !svc_date_parse(time, &day) && svc_time_parse(time, NULL, &at))
		day = svc_zone_date(history->facts->policy->zone, at);
	return day;
}

static const char *text_in(const struct node *facts, const char *name)
{
	const struct node *node = node_get(facts, name);
	return node && node->kind == NODE_SCALAR ? node->text : NULL;
}

/* A defect of the goods and a defect as the cause stand for each other. */
static const char *cause_of(const char *cause, const char *fault)
{
	return !cause && is(fault, "quality") ? "defect" : cause;
}

static void take_facts(struct history *history, struct past *past, const char *json)
{
	struct node *facts = NULL;
	if (!json || json_read(&facts, &history->memory, json, strlen(json), "decision", 1, NULL) != SVC_OK)
		return;
	const char *fault = text_in(facts, "fault");
	past->component = text_in(facts, "component");
	past->cause = cause_of(text_in(facts, "cause"), fault);
	if (is(fault, "none") || is(past->cause, "none"))
		past->fault = FAULT_NONE;
	else if (fault || past->cause)
		past->fault = FAULT_FOUND;
}

static void add(struct history *history, const struct past *past)
{
	history->tickets = memory_grow(history->tickets, history->count + 1, sizeof *history->tickets);
	history->tickets[history->count++] = *past;
}

static int take_ticket(void *context, const struct past_ticket *ticket)
{
	struct history *history = context;
	struct past past = {.id = ticket->id,
			    .opened = day_of(history, ticket->opened),
			    .closed = day_of(history, ticket->closed),
			    .repair = ticket->own && is(ticket->kind, "repair")};
	bool over = is(ticket->state, "closed") && (past.closed == SVC_DATE_NONE || past.closed <= history->today);
	if (ticket->id == history->question->ticket || past.opened > history->today)
		return SVC_OK;
	past.dated = past.opened != SVC_DATE_NONE && (!over || past.closed != SVC_DATE_NONE);
	past.repaired = over && past.repair && is(ticket->outcome, "repaired");
	past.replaced = over && (is(ticket->outcome, "replaced") || is(ticket->outcome, "exchanged"));
	if (!over)
		past.closed = history->today;
	if (is(ticket->kind, "repair"))
		past.fault = FAULT_FOUND;
	if (ticket->symptom && *ticket->symptom)
		past.symptom = arena_strdup(&history->memory, ticket->symptom);
	take_facts(history, &past, ticket->facts);
	add(history, &past);
	return SVC_OK;
}

static int by_opening(const void *left, const void *right)
{
	const struct past *a = left, *b = right;
	if (a->opened != b->opened)
		return a->opened < b->opened ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* The id of the word that is asked about; NULL: not known. */
static const char *asked_word(struct history *history, enum standard_fact fact)
{
	const struct svc_policy *policy = history->facts->policy;
	struct strbuf text = {0};
	if (!value_in(history, fact)->known)
		return NULL;
	value_format(policy, PACK_ITEM(policy->head, policy->head->facts, struct pack_fact, fact),
		     value_in(history, fact), &text);
	const char *word = text.length ? arena_strdup(&history->memory, text.text) : NULL;
	strbuf_release(&text);
	return word;
}

/* ---- what they say ---- */

static int put_day(struct history *history, const char *name, svc_date day, struct svc_error *err)
{
	char text[16];
	svc_date_format(day, text);
	return svc_facts_set(history->facts, name, text, err);
}

static int put_count(struct history *history, const char *name, int64_t count, struct svc_error *err)
{
	char text[24];
	snprintf(text, sizeof text, "%lld", (long long)count);
	return svc_facts_set(history->facts, name, text, err);
}

/* The later of what the unit's record says and of its tickets. An exchange without a fault is no replacement under warranty. */
static int put_latest(struct history *history, enum standard_fact fact, const char *name, struct svc_error *err)
{
	const struct fact_value *own = value_in(history, fact);
	svc_date latest = SVC_DATE_NONE;
	for (size_t i = 0; i < history->count; i++) {
		const struct past *past = &history->tickets[i];
		bool counts = fact == F_REPAIRED ? past->repaired : past->replaced && past->fault != FAULT_NONE;
		if (counts && past->closed > latest)
			latest = past->closed;
	}
	if (!wanted(history, fact) || latest == SVC_DATE_NONE || (own->known && own->number >= latest))
		return SVC_OK;
	return put_day(history, name, latest, err);
}

/* Since the last replacement; a day on which two tickets were open counts once. */
static int put_repair_days(struct history *history, struct svc_error *err)
{
	svc_date until = history->since;
	int64_t days = 0;
	for (size_t i = 0; i < history->count; i++) {
		const struct past *past = &history->tickets[i];
		if (!past->repair || past->opened < history->since)
			continue;
		if (!past->dated)
			return SVC_OK;
		svc_date from = past->opened > until ? past->opened : until;
		if (past->closed > from)
			days += past->closed - from;
		if (past->closed > until)
			until = past->closed;
	}
	return put_count(history, "repair_days", days, err);
}

/* Whether both sides say something, and something else. */
static bool differ(const char *a, const char *b)
{
	return a && b && strcmp(a, b) != 0;
}

enum likeness { OTHER_FAULT, SAME_FAULT, NOTHING_AGAINST_IT, NOT_TO_BE_TOLD };

/* By component and cause; where the component is not known on both sides, by what the customers said; where nobody has named a
   component, by the cause alone. */
static enum likeness compare(const struct history *history, const struct past *past)
{
	const char *symptom = history->question->symptom;
	if (differ(history->component, past->component) || differ(history->cause, past->cause))
		return OTHER_FAULT;
	if (history->component && past->component)
		return SAME_FAULT;
	if (symptom && *symptom && past->symptom)
		return strcasecmp(symptom, past->symptom) == 0 ? SAME_FAULT : OTHER_FAULT;
	if (history->component || past->component || !history->cause || !past->cause)
		return NOT_TO_BE_TOLD;
	return NOTHING_AGAINST_IT;
}

/* How many repairs were of the fault that is asked about; -1: the records can't tell. */
static int64_t same_fault(const struct history *history)
{
	const struct past *alike =
		NULL; /* one that only its cause speaks for: two that differ can't both be of this fault */
	int64_t count = 0;
	for (size_t i = 0; i < history->count; i++) {
		const struct past *past = &history->tickets[i];
		if (!past->repaired || past->opened < history->since)
			continue;
		enum likeness likeness = compare(history, past);
		if (likeness == NOT_TO_BE_TOLD)
			return -1;
		if (likeness == NOTHING_AGAINST_IT && alike && differ(alike->symptom, past->symptom))
			return -1;
		if (likeness == NOTHING_AGAINST_IT)
			alike = past;
		count += likeness != OTHER_FAULT;
	}
	return count;
}

static int put_same_fault(struct history *history, struct svc_error *err)
{
	int64_t count = same_fault(history);
	return count < 0 ? SVC_OK : put_count(history, "same_fault_repairs", count, err);
}

static int put_exchanges(struct history *history, struct svc_error *err)
{
	int64_t count = 0;
	for (size_t i = 0; i < history->count; i++) {
		const struct past *past = &history->tickets[i];
		if (past->replaced && past->fault == FAULT_UNKNOWN)
			return SVC_OK;
		count += past->replaced && past->fault == FAULT_NONE;
	}
	return put_count(history, "exchanged_without_fault", count, err);
}

static void since_replacement(struct history *history)
{
	const struct fact_value *replaced = value_in(history, F_REPLACEMENT);
	history->since = replaced->known ? (svc_date)replaced->number : INT32_MIN;
}

static int put_all(struct history *history, struct svc_error *err)
{
	int status = put_latest(history, F_REPLACEMENT, "replacement", err);
	if (status == SVC_OK)
		status = put_latest(history, F_REPAIRED, "repaired", err);
	since_replacement(history);
	if (status == SVC_OK && wanted(history, F_REPAIR_DAYS))
		status = put_repair_days(history, err);
	if (status == SVC_OK && wanted(history, F_SAME_FAULT_REPAIRS))
		status = put_same_fault(history, err);
	if (status == SVC_OK && wanted(history, F_EXCHANGED_WITHOUT_FAULT))
		status = put_exchanges(history, err);
	return status;
}

/* Reads the unit's tickets. To be closed, with or without an error. */
static int open_history(struct svc_desk *desk, struct history *history, struct svc_error *err)
{
	history->today = (svc_date)value_in(history, F_CLAIM)->number;
	history->component = asked_word(history, F_COMPONENT);
	history->cause = cause_of(asked_word(history, F_CAUSE), asked_word(history, F_FAULT));
	int status = history_each(desk->store, history->question->unit, take_ticket, history, err);
	if (history->count)
		qsort(history->tickets, history->count, sizeof *history->tickets, by_opening);
	return status;
}

static void close_history(struct history *history)
{
	free(history->tickets);
	arena_release(&history->memory);
}

int history_put(struct svc_desk *desk, const struct history_question *question, struct svc_facts *facts,
		struct svc_error *err)
{
	struct history history = {.question = question, .facts = facts};
	if (!any_wanted(&history))
		return SVC_OK;
	int status = open_history(desk, &history, err);
	if (status == SVC_OK)
		status = put_all(&history, err);
	close_history(&history);
	return status;
}

int history_repeated(struct svc_desk *desk, const struct history_question *question, struct svc_facts *facts,
		     int64_t *ticket, struct svc_error *err)
{
	struct history history = {.question = question, .facts = facts};
	svc_date last = SVC_DATE_NONE;
	int status = open_history(desk, &history, err);
	since_replacement(&history);
	*ticket = 0;
	for (size_t i = 0; status == SVC_OK && i < history.count; i++) {
		const struct past *past = &history.tickets[i];
		if (!past->repaired || past->opened < history.since || past->closed < last ||
		    compare(&history, past) != SAME_FAULT)
			continue;
		last = past->closed;
		*ticket = past->id;
	}
	close_history(&history);
	return status;
}
