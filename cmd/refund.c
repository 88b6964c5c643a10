/* svc refund: money goes back for a unit. */
#include "exchange.h"
#include "svc/money.h"
#include "ticket_show.h"

static int open_refund(struct command *command)
{
	return exchange_grant(command, SVC_REFUND, _("is refunded"));
}

static int pay(struct command *command)
{
	struct svc_desk_about about = {0};
	svc_money net = 0;
	int64_t ticket;
	char amount[32];
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &ticket);
	if (!status)
		status = svc_refund_pay(command->desk, ticket, command_text(command, "receipt"), &net, &command->error);
	if (!status)
		status = svc_desk_about(command->desk, &about, &command->error);
	if (status)
		return status;
	svc_money_format(net, about.currency_digits, amount);
	return ticket_changed(command, ticket, command_print(command, _("has %s paid back"), amount), NULL, NULL);
}

static const struct command_argument ticket_argument[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = NULL},
};
static const struct command_option pay_options[] = {
	{.name = "receipt", .kind = VALUE_TEXT, .help = N_("number of the payment")},
	{.name = NULL},
};

static const struct command_example open_examples[] = {
	{"svc refund open T1024 fault=quality documents=delivery_note --due 2026-03-12",
	 N_("the price goes back, if the pack grants it; the unit is to be here first")},
	{"svc --policy furniture-store refund open T1024 payment_method=card --set card_fee_rate=0.006 --key back-1024",
	 N_("with what the pack leaves open; safe to run twice")},
	{.line = NULL},
};
static const struct command_example pay_examples[] = {
	{"svc refund pay T1024 --receipt P-5512", N_("the unit is here: the money goes back, less what is taken off")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "open",
	 .summary = N_("take the unit of a ticket back for its price"),
	 .arguments = ticket_argument,
	 .options = exchange_options,
	 .takes = TAKES_FACTS | TAKES_SETTINGS,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = open_examples,
	 .run = open_refund},
	{.name = "pay",
	 .summary = N_("pay back what is owed to the customer of a ticket"),
	 .arguments = ticket_argument,
	 .options = pay_options,
	 .kind = SVC_TICKET,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.ticket/1",
	 .examples = pay_examples,
	 .run = pay},
	{.run = NULL},
};

const struct command_noun noun_refund = {
	.name = "refund",
	.summary = N_("refunds: money back for a unit, as the pack grants it"),
	.verbs = verbs,
};
