/* The records' fields: one table a kind. Every field is a column of the kind's table, under the same name. */
#ifndef STORE_FIELDS_H
#define STORE_FIELDS_H

#include "svc/desk.h"

#define FIELD_LIMIT 40 /* no kind has more fields */
#define FIELD_NONE (-1)
#define FIELD_ID 0

int field_find(enum svc_kind kind, const char *name); /* its place, or FIELD_NONE */
/* Fields that only the desk sets, by name: each kind that has one bears the same name. */
#define FIELD_LEGACY "legacy"
#define FIELD_EXTRA "extra"

/* "T1024" for SVC_TICKET, 1024. */
void record_label(char out[24], enum svc_kind kind, int64_t id);
/* The number in "T1024" or "t1024"; 0 when the text is not an id of this kind. */
int64_t record_number(enum svc_kind kind, const char *text);

#endif
