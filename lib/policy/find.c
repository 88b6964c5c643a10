#include "find.h"
#include "load.h"
#include "nearest.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}

static char *join(const char *folder, const char *name, const char *end)
{
	struct strbuf path = {0};

	strbuf_puts(&path, folder);
	if (path.length && path.text[path.length - 1] != '/')
		strbuf_putc(&path, '/');
	strbuf_puts(&path, name);
	strbuf_puts(&path, end);
	return path.text;
}

/* The name without ".yaml"; false when it does not end so. */
static bool stem_of(const char *name, char *out, size_t room)
{
	size_t length = strlen(name);

	if (length <= 5 || length - 5 >= room || strcmp(name + length - 5, ".yaml") != 0)
		return false;
	memcpy(out, name, length - 5);
	out[length - 5] = '\0';
	return true;
}

/* The versions in a folder that bears a pack's id. */
static int versions_walk(const char *folder, const char *id, pack_file_seen seen, void *context)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	char stem[96];
	int status = 0;

	while (dir && !status && (entry = readdir(dir))) {
		svc_date date = SVC_DATE_NONE;
		char *path;

		if (!stem_of(entry->d_name, stem, sizeof stem) ||
		    (!svc_date_parse(stem, &date) && strcmp(stem, id) != 0))
			continue;
		path = join(folder, entry->d_name, "");
		status = seen(context, id, path, date);
		free(path);
	}
	if (dir)
		closedir(dir);
	return status;
}

int folder_walk(const char *folder, pack_file_seen seen, void *context)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	char stem[96];
	int status = 0;

	while (dir && !status && (entry = readdir(dir))) {
		char *path = join(folder, entry->d_name, "");

		if (stem_of(entry->d_name, stem, sizeof stem) && id_valid(stem, false))
			status = is_folder(path) ? 0 : seen(context, stem, path, SVC_DATE_NONE);
		else if (id_valid(entry->d_name, false) && is_folder(path))
			status = versions_walk(path, entry->d_name, seen, context);
		free(path);
	}
	if (dir)
		closedir(dir);
	return status;
}

/* The version in force: the latest that is not after `sale`; before the first, the first. An undated file stands in when
   there is no dated one. */
struct choice_of_version {
	svc_date sale, date;
	char *path;
};

static int choose(void *context, const char *id, const char *path, svc_date date)
{
	struct choice_of_version *best = context;
	bool better = !best->path;

	(void)id;
	if (best->path && date != SVC_DATE_NONE) {
		if (best->date == SVC_DATE_NONE)
			better = true;
		else if (best->sale == SVC_DATE_NONE)
			better = date > best->date;
		else if (best->date > best->sale)
			better = date < best->date;
		else
			better = date > best->date && date <= best->sale;
	}
	if (better) {
		free(best->path);
		best->path = memory_copy(path);
		best->date = date;
	}
	return 0;
}

static char *version_in(const char *folder, const char *id, svc_date sale)
{
	struct choice_of_version best = {.sale = sale, .date = SVC_DATE_NONE};

	versions_walk(folder, id, choose, &best);
	return best.path;
}

static char *find_id(const char *id, svc_date sale, const struct svc_policy_places *places)
{
	char *found = NULL;

	for (size_t i = 0; !found && places && places->folders && places->folders[i]; i++) {
		char *path = join(places->folders[i], id, ".yaml");

		if (is_file(path))
			return path;
		free(path);
		path = join(places->folders[i], id, "");
		if (is_folder(path))
			found = version_in(path, id, sale);
		free(path);
	}
	return found;
}

struct search {
	struct nearest nearest;
	char best[96];
};

static int compare_id(void *context, const char *id, const char *path, svc_date version)
{
	struct search *search = context;
	const char *before = search->nearest.best;

	(void)path, (void)version;
	nearest_try(&search->nearest, id);
	if (search->nearest.best != before) {
		snprintf(search->best, sizeof search->best, "%s", id);
		search->nearest.best = search->best;
	}
	return 0;
}

static int not_found(const char *name, const char *id, const struct svc_policy_places *places, struct svc_error *err)
{
	struct search search = {.nearest = nearest_to(id)};

	for (size_t i = 0; places && places->folders && places->folders[i]; i++)
		folder_walk(places->folders[i], compare_id, &search);
	error_set(err, SVC_NOT_FOUND, _("no policy pack %s"), name);
	if (search.nearest.best)
		hint_near(err, search.best);
	else
		error_hint(err, "%s", _("svc policy list shows the packs and where they are looked for"));
	return SVC_NOT_FOUND;
}

static int find_path(struct found_pack *out, const char *name, svc_date sale, struct svc_error *err)
{
	char *folder;
	const char *id;
	size_t length = strlen(name);

	if (is_file(name)) {
		out->path = memory_copy(name);
		return SVC_OK;
	}
	if (!is_folder(name))
		return error_set(err, SVC_NOT_FOUND, _("no file %s"), name);
	folder = memory_copy(name);
	while (length > 1 && folder[length - 1] == '/')
		folder[--length] = '\0';
	id = strrchr(folder, '/') ? strrchr(folder, '/') + 1 : folder;
	out->path = version_in(folder, id, sale);
	free(folder);
	return out->path ? SVC_OK : error_set(err, SVC_NOT_FOUND, _("no policy pack in the folder %s"), name);
}

bool pack_named_by_path(const char *name)
{
	size_t length = strlen(name);

	return strchr(name, '/') || (length > 5 && !strcmp(name + length - 5, ".yaml"));
}

int pack_find(struct found_pack *out, const char *name, svc_date sale, const struct svc_policy_places *places,
	      struct svc_error *err)
{
	const char *at = strchr(name, '@');
	size_t length = strlen(name);

	*out = (struct found_pack){0};
	if (pack_named_by_path(name))
		return find_path(out, name, sale, err);
	if (at && !svc_date_parse(at + 1, &sale)) {
		error_set(err, SVC_USAGE, _("%s: \"%s\" is no date"), name, at + 1);
		error_hint(err, "%s", _("write id@2019-03-19"));
		return SVC_USAGE;
	}
	length = at ? (size_t)(at - name) : length;
	if (length < sizeof out->id) {
		memcpy(out->id, name, length);
		out->id[length] = '\0';
		if (id_valid(out->id, false))
			out->path = find_id(out->id, sale, places);
	}
	return out->path ? SVC_OK : not_found(name, out->id, places, err);
}
