#include "command.h"

static const struct command_argument name_argument[] = {{"NAME", N_("the customer's name"), COMPLETE_NOTHING}, {0}};
static const struct command_argument which_argument[] = {
	{"CUSTOMER", N_("a number like C12, a name, or source:legacy number"), COMPLETE_CUSTOMER},
	{0},
};

static const struct command_verb customer_verbs[] = {
	{
		.name = "add",
		.summary = N_("add a customer"),
		.arguments = name_argument,
		.takes = TAKES_FIELDS | TAKES_DRY_RUN,
		.kind = SVC_CUSTOMER,
		.field = "name",
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.customer/1",
		.examples =
			(const struct command_example[]){
				{"svc customer add 'Riverside Golf Club' --phone 555-0100 --zone suburb",
				 N_("add a customer with a phone number")},
				{0},
			},
		.run = records_add,
	},
	{
		.name = "show",
		.summary = N_("show one customer"),
		.arguments = which_argument,
		.kind = SVC_CUSTOMER,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.customer/1",
		.examples = (const struct command_example[]){{"svc customer show C1",
							      N_("all that is known of a customer")},
							     {0}},
		.run = records_show,
	},
	{
		.name = "list",
		.summary = N_("list customers"),
		.takes = TAKES_FILTER,
		.kind = SVC_CUSTOMER,
		.needs = NEEDS_READ,
		.outputs = OUTPUT_LIST,
		.schema = "svc.customer/1",
		.examples =
			(const struct command_example[]){
				{"svc customer list --text golf --sort name",
				 N_("customers that mention a word, by name")},
				{0},
			},
		.run = records_list,
	},
	{
		.name = "edit",
		.summary = N_("change fields of a customer"),
		.arguments = which_argument,
		.takes = TAKES_FIELDS | TAKES_DRY_RUN,
		.kind = SVC_CUSTOMER,
		.needs = NEEDS_WRITE,
		.outputs = OUTPUT_RECORD,
		.schema = "svc.customer/1",
		.examples =
			(const struct command_example[]){
				{"svc customer edit C1 --phone 555-0101 --note ''",
				 N_("change one field, clear another")},
				{0},
			},
		.run = records_edit,
	},
	{0},
};

const struct command_noun noun_customer = {"customer", N_("the people and companies that are served"), customer_verbs};
