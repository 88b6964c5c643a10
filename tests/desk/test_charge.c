/* What a customer is charged: quotes that he approved, and what nobody owes any more. */
#include "scratch.h"

#include "desk/writing.h"
#include "svc/charge.h"

static void start(struct scratch *scratch)
{
	struct svc_assignment fields[] = {{"symptom", "cold"}};
	struct svc_opening opening = {.fields = fields, .field_count = 1};
	int64_t ticket;
	scratch_desk(scratch, NULL);
	scratch_begin(scratch);
	OK(scratch, svc_ticket_open(scratch->desk, &opening, &ticket, NULL, NULL, &scratch->err));
	scratch_commit(scratch);
}

/* A quote as it stands after the customer has spoken. */
static int64_t quote(struct scratch *scratch, const char *item, const char *amount, const char *payer,
		     const char *state)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_FEE};
	struct record_adding adding = {.change = &change, .verb = "quoted", .occurred = SVC_TIME_NONE};
	change_set(&change, "ticket", "T1");
	change_set(&change, "item", item);
	change_set(&change, "amount", amount);
	change_set(&change, "payer", payer);
	change_set(&change, "state", state);
	scratch_begin(scratch);
	OK(scratch, record_add(scratch->desk, &adding, &arena, &scratch->err));
	scratch_commit(scratch);
	arena_release(&arena);
	return adding.id;
}

static int charge(struct scratch *scratch, const char *item)
{
	struct svc_charging charging = {.ticket = 1, .items = &item, .item_count = item ? 1 : 0, .at = SVC_TIME_NONE};
	scratch_begin(scratch);
	int status = svc_fee_charge(scratch->desk, &charging, NULL, NULL, &scratch->err);
	if (status == SVC_OK)
		scratch_commit(scratch);
	else
		svc_desk_rollback(scratch->desk);
	return status;
}

static int pay(struct scratch *scratch, struct svc_payment payment)
{
	payment.at = SVC_TIME_NONE;
	scratch_begin(scratch);
	int status = svc_fee_pay(scratch->desk, &payment, NULL, NULL, &scratch->err);
	if (status == SVC_OK)
		scratch_commit(scratch);
	else
		svc_desk_rollback(scratch->desk);
	return status;
}

static void test_charge__takes_what_was_approved(void **state)
{
	struct scratch *scratch = *state;
	start(scratch);
	EXPECT(scratch, charge(scratch, NULL), SVC_REFUSED);
	int64_t board = quote(scratch, "board", "120.00", "customer", "approved");
	int64_t visit = quote(scratch, "visit", "20.00", "company", "approved");
	int64_t other = quote(scratch, "other", "9.00", "customer", "declined");
	OK(scratch, charge(scratch, NULL));
	EXPECT_VALUE(scratch, SVC_FEE, board, "state", "charged");
	EXPECT_VALUE(scratch, SVC_FEE, board, "amount", "120.00");
	EXPECT_VALUE(scratch, SVC_FEE, visit, "state", "free");
	EXPECT_VALUE(scratch, SVC_FEE, visit, "amount", "0.00");
	EXPECT_VALUE(scratch, SVC_FEE, visit, "cost", "20.00");
	EXPECT_VALUE(scratch, SVC_FEE, other, "state", "declined");
	scratch_prove(scratch);
}

static void test_charge__holds_to_the_amount_that_was_approved(void **state)
{
	struct scratch *scratch = *state;
	start(scratch);
	int64_t board = quote(scratch, "board", "120.00", "customer", "approved");
	int64_t work = quote(scratch, "work", NULL, NULL, "approved");
	EXPECT(scratch, charge(scratch, "board=130"), SVC_REFUSED);
	EXPECT(scratch, charge(scratch, "work"), SVC_INCOMPLETE);
	OK(scratch, charge(scratch, "board"));
	OK(scratch, charge(scratch, "work=15"));
	EXPECT_VALUE(scratch, SVC_FEE, board, "state", "charged");
	EXPECT_VALUE(scratch, SVC_FEE, work, "amount", "15.00");
	scratch_prove(scratch);
}

static void test_charge__pays_what_is_owed_to_us(void **state)
{
	struct scratch *scratch = *state;
	struct svc_balance balance;
	start(scratch);
	int64_t board = quote(scratch, "board", "120.00", "customer", "charged");
	int64_t recovery = quote(scratch, "recovery", "50.00", "supplier", "charged");
	int64_t refund = quote(scratch, "refund", "30.00", "company", "charged");
	OK(scratch, svc_fee_balance(scratch->desk, 1, &balance, &scratch->err));
	assert_int_equal(balance.open, 12000);
	assert_int_equal(balance.refund, 3000);
	OK(scratch, pay(scratch, (struct svc_payment){.ticket = 1})); /* the customer's alone */
	EXPECT_VALUE(scratch, SVC_FEE, board, "state", "paid");
	EXPECT_VALUE(scratch, SVC_FEE, recovery, "state", "charged");
	OK(scratch, pay(scratch, (struct svc_payment){.fee = recovery, .amount = "50"}));
	EXPECT_VALUE(scratch, SVC_FEE, recovery, "state", "paid");
	EXPECT(scratch, pay(scratch, (struct svc_payment){.fee = refund}), SVC_REFUSED);
	scratch_prove(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_charge__takes_what_was_approved),
		CASE(test_charge__holds_to_the_amount_that_was_approved),
		CASE(test_charge__pays_what_is_owed_to_us),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
