/* The head of a pack: what it is, since when, in which money and zone; its clauses' sentences and what it leaves out. */
#include "compile.h"
#include "load.h"

#include <stdlib.h>
#include <string.h>

struct draft_head {
	const char *id, *about, *currency, *zone;
	struct titles title;
	svc_date effective;
	uint32_t by_question;
};

static void head_id(struct loader *load, const struct node *value, void *into)
{
	struct draft_head *head = into;

	head->id = text_of(load, value);
	if (head->id && !id_valid(head->id, false))
		error_hint(fault(load, value, _("\"%s\" is no policy id"), head->id), "%s",
			   _("an id has small letters, digits and hyphens, and begins with a letter"));
}

static void head_title(struct loader *load, const struct node *value, void *into)
{
	((struct draft_head *)into)->title = titles_of(load, value, false);
}

static void head_source(struct loader *load, const struct node *value, void *into)
{
	((struct draft_head *)into)->about = text_of(load, value);
}

static void head_effective(struct loader *load, const struct node *value, void *into)
{
	const char *text = text_of(load, value);

	if (text && !svc_date_parse(text, &((struct draft_head *)into)->effective))
		error_hint(fault(load, value, _("effective: \"%s\" is no date"), text), "%s",
			   _("write year, month and day: 2019-03-19"));
}

static void head_currency(struct loader *load, const struct node *value, void *into)
{
	struct draft_head *head = into;

	head->currency = text_of(load, value);
	if (head->currency && svc_currency_digits(head->currency) < 0)
		error_hint(fault(load, value, _("unknown currency: %s"), head->currency), "%s",
			   _("write the three letters of ISO 4217, such as CNY"));
}

static void head_zone(struct loader *load, const struct node *value, void *into)
{
	struct draft_head *head = into;
	struct svc_error error;

	head->zone = text_of(load, value);
	if (head->zone && svc_zone_open(&load->zone, head->zone, &error)) {
		load->zone = NULL;
		error_hint(fault(load, value, _("unknown time zone: %s"), head->zone), "%s",
			   _("write an IANA name, such as Asia/Shanghai"));
	}
}

static bool is_question(struct loader *load, const struct node *value)
{
	const char *text = text_of(load, value);

	if (text && strcmp(text, "question") != 0 && strcmp(text, "sale") != 0)
		error_hint(fault(load, value, _("in_force: \"%s\" is neither sale nor question"), text), "%s",
			   _("the version in force on the day of the sale answers, or that of the question"));
	return text && !strcmp(text, "question");
}

/* One word for all asks, or one for each; those not named follow the sale. */
static void head_in_force(struct loader *load, const struct node *value, void *into)
{
	uint32_t *by_question = &((struct draft_head *)into)->by_question;
	struct svc_error error;
	enum svc_ask ask;

	if (value->kind != NODE_MAP)
		*by_question = is_question(load, value) ? (UINT32_C(1) << SVC_ASK_COUNT) - 1 : 0;
	for (size_t i = 0; value->kind == NODE_MAP && i < value->count; i++)
		if (svc_ask_find(value->keys[i]->text, &ask, &error))
			error_hint(fault(load, value->keys[i], "%s", error.text), "%s", error.hint);
		else if (is_question(load, value->items[i]))
			*by_question |= UINT32_C(1) << ask;
	keep_sentence(load, value, "in_force", 0);
}

void check_in_force(struct loader *load)
{
	const struct node *tree = source_at(load->parsed, 0)->tree, *map = tree ? node_get(tree, "in_force") : NULL;
	enum svc_ask ask;

	load->source = 0;
	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->count; i++)
		if (!svc_ask_find(map->keys[i]->text, &ask, NULL) && !head_answers(head_of(load), ask))
			fault(load, map->keys[i], _("in_force: the pack has no rules for the question %s"),
			      svc_ask_name(ask));
}

static void passed(struct loader *load, const struct node *value, void *into)
{
	(void)load, (void)value, (void)into; /* read elsewhere, in its turn */
}

struct clause_draft {
	const char *id;
	struct titles text;
};

static void clauses_read(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	if (value->kind != NODE_MAP) {
		fault(load, value, "%s", _("clauses are a map of ids and texts"));
		return;
	}
	for (size_t i = 0; i < value->count; i++) {
		struct clause_draft *clause = growing_add(&load->clauses, sizeof *clause);

		clause->id = clause_of(load, value->keys[i]);
		clause->text = titles_of(load, value->items[i], false);
	}
}

