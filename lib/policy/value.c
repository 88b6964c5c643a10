/* Names, words and values as text: what a pack's conditions and a question's facts have in common. */
#include "facts.h"
#include "nearest.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* The number that an index gives for a text; -1: none. */
static int64_t index_find(const struct pack_head *head, struct pack_list index, const char *text, size_t length)
{
	const struct pack_name *rows = pack_at(head, index.at);
	size_t low = 0, high = index.count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *row = pack_text(head, rows[middle].text);
		int order = (length ? (unsigned char)*text : 0) - (length ? (unsigned char)*row : 0);

		if (order == 0)
			order = strncmp(text, row, length);
		if (order == 0 && row[length] == '\0')
			return rows[middle].number;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

static void nearest_in(const struct pack_head *head, struct pack_list index, struct nearest *nearest)
{
	for (uint32_t i = 0; i < index.count; i++)
		nearest_try(nearest, pack_text(head, PACK_ITEM(head, index, struct pack_name, i)->text));
}

uint16_t fact_find(const struct pack_head *head, const char *name, char *hint)
{
	int64_t place = index_find(head, head->names, name, strlen(name));
	struct nearest nearest;

	if (hint)
		hint[0] = '\0';
	if (place > 0)
		return (uint16_t)place;
	if (hint) {
		nearest = nearest_to(name);
		nearest_in(head, head->names, &nearest);
		if (nearest.best)
			snprintf(hint, 128, "%s", nearest.best);
	}
	return 0;
}

int word_find_part(const struct pack_head *head, const struct pack_fact *fact, const char *word, size_t length)
{
	return (int)index_find(head, fact->index, word, length);
}

int word_find(const struct pack_head *head, const struct pack_fact *fact, const char *word)
{
	return word_find_part(head, fact, word, strlen(word));
}

const char *word_near(const struct pack_head *head, const struct pack_fact *fact, const char *word)
{
	struct nearest nearest = nearest_to(word);

	nearest_in(head, fact->index, &nearest);
	return nearest.best;
}

static int not_of_type(const struct pack_head *head, const struct pack_fact *fact, const char *text, const char *want,
		       struct svc_error *err)
{
	error_set(err, SVC_BAD_INPUT, _("%s: \"%s\" is not %s"), pack_text(head, fact->name), text, want);
	error_field(err, pack_text(head, fact->name));
	return SVC_BAD_INPUT;
}

static int date_parse(const struct pack_head *head, const struct pack_fact *fact, const struct svc_zone *zone,
		      const char *text, int64_t *out, struct svc_error *err)
{
	svc_date date;
	svc_time time;

	if (!svc_date_parse(text, &date)) {
		if (!svc_time_parse(text, zone, &time))
			return not_of_type(head, fact, text, _("a date, written 2026-03-15"), err);
		date = svc_zone_date(zone, time);
	}
	*out = date;
	return SVC_OK;
}

static int bool_parse(const struct pack_head *head, const struct pack_fact *fact, const char *text, int64_t *out,
		      struct svc_error *err)
{
	if (!strcmp(text, "true") || !strcmp(text, "是"))
		*out = 1;
	else if (!strcmp(text, "false") || !strcmp(text, "否"))
		*out = 0;
	else
		return not_of_type(head, fact, text, _("true or false"), err);
	return SVC_OK;
}

static int out_of_range(const struct pack_head *head, const struct pack_fact *fact, const char *text,
			struct svc_error *err)
{
	char low[32], high[32];

	svc_number_format(fact->low, low);
	svc_number_format(fact->high, high);
	error_set(err, SVC_BAD_INPUT, _("%s: %s is out of range"), pack_text(head, fact->name), text);
	error_field(err, pack_text(head, fact->name));
	if (fact->high == INT64_MAX)
		error_hint(err, _("at least %s"), low);
	else if (fact->low == INT64_MIN)
		error_hint(err, _("at most %s"), high);
	else
		error_hint(err, _("between %s and %s"), low, high);
	return SVC_BAD_INPUT;
}

static int number_parse(const struct pack_head *head, const struct pack_fact *fact, const char *text, int64_t *out,
			struct svc_error *err)
{
	if (!svc_number_parse(text, out))
		return not_of_type(head, fact, text, _("a number"), err);
	if (*out < fact->low || *out > fact->high)
		return out_of_range(head, fact, text, err);
	if (fact->whole && *out % SVC_NUMBER_ONE)
		return not_of_type(head, fact, text, _("a whole number"), err);
	return SVC_OK;
}

static int no_money(const struct pack_head *head, const struct pack_fact *fact, const char *text, struct svc_error *err)
{
	char want[128];

	snprintf(want, sizeof want, _("an amount of %s with at most %d decimals"), pack_text(head, head->currency),
		 head->currency_digits);
	return not_of_type(head, fact, text, want, err);
}

static int money_parse(const struct pack_head *head, const struct pack_fact *fact, const char *text, int64_t *out,
		       struct svc_error *err)
{
	if (!svc_money_parse(text, head->currency_digits, out))
		return no_money(head, fact, text, err);
	if (*out < 0 || *out > SVC_MONEY_MAX)
		return not_of_type(head, fact, text, _("an amount that can be: it may not be negative or beyond 10^15"),
				   err);
	return SVC_OK;
}

static void word_parse(const struct pack_head *head, const struct pack_fact *fact, const char *text,
		       struct fact_value *out)
{
	out->number = word_find(head, fact, text);
	if (out->number == WORD_UNLISTED)
		out->text = text;
}

int value_parse(const struct pack_head *head, const struct pack_fact *fact, const struct svc_zone *zone,
		const char *text, struct fact_value *out, struct svc_error *err)
{
	memset(out, 0, sizeof *out);
	out->known = true;
	switch ((enum fact_type)fact->type) {
	case FACT_DATE:
		return date_parse(head, fact, zone, text, &out->number, err);
	case FACT_TIME:
		return svc_time_parse(text, zone, &out->number)
			       ? SVC_OK
			       : not_of_type(head, fact, text, _("a time, written 2026-03-15T14:30"), err);
	case FACT_BOOL:
		return bool_parse(head, fact, text, &out->number, err);
	case FACT_NUMBER:
		return number_parse(head, fact, text, &out->number, err);
	case FACT_MONEY:
		return money_parse(head, fact, text, &out->number, err);
	case FACT_WORD:
		word_parse(head, fact, text, out);
		return SVC_OK;
	case FACT_TEXT:
		out->text = text;
		return SVC_OK;
	case FACT_DURATION:
		return duration_parse(text, &out->duration) && out->duration.unit <= UNIT_LIFETIME
			       ? SVC_OK
			       : not_of_type(head, fact, text, _("a duration, written 7 days or 2 years"), err);
	default:
		return not_of_type(head, fact, text, _("a list or a map"), err);
	}
}
