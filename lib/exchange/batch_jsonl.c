/* A batch of JSON lines: one object of facts a line, one whole answer a line. */
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "batch_run.h"
#include "policy/decide.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES (16u << 20)
#define CHUNK (64u << 10)

/* Splits the input into lines; a line is borrowed until the next is asked for. */
struct lines {
	struct batch *batch;
	char *text;
	size_t start, length, room; /* the unread part is text[start .. start + length) */
	bool ended;
	int number;
};
struct line {
	char *text;
	size_t length;
	int number;
};

static void read_more(struct lines *lines)
{
	if (lines->start) {
		memmove(lines->text, lines->text + lines->start, lines->length);
		lines->start = 0;
	}
	if (lines->room - lines->length < CHUNK + 1) {
		lines->room = lines->room * 2 + CHUNK + 1;
		lines->text = memory_grow(lines->text, lines->room, 1);
	}
	long count = batch_read(lines->batch, lines->text + lines->length, CHUNK);
	lines->ended = count <= 0;
	lines->length += count > 0 ? (size_t)count : 0;
}

/* False at the end. A line of more than 16 MiB ends the run: nothing sane is behind it. */
static bool next_line(struct lines *lines, struct line *line, int *status, struct svc_error *err)
{
	size_t seen = 0;
	char *end = NULL;
	while (!(end = lines->length > seen ? memchr(lines->text + lines->start + seen, '\n', lines->length - seen)
					    : NULL) &&
	       !lines->ended) {
		seen = lines->length;
		if (seen > LINE_MAX_BYTES) {
			*status = error_set(err, SVC_BAD_INPUT, _("a line is longer than 16 MiB"));
			error_at(err, lines->batch->options->file, lines->number + 1, 0);
			return false;
		}
		read_more(lines);
	}
	if (!end && !lines->length)
		return false;
	line->text = lines->text + lines->start;
	line->length = end ? (size_t)(end - line->text) : lines->length;
	line->text[line->length] = 0; /* over the line end, or in the byte kept free behind a chunk */
	size_t used = line->length + (end ? 1 : 0);
	lines->start += used;
	lines->length -= used;
	line->number = ++lines->number;
	if (line->number == 1 && !lines->batch->begun && line->length >= 3 && !memcmp(line->text, "\xef\xbb\xbf", 3)) {
		line->text += 3;
		line->length -= 3;
	}
	return true;
}

static bool is_blank(const struct line *line)
{
	return strspn(line->text, " \t\r") == line->length;
}

static int fill(struct batch *batch, struct version *version, void *context, struct svc_error *err)
{
	const struct line *line = context;
	return svc_facts_read(version->facts, line->text, line->length, false, batch->options->file, line->number, err);
}

static const char *joined(struct arena *arena, const struct node *list)
{
	struct strbuf text = {0};
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			strbuf_putc(&text, ',');
		strbuf_puts(&text, list->items[i]->text ? list->items[i]->text : "");
	}
	const char *kept = arena_strdup(arena, list->count ? text.text : "[]");
	strbuf_release(&text);
	return kept;
}

/* One key of the line as the facts that the desk is asked with: lists as "a,b", maps key by key. */
static void take_value(struct batch *batch, const char *name, const struct node *value)
{
	struct arena *arena = &batch->line_memory;
	if (value->kind == NODE_LIST)
		batch_fact(batch, name, joined(arena, value));
	else if (value->kind == NODE_SCALAR)
		batch_fact(batch, name, value->text);
	for (size_t i = 0; value->kind == NODE_MAP && i < value->count; i++)
		if (value->items[i]->kind == NODE_SCALAR)
			batch_fact(batch, arena_printf(arena, "%s.%s", name, value->keys[i]->text),
				   value->items[i]->text);
}

static int read_for_desk(struct batch *batch, const struct line *line, struct svc_error *err)
{
	struct node *tree = NULL;
	arena_reset(&batch->line_memory);
	int status = json_read(&tree, &batch->line_memory, line->text, line->length, batch->options->file, line->number,
			       err);
	if (status)
		return status;
	if (tree->kind != NODE_MAP)
		return error_set(err, SVC_BAD_INPUT, _("the line is not a JSON object of facts"));
	batch->fact_count = 0;
	for (size_t i = 0; i < tree->count; i++) {
		bool serial = !strcmp(tree->keys[i]->text, "serial") && tree->items[i]->kind == NODE_SCALAR;
		if (serial)
			batch->serial = tree->items[i]->text;
		else
			take_value(batch, tree->keys[i]->text, tree->items[i]);
	}
	return SVC_OK;
}

static int ask(struct batch *batch, struct line *line, struct svc_error *err)
{
	batch->serial = NULL;
	if (!utf8_valid(line->text, line->length))
		return batch_not_utf8(err);
	if (batch->whole && batch->whole->options->desk && strstr(line->text, "\"serial\""))
		return error_set(err, SVC_BUSY, _("a serial needs a desk"));
	bool desk = batch_through_desk(batch) || (batch->options->desk && strstr(line->text, "\"serial\""));
	int status = desk ? read_for_desk(batch, line, err) : SVC_OK;
	if (status)
		return status;
	return desk ? batch_ask_desk(batch, err) : batch_ask(batch, batch->common, fill, line, err);
}

/* The answer's object with its exit code put in front. */
static void put_answer(struct batch *batch)
{
	struct json json = {.out = &batch->out};
	json_open(&json, NULL, '{');
	json_integer(&json, "exit", svc_verdict_exit(batch->answer.verdict));
	answer_put_json(&batch->answer, &json);
	strbuf_putc(&batch->out, '\n');
}

static void put_fault(struct batch *batch, const struct svc_error *err)
{
	struct json json = {.out = &batch->out};
	json_open(&json, NULL, '{');
	json_integer(&json, "exit", err->code);
	json_string(&json, "error", err->text);
	if (*err->field)
		json_string(&json, "field", err->field);
	json_close(&json, '}');
	strbuf_putc(&batch->out, '\n');
}

static int answer_line(struct batch *batch, struct line *line, struct svc_error *err)
{
	struct svc_error fault = {0};
	batch->result->lines++;
	int status = ask(batch, line, &fault);
	if (!status) {
		put_answer(batch);
		return SVC_OK;
	}
	if (batch_fault(batch, &fault, line->number)) {
		put_fault(batch, &fault);
		return SVC_OK;
	}
	*err = fault;
	return status;
}

static int answer_lines(struct lines *lines, struct svc_error *err)
{
	struct line line;
	int status = SVC_OK;
	while (!status && next_line(lines, &line, &status, err))
		if (!is_blank(&line))
			status = answer_line(lines->batch, &line, err);
	return status;
}

/* ---- by several threads ---- */

static void *open_like(struct batch *batch, const void *like)
{
	(void)like;
	struct lines *lines = memory_get(sizeof *lines);
	lines->batch = batch;
	return lines;
}

static void close_like(void *reader)
{
	struct lines *lines = reader;
	free(lines->text);
	free(lines);
}

static int answer_part(void *reader, int *count, struct svc_error *err)
{
	struct lines *lines = reader;
	lines->start = lines->length = 0;
	lines->ended = false;
	lines->number = 0;
	int status = answer_lines(lines, err);
	*count = lines->number;
	return status;
}

static const struct batch_form by_lines = {.open = open_like, .close = close_like, .answer = answer_part};

int batch_jsonl(struct batch *batch, struct svc_error *err)
{
	struct lines lines = {.batch = batch};
	batch_jobs(batch, &by_lines, NULL);
	int status = answer_lines(&lines, err);
	free(lines.text);
	return status;
}
