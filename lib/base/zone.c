#include "zone.h"

#include "error.h"
#include "file.h"
#include "memory.h"
#include "zone_rule.h"

#include <stdlib.h>
#include <string.h>

#define ZONE_FOLDER "/usr/share/zoneinfo/"
#define ZONE_FILE_MAX ((size_t)256 << 10)
#define HEADER_SIZE ((size_t)44)
#define DAY 86400
#define OFFSET_MAX (26 * 3600) /* RFC 8536: no offset is as large */

struct svc_zone {
	int32_t first_offset; /* before the first change */
	bool has_rule;
	struct zone_rule rule; /* after the last change */
	size_t count;
	svc_time *times; /* of the changes, ascending */
	int32_t *offsets; /* from each change on */
};

/* The counts of a TZif data block, and where it lies. */
struct block {
	const unsigned char *data;
	uint32_t utc_flags, standard_flags, leaps, changes, types, characters;
	size_t time_size; /* 4 bytes in version 1, 8 in the block that follows it */
	size_t size;
};

static int64_t read_big_endian(const unsigned char *bytes, size_t size)
{
	uint64_t value = bytes[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < size; i++)
		value = value << 8 | bytes[i];
	return (int64_t)value;
}

static uint32_t read_count(const unsigned char *bytes)
{
	return (uint32_t)read_big_endian(bytes, 4);
}

static bool read_block(struct block *block, const unsigned char *bytes, size_t length, size_t time_size)
{
	if (length < HEADER_SIZE || memcmp(bytes, "TZif", 4) != 0)
		return false;
	*block = (struct block){
		.data = bytes + HEADER_SIZE,
		.utc_flags = read_count(bytes + 20),
		.standard_flags = read_count(bytes + 24),
		.leaps = read_count(bytes + 28),
		.changes = read_count(bytes + 32),
		.types = read_count(bytes + 36),
		.characters = read_count(bytes + 40),
		.time_size = time_size,
	};
	/* Each count is at most 2^32, so the sum stays far below 2^64. */
	block->size = block->changes * (time_size + 1) + block->types * (size_t)6 + block->characters +
		      block->leaps * (time_size + 4) + block->standard_flags + block->utc_flags;
	return block->size <= length - HEADER_SIZE && block->types >= 1 && block->types <= 256;
}

static struct svc_zone *new_zone(size_t changes)
{
	struct svc_zone *zone = memory_get(sizeof *zone + changes * (sizeof *zone->times + sizeof *zone->offsets));
	zone->count = changes;
	zone->times = (svc_time *)(zone + 1);
	zone->offsets = (int32_t *)(zone->times + changes);
	return zone;
}

static bool read_type(const struct block *block, size_t type, int32_t *offset)
{
	if (type >= block->types)
		return false;
	const unsigned char *types = block->data + block->changes * (block->time_size + 1);
	*offset = (int32_t)read_big_endian(types + 6 * type, 4);
	return *offset > -OFFSET_MAX && *offset < OFFSET_MAX;
}

static bool fill_zone(struct svc_zone *zone, const struct block *block)
{
	if (block->leaps || !read_type(block, 0, &zone->first_offset))
		return false; /* times that count leap seconds ("right/...") are not ours */
	const unsigned char *types = block->data + block->changes * block->time_size;
	for (size_t i = 0; i < block->changes; i++) {
		zone->times[i] = read_big_endian(block->data + i * block->time_size, block->time_size);
		if (!read_type(block, types[i], &zone->offsets[i]) || (i > 0 && zone->times[i] <= zone->times[i - 1]))
			return false;
	}
	return true;
}

/* The footer: a rule between two newlines, which may be empty. */
static bool read_footer(struct svc_zone *zone, const unsigned char *bytes, size_t length)
{
	char text[128];
	const unsigned char *end = length > 1 && bytes[0] == '\n' ? memchr(bytes + 1, '\n', length - 1) : NULL;
	size_t size = end ? (size_t)(end - bytes) - 1 : sizeof text;
	if (size >= sizeof text)
		return false;
	memcpy(text, bytes + 1, size);
	text[size] = '\0';
	zone->has_rule = size > 0;
	return size == 0 || zone_rule_parse(text, &zone->rule);
}

