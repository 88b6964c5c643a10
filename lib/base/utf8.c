#include "utf8.h"

#include <string.h>

#define REPLACEMENT 0xfffd

/* Per lead byte: length, bits of the code that it carries, smallest code (anything less is overlong). */
static size_t sequence_length(unsigned char lead, uint32_t *bits, uint32_t *smallest)
{
	if (lead >= 0xc2 && lead <= 0xdf) {
		*bits = lead & 0x1f;
		*smallest = 0x80;
		return 2;
	}
	if (lead >= 0xe0 && lead <= 0xef) {
		*bits = lead & 0x0f;
		*smallest = 0x800;
		return 3;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		*bits = lead & 0x07;
		*smallest = 0x10000;
		return 4;
	}
	return 0;
}

/* Bytes of the multi-byte code point at `text`, 0 when it is not a valid one. */
static size_t decode(const unsigned char *text, size_t length, uint32_t *code)
{
	uint32_t value = 0, smallest = 0;
	size_t needed = sequence_length(text[0], &value, &smallest);
	if (!needed || needed > length)
		return 0;
	for (size_t i = 1; i < needed; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (text[i] & 0x3f);
	}
	if (value < smallest || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*code = value;
	return needed;
}

size_t utf8_next(const char *text, size_t length, uint32_t *code)
{
	const unsigned char *bytes = (const unsigned char *)text;
	if (length == 0) {
		*code = REPLACEMENT;
		return 0;
	}
	if (bytes[0] < 0x80) {
		*code = bytes[0];
		return 1;
	}
	size_t used = decode(bytes, length, code);
	if (used)
		return used;
	*code = REPLACEMENT;
	return 1;
}

bool utf8_valid(const char *text, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t at = 0;
	while (at < length) {
		uint64_t eight;
		if (length - at >= sizeof eight) {
			memcpy(&eight, bytes + at, sizeof eight);
			if (!(eight & UINT64_C(0x8080808080808080))) {
				at += sizeof eight;
				continue;
			}
		}
		uint32_t code;
		size_t used = bytes[at] < 0x80 ? 1 : decode(bytes + at, length - at, &code);
		if (!used)
			return false;
		at += used;
	}
	return true;
}

size_t utf8_count(const char *text)
{
	size_t count = 0, length = strlen(text);
	for (size_t at = 0; at < length; count++) {
		uint32_t code;
		at += utf8_next(text + at, length - at, &code);
	}
	return count;
}

#define WORD_MAX 64 /* longer words are not compared: nobody mistypes those by hand */

static int decode_word(const char *text, uint32_t codes[WORD_MAX])
{
	size_t length = strlen(text);
	int count = 0;
	for (size_t at = 0; at < length; count++) {
		if (count == WORD_MAX)
			return -1;
		at += utf8_next(text + at, length - at, &codes[count]);
	}
	return count;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: two neighbours swapped count as one mistake, which is what fingers do. */
int text_distance(const char *a, const char *b, int limit)
{
	uint32_t left[WORD_MAX], right[WORD_MAX];
	int rows = decode_word(a, left), columns = decode_word(b, right);
	if (rows < 0 || columns < 0 || rows - columns > limit || columns - rows > limit)
		return limit + 1;
	int lines[3][WORD_MAX + 1];
	int *before = lines[0], *above = lines[1], *now = lines[2];
	for (int j = 0; j <= columns; j++)
		above[j] = j;
	for (int i = 1, least = 0, least_above; i <= rows; i++) {
		now[0] = i;
		least_above = least;
		least = i;
		for (int j = 1; j <= columns; j++) {
			int changed = above[j - 1] + (left[i - 1] != right[j - 1]);
			now[j] = smaller(changed, smaller(above[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
				now[j] = smaller(now[j], before[j - 2] + 1);
			least = smaller(least, now[j]);
		}
		if (smaller(least, least_above) > limit)
			return limit + 1; /* what follows builds on these two lines and only grows */
		int *spare = before;
		before = above;
		above = now;
		now = spare;
	}
	return smaller(above[columns], limit + 1);
}

bool text_is_word(const char *text)
{
	if (!*text)
		return false;
	for (; *text; text++) {
		char c = *text;
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-'))
			return false;
	}
	return true;
}
