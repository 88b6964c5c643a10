#include "convert.h"

#include "svc/money.h"

#include <stdint.h>
#include <string.h>

#define LINE_MAX_BYTES 1000 /* of a text of one line */

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

const char *convert_trim(const struct svc_field *field, const char *cell, struct arena *arena)
{
	const char *from = cell, *to = cell + strlen(cell);

	while (blank(*from))
		from++;
	while (to > from && blank(to[-1]))
		to--;
	if (from == to)
		return "";
	if (field->flags & SVC_FIELD_LINES || (from == cell && !*to))
		return cell;
	return arena_strndup(arena, from, (size_t)(to - from));
}

/* C0, DEL and C1 (U+0080 to U+009F, which begin with C2 in UTF-8): none of them may reach a terminal. */
static bool has_control_character(const char *text, bool lines)
{
	for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
		if (*at < 0x20 && !(lines && (*at == '\n' || *at == '\t' || (*at == '\r' && at[1] == '\n'))))
			return true;
		if (*at == 0x7f || (*at == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0))
			return true;
	}
	return false;
}

/* A text of several lines is kept with plain line feeds, whatever the file's line ends are. */
static const char *plain_lines(const char *text, struct arena *arena)
{
	if (!strchr(text, '\r'))
		return text;
	char *copy = arena_strdup(arena, text), *to = copy;
	for (const char *at = copy; *at; at++)
		if (*at != '\r')
			*to++ = *at;
	*to = '\0';
	return copy;
}

static enum reason convert_text(const struct svc_field *field, const char *cell, struct arena *arena,
				const char **value)
{
	bool lines = field->flags & SVC_FIELD_LINES;

	if (strlen(cell) > (lines ? CONVERT_LINES_MAX : LINE_MAX_BYTES))
		return REASON_TOO_LONG;
	if (has_control_character(cell, lines))
		return REASON_CONTROL_CHARACTER;
	*value = lines ? plain_lines(cell, arena) : cell;
	return REASON_NONE;
}

static enum reason convert_word(const struct svc_field *field, const char *cell, struct arena *arena,
				const char **value)
{
	bool known = !field->words;

	for (size_t i = 0; !known && field->words[i]; i++)
		known = !strcmp(field->words[i], cell);
	return known ? convert_text(field, cell, arena, value) : REASON_UNKNOWN_VALUE;
}

static const char *write_date(svc_date date, struct arena *arena)
{
	char text[16];

	svc_date_format(date, text);
	return arena_strdup(arena, text);
}

static const char *write_time(svc_time time, struct arena *arena)
{
	char text[32];

	svc_time_format(time, NULL, text);
	return arena_strdup(arena, text);
}

/* A day stays a day: midnight would be a moment that nobody wrote down. */
static const char *write_reading(const struct convert_rules *rules, const struct svc_field *field,
				 const struct date_format *format, const struct date_reading *reading,
				 struct arena *arena)
{
	if (field->type == SVC_DATE || !format->has_time)
		return write_date(reading->date, arena);
	if (format->has_offset)
		return write_time((svc_time)reading->date * 86400 + reading->second - reading->offset, arena);
	return write_time(svc_zone_time(rules->zone, reading->date, reading->second), arena);
}

static enum reason convert_date(const struct convert_rules *rules, const struct svc_field *field,
				const struct date_format *format, const char *cell, struct arena *arena,
				const char **value)
{
	struct date_reading reading;
	svc_date date;
	svc_time time;

	if (format) {
		if (!date_format_read(format, cell, &reading))
			return REASON_BAD_DATE;
		*value = write_reading(rules, field, format, &reading, arena);
	} else if (svc_date_parse(cell, &date)) {
		*value = cell;
	} else if (field->type == SVC_TIME && svc_time_parse(cell, rules->zone, &time)) {
		*value = write_time(time, arena);
	} else {
		return REASON_BAD_DATE;
	}
	return REASON_NONE;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* With a decimal mark said in the map, the other mark may stand between thousands: exactly before each three digits. */
static bool groups_hold(const char *text, char group, char decimal)
{
	int run = 0;
	bool grouped = false;

	for (const char *at = text + (*text == '-'); *at && *at != decimal; at++) {
		if (digit(*at)) {
			run++;
			continue;
		}
		if (*at != group || run == 0 || run > 3 || (grouped && run != 3))
			return false;
		grouped = true;
		run = 0;
	}
	return !grouped || run == 3;
}

static const char *plain_number(const struct convert_rules *rules, const char *cell, struct arena *arena)
{
	char decimal = rules->decimal ? rules->decimal : '.', group = decimal == ',' ? '.' : ',';

	if (!rules->decimal)
		return cell;
	if (!groups_hold(cell, group, decimal))
		return NULL;
	char *copy = arena_strdup(arena, cell), *to = copy;
	bool decimals = false;
	for (const char *at = copy; *at; at++) {
		if (*at == group && !decimals)
			continue;
		decimals |= *at == decimal;
		*to++ = *at == decimal ? '.' : *at == '.' ? ',' : *at;
	}
	*to = '\0';
	return copy;
}

static enum reason convert_number(const struct convert_rules *rules, const struct svc_field *field, const char *cell,
				  struct arena *arena, const char **value)
{
	const char *plain = plain_number(rules, cell, arena);
	svc_money money;
	int64_t number;

	if (field->type == SVC_MONEY) {
		if (!plain || !svc_money_parse(plain, rules->currency_digits, &money) || money < 0 ||
		    money > SVC_MONEY_MAX)
			return REASON_BAD_MONEY;
	} else if (!plain || !svc_number_parse(plain, &number) ||
		   (field->type == SVC_INTEGER && number % SVC_NUMBER_ONE)) {
		return REASON_BAD_NUMBER;
	}
	*value = plain;
	return REASON_NONE;
}

enum reason convert_value(const struct convert_rules *rules, const struct svc_field *field,
			  const struct date_format *format, const char *cell, struct arena *arena, const char **value)
{
	switch (field->type) {
	case SVC_DATE:
	case SVC_TIME:
		return convert_date(rules, field, format, cell, arena, value);
	case SVC_INTEGER:
	case SVC_NUMBER:
	case SVC_MONEY:
		return convert_number(rules, field, cell, arena, value);
	case SVC_WORD:
		return convert_word(field, cell, arena, value);
	default:
		return convert_text(field, cell, arena, value);
	}
}
