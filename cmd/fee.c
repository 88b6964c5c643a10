/* svc fee: what does this cost the customer, and what became of it? */
#include "fee.h"
#include "question.h"

#include <string.h>

/* Every --item is one entry of the fact `items`. */
static char *joined_items(struct command *command)
{
	const char *const *items;
	size_t count = command_texts(command, "item", &items), length = 1;
	for (size_t i = 0; i < count; i++)
		length += strlen(items[i]) + 1;
	char *joined = command_memory(command, length), *end = joined;
	for (size_t i = 0; i < count; i++) {
		end = stpcpy(end, i ? "," : "");
		end = stpcpy(end, items[i]);
	}
	return count ? joined : NULL;
}

static int quote(struct command *command)
{
	struct svc_assignment items = {"items", joined_items(command)};
	if (command_flag(command, "batch") && items.value)
		return command_fail(command, SVC_USAGE,
				    _("a batch takes its facts from its lines, not from the command line"));
	return command_flag(command, "batch") ? question_batch(command, SVC_ASK_FEE)
					      : question_ask(command, SVC_ASK_FEE, &items, items.value ? 1 : 0);
}

static const struct command_option quote_options[] = {
	{.name = "item",
	 .letter = 'i',
	 .kind = VALUE_TEXT,
	 .label = N_("ITEM"),
	 .help = N_("a fee item of the pack, or item*quantity; may be given again"),
	 .repeated = true},
	{.name = NULL},
};

static const struct command_example quote_examples[] = {
	{"svc --policy furniture-store fee quote --item visit --item 'adjustment*2' verdict=expired",
	 N_("two kinds of work after the warranty")},
	{"svc fee quote SN-20871 --item visit cause=misuse",
	 N_("for a unit of the desk: the sale facts decide who pays")},
	{"svc --policy furniture-store fee quote --item visit verdict=expired card_price.visit=15.00 --json",
	 N_("with the price on the customer's certificate, as JSON")},
	{.line = NULL},
};

/* ---- the other verbs ---- */

static const struct command_argument ticket_argument[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = NULL},
};
static const struct command_argument fee_argument[] = {
	{.name = "FEE", .help = N_("a fee: F7")},
	{.name = NULL},
};
static const struct command_argument owed_argument[] = {
	{.name = "FEE", .help = N_("a fee: F7, or a ticket: whatever it owes"), .complete = COMPLETE_TICKET},
	{.name = NULL},
};

#define AT                                                                                                             \
	{                                                                                                              \
		.name = "at", .kind = VALUE_TIME, .help = N_("when it happened; default: now")                         \
	}

static const struct command_option charge_options[] = {
	{.name = "item",
	 .letter = 'i',
	 .kind = VALUE_TEXT,
	 .label = N_("ITEM"),
	 .help = N_("a fee item of the pack, item*quantity or item=amount; may be given again; without one: all that "
		    "the customer has approved"),
	 .repeated = true},
	{.name = "override",
	 .kind = VALUE_TEXT,
	 .label = N_("REASON"),
	 .help = N_("another amount than the pack's, where it names who may")},
	AT,
	{.name = NULL},
};
static const struct command_option pay_options[] = {
	{.name = "amount", .kind = VALUE_MONEY, .help = N_("how much; default: all that is owed")},
	{.name = "receipt",
	 .kind = VALUE_TEXT,
	 .label = N_("NUMBER"),
	 .help = N_("the number of the receipt; default: the next of the ticket")},
	AT,
	{.name = NULL},
};
static const struct command_option waive_options[] = {
	{.name = "reason", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("why it is let go")},
	AT,
	{.name = NULL},
};
static const struct command_option free_options[] = {
	{.name = "from", .kind = VALUE_DATE, .help = N_("what was charged on this day or later")},
	{.name = "to", .kind = VALUE_DATE, .help = N_("what was charged up to this day")},
	{.name = NULL},
};

