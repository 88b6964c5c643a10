/* The fields of answers: the one table that JSON, reports, comparing and schemas are made from, and how a field is read. */
#include "decide.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

#define ASK(name) (UINT32_C(1) << SVC_ASK_##name)
#define EVERY ((UINT32_C(1) << SVC_ASK_COUNT) - 1)

#define SIZE_OF(type, member) sizeof(((type *)0)->member)
#define PLACE(type, member) .at = offsetof(type, member), .size = SIZE_OF(type, member)
#define BESIDE(type, member) .beside = offsetof(type, member)
#define ELEMENTS(type, list, number)                                                                                   \
	.at = offsetof(type, list), .size = SIZE_OF(type, list[0]), .beside = offsetof(type, number)

/* ---- what the elements of lists have ---- */

#define MEMBER(name, words, type, of, member)                                                                          \
	{                                                                                                              \
		.key = name, .title = words, .kind = SVC_ANSWER_##type, .asks = EVERY, PLACE(of, member)               \
	}
#define OF_ROW(name, words, type, member) MEMBER(name, words, type, struct svc_row, member)
#define ROW_WORDS(name, people)                                                                                        \
	{                                                                                                              \
		.key = name, .title = people, .kind = SVC_ANSWER_TEXTS, .asks = EVERY,                                 \
		ELEMENTS(struct svc_row, words, word_count)                                                            \
	}
#define ROW_MEASURE(name, words, member)                                                                               \
	{                                                                                                              \
		.key = name, .title = words, .kind = SVC_ANSWER_MEASURE, .asks = EVERY, PLACE(struct svc_row, member), \
		BESIDE(struct svc_row, money)                                                                          \
	}
#define ROW_WORD_OF(name, words, of_fact, member)                                                                      \
	{                                                                                                              \
		.key = name, .title = words, .fact = of_fact, .kind = SVC_ANSWER_TEXT, .asks = EVERY,                  \
		PLACE(struct svc_row, member)                                                                          \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = NULL                                                                                            \
	}

static const struct svc_answer_field contact_members[] = {
	OF_ROW("name", N_("contact"), TEXT, id), OF_ROW("clause", N_("clause"), TEXT, clause),
	ROW_WORDS("channels", N_("by way of")),  OF_ROW("from", N_("from"), MOMENT, from),
	OF_ROW("to", N_("to"), MOMENT, to),      END};
static const struct svc_answer_field task_members[] = {
	OF_ROW("clause", N_("clause"), TEXT, clause),
	ROW_WORD_OF("task", N_("task"), "task", id),
	ROW_WORD_OF("component", N_("component"), "component", component),
	OF_ROW("interval", N_("interval"), TEXT, interval),
	OF_ROW("state", N_("state"), TEXT, state),
	OF_ROW("due", N_("due"), MOMENT, from),
	OF_ROW("due_hours", N_("due at hours"), NUMBER, due_hours),
	OF_ROW("tolerance", N_("at the latest"), MOMENT, tolerance_ends),
	END};
static const struct svc_answer_field notice_members[] = {
	OF_ROW("name", N_("notice"), TEXT, id),
	OF_ROW("clause", N_("clause"), TEXT, clause),
	OF_ROW("on", N_("on"), MOMENT, from),
	ROW_WORDS("to", N_("to whom")),
	ROW_WORD_OF("template", N_("template"), "template", template_id),
	END};
static const struct svc_answer_field fine_members[] = {
	OF_ROW("rule", N_("rule"), TEXT, id), OF_ROW("clause", N_("clause"), TEXT, clause),
	OF_ROW("on", N_("on"), MOMENT, from), OF_ROW("amount", N_("amount"), MONEY, amount), END};
static const struct svc_answer_field measure_members[] = {
	OF_ROW("name", N_("measure"), TEXT, id),  OF_ROW("clause", N_("clause"), TEXT, clause),
	ROW_MEASURE("value", N_("value"), value), ROW_MEASURE("target", N_("target"), target),
	OF_ROW("met", N_("met"), TRUTH, met),     END};
