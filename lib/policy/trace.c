/* Writing down what a pass tries: of each rule only the facts that settle it, so that it can be read out to a customer. */
#include "trace.h"

#include "base/strbuf.h"

#include <string.h>

#define ROUNDS_MAX 64 /* facts that are assumed because they change nothing */

struct trace {
	struct svc_answer *answer; /* the one that is explained: `tried` is filled */
	struct arena *memory;
	const struct fact_value *told; /* what was known before anything was assumed */
	const struct rule **rules; /* of each step */
	size_t rule_count;
	bool beside; /* what is tried now is not what was asked for */
	const char *about; /* what it is tried for */
	uint16_t grouped; /* the fact that rules are grouped by */
	const struct rule *charging; /* whose amounts are worked out; NULL: nobody's that is told */
	uint16_t anchor; /* the fact that gave `anchored`, the last moment that counting may start from */
	struct svc_moment anchored;
	bool walking; /* what is looked at to write a step is no step itself */
};

static bool tracing(const struct pass *pass)
{
	return pass->trace && !pass->peek && !pass->fault;
}

static enum svc_truth spoken(enum truth truth)
{
	return truth == UNKNOWN ? SVC_TRUTH_UNSET : truth == YES ? SVC_TRUE : SVC_FALSE;
}

/* ---- steps ---- */

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* The last step of a rule for what is looked at now; NULL: none. */
static struct svc_step *step_of(const struct trace *trace, const struct rule *rule)
{
	for (size_t i = trace->rule_count; i-- > 0;)
		if (trace->rules[i] == rule && same_text(trace->answer->tried[i].about, trace->about))
			return &trace->answer->tried[i];
	return NULL;
}

static struct svc_step *add_step(struct pass *pass, const struct rule *rule, enum svc_truth holds)
{
	struct trace *trace = pass->trace;
	struct svc_answer *answer = trace->answer;
	size_t at = answer->tried_count;

	answer->tried = list_add(trace->memory, answer->tried, &answer->tried_count, sizeof *answer->tried);
	trace->rules = list_add(trace->memory, trace->rules, &trace->rule_count, sizeof *trace->rules);
	trace->rules[at] = rule;
	answer->tried[at] = (struct svc_step){.clause = pack_text(pass->head, rule->clause),
					      .about = trace->about,
					      .line = rule->line,
					      .holds = holds,
					      .beside = trace->beside ? SVC_TRUE : SVC_TRUTH_UNSET};
	return &answer->tried[at];
}

static struct svc_step *step_for(struct pass *pass, const struct rule *rule)
{
	struct svc_step *step = step_of(pass->trace, rule);

	return step ? step : add_step(pass, rule, SVC_TRUE);
}

/* ---- facts ---- */

/* Of a map in a list what names it. */
static void add_name(struct strbuf *text, const struct node *node)
{
	static const char *const names[] = {"id", "rule", "month"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct node *name = node_get(node, names[i]);

		if (name && name->kind == NODE_SCALAR) {
			strbuf_puts(text, name->text);
			return;
		}
	}
}

/* "a,b" of a list, "k=v,l=w" of a map. */
static void add_tree(struct strbuf *text, const struct node *tree)
{
	if (tree->kind == NODE_SCALAR)
		strbuf_puts(text, tree->text);
	else if (!tree->count)
		strbuf_puts(text, "[]");
	for (size_t i = 0; tree->kind != NODE_SCALAR && i < tree->count; i++) {
		if (i)
			strbuf_putc(text, ',');
		if (tree->kind == NODE_MAP)
			strbuf_printf(text, "%s=", tree->keys[i]->text);
		if (tree->items[i]->kind == NODE_SCALAR)
			strbuf_puts(text, tree->items[i]->text);
		else
			add_name(text, tree->items[i]);
	}
}

