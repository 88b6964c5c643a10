/* What the two sources of an impact share: asking both packs about one case. */
#ifndef EXCHANGE_IMPACT_RUN_H
#define EXCHANGE_IMPACT_RUN_H

#include "base/arena.h"
#include "desk/ruling.h"
#include "policy/versions.h"
#include "svc/impact.h"

struct impact {
	const struct svc_impact_options *options;
	struct svc_impact_result *result;
	struct svc_desk_options present; /* what a question is decided on where there is no desk */
	struct versions packs[SVC_IMPACT_SIDES];
	struct svc_answer answers[SVC_IMPACT_SIDES];
	struct arena memory; /* of one case */
	int64_t of; /* cases there are; 0: nobody knows */
};
struct impact_subject {
	const char *id;
	struct inquiry inquiry;
	const char *fee; /* NULL: none is known */
	const char *state; /* of a ticket; else NULL */
};

/* False, with `err` filled, when neither pack has a fact or setting of this name. */
bool impact_knows(const struct impact *impact, const char *name, struct svc_error *err);
/* Asks both packs and tells of what changes. An error ends the run only when it is no fault of the case. */
int impact_ask(struct impact *impact, const struct impact_subject *subject, struct svc_error *err);
/* Counts a case that can't be asked and tells of it. False when the whole run must end. */
bool impact_fault(struct impact *impact, const struct svc_error *err);

/* ---- impact_file.c, impact_desk.c ---- */
int impact_of_file(struct impact *impact, struct svc_error *err);
int impact_of_desk(struct impact *impact, struct svc_error *err);

#endif
