/* Proving packs before they are trusted. */
#ifndef SVC_PROVE_H
#define SVC_PROVE_H

#include "svc/ask.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One boundary case: facts at an edge of a rule: the last day in, the first day out, each side of a number, each word and
   each set that the rules tell apart. All of it is valid during the call only; `facts` may be asked, not kept or changed. */
struct svc_probe {
	enum svc_ask ask;
	const struct svc_facts *facts; /* with the settings that the case needs */
	const char *clause; /* of the rule whose edge it is; "" where the rule bears none */
	const char *edge; /* in the reader's language: "the last day of 2 years from purchase" */
	int line; /* of the rule in its pack */
};
typedef int (*svc_probe_seen)(void *context, const struct svc_probe *probe); /* non-zero stops, and is returned */

/* Every boundary case of the asks in `asks` (bit 1 << enum svc_ask; 0: all), each once, in the order of the rules, complete: no fact
   is missing that matters where a value can be found. `settings`: NULL, or a vector of the same pack whose settings are used;
   those that are unset are tried with a plausible value. The present is given in the facts where it matters, so that the
   answer does not depend on the day. Errors: those of svc_ask never; SVC_OK or what `seen` returned. */
SVC_PUBLIC int svc_policy_probes(const struct svc_policy *policy, unsigned asks, const struct svc_facts *settings,
				 svc_probe_seen seen, void *context, struct svc_error *err);

/* Which rules the cases of a run exercise: filled by svc_cases_run when the choice names it. */
struct svc_coverage;
SVC_PUBLIC struct svc_coverage *svc_coverage_new(void);
SVC_PUBLIC void svc_coverage_free(struct svc_coverage *coverage);
/* One rule of a pack of the run, of an ask that was chosen. Valid during the call. */
struct svc_covered_rule {
	const char *policy, *file; /* the pack's id; the file that the rule stands in, "" for a text in memory */
	const char *clause, *section,
		*rule; /* section and rule as svc_policy_rules gives them; "" where it gives none */
	enum svc_ask ask;
	int line;
	size_t cases; /* how many cite it, or find its condition true */
};
typedef int (*svc_covered_seen)(void *context,
				const struct svc_covered_rule *rule); /* non-zero stops, and is returned */
/* Every rule, pack by pack in the order in which the cases came to them, rule by rule in the order of the asks. */
SVC_PUBLIC int svc_coverage_rules(const struct svc_coverage *coverage, svc_covered_seen seen, void *context);

#ifdef __cplusplus
}
#endif
#endif
