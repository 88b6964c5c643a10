/* Deciding with facts that are not known (contract: "Needed").
   A pass that meets an unknown fact is run again with each value that the pack can tell apart. What all these answers
   agree on is the answer; a fact is missing when two of its values, with all else as given, lead to answers that differ. */
#include "decide.h"

#include <string.h>

#define PASSES_MAX 20000 /* beyond this every fact that was met is called missing */
#define MET_MAX 64

/* A fact that was tried, and the rule that asked for it. */
struct met {
	uint16_t fact;
	const struct rule *asking;
};

/* One exploration: every way the unknown facts could be, folded into what is common to all. */
struct asker {
	const struct svc_policy *policy;
	const struct pack_head *head;
	enum svc_ask ask;
	struct fact_value *values;
	struct arena *memory;
	struct workroom *room;
	struct svc_error *err;
	struct svc_answer common; /* what all passes agree on, and the clauses of the first */
	struct svc_answer cited; /* the clauses that all passes name */
	struct svc_answer stuck; /* missing and clauses of passes that nothing could be tried for */
	bool some, agreed, expired, gave_up;
	struct met met[MET_MAX]; /* in the order met */
	size_t met_count;
	int *passes; /* left, for all explorations of one question */
	int fault;
};

/* ---- trying ---- */

static const char *name_of(const struct pack_head *head, uint16_t fact)
{
	return pack_text(head, fact_of(head, fact)->name);
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

static void remember(struct asker *asker, uint16_t fact, const struct rule *asking)
{
	for (size_t i = 0; i < asker->met_count; i++)
		if (asker->met[i].fact == fact)
			return;
	if (asker->met_count < MET_MAX)
		asker->met[asker->met_count++] = (struct met){fact, asking};
}

/* A pass that can't go on, because nothing can be tried in the place of what it lacks (dates, money, settings). */
static void give_up(struct asker *asker, struct pass *pass)
{
	const uint16_t *anchor = pack_at(pass->head, pass->anchors.at);
	struct pass stuck = {
		.head = asker->head, .values = asker->values, .answer = &asker->stuck, .memory = asker->memory};

	asker->gave_up = true;
	pass->answer->verdict = SVC_VERDICT_INCOMPLETE;
	if (pass->asking)
		cite_rule(&stuck, pass->asking);
	if (pass->uncovered)
		name_missing(&asker->stuck, asker->memory, arena_strdup(asker->memory, pass->uncovered));
	else if (!pass->anchors.count)
		name_missing(&asker->stuck, asker->memory, name_of(pass->head, pass->blocked));
	for (uint32_t i = 0; !pass->uncovered && i < pass->anchors.count; i++)
		if (fact_of(pass->head, anchor[i])->absent != ABSENT_NEVER)
			name_missing(&asker->stuck, asker->memory, name_of(pass->head, anchor[i]));
	if (pass->anchors.count && pass->beside)
		name_missing(&asker->stuck, asker->memory, name_of(pass->head, pass->beside));
}

static void copy_clauses(struct asker *asker, const struct svc_answer *answer)
{
	size_t size = answer->clause_count * sizeof *answer->clauses;

	asker->cited = *answer;
	asker->cited.clauses = arena_alloc(asker->memory, size + 1);
	if (size)
		memcpy(asker->cited.clauses, answer->clauses, size);
}

/* The first answer lends its lists to what is common; they are cut in place. */
static void fold(struct asker *asker, const struct svc_answer *answer)
{
	asker->expired = asker->expired && answer->verdict == SVC_EXPIRED;
	if (asker->some) {
		asker->agreed = answer_keep(&asker->common, answer) && asker->agreed;
		answer_keep_clauses(&asker->cited, answer);
	} else {
		asker->common = *answer;
		copy_clauses(asker, answer);
	}
	asker->some = true;
}

void imply(struct fact_value *values)
{
	static const struct {
		uint16_t from, to;
		int said, meant;
	} rules[] = {{F_FAULT, F_CAUSE, WORD_FAULT_QUALITY, WORD_CAUSE_DEFECT},
		     {F_FAULT, F_CAUSE, WORD_FAULT_NONE, WORD_CAUSE_NONE},
		     {F_CAUSE, F_FAULT, WORD_CAUSE_DEFECT, WORD_FAULT_QUALITY}};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		const struct fact_value *from = &values[rules[i].from];

		if (!from->known || values[rules[i].to].known || from->number != rules[i].said)
			continue;
		values[rules[i].to].known = true;
		values[rules[i].to].number = rules[i].meant;
	}
}

static void explore(struct asker *asker);

/* What giving a fact this value changes, so that it can be taken back. */
struct taken_back {
	struct fact_value fact, fault, cause;
};

static struct taken_back give(struct asker *asker, uint16_t fact, int64_t value)
{
	struct taken_back before = {asker->values[fact], asker->values[F_FAULT], asker->values[F_CAUSE]};

	asker->values[fact].known = true;
	asker->values[fact].number = value;
	imply(asker->values);
	return before;
}

static void take_back(struct asker *asker, uint16_t fact, const struct taken_back *before)
{
	asker->values[F_FAULT] = before->fault;
	asker->values[F_CAUSE] = before->cause;
	asker->values[fact] = before->fact;
}

static void try_values(struct asker *asker, uint16_t fact)
{
	const struct pack_list trials = fact_of(asker->head, fact)->trials;

	for (uint32_t i = 0; i < trials.count && !asker->fault; i++) {
		struct taken_back before = give(asker, fact, *PACK_ITEM(asker->head, trials, int64_t, i));

		explore(asker);
		take_back(asker, fact, &before);
	}
}

