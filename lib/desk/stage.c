/* A ticket goes through the workflow of its pack: the pack says what may be, this file writes that it was. */
#include "svc/stage.h"

#include "base/error.h"
#include "closing.h"
#include "life.h"
#include "ruling.h"
#include "store/record.h"
#include "values.h"
#include "writing.h"

#include <string.h>

/* A ticket before a question of its workflow. */
struct standing {
	struct svc_desk *desk;
	struct arena arena;
	int64_t ticket;
	const char *values[FIELD_LIMIT];
	struct gathered_facts known; /* of the ticket, then those of this step */
	struct svc_policy *policy;
	struct svc_facts *facts;
	const char *stage; /* NULL: in none yet, and the pack does not say where it begins */
};

static const char *value_at(const struct standing *standing, const char *field)
{
	return standing->values[field_find(SVC_TICKET, field)];
}

static int no_workflow(const struct standing *standing, struct svc_error *err)
{
	if (!standing->policy)
		error_set(err, SVC_USAGE, _("no policy pack answers for %s"), standing->values[FIELD_ID]);
	else
		error_set(err, SVC_USAGE, _("the pack %s has no workflow"), svc_policy_id(standing->policy));
	error_hint(err, _("name a pack with --policy PACK; svc ticket close ends a ticket without a workflow"));
	return SVC_USAGE;
}

/* Counts of the ticket under the names that packs ask for them by; what was said of them wins. */
static int put_counts(struct standing *standing, struct svc_error *err)
{
	const char *rework = value_at(standing, "rework");
	if (gathered_value(&standing->known, "rework_rounds") ||
	    !svc_facts_place(standing->policy, "rework_rounds", NULL))
		return SVC_OK;
	return svc_facts_set(standing->facts, "rework_rounds", rework ? rework : "0", err);
}

static int put_stage(struct standing *standing, struct svc_error *err)
{
	standing->stage = value_at(standing, "stage");
	if (!standing->stage)
		standing->stage = svc_policy_first_stage(standing->facts);
	if (!standing->stage && !svc_policy_has_start(standing->policy))
		standing->stage = gathered_value(&standing->known, "stage");
	return standing->stage ? svc_facts_set(standing->facts, "stage", standing->stage, err) : SVC_OK;
}

static int stand(struct standing *standing, const struct svc_assignment *facts, size_t count, struct svc_error *err)
{
	struct inquiry inquiry;
	int status = record_read(standing->desk->store, SVC_TICKET, standing->ticket, &standing->arena,
				 standing->values, err);
	if (status == SVC_OK)
		status = ticket_inquiry(standing->desk, standing->ticket, standing->values, &standing->known,
					&standing->arena, &inquiry, err);
	for (size_t i = 0; i < count; i++)
		gather_fact(&standing->known, &standing->arena, facts[i].field, facts[i].value);
	if (status != SVC_OK)
		return status;
	inquiry.ask = SVC_ASK_TRANSITION;
	inquiry.facts = standing->known.items;
	inquiry.fact_count = standing->known.count;
	status = ruling_open(standing->desk, &standing->desk->options, &inquiry, &standing->policy, &standing->facts,
			     err);
	if (status == SVC_OK && !(standing->policy && svc_policy_answers(standing->policy, SVC_ASK_TRANSITION)))
		status = no_workflow(standing, err);
	if (status == SVC_OK)
		status = put_counts(standing, err);
	return status == SVC_OK ? put_stage(standing, err) : status;
}

static void leave(struct standing *standing)
{
	svc_facts_free(standing->facts);
	arena_release(&standing->arena);
}

/* ---- what may come next ---- */

struct looking {
	struct standing *standing;
	const struct svc_ways *ways;
	struct svc_answer answer;
	struct svc_error *err;
	int status;
};

