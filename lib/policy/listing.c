/* What the asks that answer with lists share: one entry that can't be worked out does not take the others with it. */
#include "trace.h"

#include "base/error.h"

#include <string.h>

static void name_lack(struct pass *pass, const char *name)
{
	add_text(pass, name, &pass->answer->missing, &pass->answer->missing_count);
}

void name_blocked(struct pass *pass)
{
	const uint16_t *anchor = pack_at(pass->head, pass->anchors.at);

	if (pass->trace)
		trace_lack(pass);
	if (pass->uncovered)
		name_lack(pass, pass->uncovered);
	else if (!pass->anchors.count)
		name_lack(pass, pack_text(pass->head, fact_of(pass->head, pass->blocked)->name));
	for (uint32_t i = 0; i < pass->anchors.count; i++)
		if (fact_of(pass->head, anchor[i])->absent != ABSENT_NEVER)
			name_lack(pass, pack_text(pass->head, fact_of(pass->head, anchor[i])->name));
	if (pass->anchors.count && pass->beside)
		name_lack(pass, pack_text(pass->head, fact_of(pass->head, pass->beside)->name));
	if (pass->asking)
		cite_rule(pass, pass->asking);
	pass->blocked = 0;
	pass->uncovered = NULL;
	pass->anchors = (struct pack_list){0};
	pass->asking = NULL;
}

bool can_try(const struct pass *pass)
{
	const struct pack_fact *fact = fact_of(pass->head, pass->blocked);

	return pass->blocked && !pass->uncovered && !pass->anchors.count && !fact->setting && fact->trials.count;
}

bool set_aside(struct pass *pass)
{
	if (!pass->blocked || pass->fault || can_try(pass))
		return false;
	name_blocked(pass);
	return true;
}

bool tree_holds(const struct node *tree, const char *name)
{
	if (!tree)
		return false;
	if (tree->kind == NODE_SCALAR)
		return !strcmp(tree->text, name);
	for (size_t i = 0; i < tree->count; i++)
		if (tree->items[i]->kind == NODE_SCALAR && !strcmp(tree->items[i]->text, name))
			return true;
	return false;
}

bool tree_moment(struct pass *pass, const struct node *value, const char *fact, struct svc_moment *out)
{
	if (value->kind == NODE_SCALAR && moment_parse(pass, value->text, out))
		return true;
	pass->fault = error_set(pass->err, SVC_BAD_INPUT, _("\"%s\" in %s is no date and no time"),
				value->kind == NODE_SCALAR ? value->text : "...", fact);
	return false;
}

bool tree_number(struct pass *pass, const struct node *value, const char *fact, int64_t *out)
{
	if (value->kind == NODE_SCALAR && svc_number_parse(value->text, out))
		return true;
	pass->fault = error_set(pass->err, SVC_BAD_INPUT, _("\"%s\" in %s is no number"),
				value->kind == NODE_SCALAR ? value->text : "...", fact);
	return false;
}

bool listed_group(struct pass *pass, uint16_t fact, int *group)
{
	const struct fact_value *value = &pass->values[fact];
	const struct pack_fact *kind = fact_of(pass->head, fact);
	const char *near;

	if (!group_of(pass, fact, group))
		return false;
	if (*group >= 0 || !value->given || !value->text)
		return true;
	near = word_near(pass->head, kind, value->text);
	pass->fault = error_set(pass->err, SVC_BAD_INPUT, _("%s: the policy lists no %s"),
				pack_text(pass->head, kind->name), value->text);
	error_field(pass->err, pack_text(pass->head, kind->name));
	if (near)
		error_hint(pass->err, _("did you mean %s?"), near);
	return false;
}
