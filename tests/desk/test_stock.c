/* Parts: random walks against a model, in the present and with moments of the past; and the single rules. */
#include "scratch.h"
#include "svc/stock.h"

enum { WALKS = 1000, STEPS = 24, ISSUES = 32, TICKETS = 2 };

/* ---- the model ---- */

struct model_issue {
	int64_t id, ticket, quantity, used, returned, written_off;
	const char *state;
};
struct model {
	int64_t part, tickets[TICKETS], on_hand, reserved;
	struct model_issue issues[ISSUES];
	size_t count;
};

static unsigned long random_state;

static int64_t below(int64_t limit)
{
	random_state = random_state * 6364136223846793005UL + 1442695040888963407UL;
	return (int64_t)(random_state >> 33) % limit;
}

static struct model_issue *reserved_for(struct model *model, int64_t ticket)
{
	for (size_t i = 0; i < model->count; i++)
		if (model->issues[i].ticket == ticket && strcmp(model->issues[i].state, "reserved") == 0)
			return &model->issues[i];
	return NULL;
}

static struct model_issue *new_issue(struct model *model, int64_t ticket, const char *state, int64_t quantity)
{
	struct model_issue *issue = &model->issues[model->count++];
	*issue = (struct model_issue){.ticket = ticket, .quantity = quantity, .state = state};
	return issue;
}

/* ---- the steps: each is what the desk has to do, and what it has to refuse ---- */

static void walk_receive(struct scratch *scratch, struct model *model)
{
	struct svc_receipt receipt = {.part = model->part, .quantity = below(8) + 1, .at = SVC_TIME_NONE};
	OK(scratch, svc_part_receive(scratch->desk, &receipt, &scratch->err));
	model->on_hand += receipt.quantity;
}

static void walk_count(struct scratch *scratch, struct model *model)
{
	int64_t counted = below(12);
	bool fits = counted >= model->reserved;
	EXPECT(scratch, svc_part_count(scratch->desk, model->part, counted, NULL, SVC_TIME_NONE, &scratch->err),
	       fits ? SVC_OK : SVC_REFUSED);
	model->on_hand = fits ? counted : model->on_hand;
}

static void walk_write_off(struct scratch *scratch, struct model *model)
{
	int64_t quantity = below(3) + 1;
	bool fits = quantity <= model->on_hand - model->reserved;
	EXPECT(scratch, svc_part_write_off(scratch->desk, model->part, quantity, "rust", SVC_TIME_NONE, &scratch->err),
	       fits ? SVC_OK : SVC_REFUSED);
	model->on_hand -= fits ? quantity : 0;
}

static void walk_reserve(struct scratch *scratch, struct model *model)
{
	int64_t quantity = below(4) + 1, ticket = model->tickets[below(TICKETS)], id;
	struct model_issue *issue = reserved_for(model, ticket);
	bool fits = quantity <= model->on_hand - model->reserved;
	EXPECT(scratch,
	       svc_part_reserve(scratch->desk, model->part, ticket, quantity, SVC_TIME_NONE, &id, &scratch->err),
	       fits ? SVC_OK : SVC_REFUSED);
	if (!fits)
		return;
	if (!issue)
		(issue = new_issue(model, ticket, "reserved", 0))->id = id;
	assert_int_equal(issue->id, id);
	issue->quantity += quantity;
	model->reserved += quantity;
}

static void walk_issue(struct scratch *scratch, struct model *model)
{
	struct svc_issuing issuing = {.part = model->part,
				      .ticket = model->tickets[below(TICKETS)],
				      .quantity = below(4) + 1,
				      .at = SVC_TIME_NONE};
	int64_t id, quantity = issuing.quantity;
	struct model_issue *reserved = reserved_for(model, issuing.ticket);
	int64_t taken = !reserved ? 0 : reserved->quantity < quantity ? reserved->quantity : quantity;
	bool fits = quantity - taken <= model->on_hand - model->reserved;
	EXPECT(scratch, svc_part_issue(scratch->desk, &issuing, &id, &scratch->err), fits ? SVC_OK : SVC_REFUSED);
	if (!fits)
		return;
	model->on_hand -= quantity;
	model->reserved -= taken;
	if (reserved && reserved->quantity == taken) {
		assert_int_equal(id, reserved->id);
		reserved->state = "issued";
		reserved->quantity = quantity;
		return;
	}
	if (reserved)
		reserved->quantity -= taken;
	new_issue(model, issuing.ticket, "issued", quantity)->id = id;
}

