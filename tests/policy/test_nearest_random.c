/* near, held against a search through every value that lies nearer: small packs and facts made at random, from a seed.
   PACKS in the environment: how many packs, 1000 in a soak; SEED: which. */
#include "asking.h"

#include "base/strbuf.h"

#define PACKS 50
#define DAYS_LOOKED_AT 1300 /* to both sides of a day */
#define NUMBERS_LOOKED_AT 220
#define SECONDS_LOOKED_AT 9000
#define SET_WORDS 9 /* documents of a standard fact */

static int packs;
static int turned[SVC_ASK_COUNT]; /* how many values were found, by question */
static unsigned first_seed, seed;

static int up_to(int most) /* 0 .. most - 1 */
{
	seed = seed * 1103515245 + 12345;
	return (int)((seed >> 9) % (unsigned)most);
}

/* ---- packs ---- */

static void add_condition(struct strbuf *out)
{
	static const char *const components[] = {"motor", "[motor, tyre]", "{not: tyre}", "[tyre, lamp]"};
	static const char *const documents[] = {"invoice", "{all: [invoice, contract]}", "{none: [receipt]}",
						"{all: [invoice, manual, certificate]}", "[contract, manual]"};
	static const char *const bounds[] = {"below", "above", "at_least", "at_most"};
	int low = 5 + up_to(40);

	switch (up_to(8)) {
	case 0:
		strbuf_printf(out, "component: %s", components[up_to(2) ? 0 : up_to(2) ? 1 : 3]);
		break;
	case 1:
		strbuf_printf(out, "count: {%s: %d}", bounds[up_to(4)], low);
		break;
	case 2:
		strbuf_printf(out, "count: {between: [%d, %d]}", low, low + 1 + up_to(30));
		break;
	case 3:
		strbuf_printf(out, "price: {%s: %d.%02d}", bounds[up_to(4)], up_to(2), up_to(100));
		break;
	case 4:
		strbuf_printf(out, "documents: %s", documents[up_to(5)]);
		break;
	case 5:
		strbuf_printf(out, "batch: %s", up_to(2) ? "true" : "false");
		break;
	case 6:
		strbuf_printf(out, "claim: {within: %d %s, of: purchase}", 1 + up_to(20), up_to(2) ? "days" : "months");
		break;
	default:
		strbuf_printf(out, "count: {%s: {setting: most}}", bounds[up_to(4)]);
	}
}

static void add_when(struct strbuf *out, int chance)
{
	if (up_to(chance) == 0)
		return;
	if (up_to(4)) {
		strbuf_puts(out, ", when: {");
		add_condition(out);
		strbuf_puts(out, "}");
		return;
	}
	strbuf_puts(out, up_to(2) ? ", when: {any: [{" : ", when: {all: [{");
	add_condition(out);
	strbuf_puts(out, "}, {");
	add_condition(out);
	strbuf_puts(out, "}]}");
}

static void add_length(struct strbuf *out)
{
	static const char *const units[] = {"days", "months", "weeks"};
	int unit = up_to(4);

	if (unit == 3)
		strbuf_puts(out, "longer");
	else
		strbuf_printf(out, "%d %s", 1 + up_to(unit == 1 ? 25 : 60), units[unit]);
}

static void add_warranty(struct strbuf *out)
{
	static const char *const remedies[] = {"repair", "replace", "refund"};

	strbuf_puts(out, "warranty:\n  terms:\n");
	for (int i = 0; i < 1 + up_to(3); i++) {
		strbuf_printf(out, "    - {clause: p.1%d, from: %s, lasts: ", i, up_to(3) ? "purchase" : "manufacture");
		add_length(out);
		strbuf_printf(out, ", remedy: %s%s%s", remedies[up_to(3)], up_to(4) ? "" : ", pauses: repair",
			      up_to(4) ? "" : ", rolls: true");
		add_when(out, 2);
		strbuf_puts(out, "}\n");
	}
	strbuf_puts(out, "  exclusions:\n");
	for (int i = 0; i < 1 + up_to(2); i++) {
		strbuf_printf(out, "    - {clause: p.2%d, when: {", i);
		add_condition(out);
		strbuf_puts(out, "}}\n");
	}
}

