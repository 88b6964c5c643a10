/* A pack as it was read: trees of text, with its includes, and nothing of it checked. Only compile.h makes a pack of it
   that can answer. */
#ifndef POLICY_PARSE_H
#define POLICY_PARSE_H

#include "build.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/tree.h"
#include "svc/policy.h"

/* One text: the pack itself, or something it includes. */
struct source {
	const char *name; /* as the including text writes it; NULL for the pack */
	const char *file;
	const char *text;
	size_t length;
	struct node *tree; /* NULL when the text is no YAML */
	struct fingerprint print;
};

struct fault {
	struct svc_error error;
	size_t source;
};
/* Every fault of a pack; the order is that of the texts once faults_sort was called. */
struct faults {
	struct growing list; /* struct fault */
};
struct svc_error *fault_add(struct faults *faults, size_t source); /* to be filled; valid until the next one */
void faults_sort(struct faults *faults);
void faults_release(struct faults *faults);

struct parsed_pack {
	struct arena memory;
	struct growing sources; /* struct source; the pack first, then its includes as they are named */
};
/* Where a text comes from: `file` is named in faults; `beside`, a path or NULL, is where includes are looked for first.
   With `kept` they are those and no files. */
struct origin {
	const char *file, *beside;
	const struct svc_policy_places *places;
	const struct svc_policy_include *kept;
	size_t kept_count;
};
/* Copies `text`. Faults of form go to `faults`; the trees that could be read are there. */
void parse_pack(struct parsed_pack *pack, const char *text, size_t length, const struct origin *origin,
		struct faults *faults);
void parsed_release(struct parsed_pack *pack);
const struct source *source_at(const struct parsed_pack *pack, size_t i);

/* Finds what `include: [name]` means: beside the pack, then in the policy folders. NULL: not found. The caller frees. */
char *include_find(const char *name, const struct origin *origin);

#endif
