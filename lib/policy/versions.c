#include "versions.h"
#include "find.h"

#include "base/error.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* ---- the shelf ---- */

/* The version at a path, opened if it is not yet; its number. */
static int version_at(struct versions *versions, const char *path, svc_date day, uint32_t *number,
		      struct svc_error *err)
{
	struct svc_policy *policy;
	int status;

	for (uint32_t i = 0; i < versions->count; i++)
		if (!strcmp(svc_policy_file(versions->items[i]->policy), path)) {
			*number = i + 1;
			return SVC_OK;
		}
	status = svc_policy_open(&policy, versions->name, day, versions->places, err);
	if (status)
		return status;
	versions->items = memory_grow(versions->items, versions->count + 1, sizeof(struct version *));
	versions->items[versions->count] = memory_get(sizeof(struct version));
	versions->items[versions->count++]->policy = policy;
	*number = (uint32_t)versions->count;
	return SVC_OK;
}

static int version_on(struct versions *versions, svc_date day, struct version **out, struct svc_error *err)
{
	struct version_day *place = versions->several ? &versions->days[(uint32_t)day & (VERSION_DAYS - 1)] : NULL;
	struct found_pack found;
	int status = SVC_OK;

	if (place && (!place->number || place->day != day)) {
		uint32_t number = 0;

		status = pack_find(&found, versions->name, day, versions->places, err);
		if (!status)
			status = version_at(versions, found.path, day, &number, err);
		free(found.path);
		if (!status)
			*place = (struct version_day){day, number};
	}
	if (!status)
		*out = versions->items[place ? place->number - 1 : 0];
	return status;
}

/* Whether the name leads to another file when the day is another. */
static bool has_several(const struct versions *versions)
{
	struct found_pack oldest = {0}, newest = {0};
	bool several = !pack_find(&oldest, versions->name, svc_date_of(1900, 1, 1), versions->places, NULL) &&
		       !pack_find(&newest, versions->name, SVC_DATE_NONE, versions->places, NULL) &&
		       strcmp(oldest.path, newest.path) != 0;

	free(oldest.path);
	free(newest.path);
	return several;
}

int versions_open(struct versions *versions, const char *name, const struct svc_policy_places *places, svc_date day,
		  struct svc_error *err)
{
	struct found_pack found;
	uint32_t number;
	int status;

	*versions = (struct versions){.name = name, .places = places};
	status = pack_find(&found, name, day, places, err);
	if (!status)
		status = version_at(versions, found.path, day, &number, err);
	free(found.path);
	if (status)
		return status;
	versions->several = has_several(versions);
	if (versions->several)
		versions->days = memory_get(VERSION_DAYS * sizeof *versions->days);
	return SVC_OK;
}

void versions_release(struct versions *versions)
{
	for (size_t i = 0; i < versions->count; i++) {
		struct version *version = versions->items[i];

		svc_facts_free(version->facts);
		svc_policy_free(version->policy);
		free(version->places);
		free(version);
	}
	free(versions->items);
	free(versions->days);
	*versions = (struct versions){0};
}

struct svc_policy *versions_take(struct version *version)
{
	struct svc_policy *policy = version->policy;

	svc_facts_free(version->facts);
	version->facts = NULL;
	version->policy = NULL;
	return policy;
}

/* ---- the rule ---- */

bool answers_by_question(const struct svc_policy *policy, enum svc_ask ask)
{
	return policy->head->by_question >> ask & 1;
}

int versions_answering(struct versions *versions, enum svc_ask ask, svc_date sale, svc_date question,
		       struct version **out, struct svc_error *err)
{
	int status = version_on(versions, question, out, err);

	if (status || sale == SVC_DATE_NONE || answers_by_question((*out)->policy, ask))
		return status;
	return version_on(versions, sale, out, err);
}

/* ---- its facts ---- */

