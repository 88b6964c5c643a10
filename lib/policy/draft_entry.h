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

struct entry_key;
typedef void entry_reader(struct loader *load, const struct node *value, struct draft_entry *draft,
			  const struct entry_key *key);

struct entry_key {
	const char *name;
	uint64_t lists; /* which may say it */
	entry_reader *read;
	enum saying saying;
	unsigned about; /* the fact whose words or moment it is, or the types of what is named */
};
/* What an entry may say, by list; ends with a NULL name. */
extern const struct entry_key entry_keys[];

#define PUBLIC_READER(name)                                                                                            \
	void name(struct loader *load, const struct node *value, struct draft_entry *draft, const struct entry_key *key)
#define READER(name) static PUBLIC_READER(name)

/* ---- entry_texts.c ---- */
entry_reader entry_text, entry_subject, entry_body;
/* ---- entry_names.c ---- */
entry_reader entry_words, entry_fact_words, entry_rules, entry_same, entry_fixed, entry_known;
/* Each item of a list, or the one value: how many, and where they are. */
size_t entry_items(const struct node *const *value, const struct node *const **items);

/* Every list of one `enum entry_list`, bit by bit. */
#define AMONG(list) (UINT64_C(1) << (list))

/* Reads the steps or fields of an entry. */
void load_inner(struct loader *load, enum entry_list list, const struct node *node, struct draft_entry *into);
struct said *say(struct draft_entry *draft, enum saying saying); /* to be filled; valid until the next one */
/* Reads {needs or fact, clause, when}. */
void load_guard(struct loader *load, const struct node *node, struct draft_entry *draft);

#endif
