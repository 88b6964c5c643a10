/* warranty: is this fault covered, until when, and who pays. */
#include "trace.h"

#include <string.h>

static const struct warranty_section *section_of(const struct pass *pass)
{
	return pack_at(pass->head, pass->head->sections[SECTION_WARRANTY]);
}

/* The first rule of a list that matches; NULL: none, or the pass is stopped. */
static const struct effect_rule *first_match(struct pass *pass, struct pack_list rules, uint32_t *next)
{
	for (uint32_t i = next ? *next : 0; i < rules.count; i++) {
		const struct effect_rule *rule = PACK_ITEM(pass->head, rules, struct effect_rule, i);

		if (matches(pass, &rule->rule)) {
			if (next)
				*next = i + 1;
			return rule;
		}
		if (stopped(pass))
			return NULL;
	}
	return NULL;
}

/* The negative answer of a rule: what it sets, else a paid repair at the list price. */
static void close_by(struct pass *pass, const struct effect_rule *rule, enum svc_verdict verdict)
{
	struct svc_answer *answer = pass->answer;

	answer->verdict = rule->rule.verdict ? (enum svc_verdict)rule->rule.verdict : verdict;
	cite_rule(pass, &rule->rule);
	apply_effects(pass, &rule->effects, &rule->rule);
	if (answer->verdict == SVC_REFER)
		return;
	if (!answer->remedy)
		answer->remedy = SVC_PAID_REPAIR;
	default_basis(answer, SVC_CHARGE);
}

struct windows {
	const struct term *lead, *last; /* the strongest open one (of equals the longest), the one that ends last */
	struct svc_window lead_window, last_window;
	bool early; /* some window has not begun yet */
};

static void look_at(struct pass *pass, struct windows *seen, const struct term *term, struct svc_window window)
{
	struct svc_answer *answer = pass->answer;
	size_t count = answer->window_count;

	answer->windows = list_add(pass->memory, answer->windows, &answer->window_count, sizeof *answer->windows);
	answer->windows[count] = window;
	seen->early = seen->early || claim_day(pass) < window.starts;
	if (window.inside && (!seen->lead || window.remedy < seen->lead_window.remedy ||
			      (window.remedy == seen->lead_window.remedy && window.ends > seen->lead_window.ends))) {
		seen->lead = term;
		seen->lead_window = window;
	}
	if (!seen->last || window.ends > seen->last_window.ends) {
		seen->last = term;
		seen->last_window = window;
	}
}

/* A term whose start is not known: it holds the answer up unless a stronger window is open anyway. */
struct undated {
	const struct term *term; /* the strongest of them; NULL: none */
	uint16_t blocked;
	struct pack_list anchors;
};

static void put_aside(struct pass *pass, struct undated *undated, const struct term *term)
{
	if (!undated->term || term->effects.remedy < undated->term->effects.remedy)
		*undated = (struct undated){term, pass->blocked, pass->anchors};
	pass->blocked = 0;
}

/* Opens a window for every term that matches. False: stopped, by the first thing that held it up. */
static bool open_windows(struct pass *pass, struct windows *seen)
{
	struct pack_list terms = section_of(pass)->terms;
	struct undated undated = {0};

	for (uint32_t i = 0; i < terms.count && !stopped(pass); i++) {
		const struct term *term = PACK_ITEM(pass->head, terms, struct term, i);
		struct svc_window window;
		bool applies = matches(pass, &term->rule);

		if (applies && window_of(pass, term, &window))
			look_at(pass, seen, term, window);
		if (applies && pass->blocked && pass->anchors.count)
			put_aside(pass, &undated, term);
	}
	if (pass->fault || (pass->blocked && !(undated.term && pass->anchors.count)))
		return false;
	if (!pass->blocked &&
	    (!undated.term || (seen->lead && seen->lead_window.remedy < (enum svc_remedy)undated.term->effects.remedy)))
		return true;
	block(pass, undated.blocked, &undated.term->rule);
	pass->anchors = undated.anchors;
	return false;
}

static void set_dates(struct svc_answer *answer, const struct svc_window *window, svc_date claim)
{
	answer->starts = window->starts;
	answer->ends = window->ends;
	answer->has_days_left = window->ends != SVC_DATE_LIFETIME;
	answer->days_left = answer->has_days_left ? window->ends - claim : 0;
}

