/* Parts on the shelf: received, counted, written off. */
#include "stock.h"

#include "base/error.h"
#include "part_ask.h"
#include "store/event.h"
#include "store/record.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

int64_t stock_pieces(enum svc_kind kind, const char *const *values, const char *field)
{
	const char *value = values[field_find(kind, field)];
	return value ? strtoll(value, NULL, 10) : 0;
}

int stock_quantity(int64_t quantity, int64_t least, struct svc_error *err)
{
	if (quantity >= least && quantity <= SVC_QUANTITY_MAX)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, _("quantity: from %lld to %lld pieces, not %lld"), (long long)least,
		  (long long)SVC_QUANTITY_MAX, (long long)quantity);
	error_field(err, "quantity");
	return SVC_BAD_INPUT;
}

int stock_line(struct svc_desk *desk, const char *name, const char *text, struct arena *arena, const char **out,
	       struct svc_error *err)
{
	struct svc_field field = {.name = name, .title = name, .type = SVC_TEXT};
	return value_check(desk, &field, text, arena, out, err);
}

/* ---- the balance of a moment ---- */

struct balance {
	svc_time at;
	int64_t on_hand, reserved; /* at that moment */
	int64_t least_on_hand, least_free, least_reserved; /* then or at any moment after it */
};

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Movements of one and the same moment may stand in any order: all of them count before the least is looked at. */
static int weigh(void *context, const struct svc_movement *movement)
{
	struct balance *balance = context;
	if (movement->at <= balance->at) {
		balance->on_hand = balance->least_on_hand = movement->on_hand;
		balance->reserved = balance->least_reserved = movement->reserved;
		balance->least_free = movement->on_hand - movement->reserved;
		return 0;
	}
	balance->least_on_hand = least(balance->least_on_hand, movement->on_hand);
	balance->least_reserved = least(balance->least_reserved, movement->reserved);
	balance->least_free = least(balance->least_free, movement->on_hand - movement->reserved);
	return 0;
}

/* The record knows the balance after its last movement; only of a moment before that they have to be read. */
static int read_balance(struct svc_desk *desk, int64_t part, svc_time at, const char *const *values,
			struct balance *balance, struct svc_error *err)
{
	svc_time last = SVC_TIME_NONE;
	*balance = (struct balance){.at = at == SVC_TIME_NONE ? desk->options.now : at};
	int status = event_last(desk->store, SVC_PART, part, &last, err);
	if (status == SVC_OK && last > balance->at)
		return svc_part_moves(desk, part, weigh, balance, err);
	balance->on_hand = balance->least_on_hand = stock_pieces(SVC_PART, values, "on_hand");
	balance->reserved = balance->least_reserved = stock_pieces(SVC_PART, values, "reserved");
	balance->least_free = balance->on_hand - balance->reserved;
	return status;
}

/* ---- one movement ---- */

static int refuse_move(const char *label, const struct balance *balance, const struct stock_move *move,
		       struct svc_error *err)
{
	error_set(err, SVC_REFUSED, _("%s: wanted %lld, free %lld"), label, (long long)(move->reserved - move->on_hand),
		  (long long)balance->least_free);
	error_field(err, "quantity");
	if (balance->least_reserved)
		error_hint(err, _("svc part issues --part %s --state reserved shows for whom %lld are kept"), label,
			   (long long)balance->least_reserved);
	else
		error_hint(err, _("svc part receive %s QTY books in what has come"), label);
	return SVC_REFUSED;
}

static int check_moment(struct svc_desk *desk, const struct stock_move *move, const char *label, struct svc_error *err)
{
	if (move->at == SVC_TIME_NONE || move->at <= desk->options.now)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, _("%s: %s at a moment to come"), label, move->verb);
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

static int check_move(struct svc_desk *desk, int64_t part, const struct stock_move *move, const char *const *values,
		      struct svc_error *err)
{
	struct balance balance;
	int status = check_moment(desk, move, values[FIELD_ID], err);
	if (status == SVC_OK)
		status = read_balance(desk, part, move->at, values, &balance, err);
	if (status != SVC_OK)
		return status;
	if (stock_pieces(SVC_PART, values, "on_hand") + move->on_hand > SVC_QUANTITY_MAX)
		return error_set(err, SVC_REFUSED, _("%s: more than %lld pieces would be on hand"), values[FIELD_ID],
				 (long long)SVC_QUANTITY_MAX);
	bool fits = balance.least_on_hand + move->on_hand >= 0 && balance.least_reserved + move->reserved >= 0 &&
		    balance.least_free + move->on_hand - move->reserved >= 0;
	return fits ? SVC_OK : refuse_move(values[FIELD_ID], &balance, move, err);
}

static void add_pieces(struct change *change, const char *field, int64_t pieces, struct arena *arena)
{
	if (pieces)
		change_add(change, field, arena_printf(arena, "%lld", (long long)pieces));
}

int stock_check_move(struct svc_desk *desk, int64_t part, const struct stock_move *move, struct arena *arena,
		     struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_PART, part, arena, values, err);
	return status == SVC_OK ? check_move(desk, part, move, values, err) : status;
}

