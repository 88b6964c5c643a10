/* Moments and spans: the only way a rule says until when. A moment is a day, which stands for the whole of it, or a time. */
#include "trace.h"

#define MINUTE 60
#define HOUR 3600
#define DAY 86400
#define PER_CENT (100 * SVC_NUMBER_ONE)
#define FOREVER (INT64_C(8100) * 366 * DAY) /* longer than the years that dates can have */

/* What a span comes to: a number of calendar units, or an exact number of seconds. */
struct measure {
	int64_t count;
	enum duration_unit unit; /* UNIT_MINUTE and smaller never occur: they are seconds */
	bool exact; /* `count` is seconds */
	bool working; /* seconds of opening hours */
};

static int64_t clamped(int64_t seconds)
{
	return seconds > FOREVER ? FOREVER : seconds < -FOREVER ? -FOREVER : seconds;
}

/* ---- moments ---- */

struct svc_moment moment_of_fact(struct pass *pass, uint16_t fact)
{
	const struct fact_value *value = value_of(pass, fact);
	bool day = fact_of(pass->head, fact)->type == FACT_DATE;

	if (!value->known)
		return (struct svc_moment){0};
	return (struct svc_moment){value->number, day ? SVC_MOMENT_DATE : SVC_MOMENT_TIME};
}

struct svc_moment moment_now(const struct pass *pass)
{
	const struct fact_value *now = &pass->values[F_NOW], *as_of = &pass->values[F_AS_OF];

	if (as_of->given && !now->given)
		return (struct svc_moment){as_of->number, SVC_MOMENT_DATE};
	if (now->known)
		return (struct svc_moment){now->number, SVC_MOMENT_TIME};
	return (struct svc_moment){0};
}

uint16_t now_fact(const struct pass *pass)
{
	return pass->values[F_AS_OF].given && !pass->values[F_NOW].given ? F_AS_OF : F_NOW;
}

svc_time moment_first(const struct pass *pass, struct svc_moment moment)
{
	return moment.kind == SVC_MOMENT_DATE ? svc_zone_time(pass->policy->zone, (svc_date)moment.at, 0) : moment.at;
}

svc_time moment_last(const struct pass *pass, struct svc_moment moment)
{
	return moment.kind == SVC_MOMENT_DATE ? svc_zone_time(pass->policy->zone, (svc_date)moment.at + 1, 0) - 1
					      : moment.at;
}

svc_date moment_day(const struct pass *pass, struct svc_moment moment)
{
	return moment.kind == SVC_MOMENT_DATE ? (svc_date)moment.at : svc_zone_date(pass->policy->zone, moment.at);
}

bool moment_parse(const struct pass *pass, const char *text, struct svc_moment *out)
{
	svc_date day;
	svc_time time;

	if (svc_date_parse(text, &day)) {
		*out = (struct svc_moment){day, SVC_MOMENT_DATE};
		return true;
	}
	if (!svc_time_parse(text, pass->policy->zone, &time))
		return false;
	*out = (struct svc_moment){time, SVC_MOMENT_TIME};
	return true;
}

svc_date month_end(svc_date day)
{
	int year, month, in_month;
	svc_date next;

	svc_date_split(day, &year, &month, &in_month);
	next = svc_date_add_months(svc_date_of(year, month, 1), 1);
	return next == SVC_DATE_NONE ? svc_date_of(9999, 12, 31) : next - 1;
}

/* ---- spans ---- */

int64_t unit_seconds(enum duration_unit unit)
{
	switch (unit) {
	case UNIT_MINUTE:
	case UNIT_WORKING_MINUTE:
		return MINUTE;
	case UNIT_HOUR:
	case UNIT_WORKING_HOUR:
		return HOUR;
	case UNIT_WEEK:
		return 7 * DAY;
	case UNIT_MONTH: /* only a setting can bring one where seconds are wanted */
		return 30 * DAY;
	case UNIT_YEAR:
		return 365 * DAY;
	default:
		return DAY;
	}
}

static struct measure measured(struct duration duration)
{
	int64_t seconds = duration.count * unit_seconds((enum duration_unit)duration.unit);

