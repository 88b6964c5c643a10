#include "svc/import.h"

#include "base/error.h"
#include "desk/bulk.h"
#include "record.h"
#include "rejects.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define CHUNK 4000 /* rows of one transaction: others wait for it a few tenths of a second */
#define TOLD_EVERY 500 /* rows between two words on the progress */

struct import {
	struct svc_desk *desk;
	const struct svc_import_options *options;
	struct svc_import_result *result;
	struct import_map map;
	struct source source;
	struct rows *rows;
	struct rejects rejects;
	struct convert_rules rules;
	struct svc_zone *zone;
	struct import_record record;
	struct seen seen;
	bool writing; /* a transaction is open */
	int chunk; /* rows in it */
};

static bool whole(const struct import *import)
{
	return import->options->dry_run || import->options->all_or_nothing;
}

/* ---- formats ---- */

static bool ends_with(const char *name, const char *ending)
{
	size_t length = strlen(name), wanted = strlen(ending);

	return length >= wanted && !strcasecmp(name + length - wanted, ending);
}

static int take_format(const char *name, enum rows_format *format, struct svc_error *err)
{
	static const struct {
		const char *name;
		enum rows_format format;
	} names[] = {{"csv", ROWS_CSV}, {"tsv", ROWS_TSV}, {"jsonl", ROWS_JSONL}, {"ndjson", ROWS_JSONL}};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcasecmp(names[i].name, name)) {
			*format = names[i].format;
			return SVC_OK;
		}
	error_set(err, SVC_USAGE, _("no such format: %s"), name);
	error_hint(err, _("formats are csv, tsv and jsonl"));
	return SVC_USAGE;
}

static int find_format(const struct svc_import_options *options, enum rows_format *format, struct svc_error *err)
{
	*format = ROWS_CSV;
	if (options->format)
		return take_format(options->format, format, err);
	if (ends_with(options->file, ".tsv") || ends_with(options->file, ".tab"))
		*format = ROWS_TSV;
	else if (ends_with(options->file, ".jsonl") || ends_with(options->file, ".ndjson"))
		*format = ROWS_JSONL;
	return SVC_OK;
}

/* A workbook is known by its name or by its first bytes: a zip archive, or an OLE file. */
static int refuse_workbook(const struct import *import, struct svc_error *err)
{
	static const char *const endings[] = {".xlsx", ".xlsm", ".xls", ".ods"};
	const char *file = import->options->file;
	bool workbook = import->source.size >= 4 && (!memcmp(import->source.bytes, "PK\3\4", 4) ||
						     !memcmp(import->source.bytes, "\xd0\xcf\x11\xe0", 4));

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		workbook |= ends_with(file, endings[i]);
	if (!workbook)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, _("%s is a workbook, not a text file"), file);
	error_hint(err, "libreoffice --headless --convert-to csv:\"Text - txt - csv (StarCalc)\":44,34,76 %s", file);
	return SVC_BAD_INPUT;
}

/* ---- opening and closing ---- */

static int open_rules(struct import *import, struct svc_error *err)
{
	struct svc_desk_about about;
	int code = svc_desk_about(import->desk, &about, err);

	if (code != SVC_OK)
		return code;
	import->rules.decimal = import->map.decimal;
	import->rules.currency_digits = about.currency_digits;
	code = svc_zone_open(&import->zone, about.zone ? about.zone : "UTC", err);
	import->rules.zone = import->zone;
	return code;
}

static int open_input(struct import *import, struct svc_error *err)
{
	const struct svc_import_options *options = import->options;
	enum rows_format format;
	int code = find_format(options, &format, err);

	if (code == SVC_OK)
		code = map_load(&import->map, options->map, options->kind, err);
	/* A workbook is told from a bad encoding before any other word is said of it. */
	int opened = code == SVC_OK ? source_open(&import->source, options->file, options->encoding, err) : SVC_OK;
	if (code == SVC_OK)
		code = refuse_workbook(import, err);
	if (code == SVC_OK)
		code = opened;
	if (code == SVC_OK)
		code = rows_open(&import->rows, &import->source, &import->map, format, err);
	if (code == SVC_OK)
		code = rejects_init(&import->rejects, options->rejects, &import->source, import->rows, format, err);
	return code == SVC_OK ? open_rules(import, err) : code;
}

static void close_input(struct import *import)
{
	if (import->writing)
		bulk_rollback(import->desk);
	rejects_release(&import->rejects);
	record_release(&import->record);
	seen_release(&import->seen);
	svc_zone_free(import->zone);
	rows_close(import->rows);
	source_close(&import->source);
	map_release(&import->map);
}

/* ---- rows ---- */

static int begin_chunk(struct import *import, struct svc_error *err)
{
	if (import->writing)
		return SVC_OK;
	int code = bulk_begin(import->desk, err);
	import->writing = code == SVC_OK;
	import->chunk = 0;
	return code;
}

static int end_chunk(struct import *import, struct svc_error *err)
{
	if (!import->writing)
		return SVC_OK;
	int code = rejects_flush(&import->rejects, err);
	if (code == SVC_OK)
		code = bulk_commit(import->desk, err);
	else
		bulk_rollback(import->desk);
	import->writing = false;
	return code;
}

static int reject(struct import *import, const struct row *row, const char *field, enum reason reason,
		  struct svc_error *err)
{
	import->result->rejected++;
	return rejects_add(&import->rejects, row->line, field, reason, err);
}

