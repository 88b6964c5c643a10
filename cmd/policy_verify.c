/* svc policy verify: the decisions of the desk, derived once more. */
#include "policy_verify.h"
#include "globals.h"

#include <jansson.h>
#include <stdlib.h>

struct proof {
	struct command *command;
	json_t *deviating; /* one object per decision that does not come out the same */
	json_t *findings; /* one per thing that is wrong in the file beside them */
};

static void speak(void *context, enum svc_lang lang)
{
	(void)context;
	language_choose(lang == SVC_LANG_ZH ? "zh" : "en");
}

static json_t *decision_object(const struct svc_decision *decision)
{
	char version[16], now[40], ticket[24];
	svc_date_format(decision->version, version);
	svc_time_format(decision->now, NULL, now);
	snprintf(ticket, sizeof ticket, "%c%lld", svc_kind_letter(SVC_TICKET), (long long)decision->ticket);
	const char *ask = decision->ask < SVC_ASK_COUNT ? svc_ask_name(decision->ask) : "";
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "decision", (json_int_t)decision->id, "ticket",
			 ticket, "ask", ask, "policy", decision->policy, "version", version, "hash", decision->hash,
			 "now", now, "engine", decision->engine);
}

static json_t *value_of(const char *text)
{
	return text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
}

static json_t *deviation_object(const struct svc_deviation *deviation)
{
	json_t *object = json_pack("{s:s}", "field", deviation->field);
	json_t *kept = value_of(deviation->kept), *derived = value_of(deviation->derived);
	if (kept)
		json_object_set_new(object, "kept", kept);
	if (derived)
		json_object_set_new(object, "derived", derived);
	return object;
}

static void tell(struct show *show, const struct svc_verification *verification)
{
	const struct svc_decision *decision = verification->decision;
	show_mood(show, SHOW_BAD, _("decision %lld of ticket %c%lld, by policy %s"), (long long)decision->id,
		  svc_kind_letter(SVC_TICKET), (long long)decision->ticket, decision->policy);
	if (verification->altered)
		show_line(show, "%s", _("  it was altered in the file after it was kept"));
	if (verification->unmade)
		show_line(show, "%s", _("  no event of its ticket made it: it was put into the file"));
	if (verification->fault)
		show_line(show, "  %s", verification->fault);
	for (size_t i = 0; i < verification->deviation_count; i++) {
		const struct svc_deviation *deviation = &verification->deviations[i];
		show_line(show, _("  %s: kept %s, comes out %s"), deviation->field,
			  deviation->kept ? deviation->kept : "-", deviation->derived ? deviation->derived : "-");
	}
}

static int seen(void *context, const struct svc_verification *verification)
{
	struct proof *proof = context;
	json_t *object = decision_object(verification->decision), *deviations = json_array();
	tell(proof->command->show, verification);
	json_object_set_new(object, "altered", json_boolean(verification->altered));
	json_object_set_new(object, "unmade", json_boolean(verification->unmade));
	if (verification->fault)
		json_object_set_new(object, "fault", json_string(verification->fault));
	for (size_t i = 0; i < verification->deviation_count; i++)
		json_array_append_new(deviations, deviation_object(&verification->deviations[i]));
	json_object_set_new(object, "deviations", deviations);
	json_array_append_new(proof->deviating, object);
	return 0;
}

static int seen_beside(void *context, const struct svc_file_finding *finding)
{
	struct proof *proof = context;
	const struct {
		const char *key;
		int64_t number;
	} numbers[] = {{"decision", finding->decision}, {"event", finding->event}};
	show_mood(proof->command->show, SHOW_BAD, "%s", finding->text);
	json_t *object = json_pack("{s:s, s:s, s:s*, s:s*}", "kind", finding->kind, "text", finding->text, "policy",
				   finding->policy, "setting", finding->name);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (numbers[i].number)
			json_object_set_new(object, numbers[i].key, json_integer(numbers[i].number));
	if (finding->ticket)
		json_object_set_new(object, "ticket",
				    json_sprintf("%c%lld", svc_kind_letter(SVC_TICKET), (long long)finding->ticket));
	json_array_append_new(proof->findings, object);
	return 0;
}

static int report(struct proof *proof, int64_t count)
{
	struct command *command = proof->command;
	size_t bad = json_array_size(proof->deviating), beside = json_array_size(proof->findings);
	json_t *document = json_pack("{s:s, s:I, s:I, s:O, s:O}", "schema", "svc.policy.verify/1", "decisions",
				     (json_int_t)count, "same", (json_int_t)(count - (int64_t)bad), "deviating",
				     proof->deviating, "findings", proof->findings);
	int status = show_object(command->show, document);
	show_line(command->show, _("%lld decisions: %lld come out the same, %zu do not"), (long long)count,
		  (long long)(count - (int64_t)bad), bad);
	if (beside)
		show_line(command->show,
			  beside == 1 ? _("%zu more finding in the file") : _("%zu more findings in the file"), beside);
	return status ? status : bad || beside ? SVC_NO : SVC_OK;
}

int policy_verify(struct command *command)
{
	const char *name = command_argument(command, "TICKET");
	struct proof proof = {command, json_array(), json_array()};
	const struct svc_verifier verifier = {seen, speak, &proof, seen_beside};
	int64_t ticket = 0, count = 0;
	int status = name ? records_find(command, SVC_TICKET, name, &ticket) : SVC_OK;
	if (!status)
		status = svc_decisions_verify(command->desk, ticket, &verifier, &count, &command->error);
	if (!status)
		status = report(&proof, count);
	json_decref(proof.deviating);
	json_decref(proof.findings);
	return status;
}
