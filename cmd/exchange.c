/* svc exchange: a unit is given for another one. */
#include "exchange.h"

#include "show/show.h"
#include "ticket_show.h"

#include <string.h>

/* ITEM=AMOUNT as they were given. */
static void read_deductions(struct command *command, struct svc_grant *grant)
{
	const char *const *given;
	size_t count = command_texts(command, "deduct", &given);
	struct svc_assignment *deductions = command_memory(command, (count + 1) * sizeof *deductions);
	grant->deductions = deductions;
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(given[i], '=');
		deductions[grant->deduction_count++] = (struct svc_assignment){
			command_print(command, "%.*s", (int)(equals - given[i]), given[i]), equals + 1};
	}
}

int exchange_grant(struct command *command, enum svc_remedy want, const char *done)
{
	struct svc_grant grant = {.want = want,
				  .facts = command->facts,
				  .fact_count = command->fact_count,
				  .settings = command->settings,
				  .setting_count = command->setting_count,
				  .unit = command->fields,
				  .unit_count = command->field_count,
				  .due = command_text(command, "due"),
				  .without_return = command_text(command, "without-return"),
				  .override = command_text(command, "override"),
				  .text = command_text(command, "text")};
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &grant.ticket);
	read_deductions(command, &grant);
	if (!status)
		status = svc_exchange_grant(command->desk, &grant, &answer, &policy, &command->error);
	if (!status)
		status = ticket_changed(command, grant.ticket, done, policy, policy ? &answer : NULL);
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return status;
}

static int open_exchange(struct command *command)
{
	return exchange_grant(command, SVC_EXCHANGE, _("is exchanged"));
}

static int recover(struct command *command)
{
	int64_t ticket, fee;
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &ticket);
	if (!status)
		status = svc_exchange_recover(command->desk, ticket, command_argument(command, "FROM"),
					      command_argument(command, "AMOUNT"), command_text(command, "text"), &fee,
					      &command->error);
	return status ? status : records_display(command, SVC_FEE, fee);
}

static const struct command_argument open_arguments[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = NULL},
};
static const struct command_argument recover_arguments[] = {
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{.name = "FROM", .help = N_("the supplier or factory that is to pay")},
	{.name = "AMOUNT", .help = N_("how much")},
	{.name = NULL},
};
const struct command_option exchange_options[] = {
	{.name = "due", .kind = VALUE_TIME, .help = N_("by when the old unit is to be here")},
	{.name = "deduct",
	 .kind = VALUE_ASSIGNMENT,
	 .label = N_("ITEM=AMOUNT"),
	 .help = N_("what is taken off, where the pack states no amount; may be given again"),
	 .repeated = true},
	{.name = "without-return",
	 .kind = VALUE_TEXT,
	 .label = N_("REASON"),
	 .help = N_("the old unit stays with the customer, where the pack lets it")},
	{.name = "override",
	 .kind = VALUE_TEXT,
	 .label = N_("REASON"),
	 .help = N_("against the pack's refusal, where it names who may, or where it leaves it to a person")},
	{.name = "text", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what is to be remembered")},
	{.name = NULL},
};
static const struct command_option recover_options[] = {
	{.name = "text", .kind = VALUE_TEXT, .label = N_("TEXT"), .help = N_("what is to be remembered")},
	{.name = NULL},
};

static const struct command_example open_examples[] = {
	{"svc exchange open T1024 --serial GX-30001 fault=quality confirmed=true condition=undamaged,accessories,packaging",
	 N_("a new unit for one with a fault, if the pack grants it")},
	{"svc exchange open T1024 --serial GX-30001 --manufacture 2026-01-15 --price 320 --due 2026-03-20 --key ex-1024",
	 N_("its price decides about the difference; the old one comes later; safe to run twice")},
	{.line = NULL},
};
static const struct command_example recover_examples[] = {
	{"svc exchange recover T1024 'Acme Motors' 210.00 --text 'claim 5512'", N_("what the maker is to pay for it")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "open",
	 .summary = N_("exchange the unit of a ticket for another one"),
	 .arguments = open_arguments,
	 .options = exchange_options,
	 .takes = TAKES_FACTS | TAKES_SETTINGS | TAKES_FIELDS,
	 .kind = SVC_UNIT,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ticket/1",
	 .examples = open_examples,
	 .run = open_exchange},
	{.name = "recover",
	 .summary = N_("note what a supplier or a factory is to pay for an exchange or a refund"),
	 .arguments = recover_arguments,
	 .options = recover_options,
	 .kind = SVC_FEE,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.fee/1",
	 .examples = recover_examples,
	 .run = recover},
	{.run = NULL},
};

const struct command_noun noun_exchange = {
	.name = "exchange",
	.summary = N_("exchanges: a new unit for an old one, as the pack grants it"),
	.verbs = verbs,
};
