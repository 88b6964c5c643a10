#include "tree.h"

#include "globals.h"
#include "show/text.h"

#include <stdlib.h>
#include <string.h>

static const struct command_option list_options[] = {
	{.name = "sort",
	 .kind = VALUE_TEXT,
	 .label = N_("FIELD"),
	 .help = N_("sort by this field; -FIELD: descending"),
	 .complete = COMPLETE_COLUMN},
	{.name = "limit", .kind = VALUE_INTEGER, .least = 1, .most = INT64_MAX, .help = N_("show at most so many")},
	{.name = "count", .kind = VALUE_FLAG, .help = N_("print only how many there are")},
	{0},
};
static const struct command_option text_option[] = {
	{.name = "text", .kind = VALUE_TEXT, .help = N_("records that contain this text, upper or lower case")},
	{0},
};
static const struct command_option explain_option[] = {
	{.name = "explain",
	 .letter = 'e',
	 .kind = VALUE_FLAG,
	 .help = N_(
		 "name every clause that spoke, tell step by step what was tried, and say what would turn the answer")},
	{0},
};
static const char *const batch_formats[] = {"csv", "tsv", "jsonl", NULL};
static const struct command_option batch_options[] = {
	{.name = "batch",
	 .letter = 'b',
	 .kind = VALUE_FLAG,
	 .help = N_("answer line by line: CSV or JSON lines of facts from the file named as the argument, else from "
		    "standard input")},
	{.name = "format",
	 .kind = VALUE_WORD,
	 .choices = batch_formats,
	 .help = N_("the form of a batch; by default by the file's name, else csv")},
	{.name = "jobs",
	 .kind = VALUE_INTEGER,
	 .least = 1,
	 .most = 64,
	 .help = N_("answer a batch with so many threads; the order is kept")},
	{0},
};
static const struct command_option setting_options[] = {
	{.name = "set",
	 .kind = VALUE_ASSIGNMENT,
	 .help = N_("a setting of the pack for this question alone"),
	 .complete = COMPLETE_SETTING,
	 .repeated = true},
	{0},
};
static const struct command_option dry_run_option[] = {
	{.name = "dry-run", .kind = VALUE_FLAG, .help = N_("do everything but keep nothing")},
	{0},
};
static const struct command_option write_options[] = {
	{.name = "key",
	 .kind = VALUE_TEXT,
	 .help = N_("run once per KEY: the same key and arguments again only show the first result"),
	 .label = N_("KEY")},
	{0},
};

static const struct {
	unsigned takes;
	const struct command_option *options;
} shared_blocks[] = {
	{TAKES_FILTER, text_option},  {TAKES_FILTER | TAKES_LIST, list_options}, {TAKES_EXPLAIN, explain_option},
	{TAKES_BATCH, batch_options}, {TAKES_SETTINGS, setting_options},         {TAKES_DRY_RUN, dry_run_option},
};

struct building {
	struct tree_option *list;
	size_t count, room;
};

static struct tree_option *add(struct building *built, const struct command_option *option, enum option_origin origin)
{
	if (built->count == built->room) {
		built->room = built->room ? built->room * 2 : 64;
		struct tree_option *grown = memory_new(built->room * sizeof(*grown));
		if (built->count)
			memcpy(grown, built->list, built->count * sizeof(*grown));
		free(built->list);
		built->list = grown;
	}
	built->list[built->count] = (struct tree_option){.option = *option, .origin = origin};
	return &built->list[built->count++];
}

static void add_block(struct building *built, const struct command_option *options, enum option_origin origin)
{
	for (; options && options->name; options++) {
		if (!tree_option_called(built->list, built->count, options->name, strlen(options->name)))
			add(built, options, origin);
	}
}

/* Field names as options: sold_as is --sold-as. Made once per process and kind. */
static const char *dashed(enum svc_kind kind, size_t place)
{
	static char **names[SVC_KIND_COUNT];
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);

	if (!names[kind])
		names[kind] = memory_new(count * sizeof(char *));
	if (!names[kind][place]) {
		struct text name = {0};
		text_puts(&name, fields[place].name);
		for (char *p = name.bytes; *p; p++)
			*p = *p == '_' ? '-' : *p;
		names[kind][place] = name.bytes;
	}
	return names[kind][place];
}

static enum value_kind value_kind_of(const struct svc_field *field, bool filter)
{
	static const enum value_kind kinds[] = {
		[SVC_TEXT] = VALUE_TEXT,   [SVC_WORD] = VALUE_WORD,       [SVC_DATE] = VALUE_DATE,
		[SVC_TIME] = VALUE_TIME,   [SVC_INTEGER] = VALUE_INTEGER, [SVC_NUMBER] = VALUE_NUMBER,
		[SVC_MONEY] = VALUE_MONEY, [SVC_REFERENCE] = VALUE_TEXT,  [SVC_JSON] = VALUE_TEXT,
	};
	bool ordered = field->type == SVC_DATE || field->type == SVC_TIME || field->type == SVC_INTEGER ||
		       field->type == SVC_NUMBER || field->type == SVC_MONEY;

	return filter && ordered ? VALUE_RANGE : kinds[field->type];
}

static enum completion completion_of(enum svc_kind kind, const struct svc_field *field)
{
	static const enum completion of_kind[SVC_KIND_COUNT] = {
		[SVC_CUSTOMER] = COMPLETE_CUSTOMER,     [SVC_UNIT] = COMPLETE_UNIT,
		[SVC_TICKET] = COMPLETE_TICKET,         [SVC_ACTOR] = COMPLETE_ACTOR,
		[SVC_TECHNICIAN] = COMPLETE_TECHNICIAN, [SVC_VISIT] = COMPLETE_VISIT,
	};

