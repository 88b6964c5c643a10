/* Which pack answers a line of a batch, in which version, and the asking itself. */
#include "base/error.h"
#include "base/memory.h"
#include "batch_run.h"
#include "desk/history.h"
#include "store/kept.h"

#include <stdlib.h>
#include <string.h>

/* ---- packs and their versions ---- */

/* Takes the policy over, whatever comes of it. */
static int version_add(struct batch *batch, struct batch_pack *pack, struct svc_policy *policy, struct svc_error *err)
{
	struct svc_facts *facts = NULL;
	const struct svc_batch_options *options = batch->options;
	int status = svc_facts_new(&facts, policy, err);
	for (size_t i = 0; !status && i < options->setting_count; i++)
		status = svc_facts_setting(facts, options->settings[i].field, options->settings[i].value, err);
	if (status) {
		svc_facts_free(facts);
		svc_policy_free(policy);
		return status;
	}
	pack->versions = memory_grow(pack->versions, pack->version_count + 1, sizeof *pack->versions);
	pack->versions[pack->version_count++] = (struct batch_version){.policy = policy, .facts = facts};
	return SVC_OK;
}

/* The newest version stands first; when the oldest is another, each line's day of sale decides. */
static int versions_open(struct batch *batch, struct batch_pack *pack, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	struct svc_policy *newest = NULL, *oldest = NULL;
	int status = svc_policy_open(&newest, pack->name, SVC_DATE_NONE, &options->places, err);
	if (status)
		return status;
	if (!svc_policy_answers(newest, options->ask))
		status = error_set(err, SVC_USAGE, _("the policy %s has no rules for the question %s"),
				   svc_policy_id(newest), svc_ask_name(options->ask));
	if (!status)
		status = svc_policy_open(&oldest, pack->name, svc_date_of(1900, 1, 1), &options->places, err);
	if (status) {
		svc_policy_free(newest);
		return status;
	}
	pack->several = svc_policy_effective(newest) != svc_policy_effective(oldest);
	svc_policy_free(oldest);
	return version_add(batch, pack, newest, err);
}

static int version_find(struct batch *batch, struct batch_pack *pack, svc_date sale, uint32_t *out,
			struct svc_error *err)
{
	struct batch_day *day = &pack->days[(uint32_t)sale & (BATCH_DAYS - 1)];
	if (day->version && day->sale == sale) {
		*out = day->version - 1;
		return SVC_OK;
	}
	struct svc_policy *policy = NULL;
	int status = svc_policy_open(&policy, pack->name, sale, &batch->options->places, err);
	if (status)
		return status;
	uint32_t found = 0;
	while (found < pack->version_count &&
	       svc_policy_effective(pack->versions[found].policy) != svc_policy_effective(policy))
		found++;
	if (found < pack->version_count)
		svc_policy_free(policy);
	else
		status = version_add(batch, pack, policy, err);
	if (!status)
		*day = (struct batch_day){sale, found + 1};
	*out = found;
	return status;
}

static int note_setting(void *context, const char *name, const char *value)
{
	(void)name;
	(void)value;
	*(bool *)context = true;
	return SVC_OK;
}

static void pack_free(struct batch_pack *pack)
{
	for (size_t i = 0; i < pack->version_count; i++) {
		free(pack->versions[i].places);
		svc_facts_free(pack->versions[i].facts);
		svc_policy_free(pack->versions[i].policy);
	}
	free(pack->versions);
	free(pack->name);
	free(pack);
}

/* A pack by its name, opened when it is met for the first time. */
static int pack_get(struct batch *batch, const char *name, struct batch_pack **out, struct svc_error *err)
{
	struct svc_desk *desk = batch->options->desk;
	for (size_t i = 0; i < batch->pack_count; i++)
		if (!strcmp(batch->packs[i]->name, name)) {
			*out = batch->packs[i];
			return SVC_OK;
		}
	struct batch_pack *pack = memory_get(sizeof *pack);
	pack->name = memory_copy(name);
	int status = versions_open(batch, pack, err);
	if (!status && desk)
		status = kept_setting_each(desk->store, svc_policy_id(pack->versions[0].policy),
					   svc_date_of(9999, 12, 31), note_setting, &pack->set_by_desk, err);
	if (status) {
		pack_free(pack);
		return status;
	}
	batch->packs = memory_grow(batch->packs, batch->pack_count + 1, sizeof(struct batch_pack *));
	batch->packs[batch->pack_count++] = *out = pack;
	return SVC_OK;
}

const char *batch_pack_name(const struct batch *batch)
{
	return batch->common->name;
}

