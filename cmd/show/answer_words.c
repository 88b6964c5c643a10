/* The words of answers for people. */
#include "answer.h"
#include "svc/text.h"

#include <string.h>

#define _(message) svc_text(message)
#define N_(message) message

/* Each table stands in the order of its enum in svc/ask.h. */
static const char *const verdicts[] = {
	"",
	N_("covered"),
	N_("excluded"),
	N_("expired"),
	N_("not covered"),
	N_("accepted"),
	N_("refused"),
	N_("priced"),
	N_("decided"),
	N_("more has to be known"),
	N_("a person has to decide"),
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
