/* The compiled pack: one block of memory without pointers, so that it can be mapped from the cache as it is.
   Everything refers to everything else by offsets from the block's start; offset 0 is "nothing". */
#ifndef POLICY_PACK_H
#define POLICY_PACK_H

#include "base/file.h"
#include "svc/ask.h"
#include "svc/date.h"
#include "svc/money.h"
#include "svc/policy.h"

#include <stdbool.h>
#include <stdint.h>

#define PACK_MAGIC "svcpack\n"
#define PACK_ENGINE 6 /* raise it whenever the block's form or its meaning changes */

/* Every byte of a block has a name, so that equal packs give equal blocks: padding would keep what the stack held. What is
   unused is 0. The compiler refuses a struct of the block that is padded. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"

typedef uint32_t pack_ref; /* an offset */
struct pack_list {
	pack_ref at;
	uint32_t count;
};

/* What kind of value a fact or setting takes. */
enum fact_type {
	FACT_DATE,
	FACT_TIME,
	FACT_BOOL,
	FACT_NUMBER,
	FACT_MONEY,
	FACT_WORD,
	FACT_SET,
	FACT_TEXT,
	FACT_DURATION,
	FACT_PRICES, /* a map from fee item to money */
	FACT_ITEMS, /* a list of fee items, "id" or "id*quantity" */
	FACT_TREE /* a list or map that one ask reads by its own rules: jobs, violations, readings, ... */
};
/* What "not given" means. */
enum fact_absent { ABSENT_UNKNOWN, ABSENT_DEFAULT, ABSENT_NEVER /* did not happen: known not to be there */ };

struct pack_word {
	pack_ref id, title_en, title_zh;
	pack_ref clause; /* 0: none */
};
/* A row of an index, sorted by text: ids and titles alike. */
struct pack_name {
	pack_ref text;
	uint32_t number; /* of the fact or word */
};
/* Facts and settings are one vector; standard facts stand first, at the places of enum standard_fact. */
struct pack_fact {
	pack_ref name, title_en, title_zh;
	pack_ref clause; /* 0: none */
	uint8_t type, absent; /* enum fact_type, enum fact_absent */
	bool setting, standard, inferred;
	bool internal; /* set by the engine only */
	bool whole; /* a number without fractions */
	bool percent; /* a setting of type percent; one of type rate is a share (0.006 is 0.6 %) */
	pack_ref unit; /* text: "%", "km"; 0: none */
	struct pack_list words; /* struct pack_word, for FACT_WORD, FACT_SET and FACT_ITEMS */
	struct pack_list index; /* struct pack_name of the words */
	pack_ref fallback; /* with ABSENT_DEFAULT: struct pack_value */
	pack_ref counted; /* struct counted: a number of days that is worked out when it is not given; 0: none */
	bool used; /* some rule names it */
	uint8_t unused[3];
	int64_t low, high; /* range of a number; INT64_MIN, INT64_MAX: none */
	/* Values that the pack can tell apart, one of each kind: what a missing fact is tried with (int64_t; for a set: masks;
	   for a word: word numbers, the unlisted one included; for dates: empty). */
	struct pack_list trials;
};

/* The whole days from one moment to another, less a number: {days: {from: delivery, to: claim, less: repair_days}}. */
struct counted {
	pack_ref from, to; /* struct instant */
	uint16_t less; /* a number fact; 0: none */
	uint8_t unused[2];
};

enum duration_unit {
	UNIT_DAY,
	UNIT_MONTH,
	UNIT_YEAR,
	UNIT_HOUR,
	UNIT_MINUTE,
	UNIT_WEEK,
	UNIT_WORKING_DAY,
	UNIT_WORKING_HOUR,
	UNIT_WORKING_MINUTE,
	UNIT_LIFETIME,
	UNIT_TWICE_A_MONTH, /* only of what recurs */
	UNIT_EACH_VISIT
};
struct duration {
	int32_t count;
	uint8_t unit;
	uint8_t unused[3];
};

/* Numbers, money, dates, times, booleans and word numbers are integers; a set is a mask; a duration is packed. */
struct pack_value {
	int64_t number;
	struct duration duration;
	pack_ref text;
	uint32_t unused;
};

