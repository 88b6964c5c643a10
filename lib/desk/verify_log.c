#include "verify_log.h"
#include "change.h"
#include "replay.h"

#include "base/error.h"
#include "base/memory.h"
#include "store/decision.h"

#include <stdlib.h>
#include <string.h>

/* ---- what was decided ---- */

struct reading {
	struct verify_log *log;
	struct arena arena; /* of one event */
};

static int take_decided(void *context, const struct event *event)
{
	struct reading *reading = context;
	struct verify_log *log = reading->log;
	struct change change;
	if (!strstr(event->payload, "\"decides\"") && !strstr(event->payload, "\"verdict\""))
		return 0; /* most decide nothing, and are not read */
	/* one that can't be read was altered: what it made is then named as made by none */
	bool decides = change_read(&change, SVC_TICKET, event->payload, &reading->arena, NULL) == SVC_OK &&
		       (change.decides || change.set[field_find(SVC_TICKET, "verdict")]); /* older ones say no more */
	arena_reset(&reading->arena);
	if (!decides)
		return 0;
	if (log->decided_count == log->decided_room) {
		log->decided_room = log->decided_room ? 2 * log->decided_room : 64;
		log->decided = memory_grow(log->decided, log->decided_room, sizeof *log->decided);
	}
	log->decided[log->decided_count++] = (struct decided){event->id, event->subject_id, false};
	return 0;
}

int verify_log_read(struct verify_log *log, struct svc_error *err)
{
	struct reading reading = {.log = log};
	struct event_query query = {.subject = SVC_TICKET,
				    .subject_id = log->ticket,
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE,
				    .order = EVENTS_AS_WRITTEN};
	log->expected = 1;
	int status = decision_next(log->desk->store, &log->next, err);
	if (status == SVC_OK)
		status = event_each(log->desk->store, &query, take_decided, &reading, err);
	arena_release(&reading.arena);
	return status;
}

void verify_log_release(struct verify_log *log)
{
	free(log->decided);
	free(log->gaps);
}

static int by_event(const void *key, const void *item)
{
	int64_t event = *(const int64_t *)key, other = ((const struct decided *)item)->event;
	return (event > other) - (event < other);
}

/* Notes that the numbers before this one are not there. */
static void note_gap(struct verify_log *log, int64_t before)
{
	int64_t end = before < log->next ? before : log->next;
	if (log->ticket || log->expected >= end)
		return;
	log->gaps = memory_grow(log->gaps, log->gap_count + 1, sizeof *log->gaps);
	log->gaps[log->gap_count++] = (struct gap){log->expected, end - 1};
}

bool verify_log_meet(struct verify_log *log, const struct svc_decision *decision)
{
	struct decided *decided = log->decided_count ? bsearch(&decision->event, log->decided, log->decided_count,
							       sizeof *log->decided, by_event)
						     : NULL;
	bool made = decided && !decided->met && decided->ticket == decision->ticket && decision->id > 0 &&
		    decision->id < log->next;
	if (decided)
		decided->met = true;
	note_gap(log, decision->id);
	if (decision->id >= log->expected)
		log->expected = decision->id + 1;
	return made;
}

/* ---- what is gone ---- */

static int tell(struct verify_log *log, struct svc_file_finding finding)
{
	return log->verifier->beside ? log->verifier->beside(log->verifier->context, &finding) : 0;
}

static int tell_lost(struct verify_log *log, const struct decided *lost, int64_t decision)
{
	char text[160];
	if (decision)
		snprintf(text, sizeof text, _("decision %lld of ticket T%lld, made by event %lld, is gone"),
			 (long long)decision, (long long)lost->ticket, (long long)lost->event);
	else
		snprintf(text, sizeof text, _("the decision of ticket T%lld that event %lld made is gone"),
			 (long long)lost->ticket, (long long)lost->event);
	return tell(log, (struct svc_file_finding){.kind = "decision_gone",
						   .text = text,
						   .decision = decision,
						   .ticket = lost->ticket,
						   .event = lost->event});
}

static int tell_gap(struct verify_log *log, const struct gap *gap)
{
	char text[160];
	if (gap->from == gap->to)
		snprintf(text, sizeof text, _("decision %lld is gone"), (long long)gap->from);
	else
		snprintf(text, sizeof text, _("the decisions %lld to %lld are gone"), (long long)gap->from,
			 (long long)gap->to);
	return tell(log, (struct svc_file_finding){.kind = "decision_gone", .text = text, .decision = gap->from});
}

static int64_t count_gone(const struct verify_log *log)
{
	int64_t count = 0;
	for (size_t i = 0; i < log->gap_count; i++)
		count += log->gaps[i].to - log->gaps[i].from + 1;
	return count;
}