static const struct svc_answer_field step_members[] = {
	OF_ROW("id", N_("step"), TEXT, id), OF_ROW("clause", N_("clause"), TEXT, clause),
	OF_ROW("text", N_("what to do"), TEXT, text), ROW_MEASURE("value", N_("value"), value), END};
static const struct svc_answer_field form_members[] = {
	OF_ROW("id", N_("field"), TEXT, id), OF_ROW("clause", N_("clause"), TEXT, clause),
	OF_ROW("label", N_("label"), TEXT, text), OF_ROW("required", N_("required"), TRUTH, required), END};
static const struct svc_answer_field question_members[] = {
	OF_ROW("id", N_("question"), TEXT, id), OF_ROW("clause", N_("clause"), TEXT, clause),
	OF_ROW("text", N_("what is asked"), TEXT, text), ROW_WORDS("levels", N_("levels")), END};
static const struct svc_answer_field window_members[] = {MEMBER("clause", NULL, TEXT, struct svc_window, clause),
							 MEMBER("remedy", NULL, REMEDY, struct svc_window, remedy),
							 MEMBER("starts", NULL, DATE, struct svc_window, starts),
							 MEMBER("ends", NULL, DATE, struct svc_window, ends),
							 MEMBER("inside", NULL, BOOL, struct svc_window, inside),
							 END};
static const struct svc_answer_field line_members[] = {MEMBER("item", NULL, TEXT, struct svc_line, item),
						       MEMBER("quantity", NULL, COUNT, struct svc_line, quantity),
						       MEMBER("unit_price", NULL, MONEY, struct svc_line, unit_price),
						       MEMBER("amount", NULL, MONEY, struct svc_line, amount),
						       MEMBER("payer", NULL, PAYER, struct svc_line, payer),
						       MEMBER("basis", NULL, BASIS, struct svc_line, basis),
						       END};
static const struct svc_answer_field share_members[] = {MEMBER("payer", NULL, PAYER, struct svc_share, payer),
							MEMBER("basis", NULL, BASIS, struct svc_share, basis),
							MEMBER("amount", NULL, MONEY, struct svc_share, amount), END};
static const struct svc_answer_field deduction_members[] = {MEMBER("item", NULL, TEXT, struct svc_deduction, item),
							    MEMBER("amount", NULL, MONEY, struct svc_deduction, amount),
							    MEMBER("rate", NULL, RATE, struct svc_deduction, rate),
							    END};
static const struct svc_answer_field outcome_members[] = {MEMBER("given", NULL, TEXT, struct svc_outcome, given),
							  MEMBER("verdict", NULL, VERDICT, struct svc_outcome, verdict),
							  MEMBER("remedy", NULL, REMEDY, struct svc_outcome, remedy),
							  END};
static const struct svc_answer_field reason_members[] = {MEMBER("clause", NULL, TEXT, struct svc_reason, clause),
							 MEMBER("text", NULL, TEXT, struct svc_reason, text), END};
#define LIST_OF(name, of_members, type, list, number)                                                                  \
	{                                                                                                              \
		.key = name, .kind = SVC_ANSWER_LIST, .asks = EVERY, .members = of_members,                            \
		ELEMENTS(type, list, number)                                                                           \
	}
static const struct svc_answer_field step_fact_members[] = {MEMBER("fact", NULL, TEXT, struct svc_step_fact, fact),
							    MEMBER("value", NULL, TEXT, struct svc_step_fact, value),
							    END};
static const struct svc_answer_field stretch_members[] = {MEMBER("kind", NULL, TEXT, struct svc_step_stretch, kind),
							  MEMBER("from", NULL, MOMENT, struct svc_step_stretch, from),
							  MEMBER("to", NULL, MOMENT, struct svc_step_stretch, to),
							  MEMBER("length", NULL, TEXT, struct svc_step_stretch, length),
							  END};
static const struct svc_answer_field operand_members[] = {MEMBER("value", NULL, TEXT, struct svc_step_fact, value),
							  MEMBER("fact", NULL, TEXT, struct svc_step_fact, fact), END};
static const struct svc_answer_field step_sum_members[] = {
	MEMBER("how", NULL, TEXT, struct svc_step_sum, how),
	LIST_OF("of", operand_members, struct svc_step_sum, of, of_count),
	MEMBER("result", NULL, TEXT, struct svc_step_sum, result), END};
