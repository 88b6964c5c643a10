#include "fields.h"

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READ_ONLY SVC_FIELD_READ_ONLY
#define REQUIRED SVC_FIELD_REQUIRED
#define FACT SVC_FIELD_FACT
#define LONG SVC_FIELD_LONG
#define LINES SVC_FIELD_LINES

#define ID(kind)                                                                                                       \
	{                                                                                                              \
		"id", N_("number"), SVC_REFERENCE, READ_ONLY, .refers = (kind)                                         \
	}
#define LEGACY                                                                                                         \
	{                                                                                                              \
		FIELD_LEGACY, N_("legacy number"), SVC_TEXT, READ_ONLY                                                 \
	}
#define EXTRA                                                                                                          \
	{                                                                                                              \
		FIELD_EXTRA, N_("kept columns"), SVC_JSON, LONG | LINES                                                \
	}
#define NOTE                                                                                                           \
	{                                                                                                              \
		"note", N_("note"), SVC_TEXT, LONG | LINES                                                             \
	}

static const char *const ticket_kinds[] = {"repair",  "return",   "exchange", "complaint", "consult",
					   "install", "maintain", "parts",    NULL};
static const char *const ticket_states[] = {"open", "closed", NULL};

static const struct svc_field customer_fields[] = {
	ID(SVC_CUSTOMER),
	{"name", N_("name"), SVC_TEXT, REQUIRED},
	{"phone", N_("phone"), SVC_TEXT},
	{"email", N_("e-mail"), SVC_TEXT},
	{"address", N_("address"), SVC_TEXT},
	{"zone", N_("zone"), SVC_WORD, FACT},
	{"distance_km", N_("distance in km"), SVC_NUMBER, FACT},
	{"language", N_("language"), SVC_WORD},
	{"kind", N_("kind"), SVC_WORD},
	NOTE,
	LEGACY,
	EXTRA,
};

static const struct svc_field unit_fields[] = {
	ID(SVC_UNIT),
	{"serial", N_("serial number"), SVC_TEXT, REQUIRED},
	{"product", N_("product"), SVC_WORD, FACT},
	{"component", N_("component"), SVC_WORD, FACT},
	{"model", N_("model"), SVC_TEXT},
	{"brand", N_("maker"), SVC_TEXT},
	{"customer", N_("customer"), SVC_REFERENCE, .refers = SVC_CUSTOMER},
	{"policy", N_("policy"), SVC_TEXT},
	{"manufacture", N_("manufacture"), SVC_DATE, FACT},
	{"shipment", N_("shipment"), SVC_DATE, FACT},
	{"purchase", N_("purchase"), SVC_DATE, FACT},
	{"invoice", N_("invoice"), SVC_DATE, FACT},
	{"payment", N_("payment"), SVC_DATE, FACT},
	{"delivery", N_("delivery"), SVC_DATE, FACT},
	{"installation", N_("installation"), SVC_DATE, FACT},
	{"acceptance", N_("acceptance"), SVC_DATE, FACT},
	{"handover", N_("handover"), SVC_DATE, FACT},
	{"replacement", N_("replacement"), SVC_DATE, FACT},
	{"repaired", N_("last repair"), SVC_DATE, FACT},
	{"sold_as", N_("sold as"), SVC_WORD, FACT},
	{"sold_via", N_("sold through"), SVC_WORD, FACT},
	{"bought_from", N_("bought from"), SVC_WORD, FACT},
	{"owner", N_("owner"), SVC_WORD, FACT},
	{"price", N_("price"), SVC_MONEY, FACT},
	{"replaces", N_("replaces"), SVC_REFERENCE, READ_ONLY | LONG, .refers = SVC_UNIT},
	NOTE,
	LEGACY,
	EXTRA,
};

