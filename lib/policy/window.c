/* Windows of time: when a term starts, and when it ends. */
#include "trace.h"

#include "base/error.h"

/* A day that no calendar has any more is as good as never. */
static svc_date days_after(svc_date start, int64_t days)
{
	svc_date last = svc_date_of(9999, 12, 31);

	return days <= (int64_t)last - start ? (svc_date)(start + days) : SVC_DATE_LIFETIME;
}

static svc_date months_after(svc_date start, int64_t months)
{
	svc_date day = months <= 12 * 10000 ? svc_date_add_months(start, (int)months) : SVC_DATE_NONE;

	return day == SVC_DATE_NONE ? SVC_DATE_LIFETIME : day;
}

svc_date date_after(svc_date start, struct duration span)
{
	switch (span.unit) {
	case UNIT_LIFETIME:
		return SVC_DATE_LIFETIME;
	case UNIT_MONTH:
		return months_after(start, span.count);
	case UNIT_YEAR:
		return months_after(start, 12 * (int64_t)span.count);
	case UNIT_WEEK:
		return days_after(start, 7 * (int64_t)span.count);
	case UNIT_HOUR: /* hours and minutes run out inside the day they reach; a term in them is counted in whole days */
		return days_after(start, span.count / 24);
	case UNIT_MINUTE:
		return days_after(start, span.count / 1440);
	default:
		return days_after(start, span.count);
	}
}

svc_date claim_day(const struct pass *pass)
{
	return (svc_date)pass->values[F_CLAIM].number;
}

/* The day a term begins; SVC_DATE_NONE when only its end is known. False: blocked, or it never begins. */
static bool start_of(struct pass *pass, const struct term *term, svc_date *start)
{
	struct svc_moment moment;

	*start = SVC_DATE_NONE;
	if (!term->from)
		return true;
	if (instant_of(pass, term->from, &term->rule, &moment) != INSTANT_KNOWN)
		return false;
	*start = moment_day(pass, moment);
	return true;
}

/* Whether use has run the term out before time has: {time: 3 years, km: 60000}. */
static bool used_up(struct pass *pass, const struct term *term)
{
	for (uint32_t i = 0; i < term->usage.count; i++) {
		const struct usage *usage = PACK_ITEM(pass->head, term->usage, struct usage, i);
		const struct fact_value *value = value_of(pass, usage->fact);

		if (!value->known)
			return block(pass, usage->fact, &term->rule);
		if (pass->trace)
			trace_fact(pass, &term->rule, usage->fact);
		if (value->number > usage->limit)
			return true;
	}
	return false;
}

static bool span_of(struct pass *pass, const struct term *term, struct duration *span)
{
	*span = term->lasts;
	if (!term->lasts_setting)
		return true;
	if (!value_of(pass, term->lasts_setting)->known)
		return block(pass, term->lasts_setting, &term->rule);
	*span = value_of(pass, term->lasts_setting)->duration;
	return true;
}

static struct svc_moment day(svc_date date)
{
	return (struct svc_moment){date, SVC_MOMENT_DATE};
}

/* Always true, so that it can be returned. */
static bool told(struct pass *pass, const struct term *term, struct reckoning reckoning)
{
	if (pass->trace)
		trace_count(pass, &term->rule, reckoning);
	return true;
}

static uint16_t start_fact(struct pass *pass, const struct term *term)
{
	return pass->trace && term->from ? instant_fact(pass, term->from) : 0;
}

static bool counted_end(struct pass *pass, const struct term *term, svc_date start, svc_date *end)
{
	struct duration span;

	if (!span_of(pass, term, &span))
		return false;
	if (span.unit == UNIT_WORKING_DAY)
		return working_days_after(pass, start, span.count, &term->rule, end) &&
		       told(pass, term,
			    (struct reckoning){"after", start_fact(pass, term), day(start), day(*end), span});
	*end = date_after(start, span);
	return told(pass, term, (struct reckoning){"after", start_fact(pass, term), day(start), day(*end), span});
}

static bool stated_end(struct pass *pass, const struct term *term, svc_date *end)
{
	struct svc_moment moment;

	if (instant_of(pass, term->until, &term->rule, &moment) != INSTANT_KNOWN)
		return false;
	*end = moment_day(pass, moment);
	return told(pass, term, (struct reckoning){.how = "stated", .to = day(*end)});
}

static bool extend(struct pass *pass, const struct term *term, svc_date *end)
{
	svc_date before = *end;
	int32_t days;

	if (!value_of(pass, F_REPAIR_DAYS)->known)
		return block(pass, F_REPAIR_DAYS, &term->rule);
	days = (int32_t)(value_of(pass, F_REPAIR_DAYS)->number / SVC_NUMBER_ONE);
	*end = days_after(before, days);
	return !days ||
	       told(pass, term, (struct reckoning){"extended", F_REPAIR_DAYS, day(before), day(*end), {.count = days}});
}

/* Whether it matters where a last day moves: to the claim or, where a late report is looked at, to the fault. */
static bool rest_matters(const struct pass *pass, svc_date end)
{
	const struct warranty_section *warranty = pack_at(pass->head, pass->head->sections[SECTION_WARRANTY]);
	const struct fact_value *occurred = &pass->values[F_OCCURRED];

	return within_rest(pass, end, claim_day(pass)) || (warranty && warranty->late_report && occurred->known &&
							   within_rest(pass, end, (svc_date)occurred->number));
}

static bool roll_on(struct pass *pass, const struct term *term, svc_date *end)
{
	svc_date before = *end;

	if (!rest_matters(pass, before) && unknown_rest(pass, before))
		return true;
	return roll(pass, &term->rule, end) &&
	       (*end == before ||
		told(pass, term, (struct reckoning){.how = "rolled", .from = day(before), .to = day(*end)}));
}

/* The last day, with what extends it. */
static bool end_of(struct pass *pass, const struct term *term, svc_date start, svc_date *end)
{
	if (!(term->until ? stated_end(pass, term, end) : counted_end(pass, term, start, end)))
		return false;
	if (*end == SVC_DATE_LIFETIME)
		return true;
	if (term->pauses_repair && !extend(pass, term, end))
		return false;
	return !term->rolls || roll_on(pass, term, end);
}

bool window_of(struct pass *pass, const struct term *term, struct svc_window *out)
{
	svc_date start, end;
	bool over;

	if (!start_of(pass, term, &start) || !end_of(pass, term, start, &end))
		return false;
	over = used_up(pass, term);
	if (stopped(pass))
		return false;
	*out = (struct svc_window){.clause = pack_text(pass->head, term->rule.clause),
				   .remedy = (enum svc_remedy)term->effects.remedy,
				   .starts = start,
				   .ends = end,
				   .inside = claim_day(pass) >= start && claim_day(pass) <= end && !over};
	if (pass->trace)
		trace_open(pass, &term->rule, out->inside);
	return true;
}

void note_rest(struct pass *pass, const struct term *term, svc_date ends)
{
	struct svc_answer *answer = pass->answer;
	int year = term->rolls && ends != SVC_DATE_LIFETIME ? unknown_rest(pass, ends) : 0;

	if (year)
		add_text(pass,
			 arena_printf(pass->memory, _("the last day may move past days off of %d, which are not known"),
				      year),
			 &answer->notes, &answer->note_count);
}
