/* A batch of CSV or TSV: one column per fact, the answer's columns behind them. */
#include "base/csv.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "batch_run.h"

#include <stdlib.h>
#include <string.h>

#define PLACE_BY_NAME 0 /* the engine's place for "no fact" */

struct table {
	struct csv_reader *reader;
	char delimiter;
	bool dropped_bom;
	struct csv_record record;
	char **names;
	size_t count;
	size_t serial; /* the column of the serial; `count` when there is none */
	struct batch *batch;
};

static long read_without_bom(void *context, char *buffer, size_t room)
{
	struct table *table = context;
	long count = batch_read(table->batch, buffer, room);
	if (!table->dropped_bom && count >= 3 && !memcmp(buffer, "\xef\xbb\xbf", 3)) {
		count -= 3;
		memmove(buffer, buffer + 3, (size_t)count);
	}
	table->dropped_bom = true;
	return count;
}

static int check_name(const struct table *table, size_t column, struct svc_error *err)
{
	const char *name = table->names[column];
	if (!*name)
		return error_set(err, SVC_BAD_INPUT, _("column %zu has no name"), column + 1);
	for (size_t i = 0; i < column; i++)
		if (!strcmp(table->names[i], name))
			return error_set(err, SVC_BAD_INPUT, _("two columns are called %s"), name);
	return SVC_OK;
}

static int read_header(struct table *table, struct svc_error *err)
{
	const char *file = table->batch->options->file;
	if (!csv_next(table->reader, &table->record))
		return error_set(err, SVC_BAD_INPUT, _("%s is empty: the first line names the facts"), file);
	table->count = table->record.count;
	table->serial = table->count;
	table->names = memory_grow(NULL, table->count, sizeof *table->names);
	for (size_t i = 0; i < table->count; i++)
		table->names[i] = memory_copy(table->record.fields[i]);
	int status = table->record.fault
			     ? error_set(err, SVC_BAD_INPUT, _("the header is not valid CSV: %s"), table->record.fault)
			     : SVC_OK;
	for (size_t i = 0; !status && i < table->count; i++) {
		status = check_name(table, i, err);
		if (table->batch->options->desk && !strcmp(table->names[i], "serial"))
			table->serial = i;
	}
	if (status)
		error_at(err, file, 1, 0);
	return status;
}

/* Where each column goes in the facts of a version; what it does not know is told by name when it comes. A key of a map
   ("card_price.visit") has no place of its own. */
static void find_places(const struct table *table, struct version *version)
{
	version->places = memory_grow(NULL, table->count + 1, sizeof *version->places);
	for (size_t i = 0; i < table->count; i++)
		version->places[i] = i == table->serial || strchr(table->names[i], '.')
					     ? PLACE_BY_NAME
					     : svc_facts_place(version->policy, table->names[i], NULL);
}

/* The newest version knows every column. */
static int check_columns(const struct table *table, struct svc_error *err)
{
	const struct svc_policy *newest = table->batch->common->versions.items[0]->policy;
	for (size_t i = 0; i < table->count; i++)
		if (i != table->serial && !strchr(table->names[i], '.') &&
		    !svc_facts_place(newest, table->names[i], err)) {
			error_at(err, table->batch->options->file, 1, 0);
			return err->code;
		}
	return SVC_OK;
}

static int fill(struct batch *batch, struct version *version, void *line, struct svc_error *err)
{
	(void)batch;
	struct table *table = line;
	const struct csv_record *record = &table->record;
	if (!version->places)
		find_places(table, version);
	for (size_t i = 0; i < record->count; i++) {
		if (!record->lengths[i] || i == table->serial)
			continue;
		int status = version->places[i] != PLACE_BY_NAME
				     ? svc_facts_put(version->facts, version->places[i], record->fields[i], err)
				     : svc_facts_set(version->facts, table->names[i], record->fields[i], err);
		if (status) {
			error_field(err, table->names[i]);
			return status;
		}
	}
	return SVC_OK;
}

