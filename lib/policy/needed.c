/* Deciding with facts that are not known (contract: "Needed").
   A pass that meets an unknown fact is run again with each value that the pack can tell apart. What all these answers
   agree on is the answer; a fact is missing when two of its values lead to answers that differ. */
#include "decide.h"

#include <string.h>

#define LEAVES_MAX 4096 /* beyond this every fact that was met is called missing */
#define DEPTH_MAX 24

/* One fact that was tried, and with which of its values. */
struct trial {
	uint16_t fact;
	uint32_t value;
};

/* One way the unknown facts could be, and the answer to it. */
struct leaf {
	struct trial trail[DEPTH_MAX];
	size_t depth;
	struct svc_answer answer;
};

struct asker {
	const struct svc_policy *policy;
	const struct pack_head *head;
	decider decide;
	struct fact_value *values;
	struct arena *memory;
	struct svc_error *err;
	struct leaf **leaves;
	size_t leaf_count;
	uint16_t met[DEPTH_MAX * 4]; /* facts that were tried, in the order met */
	pack_ref asking[DEPTH_MAX * 4];
	size_t met_count;
	bool overflow;
	int fault;
};

/* ---- comparing answers: the fields that count, and the lists that count ---- */

#define SCALAR(field, unset)                                                                                           \
	{                                                                                                              \
		offsetof(struct svc_answer, field), sizeof((struct svc_answer *)0)->field, unset                       \
	}
#define LIST(list, count)                                                                                              \
	{                                                                                                              \
		offsetof(struct svc_answer, list), offsetof(struct svc_answer, count),                                 \
			sizeof *((struct svc_answer *)0)->list                                                         \
	}

static const struct {
	size_t at, size;
	int64_t unset;
} scalars[] = {SCALAR(verdict, SVC_VERDICT_INCOMPLETE),
	       SCALAR(remedy, 0),
	       SCALAR(starts, SVC_DATE_NONE),
	       SCALAR(ends, SVC_DATE_NONE),
	       SCALAR(deadline, SVC_DATE_NONE),
	       SCALAR(has_days_left, 0),
	       SCALAR(days_left, 0),
	       SCALAR(labor, 0),
	       SCALAR(parts, 0),
	       SCALAR(freight_in, 0),
	       SCALAR(freight_out, 0),
	       SCALAR(payer, 0),
	       SCALAR(basis, 0),
	       SCALAR(total, SVC_MONEY_NONE),
	       SCALAR(service_class, 0),
	       SCALAR(price_difference, 0),
	       SCALAR(labor_share, 0),
	       SCALAR(parts_share, 0),
	       SCALAR(travel_share, 0)};
static const struct {
	size_t at, count, size;
} lists[] = {LIST(missing, missing_count), LIST(requires, require_count), LIST(entitled, entitled_count),
	     LIST(lines, line_count), LIST(deductions, deduction_count)};

#define FIELD(answer, offset, type) ((type *)((char *)(answer) + (offset)))

static bool same_list(const struct svc_answer *a, const struct svc_answer *b, size_t i)
{
	size_t count = *FIELD(a, lists[i].count, size_t);

	if (count != *FIELD(b, lists[i].count, size_t))
		return false;
	return !count || !memcmp(*FIELD(a, lists[i].at, void *), *FIELD(b, lists[i].at, void *), count * lists[i].size);
}

static bool same_answer(const struct svc_answer *a, const struct svc_answer *b)
{
	for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
		if (memcmp(FIELD(a, scalars[i].at, char), FIELD(b, scalars[i].at, char), scalars[i].size))
			return false;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (!same_list(a, b, i))
			return false;
	return true;
}

static void unset_scalar(struct svc_answer *answer, size_t i)
{
	char *field = FIELD(answer, scalars[i].at, char);

	if (scalars[i].size > sizeof scalars[i].unset)
		memset(field, 0, scalars[i].size);
	else
		memcpy(field, &scalars[i].unset, scalars[i].size); /* little-endian: the low bytes of the value */
}

/* Leaves in `into` only what both say. True when nothing was taken away. */
static bool keep_common(struct svc_answer *into, const struct svc_answer *other)
{
	bool all = true;

	for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
		if (memcmp(FIELD(into, scalars[i].at, char), FIELD(other, scalars[i].at, char), scalars[i].size)) {
			unset_scalar(into, i);
			all = false;
		}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (!same_list(into, other, i)) {
			*FIELD(into, lists[i].count, size_t) = 0;
			all = false;
		}
	return all;
}

/* ---- trying ---- */

static void empty_answer(struct svc_answer *answer)
{
	memset(answer, 0, sizeof *answer);
	answer->starts = answer->ends = answer->deadline = SVC_DATE_NONE;
	answer->total = SVC_MONEY_NONE;
}

