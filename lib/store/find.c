/* Finding records by one value. */
#include "record.h"
#include "record_row.h"

#include <string.h>

/* What people name records by; each bears an index. */
static const struct finding {
	enum svc_kind kind;
	const char *field, *second, *sql, *beginning;
} findings[] = {
	{SVC_UNIT, "serial", NULL, "SELECT id FROM unit WHERE serial = ?1 LIMIT ?3",
	 "SELECT serial FROM unit WHERE serial >= ?1 AND serial < ?2 ORDER BY serial LIMIT 1"},
	{SVC_CUSTOMER, "name", NULL, "SELECT id FROM customer WHERE name = ?1 LIMIT ?3",
	 "SELECT name FROM customer WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT 1"},
	{SVC_CUSTOMER, "name", "phone", "SELECT id FROM customer WHERE name = ?1 AND phone = ?2 LIMIT ?3", NULL},
	{SVC_ACTOR, "name", NULL, "SELECT id FROM actor WHERE name = ?1 LIMIT ?3",
	 "SELECT name FROM actor WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT 1"},
	{SVC_TECHNICIAN, "name", NULL, "SELECT id FROM technician WHERE name = ?1 LIMIT ?3",
	 "SELECT name FROM technician WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT 1"},
	{SVC_PART, "number", NULL, "SELECT id FROM part WHERE number = ?1 LIMIT ?3",
	 "SELECT number FROM part WHERE number >= ?1 AND number < ?2 ORDER BY number LIMIT 1"},
};

static const struct finding *finding_of(enum svc_kind kind, int field, int second)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	const char *other = second == FIELD_NONE ? NULL : fields[second].name;
	for (size_t i = 0; i < sizeof findings / sizeof *findings; i++) {
		const struct finding *finding = &findings[i];
		bool same = other ? finding->second && strcmp(finding->second, other) == 0 : !finding->second;
		if (finding->kind == kind && strcmp(finding->field, fields[field].name) == 0 && same)
			return finding;
	}
	return NULL;
}

/* The lowest first. A handful at most, so it costs less here than a sorter in every one-shot. */
static void sort_ids(int64_t *ids, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t at = i; at && ids[at - 1] > ids[at]; at--) {
			int64_t higher = ids[at - 1];
			ids[at - 1] = ids[at];
			ids[at] = higher;
		}
}

int record_find(struct store *store, enum svc_kind kind, int field, const char *value, int second_field,
		const char *second, int64_t *ids, size_t limit, size_t *count, struct svc_error *err)
{
	const struct finding *finding = finding_of(kind, field, second ? second_field : FIELD_NONE);
	sqlite3_stmt *statement;
	bool row;
	*count = 0;
	if (!finding)
		return SVC_OK;
	int status = store_statement(store, finding->sql, &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, value);
	bind_text(statement, 2, second);
	sqlite3_bind_int64(statement, 3, (int64_t)limit);
	while ((status = store_step(store, statement, &row, err)) == SVC_OK && row)
		ids[(*count)++] = sqlite3_column_int64(statement, 0);
	sort_ids(ids, *count);
	return status;
}

/* What tells one record from another; a unique index says the same. The first place is the record's own number. */
static const struct identity {
	const char *sql, *fields[3];
} identities[SVC_KIND_COUNT] = {
	[SVC_UNIT] = {"SELECT id FROM unit WHERE serial = ?2 AND coalesce(brand, '') = ?3 AND coalesce(model, '') = ?4"
		      " AND id <> ?1",
		      {"serial", "brand", "model"}},
	[SVC_ACTOR] = {"SELECT id FROM actor WHERE name = ?2 AND id <> ?1", {"name"}},
	[SVC_TECHNICIAN] = {"SELECT id FROM technician WHERE name = ?2 AND id <> ?1", {"name"}},
	[SVC_PART] = {"SELECT id FROM part WHERE number = ?2 AND id <> ?1", {"number"}},
};

int record_twin(struct store *store, enum svc_kind kind, int64_t id, const char *const *values, int64_t *twin,
		struct svc_error *err)
{
	const struct identity *identity = &identities[kind];
	sqlite3_stmt *statement;
	bool row;
	*twin = 0;
	if (!identity->sql)
		return SVC_OK;
	int status = store_statement(store, identity->sql, &statement, err);
	if (status != SVC_OK)
		return status;
	sqlite3_bind_int64(statement, 1, id);
	for (int i = 0; i < 3 && identity->fields[i]; i++) {
		const char *value = values[field_find(kind, identity->fields[i])];
		bind_text(statement, i + 2, value ? value : "");
	}
	status = store_step(store, statement, &row, err);
	if (status == SVC_OK && row) {
		*twin = sqlite3_column_int64(statement, 0);
		sqlite3_reset(statement);
	}
	return status;
}

int record_beginning(struct store *store, enum svc_kind kind, int field, const char *start, size_t length,
		     struct arena *arena, const char **value, struct svc_error *err)
{
	const struct finding *finding = finding_of(kind, field, FIELD_NONE);
	sqlite3_stmt *statement;
	bool row;
	*value = NULL;
	if (!finding || !finding->beginning)
		return SVC_OK;
	char *low = arena_strndup(arena, start, length);
	char *high = arena_printf(arena, "%s\xf4\x8f\xbf\xbf", low); /* the last code point there is */
	int status = store_statement(store, finding->beginning, &statement, err);
	if (status != SVC_OK)
		return status;
	bind_text(statement, 1, low);
	bind_text(statement, 2, high);
	status = store_step(store, statement, &row, err);
	if (status == SVC_OK && row) {
		*value = arena_strdup(arena, column_text(statement, 0));
		sqlite3_reset(statement);
	}
	return status;
}
