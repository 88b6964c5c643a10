/* From the name of a pack to its file. */
#ifndef POLICY_FIND_H
#define POLICY_FIND_H

#include "svc/policy.h"

/* What a name led to. `path` is the caller's to free. `id` is set when the name was an id: the pack must bear it. */
struct found_pack {
	char *path;
	char id[96];
};
/* `name` is an id, "id@DATE" or a path; of several versions the one in force on `sale` (SVC_DATE_NONE: the newest), before
   the first the first. SVC_NOT_FOUND with a suggestion; SVC_USAGE for a date that is none. */
int pack_find(struct found_pack *out, const char *name, svc_date sale, const struct svc_policy_places *places,
	      struct svc_error *err);

bool pack_named_by_path(const char *name); /* it has a slash or ends in ".yaml" */

/* The packs of one folder: id.yaml, and id/DATE.yaml or id/id.yaml. `seen` gets SVC_DATE_NONE for an undated file; it stops
   the walk with what it returns, if not 0. A folder that is not there has none. */
typedef int (*pack_file_seen)(void *context, const char *id, const char *path, svc_date version);
int folder_walk(const char *folder, pack_file_seen seen, void *context);

#endif
