/* A file of facts, a line for each case: CSV, TSV or JSON lines. */
#include "impact_run.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "store/fields.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct facts_file {
	struct impact *impact;
	char **names; /* of the columns */
	size_t count;
	bool dropped_bom;
	int read_fault; /* errno */
};
/* One line: the names and values of its facts. */
struct facts_line {
	struct impact_subject subject;
	struct svc_assignment *facts;
	const char *serial;
	int number;
};

/* `serial` and `fee` are no facts, unless a pack has one of the name. */
static bool is_beside(const struct impact *impact, const char *name)
{
	bool named = !strcmp(name, "fee") || (impact->options->desk && !strcmp(name, "serial"));
	return named && !impact_knows(impact, name, NULL);
}

static void take(const struct impact *impact, struct facts_line *line, const char *name, const char *value)
{
	bool beside = is_beside(impact, name);
	if (!strcmp(name, "fee"))
		line->subject.fee = value;
	else if (beside)
		line->serial = value;
	if (!beside)
		line->facts[line->subject.inquiry.fact_count++] = (struct svc_assignment){name, value};
}

static int find_unit(struct impact *impact, struct facts_line *line, struct svc_error *err)
{
	if (!line->serial)
		return SVC_OK;
	int status = svc_find(impact->options->desk, SVC_UNIT, line->serial, &line->subject.inquiry.unit, err);
	if (status)
		error_field(err, "serial");
	return status;
}

static int ask_line(struct impact *impact, struct facts_line *line, struct svc_error *err)
{
	char id[16];
	snprintf(id, sizeof id, "%d", line->number);
	line->subject.id = id;
	line->subject.inquiry.facts = line->facts;
	int status = find_unit(impact, line, err);
	return status ? status : impact_ask(impact, &line->subject, err);
}

static struct facts_line new_line(struct impact *impact, size_t facts, int number)
{
	arena_reset(&impact->memory);
	return (struct facts_line){.subject.inquiry.claim = SVC_DATE_NONE,
				   .facts = arena_alloc(&impact->memory, (facts + 1) * sizeof(struct svc_assignment)),
				   .number = number};
}

/* A line that can't be asked is told of, with its place, and the rest goes on. */
static int after_line(struct impact *impact, int status, int number, struct svc_error *err)
{
	if (!status)
		return SVC_OK;
	snprintf(err->file, sizeof err->file, "%s", impact->options->file);
	err->line = number;
	err->column = 0;
	return impact_fault(impact, err) ? SVC_OK : status;
}

static int not_utf8(struct svc_error *err)
{
	error_set(err, SVC_BAD_INPUT, _("the line is not UTF-8"));
	error_hint(err, _("convert the file first: iconv -f GB18030 -t UTF-8 FILE"));
	return SVC_BAD_INPUT;
}

/* ---- CSV and TSV ---- */

static long read_input(void *context, char *buffer, size_t room)
{
	struct facts_file *file = context;
	ssize_t count;
	do
		count = read(file->impact->options->input, buffer, room);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		file->read_fault = errno;
	if (!file->dropped_bom && count >= 3 && !memcmp(buffer, "\xef\xbb\xbf", 3)) {
		count -= 3;
		memmove(buffer, buffer + 3, (size_t)count);
	}
	file->dropped_bom = true;
	return (long)count;
}

static int take_header(struct facts_file *file, const struct csv_record *record, struct svc_error *err)
{
	int status = record->fault ? error_set(err, SVC_BAD_INPUT, _("the header is not valid CSV: %s"), record->fault)
				   : SVC_OK;
	file->names = memory_grow(NULL, record->count + 1, sizeof *file->names);
	for (size_t i = 0; i < record->count; i++)
		file->names[file->count++] = memory_copy(record->fields[i]);
	for (size_t i = 0; i < file->count && !status; i++)
		if (!is_beside(file->impact, file->names[i]) && !impact_knows(file->impact, file->names[i], err))
			status = SVC_USAGE;
	if (status)
		error_at(err, file->impact->options->file, 1, 0);
	return status;
}

