/* The desk: one store, its records, and what is done with them.
   Records of every kind are lists of named fields, described by one table per kind, so that the command line, imports,
   events and listings all speak of the same fields. */
#ifndef SVC_DESK_H
#define SVC_DESK_H

#include "svc/ask.h"
#include "svc/date.h"
#include "svc/error.h"
#include "svc/policy.h"
#include "svc/text.h"

#ifdef __cplusplus
extern "C" {
#endif

struct svc_desk;

struct svc_desk_options {
	const char *file; /* the SQLite file */
	const char *actor; /* who acts; never NULL */
	svc_time now; /* the present of every command run on this desk */
	int wait_seconds; /* for a busy store */
	bool read_only; /* reads never block on writes */
	struct svc_policy_places places; /* borrowed; must outlive the desk */
	const char *policy; /* --policy: answers before the unit's and the desk's own; NULL: none */
};

/* Creates a store with its schema; `policy` becomes the desk's default pack (may be NULL). SVC_REFUSED when there is one. */
SVC_PUBLIC int svc_desk_init(const struct svc_desk_options *options, const char *name, const char *policy,
			     struct svc_error *err);
/* Opens a store; an older one is upgraded in one transaction after a copy of the file, a newer one is SVC_REFUSED and
   untouched. SVC_NOT_FOUND when there is none, SVC_BUSY, SVC_BAD_INPUT when the file is not a desk. */
SVC_PUBLIC int svc_desk_open(struct svc_desk **out, const struct svc_desk_options *options, struct svc_error *err);
SVC_PUBLIC void svc_desk_close(struct svc_desk *desk);
/* The desk's own name, default pack (NULL: none) and the digits of its currency; borrowed until the desk is closed. */
struct svc_desk_about {
	const char *name, *policy, *currency, *zone;
	int currency_digits;
};
SVC_PUBLIC int svc_desk_about(struct svc_desk *desk, struct svc_desk_about *out, struct svc_error *err);

/* What is read out of the events (customers, units, tickets, actors, settings) is dropped and worked out again, in one
   transaction of its own. */
SVC_PUBLIC int svc_desk_rebuild(struct svc_desk *desk, struct svc_error *err);
/* Counts the records that differ from what their events give. */
SVC_PUBLIC int svc_desk_compare(struct svc_desk *desk, int64_t *differences, struct svc_error *err);
/* Looks through the whole file; `seen` is told of each damage, in the words of the store. */
typedef void (*svc_damage_seen)(void *context, const char *text);
SVC_PUBLIC int svc_desk_check(struct svc_desk *desk, svc_damage_seen seen, void *context, struct svc_error *err);
/* Closed tickets for which something is owed still, a line each, which no command makes. */
SVC_PUBLIC int svc_debts_check(struct svc_desk *desk, svc_damage_seen seen, void *context, struct svc_error *err);

/* One change is one transaction. Everything between begin and commit is written, or nothing.
   `key` (may be NULL) makes the change safe to run twice: when it was used before with the same `arguments`, *replayed is
   set, *result and *exit are those of the first time (the caller frees *result) and no transaction is begun; with other
   arguments it is SVC_REFUSED. */
SVC_PUBLIC int svc_desk_begin(struct svc_desk *desk, const char *key, const char *arguments, bool *replayed,
			      char **result, int *exit, struct svc_error *err);
/* Keeps `result` and `exit` under the key of begin, and commits. A change that committed its own parts (an import) has no
   transaction left; then only the key is written. */
SVC_PUBLIC int svc_desk_commit(struct svc_desk *desk, const char *result, int exit, struct svc_error *err);
SVC_PUBLIC void svc_desk_rollback(struct svc_desk *desk);

/* Changes by the thousand: those begun and committed in a group reach the disk together with its commit, or not at all. Others
   wait for their turn to write until then. A rollback without a group does nothing. */
SVC_PUBLIC int svc_desk_group_begin(struct svc_desk *desk, struct svc_error *err);
SVC_PUBLIC int svc_desk_group_commit(struct svc_desk *desk, struct svc_error *err);
SVC_PUBLIC void svc_desk_group_rollback(struct svc_desk *desk);
/* Who acts from here on, when, and which pack answers before all others (NULL: none), as in the options. Between changes only. */
SVC_PUBLIC void svc_desk_present(struct svc_desk *desk, const char *actor, svc_time now, const char *policy);

/* ---- records ---- */

enum svc_kind {
	SVC_CUSTOMER,
	SVC_UNIT,
	SVC_TICKET,
	SVC_ACTOR,
	SVC_TECHNICIAN,
	SVC_ABSENCE, /* a technician's, from a moment to another */
	SVC_VISIT,
	SVC_WORK, /* hours and process of one piece of work on a ticket */
	SVC_FEE, /* one line of money: quoted, charged, waived, paid */
	SVC_PART,
	SVC_ISSUE, /* parts reserved or taken for a ticket, until they are used or back */
	SVC_GOODS, /* one thing in custody */
	SVC_ARTICLE, /* of the knowledge base */
	SVC_VIOLATION,
	SVC_TASK, /* what a stage has made somebody owe */
	SVC_KIND_COUNT
};
enum svc_field_type {
	SVC_TEXT,
	SVC_WORD,
	SVC_DATE,
	SVC_TIME, /* a moment, or only its day where no more is known */
	SVC_INTEGER,
	SVC_NUMBER,
	SVC_MONEY,
	SVC_REFERENCE, /* the id of a record, shown as C12, U17, T1024 */
	SVC_JSON
};
enum {
	SVC_FIELD_REQUIRED = 1,
	SVC_FIELD_READ_ONLY = 2 /* worked out by the desk */,
	SVC_FIELD_FACT = 4 /* a standard fact of the same name */,
	SVC_FIELD_LONG = 8 /* left out of lists */,
	SVC_FIELD_LINES = 16 /* several lines, up to 1 MiB; other texts are one line of at most 1000 bytes */
};
struct svc_field {
	const char *name, *title; /* title: an English message, to be passed through svc_text */
	enum svc_field_type type;
	unsigned flags;
	enum svc_kind refers; /* of a reference */
	const char *const *words; /* of a word: the ids allowed, NULL-ended; NULL: any */
};
/* The table of a kind's fields; the first is always "id". Static. */
SVC_PUBLIC const struct svc_field *svc_fields(enum svc_kind kind, size_t *count);
SVC_PUBLIC const char *svc_kind_name(enum svc_kind kind); /* "customer", "unit", ... */
SVC_PUBLIC char svc_kind_letter(enum svc_kind kind); /* 'C', 'U', 'T', 'A' */

/* A value for a field, as text: dates YYYY-MM-DD, times ISO 8601, money as a decimal string, references as ids.
   value "" takes the field's value away. */
struct svc_assignment {
	const char *field, *value;
};

/* One record as read: values[i] belongs to svc_fields(kind)[i]; NULL where there is none. References and ids come as
   "C12"; times in UTC ("...Z"). Valid until the callback returns, or until svc_record_release. */
struct svc_record {
	enum svc_kind kind;
	int64_t id;
	const char **values;
	void *memory;
};
SVC_PUBLIC void svc_record_release(struct svc_record *record);
SVC_PUBLIC const char *svc_record_value(const struct svc_record *record, const char *field); /* NULL: none */

/* Finds one record by "T1024", a bare number, a serial or name that is unique, or "source:legacy_id".
   SVC_NOT_FOUND (with a suggestion); SVC_REFUSED when several fit (the choices are named in the hint). */
SVC_PUBLIC int svc_find(struct svc_desk *desk, enum svc_kind kind, const char *text, int64_t *id,
			struct svc_error *err);
SVC_PUBLIC int svc_read(struct svc_desk *desk, enum svc_kind kind, int64_t id, struct svc_record *out,
			struct svc_error *err);

/* Writes. Each needs an open transaction (svc_desk_begin), checks every value before anything is written (SVC_BAD_INPUT
   with err->field; SVC_USAGE for an unknown field, with a suggestion) and appends one event. Two of a kind with the same
   identity (unit: serial, maker, model; actor: name) are SVC_REFUSED. */
SVC_PUBLIC int svc_add(struct svc_desk *desk, enum svc_kind kind, const struct svc_assignment *values, size_t count,
		       int64_t *id, struct svc_error *err);
SVC_PUBLIC int svc_edit(struct svc_desk *desk, enum svc_kind kind, int64_t id, const struct svc_assignment *values,
			size_t count, struct svc_error *err);

/* Lists. Conditions are all required; `from` and `to` are inclusive, equal for one value; an equal value of a reference
   may be anything that svc_find takes. `text` is looked for in the kind's texts, upper and lower case alike. */
struct svc_match {
	const char *field, *from, *to;
};
struct svc_query {
	const struct svc_match *matches;
	size_t match_count;
	const char *text;
	const char *sort; /* a field's name, "-" in front for descending; NULL: id */
	int64_t limit; /* 0: none */
};
typedef int (*svc_record_seen)(void *context, const struct svc_record *record); /* other than 0 stops the listing */
SVC_PUBLIC int svc_list(struct svc_desk *desk, enum svc_kind kind, const struct svc_query *query, svc_record_seen seen,
			void *context, struct svc_error *err);
SVC_PUBLIC int svc_count(struct svc_desk *desk, enum svc_kind kind, const struct svc_query *query, int64_t *count,
			 struct svc_error *err);

/* ---- events ---- */

struct svc_event {
	int64_t id;
	svc_time recorded_at, occurred_at;
	const char *actor, *key; /* key NULL: none */
	const char *subject; /* "T1024" */
	const char *verb; /* opened, edited, noted, ... */
	const char *payload; /* JSON */
	int64_t corrects; /* 0: none */
};
struct svc_event_query {
	const char *subject;
	const char *verb;
	const char *actor;
	svc_time from, to;
	int64_t limit;
	bool newest_first;
}; /* NULL, SVC_TIME_NONE, 0: any */
typedef int (*svc_event_seen)(void *context, const struct svc_event *event);
SVC_PUBLIC int svc_log(struct svc_desk *desk, const struct svc_event_query *query, svc_event_seen seen, void *context,
		       struct svc_error *err);

/* ---- entitlement: facts from the store, a decision from the policy ---- */

/* What is asked about: a unit (0: none) and facts typed in, which win over the unit's. */
struct svc_question {
	enum svc_ask ask;
	int64_t unit;
	const struct svc_assignment *facts;
	size_t fact_count;
	const struct svc_assignment *settings;
	size_t setting_count;
	bool explain;
	const struct svc_desk_options *options; /* read only when there is no desk: now, places and policy */
};
/* Which pack answers: --policy, else the unit's, else the desk's default, else SVC_USAGE. `desk` may be NULL when there is no unit:
   then `options` must be given. *policy is the caller's to free, after the answer is released. */
SVC_PUBLIC int svc_entitlement(struct svc_desk *desk, const struct svc_question *question, struct svc_answer *answer,
			       struct svc_policy **policy, struct svc_error *err);
/* The facts that the store knows of a unit, set in `facts`. */
SVC_PUBLIC int svc_unit_facts(struct svc_desk *desk, int64_t unit, struct svc_facts *facts, struct svc_error *err);

/* ---- tickets ---- */

struct svc_opening {
	const struct svc_assignment *fields; /* of the ticket: kind, customer, unit, product, symptom, opened, ... */
	size_t field_count;
	const struct svc_assignment *facts; /* known at the counter */
	size_t fact_count;
	const char *serial; /* the unit by serial; NULL: by field, or none */
	const struct svc_assignment *unit; /* when the serial is unknown: register it with these fields; NULL: refuse */
	size_t unit_count;
};
/* Opens a ticket and stores the warranty decision (pack, version, hash, settings, facts, answer) when there is a pack and
   enough to ask; a negative or incomplete verdict never hinders it. `answer` (may be NULL) gets the decision; its verdict is
   SVC_VERDICT_NONE_YET when no pack was asked. */
SVC_PUBLIC int svc_ticket_open(struct svc_desk *desk, const struct svc_opening *opening, int64_t *ticket,
			       struct svc_answer *answer, struct svc_policy **policy, struct svc_error *err);
/* A note, facts that arrived, or both; with facts the decision is made again on all that is known. */
SVC_PUBLIC int svc_ticket_note(struct svc_desk *desk, int64_t ticket, const char *text,
			       const struct svc_assignment *facts, size_t fact_count, struct svc_answer *answer,
			       struct svc_policy **policy, struct svc_error *err);
/* SVC_REFUSED when it is closed already, or not closed. */
SVC_PUBLIC int svc_ticket_close(struct svc_desk *desk, int64_t ticket, const char *outcome, const char *text,
				struct svc_error *err);
SVC_PUBLIC int svc_ticket_reopen(struct svc_desk *desk, int64_t ticket, const char *text, struct svc_error *err);

struct svc_decision {
	int64_t id, ticket, event;
	enum svc_ask ask;
	const char *policy, *hash, *verdict;
	svc_date version;
	svc_time now;
	int engine;
	const char *settings, *facts, *answer; /* JSON */
};
/* Those that still count, the oldest first. */
typedef int (*svc_decision_seen)(void *context, const struct svc_decision *decision);
SVC_PUBLIC int svc_ticket_decisions(struct svc_desk *desk, int64_t ticket, svc_decision_seen seen, void *context,
				    struct svc_error *err);

/* ---- decisions derived again ---- */

/* A field of the answer that comes out otherwise than it was kept. As JSON, with every scalar as a string; NULL: it is absent. */
struct svc_deviation {
	const char *field, *kept, *derived;
};
/* A decision that does not come out as it was kept. Valid during the call. */
struct svc_verification {
	const struct svc_decision *decision;
	bool altered; /* its row is not as it was written, whatever it comes out as */
	bool unmade; /* no event of its ticket made it: it was put into the file */
	const char *fault; /* why it can't be derived any more, in the reader's language; NULL: it can */
	const struct svc_deviation *deviations; /* by field; none with a fault */
	size_t deviation_count;
};
/* What is wrong in the file beside the decisions that it has: one that is gone, a kept text that belongs to none, a setting that is gone
   or is not what was set. Valid during the call; 0 and NULL: not known, or not of this kind. */
struct svc_file_finding {
	const char *kind; /* decision_gone, text_of_no_decision, setting_gone, setting_altered */
	const char *text; /* one sentence in the reader's language */
	int64_t decision, ticket, event;
	const char *policy, *name; /* name: of the setting */
};
struct svc_verifier {
	int (*seen)(void *context, const struct svc_verification *verification); /* other than 0 stops */
	/* Sets the language with its catalogue: an answer's sentences are in that of the one who asked. */
	void (*speak)(void *context, enum svc_lang lang);
	void *context;
	int (*beside)(void *context,
		      const struct svc_file_finding *finding); /* NULL: nobody asks; other than 0 stops */
};
/* Derives the decisions of a ticket (0: of all) once more, each from its own pack text, includes, settings, facts and present: what
   packs, calendars and settings have become since counts for nothing. *count: of all that were looked at, also those that were
   not handed to `seen`. Decisions are held against the log as well, and when all are looked at so are settings and kept texts. */
SVC_PUBLIC int svc_decisions_verify(struct svc_desk *desk, int64_t ticket, const struct svc_verifier *verifier,
				    int64_t *count, struct svc_error *err);

/* ---- settings of packs and of the desk ---- */

SVC_PUBLIC int svc_policy_set(struct svc_desk *desk, const char *policy, const char *name, const char *value,
			      svc_date effective, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
