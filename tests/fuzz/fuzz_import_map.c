/* A map is taken or refused with a sentence. */
#include "fuzz.h"

#include "exchange/map.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct import_map map;
	struct svc_error err = {0};
	char name[64];
	int file = memfd_create("map", 0);

	if (file < 0 || write(file, data, size) != (ssize_t)size)
		abort();
	snprintf(name, sizeof name, "/proc/self/fd/%d", file);
	int code = map_load(&map, name, size % 2 ? SVC_TICKET : SVC_UNIT, &err);
	if (code != SVC_OK && !*err.text)
		abort();
	map_release(&map);
	close(file);
	return 0;
}
