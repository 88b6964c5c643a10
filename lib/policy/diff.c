/* Holding the rules of two packs against each other: the same clause in the same section is the same rule. */
#include "diff.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define NO_PARTNER SIZE_MAX

struct found_change *diff_add(struct diff *diff, enum svc_change_kind kind, size_t place)
{
	struct found_change *found;

	if (diff->count == diff->room) {
		diff->room = diff->room * 2 + 16;
		diff->changes = memory_grow(diff->changes, diff->room, sizeof *diff->changes);
	}
	found = &diff->changes[diff->count++];
	memset(found, 0, sizeof *found);
	found->change.kind = kind;
	found->place = place;
	return found;
}

/* ---- pairs ---- */

/* Each rule of one pack with its partner in the other. */
struct pairing {
	struct diff *diff;
	size_t *partners[2];
};

static int take_rule(void *context, const struct svc_policy_rule *rule)
{
	struct diff *diff = context;
	int side = diff->rules[1] ? 1 : 0;

	diff->rules[side][diff->rule_counts[side]++] = *rule;
	return SVC_OK;
}

static int count_rule(void *context, const struct svc_policy_rule *rule)
{
	(void)rule;
	++*(size_t *)context;
	return SVC_OK;
}

static int take_rules(struct diff *diff, int side, struct svc_error *err)
{
	const struct svc_policy *policy = side ? diff->new : diff->old;
	size_t count = 0;
	int status = svc_policy_rules(policy, count_rule, &count, err);

	diff->rules[side] = arena_alloc(diff->memory, (count + 1) * sizeof *diff->rules[side]);
	return status ? status : svc_policy_rules(policy, take_rule, diff, err);
}

static bool same(const char *a, const char *b)
{
	return !strcmp(a, b);
}

static bool is_inner(const struct svc_policy_rule *rule)
{
	const char *own = strchr(rule->section, '.');

	return own && (same(own, ".fields") || same(own, ".steps"));
}

size_t diff_outer(const struct diff *diff, int side, size_t rule)
{
	const struct svc_policy_rule *rules = diff->rules[side];
	size_t length = strcspn(rules[rule].section, "."), outer = rule;

	while (outer && is_inner(&rules[rule]) &&
	       (strncmp(rules[outer].section, rules[rule].section, length) != 0 || rules[outer].section[length]))
		outer--;
	return outer;
}

/* How much of two rules must be the same for them to be partners; each pass asks for less. What stands inside another has its partner
   inside that one's. */
enum { PASS_SAME, PASS_CLAUSE, PASS_TREE, PASSES };
static bool fits(const struct pairing *pairing, size_t o, size_t n, int pass)
{
	const struct diff *diff = pairing->diff;
	const struct svc_policy_rule *old = &diff->rules[0][o], *new = &diff->rules[1][n];

	if (!same(old->section, new->section))
		return false;
	if (is_inner(new) && pairing->partners[1][diff_outer(diff, 1, n)] != diff_outer(diff, 0, o))
		return false;
	if (pass == PASS_SAME)
		return same(old->clause, new->clause) && same(old->tree, new->tree);
	if (pass == PASS_CLAUSE)
		return same(old->clause, new->clause);
	return same(old->tree, new->tree) && *new->tree == '{';
}

static void pair_pass(struct pairing *pairing, bool inner, int pass)
{
	const struct diff *diff = pairing->diff;

	for (size_t n = 0; n < diff->rule_counts[1]; n++)
		for (size_t o = 0; o < diff->rule_counts[0] && is_inner(&diff->rules[1][n]) == inner &&
				   pairing->partners[1][n] == NO_PARTNER;
		     o++)
			if (pairing->partners[0][o] == NO_PARTNER && fits(pairing, o, n, pass)) {
				pairing->partners[0][o] = n;
				pairing->partners[1][n] = o;
			}
}

static void pair(struct pairing *pairing)
{
	for (int inner = 0; inner < 2; inner++)
		for (int pass = 0; pass < PASSES; pass++)
			pair_pass(pairing, inner, pass);
}

/* ---- order ---- */

/* Marks the rules that stayed: the longest run of partners in the same order. */
static void mark_kept(const size_t *partners, const size_t *rules, size_t count, bool *kept)
{
	size_t *length = memory_get((count + 1) * sizeof *length), *before = memory_get((count + 1) * sizeof *before);
	size_t best = NO_PARTNER;

	for (size_t i = 0; i < count; i++) {
		size_t partner = partners[rules[i]];

		before[i] = NO_PARTNER;
		for (size_t j = 0; j < i; j++)
			if (partners[rules[j]] < partner && length[j] > length[i]) {
				length[i] = length[j];
				before[i] = j;
			}
		length[i]++;
		if (best == NO_PARTNER || length[i] > length[best])
			best = i;
	}
	for (; best != NO_PARTNER; best = before[best])
		kept[rules[best]] = true;
	free(length);
	free(before);
}

/* Rules that have an order among each other: of one section, or inside one rule. */
static bool are_siblings(const struct diff *diff, size_t one, size_t other)
{
	const struct svc_policy_rule *rules = diff->rules[1];

	return same(rules[one].section, rules[other].section) &&
	       (!is_inner(&rules[one]) || diff_outer(diff, 1, one) == diff_outer(diff, 1, other));
}

