/* From the trees of a parsed pack to the block of a compiled one: what the files load_*.c share. */
#ifndef POLICY_LOAD_H
#define POLICY_LOAD_H

#include "build.h"
#include "facts.h"
#include "parse.h"

#include "base/error.h"

#include <stddef.h>

/* The lists of rules that a pack can have. Their order is that of `rule_lists` in load_rule.c. */
enum rule_list {
	LIST_WITHOUT,
	LIST_TERMS,
	LIST_EXCLUSIONS,
	LIST_REQUIRES,
	LIST_AFTER,
	LIST_NOTES,
	LIST_OPTIONS,
	LIST_RETURN_EXCLUSIONS,
	LIST_RETURN_REQUIRES,
	LIST_DEDUCTIONS,
	LIST_RETURN_NOTES,
	LIST_FEES,
	LIST_FEE_NOTES,
	LIST_FREIGHT,
	LIST_COUNT
};

struct threshold { /* a number that some rule compares a fact with */
	uint16_t fact;
	int64_t number;
};

#define SEEN_CHAINS 256

struct loader {
	const struct parsed_pack *parsed;
	size_t source; /* the text that is being read */
	struct faults *faults;
	struct arena memory;
	struct builder build; /* begins with struct pack_head */
	struct svc_zone *zone;
	struct growing facts; /* struct draft_fact, see load_facts.c */
	struct growing conds; /* pack_ref: every condition made */
	struct growing thresholds; /* struct threshold */
	struct growing spans; /* struct duration: every length of time that a rule names */
	struct growing groups; /* load_groups.c's own */
	struct growing mentions; /* uint16_t: facts that a rule uses otherwise than in a condition */
	struct growing seen; /* struct rule_key: for duplicates, chained by clause */
	uint32_t seen_chains[SEEN_CHAINS];
	struct growing sentences; /* struct pack_sentence */
	struct growing clauses, left_out; /* load_head.c's own; struct pack_left_out */
	struct growing lists[LIST_COUNT]; /* the compiled rules */
	struct growing entries[ENTRIES_IN_HEAD]; /* struct entry */
	struct growing words; /* struct draft_word: what lists may name */
	bool calendar, opening; /* there is a calendar; it has opening hours */
	bool counting; /* inside what days are counted from */
	unsigned operands; /* types of facts that an amount may stand on here; 0: money and prices */
	bool present[SECTION_COUNT], first[SECTION_COUNT];
	pack_ref late_report;
};

static inline struct pack_head *head_of(const struct loader *load)
{
	return (struct pack_head *)load->build.bytes; /* moves while the block grows */
}
static inline const struct pack_fact *fact_at(const struct loader *load, uint16_t place)
{
	return PACK_ITEM(head_of(load), head_of(load)->facts, struct pack_fact, place);
}
static inline const char *name_at(const struct loader *load, uint16_t place)
{
	return pack_text(head_of(load), fact_at(load, place)->name);
}

