/* The last command of an actor taken back, by events that are added to the log; nothing is erased from it. */
#ifndef SVC_UNDO_H
#define SVC_UNDO_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What became of the events of a command. */
struct svc_undoing {
	const struct svc_event *event;
	bool again; /* it had been taken back and counts again */
	bool gone; /* of its record nothing is left */
};
typedef int (*svc_undoing_seen)(void *context, const struct svc_undoing *undoing); /* other than 0: told no more */

/* Takes back all events of the last command of the desk's actor, within a change that svc_desk_begin opened. Where that command has
   itself taken one back, that one counts again. `seen` is told of each event, the last one first.
   SVC_REFUSED, with nothing changed once the caller rolls back: there is no such command; a record has been changed since; another record
   refers to one that would be gone; one that it needs is gone; it made the desk, or took in an import. */
SVC_PUBLIC int svc_undo(struct svc_desk *desk, svc_undoing_seen seen, void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
