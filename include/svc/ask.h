/* Facts in, an answer out. */
#ifndef SVC_ASK_H
#define SVC_ASK_H

#include "svc/policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The facts of one question: a vector with a place for every fact and setting that the pack knows. Belongs to the pack
   it was made for, which must outlive it; may be used again after svc_facts_clear. Not for two threads at once. */
struct svc_facts;
SVC_PUBLIC int svc_facts_new(struct svc_facts **out, const struct svc_policy *policy, struct svc_error *err);
SVC_PUBLIC void svc_facts_free(struct svc_facts *facts);
SVC_PUBLIC void svc_facts_clear(struct svc_facts *facts); /* settings are kept */

/* Sets one fact from its text. `name` and words may be ids or titles in either language; "map.key=value" sets one key of a map;
   lists are "a,b". An empty value is "nothing known"; for sets and lists of facts given as "[]" it is the empty set.
   Errors: SVC_USAGE for an unknown name (with a suggestion), SVC_BAD_INPUT for a value that is not of the fact's type,
   or a date outside 1900 to 9999. A word that the pack does not list is kept and noted, not an error. */
SVC_PUBLIC int svc_facts_set(struct svc_facts *facts, const char *name, const char *value, struct svc_error *err);
/* The two halves of svc_facts_set, for many questions with the same names: the place of a name ("card_price.visit" too), 0 with
   `err` filled when there is none; and a value for that place. A place holds for every vector of the same pack. */
SVC_PUBLIC uint16_t svc_facts_place(const struct svc_policy *policy, const char *name, struct svc_error *err);
SVC_PUBLIC int svc_facts_put(struct svc_facts *facts, uint16_t place, const char *value, struct svc_error *err);
SVC_PUBLIC int svc_facts_set_json(struct svc_facts *facts, const char *name, const char *json, struct svc_error *err);
/* Every key of a JSON object (or of a YAML map when `yaml`) is a fact. */
SVC_PUBLIC int svc_facts_read(struct svc_facts *facts, const char *text, size_t length, bool yaml, const char *file,
			      int line, struct svc_error *err);
SVC_PUBLIC int svc_facts_setting(struct svc_facts *facts, const char *name, const char *value, struct svc_error *err);
/* Every key of a JSON object is a setting, as svc_facts_json wrote them. */
SVC_PUBLIC int svc_facts_read_settings(struct svc_facts *facts, const char *text, size_t length, struct svc_error *err);
/* The present: fills `claim`, `as_of` and `now` where they are not given. */
SVC_PUBLIC void svc_facts_now(struct svc_facts *facts, svc_time now);
/* The day of the sale: first known of purchase, invoice, payment, delivery, acceptance, handover, shipment; else SVC_DATE_NONE. */
SVC_PUBLIC svc_date svc_facts_sale(const struct svc_facts *facts);
/* Whether the version under the name that bears this one's date, and no other, decides the question on these facts at a present. */
SVC_PUBLIC bool svc_policy_decides(const struct svc_policy *policy, const char *name, enum svc_ask ask,
				   const struct svc_facts *facts, svc_time now, const struct svc_policy_places *places);
/* The given facts (or the settings) as one JSON object, ready to be stored and read again. The caller frees. */
SVC_PUBLIC char *svc_facts_json(const struct svc_facts *facts, bool settings);