static void remember(struct asker *asker, uint16_t fact, pack_ref clause)
{
	for (size_t i = 0; i < asker->met_count; i++)
		if (asker->met[i] == fact)
			return;
	if (asker->met_count == sizeof asker->met / sizeof *asker->met)
		return;
	asker->met[asker->met_count] = fact;
	asker->asking[asker->met_count++] = clause;
}

static void name_missing(struct svc_answer *answer, struct arena *memory, const char *name)
{
	size_t count = answer->missing_count;

	for (size_t i = 0; i < count; i++)
		if (!strcmp(answer->missing[i], name))
			return;
	answer->missing = list_add(memory, answer->missing, &answer->missing_count, sizeof *answer->missing);
	answer->missing[count] = name;
}

/* A pass that can't go on, because nothing can be tried in the place of what it lacks (dates, money, settings). */
static void give_up(struct pass *pass)
{
	struct svc_answer *answer = pass->answer;
	const uint16_t *anchor = pack_at(pass->head, pass->anchors.at);

	answer->verdict = SVC_VERDICT_INCOMPLETE;
	if (pass->asking)
		cite(pass, pass->asking);
	if (!pass->anchors.count)
		name_missing(answer, pass->memory, pack_text(pass->head, fact_of(pass->head, pass->blocked)->name));
	for (uint32_t i = 0; i < pass->anchors.count; i++)
		if (fact_of(pass->head, anchor[i])->absent != ABSENT_NEVER)
			name_missing(answer, pass->memory, pack_text(pass->head, fact_of(pass->head, anchor[i])->name));
}

static void add_leaf(struct asker *asker, const struct trial *trail, size_t depth, const struct svc_answer *answer)
{
	size_t at = asker->leaf_count;
	struct leaf *leaf = arena_alloc(asker->memory, sizeof *leaf);

	if (depth)
		memcpy(leaf->trail, trail, depth * sizeof *trail);
	leaf->depth = depth;
	leaf->answer = *answer;
	asker->leaves = list_add(asker->memory, asker->leaves, &asker->leaf_count, sizeof *asker->leaves);
	asker->leaves[at] = leaf;
}

/* What a value of fault says of the cause, and the other way round (contract: "Not given means"). */
static void imply(const struct pack_head *head, struct fact_value *values)
{
	static const struct {
		uint16_t from, to;
		const char *said, *meant;
	} rules[] = {{F_FAULT, F_CAUSE, "quality", "defect"},
		     {F_FAULT, F_CAUSE, "none", "none"},
		     {F_CAUSE, F_FAULT, "defect", "quality"}};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		const struct fact_value *from = &values[rules[i].from];

		if (!from->known || values[rules[i].to].known ||
		    from->number != word_find(head, fact_of(head, rules[i].from), rules[i].said))
			continue;
		values[rules[i].to].known = true;
		values[rules[i].to].number = word_find(head, fact_of(head, rules[i].to), rules[i].meant);
	}
}

static void explore(struct asker *asker, struct trial *trail, size_t depth);

static void try_values(struct asker *asker, const struct pack_fact *fact, uint16_t number, struct trial *trail,
		       size_t depth)
{
	const int64_t *trial = pack_at(asker->head, fact->trials.at);
	struct fact_value fault = asker->values[F_FAULT], cause = asker->values[F_CAUSE];

	for (uint32_t i = 0; i < fact->trials.count && !asker->fault; i++) {
		asker->values[number].known = true;
		asker->values[number].number = trial[i];
		if (number == F_FAULT || number == F_CAUSE)
			imply(asker->head, asker->values);
		trail[depth] = (struct trial){number, i};
		explore(asker, trail, depth + 1);
		asker->values[number].known = false;
		asker->values[F_FAULT] = fault;
		asker->values[F_CAUSE] = cause;
	}
}

static void explore(struct asker *asker, struct trial *trail, size_t depth)
{
	struct svc_answer answer;
	struct pass pass = {.policy = asker->policy,
			    .head = asker->head,
			    .values = asker->values,
			    .answer = &answer,
			    .memory = asker->memory,
			    .err = asker->err};
	const struct pack_fact *fact;

	if (asker->leaf_count >= LEAVES_MAX) {
		asker->overflow = true;
		return;
	}
	empty_answer(&answer);
	asker->decide(&pass);
	if (pass.fault) {
		asker->fault = pass.fault;
		return;
	}
	fact = pass.blocked ? fact_of(asker->head, pass.blocked) : NULL;
	if (fact && fact->trials.count && !fact->setting && depth < DEPTH_MAX) {
		remember(asker, pass.blocked, pass.asking);
		try_values(asker, fact, pass.blocked, trail, depth);
		return;
	}
	if (fact)
		give_up(&pass);
	add_leaf(asker, trail, depth, &answer);
}

