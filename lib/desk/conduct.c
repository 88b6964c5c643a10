/* Violations: written down with what shows them, appealed, upheld, reversed. */
#include "conduct.h"

#include "base/error.h"
#include "base/json.h"
#include "life.h"
#include "policy/nearest.h"
#include "store/record.h"
#include "values.h"

#include <stdio.h>
#include <string.h>

/* ---- the pack ---- */

const char *offences_json(const struct offence *offences, size_t count, struct arena *arena)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	json_open(&json, NULL, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&json, NULL, '{');
		json_string(&json, "rule", offences[i].rule);
		json_string(&json, "on", offences[i].on);
		if (offences[i].facts)
			json_literal(&json, "facts", offences[i].facts);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	const char *list = arena_strndup(arena, text.text, text.length);
	strbuf_release(&text);
	return list;
}

static int open_with(struct svc_desk *desk, const struct gathered_facts *facts, struct svc_policy **policy,
		     struct svc_facts **filled, struct svc_error *err)
{
	struct inquiry inquiry = {.ask = SVC_ASK_CONDUCT,
				  .facts = facts ? facts->items : NULL,
				  .fact_count = facts ? facts->count : 0,
				  .claim = SVC_DATE_NONE,
				  .may_lack = true};
	int status = ruling_open(desk, &desk->options, &inquiry, policy, filled, err);
	if (status != SVC_OK || !*policy || svc_policy_answers(*policy, SVC_ASK_CONDUCT))
		return status;
	svc_facts_free(*filled);
	svc_policy_free(*policy);
	*filled = NULL;
	*policy = NULL;
	return SVC_OK;
}

/* First without the facts: that there is no pack is then no fault of theirs. */
int conduct_open(struct svc_desk *desk, const struct gathered_facts *facts, struct svc_policy **policy,
		 struct svc_facts **filled, struct svc_error *err)
{
	int status = open_with(desk, NULL, policy, filled, err);
	if (status != SVC_OK || !*policy)
		return status;
	svc_facts_free(*filled);
	svc_policy_free(*policy);
	*filled = NULL;
	*policy = NULL;
	return open_with(desk, facts, policy, filled, err);
}

int conduct_person(struct svc_desk *desk, const char *text, struct arena *arena, const char **person,
		   struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	size_t count;
	const struct svc_field *fields = svc_fields(SVC_VIOLATION, &count);
	int64_t number = record_number(SVC_TECHNICIAN, text);
	int status = number ? record_read(desk->store, SVC_TECHNICIAN, number, arena, values, err) : SVC_OK;
	if (number)
		text = values[field_find(SVC_TECHNICIAN, "name")];
	if (status == SVC_OK)
		status = value_check(desk, &fields[field_find(SVC_VIOLATION, "person")], text, arena, person, err);
	if (status == SVC_OK && !*person) {
		status = error_set(err, SVC_BAD_INPUT, _("nobody is named"));
		error_field(err, "person");
	}
	return status;
}

/* ---- the rule that was broken ---- */

struct rule_search {
	const struct svc_policy *policy;
	struct arena arena;
	const char *wanted;
	char found[128]; /* "": none */
	struct nearest nearest;
};

static void try_rule(struct rule_search *search, const char *id)
{
	const char *title = svc_policy_word_title(search->policy, NULL, id);
	if (strcmp(search->wanted, id) == 0 || strcmp(search->wanted, title) == 0)
		snprintf(search->found, sizeof search->found, "%s", id);
	nearest_try(&search->nearest, arena_strdup(&search->arena, id));
}

static int look_at_rule(void *context, const struct svc_policy_rule *rule)
{
	struct rule_search *search = context;
	struct node *root;
	if (strcmp(rule->section, "conduct") != 0)
		return 0;
	if (json_read(&root, &search->arena, rule->tree, strlen(rule->tree), "", 0, NULL) != SVC_OK)
		return 0;
	const struct node *said = node_get(root, "rule");
	if (said && said->kind == NODE_SCALAR)
		try_rule(search, said->text);
	for (size_t i = 0; said && said->kind == NODE_LIST && i < said->count; i++)
		try_rule(search, said->items[i]->text);
	try_rule(search, rule->clause);
	return 0;
}