int zone_decode(struct svc_zone **out, const char *bytes, size_t length, const char *name, struct svc_error *err)
{
	const unsigned char *at = (const unsigned char *)bytes;
	struct block block;
	struct svc_zone *zone = NULL;
	bool good = read_block(&block, at, length, 4);
	bool footer = good && at[4] >= '2';
	if (footer) {
		size_t first = HEADER_SIZE + block.size;
		at += first;
		length -= first;
		good = read_block(&block, at, length, 8);
	}
	if (good) {
		zone = new_zone(block.changes);
		good = fill_zone(zone, &block);
	}
	if (good && footer)
		good = read_footer(zone, block.data + block.size, length - HEADER_SIZE - block.size);
	if (!good) {
		svc_zone_free(zone);
		return error_set(err, SVC_BAD_INPUT, _("the time zone file of %s is damaged"), name);
	}
	*out = zone;
	return SVC_OK;
}

/* Only letters, digits and "+-_/": neither "..", nor a path of its own. */
static bool is_zone_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-_/";
	size_t length = strlen(name);
	return length > 0 && length < 64 && name[0] != '/' && strspn(name, allowed) == length;
}

static int unknown_zone(const char *name, struct svc_error *err)
{
	error_set(err, SVC_BAD_INPUT, _("there is no time zone %s"), name);
	error_hint(err, "%s", _("write an IANA name such as Asia/Shanghai; the package tzdata holds them"));
	return SVC_BAD_INPUT;
}

int svc_zone_open(struct svc_zone **out, const char *name, struct svc_error *err)
{
	if (strcmp(name, "UTC") == 0) {
		*out = new_zone(0);
		return SVC_OK;
	}
	if (!is_zone_name(name))
		return unknown_zone(name, err);
	char path[sizeof ZONE_FOLDER + 64] = ZONE_FOLDER;
	memcpy(path + sizeof ZONE_FOLDER - 1, name, strlen(name) + 1);
	struct strbuf bytes = {0};
	int code = file_read(&bytes, path, ZONE_FILE_MAX, NULL) == SVC_OK
			   ? zone_decode(out, bytes.text, bytes.length, name, err)
			   : unknown_zone(name, err);
	strbuf_release(&bytes);
	return code;
}

void svc_zone_free(struct svc_zone *zone)
{
	free(zone);
}

/* The offset at `at`, and the first change after it. */
static int32_t find_offset(const struct svc_zone *zone, svc_time at, svc_time *next_change)
{
	size_t low = 0, high = zone->count; /* the changes before `low` are over, those from `high` on are to come */
	if (high > 0 && at >= zone->times[high - 1])
		low = high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (zone->times[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == zone->count && zone->has_rule)
		return zone_rule_offset(&zone->rule, at, next_change);
	*next_change = low < zone->count ? zone->times[low] : INT64_MAX;
	return low > 0 ? zone->offsets[low - 1] : zone->first_offset;
}

int32_t svc_zone_offset(const struct svc_zone *zone, svc_time at)
{
	svc_time next_change;
	return find_offset(zone, at, &next_change);
}

svc_time svc_zone_time(const struct svc_zone *zone, svc_date date, int second_of_day)
{
	if (date == SVC_DATE_NONE || date == SVC_DATE_LIFETIME)
		return SVC_TIME_NONE;
	/* Walk over the changes near the local second, the clock before each asked first: so the first of two hours is
	   found, and in a gap that clock goes on. */
	svc_time local = (svc_time)date * DAY + second_of_day;
	svc_time change, later_change;
	int32_t offset = find_offset(zone, local - OFFSET_MAX, &change);
	while (change != INT64_MAX && local - offset >= change) {
		int32_t following = find_offset(zone, change, &later_change);
		if (local - following < change)
			break;
		offset = following;
		change = later_change;
	}
	return local - offset;
}

svc_date svc_zone_date(const struct svc_zone *zone, svc_time at)
{
	if (at == SVC_TIME_NONE)
		return SVC_DATE_NONE;
	svc_time local = at + svc_zone_offset(zone, at);
	svc_time day = local / DAY - (local % DAY < 0);
	return day > INT32_MIN && day < INT32_MAX ? (svc_date)day : SVC_DATE_NONE;
}
