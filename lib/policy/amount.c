/* Amounts: fact, setting, fixed, per cent of, per, sum, least, most. Worked out in millionths of a minor unit, so that
   rounding happens once, at the end. */
#include "trace.h"

#include <stdio.h>
#include <string.h>

typedef __int128 fine; /* minor units * SVC_NUMBER_ONE */

struct sum {
	struct pass *pass;
	const char *item;
	enum svc_basis basis; /* what the winning operand stands on */
	int digits; /* of the figures, where they are told */
	bool aloud; /* each step is written down */
};

static enum amount_state worth(struct sum *sum, const struct amount *amount, fine *out);

/* False when that is beyond anything that money can be. */
static bool multiply(fine *value, int64_t by)
{
	const fine most = (fine)1 << 126;
	fine size = *value < 0 ? -*value : *value, factor = by < 0 ? -(fine)by : by;

	if (factor && size > most / factor)
		return false;
	*value *= by;
	return true;
}

/* The entry of the line's item in a map of prices. */
static enum amount_state price_in(struct sum *sum, const struct node *prices, fine *out)
{
	const struct node *price = sum->item ? node_get(prices, sum->item) : NULL;
	svc_money money;

	if (!price || !price->text || !svc_money_parse(price->text, sum->pass->head->currency_digits, &money))
		return AMOUNT_ABSENT;
	*out = (fine)money * SVC_NUMBER_ONE;
	return AMOUNT_STATED;
}

static enum amount_state worth_of_fact(struct sum *sum, uint16_t fact, fine *out)
{
	const struct pack_fact *kind = fact_of(sum->pass->head, fact);
	const struct fact_value *value = value_of(sum->pass, fact);

	if (fact == F_CARD_PRICE)
		sum->basis = SVC_CARD;
	if (fact == F_PARTS_COST)
		sum->basis = SVC_COST;
	if (!value->known && (kind->absent == ABSENT_NEVER || stopped(sum->pass)))
		return stopped(sum->pass) ? AMOUNT_BLOCKED : AMOUNT_ABSENT;
	if (!value->known) {
		block(sum->pass, fact, NULL);
		return AMOUNT_BLOCKED;
	}
	if (kind->type == FACT_PRICES)
		return price_in(sum, value->tree, out);
	*out = (fine)value->number * (kind->type == FACT_NUMBER ? 1 : SVC_NUMBER_ONE);
	return AMOUNT_STATED;
}

/* Per cent in millionths; 0 when the setting that gives it is not set. */
static int64_t per_cent_of(struct pass *pass, const struct amount *amount)
{
	const struct fact_value *setting;

	if (!amount->rate_setting)
		return amount->number;
	setting = value_of(pass, amount->rate_setting);
	if (!setting->known)
		return 0;
	return fact_of(pass->head, amount->rate_setting)->percent ? setting->number : 100 * setting->number;
}

int64_t rate_of(struct pass *pass, pack_ref amount)
{
	const struct amount *top = pack_at(pass->head, amount);

	return top && top->op == AMOUNT_PCT ? per_cent_of(pass, top) / 100 : 0;
}

static enum amount_state share_of(struct sum *sum, const struct amount *amount, fine *out)
{
	const pack_ref *kid = pack_at(sum->pass->head, amount->kids.at);
	enum amount_state state = worth(sum, pack_at(sum->pass->head, *kid), out);

	sum->basis = SVC_CAP;
	if (state != AMOUNT_STATED || *out == 0) /* of nothing it is nothing, whatever the rate */
		return state;
	if (amount->rate_setting && !value_of(sum->pass, amount->rate_setting)->known) {
		block(sum->pass, amount->rate_setting, NULL);
		return AMOUNT_BLOCKED;
	}
	if (!multiply(out, per_cent_of(sum->pass, amount)))
		return AMOUNT_ABSENT;
	*out /= 100 * SVC_NUMBER_ONE;
	return AMOUNT_STATED;
}

static enum amount_state times(struct sum *sum, const struct amount *amount, fine *out)
{
	const pack_ref *kid = pack_at(sum->pass->head, amount->kids.at);
	fine count = 0;
	enum amount_state state = worth_of_fact(sum, amount->fact, &count);

	if (state != AMOUNT_STATED)
		return state;
	state = worth(sum, pack_at(sum->pass->head, *kid), out);
	if (state != AMOUNT_STATED || !multiply(out, (int64_t)count))
		return state == AMOUNT_STATED ? AMOUNT_ABSENT : state;
	*out /= SVC_NUMBER_ONE;
	return AMOUNT_STATED;
}

