/* svc fee charge, pay and waive: lines of money of a ticket, and what becomes of them. */
#include "fee.h"

#include <string.h>

void fees_touch(void *context, int64_t fee)
{
	struct fees_touched *touched = context;
	if (touched->count == touched->room) {
		size_t room = touched->room ? 2 * touched->room : 16;
		int64_t *fees = command_memory(touched->command, room * sizeof *fees);
		if (touched->count)
			memcpy(fees, touched->fees, touched->count * sizeof *fees);
		touched->fees = fees;
		touched->room = room;
	}
	touched->fees[touched->count++] = fee;
}

int fees_show(const struct fees_touched *touched)
{
	struct command *command = touched->command;
	size_t count;
	const struct show_column *columns = records_columns(SVC_FEE, &count);
	int status = show_list(command->show, "svc.fee/1", columns, count);
	for (size_t i = 0; !status && i < touched->count; i++) {
		struct svc_record record = {0};
		status = svc_read(command->desk, SVC_FEE, touched->fees[i], &record, &command->error);
		if (!status)
			show_row(command->show, record.values);
		svc_record_release(&record);
	}
	return status;
}

static svc_time given_time(const struct command *command)
{
	svc_time at;
	return command_time(command, "at", &at) ? at : SVC_TIME_NONE;
}

int fee_charge(struct command *command)
{
	struct fees_touched touched = {.command = command};
	struct svc_charging charging = {.facts = command->facts,
					.fact_count = command->fact_count,
					.override = command_text(command, "override"),
					.at = given_time(command)};
	charging.item_count = command_texts(command, "item", &charging.items);
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &charging.ticket);
	if (!status)
		status = svc_fee_charge(command->desk, &charging, fees_touch, &touched, &command->error);
	return status ? status : fees_show(&touched);
}

/* F7 is one fee; anything else names a ticket. */
static int find_owed(struct command *command, const char *text, struct svc_payment *payment)
{
	bool fee = (text[0] == 'F' || text[0] == 'f') && text[1] >= '0' && text[1] <= '9';
	return fee ? records_find(command, SVC_FEE, text, &payment->fee)
		   : records_find(command, SVC_TICKET, text, &payment->ticket);
}

int fee_pay(struct command *command)
{
	struct fees_touched touched = {.command = command};
	struct svc_payment payment = {.amount = command_text(command, "amount"),
				      .receipt = command_text(command, "receipt"),
				      .at = given_time(command)};
	int status = find_owed(command, command_argument(command, "FEE"), &payment);
	if (!status)
		status = svc_fee_pay(command->desk, &payment, fees_touch, &touched, &command->error);
	return status ? status : fees_show(&touched);
}

int fee_waive(struct command *command)
{
	int64_t fee;
	int status = records_find(command, SVC_FEE, command_argument(command, "FEE"), &fee);
	if (!status && !command_text(command, "reason"))
		return command_fail(command, SVC_USAGE, _("a fee is let go for a reason; give it with --reason"));
	if (!status)
		status = svc_fee_waive(command->desk, fee, command_text(command, "reason"), given_time(command),
				       &command->error);
	return status ? status : records_display(command, SVC_FEE, fee);
}
