/* What all verbs of records share: the field tables of the desk decide columns, filters and options. */
#include "line.h"

#include "show/answer.h"
#include "show/text.h"

#include <inttypes.h>

static enum show_kind show_kind_of(const struct svc_field *field)
{
	static const enum show_kind kinds[] = {
		[SVC_TEXT] = SHOW_TEXT,   [SVC_WORD] = SHOW_WORD,       [SVC_DATE] = SHOW_DATE,
		[SVC_TIME] = SHOW_TIME,   [SVC_INTEGER] = SHOW_INTEGER, [SVC_NUMBER] = SHOW_NUMBER,
		[SVC_MONEY] = SHOW_MONEY, [SVC_REFERENCE] = SHOW_ID,    [SVC_JSON] = SHOW_JSON,
	};

	return kinds[field->type];
}

const char *ticket_word(const char *id)
{
	static const char *const words[] = {
		C_("ticket", "open"),         C_("ticket", "closed"),    C_("ticket", "repair"),
		C_("ticket", "return"),       C_("ticket", "exchange"),  C_("ticket", "complaint"),
		C_("ticket", "consult"),      C_("ticket", "install"),   C_("ticket", "maintain"),
		C_("ticket", "parts"),        C_("ticket", "draft"),     C_("ticket", "published"),
		C_("ticket", "retired"),      C_("ticket", "unit"),      C_("ticket", "loaner"),
		C_("ticket", "old_part"),     C_("ticket", "accessory"), C_("ticket", "document"),
		C_("ticket", "expected"),     C_("ticket", "held"),      C_("ticket", "away"),
		C_("ticket", "settled"),      C_("ticket", "cancelled"), C_("ticket", "company"),
		C_("ticket", "customer"),     C_("ticket", "supplier"),  C_("ticket", "desk"),
		C_("ticket", "quoted"),       C_("ticket", "approved"),  C_("ticket", "declined"),
		C_("ticket", "charged"),      C_("ticket", "free"),      C_("ticket", "waived"),
		C_("ticket", "paid"),         C_("ticket", "void"),      C_("ticket", "logged"),
		C_("ticket", "appealed"),     C_("ticket", "upheld"),    C_("ticket", "reversed"),
		C_("ticket", "reserved"),     C_("ticket", "issued"),    C_("ticket", "owed"),
		C_("ticket", "returned"),     C_("ticket", "explained"), C_("ticket", "none"),
		C_("ticket", "received"),     C_("ticket", "released"),  C_("ticket", "counted"),
		C_("ticket", "written_off"),  C_("ticket", "active"),    C_("ticket", "left"),
		C_("ticket", "planned"),      C_("ticket", "departed"),  C_("ticket", "arrived"),
		C_("ticket", "started"),      C_("ticket", "finished"),  C_("ticket", "no_one_home"),
		C_("ticket", "visit"),        C_("ticket", "absence"),   C_("ticket", "skill"),
		C_("ticket", "zone"),         C_("ticket", "travel"),    C_("ticket", "shift"),
		C_("ticket", "rules"),        C_("ticket", "repaired"),  C_("ticket", "no_fault"),
		C_("ticket", "unrepairable"), C_("ticket", "advised"),
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(strchr(words[i], '\004') + 1, id)) {
			const char *title = svc_text(words[i]);
			return title == words[i] ? id : title;
		}
	return id;
}

/* What people read in the place of an id; NULL: the id. */
static const char *(*title_of(const struct svc_field *field))(const char *)
{
	if (field->words || !strcmp(field->name, "holder"))
		return ticket_word;
	return strcmp(field->name, "verdict") ? NULL : verdict_word;
}

