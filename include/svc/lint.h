/* Proving a pack: what its rules leave open, say twice or say in vain, each with a case that shows it. */
#ifndef SVC_LINT_H
#define SVC_LINT_H

#include "svc/ask.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One finding. Strings are valid during the call. */
struct svc_finding {
	/* dead, shadowed, excluded, overlap, gap, same, adds_nothing, never_met, always_met, unused, uncited, case, untried */
	const char *kind;
	const char *text; /* one sentence in the reader's language */
	const char *clause; /* of the rule; "": of none */
	const char *file; /* the text it stands in; "": a pack in memory */
	int line; /* 0: of the pack as a whole */
	enum svc_ask ask; /* what the case asks */
	const char *given, *settings; /* the case: JSON objects of facts and of settings */
	const char *shows; /* what that is answered with, or the fault */
};
typedef int (*svc_finding_seen)(void *context, const struct svc_finding *finding); /* non-zero stops, and is returned */

/* The worked cases that stand with a pack: a text of cases, of which those of this policy count. */
struct svc_pack_cases {
	char *file, *text; /* NULL: there are none */
	size_t length;
	const struct svc_policy_places *places; /* where the pack's other versions are, which answer for other sales */
};
/* Reads cases/ID.yaml beside the pack's file, else in the first of the folders that has it. SVC_OK also when none has; the caller
   releases *out, whose `places` are borrowed. */
SVC_PUBLIC int svc_pack_cases_read(struct svc_pack_cases *out, const struct svc_policy *policy,
				   const struct svc_policy_places *places, struct svc_error *err);
SVC_PUBLIC void svc_pack_cases_release(struct svc_pack_cases *cases);

/* Every finding, in the order of the pack's rules; then those on names; then those of its cases: what no longer comes out as they
   say, and what none of them exercises. `cases` may be NULL; `now` is the present of those that do not give theirs. SVC_OK also when
   there are findings; SVC_BAD_INPUT for a text that is none of cases. */
SVC_PUBLIC int svc_policy_lint(const struct svc_policy *policy, const struct svc_pack_cases *cases, svc_time now,
			       svc_finding_seen seen, void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
