/* A rule while the pack is loaded: one form for every list, before it gets the compiled form of its own. */
#ifndef POLICY_DRAFT_RULE_H
#define POLICY_DRAFT_RULE_H

#include "load.h"

/* A rule of any kind while it is read. */
struct draft_rule {
	struct rule rule;
	struct growing also; /* struct also */
	struct effects effects;
	uint16_t bars;
	pack_ref from, until;
	struct pack_list usage;
	struct duration lasts;
	uint16_t lasts_setting;
	bool pauses, rolls, lasting;
	pack_ref needs, once, amount;
	struct growing items, with; /* uint16_t */
	pack_ref item; /* of a deduction: text */
	uint16_t as;
	uint8_t payer, basis, share;
	enum rule_list list;
};

/* Sets of lists, a bit for each. */
#define IN(list) (1u << (list))
#define EVERY ((1u << LIST_COUNT) - 1)
#define TERMS (IN(LIST_TERMS) | IN(LIST_OPTIONS))
#define CLOSING (IN(LIST_WITHOUT) | IN(LIST_EXCLUSIONS) | IN(LIST_AFTER))
#define REQUIREMENTS (IN(LIST_REQUIRES) | IN(LIST_RETURN_REQUIRES))

struct word_row {
	const char *word;
	uint8_t value;
};
uint8_t word_value(struct loader *load, const struct node *node, const struct word_row *rows); /* 0 and a fault */
void load_also(struct loader *load, const struct node *value, struct growing *into); /* struct also */
extern const struct key rule_keys[]; /* what a rule may say, by list; reads into struct draft_rule */

#endif
