/* What the asks share while they decide: facts that block, conditions, windows, amounts, the answer's lists. */
#ifndef POLICY_DECIDE_H
#define POLICY_DECIDE_H

#include "base/arena.h"
#include "facts.h"
#include "pack.h"

enum truth { NO, YES, UNKNOWN };

/* One pass over the rules with one vector of facts. A rule that needs an unknown fact names it in `blocked` and the pass
   ends; the driver (needed.c) then tries the fact's values, so that an ask is written as if every fact were known. */
struct pass {
	const struct svc_policy *policy;
	const struct pack_head *head;
	const struct fact_value *values;
	struct svc_answer *answer;
	struct arena *memory; /* of the answer */
	uint16_t blocked; /* the fact that the pass stopped at; 0: none */
	struct pack_list anchors; /* when it stopped for want of a date: every fact that would do (uint16_t) */
	uint16_t beside; /* with `anchors`: the setting, unset as well, that would be counted from them; 0: none */
	const struct rule *asking; /* the rule that asked for it; NULL: none */
	const char *uncovered; /* when it stopped for want of a calendar year: calendar_2027 */
	bool peek; /* unknown counts as no, nothing blocks */
	bool deriving; /* inside the warranty on behalf of another section */
	struct fact_value derived[F_IN_TERM - F_VERDICT + 1]; /* facts worked out in this pass */
	struct fact_value local[F_READING - F_EXPECTED + 1]; /* those that an ask sets for its own rules */
	struct svc_error *err;
	int fault; /* a status when rules contradict each other */
	struct trace *trace; /* writes down what is tried (trace.h); NULL: nobody asks */
};

/* The place of a fact that an ask sets for its own rules. */
static inline struct fact_value *local_of(struct pass *pass, uint16_t fact)
{
	return &pass->local[fact - F_EXPECTED];
}

/* ---- condition.c ---- */
/* What a pass stopped at, to be kept or handed on. */
struct halt {
	uint16_t blocked, beside;
	struct pack_list anchors;
	const struct rule *asking;
	const char *uncovered;
};
struct halt halt_of(const struct pass *pass);
void halt_at(struct pass *pass, struct halt halt);
static inline const struct pack_fact *fact_of(const struct pack_head *head, uint16_t fact)
{
	return PACK_ITEM(head, head->facts, struct pack_fact, fact);
}
/* The value of a fact in this pass, worked out if it is one of those; `known` false: blocks. */
const struct fact_value *value_of(struct pass *pass, uint16_t fact);
enum truth condition(struct pass *pass, pack_ref when);
/* True when the rule's condition holds; false when not, or when the pass is now blocked. */
bool matches(struct pass *pass, const struct rule *rule);
static inline bool stopped(const struct pass *pass) /* blocked or at fault */
{
	return pass->blocked || pass->fault;
}
/* Stops the pass for a fact or setting that is not known. Always false, so that it can be returned. */
bool block(struct pass *pass, uint16_t fact, const struct rule *asking);
/* Names in the answer's `requires` what a condition that does not hold lacks. */
void lacking(struct pass *pass, pack_ref needs);

/* ---- window.c ---- */
svc_date date_after(svc_date start, struct duration span); /* the last day of a span; SVC_DATE_LIFETIME */
svc_date claim_day(const struct pass *pass);
/* The window that a term opens. False: blocked, or the term has no start that could ever be (nothing is written). */
bool window_of(struct pass *pass, const struct term *term, struct svc_window *out);
/* Says in the answer's notes that this last day of the term may move, where the calendar does not have its year. */
void note_rest(struct pass *pass, const struct term *term, svc_date ends);

/* ---- amount.c ---- */
enum amount_state { AMOUNT_STATED, AMOUNT_ABSENT, AMOUNT_BLOCKED };
/* `quantity` times the amount, rounded half up once. `item`: the fee item that price maps are read for, or NULL.
   *basis, when unset, is what the amount stands on: list, card, cost, cap. */
/* The rate of an amount that is a share of something, in millionths of the whole; 0: it is none, or not known. */
int64_t rate_of(struct pass *pass, pack_ref amount);
enum amount_state amount_of(struct pass *pass, pack_ref amount, const char *item, int64_t quantity, svc_money *out,
			    enum svc_basis *basis);

