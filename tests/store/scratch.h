/* A scratch folder with a store in it, for the tests of this floor. */
#ifndef TEST_STORE_SCRATCH_H
#define TEST_STORE_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/record.h"
#include "store/sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scratch {
	char folder[64], file[96];
	struct svc_error err;
};

#define SCRATCH_NOW 1750000000 /* 2025-06-15T15:06:40Z */

static inline int scratch_setup(void **state)
{
	struct scratch *scratch = calloc(1, sizeof *scratch);
	snprintf(scratch->folder, sizeof scratch->folder, "/tmp/svc-store-XXXXXX");
	assert_non_null(mkdtemp(scratch->folder));
	snprintf(scratch->file, sizeof scratch->file, "%s/desk.db", scratch->folder);
	*state = scratch;
	return 0;
}

static inline int scratch_teardown(void **state)
{
	struct scratch *scratch = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", scratch->folder);
	int status = system(command);
	free(scratch);
	return status;
}

static inline void scratch_create(struct scratch *scratch)
{
	struct store_about about = {.name = "service",
				    .currency = "CNY",
				    .zone = "Asia/Shanghai",
				    .currency_digits = 2,
				    .created = SCRATCH_NOW};
	assert_int_equal(store_create(scratch->file, &about, NULL, NULL, &scratch->err), SVC_OK);
}

static inline struct store *scratch_open(struct scratch *scratch, bool read_only, int wait_seconds)
{
	struct store *store;
	assert_int_equal(store_open(&store, scratch->file, read_only, wait_seconds, &scratch->err), SVC_OK);
	return store;
}

/* A store that is made and open for writing. */
static inline struct store *scratch_store(struct scratch *scratch)
{
	scratch_create(scratch);
	return scratch_open(scratch, false, 0);
}

/* A row with nothing but what it must have. */
static inline int scratch_add_unit(struct store *store, int64_t id, const char *serial, struct svc_error *err)
{
	const char *values[FIELD_LIMIT] = {0};
	values[field_find(SVC_UNIT, "serial")] = serial;
	return record_write(store, SVC_UNIT, id, values, true, err);
}

#endif
