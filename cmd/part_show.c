#include "part_show.h"
#include "svc/stock.h"

#include <inttypes.h>

static const char *pieces(const struct command *command, int64_t count)
{
	return command_print(command, "%" PRId64, count);
}

/* ---- stock ---- */

static const struct show_column stock_columns[] = {
	{.name = "part", .title = N_("part"), .kind = SHOW_ID},
	{.name = "number", .title = N_("part number"), .kind = SHOW_TEXT},
	{.name = "name", .title = N_("name"), .kind = SHOW_TEXT},
	{.name = "component", .title = N_("component"), .kind = SHOW_WORD, .flags = SHOW_LONG},
	{.name = "on_hand", .title = N_("on hand"), .kind = SHOW_INTEGER},
	{.name = "reserved", .title = N_("reserved"), .kind = SHOW_INTEGER},
	{.name = "free", .title = N_("free"), .kind = SHOW_INTEGER},
	{.name = "minimum", .title = N_("minimum"), .kind = SHOW_INTEGER},
	{.name = "to_order", .title = N_("to order"), .kind = SHOW_INTEGER},
	{.name = "clause", .title = N_("clause"), .kind = SHOW_TEXT},
	{.name = "place", .title = N_("place"), .kind = SHOW_TEXT, .flags = SHOW_LONG},
};
enum { STOCK_COLUMNS = sizeof stock_columns / sizeof *stock_columns };

static int show_stock(void *context, const struct svc_stock *stock)
{
	struct command *command = context;
	int64_t free = stock->on_hand - stock->reserved;
	const char *cells[STOCK_COLUMNS] = {
		svc_record_value(stock->part, "id"),
		svc_record_value(stock->part, "number"),
		svc_record_value(stock->part, "name"),
		svc_record_value(stock->part, "component"),
		pieces(command, stock->on_hand),
		pieces(command, stock->reserved),
		pieces(command, free),
		stock->minimum ? pieces(command, stock->minimum) : NULL,
		stock->below ? pieces(command, stock->minimum - free) : NULL,
		stock->clause,
		svc_record_value(stock->part, "place"),
	};
	show_row(command->show, cells);
	return 0;
}

int part_stock(struct command *command)
{
	int status = show_list(command->show, "svc.stock/1", stock_columns, STOCK_COLUMNS);
	return status ? status
		      : svc_stock_list(command->desk, command_flag(command, "below-minimum"), show_stock, command,
				       &command->error);
}

/* ---- movements ---- */

static const struct show_column move_columns[] = {
	{.name = "event", .title = N_("event"), .kind = SHOW_ID},
	{.name = "at", .title = N_("happened"), .kind = SHOW_TIME},
	{.name = "verb", .title = N_("what"), .kind = SHOW_WORD, .title_of = ticket_word},
	{.name = "quantity", .title = N_("pieces"), .kind = SHOW_INTEGER},
	{.name = "reserving", .title = N_("reserving"), .kind = SHOW_INTEGER, .flags = SHOW_LONG},
	{.name = "on_hand", .title = N_("on hand"), .kind = SHOW_INTEGER},
	{.name = "reserved", .title = N_("reserved"), .kind = SHOW_INTEGER},
	{.name = "actor", .title = N_("by"), .kind = SHOW_TEXT},
	{.name = "issue", .title = N_("issue"), .kind = SHOW_ID},
	{.name = "ticket", .title = N_("ticket"), .kind = SHOW_ID},
	{.name = "reason", .title = N_("reason"), .kind = SHOW_TEXT},
	{.name = "supplier", .title = N_("supplier"), .kind = SHOW_TEXT},
	{.name = "reference", .title = N_("reference"), .kind = SHOW_TEXT},
	{.name = "cost", .title = N_("cost"), .kind = SHOW_MONEY, .flags = SHOW_LONG},
};
enum { MOVE_COLUMNS = sizeof move_columns / sizeof *move_columns };

static int show_movement(void *context, const struct svc_movement *movement)
{
	struct command *command = context;
	char at[32];
	svc_time_format(movement->at, NULL, at);
	const char *cells[MOVE_COLUMNS] = {
		pieces(command, movement->event),
		at,
		movement->verb,
		pieces(command, movement->quantity),
		pieces(command, movement->reserving),
		pieces(command, movement->on_hand),
		pieces(command, movement->reserved),
		movement->actor,
		movement->issue,
		movement->ticket,
		movement->reason,
		movement->supplier,
		movement->reference,
		movement->cost,
	};
	show_row(command->show, cells);
	return 0;
}

int part_moves(struct command *command)
{
	int64_t part;
	int status = records_find(command, SVC_PART, command_argument(command, "PART"), &part);
	if (!status)
		status = show_list(command->show, "svc.movement/1", move_columns, MOVE_COLUMNS);
	return status ? status : svc_part_moves(command->desk, part, show_movement, command, &command->error);
}
