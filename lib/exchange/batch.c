/* The run of a batch: which pack answers a line, reading, writing, faults. */
#include "svc/batch.h"

#include "base/error.h"
#include "base/memory.h"
#include "batch_run.h"
#include "desk/desk.h"
#include "store/kept.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool batch_through_desk(const struct batch *batch)
{
	return batch->serial || batch->set_by_desk || !batch->pack;
}

void batch_fact(struct batch *batch, const char *name, const char *value)
{
	if (batch->fact_count == batch->fact_room) {
		batch->fact_room = batch->fact_room ? batch->fact_room * 2 : 32;
		batch->facts = memory_grow(batch->facts, batch->fact_room, sizeof *batch->facts);
	}
	batch->facts[batch->fact_count++] = (struct svc_assignment){name, value};
}

static int find_unit(struct batch *batch, int64_t *unit, struct svc_error *err)
{
	if (!batch->serial)
		return SVC_OK;
	int status = batch->options->desk ? svc_find(batch->options->desk, SVC_UNIT, batch->serial, unit, err)
					  : error_set(err, SVC_USAGE, _("a serial needs a desk"));
	if (status)
		error_field(err, "serial");
	return status;
}

int batch_ask_desk(struct batch *batch, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	struct svc_question question = {.ask = options->ask,
					.facts = batch->facts,
					.fact_count = batch->fact_count,
					.settings = options->settings,
					.setting_count = options->setting_count};
	int status = find_unit(batch, &question.unit, err);
	if (status)
		return status;
	svc_policy_free(batch->asked);
	batch->asked = NULL;
	return svc_entitlement(options->desk, &question, &batch->answer, &batch->asked, err);
}

/* Takes the policy over, whatever comes of it. */
static int version_add(struct batch *batch, struct svc_policy *policy, struct svc_error *err)
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
	batch->versions = memory_grow(batch->versions, batch->version_count + 1, sizeof *batch->versions);
	batch->versions[batch->version_count++] = (struct batch_version){.policy = policy, .facts = facts};
	return SVC_OK;
}

/* The newest version stands first; when the oldest is another, each line's day of sale decides. */
static int versions_open(struct batch *batch, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	struct svc_policy *newest = NULL, *oldest = NULL;
	int status = svc_policy_open(&newest, batch->pack, SVC_DATE_NONE, &options->places, err);
	if (status)
		return status;
	if (!svc_policy_answers(newest, options->ask)) {
		status = error_set(err, SVC_USAGE, _("the pack %s has no rules for the ask %s"), svc_policy_id(newest),
				   svc_ask_name(options->ask));
		svc_policy_free(newest);
		return status;
	}
	status = svc_policy_open(&oldest, batch->pack, svc_date_of(1900, 1, 1), &options->places, err);
	if (status) {
		svc_policy_free(newest);
		return status;
	}
	batch->several = svc_policy_effective(newest) != svc_policy_effective(oldest);
	svc_policy_free(oldest);
	return version_add(batch, newest, err);
}

static int version_find(struct batch *batch, svc_date sale, uint32_t *out, struct svc_error *err)
{
	struct batch_day *day = &batch->days[(uint32_t)sale & (BATCH_DAYS - 1)];
	if (day->version && day->sale == sale) {
		*out = day->version - 1;
		return SVC_OK;
	}
	struct svc_policy *policy = NULL;
	int status = svc_policy_open(&policy, batch->pack, sale, &batch->options->places, err);
	if (status)
		return status;
	uint32_t found = 0;
	while (found < batch->version_count &&
	       svc_policy_effective(batch->versions[found].policy) != svc_policy_effective(policy))
		found++;
	if (found < batch->version_count)
		svc_policy_free(policy);
	else
		status = version_add(batch, policy, err);
	if (!status)
		*day = (struct batch_day){sale, found + 1};
	*out = found;
	return status;
}

static svc_date sale_day(const struct batch *batch, const struct batch_version *version)
{
	svc_date sale = svc_facts_sale(version->facts);
	return sale == SVC_DATE_NONE ? svc_zone_date(svc_policy_zone(version->policy), batch->options->now) : sale;
}

