/* The run of a batch: reading, writing, faults. */
#include "svc/batch.h"

#include "base/error.h"
#include "batch_run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int batch_not_utf8(struct svc_error *err)
{
	error_set(err, SVC_BAD_INPUT, _("the line is not UTF-8"));
	error_hint(err, _("convert the file first: iconv -f GB18030 -t UTF-8 FILE"));
	return SVC_BAD_INPUT;
}

bool batch_fault(struct batch *batch, struct svc_error *err, int line)
{
	if (err->code == SVC_FAULT || err->code == SVC_BUSY)
		return false;
	snprintf(err->file, sizeof err->file, "%s", batch->options->file);
	err->line = batch->lines_before + line;
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

void batch_write(struct batch *batch, struct strbuf *out)
{
	if (batch->options->printable)
		make_printable(out);
	for (size_t done = 0; done < out->length && !batch->output_fault;) {
		ssize_t count = write(batch->options->output, out->text + done, out->length - done);
		if (count < 0 && errno != EINTR)
			batch->output_fault = errno;
		done += count > 0 ? (size_t)count : 0;
	}
	strbuf_reset(out);
}

/* What was read ahead, and is to be read first. */
static long read_given(struct batch *batch, char *buffer, size_t room)
{
	size_t count = batch->given_length < room ? batch->given_length : room;
	memcpy(buffer, batch->given, count);
	batch->given += count;
	batch->given_length -= count;
	return (long)count;
}

long batch_read(void *context, char *buffer, size_t room)
{
	struct batch *batch = context;
	ssize_t count;
	if (!batch->whole)
		batch_write(batch, &batch->out);
	if (batch->output_fault)
		return -1;
	if (batch->given_length)
		return read_given(batch, buffer, room);
	if (batch->whole || batch->no_more)
		return 0;
	do
		count = read(batch->options->input, buffer, room);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		batch->input_fault = errno;
	return (long)count;
}

void batch_close(struct batch *batch)
{
	svc_answer_release(&batch->answer);
	batch_close_packs(batch);
	free(batch->facts);
	arena_release(&batch->line_memory);
	strbuf_release(&batch->out);
	strbuf_release(&batch->rest);
}

int svc_batch(const struct svc_batch_options *options, struct svc_batch_result *result, struct svc_error *err)
{
	struct batch batch = {.options = options, .result = result};
	*result = (struct svc_batch_result){0};
	int status = batch_choose_pack(&batch, err);
	if (!status && options->format == SVC_BATCH_JSONL)
		status = batch_jsonl(&batch, err);
	else if (!status)
		status = batch_csv(&batch, options->format == SVC_BATCH_TSV ? '\t' : ',', err);
	if (!status)
		batch_write(&batch, &batch.out);
	if (!status && batch.output_fault)
		status = error_set(err, SVC_FAULT, _("can't write the output: %s"),
				   svc_system_reason(batch.output_fault));
	if (batch.input_fault) /* whatever its text seemed to lack */
		status = error_set(err, SVC_BAD_INPUT, _("can't read %s: %s"), options->file,
				   svc_system_reason(batch.input_fault));
	batch_close(&batch);
	return status ? status : result->faults ? SVC_PARTIAL : SVC_OK;
}
