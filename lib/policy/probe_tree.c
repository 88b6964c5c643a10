/* The edges of lists and maps: a reading at its limit and just past it, a visit that touches another one, and candidates of whom each
   thing that counts tells one from the next. */
#include "probe.h"

#include "dispatch.h"

#include "base/error.h"
#include "base/strbuf.h"

#include "svc/text.h"

#include <string.h>

static bool hand_on_tree(struct edges *edges, uint16_t fact, const char *json, const char *words)
{
	const struct maker *maker = edges->maker;

	memcpy(maker->facts->values, edges->base, maker->facts->count * sizeof *edges->base);
	give_tree(edges->maker, fact, json);
	complete_case(edges->maker);
	return edges->seen(edges, words);
}

static const struct said *said_in(const struct edges *edges, enum saying saying)
{
	const struct entry *entry = edges->rule->entry;

	for (uint32_t i = 0; i < entry->said.count; i++) {
		const struct said *said = PACK_ITEM(edges->maker->head, entry->said, struct said, i);

		if (said->saying == saying)
			return said;
	}
	return NULL;
}

/* ---- readings ---- */

static bool hand_on_reading(struct edges *edges, int64_t reading)
{
	const struct pack_head *head = edges->maker->head;
	uint16_t task = *PACK_ITEM(head, edges->rule->entry->groups, uint16_t, 0);
	struct strbuf json = {0};
	char number[32];
	bool going;

	svc_number_format(reading, number);
	strbuf_printf(&json, "{\"%s\": %s}",
		      pack_text(head, PACK_ITEM(head, fact_of(head, F_TASK)->words, struct pack_word, task)->id),
		      number);
	going = hand_on_tree(edges, F_READINGS, json.text, arena_printf(edges->memory, _("the reading is %s"), number));
	strbuf_release(&json);
	return going;
}

/* In steps as fine as the limit is written. */
static int64_t fine_step(int64_t limit)
{
	int64_t step = SVC_NUMBER_ONE;

	while (step > 1 && limit % step)
		step /= 10;
	return step;
}

static bool at_limit(struct edges *edges, int64_t limit)
{
	int64_t step = fine_step(limit);

	return hand_on_reading(edges, limit - step) && hand_on_reading(edges, limit) &&
	       hand_on_reading(edges, limit + step);
}

static int64_t bound_of(const struct edges *edges, int64_t bound, uint16_t setting)
{
	return setting && edges->base[setting].known ? edges->base[setting].number : bound;
}

static bool limits_of(struct edges *edges, pack_ref condition)
{
	const struct pack_head *head = edges->maker->head;
	const struct cond *cond = pack_at(head, condition);
	const struct pack_fact *reading = fact_of(head, F_READING);
	int64_t low = bound_of(edges, cond->low, cond->low_setting),
		high = bound_of(edges, cond->high, cond->high_setting);

	for (uint32_t i = 0; i < cond->kids.count; i++)
		if (!limits_of(edges, *PACK_ITEM(head, cond->kids, pack_ref, i)))
			return false;
	if (cond->op != COND_RANGE)
		return true;
	return (low <= reading->low || at_limit(edges, low)) && (high >= reading->high || at_limit(edges, high));
}

static bool edges_of_reading(struct edges *edges)
{
	const struct said *pass = said_in(edges, SAY_PASS), *target = said_in(edges, SAY_READING_TARGET);
	const struct said *tolerance = said_in(edges, SAY_READING_TOLERANCE);
	int64_t middle, off;

	if (pass)
		return limits_of(edges, pass->at.at);
	if (!target || !tolerance)
		return true;
	middle = bound_of(edges, target->number, target->setting);
	off = bound_of(edges, tolerance->number, tolerance->setting);
	return at_limit(edges, middle - off) && at_limit(edges, middle + off);
}

/* ---- visits ---- */

static bool hand_on_job(struct edges *edges, svc_time from, svc_time to, const char *words)
{
	const struct svc_zone *zone = edges->maker->policy->zone;
	char starts[32], ends[32];

	svc_time_format(from, zone, starts);
	svc_time_format(to, zone, ends);
	return hand_on_tree(
		edges, F_JOBS,
		arena_printf(edges->memory, "[{\"id\": \"A-1\", \"from\": \"%s\", \"to\": \"%s\"}]", starts, ends),
		words);
}

