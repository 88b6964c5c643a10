/* What the desk knows of a repair: the ticket, its unit and customer, what was told, the work and the parts. */
#include "base/error.h"
#include "desk.h"
#include "paper.h"
#include "ruling.h"
#include "svc/money.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

struct reading {
	struct svc_desk *desk;
	struct account *account;
	struct svc_error *err;
	int status;
};

/* "one; other", each once. */
static const char *listed(struct arena *arena, const char *list, const char *text)
{
	if (!text || (list && strstr(list, text)))
		return list;
	return list ? arena_printf(arena, "%s; %s", list, text) : arena_strdup(arena, text);
}

static const char *name_of(struct reading *reading, enum svc_kind kind, const char *label, const char *field)
{
	const char *values[FIELD_LIMIT] = {0};
	if (!label || reading->status != SVC_OK)
		return NULL;
	reading->status = record_read(reading->desk->store, kind, record_number(kind, label), reading->account->arena,
				      values, reading->err);
	return values[field_find(kind, field)];
}

static int read_work(void *context, int64_t id, const char **values)
{
	struct reading *reading = context;
	struct account *account = reading->account;
	const char *done = values[field_find(SVC_WORK, "done")], *hours = values[field_find(SVC_WORK, "hours")];
	char label[24];
	int64_t number;
	record_label(label, SVC_WORK, id);
	account->process = listed(account->arena, account->process, values[field_find(SVC_WORK, "process")]);
	account->technicians = listed(
		account->arena, account->technicians,
		name_of(reading, SVC_TECHNICIAN, values[field_find(SVC_WORK, "technician")], "name"));
	if (done)
		account->done = arena_strdup(account->arena, done);
	if (hours && svc_number_parse(hours, &number)) {
		char text[32];
		account->total_hours += number;
		svc_number_format(account->total_hours, text);
		account->hours = arena_strdup(account->arena, text);
	}
	return reading->status != SVC_OK;
}

static int read_issue(void *context, int64_t id, const char **values)
{
	struct reading *reading = context;
	struct account *account = reading->account;
	const char *used = values[field_find(SVC_ISSUE, "used")], *part = values[field_find(SVC_ISSUE, "part")];
	(void)id;
	if (!used || strtol(used, NULL, 10) <= 0)
		return 0;
	const char *name = name_of(reading, SVC_PART, part, "name");
	if (!name)
		name = name_of(reading, SVC_PART, part, "number");
	if (name)
		account->materials = listed(account->arena, account->materials,
					    arena_printf(account->arena, "%s x %s", name, used));
	return reading->status != SVC_OK;
}

static int read_of_ticket(struct reading *reading, enum svc_kind kind, const char *sort, record_seen seen)
{
	const char *label = reading->account->ticket[FIELD_ID];
	struct record_match match = {.field = field_find(kind, "ticket"), .from = label, .to = label};
	struct record_query query = {.matches = &match, .match_count = 1, .sort = field_find(kind, sort)};
	int status = record_list(reading->desk->store, kind, &query, seen, reading, reading->err);
	return status == SVC_OK ? reading->status : status;
}

static int read_linked(struct svc_desk *desk, enum svc_kind kind, const char *label, struct arena *arena,
		       const char **values, struct svc_error *err)
{
	return label ? record_read(desk->store, kind, record_number(kind, label), arena, values, err) : SVC_OK;
}

int account_read(struct svc_desk *desk, int64_t ticket, const char *const *values, struct account *account,
		 struct arena *arena, struct svc_error *err)
{
	struct reading reading = {desk, account, err, SVC_OK};
	svc_date day;
	char text[16];
	account->arena = arena;
	account->ticket = values;
	int status = read_linked(desk, SVC_UNIT, values[field_find(SVC_TICKET, "unit")], arena, account->unit, err);
	if (status == SVC_OK)
		status = read_linked(desk, SVC_CUSTOMER, values[field_find(SVC_TICKET, "customer")], arena,
				     account->customer, err);
	if (status == SVC_OK)
		status = ticket_said(desk, ticket, "facts", &account->told, arena, err);
	if (status == SVC_OK)
		status = ticket_said(desk, ticket, "marks", &account->told, arena, err);
	if (status == SVC_OK)
		status = read_of_ticket(&reading, SVC_WORK, "done", read_work);
	if (status == SVC_OK)
		status = read_of_ticket(&reading, SVC_ISSUE, "id", read_issue);
	if (status == SVC_OK && account->done) {
		status = value_day(desk, account->done, &day, err);
		svc_date_format(day, text);
		account->done = arena_strdup(arena, text);
	}
	return status;
}

