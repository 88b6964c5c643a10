/* What no command makes: a thing in custody twice at the same time, or without a holder. */
#include "custody.h"

#include "base/error.h"
#include "base/memory.h"
#include "store/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kept_thing {
	const char *unit, *serial; /* unit NULL: none that is known */
	const char *label, *ticket;
};
struct look {
	struct arena arena;
	struct kept_thing *things;
	size_t count, room;
	svc_custody_fault seen;
	void *context;
};

static void keep_thing(struct look *look, const char **values)
{
	const char *unit = goods_value(values, "unit"), *serial = goods_value(values, "serial");
	if (!serial)
		return;
	if (look->count == look->room) {
		look->room = look->room ? 2 * look->room : 64;
		look->things = memory_grow(look->things, look->room, sizeof *look->things);
	}
	look->things[look->count++] = (struct kept_thing){unit ? arena_strdup(&look->arena, unit) : NULL,
							  arena_strdup(&look->arena, serial),
							  arena_strdup(&look->arena, values[FIELD_ID]),
							  arena_strdup(&look->arena, goods_value(values, "ticket"))};
}

static int look_at(void *context, int64_t id, const char **values)
{
	struct look *look = context;
	char text[160];
	(void)id;
	if (!goods_value(values, "holder")) {
		snprintf(text, sizeof text, _("%s has no holder"), values[FIELD_ID]);
		look->seen(look->context, text);
	}
	keep_thing(look, values);
	return 0;
}

static int by_serial(const void *left, const void *right)
{
	return strcmp(((const struct kept_thing *)left)->serial, ((const struct kept_thing *)right)->serial);
}

/* Two units that are known may bear the same serial number. */
static bool same_thing(const struct kept_thing *a, const struct kept_thing *b)
{
	return !a->unit || !b->unit || strcmp(a->unit, b->unit) == 0;
}

static void report_twins(struct look *look)
{
	char text[320];
	if (look->count)
		qsort(look->things, look->count, sizeof *look->things, by_serial);
	for (size_t i = 0; i < look->count; i++)
		for (size_t j = i + 1; j < look->count; j++) {
			const struct kept_thing *a = &look->things[i], *b = &look->things[j];
			if (strcmp(a->serial, b->serial) != 0)
				break;
			if (!same_thing(a, b))
				continue;
			snprintf(text, sizeof text, _("%.60s is in custody twice: %s of %s and %s of %s"), a->serial,
				 a->label, a->ticket, b->label, b->ticket);
			look->seen(look->context, text);
		}
}

int svc_custody_check(struct svc_desk *desk, svc_custody_fault seen, void *context, struct svc_error *err)
{
	static const char *const states[] = {"expected", "held", "away"};
	struct look look = {.seen = seen, .context = context};
	int status = SVC_OK;
	for (size_t i = 0; status == SVC_OK && i < sizeof states / sizeof *states; i++) {
		struct record_match match = {
			.field = field_find(SVC_GOODS, "state"), .from = states[i], .to = states[i]};
		struct record_query query = {.matches = &match, .match_count = 1};
		status = record_list(desk->store, SVC_GOODS, &query, look_at, &look, err);
	}
	if (status == SVC_OK)
		report_twins(&look);
	free(look.things);
	arena_release(&look.arena);
	return status;
}
