#include "parse.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define INCLUDES_MAX 64

struct svc_error *fault_add(struct faults *faults, size_t source)
{
	struct fault *fault = growing_add(&faults->list, sizeof *fault);

	fault->source = source;
	return &fault->error;
}

static int by_place(const void *left, const void *right)
{
	const struct fault *a = left, *b = right;

	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	if (a->error.line != b->error.line)
		return a->error.line - b->error.line;
	return a->error.column - b->error.column;
}

void faults_sort(struct faults *faults)
{
	if (faults->list.count)
		qsort(faults->list.items, faults->list.count, sizeof(struct fault), by_place);
}

void faults_release(struct faults *faults)
{
	growing_release(&faults->list);
}

const struct source *source_at(const struct parsed_pack *pack, size_t i)
{
	return (const struct source *)pack->sources.items + i;
}

static char *candidate(const char *folder, size_t length, const char *name)
{
	size_t stem = strlen(name);
	bool ends = stem > 5 && !strcmp(name + stem - 5, ".yaml");
	struct strbuf path = {0};

	strbuf_add(&path, folder, length);
	if (length && folder[length - 1] != '/')
		strbuf_putc(&path, '/');
	strbuf_puts(&path, name);
	if (!ends)
		strbuf_puts(&path, ".yaml");
	if (file_exists(path.text))
		return path.text;
	strbuf_release(&path);
	return NULL;
}

char *include_find(const char *name, const struct origin *origin)
{
	const char *const *folders = origin->places ? origin->places->folders : NULL;
	const char *slash = origin->beside ? strrchr(origin->beside, '/') : NULL;
	char *found = NULL;

	if (origin->beside)
		found = candidate(origin->beside, slash ? (size_t)(slash - origin->beside) + 1 : 0, name);
	for (size_t i = 0; !found && folders && folders[i]; i++)
		found = candidate(folders[i], strlen(folders[i]), name);
	return found;
}

struct parsing {
	struct parsed_pack *pack;
	struct faults *faults;
	const struct origin *origin;
	size_t stack[INCLUDES_MAX]; /* the texts that are open above this one */
	size_t depth;
};

static void read_source(struct parsing *parsing, const char *name, const char *text, size_t length, const char *file);

static struct svc_error *fault_at(struct parsing *parsing, size_t source, const struct node *node)
{
	struct svc_error *error = fault_add(parsing->faults, source);

	error->line = node->line;
	error->column = node->column;
	return error;
}

/* Fills an error that keeps its place: error_set would clear it. */
static void say(struct svc_error *error, const char *file, const char *text, const char *hint)
{
	int line = error->line, column = error->column;

	error_set(error, SVC_BAD_INPUT, "%s", text);
	error_at(error, file, line, column);
	if (hint)
		error_hint(error, "%s", hint);
}

/* True when the file is open above (a cycle, which is a fault) or was read already. */
static bool seen_before(struct parsing *parsing, size_t from, const struct node *node, const char *file)
{
	const char *here = source_at(parsing->pack, from)->file;

	for (size_t i = 0; i < parsing->depth; i++)
		if (!strcmp(source_at(parsing->pack, parsing->stack[i])->file, file)) {
			say(fault_at(parsing, from, node), here, _("this include comes back to itself"),
			    _("a text may not include what includes it"));
			return true;
		}
	for (size_t i = 0; i < parsing->pack->sources.count; i++)
		if (!strcmp(source_at(parsing->pack, i)->file, file))
			return true;
	return false;
}

/* Two names are of one text when they differ only in the ending. */
static size_t stem_of(const char *name)
{
	size_t length = strlen(name);

	return length > 5 && !strcmp(name + length - 5, ".yaml") ? length - 5 : length;
}

static void include_kept(struct parsing *parsing, size_t from, const struct node *node)
{
	const struct svc_policy_include *kept = parsing->origin->kept, *end = kept + parsing->origin->kept_count;
	const char *here = source_at(parsing->pack, from)->file;
	size_t stem = stem_of(node->text);

	while (kept < end && (stem_of(kept->name) != stem || strncmp(kept->name, node->text, stem) != 0))
		kept++;
	if (kept == end)
		say(fault_at(parsing, from, node), here, _("this include was not kept with the pack"), NULL);
	else if (seen_before(parsing, from, node, kept->name))
		return;
	else if (parsing->depth == INCLUDES_MAX)
		say(fault_at(parsing, from, node), here, _("too many includes"), NULL);
	else
		read_source(parsing, kept->name, kept->text, kept->length, kept->name);
}

static void include_one(struct parsing *parsing, size_t from, const struct node *node)
{
	const char *here = source_at(parsing->pack, from)->file, *name = node->text;
	struct strbuf text = {0};
	struct svc_error error = {0};
	char *file;

	if (!name || !*name || *name == '/' || strstr(name, "..")) {
		say(fault_at(parsing, from, node), here, _("an include is a name such as calendars/cn"), NULL);
		return;
	}
	if (parsing->origin->kept) {
		include_kept(parsing, from, node);
		return;
	}
	file = include_find(name, parsing->origin);
	if (!file) {
		say(fault_at(parsing, from, node), here, _("no such file to include"),
		    _("includes are looked for beside the pack, then in the policy folders"));
		return;
	}
	if (!seen_before(parsing, from, node, file)) {
		if (parsing->depth == INCLUDES_MAX || file_read(&text, file, FILE_TEXT_MAX, &error))
			say(fault_at(parsing, from, node), here, error.code ? error.text : _("too many includes"),
			    NULL);
		else
			read_source(parsing, name, text.text ? text.text : "", text.length, file);
	}
	strbuf_release(&text);
	free(file);
}

static void read_includes(struct parsing *parsing, size_t from, const struct node *list)
{
	parsing->stack[parsing->depth++] = from;
	if (list->kind == NODE_LIST)
		for (size_t i = 0; i < list->count; i++)
			include_one(parsing, from, list->items[i]);
	else
		say(fault_at(parsing, from, list), source_at(parsing->pack, from)->file,
		    _("include takes a list, such as [calendars/cn]"), NULL);
	parsing->depth--;
}

static void read_source(struct parsing *parsing, const char *name, const char *text, size_t length, const char *file)
{
	struct arena *memory = &parsing->pack->memory;
	size_t place = parsing->pack->sources.count;
	struct source source = {.text = arena_strndup(memory, text, length), .length = length};
	struct svc_error error = {0};
	const struct node *list;

	source.name = name ? arena_strdup(memory, name) : NULL;
	source.file = arena_strdup(memory, file ? file : "");
	source.print = fingerprint_of(text, length);
	if (yaml_read(&source.tree, memory, source.text, length, source.file, &error)) {
		*fault_add(parsing->faults, place) = error;
		source.tree = NULL;
	}
	*(struct source *)growing_add(&parsing->pack->sources, sizeof source) = source;
	list = source.tree ? node_get(source.tree, "include") : NULL;
	if (list)
		read_includes(parsing, place, list);
}

void parse_pack(struct parsed_pack *pack, const char *text, size_t length, const struct origin *origin,
		struct faults *faults)
{
	struct parsing parsing = {.pack = pack, .faults = faults, .origin = origin};

	*pack = (struct parsed_pack){0};
	read_source(&parsing, NULL, text, length, origin->file);
}

void parsed_release(struct parsed_pack *pack)
{
	arena_release(&pack->memory);
	growing_release(&pack->sources);
}