/* As svc_facts_set takes it, of lists and maps as much as a line can say; NULL: not known. */
static const char *value_text(struct pass *pass, uint16_t fact)
{
	const struct pack_fact *row = fact_of(pass->head, fact);
	const struct fact_value *value = value_of(pass, fact), *now = &pass->values[fact];
	struct strbuf text = {0};
	const char *kept;
	bool assumed = now->known && !now->given && !pass->trace->told[fact].known;

	if (!value->known || assumed)
		return NULL;
	if (row->type == FACT_TEXT || (row->type == FACT_SET && value->text && !value->number))
		return arena_strdup(pass->trace->memory, value->text ? value->text : "");
	if (value->tree)
		add_tree(&text, value->tree);
	else if (row->type == FACT_PRICES || row->type == FACT_ITEMS || row->type == FACT_TREE)
		strbuf_puts(&text, "[]");
	else
		value_format(pass->policy, row, value, &text);
	if (row->type == FACT_SET && value->text)
		strbuf_printf(&text, ",%s", value->text);
	kept = arena_strdup(pass->trace->memory, text.text ? text.text : "");
	strbuf_release(&text);
	return kept;
}

static void note_fact(struct pass *pass, struct svc_step *step, uint16_t fact)
{
	const char *name = pack_text(pass->head, fact_of(pass->head, fact)->name);
	size_t at = step->fact_count;

	for (size_t i = 0; i < at; i++)
		if (!strcmp(step->facts[i].fact, name))
			return;
	step->facts = list_add(pass->trace->memory, step->facts, &step->fact_count, sizeof *step->facts);
	step->facts[at] = (struct svc_step_fact){name, value_text(pass, fact)};
}

/* ---- days ---- */

static bool same_dates(const struct svc_step_date *a, const struct svc_step_date *b)
{
	return a->from.at == b->from.at && a->to.at == b->to.at && a->to.kind == b->to.kind && !strcmp(a->how, b->how);
}

static bool moved_by_nothing(const struct svc_step_date *before, const struct svc_step_date *date)
{
	return !strcmp(date->how, "after") && date->from.kind == date->to.kind && date->from.at == date->to.at &&
	       before->to.kind == date->from.kind && before->to.at == date->from.at;
}

/* The fact that gave the start, where it was not counted a line before. */
static uint16_t anchor_of(const struct trace *trace, const struct svc_step *step, const struct reckoning *reckoning)
{
	bool counted = step->date_count && step->dates[step->date_count - 1].to.at == reckoning->from.at;

	return trace->anchored.kind == reckoning->from.kind && trace->anchored.at == reckoning->from.at && !counted
		       ? trace->anchor
		       : 0;
}

static bool on_work(const struct reckoning *reckoning)
{
	uint8_t unit = reckoning->length.unit;

	return !strcmp(reckoning->how, "rolled") ||
	       (reckoning->length.count &&
		(unit == UNIT_WORKING_DAY || unit == UNIT_WORKING_HOUR || unit == UNIT_WORKING_MINUTE));
}

static void note_dates(struct pass *pass, struct svc_step *step, const struct reckoning *reckoning)
{
	struct svc_step_date date = {.how = reckoning->how, .from = reckoning->from, .to = reckoning->to};
	uint16_t fact = reckoning->fact ? reckoning->fact : anchor_of(pass->trace, step, reckoning);
	size_t at = step->date_count;
	char length[48];

	for (size_t i = 0; i < at; i++)
		if (same_dates(&step->dates[i], &date) || moved_by_nothing(&step->dates[i], &date))
			return;
	if (fact)
		date.fact = pack_text(pass->head, fact_of(pass->head, fact)->name);
	if (reckoning->length.count || reckoning->length.unit == UNIT_LIFETIME) {
		duration_format(reckoning->length, length);
		date.length = arena_strdup(pass->trace->memory, length);
	}
	if (on_work(reckoning))
		tell_working(pass, &date, reckoning->length.unit != UNIT_WORKING_DAY && date.length);
	step->dates = list_add(pass->trace->memory, step->dates, &step->date_count, sizeof *step->dates);
	step->dates[at] = date;
}

/* ---- conditions ---- */

struct walk {
	struct pass *pass;
	struct svc_step *step;
	const struct rule *rule;
};

