/* How a ticket is shown: its fields, the decisions, the story of its events. */
#include "ticket_show.h"

#include "show/answer.h"
#include "show/text.h"
#include "story.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *cell_json(const struct show_column *column, const char *value)
{
	json_t *read = NULL;
	bool plain = column->kind != SHOW_INTEGER && column->kind != SHOW_NUMBER && column->kind != SHOW_BOOL &&
		     column->kind != SHOW_JSON;
	if (!plain)
		read = json_loads(value, JSON_DECODE_ANY, NULL);
	return read ? read : json_string(value);
}

json_t *ticket_json(struct command *command, int64_t ticket)
{
	struct svc_record record = {0};
	size_t count;
	const struct show_column *columns = records_columns(SVC_TICKET, &count);
	if (svc_read(command->desk, SVC_TICKET, ticket, &record, &command->error))
		return NULL;
	json_t *object = json_pack("{s:s}", "schema", "svc.ticket/1");
	for (size_t i = 0; i < count; i++)
		if (record.values[i] && *record.values[i])
			json_object_set_new(object, columns[i].name, cell_json(&columns[i], record.values[i]));
	svc_record_release(&record);
	return object;
}

int ticket_changed(struct command *command, int64_t ticket, const char *done, const struct svc_policy *policy,
		   const struct svc_answer *answer)
{
	char *number = command_print(command, "%c%lld", svc_kind_letter(SVC_TICKET), (long long)ticket);
	json_t *object = ticket_json(command, ticket);
	if (!object)
		return command->error.code;
	show_mood(command->show, SHOW_BOLD, "%s %s", number, done);
	if (answer && answer->verdict != SVC_VERDICT_NONE_YET) {
		char *json = svc_answer_json(answer);
		json_object_set_new(object, "answer", json_loads(json, 0, NULL));
		free(json);
		show_answer(command->show, policy, answer);
	}
	return show_object(command->show, object);
}

/* ---- the whole ticket ---- */

struct story {
	struct command *command;
	json_t *decisions, *events, *related;
};

static json_t *parsed(const char *json)
{
	json_t *value = json && *json ? json_loads(json, JSON_DECODE_ANY, NULL) : NULL;
	return value ? value : json_object();
}

static int take_decision(void *context, const struct svc_decision *decision)
{
	struct story *story = context;
	char version[16], now[32];
	svc_date_format(decision->version, version);
	svc_time_format(decision->now, NULL, now);
	json_array_append_new(story->decisions,
			      json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:o, s:o}", "id",
					(json_int_t)decision->id, "event", (json_int_t)decision->event, "ask",
					svc_ask_name(decision->ask), "policy", decision->policy, "version", version,
					"hash", decision->hash, "verdict", decision->verdict, "now", now, "engine",
					decision->engine, "settings", parsed(decision->settings), "facts",
					parsed(decision->facts), "answer", parsed(decision->answer)));
	return 0;
}

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static void add_value(struct text *text, const json_t *value)
{
	if (json_is_string(value)) {
		text_puts(text, json_string_value(value));
		return;
	}
	if (json_is_array(value)) {
		for (size_t i = 0; i < json_array_size(value); i++) {
			text_puts(text, i ? "," : "");
			add_value(text, json_array_get(value, i));
		}
		return;
	}
	char *json = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	text_puts(text, json ? json : "");
	free(json);
}

/* "cause=defect, purchase=2024-03-15" of an object. */
static void add_pairs(struct text *text, json_t *object)
{
	const char *name;
	json_t *value;
	json_object_foreach(object, name, value)
	{
		text_print(text, "%s%s=", text->length ? ", " : "", name);
		add_value(text, value);
	}
}

/* Each decision in one line, the pack's clause behind it; the last one stands. */
static void show_decisions(struct command *command, const json_t *decisions)
{
	size_t index;
	json_t *decision;
	if (!show_people(command->show) || !json_array_size(decisions))
		return;
	show_mood(command->show, SHOW_BOLD, "%s", _("decisions:"));
	json_array_foreach(decisions, index, decision)
	{
		json_t *answer = json_object_get(decision, "answer");
		const char *clause = json_string_value(json_array_get(json_object_get(answer, "clauses"), 0));
		struct text line = {0}, facts = {0};
		text_print(&line, "%.10s  %s", member(decision, "now"), verdict_word(member(decision, "verdict")));
		if (*member(answer, "ends"))
			text_print(&line, _(", until %s"), member(answer, "ends"));
		if (*member(answer, "remedy"))
			text_print(&line, ", %s", remedy_word(member(answer, "remedy")));
		if (clause)
			text_print(&line, " (%s)", clause);
		show_line(command->show, "  %s", line.bytes);
		add_pairs(&facts, json_object_get(decision, "facts"));
		if (facts.length)
			show_mood(command->show, SHOW_FAINT, "    %s", facts.bytes);
		text_release(&line);
		text_release(&facts);
	}
}

/* In the words of the pack that answers for it, where that can still be opened. */
static void show_story(struct command *command, const struct story *story, const json_t *ticket)
{
	const char *pack = json_string_value(json_object_get(ticket, "policy"));
	struct svc_policy *policy = NULL;
	struct svc_error ignored;
	if (!show_people(command->show))
		return;
	if (pack)
		svc_policy_open(&policy, pack, SVC_DATE_NONE, &command->places, &ignored);
	story_show(command, policy, member(ticket, "id"), story->events, story->related);
	svc_policy_free(policy);
}

static int show_all(struct command *command, int64_t ticket, struct story *story)
{
	int status = records_display(command, SVC_TICKET, ticket);
	json_t *object = status ? NULL : ticket_json(command, ticket);
	if (!object)
		return status ? status : (int)command->error.code;
	show_decisions(command, story->decisions);
	show_story(command, story, object);
	json_object_set(object, "decisions", story->decisions);
	json_object_set(object, "events", story->events);
	if (json_array_size(story->related))
		json_object_set(object, "related", story->related);
	return show_object(command->show, object);
}

int ticket_show(struct command *command, int64_t ticket)
{
	struct story story = {command, json_array(), json_array(), json_array()};
	int status = svc_ticket_decisions(command->desk, ticket, take_decision, &story, &command->error);
	if (!status)
		status = story_read(command, ticket, story.events, story.related);
	if (!status)
		status = show_all(command, ticket, &story);
	json_decref(story.decisions);
	json_decref(story.events);
	json_decref(story.related);
	return status;
}
