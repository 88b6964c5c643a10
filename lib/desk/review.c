/* What follows from the violations of one person, each finding with the records that it stands on; and the months of all. */
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "conduct.h"
#include "store/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the violations that stand ---- */

struct offences {
	struct arena arena;
	struct offence *items;
	size_t count, room;
};

static const char *kept(struct offences *offences, const struct svc_record *record, const char *field)
{
	const char *value = svc_record_value(record, field);
	return value ? arena_strdup(&offences->arena, value) : NULL;
}

static int take_offence(void *context, const struct svc_record *record)
{
	struct offences *offences = context;
	if (strcmp(svc_record_value(record, "state"), "reversed") == 0)
		return 0;
	if (offences->count == offences->room) {
		offences->room = offences->room ? 2 * offences->room : 16;
		offences->items = memory_grow(offences->items, offences->room, sizeof *offences->items);
	}
	offences->items[offences->count++] = (struct offence){.id = kept(offences, record, "id"),
							      .person = kept(offences, record, "person"),
							      .rule = kept(offences, record, "rule"),
							      .on = kept(offences, record, "occurred"),
							      .facts = kept(offences, record, "facts")};
	return 0;
}

static int read_offences(struct offences *offences, struct svc_desk *desk, const struct svc_query *query,
			 struct svc_error *err)
{
	return svc_list(desk, SVC_VIOLATION, query, take_offence, offences, err);
}

static void release_offences(struct offences *offences)
{
	free(offences->items);
	arena_release(&offences->arena);
}

/* ---- the question ---- */

struct reviewing {
	struct svc_desk *desk;
	struct arena arena;
	const char *person;
	svc_date as_of;
	struct gathered_facts facts;
	struct svc_policy *policy;
	struct svc_facts *filled;
};

/* "2026-01=1" */
static bool read_rank(const char *text, struct json *json)
{
	const char *equals = strchr(text, '=');
	char day[16];
	svc_date date;
	if (!equals || equals - text != 7 || !equals[1] || strlen(equals + 1) > 4 ||
	    strspn(equals + 1, "0123456789") != strlen(equals + 1))
		return false;
	snprintf(day, sizeof day, "%.7s-01", text);
	if (!svc_date_parse(day, &date))
		return false;
	day[7] = '\0';
	json_open(json, NULL, '{');
	json_string(json, "month", day);
	json_literal(json, "rank", equals + 1 + strspn(equals + 1, "0"));
	json_close(json, '}');
	return equals[1 + strspn(equals + 1, "0")] != '\0';
}

static int put_ranks(struct reviewing *reviewing, const char *const *ranks, size_t count, struct svc_error *err)
{
	struct strbuf text = {0};
	struct json json = {.out = &text};
	int status = SVC_OK;
	json_open(&json, NULL, '[');
	for (size_t i = 0; status == SVC_OK && i < count; i++)
		if (!read_rank(ranks[i], &json)) {
			status = error_set(err, SVC_BAD_INPUT, _("not a place in a month (2026-01=1): %.40s"),
					   ranks[i]);
			error_field(err, "rank");
		}
	json_close(&json, ']');
	if (status == SVC_OK && count)
		gather_fact(&reviewing->facts, &reviewing->arena, "complaint_rank",
			    arena_strdup(&reviewing->arena, text.text));
	strbuf_release(&text);
	return status;
}

/* The role of the actor who bears the name, where the pack asks for roles and nobody has said it. */
static int put_role(struct reviewing *reviewing, struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	int64_t actor;
	size_t found;
	if (gathered_value(&reviewing->facts, "role") || !svc_facts_place(reviewing->policy, "role", NULL))
		return SVC_OK;
	int status = record_find(reviewing->desk->store, SVC_ACTOR, field_find(SVC_ACTOR, "name"), reviewing->person,
				 FIELD_NONE, NULL, &actor, 1, &found, err);
	if (status == SVC_OK && found)
		status = record_read(reviewing->desk->store, SVC_ACTOR, actor, &reviewing->arena, values, err);
	const char *role = status == SVC_OK && found ? values[field_find(SVC_ACTOR, "role")] : NULL;
	return role ? svc_facts_set(reviewing->filled, "role", role, err) : status;
}

