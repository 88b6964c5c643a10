/* Policy packs: find, open, ask. */
#ifndef SVC_POLICY_H
#define SVC_POLICY_H

#include "svc/date.h"
#include "svc/error.h"
#include "svc/money.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The questions a pack can answer (contract: asks). The order is that of the section table in lib/policy/ask.c. */
enum svc_ask {
	SVC_ASK_WARRANTY,
	SVC_ASK_RETURN,
	SVC_ASK_FEE,
	SVC_ASK_FREIGHT,
	SVC_ASK_SLA,
	SVC_ASK_FOLLOWUP,
	SVC_ASK_MAINTENANCE,
	SVC_ASK_TRANSITION,
	SVC_ASK_DISPATCH,
	SVC_ASK_APPOINTMENT,
	SVC_ASK_NOTICE,
	SVC_ASK_CONTRACT,
	SVC_ASK_CONDUCT,
	SVC_ASK_KPI,
	SVC_ASK_CHECKLIST,
	SVC_ASK_FORM,
	SVC_ASK_TEMPLATE,
	SVC_ASK_RECORD,
	SVC_ASK_DEADLINE,
	SVC_ASK_SURVEY,
	SVC_ASK_COMPLAINT,
	SVC_ASK_PARTS,
	SVC_ASK_COUNT
};
SVC_PUBLIC const char *svc_ask_name(enum svc_ask ask);
SVC_PUBLIC const char *svc_ask_about(enum svc_ask ask); /* what is asked, in a line of the reader's language */
SVC_PUBLIC int svc_ask_find(const char *name, enum svc_ask *out,
			    struct svc_error *err); /* SVC_USAGE with a suggestion */

/* Where packs are looked for and where compiled ones are kept. Borrowed for the length of a call. */
struct svc_policy_places {
	const char *const *folders; /* searched in order, NULL-terminated; the first that has the pack wins */
	const char *cache; /* folder for compiled packs; NULL: none */
};

/* A compiled pack: immutable, so any number of threads may ask it at once. */
struct svc_policy;

/* `name` is an id, "id@DATE" or a path. When several versions stand side by side, the one in force on `day` is
   opened (SVC_DATE_NONE: the newest; before the first: the first). Which day counts for a question: `in_force` in svc-pack(5).
   Errors: SVC_NOT_FOUND; SVC_BAD_INPUT with the first fault in err (svc_policy_check lists all). The caller frees *out. */
SVC_PUBLIC int svc_policy_open(struct svc_policy **out, const char *name, svc_date day,
			       const struct svc_policy_places *places, struct svc_error *err);
/* The same from a text in memory, for a pack kept in a store; includes are looked for in `places`. */
SVC_PUBLIC int svc_policy_open_text(struct svc_policy **out, const char *text, size_t length, const char *file,
				    const struct svc_policy_places *places, struct svc_error *err);
/* The same with its includes from memory as well, so that neither needs a file: what an include says in the pack, and its text. */
struct svc_policy_include {
	const char *name, *text;
	size_t length;
};
SVC_PUBLIC int svc_policy_open_kept(struct svc_policy **out, const char *text, size_t length, const char *file,
				    const struct svc_policy_include *includes, size_t count, struct svc_error *err);
SVC_PUBLIC void svc_policy_free(struct svc_policy *policy);

SVC_PUBLIC const char *svc_policy_id(const struct svc_policy *policy);
SVC_PUBLIC const char *svc_policy_title(const struct svc_policy *policy); /* in the reader's language */
SVC_PUBLIC svc_date svc_policy_effective(const struct svc_policy *policy);
SVC_PUBLIC const char *svc_policy_currency(const struct svc_policy *policy);
SVC_PUBLIC int svc_policy_currency_digits(const struct svc_policy *policy);
SVC_PUBLIC const struct svc_zone *svc_policy_zone(const struct svc_policy *policy);
SVC_PUBLIC const char *
svc_policy_hash(const struct svc_policy *policy); /* 32 hex digits of the pack text and its includes */
SVC_PUBLIC const char *svc_policy_file(const struct svc_policy *policy); /* where it was read */
SVC_PUBLIC bool svc_policy_answers(const struct svc_policy *policy, enum svc_ask ask); /* has the section */
/* The text the pack was compiled from, includes not expanded; read from its file when first asked for. The caller frees *out. */
SVC_PUBLIC int svc_policy_text(const struct svc_policy *policy, char **out, size_t *length, struct svc_error *err);

/* Checks a file as a pack and hands every fault, in the order of the file, to `fault` (with file, line, column, and in
   `source_line` the line of text that it stands on). SVC_OK when there is none, else SVC_BAD_INPUT. */