static int64_t count_lost(const struct verify_log *log)
{
	int64_t count = 0;
	for (size_t i = 0; i < log->decided_count; i++)
		count += !log->decided[i].met;
	return count;
}

/* Decisions and their events are numbered in one order: where as many of both lack, they belong together. */
static int tell_gone(struct verify_log *log, int64_t gone, int64_t lost)
{
	int stop = 0;
	for (size_t i = 0; i < log->gap_count && gone > lost && !stop; i++)
		stop = tell_gap(log, &log->gaps[i]);
	size_t gap = 0;
	int64_t number = gone == lost && gone ? log->gaps[0].from : 0;
	for (size_t i = 0; i < log->decided_count && gone <= lost && !stop; i++) {
		if (log->decided[i].met)
			continue;
		stop = tell_lost(log, &log->decided[i], number);
		if (number && ++number > log->gaps[gap].to && ++gap < log->gap_count)
			number = log->gaps[gap].from;
	}
	return stop;
}

/* ---- texts and settings ---- */

static int tell_unused(void *context, const char *hash, const char *policy)
{
	char text[160];
	snprintf(text, sizeof text, _("the kept text %s of policy %s belongs to no decision"), hash, policy);
	return tell(context, (struct svc_file_finding){.kind = "text_of_no_decision", .text = text, .policy = policy});
}

struct set_settings {
	struct verify_log *log;
	struct arena arena;
	struct kept_setting *items; /* as the events set them */
	bool *met;
	size_t count, room;
};

static int take_setting(void *context, const struct event *event)
{
	struct set_settings *all = context;
	struct kept_setting setting;
	if (setting_read(event, &setting, &all->arena, NULL) != SVC_OK || setting.effective == SVC_DATE_NONE)
		return 0;
	if (all->count == all->room) {
		all->room = all->room ? 2 * all->room : 16;
		all->items = memory_grow(all->items, all->room, sizeof *all->items);
		all->met = memory_grow(all->met, all->room, sizeof *all->met);
	}
	all->met[all->count] = false;
	all->items[all->count++] = setting;
	return 0;
}

static int tell_setting(struct verify_log *log, const char *kind, const char *format,
			const struct kept_setting *setting)
{
	char text[512];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(text, sizeof text, format, setting->name, setting->policy, (long long)setting->event);
#pragma GCC diagnostic pop
	return tell(log, (struct svc_file_finding){.kind = kind,
						   .text = text,
						   .event = setting->event,
						   .policy = setting->policy,
						   .name = setting->name});
}

static bool same_setting(const struct kept_setting *a, const struct kept_setting *b)
{
	return a->event == b->event && a->effective == b->effective && !strcmp(a->policy, b->policy) &&
	       !strcmp(a->name, b->name) && !strcmp(a->value, b->value);
}

static int see_setting(void *context, const struct kept_setting *row)
{
	struct set_settings *all = context;
	bool same = false;
	for (size_t i = 0; i < all->count; i++) {
		all->met[i] = all->met[i] || all->items[i].event == row->event;
		same = same || same_setting(&all->items[i], row);
	}
	return same ? 0
		    : tell_setting(all->log, "setting_altered",
				   _("the setting %s of policy %s is not what event %lld set"), row);
}

static int report_settings(struct verify_log *log, struct svc_error *err)
{
	struct set_settings all = {.log = log};
	struct event_query query = {.subject = SUBJECT_DESK,
				    .verb = "set",
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE,
				    .order = EVENTS_AS_WRITTEN};
	int status = event_each(log->desk->store, &query, take_setting, &all, err);
	if (status == SVC_OK)
		status = kept_setting_rows(log->desk->store, see_setting, &all, err);
	for (size_t i = 0; i < all.count && status == SVC_OK; i++)
		if (!all.met[i] &&
		    tell_setting(log, "setting_gone", _("the setting %s of policy %s that event %lld set is gone"),
				 &all.items[i]))
			break;
	free(all.items);
	free(all.met);
	arena_release(&all.arena);
	return status;
}

int verify_log_report(struct verify_log *log, struct svc_error *err)
{
	note_gap(log, log->next);
	int64_t gone = count_gone(log), lost = count_lost(log);
	if (tell_gone(log, gone, lost) || log->ticket)
		return SVC_OK;
	/* a decision that is gone leaves its text behind, which is said by that */
	int status = gone || lost ? SVC_OK : decision_text_unused(log->desk->store, tell_unused, log, err);
	return status == SVC_OK ? report_settings(log, err) : status;
}