enum svc_verdict {
	SVC_VERDICT_NONE_YET,
	SVC_COVERED,
	SVC_EXCLUDED,
	SVC_EXPIRED,
	SVC_NOT_COVERED,
	SVC_ACCEPTED,
	SVC_REFUSED_VERDICT,
	SVC_PRICED,
	SVC_DECIDED,
	SVC_VERDICT_INCOMPLETE,
	SVC_REFER,
	SVC_ALLOWED,
	SVC_FEASIBLE,
	SVC_INFEASIBLE,
	SVC_MET, /* an SLA or a target */
	SVC_MISSED,
	SVC_RUNNING,
	SVC_BREACHED,
	SVC_PLANNED,
	SVC_DUE,
	SVC_OVERDUE,
	SVC_WAITING,
	SVC_EXHAUSTED,
	SVC_NOTHING, /* "none" */
	SVC_CONFIRMED,
	SVC_REMIND,
	SVC_LATE,
	SVC_CANCELLED,
	SVC_IN_FORCE,
	SVC_EXPIRING,
	SVC_GOOD,
	SVC_FINED,
	SVC_SUSPENDED,
	SVC_DISMISSED,
	SVC_LISTED,
	SVC_COMPLETE,
	SVC_BLOCKED,
	SVC_READY,
	SVC_OPEN,
	SVC_DONE,
	SVC_SATISFIED,
	SVC_UNSATISFIED,
	SVC_ESCALATE,
	SVC_CLOSED,
	SVC_VERDICT_COUNT
};
/* The strongest first: the order in which open windows lead. */
enum svc_remedy {
	SVC_REMEDY_UNSET,
	SVC_REFUND,
	SVC_REPLACE,
	SVC_EXCHANGE,
	SVC_RECALL,
	SVC_REPAIR,
	SVC_REFURBISH,
	SVC_PAID_REPAIR,
	SVC_REMEDY_NONE
};
enum svc_basis { SVC_BASIS_UNSET, SVC_FREE, SVC_COST, SVC_CHARGE, SVC_LIST, SVC_CARD, SVC_CAP, SVC_QUOTE };
enum svc_payer { SVC_PAYER_UNSET, SVC_COMPANY_PAYS, SVC_CUSTOMER_PAYS };
enum svc_difference {
	SVC_DIFFERENCE_UNSET,
	SVC_DIFFERENCE_NONE,
	SVC_DIFFERENCE_CUSTOMER_PAYS,
	SVC_DIFFERENCE_BOTH_WAYS
};

/* The ids of these words as the contract spells them ("covered", "paid_repair", ...); "" for the unset ones. */
SVC_PUBLIC const char *svc_verdict_id(enum svc_verdict verdict);
SVC_PUBLIC const char *svc_remedy_id(enum svc_remedy remedy);
SVC_PUBLIC const char *svc_basis_id(enum svc_basis basis);
SVC_PUBLIC const char *svc_payer_id(enum svc_payer payer);
SVC_PUBLIC const char *svc_difference_id(enum svc_difference difference);
SVC_PUBLIC int svc_verdict_exit(enum svc_verdict verdict); /* 0, 1 or 3, as the contract maps them */
SVC_PUBLIC bool svc_verdict_of(enum svc_ask ask, enum svc_verdict verdict); /* whether the ask can be answered so */

struct svc_window {
	const char *clause;
	enum svc_remedy remedy;
	svc_date starts, ends; /* SVC_DATE_LIFETIME: no end */
	bool inside;
};
struct svc_line { /* of a fee */
	const char *item;
	int64_t quantity;
	svc_money unit_price, amount; /* SVC_MONEY_NONE: not stated */
	enum svc_payer payer;
	enum svc_basis basis;
};
struct svc_share { /* labor, parts or travel of a fee */
	enum svc_payer payer;
	enum svc_basis basis;
	svc_money amount;
};
struct svc_deduction {
	const char *item;
	svc_money amount; /* SVC_MONEY_NONE: not stated */
	int64_t rate; /* of a share of something, in millionths of the whole (6000 is 0.006); 0: not stated */
};
struct svc_outcome { /* what one value of the one missing fact would give */
	const char *given, *title;
	enum svc_verdict verdict;
	enum svc_remedy remedy;
};
struct svc_near { /* a change of one fact that turns the verdict; from and to as svc_facts_set takes them */
	const char *fact, *from, *to;
	enum svc_verdict verdict;
};
/* A civil date, or an instant. Compared only with its own kind (moment_compare does both in a zone). */
enum svc_moment_kind { SVC_MOMENT_NONE, SVC_MOMENT_DATE, SVC_MOMENT_TIME };
struct svc_moment {
	int64_t at; /* svc_date or svc_time */
	int64_t kind; /* enum svc_moment_kind */
};
enum svc_truth { SVC_TRUTH_UNSET, SVC_FALSE, SVC_TRUE };
#define SVC_NUMBER_NONE INT64_MIN

