/* What an event changes in a record, as values in memory and as the event's payload. */
#ifndef DESK_CHANGE_H
#define DESK_CHANGE_H

#include "base/arena.h"
#include "store/fields.h"
#include "svc/desk.h"

#define CHANGE_VERSION 1 /* of the payload's form */

struct change {
	enum svc_kind kind;
	bool touched[FIELD_LIMIT];
	const char *set[FIELD_LIMIT]; /* of the fields touched; NULL: the value is taken away */
	const char *add
		[FIELD_LIMIT]; /* what is added to a whole number, a number or an amount; may be negative; NULL: nothing */
	const char *decides; /* the ask of the decision that is kept with it; NULL: none is */
	const char *line; /* added to the field `note`; NULL: nothing */
	const struct svc_assignment
		*marks; /* what was ticked off or filled in, under names of the desk's own; of no field */
	size_t mark_count;
};

void change_set(struct change *change, const char *field, const char *value);
/* Replays in any order give the same sum. */
void change_add(struct change *change, const char *field, const char *amount);
bool change_is_empty(const struct change *change);
/* Takes out what `values` say already. */
void change_drop_same(struct change *change, const char *const *values);
/* The one way in which a record changes. Texts of `values` are borrowed from the change, or are in `arena`. */
void change_apply(const struct change *change, struct arena *arena, const char **values);

/* The payload of an event: {"v":1,"set":{...},"add":{...},"line":"...","marks":{...},"facts":{...}}. In `arena`. */
/* `named`: "facts", or "given" for facts that no later decision sees. */
const char *change_payload(const struct change *change, const char *named, const struct svc_assignment *facts,
			   size_t fact_count, struct arena *arena);
/* Fields that this version does not know are passed over. */
int change_read(struct change *change, enum svc_kind kind, const char *payload, struct arena *arena,
		struct svc_error *err);

/* Facts of a question, or marks, gathered; a later value of a name takes the place of the earlier. */
struct gathered_facts {
	struct svc_assignment *items;
	size_t count, room;
};
void gather_fact(struct gathered_facts *facts, struct arena *arena, const char *name, const char *value);
/* `which`: "facts" or "marks". */
int gather_payload(struct gathered_facts *facts, const char *which, const char *payload, struct arena *arena,
		   struct svc_error *err);
const char *gathered_value(const struct gathered_facts *facts, const char *name); /* NULL: none */

#endif
