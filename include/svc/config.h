/* Flat maps of names and values in YAML or JSON: config files, and facts that stand in a file. */
#ifndef SVC_CONFIG_H
#define SVC_CONFIG_H

#include "svc/error.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One value. A map below a key is flattened to "key.name"; a list of scalars is joined by commas; an empty list is "[]"; a list
   that holds anything else is JSON. Strings are valid during the call; `line` and `column` are the value's. */
struct svc_config_entry {
	const char *file, *key, *value;
	int line, column;
	bool json;
};
/* Other than SVC_OK ends the reading and is returned. */
typedef int (*svc_config_seen)(void *context, const struct svc_config_entry *entry, struct svc_error *err);

/* Reads the map in the file `path` ("-": standard input). SVC_NOT_FOUND, or SVC_BAD_INPUT with file, line and column. */
SVC_PUBLIC int svc_config_read(const char *path, svc_config_seen seen, void *context, struct svc_error *err);
/* The same from a text; `file` is only named in errors. */
SVC_PUBLIC int svc_config_read_text(const char *text, size_t length, const char *file, svc_config_seen seen,
				    void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
