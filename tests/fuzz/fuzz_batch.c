/* Batches: whatever the lines are, several threads write what one writes. The first byte chooses the format and how often the
   rest is repeated: often enough to be cut into parts. */
#include "fuzz.h"

#include "svc/batch.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGEST 140000 /* bytes: more than two parts */

static const char pack[] =
	"policy: mini\n"
	"title: {en: A small pack, zh: 小政策}\n"
	"effective: 2019-03-19\n"
	"currency: CNY\n"
	"timezone: Asia/Shanghai\n"
	"facts:\n"
	"  component: {one_of: {motor: {en: motor, zh: 电机}, battery: {en: battery, zh: 电池}}}\n"
	"  signs: {set_of: {rust: {en: rust, zh: 锈}, dent: {en: dent, zh: 凹痕}}, title: {en: signs, zh: 迹象}}\n"
	"  note: {text: true, title: {en: note, zh: 备注}}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: mini.1, from: [purchase, delivery], lasts: 2 years, remedy: repair}\n"
	"    - clause: mini.2\n"
	"      when: {component: battery, capacity_pct: {below: 70}, price: {above: 9.50}}\n"
	"      from: manufacture\n"
	"      lasts: 1 year\n"
	"      remedy: replace\n"
	"  exclusions:\n"
	"    - {clause: mini.3, when: {any: [{cause: misuse}, {signs: {any: [rust]}}, {note: scrap}]}}\n";

struct run {
	int output;
	struct svc_batch_result result;
	int status;
	uint64_t faults; /* a sum over what was told of them */
};

static int file_of(const void *bytes, size_t size, size_t times)
{
	int file = memfd_create("batch", 0);
	if (file < 0)
		abort();
	while (times--)
		if (write(file, bytes, size) != (ssize_t)size)
			abort();
	lseek(file, 0, SEEK_SET);
	return file;
}

/* Of the pack, which is always a whole one. */
static const char *policy_name(void)
{
	static char name[64];
	const char *none[] = {NULL};
	struct svc_policy_places places = {none, NULL};
	struct svc_policy *policy;

	if (!*name) {
		snprintf(name, sizeof name, "/proc/self/fd/%d", file_of(pack, sizeof pack - 1, 1));
		if (svc_policy_open(&policy, name, SVC_DATE_NONE, &places, NULL))
			abort();
		svc_policy_free(policy);
	}
	return name;
}

static void add_fault(void *context, const struct svc_error *fault)
{
	struct run *run = context;
	run->faults = run->faults * 31 + (uint64_t)fault->line;
	for (const char *at = fault->text; *at; at++)
		run->faults = run->faults * 31 + (unsigned char)*at;
	if (!*fault->text)
		abort();
}

static struct run answer(int input, enum svc_batch_format format, int jobs)
{
	struct run run = {.output = memfd_create("answers", 0)};
	struct svc_batch_options options = {.ask = SVC_ASK_WARRANTY,
					    .policy = policy_name(),
					    .input = input,
					    .output = run.output,
					    .file = "-",
					    .format = format,
					    .jobs = jobs,
					    .now = 1772366400,
					    .fault = add_fault,
					    .context = &run};
	struct svc_error err = {0};

	lseek(input, 0, SEEK_SET);
	run.status = svc_batch(&options, &run.result, &err);
	if (run.status && run.status != SVC_PARTIAL && !*err.text)
		abort();
	return run;
}

static bool same_bytes(int one, int other)
{
	char a[4096], b[4096];
	ssize_t length;
	lseek(one, 0, SEEK_SET);
	lseek(other, 0, SEEK_SET);
	while ((length = read(one, a, sizeof a)) > 0)
		if (read(other, b, (size_t)length) != length || memcmp(a, b, (size_t)length) != 0)
			return false;
	return read(other, b, 1) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	enum svc_batch_format format = data[0] % 3;
	size_t times = data[0] % 16 == 15 ? LARGEST / size + 1 : 1;
	int input = file_of(data + 1, size - 1, times);
	struct run one = answer(input, format, 1), several = answer(input, format, 3);

	if (one.status != several.status || one.faults != several.faults || one.result.lines != several.result.lines ||
	    one.result.faults != several.result.faults || !same_bytes(one.output, several.output))
		abort();
	close(input);
	close(one.output);
	close(several.output);
	return 0;
}