static enum truth truth_of(struct pass *pass, pack_ref when)
{
	enum truth truth;

	pass->blocked = 0;
	truth = condition(pass, when);
	pass->blocked = 0;
	return truth;
}

/* "within 7 days of delivery": until when that is. */
static void walk_within(struct walk *walk, const struct cond *cond)
{
	const uint16_t *fact = pack_at(walk->pass->head, cond->of.at);
	struct duration span = cond->span_setting ? value_of(walk->pass, cond->span_setting)->duration : cond->span;
	struct reckoning reckoning = {.how = "after", .length = span};
	uint32_t i = 0;

	while (i < cond->of.count && !value_of(walk->pass, fact[i])->known)
		i++;
	if (i == cond->of.count) {
		note_fact(walk->pass, walk->step, fact[0]);
		return;
	}
	reckoning.fact = fact[i];
	reckoning.from = (struct svc_moment){value_of(walk->pass, fact[i])->number, SVC_MOMENT_DATE};
	reckoning.to = (struct svc_moment){date_after((svc_date)reckoning.from.at, span), SVC_MOMENT_DATE};
	note_dates(walk->pass, walk->step, &reckoning);
}

static void work_out(struct walk *walk, uint8_t type, pack_ref amount)
{
	enum svc_basis basis = SVC_BASIS_UNSET;
	svc_money worth;

	trace_amounts(walk->pass, walk->rule);
	amount_of(walk->pass, amount, NULL, type == FACT_NUMBER ? SVC_NUMBER_ONE : 1, &worth, &basis);
	trace_amounts(walk->pass, NULL);
}

/* A bound that is a setting, or an amount or a moment that has to be worked out. */
static void walk_bound(struct walk *walk, const struct cond *cond, uint16_t setting, pack_ref amount)
{
	uint8_t type = fact_of(walk->pass->head, cond->fact)->type;
	struct svc_moment moment;

	if (setting)
		note_fact(walk->pass, walk->step, setting);
	if (amount && (type == FACT_DATE || type == FACT_TIME))
		instant_of(walk->pass, amount, walk->rule, &moment);
	else if (amount)
		work_out(walk, type, amount);
	walk->pass->blocked = 0;
}

static void walk_atom(struct walk *walk, const struct cond *cond)
{
	note_fact(walk->pass, walk->step, cond->fact);
	if (cond->op == COND_COVERS)
		note_fact(walk->pass, walk->step, *(const uint16_t *)pack_at(walk->pass->head, cond->of.at));
	else if (cond->op == COND_WITHIN)
		walk_within(walk, cond);
	else if (cond->op == COND_RANGE) {
		walk_bound(walk, cond, cond->low_setting, cond->low_amount);
		walk_bound(walk, cond, cond->high_setting, cond->high_amount);
	}
}

/* Only what makes it come out so: of alternatives the one that holds, of what is required the first that fails. */
static void walk_condition(struct walk *walk, pack_ref when)
{
	const struct cond *cond = pack_at(walk->pass->head, when);
	const pack_ref *kid;
	enum truth truth;

	if (!when)
		return;
	if (cond->op > COND_NOT) {
		walk_atom(walk, cond);
		return;
	}
	kid = pack_at(walk->pass->head, cond->kids.at);
	truth = truth_of(walk->pass, when);
	for (uint32_t i = 0; i < cond->kids.count; i++) {
		if (cond->op != COND_NOT && truth_of(walk->pass, kid[i]) != truth)
			continue;
		walk_condition(walk, kid[i]);
		if (truth == (cond->op == COND_ALL ? NO : YES))
			return;
	}
}

/* Looks at a condition again, in a pass of its own: what that finds missing is no business of the one that is explained. */
static void write_condition(struct pass *pass, const struct rule *rule, struct svc_step *step, pack_ref when)
{
	struct svc_answer scratch = {0};
	struct pass inner = *pass;

	inner.answer = &scratch;
	inner.blocked = 0;
	pass->trace->walking = true;
	walk_condition(&(struct walk){&inner, step, rule}, when);
	pass->trace->walking = false;
}