bool counts_things(const struct pack_head *head, pack_ref amount); /* some number is in it, so it is no money */

/* ---- answer.c ---- */
/* Appends a place to a list that lives in an arena. */
void *list_add(struct arena *memory, void *items, size_t *count, size_t size);
void cite(struct pass *pass, pack_ref clause); /* once each */
void cite_rule(struct pass *pass, const struct rule *rule); /* with its `also` */
void require_name(struct pass *pass, const char *name);
void note_rules(struct pass *pass, struct pack_list notes); /* struct effect_rule */
/* A field that a rule sets outright or leaves to a setting. */
bool choice_known(struct pass *pass, struct choice choice); /* false: the setting is not set */
enum svc_payer chosen_payer(struct pass *pass, struct choice choice);
enum svc_basis chosen_basis(struct pass *pass, struct choice choice);
/* Sets the answer's fields that the rule's effects set; an unset setting stops the pass. */
void apply_effects(struct pass *pass, const struct effects *effects, const struct rule *rule);
/* What the answer says of labour and parts where no rule has said it. */
void default_basis(struct svc_answer *answer, enum svc_basis basis);
const char *clause_text(const struct pack_head *head, const char *clause); /* in the reader's language; "" */

/* ---- entry.c: the rules of the sections that list, date and permit ---- */
#define GROUP_ANY (-1) /* whatever the entry is grouped by */
#define GROUP_UNLISTED (-2) /* a word that the pack does not list: only of entries without groups */
/* The next entry of a list, from *i on, that is of the word `group` (GROUP_ANY: of any, or ungrouped) and whose condition holds. NULL: no more, or the pass is
   stopped. An entry without groups is of every group. */
const struct entry *entry_next(struct pass *pass, struct pack_list list, uint32_t *i, int group);
struct pack_list entries_of(const struct pass *pass, enum entry_list list);
bool in_group(const struct pass *pass, const struct entry *entry, int group);
/* A condition that an entry says beside its `when`; false also when it blocked. */
bool condition_holds(struct pass *pass, pack_ref condition, const struct rule *asking);
bool has_order(const struct pass *pass, enum pack_section section); /* `order: first` */
/* Two that match where one decides and the section has no order: a fault. */
void both_match(struct pass *pass, const struct entry *one, const struct entry *other);
/* The one entry that decides: two that match at once without an order are a fault. NULL: none, or stopped. */
const struct entry *entry_one(struct pass *pass, enum entry_list list, enum pack_section section, int group);
const struct said *said_of(const struct pass *pass, const struct entry *entry, enum saying saying); /* NULL: not said */
const char *said_text(const struct pass *pass, const struct entry *entry, enum saying saying); /* NULL: not said */
/* A figure, or what its setting holds. False: not said, or blocked on the setting. */
bool figure_of(struct pass *pass, const struct entry *entry, enum saying saying, int64_t *out);
bool flag_said(struct pass *pass, const struct entry *entry, enum saying saying,
	       bool otherwise); /* a setting may block */
const char *words_text(const struct pass *pass, pack_ref en, pack_ref zh); /* the reader's language, else the other */
/* Adds the texts that an entry says to a list of the answer, each once. */
void add_said(struct pass *pass, const struct entry *entry, enum saying saying, const char ***list, size_t *count);
void add_text(struct pass *pass, const char *text, const char ***list, size_t *count);
struct svc_row *row_add(struct pass *pass); /* a row with everything unset, valid until the next one */
/* The known number of a word fact, for grouping; GROUP_UNLISTED. False: blocked. */
bool group_of(struct pass *pass, uint16_t fact, int *group);
/* Guards of a flow or a part rule: those that fail are cited and named in `requires`; when none fails, unknown facts are named
   in `missing` (and a guard's own `when` may block). True when all hold. */
bool guards_hold(struct pass *pass, const struct entry *entry);
/* Names a fact in `missing` and goes on; the ask says incomplete at its end. */
void miss(struct pass *pass, uint16_t fact, const struct rule *asking);
/* Whether a rule's condition holds; every fact that leaves it open is named in `missing`, and the pass goes on. For lists, where
   each rule adds what is its own: the ask says incomplete at its end. */