/* A sum needs every operand; of least and most an absent operand is left out. */
static enum amount_state combine(struct sum *sum, const struct amount *amount, fine *out)
{
	const pack_ref *kid = pack_at(sum->pass->head, amount->kids.at);
	enum svc_basis winner = SVC_BASIS_UNSET;
	bool some = false;

	for (uint32_t i = 0; i < amount->kids.count; i++) {
		const struct amount *operand = pack_at(sum->pass->head, kid[i]);
		fine value = 0;
		enum amount_state state = worth(sum, operand, &value);

		if (state == AMOUNT_BLOCKED || (state == AMOUNT_ABSENT && amount->op == AMOUNT_SUM))
			return state;
		if (state == AMOUNT_ABSENT)
			continue;
		if (amount->op == AMOUNT_SUM)
			*out = (some ? *out : 0) + (operand->minus ? -value : value);
		else if (!some || (amount->op == AMOUNT_LEAST ? value < *out : value > *out))
			*out = value, winner = sum->basis;
		some = true;
	}
	sum->basis = amount->op == AMOUNT_SUM ? SVC_LIST : winner;
	return some ? AMOUNT_STATED : AMOUNT_ABSENT;
}

/* ---- told step by step ---- */

/* With the digits of the currency, and more only where it is no whole number of them. */
static const char *fine_text(const struct sum *sum, fine value)
{
	fine size = value < 0 ? -value : value, unit = SVC_NUMBER_ONE;
	char rest[24] = "";
	size_t most = (size_t)sum->digits + 6, least = (size_t)sum->digits;

	for (int i = 0; i < sum->digits; i++)
		unit *= 10;
	snprintf(rest, sizeof rest, "%0*lld", (int)most, (long long)(size % unit));
	while (most > least && rest[most - 1] == '0')
		rest[--most] = '\0';
	return arena_printf(sum->pass->memory, "%s%lld%s%s", value < 0 ? "-" : "", (long long)(size / unit),
			    most ? "." : "", rest);
}

/* An operand, by the fact that gives it; false: it is not stated. */
static bool operand(const struct sum *sum, const struct amount *amount, struct svc_step_fact *out)
{
	struct sum quiet = {.pass = sum->pass, .item = sum->item, .digits = sum->digits};
	fine value = 0;

	if (worth(&quiet, amount, &value) != AMOUNT_STATED)
		return false;
	*out = (struct svc_step_fact){NULL, fine_text(sum, amount->minus ? -value : value)};
	if (amount->op == AMOUNT_FACT)
		out->fact = pack_text(sum->pass->head, fact_of(sum->pass->head, amount->fact)->name);
	return true;
}

/* What is put together with the operands: the rate of a share, the count of what costs so much each. */
static bool factor(struct sum *sum, const struct amount *amount, struct svc_step_fact *out)
{
	struct sum count = {.pass = sum->pass, .item = sum->item};
	fine value = 0;

	if (amount->op == AMOUNT_PCT) {
		value = per_cent_of(sum->pass, amount);
		*out = (struct svc_step_fact){NULL, arena_printf(sum->pass->memory, "%s %%", fine_text(&count, value))};
		return true;
	}
	if (amount->op != AMOUNT_PER || worth_of_fact(&count, amount->fact, &value) != AMOUNT_STATED)
		return false;
	*out = (struct svc_step_fact){pack_text(sum->pass->head, fact_of(sum->pass->head, amount->fact)->name),
				      fine_text(&count, value)};
	return true;
}

static void tell(struct sum *sum, const struct amount *amount, fine result)
{
	static const char *const names[] = {
		[AMOUNT_PCT] = "share",   [AMOUNT_PER] = "times", [AMOUNT_SUM] = "plus",
		[AMOUNT_LEAST] = "least", [AMOUNT_MOST] = "most",
	};
	const pack_ref *kid = pack_at(sum->pass->head, amount->kids.at);
	struct svc_step_sum step = {.how = names[amount->op], .result = fine_text(sum, result)};

	step.of = arena_alloc(sum->pass->memory, (amount->kids.count + 1) * sizeof *step.of);
	step.of_count += factor(sum, amount, &step.of[0]);
	for (uint32_t i = 0; i < amount->kids.count; i++)
		step.of_count += operand(sum, pack_at(sum->pass->head, kid[i]), &step.of[step.of_count]);
	if (step.of_count == 1) /* the others are not stated */
		step = (struct svc_step_sum){.how = "stated", .result = step.result};
	trace_sum(sum->pass, NULL, step);
}

