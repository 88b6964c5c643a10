/* Whether the pack grants an exchange or a refund: by what it says of returns, else by a term of its warranty. */
#include "exchange.h"

#include "base/error.h"

#include <string.h>

const char *grant_word(const struct granting *granting)
{
	return svc_remedy_id(granting->grant->want);
}

const char *grant_title(enum svc_remedy want)
{
	return want == SVC_EXCHANGE ? _("exchange") : _("refund");
}

/* What was typed of the ticket, and of the replacement where the pack asks for its price. */
static int put_known(struct granting *granting, struct svc_error *err)
{
	const struct svc_grant *grant = granting->grant;
	const struct svc_policy *policy = granting->ruling.policy;
	int status = svc_facts_set(granting->facts, "want", grant_word(granting), err);
	gather_fact(&granting->known, &granting->arena, "want", grant_word(granting));
	for (size_t i = 0; status == SVC_OK && i < grant->unit_count; i++)
		if (strcmp(grant->unit[i].field, "price") == 0 && !gathered_value(&granting->known, "new_price")) {
			gather_fact(&granting->known, &granting->arena, "new_price", grant->unit[i].value);
			if (svc_facts_place(policy, "new_price", NULL))
				status = svc_facts_set(granting->facts, "new_price", grant->unit[i].value, err);
		}
	return status;
}

static int open_pack(struct granting *granting, struct svc_error *err)
{
	const struct svc_grant *grant = granting->grant;
	struct inquiry inquiry;
	int status = ticket_inquiry(granting->desk, grant->ticket, granting->ticket, &granting->known, &granting->arena,
				    &inquiry, err);
	for (size_t i = 0; i < grant->fact_count; i++)
		gather_fact(&granting->known, &granting->arena, grant->facts[i].field, grant->facts[i].value);
	if (status != SVC_OK)
		return status;
	inquiry.ask = SVC_ASK_RETURN;
	inquiry.facts = granting->known.items;
	inquiry.fact_count = granting->known.count;
	inquiry.settings = grant->settings;
	inquiry.setting_count = grant->setting_count;
	status = ruling_open(granting->desk, &granting->desk->options, &inquiry, &granting->ruling.policy,
			     &granting->facts, err);
	return status == SVC_OK && granting->ruling.policy ? put_known(granting, err) : status;
}

static int ask(struct granting *granting, enum svc_ask ask, struct svc_answer *answer, struct svc_error *err)
{
	ruling_release(&granting->ruling, false);
	granting->ruling.keep = true;
	return ruling_ask(&granting->ruling, ask, granting->facts, false, answer, err);
}

/* A term of the warranty that is open grants what it is for. */
static bool warranty_grants(const struct svc_answer *answer, enum svc_remedy want)
{
	for (size_t i = 0; answer->verdict == SVC_COVERED && i < answer->window_count; i++) {
		const struct svc_window *window = &answer->windows[i];
		if (window->inside &&
		    (window->remedy == want || (want == SVC_EXCHANGE && window->remedy == SVC_REPLACE)))
			return true;
	}
	return false;
}

static int refuse(struct granting *granting, struct svc_error *err)
{
	const struct svc_answer *answer = &granting->answer;
	const char *clause = answer->clause_count ? answer->clauses[0] : "-", *ticket = granting->ticket[FIELD_ID];
	if (answer->verdict == SVC_VERDICT_INCOMPLETE) {
		error_set(err, SVC_INCOMPLETE, _("%s: not known for the %s: %s"), ticket,
			  grant_title(granting->grant->want),
			  name_list(answer->missing, answer->missing_count, &granting->arena));
		error_hint(err, _("give them as name=value"));
		return SVC_INCOMPLETE;
	}
	if (answer->verdict == SVC_REFER) {
		error_set(err, SVC_INCOMPLETE, _("%s: %s leaves the %s to a person"), ticket, clause,
			  grant_title(granting->grant->want));
		error_hint(err, _("--override REASON says how it was decided"));
		return SVC_INCOMPLETE;
	}
	if (answer->require_count)
		return error_set(err, SVC_REFUSED, _("%s: the %s is refused by %s for want of %s"), ticket,
				 grant_title(granting->grant->want), clause,
				 name_list(answer->requires, answer->require_count, &granting->arena));
	return error_set(err, SVC_REFUSED, _("%s: the %s is refused by %s"), ticket, grant_title(granting->grant->want),
			 clause);
}

/* Against the pack, by somebody it names. */
static int against(struct granting *granting, const char *event, struct svc_error *err)
{
	const char *role, *by, *clause;
	int status = desk_role(granting->desk, &granting->arena, &role, err);
	if (status != SVC_OK || svc_policy_overrides(granting->facts, event, role, &by, &clause))
		return status;
	if (!by)
		return error_set(err, SVC_REFUSED, _("%s: the pack lets nobody go against it"),
				 granting->ticket[FIELD_ID]);
	return error_set(err, SVC_DENIED, _("%s: only %s may go against it (%s)"), granting->ticket[FIELD_ID], by,
			 clause);
}

/* The answer on which it is granted stands in `granting` afterwards, or the one that refuses. */
static int ask_pack(struct granting *granting, bool *granted, struct svc_error *err)
{
	const struct svc_policy *policy = granting->ruling.policy;
	bool returns = svc_policy_answers(policy, SVC_ASK_RETURN);
	struct svc_answer warranty = {0};
	int status = returns ? ask(granting, SVC_ASK_RETURN, &granting->answer, err) : SVC_OK;
	*granted = returns && granting->answer.verdict == SVC_ACCEPTED;
	if (status != SVC_OK || *granted || !svc_policy_answers(policy, SVC_ASK_WARRANTY))
		return status;
	status = ask(granting, SVC_ASK_WARRANTY, &warranty, err);
	*granted = status == SVC_OK && warranty_grants(&warranty, granting->grant->want);
	if (!*granted && returns) {
		svc_answer_release(&warranty);
		return status;
	}
	svc_answer_release(&granting->answer);
	granting->answer = warranty;
	return status;
}

int grant_decide(struct granting *granting, struct svc_error *err)
{
	const struct svc_grant *grant = granting->grant;
	bool granted = false;
	int status = open_pack(granting, err);
	const struct svc_policy *policy = granting->ruling.policy;
	if (status != SVC_OK || !policy ||
	    (!svc_policy_answers(policy, SVC_ASK_RETURN) && !svc_policy_answers(policy, SVC_ASK_WARRANTY)))
		return status;
	status = ask_pack(granting, &granted, err);
	granting->decided = status == SVC_OK;
	if (status == SVC_OK && !granted) {
		enum svc_verdict verdict = granting->answer.verdict;
		if (!grant->override || verdict == SVC_VERDICT_INCOMPLETE)
			return refuse(granting, err);
		if (verdict != SVC_REFER)
			status = against(granting, grant_word(granting), err);
	}
	/* No pack says so far that goods need not come back. */
	if (status == SVC_OK && grant->without_return)
		status = against(granting, "without_return", err);
	return status;
}
