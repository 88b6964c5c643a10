/* What the files lint*.c share: the lists of rules that are proved, and how a finding is told with its case. */
#ifndef POLICY_LINT_H
#define POLICY_LINT_H

#include "build.h"
#include "cases.h"
#include "witness.h"

#include "svc/lint.h"

/* How the rules of a list go together. */
enum together {
	TOGETHER_ALL, /* each that holds applies */
	TOGETHER_FIRST, /* the first that holds decides */
	TOGETHER_ONE, /* no two may hold at once */
	TOGETHER_LIMITS /* no two that set the same limit may hold at once */
};
/* One rule as far as it is proved: of a rule with several items, stages or words there is one for each. */
struct proved {
	const struct rule *rule;
	pack_ref outer; /* the condition of the entry it stands in */
	pack_ref needs; /* of a requirement */
	uint32_t key; /* rules of different keys do not meet; 0 meets all */
	uint32_t stage; /* the same again: of a flow */
	const struct term *term; /* of a window */
	uint32_t limits; /* a bit per limit that it sets */
	uint64_t means; /* what it sets, for rules of one condition */
};
struct proved_list {
	enum svc_ask ask;
	enum together together;
	bool gapless; /* a case that none of its rules answers is a finding */
	uint16_t group, stage; /* the facts that key and stage are words of; 0: none */
	const char *name; /* as the pack writes it */
	struct growing rules; /* struct proved */
};
struct lint {
	const struct svc_policy *policy;
	const struct pack_head *head;
	struct witness *witness;
	struct arena memory;
	svc_finding_seen seen;
	void *context;
	int status; /* what `seen` stopped with */
	struct svc_error *err;
};

/* ---- lint_lists.c ---- */
/* Hands every list of the pack's rules to `prove`. */
void lint_lists(struct lint *lint, void (*prove)(struct lint *lint, const struct proved_list *list));

/* ---- lint_case.c ---- */
/* A case from values that a search found: asked, completed where facts are still missing, and asked again. */
struct lint_case {
	enum svc_ask ask;
	struct svc_facts *facts;
	struct svc_answer answer;
	struct svc_error fault; /* of an ask that could not be answered */
	int status;
	const struct worked_case *worked; /* whose words are told; NULL: those of the facts */
};
void case_ask(struct lint *lint, const struct proved_list *list, const struct proved *rule, enum svc_ask ask,
	      const struct fact_value *values, struct lint_case *out);
void case_release(struct lint_case *one);
bool case_cites(const struct lint *lint, const struct lint_case *one, const struct rule *rule);
/* Tells a finding; the text is printf's. `rule` may be NULL. */
void find(struct lint *lint, const char *kind, const struct rule *rule, const struct lint_case *one, const char *format,
	  ...) __attribute__((format(printf, 5, 6)));

/* ---- lint_rules.c, lint_names.c, lint_cases.c ---- */
void lint_rules(struct lint *lint, const struct proved_list *list);
void lint_names(struct lint *lint);
void lint_cases(struct lint *lint, const struct svc_pack_cases *cases, svc_time now);

#endif