static void add_returns(struct strbuf *out)
{
	strbuf_puts(out, "returns:\n  options:\n");
	for (int i = 0; i < 1 + up_to(3); i++) {
		strbuf_printf(out, "    - {clause: p.3%d, from: purchase, lasts: ", i);
		add_length(out);
		strbuf_printf(out, ", remedy: %s", up_to(2) ? "refund" : "exchange");
		add_when(out, 2);
		strbuf_puts(out, "}\n");
	}
}

static void add_others(struct strbuf *out)
{
	strbuf_printf(out, "sla:\n  order: first\n  rules:\n    - {clause: p.41, when: {");
	add_condition(out);
	strbuf_printf(out, "}, arrive: %d minutes}\n    - {clause: p.42, arrive: %d %s}\n", 1 + up_to(70),
		      1 + up_to(40), up_to(2) ? "minutes" : "working minutes");
	strbuf_printf(out, "deadlines:\n  - {clause: p.51, task: pay, due: {after: purchase, by: %d %s}}\n",
		      1 + up_to(20), up_to(2) ? "days" : "working days");
	strbuf_printf(
		out,
		"contracts:\n  - {clause: p.61, ends: {after: purchase, by: %d months}, renew_notice_on: {before: "
		"ends, by: %d days}}\n",
		1 + up_to(20), 1 + up_to(30));
	strbuf_printf(out, "kpi:\n  - {clause: p.71, name: share, share: [on_time, services], target: %d%s}\n",
		      10 + up_to(85), up_to(2) ? ", better: lower" : "");
	strbuf_puts(out, "complaints:\n  - {clause: p.81, verdict: escalate, when: {");
	add_condition(out);
	strbuf_puts(out, "}}\n");
}

static void make_pack(struct strbuf *out)
{
	strbuf_puts(
		out, HEAD
		"facts:\n"
		"  component: {one_of: {motor: {en: motor, zh: 电机}, tyre: {en: tyre, zh: 轮胎}, lamp: {en: lamp, zh: 灯}}}\n"
		"  task: {one_of: {pay: {en: pay, zh: 付款}}}\n"
		"  on_time: {number: {min: 0}, title: {en: kept, zh: 及时}}\n"
		"  services: {number: {min: 0}, title: {en: all, zh: 全部}}\n"
		"words: {share: {en: share, zh: 比率}}\n"
		"calendar: {clause: p.9, week: [mon, tue, wed, thu, fri], hours: ['09:00-12:00', '13:00-18:00']}\n");
	strbuf_printf(out, "settings:\n  most: {type: number, default: %d, title: {en: most, zh: 上限}}\n",
		      10 + up_to(30));
	strbuf_printf(out, "  longer: {type: duration, default: %d %s, title: {en: longer, zh: 期限}}\n", 1 + up_to(15),
		      up_to(2) ? "days" : "months");
	add_warranty(out);
	add_returns(out);
	add_others(out);
}

static struct svc_policy *random_pack(struct strbuf *text)
{
	static const char *const none[] = {NULL};
	struct svc_policy_places places = {none, NULL};
	struct svc_policy *policy = NULL;
	struct svc_error err = {0};

	for (int tries = 0; tries < 1000; tries++) { /* two rules alike, or one that can't be reached, make no pack */
		strbuf_reset(text);
		make_pack(text);
		if (svc_policy_open_text(&policy, text->text, text->length, "p.yaml", &places, &err) == SVC_OK)
			return policy;
	}
	fail_msg("no pack: %s\n%s", err.text, text->text);
	return NULL;
}

/* ---- facts ---- */

enum kind { DAY, TIME, WORD, SET, NUMBER, MONEY, BOOL };

struct given {
	const char *fact;
	enum kind kind;
	int64_t value; /* days, seconds, the place of a word, a set of words, cents */
};

static const char *const components[] = {"motor", "tyre", "lamp"};
static const char *const documents[SET_WORDS] = {"invoice",          "contract",      "warranty_card",
						 "warranty_sticker", "delivery_note", "manual",
						 "certificate",      "receipt",       "statement"};

static void write_value(const struct given *given, char out[160])
{
	size_t used = 0;

	switch (given->kind) {
	case DAY:
		svc_date_format((svc_date)given->value, out);
		return;
	case TIME:
		svc_time_format(given->value, NULL, out);
		return;
	case WORD:
		snprintf(out, 160, "%s", components[given->value]);
		return;
	case SET:
		snprintf(out, 160, "[]");
		for (int i = 0; i < SET_WORDS; i++)
			if (given->value >> i & 1)
				used += (size_t)snprintf(out + used, 160 - used, "%s%s", used ? "," : "", documents[i]);
		return;
	case NUMBER:
		snprintf(out, 160, "%lld", (long long)given->value);
		return;
	case MONEY:
		snprintf(out, 160, "%lld.%02lld", (long long)given->value / 100, (long long)given->value % 100);
		return;
	case BOOL:
		snprintf(out, 160, "%s", given->value ? "true" : "false");
	}
}