static const struct svc_field ticket_fields[] = {
	ID(SVC_TICKET),
	{"kind", N_("kind"), SVC_WORD, .words = ticket_kinds},
	{"state", N_("state"), SVC_WORD, READ_ONLY, .words = ticket_states},
	{"opened", N_("opened"), SVC_TIME},
	{"closed", N_("closed"), SVC_TIME},
	{"channel", N_("channel"), SVC_WORD},
	{"product", N_("product"), SVC_WORD, FACT},
	{"brand", N_("maker"), SVC_TEXT},
	{"symptom", N_("symptom"), SVC_TEXT, LINES},
	{"outcome", N_("outcome"), SVC_WORD},
	{"severity", N_("severity"), SVC_WORD, FACT},
	{"customer", N_("customer"), SVC_REFERENCE, .refers = SVC_CUSTOMER},
	{"unit", N_("unit"), SVC_REFERENCE, .refers = SVC_UNIT},
	{"technician", N_("technician"), SVC_TEXT},
	{"fee", N_("fee"), SVC_MONEY},
	{"verdict", N_("verdict"), SVC_WORD, READ_ONLY},
	{"policy", N_("policy"), SVC_TEXT, READ_ONLY},
	{"variant", N_("workflow"), SVC_WORD, FACT | LONG},
	{"stage", N_("stage"), SVC_WORD, READ_ONLY},
	{"holder", N_("held by"), SVC_WORD, READ_ONLY | LONG},
	{"due", N_("next due"), SVC_TIME, READ_ONLY | LONG},
	{"priority", N_("priority"), SVC_WORD, LONG},
	{"rework", N_("rework rounds"), SVC_INTEGER, READ_ONLY | LONG},
	{"escalated", N_("escalated to"), SVC_WORD, READ_ONLY | LONG},
	{"repeats", N_("repeats"), SVC_REFERENCE, READ_ONLY | LONG, .refers = SVC_TICKET},
	{"merged", N_("merged into"), SVC_REFERENCE, READ_ONLY | LONG, .refers = SVC_TICKET},
	NOTE,
	LEGACY,
	EXTRA,
};

#define TICKET                                                                                                         \
	{                                                                                                              \
		"ticket", N_("ticket"), SVC_REFERENCE, REQUIRED, .refers = SVC_TICKET                                  \
	}
#define STATE(list)                                                                                                    \
	{                                                                                                              \
		"state", N_("state"), SVC_WORD, READ_ONLY, .words = (list)                                             \
	}

static const char *const technician_states[] = {"active", "left", NULL};
static const char *const visit_states[] = {"planned",  "departed",    "arrived",   "started",
					   "finished", "no_one_home", "cancelled", NULL};
static const char *const fee_states[] = {"quoted", "approved", "declined", "charged", "free",
					 "waived", "paid",     "void",     NULL};
static const char *const payers[] = {"company", "customer", "supplier", NULL};
static const char *const issue_states[] = {"reserved", "issued", "settled", "cancelled", NULL};
static const char *const old_part_words[] = {"owed", "returned", "explained", "none", NULL};
static const char *const goods_kinds[] = {"unit", "loaner", "old_part", "exchange", "accessory", "document", NULL};
static const char *const goods_states[] = {"expected", "held", "away", "settled", "cancelled", NULL};
static const char *const article_states[] = {"draft", "published", "retired", NULL};
static const char *const violation_states[] = {"logged", "appealed", "upheld", "reversed", NULL};
static const char *const task_states[] = {"open", "done", "dropped", NULL};

static const struct svc_field technician_fields[] = {
	ID(SVC_TECHNICIAN),
	{"name", N_("name"), SVC_TEXT, REQUIRED},
	{"skills", N_("skills"), SVC_TEXT}, /* ids of the packs, joined by commas */
	{"zones", N_("zones"), SVC_TEXT}, /* joined by commas; none: everywhere */
	{"shift", N_("shift"), SVC_TEXT}, /* "mon-fri 08:00-17:30"; several joined by semicolons */
	{"phone", N_("phone"), SVC_TEXT},
	STATE(technician_states),
	NOTE,
};

