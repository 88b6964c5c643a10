/* Dates as legacy systems write them: a format is said in the map and never guessed. */
#ifndef EXCHANGE_DATE_FORMAT_H
#define EXCHANGE_DATE_FORMAT_H

#include "base/arena.h"
#include "svc/date.h"
#include "svc/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A compiled format, such as "%d.%m.%Y %H:%M". The directives are %Y %m %d %b %H %I %p %M %S %f %z %a %% and the pairs
   %F (%Y-%m-%d), %T (%H:%M:%S) and %R (%H:%M); everything else stands for itself. */
struct date_format {
	struct date_part *parts;
	size_t count;
	bool has_time, has_offset;
};
struct date_reading {
	svc_date date; /* civil, as written */
	int second; /* of the day */
	int offset; /* seconds east of UTC, when the format has one */
};

/* SVC_BAD_INPUT for an unknown directive, a two-digit year, or a format without year, month and day. */
int date_format_compile(struct date_format *format, struct arena *arena, const char *text, struct svc_error *err);
/* The whole text must fit. A number may be short of its leading zero where something stands between it and the next one. */
bool date_format_read(const struct date_format *format, const char *text, struct date_reading *out);

#endif
