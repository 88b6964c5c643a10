/* One question to a pack, with what the store knows: which pack, which facts, which settings. */
#ifndef DESK_RULING_H
#define DESK_RULING_H

#include "desk.h"

struct inquiry {
	enum svc_ask ask;
	int64_t unit; /* 0: none */
	const char *policy; /* the id of the pack that answered before: another one does not answer now; NULL: none */
	const char *const *ticket; /* a ticket's values, whose facts count where the unit knows none; NULL */
	const struct svc_assignment *facts, *settings; /* typed; they win */
	size_t fact_count, setting_count;
	svc_date claim; /* the day of the question; SVC_DATE_NONE: today in the pack's zone */
	bool explain;
	bool may_lack; /* no pack, or one without this section, is no error: *policy is NULL then */
};

struct ruling {
	struct svc_policy *policy; /* must outlive the answer */
	char *facts, *settings; /* JSON, for keeping; NULL unless `keep` */
	bool keep;
};

/* `desk` may be NULL with `options` given and no unit. On an error nothing is left to release. */
int ruling_make(struct svc_desk *desk, const struct svc_desk_options *options, const struct inquiry *inquiry,
		struct ruling *ruling, struct svc_answer *answer, struct svc_error *err);
void ruling_release(struct ruling *ruling, bool with_policy);

/* Keeps the decision for a ticket, and the pack's text the first time. */
int ruling_keep(struct svc_desk *desk, int64_t ticket, int64_t event, const struct ruling *ruling,
		const struct svc_answer *answer, struct svc_error *err);

#endif