/* One condition, a tree. An absent `when` is offset 0: always. */
enum cond_op {
	COND_ALL,
	COND_ANY,
	COND_NOT, /* kids */
	COND_WORD, /* the fact's word is in `words` (a bitmap: word w is bit w % 64 of words[w / 64]) */
	COND_SET_ANY,
	COND_SET_ALL,
	COND_SET_NONE, /* against the mask `low` */
	COND_RANGE, /* low <= fact <= high (numbers, money, dates, times, booleans) */
	COND_KNOWN,
	COND_UNKNOWN, /* what was given */
	COND_WITHIN, /* the fact, a date, is not after `of` + duration and not before `of` */
	COND_EQUAL_TEXT, /* a text fact */
	COND_COVERS /* the fact, a set, holds every word of the set `of` */
};
struct cond {
	uint8_t op;
	int8_t low_open, high_open; /* with a setting: the bound itself is outside */
	uint8_t unit; /* what the fact counts, enum duration_unit, where a bound is a duration */
	uint16_t fact;
	uint16_t low_setting, high_setting; /* settings that give the bound; 0: none (fact 0 is never a setting) */
	uint16_t span_setting; /* a setting that gives the span; 0: none */
	pack_ref text;
	/* What gives the bound: struct amount, for a date or time struct instant; 0: none. */
	pack_ref low_amount, high_amount;
	int64_t low, high;
	struct pack_list kids; /* pack_ref of struct cond */
	struct pack_list words; /* uint64_t */
	struct pack_list of; /* uint16_t fact numbers, the first known counts */
	struct duration span;
};

/* An amount: fact, setting, fixed, pct of, per, sum, least, most. */
enum amount_op { AMOUNT_FIXED, AMOUNT_FACT, AMOUNT_PCT, AMOUNT_PER, AMOUNT_SUM, AMOUNT_LEAST, AMOUNT_MOST };
struct amount {
	uint8_t op;
	bool minus; /* an operand of a sum that is taken off */
	/* AMOUNT_FACT: of money, or a map of prices that is read for the line's item; AMOUNT_PER: the count. */
	uint16_t fact;
	uint16_t rate_setting; /* AMOUNT_PCT: the setting that gives the rate (a share: 0.006 is 0.6 %); 0: `number` */
	uint8_t unused[2];
	int64_t number; /* AMOUNT_FIXED: minor units; AMOUNT_PCT: per cent in millionths */
	struct pack_list kids; /* pack_ref of struct amount; AMOUNT_PCT and AMOUNT_PER have one */
};

/* A field of an answer that a rule may set: unset, a word, or the word that a setting holds. */
struct choice {
	uint16_t value;
	uint16_t setting; /* 0: none */
};

/* A clause that is named together with the rule's own, perhaps only in some cases. */
struct also {
	pack_ref clause, when;
};

/* What every rule begins with. */
struct rule {
	pack_ref clause;
	pack_ref when; /* struct cond or 0 */
	struct pack_list also; /* struct also */
	uint32_t line; /* in the pack's text */
	uint8_t verdict; /* enum svc_verdict; 0: the section's own */
	uint8_t unused[3];
};

/* What an answer about goods can set; used by terms, exclusions, after-rules, return options and freight rules. */
struct effects {
	uint8_t remedy; /* enum svc_remedy */
	uint8_t price_difference; /* enum svc_difference */
	uint8_t unused[2];
	struct choice labor, parts, travel; /* enum svc_basis */
	struct choice freight_in, freight_out; /* enum svc_payer */
	pack_ref service_class; /* text */
};

/* A limit of use that ends a term early: {time: 3 years, km: 60000}. */
struct usage {
	uint16_t fact;
	uint8_t unused[6];
	int64_t limit;
};

