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
	struct pack_list from, usage;
	struct duration lasts;
	uint16_t lasts_setting;
	bool pauses, lasting;
	pack_ref needs, once, amount;
	struct growing items; /* uint16_t */
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

extern const struct key rule_keys[]; /* what a rule may say, by list; reads into struct draft_rule */
void write_flow(struct strbuf *out, const struct node *node,
		const char *without); /* a tree on one line, less one key */

#endif
