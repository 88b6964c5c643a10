/* The values of a command line: checked when they are taken, read by the verbs afterwards. */
#include "line.h"

#include "show/text.h"
#include "show/zone.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int wrong(struct svc_error *err, const char *name, const char *value, const char *expected)
{
	*err = (struct svc_error){.code = SVC_USAGE};
	snprintf(err->text, sizeof(err->text), _("%s can't be \"%.100s\": %s"), name, value, expected);
	return SVC_USAGE;
}

static int check_integer(const struct command_option *option, const char *name, const char *value,
			 struct svc_error *err)
{
	char *end;

	errno = 0;
	long long number = strtoll(value, &end, 10);
	if (end == value || *end)
		return wrong(err, name, value, _("expected a whole number"));
	bool any = !option->least && !option->most;
	if ((errno && number < 0) || (!any && number < option->least))
		return wrong(err, name, value, _("the number is too small"));
	if (errno || (!any && number > option->most))
		return wrong(err, name, value, _("the number is too large"));
	return SVC_OK;
}

static int check_word(const struct command_option *option, const char *name, const char *value, struct svc_error *err)
{
	struct suggestion near = {.meant = value};
	struct text all = {0};

	for (const char *const *choice = option->choices; choice && *choice; choice++) {
		if (strcmp(*choice, value) == 0)
			return SVC_OK;
		suggestion_try(&near, *choice);
	}
	if (!option->choices)
		return SVC_OK;
	for (const char *const *choice = option->choices; *choice; choice++)
		text_print(&all, "%s%s", all.length ? ", " : "", *choice);
	wrong(err, name, value, _("no such choice"));
	if (near.best)
		snprintf(err->hint, sizeof(err->hint), _("did you mean \"%s\"?"), near.best);
	else
		snprintf(err->hint, sizeof(err->hint), _("one of: %s"), all.bytes);
	text_release(&all);
	return SVC_USAGE;
}

/* A time, or the day from its first second on. */
static bool read_time(const char *value, svc_time *at)
{
	svc_date date;

	if (!svc_date_parse(value, &date))
		return svc_time_parse(value, local_zone(), at);
	*at = svc_zone_time(local_zone(), date, 0);
	return true;
}

static bool is_time(const char *value)
{
	svc_time at;

	return read_time(value, &at);
}

/* One end of A..B, of the field's type, as a number that orders; open ends are empty and leave *end alone. */
static bool read_end(const struct svc_field *field, const char *value, int64_t *end)
{
	svc_date date;

	if (!*value)
		return true;
	if (field->type == SVC_TIME)
		return read_time(value, end);
	if (field->type != SVC_DATE)
		return svc_number_parse(value, end);
	if (!svc_date_parse(value, &date))
		return false;
	*end = date;
	return true;
}

static int check_range(const struct svc_field *field, const char *name, const char *value, struct svc_error *err)
{
	const char *dots = strstr(value, "..");
	char *from = strndup(value, dots ? (size_t)(dots - value) : strlen(value));
	const char *to = dots ? dots + 2 : from;
	int64_t first = INT64_MIN, last = INT64_MAX;
	bool fits = from && *value && read_end(field, from, &first) && read_end(field, to, &last);
	bool dated = field->type == SVC_DATE || field->type == SVC_TIME;

	free(from);
	if (fits && first > last)
		return wrong(err, name, value, _("the range ends before it begins"));
	if (fits)
		return SVC_OK;
	return wrong(err, name, value,
		     dated ? _("expected YYYY-MM-DD or a range A..B of such dates")
			   : _("expected a number or a range A..B"));
}

int value_check(const struct command_option *option, const struct svc_field *field, const char *name, const char *value,
		struct svc_error *err)
{
	svc_date date;
	int64_t number;

	if (field && !*value) /* takes the field's value away */
		return SVC_OK;
	switch (option->kind) {
	case VALUE_INTEGER:
		return check_integer(option, name, value, err);
	case VALUE_NUMBER:
		return svc_number_parse(value, &number) ? SVC_OK : wrong(err, name, value, _("expected a number"));
	case VALUE_MONEY:
		return svc_money_parse(value, 3, &number) && number >= 0
			       ? SVC_OK
			       : wrong(err, name, value, _("expected an amount like 20.00"));
	case VALUE_DATE:
		return svc_date_parse(value, &date) ? SVC_OK : wrong(err, name, value, _("expected a date YYYY-MM-DD"));
	case VALUE_TIME:
		return is_time(value) ? SVC_OK
				      : wrong(err, name, value, _("expected a time like 2025-03-08T14:30 or a date"));
	case VALUE_RANGE:
		return check_range(field, name, value, err);
	case VALUE_WORD:
		return check_word(option, name, value, err);
	case VALUE_ASSIGNMENT:
		return strchr(value, '=') && *value != '=' ? SVC_OK : wrong(err, name, value, _("expected NAME=VALUE"));
	default:
		return SVC_OK;
	}
}

