/* In which fields two answers differ, as JSON and in words. */
#include "answer_differences.h"

#include "answer.h"
#include "svc/text.h"

#include <stdlib.h>
#include <string.h>

#define _(message) svc_text(message)
#define N_(message) message

/* Fields that a report shows in a way of its own, and that the table of fields therefore has no title for. */
static const struct {
	const char *key, *title;
} titles[] = {
	{"verdict", N_("decision")},
	{"remedy", N_("remedy")},
	{"starts", N_("begins")},
	{"ends", N_("runs until")},
	{"deadline", N_("deadline")},
	{"days_left", N_("days left")},
	{"service_class", N_("service class")},
	{"labor", N_("labour")},
	{"parts", N_("parts")},
	{"travel", N_("travel")},
	{"freight_in", N_("way in paid by")},
	{"freight_out", N_("way back paid by")},
	{"payer", N_("paid by")},
	{"basis", N_("basis")},
	{"total", N_("total")},
	{"price_difference", N_("difference in price")},
	{"entitled", N_("what may be asked for")},
	{"deductions", N_("deductions")},
	{"lines", N_("lines")},
	{"missing", N_("to be known")},
	{"requires", N_("what is required")},
	{"clauses", N_("clauses")},
	{"windows", N_("windows")},
	{"notes", N_("notes")},
};

static const char *title_of(const struct svc_answer_field *field)
{
	if (field->title)
		return _(field->title);
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (!strcmp(titles[i].key, field->key))
			return _(titles[i].title);
	return field->key;
}

static json_t *answer_document(const struct svc_answer *answer)
{
	char *text = svc_answer_json(answer);
	json_t *document = json_loads(text, 0, NULL);
	free(text);
	return document;
}

static void collect(json_t *differences, const json_t *before, const json_t *after, enum svc_ask ask, bool weighs)
{
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++) {
		json_t *was = json_object_get(before, field->key), *is = json_object_get(after, field->key);
		if ((field->weight == SVC_ANSWER_WEIGHS) != weighs || !(field->asks >> ask & 1) || was == is ||
		    (was && is && json_equal(was, is)))
			continue;
		json_array_append_new(differences,
				      json_pack("{s:s, s:O*, s:O*}", "field", field->key, "old", was, "new", is));
	}
}

json_t *answer_differences(const struct svc_answer *old, const struct svc_answer *new)
{
	json_t *differences = json_array(), *before = answer_document(old), *after = answer_document(new);
	collect(differences, before, after, old->ask, true);
	if (!json_array_size(differences))
		collect(differences, before, after, old->ask, false);
	json_decref(before);
	json_decref(after);
	return differences;
}

/* ---- in words ---- */

/* Of two fields under one key the one whose value has this form: labour is a word, or of a fee a group. */
static const struct svc_answer_field *field_called(const char *key, const json_t *value)
{
	const struct svc_answer_field *found = NULL;
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++) {
		if (strcmp(field->key, key) != 0)
			continue;
		if (json_is_object(value) == (field->kind == SVC_ANSWER_GROUP))
			return field;
		found = field;
	}
	return found;
}

/* The word of a list of words by its id. */
static const char *choice_title(const char *id, const char *(*id_of)(unsigned), const char *(*title)(unsigned))
{
	for (unsigned i = 1; *id_of(i); i++)
		if (!strcmp(id_of(i), id))
			return title(i);
	return id;
}

static const char *basis_of(unsigned basis)
{
	return svc_basis_id((enum svc_basis)basis);
}

static const char *basis_words(unsigned basis)
{
	return basis_title((enum svc_basis)basis);
}

static const char *payer_of(unsigned payer)
{
	return svc_payer_id((enum svc_payer)payer);
}

static const char *payer_words(unsigned payer)
{
	return payer == SVC_COMPANY_PAYS ? _("company") : _("customer");
}

static const char *word_of(const struct svc_answer_field *field, const char *id)
{
	switch (field->kind) {
	case SVC_ANSWER_VERDICT:
		return verdict_word(id);
	case SVC_ANSWER_REMEDY:
	case SVC_ANSWER_REMEDIES:
		return remedy_word(id);
	case SVC_ANSWER_BASIS:
		return choice_title(id, basis_of, basis_words);
	case SVC_ANSWER_PAYER:
		return choice_title(id, payer_of, payer_words);
	default:
		return strcmp(id, "lifetime") != 0 ? id : _("for life");
	}
}

