/* "Did you mean": the candidate that lies nearest to a misspelt name. */
#ifndef POLICY_NEAREST_H
#define POLICY_NEAREST_H

struct nearest {
	const char *wanted;
	const char *best; /* NULL while nothing is near; borrowed from the candidates */
	int distance;
};

struct nearest nearest_to(const char *wanted);
void nearest_try(struct nearest *nearest, const char *candidate); /* NULL and "" are passed over */

#endif
