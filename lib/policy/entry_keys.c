/* What an entry may say: one table of keys, by the kind of value and the lists that may have it. */
#include "draft_entry.h"
#include "draft_rule.h"

#include "base/utf8.h"

static void say_ref(struct draft_entry *draft, enum saying saying, pack_ref ref)
{
	say(draft, saying)->at = (struct pack_list){ref, 1};
}

/* ---- what every rule has ---- */

READER(read_clause)
{
	(void)key;
	if (key)
		return; /* read before everything else */
	draft->entry.rule.clause = build_text(&load->build, clause_of(load, value));
}

/* `component` and `product` may have narrowed it already. */
READER(read_when)
{
	(void)key;
	draft->entry.rule.when = load_both(load, draft->entry.rule.when, load_condition(load, value));
}

READER(read_narrowing)
{
	draft->entry.rule.when = load_narrowed(load, draft->entry.rule.when, (uint16_t)key->about, value);
}

READER(read_also)
{
	(void)key;
	load_also(load, value, &draft->also);
}

READER(read_verdict)
{
	static const struct word_row conduct[] = {{"refer", SVC_REFER}, {"good", SVC_GOOD}, {0}};
	static const struct word_row survey[] = {
		{"satisfied", SVC_SATISFIED}, {"unsatisfied", SVC_UNSATISFIED}, {"refer", SVC_REFER}, {0}};
	static const struct word_row complaints[] = {
		{"escalate", SVC_ESCALATE}, {"closed", SVC_CLOSED}, {"refer", SVC_REFER}, {0}};
	static const struct word_row deadlines[] = {{"refer", SVC_REFER}, {"done", SVC_DONE}, {0}};
	static const struct word_row others[] = {{"refer", SVC_REFER}, {0}};

	(void)key;
	draft->entry.rule.verdict = word_value(load, value,
					       draft->list == ENTRIES_CONDUCT      ? conduct
					       : draft->list == ENTRIES_OUTCOMES   ? survey
					       : draft->list == ENTRIES_COMPLAINTS ? complaints
					       : draft->list == ENTRIES_DEADLINES  ? deadlines
										   : others);
}

/* ---- what it is about ---- */

static struct pack_list words_of(struct loader *load, const struct node *value, uint16_t fact)
{
	const struct node *const *items;
	size_t count = entry_items(&value, &items);
	struct growing words = {0};
	struct pack_list list;

	if (!count)
		fault(load, value, "%s", _("an empty list matches nothing"));
	for (size_t i = 0; i < count; i++) {
		int word = word_named(load, fact, items[i]);

		if (word >= 0)
			*(uint16_t *)growing_add(&words, sizeof(uint16_t)) = (uint16_t)word;
	}
	mention(load, fact);
	list = build_list(&load->build, words.items, words.count, sizeof(uint16_t));
	growing_release(&words);
	return list;
}

READER(read_groups)
{
	bool one = draft->list == ENTRIES_MAINTENANCE || draft->list == ENTRIES_READINGS; /* a row bears its task */

	if (one && !text_of(load, value))
		return;
	draft->entry.groups = words_of(load, value, (uint16_t)key->about);
}

READER(read_from)
{
	draft->entry.from = words_of(load, value, (uint16_t)key->about);
}

/* The next stage, a word of a fact. */
READER(read_to)
{
	if (word_named(load, (uint16_t)key->about, value) >= 0)
		draft->entry.id = build_text(&load->build, value->text);
}

/* A name that people are shown the title of. */
READER(read_name)
{
	(void)key;
	draft->entry.id = word_listed(load, value);
}

/* The id of a step, a field, a question, a level: it has its text beside it. */
READER(read_id)
{
	const char *text = text_of(load, value);

	(void)key;
	if (text && !text_is_word(text))
		fault(load, value, _("\"%s\" is no id"), text);
	draft->entry.id = build_text(&load->build, text);
}

READER(read_blocks)
{
	(void)key;
	draft->entry.blocks = flag_of(load, value);
}

READER(read_rework)
{
	(void)key;
	draft->entry.rework = flag_of(load, value);
}

READER(read_rolls)
{
	(void)key;
	draft->entry.rolls = flag_of(load, value) && need_calendar(load, value);
}

/* ---- moments, spans, figures, amounts, conditions ---- */

READER(read_instant)
{
	say_ref(draft, key->saying, load_instant(load, value));
}

/* A span that is counted from a fact, or an instant. */
READER(read_limit)
{
	pack_ref span;

	if (is_instant(load, value)) {
		read_instant(load, value, draft, key);
		return;
	}
	span = load_span(load, value, false);
	if (span)
		say_ref(draft, key->saying,
			instant_beside(load, INSTANT_AFTER, instant_of_fact(load, (uint16_t)key->about), span));
}