/* ---- reading ---- */

static const struct tree_option *option_of(const struct command *command, const char *name)
{
	return tree_option_called(command->line->options, command->line->option_count, name, strlen(name));
}

const char *command_text(const struct command *command, const char *name)
{
	const struct command_line *line = command->line;
	const struct tree_option *option = option_of(command, name);

	for (size_t i = line->given_count; i-- > 0;) {
		if (line->given[i].option == option)
			return line->given[i].value;
	}
	return option ? option->option.fallback : NULL;
}

size_t command_texts(const struct command *command, const char *name, const char *const **values)
{
	const struct command_line *line = command->line;
	const struct tree_option *option = option_of(command, name);
	const char **found = command_memory(command, (line->given_count + 1) * sizeof(*found));
	size_t count = 0;

	for (size_t i = 0; i < line->given_count; i++) {
		if (line->given[i].option == option)
			found[count++] = line->given[i].value;
	}
	*values = found;
	return count;
}

bool command_flag(const struct command *command, const char *name)
{
	return command_text(command, name) != NULL;
}

int64_t command_integer(const struct command *command, const char *name)
{
	const char *value = command_text(command, name);

	return value ? strtoll(value, NULL, 10) : 0;
}

bool command_date(const struct command *command, const char *name, svc_date *out)
{
	const char *value = command_text(command, name);

	return value && svc_date_parse(value, out);
}

bool command_time(const struct command *command, const char *name, svc_time *out)
{
	const char *value = command_text(command, name);

	return value && read_time(value, out);
}

svc_date command_today(const struct command *command)
{
	return svc_zone_date(local_zone(), command->now);
}

size_t command_arguments(const struct command *command, const char *name, const char *const **values)
{
	const struct command_line *line = command->line;
	const struct command_argument *argument = command->verb->arguments;

	for (size_t place = 0; argument && argument->name; argument++, place++) {
		if (strcmp(argument->name, name) != 0)
			continue;
		size_t left = place < line->word_count ? line->word_count - place : 0;
		*values = line->words + place;
		return argument->repeated || left == 0 ? left : 1;
	}
	*values = NULL;
	return 0;
}

const char *command_argument(const struct command *command, const char *name)
{
	const char *const *values;

	return command_arguments(command, name, &values) ? values[0] : NULL;
}

/* ---- records ---- */

/* A time as a person types it is local; the desk keeps UTC. Bare dates stay dates. */
static const char *instant(const struct command *command, const struct svc_field *field, const char *value)
{
	char utc[32];
	svc_time at;

	if (field->type != SVC_TIME || strlen(value) <= 10 || !svc_time_parse(value, local_zone(), &at))
		return value;
	svc_time_format(at, NULL, utc);
	return command_print(command, "%s", utc);
}

void line_fields(struct command *command)
{
	const struct command_line *line = command->line;
	struct svc_assignment *fields = command_memory(command, (line->given_count + 1) * sizeof(*fields));
	size_t count = 0;

	if (command->verb->field && line->word_count)
		fields[count++] = (struct svc_assignment){command->verb->field, line->words[0]};
	for (size_t i = 0; i < line->given_count; i++) {
		const struct given_option *given = &line->given[i];
		if (given->option->origin == OPTION_FIELD)
			fields[count++] = (struct svc_assignment){given->option->field->name,
								  instant(command, given->option->field, given->value)};
	}
	command->fields = fields;
	command->field_count = count;
}

static void add_match(const struct command *command, const struct given_option *given, struct svc_match *match)
{
	const struct svc_field *field = given->option->field;
	const char *dots = given->option->option.kind == VALUE_RANGE ? strstr(given->value, "..") : NULL;

	*match = (struct svc_match){.field = field->name};
	if (!dots) {
		match->from = match->to = instant(command, field, given->value);
		return;
	}
	if (dots > given->value)
		match->from = instant(command, field,
				      command_print(command, "%.*s", (int)(dots - given->value), given->value));
	if (dots[2])
		match->to = instant(command, field, dots + 2);
}

void line_query(const struct command *command, struct svc_query *query)
{
	const struct command_line *line = command->line;
	struct svc_match *matches = command_memory(command, (line->given_count + 1) * sizeof(*matches));

	*query = (struct svc_query){.matches = matches,
				    .text = command_text(command, "text"),
				    .sort = command_text(command, "sort"),
				    .limit = command_integer(command, "limit")};
	for (size_t i = 0; i < line->given_count; i++) {
		if (line->given[i].option->origin == OPTION_FILTER)
			add_match(command, &line->given[i], &matches[query->match_count++]);
	}
}
