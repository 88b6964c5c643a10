/* The lines of a pack as a document: for a terminal, or as Markdown. */
#ifndef CMD_POLICY_PAGE_H
#define CMD_POLICY_PAGE_H

#include "show/show.h"

#include <stdbool.h>

enum page_kind {
	PAGE_TITLE, /* name: the pack's id */
	PAGE_ABOUT, /* of the pack as a whole */
	PAGE_SOURCE, /* the file */
	PAGE_HEADING,
	PAGE_ITEM, /* name: a clause or a fact */
	PAGE_WORD, /* name: its id */
	PAGE_DETAIL,
	PAGE_STEP, /* one of several in an entry */
	PAGE_KINDS
};
struct page {
	struct show *show;
	bool markdown;
};

/* `name` and `text` may be NULL. `place`: where it is found again, "(197)"; NULL: nowhere. */
void page_add(const struct page *page, enum page_kind kind, const char *name, const char *text, const char *place);

#endif
