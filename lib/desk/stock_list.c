/* What there is of all parts, and the least that there should be. A pack promises that as a measure of its `kpi` over the fact
   COMPONENT_sets, the complete sets on hand: the measure's target is the minimum of each part of that component. */
#include "base/error.h"
#include "ruling.h"
#include "stock.h"
#include "store/record.h"

#include <stdio.h>

struct listing {
	bool below_only;
	svc_stock_seen seen;
	void *context;
	struct svc_policy *policy; /* NULL: none promises anything */
	struct svc_facts *facts;
	struct svc_answer answer; /* of the part under way: its clause is shown */
	int status;
	struct svc_error *err;
};

static int ask_sets(struct listing *listing, const char *fact, int64_t free)
{
	char pieces[24];
	snprintf(pieces, sizeof pieces, "%lld", (long long)free);
	int status = svc_facts_set(listing->facts, fact, pieces, listing->err);
	if (status == SVC_OK)
		status = svc_ask(listing->policy, SVC_ASK_KPI, listing->facts, false, &listing->answer, listing->err);
	if (status == SVC_OK)
		status = svc_facts_set(listing->facts, fact, "",
				       listing->err); /* nothing is known of it for the next part */
	return status;
}

/* The measures that this one fact gives a value to. */
static void take_promise(const struct listing *listing, struct svc_stock *stock)
{
	for (size_t i = 0; i < listing->answer.row_count; i++) {
		const struct svc_row *row = &listing->answer.rows[i];
		int64_t pieces = row->target == SVC_NUMBER_NONE ? 0
								: (row->target + SVC_NUMBER_ONE - 1) / SVC_NUMBER_ONE;
		if (row->value == SVC_NUMBER_NONE || row->money || pieces <= stock->minimum)
			continue;
		stock->minimum = pieces;
		stock->clause = row->clause;
	}
}

static int add_promise(struct listing *listing, const char *component, struct svc_stock *stock)
{
	struct arena arena = {0};
	const char *fact = component ? arena_printf(&arena, "%s_sets", component) : NULL;
	int status = SVC_OK;
	if (fact && listing->policy && svc_facts_place(listing->policy, fact, NULL)) {
		status = ask_sets(listing, fact, stock->on_hand - stock->reserved);
		if (status == SVC_OK)
			take_promise(listing, stock);
	}
	arena_release(&arena);
	return status;
}

static int show_stock(void *context, int64_t id, const char **values)
{
	struct listing *listing = context;
	struct svc_record part = {.kind = SVC_PART, .id = id, .values = values};
	struct svc_stock stock = {.part = &part,
				  .on_hand = stock_pieces(SVC_PART, values, "on_hand"),
				  .reserved = stock_pieces(SVC_PART, values, "reserved"),
				  .minimum = stock_pieces(SVC_PART, values, "minimum")};
	listing->status = add_promise(listing, values[field_find(SVC_PART, "component")], &stock);
	stock.below = stock.on_hand - stock.reserved < stock.minimum;
	if (listing->status != SVC_OK)
		return 1;
	return listing->below_only && !stock.below ? 0 : listing->seen(listing->context, &stock);
}

static int open_promise(struct svc_desk *desk, struct listing *listing)
{
	struct inquiry inquiry = {.ask = SVC_ASK_KPI, .claim = SVC_DATE_NONE, .may_lack = true};
	int status = ruling_open(desk, &desk->options, &inquiry, &listing->policy, &listing->facts, listing->err);
	if (status != SVC_OK || !listing->policy || svc_policy_answers(listing->policy, SVC_ASK_KPI))
		return status;
	svc_facts_free(listing->facts);
	svc_policy_free(listing->policy);
	listing->facts = NULL;
	listing->policy = NULL;
	return SVC_OK;
}

int svc_stock_list(struct svc_desk *desk, bool below_minimum, svc_stock_seen seen, void *context, struct svc_error *err)
{
	const struct record_query all = {0};
	struct listing listing = {.below_only = below_minimum, .seen = seen, .context = context, .err = err};
	int status = open_promise(desk, &listing);
	if (status == SVC_OK)
		status = record_list(desk->store, SVC_PART, &all, show_stock, &listing, err);
	svc_answer_release(&listing.answer);
	svc_facts_free(listing.facts);
	svc_policy_free(listing.policy);
	return status == SVC_OK ? listing.status : status;
}
