/* A batch of any length costs the memory of its first lines. The functions that give memory are wrapped by the linker. */
#include "legacy.h"

#include "svc/batch.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long allocations;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t length);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t length);

void *__wrap_malloc(size_t size)
{
	allocations++;
	return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	allocations++;
	return __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	allocations++;
	return __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
	allocations++;
	return __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t length)
{
	allocations++;
	return __real_strndup(text, length);
}

/* Rows in turn: covered, over, an unlisted word and a set, one that lacks a fact, one that can't be asked. */
static const char *const csv_rows[] = {
	"motor,2025-03-15,,,2026-01-02\n", "battery,2019-03-15,69.5,accident,2026-01-02\n",
	"chair,2025-03-15,100,\"defect\",2026-01-02\n", "motor,,,,\n", "motor,15 March,,,\n"};
static const char *const json_rows[] = {
	"{\"component\": \"motor\", \"purchase\": \"2025-03-15\", \"claim\": \"2026-01-02\"}\n",
	"{\"component\": \"battery\", \"purchase\": \"2019-03-15\", \"capacity_pct\": 69.5, \"cause\": \"accident\"}\n",
	"{\"component\": \"chair\", \"purchase\": \"2025-03-15\", \"documents\": [\"invoice\", \"manual\"]}\n",
	"{\"component\": \"mo\\u0074or\"}\n", "{\"component\": \"motor\", \"purchase\": \"15 March\"}\n"};

static void write_rows(enum svc_batch_format format, int count)
{
	FILE *file = fopen("rows", "w");
	assert_non_null(file);
	if (format == SVC_BATCH_CSV)
		fputs("component,purchase,capacity_pct,cause,claim\n", file);
	for (int i = 0; i < count; i++)
		fputs((format == SVC_BATCH_CSV ? csv_rows : json_rows)[i % 5], file);
	assert_int_equal(fclose(file), 0);
}

static long allocations_of(enum svc_batch_format format, int count, int jobs)
{
	write_rows(format, count);
	struct svc_batch_options options = {.ask = SVC_ASK_WARRANTY,
					    .policy = "./mini.yaml",
					    .input = open("rows", O_RDONLY | O_CLOEXEC),
					    .output = open("answers", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600),
					    .file = "rows",
					    .format = format,
					    .jobs = jobs,
					    .now = 1772366400};
	struct svc_batch_result result;
	struct svc_error err = {0};
	long before = allocations;
	int status = svc_batch(&options, &result, &err);
	long made = allocations - before;
	if (status != SVC_PARTIAL)
		fail_msg("%s", err.text);
	assert_int_equal(result.lines, count);
	assert_int_equal(result.faults, count / 5);
	close(options.input);
	close(options.output);
	return made;
}

static void write_pack(void)
{
	legacy_text("mini.yaml",
		    "policy: mini\n"
		    "title: {en: A small pack, zh: 小政策}\n"
		    "effective: 2019-03-19\n"
		    "currency: CNY\n"
		    "timezone: Asia/Shanghai\n"
		    "facts: {component: {one_of: {motor: {en: motor, zh: 电机}, battery: {en: battery, zh: 电池}}}}\n"
		    "warranty:\n"
		    "  terms: [{clause: mini.1, from: purchase, lasts: 2 years, remedy: repair}]\n"
		    "  exclusions: [{clause: mini.2, when: {cause: accident}}]\n");
}

/* What so many lines more allocate. */
static long allocations_for_more(enum svc_batch_format format, int jobs)
{
	write_pack();
	long some = allocations_of(format, 10000, jobs);
	return allocations_of(format, 20000, jobs) - some;
}

/* What svc itself takes: the shared library that reads a line of JSON has memory of its own, which is not counted here. */
static void test_batch__takes_no_memory_per_line(void **state)
{
	(void)state;
	assert_int_equal(allocations_for_more(SVC_BATCH_CSV, 1), 0);
	assert_int_equal(allocations_for_more(SVC_BATCH_JSONL, 1), 0);
}

/* How many parts are under way at once is chance, and each grows to its size when it is first filled. */
static void test_batch__takes_no_memory_per_line_in_threads(void **state)
{
	(void)state;
	assert_true(allocations_for_more(SVC_BATCH_CSV, 4) < 500);
	assert_true(allocations_for_more(SVC_BATCH_JSONL, 4) < 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_batch__takes_no_memory_per_line),
		cmocka_unit_test(test_batch__takes_no_memory_per_line_in_threads),
	};
	return cmocka_run_group_tests(tests, legacy_folder, legacy_clean);
}
