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
	batch_close_packs(batch);
	free(batch->facts);
	arena_release(&batch->line_memory);
	strbuf_release(&batch->out);
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
		batch_flush(&batch);
	if (!status && batch.output_fault)
		status = error_set(err, SVC_FAULT, _("can't write the output: %s"),
				   svc_system_reason(batch.output_fault));
	if (batch.input_fault) /* whatever its text seemed to lack */
		status = error_set(err, SVC_BAD_INPUT, _("can't read %s: %s"), options->file,
				   svc_system_reason(batch.input_fault));
	batch_close(&batch);
	return status ? status : result->faults ? SVC_PARTIAL : SVC_OK;
}