static const struct svc_answer_field step_date_members[] = {
	MEMBER("how", NULL, TEXT, struct svc_step_date, how),
	MEMBER("fact", NULL, TEXT, struct svc_step_date, fact),
	MEMBER("from", NULL, MOMENT, struct svc_step_date, from),
	MEMBER("length", NULL, TEXT, struct svc_step_date, length),
	MEMBER("to", NULL, MOMENT, struct svc_step_date, to),
	LIST_OF("stretches", stretch_members, struct svc_step_date, stretches, stretch_count),
	END};
static const struct svc_answer_field tried_members[] = {
	MEMBER("clause", NULL, TEXT, struct svc_step, clause),
	MEMBER("about", NULL, TEXT, struct svc_step, about),
	MEMBER("line", NULL, COUNT, struct svc_step, line),
	MEMBER("holds", NULL, TRUTH, struct svc_step, holds),
	MEMBER("met", NULL, TRUTH, struct svc_step, met),
	MEMBER("open", NULL, TRUTH, struct svc_step, open),
	MEMBER("beside", NULL, TRUTH, struct svc_step, beside),
	LIST_OF("facts", step_fact_members, struct svc_step, facts, fact_count),
	LIST_OF("dates", step_date_members, struct svc_step, dates, date_count),
	LIST_OF("sums", step_sum_members, struct svc_step, sums, sum_count),
	END};
static const struct svc_answer_field near_members[] = {
	MEMBER("fact", NULL, TEXT, struct svc_near, fact), MEMBER("from", NULL, TEXT, struct svc_near, from),
	MEMBER("to", NULL, TEXT, struct svc_near, to), MEMBER("verdict", NULL, VERDICT, struct svc_near, verdict), END};

/* ---- what answers have ---- */

#define FIELD(name, words, type, member, of_asks)                                                                      \
	{                                                                                                              \
		.key = name, .title = words, .kind = SVC_ANSWER_##type, .asks = of_asks,                               \
		PLACE(struct svc_answer, member)                                                                       \
	}
#define WORD_OF(name, words, of_fact, member, of_asks)                                                                 \
	{                                                                                                              \
		.key = name, .title = words, .fact = of_fact, .kind = SVC_ANSWER_TEXT, .asks = of_asks,                \
		PLACE(struct svc_answer, member)                                                                       \
	}
#define WORDS(name, words, list, number, of_asks)                                                                      \
	{                                                                                                              \
		.key = name, .title = words, .kind = SVC_ANSWER_TEXTS, .asks = of_asks,                                \
		ELEMENTS(struct svc_answer, list, number)                                                              \
	}
#define LIST(name, of_weight, list, number, of_members, of_asks)                                                       \
	{                                                                                                              \
		.key = name, .kind = SVC_ANSWER_LIST, .weight = SVC_ANSWER_##of_weight, .asks = of_asks,               \
		.members = of_members, ELEMENTS(struct svc_answer, list, number)                                       \
	}
#define NAMES(name, of_weight, list, number)                                                                           \
	{                                                                                                              \
		.key = name, .kind = SVC_ANSWER_TEXTS, .weight = SVC_ANSWER_##of_weight, .asks = EVERY,                \
		ELEMENTS(struct svc_answer, list, number)                                                              \
	}
#define ROWS(name, words, of_members, of_asks)                                                                         \
	{                                                                                                              \
		.key = name, .title = words, .kind = SVC_ANSWER_LIST, .asks = of_asks, .members = of_members,          \
		ELEMENTS(struct svc_answer, rows, row_count)                                                           \
	}
#define SHARE(name, member)                                                                                            \
	{                                                                                                              \
		.key = name, .kind = SVC_ANSWER_GROUP, .asks = ASK(FEE), .members = share_members,                     \
		PLACE(struct svc_answer, member)                                                                       \
	}