/* The pack on these violations, as of the day; it is not there when policy stays NULL. */
static int open_question(struct reviewing *reviewing, const struct offence *offences, size_t count,
			 struct svc_error *err)
{
	char day[16];
	svc_date_format(reviewing->as_of, day);
	gather_fact(&reviewing->facts, &reviewing->arena, "as_of", arena_strdup(&reviewing->arena, day));
	gather_fact(&reviewing->facts, &reviewing->arena, "violations",
		    offences_json(offences, count, &reviewing->arena));
	int status = conduct_open(reviewing->desk, &reviewing->facts, &reviewing->policy, &reviewing->filled, err);
	return status == SVC_OK && reviewing->policy ? put_role(reviewing, err) : status;
}

static void close_question(struct reviewing *reviewing, bool with_policy)
{
	svc_facts_free(reviewing->filled);
	if (with_policy)
		svc_policy_free(reviewing->policy);
	arena_release(&reviewing->arena);
}

static int today(struct svc_desk *desk, svc_date *day, struct svc_error *err)
{
	const struct svc_zone *zone;
	int status = desk_zone(desk, &zone, err);
	if (status == SVC_OK)
		*day = svc_zone_date(zone, desk->options.now);
	return status;
}

/* ---- findings ---- */

struct finding {
	const struct offences *offences;
	const struct svc_answer *answer;
	struct arena arena;
	const char *records; /* of the clause that is looked at */
};

static bool is_listed(const char *list, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = list; at && (at = strstr(at, word)); at += length)
		if ((at == list || at[-1] == ',') && (!at[length] || at[length] == ','))
			return true;
	return false;
}

static void cite(struct finding *finding, const char *record)
{
	if (finding->records && is_listed(finding->records, record))
		return;
	finding->records = finding->records ? arena_printf(&finding->arena, "%s,%s", finding->records, record)
					    : arena_strdup(&finding->arena, record);
}

/* `day`: of violations "2026-01-03", of places in a ranking "2026-01", or the last day of the month; `rule` NULL: of any. */
static void cite_day(struct finding *finding, const char *day, const char *rule)
{
	char month[8];
	bool found = false;
	for (size_t i = 0; i < finding->offences->count; i++) {
		const struct offence *offence = &finding->offences->items[i];
		if (strcmp(offence->on, day) != 0 || (rule && strcmp(offence->rule, rule) != 0))
			continue;
		cite(finding, offence->id);
		found = true;
	}
	snprintf(month, sizeof month, "%.7s", day);
	if (!found)
		cite(finding, month);
}

/* A rule was tried for one violation ("2026-01-03 rule"), or counted several. */
static void cite_step(struct finding *finding, const struct svc_step *step)
{
	char day[16];
	if (step->about && strlen(step->about) > 11) {
		snprintf(day, sizeof day, "%.10s", step->about);
		cite_day(finding, day, step->about + 11);
	}
	for (size_t i = 0; i < step->sum_count; i++)
		for (size_t k = 0; strcmp(step->sums[i].how, "count") == 0 && k < step->sums[i].of_count; k++)
			cite_day(finding, step->sums[i].of[k].value, NULL);
}

/* The fines of a clause; those of no violation are for a place in the ranking of their month. */
static svc_money fines_of(struct finding *finding, const char *clause)
{
	svc_money sum = SVC_MONEY_NONE;
	bool by_rank = !finding->records;
	for (size_t i = 0; i < finding->answer->row_count; i++) {
		const struct svc_row *row = &finding->answer->rows[i];
		char day[16];
		if (strcmp(row->clause, clause) != 0)
			continue;
		sum = row->amount + (sum == SVC_MONEY_NONE ? 0 : sum);
		svc_date_format((svc_date)row->from.at, day);
		day[7] = '\0';
		if (by_rank)
			cite(finding, day);
	}
	return sum;
}

