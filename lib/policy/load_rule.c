/* Rules: complete, not said twice, and brought into their compiled forms. */
#include "draft_rule.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

struct rule_key { /* for duplicates: rules of one list may not agree in all of this */
	uint32_t list, clause, apart, next; /* next: the key before it in the same chain, + 1 */
	uint64_t when;
};

/* What a rule of a list can't do without. */
static const struct {
	const char *key;
	unsigned lists;
} required[] = {
	{"clause", EVERY},
	{"remedy", TERMS},
	{"needs", REQUIREMENTS},
	{"item", IN(LIST_FEES) | IN(LIST_DEDUCTIONS)},
};

/* ---- the compiled forms ---- */

static void add_term(struct loader *load, const struct draft_rule *draft)
{
	struct term *term = growing_add(&load->lists[draft->list], sizeof *term);

	term->rule = draft->rule;
	term->effects = draft->effects;
	term->from = draft->from;
	term->until = draft->until;
	term->rolls = draft->rolls;
	term->lasts.count = draft->lasts.count;
	term->lasts.unit = draft->lasts.unit;
	term->lasts_setting = draft->lasts_setting;
	term->usage = draft->usage;
	term->pauses_repair = draft->pauses;
}

static void add_effect(struct loader *load, const struct draft_rule *draft)
{
	struct effect_rule *rule = growing_add(&load->lists[draft->list], sizeof *rule);

	rule->rule = draft->rule;
	rule->effects = draft->effects;
	rule->bars = draft->bars;
}

static void add_requirement(struct loader *load, const struct draft_rule *draft)
{
	struct requirement *rule = growing_add(&load->lists[draft->list], sizeof *rule);

	rule->rule = draft->rule;
	rule->needs = draft->needs;
	rule->bars = draft->bars;
}

static void add_deduction(struct loader *load, const struct draft_rule *draft)
{
	struct deduction *rule = growing_add(&load->lists[draft->list], sizeof *rule);

	rule->rule = draft->rule;
	rule->item = draft->item;
	rule->amount = draft->amount;
	rule->bars = draft->bars;
}

static void add_fee(struct loader *load, const struct draft_rule *draft)
{
	struct fee_rule *rule = growing_add(&load->lists[draft->list], sizeof *rule);

	rule->rule = draft->rule;
	rule->items = build_list(&load->build, draft->items.items, draft->items.count, sizeof(uint16_t));
	rule->with = build_list(&load->build, draft->with.items, draft->with.count, sizeof(uint16_t));
	rule->as = draft->as;
	rule->once = draft->once;
	rule->amount = draft->amount;
	rule->payer = draft->payer;
	rule->basis = draft->basis;
	rule->share = draft->share;
}

static const struct {
	const char *name;
	void (*add)(struct loader *load, const struct draft_rule *draft);
	size_t size;
} rule_lists[LIST_COUNT] = {
	[LIST_WITHOUT] = {"warranty.without", add_effect, sizeof(struct effect_rule)},
	[LIST_TERMS] = {"warranty.terms", add_term, sizeof(struct term)},
	[LIST_EXCLUSIONS] = {"warranty.exclusions", add_effect, sizeof(struct effect_rule)},
	[LIST_REQUIRES] = {"warranty.requires", add_requirement, sizeof(struct requirement)},
	[LIST_AFTER] = {"warranty.after", add_effect, sizeof(struct effect_rule)},
	[LIST_NOTES] = {"warranty.notes", add_effect, sizeof(struct effect_rule)},
	[LIST_OPTIONS] = {"returns.options", add_term, sizeof(struct term)},
	[LIST_RETURN_EXCLUSIONS] = {"returns.exclusions", add_effect, sizeof(struct effect_rule)},
	[LIST_RETURN_REQUIRES] = {"returns.requires", add_requirement, sizeof(struct requirement)},
	[LIST_DEDUCTIONS] = {"returns.deductions", add_deduction, sizeof(struct deduction)},
	[LIST_RETURN_NOTES] = {"returns.notes", add_effect, sizeof(struct effect_rule)},
	[LIST_FEES] = {"fees", add_fee, sizeof(struct fee_rule)},
	[LIST_FEE_NOTES] = {"fees.notes", add_effect, sizeof(struct effect_rule)},
	[LIST_FREIGHT] = {"freight", add_effect, sizeof(struct effect_rule)},
};

