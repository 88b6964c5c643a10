/* Facts, settings, words and values where a rule names them. */
#include "draft_fact.h"
#include "nearest.h"

#include <stdio.h>
#include <string.h>

/* The nearest id among facts (or settings): titles are not for packs. */
static const char *id_near(struct loader *load, const char *name, bool facts, bool settings)
{
	struct nearest nearest = nearest_to(name);

	for (uint16_t i = 1; i < head_of(load)->facts.count; i++)
		if (fact_at(load, i)->setting ? settings : facts)
			nearest_try(&nearest, name_at(load, i));
	return nearest.best;
}

static void note_use(struct loader *load, uint16_t fact)
{
	((struct pack_fact *)build_at(&load->build, head_of(load)->facts.at))[fact].used = true;
}

static uint16_t find_named(struct loader *load, const struct node *node, bool facts, bool settings)
{
	const char *name = text_of(load, node);
	uint16_t place = name ? fact_find(head_of(load), name, NULL) : 0;

	if (!name)
		return 0;
	if (place && strcmp(name_at(load, place), name) != 0) {
		error_hint(fault(load, node, _("\"%s\" is a title"), name), _("a pack says the id: %s"),
			   name_at(load, place));
		return 0;
	}
	if (place == F_WORKING_DAY)
		need_calendar(load, node);
	if (place) {
		note_use(load, place);
		return place;
	}
	hint_near(fault(load, node, facts ? _("no such fact: %s") : _("no such setting: %s"), name),
		  id_near(load, name, facts, settings));
	return 0;
}

uint16_t fact_named(struct loader *load, const struct node *node)
{
	return find_named(load, node, true, true);
}

static const char *type_wanted(unsigned types)
{
	if (types == TYPE(FACT_DATE))
		return _("a date is wanted here");
	if (types == (TYPE(FACT_DATE) | TYPE(FACT_TIME)))
		return _("a date or a time is wanted here");
	if (types == TYPE(FACT_BOOL))
		return _("a fact that is true or false is wanted here");
	if (types == TYPE(FACT_DURATION))
		return _("a duration is wanted here");
	if (types == TYPE(FACT_WORD))
		return _("a word is wanted here");
	if (types & TYPE(FACT_MONEY))
		return types & TYPE(FACT_NUMBER) ? _("an amount or a number is wanted here")
						 : _("an amount is wanted here");
	return _("a number is wanted here");
}

static bool of_type(struct loader *load, const struct node *node, uint16_t place, unsigned types)
{
	if (!types || types & TYPE(fact_at(load, place)->type))
		return true;
	error_hint(fault(load, node, _("%s is of another type"), name_at(load, place)), "%s", type_wanted(types));
	return false;
}

/* Days are not counted by what is counted itself: that could go round in a circle. */
static bool may_count(struct loader *load, const struct node *node, uint16_t place)
{
	const struct draft_fact *drafts = load->facts.items;

	if (!load->counting || !drafts[place].counted)
		return true;
	fault(load, node, _("%s is counted itself"), name_at(load, place));
	return false;
}

uint16_t plain_fact(struct loader *load, const struct node *node, unsigned types)
{
	uint16_t place = find_named(load, node, true, false);

	if (!place)
		return 0;
	if (fact_at(load, place)->setting) {
		fault(load, node, _("%s is a setting; a fact is wanted here"), name_at(load, place));
		return 0;
	}
	return of_type(load, node, place, types) && may_count(load, node, place) ? place : 0;
}

bool is_setting(const struct node *node)
{
	return node->kind == NODE_MAP && node_get(node, "setting") != NULL;
}

static void read_setting_name(struct loader *load, const struct node *value, void *into)
{
	*(uint16_t *)into = find_named(load, value, false, true);
}

uint16_t setting_of(struct loader *load, const struct node *node, unsigned types)
{
	static const struct key keys[] = {{"setting", 1, read_setting_name}, {0}};
	uint16_t place = 0;

	if (node->kind == NODE_MAP && !node->count)
		fault(load, node, "%s", _("a value is missing"));
	else if (node->kind == NODE_MAP)
		read_map(load, node, keys, 1, &place);
	else
		place = find_named(load, node, false, true);
	if (!place)
		return 0;
	if (!fact_at(load, place)->setting) {
		fault(load, node, _("%s is a fact; a setting is wanted here"), name_at(load, place));
		return 0;
	}
	return of_type(load, node, place, types) ? place : 0;
}

void mention(struct loader *load, uint16_t fact)
{
	note_use(load, fact);
	*(uint16_t *)growing_add(&load->mentions, sizeof fact) = fact;
}

void threshold(struct loader *load, uint16_t fact, int64_t number)
{
	*(struct threshold *)growing_add(&load->thresholds, sizeof(struct threshold)) = (struct threshold){fact,
													   number};
}

/* The id of a word that is listed, from its id or title; NULL stays NULL. */
static const char *id_of_word(struct loader *load, const struct pack_fact *kind, const char *text)
{
	int word = text ? word_find(head_of(load), kind, text) : WORD_UNLISTED;

	if (word == WORD_UNLISTED)
		return NULL;
	return pack_text(head_of(load), PACK_ITEM(head_of(load), kind->words, struct pack_word, word)->id);
}