static struct svc_facts *facts;

static bool set_fact(const struct given *given)
{
	char text[160];

	write_value(given, text);
	return svc_facts_set(facts, given->fact, text, NULL) == SVC_OK;
}

#define FACTS_MOST 12

static size_t make_facts(enum svc_ask ask, struct given out[FACTS_MOST])
{
	const svc_date sale = 19800 + up_to(40);
	const svc_time report = (svc_time)(sale + 3) * 86400 + 3600 + up_to(8) * 1800;
	size_t count = 0;

	out[count++] = (struct given){"purchase", DAY, sale};
	out[count++] = (struct given){"component", WORD, up_to(3)};
	out[count++] = (struct given){"count", NUMBER, up_to(80)};
	out[count++] = (struct given){"price", MONEY, up_to(220)};
	out[count++] = (struct given){"documents", SET, up_to(1 << SET_WORDS)};
	out[count++] = (struct given){"batch", BOOL, up_to(2)};
	out[count++] = (struct given){"claim", DAY, sale - 5 + up_to(400)};
	if (ask == SVC_ASK_WARRANTY) {
		out[count++] = (struct given){"manufacture", DAY, sale - up_to(60)};
		out[count++] = (struct given){"repair_days", NUMBER, up_to(2) ? 0 : up_to(20)};
	} else if (ask == SVC_ASK_SLA) {
		out[count++] = (struct given){"reported", TIME, report};
		out[count++] = (struct given){"arrived", TIME, report + up_to(5000)};
	} else if (ask == SVC_ASK_KPI) {
		out[count++] = (struct given){"services", NUMBER, 1 + up_to(60)};
		out[count++] = (struct given){"on_time", NUMBER, up_to(60)};
	} else if (ask == SVC_ASK_DEADLINE || ask == SVC_ASK_CONTRACT) {
		out[count++] = (struct given){"as_of", DAY, sale + up_to(400)};
	}
	return count;
}

static void give_words(enum svc_ask ask)
{
	struct svc_error err = {0};

	assert_int_equal(svc_facts_set(facts, "cause", "defect", &err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "task", "pay", &err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "stage", "any", &err), SVC_OK);
	if (ask == SVC_ASK_RETURN)
		assert_int_equal(svc_facts_set(facts, "want", "refund", &err), SVC_OK);
}

/* ---- the search ---- */

struct asked {
	struct svc_policy *policy;
	enum svc_ask ask;
	const char *pack;
	struct svc_answer answer, then;
};

/* Whether a value turns the verdict; what can't be asked does not. */
static bool turns(struct asked *asked, const struct given *given, int64_t value)
{
	struct given other = {given->fact, given->kind, value};

	return set_fact(&other) && svc_ask(asked->policy, asked->ask, facts, false, &asked->then, NULL) == SVC_OK &&
	       asked->then.verdict != asked->answer.verdict && asked->then.verdict != SVC_VERDICT_INCOMPLETE;
}

static int64_t far_of(enum kind kind)
{
	return kind == DAY ? DAYS_LOOKED_AT : kind == TIME ? SECONDS_LOOKED_AT : kind == WORD ? 3 : NUMBERS_LOOKED_AT;
}

/* The distance of the nearest value that turns it, up to `most`; 0: none. */
static int64_t search_line(struct asked *asked, const struct given *given, int64_t most)
{
	for (int64_t distance = 1; distance <= most; distance++) {
		bool below = given->kind == DAY || given->kind == TIME || given->value >= distance;

		if ((below && turns(asked, given, given->value - distance)) ||
		    turns(asked, given, given->value + distance))
			return distance;
	}
	return 0;
}

static int64_t search_set(struct asked *asked, const struct given *given)
{
	int64_t best = 0;

	for (int64_t change = 1; change < 1 << SET_WORDS; change++) {
		int words = __builtin_popcountll((uint64_t)change);

		if ((!best || words < best) && turns(asked, given, given->value ^ change))
			best = words;
	}
	return best;
}

