/* The edges around a case: for each condition of the rule the nearest values on either side of where it turns, and for each day and
   moment of the answer the last that is in time and the first that is late. */
#include "probe.h"

#include "base/error.h"
#include "base/strbuf.h"

#include "svc/text.h"

#include <stdlib.h>
#include <string.h>

#define A_LONG_TIME 36525 /* days */

static struct fact_value *values_of(struct edges *edges)
{
	return edges->maker->facts->values;
}

static void back_to_base(struct edges *edges)
{
	memcpy(values_of(edges), edges->base, edges->maker->facts->count * sizeof *edges->base);
}

static const char *title_of(const struct edges *edges, uint16_t fact)
{
	const struct pack_fact *kind = fact_of(edges->maker->head, fact);

	return pack_text(edges->maker->head, svc_language() == SVC_LANG_ZH ? kind->title_zh : kind->title_en);
}

/* "fault is quality" */
static const char *words_of(struct edges *edges, uint16_t fact)
{
	const struct pack_fact *kind = fact_of(edges->maker->head, fact);
	const struct fact_value *value = &values_of(edges)[fact];
	struct strbuf text = {0};
	const char *words;

	if (kind->type == FACT_TEXT)
		strbuf_puts(&text, value->text);
	else
		value_format(edges->maker->policy, kind, value, &text);
	if (kind->type == FACT_WORD && value->number != WORD_UNLISTED) {
		const char *title = svc_policy_word_title(edges->maker->policy,
							  pack_text(edges->maker->head, kind->name), text.text);

		words = arena_printf(edges->memory, _("%s is %s"), title_of(edges, fact), title);
	} else if (kind->type == FACT_SET && !value->number) {
		words = arena_printf(edges->memory, _("%s: none"), title_of(edges, fact));
	} else {
		words = arena_printf(edges->memory, _("%s is %s"), title_of(edges, fact), text.text);
	}
	strbuf_release(&text);
	return words;
}

/* The base with one fact changed, completed and handed on. */
static bool hand_on_value(struct edges *edges, uint16_t fact, struct fact_value value, const char *words)
{
	back_to_base(edges);
	values_of(edges)[fact] = value;
	if (!words)
		words = words_of(edges, fact);
	complete_case(edges->maker);
	return edges->seen(edges, words);
}

static bool hand_on(struct edges *edges, uint16_t fact, int64_t number, const char *words)
{
	return hand_on_value(edges, fact, value_given(fact_of(edges->maker->head, fact), number), words);
}

/* ---- values in order: numbers, money, days, times ---- */

static int64_t step_of(const struct edges *edges, uint16_t fact)
{
	const struct pack_fact *kind = fact_of(edges->maker->head, fact);
	int64_t step = kind->type == FACT_NUMBER ? SVC_NUMBER_ONE : 1;

	for (uint32_t i = 0; kind->type == FACT_NUMBER && i < kind->trials.count; i++)
		while (step > 1 && *PACK_ITEM(edges->maker->head, kind->trials, int64_t, i) % step)
			step /= 10;
	return step;
}

static enum truth truth_at(struct edges *edges, pack_ref atom, int64_t number)
{
	const struct cond *cond = pack_at(edges->maker->head, atom);

	values_of(edges)[cond->fact] = value_given(fact_of(edges->maker->head, cond->fact), number);
	return truth_with(edges->maker, atom);
}

/* Between two values of which one makes the condition hold: the two neighbours where it turns. */
static bool turn_between(struct edges *edges, pack_ref atom, int64_t low, int64_t high)
{
	const struct cond *cond = pack_at(edges->maker->head, atom);
	int64_t step = step_of(edges, cond->fact);
	enum truth at_low = truth_at(edges, atom, low);

	while (high - low > step) {
		int64_t middle = low + (high - low) / step / 2 * step;

		if (truth_at(edges, atom, middle) == at_low)
			low = middle;
		else
			high = middle;
	}
	return hand_on(edges, cond->fact, low, NULL) && hand_on(edges, cond->fact, high, NULL);
}

static int by_number(const void *left, const void *right)
{
	const struct fact_value *a = left, *b = right;

	return (a->number > b->number) - (a->number < b->number);
}