READER(read_span)
{
	bool task = draft->list == ENTRIES_MAINTENANCE, interval = key->saying == SAY_EVERY || key->saying == SAY_ONCE;

	if (task && interval && value->kind == NODE_MAP && !is_setting(value))
		text_of(load, value); /* people are shown it as one length */
	else
		say_ref(draft, key->saying, load_span(load, value, task && key->saying == SAY_EVERY));
}

static void figure(struct loader *load, const struct node *value, struct draft_entry *draft, enum saying saying,
		   unsigned types)
{
	struct said *said = say(draft, saying);
	const char *text;

	if (value->kind == NODE_MAP) {
		said->setting = setting_of(load, value, types);
		if (said->setting)
			mention(load, said->setting);
		return;
	}
	text = text_of(load, value);
	if (text && !svc_number_parse(text, &said->number))
		fault(load, value, _("\"%s\" is not a number"), text);
}

READER(read_figure)
{
	figure(load, value, draft, key->saying, key->about);
}

static const struct said *last_said(const struct draft_entry *draft)
{
	return (const struct said *)draft->said.items + draft->said.count - 1;
}

/* 20, or a range [250, 300]: due from the first on, overdue past the second. */
READER(read_hours)
{
	bool range = value->kind == NODE_LIST;

	(void)key;
	if (range && value->count != 2) {
		error_hint(fault(load, value, "%s", _("a range takes two bounds")), "%s", _("write [250, 300]"));
		return;
	}
	figure(load, range ? value->items[0] : value, draft, SAY_HOURS_FROM, TYPE(FACT_NUMBER));
	if (range) {
		figure(load, value->items[1], draft, SAY_HOURS_TO, TYPE(FACT_NUMBER));
	} else {
		struct said from = *last_said(draft);

		from.saying = SAY_HOURS_TO;
		*say(draft, SAY_HOURS_TO) = from;
	}
}

READER(read_flag)
{
	struct said *said = say(draft, key->saying);

	if (value->kind == NODE_MAP) {
		said->setting = setting_of(load, value, TYPE(FACT_BOOL));
		if (said->setting)
			mention(load, said->setting);
	} else {
		said->number = flag_of(load, value);
	}
}

READER(read_amount)
{
	say_ref(draft, key->saying, load_amount_of(load, value, key->about));
}

/* [a, b]: a as a share of b. */
READER(read_share)
{
	if (value->kind != NODE_LIST || value->count != 2) {
		error_hint(fault(load, value, "%s", _("a share is one amount of another")), "%s",
			   _("write [on_time, services]"));
		return;
	}
	say_ref(draft, SAY_AMOUNT, load_amount_of(load, value->items[0], key->about));
	say_ref(draft, SAY_OF_AMOUNT, load_amount_of(load, value->items[1], key->about));
}

/* {at_most: 5}, or {target: 137, tolerance: 7}. */
READER(read_pass)
{
	const struct node *target = node_get(value, "target"), *tolerance = node_get(value, "tolerance");

	if (!target && !tolerance) {
		if (value->kind == NODE_MAP)
			say_ref(draft, key->saying, load_comparison(load, F_READING, value));
		else
			fault(load, value, "%s", _("a map of keys and values is wanted here"));
		return;
	}
	if (!target || !tolerance || value->count != 2) {
		error_hint(fault(load, value, "%s", _("target and tolerance go together")), "%s",
			   _("write {target: 137, tolerance: 7}"));
		return;
	}
	figure(load, target, draft, SAY_READING_TARGET, TYPE(FACT_NUMBER));
	figure(load, tolerance, draft, SAY_READING_TOLERANCE, TYPE(FACT_NUMBER));
}

READER(read_required)
{
	pack_ref condition = 0;

	if (value->kind == NODE_MAP)
		condition = load_condition(load, value);
	else if (flag_of(load, value))
		return;
	say_ref(draft, key->saying, condition);
}

/* ---- what is inside ---- */

READER(read_guards)
{
	(void)key;
	if (value->kind != NODE_LIST) {
		error_hint(fault(load, value, "%s", _("a list of guards is wanted here")), "%s",
			   _("write [{fact: approved}, {needs: {...}, clause: ...}]"));
		return;
	}
	for (size_t i = 0; i < value->count; i++)
		load_guard(load, value->items[i], draft);
}

READER(read_needs)
{
	struct requirement *guard;
	pack_ref needs = load_condition(load, value);

	(void)key;
	guard = growing_add(&draft->guards, sizeof *guard);
	guard->needs = needs;
}

READER(read_steps)
{
	(void)key;
	load_inner(load, ENTRIES_STEPS, value, draft);
}

READER(read_fields)
{
	(void)key;
	load_inner(load, ENTRIES_FIELDS, value, draft);
}

