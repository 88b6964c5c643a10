/* svc part: parts on the shelf, and those that are out for tickets. */
#include "part_show.h"
#include "svc/stock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int find_part(struct command *command, int64_t *part)
{
	return records_find(command, SVC_PART, command_argument(command, "PART"), part);
}

static int find_issue(struct command *command, int64_t *issue)
{
	return records_find(command, SVC_ISSUE, command_argument(command, "ISSUE"), issue);
}

static svc_time happened(const struct command *command)
{
	svc_time at = SVC_TIME_NONE;
	command_time(command, "at", &at);
	return at;
}

/* Of a number that nobody can mean the library says why; 0 when none is given. */
static int read_quantity(struct command *command, int64_t *quantity)
{
	const char *text = command_argument(command, "QTY");
	char *end = NULL;
	*quantity = 0;
	if (!text)
		return SVC_OK;
	errno = 0;
	*quantity = strtoll(text, &end, 10);
	if (!errno && end != text && !*end && *quantity)
		return SVC_OK;
	if (!errno && end != text && !*end && !strcmp(command->verb->name, "count"))
		return SVC_OK;
	return command_fail(command, SVC_BAD_INPUT, _("quantity: not a whole number of pieces: %.60s"), text);
}

/* ---- on the shelf ---- */

static int receive(struct command *command)
{
	struct svc_receipt receipt = {.cost = command_text(command, "cost"),
				      .supplier = command_text(command, "supplier"),
				      .reference = command_text(command, "reference"),
				      .at = happened(command),
				      .facts = command->facts,
				      .fact_count = command->fact_count};
	int status = read_quantity(command, &receipt.quantity);
	if (!status)
		status = find_part(command, &receipt.part);
	if (!status)
		status = svc_part_receive(command->desk, &receipt, &command->error);
	return status ? status : records_display(command, SVC_PART, receipt.part);
}

static int count(struct command *command)
{
	int64_t part, quantity;
	int status = read_quantity(command, &quantity);
	if (!status)
		status = find_part(command, &part);
	if (!status)
		status = svc_part_count(command->desk, part, quantity, command_text(command, "reason"),
					happened(command), &command->error);
	return status ? status : records_display(command, SVC_PART, part);
}

/* ---- for tickets ---- */

static int find_both(struct command *command, int64_t *part, int64_t *ticket)
{
	int status = find_part(command, part);
	return status ? status : records_find(command, SVC_TICKET, command_argument(command, "TICKET"), ticket);
}

static int reserve(struct command *command)
{
	int64_t part, ticket, quantity, issue;
	int status = read_quantity(command, &quantity);
	if (!status)
		status = find_both(command, &part, &ticket);
	if (!status)
		status = svc_part_reserve(command->desk, part, ticket, quantity, happened(command), &issue,
					  &command->error);
	return status ? status : records_display(command, SVC_ISSUE, issue);
}

static int issue(struct command *command)
{
	struct svc_issuing issuing = {.approved_by = command_text(command, "approved-by"),
				      .old_part = command_flag(command, "old-part"),
				      .override = command_text(command, "override"),
				      .at = happened(command),
				      .facts = command->facts,
				      .fact_count = command->fact_count};
	const char *technician = command_text(command, "technician");
	int64_t taken;
	int status = read_quantity(command, &issuing.quantity);
	if (!status)
		status = find_both(command, &issuing.part, &issuing.ticket);
	if (!status && technician)
		status = records_find(command, SVC_TECHNICIAN, technician, &issuing.technician);
	if (!status)
		status = svc_part_issue(command->desk, &issuing, &taken, &command->error);
	return status ? status : records_display(command, SVC_ISSUE, taken);
}

static int settle(struct command *command, enum svc_settling_as as)
{
	struct svc_settling settling = {.as = as,
					.reason = command_text(command, "reason"),
					.override = command_text(command, "override"),
					.at = happened(command),
					.facts = command->facts,
					.fact_count = command->fact_count};
	int status = read_quantity(command, &settling.quantity);
	if (!status)
		status = find_issue(command, &settling.issue);
	if (!status)
		status = svc_issue_settle(command->desk, &settling, &command->error);
	return status ? status : records_display(command, SVC_ISSUE, settling.issue);
}