static void mark_all(const struct pairing *pairing, bool *kept)
{
	const size_t *partners = pairing->partners[1];
	size_t count = pairing->diff->rule_counts[1], found;
	size_t *siblings = memory_get((count + 1) * sizeof *siblings);
	bool *seen = memory_get(count + 1);

	for (size_t first = 0; first < count; first++) {
		found = 0;
		for (size_t n = first; n < count && !seen[first]; n++)
			if (!seen[n] && are_siblings(pairing->diff, first, n)) {
				seen[n] = n > first;
				if (partners[n] != NO_PARTNER)
					siblings[found++] = n;
			}
		mark_kept(partners, siblings, found, kept);
	}
	free(siblings);
	free(seen);
}

/* ---- changes ---- */

static void add_rule(struct diff *diff, enum svc_change_kind kind, size_t place, const struct svc_policy_rule *old,
		     const struct svc_policy_rule *new)
{
	struct found_change *found = diff_add(diff, kind, place);

	found->change.old_rule = old;
	found->change.new_rule = new;
}

static void add_pair(struct diff *diff, size_t o, size_t n, bool kept)
{
	const struct svc_policy_rule *old = &diff->rules[0][o], *new = &diff->rules[1][n];

	if (!same(old->tree, new->tree))
		add_rule(diff, SVC_CHANGE_RULE, n, old, new);
	else if (!kept)
		add_rule(diff, SVC_CHANGE_MOVED, n, old, new);
	else if (!same(old->clause, new->clause) || !same(old->text, new->text))
		add_rule(diff, SVC_CHANGE_WORDING, n, old, new);
}

static void add_changes(const struct pairing *pairing, const bool *kept)
{
	struct diff *diff = pairing->diff;
	size_t after = 0;

	for (size_t n = 0; n < diff->rule_counts[1]; n++)
		if (pairing->partners[1][n] == NO_PARTNER)
			add_rule(diff, SVC_CHANGE_ADDED, n, NULL, &diff->rules[1][n]);
		else
			add_pair(diff, pairing->partners[1][n], n, kept[n]);
	for (size_t o = 0; o < diff->rule_counts[0]; o++)
		if (pairing->partners[0][o] != NO_PARTNER)
			after = pairing->partners[0][o];
		else
			add_rule(diff, SVC_CHANGE_GONE, after, &diff->rules[0][o], NULL);
}

static int diff_rules(struct diff *diff, struct svc_error *err)
{
	struct pairing pairing = {.diff = diff};
	int status = take_rules(diff, 0, err);
	bool *kept;

	if (!status)
		status = take_rules(diff, 1, err);
	if (status)
		return status;
	for (int side = 0; side < 2; side++) {
		pairing.partners[side] = arena_alloc(diff->memory, (diff->rule_counts[side] + 1) * sizeof(size_t));
		for (size_t i = 0; i < diff->rule_counts[side]; i++)
			pairing.partners[side][i] = NO_PARTNER;
	}
	kept = arena_alloc(diff->memory, diff->rule_counts[1] + 1);
	pair(&pairing);
	mark_all(&pairing, kept);
	add_changes(&pairing, kept);
	return SVC_OK;
}

static int by_place(const void *a, const void *b)
{
	const struct found_change *one = a, *other = b;
	bool gone = one->change.kind == SVC_CHANGE_GONE, other_gone = other->change.kind == SVC_CHANGE_GONE;

	if (one->place != other->place)
		return one->place < other->place ? -1 : 1;
	if (gone && other_gone)
		return one->change.old_rule < other->change.old_rule ? -1 : 1;
	return gone - other_gone;
}

static int tell(const struct diff *diff, svc_change_seen seen, void *context)
{
	int status = SVC_OK;

	for (size_t i = 0; i < diff->count && !status; i++) {
		struct found_change *found = &diff->changes[i];

		diff->counts->added += found->change.kind == SVC_CHANGE_ADDED;
		diff->counts->gone += found->change.kind == SVC_CHANGE_GONE;
		diff->counts->changed += found->change.kind == SVC_CHANGE_RULE ||
					 found->change.kind == SVC_CHANGE_MOVED;
		found->change.shown = found->rank ? &found->shown : NULL;
		status = seen(context, &found->change);
	}
	return status;
}

int svc_policy_diff(const struct svc_policy *old, const struct svc_policy *new, unsigned asks, svc_change_seen seen,
		    void *context, struct svc_diff_counts *counts, struct svc_error *err)
{
	struct arena memory = {0};
	struct diff diff = {.old = old, .new = new, .memory = &memory, .counts = counts};
	int status = diff_rules(&diff, err);

	*counts = (struct svc_diff_counts){0};
	if (!status && diff.count)
		qsort(diff.changes, diff.count, sizeof *diff.changes, by_place);
	if (!status)
		status = diff_names(&diff, err);
	if (!status && diff.count)
		status = diff_cases(&diff, asks, err);
	if (!status)
		status = tell(&diff, seen, context);
	diff_release_cases(&diff);
	free(diff.changes);
	arena_release(&memory);
	return status;
}
