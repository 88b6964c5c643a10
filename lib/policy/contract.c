/* contract: is it in force, and when its renewal must start. */
#include "limits.h"
#include "trace.h"

#include <stddef.h>
#include <string.h>

/* `due` is no field of this answer: it holds the end until it is known to be a day. */
static const struct limit ends_row[] = {LIMIT(SAY_ENDS, due)};
static const struct limit notice_row[] = {LIMIT(SAY_RENEW_NOTICE_ON, renew_notice_on)};

/* Lets the rules speak of an end that a rule gave as if it were the fact. */
static void give_end(struct pass *pass, svc_date end)
{
	size_t size = pass->head->facts.count * sizeof *pass->values;
	struct fact_value *values = arena_alloc(pass->memory, size);

	memcpy(values, pass->values, size);
	values[F_ENDS].known = true;
	values[F_ENDS].number = end;
	pass->values = values;
}

/* The last day: the one given, else what a rule says. False: not known, or no rule speaks of such a contract. */
static bool find_end(struct pass *pass, struct limits *ends)
{
	struct svc_answer *answer = pass->answer;
	bool given = value_of(pass, F_ENDS)->known;

	ends->count = given ? 0 : ends->count;
	if (!gather_limits(pass, ENTRIES_CONTRACTS, SECTION_CONTRACTS, ends) || answer->missing_count ||
	    !ends->matching_count)
		return false;
	if (given)
		answer->ends = (svc_date)value_of(pass, F_ENDS)->number;
	else if (!ends->setter[0])
		return block(pass, F_ENDS, &ends->matching[0]->rule);
	else
		answer->ends = answer->due.kind ? moment_day(pass, answer->due) : SVC_DATE_LIFETIME;
	answer->due = (struct svc_moment){0};
	if (!given && answer->ends != SVC_DATE_LIFETIME)
		give_end(pass, answer->ends);
	return true;
}

static enum svc_verdict standing(struct pass *pass, svc_date today)
{
	const struct svc_answer *answer = pass->answer;
	const struct fact_value *starts = value_of(pass, F_STARTS);

	if (today > answer->ends)
		return SVC_EXPIRED;
	if (starts->known && today < starts->number)
		return SVC_WAITING;
	if (answer->renew_notice_on.kind && today >= moment_day(pass, answer->renew_notice_on))
		return SVC_EXPIRING;
	return SVC_IN_FORCE;
}

void decide_contract(struct pass *pass)
{
	struct limits ends = {.rows = ends_row, .count = 1}, notice = {.rows = notice_row, .count = 1};
	struct svc_answer *answer = pass->answer;
	struct svc_moment now = moment_now(pass);
	bool known = find_end(pass, &ends);

	if (stopped(pass))
		return;
	if (!known) {
		answer->verdict = answer->missing_count ? SVC_VERDICT_INCOMPLETE : SVC_NOTHING;
		return;
	}
	if (answer->ends != SVC_DATE_LIFETIME && !gather_limits(pass, ENTRIES_CONTRACTS, SECTION_CONTRACTS, &notice))
		return;
	if (now.kind == SVC_MOMENT_NONE) {
		block(pass, F_AS_OF, &ends.matching[0]->rule);
		return;
	}
	answer->verdict = standing(pass, moment_day(pass, now));
	if (pass->trace && notice.setter[0] && answer->verdict != SVC_EXPIRED)
		trace_reached(pass, &notice.setter[0]->rule, now_fact(pass), now, answer->renew_notice_on,
			      moment_day(pass, now) >= moment_day(pass, answer->renew_notice_on));
	if (pass->trace && answer->ends != SVC_DATE_LIFETIME)
		trace_limit(pass, &ends.matching[0]->rule, now_fact(pass), now,
			    (struct svc_moment){answer->ends, SVC_MOMENT_DATE}, answer->verdict == SVC_EXPIRED);
	cite_limits(pass, &ends, answer->verdict == SVC_EXPIRING ? notice.setter[0] : ends.setter[0]);
	if (answer->missing_count)
		answer->verdict = SVC_VERDICT_INCOMPLETE;
}
