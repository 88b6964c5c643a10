/* Articles of the knowledge base: published, retired, searched, linked to the tickets that they served for. */
#include "svc/knowledge.h"

#include "base/error.h"
#include "life.h"
#include "ruling.h"
#include "store/record.h"
#include "store/search.h"
#include "values.h"

#include <string.h>

static int check_solution(struct svc_desk *desk, int64_t article, struct arena *arena, struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	int status = record_read(desk->store, SVC_ARTICLE, article, arena, values, err);
	if (status != SVC_OK || values[field_find(SVC_ARTICLE, "solution")])
		return status;
	error_set(err, SVC_REFUSED, _("%s says no solution yet"), values[FIELD_ID]);
	error_field(err, "solution");
	error_hint(err, _("svc kb edit %s --solution TEXT"), values[FIELD_ID]);
	return SVC_REFUSED;
}

int svc_article_publish(struct svc_desk *desk, int64_t article, struct svc_error *err)
{
	static const struct life_step step = {
		.kind = SVC_ARTICLE, .verb = "published", .from = {"draft", "retired"}, .to = "published"};
	struct arena arena = {0};
	int status = check_solution(desk, article, &arena, err);
	if (status == SVC_OK)
		status = life_step(desk, &step, article, SVC_TIME_NONE, NULL, &arena, NULL, NULL, err);
	arena_release(&arena);
	return status;
}

int svc_article_retire(struct svc_desk *desk, int64_t article, struct svc_error *err)
{
	static const struct life_step step = {
		.kind = SVC_ARTICLE, .verb = "retired", .from = {"draft", "published"}, .to = "retired"};
	struct arena arena = {0};
	int status = life_step(desk, &step, article, SVC_TIME_NONE, NULL, &arena, NULL, NULL, err);
	arena_release(&arena);
	return status;
}

/* ---- links ---- */

static int check_unlinked(struct svc_desk *desk, const char *article, int64_t ticket, struct arena *arena,
			  struct svc_error *err)
{
	struct gathered_facts marks = {0};
	char label[24];
	int status = ticket_said(desk, ticket, "marks", &marks, arena, err);
	record_label(label, SVC_TICKET, ticket);
	if (status == SVC_OK && gathered_value(&marks, article))
		status = error_set(err, SVC_REFUSED, _("%s is linked to %s already"), article, label);
	return status;
}

static int count_use(struct svc_desk *desk, int64_t article, int64_t ticket, struct arena *arena, const char **values,
		     struct svc_error *err)
{
	static const struct life_step step = {
		.kind = SVC_ARTICLE, .verb = "linked", .from = {"draft", "published"}, .to = NULL};
	char label[24];
	struct svc_assignment mark = {label, "1"};
	struct change change = {.kind = SVC_ARTICLE, .marks = &mark, .mark_count = 1};
	record_label(label, SVC_TICKET, ticket);
	change_add(&change, "used", "1");
	return life_step(desk, &step, article, SVC_TIME_NONE, &change, arena, values, NULL, err);
}

int svc_article_link(struct svc_desk *desk, int64_t article, int64_t ticket, struct svc_error *err)
{
	struct arena arena = {0};
	struct change change = {.kind = SVC_TICKET};
	struct happening happening = {.verb = "linked", .occurred = SVC_TIME_NONE};
	const char *values[FIELD_LIMIT] = {0};
	char label[24];
	record_label(label, SVC_ARTICLE, article);
	int status = check_unlinked(desk, label, ticket, &arena, err);
	if (status == SVC_OK)
		status = count_use(desk, article, ticket, &arena, values, err);
	if (status == SVC_OK) {
		struct svc_assignment mark = {label, values[field_find(SVC_ARTICLE, "title")]};
		change.marks = &mark;
		change.mark_count = 1;
		status = record_change(desk, ticket, &happening, &change, &arena, NULL, err);
	}
	arena_release(&arena);
	return status;
}

/* ---- searching ---- */

struct searching {
	struct svc_desk *desk;
	struct arena arena; /* of one article */
	svc_article_seen seen;
	void *context;
	struct svc_error *err;
	int status;
};

static int take_found(void *context, int64_t id, const char *snippet)
{
	struct searching *searching = context;
	const char *values[FIELD_LIMIT] = {0};
	struct svc_record record = {SVC_ARTICLE, id, values, NULL};
	struct svc_article_found found = {&record, snippet};
	searching->status = record_read(searching->desk->store, SVC_ARTICLE, id, &searching->arena, values,
					searching->err);
	int stop = searching->status != SVC_OK || searching->seen(searching->context, &found);
	arena_reset(&searching->arena);
	return stop;
}

int svc_article_search(struct svc_desk *desk, const struct svc_article_query *query, svc_article_seen seen,
		       void *context, struct svc_error *err)
{
	struct searching searching = {.desk = desk, .seen = seen, .context = context, .err = err};
	struct search_query wanted = {.words = query->words,
				      .state = query->all ? NULL : "published",
				      .product = query->product,
				      .component = query->component,
				      .limit = query->limit};
	const char *fault = value_text_fault(query->words, false);
	if (fault)
		return error_set(err, SVC_BAD_INPUT, "words: %s", fault);
	int status = search_articles(desk->store, &wanted, take_found, &searching, err);
	arena_release(&searching.arena);
	return status == SVC_OK ? searching.status : status;
}
