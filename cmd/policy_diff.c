/* svc policy diff: what changed between two packs, in words, and a case for each change. */
#include "policy_diff.h"
#include "policy_rule.h"
#include "policy_two.h"
#include "show/answer_differences.h"
#include "svc/diff.h"

#include <stdlib.h>
#include <string.h>

enum { OLD, NEW };

struct diff_report {
	struct command *command;
	struct reading readings[2];
	json_t *changes;
	const char *section; /* of the changes that were shown last; NULL: none */
};

static const struct {
	const char *id, *sign;
	enum show_mood mood;
} kinds[] = {
	[SVC_CHANGE_ADDED] = {"added", "+", SHOW_GOOD},      [SVC_CHANGE_GONE] = {"gone", "-", SHOW_BAD},
	[SVC_CHANGE_RULE] = {"changed", "~", SHOW_OPEN},     [SVC_CHANGE_MOVED] = {"moved", "~", SHOW_OPEN},
	[SVC_CHANGE_WORDING] = {"wording", " ", SHOW_FAINT},
};

/* ---- what a rule says otherwise ---- */

static void add_side(struct text *text, const struct reading *reading, const char *key, const json_t *value)
{
	if (value)
		rule_value(text, reading, key, value);
	else
		text_puts(text, _("nothing"));
}

/* One key: "lasts: 2 years → 3 years". `path`: what it stands in, for scripts. */
static void show_key(struct diff_report *report, json_t *keys, const char *path, const char *key, const json_t *old,
		     const json_t *new)
{
	struct text line = {0};
	rule_key(&line, &report->readings[new ? NEW : OLD], key, *path != 0);
	text_puts(&line, _(": "));
	add_side(&line, &report->readings[OLD], key, old);
	text_puts(&line, " → ");
	add_side(&line, &report->readings[NEW], key, new);
	show_line(report->command->show, "      %s", line.bytes);
	text_release(&line);
	json_array_append_new(keys,
			      json_pack("{s:s, s:O*, s:O*}", "key", command_print(report->command, "%s%s", path, key),
					"old", old, "new", new));
}

static void compare_keys(struct diff_report *report, json_t *keys, const char *path, const json_t *old,
			 const json_t *new);

static void compare_key(struct diff_report *report, json_t *keys, const char *path, const char *key, const json_t *old,
			const json_t *new)
{
	bool conditions = !*path && !strcmp(key, "when") && json_is_object(old) && json_is_object(new);
	if (old && new &&json_equal(old, new))
		return;
	if (conditions)
		compare_keys(report, keys, "when.", old, new);
	else
		show_key(report, keys, path, key, old, new);
}

static void compare_keys(struct diff_report *report, json_t *keys, const char *path, const json_t *old,
			 const json_t *new)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)old, key, value)
		compare_key(report, keys, path, key, value, json_object_get(new, key));
	json_object_foreach((json_t *)new, key, value) if (!json_object_get(old, key))
		compare_key(report, keys, path, key, NULL, value);
}

static json_t *tree_of(const struct svc_policy_rule *rule)
{
	return rule ? json_loads(rule->tree, JSON_DECODE_ANY, NULL) : NULL;
}

/* All that a rule says, where it is new or gone. */
static void show_whole(struct diff_report *report, int side, const json_t *tree)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)tree, key, value)
	{
		struct text line = {0};
		rule_key(&line, &report->readings[side], key, false);
		text_puts(&line, _(": "));
		rule_value(&line, &report->readings[side], key, value);
		show_line(report->command->show, "      %s", line.bytes);
		text_release(&line);
	}
}

/* The list of keys that differ, shown as it is made. */
static json_t *show_contents(struct diff_report *report, const struct svc_policy_change *change)
{
	json_t *keys = json_array(), *old = tree_of(change->old_rule), *new = tree_of(change->new_rule);
	if (change->kind == SVC_CHANGE_ADDED || change->kind == SVC_CHANGE_GONE)
		show_whole(report, new ? NEW : OLD, new ? new : old);
	else if (json_is_object(old) && json_is_object(new))
		compare_keys(report, keys, "", old, new);
	else if (!json_equal(old, new))
		show_key(report, keys, "", "", old, new);
	json_decref(old);
	json_decref(new);
	return keys;
}

