/* An answer as a short report for people and as its JSON document. */
#ifndef SHOW_ANSWER_H
#define SHOW_ANSWER_H

#include "show.h"
#include "svc/ask.h"

/* `policy` is the pack that answered: titles and the currency come from it. Reasons, and what would turn the verdict, are
   shown when the answer has them. Returns what show_document returns. */
int show_answer(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer);

/* The lines about money and goods: who pays, lines of a fee, remedies that are open, deductions. */
void show_answer_money(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer);
/* The rules in the order in which they were tried, when the answer has them. */
void show_answer_steps(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer);
/* For each fact that can turn the verdict alone the nearest value that does, when the answer has them. */
void show_answer_near(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer);
/* What the table of fields names a title for. SVC_FAULT when no table can be drawn. */
int show_answer_fields(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer);

/* The words of an answer for people, in their language: translated, borrowed. */
const char *verdict_title(enum svc_verdict verdict);
const char *remedy_title(enum svc_remedy remedy);
const char *basis_title(enum svc_basis basis);
const char *payer_title(enum svc_payer payer);
/* The same from an id as stored answers have it; an unknown id is given back as it is. */
const char *verdict_word(const char *id);
const char *remedy_word(const char *id);
const char *state_word(const char *id); /* of a task that recurs */
struct text;
void add_title(struct text *text, const struct svc_policy *policy, const char *name); /* of a fact or setting */
/* A value as the facts have it, for people: words by their titles, spans by their words, yes and no. `fact` may be NULL. */
void add_fact_value(struct text *text, const struct svc_policy *policy, const char *fact, const char *value);
void add_moment(
	struct text *text,
	const char *written); /* "2024-05-08 15:00", in the zone it is written in; seconds only where they matter */
void add_interval(struct text *text, const char *interval); /* "1 month or 20 hours" in their language */

#endif