static int use(struct command *command)
{
	return settle(command, SVC_PART_USED);
}

static int give_back(struct command *command)
{
	return settle(command, SVC_PART_RETURNED);
}

static bool is_issue(const char *text)
{
	return (text[0] == 'I' || text[0] == 'i') && text[1] && !text[1 + strspn(text + 1, "0123456789")];
}

/* From the shelf, or of what is out. */
static int write_off(struct command *command)
{
	int64_t part, quantity;
	if (is_issue(command_argument(command, "ISSUE")))
		return settle(command, SVC_PART_WRITTEN_OFF);
	if (!command_argument(command, "QTY"))
		return command_fail(command, SVC_USAGE, _("say how many pieces of the part are written off"));
	int status = read_quantity(command, &quantity);
	if (!status)
		status = records_find(command, SVC_PART, command_argument(command, "ISSUE"), &part);
	if (!status)
		status = svc_part_write_off(command->desk, part, quantity, command_text(command, "reason"),
					    happened(command), &command->error);
	return status ? status : records_display(command, SVC_PART, part);
}

static int old_part(struct command *command)
{
	const char *explanation = command_text(command, "explain");
	int64_t id;
	if (!command_argument(command, "returned") == !explanation)
		return command_fail(command, SVC_USAGE, _("say either \"returned\" or, with --explain, why it is not"));
	int status = find_issue(command, &id);
	if (!status)
		status = svc_issue_old_part(command->desk, id, explanation, happened(command), &command->error);
	return status ? status : records_display(command, SVC_ISSUE, id);
}

/* ---- the verbs ---- */

#define PART                                                                                                           \
	{                                                                                                              \
		.name = "PART", .help = N_("a part: P7, or its part number")                                           \
	}
#define ISSUE                                                                                                          \
	{                                                                                                              \
		.name = "ISSUE", .help = N_("parts that are out for a ticket: I7")                                     \
	}
#define TICKET                                                                                                         \
	{                                                                                                              \
		.name = "TICKET", .help = N_("a ticket: T1024, or source:number of an old system"),                    \
		.complete = COMPLETE_TICKET                                                                            \
	}
#define QUANTITY                                                                                                       \
	{                                                                                                              \
		.name = "QTY", .help = N_("how many pieces")                                                           \
	}
#define QUANTITY_OR_ALL                                                                                                \
	{                                                                                                              \
		.name = "QTY", .help = N_("how many pieces; by default all that are still out"), .optional = true      \
	}
static const char *const returned[] = {"returned", NULL};
static const struct command_argument number_argument[] = {{.name = "NUMBER", .help = N_("the part number")}, {0}};
static const struct command_argument part_argument[] = {PART, {0}};
static const struct command_argument quantity_arguments[] = {PART, QUANTITY, {0}};
static const struct command_argument ticket_arguments[] = {PART, TICKET, QUANTITY, {0}};
static const struct command_argument issue_arguments[] = {ISSUE, QUANTITY_OR_ALL, {0}};
static const struct command_argument write_off_arguments[] = {
	{.name = "ISSUE", .help = N_("parts that are out for a ticket (I7), or a part on the shelf (P7)")},
	QUANTITY_OR_ALL,
	{0},
};
static const struct command_argument old_part_arguments[] = {
	ISSUE,
	{.name = "returned", .help = N_("\"returned\": the old part is here"), .choices = returned, .optional = true},
	{0},
};

#define AT                                                                                                             \
	{                                                                                                              \
		.name = "at", .kind = VALUE_TIME, .help = N_("when it happened; by default now")                       \
	}
#define REASON                                                                                                         \
	{                                                                                                              \
		.name = "reason", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("why")                           \
	}
#define OVERRIDE                                                                                                       \
	{                                                                                                              \
		.name = "override", .kind = VALUE_TEXT, .label = N_("REASON"),                                         \
		.help = N_("against the pack's refusal, where it names who may")                                       \
	}
