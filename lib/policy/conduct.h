/* What violations come to: each by itself (conduct.c), and added up (conduct_totals.c). */
#ifndef POLICY_CONDUCT_H
#define POLICY_CONDUCT_H

#include "decide.h"

/* How grave what follows is; the gravest gives the verdict. */
enum gravity { GRAVITY_NONE, GRAVITY_FINED, GRAVITY_REFER, GRAVITY_SUSPENDED, GRAVITY_DISMISSED };

/* Something that happened on a day: a violation, or a place in the month's ranking. */
struct violation {
	const char *rule;
	svc_date on;
	const struct node *node; /* NULL: of a ranking */
	const struct fact_value *values; /* the facts of the question with its own; NULL: of a ranking */
	const struct entry *entry; /* the rule that decides; NULL: none */
	const struct entry *dropped; /* the rule by which another one stands for it; NULL: none */
	svc_money fine, compensation; /* SVC_MONEY_NONE */
	bool counts;
};
struct violations { /* by day */
	struct violation *items;
	size_t count;
};
/* A rule about several of them that was reached. */
struct total {
	const struct entry *entry;
	enum gravity gravity;
	svc_date on;
};
struct totals {
	struct total *items;
	size_t count;
};

bool has_consequence(struct pass *pass, const struct entry *entry, const char *name);
/* Fills in what the rule sets: fine, compensation, whether it counts; may stop the pass. */
void charge(struct pass *pass, struct violation *violation, const struct entry *entry);
enum gravity gravity_of(struct pass *pass, const struct violation *violation);
/* Adds what the ranking of the months brings. False: the pass stopped. */
bool add_ranks(struct pass *pass, struct violations *all, struct totals *totals);
/* Adds the rules about how many violations a month or year may have. False: the pass stopped. */
bool add_totals(struct pass *pass, const struct violations *all, struct totals *totals);

#endif
