#include "base/error.h"
#include "history.h"
#include "policy/versions.h"
#include "ruling.h"
#include "store/kept.h"
#include "store/record.h"

#include <stdlib.h>
#include <string.h>

struct known { /* what the store knows about the question */
	struct arena arena;
	const char *unit[FIELD_LIMIT], *customer[FIELD_LIMIT];
};

static const char *value_at(enum svc_kind kind, const char *const *values, const char *field)
{
	return values[field_find(kind, field)];
}

/* The unit and its customer, whose zone and distance are facts of a visit. */
static int read_known(struct svc_desk *desk, int64_t unit, struct known *known, struct svc_error *err)
{
	if (!unit)
		return SVC_OK;
	int status = record_read(desk->store, SVC_UNIT, unit, &known->arena, known->unit, err);
	const char *customer = status == SVC_OK ? value_at(SVC_UNIT, known->unit, "customer") : NULL;
	if (!customer)
		return status;
	return record_read(desk->store, SVC_CUSTOMER, record_number(SVC_CUSTOMER, customer), &known->arena,
			   known->customer, err);
}

/* ---- which pack, and which of its versions ---- */

/* The unit's own, else the desk's default; NULL: none. */
static int usual_pack(struct svc_desk *desk, const struct inquiry *inquiry, const struct known *known,
		      const char **name, struct svc_error *err)
{
	const struct store_about *about;
	*name = inquiry->unit ? value_at(SVC_UNIT, known->unit, "policy") : NULL;
	if (*name || !desk)
		return SVC_OK;
	int status = store_about(desk->store, &about, err);
	if (status == SVC_OK)
		*name = about->policy;
	return status;
}

/* A pack bears its id whether it is named by that, by a version or by its path. */
static bool leads_to(const char *name, const char *id, const struct svc_desk_options *options)
{
	struct svc_policy *policy = NULL;
	bool same = strcmp(name, id) == 0;
	if (!same && svc_policy_open(&policy, name, SVC_DATE_NONE, &options->places, NULL) == SVC_OK)
		same = strcmp(svc_policy_id(policy), id) == 0;
	svc_policy_free(policy);
	return same;
}

static int choose_pack(struct svc_desk *desk, const struct svc_desk_options *options, const struct inquiry *inquiry,
		       const struct known *known, const char **name, struct svc_error *err)
{
	int status = SVC_OK;
	*name = options->policy;
	if (!*name)
		status = usual_pack(desk, inquiry, known, name, err);
	if (status != SVC_OK)
		return status;
	if (!options->policy && inquiry->policy && !(*name && leads_to(*name, inquiry->policy, options)))
		*name = inquiry->policy;
	if (*name || (inquiry->may_lack && !inquiry->fact_count))
		return SVC_OK;
	error_set(err, SVC_USAGE, _("no policy pack to ask"));
	error_hint(err, _("name one with --policy PACK; svc policy list shows them"));
	return SVC_USAGE;
}

/* ---- facts ---- */

static int put_fact(struct svc_facts *facts, const char *name, const char *value, struct svc_error *err)
{
	bool json = value[0] == '{' || (value[0] == '[' && strcmp(value, "[]") != 0);
	return json ? svc_facts_set_json(facts, name, value, err) : svc_facts_set(facts, name, value, err);
}

static int put_record(struct svc_facts *facts, enum svc_kind kind, const char *const *values, struct svc_error *err)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < count; i++)
		if (values[i] && (fields[i].flags & SVC_FIELD_FACT))
			status = put_fact(facts, fields[i].name, values[i], err);
	return status;
}