/* ---- load.c: faults, and maps by their keys ---- */
/* Notes a fault at a node. The error is valid until the next one; add a hint with error_hint. */
struct svc_error *fault(struct loader *load, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void hint_near(struct svc_error *error, const char *near); /* "did you mean"; NULL: nothing */

/* A key of a map: which maps may have it (a bit per kind), and what reads its value into the thing being built. */
struct key {
	const char *name;
	unsigned kinds;
	void (*read)(struct loader *load, const struct node *value, void *into);
};
void unknown_key(struct loader *load, const struct node *node, const struct node *value, const char *near);
/* Reads a map by a table that ends with a NULL name. Unknown keys are faults. False: not a map. */
bool read_map(struct loader *load, const struct node *node, const struct key *keys, unsigned kind, void *into);
const char *text_of(struct loader *load, const struct node *node); /* a scalar that is not empty; NULL and a fault */
bool flag_of(struct loader *load, const struct node *node); /* true or false */
struct titles {
	const char *en, *zh, *clause;
};
struct titles titles_of(struct loader *load, const struct node *node, bool with_clause);
const char *clause_of(struct loader *load, const struct node *node); /* an id such as golf-carts.22; NULL and a fault */
bool id_valid(const char *id, bool dots); /* lower-case letters, digits, - and _ */

/* ---- load_head.c ---- */
void load_head(struct loader *load); /* the top of every text: the head, clauses, left_out; unknown keys */
struct pack_list clauses_done(struct loader *load);
void check_in_force(struct loader *load); /* once the sections are read: it names asks that the pack answers */
bool has_sentence(const struct loader *load, const char *clause); /* under `clauses` */

/* ---- load_facts.c, facts_finish.c ---- */
void load_facts(struct loader *load, const struct node *node);
void load_settings(struct loader *load, const struct node *node);
void standard_facts_add(struct loader *load);
void facts_finish(struct loader *load); /* writes facts and settings into the block; names can be found from here on */

/* ---- load_groups.c ---- */
void groups_check(struct loader *load); /* once every fact has its words */
/* The words of a group of a fact; NULL: the node names none. */
const struct node *group_named(const struct loader *load, uint16_t fact, const struct node *name);

/* ---- names.c: facts and settings by their ids, with faults ---- */
uint16_t fact_named(struct loader *load, const struct node *node); /* fact or setting; 0 and a fault */
uint16_t plain_fact(struct loader *load, const struct node *node, unsigned types); /* a fact of one of these types */
uint16_t setting_of(struct loader *load, const struct node *node, unsigned types); /* from {setting: x} or its name */
bool is_setting(const struct node *node); /* {setting: x} */
bool need_calendar(struct loader *load, const struct node *node); /* false and a fault: there is none */
void mention(struct loader *load, uint16_t fact);
void threshold(struct loader *load, uint16_t fact, int64_t number);
bool literal(struct loader *load, uint16_t fact, const struct node *node, struct fact_value *out);
bool duration_of(struct loader *load, const struct node *node, struct duration *out); /* one that can be */
/* The same where no time at all may be meant, too; `recurring`: also "each visit" and "twice a month", but not nothing. */
bool span_of_time(struct loader *load, const struct node *node, bool recurring, struct duration *out);
struct pack_list dates_of(struct loader *load, const struct node *node); /* a date fact or a list of them (uint16_t) */
struct pack_list facts_of(struct loader *load, const struct node *node, unsigned types); /* the same of any types */
int word_named(struct loader *load, uint16_t fact, const struct node *node); /* -1 and a fault */
#define TYPE(t) (1u << (t))

/* ---- condition_load.c, amount_load.c ---- */
pack_ref load_condition(struct loader *load, const struct node *node); /* 0: always, or a fault */
/* What is said of one fact: {at_most: 5}. */
pack_ref load_comparison(struct loader *load, uint16_t fact, const struct node *node);
/* `when`, and a word fact that is not given or one of these words. */
pack_ref load_narrowed(struct loader *load, pack_ref when, uint16_t fact, const struct node *words);
pack_ref load_both(struct loader *load, pack_ref one, pack_ref other); /* both conditions; 0 is always */
pack_ref condition_true(struct loader *load, uint16_t fact); /* that a bool is true */
pack_ref load_amount(struct loader *load, const struct node *node);
/* An amount over facts of these types. */
pack_ref load_amount_of(struct loader *load, const struct node *node, unsigned types);

/* ---- load_rule.c ---- */
void load_rules(struct loader *load, enum rule_list list, const struct node *node);

/* Duplicates: true and a fault when a rule like this one was seen. `apart`: what lets two share clause and condition. */
bool said_before(struct loader *load, const struct node *node, uint32_t list, const struct rule *rule, uint32_t apart);
/* Keeps the rule as the pack writes it, less its clause and what is inside it. */
void keep_sentence(struct loader *load, const struct node *node, const char *section, pack_ref clause);

/* ---- load_words.c, calendar_load.c, load_entry.c ---- */
void load_words(struct loader *load, const struct node *node); /* the map `words` */
struct pack_list listed_words_done(struct loader *load);
pack_ref word_listed(struct loader *load, const struct node *node); /* the id of one of them as text; 0 and a fault */
pack_ref load_calendar(struct loader *load);
void load_section(struct loader *load, enum pack_section section, const struct node *node); /* one of entries */
void entries_done(struct loader *load);

/* ---- span_load.c, instant_load.c ---- */
/* A span; `recurring`: "each visit" and "twice a month" can be said, too. 0 and a fault. */
pack_ref load_span(struct loader *load, const struct node *node, bool recurring);
int unit_counted(const struct loader *load, uint16_t fact); /* what a number counts, enum duration_unit; -1: no time */
pack_ref load_instant(struct loader *load, const struct node *node); /* 0 and a fault */
/* Whether a node is written as an instant, so that it is no span. */
bool is_instant(struct loader *load, const struct node *node);
pack_ref instant_of_fact(struct loader *load, uint16_t fact);
pack_ref instant_beside(struct loader *load, enum instant_op op, pack_ref start, pack_ref span); /* after or before */

/* ---- one file per section ---- */
void load_warranty(struct loader *load, const struct node *node);
pack_ref finish_warranty(struct loader *load);
void load_returns(struct loader *load, const struct node *node);
pack_ref finish_returns(struct loader *load);
void load_fees(struct loader *load, const struct node *node);
pack_ref finish_fees(struct loader *load);
void load_freight(struct loader *load, const struct node *node);
pack_ref finish_freight(struct loader *load);
struct pack_list list_done(struct loader *load, enum rule_list list);
/* A section that is a list of rules, or a map {order: first, rules: [...]} with `notes` where the section has them. */
void load_ordered(struct loader *load, enum pack_section section, enum rule_list rules, enum rule_list notes,
		  const struct node *node);

/* ---- trials.c ---- */
void load_trials(struct loader *load);

#endif
