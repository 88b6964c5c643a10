/* An answer as JSON, field by field of the table. */
#include "decide.h"

#include "base/json.h"

#include <stdio.h>

static void put_fields(struct json *json, const struct svc_answer *answer, const struct svc_answer_field *fields,
		       const void *of);

/* What JSON writes without quotes. */
static bool is_number(const struct svc_answer_field *field, const void *of)
{
	switch ((enum svc_answer_field_kind)field->kind) {
	case SVC_ANSWER_MEASURE:
		return !*(const int64_t *)((const char *)of + field->beside);
	case SVC_ANSWER_COUNT:
	case SVC_ANSWER_DAYS:
	case SVC_ANSWER_NUMBER:
	case SVC_ANSWER_RATE:
	case SVC_ANSWER_BOOL:
	case SVC_ANSWER_TRUTH:
		return true;
	default:
		return false;
	}
}

static void put_scalar(struct json *json, const struct svc_answer *answer, const struct svc_answer_field *field,
		       const void *of)
{
	char buffer[64];
	const char *text = svc_answer_field_text(answer, field, of, buffer);

	if (!text)
		return;
	if (is_number(field, of))
		json_literal(json, field->key, text);
	else
		json_string(json, field->key, text);
}

/* An empty list is absent; but that nothing near turns the verdict is worth saying. */
static void put_list(struct json *json, const struct svc_answer *answer, const struct svc_answer_field *field,
		     const void *of)
{
	size_t count = svc_answer_field_count(field, of);

	if (!count && !(answer->explained && field->at == offsetof(struct svc_answer, near)))
		return;
	json_open(json, field->key, '[');
	for (size_t i = 0; i < count; i++) {
		const void *item = svc_answer_field_item(field, of, i);

		if (field->kind != SVC_ANSWER_LIST) {
			json_string(json, NULL, item);
			continue;
		}
		json_open(json, NULL, '{');
		put_fields(json, answer, field->members, item);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_group(struct json *json, const struct svc_answer *answer, const struct svc_answer_field *field,
		      const void *of)
{
	const void *group = svc_answer_field_group(answer, field, of);

	if (!group)
		return;
	json_open(json, field->key, '{');
	put_fields(json, answer, field->members, group);
	json_close(json, '}');
}

static void put_fields(struct json *json, const struct svc_answer *answer, const struct svc_answer_field *fields,
		       const void *of)
{
	for (const struct svc_answer_field *field = fields; field->key; field++) {
		if (!(field->asks >> answer->ask & 1))
			continue;
		switch ((enum svc_answer_field_kind)field->kind) {
		case SVC_ANSWER_TEXTS:
		case SVC_ANSWER_REMEDIES:
		case SVC_ANSWER_LIST:
			put_list(json, answer, field, of);
			break;
		case SVC_ANSWER_GROUP:
			put_group(json, answer, field, of);
			break;
		default:
			put_scalar(json, answer, field, of);
		}
	}
}

void answer_put_json(const struct svc_answer *answer, struct json *json)
{
	char word[40];

	snprintf(word, sizeof word, "svc.ask.%s/1", svc_ask_name(answer->ask));
	json_string(json, "schema", word);
	json_string(json, "policy", answer->policy);
	svc_date_format(answer->version, word);
	json_string(json, "version", word);
	put_fields(json, answer, svc_answer_fields(), answer);
	json_close(json, '}');
}

char *svc_answer_json(const struct svc_answer *answer)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};

	json_open(&json, NULL, '{');
	answer_put_json(answer, &json);
	return text.text;
}
