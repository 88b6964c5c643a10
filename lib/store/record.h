/* The tables of records: read, write, find, list. Values are texts in the order of svc_fields(kind), NULL where there is
   none; place 0 is the id as "U17". Money is shown with the digits of the desk's currency. */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "base/arena.h"
#include "fields.h"
#include "store.h"

/* Texts are put into `arena`. SVC_NOT_FOUND when there is no such record. */
int record_read(struct store *store, enum svc_kind kind, int64_t id, struct arena *arena, const char **values,
		struct svc_error *err);
/* Writes the whole row; `fresh`: it is not there yet. */
int record_write(struct store *store, enum svc_kind kind, int64_t id, const char *const *values, bool fresh,
		 struct svc_error *err);
int record_drop(struct store *store, enum svc_kind kind, int64_t id, struct svc_error *err);
int record_exists(struct store *store, enum svc_kind kind, int64_t id, bool *exists, struct svc_error *err);
/* Drops every record of every kind (their events stay), within a transaction. */
int record_drop_all(struct store *store, struct svc_error *err);

/* A condition on one field. Both ends are inclusive; NULL: open; equal texts for one value; both "": it has no value.
   Of a time, `from` and `to` are compared with rows that know the day alone, the moments with those that know the moment. */
struct record_match {
	int field;
	const char *from, *to;
	const char *from_moment, *to_moment;
};
struct record_query {
	const struct record_match *matches;
	size_t match_count;
	const char *text; /* looked for in all texts, ASCII letters in either case; NULL: any */
	int sort; /* a field's place */
	bool descending;
	int64_t limit; /* 0: none */
};
/* `values` live until the next row. Other than 0 from `seen` stops the listing. */
typedef int (*record_seen)(void *context, int64_t id, const char **values);
int record_list(struct store *store, enum svc_kind kind, const struct record_query *query, record_seen seen,
		void *context, struct svc_error *err);
int record_count(struct store *store, enum svc_kind kind, const struct record_query *query, int64_t *count,
		 struct svc_error *err);

/* Up to `limit` ids with this very value (and, unless NULL, this second one), lowest first. `field` bears an index. */
int record_find(struct store *store, enum svc_kind kind, int field, const char *value, int second_field,
		const char *second, int64_t *ids, size_t limit, size_t *count, struct svc_error *err);
/* Another record than `id` of the same identity (unit: serial, maker, model; actor: name) as these values; *twin 0: none. */
int record_twin(struct store *store, enum svc_kind kind, int64_t id, const char *const *values, int64_t *twin,
		struct svc_error *err);
/* One value of `field` that begins with the first `length` bytes of `start`, into `arena`; NULL when there is none. */
int record_beginning(struct store *store, enum svc_kind kind, int field, const char *start, size_t length,
		     struct arena *arena, const char **value, struct svc_error *err);

#endif
