/* The repair of a ticket: what was found, what it will cost and whether the customer agrees, the work, its check, what came of it, and the
   report. The rules are the pack's; where no pack answers, the desk keeps the record alone. Every writer needs an open transaction
   (svc_desk_begin); SVC_REFUSED when the ticket is closed. Moments may be past, not to come (SVC_BAD_INPUT); SVC_TIME_NONE: now. */
#ifndef SVC_REPAIR_H
#define SVC_REPAIR_H

#include "svc/charge.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the technician found, as facts; the warranty is decided again on all that is known. `answer` and `policy` as svc_ticket_note. */
SVC_PUBLIC int svc_repair_diagnose(struct svc_desk *desk, int64_t ticket, const char *text,
				   const struct svc_assignment *facts, size_t fact_count, struct svc_answer *answer,
				   struct svc_policy **policy, struct svc_error *err);

/* ---- what it costs ---- */

struct svc_quote_line {
	const char *item; /* a fee item of the pack, by id or title */
	const char *quantity; /* a whole number from 1 on; NULL: 1 */
	const char *amount; /* of the whole line, where the pack states none; NULL: not known */
};
struct svc_quote {
	int64_t ticket;
	const struct svc_quote_line *lines;
	size_t line_count;
	const char *payer; /* "customer", "company": of lines for which the pack has no rule; NULL: the customer */
	const struct svc_assignment *facts; /* true of this quote alone */
	size_t fact_count;
};
/* Asks the pack's `fees` and writes each line of its answer as a fee in state quoted; an earlier line of the same item that still waits for
   the customer becomes void. SVC_REFUSED when an amount is given against the one that the pack states, SVC_INCOMPLETE when facts are
   missing (they are named). `seen` (may be NULL) is told of each fee that is written. */
SVC_PUBLIC int svc_repair_quote(struct svc_desk *desk, const struct svc_quote *quote, svc_fee_seen seen, void *context,
				struct svc_error *err);

struct svc_reply {
	int64_t ticket;
	bool approved; /* else declined */
	const char *by; /* who said so; NULL: not known */
	const char *text;
	svc_time at;
	const struct svc_assignment *facts; /* that come with it, told of the ticket */
	size_t fact_count;
};
/* The customer's answer to all lines that wait for it. SVC_REFUSED when none does, or when he would approve an amount that nobody knows. */
SVC_PUBLIC int svc_repair_reply(struct svc_desk *desk, const struct svc_reply *reply, svc_fee_seen seen, void *context,
				struct svc_error *err);

/* ---- the work ---- */

/* `fields` are those of SVC_WORK but for ticket and done. SVC_REFUSED while lines that the customer pays wait for his answer, or when he
   has declined all there is. */
SVC_PUBLIC int svc_repair_log(struct svc_desk *desk, int64_t ticket, const struct svc_assignment *fields,
			      size_t field_count, svc_time at, int64_t *work, struct svc_error *err);

struct svc_quality_check {
	int64_t ticket;
	bool pass;
	const char *text;
	const struct svc_assignment *facts; /* of this step */
	size_t fact_count;
};
/* The quality check. Where the ticket stands at a stage whose way on hangs on the fact quality_pass, the ticket takes that way (or, failed,
   the one way back); else the fact is told of the ticket, if the pack knows it. `answer` and `policy` as svc_ticket_advance. */
SVC_PUBLIC int svc_repair_check(struct svc_desk *desk, const struct svc_quality_check *check, struct svc_answer *answer,
				struct svc_policy **policy, struct svc_error *err);

struct svc_repair_result {
	int64_t ticket;
	const char *word; /* repaired, no_fault, unrepairable, advised, declined */
	const char *text;
	svc_time at;
	const struct svc_assignment *facts; /* that come with it, told of the ticket */
	size_t fact_count;
};
/* An answer that belongs to the result: the warranty, decided again, and of what can't be repaired the pack's `returns` for exchange and
   refund. Both valid during the call. */
typedef int (*svc_result_seen)(void *context, const struct svc_policy *policy, const struct svc_answer *answer,
			       const char *want);
/* What came of it, as the ticket's outcome. Repaired: the unit's last repair is that day; SVC_REFUSED while a quality check has failed. */
SVC_PUBLIC int svc_repair_conclude(struct svc_desk *desk, const struct svc_repair_result *result, svc_result_seen seen,
				   void *context, struct svc_error *err);

/* ---- the report ---- */

struct svc_report_query {
	int64_t ticket;
	const char *record, *form; /* which paper of the pack; both NULL: its record of the repair */
	const struct svc_assignment *fields; /* filled in; they win over what the desk knows */
	size_t field_count;
};
struct svc_report_field {
	const char *id, *label, *clause, *value; /* value NULL: not filled */
	bool required;
};
struct svc_report {
	const char *paper, *title; /* by the pack */
	const struct svc_policy *policy;
	const struct svc_answer *answer; /* of the ask `record` or `form` */
	const struct svc_report_field *fields;
	size_t field_count;
};
/* Valid during the call. */
typedef int (*svc_report_seen)(void *context, const struct svc_report *report);
/* The paper that the pack requires, filled from what the desk knows. A complete one is kept, with the fields that were given, unless it
   was before. Without a pack the desk's own account of the repair. SVC_INCOMPLETE when required fields are empty: nothing is written, and
   `seen` is told all the same; SVC_USAGE when the pack has no such paper. */
SVC_PUBLIC int svc_repair_report(struct svc_desk *desk, const struct svc_report_query *query, svc_report_seen seen,
				 void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
