#include "part_ask.h"

#include "base/error.h"
#include "store/record.h"
#include "values.h"
#include "writing.h"

#include <string.h>

/* A question on its way: the pack that answers, and all that it is told. */
struct asking {
	struct svc_desk *desk;
	const struct part_question *question;
	struct arena *arena;
	struct gathered_facts known; /* of the ticket, then typed */
	struct svc_policy *policy; /* NULL: none */
	struct svc_facts *facts;
};

static int open_pack(struct asking *asking, struct svc_error *err)
{
	const struct part_question *question = asking->question;
	const char *values[FIELD_LIMIT] = {0};
	struct inquiry inquiry = {.claim = SVC_DATE_NONE, .may_lack = true};
	int status = SVC_OK;
	if (question->ticket)
		status = record_read(asking->desk->store, SVC_TICKET, question->ticket, asking->arena, values, err);
	if (status == SVC_OK && question->ticket)
		status = ticket_inquiry(asking->desk, question->ticket, values, &asking->known, asking->arena, &inquiry,
					err);
	for (size_t i = 0; i < question->fact_count; i++)
		gather_fact(&asking->known, asking->arena, question->facts[i].field, question->facts[i].value);
	inquiry.ask = SVC_ASK_PARTS;
	inquiry.facts = asking->known.items;
	inquiry.fact_count = asking->known.count;
	return status == SVC_OK ? ruling_open(asking->desk, &asking->desk->options, &inquiry, &asking->policy,
					      &asking->facts, err)
				: status;
}

struct word {
	const char *id;
	bool there;
};

static int compare_word(void *context, const char *id, const char *title)
{
	struct word *word = context;
	(void)title;
	word->there = strcmp(id, word->id) == 0;
	return word->there;
}

static bool has_stage(const struct svc_policy *policy, const char *stage)
{
	struct word word = {.id = stage};
	svc_policy_words(policy, "stage", compare_word, &word, NULL);
	return word.there;
}

/* What the desk knows, where nobody has said otherwise. */
static int put(const struct asking *asking, const char *name, const char *value, struct svc_error *err)
{
	if (!value || gathered_value(&asking->known, name) || !svc_facts_place(asking->policy, name, NULL))
		return SVC_OK;
	return svc_facts_set(asking->facts, name, value, err);
}

/* What the pack's own warranty says of it; anything but free of charge may have other reasons than the customer's paying. */
static const char *class_of(const struct svc_answer *answer)
{
	if (answer->service_class)
		return answer->service_class;
	bool free = answer->verdict == SVC_COVERED && answer->labor == SVC_FREE && answer->parts == SVC_FREE;
	return free ? "free" : NULL;
}

static int put_service_class(const struct asking *asking, struct svc_error *err)
{
	struct svc_answer answer = {0};
	if (!asking->question->ticket || !svc_policy_answers(asking->policy, SVC_ASK_WARRANTY))
		return SVC_OK;
	int status = svc_ask(asking->policy, SVC_ASK_WARRANTY, asking->facts, false, &answer, err);
	if (status == SVC_OK && answer.verdict != SVC_VERDICT_INCOMPLETE)
		status = put(asking, "service_class", class_of(&answer), err);
	svc_answer_release(&answer);
	return status;
}

static const char *old_part_fact(const char *old_part)
{
	if (!old_part || strcmp(old_part, "none") == 0)
		return NULL;
	return strcmp(old_part, "returned") == 0 ? "true" : "false";
}

static int put_known(const struct asking *asking, struct svc_error *err)
{
	const struct part_question *question = asking->question;
	int status = put_service_class(asking, err);
	if (status == SVC_OK && has_stage(asking->policy, question->stage))
		status = put(asking, "stage", question->stage, err);
	if (status == SVC_OK)
		status = put(asking, "part", question->part[field_find(SVC_PART, "component")], err);
	if (status == SVC_OK)
		status = put(asking, "quantity", arena_printf(asking->arena, "%lld", (long long)question->quantity),
			     err);
	if (status == SVC_OK)
		status = put(asking, "approved", question->approved ? "true" : NULL, err);
	return status == SVC_OK ? put(asking, "old_part_returned", old_part_fact(question->old_part), err) : status;
}