/* One row of the list that an ask answers with: contacts of followup, tasks of maintenance, notices, fines of conduct, measures of
   kpi, steps of checklist and complaint, fields of form, questions of survey. Each uses the members that svc_answer_fields names. */
struct svc_row {
	const char *id; /* name, task, rule or id */
	const char *clause;
	const char *text; /* of a step or question; label of a field */
	const char *component, *interval, *state, *template_id;
	const char **words; /* channels, levels; `to` of a notice */
	size_t word_count;
	struct svc_moment from, to; /* of a contact; `from` alone: `on` of a notice or fine, `due` of a task */
	int64_t value, target; /* millionths, or minor units when `money`; SVC_NUMBER_NONE */
	int64_t due_hours; /* millionths */
	struct svc_moment tolerance_ends;
	svc_money amount;
	int64_t money; /* value and target are money */
	int64_t met, required; /* enum svc_truth */
};
struct svc_reason {
	const char *clause, *text; /* text "" when the pack has no sentence for the clause */
};

/* One rule that was tried, with the facts that settled whether it applies. */
struct svc_step_fact {
	const char *fact, *value; /* as svc_facts_set takes it; NULL: not known, or more than a line says */
};
/* What a count of working time passed over or went through: kind "holiday" and "rest" (not counted), "make_up" (a day of rest that is
   worked) as days; "open" as the hours that counted, whole days in a row together. */
struct svc_step_stretch {
	const char *kind;
	struct svc_moment from, to;
	const char *length; /* of "open": "3 hours 30 minutes", all its days together; else NULL */
};
/* One counting: from a moment, a length on, to another. */
struct svc_step_date {
	/* "after" and "before" its start, "extended" by days in repair, "rolled" from a day off work, "stated" outright; "kept" and
	   "missed": no counting, but what happened at `from` held against the limit `to`; "early" and "reached": whether `to` has come
	   by then; "taken" and "overlaps": a stretch. */
	const char *how;
	const char *fact; /* that gives the start, or the days that extend; NULL: what was counted before */
	struct svc_moment from, to;
	const char *length; /* "2 years"; NULL: none */
	struct svc_step_stretch *stretches; /* of working time */
	size_t stretch_count;
};
/* One working out of an amount or a figure, from facts and from what was worked out before. */
struct svc_step_sum {
	/* "stated" outright; "share" (per cent, of what), "times", "plus" (a negative one is taken off), "least", "most", "rounded";
	   "ratio" in per cent, "mean", "count" of days, "needed" of them; how a figure stands to a bound:
	   "below", "at_most", "at_least", "above". */
	const char *how;
	struct svc_step_fact *of; /* `fact` NULL: a plain figure */
	size_t of_count;
	const char *result;
};
struct svc_step {
	const char *clause;
	const char *about; /* the item, violation or candidate that it was tried for; NULL: the case as a whole */
	int64_t line; /* of the pack */
	enum svc_truth holds; /* whether the rule applies; unset: a fact is not known */
	enum svc_truth met; /* of a requirement that applies; unset: it is none, or a fact is not known */
	enum svc_truth open; /* of a window: whether it is open on the day of the claim; unset: it is none */
	enum svc_truth beside; /* true: tried for what else the customer may have, not for what was asked; else unset */
	struct svc_step_fact *facts;
	size_t fact_count;
	struct svc_step_date *dates;
	size_t date_count;
	struct svc_step_sum *sums;
	size_t sum_count;
};

/* An answer. A field that does not apply has its unset value or an empty list. Lists and strings belong to the answer
   (svc_answer_release) or to the pack; both must be alive while it is read. */
