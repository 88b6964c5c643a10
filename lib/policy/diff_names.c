/* What two packs say of their settings and facts: values and words. */
#include "diff.h"

#include "base/error.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

struct name_list {
	struct diff *diff;
	const struct svc_policy *policy;
	struct svc_change_name *items;
	size_t count;
	struct svc_error *err;
};

static int count_name(void *context, const struct svc_policy_name *name)
{
	(void)name;
	++*(size_t *)context;
	return SVC_OK;
}

static int add_word(void *context, const char *word, const char *title)
{
	struct strbuf *words = context;

	(void)title;
	strbuf_printf(words, "%s%s", words->length ? ", " : "", word);
	return SVC_OK;
}

static const char *kept(struct arena *memory, const char *text)
{
	return text ? arena_strdup(memory, text) : NULL;
}

static int take_name(void *context, const struct svc_policy_name *name)
{
	struct name_list *list = context;
	struct arena *memory = list->diff->memory;
	struct strbuf words = {0};
	int status = name->words ? svc_policy_words(list->policy, name->name, add_word, &words, list->err) : SVC_OK;

	list->items[list->count++] = (struct svc_change_name){.name = name->name,
							      .title = kept(memory, name->title),
							      .type = name->type,
							      .setting = name->setting,
							      .value = kept(memory, name->value),
							      .words = kept(memory, words.text ? words.text : "")};
	strbuf_release(&words);
	return status;
}

static int take_names(struct name_list *list, struct svc_error *err)
{
	size_t count = 0;
	int status = svc_policy_names(list->policy, count_name, &count, err);

	list->items = arena_alloc(list->diff->memory, (count + 1) * sizeof *list->items);
	return status ? status : svc_policy_names(list->policy, take_name, list, err);
}

static const struct svc_change_name *named(const struct name_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].name, name))
			return &list->items[i];
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static void add_change(struct diff *diff, enum svc_change_kind kind, const struct svc_change_name *old,
		       const struct svc_change_name *new)
{
	struct found_change *found = diff_add(diff, kind, SIZE_MAX);

	found->change.old_name = old;
	found->change.new_name = new;
}

int diff_names(struct diff *diff, struct svc_error *err)
{
	struct name_list old = {diff, diff->old, NULL, 0, err}, new = {diff, diff->new, NULL, 0, err};
	int status = take_names(&old, err);

	if (!status)
		status = take_names(&new, err);
	for (size_t i = 0; i < new.count && !status; i++) {
		const struct svc_change_name *is = &new.items[i], *was = named(&old, is->name);

		if (!was)
			add_change(diff, SVC_CHANGE_ADDED, NULL, is);
		else if (!same_text(was->value, is->value) || !same_text(was->words, is->words) ||
			 !same_text(was->type, is->type))
			add_change(diff, SVC_CHANGE_RULE, was, is);
	}
	for (size_t i = 0; i < old.count && !status; i++)
		if (!named(&new, old.items[i].name))
			add_change(diff, SVC_CHANGE_GONE, &old.items[i], NULL);
	return status;
}