static const struct svc_answer_field fields[] = {
	FIELD("verdict", NULL, VERDICT, verdict, EVERY),
	FIELD("remedy", NULL, REMEDY, remedy, ASK(WARRANTY) | ASK(RETURN)),
	FIELD("starts", NULL, DATE, starts, ASK(WARRANTY)),
	FIELD("ends", NULL, DATE, ends, ASK(WARRANTY)),
	FIELD("ends", N_("ends"), DATE, ends, ASK(CONTRACT)),
	FIELD("deadline", NULL, DATE, deadline, ASK(RETURN)),
	FIELD("deadline", N_("deadline"), MOMENT, due, ASK(PARTS)),
	{.key = "days_left",
	 .kind = SVC_ANSWER_DAYS,
	 .asks = ASK(WARRANTY),
	 PLACE(struct svc_answer, days_left),
	 BESIDE(struct svc_answer, has_days_left)},
	FIELD("service_class", NULL, TEXT, service_class, ASK(WARRANTY)),
	FIELD("labor", NULL, BASIS, labor, ASK(WARRANTY)),
	FIELD("parts", NULL, BASIS, parts, ASK(WARRANTY)),
	FIELD("travel", NULL, BASIS, travel, ASK(WARRANTY)),
	SHARE("labor", labor_share),
	SHARE("parts", parts_share),
	SHARE("travel", travel_share),
	FIELD("freight_in", NULL, PAYER, freight_in, ASK(WARRANTY) | ASK(RETURN) | ASK(FREIGHT)),
	FIELD("freight_out", NULL, PAYER, freight_out, ASK(WARRANTY) | ASK(RETURN) | ASK(FREIGHT)),
	FIELD("payer", NULL, PAYER, payer, ASK(FEE)),
	FIELD("basis", NULL, BASIS, basis, ASK(FEE)),
	FIELD("total", NULL, MONEY, total, ASK(FEE)),
	FIELD("price_difference", NULL, DIFFERENCE, price_difference, ASK(RETURN)),

	FIELD("respond_by", N_("respond by"), MOMENT, respond_by, ASK(SLA)),
	FIELD("responded_in_time", N_("responded in time"), TRUTH, responded_in_time, ASK(SLA)),
	FIELD("arrive_by", N_("arrive by"), MOMENT, arrive_by, ASK(SLA)),
	FIELD("arrived_in_time", N_("arrived in time"), TRUTH, arrived_in_time, ASK(SLA)),
	FIELD("diagnose_by", N_("diagnose by"), MOMENT, diagnose_by, ASK(SLA)),
	FIELD("resolve_by", N_("resolve by"), MOMENT, resolve_by, ASK(SLA)),
	FIELD("resolved_in_time", N_("resolved in time"), TRUTH, resolved_in_time, ASK(SLA)),
	FIELD("report_by", N_("report by"), MOMENT, report_by, ASK(SLA)),
	FIELD("priority", N_("priority"), TEXT, priority, ASK(SLA)),
	WORDS("fallback", N_("owed when it is missed"), fallback, fallback_count, ASK(SLA)),
	WORD_OF("to", N_("next stage"), "stage", to, ASK(TRANSITION)),
	WORD_OF("by", N_("by"), "role", by, ASK(TRANSITION) | ASK(DISPATCH)),
	WORDS("creates", N_("starts"), creates, create_count, ASK(TRANSITION)),
	FIELD("leave_by", N_("leave by"), MOMENT, leave_by, ASK(DISPATCH)),
	FIELD("arrive_from", N_("arrive from"), MOMENT, arrive_from, ASK(DISPATCH)),
	FIELD("arrive_to", N_("arrive until"), MOMENT, arrive_to, ASK(DISPATCH)),
	WORDS("conflicts", N_("in conflict with"), conflicts, conflict_count, ASK(DISPATCH)),
	FIELD("remind_from", N_("remind from"), MOMENT, remind_from, ASK(APPOINTMENT)),
	FIELD("remind_to", N_("remind until"), MOMENT, remind_to, ASK(APPOINTMENT)),
	FIELD("cancel_at", N_("cancelled after"), MOMENT, cancel_at, ASK(APPOINTMENT)),
	FIELD("progress_from", N_("say progress from"), MOMENT, progress_from, ASK(APPOINTMENT)),
	FIELD("progress_to", N_("say progress until"), MOMENT, progress_to, ASK(APPOINTMENT)),
	FIELD("notify_by", N_("notify by"), MOMENT, notify_by, ASK(APPOINTMENT)),
	FIELD("renew_notice_on", N_("renewal starts"), MOMENT, renew_notice_on, ASK(CONTRACT)),
	FIELD("total", N_("total"), MONEY, total, ASK(CONDUCT)),
	FIELD("compensation", N_("compensation"), MONEY, compensation, ASK(CONDUCT)),
	FIELD("triggered_on", N_("triggered on"), DATE, triggered_on, ASK(CONDUCT)),
	WORDS("consequences", N_("consequences"), consequences, consequence_count, ASK(CONDUCT)),
	FIELD("subject", N_("subject"), TEXT, subject, ASK(TEMPLATE)),
	FIELD("text", NULL, TEXT, text, ASK(TEMPLATE)),
	FIELD("due", N_("due"), MOMENT, due, ASK(DEADLINE)),
	FIELD("in_time", N_("in time"), TRUTH, in_time, ASK(DEADLINE)),
	WORDS("then", N_("then"), then, then_count, ASK(DISPATCH) | ASK(NOTICE) | ASK(DEADLINE)),
	FIELD("score", N_("score"), NUMBER, score, ASK(SURVEY)),
	WORDS("actions", N_("to do"), actions, action_count, ASK(SURVEY)),
	WORDS("owed", N_("owed"), owed, owed_count, ASK(COMPLAINT)),
	FIELD("escalate_by", N_("escalate by"), MOMENT, escalate_by, ASK(COMPLAINT)),

	{.key = "entitled",
	 .kind = SVC_ANSWER_REMEDIES,
	 .asks = ASK(RETURN),
	 ELEMENTS(struct svc_answer, entitled, entitled_count)},
	LIST("windows", SHARED, windows, window_count, window_members, ASK(WARRANTY) | ASK(RETURN)),
	LIST("lines", WEIGHS, lines, line_count, line_members, ASK(FEE)),
	LIST("deductions", WEIGHS, deductions, deduction_count, deduction_members, ASK(RETURN)),
	ROWS("contacts", N_("contacts:"), contact_members, ASK(FOLLOWUP)),
	ROWS("tasks", N_("tasks:"), task_members, ASK(MAINTENANCE)),
	ROWS("notices", N_("notices:"), notice_members, ASK(NOTICE)),
	ROWS("fines", N_("fines:"), fine_members, ASK(CONDUCT)),
	ROWS("measures", N_("measures:"), measure_members, ASK(KPI)),
	ROWS("steps", N_("steps:"), step_members, ASK(CHECKLIST) | ASK(COMPLAINT)),
	ROWS("fields", N_("fields:"), form_members, ASK(FORM)),
	ROWS("questions", N_("questions:"), question_members, ASK(SURVEY)),
	NAMES("clauses", BESIDE, clauses, clause_count),
	NAMES("missing", WEIGHS, missing, missing_count),
	NAMES("requires", WEIGHS, requires, require_count),
	LIST("outcomes", BESIDE, outcomes, outcome_count, outcome_members, EVERY),
	LIST("why", BESIDE, why, why_count, reason_members, EVERY),
	LIST("tried", BESIDE, tried, tried_count, tried_members, EVERY),
	LIST("near", BESIDE, near, near_count, near_members, EVERY),
	NAMES("notes", SHARED, notes, note_count),
	END};