/* A window: a term of the warranty, or an option of return and exchange. */
struct term {
	struct rule rule;
	struct effects effects;
	pack_ref from; /* struct instant; 0: nobody knows when it began, only `until` is known */
	pack_ref until; /* struct instant: the last day, in place of a length; 0: `lasts` */
	struct duration lasts;
	struct pack_list usage; /* struct usage */
	uint16_t lasts_setting;
	bool pauses_repair; /* days in repair extend it */
	bool rolls; /* a last day off work moves to the next working day */
	uint32_t unused;
};
/* An exclusion, an after-rule, a freight rule, a note: a condition and what it sets. */
struct effect_rule {
	struct rule rule;
	struct effects effects;
	/* Of a return exclusion: bit 1 << enum svc_remedy for each remedy that is closed; 0: refund and exchange. */
	uint16_t bars;
	uint8_t unused[2];
};
/* Something that must be true, else the answer is the negative one and names what lacks. */
struct requirement {
	struct rule rule; /* `when` limits it to some cases */
	pack_ref needs; /* struct cond */
	uint16_t bars; /* of a return: as above */
	uint8_t unused[2];
};
struct deduction {
	struct rule rule;
	pack_ref item; /* text */
	pack_ref amount; /* struct amount */
	uint16_t bars; /* remedies it applies to; 0: refund */
	uint8_t unused[2];
};
struct fee_rule {
	struct rule rule;
	struct pack_list items; /* uint16_t word numbers of the fact `items` */
	struct pack_list with; /* uint16_t: items that are priced along, without a line of their own */
	uint16_t as; /* the word that the line bears, + 1; 0: the item itself */
	uint8_t payer, basis; /* enum svc_payer, enum svc_basis; basis unset: list, or free for the company */
	uint8_t share; /* 0 none, else enum fee_share */
	uint8_t unused[3];
	pack_ref once; /* struct cond: when it holds, all items of the rule are charged as one line */
	pack_ref amount; /* struct amount, per unit; 0: not stated */
};
enum fee_share { SHARE_NONE, SHARE_LABOR, SHARE_PARTS, SHARE_TRAVEL };

struct warranty_section {
	struct pack_list without; /* struct effect_rule: items that carry no warranty at any age */
	struct pack_list terms; /* struct term */
	struct pack_list exclusions; /* struct effect_rule */
	struct pack_list requires; /* struct requirement */
	struct pack_list after; /* struct effect_rule; the first that matches */
	struct pack_list notes; /* struct effect_rule */
	pack_ref late_report; /* clause: a fault proved inside a term but claimed after it goes to a person */
};
struct returns_section {
	struct pack_list options; /* struct term; remedy says which option it opens */
	struct pack_list exclusions; /* struct effect_rule */
	struct pack_list requires; /* struct requirement */
	struct pack_list deductions; /* struct deduction */
	struct pack_list notes; /* struct effect_rule */
};
struct fees_section {
	struct pack_list rules; /* struct fee_rule */
	struct pack_list notes; /* struct effect_rule */
	bool first; /* order matters */
	uint8_t unused[3];
};
struct freight_section {
	struct pack_list rules; /* struct effect_rule */
	bool first;
	uint8_t unused[3];
};

/* ---- the sections that list, date and permit: one form of rule for all of them ---- */

/* A span of time: fixed, a setting, a number of minutes, hours or days, or built from these. */
enum span_op { SPAN_FIXED, SPAN_SETTING, SPAN_FACT, SPAN_PCT, SPAN_SUM, SPAN_LEAST, SPAN_MOST };
struct span {
	uint8_t op;
	uint8_t unit; /* SPAN_FACT: what the number counts, enum duration_unit */
	uint16_t fact; /* SPAN_SETTING, SPAN_FACT */
	uint32_t unused;
	int64_t number; /* SPAN_PCT: per cent in millionths */
	struct duration duration; /* SPAN_FIXED */
	struct pack_list kids; /* pack_ref of struct span */
};
/* A moment: the first known of some facts, a moment after or before another, the latest or earliest of several. */
enum instant_op { INSTANT_FACTS, INSTANT_AFTER, INSTANT_BEFORE, INSTANT_MOST, INSTANT_LEAST };
struct instant {
	uint8_t op;
	uint8_t unused[3];
	pack_ref span; /* INSTANT_AFTER, INSTANT_BEFORE: struct span */
	struct pack_list facts; /* INSTANT_FACTS: uint16_t */
	struct pack_list kids; /* pack_ref of struct instant; one for AFTER and BEFORE */
};