/* *rule: its id. */
static int check_rule(const struct svc_policy *policy, const char *wanted, struct arena *arena, const char **rule,
		      struct svc_error *err)
{
	struct rule_search search = {.policy = policy, .wanted = wanted, .nearest = nearest_to(wanted)};
	int status = svc_policy_rules(policy, look_at_rule, &search, err);
	*rule = arena_strdup(arena, search.found);
	if (status == SVC_OK && !*search.found) {
		status = error_set(err, SVC_BAD_INPUT, _("%s knows no rule of conduct %s"), svc_policy_id(policy),
				   wanted);
		error_field(err, "rule");
		if (search.nearest.best)
			error_hint(err, _("did you mean %s?"), search.nearest.best);
	}
	arena_release(&search.arena);
	return status;
}

/* ---- what shows it ---- */

static int check_record(struct svc_desk *desk, const char *label, struct svc_error *err)
{
	for (int kind = 0; kind < SVC_KIND_COUNT; kind++) {
		int64_t number = record_number((enum svc_kind)kind, label);
		bool there = false;
		if (!number)
			continue;
		int status = record_exists(desk->store, (enum svc_kind)kind, number, &there, err);
		if (status == SVC_OK && !there) {
			status = error_set(err, SVC_NOT_FOUND, _("no such %s: %s"),
					   svc_text(svc_kind_name((enum svc_kind)kind)), label);
			error_field(err, "evidence");
		}
		return status;
	}
	error_set(err, SVC_BAD_INPUT, _("not the number of a record: %.60s"), label);
	error_field(err, "evidence");
	error_hint(err, _("evidence is a list like T5,V3"));
	return SVC_BAD_INPUT;
}

/* *ticket: the first one among them. */
static int check_evidence(struct svc_desk *desk, const char *list, struct arena *arena, const char **kept,
			  const char **ticket, struct svc_error *err)
{
	int status = SVC_OK;
	char *copy = arena_strdup(arena, list), *rest = copy;
	for (char *label = strsep(&rest, ","); status == SVC_OK && label; label = strsep(&rest, ",")) {
		label += strspn(label, " ");
		label[strcspn(label, " ")] = '\0';
		status = check_record(desk, label, err);
		if (*label >= 'a' && *label <= 'z')
			*label = (char)(*label - 'a' + 'A');
		if (status == SVC_OK && !*ticket && record_number(SVC_TICKET, label))
			*ticket = label;
		*kept = *kept ? arena_printf(arena, "%s,%s", *kept, label) : label;
	}
	return status;
}

/* ---- writing it down ---- */

struct logging {
	struct svc_desk *desk;
	const struct svc_misconduct *told;
	struct arena arena;
	struct offence offence;
	const char *evidence, *ticket;
	svc_date on;
};

static const char *facts_json(struct logging *logging)
{
	const struct svc_misconduct *told = logging->told;
	struct strbuf text = {0};
	struct json json = {.out = &text};
	if (!told->fact_count)
		return NULL;
	json_open(&json, NULL, '{');
	for (size_t i = 0; i < told->fact_count; i++) {
		const char *value = told->facts[i].value;
		if (value[0] == '{' || value[0] == '[')
			json_literal(&json, told->facts[i].field, value);
		else
			json_string(&json, told->facts[i].field, value);
	}
	json_close(&json, '}');
	const char *kept = arena_strndup(&logging->arena, text.text, text.length);
	strbuf_release(&text);
	return kept;
}

static int check_day(struct logging *logging, struct svc_error *err)
{
	const struct svc_zone *zone;
	char day[16];
	int status = desk_zone(logging->desk, &zone, err);
	if (status != SVC_OK)
		return status;
	svc_date today = svc_zone_date(zone, logging->desk->options.now);
	logging->on = logging->told->on == SVC_DATE_NONE ? today : logging->told->on;
	svc_date_format(logging->on, day);
	logging->offence.on = arena_strdup(&logging->arena, day);
	if (logging->on <= today)
		return SVC_OK;
	error_set(err, SVC_BAD_INPUT, _("%s is a day to come"), day);
	error_field(err, "on");
	return SVC_BAD_INPUT;
}

/* The rule and its facts have to be such that the pack can be asked about them. */
static int check_with_pack(struct logging *logging, struct svc_error *err)
{
	struct gathered_facts facts = {0};
	struct svc_policy *policy = NULL;
	struct svc_facts *filled = NULL;
	struct svc_answer answer = {0};
	int status = conduct_open(logging->desk, &facts, &policy, &filled, err);
	if (status == SVC_OK && policy)
		status = check_rule(policy, logging->offence.rule, &logging->arena, &logging->offence.rule, err);
	if (status == SVC_OK && policy)
		status = svc_facts_set_json(filled, "violations", offences_json(&logging->offence, 1, &logging->arena),
					    err);
	if (status == SVC_OK && policy)
		status = svc_ask(policy, SVC_ASK_CONDUCT, filled, false, &answer, err);
	svc_answer_release(&answer);
	svc_facts_free(filled);
	svc_policy_free(policy);
	return status;
}

