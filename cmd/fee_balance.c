/* svc fee balance, receipt and free: what the lines of money come to. */
#include "fee.h"
#include "show/table.h"
#include "show/zone.h"

#include <jansson.h>
#include <string.h>

static int find(struct command *command, int64_t *ticket)
{
	return records_find(command, SVC_TICKET, command_argument(command, "TICKET"), ticket);
}

static int digits_of(struct command *command, int *digits)
{
	struct svc_desk_about about;
	int status = svc_desk_about(command->desk, &about, &command->error);
	*digits = status ? 0 : about.currency_digits;
	return status;
}

static const char *money(const struct command *command, svc_money amount, int digits)
{
	char text[32];
	svc_money_format(amount, digits, text);
	return command_print(command, "%s", text);
}

static const char *number(const struct command *command, int64_t count)
{
	return command_print(command, "%lld", (long long)count);
}

/* ---- balance ---- */

static const struct show_column balance_columns[] = {
	{.name = "id", .title = N_("ticket"), .kind = SHOW_ID},
	{.name = "quoted", .title = N_("quoted"), .kind = SHOW_MONEY},
	{.name = "charged", .title = N_("charged"), .kind = SHOW_MONEY},
	{.name = "waived", .title = N_("let go"), .kind = SHOW_MONEY},
	{.name = "paid", .title = N_("paid"), .kind = SHOW_MONEY},
	{.name = "open", .title = N_("still owed"), .kind = SHOW_MONEY},
	{.name = "refund", .title = N_("to be paid back"), .kind = SHOW_MONEY},
	{.name = "cost", .title = N_("our cost of what was free"), .kind = SHOW_MONEY},
	{.name = "unknown", .title = N_("free lines without a cost"), .kind = SHOW_INTEGER},
	{.name = "fees", .title = N_("lines"), .kind = SHOW_INTEGER},
};
enum { BALANCE_COLUMNS = sizeof balance_columns / sizeof *balance_columns };

int fee_balance(struct command *command)
{
	struct svc_balance balance;
	int64_t ticket;
	int digits = 0, status = find(command, &ticket);
	if (!status)
		status = digits_of(command, &digits);
	if (!status)
		status = svc_fee_balance(command->desk, ticket, &balance, &command->error);
	if (status)
		return status;
	const char *cells[BALANCE_COLUMNS] = {command_print(command, "T%lld", (long long)ticket),
					      money(command, balance.quoted, digits),
					      money(command, balance.charged, digits),
					      money(command, balance.waived, digits),
					      money(command, balance.paid, digits),
					      money(command, balance.open, digits),
					      money(command, balance.refund, digits),
					      money(command, balance.cost, digits),
					      number(command, balance.unknown),
					      number(command, balance.fees)};
	return show_record(command->show, "svc.balance/1", balance_columns, BALANCE_COLUMNS, cells);
}

/* ---- what was free ---- */

static const struct show_column free_columns[] = {
	{.name = "item", .title = N_("item"), .kind = SHOW_ID},
	{.name = "payer", .title = N_("payer"), .kind = SHOW_WORD, .title_of = ticket_word},
	{.name = "fees", .title = N_("lines"), .kind = SHOW_INTEGER},
	{.name = "cost", .title = N_("cost"), .kind = SHOW_MONEY},
	{.name = "unknown", .title = N_("without a cost"), .kind = SHOW_INTEGER},
	{.name = "waived", .title = N_("let go"), .kind = SHOW_MONEY},
	{.name = "records", .title = N_("records"), .kind = SHOW_TEXT},
};
enum { FREE_COLUMNS = sizeof free_columns / sizeof *free_columns };

struct freebies {
	struct command *command;
	int digits;
};

static int free_row(void *context, const struct svc_free *row)
{
	struct freebies *freebies = context;
	struct command *command = freebies->command;
	const char *cells[FREE_COLUMNS] = {row->item,
					   row->payer,
					   number(command, row->fees),
					   money(command, row->cost, freebies->digits),
					   number(command, row->unknown),
					   money(command, row->waived, freebies->digits),
					   row->records};
	show_row(command->show, cells);
	return 0;
}

int fee_free(struct command *command)
{
	struct freebies freebies = {.command = command};
	svc_date from = SVC_DATE_NONE, to = SVC_DATE_NONE;
	command_date(command, "from", &from);
	command_date(command, "to", &to);
	int status = digits_of(command, &freebies.digits);
	if (!status)
		status = show_list(command->show, "svc.free/1", free_columns, FREE_COLUMNS);
	return status ? status : svc_fee_free(command->desk, from, to, free_row, &freebies, &command->error);
}

/* ---- receipt ---- */

