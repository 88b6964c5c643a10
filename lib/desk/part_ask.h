/* The `parts` ask: whether the pack lets a part go out, or an issue be written off. */
#ifndef DESK_PART_ASK_H
#define DESK_PART_ASK_H

#include "ruling.h"

struct part_question {
	int64_t ticket; /* 0: none */
	const char *const *part; /* its values */
	int64_t quantity;
	const char *stage; /* what is done with the part; a pack that has no such word is not asked, unless `always` */
	bool always;
	bool approved;
	const char *old_part; /* of the issue: owed, returned, ...; NULL: not known */
	const char *override; /* NULL: none */
	const struct svc_assignment *facts; /* typed; they win */
	size_t fact_count;
};
struct part_decision {
	struct ruling ruling; /* of a pack that was not asked: without a policy */
	struct svc_answer answer;
	bool owes_old; /* writing it off will want to know about the old part */
};
/* SVC_OK: nothing stands against it. Release `decision` whatever is returned. */
int part_ask(struct svc_desk *desk, const struct part_question *question, struct part_decision *decision,
	     struct arena *arena, struct svc_error *err);
/* Tells the ticket of a step that was decided, and keeps the decision; nothing where no pack was asked. `what`: the issue. */
int part_decided(struct svc_desk *desk, const struct part_question *question, const struct part_decision *decision,
		 const char *verb, const char *what, svc_time at, struct arena *arena, struct svc_error *err);
void part_decision_release(struct part_decision *decision);

#endif