	switch (duration.unit) {
	case UNIT_HOUR:
	case UNIT_MINUTE:
		return (struct measure){.count = seconds, .exact = true};
	case UNIT_WORKING_HOUR:
	case UNIT_WORKING_MINUTE:
		return (struct measure){.count = seconds, .exact = true, .working = true};
	default:
		return (struct measure){.count = duration.count, .unit = (enum duration_unit)duration.unit};
	}
}

bool duration_seconds(struct duration duration, int64_t *out)
{
	if (duration.unit == UNIT_MONTH || duration.unit == UNIT_YEAR || duration.unit == UNIT_LIFETIME)
		return false;
	*out = duration.count * unit_seconds((enum duration_unit)duration.unit);
	return true;
}

int64_t seconds_counted(int64_t number, enum duration_unit unit)
{
	int64_t whole = number / SVC_NUMBER_ONE, rest = number % SVC_NUMBER_ONE;

	return clamped(whole * unit_seconds(unit)) + rest * unit_seconds(unit) / SVC_NUMBER_ONE;
}

/* A number that counts minutes, hours or days; parts of a day are counted to the second. */
static struct measure counted(int64_t number, enum duration_unit unit)
{
	if (number % SVC_NUMBER_ONE == 0 && unit_seconds(unit) >= DAY)
		return (struct measure){.count = number / SVC_NUMBER_ONE, .unit = unit};
	return (struct measure){.count = seconds_counted(number, unit), .exact = true};
}

static bool span_measure(struct pass *pass, const struct span *span, const struct rule *asking, struct measure *out);

/* Inside a composite everything is seconds; a day has 24 hours. */
static bool span_seconds(struct pass *pass, pack_ref span, const struct rule *asking, int64_t *out)
{
	struct measure measure;

	if (!span_measure(pass, pack_at(pass->head, span), asking, &measure))
		return false;
	if (measure.exact)
		*out = measure.count;
	else
		*out = measure.unit == UNIT_LIFETIME ? FOREVER : clamped(measure.count * unit_seconds(measure.unit));
	return true;
}

/* The operands of a composite span, as lengths of time, and what it comes to. */
static void tell_span(struct pass *pass, const struct span *span, const struct rule *asking, int64_t total)
{
	static const char *const names[] = {
		[SPAN_PCT] = "share", [SPAN_SUM] = "plus", [SPAN_LEAST] = "least", [SPAN_MOST] = "most"};
	const pack_ref *kid = pack_at(pass->head, span->kids.at);
	struct svc_step_sum sum = {.how = names[span->op], .result = length_text(pass, total)};
	char rate[32];

	sum.of = arena_alloc(pass->memory, (span->kids.count + 1) * sizeof *sum.of);
	svc_number_format(span->number, rate);
	if (span->op == SPAN_PCT)
		sum.of[sum.of_count++] = (struct svc_step_fact){NULL, arena_printf(pass->memory, "%s %%", rate)};
	for (uint32_t i = 0; i < span->kids.count; i++) {
		const struct span *one = pack_at(pass->head, kid[i]);
		bool named = one->op == SPAN_FACT || one->op == SPAN_SETTING;
		int64_t seconds = 0;

		span_seconds(pass, kid[i], NULL, &seconds);
		sum.of[sum.of_count++] = (struct svc_step_fact){
			named ? pack_text(pass->head, fact_of(pass->head, one->fact)->name) : NULL,
			length_text(pass, seconds)};
	}
	trace_sum(pass, asking, sum);
}

static bool span_composite(struct pass *pass, const struct span *span, const struct rule *asking, int64_t *out)
{
	const pack_ref *kid = pack_at(pass->head, span->kids.at);
	int64_t total = 0, one;

	for (uint32_t i = 0; i < span->kids.count; i++) {
		if (!span_seconds(pass, kid[i], asking, &one))
			return false;
		if (span->op == SPAN_PCT)
			total = (int64_t)((__int128)one * span->number / PER_CENT);
		else if (span->op == SPAN_SUM)
			total += one;
		else if (!i || (span->op == SPAN_LEAST ? one < total : one > total))
			total = one;
	}
	*out = clamped(total);
	if (pass->trace && asking)
		tell_span(pass, span, asking, *out);
	return true;
}

