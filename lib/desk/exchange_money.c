/* The money of an exchange or a refund: what goes back, what is taken off, what is paid on top; and what others owe for it. */
#include "exchange.h"

#include "base/error.h"
#include "store/record.h"
#include "svc/money.h"
#include "values.h"

#include <string.h>

const char *granted_fact(const struct granting *granting, const char *name)
{
	const char *known = gathered_value(&granting->known, name);
	int place = field_find(SVC_UNIT, name);
	return known || place == FIELD_NONE ? known : granting->unit[place];
}

static int unknown(const struct granting *granting, const char *name, struct svc_error *err)
{
	error_set(err, SVC_INCOMPLETE, _("%s: not known for the %s: %s"), granting->ticket[FIELD_ID],
		  grant_title(granting->grant->want), name);
	error_hint(err, _("give them as name=value"));
	return SVC_INCOMPLETE;
}

static int read_amount(const struct granting *granting, const char *name, svc_money *amount, struct svc_error *err)
{
	const struct store_about *about;
	const char *text = granted_fact(granting, name);
	int status = store_about(granting->desk->store, &about, err);
	if (status != SVC_OK)
		return status;
	if (!text)
		return unknown(granting, name, err);
	if (svc_money_parse(text, about->currency_digits, amount) && *amount >= 0)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, _("%s: not an amount of money: %.60s"), name, text);
	error_field(err, name);
	return SVC_BAD_INPUT;
}

static const char *written(struct granting *granting, svc_money amount)
{
	const struct store_about *about;
	char text[32];
	if (store_about(granting->desk->store, &about, NULL) != SVC_OK)
		return NULL;
	svc_money_format(amount, about->currency_digits, text);
	return arena_strdup(&granting->arena, text);
}

/* As the pack states it, else as it was given. */
static const char *deducted(const struct granting *granting, const struct svc_deduction *deduction, struct arena *arena)
{
	const struct svc_grant *grant = granting->grant;
	char text[32];
	if (deduction->amount != SVC_MONEY_NONE) {
		svc_money_format(deduction->amount, granting->answer.currency_digits, text);
		return arena_strdup(arena, text);
	}
	for (size_t i = 0; i < grant->deduction_count; i++)
		if (strcmp(grant->deductions[i].field, deduction->item) == 0)
			return grant->deductions[i].value;
	return NULL;
}

static bool has_difference(const struct granting *granting)
{
	enum svc_difference difference = granting->answer.price_difference;
	return granting->decided && granting->grant->want == SVC_EXCHANGE &&
	       (difference == SVC_DIFFERENCE_CUSTOMER_PAYS || difference == SVC_DIFFERENCE_BOTH_WAYS);
}

int grant_check_money(struct granting *granting, struct svc_error *err)
{
	svc_money price, other;
	int status = SVC_OK;
	if (granting->grant->want == SVC_REFUND || has_difference(granting))
		status = read_amount(granting, "price", &price, err);
	if (status == SVC_OK && has_difference(granting))
		status = read_amount(granting, "new_price", &other, err);
	for (size_t i = 0; status == SVC_OK && i < granting->answer.deduction_count; i++) {
		const struct svc_deduction *deduction = &granting->answer.deductions[i];
		if (deducted(granting, deduction, &granting->arena))
			continue;
		error_set(err, SVC_INCOMPLETE, _("%s: not known how much is taken off for %s"),
			  granting->ticket[FIELD_ID], deduction->item);
		error_hint(err, _("--deduct %s=AMOUNT says it"), deduction->item);
		status = SVC_INCOMPLETE;
	}
	return status;
}

/* ---- fees ---- */

static int add_line(struct granting *granting, const char *item, const char *amount, const char *payer,
		    const char *basis, struct svc_error *err)
{
	struct fee_line line = {
		.item = item,
		.amount = amount,
		.payer = payer,
		.basis = basis,
		.clause = granting->decided && granting->answer.clause_count ? granting->answer.clauses[0] : NULL};
	return fee_line_add(granting->desk, granting->ticket[FIELD_ID], &line, &granting->arena, err);
}

static int add_refund(struct granting *granting, struct svc_error *err)
{
	svc_money price = 0;
	int status = read_amount(granting, "price", &price, err);
	if (status != SVC_OK || price == 0)
		return status;
	return add_line(granting, "refund", written(granting, price), "company", BASIS_REFUND, err);
}

static int add_difference(struct granting *granting, struct svc_error *err)
{
	svc_money price = 0, other = 0;
	int status = read_amount(granting, "price", &price, err);
	if (status == SVC_OK)
		status = read_amount(granting, "new_price", &other, err);
	if (status != SVC_OK || other == price)
		return status;
	if (other > price)
		return add_line(granting, "price_difference", written(granting, other - price), "customer", "list",
				err);
	if (granting->answer.price_difference != SVC_DIFFERENCE_BOTH_WAYS)
		return SVC_OK;
	return add_line(granting, "price_difference", written(granting, price - other), "company", BASIS_REFUND, err);
}

int grant_write_money(struct granting *granting, struct svc_error *err)
{
	bool refund = granting->grant->want == SVC_REFUND;
	int status = refund ? add_refund(granting, err) : SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < granting->answer.deduction_count; i++) {
		const struct svc_deduction *deduction = &granting->answer.deductions[i];
		const char *amount = deducted(granting, deduction, &granting->arena);
		if (strspn(amount, "0.") != strlen(amount))
			status = add_line(granting, deduction->item, amount, "customer", refund ? BASIS_REFUND : "list",
					  err);
	}
	if (status == SVC_OK && has_difference(granting))
		status = add_difference(granting, err);
	return status;
}

