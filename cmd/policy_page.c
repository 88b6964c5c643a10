/* The lines of a pack as a document. */
#include "policy_page.h"
#include "show/text.h"

#include <ctype.h>
#include <string.h>

/* How a kind of line is drawn; `named` when it has a name: that and its text, else the text alone. */
struct style {
	const char *named, *plain;
	enum show_mood mood;
	bool apart; /* an empty line before it, in Markdown after it as well */
};

static const struct style terminal[PAGE_KINDS] = {
	[PAGE_TITLE] = {"%s  %s", "%s", SHOW_BOLD, false},
	[PAGE_ABOUT] = {"%s  %s", "%s", SHOW_PLAIN, false},
	[PAGE_SOURCE] = {"%s  %s", "%s", SHOW_FAINT, false},
	[PAGE_HEADING] = {"%s  %s", "%s", SHOW_BOLD, true},
	[PAGE_ITEM] = {"  %-24s %s", "  %s", SHOW_PLAIN, false},
	[PAGE_WORD] = {"      %-24s %s", "      %s", SHOW_PLAIN, false},
	[PAGE_DETAIL] = {"      %s %s", "      %s", SHOW_PLAIN, false},
	[PAGE_STEP] = {"      - %s %s", "      - %s", SHOW_PLAIN, false},
};
static const struct style markdown[PAGE_KINDS] = {
	[PAGE_TITLE] = {"# %2$s (%1$s)", "# %s", SHOW_PLAIN, false},
	[PAGE_ABOUT] = {"%s %s", "%s", SHOW_PLAIN, true},
	[PAGE_SOURCE] = {"`%s` %s", "%s", SHOW_PLAIN, true},
	[PAGE_HEADING] = {"## %s %s", "## %s", SHOW_PLAIN, true},
	[PAGE_ITEM] = {"- **%s** %s", "- %s", SHOW_PLAIN, false},
	[PAGE_WORD] = {"  - `%s` %s", "  - %s", SHOW_PLAIN, false},
	[PAGE_DETAIL] = {"  - %s %s", "  - %s", SHOW_PLAIN, false},
	[PAGE_STEP] = {"  - %s %s", "  - %s", SHOW_PLAIN, false},
};

/* Whether a character would be read as a mark; an underscore inside a word is none. */
static bool is_mark(const char *text, size_t at)
{
	if (text[at] == '_')
		return !at || !isalnum((unsigned char)text[at - 1]) || !isalnum((unsigned char)text[at + 1]);
	return strchr("\\`*[]<>|", text[at]) != NULL || (text[at] == '#' && !at);
}

static void add_escaped(struct text *text, const char *string)
{
	for (size_t i = 0; string[i]; i++) {
		if (is_mark(string, i))
			text_putc(text, '\\');
		text_putc(text, string[i]);
	}
}

/* Formats of a table, which the compiler can't look into. */
static void add_line(struct text *line, const struct style *style, const char *name, const char *text)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (name && *text)
		text_print(line, style->named, name, text);
	else
		text_print(line, style->plain, name ? name : text);
#pragma GCC diagnostic pop
}

void page_add(const struct page *page, enum page_kind kind, const char *name, const char *text, const char *place)
{
	const struct style *style = page->markdown ? &markdown[kind] : &terminal[kind];
	struct text said = {0}, line = {0};
	if (text && page->markdown)
		add_escaped(&said, text);
	else if (text)
		text_puts(&said, text);
	add_line(&line, style, name, said.length ? said.bytes : "");
	if (place)
		text_print(&line, "  %s", place);
	if (style->apart)
		show_line(page->show, "%s", "");
	show_mood(page->show, style->mood, "%s", line.bytes);
	if (page->markdown && kind == PAGE_HEADING)
		show_line(page->show, "%s", "");
	text_release(&said);
	text_release(&line);
}
