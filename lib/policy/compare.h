/* Comparing an answer with what a case expects (contract: "How a case is compared"). */
#ifndef POLICY_COMPARE_H
#define POLICY_COMPARE_H

#include "base/strbuf.h"
#include "base/tree.h"
#include "svc/date.h"

#include <stdbool.h>

/* Appends one line per difference: "ends: expected 2025-03-15, got 2025-03-14". */
void compare_answer(const struct node *expected, const struct node *answer, const struct svc_zone *zone,
		    struct strbuf *differences);

#endif
