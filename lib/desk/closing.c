#include "closing.h"

#include "base/error.h"
#include "store/record.h"
#include "visit.h"

#include <stdio.h>
#include <string.h>

/* A record of the ticket with this value is owed still. */
static const struct owed {
	enum svc_kind kind;
	const char *field, *values[5];
	const char *also, *is; /* only where another field has this value; NULL: any */
	const char *unsaid; /* what the other field means where it has none */
	const char *message; /* why not; the ticket is said before it */
} owed[] = {
	{SVC_GOODS, "state", {"expected", "held", "away"}, NULL, NULL, NULL, N_("is still in custody")},
	{SVC_ISSUE, "state", {"reserved", "issued"}, NULL, NULL, NULL, N_("has parts that are not accounted for")},
	{SVC_ISSUE, "old_part", {"owed"}, NULL, NULL, NULL, N_("has an old part that is not back")},
	{SVC_FEE, "state", {"charged"}, "basis", "refund", "", N_("is not paid back")},
	{SVC_FEE, "state", {"charged"}, "payer", "customer", "customer", N_("is not paid")},
	{SVC_VISIT, "state", {"planned", "departed", "arrived", "started"}, NULL, NULL, NULL, N_("is not over")},
};

struct search {
	const struct owed *row;
	char label[24]; /* of the first that was found; "": none */
};

static bool is_owed(const struct owed *row, const char *const *values)
{
	const char *value = values[field_find(row->kind, row->field)];
	const char *also = row->also ? values[field_find(row->kind, row->also)] : NULL;
	if (row->also && strcmp(also ? also : row->unsaid, row->is) != 0)
		return false;
	for (const char *const *one = row->values; value && *one; one++)
		if (strcmp(*one, value) == 0)
			return true;
	return false;
}

static int see(void *context, int64_t id, const char **values)
{
	struct search *search = context;
	if (!is_owed(search->row, values))
		return 0;
	record_label(search->label, search->row->kind, id);
	return 1;
}

/* A visit that left something to do wants another one. */
static int check_visits(struct svc_desk *desk, int64_t ticket, const char *label, struct svc_error *err)
{
	int64_t visit;
	int status = visit_remains(desk, ticket, &visit, err);
	if (status != SVC_OK || !visit)
		return status;
	error_set(err, SVC_REFUSED, _("%s can't be closed: V%lld left something to do"), label, (long long)visit);
	error_hint(err, _("svc visit next V%lld plans another visit for it"), (long long)visit);
	return SVC_REFUSED;
}

int closing_check(struct svc_desk *desk, int64_t ticket, struct svc_error *err)
{
	char label[24];
	record_label(label, SVC_TICKET, ticket);
	for (size_t i = 0; i < sizeof owed / sizeof *owed; i++) {
		struct search search = {&owed[i], ""};
		struct record_match match = {.field = field_find(owed[i].kind, "ticket"), .from = label, .to = label};
		struct record_query query = {.matches = &match, .match_count = 1};
		int status = record_list(desk->store, owed[i].kind, &query, see, &search, err);
		if (status != SVC_OK)
			return status;
		if (*search.label)
			return error_set(err, SVC_REFUSED, _("%s can't be closed: %s %s"), label, search.label,
					 svc_text(owed[i].message));
	}
	int status = check_visits(desk, ticket, label, err);
	return status == SVC_OK ? complaint_check(desk, ticket, err) : status;
}

/* ---- afterwards ---- */

struct looking {
	struct svc_desk *desk;
	const struct owed *row;
	svc_damage_seen seen;
	void *context;
	int status;
	struct svc_error *err;
};

static int look_at(void *context, int64_t id, const char **values)
{
	struct looking *looking = context;
	const char *ticket[FIELD_LIMIT] = {0}, *label = values[field_find(looking->row->kind, "ticket")];
	struct arena arena = {0};
	char text[160], own[24];
	if (!label || !is_owed(looking->row, values))
		return 0;
	looking->status = record_read(looking->desk->store, SVC_TICKET, record_number(SVC_TICKET, label), &arena,
				      ticket, looking->err);
	if (looking->status == SVC_OK && strcmp(ticket[field_find(SVC_TICKET, "state")], "closed") == 0) {
		record_label(own, looking->row->kind, id);
		snprintf(text, sizeof text, _("%s is closed, but %s %s"), label, own, svc_text(looking->row->message));
		looking->seen(looking->context, text);
	}
	arena_release(&arena);
	return looking->status;
}

int svc_debts_check(struct svc_desk *desk, svc_damage_seen seen, void *context, struct svc_error *err)
{
	int status = SVC_OK;
	for (size_t i = 0; i < sizeof owed / sizeof *owed && status == SVC_OK; i++) {
		struct looking looking = {desk, &owed[i], seen, context, SVC_OK, err};
		struct record_query all = {0};
		status = record_list(desk->store, owed[i].kind, &all, look_at, &looking, err);
		if (status == SVC_OK)
			status = looking.status;
	}
	return status;
}
