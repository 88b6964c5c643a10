/* Which version of a pack answers a question: one rule for all who ask. */
#ifndef POLICY_VERSIONS_H
#define POLICY_VERSIONS_H

#include "facts.h"

/* One version, and the facts that it is asked on. */
struct version {
	struct svc_policy *policy;
	struct svc_facts *facts; /* NULL until it is filled */
	uint16_t *places; /* the filler's own: of the columns of a table; freed with the rest */
	bool begun; /* the filler's own */
};

#define VERSION_DAYS 1024 /* places of the table that remembers which version a day has; a power of two */

/* The versions that stand under one name, opened as they are met. `name` and `places` are borrowed. */
struct versions {
	const char *name;
	const struct svc_policy_places *places;
	struct version **items; /* never empty, and each stays where it is */
	size_t count;
	bool several; /* there are more than one */
	struct version_day {
		svc_date day;
		uint32_t number; /* of the version, from 1 on; 0: not known */
	} * days;
};

/* Opens the version in force on `day`. On an error nothing is left to release. */
int versions_open(struct versions *versions, const char *name, const struct svc_policy_places *places, svc_date day,
		  struct svc_error *err);
void versions_release(struct versions *versions);
struct svc_policy *versions_take(struct version *version); /* the caller's from now on */

/* THE rule: where the version in force on the day of the question says that this ask follows the question (`in_force` in its head),
   that version answers, else the one in force on the day of the sale; without a sale, again that of the question. */
int versions_answering(struct versions *versions, enum svc_ask ask, svc_date sale, svc_date question,
		       struct version **out, struct svc_error *err);
bool answers_by_question(const struct svc_policy *policy, enum svc_ask ask);

/* Puts what is asked about into the facts of a version, which are empty but for settings. */
typedef int (*version_fill)(void *context, struct version *version, struct svc_error *err);
struct version_question {
	enum svc_ask ask;
	svc_time now;
	version_fill fill;
	void *context;
	bool own_settings; /* they belong to this question, so that its facts are made anew */
};
/* The version that answers, with its facts filled and the present set. Where another version answers than that of the sale, what the
   sale's says of the warranty stands among the facts: a price list of today does not shorten yesterday's warranty. */
int versions_fill(struct versions *versions, const struct version_question *question, struct version **out,
		  struct svc_error *err);

#endif
