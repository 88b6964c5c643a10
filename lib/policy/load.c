/* Loading: faults, maps by their keys, the table of sections, and the block that comes of it. */
#include "load.h"
#include "compile.h"
#include "nearest.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct svc_error *fault(struct loader *load, const struct node *node, const char *format, ...)
{
	struct svc_error *error = fault_add(load->faults, load->source);
	char text[sizeof error->text];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	error_set(error, SVC_BAD_INPUT, "%s", text);
	error_at(error, source_at(load->parsed, load->source)->file, node->line, node->column);
	return error;
}

void hint_near(struct svc_error *error, const char *near)
{
	if (near)
		error_hint(error, _("did you mean %s?"), near);
}

static const struct key *key_named(const struct key *keys, unsigned kind, const char *name)
{
	for (; keys->name; keys++)
		if (keys->kinds & kind && *keys->name == *name && !strcmp(keys->name, name))
			return keys;
	return NULL;
}

void unknown_key(struct loader *load, const struct node *node, const struct node *value, const char *near)
{
	struct svc_error *error = fault(load, node, _("unknown key: %s"), node->text);

	if (strchr(node->text, ' ') && value->kind == NODE_NULL) /* {en: First, second} */
		error_hint(error, "%s", _("a text with a comma inside { } stands in quotes"));
	else
		hint_near(error, near);
}

static const char *key_near(const struct key *keys, unsigned kind, const char *name)
{
	struct nearest nearest = nearest_to(name);

	for (; keys->name; keys++)
		if (keys->kinds & kind)
			nearest_try(&nearest, keys->name);
	return nearest.best;
}

bool read_map(struct loader *load, const struct node *node, const struct key *keys, unsigned kind, void *into)
{
	if (node->kind != NODE_MAP) {
		fault(load, node, "%s", _("a map of keys and values is wanted here"));
		return false;
	}
	for (size_t i = 0; i < node->count; i++) {
		const struct key *key = key_named(keys, kind, node->keys[i]->text);

		if (!key)
			unknown_key(load, node->keys[i], node->items[i], key_near(keys, kind, node->keys[i]->text));
		else if (key->read)
			key->read(load, node->items[i], into);
	}
	return true;
}

const char *text_of(struct loader *load, const struct node *node)
{
	if (node->kind == NODE_SCALAR && *node->text)
		return node->text;
	fault(load, node, "%s",
	      node->kind == NODE_LIST || node->kind == NODE_MAP ? _("one value is wanted here")
								: _("a value is missing"));
	return NULL;
}

