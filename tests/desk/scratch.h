/* A scratch folder with a desk and a small pack, for the tests of this floor. */
#ifndef TEST_DESK_SCRATCH_H
#define TEST_DESK_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "svc/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRATCH_NOW 1750000000 /* 2025-06-15T15:06:40Z, 23:06:40 in Shanghai */

struct scratch {
	char folder[64], file[96];
	const char *folders[2];
	struct svc_desk_options options;
	struct svc_desk *desk;
	struct svc_error err;
};

/* Two years of warranty from the purchase, unless misused; a version before 2024 gave one year. */
static const char scratch_pack[] =
	"policy: kettles\n"
	"title: {en: Kettles, zh: 水壶}\n"
	"effective: %s\n"
	"currency: CNY\n"
	"timezone: Asia/Shanghai\n"
	"settings:\n"
	"  grace: {clause: kettles.4, type: duration, title: {en: grace, zh: 宽限}}\n"
	"clauses:\n"
	"  kettles.1: {en: Covered for a time, zh: 保修}\n"
	"  kettles.2: {en: Not when misused, zh: 误用除外}\n"
	"  kettles.3: {en: Repair at cost, zh: 收费维修}\n"
	"  kettles.4: {en: Grace, zh: 宽限}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: kettles.1, from: purchase, lasts: %s, remedy: repair}\n"
	"    - {clause: kettles.4, when: {grace: {is: known}}, from: purchase, lasts: {setting: grace},"
	" remedy: repair}\n"
	"  exclusions:\n"
	"    - {clause: kettles.2, when: {cause: misuse}}\n"
	"  after:\n"
	"    - {clause: kettles.3, remedy: paid_repair, labor: cost, parts: cost}\n";

static inline void scratch_write_pack(struct scratch *scratch, const char *effective, const char *lasts)
{
	char path[192];
	snprintf(path, sizeof path, "%s/packs/kettles/%s.yaml", scratch->folder, effective);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, scratch_pack, effective, lasts);
	fclose(file);
}

static inline int scratch_setup(void **state)
{
	struct scratch *scratch = calloc(1, sizeof *scratch);
	char path[128];
	snprintf(scratch->folder, sizeof scratch->folder, "/tmp/svc-desk-XXXXXX");
	assert_non_null(mkdtemp(scratch->folder));
	snprintf(scratch->file, sizeof scratch->file, "%s/desk.db", scratch->folder);
	snprintf(path, sizeof path, "%s/packs", scratch->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	scratch->folders[0] = strdup(path);
	snprintf(path, sizeof path, "%s/packs/kettles", scratch->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	scratch_write_pack(scratch, "2024-01-01", "2 years");
	scratch_write_pack(scratch, "2019-01-01", "1 year");
	scratch->options = (struct svc_desk_options){
		.file = scratch->file, .actor = "front", .now = SCRATCH_NOW, .places = {.folders = scratch->folders}};
	*state = scratch;
	return 0;
}

static inline int scratch_teardown(void **state)
{
	struct scratch *scratch = *state;
	char command[128];
	svc_desk_close(scratch->desk);
	snprintf(command, sizeof command, "rm -rf '%s'", scratch->folder);
	int status = system(command);
	free((char *)scratch->folders[0]);
	free(scratch);
	return status;
}

#define EXPECT(scratch, call, code)                                                                                    \
	do {                                                                                                           \
		int returned = (int)(call);                                                                            \
		if (returned != (int)(code))                                                                           \
			print_error("%s: %s (%s)\n", #call, (scratch)->err.text, (scratch)->err.field);                \
		assert_int_equal(returned, code);                                                                      \
	} while (0)
#define OK(scratch, call) EXPECT(scratch, call, SVC_OK)

static inline void scratch_open(struct scratch *scratch)
{
	svc_desk_close(scratch->desk);
	OK(scratch, svc_desk_open(&scratch->desk, &scratch->options, &scratch->err));
}

/* A desk of its own with `policy` as its pack (NULL: none). */
static inline struct svc_desk *scratch_desk(struct scratch *scratch, const char *policy)
{
	OK(scratch, svc_desk_init(&scratch->options, "service", policy, &scratch->err));
	scratch_open(scratch);
	return scratch->desk;
}

static inline void scratch_begin(struct scratch *scratch)
{
	OK(scratch, svc_desk_begin(scratch->desk, NULL, NULL, NULL, NULL, NULL, &scratch->err));
}

static inline void scratch_commit(struct scratch *scratch)
{
	OK(scratch, svc_desk_commit(scratch->desk, NULL, 0, &scratch->err));
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static inline int64_t scratch_add(struct scratch *scratch, enum svc_kind kind, const struct svc_assignment *values,
				  size_t count)
{
	int64_t id;
	scratch_begin(scratch);
	OK(scratch, svc_add(scratch->desk, kind, values, count, &id, &scratch->err));
	scratch_commit(scratch);
	return id;
}

/* ADD(scratch, SVC_UNIT, {"serial", "SN1"}, ...) */
#define ADD(scratch, kind, ...)                                                                                        \
	scratch_add(scratch, kind, (const struct svc_assignment[]){__VA_ARGS__},                                       \
		    COUNT(((const struct svc_assignment[]){__VA_ARGS__})))

/* The value of a field; "" when there is none. */
static inline const char *scratch_value(struct scratch *scratch, enum svc_kind kind, int64_t id, const char *field,
					char out[256])
{
	struct svc_record record;
	OK(scratch, svc_read(scratch->desk, kind, id, &record, &scratch->err));
	const char *value = svc_record_value(&record, field);
	snprintf(out, 256, "%s", value ? value : "");
	svc_record_release(&record);
	return out;
}

#define EXPECT_VALUE(scratch, kind, id, field, expected)                                                               \
	do {                                                                                                           \
		char shown[256];                                                                                       \
		assert_string_equal(scratch_value(scratch, kind, id, field, shown), expected);                         \
	} while (0)

static inline int scratch_count_event(void *context, const struct svc_event *event)
{
	(void)event;
	++*(int *)context;
	return 0;
}

static inline int scratch_events(struct scratch *scratch, const char *subject)
{
	struct svc_event_query query = {.subject = subject, .from = SVC_TIME_NONE, .to = SVC_TIME_NONE};
	int count = 0;
	OK(scratch, svc_log(scratch->desk, &query, scratch_count_event, &count, &scratch->err));
	return count;
}

/* What is stored is what the events give, before and after it is worked out again. */
static inline void scratch_prove(struct scratch *scratch)
{
	int64_t differences = -1;
	OK(scratch, svc_desk_compare(scratch->desk, &differences, &scratch->err));
	assert_int_equal(differences, 0);
	OK(scratch, svc_desk_rebuild(scratch->desk, &scratch->err));
	OK(scratch, svc_desk_compare(scratch->desk, &differences, &scratch->err));
	assert_int_equal(differences, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

#endif
