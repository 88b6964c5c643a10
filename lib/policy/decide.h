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
	const struct rule *asking; /* the rule that asked for it; NULL: none */
	bool peek; /* unknown counts as no, nothing blocks */
	bool deriving; /* inside the warranty on behalf of another section */
	struct fact_value derived[F_IN_TERM - F_VERDICT + 1]; /* facts worked out in this pass */
	struct svc_error *err;
	int fault; /* a status when rules contradict each other */
};

/* ---- condition.c ---- */
static inline const struct pack_fact *fact_of(const struct pack_head *head, uint16_t fact)
{
	return PACK_ITEM(head, head->facts, struct pack_fact, fact);
}
/* The value of a fact in this pass, worked out if it is one of those; `known` false: blocks. */
const struct fact_value *value_of(struct pass *pass, uint16_t fact);
enum truth condition(struct pass *pass, pack_ref when);
/* True when the rule's condition holds; false when not, or when the pass is now blocked. */
bool matches(struct pass *pass, const struct rule *rule);
bool stopped(const struct pass *pass); /* blocked or at fault */
/* Stops the pass for a fact or setting that is not known. Always false, so that it can be returned. */
bool block(struct pass *pass, uint16_t fact, const struct rule *asking);
/* Names in the answer's `requires` what a condition that does not hold lacks. */
void lacking(struct pass *pass, pack_ref needs);

/* ---- window.c ---- */
svc_date date_after(svc_date start, struct duration span); /* the last day of a span; SVC_DATE_LIFETIME */
svc_date claim_day(const struct pass *pass);
/* The window that a term opens. False: blocked, or the term has no start that could ever be (nothing is written). */
bool window_of(struct pass *pass, const struct term *term, struct svc_window *out);

/* ---- amount.c ---- */
enum amount_state { AMOUNT_STATED, AMOUNT_ABSENT, AMOUNT_BLOCKED };
/* `quantity` times the amount, rounded half up once. `item`: the fee item that price maps are read for, or NULL.
   *basis, when unset, is what the amount stands on: list, card, cost, cap. */
/* The rate of an amount that is a share of something, in millionths of the whole; 0: it is none, or not known. */
int64_t rate_of(struct pass *pass, pack_ref amount);
enum amount_state amount_of(struct pass *pass, pack_ref amount, const char *item, int64_t quantity, svc_money *out,
			    enum svc_basis *basis);

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

/* ---- one file per ask: each fills pass->answer, or leaves the pass stopped ---- */
void decide_warranty(struct pass *pass);
void decide_return(struct pass *pass);
void decide_fee(struct pass *pass);
void decide_freight(struct pass *pass);

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
typedef void (*decider)(struct pass *pass);
void find_near(const struct svc_facts *facts, decider decide, struct svc_answer *answer, struct arena *memory);

/* ---- needed.c ---- */
/* Decides with what is known, trying the values of facts that are not, and fills `answer` (contract: "Needed"). */
int decide_needed(const struct svc_policy *policy, decider decide, struct fact_value *values, struct svc_answer *answer,
		  struct arena *memory, struct svc_error *err);

#endif
