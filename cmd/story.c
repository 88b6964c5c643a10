#include "story.h"

#include "show/answer.h"
#include "show/text.h"
#include "show/zone.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static json_t *parsed(const char *json)
{
	json_t *value = json && *json ? json_loads(json, JSON_DECODE_ANY, NULL) : NULL;
	return value ? value : json_object();
}

static int take_event(void *context, const struct svc_event *event)
{
	char recorded[32], occurred[32];
	svc_time_format(event->recorded_at, NULL, recorded);
	svc_time_format(event->occurred_at, NULL, occurred);
	json_t *entry = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:o}", "id", (json_int_t)event->id, "recorded_at",
				  recorded, "occurred_at", occurred, "actor", event->actor, "subject", event->subject,
				  "verb", event->verb, "payload", parsed(event->payload));
	if (event->key)
		json_object_set_new(entry, "key", json_string(event->key));
	if (event->corrects)
		json_object_set_new(entry, "corrects", json_integer((json_int_t)event->corrects));
	json_array_append_new(context, entry);
	return 0;
}

static int read_events(struct command *command, const char *subject, json_t *events)
{
	struct svc_event_query query = {.subject = subject, .from = SVC_TIME_NONE, .to = SVC_TIME_NONE};
	return svc_log(command->desk, &query, take_event, events, &command->error);
}

static int take_label(void *labels, const struct svc_record *record)
{
	json_array_append_new(labels, json_string(record->values[0]));
	return 0;
}

static bool has_field(enum svc_kind kind, const char *name)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	for (size_t i = 0; i < count; i++)
		if (!strcmp(fields[i].name, name))
			return true;
	return false;
}

/* The records of every kind that name the ticket. */
static int read_labels(struct command *command, const char *ticket, json_t *labels)
{
	int status = SVC_OK;
	for (int kind = 0; kind < SVC_KIND_COUNT && !status; kind++) {
		const char *field = kind == SVC_TICKET ? "merged" : "ticket";
		struct svc_match match = {field, ticket, ticket};
		struct svc_query query = {.matches = &match, .match_count = 1};
		if (has_field(kind, field))
			status = svc_list(command->desk, kind, &query, take_label, labels, &command->error);
	}
	return status;
}

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static int by_time(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	json_int_t left = json_integer_value(json_object_get(x, "id")),
		   right = json_integer_value(json_object_get(y, "id"));
	int order = strcmp(member(x, "occurred_at"), member(y, "occurred_at"));
	return order ? order : (left > right) - (left < right);
}

static void put_in_order(const struct command *command, json_t *events)
{
	size_t count = json_array_size(events), i;
	json_t *event, **sorted = command_memory(command, (count + 1) * sizeof(*sorted));
	json_array_foreach(events, i, event) sorted[i] = json_incref(event);
	qsort(sorted, count, sizeof(*sorted), by_time);
	json_array_clear(events);
	for (i = 0; i < count; i++)
		json_array_append_new(events, sorted[i]);
}

int story_read(struct command *command, int64_t ticket, json_t *own, json_t *related)
{
	const char *label = command_print(command, "%c%lld", svc_kind_letter(SVC_TICKET), (long long)ticket);
	json_t *labels = json_array(), *other;
	size_t i;
	int status = read_events(command, label, own);
	if (!status)
		status = read_labels(command, label, labels);
	json_array_foreach(labels, i, other)
	{
		if (!status)
			status = read_events(command, json_string_value(other), related);
	}
	json_decref(labels);
	put_in_order(command, own);
	put_in_order(command, related);
	return status;
}

/* ---- telling ---- */