static int put_facts(struct svc_facts *facts, const struct svc_desk_options *options, const struct inquiry *inquiry,
		     const struct known *known, struct svc_error *err)
{
	char day[16];
	int status = inquiry->ticket ? put_record(facts, SVC_TICKET, inquiry->ticket, err) : SVC_OK;
	if (status == SVC_OK)
		status = put_record(facts, SVC_CUSTOMER, known->customer, err);
	if (status == SVC_OK)
		status = put_record(facts, SVC_UNIT, known->unit, err);
	if (status == SVC_OK && inquiry->claim != SVC_DATE_NONE) {
		svc_date_format(inquiry->claim, day);
		status = svc_facts_set(facts, "claim", day, err);
	}
	for (size_t i = 0; status == SVC_OK && i < inquiry->fact_count; i++)
		status = put_fact(facts, inquiry->facts[i].field, inquiry->facts[i].value, err);
	if (status == SVC_OK)
		svc_facts_now(facts, options->now);
	return status;
}

/* ---- settings ---- */

struct setting_facts {
	struct svc_facts *facts;
	struct svc_error *err;
};

static int put_setting(void *context, const char *name, const char *value)
{
	const struct setting_facts *to = context;
	int status = svc_facts_setting(to->facts, name, value, to->err);
	return status == SVC_USAGE ? SVC_OK : status; /* another version of the pack has no such setting */
}

static int put_settings(struct svc_desk *desk, struct svc_facts *facts, const struct svc_desk_options *options,
			const struct inquiry *inquiry, struct svc_error *err)
{
	struct setting_facts to = {facts, err};
	int status = SVC_OK;
	if (desk)
		status = kept_setting_each(desk->store, svc_policy_id(facts->policy),
					   facts_question(facts, options->now), put_setting, &to, err);
	for (size_t i = 0; status == SVC_OK && i < inquiry->setting_count; i++)
		status = svc_facts_setting(facts, inquiry->settings[i].field, inquiry->settings[i].value, err);
	return status;
}

/* ---- the answer ---- */

/* What the tickets of a known unit say, where nobody has said otherwise. */
static int put_history(struct svc_desk *desk, const struct inquiry *inquiry, struct svc_facts *facts,
		       struct svc_error *err)
{
	struct history_question question = {
		.unit = inquiry->unit, .typed = inquiry->facts, .typed_count = inquiry->fact_count};
	if (!inquiry->unit)
		return SVC_OK;
	if (inquiry->ticket) {
		const char *id = inquiry->ticket[FIELD_ID];
		question.ticket = id ? record_number(SVC_TICKET, id) : 0;
		question.symptom = value_at(SVC_TICKET, inquiry->ticket, "symptom");
	}
	return history_put(desk, &question, facts, err);
}

static int put_all(struct svc_desk *desk, const struct svc_desk_options *options, const struct inquiry *inquiry,
		   const struct known *known, struct svc_facts *facts, struct svc_error *err)
{
	int status = put_facts(facts, options, inquiry, known, err);
	if (status == SVC_OK)
		status = put_settings(desk, facts, options, inquiry, err);
	return status == SVC_OK ? put_history(desk, inquiry, facts, err) : status;
}

int ruling_fill(struct svc_desk *desk, const struct svc_desk_options *options, const struct inquiry *inquiry,
		struct svc_facts *facts, struct svc_error *err)
{
	struct known known = {0};
	int status = read_known(desk, inquiry->unit, &known, err);
	if (status == SVC_OK)
		status = put_all(desk, options, inquiry, &known, facts, err);
	arena_release(&known.arena);
	return status;
}

struct filling {
	struct svc_desk *desk;
	const struct svc_desk_options *options;
	const struct inquiry *inquiry;
	const struct known *known;
};

static int fill_version(void *context, struct version *version, struct svc_error *err)
{
	const struct filling *filling = context;
	return put_all(filling->desk, filling->options, filling->inquiry, filling->known, version->facts, err);
}

/* The version that answers is handed over, with its facts. */
static int take_version(const struct filling *filling, struct versions *versions, struct svc_policy **policy,
			struct svc_facts **facts, struct svc_error *err)
{
	struct version_question question = {.ask = filling->inquiry->ask,
					    .now = filling->options->now,
					    .fill = fill_version,
					    .context = (void *)filling,
					    .own_settings = true};
	struct version *version;
	int status = versions_fill(versions, &question, &version, err);
	if (status != SVC_OK)
		return status;
	*facts = version->facts;
	version->facts = NULL;
	*policy = versions_take(version);
	return SVC_OK;
}

