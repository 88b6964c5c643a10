/* The compiler: a parsed pack becomes an immutable block, or faults. */
#ifndef POLICY_COMPILE_H
#define POLICY_COMPILE_H

#include "parse.h"

/* True and the block in *out (malloc; the caller frees) when there is no fault. *zone is the pack's zone, the caller's to
   free. `faults` may hold faults of form already: the rest is looked through all the same, so that all are told at once. */
bool compile_pack(const struct parsed_pack *parsed, struct faults *faults, char **out, size_t *size,
		  struct svc_zone **zone);
struct fingerprint pack_check(const struct pack_head *head); /* what its `check` has to be */
/* The engine number of this build: PACK_ENGINE and the form of the block. */
uint32_t pack_engine(void);

#endif
