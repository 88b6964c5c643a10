/* Limits that several rules of one section set, each its own. */
#include "limits.h"

#include "base/error.h"

struct svc_moment *limit_at(struct pass *pass, const struct limit *limit)
{
	return (struct svc_moment *)((char *)pass->answer + limit->at);
}

bool moment_later(const struct pass *pass, struct svc_moment one, struct svc_moment other)
{
	if (one.kind == SVC_MOMENT_TIME && other.kind == SVC_MOMENT_TIME)
		return one.at > other.at;
	return moment_day(pass, one) > moment_day(pass, other);
}

static bool twice(struct pass *pass, const struct entry *first, const struct entry *second)
{
	pass->fault = error_set(pass->err, SVC_BAD_INPUT,
				_("rules %s and %s set the same limit, and the section has no order"),
				pack_text(pass->head, first->rule.clause), pack_text(pass->head, second->rule.clause));
	return false;
}

/* One limit of one rule. False: the pass stopped. */
static bool set_limit(struct pass *pass, struct limits *limits, size_t i, const struct entry *entry, bool order)
{
	const struct limit *limit = &limits->rows[i];
	struct svc_moment moment;

	if (limits->setter[i] && !order)
		return twice(pass, limits->setter[i], entry);
	if (limits->setter[i])
		return true;
	limits->setter[i] = entry;
	if (moment_said(pass, entry, limit->saying, &moment) == INSTANT_KNOWN)
		*limit_at(pass, limit) = moment;
	return !stopped(pass) || set_aside(pass);
}

static bool take(struct pass *pass, struct limits *limits, const struct entry *entry, bool order)
{
	size_t at = limits->matching_count, said = 0, set = 0;

	for (size_t i = 0; i < limits->count; i++) {
		if (!said_of(pass, entry, limits->rows[i].saying))
			continue;
		if (!set_limit(pass, limits, i, entry, order))
			return false;
		said++;
		set += limits->setter[i] == entry;
	}
	if (said && !set)
		return true;
	limits->matching = list_add(pass->memory, limits->matching, &limits->matching_count, sizeof *limits->matching);
	limits->matching[at] = entry;
	return true;
}

bool gather_limits(struct pass *pass, enum entry_list list, enum pack_section section, struct limits *limits)
{
	struct pack_list entries = entries_of(pass, list);
	bool order = has_order(pass, section);

	for (uint32_t i = 0; i < entries.count;) {
		const struct entry *entry = entry_next(pass, entries, &i, GROUP_ANY);

		if (entry && !take(pass, limits, entry, order))
			return false;
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return true;
}

void cite_limits(struct pass *pass, const struct limits *limits, const struct entry *deciding)
{
	if (deciding)
		cite_rule(pass, &deciding->rule);
	for (size_t i = 0; i < limits->matching_count; i++)
		cite_rule(pass, &limits->matching[i]->rule);
}
