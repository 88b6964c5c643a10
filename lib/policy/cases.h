/* Files of cases, inside the floor: one case as it is written, asked and held against its answer. */
#ifndef POLICY_CASES_H
#define POLICY_CASES_H

#include "facts.h"

#include "base/strbuf.h"
#include "base/tree.h"
#include "svc/ask.h"

/* One case as it stands in the file; of its tree. */
struct worked_case {
	const char *id, *policy, *ask;
	const struct node *given, *settings, *expect;
	int line;
};
/* The tree of a file of cases, each of which case_read takes; *out NULL: the text is empty. SVC_BAD_INPUT with its place. */
int cases_read(struct node **out, struct arena *memory, const char *text, size_t length, const char *file,
	       struct svc_error *err);
int case_read(const struct node *node, struct worked_case *out, const char *file, struct svc_error *err);
/* Its facts and settings; the errors of svc_facts_read and svc_facts_setting. */
int case_give(const struct worked_case *one, struct svc_facts *facts, const char *file, struct svc_error *err);
/* Adds a line for each field of the answer that is not as the case says; nothing when all are. */
void case_compare(const struct worked_case *one, const char *json, const struct svc_policy *policy,
		  struct strbuf *differences);

#endif
