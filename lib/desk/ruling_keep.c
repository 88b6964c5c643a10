/* Decisions are kept whole, so that they can be derived again: the pack's text, its includes, settings, facts, the present. */
#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "policy/pack.h"
#include "ruling.h"
#include "store/decision.h"

#include <stdlib.h>

/* The text that the pack was compiled with, and no later one. */
static int include_read(struct strbuf *out, const struct pack_head *head, const struct pack_include *include,
			struct svc_error *err)
{
	const char *file = pack_text(head, include->file);
	int status = file_read(out, file, FILE_TEXT_MAX, err);
	struct fingerprint now = fingerprint_of(out->text ? out->text : "", out->length);
	if (status == SVC_OK && (now.high != include->print.high || now.low != include->print.low)) {
		status = error_set(err, SVC_BAD_INPUT, _("%s has been changed since it was opened"), file);
		error_hint(err, "%s", _("run the command again"));
	}
	return status;
}

static int includes_json(const struct svc_policy *policy, struct strbuf *out, struct svc_error *err)
{
	const struct pack_head *head = policy->head;
	struct json json = {.out = out};
	int status = SVC_OK;
	json_open(&json, NULL, '{');
	for (uint32_t i = 0; status == SVC_OK && i < head->includes.count; i++) {
		const struct pack_include *include = PACK_ITEM(head, head->includes, struct pack_include, i);
		struct strbuf text = {0};
		status = include_read(&text, head, include, err);
		if (status == SVC_OK)
			json_string(&json, pack_text(head, include->name), text.text ? text.text : "");
		strbuf_release(&text);
	}
	json_close(&json, '}');
	return status;
}

static int keep_pack(struct svc_desk *desk, const struct svc_policy *policy, struct svc_error *err)
{
	struct strbuf includes = {0};
	char *text = NULL;
	size_t length;
	bool known;
	int status = decision_pack_known(desk->store, svc_policy_hash(policy), &known, err);
	if (status != SVC_OK || known)
		return status;
	status = svc_policy_text(policy, &text, &length, err);
	if (status == SVC_OK)
		status = includes_json(policy, &includes, err);
	if (status == SVC_OK)
		status = decision_keep_pack(desk->store, svc_policy_hash(policy), svc_policy_id(policy), text,
					    includes.text, err);
	strbuf_release(&includes);
	free(text);
	return status;
}

int ruling_keep(struct svc_desk *desk, int64_t ticket, int64_t event, const struct ruling *ruling,
		const struct svc_answer *answer, struct svc_error *err)
{
	int status = keep_pack(desk, ruling->policy, err);
	if (status != SVC_OK)
		return status;
	char *text = svc_answer_json(answer);
	struct kept_decision decision = {.ticket = ticket,
					 .event = event,
					 .ask = svc_ask_name(answer->ask),
					 .policy = svc_policy_id(ruling->policy),
					 .hash = svc_policy_hash(ruling->policy),
					 .verdict = svc_verdict_id(answer->verdict),
					 .settings = ruling->settings,
					 .facts = ruling->facts,
					 .answer = text,
					 .version = svc_policy_effective(ruling->policy),
					 .now = desk->options.now,
					 .engine = PACK_ENGINE};
	status = decision_append(desk->store, &decision, err);
	free(text);
	return status;
}

struct showing {
	svc_decision_seen seen;
	void *context;
};

struct svc_decision ruling_kept(const struct kept_decision *kept)
{
	struct svc_decision decision = {.id = kept->id,
					.ticket = kept->ticket,
					.event = kept->event,
					.ask = SVC_ASK_COUNT,
					.policy = kept->policy,
					.hash = kept->hash,
					.verdict = kept->verdict,
					.version = kept->version,
					.now = kept->now,
					.engine = kept->engine,
					.settings = kept->settings,
					.facts = kept->facts,
					.answer = kept->answer};
	svc_ask_find(kept->ask, &decision.ask, NULL);
	return decision;
}

static int show_decision(void *context, const struct kept_decision *kept)
{
	const struct showing *showing = context;
	if (kept->taken_back)
		return 0;
	struct svc_decision decision = ruling_kept(kept);
	return showing->seen(showing->context, &decision);
}

int svc_ticket_decisions(struct svc_desk *desk, int64_t ticket, svc_decision_seen seen, void *context,
			 struct svc_error *err)
{
	struct showing showing = {seen, context};
	return decision_each(desk->store, ticket, show_decision, &showing, err);
}