bool applies(struct pass *pass, const struct rule *rule);
bool guard_fails(struct pass *pass, const struct entry *entry); /* the first half of guards_hold */
/* Steps inside an entry as rows of the answer. */
void add_steps(struct pass *pass, const struct entry *entry);

/* ---- listing.c: for the asks that answer with lists ---- */
/* An entry that stopped the pass for what nothing can be tried for (a date, a setting, a year of the calendar) is named in `missing`,
   and the others still stand: the pass goes on. False: it did not stop, or stays stopped. */
bool set_aside(struct pass *pass);
bool can_try(const struct pass *pass); /* whether it stopped at a fact whose values can be tried */
void name_blocked(struct pass *pass); /* whatever stopped the pass: named, cited, and the pass goes on */
bool tree_holds(const struct node *tree, const char *name); /* a list, or one scalar */
/* A value inside a tree fact, named `fact` in the fault that stops the pass when it is of another kind. */
bool tree_moment(struct pass *pass, const struct node *value, const char *fact, struct svc_moment *out);
bool tree_number(struct pass *pass, const struct node *value, const char *fact, int64_t *out);
/* As group_of, for what can't be answered without the word: one that was given and is not listed is a fault (SVC_BAD_INPUT with the
   nearest word). False: blocked or at fault. */
bool listed_group(struct pass *pass, uint16_t fact, int *group);

/* ---- instant.c: moments and spans ---- */
enum instant_state { INSTANT_KNOWN, INSTANT_NEVER, INSTANT_BLOCKED };
enum instant_state instant_of(struct pass *pass, pack_ref instant, const struct rule *asking, struct svc_moment *out);
/* The moment that an entry says; INSTANT_NEVER also when it does not say it. `rolls` is carried out. */
enum instant_state moment_said(struct pass *pass, const struct entry *entry, enum saying saying,
			       struct svc_moment *out);
/* `count` times a span after (or, negative, before) a moment. */
enum instant_state moment_after(struct pass *pass, struct svc_moment from, pack_ref span, int64_t count,
				const struct rule *asking, struct svc_moment *out);
uint16_t instant_fact(struct pass *pass, pack_ref which); /* the fact that gives a moment as it is; 0: none does */
bool span_fixed(struct pass *pass, pack_ref span, const struct rule *asking,
		struct duration *out); /* false: blocked, or not of one piece */
svc_date month_end(svc_date day);
int64_t seconds_counted(int64_t number, enum duration_unit unit); /* of so many units, in millionths */
int64_t unit_seconds(enum duration_unit unit); /* of a unit that has always the same length; a day has 24 hours */
bool duration_seconds(struct duration duration,
		      int64_t *out); /* false: months, years and for ever have no such length */
/* A date stands for its whole day: it is reached when the day begins and over when it has ended. */
svc_time moment_first(const struct pass *pass, struct svc_moment moment);
svc_time moment_last(const struct pass *pass, struct svc_moment moment);
svc_date moment_day(const struct pass *pass, struct svc_moment moment);
struct svc_moment moment_of_fact(struct pass *pass, uint16_t fact); /* NONE: unknown; never blocks */
struct svc_moment moment_now(const struct pass *pass); /* `now` where it was given or as_of was not, else `as_of` */
uint16_t now_fact(const struct pass *pass); /* the one of them that it was */
/* A date or time as text in a tree fact; false: it is neither. */
bool moment_parse(const struct pass *pass, const char *text, struct svc_moment *out);

/* ---- calendar.c: working time ---- */
/* 1 working, 0 off, -1: the calendar does not cover the year; then the pass is stopped and names calendar_YEAR. */
int working_day(struct pass *pass, svc_date day, const struct rule *asking);
bool working_days_after(struct pass *pass, svc_date from, int64_t days, const struct rule *asking, svc_date *out);
bool working_seconds_after(struct pass *pass, svc_time from, int64_t seconds, const struct rule *asking, svc_time *out);
bool roll(struct pass *pass, const struct rule *asking, svc_date *day); /* to the next working day; false: blocked */
/* Whether the day may be inside or not by where a last day moves; up to it, and further after it than any rest is long, a day
   falls the same way. True when nobody says how long a rest is. */