static const struct command_example charge_examples[] = {
	{"svc fee charge T1024 --item visit --item 'adjustment*2'", N_("as the pack prices them, or free by it")},
	{"svc fee charge T1024 --item other_work=80.00 --key fee-1024",
	 N_("where the pack states no amount; safe to run twice")},
	{"svc fee charge T1024", N_("what the customer has approved")},
	{.line = NULL},
};
static const struct command_example pay_examples[] = {
	{"svc fee pay T1024", N_("all that is owed")},
	{"svc fee pay F7 --amount 20.00 --receipt 000381", N_("a part, on a receipt of one's own")},
	{.line = NULL},
};
static const struct command_example waive_examples[] = {
	{"svc fee waive F7 --reason 'second visit for the same fault'", N_("who let it go, and why, is kept")},
	{.line = NULL},
};
static const struct command_example list_examples[] = {
	{"svc fee list --ticket T1024", N_("the lines of one ticket")},
	{"svc fee list --state charged --payer customer --json", N_("what customers owe, for a script")},
	{.line = NULL},
};
static const struct command_example show_examples[] = {
	{"svc fee show F7", N_("one line: its clause, its payer, what was paid")},
	{.line = NULL},
};
static const struct command_example balance_examples[] = {
	{"svc fee balance T1024", N_("what was charged, let go and paid, and what is owed")},
	{.line = NULL},
};
static const struct command_example receipt_examples[] = {
	{"svc fee receipt T1024", N_("to be handed to the customer")},
	{"svc --lang zh fee receipt T1024", N_("in Chinese")},
	{.line = NULL},
};
static const struct command_example free_examples[] = {
	{"svc fee free --from 2026-01-01 --to 2026-03-31", N_("what a quarter's promises have cost")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "quote",
	 .summary = N_("say what a service costs, line by line, and who pays"),
	 .arguments = question_arguments,
	 .options = quote_options,
	 .takes = TAKES_FACTS | TAKES_SETTINGS | TAKES_EXPLAIN | TAKES_BATCH,
	 .needs = NEEDS_DESK_IF_THERE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ask.fee/1",
	 .examples = quote_examples,
	 .run = quote},
	{.name = "charge",
	 .summary = N_("charge a ticket: what its pack says, or what the customer approved"),
	 .arguments = ticket_argument,
	 .options = charge_options,
	 .takes = TAKES_FACTS,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.fee/1",
	 .examples = charge_examples,
	 .run = fee_charge},
	{.name = "pay",
	 .summary = N_("record what was paid, of one fee or of a ticket"),
	 .arguments = owed_argument,
	 .options = pay_options,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.fee/1",
	 .examples = pay_examples,
	 .run = fee_pay},
	{.name = "waive",
	 .summary = N_("let go of what is still owed of a fee"),
	 .arguments = fee_argument,
	 .options = waive_options,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.fee/1",
	 .examples = waive_examples,
	 .run = fee_waive},
	{.name = "show",
	 .summary = N_("show a fee"),
	 .arguments = fee_argument,
	 .kind = SVC_FEE,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.fee/1",
	 .examples = show_examples,
	 .run = records_show},
	{.name = "list",
	 .summary = N_("list and search fees"),
	 .takes = TAKES_FILTER,
	 .kind = SVC_FEE,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.fee/1",
	 .examples = list_examples,
	 .run = records_list},
	{.name = "balance",
	 .summary = N_("say what a ticket was charged, has paid and owes"),
	 .arguments = ticket_argument,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.balance/1",
	 .examples = balance_examples,
	 .run = fee_balance},
	{.name = "receipt",
	 .summary = N_("show the receipt of a ticket: its lines, its payments, its totals"),
	 .arguments = ticket_argument,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_REPORT | OUTPUT_JSON | OUTPUT_JSONL,
	 .schema = "svc.receipt/1",
	 .examples = receipt_examples,
	 .run = fee_receipt},
	{.name = "free",
	 .summary = N_("say what was free and what it cost us, by item and payer"),
	 .options = free_options,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.free/1",
	 .examples = free_examples,
	 .run = fee_free},
	{.run = NULL},
};

const struct command_noun noun_fee = {
	.name = "fee",
	.summary = N_("fees: what a service costs, and who pays"),
	.verbs = verbs,
};
