#include "record.h"

#include "base/json.h"

#include <string.h>

#define KEYS_MAX 3

/* A row without a number of its own is known by these fields; a ticket has none that tell it, so all of it does. */
static const char *const natural_keys[SVC_KIND_COUNT][KEYS_MAX + 1] = {
	[SVC_CUSTOMER] = {"name", "phone"},
	[SVC_UNIT] = {"serial", "brand", "model"},
};

/* NULL: none */
static const char *record_value(const struct import_record *record, const char *field)
{
	for (size_t i = 0; i < record->count; i++)
		if (!strcmp(record->values[i].field, field) && *record->values[i].value)
			return record->values[i].value;
	return NULL;
}

struct fingerprint record_identity(const char *legacy_id)
{
	return fingerprint_of(legacy_id, strlen(legacy_id));
}

static bool is_required(const struct import_map *map, const struct svc_field *field)
{
	return (field->flags & SVC_FIELD_REQUIRED) || (map->kind == SVC_TICKET && !strcmp(field->name, "opened"));
}

static const char *cell_at(const struct row *row, int slot)
{
	return slot == MAP_NONE || !row->cells[slot] ? "" : row->cells[slot];
}

static bool same_text(const char *a, const char *b, size_t length)
{
	return strlen(a) == length && !memcmp(a, b, length);
}

/* Our word for theirs: with or without the blanks around it. NULL: there is none. */
static const char *translate(const struct map_field *field, const char *cell)
{
	size_t from = strspn(cell, " \t"), length = strlen(cell + from);

	while (length && (cell[from + length - 1] == ' ' || cell[from + length - 1] == '\t'))
		length--;
	for (size_t i = 0; i < field->values->count; i++) {
		const char *theirs = field->values->keys[i]->text;
		if (!strcmp(theirs, cell) || same_text(theirs, cell + from, length))
			return field->values->items[i]->text;
	}
	return length ? NULL : "";
}

static enum reason read_value(struct import_record *record, const struct map_field *field,
			      const struct convert_rules *rules, const struct row *row, const char **value)
{
	struct convert_rules plain = *rules;
	const char *cell = field->fixed ? field->fixed : cell_at(row, field->slot);

	/* What the map itself says is written as the desk takes it. */
	if (field->fixed || field->values)
		plain.decimal = 0;
	if (field->values)
		cell = translate(field, cell);
	*value = "";
	if (!cell)
		return REASON_UNKNOWN_VALUE;
	cell = convert_trim(field->field, cell, &record->memory);
	if (!*cell)
		return REASON_NONE;
	return convert_value(&plain, field->field, field->values || field->fixed ? NULL : field->date, cell,
			     &record->memory, value);
}

/* A cell that tells the customer; NULL when it is empty. */
static enum reason customer_word(struct import_record *record, const struct row *row, int slot, const char **word)
{
	static const struct svc_field field = {.type = SVC_WORD};
	static const struct convert_rules rules = {0};
	const char *text = convert_trim(&field, cell_at(row, slot), &record->memory);

	*word = NULL;
	return *text ? convert_value(&rules, &field, NULL, text, &record->memory, word) : REASON_NONE;
}

/* The customer may go by a number alone. */
static enum reason read_customer(struct import_record *record, const struct map_field *field, const struct row *row,
				 const char **value)
{
	enum reason reason = customer_word(record, row, field->customer_id, &record->customer_id);

	if (reason == REASON_NONE)
		reason = customer_word(record, row, field->customer_phone, &record->customer_phone);
	if (!**value && record->customer_id)
		*value = record->customer_id;
	return reason;
}

/* A cell that is empty takes an earlier value away; but a field of few words always has one of them. */
static enum reason read_field(struct import_record *record, const struct import_map *map, const struct map_field *field,
			      const struct convert_rules *rules, const struct row *row)
{
	const char *value;
	enum reason reason = read_value(record, field, rules, row, &value);

	if (reason != REASON_NONE)
		return reason;
	if (field->field->type == SVC_REFERENCE && field->field->refers == SVC_CUSTOMER)
		reason = read_customer(record, field, row, &value);
	if (reason != REASON_NONE)
		return reason;
	if (!*value && is_required(map, field->field))
		return REASON_MISSING;
	if (*value || !field->field->words)
		record->values[record->count++] = (struct svc_assignment){field->field->name, value};
	return REASON_NONE;
}

/* The columns that are carried along, as one JSON object. */
static enum reason read_extra(struct import_record *record, const struct import_map *map, const struct row *row)
{
	struct json json = {.out = &record->text};
	bool any = false;