/* ---- the case ---- */

static void add_fact(struct text *text, const char *name, const json_t *value)
{
	size_t index;
	json_t *item;
	char *written;
	if (json_is_string(value)) {
		text_print(text, " %s=%s", name, json_string_value(value));
		return;
	}
	if (json_is_array(value) && (!json_array_size(value) || json_is_string(json_array_get(value, 0)))) {
		text_print(text, " %s=%s", name, json_array_size(value) ? "" : "[]");
		json_array_foreach(value, index, item)
			text_print(text, "%s%s", index ? "," : "", json_string_value(item));
		return;
	}
	written = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	if (json_is_object(value) || json_is_array(value))
		text_print(text, " %s:='%s'", name, written);
	else
		text_print(text, " %s=%s", name, written);
	free(written);
}

/* As svc policy ask takes it, so that it can be run. */
static void show_given(struct diff_report *report, const struct svc_change_case *shown, const json_t *given,
		       const json_t *settings)
{
	struct text line = {0};
	const char *name;
	json_t *value;
	text_puts(&line, svc_ask_name(shown->ask));
	json_object_foreach((json_t *)given, name, value) add_fact(&line, name, value);
	json_object_foreach((json_t *)settings, name, value)
	{
		text_puts(&line, " --set");
		add_fact(&line, name, value);
	}
	show_mood(report->command->show, SHOW_FAINT, "        %s", line.bytes);
	text_release(&line);
}

static json_t *show_case(struct diff_report *report, const struct svc_change_case *shown)
{
	json_t *given = json_loads(shown->facts, 0, NULL), *settings = json_loads(shown->settings, 0, NULL);
	json_t *differences = answer_differences(&shown->old, &shown->new);
	struct text line = {0};
	add_differences(&line, differences);
	show_line(report->command->show, _("      for example: %s"), line.bytes ? line.bytes : "");
	text_release(&line);
	show_given(report, shown, given, settings);
	return json_pack("{s:s, s:o, s:o, s:s, s:o}", "ask", svc_ask_name(shown->ask), "given", given, "settings",
			 settings, "edge", shown->edge, "differences", differences);
}

/* ---- one change ---- */

static void show_heading(struct diff_report *report, const char *section)
{
	if (report->section && !strcmp(report->section, section))
		return;
	report->section = section;
	report->readings[OLD].section = report->readings[NEW].section = section;
	show_line(report->command->show, "%s", "");
	show_mood(report->command->show, SHOW_BOLD, "%s  [%s]", section_title(section), section);
}

static json_t *show_rule(struct diff_report *report, const struct svc_policy_change *change)
{
	const struct svc_policy_rule *old = change->old_rule, *new = change->new_rule, *rule = new ? new : old;
	show_heading(report, rule->section);
	show_mood(report->command->show, kinds[change->kind].mood, *rule->clause ? "%s %-24s %s" : "%s %s%s",
		  kinds[change->kind].sign, rule->clause, rule->text);
	if (change->kind == SVC_CHANGE_MOVED)
		show_line(report->command->show, _("      stands at another place: line %d → %d"), old->line,
			  new->line);
	if (change->kind == SVC_CHANGE_WORDING)
		show_line(report->command->show, _("      the same rule; before: %s %s"), old->clause, old->text);
	json_t *entry = json_pack("{s:s, s:s, s:s, s:s, s:o}", "kind", kinds[change->kind].id, "section", rule->section,
				  "clause", rule->clause, "text", rule->text, "keys", show_contents(report, change));
	if (old)
		json_object_set_new(entry, "old_line", json_integer(old->line));
	if (new)
		json_object_set_new(entry, "new_line", json_integer(new->line));
	return entry;
}

