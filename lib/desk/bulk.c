#include "bulk.h"

#include "base/error.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "store/event.h"
#include "store/kept.h"
#include "store/record.h"
#include "values.h"
#include "writing.h"

#include <string.h>

int bulk_begin(struct svc_desk *desk, struct svc_error *err)
{
	if (store_in_transaction(desk->store))
		return SVC_OK;
	int status = store_begin(desk->store, err);
	if (status == SVC_OK && (status = desk_check_actor(desk, err)) != SVC_OK)
		store_rollback(desk->store);
	return status;
}

int bulk_commit(struct svc_desk *desk, struct svc_error *err)
{
	return store_in_transaction(desk->store) ? store_commit(desk->store, err) : SVC_OK;
}

void bulk_rollback(struct svc_desk *desk)
{
	store_rollback(desk->store);
	desk->first_event = 0;
}

/* ---- customers by name ---- */

struct person {
	const char *source, *legacy_id, *name, *phone; /* phone NULL: not known */
};

static int find_customer(struct svc_desk *desk, const struct person *person, int64_t *id, struct svc_error *err)
{
	int64_t ids[2];
	size_t count;
	int status = kept_legacy_find(desk->store, SVC_CUSTOMER, person->source, person->legacy_id, id, NULL, err);
	if (status == SVC_OK && !*id)
		status = record_find(desk->store, SVC_CUSTOMER, field_find(SVC_CUSTOMER, "name"), person->name,
				     field_find(SVC_CUSTOMER, "phone"), person->phone, ids, 2, &count, err);
	if (status != SVC_OK || *id)
		return status;
	if (count > 1) {
		error_set(err, SVC_REFUSED, _("several fit: %s"), person->name);
		error_field(err, "customer");
		return SVC_REFUSED;
	}
	*id = count ? ids[0] : 0;
	return SVC_OK;
}

/* Under its number of the old system, where it has one, it is found again. */
static int keep_number(struct svc_desk *desk, const struct bulk_row *row, int64_t id, struct svc_error *err)
{
	return row->customer_id ? kept_legacy_put(desk->store, SVC_CUSTOMER, row->source, row->customer_id, id, "", err)
				: SVC_OK;
}

static int add_customer(struct svc_desk *desk, const struct bulk_row *row, const char *name, int64_t *id,
			struct svc_error *err)
{
	struct arena arena = {0};
	struct svc_assignment values[] = {{"name", name}, {"phone", row->customer_phone}};
	struct change change = {.kind = SVC_CUSTOMER};
	struct record_adding adding = {.change = &change, .verb = "imported", .occurred = SVC_TIME_NONE};
	int status = values_fill(desk, values, row->customer_phone ? 2 : 1, NULL, &arena, &change, err);
	if (row->customer_id)
		change_set(&change, FIELD_LEGACY, arena_printf(&arena, "%s:%s", row->source, row->customer_id));
	if (status == SVC_OK)
		status = record_add(desk, &adding, &arena, err);
	*id = adding.id;
	arena_release(&arena);
	return status == SVC_OK ? keep_number(desk, row, *id, err) : status;
}

/* ---- one row ---- */

struct taking { /* a row on its way into the store */
	struct arena arena;
	struct change change;
	const char *customer; /* named, but not there yet: added once all else is known to be good */
	char fingerprint[33];
	int64_t id; /* the record of this legacy id; 0: none yet */
	char kept[33]; /* the fingerprint of the last time */
};

/* What the row says, as one text: equal rows have equal prints. */
static void take_print(struct taking *taking, const struct bulk_row *row)
{
	struct strbuf text = {0};
	for (size_t i = 0; i < row->count; i++) {
		strbuf_puts(&text, row->values[i].field);
		strbuf_putc(&text, '\x1f');
		strbuf_puts(&text, row->values[i].value ? row->values[i].value : "");
		strbuf_putc(&text, '\x1e');
	}
	if (row->extra)
		strbuf_puts(&text, row->extra);
	const char *const tell_customer[] = {row->customer_id, row->customer_phone};
	for (size_t i = 0; i < sizeof tell_customer / sizeof *tell_customer; i++)
		if (tell_customer[i])
			strbuf_printf(&text, "\x1d%zu%s", i, tell_customer[i]);
	fingerprint_format(fingerprint_of(text.text ? text.text : "", text.length), taking->fingerprint);
	strbuf_release(&text);
}

static const char *label_of(struct taking *taking, enum svc_kind kind, int64_t id)
{
	char label[24];
	record_label(label, kind, id);
	return arena_strdup(&taking->arena, label);
}

