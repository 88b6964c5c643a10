/* The log as it is shown, and settings of packs, which are events of the desk itself. */
#include "base/error.h"
#include "desk.h"
#include "policy/facts.h"
#include "policy/pack.h"
#include "replay.h"
#include "store/event.h"

#include <string.h>

struct showing {
	svc_event_seen seen;
	void *context;
};

static int show_event(void *context, const struct event *event)
{
	const struct showing *showing = context;
	char subject[24] = "desk";
	if (event->subject != SUBJECT_DESK)
		record_label(subject, (enum svc_kind)event->subject, event->subject_id);
	struct svc_event shown = {.id = event->id,
				  .recorded_at = event->recorded_at,
				  .occurred_at = event->occurred_at,
				  .actor = event->actor,
				  .key = event->key,
				  .subject = subject,
				  .verb = event->verb,
				  .payload = event->payload,
				  .corrects = event->corrects};
	return showing->seen(showing->context, &shown);
}

static int find_subject(const char *text, struct event_query *query, struct svc_error *err)
{
	if (!text)
		return SVC_OK;
	query->subject_id = 1;
	query->subject = SUBJECT_DESK;
	if (strcmp(text, "desk") == 0)
		return SVC_OK;
	for (int kind = 0; kind < SVC_KIND_COUNT; kind++)
		if ((query->subject_id = record_number((enum svc_kind)kind, text)) != 0) {
			query->subject = kind;
			return SVC_OK;
		}
	error_set(err, SVC_USAGE, _("not the number of a record: %s"), text);
	error_hint(err, _("write it as C12, U17, T1024 or A3"));
	return SVC_USAGE;
}

int svc_log(struct svc_desk *desk, const struct svc_event_query *asked, svc_event_seen seen, void *context,
	    struct svc_error *err)
{
	struct showing showing = {seen, context};
	struct event_query query = {.subject = SUBJECT_ANY,
				    .verb = asked->verb,
				    .actor = asked->actor,
				    .from = asked->from ? asked->from : SVC_TIME_NONE,
				    .to = asked->to ? asked->to : SVC_TIME_NONE,
				    .limit = asked->limit,
				    .order = asked->newest_first ? EVENTS_NEWEST_FIRST : EVENTS_AS_WRITTEN};
	int status = find_subject(asked->subject, &query, err);
	return status == SVC_OK ? event_each(desk->store, &query, show_event, &showing, err) : status;
}

/* A setting goes by its titles too, but is kept under one name. */
static const char *setting_id(const struct svc_policy *pack, const char *name)
{
	const struct pack_head *head = pack->head;
	const struct pack_fact *facts = PACK_ITEM(head, head->facts, struct pack_fact, 0);
	return pack_text(head, facts[fact_find(head, name, NULL)].name);
}

/* The value is tried on the pack itself before anything is written. */
int svc_policy_set(struct svc_desk *desk, const char *policy, const char *name, const char *value, svc_date effective,
		   struct svc_error *err)
{
	struct svc_policy *pack = NULL;
	struct svc_facts *facts = NULL;
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = svc_policy_open(&pack, policy, SVC_DATE_NONE, &desk->options.places, err);
	if (status == SVC_OK)
		status = svc_facts_new(&facts, pack, err);
	if (status == SVC_OK)
		status = svc_facts_setting(facts, name, value, err);
	if (status == SVC_OK && effective == SVC_DATE_NONE)
		effective = svc_zone_date(svc_policy_zone(pack), desk->options.now);
	if (status == SVC_OK)
		status = replay_setting(desk, svc_policy_id(pack), setting_id(pack, name), value, effective, err);
	svc_facts_free(facts);
	svc_policy_free(pack);
	return status;
}
