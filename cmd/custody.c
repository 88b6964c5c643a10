/* svc custody: what is in our hands that is not ours, and what of ours is with customers. */
#include "svc/custody.h"
#include "command.h"

#include <string.h>

static bool is_goods(const char *text)
{
	return (text[0] == 'G' || text[0] == 'g') && text[1] && !text[1 + strspn(text + 1, "0123456789")];
}

/* ---- steps ---- */

/* Options that are fields of the thing, where the verb has them. */
static void read_fields(struct command *command, struct svc_custody_step *step)
{
	static const struct {
		const char *option, *field;
	} fields[] = {
		{"kind", "kind"},         {"description", "description"}, {"belongs", "belongs"},
		{"place", "place"},       {"receipt", "receipt"},         {"carrier", "carrier"},
		{"tracking", "tracking"}, {"freight", "freight"},         {"freight-payer", "freight_payer"},
		{"due", "due"},           {"signed-by", "signed_by"},
	};
	struct svc_assignment *given = command_memory(command, sizeof fields / sizeof *fields * sizeof *given);
	step->fields = given;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const char *value = command_text(command, fields[i].option);
		if (value)
			given[step->field_count++] = (struct svc_assignment){fields[i].field, value};
	}
}

static void read_step(struct command *command, struct svc_custody_step *step)
{
	const char *to = command_argument(command, "HOLDER"), *text = command_argument(command, "REASON");
	*step = (struct svc_custody_step){.to = to ? to : command_text(command, "holder"),
					  .facts = command->facts,
					  .fact_count = command->fact_count,
					  .event = command_text(command, "event"),
					  .text = text ? text : command_text(command, "text"),
					  .collect = command_flag(command, "collect"),
					  .at = SVC_TIME_NONE};
	read_fields(command, step);
	command_time(command, "at", &step->at);
}

static int act(struct command *command, enum svc_custody_act act)
{
	struct svc_custody_step step;
	int64_t goods;
	read_step(command, &step);
	int status = records_find(command, SVC_GOODS, command_argument(command, "GOODS"), &goods);
	if (!status)
		status = svc_custody_act(command->desk, act, goods, &step, &command->error);
	return status ? status : records_display(command, SVC_GOODS, goods);
}

static int take(struct command *command, enum svc_custody_act act)
{
	struct svc_custody_step step;
	int64_t ticket, goods;
	read_step(command, &step);
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &ticket);
	if (!status)
		status = svc_custody_take(command->desk, act, ticket, command_argument(command, "SERIAL"), &step,
					  &goods, &command->error);
	return status ? status : records_display(command, SVC_GOODS, goods);
}

/* A thing by its own number, or for a ticket one that is new or that it waits for. */
static int receive(struct command *command)
{
	const char *what = command_argument(command, "WHAT"), *serial = command_argument(command, "SERIAL");
	struct svc_custody_step step;
	int64_t ticket, goods;
	int status;
	read_step(command, &step);
	if (is_goods(what) && serial)
		return command_fail(command, SVC_USAGE, _("%s has its serial number already"), what);
	if (is_goods(what)) {
		status = records_find(command, SVC_GOODS, what, &goods);
		if (!status)
			status = svc_custody_act(command->desk, SVC_CUSTODY_RECEIVE, goods, &step, &command->error);
	} else {
		status = records_find(command, SVC_TICKET, what, &ticket);
		if (!status)
			status = svc_custody_take(command->desk, SVC_CUSTODY_RECEIVE, ticket, serial, &step, &goods,
						  &command->error);
	}
	return status ? status : records_display(command, SVC_GOODS, goods);
}

static int expect(struct command *command)
{
	return take(command, SVC_CUSTODY_EXPECT);
}

static int lend(struct command *command)
{
	return take(command, SVC_CUSTODY_LEND);
}

static int move(struct command *command)
{
	return act(command, SVC_CUSTODY_MOVE);
}

static int ship(struct command *command)
{
	return act(command, SVC_CUSTODY_SHIP);
}

static int handover(struct command *command)
{
	return act(command, SVC_CUSTODY_HANDOVER);
}

static int keep(struct command *command)
{
	return act(command, SVC_CUSTODY_KEEP);
}

static int drop(struct command *command)
{
	return act(command, SVC_CUSTODY_DROP);
}

static int history(struct command *command)
{
	int64_t goods;
	int status = records_find(command, SVC_GOODS, command_argument(command, "GOODS"), &goods);
	if (status)
		return status;
	const char *subject = command_print(command, "%c%lld", svc_kind_letter(SVC_GOODS), (long long)goods);
	return records_history(command, &subject, 1);
}

/* ---- the verbs ---- */