static bool names(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

/* Asked ahead: a part whose writing off will depend on the old part makes that owed when it goes out. */
static int look_ahead(const struct asking *asking, struct part_decision *decision, struct svc_error *err)
{
	static const char fact[] = "old_part_returned", stage[] = "write_off";
	struct svc_answer answer = {0};
	if (strcmp(asking->question->stage, "issue") != 0 || gathered_value(&asking->known, fact) ||
	    !has_stage(asking->policy, stage))
		return SVC_OK;
	int status = svc_facts_set(asking->facts, "stage", stage, err);
	if (status == SVC_OK)
		status = svc_ask(asking->policy, SVC_ASK_PARTS, asking->facts, false, &answer, err);
	decision->owes_old = names(answer.missing, answer.missing_count, fact) ||
			     names(answer.requires, answer.require_count, fact);
	svc_answer_release(&answer);
	return status;
}

/* ---- what the pack says ---- */

static const char *listed(const struct asking *asking, const char *const *list, size_t count)
{
	const char *text = "";
	for (size_t i = 0; i < count; i++)
		text = arena_printf(asking->arena, "%s%s%s", text, i ? ", " : "", list[i]);
	return text;
}

static int refuse(const struct asking *asking, const struct svc_answer *answer, struct svc_error *err)
{
	const char *label = asking->question->part[FIELD_ID], *stage = asking->question->stage;
	const char *clause = answer->clause_count ? answer->clauses[0] : "";
	if (answer->verdict == SVC_VERDICT_INCOMPLETE) {
		error_set(err, SVC_INCOMPLETE, _("%s: not known for %s: %s"), label, stage,
			  listed(asking, answer->missing, answer->missing_count));
		error_hint(err, _("give them as name=value"));
		return SVC_INCOMPLETE;
	}
	if (answer->verdict == SVC_REFER)
		return error_set(err, SVC_INCOMPLETE, _("%s: %s leaves %s to a person"), label, clause, stage);
	if (answer->require_count)
		return error_set(err, SVC_REFUSED, _("%s: %s is refused by %s for want of %s"), label, stage, clause,
				 listed(asking, answer->requires, answer->require_count));
	return error_set(err, SVC_REFUSED, _("%s: %s is refused by %s"), label, stage, clause);
}

/* Against the pack's refusal, by somebody it names. */
static int override(const struct asking *asking, struct svc_error *err)
{
	const char *role, *by, *clause;
	int status = desk_role(asking->desk, asking->arena, &role, err);
	if (status != SVC_OK || svc_policy_overrides(asking->facts, asking->question->stage, role, &by, &clause))
		return status;
	if (!by)
		return error_set(err, SVC_REFUSED, _("%s: the pack lets nobody go against it"),
				 asking->question->part[FIELD_ID]);
	return error_set(err, SVC_DENIED, _("%s: only %s may go against it (%s)"), asking->question->part[FIELD_ID], by,
			 clause);
}

static int decide(struct asking *asking, struct part_decision *decision, struct svc_error *err)
{
	int status = put_known(asking, err);
	decision->ruling = (struct ruling){.policy = asking->policy, .keep = asking->question->ticket != 0};
	if (status == SVC_OK)
		status = ruling_ask(&decision->ruling, SVC_ASK_PARTS, asking->facts, false, &decision->answer, err);
	if (status != SVC_OK)
		return status;
	if (decision->answer.verdict == SVC_ALLOWED)
		return look_ahead(asking, decision, err);
	if (decision->answer.verdict == SVC_REFUSED_VERDICT && asking->question->override)
		return override(asking, err);
	return refuse(asking, &decision->answer, err);
}

int part_ask(struct svc_desk *desk, const struct part_question *question, struct part_decision *decision,
	     struct arena *arena, struct svc_error *err)
{
	struct asking asking = {.desk = desk, .question = question, .arena = arena};
	*decision = (struct part_decision){0};
	int status = open_pack(&asking, err);
	bool asked = status == SVC_OK && asking.policy && svc_policy_answers(asking.policy, SVC_ASK_PARTS) &&
		     (question->always || has_stage(asking.policy, question->stage));
	if (asked)
		status = decide(&asking, decision, err);
	else
		svc_policy_free(asking.policy);
	svc_facts_free(asking.facts);
	return status;
}

void part_decision_release(struct part_decision *decision)
{
	ruling_release(&decision->ruling, false);
	svc_answer_release(&decision->answer);
	svc_policy_free(decision->ruling.policy);
}

int part_decided(struct svc_desk *desk, const struct part_question *question, const struct part_decision *decision,
		 const char *verb, const char *what, svc_time at, struct arena *arena, struct svc_error *err)
{
	struct change change = {.kind = SVC_TICKET, .decides = svc_ask_name(SVC_ASK_PARTS)};
	struct gathered_facts given = {0};
	struct svc_assignment mark = {arena_printf(arena, "issue.%s", what), verb};
	int64_t event = 0;
	if (!decision->ruling.policy)
		return SVC_OK;
	for (size_t i = 0; i < question->fact_count; i++)
		gather_fact(&given, arena, question->facts[i].field, question->facts[i].value);
	if (question->override && decision->answer.verdict != SVC_ALLOWED)
		gather_fact(&given, arena, "override", question->override);
	struct happening happening = {
		.verb = verb, .occurred = at, .facts = given.items, .fact_count = given.count, .passing = true};
	change.marks = &mark;
	change.mark_count = 1;
	change_set(&change, "policy", arena_strdup(arena, svc_policy_id(decision->ruling.policy)));
	int status = record_change(desk, question->ticket, &happening, &change, arena, &event, err);
	return status == SVC_OK ? ruling_keep(desk, question->ticket, event, &decision->ruling, &decision->answer, err)
				: status;
}
