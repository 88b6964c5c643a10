/* The section `fees`, and what it shares with other sections whose answer is one rule. */
#include "load.h"

#include <string.h>

struct ordered {
	enum pack_section section;
	enum rule_list rules, notes;
};

static void order(struct loader *load, const struct node *value, void *into)
{
	const char *text = text_of(load, value);

	if (text && strcmp(text, "first") != 0)
		error_hint(fault(load, value, _("no such order: %s"), text), "%s",
			   _("say first, or leave it out where no two rules match at once"));
	load->first[((struct ordered *)into)->section] = true;
}

static void rules(struct loader *load, const struct node *value, void *into)
{
	load_rules(load, ((struct ordered *)into)->rules, value);
}

static void notes(struct loader *load, const struct node *value, void *into)
{
	load_rules(load, ((struct ordered *)into)->notes, value);
}

void load_ordered(struct loader *load, enum pack_section section, enum rule_list list, enum rule_list remarks,
		  const struct node *node)
{
	static const struct key keys[] = {{"order", 3, order}, {"rules", 3, rules}, {"notes", 2, notes}, {0}};
	struct ordered ordered = {section, list, remarks};

	load->present[section] = true;
	if (node->kind == NODE_LIST)
		load_rules(load, list, node);
	else
		read_map(load, node, keys, remarks == LIST_COUNT ? 1 : 2, &ordered);
}

void load_fees(struct loader *load, const struct node *node)
{
	load_ordered(load, SECTION_FEES, LIST_FEES, LIST_FEE_NOTES, node);
}

pack_ref finish_fees(struct loader *load)
{
	struct fees_section section;

	memset(&section, 0, sizeof section);
	section.rules = list_done(load, LIST_FEES);
	section.first = load->first[SECTION_FEES];
	section.notes = list_done(load, LIST_FEE_NOTES);
	return build_own(&load->build, &section, sizeof section);
}