static void settled(struct model *model, struct model_issue *issue, enum svc_settling_as as, int64_t quantity)
{
	int64_t out = issue->quantity - issue->used - issue->returned - issue->written_off;
	if (strcmp(issue->state, "reserved") == 0) {
		model->reserved -= quantity;
		issue->state = quantity == out ? "cancelled" : issue->state;
		issue->quantity -= quantity == out ? 0 : quantity;
		return;
	}
	int64_t *counts[] = {&issue->used, &issue->returned, &issue->written_off};
	*counts[as] += quantity;
	model->on_hand += as == SVC_PART_RETURNED ? quantity : 0;
	issue->state = quantity == out ? "settled" : issue->state;
}

static void walk_settle(struct scratch *scratch, struct model *model)
{
	if (!model->count)
		return;
	struct model_issue *issue = &model->issues[below((int64_t)model->count)];
	struct svc_settling settling = {.issue = issue->id,
					.as = (enum svc_settling_as)below(3),
					.quantity = below(4),
					.reason = "bent",
					.at = SVC_TIME_NONE};
	int64_t out = issue->quantity - issue->used - issue->returned - issue->written_off;
	int64_t quantity = settling.quantity ? settling.quantity : out;
	bool reserved = strcmp(issue->state, "reserved") == 0, issued = strcmp(issue->state, "issued") == 0;
	bool fits = quantity <= out && (issued || (reserved && settling.as == SVC_PART_RETURNED));
	EXPECT(scratch, svc_issue_settle(scratch->desk, &settling, &scratch->err), fits ? SVC_OK : SVC_REFUSED);
	if (fits)
		settled(model, issue, settling.as, quantity);
}

/* ---- the walks ---- */

static void expect_pieces(struct scratch *scratch, enum svc_kind kind, int64_t id, const char *field, int64_t expected)
{
	char text[256];
	assert_int_equal(atoll(scratch_value(scratch, kind, id, field, text)), expected);
}

static void expect_model(struct scratch *scratch, const struct model *model)
{
	expect_pieces(scratch, SVC_PART, model->part, "on_hand", model->on_hand);
	expect_pieces(scratch, SVC_PART, model->part, "reserved", model->reserved);
	for (size_t i = 0; i < model->count; i++) {
		const struct model_issue *issue = &model->issues[i];
		EXPECT_VALUE(scratch, SVC_ISSUE, issue->id, "state", issue->state);
		expect_pieces(scratch, SVC_ISSUE, issue->id, "quantity", issue->quantity);
		expect_pieces(scratch, SVC_ISSUE, issue->id, "used", issue->used);
		expect_pieces(scratch, SVC_ISSUE, issue->id, "returned", issue->returned);
		expect_pieces(scratch, SVC_ISSUE, issue->id, "written_off", issue->written_off);
	}
}

static void begin_walk(struct scratch *scratch, struct model *model, unsigned long walk)
{
	char number[24];
	struct svc_assignment part = {"number", number}, ticket = {"symptom", "noise"};
	snprintf(number, sizeof number, "part-%lu", walk);
	random_state = walk * 2654435761UL + 1;
	*model = (struct model){0};
	OK(scratch, svc_add(scratch->desk, SVC_PART, &part, 1, &model->part, &scratch->err));
	for (size_t i = 0; i < TICKETS; i++)
		OK(scratch, svc_add(scratch->desk, SVC_TICKET, &ticket, 1, &model->tickets[i], &scratch->err));
}

static void found(void *context, const char *text)
{
	print_error("%s\n", text);
	++*(int *)context;
}

static int faults(struct scratch *scratch)
{
	int count = 0;
	OK(scratch, svc_stock_check(scratch->desk, found, &count, &scratch->err));
	return count;
}

static void test_stock__random_walks_keep_to_the_model(void **state)
{
	typedef void (*step)(struct scratch *, struct model *);
	static const step steps[] = {walk_receive, walk_count, walk_write_off, walk_reserve,
				     walk_issue,   walk_issue, walk_settle,    walk_settle};
	struct scratch *scratch = *state;
	struct model model;
	scratch_desk(scratch, NULL);
	for (unsigned long walk = 0; walk < WALKS; walk++) {
		scratch_begin(scratch);
		begin_walk(scratch, &model, walk);
		for (int i = 0; i < STEPS; i++)
			steps[below((int64_t)COUNT(steps))](scratch, &model);
		expect_model(scratch, &model);
		scratch_commit(scratch);
	}
	assert_int_equal(faults(scratch), 0);
	scratch_prove(scratch);
}

