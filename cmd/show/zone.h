/* The machine's time zone, for what a person reads and types; data is in UTC. */
#ifndef SHOW_ZONE_H
#define SHOW_ZONE_H

#include "svc/date.h"

const struct svc_zone *local_zone(void); /* TZ, else /etc/localtime, else UTC; opened when first asked for */

#endif