/* Every list of entries that a pack can have. load_entry.c says under which section and key each stands. */
enum entry_list {
	ENTRIES_SLA,
	ENTRIES_SLA_FALLBACK,
	ENTRIES_DEADLINES,
	ENTRIES_FOLLOWUPS,
	ENTRIES_MAINTENANCE,
	ENTRIES_READINGS,
	ENTRIES_FLOW,
	ENTRIES_ORDER,
	ENTRIES_NEVER,
	ENTRIES_START, /* where a ticket begins and ends, and who may go against a rule: for the desk, no ask reads them */
	ENTRIES_ENDS,
	ENTRIES_OVERRIDES,
	ENTRIES_DISPATCH,
	ENTRIES_DISPATCH_REQUIRES,
	ENTRIES_DISPATCH_THEN,
	ENTRIES_DISPATCH_CHOOSE, /* at most one, without a clause: what it says is SAY_CHOOSE */
	ENTRIES_APPOINTMENTS,
	ENTRIES_NOTICES,
	ENTRIES_EXHAUSTED,
	ENTRIES_CONTRACTS,
	ENTRIES_CONDUCT,
	ENTRIES_EXEMPT,
	ENTRIES_TOTALS,
	ENTRIES_RANKS,
	ENTRIES_ONCE,
	ENTRIES_KPI,
	ENTRIES_CHECKLISTS,
	ENTRIES_FORMS,
	ENTRIES_RECORDS,
	ENTRIES_TEMPLATES,
	ENTRIES_QUESTIONS,
	ENTRIES_LEVELS,
	ENTRIES_OUTCOMES,
	ENTRIES_COMPLAINTS,
	ENTRIES_PARTS,
	ENTRIES_IN_HEAD, /* those before stand in the head; these inside another entry */
	ENTRIES_STEPS = ENTRIES_IN_HEAD,
	ENTRIES_FIELDS,
	ENTRIES_COUNT
};

/* What an entry may say beyond its condition; the kind of value is that of the row in load_entry.c. */
enum saying {
	SAY_RESPOND, /* instants */
	SAY_ARRIVE,
	SAY_DIAGNOSE,
	SAY_RESOLVE,
	SAY_REPORT,
	SAY_DUE,
	SAY_AFTER,
	SAY_UNTIL,
	SAY_ENDS,
	SAY_RENEW_NOTICE_ON,
	SAY_LEAVE_BY,
	SAY_ARRIVE_FROM,
	SAY_ARRIVE_TO,
	SAY_REMIND_FROM,
	SAY_REMIND_TO,
	SAY_CANCEL_AT,
	SAY_PROGRESS_FROM,
	SAY_PROGRESS_TO,
	SAY_NOTIFY_BY,
	SAY_LATE_AFTER,
	SAY_ESCALATE_BY,
	SAY_DEADLINE,
	SAY_ON_DAY, /* of a notice: an instant */
	SAY_ON, /* of a follow-up: spans */
	SAY_OPENS,
	SAY_CLOSES,
	SAY_EVERY,
	SAY_ONCE,
	SAY_TOLERANCE,
	SAY_HOURS_FROM, /* figures */
	SAY_HOURS_TO,
	SAY_TARGET,
	SAY_READING_TARGET,
	SAY_READING_TOLERANCE,
	SAY_COUNTED,
	SAY_RANK,
	SAY_RUNNING,
	SAY_ANY_AT_MOST,
	SAY_ALL_AT_LEAST,
	SAY_MEAN_BELOW,
	SAY_VALUE,
	SAY_COUNTS, /* a yes or no, or a setting */
	SAY_AMOUNT, /* amounts: the value of a measure */
	SAY_OF_AMOUNT, /* what the value is a share of */
	SAY_FINE,
	SAY_COMPENSATION,
	SAY_PASS, /* conditions: of a reading */
	SAY_REQUIRED, /* of a field */
	SAY_CHANNELS, /* texts */
	SAY_THEN,
	SAY_CREATES,
	SAY_TO,
	SAY_CONSEQUENCES,
	SAY_ACTIONS,
	SAY_OWED,
	SAY_RULES,
	SAY_SAME,
	SAY_CHOOSE,
	SAY_REPLACES, /* of a task: those it takes the place of */
	SAY_BY, /* one text each */
	SAY_COMPONENT,
	SAY_MISSED,
	SAY_PRIORITY,
	SAY_PER,
	SAY_KEEP,
	SAY_BETTER,
	SAY_TEMPLATE, /* of a notice */
	SAY_KNOWN, /* facts (uint16_t) that must be known */
	SAY_COUNT
};
struct said {
	uint16_t saying; /* enum saying */
	uint16_t setting; /* of a figure or a yes-or-no: the setting that gives it; 0: `number` */
	/* An instant, span, amount or condition: its reference. Texts: pack_ref each, ids of words. */
	struct pack_list at;
	uint32_t unused;
	int64_t number; /* a figure in millionths; a yes or no */
};
/* One rule of any list of entries. */
struct entry {
	struct rule rule;
	struct pack_list
		groups; /* uint16_t words of the fact that the list is grouped by: stage, task, event, form, ... */
	struct pack_list from; /* uint16_t words of `stage`: of a flow */
	pack_ref id; /* text: the name of a contact, notice, measure, step, field; the next stage of a flow */
	pack_ref text_en,
		text_zh; /* text of a step or question, label of a field, title of a level, body of a template */
	pack_ref subject_en, subject_zh; /* of a template */
	uint8_t blocks, rolls, rework;
	uint8_t unused[1];
	struct pack_list said; /* struct said */
	struct pack_list guards; /* struct requirement */
	struct pack_list entries; /* struct entry: steps, fields */
};