/* What the desk's own events are called. Those of a workflow are called as the pack says. */
static const char *event_word(const char *verb)
{
	static const char *const words[] = {
		C_("event", "opened"),       C_("event", "created"),     C_("event", "timed"),
		C_("event", "added"),        C_("event", "edited"),      C_("event", "imported"),
		C_("event", "noted"),        C_("event", "closed"),      C_("event", "reopened"),
		C_("event", "merged"),       C_("event", "cancelled"),   C_("event", "escalated"),
		C_("event", "ticked"),       C_("event", "done"),        C_("event", "dropped"),
		C_("event", "planned"),      C_("event", "reassigned"),  C_("event", "dispatched"),
		C_("event", "no_one_home"),  C_("event", "departed"),    C_("event", "arrived"),
		C_("event", "started"),      C_("event", "finished"),    C_("event", "quoted"),
		C_("event", "approved"),     C_("event", "declined"),    C_("event", "charged"),
		C_("event", "waived"),       C_("event", "paid"),        C_("event", "reserved"),
		C_("event", "issued"),       C_("event", "used"),        C_("event", "returned"),
		C_("event", "written_off"),  C_("event", "received"),    C_("event", "moved"),
		C_("event", "shipped"),      C_("event", "handed_over"), C_("event", "undone"),
		C_("event", "released"),     C_("event", "counted"),     C_("event", "old_part"),
		C_("event", "part_issued"),  C_("event", "part_used"),   C_("event", "part_written_off"),
		C_("event", "explained"),    C_("event", "concluded"),   C_("event", "logged"),
		C_("event", "appealed"),     C_("event", "upheld"),      C_("event", "reversed"),
		C_("event", "diagnosed"),    C_("event", "passed"),      C_("event", "failed"),
		C_("event", "linked"),       C_("event", "repaired"),    C_("event", "no_fault"),
		C_("event", "unrepairable"), C_("event", "advised"),     C_("event", "asked"),
		C_("event", "reported"),     C_("event", "void"),
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(strchr(words[i], '\004') + 1, verb)) {
			const char *title = svc_text(words[i]);
			return title == words[i] ? verb : title;
		}
	return verb;
}

struct telling {
	const struct svc_policy *policy; /* NULL: none */
	enum svc_kind kind; /* of the record that the event is about */
	struct text line;
	bool begun;
};

static void begin_detail(struct telling *telling)
{
	text_puts(&telling->line, telling->begun ? svc_text(", ") : svc_text(": "));
	telling->begun = true;
}

static void add_json(struct text *text, const json_t *value)
{
	char *json = json_is_string(value)
			     ? NULL
			     : json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	text_puts(text, json ? json : json_is_string(value) ? json_string_value(value) : "");
	free(json);
}

static const struct svc_field *field_named(enum svc_kind kind, const char *name)
{
	size_t count;
	const struct svc_field *fields = svc_fields(kind, &count);
	for (size_t i = 0; i < count; i++)
		if (!strcmp(fields[i].name, name))
			return &fields[i];
	return NULL;
}

static void add_field_value(struct telling *telling, const struct svc_field *field, const json_t *value)
{
	const char *text = json_string_value(value);
	svc_time at;
	char local[32];
	if (text && field->type == SVC_TIME && strchr(text, 'T') && svc_time_parse(text, NULL, &at)) {
		svc_time_format(at, local_zone(), local);
		add_moment(&telling->line, local);
	} else if (text && field->words)
		text_puts(&telling->line, ticket_word(text));
	else if (text && !strcmp(field->name, "verdict"))
		text_puts(&telling->line, verdict_word(text));
	else if (text && telling->policy && field->type == SVC_WORD)
		text_puts(&telling->line, svc_policy_word_title(telling->policy, field->name, text));
	else if (json_is_null(value))
		text_puts(&telling->line, "-");
	else
		add_json(&telling->line, value);
}

/* Fields that the line says already, or that only replay needs. */
static bool goes_without_saying(const char *name)
{
	static const char *const plain[] = {"opened", "closed", "state",  "policy", "ticket",
					    "clause", "source", "legacy", "extra"};
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (!strcmp(name, plain[i]))
			return true;
	return false;
}

static void tell_fields(struct telling *telling, json_t *fields, const char *sign)
{
	const char *name;
	json_t *value;
	json_object_foreach(fields, name, value)
	{
		const struct svc_field *field = field_named(telling->kind, name);
		if (!field || goes_without_saying(name) || (json_is_null(value) && !*sign))
			continue;
		begin_detail(telling);
		text_print(&telling->line, "%s %s", svc_text(field->title), sign);
		add_field_value(telling, field, value);
	}
}