	strbuf_reset(&record->text);
	json_open(&json, NULL, '{');
	for (size_t i = 0; i < map->keep_count; i++) {
		const char *cell = cell_at(row, map->keep[i]);
		if (*cell)
			json_string(&json, map->columns[map->keep[i]].name, cell);
		any |= *cell != '\0';
	}
	json_close(&json, '}');
	record->extra = any               ? arena_strndup(&record->memory, record->text.text, record->text.length)
			: map->keep_count ? ""
					  : NULL;
	return record->text.length > CONVERT_LINES_MAX ? REASON_TOO_LONG : REASON_NONE;
}

static const char *numbered(struct import_record *record, const char *print, size_t number)
{
	return number == 1 ? arena_printf(&record->memory, "%.16s", print)
			   : arena_printf(&record->memory, "%.16s-%zu", print, number);
}

/* The first number that is not taken. They are given out in order, so it lies between two that double. */
static size_t next_number(struct import_record *record, const char *print, const struct seen *seen)
{
	size_t taken = 0, beyond = 1;

	while (seen_has(seen, record_identity(numbered(record, print, beyond)))) {
		taken = beyond;
		beyond *= 2;
	}
	while (beyond - taken > 1) {
		size_t middle = taken + (beyond - taken) / 2;
		bool has = seen_has(seen, record_identity(numbered(record, print, middle)));
		*(has ? &taken : &beyond) = middle;
	}
	return beyond;
}

/* Equal rows without a number are told apart by how many came before, so that the same file again finds each of them. */
static const char *whole_row_identity(struct import_record *record, const struct seen *seen)
{
	char print[33];

	strbuf_reset(&record->text);
	for (size_t i = 0; i < record->count; i++)
		strbuf_printf(&record->text, "%s=%s\n", record->values[i].field, record->values[i].value);
	if (record->extra)
		strbuf_puts(&record->text, record->extra);
	fingerprint_format(fingerprint_of(record->text.text, record->text.length), print);
	return numbered(record, print, next_number(record, print, seen));
}

static const char *natural_identity(struct import_record *record, const char *const *keys)
{
	strbuf_reset(&record->text);
	for (size_t i = 0; keys[i]; i++) {
		const char *value = record_value(record, keys[i]);
		if (value)
			strbuf_printf(&record->text, "%s%s", i ? "/" : "", value);
	}
	return arena_strndup(&record->memory, record->text.text, record->text.length);
}

static enum reason read_identity(struct import_record *record, const struct import_map *map,
				 const struct convert_rules *rules, const struct row *row, const struct seen *seen)
{
	static const struct svc_field field = {.name = "legacy_id", .type = SVC_WORD};
	const char *cell = convert_trim(&field, cell_at(row, map->legacy_id), &record->memory);

	if (*cell)
		return convert_value(rules, &field, NULL, cell, &record->memory, &record->legacy_id);
	record->legacy_id = *natural_keys[map->kind] ? natural_identity(record, natural_keys[map->kind])
						     : whole_row_identity(record, seen);
	return REASON_NONE;
}

static svc_time moment(const struct convert_rules *rules, const char *value)
{
	svc_time at;
	svc_date day;

	if (!value)
		return SVC_TIME_NONE;
	if (svc_date_parse(value, &day))
		return svc_zone_time(rules->zone, day, 0);
	return svc_time_parse(value, rules->zone, &at) ? at : SVC_TIME_NONE;
}

/* A ticket that has an end is closed, whether or not the old system had a column for it. */
static void complete_ticket(struct import_record *record, const struct convert_rules *rules)
{
	const char *closed = record_value(record, "closed");

	if (!record_value(record, "state"))
		record->values[record->count++] = (struct svc_assignment){"state", closed ? "closed" : "open"};
	record->occurred = moment(rules, record_value(record, "opened"));
}

enum reason record_take(struct import_record *record, const struct import_map *map, const struct convert_rules *rules,
			const struct row *row, const struct seen *seen, const char **field)
{
	enum reason reason;

	arena_reset(&record->memory);
	record->values = arena_alloc(&record->memory, (map->field_count + 1) * sizeof *record->values);
	record->count = 0;
	record->customer_id = record->customer_phone = NULL;
	record->occurred = SVC_TIME_NONE;
	for (size_t i = 0; i < map->field_count; i++) {
		*field = map->fields[i].field->name;
		reason = read_field(record, map, &map->fields[i], rules, row);
		if (reason != REASON_NONE)
			return reason;
	}
	*field = "extra";
	reason = read_extra(record, map, row);
	if (reason != REASON_NONE)
		return reason;
	*field = "legacy_id";
	reason = read_identity(record, map, rules, row, seen);
	if (reason == REASON_NONE && map->kind == SVC_TICKET)
		complete_ticket(record, rules);
	return reason;
}

void record_release(struct import_record *record)
{
	arena_release(&record->memory);
	strbuf_release(&record->text);
}
