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
	NOTE,
	LEGACY,
	EXTRA,
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
#undef FIELDS
};

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
