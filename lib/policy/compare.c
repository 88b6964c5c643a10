/* Comparing an answer with what a case expects. */
#include "compare.h"

#include "base/error.h"
#include "base/json.h"
#include "svc/money.h"

#include <string.h>

#define LIST_MAX 256 /* elements of a list that are matched with each other */

static bool equal(const struct node *expected, const struct node *actual, const struct svc_zone *zone);

static bool is_empty(const struct node *node)
{
	return !node || node->kind == NODE_NULL || (node->kind == NODE_SCALAR ? !*node->text : !node->count);
}

/* To two decimals, half up. */
static int64_t round_number(int64_t number)
{
	const int64_t step = SVC_NUMBER_ONE / 100;
	int64_t above = (number + step / 2) % step;

	return number + step / 2 - above - (above < 0 ? step : 0);
}

/* Numbers as numbers, to two decimals at most: 5.0 is 5, and 99.52 is 99.516. */
static bool same_number(const char *expected, const char *actual)
{
	int64_t a, b;

	if (!svc_number_parse(expected, &a) || !svc_number_parse(actual, &b))
		return false;
	return a == b || a == round_number(b);
}

/* The same instant, or an expected day that is met by its last second. */
static bool same_time(const char *expected, const char *actual, const struct svc_zone *zone)
{
	svc_time a, b;
	svc_date day;

	if (!svc_time_parse(actual, zone, &b))
		return false;
	if (svc_date_parse(expected, &day))
		return svc_zone_time(zone, day + 1, 0) - 1 == b;
	return svc_time_parse(expected, zone, &a) && a == b;
}

static bool equal_scalar(const char *expected, const char *actual, const struct svc_zone *zone)
{
	return !strcmp(expected, actual) || same_number(expected, actual) || same_time(expected, actual, zone);
}

/* Gives the expected element `at` an element of its own, moving others if that helps (augmenting paths). */
static bool place(const struct node *expected, const struct node *actual, const struct svc_zone *zone, size_t at,
		  int *taken, bool *seen)
{
	for (size_t i = 0; i < actual->count && i < LIST_MAX; i++) {
		if (seen[i] || !equal(expected->items[at], actual->items[i], zone))
			continue;
		seen[i] = true;
		if (taken[i] < 0 || place(expected, actual, zone, (size_t)taken[i], taken, seen)) {
			taken[i] = (int)at;
			return true;
		}
	}
	return false;
}

static bool equal_list(const struct node *expected, const struct node *actual, const struct svc_zone *zone)
{
	int taken[LIST_MAX];

	if (!expected->count)
		return is_empty(actual);
	if (!actual || actual->kind != NODE_LIST)
		return false;
	memset(taken, -1, sizeof taken);
	for (size_t i = 0; i < expected->count; i++) {
		bool seen[LIST_MAX] = {false};

		if (!place(expected, actual, zone, i, taken, seen))
			return false;
	}
	return true;
}

static bool equal_map(const struct node *expected, const struct node *actual, const struct svc_zone *zone)
{
	if (!actual || actual->kind != NODE_MAP)
		return false;
	for (size_t i = 0; i < expected->count; i++)
		if (!equal(expected->items[i], node_get(actual, expected->keys[i]->text), zone))
			return false;
	return true;
}

static bool equal(const struct node *expected, const struct node *actual, const struct svc_zone *zone)
{
	if (expected->kind == NODE_LIST)
		return equal_list(expected, actual, zone);
	if (expected->kind == NODE_MAP)
		return equal_map(expected, actual, zone);
	if (!actual)
		return false;
	if (actual->kind == NODE_LIST) { /* a scalar expected of a list is met by one element */
		for (size_t i = 0; i < actual->count; i++)
			if (equal(expected, actual->items[i], zone))
				return true;
		return false;
	}
	return expected->text && actual->text && equal_scalar(expected->text, actual->text, zone);
}

static void write_node(struct strbuf *out, const struct node *node)
{
	struct json json = {.out = out};

	if (!node)
		strbuf_puts(out, _("nothing"));
	else if (node->kind == NODE_SCALAR)
		strbuf_puts(out, node->text);
	else
		json_node(&json, NULL, node);
}

/* An element of a list is called `name` when it is that word, or its own name, id, item or task is. */
static bool is_called(const struct node *element, const char *name)
{
	static const char *const keys[] = {"name", "id", "item", "task"};
	const struct node *value;

	if (element->kind == NODE_SCALAR)
		return !strcmp(element->text, name);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		value = node_get(element, keys[i]);
		if (value && value->text && !strcmp(value->text, name))
			return true;
	}
	return false;
}

static bool holds(const struct node *answer, const char *name)
{
	if (!is_empty(node_get(answer, name)))
		return true;
	for (size_t i = 0; i < answer->count; i++)
		for (size_t e = 0; answer->items[i]->kind == NODE_LIST && e < answer->items[i]->count; e++)
			if (is_called(answer->items[i]->items[e], name))
				return true;
	return false;
}

/* One name, or a list of them. */
static void compare_absent(const struct node *absent, const struct node *answer, struct strbuf *differences)
{
	const struct node *const *names = absent->kind == NODE_LIST ? (const struct node *const *)absent->items
								    : &absent;
	size_t count = absent->kind == NODE_LIST ? absent->count : 1;

	for (size_t i = 0; i < count; i++)
		if (names[i]->text && holds(answer, names[i]->text)) {
			strbuf_printf(differences, _("absent: %s is there"), names[i]->text);
			strbuf_putc(differences, '\n');
		}
}

void compare_answer(const struct node *expected, const struct node *answer, const struct svc_zone *zone,
		    struct strbuf *differences)
{
	for (size_t i = 0; i < expected->count; i++) {
		const char *name = expected->keys[i]->text;

		if (!strcmp(name, "absent")) {
			compare_absent(expected->items[i], answer, differences);
			continue;
		}
		if (equal(expected->items[i], node_get(answer, name), zone))
			continue;
		strbuf_printf(differences, _("%s: expected "), name);
		write_node(differences, expected->items[i]);
		strbuf_puts(differences, _(", got "));
		write_node(differences, node_get(answer, name));
		strbuf_putc(differences, '\n');
	}
}