static bool span_measure(struct pass *pass, const struct span *span, const struct rule *asking, struct measure *out)
{
	const struct fact_value *value;

	switch (span->op) {
	case SPAN_FIXED:
		*out = measured(span->duration);
		return true;
	case SPAN_SETTING:
	case SPAN_FACT:
		value = value_of(pass, span->fact);
		if (!value->known)
			return stopped(pass) || pass->peek ? false : block(pass, span->fact, asking);
		*out = span->op == SPAN_SETTING ? measured(value->duration)
						: counted(value->number, (enum duration_unit)span->unit);
		return true;
	default:
		*out = (struct measure){.exact = true};
		return span_composite(pass, span, asking, &out->count);
	}
}

bool span_fixed(struct pass *pass, pack_ref span, const struct rule *asking, struct duration *out)
{
	const struct span *which = pack_at(pass->head, span);
	const struct fact_value *value = which->op == SPAN_FIXED ? NULL : value_of(pass, which->fact);

	if (which->op > SPAN_FACT || (which->op == SPAN_FACT && value->known && value->number % SVC_NUMBER_ONE))
		return false;
	if (value && !value->known)
		return stopped(pass) || pass->peek ? false : block(pass, which->fact, asking);
	if (which->op == SPAN_FACT)
		*out = (struct duration){.count = (int32_t)(value->number / SVC_NUMBER_ONE), .unit = which->unit};
	else
		*out = value ? value->duration : which->duration;
	return true;
}

/* ---- counting ---- */

/* SVC_DATE_LIFETIME: no calendar has such a day. */
static bool day_after(struct pass *pass, svc_date from, struct measure by, const struct rule *asking, svc_date *out)
{
	int64_t most = svc_date_of(9999, 12, 31) - svc_date_of(1900, 1, 1), reached;

	*out = SVC_DATE_LIFETIME;
	if (by.unit == UNIT_LIFETIME || by.count > most || by.count < -most)
		return true;
	switch (by.unit) {
	case UNIT_WORKING_DAY:
		return working_days_after(pass, from, by.count, asking, out);
	case UNIT_MONTH:
	case UNIT_YEAR:
		*out = svc_date_add_months(from, (int)by.count * (by.unit == UNIT_YEAR ? 12 : 1));
		break;
	default:
		reached = from + by.count * (by.unit == UNIT_WEEK ? 7 : 1);
		if (reached >= svc_date_of(1900, 1, 1) && reached <= svc_date_of(9999, 12, 31))
			*out = (svc_date)reached;
	}
	if (*out == SVC_DATE_NONE)
		*out = SVC_DATE_LIFETIME;
	return true;
}

static enum instant_state time_after(struct pass *pass, struct svc_moment from, struct measure by,
				     const struct rule *asking, struct svc_moment *out)
{
	svc_time time;

	if (from.kind == SVC_MOMENT_DATE && !by.working) { /* they run out inside the day they reach */
		int64_t days = by.count / DAY - (by.count % DAY < 0);

		*out = (struct svc_moment){from.at + days, SVC_MOMENT_DATE};
	} else if (by.working) {
		if (!working_seconds_after(pass, moment_first(pass, from), by.count, asking, &time))
			return INSTANT_BLOCKED;
		*out = (struct svc_moment){time, SVC_MOMENT_TIME};
	} else {
		*out = (struct svc_moment){from.at + by.count, SVC_MOMENT_TIME};
	}
	if (out->kind == SVC_MOMENT_DATE)
		return out->at < svc_date_of(1900, 1, 1) || out->at > svc_date_of(9999, 12, 31) ? INSTANT_NEVER
												: INSTANT_KNOWN;
	return out->at < svc_date_of(1900, 1, 1) * (int64_t)DAY || out->at > svc_date_of(9999, 12, 31) * (int64_t)DAY
		       ? INSTANT_NEVER
		       : INSTANT_KNOWN;
}

/* `opening`: of a day counted from a time the first second is meant, not the last. So it is where a stretch begins, and of
   every day counted back: what must be done a day ahead is done before that day. */