/* A number of the old system is never taken for one of ours, so "C12" is looked for like any other name. */
static int take_customer(struct svc_desk *desk, struct taking *taking, const struct bulk_row *row, const char *text,
			 const char **value, struct svc_error *err)
{
	const struct person person = {row->source, row->customer_id ? row->customer_id : text, text,
				      row->customer_phone};
	int64_t id = 0;
	int status = find_customer(desk, &person, &id, err);
	if (status != SVC_OK)
		return status;
	if (!id)
		taking->customer = text;
	*value = id ? label_of(taking, SVC_CUSTOMER, id) : NULL;
	return SVC_OK;
}

static int take_unit(struct svc_desk *desk, struct taking *taking, const struct bulk_row *row, const char *text,
		     const char **value, struct svc_error *err)
{
	int64_t id = 0, ids[2];
	size_t count = 0;
	int status = kept_legacy_find(desk->store, SVC_UNIT, row->source, text, &id, NULL, err);
	if (status == SVC_OK && !id)
		status = record_find(desk->store, SVC_UNIT, field_find(SVC_UNIT, "serial"), text, FIELD_NONE, NULL, ids,
				     2, &count, err);
	if (status == SVC_OK && count > 1)
		status = error_set(err, SVC_REFUSED, _("several fit: %s"), text);
	else if (status == SVC_OK && !id && !count)
		status = error_set(err, SVC_NOT_FOUND, _("no such %s: %s"), svc_text("unit"), text);
	if (status != SVC_OK) {
		error_field(err, "unit");
		return status;
	}
	*value = label_of(taking, SVC_UNIT, id ? id : ids[0]);
	return SVC_OK;
}

static int take_reference(struct svc_desk *desk, struct taking *taking, const struct svc_field *field,
			  const struct bulk_row *row, const char *text, const char **value, struct svc_error *err)
{
	*value = text;
	if (!text || !*text)
		return SVC_OK;
	return field->refers == SVC_CUSTOMER ? take_customer(desk, taking, row, text, value, err)
					     : take_unit(desk, taking, row, text, value, err);
}

static int take_values(struct svc_desk *desk, struct taking *taking, const struct bulk_row *row, struct svc_error *err)
{
	static const char *const may_set[] = {"state", NULL};
	size_t field_count;
	const struct svc_field *fields = svc_fields(taking->change.kind, &field_count);
	struct svc_assignment *values = arena_alloc(&taking->arena, (row->count + 1) * sizeof *values);
	size_t count = 0;
	for (size_t i = 0; i < row->count; i++) {
		int place = field_find(taking->change.kind, row->values[i].field);
		values[count] = row->values[i];
		if (place != FIELD_NONE && fields[place].type == SVC_REFERENCE) {
			int status = take_reference(desk, taking, &fields[place], row, values[count].value,
						    &values[count].value, err);
			if (status != SVC_OK)
				return status;
		}
		count += taking->customer == NULL || values[count].value != NULL;
	}
	return values_fill(desk, values, count, may_set, &taking->arena, &taking->change, err);
}

static bool has(const struct change *change, const char *field)
{
	int place = field_find(change->kind, field);
	return place != FIELD_NONE && change->set[place];
}

/* A ticket of the old system is closed when it says so, or when it has a closing date; it is never opened today. */
static int complete_ticket(struct change *change, bool fresh, struct svc_error *err)
{
	if (change->kind != SVC_TICKET)
		return SVC_OK;
	if (fresh && !has(change, "opened")) {
		error_set(err, SVC_BAD_INPUT, _("a %s needs a %s"), svc_text("ticket"), svc_text("opened"));
		error_field(err, "opened");
		return SVC_BAD_INPUT;
	}
	if (!has(change, "state") && (fresh || has(change, "closed")))
		change_set(change, "state", has(change, "closed") ? "closed" : "open");
	if (fresh && !has(change, "kind"))
		change_set(change, "kind", "repair");
	return SVC_OK;
}

static int add_named_customer(struct svc_desk *desk, struct taking *taking, const struct bulk_row *row,
			      struct svc_error *err)
{
	int64_t id;
	if (!taking->customer)
		return SVC_OK;
	int status = add_customer(desk, row, taking->customer, &id, err);
	if (status == SVC_OK)
		change_set(&taking->change, "customer", label_of(taking, SVC_CUSTOMER, id));
	return status;
}