static int look_at(void *context, const struct svc_exit *exit)
{
	struct looking *looking = context;
	struct svc_way way = {exit, &looking->answer};
	looking->status = svc_facts_set(looking->standing->facts, "event", exit->event, looking->err);
	if (looking->status == SVC_OK)
		looking->status = svc_ask(looking->standing->policy, SVC_ASK_TRANSITION, looking->standing->facts,
					  false, &looking->answer, looking->err);
	return looking->status != SVC_OK || looking->ways->way(looking->ways->context, &way);
}

static int look_around(struct standing *standing, const struct svc_ways *ways, struct svc_error *err)
{
	struct looking looking = {.standing = standing, .ways = ways, .err = err};
	const char *stage = standing->stage;
	struct svc_standing where = {
		.stage = stage,
		.stage_title = stage ? svc_policy_word_title(standing->policy, "stage", stage) : NULL,
		.holder = value_at(standing, "holder"),
		.policy = standing->policy,
		.closed = strcmp(value_at(standing, "state"), "closed") == 0,
	};
	if (ways->stands(ways->context, &where) == 0 && stage && !where.closed)
		svc_policy_exits(standing->facts, stage, look_at, &looking);
	svc_answer_release(&looking.answer);
	return looking.status;
}

int svc_ticket_stages(struct svc_desk *desk, int64_t ticket, const struct svc_assignment *facts, size_t fact_count,
		      const struct svc_ways *ways, struct svc_error *err)
{
	struct standing standing = {.desk = desk, .ticket = ticket};
	int status = stand(&standing, facts, fact_count, err);
	if (status == SVC_OK)
		status = look_around(&standing, ways, err);
	leave(&standing);
	svc_policy_free(standing.policy);
	return status;
}

/* ---- going on ---- */

/* "customer_signature, quality_pass": what the pack wants, in the reader's words. */
static const char *titles_of(const struct standing *standing, const char *const *names, size_t count)
{
	const char *list = "";
	struct arena *arena = (struct arena *)&standing->arena;
	for (size_t i = 0; i < count; i++)
		list = arena_printf(arena, "%s%s%s", list, i ? ", " : "", names[i]);
	return list;
}

static int refuse(const struct standing *standing, const char *event, const struct svc_answer *answer,
		  struct svc_error *err)
{
	const char *clause = answer->clause_count ? answer->clauses[0] : "";
	const char *ticket = standing->values[FIELD_ID];
	if (answer->verdict == SVC_VERDICT_INCOMPLETE) {
		error_set(err, SVC_INCOMPLETE, _("%s: not known for %s: %s"), ticket, event,
			  titles_of(standing, answer->missing, answer->missing_count));
		error_hint(err, _("give them as name=value"));
		return SVC_INCOMPLETE;
	}
	if (answer->require_count)
		error_set(err, SVC_REFUSED, _("%s: %s is refused by %s for want of %s"), ticket, event, clause,
			  titles_of(standing, answer->requires, answer->require_count));
	else
		error_set(err, SVC_REFUSED, _("%s: %s is refused by %s from %s"), ticket, event, clause,
			  standing->stage ? standing->stage : "-");
	error_hint(err, _("svc ticket stages %s shows the ways on"), ticket);
	return SVC_REFUSED;
}

/* Who may do it: the desk's actors have roles where the pack names them. */
static int check_role(const struct standing *standing, const char *by, struct svc_error *err)
{
	const char *role;
	int status = desk_role(standing->desk, (struct arena *)&standing->arena, &role, err);
	if (status != SVC_OK || !by || !role || strcmp(role, by) == 0)
		return status;
	error_set(err, SVC_DENIED, _("%s is for %s to do, and %s is %s"), standing->values[FIELD_ID], by,
		  standing->desk->options.actor, role);
	error_hint(err, _("say who acts with --as ACTOR; svc actor list names them"));
	return SVC_DENIED;
}

