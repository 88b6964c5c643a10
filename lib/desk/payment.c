/* What a customer owes is paid, in parts or whole, or let go. */
#include "base/error.h"
#include "bill.h"
#include "store/event.h"
#include "store/record.h"

#include <string.h>

/* ---- payments made ---- */

struct paying { /* reading the events of one fee */
	struct bill *bill;
	int64_t fee;
	svc_paid_seen seen;
	void *context;
	struct svc_error *err;
	int status;
	bool stopped;
};

static int take_event(void *context, const struct event *event)
{
	struct paying *paying = context;
	struct change change;
	paying->status = change_read(&change, SVC_FEE, event->payload, &paying->bill->arena, paying->err);
	const char *added = change.add[field_find(SVC_FEE, "paid")];
	const char *receipt = change.set[field_find(SVC_FEE, "receipt")];
	struct svc_paid paid = {
		.fee = paying->fee, .at = event->occurred_at, .receipt = receipt, .actor = event->actor};
	if (paying->status != SVC_OK)
		return paying->status;
	if (!added || !svc_money_parse(added, paying->bill->digits, &paid.amount))
		return 0;
	paying->stopped = paying->seen(paying->context, &paid) != 0;
	return paying->stopped;
}

static int each_payment(struct bill *bill, svc_paid_seen seen, void *context, struct svc_error *err)
{
	struct paying paying = {.bill = bill, .seen = seen, .context = context, .err = err};
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < bill->count && !paying.stopped; i++) {
		struct event_query query = {.subject = SVC_FEE,
					    .subject_id = bill->fees[i].id,
					    .verb = "paid",
					    .from = SVC_TIME_NONE,
					    .to = SVC_TIME_NONE,
					    .order = EVENTS_AS_OCCURRED,
					    .standing = true};
		paying.fee = bill->fees[i].id;
		status = event_each(bill->desk->store, &query, take_event, &paying, err);
		if (status == SVC_OK)
			status = paying.status;
	}
	return status;
}

int svc_fee_payments(struct svc_desk *desk, int64_t ticket, svc_paid_seen seen, void *context, struct svc_error *err)
{
	struct bill bill;
	int status = bill_open(&bill, desk, ticket, err);
	if (status == SVC_OK)
		status = each_payment(&bill, seen, context, err);
	bill_release(&bill);
	return status;
}

/* ---- the number of the next receipt ---- */

struct receipts {
	const char *number;
	bool used;
};

static int look_for_receipt(void *context, const struct svc_paid *paid)
{
	struct receipts *receipts = context;
	receipts->used = paid->receipt && strcmp(paid->receipt, receipts->number) == 0;
	return receipts->used;
}

static int next_receipt(struct bill *bill, const char **number, struct svc_error *err)
{
	struct receipts receipts = {.used = true};
	int status = SVC_OK;
	for (int i = 1; status == SVC_OK && receipts.used; i++) {
		receipts.number = arena_printf(&bill->arena, "%s-%d", bill->values[FIELD_ID], i);
		receipts.used = false;
		status = each_payment(bill, look_for_receipt, &receipts, err);
	}
	*number = receipts.number;
	return status;
}

/* ---- paying ---- */

/* What is owed to the company; a ticket pays what is the customer's, a fee that is named also what is a supplier's. */
static svc_money owed(const struct bill *bill, const struct fee *fee, const struct svc_payment *payment)
{
	const char *payer = fee_value(fee, "payer");
	bool meant = payment->fee ? fee->id == payment->fee && !(payer && strcmp(payer, "company") == 0)
				  : fee_of_customer(fee);
	return meant && fee_is(fee, "charged") ? fee_money(bill, fee, "amount") - fee_money(bill, fee, "paid") : 0;
}

static int pay_one(struct bill *bill, const struct fee *fee, svc_money amount, const struct svc_payment *payment,
		   const char *receipt, struct svc_error *err)
{
	static const struct life_step whole = {SVC_FEE, "paid", {"charged"}, "paid", NULL, {"charged"}};
	static const struct life_step part = {SVC_FEE, "paid", {"charged"}, NULL, NULL, {"charged"}};
	struct change change = {.kind = SVC_FEE};
	change_add(&change, "paid", bill_amount(bill, amount));
	change_set(&change, "receipt", receipt);
	return life_step(bill->desk, amount == owed(bill, fee, payment) ? &whole : &part, fee->id, payment->at, &change,
			 &bill->arena, NULL, NULL, err);
}