static const struct svc_field absence_fields[] = {
	ID(SVC_ABSENCE),
	{"technician", N_("technician"), SVC_REFERENCE, REQUIRED, .refers = SVC_TECHNICIAN},
	{"starts", N_("starts"), SVC_TIME, REQUIRED},
	{"ends", N_("ends"), SVC_TIME, REQUIRED}, /* of a day: with it */
	{"reason", N_("reason"), SVC_TEXT},
};

static const struct svc_field visit_fields[] = {
	ID(SVC_VISIT),
	TICKET,
	{"technician", N_("technician"), SVC_REFERENCE, .refers = SVC_TECHNICIAN},
	STATE(visit_states),
	{"starts", N_("from"), SVC_TIME, REQUIRED}, /* the window that was promised */
	{"ends", N_("to"), SVC_TIME, REQUIRED},
	{"minutes", N_("minutes of work"), SVC_INTEGER},
	{"travel", N_("minutes of travel"), SVC_INTEGER},
	{"needs", N_("skills needed"), SVC_TEXT},
	{"departed", N_("departed"), SVC_TIME, READ_ONLY},
	{"arrived", N_("arrived"), SVC_TIME, READ_ONLY},
	{"started", N_("started"), SVC_TIME, READ_ONLY | LONG},
	{"finished", N_("finished"), SVC_TIME, READ_ONLY},
	{"late", N_("minutes late"), SVC_INTEGER, READ_ONLY},
	{"remaining", N_("left to do"), SVC_TEXT, READ_ONLY | LONG | LINES},
	{"follows", N_("follows"), SVC_REFERENCE, READ_ONLY | LONG, .refers = SVC_VISIT},
	NOTE,
};

static const struct svc_field work_fields[] = {
	ID(SVC_WORK),
	TICKET,
	{"visit", N_("visit"), SVC_REFERENCE, .refers = SVC_VISIT},
	{"technician", N_("technician"), SVC_REFERENCE, .refers = SVC_TECHNICIAN},
	{"done", N_("done on"), SVC_TIME},
	{"process", N_("process"), SVC_TEXT, REQUIRED | LINES},
	{"hours", N_("hours"), SVC_NUMBER},
	{"cost", N_("cost"), SVC_MONEY},
	NOTE,
};

static const struct svc_field fee_fields[] = {
	ID(SVC_FEE),
	TICKET,
	{"item", N_("item"), SVC_WORD, REQUIRED},
	STATE(fee_states),
	{"quantity", N_("quantity"), SVC_NUMBER},
	{"unit_price", N_("unit price"), SVC_MONEY},
	{"amount", N_("amount"), SVC_MONEY}, /* absent: not known yet */
	{"payer", N_("payer"), SVC_WORD, .words = payers},
	{"basis", N_("basis"), SVC_WORD},
	{"clause", N_("clause"), SVC_TEXT, LONG},
	{"cost", N_("cost"), SVC_MONEY, LONG}, /* our own */
	{"paid", N_("paid"), SVC_MONEY, READ_ONLY},
	{"receipt", N_("receipt"), SVC_TEXT, READ_ONLY},
	{"reason", N_("reason"), SVC_TEXT, LONG},
	{"charged", N_("charged on"), SVC_TIME, READ_ONLY | LONG},
	NOTE,
};

static const struct svc_field part_fields[] = {
	ID(SVC_PART),
	{"number", N_("part number"), SVC_TEXT, REQUIRED},
	{"name", N_("name"), SVC_TEXT},
	{"component", N_("component"), SVC_WORD},
	{"on_hand", N_("on hand"), SVC_INTEGER, READ_ONLY},
	{"reserved", N_("reserved"), SVC_INTEGER, READ_ONLY},
	{"minimum", N_("minimum"), SVC_INTEGER},
	{"price", N_("price"), SVC_MONEY},
	{"cost", N_("cost"), SVC_MONEY},
	{"place", N_("place"), SVC_TEXT, LONG},
	NOTE,
};