static const struct command_option at_options[] = {AT, {0}};
static const struct command_option reason_options[] = {REASON, AT, {0}};
static const struct command_option use_options[] = {OVERRIDE, AT, {0}};
static const struct command_option write_off_options[] = {REASON, OVERRIDE, AT, {0}};
static const struct command_option receive_options[] = {
	{.name = "cost", .kind = VALUE_MONEY, .help = N_("what one piece cost")},
	{.name = "supplier", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("from whom")},
	{.name = "reference",
	 .kind = VALUE_TEXT,
	 .label = N_("TEXT"),
	 .help = N_("number of the delivery note or order")},
	AT,
	{0},
};
static const struct command_option issue_options[] = {
	{.name = "technician", .kind = VALUE_TEXT, .label = N_("NAME"), .help = N_("who takes it: a name or E3")},
	{.name = "approved-by", .kind = VALUE_TEXT, .label = N_("NAME"), .help = N_("who approved it")},
	{.name = "old-part", .kind = VALUE_FLAG, .help = N_("the old part is owed for it, whatever the pack says")},
	OVERRIDE,
	AT,
	{0},
};
static const struct command_option old_part_options[] = {
	{.name = "explain", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("why the old part does not come back")},
	AT,
	{0},
};
static const struct command_option stock_options[] = {
	{.name = "below-minimum", .kind = VALUE_FLAG, .help = N_("only what has to be ordered")},
	{0},
};

#define EXAMPLES(name, ...) static const struct command_example name[] = {__VA_ARGS__, {0}}
EXAMPLES(add_examples,
	 {"svc part add CTRL-48V --name 'controller 48 V' --component controller --minimum 2 --price 1200.00",
	  N_("a part that is kept")});
EXAMPLES(edit_examples, {"svc part edit CTRL-48V --minimum 4", N_("keep more of it")});
EXAMPLES(show_examples, {"svc part show CTRL-48V", N_("all of a part, with what is on hand")});
EXAMPLES(list_examples, {"svc part list --component battery", N_("the parts of a kind")});
EXAMPLES(issues_examples, {"svc part issues --state issued --technician E3", N_("what a technician has out")},
	 {"svc part issues --old-part owed --sort due --json", N_("old parts that are still to come, for a script")});
EXAMPLES(receive_examples,
	 {"svc part receive CTRL-48V 10 --cost 800.00 --supplier 'Drive Systems' --reference DN-5512 --key dn-5512-1",
	  N_("a delivery; safe to run twice")});
EXAMPLES(reserve_examples, {"svc part reserve CTRL-48V T1024 1", N_("kept for a ticket until it goes out")});
EXAMPLES(issue_examples,
	 {"svc part issue CTRL-48V T1024 1 --technician E3 --approved-by leader requisition=true",
	  N_("goes out if the pack allows it; its facts as name=value")},
	 {"svc part issue CTRL-48V T1024 1 --old-part", N_("the old one has to come back for it")});
EXAMPLES(use_examples, {"svc part use I7", N_("all of it was fitted")});
EXAMPLES(return_examples, {"svc part return I7 1", N_("one came back unused")});
EXAMPLES(write_off_examples, {"svc part write-off I7 1 --reason 'broken on the way'", N_("of what is out")},
	 {"svc part write-off CTRL-48V 2 --reason 'water in the store'", N_("from the shelf")});
EXAMPLES(old_part_examples, {"svc part old-part I7 returned", N_("the old part is here")},
	 {"svc part old-part I7 --explain 'burnt up with the cart'", N_("it will not come")});
EXAMPLES(count_examples,
	 {"svc part count CTRL-48V 9 --reason 'stocktaking of June'", N_("the difference is written as a movement")});
EXAMPLES(stock_examples, {"svc part stock", N_("what is on hand, reserved and free")},
	 {"svc part stock --below-minimum --tsv", N_("what has to be ordered, for a script")});
EXAMPLES(moves_examples, {"svc part moves CTRL-48V", N_("every movement, with the balance after it")});

#define SHELF_WRITE .kind = SVC_PART, .needs = NEEDS_WRITE, .outputs = OUTPUT_RECORD, .schema = "svc.part/1"
#define ISSUE_WRITE .kind = SVC_ISSUE, .needs = NEEDS_WRITE, .outputs = OUTPUT_RECORD, .schema = "svc.issue/1"