static void tell_facts(struct telling *telling, json_t *facts)
{
	const char *name, *text;
	json_t *value;
	json_object_foreach(facts, name, value)
	{
		text = json_string_value(value);
		begin_detail(telling);
		if (telling->policy)
			add_title(&telling->line, telling->policy, name);
		else
			text_puts(&telling->line, name);
		text_puts(&telling->line, " ");
		if (telling->policy && text)
			add_fact_value(&telling->line, telling->policy, name, text);
		else
			add_json(&telling->line, value);
	}
}

/* Steps of checklists are "step.STAGE.ID", and "why.STAGE.ID" explains one; a record is marked by its number, and who said so as
   "by". What has a colon is for the desk alone. */
static void tell_marks(struct telling *telling, json_t *marks)
{
	const char *name;
	json_t *value;
	json_object_foreach(marks, name, value)
	{
		const char *step = strrchr(name, '.');
		bool person = !strcmp(name, "by");
		bool record = *name >= 'A' && *name <= 'Z' && !name[1 + strspn(name + 1, "0123456789")];
		if (strchr(name, ':'))
			continue;
		begin_detail(telling);
		if (person)
			text_print(&telling->line, _("by %s"), json_string_value(value));
		else if (record)
			text_print(&telling->line, "%s %s", name, json_string_value(value));
		else if (!step || !strncmp(name, "why.", 4))
			text_puts(&telling->line, json_string_value(value));
		else
			text_puts(&telling->line,
				  telling->policy ? svc_policy_word_title(telling->policy, NULL, step + 1) : step + 1);
	}
}

static void tell_details(struct telling *telling, const json_t *payload)
{
	tell_fields(telling, json_object_get(payload, "set"), "");
	tell_fields(telling, json_object_get(payload, "add"), "+");
	tell_facts(telling, json_object_get(payload, "facts"));
	tell_facts(telling, json_object_get(payload, "given"));
	tell_marks(telling, json_object_get(payload, "marks"));
	if (*member(payload, "line")) {
		begin_detail(telling);
		text_puts(&telling->line, member(payload, "line"));
	}
}

static enum svc_kind kind_of(const char *subject)
{
	int kind = 0;
	while (kind + 1 < SVC_KIND_COUNT && svc_kind_letter(kind) != *subject)
		kind++;
	return kind;
}

static void tell_head(struct telling *telling, const json_t *event, const char *ticket)
{
	const char *verb = member(event, "verb"), *subject = member(event, "subject");
	const char *title = telling->policy ? svc_policy_word_title(telling->policy, "event", verb) : verb;
	char local[32] = "";
	svc_time at;
	if (svc_time_parse(member(event, "occurred_at"), NULL, &at))
		svc_time_format(at, local_zone(), local);
	text_print(&telling->line, "%.10s %.5s  %s  ", local, strlen(local) > 11 ? local + 11 : "",
		   member(event, "actor"));
	if (strcmp(subject, ticket) != 0)
		text_print(&telling->line, "%s %s ", svc_text(svc_kind_name(telling->kind)), subject);
	size_t from = telling->line.length;
	bool of_pack = telling->kind == SVC_TICKET && strcmp(title, verb) != 0;
	text_puts(&telling->line, of_pack ? title : event_word(verb));
	for (char *seam = telling->line.bytes + from; !of_pack && (seam = strchr(seam, '_'));)
		*seam = ' ';
}

void story_show(struct command *command, const struct svc_policy *policy, const char *ticket, const json_t *own,
		const json_t *related)
{
	json_t *all = json_array(), *event;
	size_t i;
	json_array_extend(all, (json_t *)own);
	json_array_extend(all, (json_t *)related);
	put_in_order(command, all);
	show_mood(command->show, SHOW_BOLD, "%s", _("story:"));
	json_array_foreach(all, i, event)
	{
		struct telling telling = {.policy = policy, .kind = kind_of(member(event, "subject"))};
		tell_head(&telling, event, ticket);
		tell_details(&telling, json_object_get(event, "payload"));
		text_one_line(telling.line.bytes);
		show_line(command->show, "  %s", telling.line.bytes);
		text_release(&telling.line);
	}
	json_decref(all);
}
