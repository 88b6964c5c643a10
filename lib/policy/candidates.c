/* Whom to send: the candidates who can keep the appointment, in the order that the policy prefers. */
#include "dispatch.h"
#include "trace.h"

#include "base/strbuf.h"

#include <string.h>

/* Everything here is better the smaller it is. */
struct candidate {
	const char *id;
	int64_t skills; /* a set */
	int64_t lacking; /* how many of the skills needed */
	int64_t free_at, open_jobs;
};

static int64_t skills_of(const struct pass *pass, const struct node *list)
{
	const struct pack_fact *skills = fact_of(pass->head, F_SKILLS);
	int64_t mask = 0;

	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->count; i++) {
		int word = list->items[i]->kind == NODE_SCALAR ? word_find(pass->head, skills, list->items[i]->text)
							       : WORD_UNLISTED;

		mask |= word >= 0 ? INT64_C(1) << word : 0;
	}
	return mask;
}

/* False: the pass stopped, at something that is no time or no number. */
static bool read_candidate(struct pass *pass, const struct node *node, struct candidate *out)
{
	const struct node *id = node_get(node, "id"), *free_at = node_get(node, "free_at");
	const struct node *open_jobs = node_get(node, "open_jobs");
	const struct fact_value *needs = value_of(pass, F_NEEDS);
	struct svc_moment moment;

	memset(out, 0, sizeof *out);
	out->id = id && id->kind == NODE_SCALAR ? arena_strdup(pass->memory, id->text) : "";
	out->skills = skills_of(pass, node_get(node, "skills"));
	out->lacking = needs->known ? __builtin_popcountll((uint64_t)(needs->number & ~out->skills)) : 0;
	out->free_at = INT64_MIN;
	if (free_at && !tree_moment(pass, free_at, "candidates", &moment))
		return false;
	if (free_at)
		out->free_at = moment_first(pass, moment);
	return !open_jobs || tree_number(pass, open_jobs, "candidates", &out->open_jobs);
}

/* Whether the first is to be preferred. `order`: texts, ids of what counts. */
static bool better(const struct pass *pass, struct pack_list order, const struct candidate *one,
		   const struct candidate *other)
{
	const struct {
		const char *name;
		int64_t one, other;
	} keys[] = {{"skills", one->lacking, other->lacking},
		    {"free_at", one->free_at, other->free_at},
		    {"open_jobs", one->open_jobs, other->open_jobs}};

	for (uint32_t i = 0; i < order.count; i++) {
		const char *name = pack_text(pass->head, *PACK_ITEM(pass->head, order, pack_ref, i));

		if (!strcmp(name, "id") && strcmp(one->id, other->id) != 0)
			return strcmp(one->id, other->id) < 0;
		for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
			if (!strcmp(keys[k].name, name) && keys[k].one != keys[k].other)
				return keys[k].one < keys[k].other;
	}
	return false;
}

/* The facts as they are when this candidate goes. */
static void with_candidate(struct pass *pass, const struct candidate *candidate)
{
	size_t size = pass->head->facts.count * sizeof *pass->values;
	struct fact_value *values = arena_alloc(pass->memory, size);

	memcpy(values, pass->values, size);
	values[F_SKILLS] = (struct fact_value){.known = true, .given = true, .number = candidate->skills};
	if (candidate->free_at != INT64_MIN &&
	    (!values[F_DEPART].known || values[F_DEPART].number < candidate->free_at))
		values[F_DEPART] = (struct fact_value){.known = true, .given = true, .number = candidate->free_at};
	pass->values = values;
}

static const char *skills_text(struct pass *pass, int64_t skills)
{
	const struct fact_value value = {.known = true, .number = skills};
	struct strbuf text = {0};
	const char *kept;

	value_format(pass->policy, fact_of(pass->head, F_SKILLS), &value, &text);
	kept = arena_strdup(pass->memory, text.text ? text.text : "");
	strbuf_release(&text);
	return kept;
}

/* What he is compared by. */
static void tell_candidate(struct pass *pass, const struct candidate *candidate)
{
	const struct rule *rule = visit_rule(pass);
	char text[40];

	trace_value(pass, rule, "skills", skills_text(pass, candidate->skills));
	svc_number_format(candidate->open_jobs, text);
	trace_value(pass, rule, "open_jobs", arena_strdup(pass->memory, text));
	if (candidate->free_at == INT64_MIN)
		return;
	svc_time_format(candidate->free_at, pass->policy->zone, text);
	trace_value(pass, rule, "free_at", arena_strdup(pass->memory, text));
}

/* Whether he can be sent and comes in time. False also when the pass stopped. */
static bool eligible(struct pass *pass, const struct candidate *candidate)
{
	struct svc_answer scratch = {0};
	struct pass inner = *pass;
	struct visit visit;
	bool sent;

	inner.answer = &scratch;
	with_candidate(&inner, candidate);
	visit = visit_of(&inner);
	sent = may_be_sent(&inner);
	if (pass->trace)
		tell_arrival(&inner, &visit);
	if (inner.fault || inner.blocked) {
		pass->fault = inner.fault;
		halt_at(pass, halt_of(&inner));
		return false;
	}
	return sent && !too_late(&visit);
}

void choose_candidate(struct pass *pass)
{
	const struct node *list = value_of(pass, F_CANDIDATES)->tree;
	struct pack_list chooses = entries_of(pass, ENTRIES_DISPATCH_CHOOSE), order = {0};
	struct candidate best = {0}, one;
	bool some = false, can = false;

	if (chooses.count)
		order = said_of(pass, PACK_ITEM(pass->head, chooses, struct entry, 0), SAY_CHOOSE)->at;
	for (size_t i = 0; list->kind == NODE_LIST && i < list->count; i++) {
		bool is_eligible;

		if (!read_candidate(pass, list->items[i], &one))
			return;
		trace_about(pass, one.id);
		if (pass->trace)
			tell_candidate(pass, &one);
		is_eligible = eligible(pass, &one);
		trace_about(pass, NULL);
		if (stopped(pass))
			return;
		if (!some || is_eligible > can || (is_eligible == can && better(pass, order, &one, &best)))
			best = one;
		can = can || is_eligible;
		some = true;
	}
	if (!some)
		return;
	with_candidate(pass, &best);
	if (can)
		pass->answer->by = best.id;
}
