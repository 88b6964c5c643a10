/* Full-text search of the knowledge base: all that is known of how texts are indexed and looked for stands behind these functions. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "base/arena.h"
#include "store.h"

/* The index follows the records: written with each, dropped with all. Kinds that are not searched are passed over. */
int search_write(struct store *store, enum svc_kind kind, int64_t id, const char *const *values, struct svc_error *err);
int search_drop(struct store *store, enum svc_kind kind, int64_t id, struct svc_error *err);
int search_drop_all(struct store *store, struct svc_error *err);
/* Whether the index holds these values of the record and nothing else; true for kinds that are not searched. */
int search_same(struct store *store, enum svc_kind kind, int64_t id, const char *const *values, bool *same,
		struct svc_error *err);
int search_strays(struct store *store, int64_t *count,
		  struct svc_error *err); /* texts in the index that are of no record */

struct search_query {
	const char *
		words; /* parted by spaces; of Latin words the beginning is enough, of Chinese the characters in a row */
	const char *state; /* NULL: any */
	const char *product, *component; /* NULL: any */
	int64_t limit; /* 0: none */
};
/* The best first: those that hold all words, or when none does, those that hold some, of Chinese also pairs of characters. `snippet`: a
   piece of the text with what was found in [brackets]. Other than 0 from `seen` stops. */
typedef int (*search_seen)(void *context, int64_t id, const char *snippet);
int search_articles(struct store *store, const struct search_query *query, search_seen seen, void *context,
		    struct svc_error *err);

#endif
