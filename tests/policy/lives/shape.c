#include "shape.h"

#include "almanac.h"

#include <stdlib.h>

const char *const event_names[EVENTS] = {"purchase", "delivery", "installation", "replacement"};
const char *const remedy_names[REMEDIES] = {"refund", "replace", "exchange", "repair"};

/* ---- chance ---- */

static uint64_t stirred(uint64_t state)
{
	state = (state ^ state >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	state = (state ^ state >> 27) * UINT64_C(0x94d049bb133111eb);
	return state ^ state >> 31;
}

struct dice dice_of(uint64_t seed, uint64_t turn)
{
	return (struct dice){stirred(stirred(seed) + turn)};
}

int dice_throw(struct dice *dice, int sides)
{
	dice->state += UINT64_C(0x9e3779b97f4a7c15);
	return (int)(stirred(dice->state) % (uint64_t)sides);
}

bool dice_chance(struct dice *dice, int per_cent)
{
	return dice_throw(dice, 100) < per_cent;
}

/* ---- throwing a shape ---- */

static struct length throw_length(struct dice *dice, enum unit units)
{
	static const int most[] = {
		[DAYS] = 800,   [WEEKS] = 120, [MONTHS] = 60,    [YEARS] = 10,         [WORKING_DAYS] = 40,
		[LIFETIME] = 1, [HOURS] = 400, [MINUTES] = 3000, [WORKING_HOURS] = 60, [WORKING_MINUTES] = 900};
	struct length length = {(enum unit)dice_throw(dice, (int)units), 1};
	if (length.unit == LIFETIME && !dice_chance(dice, 20))
		length.unit = YEARS;
	length.count += dice_throw(dice, most[length.unit]);
	return length;
}

static struct term throw_term(struct dice *dice)
{
	struct term term = {.from = (enum event)dice_throw(dice, REPLACEMENT),
			    .remedy = (enum remedy)dice_throw(dice, REMEDIES),
			    .lasts = throw_length(dice, UNITS_OF_TERMS),
			    .restarts = dice_chance(dice, 30),
			    .first_owner = dice_chance(dice, 20),
			    .pauses = dice_chance(dice, 30),
			    .rolls = dice_chance(dice, 30),
			    .stated = dice_chance(dice, 10)};
	if (dice_chance(dice, 15))
		term.for_replaced = true;
	if (dice_chance(dice, 20))
		term.km = 1000 * (1 + dice_throw(dice, 100));
	if (dice_chance(dice, 10))
		term.hours = 50 * (1 + dice_throw(dice, 100));
	if (term.lasts.unit == LIFETIME || term.stated) /* a length of time alone is cut short by use */
		term.km = term.hours = 0;
	return term;
}

static void throw_openings(struct dice *dice, struct week *week)
{
	int minute = 30 * dice_throw(dice, 20);
	week->openings = 1 + dice_throw(dice, OPENINGS_MAX);
	for (int i = 0; i < week->openings; i++) {
		week->opens[i] = minute;
		minute += 15 * (1 + dice_throw(dice, 16));
		week->closes[i] = minute;
		minute += 15 * dice_throw(dice, 5);
	}
}

static void throw_week(struct dice *dice, struct week *week)
{
	week->there = dice_chance(dice, 80);
	week->exceptions = calloc(ALMANAC_DAYS + 1, 1);
	for (int day = 1; day <= 7; day++)
		week->works[day] = day == 1 || dice_chance(dice, day < 6 ? 90 : 25);
	week->holidays = dice_chance(dice, 60);
	week->first = dice_chance(dice, 90) ? 2000 : 2016;
	week->last = dice_chance(dice, 80) ? 2000 + ALMANAC_YEARS - 10 : 2030;
	for (int runs = 0; runs < 250; runs++) {
		int place = dice_throw(dice, ALMANAC_DAYS - 40), days = 1 + dice_throw(dice, 9);
		signed char kind = dice_chance(dice, 70) ? 1 : 2;
		for (; days; days--, place++)
			if (week->holidays && almanac_day(place).year >= week->first &&
			    almanac_day(place).year <= week->last)
				week->exceptions[place] = kind;
	}
	throw_openings(dice, week);
}

/* Working hours need opening hours, so a pack whose every day is one of work counts none. */
static void throw_task(struct dice *dice, const struct week *week, struct task *task)
{
	enum unit units = week->there ? WORKING_MINUTES + 1 : WORKING_HOURS;
	*task = (struct task){.rolls = dice_chance(dice, 40)};
	task->kind = dice_throw(dice, EARLIER_OF_TWO + 1);
	if (task->kind != FROM_TIME && task->kind != BEFORE_TIME)
		units = LIFETIME;
	task->by = throw_length(dice, units);
	while (task->by.unit == LIFETIME)
		task->by = throw_length(dice, units);
	task->other = throw_length(dice, LIFETIME);
}

void shape_throw(struct shape *shape, struct dice dice)
{
	*shape = (struct shape){.term_count = 1 + dice_throw(&dice, TERMS_MAX),
				.option_count = 1 + dice_throw(&dice, TERMS_MAX)};
	throw_week(&dice, &shape->week);
	for (int i = 0; i < shape->term_count; i++)
		shape->terms[i] = throw_term(&dice);
	for (int i = 0; i < shape->option_count; i++) {
		shape->options[i] = throw_term(&dice);
		shape->options[i].remedy = i == 0 || dice_chance(&dice, 60) ? REFUND : EXCHANGE;
	}
	for (int i = 0; i < TASKS; i++)
		throw_task(&dice, &shape->week, &shape->tasks[i]);
}

void shape_release(struct shape *shape)
{
	free(shape->week.exceptions);
}

/* ---- as a pack ---- */

static void write_length(FILE *out, struct length length)
{
	static const char *const names[] = {"days",     "weeks", "months",  "years",         "working days",
					    "lifetime", "hours", "minutes", "working hours", "working minutes"};
	if (length.unit == LIFETIME)
		fputs("lifetime", out);
	else
		fprintf(out, "%d %s", length.count, names[length.unit]);
}

static void write_days(FILE *out, const struct week *week, const char *key, int kind)
{
	const char *comma = "";
	char day[16];
	fprintf(out, ", %s: [", key);
	for (int place = 0; place < ALMANAC_DAYS; place++)
		if (week->exceptions[place] == kind) {
			almanac_name(place, day);
			fprintf(out, "%s%s", comma, day);
			comma = ", ";
		}
	fputs("]", out);
}

static void write_week(FILE *out, const struct week *week)
{
	static const char *const days[] = {"", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	const char *comma = "";
	fprintf(out, "calendar: {holidays: %s, week: [", week->holidays ? "true" : "false");
	for (int day = 1; day <= 7; day++)
		if (week->works[day]) {
			fprintf(out, "%s%s", comma, days[day]);
			comma = ", ";
		}
	fputs("], hours: [", out);
	for (int i = 0; i < week->openings; i++)
		fprintf(out, "%s'%02d:%02d-%02d:%02d'", i ? ", " : "", week->opens[i] / 60, week->opens[i] % 60,
			week->closes[i] / 60, week->closes[i] % 60);
	fputs("]", out);
	if (week->holidays) {
		fputs(", years: [", out);
		for (int year = week->first; year <= week->last; year++)
			fprintf(out, "%s%d", year > week->first ? ", " : "", year);
		fputs("]", out);
		write_days(out, week, "off", 1);
		write_days(out, week, "on", 2);
	}
	fputs("}\n", out);
}

static void write_when(FILE *out, const struct term *term)
{
	if (!term->first_owner && !term->for_replaced)
		return;
	fprintf(out, ", when: {%s%s%s}", term->first_owner ? "owner: original" : "",
		term->first_owner && term->for_replaced ? ", " : "",
		term->for_replaced ? "replacement: {is: known}" : "");
}

static void write_lasts(FILE *out, const struct term *term)
{
	if (term->stated) {
		fputs(", until: term_ends", out);
		return;
	}
	fputs(term->km || term->hours ? ", lasts: {time: " : ", lasts: ", out);
	write_length(out, term->lasts);
	if (term->km)
		fprintf(out, ", km: %d", term->km);
	if (term->hours)
		fprintf(out, ", hours: %d", term->hours);
	fputs(term->km || term->hours ? "}" : "", out);
}

static void write_term(FILE *out, const struct term *term, int clause)
{
	fprintf(out, "    - {clause: p.%d, remedy: %s", clause, remedy_names[term->remedy]);
	if (term->for_replaced)
		fputs(", from: replacement", out);
	else if (term->restarts)
		fprintf(out, ", from: [replacement, %s]", event_names[term->from]);
	else
		fprintf(out, ", from: %s", event_names[term->from]);
	write_lasts(out, term);
	fprintf(out, "%s%s", term->pauses ? ", pauses: repair" : "", term->rolls ? ", rolls: true" : "");
	write_when(out, term);
	fputs("}\n", out);
}

static void write_task(FILE *out, const struct task *task, int number)
{
	static const char *const begins[] = {
		"{after: delivery, by: ",   "{after: reported, by: ",         "{before: delivery, by: ",
		"{before: appointed, by: ", "{most: [{after: delivery, by: ", "{least: [{after: delivery, by: "};
	fprintf(out, "  - {clause: p.%d, task: t%d, due: %s", 90 + number, number, begins[task->kind]);
	write_length(out, task->by);
	if (task->kind == LATER_OF_TWO || task->kind == EARLIER_OF_TWO) {
		fputs("}, {after: purchase, by: ", out);
		write_length(out, task->other);
		fputs("}]", out);
	}
	fprintf(out, "}%s}\n", task->rolls ? ", rolls: true" : "");
}

static const char head[] =
	"policy: p\ntitle: {en: P, zh: 甲}\neffective: 2000-01-01\ncurrency: CNY\ntimezone: Asia/Shanghai\n"
	"facts:\n  term_ends: {date: true, title: {en: end of the contract, zh: 合同止期}}\n"
	"  task: {one_of: {t0: {en: task 0, zh: 任务0}, t1: {en: task 1, zh: 任务1}, t2: {en: task 2, zh: 任务2},\n"
	"    t3: {en: task 3, zh: 任务3}, t4: {en: task 4, zh: 任务4}, t5: {en: task 5, zh: 任务5}}}\n";

char *shape_pack(const struct shape *shape)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	fputs(head, out);
	if (shape->week.there)
		write_week(out, &shape->week);
	else
		fputs("calendar: {week: [mon, tue, wed, thu, fri, sat, sun]}\n", out);
	fputs("warranty:\n  terms:\n", out);
	for (int i = 0; i < shape->term_count; i++)
		write_term(out, &shape->terms[i], 1 + i);
	fputs("returns:\n  options:\n", out);
	for (int i = 0; i < shape->option_count; i++)
		write_term(out, &shape->options[i], 11 + i);
	fputs("deadlines:\n", out);
	for (int i = 0; i < TASKS; i++)
		write_task(out, &shape->tasks[i], i);
	fclose(out);
	return text;
}