bool within_rest(const struct pass *pass, svc_date last, svc_date day);
int unknown_rest(struct pass *pass, svc_date day); /* the year that lacks for saying where the day moves; 0: none */
int working_time(struct pass *pass, svc_time at, const struct rule *asking); /* as working_day */

const char *length_text(struct pass *pass, int64_t seconds); /* "3 hours 30 minutes" */
/* The days, or days and hours, that a count of working time from one moment to another took or left out, into `date`. */
void tell_working(struct pass *pass, struct svc_step_date *date, bool hours);

/* ---- answer_fold.c: by what fields say, not by where it stands ---- */
bool answer_same(const struct svc_answer *a, const struct svc_answer *b); /* in all fields that weigh */
/* In all the others; the order of a list counts for nothing, but which clause decides. */
bool answer_same_beside(const struct svc_answer *a, const struct svc_answer *b);
/* Leaves in `into` only what both say; its lists are cut in place. True when nothing that weighs was taken away. */
bool answer_keep(struct svc_answer *into, const struct svc_answer *other);
void answer_keep_clauses(struct svc_answer *into, const struct svc_answer *other);
void answer_empty(struct svc_answer *answer, enum svc_ask ask); /* every field unset */

/* ---- answer_json.c ---- */
struct json;
void answer_put_json(const struct svc_answer *answer, struct json *json); /* into an object that is open; closes it */

/* ---- ask.c ---- */
typedef void (*decider)(struct pass *pass);
decider decider_of(enum svc_ask ask);

/* ---- one file per ask: each fills pass->answer, or leaves the pass stopped ---- */
void decide_warranty(struct pass *pass);
void decide_return(struct pass *pass);
void decide_fee(struct pass *pass);
void decide_freight(struct pass *pass);
void decide_sla(struct pass *pass);
void decide_followup(struct pass *pass);
void decide_maintenance(struct pass *pass);
void decide_transition(struct pass *pass);
void decide_dispatch(struct pass *pass);
void decide_appointment(struct pass *pass);
void decide_notice(struct pass *pass);
void decide_contract(struct pass *pass);
void decide_conduct(struct pass *pass);
void decide_kpi(struct pass *pass);
void decide_checklist(struct pass *pass);
void decide_form(struct pass *pass);
void decide_template(struct pass *pass);
void decide_record(struct pass *pass);
void decide_deadline(struct pass *pass);
void decide_survey(struct pass *pass);
void decide_complaint(struct pass *pass);
void decide_parts(struct pass *pass);

/* warranty.c, for the others */
void derive(struct pass *pass, uint16_t fact); /* works out verdict, labor, parts or in_term into pass->derived */
/* Runs the warranty in a pass of its own over the same facts. False: blocked (pass->blocked says on what). */
bool warranty_of(struct pass *pass, struct svc_answer *out);
void derived_verdict(struct pass *pass, enum svc_verdict verdict);
/* freight.c: fills freight_in and freight_out where no rule has set them. */
void fill_freight(struct pass *pass);

/* ---- near.c ---- */
/* For each fact that was given: its nearest value that, alone, turns the verdict. Values are those that the pack can tell
   apart; days are those on which one of its lengths of time begins or ends. */
void find_near(const struct svc_facts *facts, enum svc_ask ask, struct svc_answer *answer, struct arena *memory);

/* ---- needed.c ---- */
/* What answers are found in; each arena is used again by the next question. A zeroed struct is an empty one. */
struct workroom {
	struct arena kept; /* what the answer holds; emptied by who asks */
	struct arena tries; /* of the answers that are only folded: forgotten after each */
	struct arena needed; /* of finding out whether one fact matters */
};
void workroom_release(struct workroom *room);
/* Decides with what is known, trying the values of facts that are not, and fills `answer` (contract: "Needed"). */
int decide_needed(const struct svc_policy *policy, enum svc_ask ask, struct fact_value *values,
		  struct svc_answer *answer, struct workroom *room, struct svc_error *err);
/* What a value of fault says of the cause, and the other way round (contract: "Not given means"). */
void imply(struct fact_value *values);

#endif
