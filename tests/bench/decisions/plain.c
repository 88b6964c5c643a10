/* A plain program with the forty rules written into it: the same CSV in, the same lines out as `svc warranty check --batch`. */
#include "plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct day {
	int year, month, day;
};

int word(const char *const *words, const char *text)
{
	for (int i = 0; words[i]; i++)
		if (!strcmp(words[i], text))
			return i;
	return -1;
}

void hit(struct decision *out, const char *clause, const char *parts)
{
	size_t length = strlen(clause);

	if (!out->parts)
		out->parts = parts;
	memcpy(out->clauses + out->length, clause, length);
	out->length += (int)length;
	out->clauses[out->length++] = ';';
}

static struct day read_day(const char *text)
{
	return (struct day){atoi(text), atoi(text + 5), atoi(text + 8)};
}

static int32_t number_of(struct day day)
{
	int year = day.year - (day.month <= 2), era = year / 400, of_era = year - era * 400;
	int of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void decide(char **field, char out[512])
{
	struct day end = read_day(field[5]);
	struct decision decision = {0};
	int left;

	end.year += 2;
	if (end.month == 2 && end.day == 29 && (end.year % 4 || (end.year % 100 == 0 && end.year % 400)))
		end.day = 28;
	left = number_of(end) - number_of(read_day(field[6]));
	if (left >= 0)
		exclude(field[0], field[1], field[2], strtod(field[3], NULL), strtod(field[4], NULL), &decision);
	snprintf(out, 512, "%s,%s,%04d-%02d-%02d,%d,%s,%s,,,%.*sbench-table.41%s,",
		 left < 0         ? "expired,1,paid_repair"
		 : decision.parts ? "excluded,1,paid_repair"
				  : "covered,0,repair",
		 field[5], end.year, end.month, end.day, left, left < 0 || decision.parts ? "charge" : "free",
		 left < 0         ? "charge"
		 : decision.parts ? decision.parts
				  : "free",
		 decision.length, decision.clauses, left < 0 ? ";bench-table.42" : "");
}

int main(void)
{
	char line[1024], copy[1024], out[512];
	bool head = true;

	while (fgets(line, sizeof line, stdin)) {
		char *field[7] = {copy};
		int count = 1;

		line[strcspn(line, "\r\n")] = '\0';
		if (head) {
			printf("%s,verdict,exit,remedy,starts,ends,days_left,labor,parts,freight_in,freight_out,clauses,missing\n",
			       line);
			head = false;
			continue;
		}
		memcpy(copy, line, strlen(line) + 1);
		for (char *at = copy; (at = strchr(at, ',')) && count < 7; *at++ = '\0')
			field[count++] = at + 1;
		if (count < 7)
			return 1;
		decide(field, out);
		printf("%s,%s\n", line, out);
	}
	return 0;
}
