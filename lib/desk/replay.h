/* Events in, records out. A record is what its events give, in the order in which they occurred; nothing else writes one. */
#ifndef DESK_REPLAY_H
#define DESK_REPLAY_H

#include "change.h"
#include "desk.h"
#include "store/event.h"
#include "store/kept.h"

struct happening {
	const char *verb;
	svc_time occurred; /* SVC_TIME_NONE: now; never later than now */
	const struct change *change;
	const struct svc_assignment *facts; /* kept in the payload, for decisions that are made again */
	size_t fact_count;
	bool passing; /* the facts were true of this step alone: decisions that are made again do not see them */
	bool always; /* it is remembered even where it changes nothing */
	bool fresh; /* the record's first event */
};
/* Appends the event and brings the record up to date. `current`: the record's values, changed along (for a fresh one: all
   NULL). *event (may be NULL): its number. */
int replay_happening(struct svc_desk *desk, int64_t id, const struct happening *happening, const char **current,
		     struct arena *arena, int64_t *event, struct svc_error *err);

/* Events of the desk itself: it was made; a setting took effect. */
int replay_creation(struct svc_desk *desk, const struct store_about *about, struct svc_error *err);
int replay_setting(struct svc_desk *desk, const char *policy, const char *name, const char *value, svc_date effective,
		   struct svc_error *err);
/* The setting that an event of the desk made, in `arena`; its `effective` is SVC_DATE_NONE where it made none. */
int setting_read(const struct event *event, struct kept_setting *setting, struct arena *arena, struct svc_error *err);

/* Takes an event back, or lets one that was taken back count again: `verb` is EVENT_UNDONE with corrects the event, or EVENT_REDONE
   with corrects what took it back. */
struct event;
int replay_correction(struct svc_desk *desk, const struct event *event, const char *verb, int64_t corrects,
		      struct svc_error *err);
/* The record as the events that count give it now: written, or dropped when there is nothing left (*gone). `values`: as it is. */
int replay_again(struct svc_desk *desk, enum svc_kind kind, int64_t id, const char **values, struct arena *arena,
		 bool *gone, struct svc_error *err);
bool replay_is_gone(const char *const *values);

#endif