int word_named(struct loader *load, uint16_t fact, const struct node *node)
{
	const char *text = text_of(load, node);
	const struct pack_fact *kind = fact_at(load, fact);
	int word = text ? word_find(head_of(load), kind, text) : WORD_UNLISTED;
	const char *id;

	if (!text)
		return WORD_UNLISTED;
	if (word == WORD_UNLISTED) {
		hint_near(fault(load, node, _("%s has no such word: %s"), name_at(load, fact), text),
			  id_of_word(load, kind, word_near(head_of(load), kind, text)));
		return WORD_UNLISTED;
	}
	id = id_of_word(load, kind, text);
	if (strcmp(id, text) != 0) {
		error_hint(fault(load, node, _("\"%s\" is a title"), text), _("a pack says the id: %s"), id);
		return WORD_UNLISTED;
	}
	return word;
}

bool literal(struct loader *load, uint16_t fact, const struct node *node, struct fact_value *out)
{
	const struct pack_fact *kind = fact_at(load, fact);
	struct svc_error error = {0}, *noted;
	const char *text = text_of(load, node);

	if (!text)
		return false;
	if (kind->type == FACT_WORD || kind->type == FACT_SET) {
		int word = word_named(load, fact, node);

		*out = (struct fact_value){
			.known = true,
			.number = kind->type == FACT_SET && word >= 0 ? (int64_t)(UINT64_C(1) << word) : word};
		return word >= 0;
	}
	if (!value_parse(head_of(load), kind, load->zone, text, out, &error))
		return true;
	noted = fault(load, node, "%s", error.text);
	if (*error.hint)
		error_hint(noted, "%s", error.hint);
	return false;
}

/* How long each unit is at least, in minutes: to tell a duration that no promise has. */
static int64_t minutes_of(struct duration span)
{
	static const int64_t minutes[] = {
		[UNIT_DAY] = 1440,   [UNIT_MONTH] = 43200,      [UNIT_YEAR] = 525600,      [UNIT_HOUR] = 60,
		[UNIT_MINUTE] = 1,   [UNIT_WEEK] = 10080,       [UNIT_WORKING_DAY] = 1440, [UNIT_WORKING_HOUR] = 60,
		[UNIT_LIFETIME] = 1, [UNIT_WORKING_MINUTE] = 1, [UNIT_TWICE_A_MONTH] = 1,  [UNIT_EACH_VISIT] = 1,
	};

	return span.unit >= UNIT_LIFETIME ? 1 : span.count * minutes[span.unit];
}

static bool needs_hours(struct duration span)
{
	return span.unit == UNIT_WORKING_HOUR || span.unit == UNIT_WORKING_MINUTE;
}

bool need_calendar(struct loader *load, const struct node *node)
{
	if (!load->calendar)
		error_hint(fault(load, node, "%s", _("working time needs a calendar")), "%s",
			   _("say calendar: {week: [mon, tue, wed, thu, fri]}"));
	return load->calendar;
}

/* What a pack may mean by a length of time, from `least` minutes on. */
static bool parse_length(struct loader *load, const struct node *node, int64_t least, struct duration *out)
{
	const int64_t century = 100 * INT64_C(525600);
	const char *text = text_of(load, node);

	if (!text)
		return false;
	if (!duration_parse(text, out)) {
		error_hint(fault(load, node, _("\"%s\" is no duration"), text), "%s",
			   _("write a number and days, weeks, months, years, hours or minutes; or lifetime"));
		return false;
	}
	if (minutes_of(*out) < least || minutes_of(*out) > century) {
		error_hint(fault(load, node, _("%s can't be meant"), text), "%s",
			   _("from 1 minute to 100 years, or lifetime"));
		return false;
	}
	*(struct duration *)growing_add(&load->spans, sizeof *out) = *out;
	return out->unit != UNIT_WORKING_DAY || need_calendar(load, node);
}

bool duration_of(struct loader *load, const struct node *node, struct duration *out)
{
	if (!parse_length(load, node, 1, out))
		return false;
	if (out->unit <= UNIT_LIFETIME)
		return true;
	fault(load, node, _("%s can't be meant"), node->text);
	return false;
}

bool span_of_time(struct loader *load, const struct node *node, bool recurring, struct duration *out)
{
	if (!parse_length(load, node, recurring, out))
		return false;
	if (out->unit >= UNIT_LIFETIME && !(recurring && out->unit != UNIT_LIFETIME)) {
		fault(load, node, _("%s can't be meant"), node->text);
		return false;
	}
	if (!needs_hours(*out) || load->opening)
		return true;
	error_hint(fault(load, node, "%s", _("working hours need opening hours")), "%s",
		   _("say calendar: {hours: [09:00-12:00, 13:00-18:00], ...}"));
	return false;
}

struct pack_list facts_of(struct loader *load, const struct node *node, unsigned types)
{
	const struct node *const *items = node->kind == NODE_LIST ? (const struct node *const *)node->items : &node;
	size_t count = node->kind == NODE_LIST ? node->count : 1;
	struct growing facts = {0};
	struct pack_list list;

	if (!count)
		fault(load, node, "%s", _("an empty list matches nothing"));
	for (size_t i = 0; i < count; i++) {
		uint16_t fact = plain_fact(load, items[i], types);

		if (fact)
			*(uint16_t *)growing_add(&facts, sizeof fact) = fact;
	}
	list = build_list(&load->build, facts.items, facts.count, sizeof(uint16_t));
	growing_release(&facts);
	return list;
}

struct pack_list dates_of(struct loader *load, const struct node *node)
{
	return facts_of(load, node, TYPE(FACT_DATE));
}