/* How much is paid: no more than is owed, and something. */
static int amount_paid(struct bill *bill, const struct svc_payment *payment, svc_money *amount, struct svc_error *err)
{
	svc_money open = 0;
	const char *kept = NULL, *label = bill->values[FIELD_ID];
	for (size_t i = 0; i < bill->count; i++) {
		open += owed(bill, &bill->fees[i], payment);
		if (bill->fees[i].id == payment->fee)
			label = bill->fees[i].values[FIELD_ID];
	}
	*amount = open;
	int status = payment->amount ? bill_check(bill, "amount", payment->amount, &kept, err) : SVC_OK;
	if (status != SVC_OK)
		return status;
	if (!open)
		return error_set(err, SVC_REFUSED, _("nothing is owed for %s"), label);
	if (kept)
		svc_money_parse(kept, bill->digits, amount);
	if (*amount <= 0) {
		error_set(err, SVC_BAD_INPUT, _("nothing would be paid"));
		error_field(err, "amount");
		return SVC_BAD_INPUT;
	}
	if (*amount > open) {
		error_set(err, SVC_REFUSED, _("%s is more than the %s owed for %s"), kept, bill_amount(bill, open),
			  label);
		error_field(err, "amount");
		return SVC_REFUSED;
	}
	return SVC_OK;
}

static int pay_all(struct bill *bill, const struct svc_payment *payment, svc_fee_seen seen, void *context,
		   struct svc_error *err)
{
	svc_money left;
	const char *receipt = NULL;
	int status = amount_paid(bill, payment, &left, err);
	if (status == SVC_OK && payment->receipt)
		status = bill_check(bill, "receipt", payment->receipt, &receipt, err);
	if (status == SVC_OK && !receipt)
		status = next_receipt(bill, &receipt, err);
	for (size_t i = 0; status == SVC_OK && left > 0 && i < bill->count; i++) {
		const struct fee *fee = &bill->fees[i];
		svc_money part = owed(bill, fee, payment);
		part = part < left ? part : left;
		if (!part)
			continue;
		left -= part;
		status = pay_one(bill, fee, part, payment, receipt, err);
		if (status == SVC_OK && seen)
			seen(context, fee->id);
	}
	return status;
}

/* The ticket of a fee. */
static int ticket_of(struct svc_desk *desk, int64_t fee, int64_t *ticket, struct svc_error *err)
{
	struct arena arena = {0};
	const char *values[FIELD_LIMIT] = {0};
	int status = record_read(desk->store, SVC_FEE, fee, &arena, values, err);
	if (status == SVC_OK)
		*ticket = record_number(SVC_TICKET, values[field_find(SVC_FEE, "ticket")]);
	arena_release(&arena);
	return status;
}

int svc_fee_pay(struct svc_desk *desk, const struct svc_payment *payment, svc_fee_seen seen, void *context,
		struct svc_error *err)
{
	struct bill bill = {0};
	int64_t ticket = payment->ticket;
	int status = payment->fee ? ticket_of(desk, payment->fee, &ticket, err) : SVC_OK;
	if (status == SVC_OK)
		status = bill_open(&bill, desk, ticket, err);
	if (status == SVC_OK)
		status = pay_all(&bill, payment, seen, context, err);
	bill_release(&bill);
	return status;
}

/* ---- waiving ---- */

static int waive(struct bill *bill, int64_t fee, const char *reason, svc_time at, struct svc_error *err)
{
	static const struct life_step step = {SVC_FEE,  "waived", {"quoted", "approved", "charged"},
					      "waived", NULL,     {"charged"}};
	struct change change = {.kind = SVC_FEE};
	const char *kept, *by, *values[FIELD_LIMIT] = {0};
	int status = bill_permit(bill, "waive", &by, err);
	if (status == SVC_OK)
		status = bill_check(bill, "reason", reason, &kept, err);
	if (status == SVC_OK && !kept)
		status = error_set(err, SVC_BAD_INPUT, _("a fee is let go for a reason"));
	if (status == SVC_OK)
		status = bill_moment(bill->desk, &at, err);
	if (status == SVC_OK)
		status = record_read(bill->desk->store, SVC_FEE, fee, &bill->arena, values, err);
	if (status != SVC_OK)
		return status;
	change_set(&change, "reason", kept);
	if (!values[field_find(SVC_FEE, "charged")]) { /* the day it counts on */
		char moment[32];
		svc_time_format(at, NULL, moment);
		change_set(&change, "charged", arena_strdup(&bill->arena, moment));
	}
	return life_step(bill->desk, &step, fee, at, &change, &bill->arena, NULL, NULL, err);
}

int svc_fee_waive(struct svc_desk *desk, int64_t fee, const char *reason, svc_time at, struct svc_error *err)
{
	struct bill bill = {0};
	int64_t ticket = 0;
	int status = ticket_of(desk, fee, &ticket, err);
	if (status == SVC_OK)
		status = bill_open(&bill, desk, ticket, err);
	if (status == SVC_OK)
		status = waive(&bill, fee, reason, at, err);
	bill_release(&bill);
	return status;
}
