/* Finding a record by what people call it. */
#include "base/error.h"
#include "base/utf8.h"
#include "desk.h"
#include "store/kept.h"
#include "store/record.h"

#include <string.h>

enum { CHOICES_SHOWN = 8 };

static const char *const naming_fields[SVC_KIND_COUNT] = {[SVC_CUSTOMER] = "name",
							  [SVC_UNIT] = "serial",
							  [SVC_ACTOR] = "name",
							  [SVC_TECHNICIAN] = "name",
							  [SVC_PART] = "number"};

/* "U17 (Kettle 2), U18 (Kettle 3)": enough to choose by. */
static int name_choices(struct svc_desk *desk, enum svc_kind kind, const char *text, const int64_t *ids, size_t count,
			struct svc_error *err)
{
	const char *detail_fields[] = {kind == SVC_UNIT ? "brand" : "phone", kind == SVC_UNIT ? "model" : "address"};
	struct arena arena = {0};
	const char *choices = "";
	for (size_t i = 0; i < count; i++) {
		const char *values[FIELD_LIMIT];
		if (record_read(desk->store, kind, ids[i], &arena, values, err) != SVC_OK)
			continue;
		const char *first = values[field_find(kind, detail_fields[0])];
		const char *second = values[field_find(kind, detail_fields[1])];
		choices = arena_printf(&arena, "%s%s%s", choices, *choices ? ", " : "", values[FIELD_ID]);
		if (first || second)
			choices = arena_printf(&arena, "%s (%s%s%s)", choices, first ? first : "",
					       first && second ? " " : "", second ? second : "");
	}
	error_set(err, SVC_REFUSED, _("several fit: %s"), text);
	error_hint(err, _("choose one: %s"), choices);
	arena_release(&arena);
	return SVC_REFUSED;
}

/* The first bytes of a text that hold so many whole characters. */
static size_t bytes_of(const char *text, size_t characters)
{
	size_t length = strlen(text), at = 0;
	uint32_t code;
	while (characters-- && at < length)
		at += utf8_next(text + at, length - at, &code);
	return at;
}

/* The nearest name that begins alike; a few probes of the index, each a character shorter. */
static void suggest(struct svc_desk *desk, enum svc_kind kind, const char *text, struct svc_error *err)
{
	enum { PROBES = 6, SHORTEST = 2 };
	struct arena arena = {0};
	const char *near = NULL;
	size_t characters = utf8_count(text);
	if (naming_fields[kind])
		for (size_t cut = 0; cut < PROBES && characters >= SHORTEST + cut && !near; cut++)
			if (record_beginning(desk->store, kind, field_find(kind, naming_fields[kind]), text,
					     bytes_of(text, characters - cut), &arena, &near, NULL) != SVC_OK)
				break;
	if (near)
		error_hint(err, _("did you mean %s?"), near);
	else
		error_hint(err, _("svc %s list shows what there is"), svc_kind_name(kind));
	arena_release(&arena);
}

static int find_by_name(struct svc_desk *desk, enum svc_kind kind, const char *text, int64_t *id, struct svc_error *err)
{
	int64_t ids[CHOICES_SHOWN];
	size_t count = 0;
	if (!naming_fields[kind])
		return SVC_OK;
	int status = record_find(desk->store, kind, field_find(kind, naming_fields[kind]), text, FIELD_NONE, NULL, ids,
				 CHOICES_SHOWN, &count, err);
	if (status == SVC_OK && count > 1)
		return name_choices(desk, kind, text, ids, count, err);
	if (status == SVC_OK && count == 1)
		*id = ids[0];
	return status;
}

static int find_by_legacy(struct svc_desk *desk, enum svc_kind kind, const char *text, int64_t *id,
			  struct svc_error *err)
{
	const char *colon = strchr(text, ':');
	struct arena arena = {0};
	if (!colon || colon == text || !colon[1])
		return SVC_OK;
	const char *source = arena_strndup(&arena, text, (size_t)(colon - text));
	int status = kept_legacy_find(desk->store, kind, source, colon + 1, id, NULL, err);
	arena_release(&arena);
	return status;
}

static int find_by_number(struct svc_desk *desk, enum svc_kind kind, int64_t number, int64_t *id, struct svc_error *err)
{
	bool exists = false;
	int status = number ? record_exists(desk->store, kind, number, &exists, err) : SVC_OK;
	if (exists)
		*id = number;
	return status;
}

static int64_t bare_number(const char *text)
{
	char label[24];
	size_t digits = strspn(text, "0123456789");
	if (text[digits] || digits < 1 || digits > 18)
		return 0;
	label[0] = svc_kind_letter(SVC_UNIT);
	memcpy(label + 1, text, digits + 1);
	return record_number(SVC_UNIT, label);
}

int svc_find(struct svc_desk *desk, enum svc_kind kind, const char *text, int64_t *id, struct svc_error *err)
{
	*id = 0;
	/* "U17" is exact; a serial of nothing but digits is a serial before it is a number of ours. */
	int status = find_by_number(desk, kind, record_number(kind, text), id, err);
	if (status == SVC_OK && !*id)
		status = find_by_name(desk, kind, text, id, err);
	if (status == SVC_OK && !*id)
		status = find_by_legacy(desk, kind, text, id, err);
	if (status == SVC_OK && !*id)
		status = find_by_number(desk, kind, bare_number(text), id, err);
	if (status != SVC_OK || *id)
		return status;
	error_set(err, SVC_NOT_FOUND, _("no such %s: %s"), svc_text(svc_kind_name(kind)), text);
	suggest(desk, kind, text, err);
	return SVC_NOT_FOUND;
}
