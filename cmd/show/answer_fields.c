/* The fields of an answer for people, as the table of fields has them: one line each, lists as tables or numbered lines. */
#include "answer.h"
#include "svc/text.h"
#include "table.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#define _(message) svc_text(message)

enum { MOST_MEMBERS = 12 };

struct reader {
	struct show *show;
	const struct svc_policy *policy;
	const struct svc_answer *answer;
};

/* ---- one value ---- */

static bool is_text(const struct svc_answer_field *field)
{
	return !strcmp(field->key, "text") || !strcmp(field->key, "label");
}

static void add_scalar(struct text *text, const struct reader *reader, const struct svc_answer_field *field,
		       const void *of)
{
	char buffer[64];
	const char *written = svc_answer_field_text(reader->answer, field, of, buffer);
	if (!written)
		return;
	if (field->kind == SVC_ANSWER_MOMENT)
		add_moment(text, written);
	else if (field->kind == SVC_ANSWER_TRUTH)
		text_puts(text, !strcmp(written, "true") ? _("yes") : _("no"));
	else if (!strcmp(field->key, "state"))
		text_puts(text, state_word(written));
	else if (!strcmp(field->key, "interval"))
		add_interval(text, written);
	else if (field->kind == SVC_ANSWER_TEXT && !is_text(field))
		text_puts(text, svc_policy_word_title(reader->policy, field->fact, written));
	else
		text_puts(text, written);
}

static void add_value(struct text *text, const struct reader *reader, const struct svc_answer_field *field,
		      const void *of)
{
	if (field->kind != SVC_ANSWER_TEXTS) {
		add_scalar(text, reader, field, of);
		return;
	}
	for (size_t i = 0; i < svc_answer_field_count(field, of); i++)
		text_print(text, "%s%s", i ? _(", ") : "",
			   svc_policy_word_title(reader->policy, field->fact, svc_answer_field_item(field, of, i)));
}

static void show_value(const struct reader *reader, const struct svc_answer_field *field)
{
	struct text text = {0};
	add_value(&text, reader, field, reader->answer);
	if (text.length)
		show_line(reader->show, _("  %s: %s"), _(field->title), text.bytes);
	text_release(&text);
}

/* ---- lists ---- */

static const struct svc_answer_field *member_called(const struct svc_answer_field *list, const char *key)
{
	for (const struct svc_answer_field *member = list->members; member->key; member++)
		if (!strcmp(member->key, key))
			return member;
	return NULL;
}

/* Sentences are too long for a table: "1. Introduce yourself.  (coach-service.41)". */
static void show_sentence(const struct reader *reader, const struct svc_answer_field *list, size_t i)
{
	const void *item = svc_answer_field_item(list, reader->answer, i);
	struct text text = {0};
	add_value(&text, reader, member_called(list, "text"), item);
	size_t before = text.length;
	for (const struct svc_answer_field *member = list->members; member->key; member++) {
		struct text value = {0};
		bool told = !strcmp(member->key, "id") || is_text(member) || !strcmp(member->key, "clause");
		if (!told)
			add_value(&value, reader, member, item);
		if (value.length)
			text_print(&text, _("; %s: %s"), _(member->title), value.bytes);
		text_release(&value);
	}
	text_puts(&text, before ? "  (" : "(");
	add_value(&text, reader, member_called(list, "clause"), item);
	show_line(reader->show, "  %zu. %s)", i + 1, text.bytes);
	text_release(&text);
}

static int show_rows(const struct reader *reader, const struct svc_answer_field *list)
{
	struct show_column columns[MOST_MEMBERS];
	const struct show_column *chosen[MOST_MEMBERS];
	struct table table = {.columns = chosen};
	for (const struct svc_answer_field *member = list->members; member->key; member++) {
		chosen[table.column_count] = &columns[table.column_count];
		columns[table.column_count++] = (struct show_column){member->key, member->title, SHOW_TEXT, 0, NULL};
	}
	for (size_t i = 0; i < svc_answer_field_count(list, reader->answer); i++) {
		struct text values[MOST_MEMBERS] = {0};
		const char *cells[MOST_MEMBERS];
		for (size_t m = 0; m < table.column_count; m++) {
			add_value(&values[m], reader, &list->members[m],
				  svc_answer_field_item(list, reader->answer, i));
			cells[m] = values[m].bytes;
		}
		table_row(&table, cells);
		for (size_t m = 0; m < table.column_count; m++)
			text_release(&values[m]);
	}
	int status = show_table(reader->show, &table);
	table_release(&table);
	return status;
}

static int show_list_field(const struct reader *reader, const struct svc_answer_field *list)
{
	size_t count = svc_answer_field_count(list, reader->answer);
	if (!count)
		return SVC_OK;
	show_mood(reader->show, SHOW_BOLD, "%s", _(list->title));
	if (!member_called(list, "text"))
		return show_rows(reader, list);
	for (size_t i = 0; i < count; i++)
		show_sentence(reader, list, i);
	return SVC_OK;
}

int show_answer_fields(struct show *show, const struct svc_policy *policy, const struct svc_answer *answer)
{
	struct reader reader = {show, policy, answer};
	int status = SVC_OK;
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key && !status; field++) {
		if (!field->title || !(field->asks >> answer->ask & 1))
			continue;
		if (field->kind == SVC_ANSWER_LIST)
			status = show_list_field(&reader, field);
		else
			show_value(&reader, field);
	}
	if (!status && answer->text)
		show_line(show, answer->text[strcspn(answer->text, "\n")] ? "\n%s" : "\n%s\n", answer->text);
	return status;
}