static const char *text_of(const struct svc_answer *answer, const char *clause)
{
	for (size_t i = 0; i < answer->why_count; i++)
		if (strcmp(answer->why[i].clause, clause) == 0 && *answer->why[i].text)
			return answer->why[i].text;
	return NULL;
}

static void tell_findings(const struct offences *offences, const struct svc_answer *answer, svc_finding_seen seen,
			  void *context)
{
	struct finding finding = {.offences = offences, .answer = answer};
	bool stop = false;
	for (size_t i = 0; i < answer->clause_count && !stop; i++) {
		const char *clause = answer->clauses[i];
		finding.records = NULL;
		for (size_t k = 0; k < answer->tried_count; k++)
			if (answer->tried[k].holds == SVC_TRUE && strcmp(answer->tried[k].clause, clause) == 0)
				cite_step(&finding, &answer->tried[k]);
		struct svc_finding told = {.clause = clause,
					   .text = text_of(answer, clause),
					   .fine = fines_of(&finding, clause),
					   .digits = answer->currency_digits,
					   .records = finding.records};
		if (finding.records)
			stop = seen(context, &told);
	}
	arena_release(&finding.arena);
}

static int no_pack(struct svc_error *err)
{
	error_set(err, SVC_USAGE, _("no policy pack with rules of conduct answers"));
	error_hint(err, _("name one with --policy PACK; svc policy list shows them"));
	return SVC_USAGE;
}

static int prepare(struct reviewing *reviewing, const struct svc_conduct_case *one, struct svc_error *err)
{
	int status = conduct_person(reviewing->desk, one->person, &reviewing->arena, &reviewing->person, err);
	reviewing->as_of = one->as_of;
	if (status == SVC_OK && one->as_of == SVC_DATE_NONE)
		status = today(reviewing->desk, &reviewing->as_of, err);
	for (size_t i = 0; i < one->fact_count; i++)
		gather_fact(&reviewing->facts, &reviewing->arena, one->facts[i].field, one->facts[i].value);
	return status == SVC_OK ? put_ranks(reviewing, one->ranks, one->rank_count, err) : status;
}

int svc_conduct_review(struct svc_desk *desk, const struct svc_conduct_case *one, struct svc_answer *answer,
		       struct svc_policy **policy, svc_finding_seen seen, void *context, struct svc_error *err)
{
	struct reviewing reviewing = {.desk = desk};
	struct offences offences = {0};
	struct svc_match match = {.field = "person"};
	struct svc_query query = {.matches = &match, .match_count = 1};
	*answer = (struct svc_answer){0};
	int status = prepare(&reviewing, one, err);
	match.from = match.to = reviewing.person;
	if (status == SVC_OK)
		status = read_offences(&offences, desk, &query, err);
	if (status == SVC_OK)
		status = open_question(&reviewing, offences.items, offences.count, err);
	if (status == SVC_OK && !reviewing.policy)
		status = no_pack(err);
	if (status == SVC_OK)
		status = svc_ask(reviewing.policy, SVC_ASK_CONDUCT, reviewing.filled, true, answer, err);
	if (status == SVC_OK)
		tell_findings(&offences, answer, seen, context);
	*policy = reviewing.policy;
	release_offences(&offences);
	close_question(&reviewing, false);
	return status;
}

/* ---- a month of all ---- */

struct ranking {
	struct svc_desk *desk;
	struct offences offences; /* of the month, by person */
	svc_date last; /* day of the month */
	const struct svc_assignment *facts;
	size_t fact_count;
	struct svc_conduct_place *places;
	size_t count;
};

static int by_person(const void *a, const void *b)
{
	const struct offence *one = a, *other = b;
	int order = strcmp(one->person, other->person);
	return order ? order : strcmp(one->on, other->on);
}

static int by_place(const void *a, const void *b)
{
	const struct svc_conduct_place *one = a, *other = b;
	if (one->fines != other->fines)
		return one->fines > other->fines ? -1 : 1;
	if (one->violations != other->violations)
		return one->violations > other->violations ? -1 : 1;
	return strcmp(one->person, other->person);
}