static const struct svc_field issue_fields[] = {
	ID(SVC_ISSUE),
	{"part", N_("part"), SVC_REFERENCE, REQUIRED, .refers = SVC_PART},
	TICKET,
	{"technician", N_("technician"), SVC_REFERENCE, .refers = SVC_TECHNICIAN},
	STATE(issue_states),
	{"quantity", N_("quantity"), SVC_INTEGER, REQUIRED},
	{"used", N_("used"), SVC_INTEGER, READ_ONLY},
	{"returned", N_("returned"), SVC_INTEGER, READ_ONLY},
	{"written_off", N_("written off"), SVC_INTEGER, READ_ONLY},
	{"old_part", N_("old part"), SVC_WORD, READ_ONLY, .words = old_part_words},
	{"approved_by", N_("approved by"), SVC_TEXT, READ_ONLY},
	{"issued", N_("issued on"), SVC_TIME, READ_ONLY},
	{"cost", N_("cost"), SVC_MONEY, READ_ONLY | LONG}, /* of one, when it was issued */
	{"due", N_("due"), SVC_TIME, READ_ONLY}, /* when the old part or the account is owed */
	{"reason", N_("reason"), SVC_TEXT, LONG},
	NOTE,
};

static const struct svc_field goods_fields[] = {
	ID(SVC_GOODS),
	TICKET,
	{"kind", N_("kind"), SVC_WORD, REQUIRED, .words = goods_kinds},
	{"unit", N_("unit"), SVC_REFERENCE, .refers = SVC_UNIT},
	{"serial", N_("serial number"), SVC_TEXT},
	{"description", N_("description"), SVC_TEXT},
	{"belongs", N_("belongs to"), SVC_WORD, .words = payers},
	STATE(goods_states),
	{"holder", N_("held by"), SVC_TEXT, READ_ONLY},
	{"since", N_("since"), SVC_TIME, READ_ONLY}, /* it has been in this state, with this holder */
	{"place", N_("place"), SVC_TEXT},
	{"receipt", N_("receipt"), SVC_TEXT},
	{"carrier", N_("carrier"), SVC_TEXT, LONG},
	{"tracking", N_("tracking number"), SVC_TEXT, LONG},
	{"freight", N_("freight"), SVC_MONEY, LONG},
	{"freight_payer", N_("freight paid by"), SVC_WORD, LONG, .words = payers},
	{"due", N_("due back"), SVC_TIME},
	{"signed_by", N_("signed by"), SVC_TEXT, LONG}, /* the slip of the handing over */
	NOTE,
};

static const struct svc_field article_fields[] = {
	ID(SVC_ARTICLE),
	{"title", N_("title"), SVC_TEXT, REQUIRED},
	STATE(article_states),
	{"product", N_("product"), SVC_WORD},
	{"component", N_("component"), SVC_WORD},
	{"symptom", N_("symptom"), SVC_TEXT, LONG | LINES},
	{"cause", N_("cause"), SVC_TEXT, LONG | LINES},
	{"solution", N_("solution"), SVC_TEXT, LONG | LINES},
	{"used", N_("times used"), SVC_INTEGER, READ_ONLY},
	NOTE,
};

static const struct svc_field violation_fields[] = {
	ID(SVC_VIOLATION),
	{"person", N_("person"), SVC_TEXT, REQUIRED},
	{"rule", N_("rule"), SVC_WORD, REQUIRED},
	{"occurred", N_("happened on"), SVC_DATE, REQUIRED},
	STATE(violation_states),
	{"ticket", N_("ticket"), SVC_REFERENCE, .refers = SVC_TICKET},
	{"facts", N_("facts"), SVC_JSON, LONG | LINES},
	{"evidence", N_("evidence"), SVC_TEXT}, /* the records that show it, joined by commas */
	{"reason", N_("reason"), SVC_TEXT, LONG},
	NOTE,
};

