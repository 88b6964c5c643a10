/* Prints the tables of records' fields as JSON, one object per kind: what records.py makes their schemas from. */
#include "svc/desk.h"

#include <stdio.h>

static const char *const types[] = {
	[SVC_TEXT] = "text",   [SVC_WORD] = "word",           [SVC_DATE] = "date",
	[SVC_TIME] = "time",   [SVC_INTEGER] = "integer",     [SVC_NUMBER] = "number",
	[SVC_MONEY] = "money", [SVC_REFERENCE] = "reference", [SVC_JSON] = "json",
};

static void put_field(const struct svc_field *field)
{
	printf("{\"name\": \"%s\", \"type\": \"%s\", \"required\": %s", field->name, types[field->type],
	       field->flags & SVC_FIELD_REQUIRED ? "true" : "false");
	if (field->type == SVC_REFERENCE)
		printf(", \"letter\": \"%c\"", svc_kind_letter(field->refers));
	if (field->words) {
		printf(", \"words\": [");
		for (const char *const *word = field->words; *word; word++)
			printf("%s\"%s\"", word == field->words ? "" : ", ", *word);
		printf("]");
	}
	printf("}");
}

int main(void)
{
	for (int kind = 0; kind < SVC_KIND_COUNT; kind++) {
		size_t count;
		const struct svc_field *fields = svc_fields((enum svc_kind)kind, &count);

		printf("{\"kind\": \"%s\", \"fields\": [", svc_kind_name((enum svc_kind)kind));
		for (size_t i = 0; i < count; i++) {
			printf("%s", i ? ", " : "");
			put_field(&fields[i]);
		}
		printf("]}\n");
	}
	return 0;
}