static int64_t search(struct asked *asked, const struct given *given, int64_t reported)
{
	int64_t far = far_of(given->kind), found = 0;

	if (given->kind == SET)
		found = search_set(asked, given);
	else if (given->kind == WORD || given->kind == BOOL)
		for (int64_t value = 0; !found && value < (given->kind == WORD ? 3 : 2); value++)
			found = value != given->value && turns(asked, given, value);
	else
		found = search_line(asked, given, reported ? reported : far);
	set_fact(given);
	return found;
}

/* ---- what is reported ---- */

static const struct svc_near *near_of(const struct svc_answer *answer, const char *fact)
{
	for (size_t i = 0; i < answer->near_count; i++)
		if (!strcmp(answer->near[i].fact, fact))
			return &answer->near[i];
	return NULL;
}

static int64_t read_value(enum kind kind, const char *text)
{
	svc_date day;
	svc_time time;
	svc_money money;
	int64_t set = 0;

	if (kind == DAY && svc_date_parse(text, &day))
		return day;
	if (kind == TIME && svc_time_parse(text, NULL, &time))
		return time;
	if (kind == MONEY && svc_money_parse(text, 2, &money))
		return money;
	for (int i = 0; kind == SET && i < SET_WORDS; i++) {
		const char *at = strstr(text, documents[i]);

		if (at && (at == text || at[-1] == ','))
			set |= INT64_C(1) << i;
	}
	return kind == SET ? set : atoll(text);
}

static int64_t reported_distance(const struct given *given, const struct svc_near *near)
{
	int64_t to = near ? read_value(given->kind, near->to) : 0;

	if (!near)
		return 0;
	if (given->kind == WORD || given->kind == BOOL)
		return 1;
	if (given->kind == SET)
		return __builtin_popcountll((uint64_t)(to ^ given->value));
	return llabs(to - given->value);
}

static void hold_against_search(struct asked *asked, const struct given *given)
{
	const struct svc_near *near = near_of(&asked->answer, given->fact);
	int64_t said = reported_distance(given, near), found = search(asked, given, said);
	char value[160];

	turned[asked->ask] += found != 0;
	if (said == found || (said > far_of(given->kind) && !found))
		return;
	write_value(given, value);
	fail_msg("%s: %s=%s, %s is reported (%lld away), %lld is the nearest\n%s", svc_ask_name(asked->ask),
		 given->fact, value, near ? near->to : "nothing", (long long)said, (long long)found, asked->pack);
}

static void ask_at_random(struct asked *asked)
{
	struct given given[FACTS_MOST];
	size_t count = make_facts(asked->ask, given);

	svc_facts_clear(facts);
	give_words(asked->ask);
	for (size_t i = 0; i < count; i++)
		set_fact(&given[i]);
	if (svc_ask(asked->policy, asked->ask, facts, true, &asked->answer, NULL) != SVC_OK ||
	    asked->answer.verdict == SVC_VERDICT_INCOMPLETE)
		return;
	for (size_t i = 0; i < count; i++)
		hold_against_search(asked, &given[i]);
}

static void test_nearest_random__no_nearer_value_turns_it(void **state)
{
	static const enum svc_ask asks[] = {SVC_ASK_WARRANTY, SVC_ASK_RETURN,   SVC_ASK_SLA,      SVC_ASK_KPI,
					    SVC_ASK_DEADLINE, SVC_ASK_CONTRACT, SVC_ASK_COMPLAINT};
	struct strbuf text = {0};

	(void)state;
	for (int round = 0; round < packs; round++) {
		struct asked asked = {0};

		seed = (first_seed + (unsigned)round) * 2654435761u + 1;
		asked.policy = random_pack(&text);
		asked.pack = text.text;
		assert_int_equal(svc_facts_new(&facts, asked.policy, NULL), SVC_OK);
		for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
			asked.ask = asks[i];
			ask_at_random(&asked);
		}
		svc_answer_release(&asked.answer);
		svc_answer_release(&asked.then);
		svc_facts_free(facts);
		svc_policy_free(asked.policy);
	}
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
		assert_true(turned[asks[i]] > 5);
	strbuf_release(&text);
}

int main(void)
{
	const char *wanted = getenv("PACKS"), *from = getenv("SEED");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nearest_random__no_nearer_value_turns_it),
	};

	packs = wanted ? atoi(wanted) : PACKS;
	first_seed = from ? (unsigned)strtoul(from, NULL, 10) : 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
