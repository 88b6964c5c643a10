/* One case in the words of two packs: facts are the same by name, words by id or title. */
#include "floor.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const struct pack_fact *fact_at(const struct shared_case *shared, enum side side, uint16_t place)
{
	const struct pack_head *head = shared->facts[side]->policy->head;

	return PACK_ITEM(head, head->facts, struct pack_fact, place);
}

/* Trees speak of lists that each pack makes for itself. */
static bool comparable(const struct pack_fact *fact)
{
	return fact->type != FACT_PRICES && fact->type != FACT_ITEMS && fact->type != FACT_TREE;
}

static uint16_t find_other(const struct shared_case *shared, enum side side, uint16_t place)
{
	enum side there = !side;
	const struct pack_fact *fact = fact_at(shared, side, place), *same;
	const struct svc_facts *facts = shared->facts[there];
	uint16_t at = fact_find(facts->policy->head, pack_text(shared->facts[side]->policy->head, fact->name), NULL);

	if (!at || at >= facts->first_setting || !comparable(fact))
		return 0;
	same = fact_at(shared, there, at);
	if (fact->type == FACT_MONEY &&
	    strcmp(svc_policy_currency(shared->facts[side]->policy), svc_policy_currency(facts->policy)))
		return 0;
	return same->type == fact->type && !same->internal ? at : 0;
}

int shared_open(struct shared_case *shared, const struct svc_policy *promise, const struct svc_policy *law,
		struct svc_error *err)
{
	const struct svc_policy *const policies[SIDES] = {promise, law};
	int status = SVC_OK;

	memset(shared, 0, sizeof *shared);
	for (int side = 0; side < SIDES && !status; side++)
		status = svc_facts_new(&shared->facts[side], policies[side], err);
	for (int side = 0; side < SIDES && !status; side++) {
		size_t count = shared->facts[side]->first_setting;

		shared->other[side] = memory_get((count + 1) * sizeof(uint16_t));
		for (uint16_t i = 1; i < count; i++)
			shared->other[side][i] = find_other(shared, (enum side)side, i);
	}
	return status;
}

void shared_close(struct shared_case *shared)
{
	for (int side = 0; side < SIDES; side++) {
		svc_facts_free(shared->facts[side]);
		free(shared->other[side]);
	}
}

static int word_there(const struct shared_case *shared, enum side side, const struct pack_fact *fact,
		      const struct pack_fact *same, int64_t word)
{
	const struct pack_head *head = shared->facts[side]->policy->head;
	const struct pack_head *other = shared->facts[!side]->policy->head;
	const struct pack_word *row = PACK_ITEM(head, fact->words, struct pack_word, word);
	int found = word_find(other, same, pack_text(head, row->id));

	if (found == WORD_UNLISTED && row->title_en)
		found = word_find(other, same, pack_text(head, row->title_en));
	if (found == WORD_UNLISTED && row->title_zh)
		found = word_find(other, same, pack_text(head, row->title_zh));
	return found;
}

static int64_t set_there(const struct shared_case *shared, enum side side, const struct pack_fact *fact,
			 const struct pack_fact *same, int64_t mask)
{
	int64_t there = 0;

	for (uint32_t w = 0; w < fact->words.count; w++)
		if (mask >> w & 1) {
			int word = word_there(shared, side, fact, same, w);

			there |= word == WORD_UNLISTED ? 0 : INT64_C(1) << word;
		}
	return there;
}

/* A word that the other side does not list. Of goods the law says nothing then, and a promise that lists other goods is not meant;
   parts of goods are only named differently, so that each side has its own; any other word makes it another case. */
static bool foreign_word(const struct shared_case *shared, enum side side, uint16_t place, const char *id,
			 struct fact_value *value)
{
	const struct pack_fact *same = fact_at(shared, !side, shared->other[side][place]);

	*value = (struct fact_value){0};
	if (!same->words.count || place == F_COMPONENT)
		return true;
	if (place == F_PRODUCT && side == SIDE_PROMISE) {
		*value = (struct fact_value){.known = true, .given = true, .number = WORD_UNLISTED, .text = id};
		return true;
	}
	return place != F_PRODUCT && !same->used;
}

