/* svc return: may the customer return or exchange it, by when, on what conditions? */
#include "command.h"
#include "question.h"

static int check(struct command *command)
{
	return command_flag(command, "batch") ? question_batch(command, SVC_ASK_RETURN)
					      : question_ask(command, SVC_ASK_RETURN, NULL, 0);
}

static const struct command_example check_examples[] = {
	{"svc return check SN-20871 want=refund fault=quality", N_("may this unit come back for its price?")},
	{"svc --policy retail-store return check want=exchange fault=quality cause=defect sold_as=standard "
	 "purchase=2026-03-02 claim=2026-03-08 condition=packaging,accessories documents=warranty_card",
	 N_("by facts alone, without a desk")},
	{"svc --policy trade-terms return check --batch returns.jsonl", N_("a stream of questions as JSON lines")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "check",
	 .summary = N_("say whether goods may be returned or exchanged, by when and on what conditions"),
	 .arguments = question_arguments,
	 .takes = TAKES_FACTS | TAKES_SETTINGS | TAKES_EXPLAIN | TAKES_BATCH,
	 .needs = NEEDS_DESK_IF_THERE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ask.return/1",
	 .examples = check_examples,
	 .run = check},
	{.run = NULL},
};

const struct command_noun noun_return = {
	.name = "return",
	.summary = N_("returns and exchanges: what a policy grants"),
	.verbs = verbs,
};
