/* freight: who pays which way. */
#include "decide.h"

#include "base/error.h"

/* The rule that decides; NULL: none, or the pass is stopped. Without an order two rules may not match at once. */
static const struct effect_rule *freight_rule(struct pass *pass, const struct freight_section *section)
{
	const struct effect_rule *found = NULL;

	for (uint32_t i = 0; i < section->rules.count; i++) {
		const struct effect_rule *rule = PACK_ITEM(pass->head, section->rules, struct effect_rule, i);

		if (!matches(pass, &rule->rule)) {
			if (stopped(pass))
				return NULL;
			continue;
		}
		if (found) {
			pass->fault = error_set(
				pass->err, SVC_BAD_INPUT,
				_("rules %s and %s of freight both match, and the section has no order"),
				pack_text(pass->head, found->rule.clause), pack_text(pass->head, rule->rule.clause));
			return NULL;
		}
		found = rule;
		if (section->first)
			break;
	}
	return found;
}

static void pay(struct pass *pass, enum svc_payer *field, struct choice choice, const struct rule *rule, bool needed)
{
	if (*field != SVC_PAYER_UNSET)
		return;
	if (choice_known(pass, choice))
		*field = chosen_payer(pass, choice);
	else if (needed)
		block(pass, choice.setting, rule);
}

static const struct effect_rule *apply_freight(struct pass *pass, bool needed)
{
	const struct freight_section *section = pack_at(pass->head, pass->head->sections[SECTION_FREIGHT]);
	const struct effect_rule *rule = section ? freight_rule(pass, section) : NULL;

	if (!rule)
		return NULL;
	pay(pass, &pass->answer->freight_in, rule->effects.freight_in, &rule->rule, needed);
	if (!stopped(pass))
		pay(pass, &pass->answer->freight_out, rule->effects.freight_out, &rule->rule, needed);
	cite_rule(pass, &rule->rule);
	return rule;
}

void fill_freight(struct pass *pass)
{
	if (!stopped(pass) && (!pass->answer->freight_in || !pass->answer->freight_out))
		apply_freight(pass, false);
}

void decide_freight(struct pass *pass)
{
	const struct effect_rule *rule = apply_freight(pass, true);

	if (stopped(pass))
		return;
	pass->answer->verdict = rule && rule->rule.verdict != SVC_REFER ? SVC_DECIDED : SVC_REFER;
}
