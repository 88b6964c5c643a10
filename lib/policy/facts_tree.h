/* Facts that are lists or maps (fee items, prices by item), and facts that come as trees. */
#ifndef POLICY_FACTS_TREE_H
#define POLICY_FACTS_TREE_H

#include "facts.h"

/* A place with this bit is the price of a fee item: the other bits are the item's word. */
#define PLACE_OF_PRICE 0x8000

bool fact_takes_tree(const struct pack_fact *fact);
/* Sets a fact or setting from text; "" takes the value away. Texts are kept in `memory`. */
int fact_put(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *text, struct svc_error *err);
/* "invoice,contract" for a set; words that are not listed are kept side by side in the value's text. */
void set_put_text(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *text);
/* "visit*2,adjustment", or JSON. */
int tree_put_text(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *text,
		  struct svc_error *err);
/* One key of a map of prices; `text` "" takes the key away. */
int tree_put_key(struct svc_facts *facts, struct arena *memory, uint16_t place, const char *key, const char *text,
		 struct svc_error *err);
/* Any node for any fact: a scalar as fact_put, null as "". The node must live in `memory` or longer. */
int node_put(struct svc_facts *facts, struct arena *memory, uint16_t place, const struct node *node,
	     struct svc_error *err);
/* The price map `node` with its keys as item ids; faults name the key. */
int prices_check(const struct pack_head *head, const struct pack_fact *fact, struct arena *memory,
		 const struct node *node, const struct node **out, struct svc_error *err);

#endif