static void choose_number(struct choices *choices, const struct pack_fact *kind, int64_t number)
{
	if (choices->count < CHOICES_MAX && number >= kind->low && number <= kind->high)
		choices->values[choices->count++] = value_given(kind, number);
}

/* Where to look: what the fact is tried with, what it is, and far away to both sides. */
static void choose_ordered(struct edges *edges, uint16_t fact, struct choices *choices)
{
	const struct pack_fact *kind = fact_of(edges->maker->head, fact);
	int64_t now = edges->base[fact].known ? edges->base[fact].number : 0;
	int64_t far = kind->type == FACT_DATE ? A_LONG_TIME / 4 : kind->type == FACT_TIME ? INT64_C(86400) * 3660 : 0;

	choices_for(edges->maker, fact, choices);
	if (choices->count > CHOICES_MAX - 8)
		choices->count = CHOICES_MAX - 8;
	choose_number(choices, kind, now);
	for (size_t i = edges->maker->facts->first_setting; !far && i < edges->maker->facts->count; i++)
		if (edges->base[i].known && fact_of(edges->maker->head, (uint16_t)i)->type == kind->type)
			choose_number(choices, kind, edges->base[i].number);
	choose_number(choices, kind, far ? now - far : 0);
	choose_number(choices, kind,
		      far                        ? now + far
		      : kind->type == FACT_MONEY ? 100000000
						 : INT64_C(100000) * SVC_NUMBER_ONE);
	qsort(choices->values, choices->count, sizeof *choices->values, by_number);
}

static bool edges_in_order(struct edges *edges, pack_ref atom)
{
	const struct cond *cond = pack_at(edges->maker->head, atom);
	struct choices choices;
	enum truth before = UNKNOWN;

	back_to_base(edges);
	choose_ordered(edges, cond->fact, &choices);
	for (size_t i = 0; i < choices.count; i++) {
		enum truth here;

		back_to_base(edges);
		here = truth_at(edges, atom, choices.values[i].number);
		if (i && before != UNKNOWN && here != UNKNOWN && here != before &&
		    !turn_between(edges, atom, choices.values[i - 1].number, choices.values[i].number))
			return false;
		before = here;
	}
	return true;
}

/* ---- all others: each value that the pack can tell apart ---- */

static bool edges_of_values(struct edges *edges, const struct cond *cond)
{
	struct choices choices;

	back_to_base(edges);
	choices_for(edges->maker, cond->fact, &choices);
	for (size_t i = 0; i < choices.count; i++)
		if (!hand_on(edges, cond->fact, choices.values[i].number, NULL))
			return false;
	return true;
}

/* Given and not given. */
static bool edges_of_knowing(struct edges *edges, const struct cond *cond)
{
	struct choices choices;

	back_to_base(edges);
	choices_for(edges->maker, cond->fact, &choices);
	if (choices.count && !hand_on_value(edges, cond->fact, choices.values[0], NULL))
		return false;
	return hand_on_value(edges, cond->fact, values_of(edges)[edges->maker->facts->count + cond->fact],
			     arena_printf(edges->memory, _("%s is not known"), title_of(edges, cond->fact)));
}

static bool edges_of_atom(struct edges *edges, pack_ref atom)
{
	const struct cond *cond = pack_at(edges->maker->head, atom);
	const struct pack_fact *kind = fact_of(edges->maker->head, cond->fact);

	if (kind->internal || kind->setting)
		return true;
	if (cond->op == COND_KNOWN || cond->op == COND_UNKNOWN)
		return edges_of_knowing(edges, cond);
	switch (kind->type) {
	case FACT_NUMBER:
	case FACT_MONEY:
	case FACT_DATE:
	case FACT_TIME:
		return edges_in_order(edges, atom);
	case FACT_WORD:
	case FACT_SET:
	case FACT_BOOL:
		return edges_of_values(edges, cond);
	default:
		return true;
	}
}

