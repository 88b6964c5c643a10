#include "zone.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *zone_name(char room[static 512])
{
	static const char folder[] = "/zoneinfo/";
	const char *given = getenv("TZ");

	if (given && *given)
		return *given == ':' ? given + 1 : given;
	ssize_t length = readlink("/etc/localtime", room, 511);
	if (length <= 0)
		return "UTC";
	room[length] = '\0';
	const char *found = strstr(room, folder);
	return found ? found + sizeof(folder) - 1 : "UTC";
}

const struct svc_zone *local_zone(void)
{
	static struct svc_zone *zone;
	char room[512];

	if (!zone && svc_zone_open(&zone, zone_name(room), NULL) != SVC_OK)
		(void)svc_zone_open(&zone, "UTC", NULL);
	return zone;
}