static const struct show_column line_column_list[] = {
	{.name = "id", .title = N_("fee"), .kind = SHOW_ID},
	{.name = "item", .title = N_("item"), .kind = SHOW_WORD},
	{.name = "quantity", .title = N_("quantity"), .kind = SHOW_NUMBER},
	{.name = "unit_price", .title = N_("unit price"), .kind = SHOW_MONEY},
	{.name = "amount", .title = N_("amount"), .kind = SHOW_MONEY},
	{.name = "payer", .title = N_("payer"), .kind = SHOW_WORD, .title_of = ticket_word},
	{.name = "state", .title = N_("state"), .kind = SHOW_WORD, .title_of = ticket_word},
	{.name = "clause", .title = N_("clause"), .kind = SHOW_TEXT},
};
static const struct show_column payment_column_list[] = {
	{.name = "receipt", .title = N_("receipt"), .kind = SHOW_ID},
	{.name = "at", .title = N_("paid on"), .kind = SHOW_TIME},
	{.name = "fee", .title = N_("fee"), .kind = SHOW_ID},
	{.name = "amount", .title = N_("amount"), .kind = SHOW_MONEY},
	{.name = "actor", .title = N_("by"), .kind = SHOW_TEXT},
};
enum {
	LINE_COLUMNS = sizeof line_column_list / sizeof *line_column_list,
	PAYMENT_COLUMNS = sizeof payment_column_list / sizeof *payment_column_list
};

/* One list of the receipt, as a table for people and as objects for scripts. */
struct part {
	const struct show_column *columns[LINE_COLUMNS];
	struct table table;
	json_t *list;
};
struct receipt {
	struct command *command;
	int digits;
	struct part lines, payments;
};

static void part_begin(struct part *part, const struct show_column *columns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		part->columns[i] = &columns[i];
	part->table = (struct table){.columns = part->columns, .column_count = count};
	part->list = json_array();
}

static void part_add(struct part *part, const char *const *cells)
{
	json_t *object = json_object();
	for (size_t i = 0; i < part->table.column_count; i++)
		if (cells[i] && *cells[i])
			json_object_set_new(object, part->columns[i]->name,
					    part->columns[i]->kind == SHOW_NUMBER
						    ? json_loads(cells[i], JSON_DECODE_ANY, NULL)
						    : json_string(cells[i]));
	json_array_append_new(part->list, object);
	table_row(&part->table, cells);
}

static int add_line(void *context, const struct svc_record *record)
{
	static const char *const shown[] = {"charged", "free", "waived", "paid", NULL};
	struct receipt *receipt = context;
	const char *cells[LINE_COLUMNS], *state = svc_record_value(record, "state");
	for (size_t i = 0; i < LINE_COLUMNS; i++)
		cells[i] = svc_record_value(record, line_column_list[i].name);
	for (const char *const *one = shown; *one; one++)
		if (!strcmp(*one, state))
			part_add(&receipt->lines, cells);
	return 0;
}

static int add_payment(void *context, const struct svc_paid *paid)
{
	struct receipt *receipt = context;
	struct command *command = receipt->command;
	char at[32];
	svc_time_format(paid->at, NULL, at);
	const char *cells[PAYMENT_COLUMNS] = {paid->receipt, at, command_print(command, "F%lld", (long long)paid->fee),
					      money(command, paid->amount, receipt->digits), paid->actor};
	part_add(&receipt->payments, cells);
	return 0;
}

static int show_receipt(struct receipt *receipt, const struct svc_balance *balance, const char *ticket)
{
	struct command *command = receipt->command;
	struct show *show = command->show;
	const char *charged = money(command, balance->charged, receipt->digits),
		   *waived = money(command, balance->waived, receipt->digits),
		   *paid = money(command, balance->paid, receipt->digits),
		   *open = money(command, balance->open, receipt->digits);
	show_mood(show, SHOW_BOLD, _("Receipt for %s"), ticket);
	bool people = show_people(show);
	int status = people && receipt->lines.table.row_count ? show_table(show, &receipt->lines.table) : SVC_OK;
	if (!status && people && receipt->payments.table.row_count)
		status = show_table(show, &receipt->payments.table);
	show_line(show, _("Charged: %s  Let go: %s  Paid: %s"), charged, waived, paid);
	show_mood(show, balance->open ? SHOW_OPEN : SHOW_GOOD, _("Still owed: %s"), open);
	return status ? status
		      : show_object(show,
				    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:O, s:O}", "schema", "svc.receipt/1",
					      "id", ticket, "charged", charged, "waived", waived, "paid", paid, "open",
					      open, "lines", receipt->lines.list, "payments", receipt->payments.list));
}

int fee_receipt(struct command *command)
{
	struct receipt receipt = {.command = command};
	struct svc_balance balance;
	int64_t ticket;
	int status = find(command, &ticket);
	const char *label = command_print(command, "T%lld", (long long)ticket);
	struct svc_match match = {"ticket", label, label};
	struct svc_query query = {.matches = &match, .match_count = 1};
	if (!status)
		status = digits_of(command, &receipt.digits);
	part_begin(&receipt.lines, line_column_list, LINE_COLUMNS);
	part_begin(&receipt.payments, payment_column_list, PAYMENT_COLUMNS);
	if (!status)
		status = svc_fee_balance(command->desk, ticket, &balance, &command->error);
	if (!status)
		status = svc_list(command->desk, SVC_FEE, &query, add_line, &receipt, &command->error);
	if (!status)
		status = svc_fee_payments(command->desk, ticket, add_payment, &receipt, &command->error);
	if (!status)
		status = show_receipt(&receipt, &balance, label);
	table_release(&receipt.lines.table);
	table_release(&receipt.payments.table);
	json_decref(receipt.lines.list);
	json_decref(receipt.payments.list);
	return status;
}
