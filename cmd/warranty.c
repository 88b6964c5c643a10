/* svc warranty: is this fault covered, until when, and who pays? */
#include "command.h"
#include "question.h"

static int check(struct command *command)
{
	return command_flag(command, "batch") ? question_batch(command, SVC_ASK_WARRANTY)
					      : question_ask(command, SVC_ASK_WARRANTY, NULL, 0);
}

static const struct command_example check_examples[] = {
	{"svc warranty check SN-20871", N_("what the counter asks first: covered until when, and unless what")},
	{"svc warranty check SN-20871 cause=misuse --explain",
	 N_("the same with the cause, and every clause that spoke")},
	{"svc --policy appliances warranty check component=main_unit acceptance=2026-02-28 cause=defect",
	 N_("by facts alone, without a desk")},
	{"svc warranty check -q SN-20871 cause=defect && echo free", N_("as a predicate in a script")},
	{"svc --policy appliances warranty check --batch claims.csv > answers.csv", N_("a file of questions")},
	{.line = NULL},
};

static const struct command_verb verbs[] = {
	{.name = "check",
	 .summary = N_("say whether a fault is covered, by which clause, until when and who pays"),
	 .arguments = question_arguments,
	 .takes = TAKES_FACTS | TAKES_SETTINGS | TAKES_EXPLAIN | TAKES_BATCH,
	 .needs = NEEDS_DESK_IF_THERE,
	 .outputs = OUTPUT_ANSWER,
	 .schema = "svc.ask.warranty/1",
	 .examples = check_examples,
	 .run = check},
	{.run = NULL},
};

const struct command_noun noun_warranty = {
	.name = "warranty",
	.summary = N_("coverage: what a policy promises for a fault"),
	.verbs = verbs,
};
