/* What dispatch and visits share: the options of a trip, and how the answer to it is shown. */
#ifndef CMD_TRIP_H
#define CMD_TRIP_H

#include "command.h"
#include "svc/dispatch.h"

extern const struct command_option trip_candidates_options[], trip_options[] /* with the technician */,
	trip_assign_options[], trip_reassign_options[], trip_board_options[];

/* The window and all else that was given; SVC_USAGE without a window. */
int trip_read(struct command *command, struct svc_trip *trip);
/* --technician; 0 when it is not given and `needed` is false. */
int trip_technician(struct command *command, bool needed, int64_t *technician);

extern const struct show_column trip_columns[]; /* of svc.feasibility/1 */
extern const size_t trip_column_count;
/* The cells of a row; they live as long as the command. */
const char *const *trip_cells(struct command *command, const struct svc_feasibility *feasibility);

/* What the pack said beside its verdict, kept until the visit is shown. */
struct trip_said {
	struct command *command;
	const char *then, *leave_by, *missing;
};
int trip_listen(void *said, const struct svc_feasibility *feasibility); /* a svc_feasibility_seen */
int trip_show_visit(struct trip_said *said, int64_t visit);

#endif