static void explore(struct asker *asker)
{
	struct svc_answer answer;
	struct pass pass = {.policy = asker->policy,
			    .head = asker->head,
			    .values = asker->values,
			    .answer = &answer,
			    .memory = asker->some ? &asker->room->tries : asker->memory,
			    .err = asker->err};

	if (--*asker->passes < 0)
		return;
	answer_empty(&answer, asker->ask);
	decider_of(asker->ask)(&pass);
	asker->fault = pass.fault;
	if (pass.fault)
		return;
	if (can_try(&pass)) {
		remember(asker, pass.blocked, pass.asking);
		try_values(asker, pass.blocked);
		return;
	}
	if (pass.blocked)
		give_up(asker, &pass);
	fold(asker, &answer);
	arena_reset(&asker->room->tries);
}

/* ---- concluding ---- */

/* An exploration with the same facts, for one of them given a value. */
static void sure_with(const struct asker *asker, uint16_t fact, int64_t value, struct svc_answer *out)
{
	struct asker inner = *asker;
	struct taken_back before;

	inner.some = inner.gave_up = false;
	inner.met_count = 0;
	memset(&inner.stuck, 0, sizeof inner.stuck);
	before = give(&inner, fact, value);
	explore(&inner);
	take_back(&inner, fact, &before);
	*out = inner.common;
	if (inner.gave_up)
		out->verdict = SVC_VERDICT_INCOMPLETE;
}

static bool is_needed(struct asker asker, uint16_t fact)
{
	const struct pack_list trials = fact_of(asker.head, fact)->trials;
	struct svc_answer first, other;
	bool needed = false;

	asker.memory = &asker.room->needed;
	arena_reset(asker.memory);
	for (uint32_t i = 0; i < trials.count && !needed; i++) {
		sure_with(&asker, fact, *PACK_ITEM(asker.head, trials, int64_t, i), i ? &other : &first);
		needed = *asker.passes < 0 || (i && !answer_same(&first, &other));
	}
	return needed;
}

/* Names the facts that are needed, with the clauses that asked for them, besides what the answer lacks whatever they are. */
static void name_needed(struct asker *asker, struct svc_answer *answer)
{
	struct pass pass = {.head = asker->head, .values = asker->values, .answer = answer, .memory = asker->memory};
	bool alone = asker->met_count == 1 && !asker->stuck.missing_count, some = asker->stuck.missing_count > 0;

	answer->clause_count = 0;
	for (int any = 0; any < 2 && !(any && some); any++) { /* none alone: they matter together */
		for (size_t i = 0; i < asker->met_count; i++) {
			if (!alone && !any && !is_needed(*asker, asker->met[i].fact))
				continue;
			some = true;
			name_missing(answer, asker->memory, name_of(asker->head, asker->met[i].fact));
			if (asker->met[i].asking)
				cite_rule(&pass, asker->met[i].asking);
		}
		for (size_t i = 0; i < asker->stuck.missing_count; i++)
			name_missing(answer, asker->memory, asker->stuck.missing[i]);
	}
	for (size_t i = 0; i < asker->stuck.clause_count; i++)
		cite(&pass, (pack_ref)(asker->stuck.clauses[i] - (const char *)asker->head));
	for (size_t i = 0; i < answer->window_count; i++)
		cite(&pass, (pack_ref)(answer->windows[i].clause - (const char *)asker->head));
	for (size_t i = 0; i < asker->cited.clause_count; i++)
		cite(&pass, (pack_ref)(asker->cited.clauses[i] - (const char *)asker->head));
}

/* The answer when nothing that matters is unknown. False: something is. */
static bool decide_known(const struct svc_policy *policy, enum svc_ask ask, struct fact_value *values,
			 struct svc_answer *answer, struct arena *memory, struct svc_error *err, int *status)
{
	struct pass pass = {.policy = policy,
			    .head = policy->head,
			    .values = values,
			    .answer = answer,
			    .memory = memory,
			    .err = err};

	answer_empty(answer, ask);
	decider_of(ask)(&pass);
	*status = pass.fault;
	return pass.fault || !pass.blocked;
}

static int decide_trying(struct asker *asker, struct svc_answer *answer)
{
	bool complete;

	explore(asker);
	if (asker->fault)
		return asker->fault;
	*answer = asker->common;
	complete = asker->agreed && !asker->gave_up && *asker->passes >= 0;
	if (complete || (asker->expired && *asker->passes >= 0)) /* a term that is over is expired whatever the cause */
		return SVC_OK;
	answer->verdict = SVC_VERDICT_INCOMPLETE;
	name_needed(asker, answer);
	return SVC_OK;
}

int decide_needed(const struct svc_policy *policy, enum svc_ask ask, struct fact_value *values,
		  struct svc_answer *answer, struct workroom *room, struct svc_error *err)
{
	int passes = PASSES_MAX, status;

	imply(values);
	if (decide_known(policy, ask, values, answer, &room->kept, err, &status))
		return status;
	arena_reset(&room->tries);
	return decide_trying(&(struct asker){.policy = policy,
					     .head = policy->head,
					     .ask = ask,
					     .values = values,
					     .memory = &room->kept,
					     .room = room,
					     .err = err,
					     .agreed = true,
					     .expired = true,
					     .passes = &passes},
			     answer);
}

void workroom_release(struct workroom *room)
{
	arena_release(&room->kept);
	arena_release(&room->tries);
	arena_release(&room->needed);
}
