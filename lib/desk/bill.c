/* The fees of a ticket, and what they come to. */
#include "bill.h"

#include "base/error.h"
#include "ruling.h"
#include "store/record.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

struct numbers { /* of fees */
	struct arena *arena;
	int64_t *items;
	size_t count, room;
};

static int take_number(void *context, int64_t id, const char **values)
{
	struct numbers *numbers = context;
	(void)values;
	if (numbers->count == numbers->room) {
		size_t room = numbers->room ? 2 * numbers->room : 16;
		int64_t *items = arena_alloc(numbers->arena, room * sizeof *items);
		if (numbers->count)
			memcpy(items, numbers->items, numbers->count * sizeof *items);
		numbers->items = items;
		numbers->room = room;
	}
	numbers->items[numbers->count++] = id;
	return 0;
}

static int read_fees(struct bill *bill, struct svc_error *err)
{
	struct numbers numbers = {.arena = &bill->arena};
	const char *label = bill->values[FIELD_ID];
	struct record_match match = {.field = field_find(SVC_FEE, "ticket"), .from = label, .to = label};
	struct record_query query = {.matches = &match, .match_count = 1};
	int status = record_list(bill->desk->store, SVC_FEE, &query, take_number, &numbers, err);
	bill->fees = arena_alloc(&bill->arena, (numbers.count + 1) * sizeof *bill->fees);
	for (; status == SVC_OK && bill->count < numbers.count; bill->count++) {
		struct fee *fee = &bill->fees[bill->count];
		fee->id = numbers.items[bill->count];
		status = record_read(bill->desk->store, SVC_FEE, fee->id, &bill->arena, fee->values, err);
	}
	return status;
}

int bill_open(struct bill *bill, struct svc_desk *desk, int64_t ticket, struct svc_error *err)
{
	const struct store_about *about;
	*bill = (struct bill){.desk = desk, .ticket = ticket};
	int status = store_about(desk->store, &about, err);
	if (status == SVC_OK) {
		bill->digits = about->currency_digits;
		status = record_read(desk->store, SVC_TICKET, ticket, &bill->arena, bill->values, err);
	}
	return status == SVC_OK ? read_fees(bill, err) : status;
}

void bill_release(struct bill *bill)
{
	arena_release(&bill->arena);
}

/* ---- one fee ---- */

const char *fee_value(const struct fee *fee, const char *field)
{
	return fee->values[field_find(SVC_FEE, field)];
}

bool fee_is(const struct fee *fee, const char *state)
{
	const char *value = fee_value(fee, "state");
	return value && strcmp(value, state) == 0;
}

svc_money fee_money(const struct bill *bill, const struct fee *fee, const char *field)
{
	const char *text = fee_value(fee, field);
	svc_money amount = 0;
	if (text)
		svc_money_parse(text, bill->digits, &amount);
	return amount;
}

bool fee_of_customer(const struct fee *fee)
{
	const char *payer = fee_value(fee, "payer");
	return !payer || strcmp(payer, "customer") == 0;
}

const char *bill_amount(struct bill *bill, svc_money amount)
{
	char text[32];
	svc_money_format(amount, bill->digits, text);
	return arena_strdup(&bill->arena, text);
}

int bill_check(struct bill *bill, const char *field, const char *text, const char **out, struct svc_error *err)
{
	size_t count;
	const struct svc_field *fields = svc_fields(SVC_FEE, &count);
	return value_check(bill->desk, &fields[field_find(SVC_FEE, field)], text, &bill->arena, out, err);
}

int bill_moment(struct svc_desk *desk, svc_time *at, struct svc_error *err)
{
	if (*at == SVC_TIME_NONE)
		*at = desk->options.now;
	if (*at <= desk->options.now)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, _("this is a moment to come"));
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

int bill_permit(struct bill *bill, const char *event, const char **by, struct svc_error *err)
{
	struct gathered_facts known = {0};
	struct inquiry inquiry;
	struct svc_policy *policy = NULL;
	struct svc_facts *facts = NULL;
	const char *role = NULL, *clause = NULL, *named = NULL;
	*by = NULL;
	int status = ticket_inquiry(bill->desk, bill->ticket, bill->values, &known, &bill->arena, &inquiry, err);
	inquiry.ask = SVC_ASK_TRANSITION;
	if (status == SVC_OK)
		status = ruling_open(bill->desk, &bill->desk->options, &inquiry, &policy, &facts, err);
	if (status == SVC_OK)
		status = desk_role(bill->desk, &bill->arena, &role, err);
	if (status == SVC_OK && facts && !svc_policy_overrides(facts, event, role, &named, &clause) && named)
		status = error_set(err, SVC_DENIED, _("%s: only %s may do this (%s)"), bill->values[FIELD_ID], named,
				   clause);
	if (named)
		*by = arena_strdup(&bill->arena, named);
	svc_facts_free(facts);
	svc_policy_free(policy);
	return status;
}

/* ---- parts ---- */

struct parts {
	const struct bill *bill;
	svc_money cost;
	bool unknown; /* what one of them cost */
};

static int add_parts(void *context, int64_t id, const char **values)
{
	struct parts *parts = context;
	const char *used = values[field_find(SVC_ISSUE, "used")], *cost = values[field_find(SVC_ISSUE, "cost")];
	svc_money one = 0;
	(void)id;
	if (!used || strcmp(used, "0") == 0)
		return 0;
	if (!cost || !svc_money_parse(cost, parts->bill->digits, &one))
		parts->unknown = true;
	parts->cost += one * strtoll(used, NULL, 10);
	return 0;
}