static const struct svc_field task_fields[] = {
	ID(SVC_TASK),
	{"name", N_("name"), SVC_WORD, REQUIRED},
	TICKET,
	STATE(task_states),
	{"holder", N_("held by"), SVC_WORD},
	{"due", N_("due"), SVC_TIME},
	{"done", N_("done on"), SVC_TIME, READ_ONLY},
	{"clause", N_("clause"), SVC_TEXT, LONG},
	NOTE,
};

static const struct svc_field actor_fields[] = {
	ID(SVC_ACTOR),
	{"name", N_("name"), SVC_TEXT, REQUIRED},
	{"role", N_("role"), SVC_WORD},
	NOTE,
};

static const struct kind_row {
	const char *name;
	char letter;
	const struct svc_field *fields;
	size_t count;
} kinds[SVC_KIND_COUNT] = {
#define FIELDS(list) (list), sizeof(list) / sizeof *(list)
	[SVC_CUSTOMER] = {N_("customer"), 'C', FIELDS(customer_fields)},
	[SVC_UNIT] = {N_("unit"), 'U', FIELDS(unit_fields)},
	[SVC_TICKET] = {N_("ticket"), 'T', FIELDS(ticket_fields)},
	[SVC_ACTOR] = {N_("actor"), 'A', FIELDS(actor_fields)},
	[SVC_TECHNICIAN] = {N_("technician"), 'E', FIELDS(technician_fields)},
	[SVC_ABSENCE] = {N_("absence"), 'L', FIELDS(absence_fields)},
	[SVC_VISIT] = {N_("visit"), 'V', FIELDS(visit_fields)},
	[SVC_WORK] = {N_("work"), 'W', FIELDS(work_fields)},
	[SVC_FEE] = {N_("fee"), 'F', FIELDS(fee_fields)},
	[SVC_PART] = {N_("part"), 'P', FIELDS(part_fields)},
	[SVC_ISSUE] = {N_("issue"), 'I', FIELDS(issue_fields)},
	[SVC_GOODS] = {N_("goods"), 'G', FIELDS(goods_fields)},
	[SVC_ARTICLE] = {N_("article"), 'K', FIELDS(article_fields)},
	[SVC_VIOLATION] = {N_("violation"), 'B', FIELDS(violation_fields)},
	[SVC_TASK] = {N_("task"), 'J', FIELDS(task_fields)},
#undef FIELDS
};

_Static_assert(sizeof ticket_fields / sizeof *ticket_fields <= FIELD_LIMIT, "a kind has too many fields");
_Static_assert(sizeof unit_fields / sizeof *unit_fields <= FIELD_LIMIT, "a kind has too many fields");

const struct svc_field *svc_fields(enum svc_kind kind, size_t *count)
{
	*count = kinds[kind].count;
	return kinds[kind].fields;
}

const char *svc_kind_name(enum svc_kind kind)
{
	return kinds[kind].name;
}

char svc_kind_letter(enum svc_kind kind)
{
	return kinds[kind].letter;
}

int field_find(enum svc_kind kind, const char *name)
{
	for (size_t i = 0; i < kinds[kind].count; i++)
		if (strcmp(kinds[kind].fields[i].name, name) == 0)
			return (int)i;
	return FIELD_NONE;
}

void record_label(char out[24], enum svc_kind kind, int64_t id)
{
	snprintf(out, 24, "%c%lld", kinds[kind].letter, (long long)id);
}

int64_t record_number(enum svc_kind kind, const char *text)
{
	if ((text[0] & ~0x20) != kinds[kind].letter || text[1] < '1' || text[1] > '9')
		return 0;
	size_t digits = strspn(text + 1, "0123456789");
	if (text[1 + digits] || digits > 18)
		return 0;
	return strtoll(text + 1, NULL, 10);
}
