/* A fact or setting while the pack is loaded: before its place, words and default are written into the block. */
#ifndef POLICY_DRAFT_FACT_H
#define POLICY_DRAFT_FACT_H

#include "load.h"

struct draft_word {
	const char *id;
	struct titles titles;
	const struct node *node; /* NULL: a standard word */
	size_t source;
};
struct draft_fact {
	const char *name, *unit;
	struct titles titles;
	enum fact_type type;
	enum fact_absent absent;
	bool typed, setting, standard, inferred, internal, whole, percent;
	int64_t low, high;
	int64_t standard_fallback;
	struct growing words; /* struct draft_word */
	const struct node *node, *fallback, *counted; /* where the pack speaks of it; its `default`; its `days` */
	size_t source;
};

/* The declared fact or setting of this name; NULL. */
struct draft_fact *draft_named(const struct loader *load, const char *name);
struct draft_fact *draft_add(struct loader *load, const struct node *name, bool setting);
/* Reads the keys of one entry of `facts` (kind 1) or `settings` (kind 2). */
void draft_read(struct loader *load, const struct node *node, unsigned kind, struct draft_fact *draft);
/* The type of an entry, said once. */
void draft_type(struct loader *load, const struct node *node, struct draft_fact *draft, enum fact_type type);
void groups_read(struct loader *load, const struct node *node, const struct draft_fact *draft);
void draft_words(struct loader *load, const struct node *node, struct draft_fact *draft);

#endif
