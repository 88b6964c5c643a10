#include "date_format.h"

#include "base/error.h"

#include <string.h>
#include <strings.h>

enum part_kind {
	PART_YEAR,
	PART_MONTH,
	PART_DAY,
	PART_HOUR,
	PART_MINUTE,
	PART_SECOND,
	PART_NUMBERS, /* the kinds above are numbers */
	PART_FRACTION = PART_NUMBERS,
	PART_HALF, /* AM or PM */
	PART_MONTH_NAME,
	PART_DAY_NAME,
	PART_OFFSET,
	PART_LITERAL,
	PART_KINDS
};
struct date_part {
	enum part_kind kind;
	bool full_width; /* a number that touches another one, so that only all its digits tell where it ends */
	bool twelve; /* an hour of the twelve-hour clock */
	char literal;
};

static const struct directive {
	char letter;
	enum part_kind kind;
} directives[] = {
	{'Y', PART_YEAR},       {'m', PART_MONTH},      {'d', PART_DAY},        {'H', PART_HOUR},
	{'I', PART_HOUR},       {'M', PART_MINUTE},     {'S', PART_SECOND},     {'p', PART_HALF},
	{'b', PART_MONTH_NAME}, {'B', PART_MONTH_NAME}, {'h', PART_MONTH_NAME}, {'f', PART_FRACTION},
	{'a', PART_DAY_NAME},   {'A', PART_DAY_NAME},   {'z', PART_OFFSET},     {'%', PART_LITERAL},
};
static const struct {
	char letter;
	const char *format;
} pairs[] = {{'F', "%Y-%m-%d"}, {'T', "%H:%M:%S"}, {'R', "%H:%M"}};

static const struct {
	int digits, least, most;
} numbers[PART_NUMBERS] = {
	[PART_YEAR] = {4, 1900, 9999}, [PART_MONTH] = {2, 1, 12},  [PART_DAY] = {2, 1, 31},
	[PART_HOUR] = {2, 0, 23},      [PART_MINUTE] = {2, 0, 59}, [PART_SECOND] = {2, 0, 59},
};

static const char *const month_names[] = {"january", "february", "march",     "april",   "may",      "june",
					  "july",    "august",   "september", "october", "november", "december"};
static const char *const day_names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

static void add_part(struct date_format *format, enum part_kind kind, char letter)
{
	format->parts[format->count++] = (struct date_part){.kind = kind, .twelve = letter == 'I', .literal = letter};
	if (kind >= PART_HOUR && kind <= PART_SECOND)
		format->has_time = true;
	if (kind == PART_OFFSET)
		format->has_offset = true;
}

static int unknown_directive(char letter, struct svc_error *err)
{
	if (letter == 'y' || letter == 'D') {
		error_set(err, SVC_BAD_INPUT, _("%%%c leaves the century open"), letter);
		error_hint(err, _("only years of four digits are read: %%Y"));
	} else {
		error_set(err, SVC_BAD_INPUT, _("a date format has no %%%c"), letter ? letter : ' ');
		error_hint(err, "%%Y %%m %%d %%b %%H %%I %%p %%M %%S %%f %%z %%a %%F %%T %%R %%%%");
	}
	return SVC_BAD_INPUT;
}

static int add_directive(struct date_format *format, char letter, struct svc_error *err)
{
	for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
		if (directives[i].letter == letter) {
			add_part(format, directives[i].kind, letter);
			return SVC_OK;
		}
	return unknown_directive(letter, err);
}

static int add_text(struct date_format *format, const char *text, struct svc_error *err)
{
	int code = SVC_OK;

	for (const char *at = text; *at && code == SVC_OK; at++) {
		const char *pair = NULL;
		if (*at != '%') {
			add_part(format, PART_LITERAL, *at);
			continue;
		}
		at++;
		for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
			if (pairs[i].letter == *at)
				pair = pairs[i].format;
		code = pair ? add_text(format, pair, err) : add_directive(format, *at, err);
	}
	return code;
}

static bool is_number(const struct date_part *part)
{
	return part->kind < PART_NUMBERS ||
	       (part->kind == PART_LITERAL && part->literal >= '0' && part->literal <= '9');
}