/* ---- what passes tell ---- */

void trace_rule(struct pass *pass, const struct rule *rule, enum truth holds)
{
	struct svc_step *step;

	if (!tracing(pass) || pass->trace->walking)
		return;
	step = step_of(pass->trace, rule);
	if (step && step->holds == spoken(holds))
		return;
	write_condition(pass, rule, add_step(pass, rule, spoken(holds)), rule->when);
}

void trace_needs(struct pass *pass, const struct rule *rule, pack_ref needs, enum truth met)
{
	struct svc_step *step;

	if (!tracing(pass) || pass->trace->walking)
		return;
	step = step_for(pass, rule);
	step->met = spoken(met);
	write_condition(pass, rule, step, needs);
}

void trace_met(struct pass *pass, const struct rule *rule, bool met)
{
	if (tracing(pass) && !pass->trace->walking)
		step_for(pass, rule)->met = met ? SVC_TRUE : SVC_FALSE;
}

void trace_open(struct pass *pass, const struct rule *rule, bool open)
{
	if (tracing(pass) && !pass->trace->walking)
		step_for(pass, rule)->open = open ? SVC_TRUE : SVC_FALSE;
}

void trace_fact(struct pass *pass, const struct rule *rule, uint16_t fact)
{
	if (tracing(pass) && !pass->trace->walking)
		note_fact(pass, step_for(pass, rule), fact);
}

void trace_value(struct pass *pass, const struct rule *rule, const char *name, const char *value)
{
	struct svc_step *step;

	if (!tracing(pass) || !rule)
		return;
	step = step_for(pass, rule);
	step->facts = list_add(pass->trace->memory, step->facts, &step->fact_count, sizeof *step->facts);
	step->facts[step->fact_count - 1] = (struct svc_step_fact){name, value};
}

void trace_grouped(struct pass *pass, uint16_t fact)
{
	if (pass->trace)
		pass->trace->grouped = fact;
}

void trace_group(struct pass *pass, const struct rule *rule)
{
	if (pass->trace->grouped)
		trace_fact(pass, rule, pass->trace->grouped);
}

void trace_count(struct pass *pass, const struct rule *rule, struct reckoning reckoning)
{
	if (tracing(pass) && rule)
		note_dates(pass, step_for(pass, rule), &reckoning);
}

void trace_limit(struct pass *pass, const struct rule *rule, uint16_t fact, struct svc_moment done,
		 struct svc_moment limit, bool missed)
{
	if (pass->trace && done.kind && limit.kind)
		trace_count(
			pass, rule,
			(struct reckoning){.how = missed ? "missed" : "kept", .fact = fact, .from = done, .to = limit});
}

void trace_reached(struct pass *pass, const struct rule *rule, uint16_t fact, struct svc_moment now,
		   struct svc_moment at, bool reached)
{
	if (pass->trace && now.kind && at.kind)
		trace_count(
			pass, rule,
			(struct reckoning){.how = reached ? "reached" : "early", .fact = fact, .from = now, .to = at});
}

void trace_amounts(struct pass *pass, const struct rule *rule)
{
	if (pass->trace)
		pass->trace->charging = tracing(pass) ? rule : NULL;
}

bool trace_wants_amounts(const struct pass *pass)
{
	return tracing(pass) && pass->trace->charging;
}

static bool same_sum(const struct svc_step_sum *a, const struct svc_step_sum *b)
{
	bool same = !strcmp(a->how, b->how) && a->of_count == b->of_count && !strcmp(a->result, b->result);

	for (size_t i = 0; same && i < a->of_count; i++)
		same = same_text(a->of[i].fact, b->of[i].fact) && !strcmp(a->of[i].value, b->of[i].value);
	return same;
}