/* Against the pack's refusal, by somebody it names. */
static int override(const struct standing *standing, const struct svc_advance *advance, struct svc_error *err)
{
	const char *role, *by, *clause;
	int status = desk_role(standing->desk, (struct arena *)&standing->arena, &role, err);
	if (status != SVC_OK || svc_policy_overrides(standing->facts, advance->event, role, &by, &clause))
		return status;
	if (!by)
		return error_set(err, SVC_REFUSED, _("%s: the pack lets nobody go against it"),
				 standing->values[FIELD_ID]);
	return error_set(err, SVC_DENIED, _("%s: only %s may go against it (%s)"), standing->values[FIELD_ID], by,
			 clause);
}

struct leading {
	const char *event;
	struct svc_exit exit; /* the first flow of the event; `to` NULL: none */
};

static int take_way(void *context, const struct svc_exit *exit)
{
	struct leading *leading = context;
	if (strcmp(exit->event, leading->event) != 0)
		return 0;
	leading->exit = *exit;
	return 1;
}

static int take_holder(void *context, const struct svc_exit *exit)
{
	*(const char **)context = exit->by;
	return exit->by != NULL;
}

struct move { /* one step, decided */
	const struct svc_advance *advance;
	struct ruling ruling;
	struct svc_answer answer;
	const char *to;
	bool rework;
};

/* Whether the event may happen, and where it leads. */
static int decide(struct standing *standing, struct move *move, struct svc_error *err)
{
	const struct svc_advance *advance = move->advance;
	struct leading leading = {.event = advance->event};
	int status = svc_facts_set(standing->facts, "event", advance->event, err);
	if (status == SVC_OK)
		status = ruling_ask(&move->ruling, SVC_ASK_TRANSITION, standing->facts, false, &move->answer, err);
	if (status != SVC_OK)
		return status;
	if (standing->stage)
		svc_policy_exits(standing->facts, standing->stage, take_way, &leading);
	move->rework = leading.exit.rework;
	move->to = move->answer.to;
	if (move->answer.verdict == SVC_ALLOWED)
		return check_role(standing, move->answer.by, err);
	if (!advance->override || move->answer.verdict != SVC_REFUSED_VERDICT || !standing->stage)
		return refuse(standing, advance->event, &move->answer, err);
	move->to = leading.exit.to;
	return move->to ? override(standing, advance, err) : refuse(standing, advance->event, &move->answer, err);
}

static svc_time happened_at(const struct standing *standing, const struct svc_advance *advance)
{
	return advance->told.at == SVC_TIME_NONE ? standing->desk->options.now : advance->told.at;
}

/* A step that happened before the last one would lead elsewhere when the events are replayed. */
static int check_moment(const struct standing *standing, const struct svc_advance *advance, struct svc_error *err)
{
	svc_time last, at = advance->told.at;
	int status = at == SVC_TIME_NONE ? SVC_OK
					 : life_last(standing->desk, SVC_TICKET, standing->ticket, "stage", &last, err);
	if (status != SVC_OK || at == SVC_TIME_NONE || (at >= last && at <= standing->desk->options.now))
		return status;
	error_set(err, SVC_BAD_INPUT, at < last ? _("%s: %s before the last step") : _("%s: %s at a moment to come"),
		  standing->values[FIELD_ID], advance->event);
	error_field(err, "at");
	return SVC_BAD_INPUT;
}

/* Where it stands now, who has to go on, and how often work had to be done again. */
static int fill_change(struct standing *standing, const struct move *move, struct change *change, struct svc_error *err)
{
	const char *holder = NULL;
	svc_policy_exits(standing->facts, move->to, take_holder, &holder);
	change_set(change, "stage", move->to);
	change_set(change, "holder", holder);
	change_set(change, "policy", svc_policy_id(standing->policy));
	if (move->advance->outcome)
		change_set(change, "outcome", move->advance->outcome);
	if (move->rework)
		change_add(change, "rework", "1");
	if (!svc_policy_ends(standing->facts, move->to))
		return SVC_OK;
	change_set(change, "due", NULL);
	change_set(change, "state", "closed");
	change_set(change, "closed", value_moment(happened_at(standing, move->advance), &standing->arena));
	return closing_check(standing->desk, standing->ticket, err);
}

