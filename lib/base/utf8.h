/* UTF-8: validity, code points, and text that is safe to show. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool utf8_valid(const char *text, size_t length); /* strict: no surrogates, no overlong forms, at most U+10FFFF */
size_t utf8_next(const char *text, size_t length,
		 uint32_t *code); /* bytes of the first code point; invalid bytes count 1, code U+FFFD */
size_t utf8_count(const char *text); /* code points */
/* Edit distance over code points, for "did you mean"; capped at `limit` + 1. */
int text_distance(const char *a, const char *b, int limit);
bool text_is_word(const char *text); /* [a-z0-9_.-]+, what identifiers are made of */

#endif
