/* Several threads answer a batch. The input is cut into parts of whole lines; each part is answered by one thread as if it were an
   input of its own, and the parts are written in order. What a cut cannot be sure of (a quote that stands wrong, a line that asks
   the desk) ends the cutting: the rest is answered line by line, so that the result is the same to the byte. */
#include "base/error.h"
#include "base/memory.h"
#include "batch_run.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PART_BYTES ((size_t)64 << 10)

enum part_state { PART_FREE, PART_WAITING, PART_TAKEN, PART_DONE };

/* A line that can't be asked: kept small, for there may be one a line. */
struct kept_fault {
	enum svc_code code;
	int line;
	const char *text, *field, *hint;
};

struct part {
	enum part_state state;
	bool first; /* of the input: a mark of the byte order may stand before it */
	bool torn; /* not answered: where it was cut, or what it asks, is in doubt */
	char text[PART_BYTES];
	size_t length;
	int lines; /* of the text */
	struct strbuf out;
	struct svc_batch_result result;
	struct kept_fault *faults;
	size_t fault_count, fault_room;
	struct arena memory; /* of the faults' texts */
};

struct jobs {
	struct batch *batch;
	const struct batch_form *form;
	const void *reader; /* what the form opens its readers after */
	pthread_mutex_t lock;
	pthread_cond_t posted, done;
	bool over; /* no part that waits is taken any more */
	struct part *parts; /* a ring: [oldest, oldest + count) are under way */
	size_t part_count, oldest, count;
	size_t taken; /* of those under way */
	char *carry; /* what was read behind the last cut */
	size_t carried;
	bool no_more;
};

/* One thread. */
struct worker {
	struct jobs *jobs;
	pthread_t thread;
	struct svc_batch_options options;
	struct part *part;
};

/* ---- in the threads ---- */

static void keep_fault(void *context, const struct svc_error *fault)
{
	struct part *part = ((struct worker *)context)->part;
	if (part->fault_count == part->fault_room) {
		part->fault_room = part->fault_room ? part->fault_room * 2 : 16;
		part->faults = memory_grow(part->faults, part->fault_room, sizeof *part->faults);
	}
	part->faults[part->fault_count++] = (struct kept_fault){
		fault->code, fault->line, arena_strdup(&part->memory, fault->text),
		arena_strdup(&part->memory, fault->field), arena_strdup(&part->memory, fault->hint)};
}

/* NULL: there is nothing more to do. */
static struct part *take(struct jobs *jobs)
{
	struct part *part = NULL;
	pthread_mutex_lock(&jobs->lock);
	while (!jobs->over && jobs->taken == jobs->count)
		pthread_cond_wait(&jobs->posted, &jobs->lock);
	if (!jobs->over) {
		part = &jobs->parts[(jobs->oldest + jobs->taken++) % jobs->part_count];
		part->state = PART_TAKEN;
	}
	pthread_mutex_unlock(&jobs->lock);
	return part;
}

static void finish(struct jobs *jobs, struct part *part)
{
	pthread_mutex_lock(&jobs->lock);
	part->state = PART_DONE;
	pthread_cond_signal(&jobs->done);
	pthread_mutex_unlock(&jobs->lock);
}

static void answer_part(struct batch *batch, const struct batch_form *form, void *reader, struct part *part)
{
	struct svc_error err = {0};
	batch->given = part->text;
	batch->given_length = part->length;
	batch->begun = !part->first;
	batch->result = &part->result;
	batch->out = part->out;
	part->torn = !reader || form->answer(reader, &part->lines, &err) != SVC_OK;
	part->out = batch->out;
	batch->out = (struct strbuf){0};
}

static void *work(void *context)
{
	struct worker *worker = context;
	struct jobs *jobs = worker->jobs;
	struct svc_batch_result none;
	struct batch batch = {.options = &worker->options, .result = &none, .whole = jobs->batch};
	struct svc_error err;
	void *reader = batch_choose_pack(&batch, &err) ? NULL : jobs->form->open(&batch, jobs->reader);
	while ((worker->part = take(jobs))) {
		answer_part(&batch, jobs->form, reader, worker->part);
		finish(jobs, worker->part);
	}
	if (reader)
		jobs->form->close(reader);
	batch_close(&batch);
	return NULL;
}

