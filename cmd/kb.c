/* svc kb: the knowledge base, from the draft of an article to the tickets that it served for. */
#include "show/text.h"
#include "svc/knowledge.h"

#include "command.h"

#include <string.h>

static int find(struct command *command, int64_t *article)
{
	return records_find(command, SVC_ARTICLE, command_argument(command, "ARTICLE"), article);
}

static int publish(struct command *command)
{
	int64_t article;
	int status = find(command, &article);
	if (!status)
		status = svc_article_publish(command->desk, article, &command->error);
	return status ? status : records_display(command, SVC_ARTICLE, article);
}

static int retire(struct command *command)
{
	int64_t article;
	int status = find(command, &article);
	if (!status)
		status = svc_article_retire(command->desk, article, &command->error);
	return status ? status : records_display(command, SVC_ARTICLE, article);
}

static int link_ticket(struct command *command)
{
	int64_t article, ticket;
	int status = find(command, &article);
	if (!status)
		status = records_find(command, SVC_TICKET, command_argument(command, "TICKET"), &ticket);
	if (!status)
		status = svc_article_link(command->desk, article, ticket, &command->error);
	return status ? status : records_display(command, SVC_ARTICLE, article);
}

/* ---- search ---- */

static const struct show_column found_columns[] = {
	{.name = "id", .title = N_("article"), .kind = SHOW_ID},
	{.name = "title", .title = N_("title"), .kind = SHOW_TEXT},
	{.name = "product", .title = N_("product"), .kind = SHOW_WORD},
	{.name = "component", .title = N_("component"), .kind = SHOW_WORD},
	{.name = "snippet", .title = N_("text"), .kind = SHOW_TEXT},
	{.name = "used", .title = N_("times used"), .kind = SHOW_INTEGER},
	{.name = "state", .title = N_("state"), .kind = SHOW_WORD, .flags = SHOW_LONG, .title_of = ticket_word},
	{.name = "solution", .title = N_("solution"), .kind = SHOW_TEXT, .flags = SHOW_LONG},
};
enum { FOUND_COLUMNS = sizeof found_columns / sizeof *found_columns };

static int show_found(void *context, const struct svc_article_found *found)
{
	struct command *command = context;
	const char *cells[FOUND_COLUMNS];
	char *snippet = command_print(command, "%s", found->snippet);
	for (size_t i = 0; i < FOUND_COLUMNS; i++)
		cells[i] = svc_record_value(found->article, found_columns[i].name);
	if (show_people(command->show))
		text_one_line(snippet);
	cells[4] = snippet;
	show_row(command->show, cells);
	return 0;
}

static const char *joined_words(struct command *command)
{
	const char *const *words;
	size_t count = command_arguments(command, "WORD", &words);
	const char *joined = "";
	for (size_t i = 0; i < count; i++)
		joined = command_print(command, "%s%s%s", joined, i ? " " : "", words[i]);
	return joined;
}

static int search(struct command *command)
{
	struct svc_article_query query = {.words = joined_words(command),
					  .product = command_text(command, "product"),
					  .component = command_text(command, "component"),
					  .all = command_flag(command, "all"),
					  .limit = command_integer(command, "limit")};
	int status = show_list(command->show, "svc.found/1", found_columns, FOUND_COLUMNS);
	return status ? status : svc_article_search(command->desk, &query, show_found, command, &command->error);
}

/* ---- the verbs ---- */

#define ARTICLE                                                                                                        \
	{                                                                                                              \
		.name = "ARTICLE", .help = N_("an article: K7")                                                        \
	}
static const struct command_argument title_argument[] = {{.name = "TITLE", .help = N_("what it is about")}, {0}};
static const struct command_argument article_argument[] = {ARTICLE, {0}};
static const struct command_argument link_arguments[] = {
	ARTICLE,
	{.name = "TICKET",
	 .help = N_("a ticket: T1024, or source:number of an old system"),
	 .complete = COMPLETE_TICKET},
	{0},
};
static const struct command_argument word_arguments[] = {
	{.name = "WORD",
	 .help = N_("what to look for; the beginning of a word is enough, Chinese needs no spaces"),
	 .repeated = true},
	{0},
};
static const struct command_option search_options[] = {
	{.name = "product", .kind = VALUE_WORD, .help = N_("only of this product")},
	{.name = "component", .kind = VALUE_WORD, .help = N_("only of this part")},
	{.name = "all", .kind = VALUE_FLAG, .help = N_("drafts and retired articles, too")},
	{.name = "limit",
	 .kind = VALUE_INTEGER,
	 .label = "N",
	 .help = N_("show at most so many"),
	 .fallback = "20",
	 .least = 1,
	 .most = 1000000},
	{0},
};

