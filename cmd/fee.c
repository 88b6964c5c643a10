/* svc fee: what does this cost the customer? */
#include "command.h"
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
	{.run = NULL},
};

const struct command_noun noun_fee = {
	.name = "fee",
	.summary = N_("fees: what a service costs, and who pays"),
	.verbs = verbs,
};