int stock_move(struct svc_desk *desk, int64_t part, struct stock_move *move, struct arena *arena, struct svc_error *err)
{
	struct change change = {.kind = SVC_PART, .marks = move->told.items, .mark_count = move->told.count};
	struct happening happening = {.verb = move->verb,
				      .occurred = move->at,
				      .facts = move->facts,
				      .fact_count = move->fact_count,
				      .passing = true};
	int status = stock_check_move(desk, part, move, arena, err);
	if (status != SVC_OK)
		return status;
	add_pieces(&change, "on_hand", move->on_hand, arena);
	add_pieces(&change, "reserved", move->reserved, arena);
	if (move->cost)
		change_set(&change, "cost", move->cost);
	return record_change(desk, part, &happening, &change, arena, NULL, err);
}

/* ---- in, counted, out ---- */

static int tell(struct svc_desk *desk, struct stock_move *move, const char *name, const char *text, struct arena *arena,
		struct svc_error *err)
{
	const char *line = NULL;
	int status = stock_line(desk, name, text, arena, &line, err);
	if (status == SVC_OK && line)
		gather_fact(&move->told, arena, name, line);
	return status;
}

static int take_cost(struct svc_desk *desk, struct stock_move *move, const char *cost, struct arena *arena,
		     struct svc_error *err)
{
	static const struct svc_field field = {.name = "cost", .title = "cost", .type = SVC_MONEY};
	int status = value_check(desk, &field, cost, arena, &move->cost, err);
	if (status == SVC_OK && move->cost)
		gather_fact(&move->told, arena, "cost", move->cost);
	return status;
}

static int ask_receipt(struct svc_desk *desk, const struct svc_receipt *receipt, struct arena *arena,
		       struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	struct part_question question = {.part = values,
					 .quantity = receipt->quantity,
					 .stage = "receive",
					 .facts = receipt->facts,
					 .fact_count = receipt->fact_count};
	struct part_decision decision = {0};
	int status = record_read(desk->store, SVC_PART, receipt->part, arena, values, err);
	if (status == SVC_OK)
		status = part_ask(desk, &question, &decision, arena, err);
	part_decision_release(&decision);
	return status;
}

static int receive(struct svc_desk *desk, const struct svc_receipt *receipt, struct arena *arena, struct svc_error *err)
{
	struct stock_move move = {.verb = "received",
				  .on_hand = receipt->quantity,
				  .at = receipt->at,
				  .facts = receipt->facts,
				  .fact_count = receipt->fact_count};
	int status = stock_quantity(receipt->quantity, 1, err);
	if (status == SVC_OK)
		status = take_cost(desk, &move, receipt->cost, arena, err);
	if (status == SVC_OK)
		status = tell(desk, &move, "supplier", receipt->supplier, arena, err);
	if (status == SVC_OK)
		status = tell(desk, &move, "reference", receipt->reference, arena, err);
	if (status == SVC_OK)
		status = ask_receipt(desk, receipt, arena, err);
	return status == SVC_OK ? stock_move(desk, receipt->part, &move, arena, err) : status;
}

int svc_part_receive(struct svc_desk *desk, const struct svc_receipt *receipt, struct svc_error *err)
{
	struct arena arena = {0};
	int status = receive(desk, receipt, &arena, err);
	arena_release(&arena);
	return status;
}

static int count(struct svc_desk *desk, int64_t part, int64_t quantity, struct stock_move *move, struct arena *arena,
		 struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	struct balance balance;
	int status = stock_quantity(quantity, 0, err);
	if (status == SVC_OK)
		status = record_read(desk->store, SVC_PART, part, arena, values, err);
	if (status == SVC_OK)
		status = read_balance(desk, part, move->at, values, &balance, err);
	if (status != SVC_OK)
		return status;
	move->on_hand = quantity - balance.on_hand;
	gather_fact(&move->told, arena, "counted", arena_printf(arena, "%lld", (long long)quantity));
	return stock_move(desk, part, move, arena, err);
}

int svc_part_count(struct svc_desk *desk, int64_t part, int64_t quantity, const char *reason, svc_time at,
		   struct svc_error *err)
{
	struct arena arena = {0};
	struct stock_move move = {.verb = "counted", .at = at};
	int status = tell(desk, &move, "reason", reason, &arena, err);
	if (status == SVC_OK)
		status = count(desk, part, quantity, &move, &arena, err);
	arena_release(&arena);
	return status;
}

int svc_part_write_off(struct svc_desk *desk, int64_t part, int64_t quantity, const char *reason, svc_time at,
		       struct svc_error *err)
{
	struct arena arena = {0};
	struct stock_move move = {.verb = "written_off", .on_hand = -quantity, .at = at};
	int status = stock_quantity(quantity, 1, err);
	if (status == SVC_OK)
		status = tell(desk, &move, "reason", reason, &arena, err);
	if (status == SVC_OK && !move.told.count)
		status = error_set(err, SVC_USAGE, _("what is written off needs a reason"));
	if (status == SVC_OK)
		status = stock_move(desk, part, &move, &arena, err);
	arena_release(&arena);
	return status;
}