struct svc_answer {
	enum svc_ask ask;
	enum svc_verdict verdict;
	enum svc_remedy remedy;
	svc_date starts, ends, deadline; /* SVC_DATE_NONE: absent */
	bool has_days_left;
	int32_t days_left; /* negative after the end */
	enum svc_basis labor, parts, travel; /* travel: unset where no rule says it */
	enum svc_payer freight_in, freight_out;
	enum svc_payer payer; /* fee */
	enum svc_basis basis; /* fee */
	svc_money total; /* fee; SVC_MONEY_NONE: absent */
	const char *service_class; /* NULL: absent */
	enum svc_difference price_difference;
	struct svc_share labor_share, parts_share, travel_share;
	svc_date version;
	int currency_digits;
	const char *policy;
	const struct svc_zone *zone; /* of the pack: what its times are written in */

	/* sla, deadline, dispatch, appointment, contract, complaint */
	struct svc_moment respond_by, arrive_by, diagnose_by, resolve_by, report_by, due, leave_by, arrive_from,
		arrive_to, remind_from, remind_to, cancel_at, progress_from, progress_to, notify_by, escalate_by,
		renew_notice_on;
	enum svc_truth responded_in_time, arrived_in_time, resolved_in_time, in_time;
	const char *priority; /* sla; NULL: absent */
	const char *to, *by; /* transition: the next stage, who; dispatch: the chosen candidate */
	const char *subject, *text; /* template */
	int64_t score; /* survey, millionths; SVC_NUMBER_NONE: absent */
	svc_money compensation; /* conduct */
	svc_date triggered_on; /* conduct */

	/* ids of words of the pack */
	const char **fallback;
	size_t fallback_count;
	const char **then;
	size_t then_count;
	const char **creates;
	size_t create_count;
	const char **conflicts;
	size_t conflict_count;
	const char **consequences;
	size_t consequence_count;
	const char **owed;
	size_t owed_count;
	const char **actions;
	size_t action_count;
	struct svc_row *rows;
	size_t row_count;

	const char **clauses;
	size_t clause_count; /* the deciding one first */
	const char **missing;
	size_t missing_count;
	const char **requires;
	size_t require_count;
	const char **notes;
	size_t note_count;
	enum svc_remedy *entitled;
	size_t entitled_count;
	struct svc_window *windows;
	size_t window_count;
	struct svc_line *lines;
	size_t line_count;
	struct svc_deduction *deductions;
	size_t deduction_count;
	struct svc_outcome *outcomes;
	size_t outcome_count;
	struct svc_near
		*near; /* with explain: for each fact that can turn the verdict alone, its nearest value that does */
	size_t near_count;
	bool explained;
	struct svc_reason *why;
	size_t why_count; /* with explain */
	struct svc_step *tried; /* with explain: the rules in the order in which they were tried */
	size_t tried_count;

	void *memory; /* the answer's own */
};

/* Asks. `answer` is a zeroed struct or one that was used before (its memory is used again).
   SVC_OK whatever the verdict; SVC_USAGE when the pack has no such section; SVC_BAD_INPUT when two rules match where
   the section allows one. With `explain`, `why`, `tried` and `near` are filled. */
SVC_PUBLIC int svc_ask(const struct svc_policy *policy, enum svc_ask ask, const struct svc_facts *facts, bool explain,
		       struct svc_answer *answer, struct svc_error *err);
SVC_PUBLIC void svc_answer_release(struct svc_answer *answer);
/* The answer as one JSON object of schema svc.ask.NAME/1. The caller frees. */
SVC_PUBLIC char *svc_answer_json(const struct svc_answer *answer);