static int ask_fines(struct ranking *ranking, const struct offence *first, struct svc_conduct_place *place,
		     struct svc_error *err)
{
	struct reviewing reviewing = {.desk = ranking->desk, .person = first->person, .as_of = ranking->last};
	struct svc_answer answer = {0};
	for (size_t i = 0; i < ranking->fact_count; i++)
		gather_fact(&reviewing.facts, &reviewing.arena, ranking->facts[i].field, ranking->facts[i].value);
	int status = open_question(&reviewing, first, (size_t)place->violations, err);
	if (status == SVC_OK && reviewing.policy)
		status = svc_ask(reviewing.policy, SVC_ASK_CONDUCT, reviewing.filled, false, &answer, err);
	if (status == SVC_OK && reviewing.policy && answer.verdict != SVC_VERDICT_INCOMPLETE)
		place->fines = answer.total;
	place->digits = answer.currency_digits;
	svc_answer_release(&answer);
	close_question(&reviewing, true);
	return status;
}

/* Those of one person stand together from `first` on. *next: where the next one begins. */
static int add_place(struct ranking *ranking, size_t first, size_t *next, struct svc_error *err)
{
	struct offences *offences = &ranking->offences;
	struct svc_conduct_place *place = &ranking->places[ranking->count++];
	const char *records = NULL;
	size_t i = first;
	for (; i < offences->count && strcmp(offences->items[i].person, offences->items[first].person) == 0; i++)
		records = records ? arena_printf(&offences->arena, "%s,%s", records, offences->items[i].id)
				  : offences->items[i].id;
	*place = (struct svc_conduct_place){.person = offences->items[first].person,
					    .violations = (int64_t)(i - first),
					    .fines = SVC_MONEY_NONE,
					    .records = records};
	*next = i;
	return ask_fines(ranking, &offences->items[first], place, err);
}

static void tell_places(struct ranking *ranking, svc_conduct_place_seen seen, void *context)
{
	struct svc_conduct_place *places = ranking->places;
	if (ranking->count)
		qsort(places, ranking->count, sizeof *places, by_place);
	for (size_t i = 0; i < ranking->count; i++) {
		bool same = i && places[i].fines == places[i - 1].fines &&
			    places[i].violations == places[i - 1].violations;
		places[i].place = same ? places[i - 1].place : (int64_t)i + 1;
		if (seen(context, &places[i]))
			break;
	}
}

static int read_month(struct ranking *ranking, svc_date month, struct svc_error *err)
{
	char from[16], to[16];
	int year, of_year, day, past;
	svc_date_split(month, &year, &of_year, &day);
	svc_date first = month - (day - 1);
	svc_date_split(first + 31, &year, &of_year, &past); /* some days into the next */
	ranking->last = first + 31 - past;
	svc_date_format(first, from);
	svc_date_format(ranking->last, to);
	struct svc_match match = {"occurred", from, to};
	struct svc_query query = {.matches = &match, .match_count = 1, .sort = "occurred"};
	int status = read_offences(&ranking->offences, ranking->desk, &query, err);
	if (status == SVC_OK && ranking->offences.count)
		qsort(ranking->offences.items, ranking->offences.count, sizeof *ranking->offences.items, by_person);
	return status;
}

int svc_conduct_rank(struct svc_desk *desk, svc_date month, const struct svc_assignment *facts, size_t fact_count,
		     svc_conduct_place_seen seen, void *context, struct svc_error *err)
{
	struct ranking ranking = {.desk = desk, .facts = facts, .fact_count = fact_count};
	int status = month == SVC_DATE_NONE ? today(desk, &month, err) : SVC_OK;
	if (status == SVC_OK)
		status = read_month(&ranking, month, err);
	if (status == SVC_OK)
		ranking.places = arena_alloc(&ranking.offences.arena,
					     (ranking.offences.count + 1) * sizeof *ranking.places);
	for (size_t i = 0; status == SVC_OK && i < ranking.offences.count;)
		status = add_place(&ranking, i, &i, err);
	if (status == SVC_OK)
		tell_places(&ranking, seen, context);
	release_offences(&ranking.offences);
	return status;
}
