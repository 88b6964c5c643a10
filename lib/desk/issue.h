/* Parts for tickets: what reserving, taking out and settling share. */
#ifndef DESK_ISSUE_H
#define DESK_ISSUE_H

#include "life.h"
#include "stock.h"

int64_t issue_pieces(const char *const *values, const char *field); /* 0 where there is none */
const char *issue_count(int64_t pieces, struct arena *arena); /* as a field keeps it */
/* A movement that an issue makes names it, and its ticket. */
void issue_tell(struct stock_move *move, const char *issue, const char *ticket, const char *reason,
		struct arena *arena);
/* A step in the life of an issue: its events are written in the order in which they happened. */
int issue_step(struct svc_desk *desk, const struct life_step *step, int64_t issue, svc_time at, struct change *change,
	       struct arena *arena, struct svc_error *err);

#endif
