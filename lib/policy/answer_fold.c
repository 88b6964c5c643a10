/* Comparing answers by what they say, and folding several into what they share: field by field of the table. */
#include "decide.h"

#include <string.h>

#define VALUE(answer, type, offset) (*(type *)((char *)(answer) + (offset)))

static bool is_list(const struct svc_answer_field *field)
{
	return field->kind == SVC_ANSWER_TEXTS || field->kind == SVC_ANSWER_REMEDIES || field->kind == SVC_ANSWER_LIST;
}

/* ---- comparing ---- */

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_field(const struct svc_answer_field *field, const void *a, const void *b);

static bool same_members(const struct svc_answer_field *members, const void *a, const void *b)
{
	for (const struct svc_answer_field *member = members; member->key; member++)
		if (!same_field(member, a, b))
			return false;
	return true;
}

static bool same_item(const struct svc_answer_field *field, const void *a, const void *b)
{
	return field->kind == SVC_ANSWER_LIST ? same_members(field->members, a, b) : same_text(a, b);
}

static bool same_list(const struct svc_answer_field *field, const void *a, const void *b)
{
	size_t count = svc_answer_field_count(field, a);

	if (count != svc_answer_field_count(field, b))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!same_item(field, svc_answer_field_item(field, a, i), svc_answer_field_item(field, b, i)))
			return false;
	return true;
}

static bool same_field(const struct svc_answer_field *field, const void *a, const void *b)
{
	const char *left = (const char *)a + field->at, *right = (const char *)b + field->at;

	if (is_list(field))
		return same_list(field, a, b);
	if (field->kind == SVC_ANSWER_GROUP)
		return same_members(field->members, left, right);
	if (field->kind == SVC_ANSWER_TEXT)
		return same_text(*(const char *const *)left, *(const char *const *)right);
	if (field->kind == SVC_ANSWER_DAYS &&
	    VALUE((void *)a, bool, field->beside) != VALUE((void *)b, bool, field->beside))
		return false;
	return !memcmp(left, right, field->size);
}

bool answer_same(const struct svc_answer *a, const struct svc_answer *b)
{
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++)
		if (field->weight == SVC_ANSWER_WEIGHS && field->asks >> a->ask & 1 && !same_field(field, a, b))
			return false;
	return true;
}

static bool has_item(const struct svc_answer_field *field, const struct svc_answer *answer, const void *item)
{
	for (size_t i = 0; i < svc_answer_field_count(field, answer); i++)
		if (same_item(field, svc_answer_field_item(field, answer, i), item))
			return true;
	return false;
}

static bool same_items(const struct svc_answer_field *field, const struct svc_answer *a, const struct svc_answer *b)
{
	for (size_t i = 0; i < svc_answer_field_count(field, a); i++)
		if (!has_item(field, b, svc_answer_field_item(field, a, i)))
			return false;
	return svc_answer_field_count(field, a) == svc_answer_field_count(field, b);
}

bool answer_same_beside(const struct svc_answer *a, const struct svc_answer *b)
{
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++)
		if (field->weight != SVC_ANSWER_WEIGHS && field->asks >> a->ask & 1 &&
		    !(is_list(field) ? same_items(field, a, b) : same_field(field, a, b)))
			return false;
	return same_text(a->clause_count ? a->clauses[0] : NULL, b->clause_count ? b->clauses[0] : NULL);
}

/* ---- folding ---- */

static void unset_field(const struct svc_answer_field *field, void *of)
{
	char *at = (char *)of + field->at;
	const int64_t none = INT64_MIN;
	const svc_date no_date = SVC_DATE_NONE;

	memset(at, 0, field->size);
	for (const struct svc_answer_field *member = field->members; field->kind == SVC_ANSWER_GROUP && member->key;
	     member++)
		unset_field(member, at);
	if (field->kind == SVC_ANSWER_DATE)
		memcpy(at, &no_date, sizeof no_date);
	else if (field->kind == SVC_ANSWER_MONEY || field->kind == SVC_ANSWER_NUMBER)
		memcpy(at, &none, sizeof none);
	else if (field->kind == SVC_ANSWER_DAYS)
		VALUE(of, bool, field->beside) = false;
	else if (field->kind == SVC_ANSWER_VERDICT)
		VALUE(of, enum svc_verdict, field->at) = SVC_VERDICT_INCOMPLETE;
}

static void keep_items(const struct svc_answer_field *field, struct svc_answer *into, const struct svc_answer *other)
{
	char *items = VALUE(into, char *, field->at);
	size_t count = svc_answer_field_count(field, into), kept = 0;

	for (size_t i = 0; i < count; i++)
		if (has_item(field, other, svc_answer_field_item(field, into, i)))
			memmove(items + kept++ * field->size, items + i * field->size, field->size);
	VALUE(into, size_t, field->beside) = kept;
}

/* Of a group the members that both say the same of are kept. */
static void keep_members(const struct svc_answer_field *field, void *into, const void *other)
{
	for (const struct svc_answer_field *member = field->members; member->key; member++)
		if (!same_field(member, (char *)into + field->at, (const char *)other + field->at))
			unset_field(member, (char *)into + field->at);
}

bool answer_keep(struct svc_answer *into, const struct svc_answer *other)
{
	bool all = true;

	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++) {
		if (field->weight == SVC_ANSWER_BESIDE || !(field->asks >> into->ask & 1) ||
		    same_field(field, into, other))
			continue;
		if (is_list(field))
			keep_items(field, into, other);
		else if (field->kind == SVC_ANSWER_GROUP)
			keep_members(field, into, other);
		else
			unset_field(field, into);
		all = all && field->weight != SVC_ANSWER_WEIGHS;
	}
	return all;
}

void answer_keep_clauses(struct svc_answer *into, const struct svc_answer *other)
{
	const struct svc_answer_field *field = svc_answer_fields();

	while (field->at != offsetof(struct svc_answer, clauses))
		field++;
	keep_items(field, into, other);
}

/* Written out, because every decision begins with it; a test holds it against the table. */
static const struct svc_answer nothing_said = {.starts = SVC_DATE_NONE,
					       .ends = SVC_DATE_NONE,
					       .deadline = SVC_DATE_NONE,
					       .triggered_on = SVC_DATE_NONE,
					       .total = SVC_MONEY_NONE,
					       .compensation = SVC_MONEY_NONE,
					       .score = SVC_NUMBER_NONE,
					       .labor_share.amount = SVC_MONEY_NONE,
					       .parts_share.amount = SVC_MONEY_NONE,
					       .travel_share.amount = SVC_MONEY_NONE};

void answer_empty(struct svc_answer *answer, enum svc_ask ask)
{
	*answer = nothing_said;
	answer->ask = ask;
}
