/* The keys and values of a rule as people read them: titles in the place of ids, conditions as short sentences. */
#include "policy_rule.h"

#include "show/answer.h"
#include "svc/text.h"

#include <stdlib.h>
#include <string.h>

#define _(message) svc_text(message)
#define N_(message) message
#define COUNT(table) (sizeof(table) / sizeof *(table))

struct named {
	const char *id, *title, *fact; /* fact: whose words the values are; NULL: those of the fact that bears the id */
};

static const struct named sections[] = {
	{"in_force", N_("version in force"), NULL},
	{"calendar", N_("calendar"), NULL},
	{"warranty", N_("warranty"), NULL},
	{"returns", N_("returns"), NULL},
	{"fees", N_("fees"), NULL},
	{"freight", N_("freight"), NULL},
	{"sla", N_("times of response"), NULL},
	{"followups", N_("follow-ups"), NULL},
	{"maintenance", N_("maintenance"), NULL},
	{"workflow", N_("course of work"), NULL},
	{"dispatch", N_("sending people"), NULL},
	{"appointments", N_("appointments"), NULL},
	{"notices", N_("notices"), NULL},
	{"contracts", N_("contracts"), NULL},
	{"conduct", N_("conduct"), NULL},
	{"kpi", N_("measures"), NULL},
	{"checklists", N_("checklists"), NULL},
	{"forms", N_("forms"), NULL},
	{"templates", N_("texts that are sent"), NULL},
	{"records", N_("records"), NULL},
	{"deadlines", N_("deadlines"), NULL},
	{"survey", N_("survey"), NULL},
	{"complaints", N_("complaints"), NULL},
	{"parts", N_("handing out parts"), NULL},
	{"without", N_("nothing is promised for"), NULL},
	{"terms", N_("terms"), NULL},
	{"exclusions", N_("exclusions"), NULL},
	{"requires", N_("what is required"), NULL},
	{"after", N_("after the terms"), NULL},
	{"notes", N_("notes"), NULL},
	{"options", N_("what may be asked for"), NULL},
	{"deductions", N_("deductions"), NULL},
	{"fallback", N_("when a time was missed"), NULL},
	{"readings", N_("readings"), NULL},
	{"flow", N_("steps"), NULL},
	{"never", N_("never allowed"), NULL},
	{"order", N_("order"), NULL},
	{"choose", N_("who is chosen"), NULL},
	{"then", N_("what then happens"), NULL},
	{"exhausted", N_("after the last notice"), NULL},
	{"exempt", N_("exempt"), NULL},
	{"once", N_("counted once"), NULL},
	{"ranks", N_("ranking"), NULL},
	{"totals", N_("totals"), NULL},
	{"questions", N_("questions"), NULL},
	{"levels", N_("levels"), NULL},
	{"outcomes", N_("outcomes"), NULL},
};