struct pack_list list_done(struct loader *load, enum rule_list list)
{
	return build_list(&load->build, load->lists[list].items, load->lists[list].count, rule_lists[list].size);
}

/* ---- duplicates ---- */

static int by_ref(const void *left, const void *right)
{
	pack_ref a = *(const pack_ref *)left, b = *(const pack_ref *)right;

	return (a > b) - (a < b);
}

/* A condition as a number that does not depend on the order in which it names its facts. */
static uint64_t condition_key(struct loader *load, pack_ref when)
{
	const struct cond *cond = when ? build_at(&load->build, when) : NULL;
	pack_ref kids[64];
	uint32_t count = cond ? cond->kids.count : 0;

	if (count < 2 || count > 64 || cond->op == COND_NOT)
		return when;
	memcpy(kids, build_at(&load->build, cond->kids.at), count * sizeof *kids);
	qsort(kids, count, sizeof *kids, by_ref);
	return fingerprint_of(kids, count * sizeof *kids).low + cond->op;
}

static bool same_key(const struct rule_key *a, const struct rule_key *b)
{
	return a->list == b->list && a->clause == b->clause && a->apart == b->apart && a->when == b->when;
}

bool said_before(struct loader *load, const struct node *node, uint32_t list, const struct rule *rule, uint32_t apart)
{
	struct rule_key key = {.list = list, .clause = rule->clause, .apart = apart};
	const struct rule_key *seen = load->seen.items;
	uint32_t *chain = &load->seen_chains[(key.clause >> 3) % SEEN_CHAINS];

	key.when = condition_key(load, rule->when);
	for (uint32_t i = *chain; i; i = seen[i - 1].next)
		if (same_key(&seen[i - 1], &key)) {
			error_hint(fault(load, node, _("a second rule of clause %s with the same condition"),
					 pack_text(head_of(load), key.clause)),
				   "%s", _("join the two, or say in `when` what tells them apart"));
			return true;
		}
	key.next = *chain;
	*(struct rule_key *)growing_add(&load->seen, sizeof key) = key;
	*chain = (uint32_t)load->seen.count;
	return false;
}

/* What lets two rules of one clause share a condition: they speak of different things. */
static void check_duplicates(struct loader *load, const struct node *node, const struct draft_rule *draft)
{
	const uint16_t *items = draft->items.items;

	if (!draft->rule.clause)
		return;
	if (draft->list == LIST_FEES)
		for (size_t i = 0; i < draft->items.count; i++)
			said_before(load, node, draft->list, &draft->rule, items[i]);
	else if (IN(draft->list) & TERMS)
		said_before(load, node, draft->list, &draft->rule, draft->effects.remedy);
	else
		said_before(load, node, draft->list, &draft->rule, draft->needs + draft->item + draft->bars);
}

/* ---- a rule as the pack writes it ---- */

/* What a sentence leaves out: the clause stands beside it, and what is inside has a sentence of its own. */
static bool left_out(const struct node *key, bool top)
{
	static const char *const keys[] = {"clause", "steps", "fields"};
	bool out = false;

	for (size_t i = 0; top && i < sizeof keys / sizeof *keys; i++)
		out = out || !strcmp(key->text, keys[i]);
	return out;
}

/* A tree on one line. */
static void write_flow(struct strbuf *out, const struct node *node, bool top)
{
	bool first = true, map = node->kind == NODE_MAP;

	if (node->kind == NODE_SCALAR || node->kind == NODE_NULL) {
		const char *text = node->text ? node->text : "null";
		bool quote = !*text || strpbrk(text, ",[]{}#\"'\n") || strstr(text, ": ");

		strbuf_puts(out, quote ? "'" : "");
		strbuf_puts(out, text);
		strbuf_puts(out, quote ? "'" : "");
		return;
	}
	strbuf_putc(out, map ? '{' : '[');
	for (size_t i = 0; i < node->count; i++) {
		if (map && left_out(node->keys[i], top))
			continue;
		strbuf_puts(out, first ? "" : ", ");
		first = false;
		if (map) {
			strbuf_puts(out, node->keys[i]->text);
			strbuf_puts(out, ": ");
		}
		write_flow(out, node->items[i], false);
	}
	strbuf_putc(out, map ? '}' : ']');
}

