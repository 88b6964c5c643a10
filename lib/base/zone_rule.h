/* The rule that a zone follows after its last listed change: POSIX TZ text such as "CET-1CEST,M3.5.0,M10.5.0/3". */
#ifndef BASE_ZONE_RULE_H
#define BASE_ZONE_RULE_H

#include "svc/date.h"

/* One yearly change, as a day and a wall-clock second (which may lie outside the day, up to a week). */
struct zone_switch {
	enum { SWITCH_MONTH_WEEKDAY, SWITCH_JULIAN, SWITCH_DAY } kind; /* "M3.5.0"; "J60", never 29 February; "59" */
	int month, week, weekday; /* weekday 0 is Sunday; week 5 is the last */
	int day;
	int32_t second;
};

struct zone_rule {
	bool has_summer;
	int32_t standard, summer; /* seconds east of UTC */
	struct zone_switch begins, ends; /* of summer time */
};

/* `text` ends at the newline of the file's footer or at its terminator. False when it is no rule. */
bool zone_rule_parse(const char *text, struct zone_rule *out);

/* The offset at `at`, and the first change after it (INT64_MAX when there is none). */
int32_t zone_rule_offset(const struct zone_rule *rule, svc_time at, svc_time *next_change);

#endif
