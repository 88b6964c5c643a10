/* Which pack answers a line of a batch, in which version, and the asking itself. */
#include "base/error.h"
#include "base/memory.h"
#include "batch_run.h"
#include "desk/history.h"
#include "store/kept.h"

#include <stdlib.h>
#include <string.h>

/* ---- packs and their versions ---- */

static int note_setting(void *context, const char *name, const char *value)
{
	(void)name;
	(void)value;
	*(bool *)context = true;
	return SVC_OK;
}

/* The settings of the run stand in a version from its beginning on. */
static int begin_version(const struct batch *batch, struct version *version, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	int status = SVC_OK;
	for (size_t i = 0; !version->begun && !status && i < options->setting_count; i++)
		status = svc_facts_setting(version->facts, options->settings[i].field, options->settings[i].value, err);
	version->begun = !status && !version->facts->passed_over;
	return status;
}

static int pack_open(struct batch *batch, struct batch_pack *pack, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	int status = versions_open(&pack->versions, pack->name, &options->places, SVC_DATE_NONE, err);
	if (status)
		return status;
	struct version *newest = pack->versions.items[0];
	if (!svc_policy_answers(newest->policy, options->ask))
		return error_set(err, SVC_USAGE, _("the policy %s has no rules for the question %s"),
				 svc_policy_id(newest->policy), svc_ask_name(options->ask));
	status = svc_facts_new(&newest->facts, newest->policy, err);
	if (!status)
		status = begin_version(batch, newest, err);
	if (status || !options->desk)
		return status;
	return kept_setting_each(options->desk->store, svc_policy_id(newest->policy), svc_date_of(9999, 12, 31),
				 note_setting, &pack->set_by_desk, err);
}

static void pack_free(struct batch_pack *pack)
{
	versions_release(&pack->versions);
	free(pack->name);
	free(pack);
}

/* A pack by its name, opened when it is met for the first time. */
static int pack_get(struct batch *batch, const char *name, struct batch_pack **out, struct svc_error *err)
{
	for (size_t i = 0; i < batch->pack_count; i++)
		if (!strcmp(batch->packs[i]->name, name)) {
			*out = batch->packs[i];
			return SVC_OK;
		}
	struct batch_pack *pack = memory_get(sizeof *pack);
	pack->name = memory_copy(name);
	int status = pack_open(batch, pack, err);
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

struct filling {
	struct batch *batch;
	batch_fill fill;
	void *line;
};

static int fill_version(void *context, struct version *version, struct svc_error *err)
{
	const struct filling *filling = context;
	int status = begin_version(filling->batch, version, err);
	return status ? status : filling->fill(filling->batch, version, filling->line, err);
}

int batch_ask(struct batch *batch, struct batch_pack *pack, batch_fill fill, void *line, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	struct filling filling = {batch, fill, line};
	struct version_question question = {
		.ask = options->ask, .now = options->now, .fill = fill_version, .context = &filling};
	struct version *version;
	int status = versions_fill(&pack->versions, &question, &version, err);
	return status ? status : svc_ask(version->policy, options->ask, version->facts, false, &batch->answer, err);
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
static int fill_unit(struct batch *batch, struct version *version, void *line, struct svc_error *err)
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
