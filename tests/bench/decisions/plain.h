/* What the generated table.c (rules as conditions in C) and the program around it share. */
#ifndef PLAIN_H
#define PLAIN_H

struct decision {
	const char *parts; /* of the first rule that matches; NULL: none does */
	char clauses[256]; /* of all that do, joined by ";" */
	int length;
};

int word(const char *const *words, const char *text); /* its number; -1: none */
void hit(struct decision *out, const char *clause, const char *parts);
void exclude(const char *component_word, const char *cause_word, const char *sold_word, double hours, double price,
	     struct decision *out);

#endif