/* ---- concluding ---- */

static bool compatible(const struct leaf *leaf, uint16_t fact, uint32_t value)
{
	for (size_t i = 0; i < leaf->depth; i++)
		if (leaf->trail[i].fact == fact)
			return leaf->trail[i].value == value;
	return true;
}

/* What is sure when the fact has this value. False: no leaf has it. */
static bool answer_given(const struct asker *asker, uint16_t fact, uint32_t value, struct svc_answer *out)
{
	bool some = false;

	for (size_t i = 0; i < asker->leaf_count; i++) {
		if (!compatible(asker->leaves[i], fact, value))
			continue;
		if (some)
			keep_common(out, &asker->leaves[i]->answer);
		else
			*out = asker->leaves[i]->answer;
		some = true;
	}
	return some;
}

static bool is_needed(const struct asker *asker, uint16_t fact)
{
	uint32_t count = fact_of(asker->head, fact)->trials.count;
	struct svc_answer first, other;
	bool some = false;

	for (uint32_t i = 0; i < count; i++) {
		if (!answer_given(asker, fact, i, some ? &other : &first))
			continue;
		if (some && !same_answer(&first, &other))
			return true;
		some = true;
	}
	return false;
}

/* Clauses that asked for what is missing come first, then those of every leaf. */
static void gather_clauses(struct asker *asker, struct svc_answer *answer)
{
	struct pass pass = {.head = asker->head, .answer = answer, .memory = asker->memory};

	answer->clauses = NULL;
	answer->clause_count = 0;
	for (size_t i = 0; i < asker->met_count; i++)
		for (size_t m = 0; m < answer->missing_count && asker->asking[i]; m++)
			if (!strcmp(answer->missing[m],
				    pack_text(asker->head, fact_of(asker->head, asker->met[i])->name)))
				cite(&pass, asker->asking[i]);
	for (size_t i = 0; i < asker->leaf_count; i++)
		if (asker->leaves[i]->answer.verdict == SVC_VERDICT_INCOMPLETE)
			for (size_t c = 0; c < asker->leaves[i]->answer.clause_count; c++)
				cite(&pass,
				     (pack_ref)(asker->leaves[i]->answer.clauses[c] - (const char *)asker->head));
}

static void name_needed(struct asker *asker, struct svc_answer *answer)
{
	answer->missing = NULL;
	answer->missing_count = 0;
	for (size_t i = 0; i < asker->met_count; i++)
		if (asker->overflow || is_needed(asker, asker->met[i]))
			name_missing(answer, asker->memory,
				     pack_text(asker->head, fact_of(asker->head, asker->met[i])->name));
	for (size_t i = 0; i < asker->leaf_count; i++)
		for (size_t m = 0; m < asker->leaves[i]->answer.missing_count; m++)
			name_missing(answer, asker->memory, asker->leaves[i]->answer.missing[m]);
	if (answer->missing_count)
		return;
	for (size_t i = 0; i < asker->met_count; i++) /* they matter together, none of them alone */
		name_missing(answer, asker->memory, pack_text(asker->head, fact_of(asker->head, asker->met[i])->name));
}

static void conclude(struct asker *asker, struct svc_answer *answer)
{
	bool agreed = true, expired = true;

	*answer = asker->leaves[0]->answer;
	for (size_t i = 0; i < asker->leaf_count; i++) {
		agreed = keep_common(answer, &asker->leaves[i]->answer) && agreed;
		expired = expired && asker->leaves[i]->answer.verdict == SVC_EXPIRED;
	}
	if (agreed && answer->verdict != SVC_VERDICT_INCOMPLETE && !asker->overflow)
		return;
	if (expired && !asker->overflow) /* a term that is over is expired whatever the cause */
		return;
	answer->verdict = SVC_VERDICT_INCOMPLETE;
	name_needed(asker, answer);
	gather_clauses(asker, answer);
}

int decide_needed(const struct svc_policy *policy, decider decide, struct fact_value *values, struct svc_answer *answer,
		  struct arena *memory, struct svc_error *err)
{
	struct asker asker = {.policy = policy,
			      .head = policy->head,
			      .decide = decide,
			      .values = values,
			      .memory = memory,
			      .err = err};
	struct trial trail[DEPTH_MAX];

	imply(policy->head, values);
	explore(&asker, trail, 0);
	if (asker.fault)
		return asker.fault;
	conclude(&asker, answer);
	return SVC_OK;
}