static const struct command_verb verbs[] = {
	{.name = "add",
	 .summary = N_("add a part that is kept"),
	 .arguments = number_argument,
	 .takes = TAKES_FIELDS | TAKES_DRY_RUN,
	 .field = "number",
	 SHELF_WRITE,
	 .examples = add_examples,
	 .run = records_add},
	{.name = "edit",
	 .summary = N_("change fields of a part"),
	 .arguments = part_argument,
	 .takes = TAKES_FIELDS | TAKES_DRY_RUN,
	 SHELF_WRITE,
	 .examples = edit_examples,
	 .run = records_edit},
	{.name = "show",
	 .summary = N_("show one part"),
	 .arguments = part_argument,
	 .kind = SVC_PART,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.part/1",
	 .examples = show_examples,
	 .run = records_show},
	{.name = "list",
	 .summary = N_("list parts"),
	 .takes = TAKES_FILTER,
	 .kind = SVC_PART,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.part/1",
	 .examples = list_examples,
	 .run = records_list},
	{.name = "receive",
	 .summary = N_("book in parts that have come"),
	 .arguments = quantity_arguments,
	 .options = receive_options,
	 .takes = TAKES_FACTS | TAKES_DRY_RUN,
	 SHELF_WRITE,
	 .examples = receive_examples,
	 .run = receive},
	{.name = "reserve",
	 .summary = N_("keep parts for a ticket"),
	 .arguments = ticket_arguments,
	 .options = at_options,
	 .takes = TAKES_DRY_RUN,
	 ISSUE_WRITE,
	 .examples = reserve_examples,
	 .run = reserve},
	{.name = "issue",
	 .summary = N_("take parts out for a ticket, if the pack allows it"),
	 .arguments = ticket_arguments,
	 .options = issue_options,
	 .takes = TAKES_FACTS | TAKES_DRY_RUN,
	 ISSUE_WRITE,
	 .examples = issue_examples,
	 .run = issue},
	{.name = "use",
	 .summary = N_("say that parts were used"),
	 .arguments = issue_arguments,
	 .options = use_options,
	 .takes = TAKES_FACTS | TAKES_DRY_RUN,
	 ISSUE_WRITE,
	 .examples = use_examples,
	 .run = use},
	{.name = "return",
	 .summary = N_("put parts that were not used back; a reservation is given up"),
	 .arguments = issue_arguments,
	 .options = reason_options,
	 .takes = TAKES_DRY_RUN,
	 ISSUE_WRITE,
	 .examples = return_examples,
	 .run = give_back},
	{.name = "write-off",
	 .summary = N_("write off parts that are out or on the shelf"),
	 .arguments = write_off_arguments,
	 .options = write_off_options,
	 .takes = TAKES_FACTS | TAKES_DRY_RUN,
	 ISSUE_WRITE,
	 .examples = write_off_examples,
	 .run = write_off},
	{.name = "old-part",
	 .summary = N_("say that the old part is back, or why it is not"),
	 .arguments = old_part_arguments,
	 .options = old_part_options,
	 .takes = TAKES_DRY_RUN,
	 ISSUE_WRITE,
	 .examples = old_part_examples,
	 .run = old_part},
	{.name = "issues",
	 .summary = N_("list what is reserved and out for tickets, and what became of it"),
	 .takes = TAKES_FILTER,
	 .kind = SVC_ISSUE,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.issue/1",
	 .examples = issues_examples,
	 .run = records_list},
	{.name = "count",
	 .summary = N_("say what was counted on the shelf"),
	 .arguments = quantity_arguments,
	 .options = reason_options,
	 .takes = TAKES_DRY_RUN,
	 SHELF_WRITE,
	 .examples = count_examples,
	 .run = count},
	{.name = "stock",
	 .summary = N_("list what is on hand, reserved and free, and the minimum"),
	 .options = stock_options,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.stock/1",
	 .examples = stock_examples,
	 .run = part_stock},
	{.name = "moves",
	 .summary = N_("list every movement of a part, with the balance after it"),
	 .arguments = part_argument,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.movement/1",
	 .examples = moves_examples,
	 .run = part_moves},
	{.run = NULL},
};

const struct command_noun noun_part = {
	.name = "part",
	.summary = N_("parts: stock, and what goes out for tickets"),
	.verbs = verbs,
};