int batch_choose_pack(struct batch *batch, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	struct svc_desk_about about = {0};
	if (!options->policy && !options->desk)
		return error_set(err, SVC_USAGE, _("no policy pack to ask"));
	int status = options->policy ? SVC_OK : svc_desk_about(options->desk, &about, err);
	const char *name = options->policy ? options->policy : about.policy;
	return status || !name ? status : pack_get(batch, name, &batch->common, err);
}

void batch_close_packs(struct batch *batch)
{
	for (size_t i = 0; i < batch->pack_count; i++)
		pack_free(batch->packs[i]);
	free(batch->packs);
	svc_policy_free(batch->asked);
}

/* ---- asking ---- */

static svc_date sale_day(const struct batch *batch, const struct batch_version *version)
{
	svc_date sale = svc_facts_sale(version->facts);
	return sale == SVC_DATE_NONE ? svc_zone_date(svc_policy_zone(version->policy), batch->options->now) : sale;
}

int batch_ask(struct batch *batch, struct batch_pack *pack, batch_fill fill, void *line, struct svc_error *err)
{
	struct batch_version *version = &pack->versions[0];
	svc_facts_clear(version->facts);
	int status = fill(batch, version, line, err);
	if (!status && pack->several) {
		uint32_t index = 0;
		status = version_find(batch, pack, sale_day(batch, version), &index, err);
		version = &pack->versions[status ? 0 : index];
		if (!status && index) {
			svc_facts_clear(version->facts);
			status = fill(batch, version, line, err);
		}
	}
	if (status)
		return status;
	svc_facts_now(version->facts, batch->options->now);
	return svc_ask(version->policy, batch->options->ask, version->facts, false, &batch->answer, err);
}

/* ---- lines that need the desk ---- */

bool batch_through_desk(const struct batch *batch)
{
	return batch->serial || !batch->common || batch->common->set_by_desk;
}

void batch_fact(struct batch *batch, const char *name, const char *value)
{
	if (batch->fact_count == batch->fact_room) {
		batch->fact_room = batch->fact_room ? batch->fact_room * 2 : 32;
		batch->facts = memory_grow(batch->facts, batch->fact_room, sizeof *batch->facts);
	}
	batch->facts[batch->fact_count++] = (struct svc_assignment){name, value};
}

/* What the desk knows of the unit, then what the line says, then what the unit's tickets say beside it. */
static int fill_unit(struct batch *batch, struct batch_version *version, void *line, struct svc_error *err)
{
	const int64_t *unit = line;
	int status = *unit ? svc_unit_facts(batch->options->desk, *unit, version->facts, err) : SVC_OK;
	for (size_t i = 0; !status && i < batch->fact_count; i++) {
		status = svc_facts_set(version->facts, batch->facts[i].field, batch->facts[i].value, err);
		if (status)
			error_field(err, batch->facts[i].field);
	}
	if (status || !*unit)
		return status;
	svc_facts_now(version->facts, batch->options->now);
	struct history_question question = {.unit = *unit, .typed = batch->facts, .typed_count = batch->fact_count};
	return history_put(batch->options->desk, &question, version->facts, err);
}

/* The unit of the line's serial, and the pack that answers for it; *pack NULL: none is known. */
static int find_unit(struct batch *batch, int64_t *unit, struct batch_pack **pack, struct svc_error *err)
{
	struct svc_desk *desk = batch->options->desk;
	struct svc_record record = {0};
	*unit = 0;
	*pack = batch->common;
	if (!batch->serial)
		return SVC_OK;
	int status = desk ? svc_find(desk, SVC_UNIT, batch->serial, unit, err)
			  : error_set(err, SVC_USAGE, _("a serial needs a desk"));
	if (status) {
		error_field(err, "serial");
		return status;
	}
	if (batch->options->policy)
		return SVC_OK;
	status = svc_read(desk, SVC_UNIT, *unit, &record, err);
	const char *name = status ? NULL : svc_record_value(&record, "policy");
	if (name)
		status = pack_get(batch, name, pack, err);
	svc_record_release(&record);
	return status;
}

/* Settings of a desk hold from a day on, so such lines are asked through the desk, each for itself. */
static int ask_for_itself(struct batch *batch, int64_t unit, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	struct svc_question question = {.ask = options->ask,
					.unit = unit,
					.facts = batch->facts,
					.fact_count = batch->fact_count,
					.settings = options->settings,
					.setting_count = options->setting_count};
	svc_policy_free(batch->asked);
	batch->asked = NULL;
	return svc_entitlement(options->desk, &question, &batch->answer, &batch->asked, err);
}

int batch_ask_desk(struct batch *batch, struct svc_error *err)
{
	struct batch_pack *pack;
	int64_t unit;
	int status = find_unit(batch, &unit, &pack, err);
	if (status)
		return status;
	if (!pack || pack->set_by_desk)
		return ask_for_itself(batch, unit, err);
	return batch_ask(batch, pack, fill_unit, &unit, err);
}