static int add_row(struct svc_desk *desk, struct taking *taking, const struct bulk_row *row, struct svc_error *err)
{
	struct record_adding adding = {.change = &taking->change, .verb = "imported", .occurred = row->occurred};
	int status = record_add(desk, &adding, &taking->arena, err);
	taking->id = adding.id;
	return status;
}

struct hearing { /* what the old system said of one record so far */
	struct taking *taking;
	const char *values[FIELD_LIMIT];
	struct svc_error *err;
	int status;
};

static int hear(void *context, const struct event *event)
{
	struct hearing *hearing = context;
	struct change said;
	struct arena *arena = &hearing->taking->arena;
	hearing->status = change_read(&said, hearing->taking->change.kind, event->payload, arena, hearing->err);
	if (hearing->status == SVC_OK)
		change_apply(&said, arena, hearing->values);
	return hearing->status;
}

/* Only what the old system says anew is news: what the desk has changed since is not changed back by a row that repeats it. */
static int keep_news(struct svc_desk *desk, struct taking *taking, struct svc_error *err)
{
	struct hearing hearing = {.taking = taking, .err = err, .status = SVC_OK};
	struct event_query query = {.subject = (int)taking->change.kind,
				    .subject_id = taking->id,
				    .verb = "imported",
				    .from = SVC_TIME_NONE,
				    .to = SVC_TIME_NONE};
	int status = event_each(desk->store, &query, hear, &hearing, err);
	if (status != SVC_OK || hearing.status != SVC_OK)
		return status != SVC_OK ? status : hearing.status;
	change_drop_same(&taking->change, hearing.values);
	return SVC_OK;
}

/* The old system speaks again: that is news of today, however old the row is. */
static int update_row(struct svc_desk *desk, struct taking *taking, struct svc_error *err)
{
	struct happening happening = {.verb = "imported", .occurred = SVC_TIME_NONE};
	return record_change(desk, taking->id, &happening, &taking->change, &taking->arena, NULL, err);
}

/* All checks on a copy before the first write, so that a refused row leaves no customer behind. */
static int check_whole(struct svc_desk *desk, struct taking *taking, struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	enum svc_kind kind = taking->change.kind;
	int status = taking->id ? record_read(desk->store, kind, taking->id, &taking->arena, values, err) : SVC_OK;
	if (status != SVC_OK)
		return status;
	change_apply(&taking->change, &taking->arena, values);
	status = values_check_record(desk, kind, values, err);
	return status == SVC_OK ? values_check_identity(desk, kind, taking->id, values, err) : status;
}

static int write_row(struct svc_desk *desk, struct taking *taking, const struct bulk_row *row, struct svc_error *err)
{
	bool fresh = !taking->id;
	enum svc_kind kind = taking->change.kind;
	int status = take_values(desk, taking, row, err);
	if (status == SVC_OK)
		status = complete_ticket(&taking->change, fresh, err);
	if (row->extra)
		change_set(&taking->change, FIELD_EXTRA, row->extra);
	if (status == SVC_OK && !fresh)
		status = keep_news(desk, taking, err);
	if (status == SVC_OK && (taking->customer || !fresh))
		status = check_whole(desk, taking, err);
	if (status == SVC_OK)
		status = add_named_customer(desk, taking, row, err);
	if (row->legacy_id)
		change_set(&taking->change, FIELD_LEGACY,
			   arena_printf(&taking->arena, "%s:%s", row->source, row->legacy_id));
	if (status == SVC_OK)
		status = fresh ? add_row(desk, taking, row, err) : update_row(desk, taking, err);
	if (status == SVC_OK && row->legacy_id)
		status = kept_legacy_put(desk->store, kind, row->source, row->legacy_id, taking->id,
					 taking->fingerprint, err);
	return status;
}

int bulk_put(struct svc_desk *desk, enum svc_kind kind, const struct bulk_row *row, int64_t *id,
	     enum bulk_outcome *outcome, struct svc_error *err)
{
	struct taking taking = {.change = {.kind = kind}};
	int status = desk_writing(desk, err);
	if (status == SVC_OK && row->legacy_id)
		status = kept_legacy_find(desk->store, kind, row->source, row->legacy_id, &taking.id, taking.kept, err);
	take_print(&taking, row);
	bool same = taking.id && strcmp(taking.kept, taking.fingerprint) == 0;
	*outcome = same ? BULK_UNCHANGED : taking.id ? BULK_UPDATED : BULK_ADDED;
	if (status == SVC_OK && !same)
		status = write_row(desk, &taking, row, err);
	*id = taking.id;
	arena_release(&taking.arena);
	return status;
}
