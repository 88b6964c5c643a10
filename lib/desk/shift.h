/* Working hours as people write them: "mon-fri 08:00-12:00 13:00-17:30; sat 09:00-12:00". Pure. */
#ifndef DESK_SHIFT_H
#define DESK_SHIFT_H

#include "stretch.h"

#define SHIFT_PARTS 84

struct shift {
	struct shift_part {
		int weekday; /* 1 Monday ... 7 Sunday */
		int from, to; /* minutes of the day; past 1440 it goes on into the next */
	} parts[SHIFT_PARTS];
	size_t count;
};

/* False when the text is no shift. An end at or before the begin is of the next day. */
bool shift_read(struct shift *shift, const char *text);
/* The hours of the shift that touch `within`, joined. */
void shift_stretches(const struct shift *shift, const struct svc_zone *zone, struct stretch within, struct arena *arena,
		     struct stretches *out);

#endif