static int check_all(struct logging *logging, struct svc_error *err)
{
	const struct svc_misconduct *told = logging->told;
	size_t count;
	const struct svc_field *fields = svc_fields(SVC_VIOLATION, &count);
	int status = conduct_person(logging->desk, told->person, &logging->arena, &logging->offence.person, err);
	if (status == SVC_OK)
		status = value_check(logging->desk, &fields[field_find(SVC_VIOLATION, "rule")], told->rule,
				     &logging->arena, &logging->offence.rule, err);
	if (status == SVC_OK && !logging->offence.rule)
		status = error_set(err, SVC_BAD_INPUT, _("no rule is named"));
	if (status == SVC_OK)
		status = check_day(logging, err);
	logging->offence.facts = facts_json(logging);
	if (status == SVC_OK)
		status = check_with_pack(logging, err);
	if (status == SVC_OK && told->evidence)
		status = check_evidence(logging->desk, told->evidence, &logging->arena, &logging->evidence,
					&logging->ticket, err);
	return status;
}

static const char *or_nothing(const char *text)
{
	return text ? text : "";
}

static int write_down(struct logging *logging, int64_t *violation, struct svc_error *err)
{
	const struct offence *offence = &logging->offence;
	struct svc_assignment values[] = {
		{"person", offence->person},
		{"rule", offence->rule},
		{"occurred", offence->on},
		{"state", "logged"},
		{"ticket", or_nothing(logging->ticket)},
		{"facts", or_nothing(offence->facts)},
		{"evidence", or_nothing(logging->evidence)},
		{"note", or_nothing(logging->told->note)},
	};
	static const char *const may_set[] = {"state", NULL};
	struct change change = {.kind = SVC_VIOLATION};
	struct record_adding adding = {.change = &change};
	const struct svc_zone *zone;
	int status = desk_zone(logging->desk, &zone, err);
	if (status == SVC_OK)
		adding.occurred = svc_zone_time(zone, logging->on, 0);
	if (status == SVC_OK)
		status = values_fill(logging->desk, values, sizeof values / sizeof *values, may_set, &logging->arena,
				     &change, err);
	if (status == SVC_OK)
		status = record_add(logging->desk, &adding, &logging->arena, err);
	*violation = adding.id;
	return status;
}

int svc_conduct_log(struct svc_desk *desk, const struct svc_misconduct *misconduct, int64_t *violation,
		    struct svc_error *err)
{
	struct logging logging = {.desk = desk, .told = misconduct};
	int status = desk_writing(desk, err);
	if (status == SVC_OK)
		status = check_all(&logging, err);
	if (status == SVC_OK)
		status = write_down(&logging, violation, err);
	arena_release(&logging.arena);
	return status;
}

/* ---- what becomes of it ---- */

int svc_conduct_settle(struct svc_desk *desk, int64_t violation, enum svc_conduct_step step, const char *reason,
		       struct svc_error *err)
{
	static const struct life_step steps[] = {
		[SVC_CONDUCT_APPEAL] = {SVC_VIOLATION, "appealed", {"logged"}, "appealed", NULL, {NULL}},
		[SVC_CONDUCT_UPHOLD] = {SVC_VIOLATION, "upheld", {"appealed"}, "upheld", NULL, {NULL}},
		[SVC_CONDUCT_REVERSE] =
			{SVC_VIOLATION, "reversed", {"logged", "appealed", "upheld"}, "reversed", NULL, {NULL}},
	};
	struct arena arena = {0};
	struct change change = {.kind = SVC_VIOLATION};
	size_t count;
	const struct svc_field *fields = svc_fields(SVC_VIOLATION, &count);
	const char *kept;
	int status = value_check(desk, &fields[field_find(SVC_VIOLATION, "reason")], reason, &arena, &kept, err);
	if (status == SVC_OK && !kept && step != SVC_CONDUCT_UPHOLD) {
		status = error_set(err, SVC_BAD_INPUT, _("a reason is needed"));
		error_field(err, "reason");
	}
	if (kept)
		change_set(&change, "reason", kept);
	if (status == SVC_OK)
		status = life_step(desk, &steps[step], violation, SVC_TIME_NONE, &change, &arena, NULL, NULL, err);
	arena_release(&arena);
	return status;
}