static const struct named keys[] = {
	{"when", N_("when"), NULL},
	{"needs", N_("needs"), NULL},
	{"also", N_("see also"), NULL},
	{"clause", N_("clause"), NULL},
	{"from", N_("from"), NULL},
	{"workflow.from", N_("from"), "stage"},
	{"workflow.to", N_("to"), "stage"},
	{"maintenance.once", N_("once, after"), NULL},
	{"calendar.hours", N_("opening hours"), NULL},
	{"lasts", N_("lasts"), NULL},
	{"until", N_("until"), NULL},
	{"remedy", N_("remedy"), NULL},
	{"labor", N_("labour"), "labor"},
	{"parts", N_("parts"), "parts"},
	{"freight_in", N_("way in paid by"), "carried_by"},
	{"freight_out", N_("way back paid by"), "carried_by"},
	{"payer", N_("paid by"), "carried_by"},
	{"item", N_("item"), "items"},
	{"as", N_("shown as"), "items"},
	{"once", N_("one line for each"), NULL},
	{"amount", N_("amount"), NULL},
	{"share", N_("share"), NULL},
	{"basis", N_("basis"), NULL},
	{"bars", N_("closes"), NULL},
	{"pauses", N_("extended by"), NULL},
	{"rolls", N_("a last day off work moves on"), NULL},
	{"price_difference", N_("difference in price"), NULL},
	{"with", N_("together with"), NULL},
	{"verdict", N_("decision"), NULL},
	{"respond", N_("answer within"), NULL},
	{"arrive", N_("arrive within"), NULL},
	{"diagnose", N_("find the fault within"), NULL},
	{"resolve", N_("solve within"), NULL},
	{"report", N_("report within"), NULL},
	{"missed", N_("missed"), NULL},
	{"then", N_("then"), NULL},
	{"to", N_("to"), NULL},
	{"by", N_("by"), "role"},
	{"guards", N_("only if"), NULL},
	{"fact", N_("true"), NULL},
	{"known", N_("must be known"), NULL},
	{"creates", N_("starts"), NULL},
	{"due", N_("due"), NULL},
	{"every", N_("every"), NULL},
	{"hours", N_("or running hours"), NULL},
	{"week", N_("days of work"), NULL},
	{"holidays", N_("days off count"), NULL},
	{"make_up_days", N_("make-up days are worked"), NULL},
	{"on", N_("on"), NULL},
	{"after", N_("after"), NULL},
	{"before", N_("before"), NULL},
	{"name", N_("name"), NULL},
	{"channels", N_("by way of"), NULL},
	{"opens", N_("opens"), NULL},
	{"closes", N_("ends"), NULL},
	{"pass", N_("passes"), NULL},
	{"target", N_("target"), NULL},
	{"tolerance", N_("tolerance"), NULL},
	{"value", N_("value"), NULL},
	{"better", N_("better"), NULL},
	{"rule", N_("violation"), NULL},
	{"fine", N_("fine"), NULL},
	{"compensation", N_("to be made good"), NULL},
	{"consequences", N_("consequences"), NULL},
	{"counts", N_("counts for the totals"), NULL},
	{"required", N_("required"), NULL},
	{"blocks", N_("nothing goes on without it"), NULL},
	{"owed", N_("owed"), NULL},
	{"escalate_by", N_("escalated by"), NULL},
	{"subject", N_("subject line"), NULL},
	{"text", N_("text"), NULL},
	{"leave_by", N_("leave by"), NULL},
	{"arrive_from", N_("arrive from"), NULL},
	{"arrive_to", N_("arrive by"), NULL},
	{"remind_from", N_("remind from"), NULL},
	{"remind_to", N_("remind until"), NULL},
	{"cancel_at", N_("cancelled at"), NULL},
	{"progress_from", N_("ask for progress from"), NULL},
	{"progress_to", N_("ask for progress until"), NULL},
	{"notify_by", N_("tell by"), NULL},
	{"renew_notice_on", N_("renewal prepared from"), NULL},
	{"deadline", N_("deadline"), NULL},
	{"actions", N_("actions"), NULL},
	{"priority", N_("priority"), NULL},
	{"template", N_("text that is sent"), NULL},
	{"ask", N_("the question"), NULL},
	{"time", N_("time"), NULL},
	{"same", N_("one when the same in"), NULL},
	{"keep", N_("keeps"), NULL},
	{"per", N_("in each"), NULL},
	{"title", N_("title"), NULL},
	{"rank", N_("place"), NULL},
	{"running", N_("months in a row"), NULL},
	{"counted", N_("number of violations"), NULL},
	{"id", N_("id"), NULL},
	{"replaces", N_("stands for"), NULL},
	{"late_after", N_("late after"), NULL},
	{"any_at_most", N_("an answer is at most"), NULL},
	{"all_at_least", N_("every answer is at least"), NULL},
	{"mean_below", N_("the mean is below"), NULL},
};

/* What few maps with fixed keys say: {a} is the first key's value, {b} the second's. */
static const struct pattern {
	const char *first, *second, *says;
} patterns[] = {
	{"within", "of", N_("within {a} of {b}")},
	{"by", "after", N_("{a} after {b}")},
	{"by", "before", N_("{a} before {b}")},
	{"pct", "of", N_("{a} per cent of {b}")},
	{"amount", "per", N_("{a} for each {b}")},
	{"clause", "when", N_("{a} when {b}")},
	{"least", NULL, N_("the smaller or earlier of {a}")},
	{"most", NULL, N_("the larger or later of {a}")},
	{"sum", NULL, N_("the sum of {a}")},
	{"between", NULL, N_("between {a}")},
	{"all", NULL, N_("all of {a}")},
	{"any", NULL, N_("one of {a}")},
	{"none", NULL, N_("none of {a}")},
	{"not", NULL, N_("not ({a})")},
	{"covers", NULL, N_("covers {a}")},
	{"at_least", NULL, N_("at least {a}")},
	{"at_most", NULL, N_("at most {a}")},
	{"above", NULL, N_("above {a}")},
	{"below", NULL, N_("below {a}")},
	{"is", NULL, "{a}"},
	{"setting", NULL, "{a}"},
	{"fact", NULL, "{a}"},
	{"fixed", NULL, "{a}"},
};