const struct svc_answer_field *svc_answer_fields(void)
{
	return fields;
}

/* ---- reading a field ---- */

#define VALUE(type) (*(const type *)at)

static const char *word_text(enum svc_answer_field_kind kind, unsigned word)
{
	switch (kind) {
	case SVC_ANSWER_VERDICT:
		return svc_verdict_id((enum svc_verdict)word);
	case SVC_ANSWER_REMEDY:
		return svc_remedy_id((enum svc_remedy)word);
	case SVC_ANSWER_BASIS:
		return svc_basis_id((enum svc_basis)word);
	case SVC_ANSWER_PAYER:
		return svc_payer_id((enum svc_payer)word);
	default:
		return svc_difference_id((enum svc_difference)word);
	}
}

static const char *date_text(svc_date date, char buffer[64])
{
	if (date == SVC_DATE_NONE)
		return NULL;
	svc_date_format(date, buffer);
	return buffer;
}

static const char *moment_text(const struct svc_answer *answer, const struct svc_moment *moment, char buffer[64])
{
	if (moment->kind == SVC_MOMENT_DATE)
		return date_text((svc_date)moment->at, buffer);
	if (moment->kind == SVC_MOMENT_NONE)
		return NULL;
	svc_time_format(moment->at, answer->zone, buffer);
	return buffer;
}