/* What the stage makes others owe. */
static int create_tasks(struct standing *standing, const struct move *move, struct svc_error *err)
{
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < move->answer.create_count; i++) {
		struct change change = {.kind = SVC_TASK};
		struct record_adding adding = {.change = &change, .occurred = SVC_TIME_NONE};
		change_set(&change, "name", move->answer.creates[i]);
		change_set(&change, "ticket", standing->values[FIELD_ID]);
		change_set(&change, "state", "open");
		change_set(&change, "clause", move->answer.clause_count ? move->answer.clauses[0] : NULL);
		status = record_add(standing->desk, &adding, &standing->arena, err);
	}
	return status;
}

static int write_move(struct standing *standing, struct move *move, struct svc_error *err)
{
	const struct svc_advance *advance = move->advance;
	bool against = move->answer.verdict != SVC_ALLOWED;
	struct change change = {.kind = SVC_TICKET, .decides = svc_ask_name(SVC_ASK_TRANSITION)};
	struct gathered_facts given = {0};
	struct happening happening = {
		.verb = advance->event, .occurred = advance->told.at, .passing = true, .always = true};
	int64_t event = 0;
	for (size_t i = 0; i < advance->fact_count; i++)
		gather_fact(&given, &standing->arena, advance->facts[i].field, advance->facts[i].value);
	if (against)
		gather_fact(&given, &standing->arena, "override", advance->override);
	happening.facts = given.items;
	happening.fact_count = given.count;
	int status = ticket_line(standing->desk, advance->told.text, value_at(standing, "note"), &standing->arena,
				 &change.line, err);
	if (status == SVC_OK)
		status = fill_change(standing, move, &change, err);
	if (status == SVC_OK)
		status = record_change(standing->desk, standing->ticket, &happening, &change, &standing->arena, &event,
				       err);
	if (status == SVC_OK)
		status = ruling_keep(standing->desk, standing->ticket, event, &move->ruling, &move->answer, err);
	return status == SVC_OK && !against ? create_tasks(standing, move, err) : status;
}

static int advance_open(struct standing *standing, struct move *move, struct svc_error *err)
{
	const struct svc_advance *advance = move->advance;
	int status = desk_writing(standing->desk, err);
	if (status == SVC_OK)
		status = stand(standing, advance->facts, advance->fact_count, err);
	if (status == SVC_OK && strcmp(value_at(standing, "state"), "closed") == 0)
		status = error_set(err, SVC_REFUSED, _("%s is closed already"), standing->values[FIELD_ID]);
	move->ruling.policy = standing->policy;
	if (status == SVC_OK)
		status = check_moment(standing, advance, err);
	if (status == SVC_OK)
		status = decide(standing, move, err);
	return status == SVC_OK ? write_move(standing, move, err) : status;
}

int svc_ticket_advance(struct svc_desk *desk, const struct svc_advance *advance, struct svc_answer *answer,
		       struct svc_policy **policy, struct svc_error *err)
{
	struct standing standing = {.desk = desk, .ticket = advance->ticket};
	struct move move = {.advance = advance, .ruling.keep = true};
	if (answer)
		*answer = (struct svc_answer){.verdict = SVC_VERDICT_NONE_YET};
	if (policy)
		*policy = NULL;
	int status = advance_open(&standing, &move, err);
	ruling_release(&move.ruling, false);
	leave(&standing);
	if (answer && policy && standing.policy && move.answer.memory) {
		*answer = move.answer;
		*policy = standing.policy;
		return status;
	}
	svc_answer_release(&move.answer);
	svc_policy_free(standing.policy);
	return status;
}

/* ---- the way out ---- */

struct ending {
	struct standing *standing;
	const char *event;
	size_t count; /* of events that end it */
	bool goes_on; /* some way leads on */
};