bool edges_of_condition(struct edges *edges, pack_ref when)
{
	const struct cond *cond = pack_at(edges->maker->head, when);
	const pack_ref *kid = when ? pack_at(edges->maker->head, cond->kids.at) : NULL;

	if (!when)
		return true;
	if (cond->op > COND_NOT)
		return edges_of_atom(edges, when);
	for (uint32_t i = 0; i < cond->kids.count; i++)
		if (!edges_of_condition(edges, kid[i]))
			return false;
	return true;
}

/* ---- days and moments of the answer ---- */

/* With the present moved: everything that says when the question is asked. */
static bool ask_on(struct edges *edges, svc_date day, const char *words)
{
	if (day < svc_date_of(1900, 1, 1) || day > svc_date_of(9999, 12, 31))
		return true;
	back_to_base(edges);
	set_present(edges->maker, day);
	complete_case(edges->maker);
	return edges->seen(edges, words);
}

/* The first fact that is known of those that a moment is counted from; 0: it is counted from something else. */
static uint16_t counted_from(const struct edges *edges, const struct instant *from)
{
	for (uint32_t i = 0; from && from->op == INSTANT_FACTS && i < from->facts.count; i++) {
		uint16_t fact = *PACK_ITEM(edges->maker->head, from->facts, uint16_t, i);

		if (edges->base[fact].known)
			return fact;
	}
	return 0;
}

/* "2 years" in the reader's language: its units are messages of their own. */
static const char *length_words(struct edges *edges, struct duration lasts)
{
	char length[48], *unit;

	duration_format(lasts, length);
	unit = strchr(length, ' ');
	if (!unit)
		return arena_strdup(edges->memory, _(length));
	*unit++ = '\0';
	return arena_printf(edges->memory, "%s %s", length, _(unit));
}

static const char *length_of(struct edges *edges, const struct term *term)
{
	uint16_t from = counted_from(edges, pack_at(edges->maker->head, term->from));
	struct duration lasts = term->lasts;
	const char *length;

	if (term->until)
		return _("the term");
	if (term->lasts_setting)
		lasts = edges->base[term->lasts_setting].duration;
	length = length_words(edges, lasts);
	return from ? arena_printf(edges->memory, _("%s from %s"), length, title_of(edges, from)) : length;
}

static bool edges_of_window(struct edges *edges, const struct term *term, const struct svc_window *window)
{
	const char *length = length_of(edges, term);

	if (window->ends != SVC_DATE_LIFETIME && window->ends != SVC_DATE_NONE &&
	    (!ask_on(edges, window->ends, arena_printf(edges->memory, _("the last day of %s"), length)) ||
	     !ask_on(edges, window->ends + 1, arena_printf(edges->memory, _("the day after %s"), length))))
		return false;
	return window->starts == SVC_DATE_NONE ||
	       (ask_on(edges, window->starts, arena_printf(edges->memory, _("the first day of %s"), length)) &&
		ask_on(edges, window->starts - 1, arena_printf(edges->memory, _("the day before %s"), length)));
}

static bool edges_of_term(struct edges *edges)
{
	const struct term *term = (const struct term *)edges->rule->rule;
	struct svc_window window;
	struct svc_answer answer;
	struct pass pass = {.policy = edges->maker->policy,
			    .head = edges->maker->head,
			    .values = edges->base,
			    .answer = &answer,
			    .memory = &edges->maker->tries};

	answer_empty(&answer, edges->maker->ask);
	for (uint32_t i = 0; i < term->usage.count; i++) {
		const struct usage *usage = PACK_ITEM(edges->maker->head, term->usage, struct usage, i);

		if (!hand_on(edges, usage->fact, usage->limit, NULL) ||
		    !hand_on(edges, usage->fact, usage->limit + SVC_NUMBER_ONE, NULL))
			return false;
	}
	return !window_of(&pass, term, &window) || edges_of_window(edges, term, &window);
}

/* What tells whether a moment of the answer was kept; the present where nothing else does. */
static uint16_t kept_by(const char *key)
{
	static const struct {
		const char *key;
		uint8_t fact;
	} kept[] = {{"respond_by", F_RESPONDED},
		    {"arrive_by", F_ARRIVED},
		    {"resolve_by", F_RESOLVED},
		    {"leave_by", F_DEPART},
		    {"cancel_at", F_ARRIVED}};

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (!strcmp(kept[i].key, key))
			return kept[i].fact;
	return 0;
}

