/* The balance of a part: one way to move it, and one to read its movements. */
#ifndef DESK_STOCK_H
#define DESK_STOCK_H

#include "svc/stock.h"
#include "writing.h"

struct stock_move {
	const char *verb; /* of the event */
	int64_t on_hand, reserved; /* what is added; may be negative */
	svc_time at; /* SVC_TIME_NONE: now */
	const char *cost; /* the part costs so much from now on; NULL: as before */
	const struct svc_assignment *facts; /* that a pack was asked with */
	size_t fact_count;
	struct gathered_facts told; /* supplier, reference, reason, issue, ticket, ...: kept with the movement */
};
/* Refuses what would leave fewer than none free, at that moment or at any after it. */
int stock_move(struct svc_desk *desk, int64_t part, struct stock_move *move, struct arena *arena,
	       struct svc_error *err);
/* Whether it may: asked before anything else is written of a step that moves a part. */
int stock_check_move(struct svc_desk *desk, int64_t part, const struct stock_move *move, struct arena *arena,
		     struct svc_error *err);
/* One line that a movement or an issue keeps under `name`; *out is NULL when `text` is empty. */
int stock_line(struct svc_desk *desk, const char *name, const char *text, struct arena *arena, const char **out,
	       struct svc_error *err);
int stock_quantity(int64_t quantity, int64_t least, struct svc_error *err);
int64_t stock_pieces(enum svc_kind kind, const char *const *values, const char *field); /* 0 where there is none */

#endif