/* Lenient: a fact that this version does not take is passed over. */
static int fill(struct version *version, const struct version_question *question, bool lenient, struct svc_error *err)
{
	int status = SVC_OK;

	if (question->own_settings) {
		svc_facts_free(version->facts);
		version->facts = NULL;
	}
	if (version->facts)
		svc_facts_clear(version->facts);
	else
		status = svc_facts_new(&version->facts, version->policy, err);
	if (status)
		return status;
	version->facts->lenient = lenient;
	version->facts->passed_over = false;
	status = question->fill(question->context, version, err);
	version->facts->lenient = false;
	if (!status)
		svc_facts_now(version->facts, question->now);
	return status;
}

static void settle_word(struct svc_facts *facts, uint16_t fact, const char *name, const char *word)
{
	if (facts->values[fact].known)
		return;
	if (!*word || svc_facts_set(facts, name, word, NULL))
		fact_write(facts, fact, (struct fact_value){.settled = true});
}

static const char *term_word(const struct svc_answer *answer)
{
	for (size_t i = 0; i < answer->window_count; i++)
		if (answer->windows[i].inside)
			return "true";
	return answer->verdict == SVC_VERDICT_INCOMPLETE ? "" : "false";
}

/* What the version of the sale leaves open stays open: the version that answers has a warranty of its own, which is not meant. */
static void settle(struct svc_facts *facts, const struct svc_answer *warranty)
{
	bool decided = warranty->verdict != SVC_VERDICT_INCOMPLETE;

	settle_word(facts, F_VERDICT, "verdict", decided ? svc_verdict_id(warranty->verdict) : "");
	settle_word(facts, F_LABOR, "labor", decided ? svc_basis_id(warranty->labor) : "");
	settle_word(facts, F_PARTS, "parts", decided ? svc_basis_id(warranty->parts) : "");
	settle_word(facts, F_IN_TERM, "in_term", term_word(warranty));
}

static int settle_warranty(struct versions *versions, const struct version_question *question, svc_date sale,
			   struct version *answering, struct svc_error *err)
{
	struct svc_answer warranty = {0};
	struct version *sold;
	int status = version_on(versions, sale, &sold, err);

	if (status || sold == answering || answering->facts->values[F_VERDICT].known ||
	    !svc_policy_answers(sold->policy, SVC_ASK_WARRANTY))
		return status;
	status = fill(sold, question, true, err);
	if (!status)
		status = svc_ask(sold->policy, SVC_ASK_WARRANTY, sold->facts, false, &warranty, err);
	if (!status)
		settle(answering->facts, &warranty);
	svc_answer_release(&warranty);
	return status;
}

int versions_fill(struct versions *versions, const struct version_question *question, struct version **out,
		  struct svc_error *err)
{
	struct version *first = *out = versions->items[0];
	int status = fill(first, question, versions->several, err);
	svc_date sale;

	if (status || !versions->several)
		return status;
	sale = svc_facts_sale(first->facts);
	status = versions_answering(versions, question->ask, sale, facts_question(first->facts, question->now), out,
				    err);
	if (!status && (*out != first || first->facts->passed_over))
		status = fill(*out, question, false, err);
	if (!status && sale != SVC_DATE_NONE && question->ask != SVC_ASK_WARRANTY &&
	    answers_by_question((*out)->policy, question->ask))
		status = settle_warranty(versions, question, sale, *out, err);
	return status;
}

bool svc_policy_decides(const struct svc_policy *policy, const char *name, enum svc_ask ask,
			const struct svc_facts *facts, svc_time now, const struct svc_policy_places *places)
{
	svc_date sale = svc_facts_sale(facts), question = facts_question(facts, now);
	struct versions versions;
	struct version *answering, *sold;
	bool alone;

	if (versions_open(&versions, name, places, question, NULL))
		return false;
	alone = !versions_answering(&versions, ask, sale, question, &answering, NULL) &&
		!version_on(&versions, sale == SVC_DATE_NONE ? question : sale, &sold, NULL) && sold == answering &&
		svc_policy_effective(sold->policy) == svc_policy_effective(policy);
	versions_release(&versions);
	return alone;
}