static enum instant_state counted_from(struct pass *pass, struct svc_moment from, struct measure by, bool opening,
				       const struct rule *asking, struct svc_moment *out)
{
	struct svc_moment whole = {.kind = SVC_MOMENT_DATE};
	svc_date day;

	if (by.exact)
		return time_after(pass, from, by, asking, out);
	if (!day_after(pass, moment_day(pass, from), by, asking, &day))
		return INSTANT_BLOCKED;
	if (day == SVC_DATE_LIFETIME)
		return INSTANT_NEVER;
	whole.at = day;
	if (from.kind == SVC_MOMENT_DATE)
		*out = whole;
	else
		*out = (struct svc_moment){opening ? moment_first(pass, whole) : moment_last(pass, whole),
					   SVC_MOMENT_TIME};
	return INSTANT_KNOWN;
}

/* A length as the pack would write it. */
static struct duration spelled(struct measure by)
{
	int64_t count = by.count < 0 ? -by.count : by.count;
	bool hours = count % HOUR == 0;

	if (!by.exact)
		return (struct duration){.count = (int32_t)count, .unit = (uint8_t)by.unit};
	return (struct duration){.count = (int32_t)(count / (hours ? HOUR : MINUTE)),
				 .unit = by.working ? (hours ? UNIT_WORKING_HOUR : UNIT_WORKING_MINUTE)
						    : (hours ? UNIT_HOUR : UNIT_MINUTE)};
}

uint16_t instant_fact(struct pass *pass, pack_ref which)
{
	const struct instant *instant = pack_at(pass->head, which);
	const uint16_t *fact = pack_at(pass->head, instant->facts.at);

	for (uint32_t i = 0; instant->op == INSTANT_FACTS && i < instant->facts.count; i++)
		if (value_of(pass, fact[i])->known)
			return fact[i];
	return 0;
}

/* The same as counted_from, written down. `base`: what it is counted from; 0: nothing that a rule says. */
static enum instant_state counted_aloud(struct pass *pass, struct svc_moment from, struct measure by, pack_ref base,
					bool opening, const struct rule *asking, struct svc_moment *out)
{
	enum instant_state state = counted_from(pass, from, by, opening, asking, out);
	const char *how = by.count < 0 ? "before" : "after";

	if (pass->trace && state == INSTANT_KNOWN)
		trace_count(pass, asking,
			    (struct reckoning){how, base ? instant_fact(pass, base) : 0, from, *out, spelled(by)});
	return state;
}

static bool times(struct measure *measure, int64_t count)
{
	return !__builtin_mul_overflow(measure->count, count, &measure->count) &&
	       clamped(measure->count) == measure->count;
}

enum instant_state moment_after(struct pass *pass, struct svc_moment from, pack_ref span, int64_t count,
				const struct rule *asking, struct svc_moment *out)
{
	struct measure by;

	if (!span_measure(pass, pack_at(pass->head, span), asking, &by))
		return INSTANT_BLOCKED;
	if (!times(&by, count))
		return INSTANT_NEVER;
	return counted_aloud(pass, from, by, 0, false, asking, out);
}

/* ---- instants ---- */

static enum instant_state evaluate(struct pass *pass, const struct instant *instant, bool opening,
				   const struct rule *asking, struct svc_moment *out);

/* The first of some facts that is known. */
static enum instant_state first_known(struct pass *pass, struct pack_list facts, const struct rule *asking,
				      struct svc_moment *out)
{
	const uint16_t *fact = pack_at(pass->head, facts.at);
	uint16_t lacking = 0;

	for (uint32_t i = 0; i < facts.count; i++) {
		*out = moment_of_fact(pass, fact[i]);
		if (out->kind != SVC_MOMENT_NONE) {
			if (pass->trace)
				trace_anchor(pass, fact[i], *out);
			return INSTANT_KNOWN;
		}
		if (stopped(pass))
			return INSTANT_BLOCKED;
		if (!lacking && fact_of(pass->head, fact[i])->absent != ABSENT_NEVER)
			lacking = fact[i];
	}
	if (!lacking)
		return INSTANT_NEVER;
	if (!pass->peek) {
		block(pass, lacking, asking);
		pass->anchors = facts;
		pass->beside = 0;
	}
	return INSTANT_BLOCKED;
}

/* Who is asked for the date is told in one go that the span is open, too. */
static void note_setting(struct pass *pass, const struct span *span)
{
	if (pass->anchors.count && span->op == SPAN_SETTING && !value_of(pass, span->fact)->known)
		pass->beside = span->fact;
}

