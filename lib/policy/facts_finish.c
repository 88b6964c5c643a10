/* Facts and settings go into the block: their rows, their words, the indexes, the defaults. */
#include "draft_fact.h"
#include "facts_tree.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#define SET_WORDS_MAX 63
#define WORDS_MAX 4096

struct index_row {
	const char *text;
	uint32_t number;
	const struct node *node; /* NULL: standard */
	size_t source;
};

static int by_text(const void *left, const void *right)
{
	const struct index_row *a = left, *b = right;
	int order = strcmp(a->text, b->text);

	return order ? order : (a->number > b->number) - (a->number < b->number);
}

static void index_add(struct growing *rows, const char *text, uint32_t number, const struct node *node, size_t source)
{
	if (text && *text)
		*(struct index_row *)growing_add(rows, sizeof(struct index_row)) = (struct index_row){text, number,
												      node, source};
}

/* One text may not stand for two things: what people type would be ambiguous. */
static void ambiguous(struct loader *load, const struct index_row *a, const struct index_row *b)
{
	const struct index_row *later = b->node ? b : a;

	if (!later->node)
		return;
	load->source = later->source;
	error_hint(fault(load, later->node, _("\"%s\" names two things"), later->text), "%s",
		   _("ids and titles must differ, also from those of the standard facts and words"));
}

static struct pack_list index_done(struct loader *load, struct growing *rows)
{
	struct index_row *sorted = rows->items;
	struct growing names = {0};
	struct pack_list list;

	if (rows->count)
		qsort(sorted, rows->count, sizeof *sorted, by_text);
	for (size_t i = 0; i < rows->count; i++) {
		struct pack_name *name;

		if (i && !strcmp(sorted[i].text, sorted[i - 1].text)) {
			if (sorted[i].number != sorted[i - 1].number)
				ambiguous(load, &sorted[i - 1], &sorted[i]);
			continue;
		}
		name = growing_add(&names, sizeof *name);
		name->text = build_text(&load->build, sorted[i].text);
		name->number = sorted[i].number;
	}
	list = build_list(&load->build, names.items, names.count, sizeof(struct pack_name));
	growing_release(&names);
	growing_release(rows);
	return list;
}

/* The words of a party or of a kind of charge always stand in the order of the standard facts, because a rule may take
   its own word from such a setting. */
static void order_as_standard(struct draft_fact *draft, const struct standard_word *standard)
{
	struct draft_word *words = draft->words.items;
	size_t count = 0, found = 0;

	while (standard[count].id)
		count++;
	if (!draft->setting || draft->words.count != count)
		return;
	for (size_t i = 0; i < count; i++)
		for (size_t j = found; j < count; j++)
			if (!strcmp(words[j].id, standard[i].id)) {
				struct draft_word other = words[found];

				words[found++] = words[j];
				words[j] = other;
				break;
			}
}

static void words_done(struct loader *load, struct draft_fact *draft, struct pack_fact *fact)
{
	struct draft_word *words = draft->words.items;
	struct growing rows = {0}, index = {0};

	order_as_standard(draft, standard_facts[F_CARRIED_BY].words);
	order_as_standard(draft, standard_facts[F_LABOR].words);
	load->source = draft->source;
	if (draft->words.count > (draft->type == FACT_SET ? SET_WORDS_MAX : WORDS_MAX) && draft->node)
		fault(load, draft->node, _("%s has too many words"), draft->name);
	for (uint32_t i = 0; i < draft->words.count; i++) {
		struct pack_word *row = growing_add(&rows, sizeof *row);

		row->id = build_text(&load->build, words[i].id);
		row->title_en = build_text(&load->build, words[i].titles.en);
		row->title_zh = build_text(&load->build, words[i].titles.zh);
		row->clause = build_text(&load->build, words[i].titles.clause);
		index_add(&index, words[i].id, i, words[i].node, words[i].source);
		index_add(&index, words[i].titles.en, i, words[i].node, words[i].source);
		index_add(&index, words[i].titles.zh, i, words[i].node, words[i].source);
	}
	fact->words = build_list(&load->build, rows.items, rows.count, sizeof(struct pack_word));
	fact->index = index_done(load, &index);
	growing_release(&rows);
}

static void row_done(struct loader *load, struct draft_fact *draft, struct pack_fact *fact)
{
	fact->name = build_text(&load->build, draft->name);
	fact->title_en = build_text(&load->build, draft->titles.en);
	fact->title_zh = build_text(&load->build, draft->titles.zh);
	fact->clause = build_text(&load->build, draft->titles.clause);
	fact->unit = build_text(&load->build, draft->unit);
	fact->type = (uint8_t)draft->type;
	fact->absent = (uint8_t)draft->absent;
	fact->setting = draft->setting;
	fact->standard = draft->standard;
	fact->inferred = draft->inferred;
	fact->internal = draft->internal;
	fact->whole = draft->whole;
	fact->percent = draft->percent;
	fact->low = draft->low;
	fact->high = draft->high;
	words_done(load, draft, fact);
}

/* The default of a map of prices is kept as JSON text. */
static pack_ref prices_text(struct loader *load, uint16_t place, const struct node *node)
{
	struct strbuf out = {0};
	struct json json = {.out = &out};
	struct svc_error error;
	const struct node *prices;
	pack_ref ref = 0;

	if (prices_check(head_of(load), fact_at(load, place), &load->memory, node, &prices, &error)) {
		fault(load, node, "%s", error.text);
		return 0;
	}
	json_node(&json, NULL, prices);
	ref = build_text(&load->build, out.text);
	strbuf_release(&out);
	return ref;
}