static int ask_record(struct facts_file *file, const struct csv_record *record, struct svc_error *err)
{
	struct facts_line line = new_line(file->impact, file->count, record->line);
	if (record->fault)
		return error_set(err, SVC_BAD_INPUT, _("the line is not valid CSV: %s"), record->fault);
	if (record->count > file->count)
		return error_set(err, SVC_BAD_INPUT, _("the line has %zu fields, the header %zu"), record->count,
				 file->count);
	if (!utf8_valid(record->start, record->length))
		return not_utf8(err);
	for (size_t i = 0; i < record->count; i++)
		if (record->lengths[i])
			take(file->impact, &line, file->names[i], record->fields[i]);
	return ask_line(file->impact, &line, err);
}

static int read_csv(struct facts_file *file, char delimiter, struct svc_error *err)
{
	struct csv_reader *reader = csv_open(read_input, file, delimiter);
	struct csv_record record;
	int status = csv_next(reader, &record)
			     ? take_header(file, &record, err)
			     : error_set(err, SVC_BAD_INPUT, _("%s is empty: the first line names the facts"),
					 file->impact->options->file);
	while (!status && csv_next(reader, &record))
		status = after_line(file->impact, ask_record(file, &record, err), record.line, err);
	csv_close(reader);
	for (size_t i = 0; i < file->count; i++)
		free(file->names[i]);
	free(file->names);
	return status;
}

/* ---- JSON lines ---- */

/* A list or map stays JSON. */
static const char *value_text(const struct node *value, struct arena *memory)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	if (value->kind == NODE_SCALAR)
		return value->text;
	if (value->kind == NODE_NULL)
		return NULL;
	json_node(&json, NULL, value);
	const char *kept = arena_strdup(memory, text.text);
	strbuf_release(&text);
	return kept;
}

static int ask_object(struct facts_file *file, const char *text, size_t length, int number, struct svc_error *err)
{
	struct impact *impact = file->impact;
	struct arena tree_memory = {0};
	struct node *tree = NULL;
	if (!utf8_valid(text, length))
		return not_utf8(err);
	int status = json_read(&tree, &tree_memory, text, length, impact->options->file, number, err);
	if (!status && tree->kind != NODE_MAP)
		status = error_set(err, SVC_BAD_INPUT, _("the line is not a JSON object of facts"));
	struct facts_line line = new_line(impact, status ? 0 : tree->count, number);
	for (size_t i = 0; !status && i < tree->count; i++) {
		const char *name = tree->keys[i]->text, *value = value_text(tree->items[i], &impact->memory);
		if (!is_beside(impact, name) && !impact_knows(impact, name, err))
			status = SVC_USAGE;
		else if (value)
			take(impact, &line, name, value);
	}
	if (!status)
		status = ask_line(impact, &line, err);
	arena_release(&tree_memory);
	return status;
}

static int read_jsonl(struct facts_file *file, struct svc_error *err)
{
	int copy = dup(file->impact->options->input);
	FILE *input = copy < 0 ? NULL : fdopen(copy, "r");
	char *text = NULL;
	size_t room = 0;
	int status = SVC_OK;
	if (!input)
		return error_set(err, SVC_FAULT, _("can't read %s: %s"), file->impact->options->file,
				 svc_system_reason(errno));
	for (int number = 1; !status; number++) {
		ssize_t length = getline(&text, &room, input);
		if (length < 0)
			break;
		size_t bom = number == 1 && length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
		if (strspn(text, " \t\r\n") == (size_t)length)
			continue;
		status = after_line(file->impact, ask_object(file, text + bom, (size_t)length - bom, number, err),
				    number, err);
	}
	if (ferror(input))
		file->read_fault = errno;
	free(text);
	fclose(input);
	return status;
}

int impact_of_file(struct impact *impact, struct svc_error *err)
{
	struct facts_file file = {.impact = impact};
	int status = impact->options->format == SVC_BATCH_JSONL
			     ? read_jsonl(&file, err)
			     : read_csv(&file, impact->options->format == SVC_BATCH_TSV ? '\t' : ',', err);
	if (file.read_fault)
		status = error_set(err, SVC_BAD_INPUT, _("can't read %s: %s"), impact->options->file,
				   svc_system_reason(file.read_fault));
	return status;
}