/* What the desk says of a row whose values are each right. REASON_NONE: the fault is not the row's. */
static enum reason reason_of(int code, const char *field)
{
	static const struct {
		enum svc_code code;
		const char *field; /* NULL: any */
		enum reason reason;
	} reasons[] = {
		{SVC_BAD_INPUT, "closed", REASON_BEFORE_OPENED},      {SVC_BAD_INPUT, NULL, REASON_BAD_VALUE},
		{SVC_NOT_FOUND, NULL, REASON_UNKNOWN_UNIT},           {SVC_REFUSED, "unit", REASON_AMBIGUOUS_UNIT},
		{SVC_REFUSED, "customer", REASON_AMBIGUOUS_CUSTOMER}, {SVC_REFUSED, NULL, REASON_CONFLICT},
	};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].code == (enum svc_code)code && (!reasons[i].field || !strcmp(reasons[i].field, field)))
			return reasons[i].reason;
	return REASON_NONE;
}

static void count_outcome(struct svc_import_result *result, enum bulk_outcome outcome)
{
	int64_t *const counts[] = {[BULK_ADDED] = &result->added,
				   [BULK_UPDATED] = &result->updated,
				   [BULK_UNCHANGED] = &result->unchanged};

	++*counts[outcome];
}

static int put(struct import *import, const struct row *row, struct svc_error *err)
{
	const struct import_record *record = &import->record;
	const struct bulk_row bulk = {.source = import->map.source,
				      .legacy_id = record->legacy_id,
				      .values = record->values,
				      .count = record->count,
				      .extra = record->extra,
				      .customer_id = record->customer_id,
				      .customer_phone = record->customer_phone,
				      .occurred = record->occurred};
	struct svc_error fault = {0};
	enum bulk_outcome outcome;
	int64_t id;
	int code = bulk_put(import->desk, import->map.kind, &bulk, &id, &outcome, &fault);

	if (code == SVC_OK) {
		seen_add(&import->seen, record_identity(record->legacy_id));
		count_outcome(import->result, outcome);
		return SVC_OK;
	}
	enum reason reason = reason_of(code, fault.field);
	if (reason != REASON_NONE)
		return reject(import, row, fault.field, reason, err);
	if (err)
		*err = fault;
	return code;
}

static int take_row(struct import *import, const struct row *row, struct svc_error *err)
{
	const char *field = row->fault_field;
	enum reason reason = row->fault;

	import->result->read++;
	if (reason == REASON_NONE)
		reason = record_take(&import->record, &import->map, &import->rules, row, &import->seen, &field);
	if (reason == REASON_NONE && seen_has(&import->seen, record_identity(import->record.legacy_id))) {
		field = "legacy_id";
		reason = REASON_DUPLICATE_IN_FILE;
	}
	if (reason != REASON_NONE)
		return reject(import, row, field, reason, err);
	int code = begin_chunk(import, err);
	if (code == SVC_OK)
		code = put(import, row, err);
	if (code == SVC_OK && ++import->chunk >= CHUNK && !whole(import))
		code = end_chunk(import, err);
	return code;
}

static void tell(const struct import *import)
{
	const struct svc_import_options *options = import->options;

	if (options->progress && import->result->read % TOLD_EVERY == 0)
		options->progress(options->context, (int64_t)import->source.position, (int64_t)import->source.size,
				  import->result->read);
}

static int read_rows(struct import *import, struct svc_error *err)
{
	struct row row;
	int code = SVC_OK;

	while (code == SVC_OK && rows_next(import->rows, &row)) {
		code = take_row(import, &row, err);
		tell(import);
	}
	return code;
}

/* ---- the end ---- */

static int end_writing(struct import *import, struct svc_error *err)
{
	bool spoilt = import->options->all_or_nothing && import->result->rejected;

	if (!import->options->dry_run && !spoilt)
		return end_chunk(import, err);
	if (import->writing)
		bulk_rollback(import->desk);
	import->writing = false;
	return SVC_OK;
}

/* The rejects get their name before the last rows are written: a good row is never in, with the bad ones lost. */
static int finish(struct import *import, struct svc_error *err)
{
	struct svc_import_result *result = import->result;
	int code = rejects_finish(&import->rejects, err);

	if (code == SVC_OK)
		code = end_writing(import, err);
	if (code != SVC_OK || !result->rejected)
		return code;
	snprintf(result->rejects_file, sizeof result->rejects_file, "%s", import->rejects.path);
	if (!import->options->all_or_nothing)
		return SVC_PARTIAL;
	error_set(err, SVC_BAD_INPUT, _("%lld of %lld rows can't be taken, so nothing was changed"),
		  (long long)result->rejected, (long long)result->read);
	error_hint(err, _("the rows and what is wrong with each are in %s"), result->rejects_file);
	return SVC_BAD_INPUT;
}

int svc_import(struct svc_desk *desk, const struct svc_import_options *options, struct svc_import_result *result,
	       struct svc_error *err)
{
	struct import import = {.desk = desk, .options = options, .result = result, .source = {.decoder = (iconv_t)-1}};

	*result = (struct svc_import_result){0};
	int code = open_input(&import, err);
	if (code == SVC_OK)
		code = read_rows(&import, err);
	if (code == SVC_OK)
		code = finish(&import, err);
	close_input(&import);
	return code;
}
