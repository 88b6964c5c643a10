/* A ticket as it is shown: its fields, the decisions, the story. */
#ifndef CMD_TICKET_SHOW_H
#define CMD_TICKET_SHOW_H

#include "command.h"

/* What a change of a ticket prints: the sentence `done` (its number comes in place of %s), the report of the decision (if
   there was one), and for scripts the ticket with its `answer`. */
int ticket_changed(struct command *command, int64_t ticket, const char *done, const struct svc_policy *policy,
		   const struct svc_answer *answer);
int ticket_show(struct command *command, int64_t ticket); /* all of it */
/* The ticket's fields as one object; NULL with command->error set. */
struct json_t *ticket_json(struct command *command, int64_t ticket);

/* ---- ticket_stage.c ---- */
int ticket_advance(struct command *command);
int ticket_stages(struct command *command);
int ticket_merge(struct command *command);
int ticket_cancel(struct command *command);
int ticket_escalate(struct command *command);

/* ---- ticket_task.c ---- */
int ticket_tasks(struct command *command);
int ticket_done(struct command *command);
int ticket_drop(struct command *command);
int ticket_checklist(struct command *command);
int ticket_tick(struct command *command);

#endif