static int check_record(const struct table *table, struct svc_error *err)
{
	const struct csv_record *record = &table->record;
	if (record->fault)
		return error_set(err, SVC_BAD_INPUT, _("the line is not valid CSV: %s"), record->fault);
	if (record->count > table->count)
		return error_set(err, SVC_BAD_INPUT, _("the line has %zu fields, the header %zu"), record->count,
				 table->count);
	if (!utf8_valid(record->start, record->length))
		return batch_not_utf8(err);
	return SVC_OK;
}

static int ask_desk(struct table *table, struct svc_error *err)
{
	struct batch *batch = table->batch;
	batch->fact_count = 0;
	for (size_t i = 0; i < table->record.count; i++)
		if (table->record.lengths[i] && i != table->serial)
			batch_fact(batch, table->names[i], table->record.fields[i]);
	return batch_ask_desk(batch, err);
}

static int ask(struct table *table, struct svc_error *err)
{
	struct batch *batch = table->batch;
	int status = check_record(table, err);
	if (status)
		return status;
	bool named = table->serial < table->record.count && table->record.lengths[table->serial];
	batch->serial = named ? table->record.fields[table->serial] : NULL;
	return batch_through_desk(batch) ? ask_desk(table, err) : batch_ask(batch, batch->common, fill, table, err);
}

/* The buffer is written into directly where it has room: a line has a dozen of these. */
static void put_word(struct table *table, const char *word)
{
	struct strbuf *out = &table->batch->out;
	size_t length = strlen(word);
	if (out->room - out->length < length + 2) {
		strbuf_putc(out, table->delimiter);
		strbuf_puts(out, word);
		return;
	}
	out->text[out->length] = table->delimiter;
	memcpy(out->text + out->length + 1, word, length + 1);
	out->length += length + 1;
}

static void put_date(struct table *table, svc_date date)
{
	char text[16] = "";
	if (date != SVC_DATE_NONE)
		svc_date_format(date, text);
	put_word(table, text);
}

static void put_number(struct table *table, bool there, int number)
{
	char text[16], *at = text + sizeof text;
	unsigned rest = number < 0 ? 0u - (unsigned)number : (unsigned)number;
	*--at = 0;
	do
		*--at = (char)('0' + rest % 10);
	while (there && (rest /= 10));
	if (number < 0)
		*--at = '-';
	put_word(table, there ? at : "");
}

static void put_list(struct table *table, const char *const *items, size_t count)
{
	struct strbuf *out = &table->batch->out;
	strbuf_putc(out, table->delimiter);
	for (size_t i = 0; i < count; i++) {
		if (i)
			strbuf_putc(out, ';');
		strbuf_puts(out, items[i]);
	}
}

static void put_answer(struct table *table)
{
	const struct svc_answer *answer = &table->batch->answer;
	put_word(table, svc_verdict_id(answer->verdict));
	put_number(table, true, svc_verdict_exit(answer->verdict));
	put_word(table, svc_remedy_id(answer->remedy));
	put_date(table, answer->starts);
	put_date(table, answer->ends);
	put_number(table, answer->has_days_left, answer->days_left);
	put_word(table, svc_basis_id(answer->labor));
	put_word(table, svc_basis_id(answer->parts));
	put_word(table, svc_payer_id(answer->freight_in));
	put_word(table, svc_payer_id(answer->freight_out));
	put_list(table, answer->clauses, answer->clause_count);
	put_list(table, answer->missing, answer->missing_count);
	strbuf_putc(&table->batch->out, '\n');
}

