/* form and record: which fields there are, and which of the required ones are not filled. */
#include "decide.h"

#include <string.h>

/* What was filled in, as the fact `fields` says it: a list of names, or a map of names and values. */
static bool filled(const struct node *fields, const char *name)
{
	const struct node *value = fields && fields->kind == NODE_MAP ? node_get(fields, name) : NULL;

	if (fields && fields->kind != NODE_MAP)
		return tree_holds(fields, name);
	return value && (value->kind != NODE_SCALAR || *value->text) && value->kind != NODE_NULL;
}

/* True, false, or a condition; required when nothing is said. */
static bool required(struct pass *pass, const struct entry *field)
{
	const struct said *said = said_of(pass, field, SAY_REQUIRED);

	return !said || (said->at.at && condition_holds(pass, said->at.at, &field->rule));
}

/* One paper: which fields it lacks, and whether one of them keeps the step from being closed. */
struct paper {
	const struct node *fields;
	bool blocked;
};

static void look_at_field(struct pass *pass, struct paper *paper, const struct entry *field)
{
	const char *name = pack_text(pass->head, field->id);
	bool must = required(pass, field);
	struct svc_row *row;

	if (stopped(pass))
		return;
	row = row_add(pass);
	row->id = name;
	row->clause = pack_text(pass->head, field->rule.clause);
	row->text = words_text(pass, field->text_en, field->text_zh);
	row->required = must ? SVC_TRUE : SVC_FALSE;
	if (!must || filled(paper->fields, name))
		return;
	add_text(pass, name, &pass->answer->missing, &pass->answer->missing_count);
	cite_rule(pass, &field->rule);
	paper->blocked = paper->blocked || field->blocks;
}

static bool known_field(const struct svc_answer *answer, const char *name)
{
	for (size_t i = 0; i < answer->row_count; i++)
		if (!strcmp(answer->rows[i].id, name))
			return true;
	return false;
}

/* A field that the paper does not have is noted, as words are that the pack does not list. */
static void note_other(struct pass *pass, const struct node *name)
{
	if (name->kind == NODE_SCALAR && !known_field(pass->answer, name->text))
		add_text(pass, arena_printf(pass->memory, "unlisted: fields=%s", name->text), &pass->answer->notes,
			 &pass->answer->note_count);
}

/* One field may stand without a list. */
static void note_others(struct pass *pass, const struct node *fields)
{
	if (fields)
		note_other(pass, fields);
	for (size_t i = 0; fields && i < fields->count; i++)
		note_other(pass, fields->kind == NODE_MAP ? fields->keys[i] : fields->items[i]);
}

static void look_at_group(struct pass *pass, struct paper *paper, const struct entry *group)
{
	for (uint32_t i = 0; i < group->entries.count && !stopped(pass);) {
		const struct entry *field = entry_next(pass, group->entries, &i, GROUP_ANY);

		if (field)
			look_at_field(pass, paper, field);
		set_aside(pass);
	}
}

/* The groups of fields that make up the paper; their clauses come after those of the fields that decided. */
static bool look_at_paper(struct pass *pass, enum entry_list which, int word, struct paper *paper)
{
	struct pack_list list = entries_of(pass, which);
	const struct entry *group;
	bool some = false;

	for (uint32_t i = 0; i < list.count && !stopped(pass);) {
		group = entry_next(pass, list, &i, word);
		if (group)
			look_at_group(pass, paper, group);
		some = some || group;
	}
	for (uint32_t i = 0; some && !stopped(pass) && (group = entry_next(pass, list, &i, word));)
		cite_rule(pass, &group->rule);
	return some;
}

static void decide_paper(struct pass *pass, uint16_t fact, enum entry_list which)
{
	struct paper paper = {.fields = value_of(pass, F_FIELDS)->tree};
	int group;
	bool some;

	if (!listed_group(pass, fact, &group))
		return;
	some = look_at_paper(pass, which, group, &paper);
	if (stopped(pass))
		return;
	note_others(pass, paper.fields);
	pass->answer->verdict = !some                         ? SVC_REFER
				: paper.blocked               ? SVC_BLOCKED
				: pass->answer->missing_count ? SVC_VERDICT_INCOMPLETE
							      : SVC_COMPLETE;
}

void decide_form(struct pass *pass)
{
	decide_paper(pass, F_FORM, ENTRIES_FORMS);
}

void decide_record(struct pass *pass)
{
	decide_paper(pass, F_RECORD, ENTRIES_RECORDS);
}
