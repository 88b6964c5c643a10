#include "values.h"

#include "base/error.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "store/record.h"
#include "technician.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- one value ---- */

/* "field: reason: value"; `reason` comes translated. The head of a long value is enough to know it by. */
static int bad(struct svc_error *err, const struct svc_field *field, const char *reason, const char *text)
{
	size_t length = strlen(text), shown = 0;
	uint32_t code;
	while (shown < length && shown < 60) {
		size_t step = utf8_next(text + shown, length - shown, &code);
		if (code == 0xfffd || code < 0x20 || (code >= 0x7f && code < 0xa0))
			break;
		shown += step;
	}
	error_set(err, SVC_BAD_INPUT, "%s: %s%s%.*s%s", field->name, reason, shown ? ": " : "", (int)shown, text,
		  shown < length ? "..." : "");
	error_field(err, field->name);
	return SVC_BAD_INPUT;
}

/* Data must not drive a terminal: no C0 or C1 controls but, where a text has lines, the line's end and the tab. */
static bool has_control(const char *text, size_t length, bool lines)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];
		if (byte >= 0x20 && byte != 0x7f && byte != 0xc2)
			continue;
		if (lines && (byte == '\n' || byte == '\t'))
			continue;
		if (byte != 0xc2 || ((unsigned char)text[i + 1] & 0xe0) == 0x80)
			return true;
	}
	return false;
}

const char *value_text_fault(const char *text, bool lines)
{
	size_t length = strlen(text);
	if (!utf8_valid(text, length))
		return _("not valid UTF-8");
	if (length > (lines ? VALUE_LINES_MAX : VALUE_LINE_MAX))
		return lines ? _("longer than 1 MiB") : _("longer than 1000 bytes");
	return has_control(text, length, lines) ? _("control characters are not allowed") : NULL;
}

static const char *trimmed(const char *text, struct arena *arena)
{
	const char *start = text + strspn(text, " \t\r\n");
	size_t length = strlen(start);
	while (length && strchr(" \t\r\n", start[length - 1]))
		length--;
	return start[length] ? arena_strndup(arena, start, length) : start;
}

/* Lines end with LF alone, as everywhere in the store. */
static const char *unix_lines(const char *text, struct arena *arena)
{
	if (!strchr(text, '\r'))
		return text;
	char *out = arena_strdup(arena, text), *to = out;
	for (const char *from = text; *from; from++)
		if (*from != '\r')
			*to++ = *from;
		else if (from[1] != '\n')
			*to++ = '\n';
	*to = '\0';
	return out;
}

static int check_text(const struct svc_field *field, const char *text, struct arena *arena, const char **out,
		      struct svc_error *err)
{
	bool lines = field->flags & SVC_FIELD_LINES;
	text = lines ? unix_lines(text, arena) : trimmed(text, arena);
	const char *fault = value_text_fault(text, lines);
	if (fault)
		return bad(err, field, fault, text);
	*out = *text ? text : NULL;
	return SVC_OK;
}

static int check_word(const struct svc_field *field, const char *text, struct arena *arena, const char **out,
		      struct svc_error *err)
{
	const char *nearest = NULL;
	int best = 3;
	int status = check_text(field, text, arena, out, err);
	if (status != SVC_OK || !*out || !field->words)
		return status;
	for (const char *const *word = field->words; *word; word++) {
		int distance = text_distance(*out, *word, 2);
		if (distance == 0)
			return SVC_OK;
		if (distance < best) {
			best = distance;
			nearest = *word;
		}
	}
	bad(err, field, _("unknown word"), *out);
	error_hint(err, _("did you mean %s?"), nearest ? nearest : field->words[0]);
	return SVC_BAD_INPUT;
}

static int check_date(const struct svc_field *field, const char *text, struct arena *arena, const char **out,
		      struct svc_error *err)
{
	svc_date date;
	char kept[16];
	if (!svc_date_parse(text, &date))
		return bad(err, field, _("not a date of the years 1900 to 9999 (YYYY-MM-DD)"), text);
	svc_date_format(date, kept);
	*out = arena_strdup(arena, kept);
	return SVC_OK;
}

static int check_time(struct svc_desk *desk, const struct svc_field *field, const char *text, struct arena *arena,
		      const char **out, struct svc_error *err)
{
	const struct svc_zone *zone;
	svc_date date;
	svc_time time;
	char kept[32];
	if (svc_date_parse(text, &date))
		return check_date(field, text, arena, out, err);
	int status = desk_zone(desk, &zone, err);
	if (status != SVC_OK)
		return status;
	if (!svc_time_parse(text, zone, &time))
		return bad(err, field, _("not a date or a time (YYYY-MM-DD, YYYY-MM-DDTHH:MM:SS+HH:MM)"), text);
	svc_time_format(time, NULL, kept);
	*out = arena_strdup(arena, kept);
	return SVC_OK;
}