static int take_ending(void *context, const struct svc_exit *exit)
{
	struct ending *ending = context;
	ending->goes_on = true;
	if (svc_policy_ends(ending->standing->facts, exit->to) &&
	    !(ending->event && strcmp(ending->event, exit->event) == 0)) {
		ending->event = exit->event;
		ending->count++;
	}
	return 0;
}

/* *event NULL: the pack's workflow says no more from here. */
static int find_ending(struct standing *standing, const char **event, struct svc_error *err)
{
	struct ending ending = {.standing = standing};
	svc_policy_exits(standing->facts, standing->stage, take_ending, &ending);
	*event = ending.event;
	if (ending.count == 1 || !ending.goes_on)
		return SVC_OK;
	error_set(err, SVC_REFUSED,
		  ending.count ? _("%s: more than one way ends it from %s") : _("%s: no way ends it from %s"),
		  standing->values[FIELD_ID], standing->stage);
	error_hint(err, _("svc ticket stages %s shows the ways on"), standing->values[FIELD_ID]);
	return SVC_REFUSED;
}

/* A ticket that no pack with a workflow answers for is closed as it is. */
int stage_close(struct svc_desk *desk, int64_t ticket, const char *outcome, const char *text, bool *done,
		struct svc_error *err)
{
	struct standing standing = {.desk = desk, .ticket = ticket};
	struct svc_advance advance = {.ticket = ticket, .told = {SVC_TIME_NONE, text}, .outcome = outcome};
	int status = stand(&standing, NULL, 0, err);
	*done = false;
	if (status == SVC_USAGE || (status == SVC_OK && !standing.stage))
		status = SVC_OK;
	else if (status == SVC_OK && strcmp(value_at(&standing, "state"), "closed") != 0) {
		status = find_ending(&standing, &advance.event, err);
		if (status == SVC_OK && advance.event) {
			status = svc_ticket_advance(desk, &advance, NULL, NULL, err);
			*done = status == SVC_OK;
		}
	}
	leave(&standing);
	svc_policy_free(standing.policy);
	return status;
}

static int is_cancel(void *context, const char *word, const char *title)
{
	(void)title;
	*(bool *)context = *(bool *)context || strcmp(word, "cancel") == 0;
	return 0;
}

int stage_cancel(struct svc_desk *desk, int64_t ticket, const struct svc_telling *told, bool *done,
		 struct svc_error *err)
{
	struct standing standing = {.desk = desk, .ticket = ticket};
	struct svc_advance advance = {.ticket = ticket, .event = "cancel", .told = *told, .outcome = "cancelled"};
	int status = stand(&standing, NULL, 0, err);
	*done = false;
	if (status == SVC_OK && standing.stage)
		svc_policy_words(standing.policy, "event", is_cancel, done, NULL);
	if (status == SVC_USAGE)
		status = SVC_OK;
	if (*done)
		status = svc_ticket_advance(desk, &advance, NULL, NULL, err);
	leave(&standing);
	svc_policy_free(standing.policy);
	return status;
}

int stage_reopen(struct svc_desk *desk, int64_t ticket, struct change *change, struct arena *arena,
		 struct svc_error *err)
{
	struct standing standing = {.desk = desk, .ticket = ticket};
	const char *holder = NULL, *first = NULL;
	int status = stand(&standing, NULL, 0, err);
	bool in_course = status == SVC_OK && value_at(&standing, "stage");
	if (status == SVC_USAGE)
		status = SVC_OK;
	if (in_course)
		status = svc_facts_set(standing.facts, "stage", "", err);
	if (in_course && status == SVC_OK)
		first = svc_policy_first_stage(standing.facts);
	if (first)
		svc_policy_exits(standing.facts, first, take_holder, &holder);
	if (in_course) {
		change_set(change, "stage", first ? arena_strdup(arena, first) : NULL);
		change_set(change, "holder", holder ? arena_strdup(arena, holder) : NULL);
	}
	leave(&standing);
	svc_policy_free(standing.policy);
	return status;
}
