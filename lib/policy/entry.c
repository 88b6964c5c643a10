/* Entries: which of them apply, what they say, and whether what they guard may go on. */
#include "trace.h"

#include "base/error.h"
#include "svc/text.h"

#include <string.h>

struct pack_list entries_of(const struct pass *pass, enum entry_list list)
{
	return pass->head->entries[list];
}

bool has_order(const struct pass *pass, enum pack_section section)
{
	return pass->head->first >> section & 1;
}

bool in_group(const struct pass *pass, const struct entry *entry, int group)
{
	const uint16_t *words = pack_at(pass->head, entry->groups.at);

	for (uint32_t i = 0; i < entry->groups.count; i++)
		if (words[i] == group)
			return true;
	return group == GROUP_ANY || !entry->groups.count;
}

const struct entry *entry_next(struct pass *pass, struct pack_list list, uint32_t *i, int group)
{
	while (*i < list.count && !stopped(pass)) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, (*i)++);

		if (!in_group(pass, entry, group) || !matches(pass, &entry->rule))
			continue;
		if (pass->trace && group >= 0 && entry->groups.count)
			trace_group(pass, &entry->rule);
		return entry;
	}
	return NULL;
}

void both_match(struct pass *pass, const struct entry *one, const struct entry *other)
{
	pass->fault = error_set(pass->err, SVC_BAD_INPUT, _("rules %s and %s both match, and the section has no order"),
				pack_text(pass->head, one->rule.clause), pack_text(pass->head, other->rule.clause));
}

const struct entry *entry_one(struct pass *pass, enum entry_list list, enum pack_section section, int group)
{
	struct pack_list entries = entries_of(pass, list);
	uint32_t i = 0;
	const struct entry *found = entry_next(pass, entries, &i, group), *other;

	if (!found || has_order(pass, section))
		return found;
	other = entry_next(pass, entries, &i, group);
	if (other)
		both_match(pass, found, other);
	return stopped(pass) ? NULL : found;
}

bool condition_holds(struct pass *pass, pack_ref when, const struct rule *asking)
{
	enum truth result = condition(pass, when);

	if (result == UNKNOWN && !pass->peek)
		pass->asking = asking;
	else
		pass->blocked = 0;
	return result == YES;
}

const struct said *said_of(const struct pass *pass, const struct entry *entry, enum saying saying)
{
	for (uint32_t i = 0; i < entry->said.count; i++) {
		const struct said *said = PACK_ITEM(pass->head, entry->said, struct said, i);

		if (said->saying == saying)
			return said;
	}
	return NULL;
}

const char *said_text(const struct pass *pass, const struct entry *entry, enum saying saying)
{
	const struct said *said = said_of(pass, entry, saying);

	return said && said->at.count ? pack_text(pass->head, *PACK_ITEM(pass->head, said->at, pack_ref, 0)) : NULL;
}

bool figure_of(struct pass *pass, const struct entry *entry, enum saying saying, int64_t *out)
{
	const struct said *said = said_of(pass, entry, saying);

	if (!said)
		return false;
	*out = said->number;
	if (!said->setting)
		return true;
	if (!value_of(pass, said->setting)->known)
		return block(pass, said->setting, &entry->rule);
	*out = value_of(pass, said->setting)->number;
	return true;
}

bool flag_said(struct pass *pass, const struct entry *entry, enum saying saying, bool otherwise)
{
	const struct said *said = said_of(pass, entry, saying);

	if (!said)
		return otherwise;
	if (!said->setting)
		return said->number != 0;
	if (!value_of(pass, said->setting)->known)
		return block(pass, said->setting, &entry->rule);
	return value_of(pass, said->setting)->number != 0;
}

const char *words_text(const struct pass *pass, pack_ref en, pack_ref zh)
{
	pack_ref first = svc_language() == SVC_LANG_ZH ? zh : en, second = svc_language() == SVC_LANG_ZH ? en : zh;

	return pack_text(pass->head, first ? first : second);
}

void add_said(struct pass *pass, const struct entry *entry, enum saying saying, const char ***list, size_t *count)
{
	const struct said *said = said_of(pass, entry, saying);

	for (uint32_t i = 0; said && i < said->at.count; i++)
		add_text(pass, pack_text(pass->head, *PACK_ITEM(pass->head, said->at, pack_ref, i)), list, count);
}

struct svc_row *row_add(struct pass *pass)
{
	struct svc_answer *answer = pass->answer;
	struct svc_row *row;

	answer->rows = list_add(pass->memory, answer->rows, &answer->row_count, sizeof *answer->rows);
	row = &answer->rows[answer->row_count - 1];
	memset(row, 0, sizeof *row);
	row->value = row->target = row->due_hours = SVC_NUMBER_NONE;
	row->amount = SVC_MONEY_NONE;
	return row;
}

bool group_of(struct pass *pass, uint16_t fact, int *group)
{
	const struct fact_value *value = value_of(pass, fact);

	if (!value->known)
		return block(pass, fact, NULL);
	trace_grouped(pass, fact);
	*group = value->number == WORD_UNLISTED ? GROUP_UNLISTED : (int)value->number;
	return true;
}

/* ---- guards ---- */

void miss(struct pass *pass, uint16_t fact, const struct rule *asking)
{
	block(pass, fact, asking);
	name_blocked(pass);
}

