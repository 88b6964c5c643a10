/* notice: which messages are due to whom. */
#include "trace.h"

/* The latest of the days on which messages went out; false: a fault. */
static bool last_sent(struct pass *pass, const struct node *sent, size_t *count)
{
	struct fact_value *last = local_of(pass, F_LAST_SENT);

	*count = sent ? (sent->kind == NODE_SCALAR ? 1 : sent->count) : 0;
	for (size_t i = 0; i < *count; i++) {
		struct svc_moment day;

		if (!tree_moment(pass, sent->kind == NODE_SCALAR ? sent : sent->items[i], "sent", &day))
			return false;
		if (!last->known || moment_day(pass, day) > last->number)
			last->number = moment_day(pass, day);
		last->known = last->given = true;
	}
	return true;
}

static void add_notice(struct pass *pass, const struct entry *entry, struct svc_moment day)
{
	struct svc_row *row = row_add(pass);

	row->id = pack_text(pass->head, entry->id);
	row->clause = pack_text(pass->head, entry->rule.clause);
	row->template_id = said_text(pass, entry, SAY_TEMPLATE);
	row->from = day;
	add_said(pass, entry, SAY_TO, &row->words, &row->word_count);
	cite_rule(pass, &entry->rule);
}

/* The next message counts from this one as it is planned: known, but not said from outside. */
static void plan_after(struct pass *pass, struct svc_moment day)
{
	*local_of(pass, F_LAST_SENT) = (struct fact_value){.known = true, .number = moment_day(pass, day)};
}

/* The messages of the event in their order; the first ones are used up by what was sent. True when one is due. */
static bool list_notices(struct pass *pass, int event, size_t sent)
{
	struct pack_list list = entries_of(pass, ENTRIES_NOTICES);
	svc_date today = (svc_date)value_of(pass, F_AS_OF)->number;
	bool due = false;

	for (uint32_t i = 0; i < list.count && !pass->fault;) {
		const struct entry *entry = entry_next(pass, list, &i, event);
		struct svc_moment day;

		if (entry && moment_said(pass, entry, SAY_ON_DAY, &day) == INSTANT_KNOWN) {
			if (sent) {
				sent--;
			} else {
				add_notice(pass, entry, day);
				plan_after(pass, day);
				if (pass->trace)
					trace_reached(pass, &entry->rule, F_AS_OF,
						      (struct svc_moment){today, SVC_MOMENT_DATE}, day,
						      moment_day(pass, day) <= today);
				due = due || moment_day(pass, day) <= today;
			}
		}
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return due;
}

/* All are used up: what is done once the last one had its time, waiting until then or while there is a reason. */
static enum svc_verdict after_all(struct pass *pass, int event)
{
	struct pack_list list = entries_of(pass, ENTRIES_EXHAUSTED);
	svc_date today = (svc_date)value_of(pass, F_AS_OF)->number;
	const struct entry *held = NULL, *done = NULL;

	for (uint32_t i = 0; i < list.count && !stopped(pass); i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);
		struct svc_moment ready;

		if (!in_group(pass, entry, event) || moment_said(pass, entry, SAY_AFTER, &ready) != INSTANT_KNOWN)
			continue;
		if (moment_day(pass, ready) > today || !matches(pass, &entry->rule)) {
			held = held ? held : entry;
			continue;
		}
		if (done)
			both_match(pass, done, entry);
		done = entry;
		if (has_order(pass, SECTION_NOTICES))
			break;
	}
	if (stopped(pass) || (!done && !held))
		return SVC_NOTHING;
	cite_rule(pass, &(done ? done : held)->rule);
	if (done)
		add_said(pass, done, SAY_THEN, &pass->answer->then, &pass->answer->then_count);
	return done ? SVC_EXHAUSTED : SVC_WAITING;
}

void decide_notice(struct pass *pass)
{
	const struct node *dates = value_of(pass, F_SENT)->tree;
	enum svc_verdict verdict;
	size_t sent;
	bool due;
	int event;

	if (!group_of(pass, F_EVENT, &event) || !last_sent(pass, dates, &sent))
		return;
	due = list_notices(pass, event, sent);
	if (stopped(pass))
		return;
	verdict = due ? SVC_DUE : pass->answer->row_count ? SVC_WAITING : SVC_NOTHING;
	if (!pass->answer->row_count && !pass->answer->missing_count && sent)
		verdict = after_all(pass, event);
	if (!stopped(pass))
		pass->answer->verdict = pass->answer->missing_count ? SVC_VERDICT_INCOMPLETE : verdict;
}
