/* What the log says was decided and set, held against what the file keeps: decisions and settings that are gone, and those that
   nothing made. */
#ifndef DESK_VERIFY_LOG_H
#define DESK_VERIFY_LOG_H

#include "desk.h"

/* An event by which a ticket was decided. */
struct decided {
	int64_t event, ticket;
	bool met; /* a decision names it */
};
struct gap { /* numbers that were given out, and no decision bears */
	int64_t from, to;
};
struct verify_log {
	struct svc_desk *desk;
	const struct svc_verifier *verifier;
	int64_t ticket; /* 0: all, and only then gaps, settings and texts */
	struct decided *decided; /* by event */
	size_t decided_count, decided_room;
	struct gap *gaps;
	size_t gap_count;
	int64_t expected, next; /* the number that the next decision bears, and that is the first not given out */
};

int verify_log_read(struct verify_log *log, struct svc_error *err);
/* To be told of each decision in turn. False: no event of its ticket made it. */
bool verify_log_meet(struct verify_log *log, const struct svc_decision *decision);
/* Tells the verifier of all that is wrong beside the decisions there are. */
int verify_log_report(struct verify_log *log, struct svc_error *err);
void verify_log_release(struct verify_log *log);

#endif