/* ---- writing in order ---- */

static void tell_faults(struct batch *batch, const struct part *part)
{
	struct svc_error err = {0};
	snprintf(err.file, sizeof err.file, "%s", batch->options->file);
	for (size_t i = 0; batch->options->fault && i < part->fault_count; i++) {
		const struct kept_fault *fault = &part->faults[i];
		err.code = fault->code;
		err.line = batch->lines_before + fault->line;
		snprintf(err.text, sizeof err.text, "%s", fault->text);
		snprintf(err.field, sizeof err.field, "%s", fault->field);
		snprintf(err.hint, sizeof err.hint, "%s", fault->hint);
		batch->options->fault(batch->options->context, &err);
	}
}

static void empty_part(struct part *part)
{
	part->state = PART_FREE;
	part->length = part->fault_count = 0;
	part->lines = 0;
	part->result = (struct svc_batch_result){0};
	strbuf_reset(&part->out);
	arena_reset(&part->memory);
}

/* Waits for the oldest part and writes it. False: it is torn, or the output can't be written. */
static bool settle(struct jobs *jobs)
{
	struct batch *batch = jobs->batch;
	struct part *part = &jobs->parts[jobs->oldest];
	pthread_mutex_lock(&jobs->lock);
	while (part->state != PART_DONE)
		pthread_cond_wait(&jobs->done, &jobs->lock);
	pthread_mutex_unlock(&jobs->lock);
	if (part->torn)
		return false;
	tell_faults(batch, part);
	batch_write(batch, &part->out);
	batch->lines_before += part->lines;
	batch->result->lines += part->result.lines;
	batch->result->faults += part->result.faults;
	empty_part(part);
	pthread_mutex_lock(&jobs->lock);
	jobs->oldest = (jobs->oldest + 1) % jobs->part_count;
	jobs->count--;
	jobs->taken--;
	pthread_mutex_unlock(&jobs->lock);
	return !batch->output_fault;
}

static bool settle_all(struct jobs *jobs)
{
	while (jobs->count)
		if (!settle(jobs))
			return false;
	return true;
}

/* ---- cutting ---- */

/* After the last line end that ends a record; 0: there is none. Inside quotes a line end does not. */
static size_t find_cut(const char *text, size_t length, bool quotes)
{
	size_t cut = 0;
	bool inside = false;
	for (const char *at = text, *end = text + length; at < end; inside = !inside) {
		const char *quote = quotes ? memchr(at, '"', (size_t)(end - at)) : NULL;
		const char *stop = quote ? quote : end;
		const char *last = inside ? NULL : memrchr(at, '\n', (size_t)(stop - at));
		if (last)
			cut = (size_t)(last - text) + 1;
		at = stop + 1;
	}
	return cut;
}

static void post(struct jobs *jobs, struct part *part, size_t cut)
{
	jobs->carried = part->length - cut;
	memcpy(jobs->carry, part->text + cut, jobs->carried);
	part->length = cut;
	pthread_mutex_lock(&jobs->lock);
	part->state = PART_WAITING;
	jobs->count++;
	pthread_cond_signal(&jobs->posted);
	pthread_mutex_unlock(&jobs->lock);
}

static bool must_wait(const struct batch *batch)
{
	struct pollfd input = {.fd = batch->options->input, .events = POLLIN};
	return !batch->given_length && poll(&input, 1, 0) == 0;
}

/* Fills a part until it is full, the input ends or lets one wait. */
static bool fill_part(struct jobs *jobs, struct part *part)
{
	struct batch *batch = jobs->batch;
	while (!jobs->no_more && part->length < PART_BYTES && !must_wait(batch)) {
		long count = batch_read(batch, part->text + part->length, PART_BYTES - part->length);
		jobs->no_more = count <= 0;
		part->length += count > 0 ? (size_t)count : 0;
	}
	return part->length > 0;
}

static bool wait_for_input(struct jobs *jobs)
{
	struct pollfd input = {.fd = jobs->batch->options->input, .events = POLLIN};
	if (!settle_all(jobs))
		return false;
	while (!jobs->no_more && poll(&input, 1, -1) < 0 && errno == EINTR)
		;
	return true;
}

