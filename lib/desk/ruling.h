/* One question to a pack, with what the store knows: which pack, which facts, which settings. */
#ifndef DESK_RULING_H
#define DESK_RULING_H

#include "change.h"
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
/* The two halves of it: the pack that answers and all that it would be decided on; then one ask. *policy and *facts are the caller's;
   both NULL when there is no pack and `may_lack`. */
int ruling_open(struct svc_desk *desk, const struct svc_desk_options *options, const struct inquiry *inquiry,
		struct svc_policy **policy, struct svc_facts **facts, struct svc_error *err);
int ruling_ask(struct ruling *ruling, enum svc_ask ask, const struct svc_facts *facts, bool explain,
	       struct svc_answer *answer, struct svc_error *err);
/* Fills the facts of a pack that is open already, and empty, with all that such a question would be decided on. */
int ruling_fill(struct svc_desk *desk, const struct svc_desk_options *options, const struct inquiry *inquiry,
		struct svc_facts *facts, struct svc_error *err);
void ruling_release(struct ruling *ruling, bool with_policy);

/* The question that a ticket stands for, on all that was said of it so far; `values` are the ticket's. What `inquiry` points to
   lives in `arena` and `facts`. */
int ticket_inquiry(struct svc_desk *desk, int64_t ticket, const char *const *values, struct gathered_facts *facts,
		   struct arena *arena, struct inquiry *inquiry, struct svc_error *err);

/* One ask on all that is known of a ticket, with further facts. ruling->policy NULL: no pack answers for the ticket, or it has no such
   section; nothing was asked then. Kept with ruling_keep where `ruling->keep` was set. */
int ticket_ask(struct svc_desk *desk, int64_t ticket, enum svc_ask ask, const struct svc_assignment *facts,
	       size_t fact_count, struct ruling *ruling, struct svc_answer *answer, struct arena *arena,
	       struct svc_error *err);
/* All facts that were told of a ticket so far, or marks: the later of a name counts. */
int ticket_said(struct svc_desk *desk, int64_t ticket, const char *which, struct gathered_facts *all,
		struct arena *arena, struct svc_error *err);
/* A text to be added to a ticket's note, checked. */
int ticket_line(struct svc_desk *desk, const char *text, const char *note, struct arena *arena, const char **line,
		struct svc_error *err);

/* Something is told of a ticket; with facts the warranty is decided again, on all that is known. */
struct telling {
	int64_t ticket;
	const char *verb, *text; /* text NULL: none */
	svc_time at; /* SVC_TIME_NONE: now */
	const struct change *change; /* fields and marks that come with it; NULL: none */
	const struct svc_assignment *facts;
	size_t fact_count;
};
/* `answer` and `policy` (may be NULL): as svc_ticket_note. */
int ticket_tell(struct svc_desk *desk, const struct telling *telling, struct svc_answer *answer,
		struct svc_policy **policy, struct svc_error *err);
/* Reads a ticket that is open (else SVC_REFUSED) and to which something happened at a moment (SVC_BAD_INPUT when it is to come, or before
   the ticket was opened; SVC_TIME_NONE: now). */
int ticket_open_at(struct svc_desk *desk, int64_t ticket, svc_time at, struct arena *arena, const char **values,
		   struct svc_error *err);

/* Keeps the decision for a ticket, and the pack's text the first time. */
int ruling_keep(struct svc_desk *desk, int64_t ticket, int64_t event, const struct ruling *ruling,
		const struct svc_answer *answer, struct svc_error *err);

/* A decision as it is kept, in the words of the public header. Borrowed. */
struct kept_decision;
struct svc_decision ruling_kept(const struct kept_decision *kept);

#endif
