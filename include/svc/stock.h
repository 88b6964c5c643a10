/* Parts: what is on hand, for which ticket it goes out, and what became of it. A part's balance is the sum of its movements, each of
   which is an event; an issue keeps a count of what of it was used, came back or was written off.
   Whether a part may go out is the pack's `parts` ask (contract: asks.md). It is asked when a part is issued, with the fact stage=issue
   where the pack has such a word; and, in packs that have words for them, when parts are received (receive) and when an issue is used
   or written off (write_off).
   All writes need an open transaction. They are SVC_BAD_INPUT with a quantity below one or above SVC_QUANTITY_MAX, or at a moment to
   come; SVC_REFUSED where more would go than is free; and those that ask a pack SVC_REFUSED, SVC_INCOMPLETE or SVC_DENIED as it
   says. `at`: when it happened; SVC_TIME_NONE: now. */
#ifndef SVC_STOCK_H
#define SVC_STOCK_H

#include "svc/desk.h"
#include "svc/money.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SVC_QUANTITY_MAX INT64_C(1000000000) /* pieces in one movement, and on hand */

struct svc_receipt {
	int64_t part, quantity; /* pieces */
	const char *cost; /* of one piece, an amount as text: the part costs so much from now on; NULL: not said */
	const char *supplier, *reference; /* one line each; NULL: not said */
	svc_time at;
	const struct svc_assignment *facts; /* for the pack */
	size_t fact_count;
};
SVC_PUBLIC int svc_part_receive(struct svc_desk *desk, const struct svc_receipt *receipt, struct svc_error *err);
/* What was counted on the shelf: the difference to the balance of that moment is a movement. SVC_REFUSED when less was counted than is
   reserved. `quantity` may be 0. */
SVC_PUBLIC int svc_part_count(struct svc_desk *desk, int64_t part, int64_t quantity, const char *reason, svc_time at,
			      struct svc_error *err);
/* `reason` is required. */
SVC_PUBLIC int svc_part_write_off(struct svc_desk *desk, int64_t part, int64_t quantity, const char *reason,
				  svc_time at, struct svc_error *err);

/* Keeps pieces for an open ticket; what it has reserved of the part before grows. */
SVC_PUBLIC int svc_part_reserve(struct svc_desk *desk, int64_t part, int64_t ticket, int64_t quantity, svc_time at,
				int64_t *issue, struct svc_error *err);

struct svc_issuing {
	int64_t part, ticket, quantity;
	int64_t technician; /* who takes it; 0: not said */
	const char *
		approved_by; /* the fact approved=true, with a name; an actor's, on a desk that has actors; NULL: not said */
	bool old_part; /* is owed, whatever the pack says */
	const char *override; /* why it goes out against the pack's refusal; NULL: it does not */
	svc_time at;
	const struct svc_assignment *facts; /* true of this step */
	size_t fact_count;
};
/* Takes pieces out for an open ticket, first those that it has reserved. The decision is kept with the ticket. */
SVC_PUBLIC int svc_part_issue(struct svc_desk *desk, const struct svc_issuing *issuing, int64_t *issue,
			      struct svc_error *err);

enum svc_settling_as { SVC_PART_USED, SVC_PART_RETURNED, SVC_PART_WRITTEN_OFF };
struct svc_settling {
	int64_t issue;
	enum svc_settling_as as;
	int64_t quantity; /* 0: all that is still out */
	const char *reason; /* required to write off */
	const char *override;
	svc_time at;
	const struct svc_assignment *facts;
	size_t fact_count;
};
/* What became of pieces that are out. Those returned are on hand again; what was only reserved is free again, and can't be used or
   written off. With the last piece the issue is settled. */
SVC_PUBLIC int svc_issue_settle(struct svc_desk *desk, const struct svc_settling *settling, struct svc_error *err);
/* The old part is back, or (`explanation`) it is said why it is not. SVC_REFUSED when it is back already. */
SVC_PUBLIC int svc_issue_old_part(struct svc_desk *desk, int64_t issue, const char *explanation, svc_time at,
				  struct svc_error *err);

/* One movement and the balance after it, in the order in which they happened. Valid during the call. */
struct svc_movement {
	int64_t event;
	svc_time at;
	const char *actor, *verb; /* received, reserved, released, issued, returned, written_off, counted */
	int64_t quantity, reserving; /* what came to the pieces on hand, and to those of them that are reserved */
	int64_t on_hand, reserved; /* after it */
	const char *issue, *ticket, *supplier, *reference, *cost, *reason; /* NULL: none */
};
typedef int (*svc_movement_seen)(void *context, const struct svc_movement *movement); /* other than 0 stops */
SVC_PUBLIC int svc_part_moves(struct svc_desk *desk, int64_t part, svc_movement_seen seen, void *context,
			      struct svc_error *err);

/* What there is of a part, and the least that there should be: its own minimum or what the pack of the desk promises, whichever is
   more. Valid during the call. */
struct svc_stock {
	const struct svc_record *part;
	int64_t on_hand, reserved, minimum; /* minimum 0: none */
	const char *clause; /* that promises the minimum; NULL: the part's own */
	bool below; /* fewer are free than the minimum */
};
typedef int (*svc_stock_seen)(void *context, const struct svc_stock *stock);
SVC_PUBLIC int svc_stock_list(struct svc_desk *desk, bool below_minimum, svc_stock_seen seen, void *context,
			      struct svc_error *err);
/* Tells each part whose balance is not the sum of its movements, or does not agree with its issues, and each issue that does not add
   up, in a sentence in the reader's language. */
SVC_PUBLIC int svc_stock_check(struct svc_desk *desk, svc_damage_seen seen, void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