static enum amount_state worth_of(struct sum *sum, const struct amount *amount, fine *out)
{
	sum->basis = SVC_LIST;
	switch (amount->op) {
	case AMOUNT_FIXED:
		*out = (fine)amount->number * SVC_NUMBER_ONE;
		return AMOUNT_STATED;
	case AMOUNT_FACT:
		return worth_of_fact(sum, amount->fact, out);
	case AMOUNT_PCT:
		return share_of(sum, amount, out);
	case AMOUNT_PER:
		return times(sum, amount, out);
	default:
		return combine(sum, amount, out);
	}
}

static enum amount_state worth(struct sum *sum, const struct amount *amount, fine *out)
{
	enum amount_state state = worth_of(sum, amount, out);

	if (sum->aloud && state == AMOUNT_STATED && amount->kids.count)
		tell(sum, amount, *out);
	return state;
}

bool counts_things(const struct pack_head *head, pack_ref at)
{
	const struct amount *amount = pack_at(head, at);
	const pack_ref *kid = pack_at(head, amount->kids.at);

	if (amount->op == AMOUNT_FACT)
		return fact_of(head, amount->fact)->type == FACT_NUMBER;
	for (uint32_t i = 0; i < amount->kids.count; i++)
		if (counts_things(head, kid[i]))
			return true;
	return false;
}

/* What stands there without working out, so many times it, and what is left when it is rounded. */
static void tell_end(struct sum *sum, const struct amount *top, int64_t quantity, fine one, fine all, svc_money rounded)
{
	struct svc_step_fact of[2];
	struct svc_step_sum step = {.how = "stated", .of = of, .result = fine_text(sum, one)};

	if (!top->kids.count) {
		step.of_count = top->op == AMOUNT_FACT && operand(sum, top, &of[0]);
		trace_sum(sum->pass, NULL, step);
	}
	if (quantity != 1) {
		of[0] = (struct svc_step_fact){NULL, arena_printf(sum->pass->memory, "%lld", (long long)quantity)};
		of[1] = (struct svc_step_fact){NULL, fine_text(sum, one)};
		trace_sum(sum->pass, NULL, (struct svc_step_sum){"times", of, 2, fine_text(sum, all)});
	}
	if (all % SVC_NUMBER_ONE) {
		of[0] = (struct svc_step_fact){NULL, fine_text(sum, all)};
		trace_sum(sum->pass, NULL,
			  (struct svc_step_sum){"rounded", of, 1, fine_text(sum, (fine)rounded * SVC_NUMBER_ONE)});
	}
}

/* Half up, away from zero. */
static bool round_fine(fine value, svc_money *out)
{
	fine half = SVC_NUMBER_ONE / 2, rounded = (value + (value < 0 ? -half : half)) / SVC_NUMBER_ONE;

	if (rounded > SVC_MONEY_MAX || rounded < -SVC_MONEY_MAX)
		return false;
	*out = (svc_money)rounded;
	return true;
}

enum amount_state amount_of(struct pass *pass, pack_ref amount, const char *item, int64_t quantity, svc_money *out,
			    enum svc_basis *basis)
{
	const struct amount *top = pack_at(pass->head, amount);
	struct sum sum = {.pass = pass, .item = item};
	fine value = 0, one;
	enum amount_state state;

	if (!top)
		return AMOUNT_ABSENT;
	sum.aloud = pass->trace && trace_wants_amounts(pass);
	sum.digits = sum.aloud && counts_things(pass->head, amount) ? 0 : pass->head->currency_digits;
	state = worth(&sum, top, &value);
	if (state == AMOUNT_ABSENT && top->op == AMOUNT_FACT && fact_of(pass->head, top->fact)->setting) {
		block(pass, top->fact, NULL); /* a table of prices that lacks the item is as good as none */
		return AMOUNT_BLOCKED;
	}
	if (state != AMOUNT_STATED)
		return state;
	one = value;
	if (!multiply(&value, quantity) || !round_fine(value, out))
		return AMOUNT_ABSENT;
	if (sum.aloud && quantity != SVC_NUMBER_ONE) /* a figure that counts things stands in its fact */
		tell_end(&sum, top, quantity, one, value, *out);
	if (top->op ==
	    AMOUNT_PCT) /* a share of something is a price of the list; it is a cap only beside another amount */
		sum.basis = SVC_LIST;
	if (*basis == SVC_BASIS_UNSET)
		*basis = sum.basis;
	return AMOUNT_STATED;
}
