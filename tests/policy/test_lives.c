/* The engine's dates and terms against a simulator that lives through every day: LIVES random lives (5000), from SEED. */
#include "asking.h"

#include "lives/life.h"

enum { SHAPES = 96, LIVES = 5000, TEXT_MAX = 4096 };

struct promise {
	struct shape shape;
	char *pack;
	struct svc_policy *policy;
	struct svc_facts *facts;
};

/* ---- what the simulator expects, in one line of text ---- */

static void name_end(int day, char out[16])
{
	if (day == EVER)
		snprintf(out, 16, "lifetime");
	else
		almanac_name(day, out);
}

static void name_moment(struct moment moment, char out[48])
{
	char day[16];
	almanac_name(moment.day, day);
	if (moment.second == NO_DAY)
		snprintf(out, 48, "%s", day);
	else
		snprintf(out, 48, "%sT%02d:%02d:%02d+08:00", day, moment.second / 3600, moment.second / 60 % 60,
			 moment.second % 60);
}

static const char *truth(bool holds)
{
	return holds ? "true" : "false";
}

static void unknown_year(FILE *out, int year)
{
	fprintf(out, "{verdict: incomplete, missing: [calendar_%d]}", year);
}

struct windows {
	struct window at[TERMS_MAX];
	int unknown_year; /* the first that stands in the way; 0: none */
};

static struct windows simulate_terms(const struct shape *shape, const struct term *terms, int count,
				     const struct life *life, int of_remedy)
{
	struct known known = life_until_claim(life);
	struct windows windows = {.unknown_year = 0};
	for (int i = 0; i < count; i++) {
		if (of_remedy >= 0 && (int)terms[i].remedy != of_remedy)
			continue;
		windows.at[i] = simulate_term(&shape->week, &terms[i], life, &known);
		if (!windows.unknown_year)
			windows.unknown_year = windows.at[i].unknown_year;
	}
	return windows;
}

/* The window that leads: of the open ones the strongest, of those the one that ends last; when none is open, the last to end. */
static int leading(const struct shape *shape, const struct windows *windows, bool open)
{
	int lead = -1;
	for (int i = 0; i < shape->term_count; i++) {
		const struct window *window = &windows->at[i];
		bool stronger = lead < 0 || (open && shape->terms[i].remedy < shape->terms[lead].remedy);
		bool longer = lead >= 0 && (!open || shape->terms[i].remedy == shape->terms[lead].remedy) &&
			      window->ends > windows->at[lead].ends;
		if (window->applies && (!open || window->inside) && (stronger || longer))
			lead = i;
	}
	return lead;
}

static void expect_windows(FILE *out, const struct shape *shape, const struct windows *windows)
{
	const char *comma = "";
	char starts[16], ends[16];
	fputs("windows: [", out);
	for (int i = 0; i < shape->term_count; i++) {
		if (!windows->at[i].applies)
			continue;
		almanac_name(windows->at[i].starts, starts);
		name_end(windows->at[i].ends, ends);
		fprintf(out, "%s{clause: p.%d, remedy: %s, starts: %s, ends: %s, inside: %s}", comma, 1 + i,
			remedy_names[shape->terms[i].remedy], starts, ends, truth(windows->at[i].inside));
		comma = ", ";
	}
	fputs("]}", out);
}

static bool any_ahead(const struct shape *shape, const struct windows *windows, int claim)
{
	for (int i = 0; i < shape->term_count; i++)
		if (windows->at[i].applies && claim < windows->at[i].starts)
			return true;
	return false;
}

static void expect_warranty(FILE *out, const struct shape *shape, const struct life *life)
{
	struct windows windows = simulate_terms(shape, shape->terms, shape->term_count, life, -1);
	int open = leading(shape, &windows, true), shown = open < 0 ? leading(shape, &windows, false) : open;
	bool ahead = any_ahead(shape, &windows, life->claim);
	char day[16];
	if (windows.unknown_year) {
		unknown_year(out, windows.unknown_year);
		return;
	}
	fprintf(out, "{verdict: %s", shown < 0 ? "not_covered" : open >= 0 ? "covered" : ahead ? "refer" : "expired");
	if (shown >= 0) {
		almanac_name(windows.at[shown].starts, day);
		fprintf(out, ", remedy: %s, starts: %s",
			open >= 0 ? remedy_names[shape->terms[open].remedy]
			: ahead   ? ""
				  : "none",
			day);
		name_end(windows.at[shown].ends, day);
		fprintf(out, ", ends: %s", day);
		if (windows.at[shown].ends != EVER)
			fprintf(out, ", days_left: %d", windows.at[shown].ends - life->claim);
		fputs(", ", out);
		expect_windows(out, shape, &windows);
	} else {
		fputs(", remedy: , windows: []}", out);
	}
}