/* ---- paid back ---- */

struct settling {
	struct arena arena;
	const struct store_about *about;
	int64_t *fees;
	const char **amounts;
	size_t count, room;
	svc_money net;
	char expected[24]; /* a thing of the ticket that has not come; "": none */
};

static const char *fee_value(const char *const *values, const char *field)
{
	return values[field_find(SVC_FEE, field)];
}

static bool is(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

static int take_fee(void *context, int64_t id, const char **values)
{
	struct settling *settling = context;
	svc_money amount;
	if (!is(fee_value(values, "state"), "charged") || !is(fee_value(values, "basis"), BASIS_REFUND) ||
	    !fee_value(values, "amount") ||
	    !svc_money_parse(fee_value(values, "amount"), settling->about->currency_digits, &amount))
		return 0;
	if (settling->count == settling->room) {
		size_t room = settling->room ? 2 * settling->room : 8;
		int64_t *fees = arena_alloc(&settling->arena, room * sizeof *fees);
		const char **amounts = arena_alloc(&settling->arena, room * sizeof *amounts);
		if (settling->count) {
			memcpy(fees, settling->fees, settling->count * sizeof *fees);
			memcpy(amounts, settling->amounts, settling->count * sizeof *amounts);
		}
		settling->fees = fees;
		settling->amounts = amounts;
		settling->room = room;
	}
	settling->fees[settling->count] = id;
	settling->amounts[settling->count++] = arena_strdup(&settling->arena, fee_value(values, "amount"));
	settling->net += is(fee_value(values, "payer"), "company") ? amount : -amount;
	return 0;
}

static int take_goods(void *context, int64_t id, const char **values)
{
	struct settling *settling = context;
	if (is(goods_value(values, "state"), "expected"))
		record_label(settling->expected, SVC_GOODS, id);
	return *settling->expected != '\0';
}

static int of_ticket(struct svc_desk *desk, enum svc_kind kind, const char *ticket, record_seen seen,
		     struct settling *settling, struct svc_error *err)
{
	struct record_match match = {.field = field_find(kind, "ticket"), .from = ticket, .to = ticket};
	struct record_query query = {.matches = &match, .match_count = 1};
	return record_list(desk->store, kind, &query, seen, settling, err);
}

static int gather(struct svc_desk *desk, const char *ticket, struct settling *settling, struct svc_error *err)
{
	int status = store_about(desk->store, &settling->about, err);
	if (status == SVC_OK)
		status = of_ticket(desk, SVC_FEE, ticket, take_fee, settling, err);
	if (status == SVC_OK)
		status = of_ticket(desk, SVC_GOODS, ticket, take_goods, settling, err);
	if (status != SVC_OK)
		return status;
	if (settling->net < 0)
		return error_set(err, SVC_REFUSED, _("%s: more is taken off than goes back"), ticket);
	if (!settling->count)
		return error_set(err, SVC_REFUSED, _("%s: nothing is to be paid back"), ticket);
	if (*settling->expected)
		return error_set(err, SVC_REFUSED, _("%s: %s has not come yet"), ticket, settling->expected);
	return SVC_OK;
}

static int pay_one(struct svc_desk *desk, struct settling *settling, size_t i, const char *receipt,
		   struct svc_error *err)
{
	const struct svc_assignment values[] = {
		{"state", "paid"}, {"paid", settling->amounts[i]}, {"receipt", receipt}};
	static const char *const may_set[] = {"state", "paid", "receipt", NULL};
	struct change change = {.kind = SVC_FEE};
	struct happening happening = {.verb = "paid", .occurred = SVC_TIME_NONE};
	int status = values_fill(desk, values, receipt ? 3 : 2, may_set, &settling->arena, &change, err);
	if (status != SVC_OK)
		return status;
	return record_change(desk, settling->fees[i], &happening, &change, &settling->arena, NULL, err);
}

int svc_refund_pay(struct svc_desk *desk, int64_t ticket, const char *receipt, svc_money *net, struct svc_error *err)
{
	struct settling settling = {.net = 0};
	char label[24];
	record_label(label, SVC_TICKET, ticket);
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = gather(desk, label, &settling, err);
	for (size_t i = 0; status == SVC_OK && i < settling.count; i++)
		status = pay_one(desk, &settling, i, receipt, err);
	*net = settling.net;
	arena_release(&settling.arena);
	return status;
}

/* ---- recovered ---- */

int svc_exchange_recover(struct svc_desk *desk, int64_t ticket, const char *from, const char *amount, const char *text,
			 int64_t *fee, struct svc_error *err)
{
	const char *reason = text && *text ? text : NULL;
	const struct svc_assignment values[] = {{"item", "recovery"},   {"state", "charged"}, {"quantity", "1"},
						{"unit_price", amount}, {"amount", amount},   {"payer", "supplier"},
						{"basis", "cost"},      {"reason", from},     {"note", reason}};
	static const char *const may_set[] = {"state", NULL};
	struct arena arena = {0};
	struct change change = {.kind = SVC_FEE};
	struct record_adding adding = {.change = &change, .verb = "charged", .occurred = SVC_TIME_NONE};
	const char *of[FIELD_LIMIT] = {0};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_TICKET, ticket, &arena, of, err);
	change_set(&change, "ticket", of[FIELD_ID]);
	if (status == SVC_OK)
		status = values_fill(desk, values, sizeof values / sizeof *values, may_set, &arena, &change, err);
	if (status == SVC_OK)
		status = record_add(desk, &adding, &arena, err);
	*fee = adding.id;
	arena_release(&arena);
	return status;
}
