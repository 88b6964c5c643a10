/* The section `freight`. */
#include "load.h"

#include <string.h>

void load_freight(struct loader *load, const struct node *node)
{
	load_ordered(load, SECTION_FREIGHT, LIST_FREIGHT, LIST_COUNT, node);
}

pack_ref finish_freight(struct loader *load)
{
	struct freight_section section;

	memset(&section, 0, sizeof section);
	section.rules = list_done(load, LIST_FREIGHT);
	section.first = load->first[SECTION_FREIGHT];
	return build_own(&load->build, &section, sizeof section);
}