static void add_scalar(struct text *text, const struct svc_answer_field *field, const json_t *value)
{
	char *written;
	if (json_is_string(value)) {
		text_puts(text, word_of(field, json_string_value(value)));
		return;
	}
	written = json_dumps(value, JSON_ENCODE_ANY);
	text_puts(text, written);
	free(written);
}

static void add_value(struct text *text, const struct svc_answer_field *field, const json_t *value);

/* An element of a list, or a group: its values in the order of the table, without their names. */
static void add_members(struct text *text, const struct svc_answer_field *field, const json_t *object)
{
	const char *between = "";
	for (const struct svc_answer_field *member = field->members; member && member->key; member++) {
		const json_t *value = json_object_get(object, member->key);
		if (!value)
			continue;
		text_puts(text, between);
		add_value(text, member, value);
		between = " ";
	}
}

static void add_value(struct text *text, const struct svc_answer_field *field, const json_t *value)
{
	size_t index;
	json_t *item;
	if (!value || (json_is_array(value) && !json_array_size(value))) {
		text_puts(text, _("nothing"));
	} else if (json_is_object(value)) {
		add_members(text, field, value);
	} else if (json_is_array(value)) {
		json_array_foreach(value, index, item)
		{
			text_puts(text, index ? _(", ") : "");
			if (json_is_object(item))
				add_members(text, field, item);
			else
				add_scalar(text, field, item);
		}
	} else {
		add_scalar(text, field, value);
	}
}

static bool holds(const json_t *list, const json_t *item)
{
	size_t index;
	json_t *other;
	json_array_foreach(list, index, other) if (json_equal(other, item)) return true;
	return false;
}

/* The elements of one list that the other has not, each with a sign. Returns how many. */
static size_t add_lacking(struct text *text, const struct svc_answer_field *field, const json_t *list,
			  const json_t *other, const char *sign, bool more)
{
	size_t index, count = 0;
	json_t *item;
	json_array_foreach(list, index, item)
	{
		if (holds(other, item))
			continue;
		text_print(text, "%s%s ", more || count ? _(", ") : "", sign);
		if (json_is_object(item))
			add_members(text, field, item);
		else
			add_scalar(text, field, item);
		count++;
	}
	return count;
}

/* Of two lists what is gone and what has come; where that is nothing, or all of it, both as they are. */
static void add_change(struct text *text, const struct svc_answer_field *field, const json_t *old, const json_t *new)
{
	if (json_array_size(old) && json_array_size(new)) {
		size_t gone = add_lacking(text, field, old, new, "−", false);
		if (gone + add_lacking(text, field, new, old, "+", gone))
			return;
	}
	add_value(text, field, old);
	text_puts(text, " → ");
	add_value(text, field, new);
}

/* Some titles stand over a list, with a colon. */
static void add_heading(struct text *text, const struct svc_answer_field *field)
{
	static const char *const colons[] = {":", "：", ": "};
	const char *title = title_of(field);
	size_t length = strlen(title);
	for (size_t i = 0; i < sizeof colons / sizeof *colons; i++) {
		size_t colon = strlen(colons[i]);
		if (length > colon && !strcmp(title + length - colon, colons[i]))
			length -= colon;
	}
	text_print(text, "%.*s%s", (int)length, title, _(": "));
}

void add_differences(struct text *text, const json_t *differences)
{
	size_t index;
	json_t *difference;
	json_array_foreach(differences, index, difference)
	{
		const json_t *old = json_object_get(difference, "old"), *new = json_object_get(difference, "new");
		const struct svc_answer_field *field = field_called(
			json_string_value(json_object_get(difference, "field")), old ? old : new);
		if (index && !strcmp(field->key, "days_left")) /* what follows from the last day */
			continue;
		text_puts(text, index ? _("; ") : "");
		add_heading(text, field);
		add_change(text, field, old, new);
	}
}