static int check_integer(const struct svc_field *field, const char *text, struct arena *arena, const char **out,
			 struct svc_error *err)
{
	size_t sign = text[0] == '-', digits = strspn(text + sign, "0123456789");
	if (!digits || text[sign + digits] || digits > 18)
		return bad(err, field, _("not a whole number"), text);
	if (sign)
		return bad(err, field, _("must not be negative"), text);
	*out = arena_printf(arena, "%lld", strtoll(text, NULL, 10));
	return SVC_OK;
}

static int check_number(const struct svc_field *field, const char *text, struct arena *arena, const char **out,
			struct svc_error *err)
{
	int64_t number;
	char kept[32];
	if (!svc_number_parse(text, &number))
		return bad(err, field, _("not a number"), text);
	if (number < 0)
		return bad(err, field, _("must not be negative"), text);
	svc_number_format(number, kept);
	*out = arena_strdup(arena, kept);
	return SVC_OK;
}

static int check_money(struct svc_desk *desk, const struct svc_field *field, const char *text, struct arena *arena,
		       const char **out, struct svc_error *err)
{
	const struct store_about *about;
	svc_money amount;
	char kept[32];
	int status = store_about(desk->store, &about, err);
	if (status != SVC_OK)
		return status;
	if (!svc_money_parse(text, about->currency_digits, &amount) || amount > SVC_MONEY_MAX)
		return bad(err, field, _("not an amount of money"), text);
	if (amount < 0)
		return bad(err, field, _("must not be negative"), text);
	svc_money_format(amount, about->currency_digits, kept);
	*out = arena_strdup(arena, kept);
	return SVC_OK;
}

static int check_reference(struct svc_desk *desk, const struct svc_field *field, const char *text, struct arena *arena,
			   const char **out, struct svc_error *err)
{
	int64_t id;
	char label[24];
	int status = svc_find(desk, field->refers, text, &id, err);
	error_field(err, status == SVC_OK ? "" : field->name);
	record_label(label, field->refers, id);
	*out = arena_strdup(arena, label);
	return status;
}

static int check_json(const struct svc_field *field, const char *text, struct arena *arena, const char **out,
		      struct svc_error *err)
{
	struct node *root;
	int status = check_text(field, text, arena, out, err);
	if (status != SVC_OK || !*out)
		return status;
	if (json_read(&root, arena, text, strlen(text), "", 0, NULL) != SVC_OK || root->kind != NODE_MAP)
		return bad(err, field, _("not a JSON object"), text);
	return SVC_OK;
}

int value_check(struct svc_desk *desk, const struct svc_field *field, const char *text, struct arena *arena,
		const char **out, struct svc_error *err)
{
	*out = NULL;
	if (!text || !*text)
		return SVC_OK;
	switch (field->type) {
	case SVC_TEXT:
		return check_text(field, text, arena, out, err);
	case SVC_WORD:
		return check_word(field, text, arena, out, err);
	case SVC_DATE:
		return check_date(field, text, arena, out, err);
	case SVC_TIME:
		return check_time(desk, field, text, arena, out, err);
	case SVC_INTEGER:
		return check_integer(field, text, arena, out, err);
	case SVC_NUMBER:
		return check_number(field, text, arena, out, err);
	case SVC_MONEY:
		return check_money(desk, field, text, arena, out, err);
	case SVC_REFERENCE:
		return check_reference(desk, field, text, arena, out, err);
	case SVC_JSON:
		return check_json(field, text, arena, out, err);
	}
	return SVC_OK;
}

/* ---- many values ---- */

int value_unknown_field(enum svc_kind kind, const char *name, bool to_write, struct svc_error *err)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	const char *nearest = NULL;
	int best = 4;
	for (size_t i = 1; i < count; i++) {
		int distance = text_distance(name, fields[i].name, 3);
		if (distance < best && !(to_write && fields[i].flags & SVC_FIELD_READ_ONLY)) {
			best = distance;
			nearest = fields[i].name;
		}
	}
	error_set(err, SVC_USAGE, _("a %s has no field %s"), svc_text(svc_kind_name(kind)), name);
	error_field(err, name);
	if (nearest)
		error_hint(err, _("did you mean %s?"), nearest);
	return SVC_USAGE;
}

