/* An answer as JSON, as the contract names its fields. */
#include "decide.h"

#include "base/json.h"

#include <stdio.h>

static void put_date(struct json *json, const char *key, svc_date date)
{
	char text[16];

	if (date == SVC_DATE_NONE)
		return;
	svc_date_format(date, text);
	json_string(json, key, text);
}

static void put_word(struct json *json, const char *key, const char *word)
{
	if (word && *word)
		json_string(json, key, word);
}

static void put_money(struct json *json, const char *key, svc_money money, int digits)
{
	char text[32];

	if (money == SVC_MONEY_NONE)
		return;
	svc_money_format(money, digits, text);
	json_string(json, key, text);
}

static void put_texts(struct json *json, const char *key, const char *const *texts, size_t count)
{
	if (!count)
		return;
	json_open(json, key, '[');
	for (size_t i = 0; i < count; i++)
		json_string(json, NULL, texts[i]);
	json_close(json, ']');
}

static void put_windows(struct json *json, const struct svc_answer *answer)
{
	if (!answer->window_count)
		return;
	json_open(json, "windows", '[');
	for (size_t i = 0; i < answer->window_count; i++) {
		const struct svc_window *window = &answer->windows[i];

		json_open(json, NULL, '{');
		json_string(json, "clause", window->clause);
		put_word(json, "remedy", svc_remedy_id(window->remedy));
		put_date(json, "starts", window->starts);
		put_date(json, "ends", window->ends);
		json_bool(json, "inside", window->inside);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_lines(struct json *json, const struct svc_answer *answer)
{
	if (!answer->line_count)
		return;
	json_open(json, "lines", '[');
	for (size_t i = 0; i < answer->line_count; i++) {
		const struct svc_line *line = &answer->lines[i];

		json_open(json, NULL, '{');
		json_string(json, "item", line->item);
		json_integer(json, "quantity", line->quantity);
		put_money(json, "unit_price", line->unit_price, answer->currency_digits);
		put_money(json, "amount", line->amount, answer->currency_digits);
		put_word(json, "payer", svc_payer_id(line->payer));
		put_word(json, "basis", svc_basis_id(line->basis));
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_share(struct json *json, const char *key, const struct svc_share *share, int digits)
{
	if (!share->payer)
		return;
	json_open(json, key, '{');
	put_word(json, "payer", svc_payer_id(share->payer));
	put_word(json, "basis", svc_basis_id(share->basis));
	put_money(json, "amount", share->amount, digits);
	json_close(json, '}');
}

static void put_rate(struct json *json, int64_t rate)
{
	char text[32];

	if (!rate)
		return;
	svc_number_format(rate, text);
	json_literal(json, "rate", text);
}

static void put_deductions(struct json *json, const struct svc_answer *answer)
{
	if (!answer->deduction_count)
		return;
	json_open(json, "deductions", '[');
	for (size_t i = 0; i < answer->deduction_count; i++) {
		json_open(json, NULL, '{');
		json_string(json, "item", answer->deductions[i].item);
		put_money(json, "amount", answer->deductions[i].amount, answer->currency_digits);
		put_rate(json, answer->deductions[i].rate);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_outcomes(struct json *json, const struct svc_answer *answer)
{
	if (!answer->outcome_count)
		return;
	json_open(json, "outcomes", '[');
	for (size_t i = 0; i < answer->outcome_count; i++) {
		json_open(json, NULL, '{');
		json_string(json, "given", answer->outcomes[i].given);
		put_word(json, "verdict", svc_verdict_id(answer->outcomes[i].verdict));
		put_word(json, "remedy", svc_remedy_id(answer->outcomes[i].remedy));
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_near(struct json *json, const struct svc_answer *answer)
{
	if (!answer->explained)
		return;
	json_open(json, "near", '[');
	for (size_t i = 0; i < answer->near_count; i++) {
		json_open(json, NULL, '{');
		json_string(json, "fact", answer->near[i].fact);
		json_string(json, "from", answer->near[i].from);
		json_string(json, "to", answer->near[i].to);
		put_word(json, "verdict", svc_verdict_id(answer->near[i].verdict));
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_entitled(struct json *json, const struct svc_answer *answer)
{
	if (!answer->entitled_count)
		return;
	json_open(json, "entitled", '[');
	for (size_t i = 0; i < answer->entitled_count; i++)
		json_string(json, NULL, svc_remedy_id(answer->entitled[i]));
	json_close(json, ']');
}

static void put_why(struct json *json, const struct svc_answer *answer)
{
	if (!answer->why_count)
		return;
	json_open(json, "why", '[');
	for (size_t i = 0; i < answer->why_count; i++) {
		json_open(json, NULL, '{');
		json_string(json, "clause", answer->why[i].clause);
		json_string(json, "text", answer->why[i].text);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* Labour, parts and travel are shares of a fee, and a basis everywhere else. */
static void put_payment(struct json *json, const struct svc_answer *answer)
{
	int digits = answer->currency_digits;

	put_word(json, "labor", svc_basis_id(answer->labor));
	put_word(json, "parts", svc_basis_id(answer->parts));
	put_share(json, "labor", &answer->labor_share, digits);
	put_share(json, "parts", &answer->parts_share, digits);
	put_share(json, "travel", &answer->travel_share, digits);
	put_word(json, "freight_in", svc_payer_id(answer->freight_in));
	put_word(json, "freight_out", svc_payer_id(answer->freight_out));
	put_word(json, "payer", svc_payer_id(answer->payer));
	put_word(json, "basis", svc_basis_id(answer->basis));
	put_money(json, "total", answer->total, digits);
	put_word(json, "price_difference", svc_difference_id(answer->price_difference));
}

char *svc_answer_json(const struct svc_answer *answer)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	char schema[40];

	snprintf(schema, sizeof schema, "svc.ask.%s/1", svc_ask_name(answer->ask));
	json_open(&json, NULL, '{');
	json_string(&json, "schema", schema);
	put_word(&json, "policy", answer->policy);
	put_date(&json, "version", answer->version);
	put_word(&json, "verdict", svc_verdict_id(answer->verdict));
	put_word(&json, "remedy", svc_remedy_id(answer->remedy));
	put_date(&json, "starts", answer->starts);
	put_date(&json, "ends", answer->ends);
	put_date(&json, "deadline", answer->deadline);
	if (answer->has_days_left)
		json_integer(&json, "days_left", answer->days_left);
	put_word(&json, "service_class", answer->service_class);
	put_payment(&json, answer);
	put_entitled(&json, answer);
	put_windows(&json, answer);
	put_lines(&json, answer);
	put_deductions(&json, answer);
	put_texts(&json, "clauses", answer->clauses, answer->clause_count);
	put_texts(&json, "missing", answer->missing, answer->missing_count);
	put_texts(&json, "requires", answer->requires, answer->require_count);
	put_outcomes(&json, answer);
	put_why(&json, answer);
	put_near(&json, answer);
	put_texts(&json, "notes", answer->notes, answer->note_count);
	json_close(&json, '}');
	return text.text;
}