/* Whatever is told of whichever moment, what was accepted never had fewer than none. */
static void step_at_any_moment(struct scratch *scratch, struct model *model)
{
	svc_time at = SCRATCH_NOW - below(6) * 3600;
	int64_t quantity = below(5) + 1, ticket = model->tickets[below(TICKETS)], issue = 0;
	struct svc_receipt receipt = {.part = model->part, .quantity = quantity, .at = at};
	struct svc_issuing issuing = {.part = model->part, .ticket = ticket, .quantity = quantity, .at = at};
	struct svc_settling settling = {.issue = model->count ? model->issues[below((int64_t)model->count)].id : 1,
					.as = (enum svc_settling_as)below(3),
					.quantity = below(3),
					.reason = "bent",
					.at = at};
	switch (below(6)) {
	case 0:
		svc_part_receive(scratch->desk, &receipt, &scratch->err);
		break;
	case 1:
		svc_part_count(scratch->desk, model->part, quantity, NULL, at, &scratch->err);
		break;
	case 2:
		svc_part_write_off(scratch->desk, model->part, quantity, "rust", at, &scratch->err);
		break;
	case 3:
		svc_part_reserve(scratch->desk, model->part, ticket, quantity, at, &issue, &scratch->err);
		break;
	case 4:
		svc_part_issue(scratch->desk, &issuing, &issue, &scratch->err);
		break;
	default:
		svc_issue_settle(scratch->desk, &settling, &scratch->err);
	}
	if (issue && model->count < ISSUES)
		model->issues[model->count++].id = issue;
}

static void test_stock__moments_of_the_past_leave_no_moment_short(void **state)
{
	struct scratch *scratch = *state;
	struct model model;
	scratch_desk(scratch, NULL);
	for (unsigned long walk = 0; walk < WALKS / 4; walk++) {
		scratch_begin(scratch);
		begin_walk(scratch, &model, walk);
		for (int i = 0; i < STEPS; i++)
			step_at_any_moment(scratch, &model);
		scratch_commit(scratch);
	}
	assert_int_equal(faults(scratch), 0);
	scratch_prove(scratch);
}

/* ---- single rules ---- */

static int sum_movement(void *context, const struct svc_movement *movement)
{
	int64_t *sum = context;
	*sum += movement->quantity;
	assert_int_equal(*sum, movement->on_hand);
	return 0;
}

static void test_stock__the_balance_is_the_sum_of_the_movements(void **state)
{
	struct scratch *scratch = *state;
	int64_t sum = 0;
	scratch_desk(scratch, NULL);
	int64_t part = ADD(scratch, SVC_PART, {"number", "X1"});
	struct svc_receipt receipt = {.part = part, .quantity = 5, .cost = "12.50", .at = SCRATCH_NOW - 100};
	scratch_begin(scratch);
	OK(scratch, svc_part_receive(scratch->desk, &receipt, &scratch->err));
	OK(scratch, svc_part_count(scratch->desk, part, 4, "shelf", SVC_TIME_NONE, &scratch->err));
	OK(scratch, svc_part_count(scratch->desk, part, 7, "shelf", SCRATCH_NOW - 50, &scratch->err));
	scratch_commit(scratch);
	OK(scratch, svc_part_moves(scratch->desk, part, sum_movement, &sum, &scratch->err));
	assert_int_equal(sum, 6); /* 5, then 2 more were counted, of which 1 was gone later */
	EXPECT_VALUE(scratch, SVC_PART, part, "on_hand", "6");
	EXPECT_VALUE(scratch, SVC_PART, part, "cost", "12.50");
	scratch_prove(scratch);
}

