/* One cell of a legacy file into the value of one field. */
#ifndef EXCHANGE_CONVERT_H
#define EXCHANGE_CONVERT_H

#include "base/arena.h"
#include "date_format.h"
#include "reason.h"
#include "svc/desk.h"

#define CONVERT_LINES_MAX (1u << 20) /* bytes of a text of several lines, or of all the columns that are kept */

struct convert_rules {
	char decimal; /* the mark before the decimals; 0: a point, and no marks between thousands */
	int currency_digits;
	const struct svc_zone *zone; /* of times that carry no offset */
};

/* The cell without the blanks around it; texts of several lines are kept as they are, but one of blanks alone is empty. */
const char *convert_trim(const struct svc_field *field, const char *cell, struct arena *arena);

/* The value as the desk takes it (svc_assignment), in `arena` or borrowed from `cell`, which is not empty. `format` (NULL:
   ISO 8601) is that of a date or time. A reason when there is no such value. */
enum reason convert_value(const struct convert_rules *rules, const struct svc_field *field,
			  const struct date_format *format, const char *cell, struct arena *arena, const char **value);

#endif