static const char *number_text(int64_t number, char buffer[64])
{
	if (number == SVC_NUMBER_NONE)
		return NULL;
	svc_number_format(number, buffer);
	return buffer;
}

static const char *money_text(const struct svc_answer *answer, svc_money amount, char buffer[64])
{
	if (amount == SVC_MONEY_NONE)
		return NULL;
	svc_money_format(amount, answer->currency_digits, buffer);
	return buffer;
}

static const char *count_text(int64_t count, char buffer[64])
{
	snprintf(buffer, 64, "%lld", (long long)count);
	return buffer;
}

static const char *truth_text(const void *at, size_t size)
{
	int64_t truth = size == sizeof(int64_t) ? VALUE(int64_t) : (int64_t)VALUE(enum svc_truth);

	return truth == SVC_TRUTH_UNSET ? NULL : truth == SVC_TRUE ? "true" : "false";
}

const char *svc_answer_field_text(const struct svc_answer *answer, const struct svc_answer_field *field, const void *of,
				  char buffer[64])
{
	const char *at = (const char *)of + field->at, *beside = (const char *)of + field->beside;

	switch ((enum svc_answer_field_kind)field->kind) {
	case SVC_ANSWER_TEXT:
		return *(const char *const *)at;
	case SVC_ANSWER_DATE:
		return date_text(VALUE(svc_date), buffer);
	case SVC_ANSWER_MOMENT:
		return moment_text(answer, &VALUE(struct svc_moment), buffer);
	case SVC_ANSWER_MONEY:
		return money_text(answer, VALUE(svc_money), buffer);
	case SVC_ANSWER_COUNT:
		return count_text(VALUE(int64_t), buffer);
	case SVC_ANSWER_DAYS:
		return *(const bool *)beside ? count_text(VALUE(int32_t), buffer) : NULL;
	case SVC_ANSWER_NUMBER:
		return number_text(VALUE(int64_t), buffer);
	case SVC_ANSWER_RATE:
		return VALUE(int64_t) ? number_text(VALUE(int64_t), buffer) : NULL;
	case SVC_ANSWER_MEASURE:
		return *(const int64_t *)beside ? money_text(answer, VALUE(svc_money), buffer)
						: number_text(VALUE(int64_t), buffer);
	case SVC_ANSWER_BOOL:
		return VALUE(bool) ? "true" : "false";
	case SVC_ANSWER_TRUTH:
		return truth_text(at, field->size);
	default:
		return VALUE(unsigned) ? word_text((enum svc_answer_field_kind)field->kind, VALUE(unsigned)) : NULL;
	}
}

size_t svc_answer_field_count(const struct svc_answer_field *field, const void *of)
{
	return *(const size_t *)((const char *)of + field->beside);
}

const void *svc_answer_field_item(const struct svc_answer_field *field, const void *of, size_t i)
{
	const char *at = *(const char *const *)((const char *)of + field->at) + i * field->size;

	if (field->kind == SVC_ANSWER_TEXTS)
		return *(const char *const *)at;
	if (field->kind == SVC_ANSWER_REMEDIES)
		return svc_remedy_id(VALUE(enum svc_remedy));
	return at;
}

const void *svc_answer_field_group(const struct svc_answer *answer, const struct svc_answer_field *field,
				   const void *of)
{
	const char *group = (const char *)of + field->at;
	char buffer[64];

	return svc_answer_field_text(answer, field->members, group, buffer) ? group : NULL;
}