static void cite_windows(struct pass *pass)
{
	struct pack_list terms = section_of(pass)->terms;

	for (size_t w = 0; w < pass->answer->window_count; w++)
		for (uint32_t i = 0; i < terms.count; i++) {
			const struct rule *rule = &PACK_ITEM(pass->head, terms, struct term, i)->rule;

			if (pass->answer->windows[w].clause == pack_text(pass->head, rule->clause))
				cite(pass, rule->clause);
		}
}

/* The rules that beat every term: the first decides, all that hold are named. */
static bool excluded(struct pass *pass)
{
	struct pack_list rules = section_of(pass)->exclusions;
	uint32_t next = 0;
	const struct effect_rule *rule = first_match(pass, rules, &next);

	if (!rule)
		return false;
	close_by(pass, rule, SVC_EXCLUDED);
	pass->peek = true;
	while ((rule = first_match(pass, rules, &next)))
		cite(pass, rule->rule.clause);
	pass->peek = false;
	return true;
}

/* What has to be shown or be true for the free service; what lacks makes it a paid one. */
static bool lacks(struct pass *pass)
{
	struct pack_list rules = section_of(pass)->requires;
	bool lacking_some = false;

	for (uint32_t i = 0; i < rules.count && !stopped(pass); i++) {
		const struct requirement *rule = PACK_ITEM(pass->head, rules, struct requirement, i);
		enum truth held;

		if (!matches(pass, &rule->rule))
			continue;
		held = condition(pass, rule->needs);
		if (pass->trace)
			trace_needs(pass, &rule->rule, rule->needs, held);
		if (held == UNKNOWN)
			pass->asking = &rule->rule;
		if (held != NO)
			continue;
		lacking_some = true;
		cite_rule(pass, &rule->rule);
		lacking(pass, rule->needs);
	}
	return lacking_some && !stopped(pass);
}

static void cover(struct pass *pass, const struct windows *seen)
{
	struct svc_answer *answer = pass->answer;

	answer->verdict = seen->lead->rule.verdict ? (enum svc_verdict)seen->lead->rule.verdict : SVC_COVERED;
	cite_rule(pass, &seen->lead->rule);
	apply_effects(pass, &seen->lead->effects, &seen->lead->rule);
	default_basis(answer, SVC_FREE);
}

static void inside(struct pass *pass, const struct windows *seen)
{
	struct svc_answer *answer = pass->answer;

	if (excluded(pass) || stopped(pass))
		return;
	if (!lacks(pass)) {
		if (!stopped(pass))
			cover(pass, seen);
		return;
	}
	answer->verdict = SVC_EXCLUDED;
	answer->remedy = SVC_PAID_REPAIR;
	default_basis(answer, SVC_CHARGE);
}

/* A fault that is proved to be older than the claim, and inside a term that is over now. */
static bool late(const struct pass *pass)
{
	const struct fact_value *occurred = &pass->values[F_OCCURRED];

	if (!section_of(pass)->late_report || !occurred->known)
		return false;
	for (size_t i = 0; i < pass->answer->window_count; i++) {
		const struct svc_window *window = &pass->answer->windows[i];

		if (occurred->number >= window->starts && occurred->number <= window->ends)
			return true;
	}
	return false;
}

static void outside(struct pass *pass, const struct windows *seen)
{
	struct svc_answer *answer = pass->answer;
	const struct effect_rule *rule;

	if (late(pass) || seen->early) {
		answer->verdict = SVC_REFER;
		cite(pass, seen->early ? seen->last->rule.clause : section_of(pass)->late_report);
		return;
	}
	answer->verdict = SVC_EXPIRED;
	cite_rule(pass, &seen->last->rule);
	rule = first_match(pass, section_of(pass)->after, NULL);
	if (rule)
		close_by(pass, rule, SVC_EXPIRED);
	else if (!stopped(pass))
		answer->remedy = SVC_REMEDY_NONE;
}

/* Everything but the freight. */
static void cover_or_not(struct pass *pass)
{
	const struct warranty_section *section = section_of(pass);
	const struct effect_rule *without = first_match(pass, section->without, NULL);
	struct windows seen = {0};

	if (without)
		close_by(pass, without, SVC_EXCLUDED);
	if (without || stopped(pass) || !open_windows(pass, &seen))
		return;
	if (!seen.last) {
		pass->answer->verdict = SVC_NOT_COVERED;
		return;
	}
	set_dates(pass->answer, seen.lead ? &seen.lead_window : &seen.last_window, claim_day(pass));
	if (seen.lead)
		inside(pass, &seen);
	else
		outside(pass, &seen);
	if (seen.lead)
		cite_windows(pass);
	if (!stopped(pass))
		note_rest(pass, seen.lead ? seen.lead : seen.last, pass->answer->ends);
}