static const struct command_example add_examples[] = {
	{"svc kb add 'Charger clicks and stops' --product cart --component charger --symptom 'clicks every second' "
	 "--solution 'replace the relay K2'",
	 N_("a draft, until it is published")},
	{0},
};
static const struct command_example edit_examples[] = {
	{"svc kb edit K7 --cause 'the relay is worn'", N_("say more of it")},
	{0},
};
static const struct command_example show_examples[] = {{"svc kb show K7", N_("all of an article")}, {0}};
static const struct command_example list_examples[] = {
	{"svc kb list --state draft --sort -id", N_("what still waits to be published")},
	{0},
};
static const struct command_example search_examples[] = {
	{"svc kb search charger click", N_("articles with both words, the best first")},
	{"svc kb search 电池 充不进电 --json", N_("Chinese, for a script")},
	{0},
};
static const struct command_example publish_examples[] = {{"svc kb publish K7", N_("everybody finds it now")}, {0}};
static const struct command_example retire_examples[] = {{"svc kb retire K7", N_("it is true no longer")}, {0}};
static const struct command_example link_examples[] = {
	{"svc kb link K7 T1024", N_("it helped with this ticket")},
	{0},
};

static const struct command_verb verbs[] = {
	{.name = "add",
	 .summary = N_("add an article as a draft"),
	 .arguments = title_argument,
	 .takes = TAKES_FIELDS | TAKES_DRY_RUN,
	 .kind = SVC_ARTICLE,
	 .field = "title",
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.article/1",
	 .examples = add_examples,
	 .run = records_add},
	{.name = "edit",
	 .summary = N_("change fields of an article"),
	 .arguments = article_argument,
	 .takes = TAKES_FIELDS | TAKES_DRY_RUN,
	 .kind = SVC_ARTICLE,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.article/1",
	 .examples = edit_examples,
	 .run = records_edit},
	{.name = "show",
	 .summary = N_("show one article"),
	 .arguments = article_argument,
	 .kind = SVC_ARTICLE,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.article/1",
	 .examples = show_examples,
	 .run = records_show},
	{.name = "list",
	 .summary = N_("list articles"),
	 .takes = TAKES_FILTER,
	 .kind = SVC_ARTICLE,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.article/1",
	 .examples = list_examples,
	 .run = records_list},
	{.name = "search",
	 .summary = N_("search the published articles, the best first"),
	 .arguments = word_arguments,
	 .options = search_options,
	 .kind = SVC_ARTICLE,
	 .needs = NEEDS_READ,
	 .outputs = OUTPUT_LIST,
	 .schema = "svc.found/1",
	 .examples = search_examples,
	 .run = search},
	{.name = "publish",
	 .summary = N_("let everybody find an article"),
	 .arguments = article_argument,
	 .kind = SVC_ARTICLE,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.article/1",
	 .examples = publish_examples,
	 .run = publish},
	{.name = "retire",
	 .summary = N_("let an article be found no longer"),
	 .arguments = article_argument,
	 .kind = SVC_ARTICLE,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.article/1",
	 .examples = retire_examples,
	 .run = retire},
	{.name = "link",
	 .summary = N_("say that an article served for a ticket"),
	 .arguments = link_arguments,
	 .kind = SVC_ARTICLE,
	 .needs = NEEDS_WRITE,
	 .outputs = OUTPUT_RECORD,
	 .schema = "svc.article/1",
	 .examples = link_examples,
	 .run = link_ticket},
	{0},
};

const struct command_noun noun_kb = {
	.name = "kb",
	.summary = N_("the knowledge base: faults, and how they are put right"),
	.verbs = verbs,
};
