/* Prints the table of answers' fields as JSON, one object per ask: what answers.py makes their schemas from. */
#include "svc/ask.h"

#include <stdio.h>

static const char *const kinds[] = {
	[SVC_ANSWER_VERDICT] = "verdict", [SVC_ANSWER_REMEDY] = "remedy",   [SVC_ANSWER_BASIS] = "basis",
	[SVC_ANSWER_PAYER] = "payer",     [SVC_ANSWER_TEXT] = "text",       [SVC_ANSWER_DIFFERENCE] = "difference",
	[SVC_ANSWER_DATE] = "date",       [SVC_ANSWER_MOMENT] = "moment",   [SVC_ANSWER_MONEY] = "money",
	[SVC_ANSWER_COUNT] = "count",     [SVC_ANSWER_DAYS] = "days",       [SVC_ANSWER_NUMBER] = "number",
	[SVC_ANSWER_RATE] = "rate",       [SVC_ANSWER_MEASURE] = "measure", [SVC_ANSWER_BOOL] = "bool",
	[SVC_ANSWER_TRUTH] = "truth",     [SVC_ANSWER_TEXTS] = "texts",     [SVC_ANSWER_REMEDIES] = "remedies",
	[SVC_ANSWER_LIST] = "list",       [SVC_ANSWER_GROUP] = "group",
};

static void put_fields(const struct svc_answer_field *fields, enum svc_ask ask)
{
	const char *comma = "";

	printf("[");
	for (const struct svc_answer_field *field = fields; field->key; field++) {
		if (!(field->asks >> ask & 1))
			continue;
		printf("%s{\"key\": \"%s\", \"kind\": \"%s\"", comma, field->key, kinds[field->kind]);
		if (field->members) {
			printf(", \"members\": ");
			put_fields(field->members, ask);
		}
		printf("}");
		comma = ", ";
	}
	printf("]");
}

static void put_verdicts(enum svc_ask ask)
{
	const char *comma = "";

	printf("[");
	for (int verdict = 0; verdict < SVC_VERDICT_COUNT; verdict++) {
		if (!svc_verdict_of(ask, (enum svc_verdict)verdict))
			continue;
		printf("%s\"%s\"", comma, svc_verdict_id((enum svc_verdict)verdict));
		comma = ", ";
	}
	printf("]");
}

int main(void)
{
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++) {
		printf("{\"ask\": \"%s\", \"about\": \"%s\", \"verdicts\": ", svc_ask_name((enum svc_ask)ask),
		       svc_ask_about((enum svc_ask)ask));
		put_verdicts((enum svc_ask)ask);
		printf(", \"fields\": ");
		put_fields(svc_answer_fields(), (enum svc_ask)ask);
		printf("}\n");
	}
	return 0;
}