void trace_sum(struct pass *pass, const struct rule *rule, struct svc_step_sum sum)
{
	struct trace *trace = pass->trace;
	struct svc_step *step;

	rule = rule || !trace ? rule : trace->charging;
	if (!tracing(pass) || !rule)
		return;
	step = step_for(pass, rule);
	for (size_t i = 0; i < step->sum_count; i++)
		if (same_sum(&step->sums[i], &sum))
			return;
	if (sum.of_count)
		sum.of = memcpy(arena_alloc(trace->memory, sum.of_count * sizeof *sum.of), sum.of,
				sum.of_count * sizeof *sum.of);
	sum.result = arena_strdup(trace->memory, sum.result);
	step->sums = list_add(trace->memory, step->sums, &step->sum_count, sizeof *step->sums);
	step->sums[step->sum_count - 1] = sum;
}

void trace_anchor(struct pass *pass, uint16_t fact, struct svc_moment moment)
{
	if (!tracing(pass))
		return;
	pass->trace->anchor = fact;
	pass->trace->anchored = moment;
}

void trace_lack(struct pass *pass)
{
	const uint16_t *anchor = pack_at(pass->head, pass->anchors.at);

	if (!tracing(pass) || !pass->asking || !pass->blocked || pass->uncovered)
		return;
	if (!pass->anchors.count)
		trace_fact(pass, pass->asking, pass->blocked);
	for (uint32_t i = 0; i < pass->anchors.count; i++)
		if (fact_of(pass->head, anchor[i])->absent != ABSENT_NEVER)
			trace_fact(pass, pass->asking, anchor[i]);
	if (pass->anchors.count && pass->beside)
		trace_fact(pass, pass->asking, pass->beside);
}

const char *trace_about(struct pass *pass, const char *about)
{
	const char *before = pass->trace ? pass->trace->about : NULL;

	if (pass->trace)
		pass->trace->about = about;
	return before;
}

void trace_beside(struct pass *pass, bool beside)
{
	if (pass->trace)
		pass->trace->beside = beside;
}

/* ---- deciding once more ---- */

static void forget_steps(struct trace *trace)
{
	trace->answer->tried_count = trace->rule_count = 0;
	trace->answer->tried = NULL;
	trace->beside = false;
	trace->about = NULL;
	trace->charging = NULL;
	trace->anchored = (struct svc_moment){0};
	trace->rules = NULL;
}

/* A pass over these values; gives the fact that it stopped at and that has values to try, 0: none. */
static uint16_t trace_pass(struct trace *trace, const struct svc_facts *facts, enum svc_ask ask,
			   struct fact_value *values)
{
	struct svc_answer then;
	struct pass pass = {.policy = facts->policy,
			    .head = facts->policy->head,
			    .values = values,
			    .answer = &then,
			    .memory = trace->memory,
			    .trace = trace};

	answer_empty(&then, ask);
	decider_of(ask)(&pass);
	trace_lack(&pass);
	return can_try(&pass) ? pass.blocked : 0;
}

void find_steps(const struct svc_facts *facts, enum svc_ask ask, struct svc_answer *answer, struct workroom *room)
{
	const struct pack_head *head = facts->policy->head;
	struct arena *memory = &room->kept;
	size_t size = facts->count * sizeof(struct fact_value);
	struct fact_value *values = arena_alloc(memory, size), *told = arena_alloc(memory, size);
	struct trace trace = {.answer = answer, .memory = memory, .told = told};
	struct svc_answer then;
	uint16_t open = 0;

	memcpy(values, facts->values, size);
	values[F_ASK] = (struct fact_value){.known = true,
					    .number = word_find(head, fact_of(head, F_ASK), svc_ask_name(ask))};
	for (int round = 0; round < ROUNDS_MAX && (!round || open); round++) {
		struct svc_error error; /* none comes: the answer stands */

		/* Deciding fills in what one fact says of another. */
		if (decide_needed(facts->policy, ask, values, &then, room, &error))
			return;
		if (!round)
			memcpy(told, values, size);
		forget_steps(&trace);
		open = trace_pass(&trace, facts, ask, values);
		if (!open || answer->verdict == SVC_VERDICT_INCOMPLETE)
			return;
		/* Whatever it is, the answer is the same: the first value stands for all. */
		values[open].known = true;
		values[open].number = *PACK_ITEM(head, fact_of(head, open)->trials, int64_t, 0);
	}
}
