/* Files of cases: each runs, or is refused with a sentence. SVC_POLICIES names the folder of the packs (policies), SVC_CACHE one
   for compiled packs. */
#include "fuzz.h"

#include "svc/ask.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static void count(void *context, const struct svc_case_result *result)
{
	size_t *seen = context;
	if (result->line < 1)
		abort();
	++*seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *folders[] = {getenv("SVC_POLICIES") ? getenv("SVC_POLICIES") : "policies", NULL};
	struct svc_policy_places places = {folders, getenv("SVC_CACHE")};
	struct svc_case_choice all = {0};
	struct svc_error err = {0};
	size_t seen = 0, passed = 0, failed = 0;
	char name[64];
	int file = memfd_create("cases", 0);

	if (file < 0 || write(file, data, size) != (ssize_t)size)
		abort();
	snprintf(name, sizeof name, "/proc/self/fd/%d", file);
	int code = svc_cases_run(name, &all, &places, 1772366400, count, &seen, &passed, &failed, &err);
	if (code ? !*err.text : seen != passed + failed)
		abort();
	close(file);
	return 0;
}