/* Names every fact that a condition does not know and that may still turn it. */
static void name_unknown(struct pass *pass, pack_ref when, const struct rule *asking)
{
	const struct cond *cond = pack_at(pass->head, when);
	const pack_ref *kid = pack_at(pass->head, cond->kids.at);

	if (condition(pass, when) != UNKNOWN)
		return;
	if (cond->kids.count)
		pass->blocked = 0;
	for (uint32_t i = 0; i < cond->kids.count; i++)
		name_unknown(pass, kid[i], asking);
	pass->asking = asking;
	if (pass->blocked)
		name_blocked(pass);
}

bool applies(struct pass *pass, const struct rule *rule)
{
	enum truth result = condition(pass, rule->when);

	if (pass->trace)
		trace_rule(pass, rule, result);
	if (result == YES)
		return true;
	if (rule->when && !pass->fault) {
		pass->blocked = 0;
		name_unknown(pass, rule->when, rule);
	}
	return false;
}

/* A condition as far as it is known; nothing is named for it. */
static enum truth peeked(struct pass *pass, pack_ref when)
{
	bool peeking = pass->peek;
	enum truth result;

	pass->peek = true;
	result = condition(pass, when);
	pass->blocked = 0;
	pass->peek = peeking;
	return result;
}

/* Also while what is unknown is passed over: here it is said what fails. */
static void trace_guard(struct pass *pass, const struct requirement *guard, enum truth met)
{
	bool peeking = pass->peek;

	pass->peek = false;
	trace_needs(pass, &guard->rule, guard->needs, met);
	pass->peek = peeking;
}

/* Whether a guard that is known to apply is known to fail. */
static bool fails(struct pass *pass, const struct requirement *guard)
{
	enum truth due = peeked(pass, guard->rule.when), met = peeked(pass, guard->needs);

	if (pass->trace && due == YES)
		trace_guard(pass, guard, met);
	return due == YES && met == NO;
}

bool guard_fails(struct pass *pass, const struct entry *entry)
{
	bool failing = false;

	for (uint32_t i = 0; i < entry->guards.count; i++) {
		const struct requirement *guard = PACK_ITEM(pass->head, entry->guards, struct requirement, i);

		if (!fails(pass, guard))
			continue;
		failing = true;
		cite_rule(pass, &guard->rule);
		lacking(pass, guard->needs);
	}
	return failing;
}

/* What has only to be known, whichever it is. */
static void name_not_known(struct pass *pass, const struct entry *entry)
{
	const struct said *known = said_of(pass, entry, SAY_KNOWN);

	for (uint32_t i = 0; known && i < known->at.count && !stopped(pass); i++) {
		uint16_t fact = *PACK_ITEM(pass->head, known->at, uint16_t, i);

		if (!value_of(pass, fact)->known)
			miss(pass, fact, &entry->rule);
	}
}

/* Names what a guard waits for. One that is met asks nothing more, whether it applies or not. `trying`: what decides whether
   it applies may be tried out. */
static void ask_guard(struct pass *pass, const struct requirement *guard, bool trying)
{
	enum truth due = peeked(pass, guard->rule.when), met = peeked(pass, guard->needs);

	if (due == NO || met == YES)
		return;
	if (met == NO && trying)
		matches(pass, &guard->rule);
	else if (due == YES || applies(pass, &guard->rule) || trying)
		name_unknown(pass, guard->needs, &guard->rule);
}

/* One guard that fails refuses, whatever is unknown beside it. What has only to be known is never tried out: no guard may ask
   for it first. */
bool guards_hold(struct pass *pass, const struct entry *entry)
{
	size_t missing = pass->answer->missing_count;
	bool known;

	if (guard_fails(pass, entry))
		return false;
	name_not_known(pass, entry);
	known = pass->answer->missing_count == missing;
	for (uint32_t i = 0; i < entry->guards.count && !stopped(pass); i++)
		ask_guard(pass, PACK_ITEM(pass->head, entry->guards, struct requirement, i), known);
	return !stopped(pass) && pass->answer->missing_count == missing;
}

/* ---- steps ---- */

/* What a step is done with: a figure of the pack, or of the desk. The step stands without one that is not set. */
static void set_value(struct pass *pass, const struct entry *step, struct svc_row *row)
{
	const struct said *said = said_of(pass, step, SAY_VALUE);
	const struct fact_value *setting = said && said->setting ? value_of(pass, said->setting) : NULL;

	if (!said || (setting && !setting->known))
		return;
	row->value = setting ? setting->number : said->number;
	row->money = setting && fact_of(pass->head, said->setting)->type == FACT_MONEY;
}

void add_steps(struct pass *pass, const struct entry *entry)
{
	for (uint32_t i = 0; i < entry->entries.count && !stopped(pass); i++) {
		const struct entry *step = PACK_ITEM(pass->head, entry->entries, struct entry, i);
		const char *text = words_text(pass, step->text_en, step->text_zh);
		struct svc_row *row;

		if (!applies(pass, &step->rule))
			continue;
		row = row_add(pass);
		row->id = pack_text(pass->head, step->id);
		row->clause = pack_text(pass->head, step->rule.clause);
		row->text = *text ? text : clause_text(pass->head, row->clause);
		set_value(pass, step, row);
		cite_rule(pass, &step->rule);
	}
}