bool flag_of(struct loader *load, const struct node *node)
{
	const char *text = text_of(load, node);

	if (text && strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
		fault(load, node, _("\"%s\" is not true or false"), text);
	return text && !strcmp(text, "true");
}

bool id_valid(const char *id, bool dots)
{
	if (*id < 'a' || *id > 'z' || !text_is_word(id))
		return false;
	return dots || !strchr(id, '.');
}

/* "system.number": the system in small letters, then what the document numbers by. */
static bool clause_valid(const char *id)
{
	const char *dot = strrchr(id, '.');

	return id_valid(id, true) && dot && dot[1] >= '0' && dot[1] <= '9' && strchr(id, '.') == dot;
}

const char *clause_of(struct loader *load, const struct node *node)
{
	const char *text = text_of(load, node);

	if (!text || clause_valid(text))
		return text;
	error_hint(fault(load, node, _("\"%s\" is no clause id"), text), "%s",
		   _("write the document's id, a point and the number, such as golf-carts.22"));
	return NULL;
}

static void read_text(struct loader *load, const struct node *value, void *into)
{
	*(const char **)into = text_of(load, value);
}

static void title_en(struct loader *load, const struct node *value, void *into)
{
	read_text(load, value, &((struct titles *)into)->en);
}

static void title_zh(struct loader *load, const struct node *value, void *into)
{
	read_text(load, value, &((struct titles *)into)->zh);
}

static void title_clause(struct loader *load, const struct node *value, void *into)
{
	((struct titles *)into)->clause = clause_of(load, value);
}

struct titles titles_of(struct loader *load, const struct node *node, bool with_clause)
{
	static const struct key keys[] = {{"en", 3, title_en}, {"zh", 3, title_zh}, {"clause", 2, title_clause}, {0}};
	struct titles titles = {0};

	if (node->kind != NODE_MAP)
		error_hint(fault(load, node, "%s", _("a text in both languages is wanted here")), "%s",
			   _("write {en: ..., zh: ...}"));
	else if (read_map(load, node, keys, with_clause ? 2 : 1, &titles) &&
		 !(node_get(node, "en") && node_get(node, "zh")))
		error_hint(fault(load, node, _("the text lacks its %s"), node_get(node, "en") ? "zh" : "en"), "%s",
			   _("write {en: ..., zh: ...}"));
	return titles;
}

/* The sections of rules; a new kind of rule is a row here, a row above, and its file. Those without functions are lists
   of entries: load_entry.c. */
static const struct {
	const char *name;
	void (*load)(struct loader *load, const struct node *node);
	pack_ref (*finish)(struct loader *load);
} sections[SECTION_COUNT] = {
	[SECTION_WARRANTY] = {"warranty", load_warranty, finish_warranty},
	[SECTION_RETURNS] = {"returns", load_returns, finish_returns},
	[SECTION_FEES] = {"fees", load_fees, finish_fees},
	[SECTION_FREIGHT] = {"freight", load_freight, finish_freight},
	[SECTION_SLA] = {.name = "sla"},
	[SECTION_FOLLOWUPS] = {.name = "followups"},
	[SECTION_MAINTENANCE] = {.name = "maintenance"},
	[SECTION_WORKFLOW] = {.name = "workflow"},
	[SECTION_DISPATCH] = {.name = "dispatch"},
	[SECTION_APPOINTMENTS] = {.name = "appointments"},
	[SECTION_NOTICES] = {.name = "notices"},
	[SECTION_CONTRACTS] = {.name = "contracts"},
	[SECTION_CONDUCT] = {.name = "conduct"},
	[SECTION_KPI] = {.name = "kpi"},
	[SECTION_CHECKLISTS] = {.name = "checklists"},
	[SECTION_FORMS] = {.name = "forms"},
	[SECTION_TEMPLATES] = {.name = "templates"},
	[SECTION_RECORDS] = {.name = "records"},
	[SECTION_DEADLINES] = {.name = "deadlines"},
	[SECTION_SURVEY] = {.name = "survey"},
	[SECTION_COMPLAINTS] = {.name = "complaints"},
	[SECTION_PARTS] = {.name = "parts"},
};

static void each_source(struct loader *load, const char *key, void (*read)(struct loader *, const struct node *))
{
	for (load->source = 0; load->source < load->parsed->sources.count; load->source++) {
		const struct node *tree = source_at(load->parsed, load->source)->tree;
		const struct node *node = tree ? node_get(tree, key) : NULL;

		if (node)
			read(load, node);
	}
}

/* One section of every text. */
static void read_section(struct loader *load, enum pack_section section)
{
	for (load->source = 0; load->source < load->parsed->sources.count; load->source++) {
		const struct node *tree = source_at(load->parsed, load->source)->tree;
		const struct node *node = tree ? node_get(tree, sections[section].name) : NULL;

		if (node && sections[section].load)
			sections[section].load(load, node);
		else if (node)
			load_section(load, section, node);
	}
}

static void read_sections(struct loader *load)
{
	bool some = false, readable = true;

	for (size_t i = 0; i < SECTION_COUNT; i++) {
		read_section(load, (enum pack_section)i);
		some = some || load->present[i];
		if (load->present[i] && sections[i].finish) {
			pack_ref section = sections[i].finish(load);

			head_of(load)->sections[i] = section;
		}
	}
	entries_done(load);
	load->source = 0;
	for (size_t i = 0; i < load->parsed->sources.count; i++)
		readable = readable && source_at(load->parsed, i)->tree;
	if (!some && readable && source_at(load->parsed, 0)->tree->kind == NODE_MAP)
		error_hint(fault(load, source_at(load->parsed, 0)->tree, "%s", _("the pack has no rules")), "%s",
			   _("a pack has at least one section of rules, such as warranty, fees or workflow"));
}

static struct pack_list includes_done(struct loader *load)
{
	struct growing rows = {0};
	struct pack_list list;

	for (size_t i = 1; i < load->parsed->sources.count; i++) {
		const struct source *source = source_at(load->parsed, i);
		struct pack_include *row = growing_add(&rows, sizeof *row);

		row->name = build_text(&load->build, source->name);
		row->file = build_text(&load->build, source->file);
		row->print = source->print;
	}
	list = build_list(&load->build, rows.items, rows.count, sizeof(struct pack_include));
	growing_release(&rows);
	return list;
}

/* The fingerprint of a text and its includes; of a text alone, its own. */
static struct fingerprint whole_of(const struct parsed_pack *parsed)
{
	struct growing prints = {0};
	struct fingerprint whole = source_at(parsed, 0)->print;

	if (parsed->sources.count == 1)
		return whole;
	for (size_t i = 0; i < parsed->sources.count; i++)
		*(struct fingerprint *)growing_add(&prints, sizeof whole) = source_at(parsed, i)->print;
	whole = fingerprint_of(prints.items, prints.count * sizeof whole);
	growing_release(&prints);
	return whole;
}

static void finish_block(struct loader *load)
{
	struct pack_list clauses = clauses_done(load), includes = includes_done(load);
	struct pack_list left_out = build_list(&load->build, load->left_out.items, load->left_out.count,
					       sizeof(struct pack_left_out));
	struct pack_list sentences = build_list(&load->build, load->sentences.items, load->sentences.count,
						sizeof(struct pack_sentence));
	struct pack_list spans = build_list(&load->build, load->spans.items, load->spans.count,
					    sizeof(struct duration));
	struct pack_list words = listed_words_done(load);
	struct pack_head *head = head_of(load);

	head->words = words;
	head->spans = spans;
	head->clauses = clauses;
	head->includes = includes;
	head->left_out = left_out;
	head->sentences = sentences;
	head->source = source_at(load->parsed, 0)->print;
	head->whole = whole_of(load->parsed);
	head->size = (uint32_t)load->build.length;
	head->check = pack_check(head);
}

static void loader_release(struct loader *load)
{
	struct growing *const lists[] = {&load->facts,  &load->conds,     &load->thresholds, &load->mentions,
					 &load->seen,   &load->sentences, &load->clauses,    &load->left_out,
					 &load->groups, &load->spans,     &load->words};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		growing_release(lists[i]);
	for (size_t i = 0; i < LIST_COUNT; i++)
		growing_release(&load->lists[i]);
	for (size_t i = 0; i < ENTRIES_IN_HEAD; i++)
		growing_release(&load->entries[i]);
	build_release(&load->build);
	arena_release(&load->memory);
}

struct fingerprint pack_check(const struct pack_head *head)
{
	size_t from = offsetof(struct pack_head, check) + sizeof head->check;

	return fingerprint_of((const char *)head + from, head->size - from);
}

/* The sizes of what the block is made of stand in for its form, so that a block of another build is never read. */
uint32_t pack_engine(void)
{
	static const size_t form[] = {PACK_ENGINE,
				      sizeof(struct pack_head),
				      sizeof(struct pack_fact),
				      sizeof(struct pack_word),
				      sizeof(struct pack_sentence),
				      sizeof(struct cond),
				      sizeof(struct amount),
				      sizeof(struct rule),
				      sizeof(struct effects),
				      sizeof(struct term),
				      sizeof(struct fee_rule),
				      sizeof(struct requirement),
				      sizeof(struct deduction),
				      sizeof(struct span),
				      sizeof(struct instant),
				      sizeof(struct entry),
				      sizeof(struct said),
				      ENTRIES_COUNT,
				      sizeof(struct calendar),
				      SAY_COUNT,
				      F_STANDARD_COUNT};

	return (uint32_t)fingerprint_of(form, sizeof form).low;
}

bool compile_pack(const struct parsed_pack *parsed, struct faults *faults, char **out, size_t *size,
		  struct svc_zone **zone)
{
	struct loader load = {.parsed = parsed, .faults = faults};
	pack_ref calendar;

	build_open(&load.build, sizeof(struct pack_head));
	load_head(&load);
	standard_facts_add(&load);
	each_source(&load, "facts", load_facts);
	each_source(&load, "settings", load_settings);
	each_source(&load, "words", load_words);
	load.source = 0;
	calendar = load_calendar(&load);
	facts_finish(&load);
	head_of(&load)->calendar = calendar;
	read_sections(&load);
	check_in_force(&load);
	load_trials(&load);
	finish_block(&load);
	*zone = load.zone;
	*out = NULL;
	if (!faults->list.count) {
		*out = load.build.bytes;
		*size = load.build.length;
		load.build.bytes = NULL;
	}
	loader_release(&load);
	return *out != NULL;
}
