/* Two answers to one question: in which fields they differ. */
#ifndef SHOW_ANSWER_DIFFERENCES_H
#define SHOW_ANSWER_DIFFERENCES_H

#include "svc/ask.h"
#include "text.h"

#include <jansson.h>

/* A list of {field, old, new} as in the JSON of the answers; a value is absent where the answer has none. Fields that weigh;
   where they are all the same what stands beside them: clauses, windows, notes. The caller drops the reference. */
json_t *answer_differences(const struct svc_answer *old, const struct svc_answer *new);
/* The same in the reader's language: "remedy: repair → replacement; ends: 2025-03-15 → 2026-03-15". */
void add_differences(struct text *text, const json_t *differences);

#endif
