/* One case made from another: what is made otherwise in it. */
#ifndef POLICY_DIFF_TWIST_H
#define POLICY_DIFF_TWIST_H

#include "base/arena.h"
#include "base/tree.h"
#include "pack.h"

enum { ANCHORS_MAX = 24 };

/* One thing that is made otherwise in a case. */
enum twist_kind {
	TWIST_VALUE, /* a fact gets the value, or is taken away */
	TWIST_ANCHORS, /* of the dates that the rule names, the first are taken away and the others lie apart */
	TWIST_SHIFT, /* all dates lie some days later, so that other days of the week are met */
	TWIST_PRESENT, /* the day of the question lies a span after a date */
	TWIST_NUMBER /* the numbers inside lists and maps */
};
struct twist {
	enum twist_kind kind;
	const char *name, *value; /* value NULL: taken away */
	int count; /* what the kind counts: names that are gone, days */
	int apart; /* days from one date to the next */
	struct duration span;
};
/* Dates and times that rules name, in their order. */
struct anchors {
	const char *names[ANCHORS_MAX];
	size_t count;
};
/* The map of facts with the twist; parts of it are those of `map`, the rest lives in `memory`. */
const struct node *twisted(struct arena *memory, const struct node *map, const struct twist *twist,
			   const struct anchors *anchors);

#endif