/* The same as JSON. */
static void write_tree(struct strbuf *out, const struct node *node)
{
	struct json json = {.out = out};

	if (node->kind != NODE_MAP) {
		json_node(&json, NULL, node);
		return;
	}
	json_open(&json, NULL, '{');
	for (size_t i = 0; i < node->count; i++)
		if (!left_out(node->keys[i], true))
			json_node(&json, node->keys[i]->text, node->items[i]);
	json_close(&json, '}');
}

void keep_sentence(struct loader *load, const struct node *node, const char *section, pack_ref clause)
{
	const struct source *source = source_at(load->parsed, load->source);
	struct strbuf text = {0}, tree = {0};
	struct pack_sentence row = {.clause = clause, .line = (uint32_t)node->line};

	write_flow(&text, node, true);
	write_tree(&tree, node);
	row.section = build_text(&load->build, section);
	row.text = build_text(&load->build, text.text);
	row.tree = build_text(&load->build, tree.text);
	row.file = source->name ? build_text(&load->build, source->file) : 0;
	*(struct pack_sentence *)growing_add(&load->sentences, sizeof row) = row;
	strbuf_release(&text);
	strbuf_release(&tree);
}

/* A term has a beginning and a length; or an end, and then perhaps a beginning. */
static void check_term(struct loader *load, const struct node *node)
{
	bool until = node_get(node, "until") != NULL;

	if (until && node_get(node, "lasts"))
		fault(load, node, "%s", _("the rule says both until and lasts"));
	if (!until && !node_get(node, "from"))
		fault(load, node, _("the rule does not say its %s"), "from");
	if (!until && !node_get(node, "lasts"))
		fault(load, node, _("the rule does not say its %s"), "lasts");
}

static void load_one(struct loader *load, enum rule_list list, const struct node *node)
{
	struct draft_rule draft;

	memset(&draft, 0, sizeof draft); /* the padding too: equal rules are equal bytes */
	draft.list = list;
	draft.rule.line = (uint32_t)node->line;
	if (!read_map(load, node, rule_keys, IN(list), &draft))
		return;
	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (required[i].lists & IN(list) && !node_get(node, required[i].key))
			fault(load, node, _("the rule does not say its %s"), required[i].key);
	if (TERMS & IN(list))
		check_term(load, node);
	if (list == LIST_FREIGHT && !node_get(node, "freight_in") && !node_get(node, "freight_out") &&
	    !draft.rule.verdict)
		fault(load, node, "%s", _("the rule says neither freight_in nor freight_out"));
	if (list == LIST_FEES && node_get(node, "once") && !node_get(node, "as"))
		error_hint(fault(load, node, "%s", _("once needs as: the item that the one line bears")), "%s",
			   _("write as: and one of the items"));
	draft.rule.also = build_list(&load->build, draft.also.items, draft.also.count, sizeof(struct also));
	check_duplicates(load, node, &draft);
	rule_lists[list].add(load, &draft);
	keep_sentence(load, node, rule_lists[list].name, draft.rule.clause);
	growing_release(&draft.also);
	growing_release(&draft.items);
	growing_release(&draft.with);
}

void load_rules(struct loader *load, enum rule_list list, const struct node *node)
{
	if (node->kind != NODE_LIST) {
		error_hint(fault(load, node, "%s", _("a list of rules is wanted here")), "%s",
			   _("begin each rule with a hyphen: - {clause: ..., ...}"));
		return;
	}
	for (size_t i = 0; i < node->count; i++)
		load_one(load, list, node->items[i]);
}