static enum instant_state shifted(struct pass *pass, const struct instant *instant, bool opening,
				  const struct rule *asking, struct svc_moment *out)
{
	const pack_ref *base = pack_at(pass->head, instant->kids.at);
	struct svc_moment from;
	struct measure by;
	enum instant_state state = evaluate(pass, pack_at(pass->head, *base), false, asking, &from);

	if (state == INSTANT_BLOCKED)
		note_setting(pass, pack_at(pass->head, instant->span));
	if (state != INSTANT_KNOWN)
		return state;
	if (!span_measure(pass, pack_at(pass->head, instant->span), asking, &by))
		return INSTANT_BLOCKED;
	if (instant->op == INSTANT_AFTER)
		return counted_aloud(pass, from, by, *base, opening, asking, out);
	by.count = -by.count;
	return counted_aloud(pass, from, by, *base, true, asking, out);
}

/* The latest or the earliest; what is known not to happen is left out. */
static enum instant_state outermost(struct pass *pass, const struct instant *instant, bool opening,
				    const struct rule *asking, struct svc_moment *out)
{
	const pack_ref *kid = pack_at(pass->head, instant->kids.at);
	enum instant_state result = INSTANT_NEVER, state;
	struct svc_moment one;

	for (uint32_t i = 0; i < instant->kids.count; i++) {
		state = evaluate(pass, pack_at(pass->head, kid[i]), opening, asking, &one);
		if (state == INSTANT_BLOCKED)
			return state;
		if (state == INSTANT_NEVER)
			continue;
		if (result == INSTANT_NEVER ||
		    (instant->op == INSTANT_MOST ? moment_last(pass, one) > moment_last(pass, *out)
						 : moment_last(pass, one) < moment_last(pass, *out)))
			*out = one;
		result = INSTANT_KNOWN;
	}
	return result;
}

static enum instant_state evaluate(struct pass *pass, const struct instant *instant, bool opening,
				   const struct rule *asking, struct svc_moment *out)
{
	switch (instant->op) {
	case INSTANT_FACTS:
		return first_known(pass, instant->facts, asking, out);
	case INSTANT_AFTER:
	case INSTANT_BEFORE:
		return shifted(pass, instant, opening, asking, out);
	default:
		return outermost(pass, instant, opening, asking, out);
	}
}

enum instant_state instant_of(struct pass *pass, pack_ref instant, const struct rule *asking, struct svc_moment *out)
{
	return evaluate(pass, pack_at(pass->head, instant), false, asking, out);
}

/* A last day off work moves to the next working day. */
static enum instant_state rolled(struct pass *pass, const struct rule *asking, struct svc_moment *out)
{
	svc_date day = moment_day(pass, *out), next = day;
	struct svc_moment before = *out;

	if (!roll(pass, asking, &next))
		return INSTANT_BLOCKED;
	if (next == SVC_DATE_LIFETIME)
		return INSTANT_NEVER;
	if (out->kind == SVC_MOMENT_DATE)
		out->at = next;
	else if (next != day)
		out->at = moment_last(pass, (struct svc_moment){next, SVC_MOMENT_DATE});
	if (pass->trace && next != day)
		trace_count(pass, asking, (struct reckoning){.how = "rolled", .from = before, .to = *out});
	return INSTANT_KNOWN;
}

/* Where a stretch of time begins, a day counts from its first second. */
static bool is_opening(enum saying saying)
{
	return saying == SAY_ARRIVE_FROM || saying == SAY_REMIND_FROM || saying == SAY_PROGRESS_FROM;
}

enum instant_state moment_said(struct pass *pass, const struct entry *entry, enum saying saying, struct svc_moment *out)
{
	const struct said *said = said_of(pass, entry, saying);
	enum instant_state state;

	if (!said)
		return INSTANT_NEVER;
	state = evaluate(pass, pack_at(pass->head, said->at.at), is_opening(saying), &entry->rule, out);
	if (state == INSTANT_KNOWN && entry->rolls)
		state = rolled(pass, &entry->rule, out);
	if (state != INSTANT_KNOWN)
		*out = (struct svc_moment){0};
	return state;
}