static bool is_one_of(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

int values_fill(struct svc_desk *desk, const struct svc_assignment *values, size_t count, const char *const *may_set,
		struct arena *arena, struct change *change, struct svc_error *err)
{
	size_t field_count;
	const struct svc_field *fields = svc_fields(change->kind, &field_count);
	for (size_t i = 0; i < count; i++) {
		int place = field_find(change->kind, values[i].field);
		if (place == FIELD_NONE)
			return value_unknown_field(change->kind, values[i].field, true, err);
		if ((fields[place].flags & SVC_FIELD_READ_ONLY) && !is_one_of(may_set, fields[place].name)) {
			error_set(err, SVC_USAGE, _("the desk itself sets %s"), fields[place].name);
			error_field(err, fields[place].name);
			return SVC_USAGE;
		}
		int status = value_check(desk, &fields[place], values[i].value, arena, &change->set[place], err);
		if (status != SVC_OK)
			return status;
		change->touched[place] = true;
	}
	return SVC_OK;
}

const char *value_moment(svc_time at, struct arena *arena)
{
	char text[32];
	svc_time_format(at, NULL, text);
	return arena_strdup(arena, text);
}

/* ---- a whole record ---- */

int value_day(struct svc_desk *desk, const char *time, svc_date *day, struct svc_error *err)
{
	const struct svc_zone *zone;
	svc_time at;
	*day = SVC_DATE_NONE;
	if (!time || svc_date_parse(time, day) || !svc_time_parse(time, NULL, &at))
		return SVC_OK;
	int status = desk_zone(desk, &zone, err);
	if (status == SVC_OK)
		*day = svc_zone_date(zone, at);
	return status;
}

static const char *value_of(enum svc_kind kind, const char *const *values, const char *field)
{
	int place = field_find(kind, field);
	return place == FIELD_NONE ? NULL : values[place];
}

static int refuse_close(enum svc_code code, struct svc_error *err, const char *message)
{
	error_set(err, code, "%s", message);
	error_field(err, "closed");
	return code;
}

static int check_ticket(struct svc_desk *desk, const char *const *values, struct svc_error *err)
{
	const char *opened = value_of(SVC_TICKET, values, "opened"), *closed = value_of(SVC_TICKET, values, "closed");
	const char *state = value_of(SVC_TICKET, values, "state");
	svc_date opened_on, closed_on;
	if (!closed)
		return SVC_OK;
	int status = value_day(desk, opened, &opened_on, err);
	if (status == SVC_OK)
		status = value_day(desk, closed, &closed_on, err);
	if (status != SVC_OK)
		return status;
	bool moments = opened && strlen(opened) > 10 && strlen(closed) > 10;
	if (closed_on < opened_on || (moments && strcmp(closed, opened) < 0))
		return refuse_close(SVC_BAD_INPUT, err, _("closed before it was opened"));
	if (!state || strcmp(state, "closed") != 0)
		return refuse_close(SVC_REFUSED, err, _("an open ticket has no closing date; close it first"));
	return SVC_OK;
}

int values_check_record(struct svc_desk *desk, enum svc_kind kind, const char *const *values, struct svc_error *err)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	for (size_t i = 0; i < count; i++)
		if ((fields[i].flags & SVC_FIELD_REQUIRED) && !values[i]) {
			error_set(err, SVC_BAD_INPUT, _("a %s needs a %s"), svc_text(svc_kind_name(kind)),
				  svc_text(fields[i].title));
			error_field(err, fields[i].name);
			return SVC_BAD_INPUT;
		}
	return kind == SVC_TICKET ? check_ticket(desk, values, err) : technician_check(desk, kind, values, err);
}

static int refuse_twin(enum svc_kind kind, const char *field, int64_t twin, const char *value, struct svc_error *err)
{
	char label[24];
	record_label(label, kind, twin);
	error_set(err, SVC_REFUSED, _("%s is there already: %s"), value, label);
	error_field(err, field);
	if (kind == SVC_UNIT)
		error_hint(err, _("svc unit edit %s changes it; another --brand or --model makes it another unit"),
			   label);
	return SVC_REFUSED;
}

int values_check_identity(struct svc_desk *desk, enum svc_kind kind, int64_t id, const char *const *values,
			  struct svc_error *err)
{
	const char *name = kind == SVC_UNIT ? "serial" : kind == SVC_PART ? "number" : "name";
	int64_t twin;
	int status = record_twin(desk->store, kind, id, values, &twin, err);
	if (status != SVC_OK || !twin)
		return status;
	return refuse_twin(kind, name, twin, values[field_find(kind, name)], err);
}
