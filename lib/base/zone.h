/* Time zones from the bytes of a TZif file (RFC 8536), apart from where such files lie. */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "svc/date.h"

#include <stddef.h>

/* `name` is only named in errors. SVC_BAD_INPUT for bytes that are no zone; the caller frees *out. */
int zone_decode(struct svc_zone **out, const char *bytes, size_t length, const char *name, struct svc_error *err);

#endif
