/* What an answer says of money and goods: who pays, what it costs, what is taken off, what else is open. */
#include "answer.h"
#include "svc/text.h"
#include "text.h"

#define _(message) svc_text(message)

struct report {
	struct show *show;
	const struct svc_policy *policy;
	const struct svc_answer *answer;
};

static void add_money(struct text *text, const struct svc_answer *answer, svc_money amount)
{
	char digits[32];
	svc_money_format(amount, answer->currency_digits, digits);
	text_puts(text, digits);
}

static void add_part(struct text *text, const char *name, const char *value)
{
	if (!*value)
		return;
	text_print(text, text->length ? _("; %s: %s") : _("%s: %s"), name, value);
}

static void show_payers(const struct report *report)
{
	const struct svc_answer *answer = report->answer;
	struct text text = {0};
	if (answer->ask != SVC_ASK_FEE) {
		add_part(&text, _("labour"), basis_title(answer->labor));
		add_part(&text, _("parts"), basis_title(answer->parts));
		add_part(&text, _("travel"), basis_title(answer->travel));
	}
	add_part(&text, _("freight in"), payer_title(answer->freight_in));
	add_part(&text, _("freight out"), payer_title(answer->freight_out));
	if (answer->service_class)
		add_part(&text, _("service class"), answer->service_class);
	if (text.length)
		show_line(report->show, "  %s", text.bytes);
	text_release(&text);
}

static void show_share(const struct report *report, const char *name, const struct svc_share *share)
{
	struct text text = {0};
	if (!share->payer && !share->basis)
		return;
	bool stated = share->amount != SVC_MONEY_NONE;
	if (stated)
		add_money(&text, report->answer, share->amount);
	text_print(&text, stated ? _("; %s") : "%s", payer_title(share->payer));
	if (share->basis)
		text_print(&text, _(" (%s)"), basis_title(share->basis));
	show_line(report->show, _("  %s: %s"), name, text.bytes);
	text_release(&text);
}

static void show_entitled(const struct report *report)
{
	const struct svc_answer *answer = report->answer;
	struct text text = {0};
	for (size_t i = 0; i < answer->entitled_count; i++)
		text_print(&text, "%s%s", i ? _(", ") : "", remedy_title(answer->entitled[i]));
	if (text.length)
		show_line(report->show, _("  open that day: %s"), text.bytes);
	text_release(&text);
}

static void show_deductions(const struct report *report)
{
	const struct svc_answer *answer = report->answer;
	for (size_t i = 0; i < answer->deduction_count; i++) {
		const struct svc_deduction *deduction = &answer->deductions[i];
		struct text text = {0};
		text_puts(&text, svc_policy_word_title(report->policy, "items", deduction->item));
		if (deduction->amount != SVC_MONEY_NONE) {
			text_puts(&text, " ");
			add_money(&text, answer, deduction->amount);
		}
		show_line(report->show, _("  taken off: %s"), text.bytes);
		text_release(&text);
	}
	if (answer->price_difference == SVC_DIFFERENCE_CUSTOMER_PAYS)
		show_line(report->show, "%s", _("  a price difference is the customer's"));
	else if (answer->price_difference == SVC_DIFFERENCE_BOTH_WAYS)
		show_line(report->show, "%s", _("  a price difference is settled both ways"));
}

static void show_fee_line(const struct report *report, const struct svc_line *line)
{
	struct text text = {0};
	char amount[32];
	svc_money_format(line->amount != SVC_MONEY_NONE ? line->amount : 0, report->answer->currency_digits, amount);
	text_print(&text, "  %12s  ", line->amount != SVC_MONEY_NONE ? amount : "?");
	text_puts(&text, svc_policy_word_title(report->policy, "items", line->item));
	if (line->quantity != 1)
		text_print(&text, " * %lld", (long long)line->quantity);
	if (line->quantity != 1 && line->unit_price != SVC_MONEY_NONE) {
		text_puts(&text, " @ ");
		add_money(&text, report->answer, line->unit_price);
	}
	if (line->payer)
		text_print(&text, _("; %s"), payer_title(line->payer));
	if (line->basis)
		text_print(&text, _(" (%s)"), basis_title(line->basis));
	show_line(report->show, "%s", text.bytes);
	text_release(&text);
}

static void show_fee(const struct report *report)
{
	const struct svc_answer *answer = report->answer;
	for (size_t i = 0; i < answer->line_count; i++)
		show_fee_line(report, &answer->lines[i]);
	show_share(report, _("labour"), &answer->labor_share);
	show_share(report, _("parts"), &answer->parts_share);
	show_share(report, _("travel"), &answer->travel_share);
}

void show_answer_money(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer)
{
	const struct report report = {show, policy, answer};
	show_payers(&report);
	if (answer->ask == SVC_ASK_FEE)
		show_fee(&report);
	show_entitled(&report);
	show_deductions(&report);
}