int bill_parts_cost(const struct bill *bill, svc_money *cost, struct svc_error *err)
{
	struct parts parts = {.bill = bill};
	const char *label = bill->values[FIELD_ID];
	struct record_match match = {.field = field_find(SVC_ISSUE, "ticket"), .from = label, .to = label};
	struct record_query query = {.matches = &match, .match_count = 1};
	int status = record_list(bill->desk->store, SVC_ISSUE, &query, add_parts, &parts, err);
	*cost = parts.unknown ? 0 : parts.cost;
	return status;
}

bool bill_has_parts(const struct bill *bill)
{
	static const char *const states[] = {"charged", "free", "paid", "waived", NULL};
	for (size_t i = 0; i < bill->count; i++)
		for (const char *const *state = states; *state; state++)
			if (fee_is(&bill->fees[i], *state) && strcmp(fee_value(&bill->fees[i], "item"), "parts") == 0)
				return true;
	return false;
}

/* ---- what it comes to ---- */

static void count_free(const struct bill *bill, const struct fee *fee, struct svc_balance *out)
{
	out->cost += fee_money(bill, fee, "cost");
	out->unknown += !fee_value(fee, "cost");
}

static void count_fee(const struct bill *bill, const struct fee *fee, struct svc_balance *out)
{
	svc_money amount = fee_money(bill, fee, "amount"), paid = fee_money(bill, fee, "paid");
	if (fee_is(fee, "free")) {
		count_free(bill, fee, out);
	} else if (!fee_of_customer(fee)) {
		if (fee_is(fee, "charged") && strcmp(fee_value(fee, "payer"), "company") == 0)
			out->refund += amount - paid;
	} else if (fee_is(fee, "quoted") || fee_is(fee, "approved")) {
		out->quoted += amount;
	} else if (fee_is(fee, "charged") || fee_is(fee, "paid") || fee_is(fee, "waived")) {
		out->charged += amount;
		out->paid += paid;
		out->waived += fee_is(fee, "waived") ? amount - paid : 0;
	}
}

int svc_fee_balance(struct svc_desk *desk, int64_t ticket, struct svc_balance *out, struct svc_error *err)
{
	struct bill bill;
	*out = (struct svc_balance){0};
	int status = bill_open(&bill, desk, ticket, err);
	for (size_t i = 0; status == SVC_OK && i < bill.count; i++)
		count_fee(&bill, &bill.fees[i], out);
	out->fees = (int64_t)bill.count;
	out->open = out->charged - out->waived - out->paid;
	bill_release(&bill);
	return status;
}

/* ---- what was free ---- */

struct free_rows {
	struct arena arena;
	struct bill money; /* only for its digits */
	struct svc_free *items;
	size_t count, room;
};

static struct svc_free *row_of(struct free_rows *rows, const char *item, const char *payer)
{
	for (size_t i = 0; i < rows->count; i++)
		if (strcmp(rows->items[i].item, item) == 0 && strcmp(rows->items[i].payer, payer) == 0)
			return &rows->items[i];
	if (rows->count == rows->room) {
		size_t room = rows->room ? 2 * rows->room : 16;
		struct svc_free *items = arena_alloc(&rows->arena, room * sizeof *items);
		if (rows->count)
			memcpy(items, rows->items, rows->count * sizeof *items);
		rows->items = items;
		rows->room = room;
	}
	struct svc_free *row = &rows->items[rows->count++];
	*row = (struct svc_free){.item = arena_strdup(&rows->arena, item), .payer = arena_strdup(&rows->arena, payer)};
	return row;
}

static int take_free(void *context, const struct svc_record *record)
{
	struct free_rows *rows = context;
	struct fee fee = {.id = record->id};
	memcpy(fee.values, record->values, sizeof(char *) * (size_t)(field_find(SVC_FEE, "note") + 1));
	bool waived = fee_is(&fee, "waived");
	if (!waived && !fee_is(&fee, "free"))
		return 0;
	const char *payer = fee_value(&fee, "payer");
	struct svc_free *row = row_of(rows, fee_value(&fee, "item"), payer ? payer : "customer");
	row->fees++;
	row->cost += fee_money(&rows->money, &fee, "cost");
	row->unknown += !fee_value(&fee, "cost");
	if (waived)
		row->waived += fee_money(&rows->money, &fee, "amount") - fee_money(&rows->money, &fee, "paid");
	row->records = row->records ? arena_printf(&rows->arena, "%s,%s", row->records, fee.values[FIELD_ID])
				    : arena_strdup(&rows->arena, fee.values[FIELD_ID]);
	return 0;
}

int svc_fee_free(struct svc_desk *desk, svc_date from, svc_date to, svc_free_seen seen, void *context,
		 struct svc_error *err)
{
	struct free_rows rows = {0};
	const struct store_about *about;
	char first[16] = "", last[16] = "";
	struct svc_match match = {"charged", NULL, NULL};
	struct svc_query query = {.matches = &match, .match_count = from != SVC_DATE_NONE || to != SVC_DATE_NONE};
	if (from != SVC_DATE_NONE)
		match.from = (svc_date_format(from, first), first);
	if (to != SVC_DATE_NONE)
		match.to = (svc_date_format(to, last), last);
	int status = store_about(desk->store, &about, err);
	rows.money.digits = status == SVC_OK ? about->currency_digits : 0;
	if (status == SVC_OK)
		status = svc_list(desk, SVC_FEE, &query, take_free, &rows, err);
	for (size_t i = 0; status == SVC_OK && i < rows.count; i++)
		if (seen(context, &rows.items[i]))
			break;
	arena_release(&rows.arena);
	return status;
}