static void add_setting_value(struct text *text, const struct reading *reading, const char *name, const char *value)
{
	json_t *word = value ? json_string(value) : NULL;
	add_side(text, reading, name, word);
	json_decref(word);
}

static void show_values(struct diff_report *report, json_t *keys, const char *name, const char *old, const char *new)
{
	struct text line = {0};
	if (!strcmp(old ? old : "", new ? new : ""))
		return;
	add_setting_value(&line, &report->readings[OLD], name, old);
	text_puts(&line, " → ");
	add_setting_value(&line, &report->readings[NEW], name, new);
	show_line(report->command->show, "      %s", line.bytes);
	text_release(&line);
	json_array_append_new(keys, json_pack("{s:s, s:s*, s:s*}", "key", "value", "old", old, "new", new));
}

/* The words of one side that the other does not list. */
static void show_words(struct diff_report *report, int side, const char *name, const char *words, const char *others)
{
	while (*words) {
		size_t length = strcspn(words, ",");
		const char *word = command_print(report->command, "%.*s", (int)length, words);
		const char *in = command_print(report->command, ", %s,", others);
		if (!strstr(in, command_print(report->command, ", %s,", word)))
			show_line(report->command->show, "      %s %s", side == NEW ? "+" : "-",
				  svc_policy_word_title(report->readings[side].policy, name, word));
		words += length;
		words += strspn(words, ", ");
	}
}

static void compare_words(struct diff_report *report, json_t *keys, const char *name, const char *old, const char *new)
{
	if (!strcmp(old, new))
		return;
	show_words(report, OLD, name, old, new);
	show_words(report, NEW, name, new, old);
	json_array_append_new(keys, json_pack("{s:s, s:s, s:s}", "key", "words", "old", old, "new", new));
}

static json_t *show_name(struct diff_report *report, const struct svc_policy_change *change)
{
	static const struct svc_change_name none = {.words = ""};
	const struct svc_change_name *old = change->old_name ? change->old_name : &none;
	const struct svc_change_name *new = change->new_name ? change->new_name : &none;
	const struct svc_change_name *name = change->new_name ? new : old;
	const char *heading = name->setting ? _("settings") : _("facts");
	json_t *keys = json_array();
	if (!report->section || strcmp(report->section, heading) != 0) {
		show_line(report->command->show, "%s", "");
		show_mood(report->command->show, SHOW_BOLD, "%s", heading);
	}
	report->section = heading;
	show_mood(report->command->show, kinds[change->kind].mood, "%s %-24s %s", kinds[change->kind].sign, name->name,
		  name->title ? name->title : "");
	show_values(report, keys, name->name, old->value, new->value);
	compare_words(report, keys, name->name, old->words, new->words);
	return json_pack("{s:s, s:s, s:s, s:o}", "kind", kinds[change->kind].id, "section",
			 name->setting ? "settings" : "facts", "name", name->name, "keys", keys);
}

/* No case was found: how many were tried beside the boundary cases says how much that is worth. */
static void show_unchanged(struct diff_report *report, json_t *entry, size_t tried)
{
	show_mood(
		report->command->show, SHOW_FAINT,
		_("      no answer is known to change: neither a boundary case nor one of %zu cases beside them does"),
		tried);
	json_object_set_new(entry, "tried", json_integer((json_int_t)tried));
}

/* Which version answers shows in no case of one version. */
static bool in_head(const struct svc_policy_change *change)
{
	const struct svc_policy_rule *rule = change->new_rule ? change->new_rule : change->old_rule;
	return rule && !strcmp(rule->section, "in_force");
}

static int show_change(void *context, const struct svc_policy_change *change)
{
	struct diff_report *report = context;
	bool rule = change->old_rule || change->new_rule;
	json_t *entry = rule ? show_rule(report, change) : show_name(report, change);
	if (change->shown)
		json_object_set_new(entry, "case", show_case(report, change->shown));
	else if (change->kind != SVC_CHANGE_WORDING && !in_head(change))
		show_unchanged(report, entry, change->tried);
	json_array_append_new(report->changes, entry);
	return SVC_OK;
}

