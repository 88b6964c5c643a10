/* All packs that can be found, and which of them win. */
#include "build.h"
#include "find.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pack_file {
	char *id, *path;
	svc_date version;
	size_t folder;
};
struct listing {
	struct growing files; /* struct pack_file */
	size_t folder;
};

static int collect(void *context, const char *id, const char *path, svc_date version)
{
	struct listing *listing = context;
	struct pack_file *file = growing_add(&listing->files, sizeof *file);

	*file = (struct pack_file){memory_copy(id), memory_copy(path), version, listing->folder};
	return 0;
}

static int by_id(const void *left, const void *right)
{
	const struct pack_file *a = left, *b = right;
	int order = strcmp(a->id, b->id);

	if (order)
		return order;
	if (a->folder != b->folder)
		return a->folder < b->folder ? -1 : 1;
	if (a->version != b->version)
		return a->version < b->version ? -1 : 1;
	return strcmp(a->path, b->path);
}

static int tell(const struct pack_file *file, bool shadowed, const struct svc_policy_places *places,
		svc_policy_seen seen, void *context)
{
	struct svc_policy_entry entry = {.id = file->id, .file = file->path, .shadowed = shadowed};
	struct svc_policy *policy = NULL;
	struct svc_error error = {0};
	char fault[1024];
	int status;

	entry.title_en = entry.title_zh = entry.source = "";
	entry.effective = file->version;
	if (svc_policy_open(&policy, file->path, SVC_DATE_NONE, places, &error)) {
		if (error.line)
			snprintf(fault, sizeof fault, "%s:%d:%d: %s", error.file, error.line, error.column, error.text);
		else
			snprintf(fault, sizeof fault, "%s", error.text);
		entry.fault = fault;
	} else {
		entry.title_en = pack_text(policy->head, policy->head->title_en);
		entry.title_zh = pack_text(policy->head, policy->head->title_zh);
		entry.source = pack_text(policy->head, policy->head->about);
		entry.effective = policy->head->effective;
	}
	status = seen(context, &entry);
	svc_policy_free(policy);
	return status;
}

/* Within one folder id.yaml wins over id/. */
static bool is_shadowed(const struct pack_file *first, const struct pack_file *file)
{
	return file->folder != first->folder || (first->version == SVC_DATE_NONE && file != first);
}

int svc_policy_list(const struct svc_policy_places *places, svc_policy_seen seen, void *context, struct svc_error *err)
{
	struct listing listing = {0};
	const struct pack_file *files;
	size_t first = 0;
	int status = SVC_OK;

	(void)err;
	for (; places && places->folders && places->folders[listing.folder]; listing.folder++)
		folder_walk(places->folders[listing.folder], collect, &listing);
	files = listing.files.items;
	if (listing.files.count)
		qsort(listing.files.items, listing.files.count, sizeof *files, by_id);
	for (size_t i = 0; i < listing.files.count && !status; i++) {
		if (strcmp(files[i].id, files[first].id) != 0)
			first = i;
		status = tell(&files[i], is_shadowed(&files[first], &files[i]), places, seen, context);
	}
	for (size_t i = 0; i < listing.files.count; i++) {
		free(files[i].id);
		free(files[i].path);
	}
	growing_release(&listing.files);
	return status;
}