static const struct named plain[] = {
	{"true", N_("yes"), NULL},
	{"false", N_("no"), NULL},
	{"known", N_("known"), NULL},
	{"unknown", N_("not known"), NULL},
	{"lifetime", N_("for life"), NULL},
	{"labor", N_("labour"), NULL},
	{"parts", N_("parts"), NULL},
	{"travel", N_("travel"), NULL},
	{"higher", N_("the higher"), NULL},
	{"lower", N_("the lower"), NULL},
	{"list", N_("list price"), NULL},
	{"quote", N_("on quotation"), NULL},
	{"cost", N_("at cost"), NULL},
	{"charge", N_("charged"), NULL},
	{"none", N_("none"), NULL},
	{"repair", N_("repair"), NULL},
	{"warranty", N_("warranty"), NULL},
	{"return", N_("returns"), NULL},
	{"fee", N_("fees"), NULL},
	{"freight", N_("freight"), NULL},
	{"month", N_("calendar month"), NULL},
	{"year", N_("calendar year"), NULL},
	{"heaviest", N_("the gravest"), NULL},
	{"mon", N_("Monday"), NULL},
	{"tue", N_("Tuesday"), NULL},
	{"wed", N_("Wednesday"), NULL},
	{"thu", N_("Thursday"), NULL},
	{"fri", N_("Friday"), NULL},
	{"sat", N_("Saturday"), NULL},
	{"sun", N_("Sunday"), NULL},
	{"both_ways", N_("both ways"), NULL},
	{"customer_pays", N_("the customer pays"), NULL},
	{"question", N_("the day of the question"), NULL},
	{"sale", N_("the day of the sale"), NULL},
};

static const struct named *find_named(const struct named *table, size_t count, const char *id, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (!strncmp(table[i].id, id, length) && !table[i].id[length])
			return &table[i];
	return NULL;
}

/* ---- sections ---- */

static void add_section(struct text *text, const char *id, size_t length)
{
	const struct named *found = find_named(sections, COUNT(sections), id, length);

	if (found)
		text_puts(text, _(found->title));
	else
		text_add(text, id, length);
}

const char *section_title(const char *section)
{
	static struct text title;
	size_t length = strcspn(section, ".");

	title.length = 0;
	add_section(&title, section, length);
	if (section[length]) {
		text_puts(&title, _(": "));
		add_section(&title, section + length + 1, strlen(section + length + 1));
	}
	return title.bytes;
}

bool section_is_inner(const char *section)
{
	const char *dot = strchr(section, '.');

	return dot && (!strcmp(dot, ".steps") || !strcmp(dot, ".fields"));
}

/* ---- words ---- */

/* A key in the section that is being read, else anywhere. */
static const struct named *find_key(const struct reading *reading, const char *key)
{
	const char *section = reading->section ? reading->section : "";
	size_t length = strcspn(section, ".");

	for (size_t i = 0; i < COUNT(keys); i++)
		if (!strncmp(keys[i].id, section, length) && keys[i].id[length] == '.' &&
		    !strcmp(keys[i].id + length + 1, key))
			return &keys[i];
	return find_named(keys, COUNT(keys), key, strlen(key));
}

static const char *fact_title(const struct reading *reading, const char *id)
{
	const char *title = json_string_value(json_object_get(reading->names, id));

	return title && *title ? title : NULL;
}

void rule_key(struct text *text, const struct reading *reading, const char *key, bool condition)
{
	bool ask = reading->section && !strcmp(reading->section, "in_force"); /* there the keys are questions */
	const struct named *found = ask ? NULL : find_key(reading, key);
	const char *fact = ask ? svc_policy_word_title(reading->policy, "ask", key) : fact_title(reading, key);
	const char *title = found ? _(found->title) : NULL;

	if (condition && strcmp(key, "needs") != 0)
		text_puts(text, fact ? fact : title ? title : key);
	else
		text_puts(text, title ? title : fact ? fact : key);
}

/* The words that the engine knows for a key; the word itself where it knows none. */
static const char *own_title(const char *key, const char *word)
{
	const struct named *limit = find_named(keys, COUNT(keys), word, strlen(word));

	if (!strcmp(key, "remedy") || !strcmp(key, "bars"))
		return remedy_word(word);
	if (!strcmp(key, "verdict"))
		return verdict_word(word);
	return !strcmp(key, "missed") && limit ? _(limit->title) : word;
}

