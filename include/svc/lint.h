/* Proving a pack: what its rules leave open, say twice or say in vain, each with a case that shows it. */
#ifndef SVC_LINT_H
#define SVC_LINT_H

#include "svc/ask.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One finding. Strings are valid during the call. */
struct svc_finding {
	const char *
		kind; /* dead, shadowed, excluded, overlap, gap, same, adds_nothing, never_met, always_met, unused, uncited */
	const char *text; /* one sentence in the reader's language */
	const char *clause; /* of the rule; "": of none */
	const char *file; /* the text it stands in; "": a pack in memory */
	int line; /* 0: of the pack as a whole */
	enum svc_ask ask; /* what the case asks */
	const char *given, *settings; /* the case: JSON objects of facts and of settings */
	const char *shows; /* what that is answered with, or the fault */
};
typedef int (*svc_finding_seen)(void *context, const struct svc_finding *finding); /* non-zero stops, and is returned */
/* Every finding, in the order of the pack's rules; then those on names. SVC_OK also when there are some. */
SVC_PUBLIC int svc_policy_lint(const struct svc_policy *policy, svc_finding_seen seen, void *context,
			       struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