/* True while there may be more to cut. A part that is full and has no place to be cut at is left for the rest. */
static bool next_part(struct jobs *jobs)
{
	if (jobs->count == jobs->part_count && !settle(jobs))
		return false;
	struct part *part = &jobs->parts[(jobs->oldest + jobs->count) % jobs->part_count];
	memcpy(part->text, jobs->carry, jobs->carried);
	part->length = jobs->carried;
	part->first = !jobs->batch->begun;
	bool some = fill_part(jobs, part);
	size_t cut = jobs->no_more ? part->length : find_cut(part->text, part->length, jobs->form->quotes);
	bool full = part->length == PART_BYTES;
	if (cut) {
		jobs->batch->begun = true;
		post(jobs, part, cut);
	} else if (some) {
		jobs->carried = part->length;
		memcpy(jobs->carry, part->text, part->length);
	}
	if (jobs->no_more)
		return false;
	if (!full)
		return wait_for_input(jobs);
	return cut;
}

/* What was read and not answered is given to whoever goes on. */
static void leave_rest(struct jobs *jobs)
{
	struct batch *batch = jobs->batch;
	struct strbuf *rest = &batch->rest;
	struct strbuf unread = {0};
	strbuf_add(&unread, batch->given_length ? batch->given : "", batch->given_length);
	strbuf_reset(rest);
	for (size_t i = 0; i < jobs->count; i++) {
		struct part *part = &jobs->parts[(jobs->oldest + i) % jobs->part_count];
		strbuf_add(rest, part->text, part->length);
		batch->begun = batch->begun && !part->first;
	}
	strbuf_add(rest, jobs->carry, jobs->carried);
	if (unread.length)
		strbuf_add(rest, unread.text, unread.length);
	strbuf_release(&unread);
	batch->given = rest->text;
	batch->given_length = rest->length;
	batch->no_more = jobs->no_more;
}

static size_t start_workers(struct jobs *jobs, struct worker *workers, size_t wanted)
{
	size_t started = 0;
	for (; started < wanted; started++) {
		struct worker *worker = &workers[started];
		worker->jobs = jobs;
		worker->options = *jobs->batch->options;
		worker->options.policy = batch_pack_name(jobs->batch);
		worker->options.desk = NULL;
		worker->options.fault = keep_fault;
		worker->options.context = worker;
		if (pthread_create(&worker->thread, NULL, work, worker))
			break;
	}
	return started;
}

static void stop_workers(struct jobs *jobs, struct worker *workers, size_t count)
{
	pthread_mutex_lock(&jobs->lock);
	jobs->over = true;
	pthread_cond_broadcast(&jobs->posted);
	pthread_mutex_unlock(&jobs->lock);
	for (size_t i = 0; i < count; i++)
		pthread_join(workers[i].thread, NULL);
}

static void free_parts(struct jobs *jobs)
{
	for (size_t i = 0; i < jobs->part_count; i++) {
		strbuf_release(&jobs->parts[i].out);
		free(jobs->parts[i].faults);
		arena_release(&jobs->parts[i].memory);
	}
	free(jobs->parts);
	free(jobs->carry);
}

void batch_jobs(struct batch *batch, const struct batch_form *form, const void *reader)
{
	size_t wanted = (size_t)batch->options->jobs;
	if (wanted < 2 || !batch->common || batch->common->set_by_desk)
		return;
	struct jobs jobs = {.batch = batch,
			    .form = form,
			    .reader = reader,
			    .lock = PTHREAD_MUTEX_INITIALIZER,
			    .posted = PTHREAD_COND_INITIALIZER,
			    .done = PTHREAD_COND_INITIALIZER,
			    .part_count = wanted + 2};
	struct worker *workers = memory_get(wanted * sizeof *workers);
	jobs.parts = memory_get(jobs.part_count * sizeof *jobs.parts);
	jobs.carry = memory_get(PART_BYTES);
	size_t started = start_workers(&jobs, workers, wanted);
	while (started && next_part(&jobs))
		;
	if (started)
		settle_all(&jobs);
	stop_workers(&jobs, workers, started);
	leave_rest(&jobs);
	free_parts(&jobs);
	free(workers);
}