/* ---- the whole ---- */

static json_t *head_of(const struct svc_policy *policy)
{
	char effective[16];
	svc_date_format(svc_policy_effective(policy), effective);
	return json_pack("{s:s, s:s, s:s}", "policy", svc_policy_id(policy), "effective", effective, "hash",
			 svc_policy_hash(policy));
}

static void show_head(struct diff_report *report, const struct svc_policy *old, const struct svc_policy *new)
{
	char before[16], after[16];
	svc_date_format(svc_policy_effective(old), before);
	svc_date_format(svc_policy_effective(new), after);
	show_mood(report->command->show, SHOW_BOLD, "%s (%s) → %s (%s)", svc_policy_id(old), before, svc_policy_id(new),
		  after);
}

static int take_title(void *context, const struct svc_policy_name *name)
{
	json_object_set_new(context, name->name, json_string(name->title ? name->title : ""));
	return SVC_OK;
}

static int report_diff(struct diff_report *report, const struct svc_policy *old, const struct svc_policy *new,
		       uint32_t asks)
{
	struct command *command = report->command;
	struct svc_diff_counts counts;
	show_head(report, old, new);
	int status = svc_policy_diff(old, new, asks, show_change, report, &counts, &command->error);
	if (status)
		return status;
	if (json_array_size(report->changes))
		show_line(command->show, "%s", "");
	show_line(command->show,
		  _("%zu rules added, %zu gone, %zu changed; %zu of %zu boundary cases come out otherwise"),
		  counts.added, counts.gone, counts.changed, counts.differ, counts.cases);
	return show_object(command->show,
			   json_pack("{s:s, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:O}", "schema", "svc.policy.diff/1",
				     "old", head_of(old), "new", head_of(new), "added", (json_int_t)counts.added,
				     "gone", (json_int_t)counts.gone, "changed", (json_int_t)counts.changed, "cases",
				     (json_int_t)counts.cases, "differ", (json_int_t)counts.differ, "changes",
				     report->changes));
}

int policy_diff(struct command *command)
{
	static const char *const arguments[] = {"OLD", "NEW"};
	struct diff_report report = {.command = command, .changes = json_array()};
	struct svc_policy *packs[2] = {NULL, NULL};
	uint32_t asks;
	int status = chosen_asks(command, "", &asks);
	for (int side = 0; side < 2 && !status; side++) {
		status = svc_policy_open(&packs[side], command_argument(command, arguments[side]), SVC_DATE_NONE,
					 &command->places, &command->error);
		report.readings[side] = (struct reading){packs[side], json_object(), NULL};
		if (!status)
			status = svc_policy_names(packs[side], take_title, report.readings[side].names,
						  &command->error);
	}
	if (!status)
		status = report_diff(&report, packs[OLD], packs[NEW], asks);
	json_decref(report.changes);
	for (int side = 0; side < 2; side++) {
		json_decref(report.readings[side].names);
		svc_policy_free(packs[side]);
	}
	return status;
}

const struct command_argument diff_arguments[] = {
	{.name = "OLD", .help = N_("a pack by id, id@DATE or path"), .complete = COMPLETE_POLICY},
	{.name = "NEW", .help = N_("the pack that is to take its place"), .complete = COMPLETE_POLICY},
	{.name = NULL},
};

const struct command_option diff_options[] = {
	{.name = "ask",
	 .kind = VALUE_TEXT,
	 .label = N_("ASK,ASK"),
	 .help = N_("look for cases in these asks only"),
	 .complete = COMPLETE_ASK},
	{.name = NULL},
};

const struct command_example diff_examples[] = {
	{"svc policy diff golf-carts ./golf-carts-2027.yaml",
	 N_("what a draft changes, clause by clause, and a case for each change")},
	{.line = NULL},
};
