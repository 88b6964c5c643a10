/* One rule of a pack in the words of its reader. */
#ifndef POLICY_RULE_H
#define POLICY_RULE_H

#include "show/text.h"
#include "svc/policy.h"

#include <jansson.h>

/* `names`: the title of each fact and setting by its id. */
struct reading {
	const struct svc_policy *policy;
	json_t *names;
	const char *section; /* in which the rule stands: some keys mean another thing there; NULL: none */
};

const char *section_title(const char *section); /* "warranty: terms"; borrowed until the next call */
bool section_is_inner(const char *section); /* steps, fields and the like: what stands in an entry above */
/* Adds a key's title, in a condition that of the fact; its value, "delivery, purchase". */
void rule_key(struct text *text, const struct reading *reading, const char *key, bool condition);
void rule_value(struct text *text, const struct reading *reading, const char *key, const json_t *value);

#endif