const struct show_column *records_columns(enum svc_kind kind, size_t *count)
{
	static struct show_column *columns[SVC_KIND_COUNT];
	const struct svc_field *fields = svc_fields(kind, count);

	if (columns[kind])
		return columns[kind];
	columns[kind] = memory_new(*count * sizeof(struct show_column));
	for (size_t i = 0; i < *count; i++)
		columns[kind][i] = (struct show_column){
			.name = fields[i].name,
			.title = fields[i].title,
			.kind = i == 0 ? SHOW_ID : show_kind_of(&fields[i]),
			.flags = fields[i].flags & SVC_FIELD_LONG || fields[i].type == SVC_JSON ? SHOW_LONG : 0,
			.title_of = title_of(&fields[i]),
		};
	return columns[kind];
}

static const char *schema_of(const struct command *command, enum svc_kind kind)
{
	return command_print(command, "svc.%s/1", svc_kind_name(kind));
}

int records_find(struct command *command, enum svc_kind kind, const char *text, int64_t *id)
{
	return svc_find(command->desk, kind, text, id, &command->error);
}

int records_display(struct command *command, enum svc_kind kind, int64_t id)
{
	struct svc_record record = {0};
	size_t count;
	const struct show_column *columns = records_columns(kind, &count);
	int status = svc_read(command->desk, kind, id, &record, &command->error);

	if (status == SVC_OK)
		status = show_record(command->show, schema_of(command, kind), columns, count, record.values);
	svc_record_release(&record);
	return status;
}

int records_show(struct command *command)
{
	enum svc_kind kind = command->verb->kind;
	int64_t id;
	int status = records_find(command, kind, command->line->words[0], &id);

	return status == SVC_OK ? records_display(command, kind, id) : status;
}

int records_add(struct command *command)
{
	enum svc_kind kind = command->verb->kind;
	int64_t id;
	int status = svc_add(command->desk, kind, command->fields, command->field_count, &id, &command->error);

	return status == SVC_OK ? records_display(command, kind, id) : status;
}

int records_edit(struct command *command)
{
	enum svc_kind kind = command->verb->kind;
	int64_t id;

	if (!command->field_count) {
		command_fail(command, SVC_USAGE, _("nothing to change: no field was given"));
		return command_hint(command, _("\"svc help %s %s\" lists the fields"), command->noun->name,
				    command->verb->name);
	}
	int status = records_find(command, kind, command->line->words[0], &id);
	if (status == SVC_OK)
		status = svc_edit(command->desk, kind, id, command->fields, command->field_count, &command->error);
	return status == SVC_OK ? records_display(command, kind, id) : status;
}

static int show_one(void *context, const struct svc_record *record)
{
	struct command *command = context;

	show_row(command->show, record->values);
	return 0;
}

static const struct show_column count_columns[] = {{"count", N_("count"), SHOW_INTEGER, 0}};

static int show_count(struct command *command, int64_t count)
{
	const char *cells[] = {command_print(command, "%" PRId64, count)};

	if (!show_people(command->show))
		return show_record(command->show, "svc.count/1", count_columns, 1, cells);
	show_line(command->show, "%s", cells[0]);
	return SVC_OK;
}

static void narrow(struct command *command, struct svc_query *query, const struct svc_match *also)
{
	struct svc_match *matches = command_memory(command, (query->match_count + 1) * sizeof *matches);

	for (size_t i = 0; i < query->match_count; i++)
		matches[i] = query->matches[i];
	matches[query->match_count++] = *also;
	query->matches = matches;
}

int records_list(struct command *command)
{
	return records_list_of(command, NULL);
}

int records_list_of(struct command *command, const struct svc_match *also)
{
	enum svc_kind kind = command->verb->kind;
	struct svc_query query;
	size_t count;
	const struct show_column *columns = records_columns(kind, &count);

	line_query(command, &query);
	if (also)
		narrow(command, &query, also);
	if (command_flag(command, "count")) {
		int64_t found;
		int status = svc_count(command->desk, kind, &query, &found, &command->error);
		return status == SVC_OK ? show_count(command, found) : status;
	}
	int status = show_list(command->show, schema_of(command, kind), columns, count);
	if (status != SVC_OK)
		return status;
	return svc_list(command->desk, kind, &query, show_one, command, &command->error);
}
