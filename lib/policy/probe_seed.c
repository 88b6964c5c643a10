/* What a boundary case begins with: the words that the rule's entry is grouped by, and the lists and maps that an ask reads. */
#include "probe.h"

#include "facts_tree.h"

#include "base/strbuf.h"

static void give_word(struct maker *maker, uint16_t fact, struct pack_list words, uint32_t i)
{
	if (i < words.count)
		maker->facts->values[fact] = value_given(fact_of(maker->head, fact),
							 *PACK_ITEM(maker->head, words, uint16_t, i));
}

void give_tree(struct maker *maker, uint16_t fact, const char *json)
{
	tree_put_text(maker->facts, &maker->facts->memory, fact, json, NULL);
}

/* The first item of a fee rule; of a note, the first item that the pack prices. */
static void seed_items(struct maker *maker, const struct walked_rule *rule)
{
	const struct fee_rule *fee = (const struct fee_rule *)rule->rule;
	const struct pack_fact *items = fact_of(maker->head, F_ITEMS);
	uint32_t item = rule->kind == RULE_FEE && fee->items.count ? *PACK_ITEM(maker->head, fee->items, uint16_t, 0)
								   : 0;

	if (item < items->words.count)
		give_tree(maker, F_ITEMS,
			  pack_text(maker->head, PACK_ITEM(maker->head, items->words, struct pack_word, item)->id));
}

static int64_t said_figure(const struct maker *maker, const struct entry *entry, enum saying saying)
{
	for (uint32_t i = 0; i < entry->said.count; i++) {
		const struct said *said = PACK_ITEM(maker->head, entry->said, struct said, i);

		if (said->saying == saying && !said->setting)
			return said->number / SVC_NUMBER_ONE;
	}
	return 1;
}

/* The rank in as many months as the rule counts, one after the other. */
static void seed_ranks(struct maker *maker, const struct entry *entry)
{
	int64_t rank = said_figure(maker, entry, SAY_RANK), months = said_figure(maker, entry, SAY_RUNNING);
	struct strbuf json = {0};

	for (int64_t i = 0; i < months && i < 12; i++)
		strbuf_printf(&json, "%s{\"month\": \"2024-%02d\", \"rank\": %d}", i ? ", " : "[", (int)i + 1,
			      (int)rank);
	strbuf_puts(&json, json.length ? "]" : "[]");
	give_tree(maker, F_COMPLAINT_RANK, json.text);
	strbuf_release(&json);
}

/* One violation of the rule; of a rule about several, as many as it counts. */
static void seed_violations(struct maker *maker, const struct walked_rule *rule)
{
	struct pack_list conduct = maker->head->entries[ENTRIES_CONDUCT];
	const struct entry *broken = rule->list == ENTRIES_CONDUCT ? rule->entry
				     : conduct.count               ? PACK_ITEM(maker->head, conduct, struct entry, 0)
								   : NULL;
	struct strbuf json = {0};
	int64_t times = said_figure(maker, rule->entry, SAY_COUNTED);
	char day[16];

	svc_date_format(maker->sale, day);
	for (int64_t i = 0; broken && i < times && i < 32; i++)
		strbuf_printf(&json, "%s{\"rule\": \"%s\", \"on\": \"%s\"}", i ? ", " : "[",
			      pack_text(maker->head, broken->rule.clause), day);
	strbuf_puts(&json, json.length ? "]" : "[]");
	give_tree(maker, F_VIOLATIONS, json.text);
	strbuf_release(&json);
	if (rule->list == ENTRIES_RANKS)
		seed_ranks(maker, rule->entry);
}

/* Every question answered with the same level: that of the rule, else the first. */
static void seed_answers(struct maker *maker, const struct walked_rule *rule)
{
	struct pack_list questions = maker->head->entries[ENTRIES_QUESTIONS];
	struct pack_list levels = maker->head->entries[ENTRIES_LEVELS];
	const struct entry *level = rule->list == ENTRIES_LEVELS ? rule->entry
				    : levels.count               ? PACK_ITEM(maker->head, levels, struct entry, 0)
								 : NULL;
	struct strbuf json = {0};

	for (uint32_t i = 0; level && i < questions.count; i++)
		strbuf_printf(&json, "%s\"%s\": \"%s\"", i ? ", " : "{",
			      pack_text(maker->head, PACK_ITEM(maker->head, questions, struct entry, i)->id),
			      pack_text(maker->head, level->id));
	strbuf_puts(&json, json.length ? "}" : "{}");
	give_tree(maker, F_ANSWERS, json.text);
	strbuf_release(&json);
}

static void seed_readings(struct maker *maker, const struct walked_rule *rule)
{
	struct strbuf json = {0};
	const struct pack_fact *tasks = fact_of(maker->head, F_TASK);
	uint16_t task;

	if (rule->list != ENTRIES_READINGS || !rule->entry->groups.count)
		return;
	task = *PACK_ITEM(maker->head, rule->entry->groups, uint16_t, 0);
	strbuf_printf(&json, "{\"%s\": 1}",
		      pack_text(maker->head, PACK_ITEM(maker->head, tasks->words, struct pack_word, task)->id));
	give_tree(maker, F_READINGS, json.text);
	strbuf_release(&json);
}

/* The remedy that an option opens, or that a requirement may bar. */
static void seed_want(struct maker *maker, const struct walked_rule *rule)
{
	const struct term *term = (const struct term *)rule->rule;
	const struct requirement *needed = (const struct requirement *)rule->rule;
	int remedy, word;

	if (rule->kind == RULE_TERM)
		remedy = term->effects.remedy;
	else if (rule->kind == RULE_REQUIREMENT && needed->bars)
		remedy = __builtin_ctz(needed->bars);
	else
		return;
	word = word_find(maker->head, fact_of(maker->head, F_WANT), svc_remedy_id((enum svc_remedy)remedy));
	if (word != WORD_UNLISTED)
		maker->facts->values[F_WANT] = value_given(fact_of(maker->head, F_WANT), word);
}

void seed_case(struct maker *maker, const struct walked_rule *rule)
{
	uint16_t grouped = rule->entry ? group_fact_of(rule->list) : 0;

	if (grouped)
		give_word(maker, grouped, rule->entry->groups, 0);
	if (rule->entry)
		give_word(maker, F_STAGE, rule->entry->from, 0);
	switch (rule->ask) {
	case SVC_ASK_RETURN:
		seed_want(maker, rule);
		break;
	case SVC_ASK_FEE:
		seed_items(maker, rule);
		break;
	case SVC_ASK_CONDUCT:
		seed_violations(maker, rule);
		break;
	case SVC_ASK_SURVEY:
		seed_answers(maker, rule);
		break;
	case SVC_ASK_MAINTENANCE:
		seed_readings(maker, rule);
		break;
	case SVC_ASK_FORM:
	case SVC_ASK_RECORD:
		give_tree(maker, F_FIELDS, "[]");
		break;
	default:
		break;
	}
}