/* Working time. Days are svc_date, sorted. */
struct calendar {
	pack_ref clause;
	uint8_t week; /* bit 0: Monday */
	bool holidays; /* the days below count */
	uint16_t longest_rest; /* days off in a row at most, also in years that are not covered; 0: nobody says */
	struct pack_list hours; /* struct opening, in order */
	struct pack_list years; /* int32_t: those that `off` and `on` cover */
	struct pack_list off, on; /* int32_t */
};
struct opening {
	int32_t from, to; /* seconds of the day */
};

enum pack_section {
	SECTION_WARRANTY,
	SECTION_RETURNS,
	SECTION_FEES,
	SECTION_FREIGHT,
	SECTION_SLA, /* from here on: entries */
	SECTION_FOLLOWUPS,
	SECTION_MAINTENANCE,
	SECTION_WORKFLOW,
	SECTION_DISPATCH,
	SECTION_APPOINTMENTS,
	SECTION_NOTICES,
	SECTION_CONTRACTS,
	SECTION_CONDUCT,
	SECTION_KPI,
	SECTION_CHECKLISTS,
	SECTION_FORMS,
	SECTION_TEMPLATES,
	SECTION_RECORDS,
	SECTION_DEADLINES,
	SECTION_SURVEY,
	SECTION_COMPLAINTS,
	SECTION_PARTS,
	SECTION_COUNT
};

struct pack_clause {
	pack_ref id, text_en, text_zh;
}; /* sorted by id */
struct pack_include {
	pack_ref name, file; /* as the pack writes it; where it was found */
	struct fingerprint print;
};
/* One rule as the pack writes it, for people. */
struct pack_sentence {
	pack_ref section, clause, text, tree; /* text: on one line of the pack; tree: the same as JSON */
	pack_ref file; /* the included text that says it; 0: the pack itself */
	uint32_t line;
};
struct pack_left_out {
	pack_ref id, reason;
};

struct pack_head {
	char magic[8];
	uint32_t engine, size;
	struct fingerprint check; /* of everything after this field */
	struct fingerprint source; /* of the pack's own text */
	struct fingerprint whole; /* of the text and its includes: what a decision keeps */
	pack_ref id, title_en, title_zh, about, currency, zone;
	svc_date effective;
	int32_t currency_digits;
	struct pack_list facts; /* struct pack_fact */
	uint32_t first_setting; /* facts stand before it, settings from here on */
	struct pack_list names; /* struct pack_name: the index of facts and settings */
	struct pack_list sentences; /* struct pack_sentence, in the order of the sections */
	struct pack_list spans; /* struct duration: the lengths of time that the rules name, for `near` */
	struct pack_list clauses, includes, left_out;
	pack_ref sections[SECTION_COUNT]; /* 0: the pack has no such rules; of a section of entries: 1 */
	struct pack_list entries[ENTRIES_IN_HEAD]; /* struct entry */
	struct pack_list words; /* struct pack_word, sorted by id: titles of what lists name */
	pack_ref calendar; /* struct calendar; 0: every day is a working day, no hours */
	uint32_t first; /* a bit per section: its rules have an order */
	uint32_t by_question; /* a bit per ask: the version in force on the day of the question answers it */
};

#pragma GCC diagnostic pop

struct svc_policy {
	const struct pack_head *head; /* the block */
	size_t size;
	bool mapped; /* from the cache, else from malloc */
	struct svc_zone *zone;
	char *file; /* where the text is; NULL for a text in memory */
	char *text; /* a copy, only for a text in memory */
	size_t text_length;
	char hash[33];
};

static inline const void *pack_at(const struct pack_head *head, pack_ref ref)
{
	return ref ? (const char *)head + ref : NULL;
}
static inline const char *pack_text(const struct pack_head *head, pack_ref ref)
{
	return ref ? (const char *)head + ref : "";
}
bool head_answers(const struct pack_head *head, enum svc_ask ask); /* has the section */

#define PACK_ITEM(head, list, type, i) ((const type *)pack_at(head, (list).at) + (i))

#endif
