/* An entry while the pack is loaded: before its lists stand in the block. */
#ifndef POLICY_DRAFT_ENTRY_H
#define POLICY_DRAFT_ENTRY_H

#include "load.h"

struct draft_entry {
	struct entry entry;
	enum entry_list list;
	const char *name; /* of the list, for people */
	const struct entry *inside; /* the entry that this one is a step or field of; NULL */
	struct growing also; /* struct also */
	struct growing said; /* struct said */
	struct growing guards; /* struct requirement */
	struct growing entries; /* struct entry: steps, fields */
};

struct entry_key {
	const char *name;
	uint64_t lists; /* which may say it */
	void (*read)(struct loader *load, const struct node *value, struct draft_entry *draft,
		     const struct entry_key *key);
	enum saying saying;
	unsigned about; /* the fact whose words or moment it is, or the types of what is named */
};
/* What an entry may say, by list; ends with a NULL name. */
extern const struct entry_key entry_keys[];

/* Every list of one `enum entry_list`, bit by bit. */
#define AMONG(list) (UINT64_C(1) << (list))

/* Reads the steps or fields of an entry. */
void load_inner(struct loader *load, enum entry_list list, const struct node *node, struct draft_entry *into);
struct said *say(struct draft_entry *draft, enum saying saying); /* to be filled; valid until the next one */
/* Reads {needs or fact, clause, when}. */
void load_guard(struct loader *load, const struct node *node, struct draft_entry *draft);

#endif