/* What a word is called among the words that its key takes, else what the word itself names. */
static const char *word_title(const struct reading *reading, const char *key, const char *word)
{
	const struct named *known = key ? find_key(reading, key) : NULL;
	const struct named *common = find_named(plain, COUNT(plain), word, strlen(word));
	const char *title = svc_policy_word_title(reading->policy, known && known->fact ? known->fact : key, word);
	const char *fact = fact_title(reading, word);

	if (key && !strcmp(key, "share") && common)
		return _(common->title);
	if (!strcmp(title, word))
		title = own_title(key ? key : "", word);
	if (strcmp(title, word) != 0)
		return title;
	return fact ? fact : common ? _(common->title) : word;
}

static void add_word(struct text *text, const struct reading *reading, const char *key, const char *word)
{
	const char *rest = word + strspn(word, "0123456789.");

	if ((rest > word && *rest == ' ') || (key && !strcmp(key, "every") && strchr(word, ' ')))
		add_interval(text, word);
	else if (*word == '-' && json_object_get(reading->names, word + 1))
		text_print(text, "− %s", word_title(reading, NULL, word + 1));
	else
		text_puts(text, word_title(reading, key, word));
}

/* ---- values ---- */

static void add_map(struct text *text, const struct reading *reading, const char *key, const json_t *map);

/* Alternatives and their kin stand in brackets; words are a list. */
static void add_list(struct text *text, const struct reading *reading, const char *key, const json_t *list,
		     const char *between)
{
	size_t index;
	json_t *item;

	json_array_foreach(list, index, item)
	{
		bool map = json_is_object(item) && json_array_size(list) > 1;

		if (index)
			text_puts(text, map ? between : _(", "));
		text_puts(text, map ? "(" : "");
		rule_value(text, reading, key, item);
		text_puts(text, map ? ")" : "");
	}
}

static void add_pattern(struct text *text, const struct reading *reading, const char *key,
			const struct pattern *pattern, const json_t *map)
{
	const char *at = _(pattern->says);

	for (const char *hole = strchr(at, '{'); hole; at = hole + 3, hole = strchr(at, '{')) {
		const char *name = hole[1] == 'a' ? pattern->first : pattern->second;

		text_add(text, at, (size_t)(hole - at));
		rule_value(text, reading, strcmp(name, "is") != 0 ? key : NULL, json_object_get(map, name));
	}
	text_puts(text, at);
}

/* any and all of conditions: (…) or (…). */
static bool add_alternatives(struct text *text, const struct reading *reading, const char *name, const json_t *value)
{
	bool any = !strcmp(name, "any");

	if ((!any && strcmp(name, "all") != 0) || !json_is_object(json_array_get(value, 0)))
		return false;
	add_list(text, reading, NULL, value, any ? _(" or ") : _(" and "));
	return true;
}

static const struct pattern *pattern_of(const json_t *map, const char *name)
{
	for (size_t i = 0; i < COUNT(patterns); i++) {
		const struct pattern *pattern = &patterns[i];

		if (!strcmp(pattern->first, name) &&
		    (pattern->second ? json_object_get(map, pattern->second) != NULL : true))
			return pattern;
	}
	return NULL;
}

/* A key that its partner has spoken for already. */
static bool is_partner(const json_t *map, const char *name)
{
	for (size_t i = 0; i < COUNT(patterns); i++)
		if (patterns[i].second && !strcmp(patterns[i].second, name) && json_object_get(map, patterns[i].first))
			return true;
	return false;
}

static void add_map(struct text *text, const struct reading *reading, const char *key, const json_t *map)
{
	const char *name, *between = "";
	json_t *value;

	json_object_foreach((json_t *)map, name, value)
	{
		const struct pattern *pattern = pattern_of(map, name);

		if (is_partner(map, name))
			continue;
		text_puts(text, between);
		between = _("; ");
		if (add_alternatives(text, reading, name, value))
			continue;
		if (pattern) {
			add_pattern(text, reading, key, pattern, map);
			continue;
		}
		rule_key(text, reading, name, true);
		text_puts(text, _(": "));
		rule_value(text, reading, name, value);
	}
}

void rule_value(struct text *text, const struct reading *reading, const char *key, const json_t *value)
{
	const json_t *said = json_object_get(value, svc_language() == SVC_LANG_ZH ? "zh" : "en");

	if (said)
		text_puts(text, json_string_value(said));
	else if (json_is_object(value))
		add_map(text, reading, key, value);
	else if (json_is_array(value))
		add_list(text, reading, key, value, _(", "));
	else if (json_is_string(value))
		add_word(text, reading, key, json_string_value(value));
}