void decide_warranty(struct pass *pass)
{
	cover_or_not(pass);
	if (stopped(pass))
		return;
	derived_verdict(pass, pass->answer->verdict);
	fill_freight(pass);
	if (!stopped(pass))
		note_rules(pass, section_of(pass)->notes);
}

bool warranty_of(struct pass *pass, struct svc_answer *out)
{
	struct pass inner = *pass;

	memset(out, 0, sizeof *out);
	if (!pass->head->sections[SECTION_WARRANTY])
		return true;
	inner.answer = out;
	inner.deriving = true;
	inner.peek = false;
	inner.blocked = 0;
	cover_or_not(&inner);
	if (!stopped(&inner))
		return true;
	halt_at(pass, halt_of(&inner));
	pass->fault = inner.fault;
	return false;
}

static void derived_word(struct pass *pass, uint16_t fact, int word)
{
	pass->derived[fact - F_VERDICT].number = word;
	pass->derived[fact - F_VERDICT].known = true;
}

void derived_verdict(struct pass *pass, enum svc_verdict verdict)
{
	if (verdict)
		derived_word(pass, F_VERDICT,
			     verdict <= SVC_NOT_COVERED ? (int)verdict - SVC_COVERED
			     : verdict == SVC_REFER     ? WORD_VERDICT_REFER
							: WORD_UNLISTED);
}

static void derived_basis(struct pass *pass, uint16_t fact, enum svc_basis basis)
{
	if (basis)
		derived_word(pass, fact, basis <= SVC_CHARGE ? (int)basis - SVC_FREE : WORD_UNLISTED);
}

/* Labour and parts when the verdict is given but no dates: what the pack says of such a verdict. */
static bool basis_of_verdict(struct pass *pass, struct svc_answer *out)
{
	const struct warranty_section *section = section_of(pass);
	const char *verdict = pack_text(pass->head, PACK_ITEM(pass->head, fact_of(pass->head, F_VERDICT)->words,
							      struct pack_word, pass->values[F_VERDICT].number)
							    ->id);
	struct pass inner = *pass;
	const struct effect_rule *rule = NULL;
	bool free_service = !strcmp(verdict, "covered");

	memset(out, 0, sizeof *out);
	inner.answer = out;
	inner.deriving = inner.peek = true;
	inner.blocked = 0;
	if (section && !strcmp(verdict, "expired"))
		rule = first_match(&inner, section->after, NULL);
	else if (section && !free_service)
		rule = first_match(&inner, section->without, NULL);
	if (section && !rule && !strcmp(verdict, "excluded"))
		rule = first_match(&inner, section->exclusions, NULL);
	if (rule)
		apply_effects(&inner, &rule->effects, &rule->rule);
	default_basis(out, free_service ? SVC_FREE : SVC_CHARGE);
	return true;
}

/* Whether some term is open, whatever excludes or lacks. */
static void derive_term(struct pass *pass)
{
	struct svc_answer scratch = {0};
	struct pass inner = *pass;
	struct windows seen = {0};

	inner.answer = &scratch;
	inner.deriving = true;
	inner.peek = false;
	inner.blocked = 0;
	if (pass->head->sections[SECTION_WARRANTY] && !open_windows(&inner, &seen) && !seen.lead) {
		halt_at(pass, halt_of(&inner));
		return;
	}
	pass->derived[F_IN_TERM - F_VERDICT] = (struct fact_value){.known = true, .number = seen.lead != NULL};
}

static void derive_fact(struct pass *pass, uint16_t fact)
{
	struct svc_answer answer;

	if (fact == F_IN_TERM) {
		derive_term(pass);
		return;
	}
	if (pass->values[F_VERDICT].known && pass->values[F_VERDICT].number >= 0 ? !basis_of_verdict(pass, &answer)
										 : !warranty_of(pass, &answer))
		return;
	derived_verdict(pass, answer.verdict);
	derived_basis(pass, F_LABOR, answer.labor);
	derived_basis(pass, F_PARTS, answer.parts);
}

/* The cover is that of the case, whatever it is looked up for. */
void derive(struct pass *pass, uint16_t fact)
{
	const char *about = trace_about(pass, NULL);

	derive_fact(pass, fact);
	trace_about(pass, about);
}