static const char *const kinds[] = {"unit", "loaner", "old_part", "exchange", "accessory", "document", NULL};
static const char *const payers[] = {"company", "customer", "supplier", NULL};

/* clang-format off */
#define GOODS {.name = "GOODS", .help = N_("a thing in custody by its number: G12")}
#define TICKET {.name = "TICKET", .help = N_("a ticket: T1024, or source:number of an old system"), .complete = COMPLETE_TICKET}
#define SERIAL {.name = "SERIAL", .help = N_("its serial number, or a unit like U17"), .complete = COMPLETE_UNIT, .optional = true}
#define HOLDER {.name = "HOLDER", .help = N_("a technician, or any word: bench, factory, supplier, customer")}
#define REASON {.name = "REASON", .help = N_("why")}
#define KIND {.name = "kind", .kind = VALUE_WORD, .choices = kinds, .help = N_("what it is; without it a unit")}
#define DESCRIPTION {.name = "description", .kind = VALUE_TEXT, .help = N_("what it is and how it looks")}
#define BELONGS {.name = "belongs", .kind = VALUE_WORD, .choices = payers, .help = N_("whose it is")}
#define RECEIPT {.name = "receipt", .kind = VALUE_TEXT, .help = N_("number of the receipt; without it its own number")}
#define PLACE {.name = "place", .kind = VALUE_TEXT, .help = N_("where it lies")}
#define DUE {.name = "due", .kind = VALUE_TIME, .help = N_("by when it is to be back")}
#define WHO {.name = "holder", .kind = VALUE_TEXT, .help = N_("who takes it; without it the desk")}
#define CARRIER {.name = "carrier", .kind = VALUE_TEXT, .help = N_("who carried or carries it")}
#define TRACKING {.name = "tracking", .kind = VALUE_TEXT, .help = N_("the carrier's number")}
#define FREIGHT {.name = "freight", .kind = VALUE_MONEY, .help = N_("what the way costs")}
#define PAYER {.name = "freight-payer", .kind = VALUE_WORD, .choices = payers, .help = N_("who pays the way, where the pack does not say")}
#define COLLECT {.name = "collect", .kind = VALUE_FLAG, .help = N_("the carrier is paid by the one who gets it")}
#define SIGNED {.name = "signed-by", .kind = VALUE_TEXT, .help = N_("who signed for it")}
#define EVENT {.name = "event", .kind = VALUE_TEXT, .label = N_("EVENT"), .help = N_("this step of the ticket's workflow goes with it, or neither is done")}
#define TEXT {.name = "text", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what is to be remembered")}
#define AT {.name = "at", .kind = VALUE_TIME, .help = N_("when it happened; without it now")}
#define LIST(...) {__VA_ARGS__, {.name = NULL}}

static const struct command_argument ticket_arguments[] = LIST(TICKET, SERIAL);
static const struct command_argument receive_arguments[] = LIST({.name = "WHAT", .help = N_("a ticket, or a thing that comes back or was expected: G12"), .complete = COMPLETE_TICKET}, SERIAL);
static const struct command_argument holder_arguments[] = LIST(GOODS, HOLDER);
static const struct command_argument reason_arguments[] = LIST(GOODS, REASON);
static const struct command_argument goods_arguments[] = LIST(GOODS);

static const struct command_option expect_options[] = LIST(KIND, DESCRIPTION, BELONGS, DUE, TEXT, AT);
static const struct command_option receive_options[] =
	LIST(KIND, DESCRIPTION, BELONGS, RECEIPT, WHO, PLACE, DUE, CARRIER, TRACKING, FREIGHT, PAYER, COLLECT, EVENT, TEXT, AT);
static const struct command_option lend_options[] = LIST(DESCRIPTION, RECEIPT, DUE, SIGNED, TEXT, AT);
static const struct command_option move_options[] = LIST(PLACE, TEXT, AT);
static const struct command_option ship_options[] = LIST(CARRIER, TRACKING, FREIGHT, PAYER, COLLECT, DUE, PLACE, EVENT, TEXT, AT);
static const struct command_option handover_options[] = LIST(SIGNED, EVENT, TEXT, AT);
static const struct command_option at_options[] = LIST(AT);