int ruling_open(struct svc_desk *desk, const struct svc_desk_options *options, const struct inquiry *inquiry,
		struct svc_policy **policy, struct svc_facts **facts, struct svc_error *err)
{
	struct known known = {0};
	struct versions versions = {0};
	const char *name = NULL;
	*policy = NULL;
	*facts = NULL;
	int status = read_known(desk, inquiry->unit, &known, err);
	if (status == SVC_OK)
		status = choose_pack(desk, options, inquiry, &known, &name, err);
	if (status == SVC_OK && name)
		status = versions_open(&versions, name, &options->places, (svc_date)(options->now / 86400), err);
	if (status == SVC_OK && name)
		status = take_version(&(struct filling){desk, options, inquiry, &known}, &versions, policy, facts, err);
	versions_release(&versions);
	arena_release(&known.arena);
	return status;
}

int ruling_ask(struct ruling *ruling, enum svc_ask ask, const struct svc_facts *facts, bool explain,
	       struct svc_answer *answer, struct svc_error *err)
{
	int status = svc_ask(ruling->policy, ask, facts, explain, answer, err);
	if (status == SVC_OK && ruling->keep) {
		ruling->facts = svc_facts_json(facts, false);
		ruling->settings = svc_facts_json(facts, true);
	}
	return status;
}

int ruling_make(struct svc_desk *desk, const struct svc_desk_options *options, const struct inquiry *inquiry,
		struct ruling *ruling, struct svc_answer *answer, struct svc_error *err)
{
	struct svc_facts *facts = NULL;
	int status = ruling_open(desk, options, inquiry, &ruling->policy, &facts, err);
	bool lacks = ruling->policy && inquiry->may_lack && !svc_policy_answers(ruling->policy, inquiry->ask);
	if (status == SVC_OK && ruling->policy && !lacks)
		status = ruling_ask(ruling, inquiry->ask, facts, inquiry->explain, answer, err);
	svc_facts_free(facts);
	if (status != SVC_OK || lacks)
		ruling_release(ruling, true);
	return status;
}

void ruling_release(struct ruling *ruling, bool with_policy)
{
	free(ruling->facts);
	free(ruling->settings);
	ruling->facts = ruling->settings = NULL;
	if (with_policy) {
		svc_policy_free(ruling->policy);
		ruling->policy = NULL;
	}
}

int svc_entitlement(struct svc_desk *desk, const struct svc_question *question, struct svc_answer *answer,
		    struct svc_policy **policy, struct svc_error *err)
{
	const struct svc_desk_options *options = desk ? &desk->options : question->options;
	struct ruling ruling = {0};
	struct inquiry inquiry = {.ask = question->ask,
				  .unit = question->unit,
				  .facts = question->facts,
				  .fact_count = question->fact_count,
				  .settings = question->settings,
				  .setting_count = question->setting_count,
				  .claim = SVC_DATE_NONE,
				  .explain = question->explain};
	*policy = NULL;
	if (!desk && (!options || question->unit))
		return error_set(err, SVC_FAULT, _("a unit can be asked about only at a desk"));
	int status = ruling_make(desk, options, &inquiry, &ruling, answer, err);
	*policy = ruling.policy;
	return status;
}

int svc_unit_facts(struct svc_desk *desk, int64_t unit, struct svc_facts *facts, struct svc_error *err)
{
	struct known known = {0};
	int status = read_known(desk, unit, &known, err);
	if (status == SVC_OK)
		status = put_record(facts, SVC_CUSTOMER, known.customer, err);
	if (status == SVC_OK)
		status = put_record(facts, SVC_UNIT, known.unit, err);
	arena_release(&known.arena);
	return status;
}