#define L(list) AMONG(ENTRIES_##list)
#define ALL_LISTS (AMONG(ENTRIES_COUNT) - 1)
#define LIMITS L(SLA)
#define FIGURES (TYPE(FACT_NUMBER))
#define COUNTED (TYPE(FACT_NUMBER) | TYPE(FACT_MONEY))
#define ANY_TYPE 0

const struct entry_key entry_keys[] = {
	{"clause", ALL_LISTS, read_clause, 0, 0},
	{"when", ALL_LISTS, read_when, 0, 0},
	{"also", ALL_LISTS, read_also, 0, 0},
	{"verdict", ALL_LISTS & ~(L(STEPS) | L(FIELDS) | L(LEVELS) | L(ORDER) | L(QUESTIONS)), read_verdict, 0, 0},
	{"task", L(DEADLINES) | L(MAINTENANCE) | L(READINGS), read_groups, 0, F_TASK},
	{"event", L(FLOW) | L(NEVER) | L(OVERRIDES) | L(NOTICES) | L(EXHAUSTED), read_groups, 0, F_EVENT},
	{"stage", L(CHECKLISTS) | L(COMPLAINTS) | L(ENDS), read_groups, 0, F_STAGE},
	{"form", L(FORMS), read_groups, 0, F_FORM},
	{"record", L(RECORDS), read_groups, 0, F_RECORD},
	{"template", L(TEMPLATES), read_groups, 0, F_TEMPLATE},
	{"component", L(CHECKLISTS) | L(STEPS), read_narrowing, 0, F_COMPONENT},
	{"product", L(CHECKLISTS) | L(STEPS), read_narrowing, 0, F_PRODUCT},
	{"from", L(FLOW) | L(START), read_from, 0, F_STAGE},
	{"to", L(FLOW), read_to, 0, F_STAGE},
	{"name", L(FOLLOWUPS) | L(NOTICES) | L(KPI), read_name, 0, 0},
	{"id", L(STEPS) | L(FIELDS) | L(QUESTIONS) | L(LEVELS), read_id, 0, 0},
	{"text", L(STEPS) | L(QUESTIONS), entry_text, 0, 0},
	{"label", L(FIELDS), entry_text, 0, 0},
	{"title", L(LEVELS), entry_text, 0, 0},
	{"text", L(TEMPLATES), entry_body, 0, 0},
	{"subject", L(TEMPLATES), entry_subject, 0, 0},
	{"blocks", L(FIELDS), read_blocks, 0, 0},
	{"rework", L(FLOW), read_rework, 0, 0},
	{"rolls", L(SLA) | L(DEADLINES) | L(CONTRACTS) | L(FOLLOWUPS) | L(PARTS) | L(COMPLAINTS), read_rolls, 0, 0},
	{"respond", LIMITS, read_limit, SAY_RESPOND, F_REPORTED},
	{"arrive", LIMITS, read_limit, SAY_ARRIVE, F_REPORTED},
	{"diagnose", LIMITS, read_limit, SAY_DIAGNOSE, F_REPORTED},
	{"resolve", LIMITS, read_limit, SAY_RESOLVE, F_REPORTED},
	{"report", LIMITS, read_limit, SAY_REPORT, F_REPORTED},
	{"on", L(NOTICES), read_limit, SAY_ON_DAY, F_DATE},
	{"due", L(DEADLINES), read_instant, SAY_DUE, 0},
	{"after", L(FOLLOWUPS) | L(MAINTENANCE) | L(EXHAUSTED) | L(TOTALS), read_instant, SAY_AFTER, 0},
	{"until", L(FOLLOWUPS) | L(MAINTENANCE) | L(TOTALS), read_instant, SAY_UNTIL, 0},
	{"ends", L(CONTRACTS), read_instant, SAY_ENDS, 0},
	{"renew_notice_on", L(CONTRACTS), read_instant, SAY_RENEW_NOTICE_ON, 0},
	{"leave_by", L(DISPATCH), read_instant, SAY_LEAVE_BY, 0},
	{"arrive_from", L(DISPATCH), read_instant, SAY_ARRIVE_FROM, 0},
	{"arrive_to", L(DISPATCH), read_instant, SAY_ARRIVE_TO, 0},
	{"remind_from", L(APPOINTMENTS), read_instant, SAY_REMIND_FROM, 0},
	{"remind_to", L(APPOINTMENTS), read_instant, SAY_REMIND_TO, 0},
	{"cancel_at", L(APPOINTMENTS), read_instant, SAY_CANCEL_AT, 0},
	{"progress_from", L(APPOINTMENTS), read_instant, SAY_PROGRESS_FROM, 0},
	{"progress_to", L(APPOINTMENTS), read_instant, SAY_PROGRESS_TO, 0},
	{"notify_by", L(APPOINTMENTS), read_instant, SAY_NOTIFY_BY, 0},
	{"late_after", L(APPOINTMENTS), read_instant, SAY_LATE_AFTER, 0},
	{"escalate_by", L(COMPLAINTS), read_instant, SAY_ESCALATE_BY, 0},
	{"deadline", L(PARTS), read_instant, SAY_DEADLINE, 0},
	{"on", L(FOLLOWUPS), read_span, SAY_ON, 0},
	{"opens", L(FOLLOWUPS), read_span, SAY_OPENS, 0},
	{"closes", L(FOLLOWUPS), read_span, SAY_CLOSES, 0},
	{"every", L(FOLLOWUPS) | L(MAINTENANCE), read_span, SAY_EVERY, 0},
	{"once", L(MAINTENANCE), read_span, SAY_ONCE, 0},
	{"tolerance", L(MAINTENANCE), read_span, SAY_TOLERANCE, 0},
	{"hours", L(MAINTENANCE), read_hours, 0, 0},
	{"target", L(KPI), read_figure, SAY_TARGET, COUNTED},
	{"counted", L(TOTALS), read_figure, SAY_COUNTED, FIGURES},
	{"rank", L(RANKS), read_figure, SAY_RANK, FIGURES},
	{"running", L(RANKS), read_figure, SAY_RUNNING, FIGURES},
	{"any_at_most", L(OUTCOMES), read_figure, SAY_ANY_AT_MOST, FIGURES},
	{"all_at_least", L(OUTCOMES), read_figure, SAY_ALL_AT_LEAST, FIGURES},
	{"mean_below", L(OUTCOMES), read_figure, SAY_MEAN_BELOW, FIGURES},
	{"value", L(LEVELS), read_figure, SAY_VALUE, FIGURES},
	{"value", L(STEPS), read_figure, SAY_VALUE, COUNTED},
	{"counts", L(CONDUCT) | L(RANKS), read_flag, SAY_COUNTS, 0},
	{"value", L(KPI), read_amount, SAY_AMOUNT, COUNTED},
	{"share", L(KPI), read_share, 0, COUNTED},
	{"fine", L(CONDUCT) | L(RANKS), read_amount, SAY_FINE, TYPE(FACT_MONEY)},
	{"compensation", L(CONDUCT), read_amount, SAY_COMPENSATION, TYPE(FACT_MONEY)},
	{"pass", L(READINGS), read_pass, SAY_PASS, 0},
	{"required", L(FIELDS), read_required, SAY_REQUIRED, 0},
	{"channels", L(FOLLOWUPS), entry_words, SAY_CHANNELS, 0},
	{"then", L(SLA_FALLBACK) | L(DEADLINES) | L(DISPATCH_THEN) | L(EXHAUSTED), entry_words, SAY_THEN, 0},
	{"creates", L(FLOW), entry_words, SAY_CREATES, 0},
	{"to", L(NOTICES), entry_words, SAY_TO, 0},
	{"consequences", L(CONDUCT) | L(TOTALS) | L(RANKS), entry_words, SAY_CONSEQUENCES, 0},
	{"actions", L(OUTCOMES), entry_words, SAY_ACTIONS, 0},
	{"owed", L(COMPLAINTS), entry_words, SAY_OWED, 0},
	{"rule", L(CONDUCT), entry_rules, SAY_RULES, 0},
	{"same", L(ONCE), entry_same, SAY_SAME, 0},
	{"choose", L(DISPATCH_CHOOSE), entry_fixed, SAY_CHOOSE, 0},
	{"replaces", L(MAINTENANCE), entry_fact_words, SAY_REPLACES, F_TASK},
	{"by", L(FLOW) | L(OVERRIDES), entry_words, SAY_BY, 0},
	{"component", L(MAINTENANCE) | L(READINGS), entry_fact_words, SAY_COMPONENT, F_COMPONENT},
	{"missed", L(SLA_FALLBACK), entry_fixed, SAY_MISSED, 0},
	{"priority", L(SLA), entry_words, SAY_PRIORITY, 0},
	{"per", L(TOTALS), entry_fixed, SAY_PER, 0},
	{"keep", L(ONCE), entry_fixed, SAY_KEEP, 0},
	{"better", L(KPI) | L(DEADLINES), entry_fixed, SAY_BETTER, 0},
	{"template", L(NOTICES), entry_fact_words, SAY_TEMPLATE, F_TEMPLATE},
	{"known", L(FLOW), entry_known, SAY_KNOWN, ANY_TYPE},
	{"guards", L(FLOW) | L(PARTS), read_guards, 0, 0},
	{"needs", L(DISPATCH_REQUIRES), read_needs, 0, 0},
	{"steps", L(CHECKLISTS) | L(COMPLAINTS), read_steps, 0, 0},
	{"fields", L(FORMS) | L(RECORDS), read_fields, 0, 0},
	{0},
};