/* The value as the other side has it. False: it is not the same case there. */
static bool translate(const struct shared_case *shared, enum side side, uint16_t place, struct fact_value *value)
{
	const struct pack_fact *fact = fact_at(shared, side, place);
	const struct pack_fact *same = fact_at(shared, !side, shared->other[side][place]);
	const struct pack_head *head = shared->facts[side]->policy->head;
	int word;

	if (!value->known || (fact->type != FACT_WORD && fact->type != FACT_SET))
		return true;
	if (fact->type == FACT_SET) {
		value->number = set_there(shared, side, fact, same, value->number);
		return true;
	}
	if (value->number == WORD_UNLISTED)
		return foreign_word(shared, side, place, value->text, value);
	word = word_there(shared, side, fact, same, value->number);
	if (word == WORD_UNLISTED)
		return foreign_word(shared, side, place,
				    pack_text(head, PACK_ITEM(head, fact->words, struct pack_word, value->number)->id),
				    value);
	value->number = word;
	return true;
}

bool shared_put(struct shared_case *shared, enum side side, uint16_t place, struct fact_value value)
{
	uint16_t there = place < shared->facts[side]->first_setting ? shared->other[side][place] : 0;

	if (value.text)
		shared->facts[side]->texts = true;
	fact_write(shared->facts[side], place, value);
	if (!there)
		return true;
	if (!translate(shared, side, place, &value))
		return false;
	if (value.known && value.given) {
		fact_write(shared->facts[!side], there, value);
		shared->facts[!side]->texts = shared->facts[!side]->texts || value.text;
	}
	return true;
}

/* Boundary cases vary settings; here a pack stands as it is, and only what it leaves unset is tried. */
static void keep_settings(struct svc_facts *facts)
{
	for (size_t i = facts->first_setting; i < facts->count; i++)
		if (facts->values[facts->count + i].known)
			facts->values[i] = facts->values[facts->count + i];
}

/* How long a promise lasts that leaves it to a contract or to the desk, nobody knows. */
static bool left_to_others(const struct shared_case *shared, enum side side, uint16_t place)
{
	const struct svc_facts *facts = shared->facts[side];
	const struct pack_fact *fact = fact_at(shared, side, place);

	if (place >= facts->first_setting)
		return side == SIDE_PROMISE && fact->type == FACT_DURATION &&
		       !facts->values[facts->count + place].known;
	return (place >= F_VERDICT && place <= F_IN_TERM && place != F_ASK) ||
	       (side == SIDE_PROMISE && fact->type == FACT_DATE && !shared->other[side][place]);
}

static void leave_to_others(struct shared_case *shared, enum side side)
{
	struct svc_facts *facts = shared->facts[side];

	for (uint16_t i = 1; i < facts->count; i++)
		if (left_to_others(shared, side, i))
			facts->values[i] = facts->values[facts->count + i];
}

bool shared_take(struct shared_case *shared, enum side side, const struct svc_facts *facts, bool goods)
{
	struct svc_facts *here = shared->facts[side];
	bool same = true;

	for (int i = 0; i < SIDES; i++) {
		struct svc_facts *blank = shared->facts[i];

		svc_facts_clear(blank);
		memcpy(blank->values, blank->values + blank->count, blank->count * sizeof *blank->values);
	}
	memcpy(here->values, facts->values, here->count * sizeof *here->values);
	here->texts = facts->texts;
	keep_settings(here);
	if (goods)
		leave_to_others(shared, side);
	for (uint16_t i = 1; i < here->first_setting; i++)
		if (here->values[i].known && here->values[i].given)
			same = shared_put(shared, side, i, here->values[i]) && same;
	return same;
}

struct shared_saved shared_save(const struct shared_case *shared, enum side side, uint16_t place)
{
	struct shared_saved saved = {0};

	saved.place[side] = place;
	saved.place[!side] = place < shared->facts[side]->first_setting ? shared->other[side][place] : 0;
	for (int i = 0; i < SIDES; i++)
		saved.value[i] = shared->facts[i]->values[saved.place[i]];
	return saved;
}

void shared_restore(struct shared_case *shared, const struct shared_saved *saved)
{
	for (int i = 0; i < SIDES; i++)
		if (saved->place[i])
			shared->facts[i]->values[saved->place[i]] = saved->value[i];
}
