/* Whether a technician can keep a visit, constraint by constraint, and when he could. */
#ifndef DESK_FEASIBLE_H
#define DESK_FEASIBLE_H

#include "agenda.h"
#include "ruling.h"
#include "svc/dispatch.h"

/* A trip, read and checked, with the pack that has a say in it. */
struct question {
	struct svc_desk *desk;
	struct svc_trip trip;
	struct arena arena;
	const char *ticket[FIELD_LIMIT];
	struct gathered_facts known; /* told of the ticket, then of the trip */
	const char *needs, *zone; /* NULL: none, not known */
	struct stretch takes;
	struct svc_facts *facts; /* NULL: no pack has rules of dispatch */
	struct ruling ruling;
	struct svc_answer answer; /* the last that the pack gave */
};

struct able { /* a technician, and what he has to do around the time of the trip */
	int64_t id, open_visits;
	const char *values[FIELD_LIMIT];
	struct agenda agenda;
	struct stretches hours, free;
};

/* question_close in any case. `keep`: the pack's last answer will be kept. */
int question_open(struct question *question, struct svc_desk *desk, const struct svc_trip *trip, bool keep,
		  struct svc_error *err);
void question_close(struct question *question);

int able_read(struct question *question, int64_t technician, struct able *able, struct svc_error *err);
/* `elsewhere`: where skill or zone fail the nearest window of any other technician counts. SVC_INCOMPLETE when the pack lacks facts. What *out
   points to lives as long as the question; its answer is the last one. */
int question_judge(struct question *question, struct able *able, bool elsewhere, struct svc_feasibility *out,
		   struct svc_error *err);
/* Sets a fact for the pack, unless it was told. */
int question_put(struct question *question, const char *name, const char *value, struct svc_error *err);
/* Asks the pack on the facts as they are. */
int question_ask(struct question *question, struct svc_error *err);
/* SVC_INCOMPLETE, naming what the last answer lacks. */
int question_lacks(const struct question *question, struct svc_error *err);

/* Active technicians, by number. */
struct crew {
	int64_t *ids;
	size_t count, room;
	struct arena *arena;
};
int crew_read(struct svc_desk *desk, struct arena *arena, struct crew *crew, struct svc_error *err);

#endif
