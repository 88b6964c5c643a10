/* Filling the public error object; the messages are translated here. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "svc/error.h"
#include "svc/text.h"

#define _(message) svc_text(message)
#define N_(message) message

/* Each returns its code, so that a caller can write `return error_set(err, SVC_NOT_FOUND, _("..."), ...)`.
   `err` may be NULL. The format comes translated: error_set(err, SVC_BAD_INPUT, _("no such word: %s"), word). */
int error_set(struct svc_error *err, enum svc_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
void error_at(struct svc_error *err, const char *file, int line, int column); /* adds the place */
void error_field(struct svc_error *err, const char *field);
void error_hint(struct svc_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int error_memory(struct svc_error *err); /* SVC_FAULT: out of memory */

#endif
