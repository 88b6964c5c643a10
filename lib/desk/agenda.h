/* What the store knows of a technician's time. */
#ifndef DESK_AGENDA_H
#define DESK_AGENDA_H

#include "desk.h"
#include "stretch.h"

#define WINDOW_LONGEST (31 * INT64_C(86400)) /* of a visit */
#define TRAVEL_LONGEST 1440 /* minutes */

struct held { /* a visit or an absence */
	enum svc_kind kind;
	int64_t id;
	struct stretch time; /* that it takes */
	struct stretch window; /* of a visit; else the same */
	const char *state, *ticket; /* of a visit */
};
struct agenda {
	struct held *items; /* by begin */
	size_t count, room;
};

/* The stretch that a visit takes. */
struct stretch window_takes(struct stretch window, int64_t minutes, int64_t travel);
/* The stretch of a visit's or absence's own values; a day counts from its first second to its last. */
int held_read(struct svc_desk *desk, enum svc_kind kind, const char *const *values, struct held *held,
	      struct arena *arena, struct svc_error *err);
bool visit_is_open(const char *state);

/* Absences and open visits that touch `within`, but the visit `except`. `all`: also visits that are over, but no cancelled ones. */
int agenda_read(struct svc_desk *desk, int64_t technician, struct stretch within, int64_t except, bool all,
		struct arena *arena, struct agenda *agenda, struct svc_error *err);
/* The first of a kind that overlaps; NULL: none. */
const struct held *agenda_meets(const struct agenda *agenda, enum svc_kind kind, struct stretch stretch);
/* When a technician with this shift (NULL: at any time) is free within. */
int agenda_free(struct svc_desk *desk, const struct agenda *agenda, const char *shift, struct stretch within,
		struct arena *arena, struct stretches *out, struct svc_error *err);
/* The hours of a shift (NULL: all) within. */
int agenda_hours(struct svc_desk *desk, const char *shift, struct stretch within, struct arena *arena,
		 struct stretches *out, struct svc_error *err);

#endif