/* At a moment, and just after it. A date is asked as a day, a time to the second. */
static bool edges_of_moment(struct edges *edges, const char *title, uint16_t fact, struct svc_moment moment)
{
	for (int after = 0; after <= 1; after++) {
		const char *words = arena_printf(edges->memory, after ? _("just after %s") : _("at %s"), title);
		bool going;

		if (moment.kind == SVC_MOMENT_DATE)
			going = ask_on(edges, (svc_date)moment.at + after, words);
		else if (fact)
			going = hand_on(edges, fact, moment.at + after, words);
		else {
			back_to_base(edges);
			set_present(edges->maker, svc_zone_date(edges->maker->policy->zone, moment.at + after));
			values_of(edges)[F_NOW].number = moment.at + after;
			complete_case(edges->maker);
			going = edges->seen(edges, words);
		}
		if (!going)
			return false;
	}
	return true;
}

static bool edges_of_rows(struct edges *edges, const struct svc_answer *answer)
{
	const char *clause = pack_text(edges->maker->head, edges->rule->rule->clause);

	for (size_t i = 0; i < answer->row_count; i++) {
		const struct svc_row *row = &answer->rows[i];

		if (!row->clause || strcmp(row->clause, clause) || row->from.kind == SVC_MOMENT_NONE)
			continue;
		return edges_of_moment(edges, row->id, 0, row->from) &&
		       (row->to.kind == SVC_MOMENT_NONE || edges_of_moment(edges, row->id, 0, row->to));
	}
	return true;
}

bool edges_of_moments(struct edges *edges)
{
	struct svc_answer answer = {0};
	bool going = true;

	if (edges->rule->kind == RULE_TERM && !edges_of_term(edges))
		return false;
	back_to_base(edges);
	if (edges->rule->kind != RULE_ENTRY ||
	    svc_ask(edges->maker->policy, edges->maker->ask, edges->maker->facts, false, &answer, NULL))
		return true;
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key && going; field++) {
		struct svc_moment moment;

		if (field->kind != SVC_ANSWER_MOMENT || !(field->asks >> edges->maker->ask & 1))
			continue;
		moment = *(const struct svc_moment *)((const char *)&answer + field->at);
		if (moment.kind != SVC_MOMENT_NONE)
			going = edges_of_moment(edges, field->title ? _(field->title) : field->key, kept_by(field->key),
						moment);
	}
	going = going && edges_of_rows(edges, &answer);
	svc_answer_release(&answer);
	return going;
}

/* ---- forms and records ---- */

static const char *label_of(const struct edges *edges, const struct entry *field)
{
	return pack_text(edges->maker->head, svc_language() == SVC_LANG_ZH ? field->text_zh : field->text_en);
}

/* Every field of the entry filled, but for one; NULL: all. */
static bool fill_fields(struct edges *edges, const struct entry *but, const char *words)
{
	const struct pack_list fields = edges->rule->entry->entries;
	struct strbuf json = {0};

	for (uint32_t i = 0; i < fields.count; i++) {
		const struct entry *field = PACK_ITEM(edges->maker->head, fields, struct entry, i);

		if (field != but)
			strbuf_printf(&json, "%s\"%s\"", json.length ? ", " : "[",
				      pack_text(edges->maker->head, field->id));
	}
	strbuf_puts(&json, json.length ? "]" : "[]");
	back_to_base(edges);
	give_tree(edges->maker, F_FIELDS, json.text);
	strbuf_release(&json);
	complete_case(edges->maker);
	return edges->seen(edges, words);
}

bool edges_of_fields(struct edges *edges)
{
	if (edges->maker->ask != SVC_ASK_FORM && edges->maker->ask != SVC_ASK_RECORD)
		return true;
	if (edges->rule->kind == RULE_ENTRY)
		return fill_fields(edges, NULL, _("every field is filled"));
	return edges->rule->kind != RULE_INNER ||
	       fill_fields(edges, (const struct entry *)edges->rule->rule,
			   arena_printf(edges->memory, _("only %s is not filled"),
					label_of(edges, (const struct entry *)edges->rule->rule)));
}