	if (field->type == SVC_REFERENCE)
		return of_kind[field->refers];
	if (strcmp(field->name, "policy") == 0)
		return COMPLETE_POLICY;
	if (kind == SVC_UNIT && strcmp(field->name, "serial") == 0)
		return COMPLETE_UNIT;
	return COMPLETE_NOTHING;
}

/* What help calls the value: a customer is named, not "TEXT". */
static const char *label_of(const struct svc_field *field)
{
	static const char *const of_kind[SVC_KIND_COUNT] = {
		[SVC_CUSTOMER] = N_("CUSTOMER"),
		[SVC_UNIT] = N_("UNIT"),
		[SVC_TICKET] = N_("TICKET"),
		[SVC_ACTOR] = N_("ACTOR"),
		[SVC_TECHNICIAN] = N_("TECHNICIAN"),
		[SVC_VISIT] = N_("VISIT"),
		[SVC_PART] = N_("PART"),
	};

	if (field->type == SVC_REFERENCE)
		return of_kind[field->refers];
	return strcmp(field->name, "policy") == 0 ? N_("PACK") : NULL;
}

static bool field_is_option(const struct command_verb *verb, const struct svc_field *field, bool filter)
{
	if (field->type == SVC_JSON || strcmp(field->name, "id") == 0)
		return false;
	if (filter)
		return !(field->flags & SVC_FIELD_LONG);
	return !(field->flags & SVC_FIELD_READ_ONLY) && !(verb->field && strcmp(verb->field, field->name) == 0);
}

static void add_fields(struct building *built, const struct command_verb *verb, bool filter)
{
	size_t count;
	const struct svc_field *fields = svc_fields(verb->kind, &count);

	for (size_t i = 0; i < count; i++) {
		const char *name = dashed(verb->kind, i);
		if (!field_is_option(verb, &fields[i], filter) ||
		    tree_option_called(built->list, built->count, name, strlen(name)))
			continue;
		struct command_option option = {
			.name = name,
			.kind = value_kind_of(&fields[i], filter),
			.label = label_of(&fields[i]),
			.help = fields[i].title,
			.choices = fields[i].words,
			.least = INT64_MIN,
			.most = INT64_MAX,
			.complete = completion_of(verb->kind, &fields[i]),
		};
		add(built, &option, filter ? OPTION_FILTER : OPTION_FIELD)->field = &fields[i];
	}
}

struct tree_option *tree_options(const struct command_verb *verb, size_t *count)
{
	struct building built = {0};

	if (verb) {
		add_block(&built, verb->options, OPTION_OWN);
		if (verb->takes & (TAKES_FIELDS | TAKES_FILTER))
			add_fields(&built, verb, (verb->takes & TAKES_FILTER) != 0);
		for (size_t i = 0; i < sizeof(shared_blocks) / sizeof(shared_blocks[0]); i++) {
			if (verb->takes & shared_blocks[i].takes)
				add_block(&built, shared_blocks[i].options, OPTION_SHARED);
		}
		if (verb->needs == NEEDS_WRITE)
			add_block(&built, write_options, OPTION_SHARED);
	}
	for (size_t i = 0; i < global_count; i++) {
		const struct command_option *option = &globals[i].option;
		if (!tree_option_called(built.list, built.count, option->name, strlen(option->name)))
			add(&built, option, OPTION_GLOBAL);
	}
	*count = built.count;
	return built.list;
}

const struct tree_option *tree_option_called(const struct tree_option *options, size_t count, const char *name,
					     size_t length)
{
	for (size_t i = 0; i < count; i++) {
		if (strncmp(options[i].option.name, name, length) == 0 && !options[i].option.name[length])
			return &options[i];
	}
	return NULL;
}

const struct tree_option *tree_option_of_letter(const struct tree_option *options, size_t count, char letter)
{
	for (size_t i = 0; i < count; i++) {
		if (options[i].option.letter == letter)
			return &options[i];
	}
	return NULL;
}

const char *option_label(const struct command_option *option)
{
	static const char *const labels[] = {
		[VALUE_FLAG] = NULL,
		[VALUE_TEXT] = N_("TEXT"),
		[VALUE_INTEGER] = N_("N"),
		[VALUE_NUMBER] = N_("NUMBER"),
		[VALUE_MONEY] = N_("AMOUNT"),
		[VALUE_DATE] = N_("DATE"),
		[VALUE_TIME] = N_("TIME"),
		[VALUE_RANGE] = N_("A..B"),
		[VALUE_FILE] = N_("FILE"),
		[VALUE_WORD] = N_("WORD"),
		[VALUE_ASSIGNMENT] = N_("NAME=VALUE"),
	};

	return option->label ? option->label : labels[option->kind];
}

const struct command_noun *tree_noun(const char *name)
{
	for (const struct command_noun *const *noun = command_nouns; *noun; noun++) {
		if (strcmp((*noun)->name, name) == 0)
			return *noun;
	}
	return NULL;
}

bool noun_is_one_verb(const struct command_noun *noun)
{
	return !*noun->verbs[0].name;
}

const struct command_verb *tree_verb(const struct command_noun *noun, const char *name)
{
	for (const struct command_verb *verb = noun->verbs; verb->run; verb++) {
		if (strcmp(verb->name, name) == 0)
			return verb;
	}
	return NULL;
}
