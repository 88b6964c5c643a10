#include "closing.h"

#include "base/error.h"
#include "store/record.h"

#include <string.h>

/* A record of the ticket with this value is owed still. */
static const struct owed {
	enum svc_kind kind;
	const char *field, *values[5];
	const char *payer; /* of a fee: only what this one pays; NULL: any */
	const char *message; /* why not; the ticket is said before it */
} owed[] = {
	{SVC_GOODS, "state", {"expected", "held", "away"}, NULL, N_("is still in custody")},
	{SVC_ISSUE, "state", {"reserved", "issued"}, NULL, N_("has parts that are not accounted for")},
	{SVC_ISSUE, "old_part", {"owed"}, NULL, N_("has an old part that is not back")},
	{SVC_FEE, "state", {"charged"}, "customer", N_("is not paid")},
	{SVC_VISIT, "state", {"planned", "departed", "arrived", "started"}, NULL, N_("is not over")},
};

struct search {
	const struct owed *row;
	char label[24]; /* of the first that was found; "": none */
};

static int see(void *context, int64_t id, const char **values)
{
	struct search *search = context;
	const struct owed *row = search->row;
	const char *value = values[field_find(row->kind, row->field)];
	const char *payer = row->payer ? values[field_find(row->kind, "payer")] : NULL;
	if (row->payer && payer && strcmp(payer, row->payer) != 0)
		return 0;
	for (const char *const *one = row->values; value && *one; one++)
		if (strcmp(*one, value) == 0) {
			record_label(search->label, row->kind, id);
			return 1;
		}
	return 0;
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
	return SVC_OK;
}