static void test_stock__what_can_not_be_is_refused(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, NULL);
	int64_t part = ADD(scratch, SVC_PART, {"number", "X1"}), ticket = ADD(scratch, SVC_TICKET, {"symptom", "x"});
	int64_t issue;
	struct svc_receipt none = {.part = part, .quantity = 0, .at = SVC_TIME_NONE};
	struct svc_receipt ahead = {.part = part, .quantity = 1, .at = SCRATCH_NOW + 1};
	struct svc_receipt all = {.part = part, .quantity = SVC_QUANTITY_MAX, .at = SVC_TIME_NONE};
	struct svc_issuing early = {.part = part, .ticket = ticket, .quantity = 1, .at = SCRATCH_NOW - 10 * 86400};
	scratch_begin(scratch);
	EXPECT(scratch, svc_part_receive(scratch->desk, &none, &scratch->err), SVC_BAD_INPUT);
	EXPECT(scratch, svc_part_receive(scratch->desk, &ahead, &scratch->err), SVC_BAD_INPUT);
	OK(scratch, svc_part_receive(scratch->desk, &all, &scratch->err));
	EXPECT(scratch, svc_part_receive(scratch->desk, &all, &scratch->err), SVC_REFUSED);
	EXPECT(scratch, svc_part_count(scratch->desk, part, -1, NULL, SVC_TIME_NONE, &scratch->err), SVC_BAD_INPUT);
	EXPECT(scratch, svc_part_write_off(scratch->desk, part, 1, " ", SVC_TIME_NONE, &scratch->err), SVC_USAGE);
	EXPECT(scratch, svc_part_issue(scratch->desk, &early, &issue, &scratch->err), SVC_BAD_INPUT);
	OK(scratch, svc_ticket_close(scratch->desk, ticket, NULL, NULL, &scratch->err));
	EXPECT(scratch, svc_part_reserve(scratch->desk, part, ticket, 1, SVC_TIME_NONE, &issue, &scratch->err),
	       SVC_REFUSED);
	scratch_commit(scratch);
	assert_int_equal(scratch_events(scratch, "P1"), 2);
}

static void test_stock__nobody_waits_for_the_old_part_of_one_that_came_back(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, NULL);
	int64_t part = ADD(scratch, SVC_PART, {"number", "X1"}), ticket = ADD(scratch, SVC_TICKET, {"symptom", "x"});
	int64_t issue;
	struct svc_receipt receipt = {.part = part, .quantity = 2, .at = SVC_TIME_NONE};
	struct svc_issuing issuing = {
		.part = part, .ticket = ticket, .quantity = 1, .old_part = true, .at = SVC_TIME_NONE};
	struct svc_settling back = {.as = SVC_PART_RETURNED, .at = SVC_TIME_NONE};
	scratch_begin(scratch);
	OK(scratch, svc_part_receive(scratch->desk, &receipt, &scratch->err));
	OK(scratch, svc_part_issue(scratch->desk, &issuing, &issue, &scratch->err));
	EXPECT_VALUE(scratch, SVC_ISSUE, issue, "old_part", "owed");
	EXPECT(scratch, svc_ticket_close(scratch->desk, ticket, NULL, NULL, &scratch->err), SVC_REFUSED);
	back.issue = issue;
	OK(scratch, svc_issue_settle(scratch->desk, &back, &scratch->err));
	EXPECT_VALUE(scratch, SVC_ISSUE, issue, "old_part", "none");
	OK(scratch, svc_part_issue(scratch->desk, &issuing, &issue, &scratch->err));
	struct svc_settling used = {.issue = issue, .as = SVC_PART_USED, .at = SVC_TIME_NONE};
	OK(scratch, svc_issue_settle(scratch->desk, &used, &scratch->err));
	EXPECT_VALUE(scratch, SVC_ISSUE, issue, "state", "settled");
	EXPECT(scratch, svc_ticket_close(scratch->desk, ticket, NULL, NULL, &scratch->err), SVC_REFUSED);
	OK(scratch, svc_issue_old_part(scratch->desk, issue, "burnt up", SVC_TIME_NONE, &scratch->err));
	OK(scratch, svc_ticket_close(scratch->desk, ticket, NULL, NULL, &scratch->err));
	OK(scratch, svc_issue_old_part(scratch->desk, issue, NULL, SVC_TIME_NONE, &scratch->err));
	EXPECT(scratch, svc_issue_old_part(scratch->desk, issue, NULL, SVC_TIME_NONE, &scratch->err), SVC_REFUSED);
	scratch_commit(scratch);
	scratch_prove(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_stock__random_walks_keep_to_the_model),
		CASE(test_stock__moments_of_the_past_leave_no_moment_short),
		CASE(test_stock__the_balance_is_the_sum_of_the_movements),
		CASE(test_stock__what_can_not_be_is_refused),
		CASE(test_stock__nobody_waits_for_the_old_part_of_one_that_came_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