/* ---- by name ---- */

enum holding { OF_TICKET, OF_UNIT, OF_CUSTOMER, OF_WORK };
enum work_value { WORK_PROCESS, WORK_HOURS, WORK_DONE, WORK_TECHNICIANS, WORK_MATERIALS };

/* Names of fields of papers, and where the desk has the value: a field of a record, or of the work. */
static const struct naming {
	const char *name;
	enum holding of;
	const char *field;
	enum work_value work;
} namings[] = {
	{"process", OF_WORK, NULL, WORK_PROCESS},
	{"work", OF_WORK, NULL, WORK_PROCESS},
	{"content", OF_WORK, NULL, WORK_PROCESS},
	{"work_done", OF_WORK, NULL, WORK_PROCESS},
	{"handling", OF_WORK, NULL, WORK_PROCESS},
	{"hours", OF_WORK, NULL, WORK_HOURS},
	{"repair_time", OF_WORK, NULL, WORK_DONE},
	{"repair_date", OF_WORK, NULL, WORK_DONE},
	{"date", OF_WORK, NULL, WORK_DONE},
	{"technician", OF_WORK, NULL, WORK_TECHNICIANS},
	{"technician", OF_TICKET, "technician", 0},
	{"materials", OF_WORK, NULL, WORK_MATERIALS},
	{"parts", OF_WORK, NULL, WORK_MATERIALS},
	{"fault", OF_TICKET, "symptom", 0},
	{"fault_symptom", OF_TICKET, "symptom", 0},
	{"problem", OF_TICKET, "symptom", 0},
	{"result", OF_TICKET, "outcome", 0},
	{"customer", OF_CUSTOMER, "name", 0},
	{"user", OF_CUSTOMER, "name", 0},
	{"name", OF_CUSTOMER, "name", 0},
	{"phone", OF_CUSTOMER, "phone", 0},
	{"address", OF_CUSTOMER, "address", 0},
	{"serial", OF_UNIT, "serial", 0},
	{"model", OF_UNIT, "model", 0},
	{"brand", OF_UNIT, "brand", 0},
	{"purchase_date", OF_UNIT, "purchase", 0},
};

static const char *work_text(const struct account *account, enum work_value which)
{
	const char *const texts[] = {[WORK_PROCESS] = account->process,
				     [WORK_HOURS] = account->hours,
				     [WORK_DONE] = account->done,
				     [WORK_TECHNICIANS] = account->technicians,
				     [WORK_MATERIALS] = account->materials};
	return texts[which];
}

static const char *field_in(enum svc_kind kind, const char *const *values, const char *field)
{
	int place = field_find(kind, field);
	return place == FIELD_NONE ? NULL : values[place];
}

static const char *named_value(const struct account *account, const struct naming *naming)
{
	switch (naming->of) {
	case OF_TICKET:
		return field_in(SVC_TICKET, account->ticket, naming->field);
	case OF_UNIT:
		return field_in(SVC_UNIT, account->unit, naming->field);
	case OF_CUSTOMER:
		return field_in(SVC_CUSTOMER, account->customer, naming->field);
	default:
		return work_text(account, naming->work);
	}
}

const char *account_value(const struct account *account, const char *name)
{
	const char *value = NULL;
	for (size_t i = 0; !value && i < sizeof namings / sizeof *namings; i++)
		if (strcmp(namings[i].name, name) == 0)
			value = named_value(account, &namings[i]);
	if (!value)
		value = gathered_value(&account->told, name);
	return value ? value : field_in(SVC_TICKET, account->ticket, name);
}

const struct account_field *account_fields(size_t *count)
{
	static const struct account_field fields[] = {
		{"customer", N_("customer")},     {"serial", N_("serial number")},
		{"product", N_("product")},       {"symptom", N_("symptom")},
		{"cause", N_("cause")},           {"process", N_("process")},
		{"hours", N_("hours")},           {"materials", N_("materials")},
		{"technician", N_("technician")}, {"repair_date", N_("repaired on")},
		{"quality", N_("quality check")}, {"result", N_("result")},
	};
	*count = sizeof fields / sizeof *fields;
	return fields;
}
