/* What the tests of the import share: files in a folder of their own, and maps written in place. */
#ifndef TESTS_EXCHANGE_LEGACY_H
#define TESTS_EXCHANGE_LEGACY_H

#include "../base/check.h"

#include <stdbool.h>

/* A fresh folder for the test's files, its current folder from now on; removed at the end. */
int legacy_folder(void **state);
int legacy_clean(void **state);

void legacy_write(const char *name, const char *bytes, size_t length);
void legacy_text(const char *name, const char *text);
char *legacy_read(const char *name, size_t *length); /* the caller frees; NULL when it is not there; terminated */
/* UTF-8 text written in another encoding. */
void legacy_encoded(const char *name, const char *encoding, const char *text);

#endif
