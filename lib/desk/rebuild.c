/* All records worked out again from the log, to be written or to be compared. One pass over the events, subject by subject. */
#include "base/error.h"
#include "change.h"
#include "desk.h"
#include "replay.h"
#include "store/event.h"
#include "store/kept.h"
#include "store/record.h"
#include "store/search.h"

#include <string.h>

struct walk;
typedef int (*subject_done)(struct walk *walk);
typedef int (*setting_done)(struct walk *walk, const struct kept_setting *setting);

struct walk {
	struct svc_desk *desk;
	struct svc_error *err;
	int status;
	int subject; /* the one under way; SUBJECT_ANY: none yet */
	int64_t subject_id;
	const char *values[FIELD_LIMIT];
	struct arena arena; /* of this subject */
	subject_done done;
	setting_done setting;
	int64_t records, differences; /* records: and settings */
};

static int finish_subject(struct walk *walk)
{
	if (walk->subject != SUBJECT_ANY && walk->subject != SUBJECT_DESK && !replay_is_gone(walk->values)) {
		walk->records++;
		walk->status = walk->done(walk);
	}
	memset(walk->values, 0, sizeof walk->values);
	arena_reset(&walk->arena);
	return walk->status;
}

static int walk_desk_event(struct walk *walk, const struct event *event)
{
	struct kept_setting setting;
	walk->status = setting_read(event, &setting, &walk->arena, walk->err);
	if (walk->status == SVC_OK && setting.effective != SVC_DATE_NONE)
		walk->status = walk->setting(walk, &setting);
	return walk->status;
}

static int walk_event(void *context, const struct event *event)
{
	struct walk *walk = context;
	struct change change;
	if ((event->subject != walk->subject || event->subject_id != walk->subject_id) &&
	    finish_subject(walk) != SVC_OK)
		return 1;
	walk->subject = event->subject;
	walk->subject_id = event->subject_id;
	if (event->subject == SUBJECT_DESK)
		return walk_desk_event(walk, event);
	walk->status = change_read(&change, (enum svc_kind)event->subject, event->payload, &walk->arena, walk->err);
	if (walk->status == SVC_OK)
		change_apply(&change, &walk->arena, walk->values);
	return walk->status;
}

static int walk_all(struct walk *walk)
{
	struct event_query query = {.subject = SUBJECT_ANY,
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE,
				    .order = EVENTS_AS_OCCURRED,
				    .standing = true};
	walk->subject = SUBJECT_ANY;
	int status = event_each(walk->desk->store, &query, walk_event, walk, walk->err);
	if (status == SVC_OK && (status = walk->status) == SVC_OK)
		status = finish_subject(walk);
	arena_release(&walk->arena);
	return status;
}

/* ---- writing ---- */

static int write_record(struct walk *walk)
{
	return record_write(walk->desk->store, (enum svc_kind)walk->subject, walk->subject_id, walk->values, true,
			    walk->err);
}

static int write_setting(struct walk *walk, const struct kept_setting *setting)
{
	return kept_setting_put(walk->desk->store, setting, walk->err);
}

int svc_desk_rebuild(struct svc_desk *desk, struct svc_error *err)
{
	struct walk walk = {.desk = desk, .err = err, .done = write_record, .setting = write_setting};
	int status = store_begin(desk->store, err);
	if (status == SVC_OK)
		status = record_drop_all(desk->store, err);
	if (status == SVC_OK)
		status = kept_setting_drop_all(desk->store, err);
	if (status == SVC_OK)
		status = walk_all(&walk);
	if (status == SVC_OK)
		return store_commit(desk->store, err);
	store_rollback(desk->store);
	return status;
}

/* ---- comparing ---- */

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static int compare_record(struct walk *walk)
{
	enum svc_kind kind = (enum svc_kind)walk->subject;
	const char *stored[FIELD_LIMIT] = {0};
	size_t count;
	bool same = true, found = true;
	svc_fields(kind, &count);
	int status = record_read(walk->desk->store, kind, walk->subject_id, &walk->arena, stored, walk->err);
	if (status == SVC_NOT_FOUND) {
		walk->differences++;
		walk->records--; /* so that the count below does not find it again */
		return SVC_OK;
	}
	for (size_t i = 1; i < count; i++)
		same = same && same_text(stored[i], walk->values[i]);
	if (status == SVC_OK)
		status = search_same(walk->desk->store, kind, walk->subject_id, walk->values, &found, walk->err);
	walk->differences += !same || !found;
	return status;
}

static int compare_setting(struct walk *walk, const struct kept_setting *setting)
{
	bool there = false;
	int status = kept_setting_there(walk->desk->store, setting, &there, walk->err);
	walk->records += there; /* one that is not there is a difference by itself */
	walk->differences += !there;
	return status;
}

static int count_stored(struct svc_desk *desk, int64_t *stored, struct svc_error *err)
{
	struct record_query all = {0};
	int64_t count;
	int status = kept_setting_count(desk->store, stored, err);
	if (status == SVC_OK)
		status = search_strays(desk->store, &count, err);
	*stored += status == SVC_OK ? count : 0;
	for (int kind = 0; status == SVC_OK && kind < SVC_KIND_COUNT; kind++) {
		status = record_count(desk->store, (enum svc_kind)kind, &all, &count, err);
		*stored += status == SVC_OK ? count : 0;
	}
	return status;
}

int svc_desk_compare(struct svc_desk *desk, int64_t *differences, struct svc_error *err)
{
	struct walk walk = {.desk = desk, .err = err, .done = compare_record, .setting = compare_setting};
	int64_t stored = 0;
	int status = store_begin_reading(desk->store, err);
	if (status == SVC_OK)
		status = walk_all(&walk);
	if (status == SVC_OK)
		status = count_stored(desk, &stored, err);
	store_rollback(desk->store);
	/* What is stored without any event is a difference as well. */
	*differences = walk.differences + stored - walk.records;
	return status;
}
