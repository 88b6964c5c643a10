/* The section `warranty`. */
#include "load.h"

static void without(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_WITHOUT, value);
}

static void terms(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_TERMS, value);
}

static void exclusions(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_EXCLUSIONS, value);
}

static void needed(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_REQUIRES, value);
}

static void after(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_AFTER, value);
}

static void notes(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_NOTES, value);
}

static void late_report(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load->late_report = build_text(&load->build, clause_of(load, value));
}

void load_warranty(struct loader *load, const struct node *node)
{
	static const struct key keys[] = {
		{"without", 1, without}, {"terms", 1, terms}, {"exclusions", 1, exclusions},   {"requires", 1, needed},
		{"after", 1, after},     {"notes", 1, notes}, {"late_report", 1, late_report}, {0},
	};

	load->present[SECTION_WARRANTY] = true;
	if (read_map(load, node, keys, 1, NULL) && !load->source && !node_get(node, "terms") &&
	    !node_get(node, "without") && load->parsed->sources.count == 1)
		error_hint(fault(load, node, "%s", _("the warranty has no terms")), "%s",
			   _("say from when, how long and which remedy: terms: [...]"));
}

pack_ref finish_warranty(struct loader *load)
{
	struct warranty_section section = {
		.without = list_done(load, LIST_WITHOUT),
		.terms = list_done(load, LIST_TERMS),
		.exclusions = list_done(load, LIST_EXCLUSIONS),
		.requires = list_done(load, LIST_REQUIRES),
		.after = list_done(load, LIST_AFTER),
		.notes = list_done(load, LIST_NOTES),
		.late_report = load->late_report,
	};

	return build_own(&load->build, &section, sizeof section);
}
