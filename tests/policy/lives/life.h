/* Lives by chance, many of them on the edges: bought on a leap day, claimed on the last day or the day after. */
#ifndef TESTS_LIVES_LIFE_H
#define TESTS_LIVES_LIFE_H

#include "simulator.h"

struct life life_throw(const struct shape *shape, struct dice dice);

#endif
