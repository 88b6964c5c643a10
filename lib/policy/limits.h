/* Limits that several rules of one section set, each its own: of an sla, an appointment, a dispatch, a contract. */
#ifndef POLICY_LIMITS_H
#define POLICY_LIMITS_H

#include "decide.h"

#define LIMITS_MAX 8

/* A limit that a rule may say, and the place of its moment in the answer. */
struct limit {
	enum saying saying;
	size_t at; /* of a struct svc_moment in struct svc_answer */
};
struct limits {
	const struct limit *rows;
	size_t count; /* at most LIMITS_MAX */
	const struct entry *setter[LIMITS_MAX]; /* which rule set it; NULL: none did */
	const struct entry **matching; /* the rules that set something, or only speak; in their order */
	size_t matching_count;
};
#define LIMIT(saying, field)                                                                                           \
	{                                                                                                              \
		saying, offsetof(struct svc_answer, field)                                                             \
	}

struct svc_moment *limit_at(struct pass *pass, const struct limit *limit);
/* Fills the answer's moments from every rule of the list whose condition holds. A limit that lacks a date or a setting is set aside.
   Two rules that set the same limit are a fault, or the first counts in a section with an order. False: the pass stopped. */
bool gather_limits(struct pass *pass, enum entry_list list, enum pack_section section, struct limits *limits);
/* Cites the rules, that of `deciding` (may be NULL) first. */
void cite_limits(struct pass *pass, const struct limits *limits, const struct entry *deciding);
/* Whether a moment lies after another; where one of them is a day, days are compared. */
bool moment_later(const struct pass *pass, struct svc_moment one, struct svc_moment other);

#endif
