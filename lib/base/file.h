/* Whole files: read, and written so that a reader never sees half of one. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "strbuf.h"
#include "svc/error.h"

#include <stdbool.h>
#include <stdint.h>

#define FILE_TEXT_MAX (64u << 20) /* no text file that svc reads whole is larger */

/* Reads a file (or "-": standard input) of at most `limit` bytes. SVC_NOT_FOUND when it is not there, SVC_BAD_INPUT
   when it is a folder or too large, SVC_DENIED, SVC_BUSY for trouble with the disk; the text names the path. `out` is
   appended to. */
int file_read(struct strbuf *out, const char *path, size_t limit, struct svc_error *err);
/* Writes to a temporary name beside `path` and renames; not forced to the disk. Codes as for file_read. */
int file_replace(const char *path, const void *bytes, size_t length, struct svc_error *err);
bool file_exists(const char *path);
int file_make_parents(const char *path); /* the folders above `path`, mode 0700; 0 or -1 with errno */

/* A 128-bit fingerprint (XXH3) as 32 lower-case hex digits: what names a pack text. It guards against mistakes, not
   against an attacker. */
struct fingerprint {
	uint64_t high, low;
};
struct fingerprint fingerprint_of(const void *bytes, size_t length);
void fingerprint_format(struct fingerprint print, char out[33]);

#endif
