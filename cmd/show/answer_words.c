/* The words of answers for people. */
#include "answer.h"
#include "svc/text.h"
#include "text.h"

#include <string.h>

#define _(message) svc_text(message)
#define N_(message) message

/* Each table stands in the order of its enum in svc/ask.h. */
static const char *const verdicts[SVC_VERDICT_COUNT] = {
	[SVC_VERDICT_NONE_YET] = "",
	[SVC_COVERED] = N_("covered"),
	[SVC_EXCLUDED] = N_("excluded"),
	[SVC_EXPIRED] = N_("expired"),
	[SVC_NOT_COVERED] = N_("not covered"),
	[SVC_ACCEPTED] = N_("accepted"),
	[SVC_REFUSED_VERDICT] = N_("refused"),
	[SVC_PRICED] = N_("priced"),
	[SVC_DECIDED] = N_("decided"),
	[SVC_VERDICT_INCOMPLETE] = N_("more has to be known"),
	[SVC_REFER] = N_("a person has to decide"),
	[SVC_ALLOWED] = N_("allowed"),
	[SVC_FEASIBLE] = N_("feasible"),
	[SVC_INFEASIBLE] = N_("not feasible"),
	[SVC_MET] = N_("met"),
	[SVC_MISSED] = N_("missed"),
	[SVC_RUNNING] = N_("running"),
	[SVC_BREACHED] = N_("breached"),
	[SVC_PLANNED] = N_("planned"),
	[SVC_DUE] = N_("due"),
	[SVC_OVERDUE] = N_("overdue"),
	[SVC_WAITING] = N_("waiting"),
	[SVC_EXHAUSTED] = N_("used up"),
	[SVC_NOTHING] = N_("nothing"),
	[SVC_CONFIRMED] = N_("confirmed"),
	[SVC_REMIND] = N_("confirmed, to be reminded now"),
	[SVC_LATE] = N_("late"),
	[SVC_CANCELLED] = N_("cancelled"),
	[SVC_IN_FORCE] = N_("in force"),
	[SVC_EXPIRING] = N_("in force, renewal is due"),
	[SVC_GOOD] = N_("good"),
	[SVC_FINED] = N_("fined"),
	[SVC_SUSPENDED] = N_("suspended"),
	[SVC_DISMISSED] = N_("dismissed"),
	[SVC_LISTED] = N_("listed"),
	[SVC_COMPLETE] = N_("complete"),
	[SVC_BLOCKED] = N_("blocked"),
	[SVC_READY] = N_("ready"),
	[SVC_OPEN] = N_("still open"),
	[SVC_DONE] = N_("done"),
	[SVC_SATISFIED] = N_("satisfied"),
	[SVC_UNSATISFIED] = N_("not satisfied"),
	[SVC_ESCALATE] = N_("to be escalated"),
	[SVC_CLOSED] = N_("closed"),
};
static const char *const remedies[] = {
	"",           N_("refund"),        N_("replacement"), N_("exchange"),  N_("recall"),
	N_("repair"), N_("refurbishment"), N_("paid repair"), N_("no remedy"),
};
static const char *const bases[] = {
	"",           N_("free"),         N_("at cost"), N_("charged"), N_("list price"), N_("card price"),
	N_("capped"), N_("on quotation"),
};
static const char *const payers[] = {"", N_("the company pays"), N_("the customer pays")};

static const char *title(const char *const *words, size_t count, unsigned index)
{
	return index && index < count ? _(words[index]) : "";
}

#define TITLE(words, index) title(words, sizeof words / sizeof *words, (unsigned)(index))

const char *verdict_title(enum svc_verdict verdict)
{
	return TITLE(verdicts, verdict);
}

const char *remedy_title(enum svc_remedy remedy)
{
	return TITLE(remedies, remedy);
}

const char *basis_title(enum svc_basis basis)
{
	return TITLE(bases, basis);
}

const char *payer_title(enum svc_payer payer)
{
	return TITLE(payers, payer);
}

const char *verdict_word(const char *id)
{
	for (unsigned i = 1; i < sizeof verdicts / sizeof *verdicts; i++)
		if (!strcmp(svc_verdict_id((enum svc_verdict)i), id))
			return verdict_title((enum svc_verdict)i);
	return id;
}

const char *remedy_word(const char *id)
{
	for (unsigned i = 1; i < sizeof remedies / sizeof *remedies; i++)
		if (!strcmp(svc_remedy_id((enum svc_remedy)i), id))
			return remedy_title((enum svc_remedy)i);
	return id;
}

const char *state_word(const char *id)
{
	static const struct {
		const char *id, *title;
	} states[] = {{"ok", N_("not yet due")}, {"pass", N_("passed")}, {"fail", N_("failed")}};

	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (!strcmp(states[i].id, id))
			return _(states[i].title);
	return verdict_word(id);
}

void add_interval(struct text *text, const char *interval)
{
	static const char *const words[] = {N_("working day"),
					    N_("working days"),
					    N_("working hour"),
					    N_("working hours"),
					    N_("working minute"),
					    N_("working minutes"),
					    N_("twice a month"),
					    N_("each visit"),
					    N_("day"),
					    N_("days"),
					    N_("week"),
					    N_("weeks"),
					    N_("month"),
					    N_("months"),
					    N_("year"),
					    N_("years"),
					    N_("hour"),
					    N_("hours"),
					    N_("minute"),
					    N_("minutes"),
					    N_("second"),
					    N_("seconds"),
					    N_("working"),
					    N_("or"),
					    N_("to")};
	while (*interval) {
		size_t length = strcspn(interval, " "), known = 0;

		for (size_t i = 0; i < sizeof words / sizeof *words && !known; i++)
			if (!strncmp(interval, words[i], strlen(words[i])) && strchr(" ", interval[strlen(words[i])])) {
				known = strlen(words[i]);
				text_puts(text, _(words[i]));
			}
		if (!known)
			text_add(text, interval, length);
		interval += known ? known : length;
		if (*interval)
			text_putc(text, *interval++);
	}
}

void add_moment(struct text *text, const char *written)
{
	if (strlen(written) <= 10) {
		text_puts(text, written);
		return;
	}
	bool whole = strncmp(written + 16, ":00", 3) == 0;
	text_print(text, "%.10s %.*s", written, whole ? 5 : 8, written + 11);
}

static bool is_time(const char *value)
{
	return strlen(value) > 16 && value[4] == '-' && value[10] == 'T' && value[13] == ':';
}

/* Words by their titles, as far as the pack lists them. */
static void add_words(struct text *text, const struct svc_policy *policy, const char *fact, const char *value)
{
	for (const char *word = value; *word;) {
		size_t length = strcspn(word, ",");
		struct text one = {0};
		text_add(&one, word, length);
		text_puts(text, svc_policy_word_title(policy, fact, one.bytes ? one.bytes : ""));
		text_release(&one);
		word += length;
		if (*word++ != ',')
			break;
		text_puts(text, _(", "));
	}
}

void add_fact_value(struct text *text, const struct svc_policy *policy, const char *fact, const char *value)
{
	const char *rest = value + strspn(value, "0123456789");
	if (!strcmp(value, "true") || !strcmp(value, "false"))
		text_puts(text, *value == 't' ? _("yes") : _("no"));
	else if (!strcmp(value, "[]"))
		text_puts(text, _("none"));
	else if (is_time(value))
		add_moment(text, value);
	else if (rest > value && *rest == ' ')
		add_interval(text, value);
	else if (fact)
		add_words(text, policy, fact, value);
	else
		text_puts(text, value);
}