typedef void (*svc_fault_seen)(void *context, const struct svc_error *fault, const char *source_line);
SVC_PUBLIC int svc_policy_check(const char *path, const struct svc_policy_places *places, svc_fault_seen fault,
				void *context, struct svc_error *err);

/* One pack that can be found. Strings are valid during the call. `shadowed`: an earlier folder has the same id. */
struct svc_policy_entry {
	const char *id, *file, *title_en, *title_zh, *source;
	svc_date effective;
	bool shadowed;
	const char *fault; /* NULL, or why it can't be read */
};
typedef int (*svc_policy_seen)(void *context, const struct svc_policy_entry *entry);
SVC_PUBLIC int svc_policy_list(const struct svc_policy_places *places, svc_policy_seen seen, void *context,
			       struct svc_error *err);

/* What a pack says, clause by clause, for people: every rule as one line of text. */
struct svc_policy_rule {
	const char *section, *clause,
		*text; /* text: the clause's own sentence in the reader's language, "" when it has none */
	const char *rule; /* the rule's condition and effect as the pack writes them */
	const char *tree; /* the same as JSON, each number and word as a string */
	const char *file; /* the included text that says it; "": the pack's own */
	int line;
};
typedef int (*svc_policy_rule_seen)(void *context, const struct svc_policy_rule *rule);
SVC_PUBLIC int svc_policy_rules(const struct svc_policy *policy, svc_policy_rule_seen seen, void *context,
				struct svc_error *err);

/* What the pack leaves out: of each rule the clause, and the reason as its text. */
SVC_PUBLIC int svc_policy_left_out(const struct svc_policy *policy, svc_policy_rule_seen seen, void *context,
				   struct svc_error *err);

/* The names a pack knows: its facts and settings, and the words of each. For completion, `show` and the docs. */
struct svc_policy_name {
	const char *name, *title,
		*type; /* type: date, time, bool, number, money, word, set, text, duration, map, list */
	bool setting, standard;
	bool used; /* some rule of the pack names it */
	size_t words;
	const char *value; /* what holds when nobody says otherwise; NULL: nothing does. Gone after the call */
};
typedef int (*svc_policy_name_seen)(void *context, const struct svc_policy_name *name);
SVC_PUBLIC int svc_policy_names(const struct svc_policy *policy, svc_policy_name_seen seen, void *context,
				struct svc_error *err);
typedef int (*svc_policy_word_seen)(void *context, const char *word, const char *title);
SVC_PUBLIC int svc_policy_words(const struct svc_policy *policy, const char *fact, svc_policy_word_seen seen,
				void *context, struct svc_error *err);
/* What people read in the place of a word: its title among the words of `fact` (NULL: of none), else among those that the pack
   declares for its lists, else that of a level of a survey or a field of a form or record, in the reader's language; the word
   itself when it has none. Borrowed from the pack. */
SVC_PUBLIC const char *svc_policy_word_title(const struct svc_policy *policy, const char *fact, const char *word);

/* A way out of a stage of the workflow. Borrowed from the pack. */
struct svc_exit {
	const char *event, *title; /* title: in the reader's language; the event itself when it has none */
	const char *to, *to_title; /* the stage it leads to */
	const char *by; /* role or department; NULL: the pack does not say */
	const char *clause;
	bool rework; /* what was done has to be done again */
};
typedef int (*svc_exit_seen)(void *context, const struct svc_exit *exit);
struct svc_facts;
/* Each flow that leaves `stage`, in the order of the pack, unless its own condition fails on these facts; its guards are not looked
   at. Other than 0 from `seen` stops, and is returned. */
SVC_PUBLIC int svc_policy_exits(const struct svc_facts *facts, const char *stage, svc_exit_seen seen, void *context);
/* The stage in which a ticket begins (`workflow.start`): the one that the fact `stage` names, where it may begin there; when nothing
   is said the first. NULL: the pack does not say, or not on these facts. */
SVC_PUBLIC const char *svc_policy_first_stage(const struct svc_facts *facts);
SVC_PUBLIC bool svc_policy_has_start(const struct svc_policy *policy);
/* Whether a ticket is closed in this stage (`workflow.ends`). */
SVC_PUBLIC bool svc_policy_ends(const struct svc_facts *facts, const char *stage);
/* Whether an event that is refused may be carried out all the same by somebody of this role (NULL: of any), `workflow.overrides`. *by:
   the role that may, *clause: where it stands; NULL: nobody may. */
SVC_PUBLIC bool svc_policy_overrides(const struct svc_facts *facts, const char *event, const char *role,
				     const char **by, const char **clause);

#ifdef __cplusplus
}
#endif
#endif