static bool set_default(struct loader *load, uint16_t place, const struct node *node, struct pack_value *value)
{
	for (size_t i = 0; i < node->count; i++) {
		int word = word_named(load, place, node->items[i]);

		if (word < 0)
			return false;
		value->number |= (int64_t)(UINT64_C(1) << word);
	}
	return true;
}

static bool default_of(struct loader *load, uint16_t place, const struct node *node, struct pack_value *value)
{
	struct fact_value parsed;

	if (fact_at(load, place)->type == FACT_PRICES) {
		value->text = prices_text(load, place, node);
		return value->text != 0;
	}
	if (fact_at(load, place)->type == FACT_SET && node->kind == NODE_LIST)
		return set_default(load, place, node, value);
	if (!literal(load, place, node, &parsed))
		return false;
	if (parsed.duration.unit >= UNIT_WORKING_DAY && parsed.duration.unit <= UNIT_WORKING_MINUTE)
		need_calendar(load, node);
	value->number = parsed.number;
	value->duration.count = parsed.duration.count;
	value->duration.unit = parsed.duration.unit;
	value->text = build_text(&load->build, parsed.text);
	return true;
}

/* `default: never` of a date or time: not given means that it did not happen. */
static bool is_never(const struct draft_fact *draft)
{
	const struct node *fallback = draft->fallback;

	return (draft->type == FACT_DATE || draft->type == FACT_TIME) && fallback && fallback->kind == NODE_SCALAR &&
	       !strcmp(fallback->text, "never");
}

static void defaults_done(struct loader *load)
{
	const struct draft_fact *drafts = load->facts.items;

	for (uint16_t i = 1; i < load->facts.count; i++) {
		struct pack_value value = {0};
		struct pack_fact *fact;
		pack_ref fallback;

		load->source = drafts[i].source;
		if (is_never(&drafts[i])) {
			fact = build_at(&load->build, head_of(load)->facts.at + i * sizeof *fact);
			fact->absent = ABSENT_NEVER;
			continue;
		}
		if (drafts[i].fallback ? !default_of(load, i, drafts[i].fallback, &value)
				       : drafts[i].absent != ABSENT_DEFAULT)
			continue;
		if (!drafts[i].fallback)
			value.number = drafts[i].standard_fallback;
		fallback = build_piece(&load->build, &value, sizeof value);
		fact = build_at(&load->build, head_of(load)->facts.at + i * sizeof *fact);
		fact->fallback = fallback;
		fact->absent = ABSENT_DEFAULT;
	}
}

/* ---- numbers of days that are worked out ---- */

static void counted_from(struct loader *load, const struct node *value, void *into)
{
	((struct counted *)into)->from = load_instant(load, value);
}

static void counted_to(struct loader *load, const struct node *value, void *into)
{
	((struct counted *)into)->to = load_instant(load, value);
}

static void counted_less(struct loader *load, const struct node *value, void *into)
{
	((struct counted *)into)->less = plain_fact(load, value, TYPE(FACT_NUMBER));
	mention(load, ((struct counted *)into)->less);
}

static void counted_done(struct loader *load)
{
	static const struct key keys[] = {
		{"from", 1, counted_from}, {"to", 1, counted_to}, {"less", 1, counted_less}, {0}};
	const struct draft_fact *drafts = load->facts.items;

	for (uint32_t i = 1; i < load->facts.count; i++) {
		struct counted counted = {0};
		pack_ref ref;

		load->source = drafts[i].source;
		load->counting = drafts[i].counted != NULL;
		if (!load->counting || !read_map(load, drafts[i].counted, keys, 1, &counted))
			continue;
		if (!node_get(drafts[i].counted, "from") || !node_get(drafts[i].counted, "to"))
			error_hint(fault(load, drafts[i].counted, "%s", _("days are counted from one date to another")),
				   "%s", _("write {from: delivery, to: claim}"));
		ref = build_piece(&load->build, &counted, sizeof counted);
		((struct pack_fact *)build_at(&load->build, head_of(load)->facts.at))[i].counted = ref;
	}
}

/* What is needed is said in the words of the skills. */
static void share_words(struct loader *load, const struct draft_fact *needs, struct pack_fact *rows)
{
	if (needs->words.count)
		error_hint(fault(load, needs->node, "%s", _("the words of needs are those of skills")), "%s",
			   _("list them under skills"));
	rows[F_NEEDS].words = rows[F_SKILLS].words;
	rows[F_NEEDS].index = rows[F_SKILLS].index;
}

void facts_finish(struct loader *load)
{
	struct draft_fact *drafts = load->facts.items;
	struct growing rows = {0}, index = {0};
	uint32_t first_setting = 0;
	struct pack_list names;
	pack_ref facts;

	for (uint32_t i = 0; i < load->facts.count; i++) {
		row_done(load, &drafts[i], growing_add(&rows, sizeof(struct pack_fact)));
		if (i == F_NEEDS)
			share_words(load, &drafts[i], rows.items);
		index_add(&index, drafts[i].name, i, drafts[i].node, drafts[i].source);
		index_add(&index, drafts[i].titles.en, i, drafts[i].node, drafts[i].source);
		index_add(&index, drafts[i].titles.zh, i, drafts[i].node, drafts[i].source);
		first_setting += !drafts[i].setting;
		growing_release(&drafts[i].words);
	}
	facts = build_own(&load->build, rows.items, rows.count * sizeof(struct pack_fact));
	names = index_done(load, &index);
	head_of(load)->facts = (struct pack_list){facts, (uint32_t)rows.count};
	head_of(load)->names = names;
	head_of(load)->first_setting = first_setting;
	growing_release(&rows);
	defaults_done(load);
	counted_done(load);
	load->counting = false;
	groups_check(load);
	load->source = 0;
}
