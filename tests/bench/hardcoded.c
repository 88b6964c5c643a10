/* What the policy engine is measured against: a plain program that reads the same CSV (component, acceptance, cause, claim)
   and decides the warranty of the pack "appliances" by rules that are written into it. Same output up to
   the columns of clauses and of what is missing, which a plain program would not have. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct day {
	int year, month, day;
};

static bool read_day(const char *text, struct day *out)
{
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	out->year = atoi(text);
	out->month = atoi(text + 5);
	out->day = atoi(text + 8);
	return out->month >= 1 && out->month <= 12 && out->day >= 1 && out->day <= 31;
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0));
}

static int32_t number_of(struct day day)
{
	int year = day.year - (day.month <= 2), era = year / 400, of_era = year - era * 400;
	int of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(word, *words))
			return true;
	return false;
}

static void decide(const char *component, const char *acceptance, const char *cause, const char *claim, char out[256])
{
	static const char *const handling[] = {"abnormal_use",
					       "abuse",
					       "neglect",
					       "storage",
					       "liquid",
					       "unauthorized_repair",
					       "modification",
					       "foreign_parts",
					       "third_party_install",
					       NULL};
	static const char *const unclear[] = {"accident", "disaster", "transport", "power", "serial_altered", NULL};
	struct day start, asked;
	int left;

	if (!strcmp(component, "probe") || !strcmp(component, "probe_cable")) {
		snprintf(out, 256, "excluded,1,paid_repair,,,,charge,charge,,");
		return;
	}
	if (!read_day(acceptance, &start) || !read_day(claim, &asked)) {
		snprintf(out, 256, "incomplete,3,,,,,,,,");
		return;
	}
	left = number_of(start);
	start.year += 2;
	if (start.day > days_in(start.year, start.month))
		start.day = days_in(start.year, start.month);
	left = number_of(start) - number_of(asked);
	if (left < 0)
		snprintf(out, 256, "expired,1,paid_repair,%s,%04d-%02d-%02d,%d,charge,charge,,", acceptance, start.year,
			 start.month, start.day, left);
	else if (!strcmp(cause, "misuse") || one_of(cause, handling))
		snprintf(out, 256, "excluded,1,paid_repair,%s,%04d-%02d-%02d,%d,charge,cost,,", acceptance, start.year,
			 start.month, start.day, left);
	else if (one_of(cause, unclear))
		snprintf(out, 256, "refer,3,,%s,%04d-%02d-%02d,%d,,,,", acceptance, start.year, start.month, start.day,
			 left);
	else
		snprintf(out, 256, "covered,0,repair,%s,%04d-%02d-%02d,%d,free,free,,", acceptance, start.year,
			 start.month, start.day, left);
}

int main(void)
{
	char line[1024], out[256];
	bool head = true;

	while (fgets(line, sizeof line, stdin)) {
		char *field[4] = {line}, *end = line + strcspn(line, "\r\n");
		int count = 1;

		*end = '\0';
		if (head) {
			printf("%s,verdict,exit,remedy,starts,ends,days_left,labor,parts,freight_in,freight_out\n",
			       line);
			head = false;
			continue;
		}
		for (char *at = line; (at = strchr(at, ',')) && count < 4; *at++ = '\0')
			field[count++] = at + 1;
		decide(field[0], field[1], field[2], field[3], out);
		printf("%s,%s,%s,%s,%s\n", field[0], field[1], field[2], field[3], out);
	}
	return 0;
}