/* The line's own columns: its bytes as they were, or, when they are no clean CSV, its fields written anew. */
static void put_columns(struct table *table)
{
	const struct csv_record *record = &table->record;
	struct strbuf *out = &table->batch->out;
	if (!record->fault && record->count <= table->count)
		strbuf_add(out, record->start, record->length);
	else
		for (size_t i = 0; i < record->count && i < table->count; i++) {
			if (i)
				strbuf_putc(out, table->delimiter);
			csv_write_field(out, record->fields[i], table->delimiter);
		}
	for (size_t i = record->count; i < table->count; i++)
		strbuf_putc(out, table->delimiter);
}

static void put_fault(struct table *table, int code)
{
	put_word(table, "");
	put_number(table, true, code);
	for (int i = 0; i < 10; i++)
		strbuf_putc(&table->batch->out, table->delimiter);
	strbuf_putc(&table->batch->out, '\n');
}

static void put_header(struct table *table)
{
	static const char *const names[] = {"verdict", "exit",  "remedy",     "starts",      "ends",    "days_left",
					    "labor",   "parts", "freight_in", "freight_out", "clauses", "missing"};
	strbuf_add(&table->batch->out, table->record.start, table->record.length);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		put_word(table, names[i]);
	strbuf_putc(&table->batch->out, '\n');
}

/* A quote that stands wrong may make lines of others than those of a part. */
static bool is_torn(const struct table *table)
{
	const char *fault = table->record.fault;
	return table->batch->whole && fault && strcmp(fault, "nul_byte") != 0;
}

static int answer_lines(struct table *table, struct svc_error *err)
{
	struct batch *batch = table->batch;
	while (csv_next(table->reader, &table->record)) {
		if (is_torn(table))
			return error_set(err, SVC_BAD_INPUT, _("the line is not valid CSV: %s"), table->record.fault);
		batch->result->lines++;
		int status = ask(table, err);
		if (status && !batch_fault(batch, err, table->record.line))
			return status;
		put_columns(table);
		if (status)
			put_fault(table, err->code);
		else
			put_answer(table);
	}
	return SVC_OK;
}

/* ---- by several threads ---- */

static void *open_like(struct batch *batch, const void *like)
{
	struct table *table = memory_get(sizeof *table);
	*table = *(const struct table *)like;
	table->batch = batch;
	table->dropped_bom = true;
	table->reader = csv_open(read_without_bom, table, table->delimiter);
	return table;
}

static void close_like(void *reader)
{
	struct table *table = reader;
	csv_close(table->reader);
	free(table);
}

static int answer_part(void *reader, int *lines, struct svc_error *err)
{
	struct table *table = reader;
	csv_begin_again(table->reader);
	int status = answer_lines(table, err);
	*lines = csv_lines(table->reader);
	return status;
}

static const struct batch_form by_columns = {
	.quotes = true, .open = open_like, .close = close_like, .answer = answer_part};

/* With a column of serials the lines are asked through the desk, which only one thread may do. */
static void answer_by_threads(struct table *table)
{
	struct batch *batch = table->batch;
	if (batch->options->jobs < 2 || table->serial < table->count)
		return;
	batch->lines_before = csv_lines(table->reader);
	batch->begun = true;
	const char *read = csv_rest(table->reader, &batch->given_length);
	strbuf_add(&batch->rest, read, batch->given_length);
	batch->given = batch->rest.text;
	csv_begin_again(table->reader);
	batch_jobs(batch, &by_columns, table);
}

static int answer_table(struct table *table, struct svc_error *err)
{
	struct batch *batch = table->batch;
	int status = read_header(table, err);
	if (!status && batch->common)
		status = check_columns(table, err);
	if (status)
		return status;
	put_header(table);
	answer_by_threads(table);
	return answer_lines(table, err);
}

int batch_csv(struct batch *batch, char delimiter, struct svc_error *err)
{
	struct table table = {.batch = batch, .delimiter = delimiter};
	table.reader = csv_open(read_without_bom, &table, delimiter);
	int status = answer_table(&table, err);
	csv_close(table.reader);
	for (size_t i = 0; i < table.count; i++)
		free(table.names[i]);
	free(table.names);
	return status;
}