/* The rules that an answer about returns has to know: the options for what is wanted, then all others and the warranty. */
static int year_in_the_way(const struct shape *shape, const struct life *life)
{
	enum remedy other = life->want == REFUND ? EXCHANGE : REFUND;
	int year = simulate_terms(shape, shape->options, shape->option_count, life, (int)life->want).unknown_year;
	if (!year)
		year = simulate_terms(shape, shape->terms, shape->term_count, life, -1).unknown_year;
	if (!year)
		year = simulate_terms(shape, shape->options, shape->option_count, life, (int)other).unknown_year;
	return year;
}

static void expect_return(FILE *out, const struct shape *shape, const struct life *life)
{
	struct windows windows = simulate_terms(shape, shape->options, shape->option_count, life, (int)life->want);
	int deadline = NO_DAY, year = year_in_the_way(shape, life);
	bool offered = false, open = false;
	char day[16] = "";
	if (year) {
		unknown_year(out, year);
		return;
	}
	for (int i = 0; i < shape->option_count; i++) {
		offered = offered || shape->options[i].remedy == life->want;
		open = open || windows.at[i].inside;
		if (windows.at[i].applies && windows.at[i].ends > deadline)
			deadline = windows.at[i].ends;
	}
	if (deadline != NO_DAY)
		name_end(deadline, day);
	fprintf(out, "{verdict: %s, deadline: %s}", !offered ? "refer" : open ? "accepted" : "refused", day);
}

static void expect_deadline(FILE *out, const struct shape *shape, const struct life *life)
{
	int year = 0;
	struct moment due = simulate_task(&shape->week, &shape->tasks[life->task], life, &year);
	bool done = life->done.day != NO_DAY, missed = later(done ? life->done : life->now, due);
	char text[48];
	if (year) {
		unknown_year(out, year);
		return;
	}
	name_moment(due, text);
	fprintf(out, "{verdict: %s, due: %s", done ? "done" : missed ? "overdue" : "open", text);
	if (done)
		fprintf(out, ", in_time: %s", truth(!missed));
	fputs("}", out);
}

/* ---- what the engine answers, in the same words ---- */

static void answer_windows(FILE *out, const struct svc_answer *answer)
{
	char starts[16], ends[16];
	fputs("windows: [", out);
	for (size_t i = 0; i < answer->window_count; i++) {
		const struct svc_window *window = &answer->windows[i];
		svc_date_format(window->starts, starts);
		svc_date_format(window->ends, ends);
		fprintf(out, "%s{clause: %s, remedy: %s, starts: %s, ends: %s, inside: %s}", i ? ", " : "",
			window->clause, svc_remedy_id(window->remedy), starts, ends, truth(window->inside));
	}
	fputs("]}", out);
}

static void answer_warranty(FILE *out, const struct svc_answer *answer)
{
	char day[16];
	fprintf(out, ", remedy: %s", svc_remedy_id(answer->remedy));
	if (answer->window_count) {
		svc_date_format(answer->starts, day);
		fprintf(out, ", starts: %s", day);
		svc_date_format(answer->ends, day);
		fprintf(out, ", ends: %s", day);
		if (answer->has_days_left)
			fprintf(out, ", days_left: %d", answer->days_left);
	}
	fputs(", ", out);
	answer_windows(out, answer);
}

static void answer_deadline(FILE *out, const struct svc_answer *answer)
{
	char due[32];
	if (answer->due.kind == SVC_MOMENT_DATE)
		svc_date_format((svc_date)answer->due.at, due);
	else
		svc_time_format(answer->due.at, answer->zone, due);
	fprintf(out, ", due: %s", due);
	if (answer->in_time)
		fprintf(out, ", in_time: %s", truth(answer->in_time == SVC_TRUE));
	fputs("}", out);
}

static void answer_text(FILE *out, const struct svc_answer *answer)
{
	char day[16];
	fprintf(out, "{verdict: %s", svc_verdict_id(answer->verdict));
	if (answer->verdict == SVC_VERDICT_INCOMPLETE) {
		fprintf(out, ", missing: [%s]}", answer->missing_count == 1 ? answer->missing[0] : "?");
	} else if (answer->ask == SVC_ASK_WARRANTY) {
		answer_warranty(out, answer);
	} else if (answer->ask == SVC_ASK_RETURN) {
		svc_date_format(answer->deadline, day);
		fprintf(out, ", deadline: %s}", day);
	} else {
		answer_deadline(out, answer);
	}
}

/* ---- one life ---- */

/* The facts of a life as a case gives them. */
static void given_sale(FILE *out, const struct life *life)
{
	struct known known = life_until_claim(life);
	char day[16];
	for (int event = PURCHASE; event < REPLACEMENT; event++) {
		almanac_name(life->at[event], day);
		fprintf(out, "%s: %s, ", event_names[event], day);
	}
	if (known.replaced != NO_DAY) {
		almanac_name(known.replaced, day);
		fprintf(out, "replacement: %s, ", day);
	}
	almanac_name(life->term_ends, day);
	fprintf(out, "term_ends: %s, ", day);
	almanac_name(life->claim, day);
	fprintf(out, "claim: %s, owner: %s, repair_days: %d, km: %d, hours: %d, want: %s", day,
		known.later_owner ? "later" : "original", known.repair_days, known.km, known.hours,
		remedy_names[life->want]);
}

