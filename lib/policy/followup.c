/* followup: which contacts are owed, and when. */
#include "trace.h"

#include "base/error.h"

#include <stdlib.h>

#define CONTACTS_MAX 400 /* of one rule: more than a year of a daily call */
#define DAY_MINUTES 1440

/* The days that are asked about. Only a contact that recurs needs an end: else it goes on for ever. */
struct horizon {
	svc_date from, to, recurring_to;
};

static struct horizon horizon_of(struct pass *pass)
{
	const struct fact_value *until = value_of(pass, F_UNTIL);
	svc_date from = (svc_date)value_of(pass, F_AS_OF)->number, year = svc_date_add_months(from, 12);

	if (until->known)
		return (struct horizon){from, (svc_date)until->number, (svc_date)until->number};
	return (struct horizon){from, SVC_DATE_LIFETIME, year == SVC_DATE_NONE ? SVC_DATE_LIFETIME : year};
}

static void add_contact(struct pass *pass, const struct entry *entry, struct svc_moment from, struct svc_moment to)
{
	struct svc_row *row = row_add(pass);

	row->id = pack_text(pass->head, entry->id);
	row->clause = pack_text(pass->head, entry->rule.clause);
	row->from = from;
	row->to = to;
	add_said(pass, entry, SAY_CHANNELS, &row->words, &row->word_count);
	cite_rule(pass, &entry->rule);
}

/* The anchor moved by a span that the entry may say; the anchor itself when it does not. */
static bool moved(struct pass *pass, const struct entry *entry, enum saying saying, struct svc_moment anchor,
		  struct svc_moment *out)
{
	const struct said *span = said_of(pass, entry, saying);

	*out = anchor;
	return !span || moment_after(pass, anchor, span->at.at, 1, &entry->rule, out) == INSTANT_KNOWN;
}

/* Owed once, and owed still when its days are over. */
static void single(struct pass *pass, const struct entry *entry, struct svc_moment anchor, const struct horizon *asked)
{
	bool on = said_of(pass, entry, SAY_ON) != NULL;
	struct svc_moment from, to;

	if (tree_holds(value_of(pass, F_DONE)->tree, pack_text(pass->head, entry->id))) {
		if (pass->trace)
			trace_fact(pass, &entry->rule, F_DONE);
		return;
	}
	if (!moved(pass, entry, on ? SAY_ON : SAY_OPENS, anchor, &from) ||
	    !moved(pass, entry, on ? SAY_ON : SAY_CLOSES, anchor, &to))
		return;
	if (!on && !said_of(pass, entry, SAY_CLOSES))
		to = (struct svc_moment){0}; /* open at the end */
	if (pass->trace && asked->to != SVC_DATE_LIFETIME)
		trace_limit(pass, &entry->rule, 0, from, (struct svc_moment){asked->to, SVC_MOMENT_DATE},
			    moment_day(pass, from) > asked->to);
	if (moment_day(pass, from) <= asked->to)
		add_contact(pass, entry, from, to);
}

/* Counted from the last contact, the first one after it was not made, and is owed however late it is. */
static bool counts_from_last(struct pass *pass, struct svc_moment anchor)
{
	const struct fact_value *previous = value_of(pass, F_PREVIOUS);

	return previous->known && anchor.kind == SVC_MOMENT_DATE && previous->number == anchor.at;
}

/* Whether the k-th of a contact that recurs lies before a day. */
static bool before_day(struct pass *pass, struct svc_moment anchor, pack_ref every, int64_t k, svc_date day)
{
	struct svc_moment at;

	return moment_after(pass, anchor, every, k, NULL, &at) == INSTANT_KNOWN && moment_day(pass, at) < day;
}

/* The first, from the k-th on, that does not: an anchor can lie decades back. */
static int64_t first_from(struct pass *pass, struct svc_moment anchor, pack_ref every, int64_t k, svc_date day)
{
	bool peek = pass->peek;
	int64_t high = k;

	pass->peek = true; /* what is looked at beyond the day must not hold the pass up */
	while (before_day(pass, anchor, every, high, day)) {
		k = high + 1;
		high *= 2;
	}
	while (k < high) {
		int64_t middle = k + (high - k) / 2;

		if (before_day(pass, anchor, every, middle, day))
			k = middle + 1;
		else
			high = middle;
	}
	pass->peek = peek;
	return k;
}

static void recurring(struct pass *pass, const struct entry *entry, struct svc_moment anchor,
		      const struct horizon *asked)
{
	pack_ref every = said_of(pass, entry, SAY_EVERY)->at.at;
	struct svc_moment at = anchor, next, end = {0};
	enum instant_state state = moment_said(pass, entry, SAY_UNTIL, &end);
	int listed = 0, still = 0;

	for (int64_t k = 1; state != INSTANT_BLOCKED && listed < CONTACTS_MAX; k++) {
		if (moment_after(pass, anchor, every, k, &entry->rule, &next) != INSTANT_KNOWN || still == DAY_MINUTES)
			return;
		if (next.at <= at.at) { /* a part of a day, or no time at all */
			still++;
			continue;
		}
		at = next;
		still = 0;
		if (moment_day(pass, at) > asked->recurring_to ||
		    (state == INSTANT_KNOWN && moment_day(pass, at) > moment_day(pass, end)))
			return;
		if (moment_day(pass, at) < asked->from && !(k == 1 && counts_from_last(pass, anchor))) {
			k = first_from(pass, anchor, every, k, asked->from) - 1;
			continue;
		}
		add_contact(pass, entry, at, at);
		listed++;
	}
	if (listed == CONTACTS_MAX)
		add_text(pass, _("there are more contacts; ask again from the last day"), &pass->answer->notes,
			 &pass->answer->note_count);
}

static int by_day(const void *a, const void *b, void *context)
{
	const struct svc_row *left = a, *right = b;
	svc_date first = moment_day(context, left->from), second = moment_day(context, right->from);

	return first != second ? (first < second ? -1 : 1)
			       : (left->clause > right->clause) - (left->clause < right->clause);
}

void decide_followup(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_FOLLOWUPS);
	struct horizon asked = horizon_of(pass);
	const struct entry *entry;
	uint32_t i = 0;

	while (i < list.count) {
		struct svc_moment anchor;

		entry = entry_next(pass, list, &i, -1);
		if (entry && moment_said(pass, entry, SAY_AFTER, &anchor) == INSTANT_KNOWN) {
			if (said_of(pass, entry, SAY_EVERY))
				recurring(pass, entry, anchor, &asked);
			else
				single(pass, entry, anchor, &asked);
		}
		if (stopped(pass) && !set_aside(pass))
			return;
	}
	if (pass->answer->row_count)
		qsort_r(pass->answer->rows, pass->answer->row_count, sizeof *pass->answer->rows, by_day, pass);
	pass->answer->verdict = pass->answer->missing_count ? SVC_VERDICT_INCOMPLETE
				: pass->answer->row_count   ? SVC_PLANNED
							    : SVC_NOTHING;
}
