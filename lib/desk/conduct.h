/* Violations as the pack is asked about them. */
#ifndef DESK_CONDUCT_H
#define DESK_CONDUCT_H

#include "ruling.h"
#include "svc/conduct.h"

/* One that stands. */
struct offence {
	const char *id, *person, *rule, *on, *facts; /* facts: JSON object; NULL: none */
};
/* The fact `violations`, as JSON. In `arena`. */
const char *offences_json(const struct offence *offences, size_t count, struct arena *arena);
/* Opens the pack on these facts of a question of conduct. *policy NULL: there is none, or none about conduct. */
int conduct_open(struct svc_desk *desk, const struct gathered_facts *facts, struct svc_policy **policy,
		 struct svc_facts **filled, struct svc_error *err);
/* The name of a person who is given as a technician's number. */
int conduct_person(struct svc_desk *desk, const char *text, struct arena *arena, const char **person,
		   struct svc_error *err);

#endif