static void given_task(FILE *out, const struct life *life)
{
	char day[16], moment[48];
	almanac_name(life->at[PURCHASE], day);
	fprintf(out, "task: t%d, purchase: %s", life->task, day);
	almanac_name(life->at[DELIVERY], day);
	fprintf(out, ", delivery: %s", day);
	name_moment(life->reported, moment);
	fprintf(out, ", reported: '%s'", moment);
	name_moment(life->appointed, moment);
	fprintf(out, ", appointed: '%s'", moment);
	name_moment(life->now, moment);
	fprintf(out, ", now: '%s'", moment);
	if (life->done.day != NO_DAY) {
		name_moment(life->done, moment);
		fprintf(out, ", done: '%s'", moment);
	}
}

typedef void (*giving)(FILE *out, const struct life *life);
typedef void (*expecting)(FILE *out, const struct shape *shape, const struct life *life);

static const struct question {
	enum svc_ask ask;
	giving given;
	expecting expected;
} questions[] = {{SVC_ASK_WARRANTY, given_sale, expect_warranty},
		 {SVC_ASK_RETURN, given_sale, expect_return},
		 {SVC_ASK_DEADLINE, given_task, expect_deadline}};

static void ask_engine(struct promise *promise, enum svc_ask ask, const char *given, FILE *out)
{
	static struct svc_answer answer; /* its memory is used again */
	struct svc_error err = {0};
	char facts[TEXT_MAX];
	int length = snprintf(facts, sizeof facts, "{%s}", given);
	svc_facts_clear(promise->facts);
	if (svc_facts_read(promise->facts, facts, (size_t)length, true, "life", 1, &err) ||
	    svc_ask(promise->policy, ask, promise->facts, false, &answer, &err))
		fprintf(out, "%s (%s)", err.text, err.field);
	else
		answer_text(out, &answer);
}

static void write_text(char text[TEXT_MAX], FILE **out)
{
	*out = fmemopen(text, TEXT_MAX, "w");
}

/* The three texts of one question: what was given, expected and answered. */
static bool agrees(struct promise *promise, const struct life *life, const struct question *question, const char *id)
{
	char given[TEXT_MAX] = "", expected[TEXT_MAX] = "", answered[TEXT_MAX] = "";
	FILE *out;
	write_text(given, &out);
	question->given(out, life);
	fclose(out);
	write_text(expected, &out);
	question->expected(out, &promise->shape, life);
	fclose(out);
	write_text(answered, &out);
	ask_engine(promise, question->ask, given, out);
	fclose(out);
	if (strcmp(expected, answered) == 0)
		return true;
	fprintf(stderr, "%s\n- id: %s\n  policy: p\n  ask: %s\n  given: {%s}\n  expect: %s\n  # svc says: %s\n",
		promise->pack, id, svc_ask_name(question->ask), given, expected, answered);
	return false;
}

/* ---- all of them ---- */

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 10) : otherwise;
}

static void open_promise(struct promise *promise, uint64_t seed, uint64_t number)
{
	struct svc_error err = {0};
	shape_throw(&promise->shape, dice_of(seed, number));
	promise->pack = shape_pack(&promise->shape);
	promise->policy = pack_of(promise->pack);
	assert_int_equal(svc_facts_new(&promise->facts, promise->policy, &err), SVC_OK);
}

static void close_promise(struct promise *promise)
{
	svc_facts_free(promise->facts);
	svc_policy_free(promise->policy);
	shape_release(&promise->shape);
	free(promise->pack);
}

static void test_lives__end_on_the_day_on_which_the_simulator_ends_them(void **state)
{
	static struct promise promises[SHAPES];
	uint64_t seed = number_from("SEED", 20240229), lives = number_from("LIVES", LIVES);
	char id[80];
	(void)state;
	almanac_walk();
	for (uint64_t i = 0; i < SHAPES; i++)
		open_promise(&promises[i], seed, i);
	for (uint64_t i = 0; i < lives; i++) {
		struct promise *promise = &promises[i % SHAPES];
		struct life life = life_throw(&promise->shape, dice_of(seed ^ UINT64_MAX, i));
		for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
			snprintf(id, sizeof id, "lives/%llu-of-seed-%llu", (unsigned long long)i,
				 (unsigned long long)seed);
			if (!agrees(promise, &life, &questions[q], id))
				fail_msg("a life of seed %llu", (unsigned long long)seed);
		}
	}
	for (int i = 0; i < SHAPES; i++)
		close_promise(&promises[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lives__end_on_the_day_on_which_the_simulator_ends_them),
	};
	return cmocka_run_group_tests_name("lives", tests, NULL, NULL);
}
