/* svc repair report: the paper as lines, as Markdown, or for scripts. */
#include "repair_report.h"

#include "show/answer.h"
#include "show/text.h"
#include "svc/repair.h"

#include <jansson.h>
#include <string.h>

struct shown {
	struct command *command;
	int64_t ticket;
	bool told;
};

static json_t *field_json(const struct svc_report_field *field)
{
	json_t *json = json_pack("{s:s, s:s, s:b}", "id", field->id, "label", field->label, "required",
				 (int)field->required);
	if (field->value)
		json_object_set_new(json, "value", json_string(field->value));
	if (field->clause && *field->clause)
		json_object_set_new(json, "clause", json_string(field->clause));
	return json;
}

static json_t *report_json(const struct shown *shown, const struct svc_report *report)
{
	json_t *object = json_pack("{s:s, s:s, s:s}", "schema", "svc.report/1", "ticket",
				   command_print(shown->command, "T%lld", (long long)shown->ticket), "title",
				   report->title);
	json_t *fields = json_array();
	for (size_t i = 0; i < report->field_count; i++)
		json_array_append_new(fields, field_json(&report->fields[i]));
	json_object_set_new(object, "fields", fields);
	if (!report->paper)
		return object;
	json_t *missing = json_array();
	for (size_t i = 0; i < report->answer->missing_count; i++)
		json_array_append_new(missing, json_string(report->answer->missing[i]));
	json_object_set_new(object, "missing", missing);
	json_object_set_new(object, "paper", json_string(report->paper));
	json_object_set_new(object, "policy", json_string(svc_policy_id(report->policy)));
	json_object_set_new(object, "verdict", json_string(svc_verdict_id(report->answer->verdict)));
	return object;
}

/* A bar would end the cell of a table, a line break the table. */
static void add_cell(struct text *line, const char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			text_puts(line, "<br>");
		else
			text_print(line, "%s%c", *text == '|' ? "\\" : "", *text);
}

static void show_markdown(const struct shown *shown, const struct svc_report *report)
{
	struct show *show = shown->command->show;
	show_line(show, "# T%lld: %s", (long long)shown->ticket, report->title);
	show_line(show, "%s", "");
	show_line(show, "| %s | %s |", _("field"), _("filled in"));
	show_line(show, "%s", "| --- | --- |");
	for (size_t i = 0; i < report->field_count; i++) {
		const struct svc_report_field *field = &report->fields[i];
		struct text line = {0};
		text_puts(&line, "| ");
		add_cell(&line, field->label);
		text_puts(&line, " | ");
		add_cell(&line, field->value ? field->value : field->required ? _("(missing)") : "");
		show_line(show, "%s |", line.bytes);
		text_release(&line);
	}
}

static void show_form(const struct shown *shown, const struct svc_report *report)
{
	struct show *show = shown->command->show;
	show_mood(show, SHOW_BOLD, "T%lld: %s", (long long)shown->ticket, report->title);
	for (size_t i = 0; i < report->field_count; i++) {
		const struct svc_report_field *field = &report->fields[i];
		if (field->value)
			show_line(show, "  %s: %s", field->label, field->value);
		else if (field->required)
			show_mood(show, SHOW_OPEN, "  %s: %s", field->label, _("(missing)"));
	}
}

/* Also what is no field of the paper: a fact that decides which fields it has. */
static void show_missing(const struct shown *shown, const struct svc_report *report)
{
	struct text list = {0};
	for (size_t i = 0; report->answer && i < report->answer->missing_count; i++)
		text_print(&list, "%s%s", i ? ", " : "", report->answer->missing[i]);
	if (list.length)
		show_mood(shown->command->show, SHOW_OPEN, _("not filled in: %s"), list.bytes);
	text_release(&list);
}

static int take_report(void *context, const struct svc_report *report)
{
	struct shown *shown = context;
	shown->told = true;
	if (show_people(shown->command->show))
		(command_flag(shown->command, "markdown") ? show_markdown : show_form)(shown, report);
	show_missing(shown, report);
	return show_object(shown->command->show, report_json(shown, report));
}

int repair_report(struct command *command)
{
	const char *const *given;
	size_t count = command_texts(command, "field", &given);
	struct svc_assignment *fields = command_memory(command, (count + 1) * sizeof *fields);
	struct svc_report_query query = {.record = command_text(command, "record"),
					 .form = command_text(command, "form"),
					 .fields = fields,
					 .field_count = count};
	struct shown shown = {.command = command};
	if (query.record && query.form)
		return command_fail(command, SVC_USAGE, _("either a record or a form"));
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(given[i], '=');
		fields[i] = (struct svc_assignment){command_print(command, "%.*s", (int)(equals - given[i]), given[i]),
						    equals + 1};
	}
	int status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &query.ticket);
	shown.ticket = query.ticket;
	if (!status)
		status = svc_repair_report(command->desk, &query, take_report, &shown, &command->error);
	if (status == SVC_INCOMPLETE && shown.told) /* the report has said what is missing */
		command->error = (struct svc_error){0};
	return status;
}
