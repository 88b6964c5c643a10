/* The log: every change of the desk, for ever. */
#ifndef STORE_EVENT_H
#define STORE_EVENT_H

#include "store.h"

/* What an event is about: a record, or the desk itself (id 1). */
enum { SUBJECT_DESK = SVC_KIND_COUNT, SUBJECT_ANY = -1 };

struct event {
	int64_t id; /* given by event_append */
	svc_time recorded_at, occurred_at;
	const char *actor, *key; /* key NULL: none */
	int subject; /* enum svc_kind or SUBJECT_DESK */
	int64_t subject_id;
	const char *verb, *payload;
	int64_t corrects; /* the event that this one takes back; 0: none */
	int64_t command; /* the first event of the command that this one is of; 0: not known */
};

int event_append(struct store *store, struct event *event, struct svc_error *err);
/* When the subject's last event occurred; SVC_TIME_NONE: it has none. */
int event_last(struct store *store, int subject, int64_t subject_id, svc_time *occurred, struct svc_error *err);

/* The last command of an actor, by its first event; 0: none. */
int event_last_command(struct store *store, const char *actor, int64_t *command, struct svc_error *err);

/* Events that take others back (corrects: one of theirs) and that let what was taken back count again (corrects: such a one). */
#define EVENT_UNDONE "undone"
#define EVENT_REDONE "redone"

enum event_order { EVENTS_AS_WRITTEN, EVENTS_NEWEST_FIRST, EVENTS_AS_OCCURRED /* subject by subject */ };
struct event_query {
	int subject; /* SUBJECT_ANY: all */
	int64_t subject_id; /* 0: all of the kind */
	const char *verb, *actor; /* NULL: any */
	svc_time from, to; /* occurred, inclusive; SVC_TIME_NONE: open */
	int64_t limit; /* 0: none */
	enum event_order order;
	bool standing; /* without those that were taken back */
	int64_t command; /* 0: any */
	int64_t after; /* events with a greater id alone */
};
/* Texts live until the next event. Other than 0 from `seen` stops. */
typedef int (*event_seen)(void *context, const struct event *event);
int event_each(struct store *store, const struct event_query *query, event_seen seen, void *context,
	       struct svc_error *err);

#endif