/* A date is wanted whole, each part once: of two years, one would be a guess. */
static int check_parts(struct date_format *format, struct svc_error *err)
{
	int seen[PART_KINDS] = {0};
	bool twelve = false;

	for (size_t i = 0; i < format->count; i++) {
		struct date_part *part = &format->parts[i];
		seen[part->kind]++;
		twelve |= part->kind == PART_HOUR && part->twelve;
		part->full_width = (i > 0 && is_number(part - 1)) || (i + 1 < format->count && is_number(part + 1));
	}
	if (seen[PART_YEAR] != 1 || seen[PART_MONTH] + seen[PART_MONTH_NAME] != 1 || seen[PART_DAY] != 1)
		return error_set(err, SVC_BAD_INPUT, _("a date format has a year, a month and a day, each once"));
	if (seen[PART_HOUR] > 1 || seen[PART_MINUTE] > 1 || seen[PART_SECOND] > 1 ||
	    (!seen[PART_HOUR] && (seen[PART_MINUTE] || seen[PART_SECOND])))
		return error_set(err, SVC_BAD_INPUT, _("a time has an hour, and each of its parts once"));
	if (twelve != (seen[PART_HALF] == 1))
		return error_set(err, SVC_BAD_INPUT, _("%%I and %%p belong together"));
	return SVC_OK;
}

int date_format_compile(struct date_format *format, struct arena *arena, const char *text, struct svc_error *err)
{
	/* A pair of two letters stands for eight. */
	*format = (struct date_format){.parts = arena_alloc(arena, (strlen(text) * 4 + 1) * sizeof *format->parts)};
	int code = add_text(format, text, err);

	return code == SVC_OK ? check_parts(format, err) : code;
}

/* What was read so far of one text. */
struct reading {
	const char *at;
	int value[PART_NUMBERS];
	bool afternoon, morning;
	int offset;
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Between `least` and `most` digits; -1 when there are fewer, or one more. */
static int read_digits(struct reading *reading, int least, int most)
{
	int value = 0, count = 0;

	while (count < most && digit(reading->at[count]))
		value = value * 10 + (reading->at[count++] - '0');
	if (count < least)
		return -1;
	reading->at += count;
	return value;
}

static bool read_number(struct reading *reading, const struct date_part *part)
{
	int digits = numbers[part->kind].digits;
	int least = part->full_width || part->kind == PART_YEAR ? digits : 1;
	int value = read_digits(reading, least, digits);

	if (value < numbers[part->kind].least || value > numbers[part->kind].most)
		return false;
	if (part->twelve && (value < 1 || value > 12))
		return false;
	reading->value[part->kind] = value;
	return true;
}

/* A whole name or its first three letters; the index, -1 when there is none. */
static int read_name(struct reading *reading, const char *const *names, int count)
{
	for (int i = 0; i < count; i++) {
		size_t whole = strlen(names[i]);
		bool full = !strncasecmp(reading->at, names[i], whole);
		if (!full && strncasecmp(reading->at, names[i], 3) != 0)
			continue;
		reading->at += full ? whole : 3;
		return i;
	}
	return -1;
}

static bool read_half(struct reading *reading)
{
	reading->afternoon = !strncasecmp(reading->at, "pm", 2);
	reading->morning = !strncasecmp(reading->at, "am", 2);
	reading->at += 2 * (reading->afternoon || reading->morning);
	return reading->afternoon || reading->morning;
}

static bool read_offset(struct reading *reading)
{
	char sign = *reading->at;

	if (sign == 'Z')
		return reading->at++, true;
	if (sign != '+' && sign != '-')
		return false;
	reading->at++;
	int hours = read_digits(reading, 2, 2);
	if (*reading->at == ':')
		reading->at++;
	int minutes = read_digits(reading, 2, 2);
	if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
		return false;
	reading->offset = (hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
	return true;
}

static bool read_part(struct reading *reading, const struct date_part *part)
{
	switch (part->kind) {
	case PART_MONTH_NAME:
		return (reading->value[PART_MONTH] = read_name(reading, month_names, 12) + 1) > 0;
	case PART_DAY_NAME:
		return read_name(reading, day_names, 7) >= 0;
	case PART_HALF:
		return read_half(reading);
	case PART_OFFSET:
		return read_offset(reading);
	case PART_FRACTION:
		return read_digits(reading, 1, 9) >= 0;
	case PART_LITERAL:
		return *reading->at++ == part->literal;
	default:
		return read_number(reading, part);
	}
}

bool date_format_read(const struct date_format *format, const char *text, struct date_reading *out)
{
	struct reading reading = {.at = text};

	for (size_t i = 0; i < format->count; i++)
		if (!read_part(&reading, &format->parts[i]))
			return false;
	if (*reading.at)
		return false;
	if (reading.afternoon || reading.morning)
		reading.value[PART_HOUR] = reading.value[PART_HOUR] % 12 + 12 * reading.afternoon;
	out->date = svc_date_of(reading.value[PART_YEAR], reading.value[PART_MONTH], reading.value[PART_DAY]);
	out->second = (reading.value[PART_HOUR] * 60 + reading.value[PART_MINUTE]) * 60 + reading.value[PART_SECOND];
	out->offset = reading.offset;
	return out->date != SVC_DATE_NONE;
}
