/* The section `returns`. */
#include "load.h"

static void options(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_OPTIONS, value);
}

static void exclusions(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_RETURN_EXCLUSIONS, value);
}

static void needed(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_RETURN_REQUIRES, value);
}

static void deductions(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_DEDUCTIONS, value);
}

static void notes(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	load_rules(load, LIST_RETURN_NOTES, value);
}

void load_returns(struct loader *load, const struct node *node)
{
	static const struct key keys[] = {
		{"options", 1, options},       {"exclusions", 1, exclusions}, {"requires", 1, needed},
		{"deductions", 1, deductions}, {"notes", 1, notes},           {0},
	};

	load->present[SECTION_RETURNS] = true;
	read_map(load, node, keys, 1, NULL);
}

pack_ref finish_returns(struct loader *load)
{
	struct returns_section section = {
		.options = list_done(load, LIST_OPTIONS),
		.exclusions = list_done(load, LIST_RETURN_EXCLUSIONS),
		.requires = list_done(load, LIST_RETURN_REQUIRES),
		.deductions = list_done(load, LIST_DEDUCTIONS),
		.notes = list_done(load, LIST_RETURN_NOTES),
	};

	return build_own(&load->build, &section, sizeof section);
}