int batch_ask(struct batch *batch, batch_fill fill, void *line, struct svc_error *err)
{
	struct batch_version *version = &batch->versions[0];
	svc_facts_clear(version->facts);
	int status = fill(batch, version, line, err);
	if (!status && batch->several) {
		uint32_t index = 0;
		status = version_find(batch, sale_day(batch, version), &index, err);
		version = &batch->versions[status ? 0 : index];
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

bool batch_fault(struct batch *batch, struct svc_error *err, int line)
{
	if (err->code == SVC_FAULT || err->code == SVC_BUSY)
		return false;
	snprintf(err->file, sizeof err->file, "%s", batch->options->file);
	err->line = line;
	err->column = 0;
	batch->result->faults++;
	if (batch->options->fault)
		batch->options->fault(batch->options->context, err);
	return true;
}

/* Shows control characters of the data as \xNN, so that they cannot steer a terminal. */
static void make_printable(struct strbuf *out)
{
	struct strbuf shown = {0};
	for (size_t i = 0; i < out->length; i++) {
		unsigned char c = (unsigned char)out->text[i];
		bool c1 = c == 0xc2 && i + 1 < out->length && (unsigned char)out->text[i + 1] < 0xa0;
		if (c1 || c == 0x7f || (c < 0x20 && c != '\n' && c != '\t'))
			strbuf_printf(&shown, "\\x%02x", c1 ? (unsigned char)out->text[++i] : c);
		else
			strbuf_putc(&shown, (char)c);
	}
	strbuf_release(out);
	*out = shown;
}

static void batch_flush(struct batch *batch)
{
	if (batch->options->printable)
		make_printable(&batch->out);
	for (size_t done = 0; done < batch->out.length && !batch->output_fault;) {
		ssize_t count = write(batch->options->output, batch->out.text + done, batch->out.length - done);
		if (count < 0 && errno != EINTR)
			batch->output_fault = errno;
		done += count > 0 ? (size_t)count : 0;
	}
	strbuf_reset(&batch->out);
}

long batch_read(void *context, char *buffer, size_t room)
{
	struct batch *batch = context;
	ssize_t count;
	batch_flush(batch);
	if (batch->output_fault)
		return -1;
	do
		count = read(batch->options->input, buffer, room);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		batch->input_fault = errno;
	return (long)count;
}

static void batch_close(struct batch *batch)
{
	svc_answer_release(&batch->answer);
	for (size_t i = 0; i < batch->version_count; i++) {
		free(batch->versions[i].places);
		svc_facts_free(batch->versions[i].facts);
		svc_policy_free(batch->versions[i].policy);
	}
	svc_policy_free(batch->asked);
	free(batch->versions);
	free(batch->facts);
	arena_release(&batch->line_memory);
	strbuf_release(&batch->out);
}

static int count_setting(void *context, const char *name, const char *value)
{
	(void)name;
	(void)value;
	*(bool *)context = true;
	return SVC_OK;
}

static int choose_pack(struct batch *batch, struct svc_error *err)
{
	const struct svc_batch_options *options = batch->options;
	struct svc_desk_about about = {0};
	int status = options->desk ? svc_desk_about(options->desk, &about, err) : SVC_OK;
	batch->pack = options->policy ? options->policy : about.policy;
	if (!status && !batch->pack && !options->desk)
		status = error_set(err, SVC_USAGE, _("no pack is named"));
	if (!status && batch->pack)
		status = versions_open(batch, err);
	if (!status && batch->pack && options->desk)
		status = kept_setting_each(options->desk->store, svc_policy_id(batch->versions[0].policy),
					   svc_date_of(9999, 12, 31), count_setting, &batch->set_by_desk, err);
	return status;
}

int svc_batch(const struct svc_batch_options *options, struct svc_batch_result *result, struct svc_error *err)
{
	struct batch batch = {.options = options, .result = result};
	*result = (struct svc_batch_result){0};
	int status = choose_pack(&batch, err);
	if (!status && options->format == SVC_BATCH_JSONL)
		status = batch_jsonl(&batch, err);
	else if (!status)
		status = batch_csv(&batch, options->format == SVC_BATCH_TSV ? '\t' : ',', err);
	if (!status)
		batch_flush(&batch);
	if (!status && batch.output_fault)
		status = error_set(err, SVC_FAULT, _("can't write the output: %s"), strerror(batch.output_fault));
	if (!status && batch.input_fault)
		status = error_set(err, SVC_BAD_INPUT, _("can't read %s: %s"), options->file,
				   strerror(batch.input_fault));
	batch_close(&batch);
	return status ? status : result->faults ? SVC_PARTIAL : SVC_OK;
}