/* One that ends as this one begins, and one that begins as this one ends; a minute more of either is in the way. */
static bool edges_of_jobs(struct edges *edges)
{
	struct svc_answer answer = {0};
	struct pass pass = {.policy = edges->maker->policy,
			    .head = edges->maker->head,
			    .values = edges->base,
			    .answer = &answer,
			    .memory = &edges->maker->tries};
	struct taken taken;

	if (!edges->base[F_APPOINTED].known)
		return true;
	taken = visit_takes(&pass);
	return hand_on_job(edges, taken.from - 3600, taken.from, _("another visit ends as this one begins")) &&
	       hand_on_job(edges, taken.from - 3600, taken.from + 60, _("another visit ends a minute later")) &&
	       hand_on_job(edges, taken.to, taken.to + 3600, _("another visit begins as this one ends")) &&
	       hand_on_job(edges, taken.to - 60, taken.to + 3600, _("another visit begins a minute earlier"));
}

/* ---- candidates ---- */

/* The second of two, better in one thing and worse in all that counts less. */
static const char *two_candidates(struct edges *edges, const char *counts, const char *skills)
{
	const struct svc_zone *zone = edges->maker->policy->zone;
	svc_time now = edges->base[F_NOW].number;
	char early[32], late[32];
	bool id = !strcmp(counts, "id"), free_at = !strcmp(counts, "free_at"), jobs = !strcmp(counts, "open_jobs");
	bool able = !strcmp(counts, "skills");

	svc_time_format(now - 3600, zone, early);
	svc_time_format(now - 1800, zone, late);
	return arena_printf(edges->memory,
			    "[{\"id\": \"%s\", \"skills\": [%s], \"free_at\": \"%s\", \"open_jobs\": %d}, "
			    "{\"id\": \"%s\", \"skills\": [%s], \"free_at\": \"%s\", \"open_jobs\": %d}]",
			    id ? "B" : "A", able ? "" : skills, free_at ? late : early, jobs ? 2 : 1, id ? "A" : "B",
			    skills, early, 1);
}

/* All skills that a pack lists, so that only what is compared tells the two apart. */
static const char *every_skill(struct edges *edges)
{
	const struct pack_head *head = edges->maker->head;
	const struct pack_list words = fact_of(head, F_SKILLS)->words;
	const char *skills = "";

	for (uint32_t i = 0; i < words.count; i++)
		skills = arena_printf(edges->memory, "%s%s\"%s\"", skills, i ? ", " : "",
				      pack_text(head, PACK_ITEM(head, words, struct pack_word, i)->id));
	return skills;
}

static const char *title_of_choice(const char *counts)
{
	static const struct {
		const char *id, *title;
	} titles[] = {{"skills", N_("skills")},
		      {"free_at", N_("the time of being free")},
		      {"open_jobs", N_("the number of open jobs")},
		      {"id", N_("the id")}};

	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (!strcmp(titles[i].id, counts))
			return _(titles[i].title);
	return counts;
}

static bool edges_of_candidates(struct edges *edges)
{
	const struct pack_head *head = edges->maker->head;
	const struct said *choose = said_in(edges, SAY_CHOOSE);
	const char *skills = every_skill(edges);

	if (*skills && !edges->base[F_NEEDS].number)
		edges->base[F_NEEDS] = value_given(fact_of(head, F_NEEDS), 1); /* the first of them */

	for (uint32_t i = 0; choose && i < choose->at.count; i++) {
		const char *counts = pack_text(head, *PACK_ITEM(head, choose->at, pack_ref, i));

		if (!hand_on_tree(edges, F_CANDIDATES, two_candidates(edges, counts, skills),
				  arena_printf(edges->memory, _("the second candidate is better by %s"),
					       title_of_choice(counts))))
			return false;
	}
	return true;
}

bool edges_of_trees(struct edges *edges)
{
	if (edges->rule->kind != RULE_ENTRY)
		return true;
	switch (edges->rule->list) {
	case ENTRIES_READINGS:
		return edges_of_reading(edges);
	case ENTRIES_DISPATCH:
	case ENTRIES_DISPATCH_REQUIRES:
		return edges_of_jobs(edges);
	case ENTRIES_DISPATCH_CHOOSE:
		return edges_of_candidates(edges);
	default:
		return true;
	}
}