/* The table of all fields of answers: what their JSON, their report for people, their comparing and their schemas are made from. */
enum svc_answer_field_kind {
	SVC_ANSWER_VERDICT, /* words of the contract */
	SVC_ANSWER_REMEDY,
	SVC_ANSWER_BASIS,
	SVC_ANSWER_PAYER,
	SVC_ANSWER_DIFFERENCE,
	SVC_ANSWER_TEXT,
	SVC_ANSWER_DATE,
	SVC_ANSWER_MOMENT,
	SVC_ANSWER_MONEY,
	SVC_ANSWER_COUNT, /* a whole number that is always there */
	SVC_ANSWER_DAYS, /* a whole number with a flag beside it */
	SVC_ANSWER_NUMBER,
	SVC_ANSWER_RATE, /* a number, 0 when it is not there */
	SVC_ANSWER_MEASURE, /* a number, or money when the flag beside it says so */
	SVC_ANSWER_BOOL, /* always there */
	SVC_ANSWER_TRUTH,
	SVC_ANSWER_TEXTS, /* lists */
	SVC_ANSWER_REMEDIES,
	SVC_ANSWER_LIST,
	SVC_ANSWER_GROUP /* fields under one key, there when the first of them is */
};
/* What it means that two answers differ in a field. */
enum svc_answer_field_weight {
	SVC_ANSWER_WEIGHS, /* the fact that makes the difference is needed */
	SVC_ANSWER_SHARED, /* nothing, but only what answers share is shown */
	SVC_ANSWER_BESIDE /* nothing */
};
struct svc_answer_field {
	const char *key; /* in JSON; NULL ends a table */
	const char *title; /* for people, a message in English; NULL: it is shown in a way of its own */
	const char *fact; /* the fact whose words the ids are; NULL: words that the pack declares for lists */
	const struct svc_answer_field *members; /* of a group, or of each element of a list */
	uint32_t asks; /* 1 << enum svc_ask: whose answers have it; of members: all */
	uint16_t at; /* bytes from the beginning of the answer, group or element */
	uint16_t beside; /* where the count of a list or the flag of a number stands */
	uint16_t size; /* of the field, or of an element */
	uint8_t kind, weight;
};
/* Borrowed, valid for the life of the process, ended by a key of NULL. */
SVC_PUBLIC const struct svc_answer_field *svc_answer_fields(void);
/* A field that is no list and no group, as JSON has it but without quotes; NULL when it is absent. `of` is the answer, or the group
   or element that the field is a member of. The text is written to `buffer` or borrowed from the answer. */
SVC_PUBLIC const char *svc_answer_field_text(const struct svc_answer *answer, const struct svc_answer_field *field,
					     const void *of, char buffer[64]);
SVC_PUBLIC size_t svc_answer_field_count(const struct svc_answer_field *field, const void *of); /* of a list */
/* An element of a list: of SVC_ANSWER_TEXTS its text, of SVC_ANSWER_REMEDIES its word, of SVC_ANSWER_LIST what members are read from. */
SVC_PUBLIC const void *svc_answer_field_item(const struct svc_answer_field *field, const void *of, size_t i);
/* The group that `of` holds; NULL when it is absent. */
SVC_PUBLIC const void *svc_answer_field_group(const struct svc_answer *answer, const struct svc_answer_field *field,
					      const void *of);

/* Runs a file of cases. `seen` is told of each case: NULL `difference` when it passed, else one line per difference. */
struct svc_coverage; /* svc/prove.h */
struct svc_case_choice {
	const char *policies, *asks, *glob; /* comma lists, a shell pattern of ids; NULL: all */
	struct svc_coverage *coverage; /* is told of every case that was asked; NULL: nobody is */
};
struct svc_case_result {
	const char *id, *policy, *ask, *difference, *file;
	int line;
	bool depends_on_today; /* neither claim, as_of nor now was given, and another day gives another answer */
};
typedef void (*svc_case_seen)(void *context, const struct svc_case_result *result);
SVC_PUBLIC int svc_cases_run(const char *path, const struct svc_case_choice *choice,
			     const struct svc_policy_places *places, svc_time now, svc_case_seen seen, void *context,
			     size_t *passed, size_t *failed, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
