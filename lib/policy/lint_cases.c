/* The worked cases of a pack say of its clauses what no search over its rules can know: what they ought to come to. */
#include "coverage.h"
#include "lint.h"
#include "parse.h"
#include "probe.h"

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct proving {
	struct lint *lint;
	const struct svc_pack_cases *cases;
	struct svc_coverage *coverage;
	svc_time now;
	bool versions; /* the pack has several */
	size_t place; /* of the next rule of the walk */
};

/* ---- the text ---- */

int svc_pack_cases_read(struct svc_pack_cases *out, const struct svc_policy *policy,
			const struct svc_policy_places *places, struct svc_error *err)
{
	/* a text in memory stands beside nothing */
	struct origin origin = {.beside = policy->text ? NULL : policy->file, .places = places};
	char name[128];
	struct strbuf text = {0};
	int status = SVC_OK;

	snprintf(name, sizeof name, "cases/%s", svc_policy_id(policy));
	*out = (struct svc_pack_cases){.file = include_find(name, &origin), .places = places};
	if (out->file)
		status = file_read(&text, out->file, FILE_TEXT_MAX, err);
	if (out->file && !text.text)
		strbuf_puts(&text, "");
	out->text = text.text;
	out->length = text.length;
	return status;
}

void svc_pack_cases_release(struct svc_pack_cases *cases)
{
	free(cases->file);
	free(cases->text);
	*cases = (struct svc_pack_cases){0};
}

/* ---- what no longer comes out ---- */

static svc_date effective_on(const struct proving *proving, svc_date day)
{
	struct svc_policy *version = NULL;
	svc_date effective = SVC_DATE_NONE;

	if (svc_policy_open(&version, svc_policy_id(proving->lint->policy), day, proving->cases->places, NULL) ==
	    SVC_OK)
		effective = svc_policy_effective(version);
	svc_policy_free(version);
	return effective;
}

/* Whether this pack is one of several versions, and another one answers this case, or has a say in it. */
static bool is_of_other_version(const struct proving *proving, const struct lint_case *one)
{
	const struct svc_policy *policy = proving->lint->policy;
	svc_date own = svc_policy_effective(policy);

	return proving->versions && effective_on(proving, own) == own &&
	       !svc_policy_decides(policy, svc_policy_id(policy), one->ask, one->facts, proving->now,
				   proving->cases->places);
}

struct deciding {
	const struct lint_case *one;
	const struct rule *rule; /* that bears the answer's first clause */
};

static bool find_deciding(void *context, const struct walked_rule *walked)
{
	struct deciding *deciding = context;
	const struct pack_head *head = walked->policy->head;

	if (walked->ask == deciding->one->ask &&
	    !strcmp(pack_text(head, walked->rule->clause), deciding->one->answer.clauses[0]))
		deciding->rule = walked->rule;
	return !deciding->rule;
}

static void differs(struct lint *lint, const struct lint_case *one, const char *difference)
{
	struct deciding deciding = {.one = one};
	struct strbuf said = {0};

	for (const char *at = difference; *at; at++)
		strbuf_printf(&said, *at == '\n' ? "; " : "%c", *at);
	if (!one->status && one->answer.clause_count)
		rules_walk(lint->policy, find_deciding, &deciding);
	find(lint, "case", deciding.rule, one, _("case %s no longer comes out as it says: %s"), one->worked->id,
	     said.text);
	strbuf_release(&said);
}

/* Asks the case; what it can't be asked for is in the fault of *out. */
static void ask_case(struct proving *proving, const struct worked_case *worked, struct lint_case *out)
{
	const struct svc_policy *policy = proving->lint->policy;

	*out = (struct lint_case){.worked = worked};
	svc_facts_new(&out->facts, policy, NULL);
	out->status = svc_ask_find(worked->ask, &out->ask, &out->fault);
	if (!out->status)
		out->status = case_give(worked, out->facts, proving->cases->file, &out->fault);
	if (out->status)
		return;
	svc_facts_now(out->facts, proving->now);
	out->status = svc_ask(policy, out->ask, out->facts, false, &out->answer, &out->fault);
}

static void prove_case(struct proving *proving, const struct worked_case *worked)
{
	struct strbuf difference = {0};
	struct lint_case one;

	ask_case(proving, worked, &one);
	if (is_of_other_version(proving, &one)) {
		case_release(&one);
		return;
	}
	if (one.status) {
		strbuf_printf(&difference, _("can't be asked: %s"), one.fault.text);
	} else {
		char *json = svc_answer_json(&one.answer);

		coverage_note(proving->coverage, one.facts, &one.answer, NULL);
		case_compare(worked, json, proving->lint->policy, &difference);
		free(json);
	}
	if (difference.length)
		differs(proving->lint, &one, difference.text);
	strbuf_release(&difference);
	case_release(&one);
}

/* ---- what no case exercises ---- */

static bool untried(void *context, const struct walked_rule *rule)
{
	struct proving *proving = context;
	struct lint *lint = proving->lint;
	struct lint_case one = {.ask = rule->ask};
	size_t cases;

	if (!coverage_of(proving->coverage, lint->policy, proving->place++, &cases) || cases)
		return true;
	svc_facts_new(&one.facts, lint->policy, NULL);
	probe_case(rule, one.facts);
	one.status = svc_ask(lint->policy, one.ask, one.facts, false, &one.answer, &one.fault);
	find(lint, "untried", rule->rule, &one, _("no case of %s exercises this rule"), proving->cases->file);
	case_release(&one);
	return !lint->status;
}

void lint_cases(struct lint *lint, const struct svc_pack_cases *cases, svc_time now)
{
	struct proving proving = {.lint = lint, .cases = cases, .now = now, .coverage = svc_coverage_new()};
	struct arena memory = {0};
	struct node *tree = NULL;
	struct worked_case one;

	proving.versions = effective_on(&proving, svc_date_of(1900, 1, 1)) != effective_on(&proving, SVC_DATE_NONE);
	lint->status = cases_read(&tree, &memory, cases->text, cases->length, cases->file, lint->err);
	for (size_t i = 0; tree && i < tree->count && !lint->status; i++) {
		case_read(tree->items[i], &one, cases->file, NULL);
		if (!strcmp(one.policy, svc_policy_id(lint->policy)))
			prove_case(&proving, &one);
	}
	if (!lint->status)
		rules_walk(lint->policy, untried, &proving);
	svc_coverage_free(proving.coverage);
	arena_release(&memory);
}