static const struct command_example expect_examples[] = {
	{"svc custody expect T1024 GX-20871 --due 2026-03-20", N_("the customer will send it in")},
	{.line = NULL},
};
static const struct command_example receive_examples[] = {
	{"svc custody receive T1024 GX-20871 --description 'scratch on the left side' --place shelf-4", N_("taken over the counter")},
	{"svc custody receive T1024 --carrier SF --tracking SF1020 --freight 18.00 confirmed=true fault=quality", N_("it came by post; the pack says who pays the way")},
	{"svc custody receive G12 --text 'back from the factory'", N_("it comes back")},
	{.line = NULL},
};
static const struct command_example lend_examples[] = {
	{"svc custody lend T1024 LOAN-7 --due 2026-04-01", N_("a machine of ours for the time of the repair")},
	{.line = NULL},
};
static const struct command_example move_examples[] = {
	{"svc custody move G12 E3", N_("a technician takes it")},
	{.line = NULL},
};
static const struct command_example ship_examples[] = {
	{"svc custody ship G12 factory --carrier SF --tracking SF1021 --due 2026-04-01", N_("to the factory, and by when it is to be back")},
	{"svc custody ship G12 customer --carrier SF --tracking SF1022 --freight 18.00 --key ship-12", N_("back to the customer; safe to run twice")},
	{.line = NULL},
};
static const struct command_example handover_examples[] = {
	{"svc custody handover G12 --signed-by 'the customer'", N_("the customer has it again")},
	{.line = NULL},
};
static const struct command_example keep_examples[] = {
	{"svc custody keep G12 'left with us to be scrapped'", N_("it stays with us")},
	{.line = NULL},
};
static const struct command_example drop_examples[] = {
	{"svc custody drop G12 'the customer repairs it himself'", N_("it is not coming")},
	{.line = NULL},
};
static const struct command_example show_examples[] = {
	{"svc custody show G12", N_("where it is, since when, and what is owed")},
	{.line = NULL},
};
static const struct command_example history_examples[] = {
	{"svc custody history G12", N_("everybody who has had it, in order")},
	{.line = NULL},
};
static const struct command_example list_examples[] = {
	{"svc custody list --state held", N_("what is in the house")},
	{"svc custody list --holder factory --due ..2026-04-01 --json", N_("what the factory should have sent back")},
	{.line = NULL},
};

#define WRITES .kind = SVC_GOODS, .needs = NEEDS_WRITE, .outputs = OUTPUT_RECORD, .schema = "svc.goods/1"
#define READS .kind = SVC_GOODS, .needs = NEEDS_READ
/* clang-format on */

static const struct command_verb verbs[] = {
	{.name = "expect",
	 .summary = N_("note what a customer is to send in"),
	 .arguments = ticket_arguments,
	 .options = expect_options,
	 WRITES,
	 .examples = expect_examples,
	 .run = expect},
	{.name = "receive",
	 .summary = N_("take a thing into custody, or take it back"),
	 .arguments = receive_arguments,
	 .options = receive_options,
	 .takes = TAKES_FACTS,
	 WRITES,
	 .examples = receive_examples,
	 .run = receive},
	{.name = "lend",
	 .summary = N_("lend the customer a thing of ours"),
	 .arguments = ticket_arguments,
	 .options = lend_options,
	 WRITES,
	 .examples = lend_examples,
	 .run = lend},
	{.name = "move",
	 .summary = N_("give a thing to another holder in the house"),
	 .arguments = holder_arguments,
	 .options = move_options,
	 WRITES,
	 .examples = move_examples,
	 .run = move},
	{.name = "ship",
	 .summary = N_("send a thing away: to the factory, a supplier, the customer"),
	 .arguments = holder_arguments,
	 .options = ship_options,
	 .takes = TAKES_FACTS,
	 WRITES,
	 .examples = ship_examples,
	 .run = ship},
	{.name = "handover",
	 .summary = N_("hand a thing over to the customer for good"),
	 .arguments = goods_arguments,
	 .options = handover_options,
	 .takes = TAKES_FACTS,
	 WRITES,
	 .examples = handover_examples,
	 .run = handover},
	{.name = "keep",
	 .summary = N_("settle a thing that stays where it is"),
	 .arguments = reason_arguments,
	 .options = at_options,
	 WRITES,
	 .examples = keep_examples,
	 .run = keep},
	{.name = "drop",
	 .summary = N_("say that what was expected is not coming"),
	 .arguments = reason_arguments,
	 .options = at_options,
	 WRITES,
	 .examples = drop_examples,
	 .run = drop},
	{.name = "show",
	 .summary = N_("show one thing in custody"),
	 .arguments = goods_arguments,
	 READS,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.goods/1",
	 .examples = show_examples,
	 .run = records_show},
	{.name = "history",
	 .summary = N_("show who has had a thing, in order"),
	 .arguments = goods_arguments,
	 READS,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.event/1",
	 .examples = history_examples,
	 .run = history},
	{.name = "list",
	 .summary = N_("list things in custody"),
	 .takes = TAKES_FILTER,
	 READS,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.goods/1",
	 .examples = list_examples,
	 .run = records_list},
	{.run = NULL},
};

const struct command_noun noun_custody = {
	.name = "custody",
	.summary = N_("things of customers in our hands, and loaners: who has what"),
	.verbs = verbs,
};