static int by_id(const void *left, const void *right)
{
	const struct clause_draft *a = left, *b = right;

	return strcmp(a->id ? a->id : "", b->id ? b->id : "");
}

bool has_sentence(const struct loader *load, const char *clause)
{
	const struct clause_draft *clauses = load->clauses.items;

	for (size_t i = 0; i < load->clauses.count; i++)
		if (clauses[i].id && !strcmp(clauses[i].id, clause))
			return true;
	return false;
}

struct pack_list clauses_done(struct loader *load)
{
	struct clause_draft *clauses = load->clauses.items;
	struct growing rows = {0};
	struct pack_list list;

	if (load->clauses.count)
		qsort(clauses, load->clauses.count, sizeof *clauses, by_id);
	for (size_t i = 0; i < load->clauses.count; i++) {
		struct pack_clause *row = growing_add(&rows, sizeof *row);

		row->id = build_text(&load->build, clauses[i].id);
		row->text_en = build_text(&load->build, clauses[i].text.en);
		row->text_zh = build_text(&load->build, clauses[i].text.zh);
	}
	list = build_list(&load->build, rows.items, rows.count, sizeof(struct pack_clause));
	growing_release(&rows);
	return list;
}

static void left_out_read(struct loader *load, const struct node *value, void *into)
{
	(void)into;
	if (value->kind != NODE_MAP) {
		fault(load, value, "%s", _("left_out is a map of clause ids and reasons"));
		return;
	}
	for (size_t i = 0; i < value->count; i++) {
		const char *id = clause_of(load, value->keys[i]), *reason = text_of(load, value->items[i]);
		struct pack_left_out *row = growing_add(&load->left_out, sizeof *row);

		row->id = build_text(&load->build, id);
		row->reason = build_text(&load->build, reason);
	}
}

/* What a pack may say at its top: kind 1 the pack itself, kind 2 a text that is included. */
static const struct key top_keys[] = {
	{"policy", 1, head_id},
	{"title", 1, head_title},
	{"source", 1, head_source},
	{"effective", 1, head_effective},
	{"currency", 1, head_currency},
	{"timezone", 1, head_zone},
	{"in_force", 1, head_in_force},
	{"include", 3, passed},
	{"facts", 3, passed},
	{"settings", 3, passed},
	{"clauses", 3, clauses_read},
	{"left_out", 3, left_out_read},
	{"words", 3, passed},
	{"calendar", 3, passed},
	{"warranty", 3, passed},
	{"returns", 3, passed},
	{"fees", 3, passed},
	{"freight", 3, passed},
	{"sla", 3, passed},
	{"followups", 3, passed},
	{"maintenance", 3, passed},
	{"workflow", 3, passed},
	{"dispatch", 3, passed},
	{"appointments", 3, passed},
	{"notices", 3, passed},
	{"contracts", 3, passed},
	{"conduct", 3, passed},
	{"kpi", 3, passed},
	{"checklists", 3, passed},
	{"forms", 3, passed},
	{"templates", 3, passed},
	{"records", 3, passed},
	{"deadlines", 3, passed},
	{"survey", 3, passed},
	{"complaints", 3, passed},
	{"parts", 3, passed},
	{0},
};

static void head_complete(struct loader *load, const struct node *tree)
{
	static const char *const required[] = {"policy", "title", "effective", "currency", "timezone"};

	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (!node_get(tree, required[i]))
			fault(load, tree, _("the pack does not say its %s"), required[i]);
}

void load_head(struct loader *load)
{
	struct draft_head draft = {0};
	struct pack_head head = {.magic = PACK_MAGIC};
	struct svc_error error;

	for (load->source = 0; load->source < load->parsed->sources.count; load->source++) {
		const struct node *tree = source_at(load->parsed, load->source)->tree;

		if (tree && read_map(load, tree, top_keys, load->source ? 2 : 1, &draft) && !load->source)
			head_complete(load, tree);
	}
	if (!load->zone)
		svc_zone_open(&load->zone, "UTC", &error);
	head.engine = pack_engine();
	head.id = build_text(&load->build, draft.id);
	head.title_en = build_text(&load->build, draft.title.en);
	head.title_zh = build_text(&load->build, draft.title.zh);
	head.about = build_text(&load->build, draft.about);
	head.currency = build_text(&load->build, draft.currency);
	head.currency_digits = draft.currency ? svc_currency_digits(draft.currency) : 2;
	head.zone = build_text(&load->build, draft.zone);
	head.effective = draft.effective;
	head.by_question = draft.by_question;
	*head_of(load) = head;
}
