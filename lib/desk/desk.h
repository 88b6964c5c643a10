/* Private to the desk floor: the open desk, and what its parts share. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/arena.h"
#include "store/fields.h"
#include "store/store.h"
#include "svc/desk.h"

struct svc_desk {
	struct store *store;
	struct svc_desk_options options; /* file, actor and policy are the desk's own copies */
	struct svc_zone *zone; /* the desk's; NULL: not opened yet */
	char *key, *arguments; /* of the change under way; NULL: none */
	int64_t first_event; /* of the change under way; 0: none yet */
	struct arena memory; /* of the change under way */
};

/* The zone that days without one are meant in. Borrowed. */
int desk_zone(struct svc_desk *desk, const struct svc_zone **zone, struct svc_error *err);
/* The name by which a pack is kept: one that is named by its path by its whole path. The caller frees. */
char *desk_pack_name(const char *policy);
/* SVC_FAULT when a write is tried outside a change. */
int desk_writing(struct svc_desk *desk, struct svc_error *err);
/* SVC_DENIED when the desk has actors and the one who acts is none of them. */
int desk_check_actor(struct svc_desk *desk, struct svc_error *err);
/* The role of the one who acts; NULL: none, or the desk has no actors. In `arena`. */
int desk_role(struct svc_desk *desk, struct arena *arena, const char **role, struct svc_error *err);

#endif
